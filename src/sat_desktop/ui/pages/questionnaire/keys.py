"""Keys of the questionnaire page: which there are, and that they never take a sign from somebody who is typing."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

if TYPE_CHECKING:
    from sat_desktop.ui.pages.questionnaire.page import QuestionnairePage

_TYPING: Final = (QLineEdit, QPlainTextEdit, QTextEdit, QComboBox)
WITH_EXPLANATIONS: Final = "#explanations"
"""After the id of an indicator in a target of the page: its explanations are to be opened."""

_MOVING: Final = frozenset({"Left", "Right", "PgUp", "PgDown", "Home", "End"})


def keys_of(page: "QuestionnairePage") -> dict[str, Callable[[], None]]:
    """Return what each key of the page does."""
    levels: dict[str, Callable[[], None]] = {
        str(level): partial(page.choose_level, level) for level in range(10)
    }
    return levels | {
        "N": page.ask_reason,
        "D": page.toggle_discuss,
        "H": page.toggle_aid,
        "F1": page.toggle_aid,
        "Esc": page.frame.close_aid,
        "Left": partial(page.step, -1),
        "Right": partial(page.step, 1),
        "PgUp": partial(page.step, -1),
        "PgDown": partial(page.step, 1),
        "Home": partial(page.go_to_end, 0),
        "End": partial(page.go_to_end, -1),
        "Ctrl+Return": page.go_to_unanswered,
        "Ctrl+Enter": page.go_to_unanswered,
    }


class PageKeys(QObject):
    """Shortcuts that hold while the page is seen and the keyboard is not in a field.

    They hold for the whole window: after a click on the rail the keyboard is there.
    In a list, a tree or a text to read the keys that move belong to it. Keys with Ctrl hold everywhere.
    """

    def __init__(self, page: QWidget, keys: Mapping[str, Callable[[], None]]) -> None:
        super().__init__(page)
        self._page = page
        self._shortcuts: dict[str, QShortcut] = {}
        for name, act in keys.items():
            shortcut = QShortcut(QKeySequence(name), page)
            shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
            shortcut.setAutoRepeat(name in _MOVING)
            shortcut.activated.connect(act)
            self._shortcuts[name] = shortcut
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._follow)
            self._follow(None, app.focusWidget())

    def _follow(self, _old: QWidget | None, new: QWidget | None) -> None:
        reading = isinstance(new, QPlainTextEdit | QTextEdit) and new.isReadOnly()
        typing = isinstance(new, _TYPING) and not reading
        listing = reading or isinstance(new, QAbstractItemView)
        for name, shortcut in self._shortcuts.items():
            free = not typing and not (listing and name in _MOVING)
            shortcut.setEnabled(free or name.startswith("Ctrl"))
