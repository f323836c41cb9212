"""The shell as a user meets it: pages, commands, finder, messages, switching while it runs."""

import subprocess
import sys
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from sat_desktop.runtime.settings import SettingsFile
from sat_desktop.ui.appearance import Appearance
from sat_desktop.ui.main_window import MainWindow, PageSpec
from sat_desktop.ui.messages import Message, Messages
from sat_desktop.ui.pages.page import Page, PageContext
from sat_desktop.ui.shortcuts import Command, Found, listed
from sat_desktop.ui.tasks import Progress, Tasks
from sat_desktop.ui.widgets.feedback import Banner
from sat_desktop.ui.widgets.header import Saving
from ui.inspection import assert_accessible, faults
from ui.scenes.scene import Stage
from ui.scenes.shell import SCENES


class Noted(Page):
    """A page that remembers what happened to it."""

    def __init__(self, context: PageContext) -> None:
        super().__init__(context)
        self.events: list[str] = []

    def refresh(self) -> None:
        self.events.append("refresh")

    def show_target(self, target: str) -> None:
        self.events.append(f"target {target}")


SPECS = (
    PageSpec("start", "Start", "start", Noted, "Your assessments"),
    PageSpec("plan", "Plan", "plan", Noted, "Decide what to do"),
    PageSpec("documents", "Documents", "documents", Noted, "Export the plan"),
)


@pytest.fixture
def done() -> list[str]:
    """Commands that were taken."""
    return []


@pytest.fixture
def window(
    qtbot: QtBot, appearance: Appearance, messages: Messages, tasks: Tasks, done: list[str]
) -> MainWindow:
    made = MainWindow(
        appearance=appearance,
        pages=SPECS,
        commands=(
            Command("undo", "Undo", lambda: done.append("undo"), "edit", "undo", "Ctrl+Z"),
            Command("export", "Export the plan as PDF…", lambda: done.append("export")),
        ),
        finders=(
            lambda: listed([Found("1.1 Źródła danych", "Dowody", lambda: done.append("1.1"))]),
        ),
        messages=messages,
        tasks=tasks,
    )
    qtbot.addWidget(made)
    made.resize(1280, 720)
    made.show()
    return made


def texts(window: MainWindow) -> list[str]:
    return [label.text() for label in window.findChildren(QLabel) if label.isVisible()]


def test_pages_are_built_when_first_seen_and_refreshed_whenever_seen(window: MainWindow) -> None:
    assert set(window._pages) == {"start"}
    window.open_page("plan", "goal-3")
    window.open_page("start")
    window.open_page("plan")
    assert set(window._pages) == {"start", "plan"}
    page = window.page("plan")
    assert isinstance(page, Noted)
    assert page.events == ["refresh", "target goal-3", "refresh"]


def test_stages_are_opened_by_keys(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitActive(window).__enter__()
    QTest.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert window.current_page == "plan"
    assert window._rail.items[1].isChecked()
    window._rail.items[1].setFocus()
    QTest.keyClick(window._rail.items[1], Qt.Key.Key_Down)
    assert window.current_page == "documents"


def test_the_state_of_saving_is_always_said(window: MainWindow) -> None:
    window.set_subject("Wierzbno", "2026")
    window.set_saving(Saving.SAVED, "14:32")
    assert "Saved on disk 14:32" in texts(window)
    window.set_saving(Saving.FAILED)
    assert "Not saved" in texts(window)
    assert window.windowTitle() == "Wierzbno - SAT Desktop"


@pytest.mark.parametrize(("query", "result"), [("zrodla", "1.1"), ("pdf plan", "export")])
def test_the_finder_finds_without_polish_letters(
    qtbot: QtBot, window: MainWindow, done: list[str], query: str, result: str
) -> None:
    window.open_finder()
    QTest.keyClicks(window._finder.line, query)
    assert window._finder.model.rowCount() == 1
    QTest.keyClick(window._finder.line, Qt.Key.Key_Return)
    assert done == [result]
    assert not window._finder.isVisible()


def test_the_finder_walks_by_keys_and_escape_leaves_it(qtbot: QtBot, window: MainWindow) -> None:
    window.open_finder()
    line = window._finder.line
    QTest.keyClick(line, Qt.Key.Key_Down)
    QTest.keyClick(line, Qt.Key.Key_Up)
    QTest.keyClick(line, Qt.Key.Key_Up)
    last = window._finder.model.rowCount() - 1
    assert window._finder.list.currentIndex().row() == last
    QTest.keyClicks(line, "qqqq")
    assert window._finder._nothing.isVisible()
    QTest.keyClick(line, Qt.Key.Key_Escape)
    assert not window._finder.isVisible()


def test_a_command_that_cannot_be_done_is_not_offered(window: MainWindow) -> None:
    window.enable("undo", enabled=False)
    window.open_finder()
    assert "Undo" not in [entry.title for entry in window._finder.model.entries]
    window.enable("undo", enabled=True, title="Undo: level of 1.1")
    assert window._menus.actions["undo"].text() == "Undo: level of 1.1"


def test_messages_wait_for_the_window_and_do_not_pile_up(
    qtbot: QtBot, appearance: Appearance, tasks: Tasks
) -> None:
    messages = Messages()
    messages.post(Message("early"))
    window = MainWindow(appearance=appearance, pages=SPECS, messages=messages, tasks=tasks)
    qtbot.addWidget(window)
    acted: list[bool] = []
    for number in range(5):
        messages.post(Message(f"message {number}", key="same"))
    messages.post(Message("with action", action="Do it", act=lambda: acted.append(True)))
    assert [banner.message.text for banner in window._banners()] == [
        "early",
        "message 4",
        "with action",
    ]
    window._banners()[-1].action.click()
    assert acted == [True]
    assert [banner.message.text for banner in window._banners()] == ["early", "message 4"]
    for number in range(9):
        messages.post(Message(str(number)))
    assert len(window._banners()) == 3
    QApplication.processEvents()
    assert len(window.findChildren(Banner)) >= 3


def test_language_and_scheme_change_while_it_runs(
    window: MainWindow, appearance: Appearance, tmp_path: object
) -> None:
    page = window.page("start")
    appearance.choose_language("pl")
    appearance.choose_scheme("dark")
    appearance.choose_text_scale(200)
    assert page.language.code == "pl"
    assert page.theme.palette.scheme == "dark"
    assert window.font().pixelSize() == 30
    again = SettingsFile(appearance._settings._path).current
    assert (again.language, again.scheme, again.text_scale) == ("pl", "dark", 200)
    appearance.step_text_scale(-1)
    assert appearance.text_scale == 175


def test_the_chosen_scheme_is_ticked_in_the_menu(
    window: MainWindow, appearance: Appearance
) -> None:
    actions: list[QAction] = window._menus.choices["scheme"][1].actions()
    next(action for action in actions if action.data() == "dark").trigger()
    assert appearance.theme.palette.dark
    assert [action.data() for action in actions if action.isChecked()] == ["dark"]


def test_the_rail_gives_way_where_it_is_narrow(window: MainWindow, appearance: Appearance) -> None:
    wide = window._rail.width()
    appearance.choose_text_scale(200)
    QApplication.processEvents()
    assert window._rail.items[0].sizeHint().width() < 150
    assert "Start" in window._rail.items[0].toolTip()
    window.resize(1920, 1080)
    QApplication.processEvents()
    assert window._rail.items[0].sizeHint().width() > 150
    assert window._rail.width() > wide


@pytest.mark.parametrize(("scale", "width", "height"), [(100, 1024, 640), (200, 1280, 720)])
@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.name)
def test_nothing_is_cut_at_the_smallest_sizes(
    qtbot: QtBot,
    appearance: Appearance,
    qapp: QApplication,
    scene: object,
    scale: int,
    width: int,
    height: int,
) -> None:
    from ui.scenes.scene import Scene

    assert isinstance(scene, Scene)
    appearance.choose_text_scale(scale)
    made = scene.build(Stage(qapp, appearance, appearance._settings._path.parent, demo=True))
    qtbot.addWidget(made)
    if not scene.dialog:
        made.resize(width, height)
    made.show()
    for _ in range(4):
        qapp.processEvents()
    assert faults(made) == []
    assert_accessible(made)
    if not scene.dialog:
        assert (made.width(), made.height()) == (width, height)


def test_nothing_heavy_is_imported_for_the_window() -> None:
    heavy = "matplotlib reportlab sqlalchemy numpy babel msgspec yaml platformdirs alembic pikepdf"
    code = (
        "import sys; import sat_desktop.ui.main_window\n"
        f"print([name for name in {heavy.split()!r} if name in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None is immortal there")
def test_the_binding_keeps_the_references_to_none(qtbot: QtBot) -> None:
    label = QLabel()
    qtbot.addWidget(label)
    call: Callable[[str], None] = label.setObjectName
    before = sys.getrefcount(None)
    for _ in range(2000):
        call("x")
    assert abs(sys.getrefcount(None) - before) <= 50


def test_long_work_is_shown_with_what_it_does_and_can_be_stopped(
    qtbot: QtBot, window: MainWindow, tasks: Tasks
) -> None:
    ends: list[str] = []

    def work(progress: Progress) -> None:
        while True:
            progress.step(3, 10)

    tasks.run(
        "Drawing the charts", work, lambda _: None, on_cancelled=lambda: ends.append("cancelled")
    )
    qtbot.waitUntil(lambda: "3 / 10" in texts(window))
    assert "Drawing the charts" in texts(window)
    assert window._task_bar is not None
    assert_accessible(window)
    window._task_bar.cancel.click()
    qtbot.waitUntil(lambda: ends == ["cancelled"])
    assert not window._task_bar.isVisible()
