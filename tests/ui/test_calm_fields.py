"""Fields among others on a page: what the wheel and Ctrl+Z may do there, and what they must not."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAction, QKeySequence, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from sat_desktop.runtime.i18n import Language
from sat_desktop.ui.appearance import Appearance
from sat_desktop.ui.pages.plan.fields import CalmCombo, LineField, TextField
from sat_desktop.ui.pages.plan.measures import Captioned
from sat_desktop.ui.pages.questionnaire.note import NoteEdit
from sat_desktop.ui.theme import Theme
from sat_desktop.ui.widgets.calm import SteadyCombo
from sat_desktop.ui.widgets.containers import FlowLayout
from sat_desktop.ui.widgets.inputs import MoneyEdit, NumberEdit

CTRL = Qt.KeyboardModifier.ControlModifier


class Window(QMainWindow):
    """A window with fields and a Ctrl+Z of its own.

    Attributes:
        undone: how often the window took something back.
    """

    def __init__(self, *fields: QWidget) -> None:
        super().__init__()
        self.undone = 0
        undo = QAction(self)
        undo.setShortcut(QKeySequence("Ctrl+Z"))
        undo.triggered.connect(self._undo)
        self.menuBar().addMenu("Edit").addAction(undo)
        sheet = QWidget()
        column = QVBoxLayout(sheet)
        for field in fields:
            column.addWidget(field)
        self.setCentralWidget(sheet)

    def _undo(self) -> None:
        self.undone += 1


@pytest.mark.parametrize("kind", ["line", "text", "note", "money"])
def test_undo_is_the_windows_where_nothing_was_typed_and_the_fields_where_something_was(
    qtbot: QtBot, theme: Theme, lang: Language, kind: str
) -> None:
    makers: dict[str, Callable[[], QWidget]] = {
        "line": lambda: LineField("Title"),
        "text": lambda: TextField(theme, "Text"),
        "note": lambda: NoteEdit(theme),
        "money": lambda: MoneyEdit(lang, "Amount"),
    }
    field = makers[kind]()
    window = Window(field)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_Z, CTRL)
    assert window.undone == 1, "the last change of the window is taken back"
    QTest.keyClicks(field, "12")
    QTest.keyClick(field, Qt.Key.Key_Z, CTRL)
    assert window.undone == 1, "what is being typed goes first"


@pytest.mark.parametrize("kind", [SteadyCombo, CalmCombo])
def test_the_wheel_goes_past_a_choice(qtbot: QtBot, kind: type[SteadyCombo]) -> None:
    combo = kind()
    combo.addItems(["not said", "a guess", "sure"])
    window = Window(combo)
    qtbot.addWidget(window)
    window.show()
    turn = QWheelEvent(
        QPointF(5, 5),
        QPointF(combo.mapToGlobal(QPoint(5, 5))),
        QPoint(0, 0),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(combo, turn)
    assert combo.currentIndex() == 0
    assert not turn.isAccepted(), "the page below scrolls"


def test_every_choice_on_a_page_lets_the_wheel_go_past() -> None:
    """A choice in a page that scrolls would be changed, and saved, by scrolling past it."""
    pages = Path(__file__).parents[2] / "src/sat_desktop/ui/pages"
    # These stand where nothing scrolls.
    standing = {"side.py", "evidence.py", "page.py"}
    bare = [
        path.name
        for path in pages.rglob("*.py")
        if "QComboBox()" in path.read_text("utf-8") and path.name not in standing
    ]
    assert bare == []


def test_a_complaint_below_a_narrow_field_is_read_whole(
    qtbot: QtBot, theme: Theme, appearance: Appearance
) -> None:
    appearance.choose_language("pl")
    sheet = QWidget()
    flow = FlowLayout(sheet)
    fields = [NumberEdit(appearance.language, f"{year}") for year in range(5)]
    for field in fields:
        flow.addWidget(Captioned(theme, field, 96))
    window = Window(sheet)
    qtbot.addWidget(window)
    window.resize(400, 500)
    window.show()
    fields[1].setFocus()
    QTest.keyClicks(fields[1], "abc")
    sentence = next(w for w in window.findChildren(QLabel) if w.text() == fields[1].toolTip())
    qtbot.waitUntil(sentence.isVisible)
    qtbot.waitUntil(lambda: sentence.height() >= sentence.heightForWidth(sentence.width()))
