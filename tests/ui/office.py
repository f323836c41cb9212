"""The whole window on a workspace of its own, as an office starts it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget
from pytestqt.qtbot import QtBot

from sat_desktop.app import make_gateway
from sat_desktop.runtime.settings import SettingsFile
from sat_desktop.ui.pages.questionnaire import QuestionnairePage
from sat_desktop.ui.pages.start import StartPage
from sat_desktop.ui.shell import Shell


class Office:
    """A running window and hands to work with it."""

    def __init__(self, qtbot: QtBot, shell: Shell) -> None:
        self.qtbot, self.shell, self.window = qtbot, shell, shell.window

    @property
    def start(self) -> StartPage:
        page = self.window.page("start")
        assert isinstance(page, StartPage)
        return page

    @property
    def questionnaire(self) -> QuestionnairePage:
        page = self.window.page("questionnaire")
        assert isinstance(page, QuestionnairePage)
        return page

    @property
    def saving(self) -> str:
        """What the header says about saving."""
        return self.window._header._state.text()

    @property
    def told(self) -> list[str]:
        """The messages on the screen."""
        return [banner.message.text for banner in self.window._banners()]

    def press(
        self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> None:
        """Press a key where the keyboard is."""
        QTest.keyClick(QApplication.focusWidget() or self.window, key, modifier)

    def focus(self, widget: QWidget) -> None:
        self.window.activateWindow()
        self.qtbot.waitUntil(self.window.isActiveWindow)
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        assert widget.hasFocus()

    def begin_assessment(self, name: str = "Gmina Wierzbno", teryt: str = "1433082") -> None:
        """Fill in the dialog of a new assessment and press Enter."""
        self.start.new_button.click()
        sheet = self.start._sheet
        assert sheet is not None
        QTest.keyClicks(sheet.name, name)
        QTest.keyClicks(sheet.teryt, teryt)
        QTest.keyClick(sheet.period, Qt.Key.Key_Return)
        self.qtbot.waitUntil(lambda: self.start._sheet is None)
        self.window.activateWindow()
        self.qtbot.waitUntil(self.window.isActiveWindow)


class StrayWindows(QObject):
    """Notes every window that appears beside the main window and the dialogs."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 -- Qt names it
        if (
            event.type() == QEvent.Type.Show
            and isinstance(watched, QWidget)
            and watched.isWindow()
            and watched.windowType() == Qt.WindowType.Window
            and not isinstance(watched, QMainWindow)
        ):
            self.seen.append(type(watched).__name__)
        return False


@contextmanager
def open_office(
    qtbot: QtBot, qapp: QApplication, folder: Path, language: str = "en"
) -> Iterator[Office]:
    """Start the window on the workspace of a folder; close it in order."""
    settings = SettingsFile(folder / "settings.json")
    settings.change(language=language, scheme="light")
    shell = Shell(qapp, settings, make_gateway(str(folder / "workspace.db")))
    window = shell.window
    shell.appearance.apply_to(window)
    try:
        window.resize(1280, 800)
        window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        shell.begin()
        qtbot.waitUntil(lambda: not shell.tasks.running, timeout=30_000)
        office = Office(qtbot, shell)
        yield office
        unexpected = [b.message.key for b in window._banners() if b.message.key == "unexpected"]
        assert not unexpected
    finally:
        window.close()
        shell.end()
        window.deleteLater()
        shell.deleteLater()
