"""Run the program's real entry on a workspace and end at the moment that is asked about.

`paint WORKSPACE`: the window painted. `page WORKSPACE`: the first page painted in it. `usable
WORKSPACE`: the last assessment open, a key pressed and its answer on the disk. `questionnaire
WORKSPACE` and `results WORKSPACE`: the page open and all work done.
"""

import sys

from PySide6.QtCore import QTimer
from watching import end, memory, moment  # type: ignore[import-not-found]

import sat_desktop.app
from sat_desktop.__main__ import main
from sat_desktop.ui.frame import Frame

MODE, WORKSPACE = sys.argv[1:]
SETTLED_MS = 2500


class WatchedFrame(Frame):
    """The frame, with somebody looking at it; connected before the program is."""

    def __init__(self, *parts: object) -> None:
        super().__init__(*parts)  # type: ignore[arg-type]
        self.painted.connect(self._look)

    def _look(self) -> None:
        self.painted_at = moment()
        if MODE == "paint":
            end(at_paint=self.painted_at, memory=memory())
        watch_shell(self.painted_at)


def watch_shell(painted: float) -> None:
    """Replace the shell, which is imported only now, by one that is looked at."""
    from sat_desktop.ui import shell

    class WatchedShell(shell.Shell):
        """The shell, which begins when the page is painted."""

        def begin(self) -> None:
            """Override: the page has been painted."""
            self.page_painted = moment()
            if MODE == "page":
                end(at_paint=painted, at_page=self.page_painted, memory=memory())
            self.session.opened.connect(lambda: QTimer.singleShot(0, self._opened))
            super().begin()

        def _opened(self) -> None:
            if MODE == "usable":
                self._answer()
            self.window.open_page(MODE)
            QTimer.singleShot(SETTLED_MS, lambda: end(at_paint=painted, memory=memory()))

        def _answer(self) -> None:
            opened = moment()
            from PySide6.QtCore import Qt
            from PySide6.QtWidgets import QApplication

            own = moment()
            from PySide6.QtTest import QTest

            own = moment() - own
            self.session.changed.connect(
                lambda _: end(at_paint=painted, at_open=opened, at_saved=moment() - own)
            )
            # A window manager's work, which the offscreen platform leaves undone.
            self.window.window().activateWindow()
            while not self.window.isActiveWindow():
                QApplication.processEvents()
            focused = QApplication.focusWidget() or self.window.window()
            # One level has been chosen already; then it is the other that is saved.
            QTest.keyClick(focused, Qt.Key.Key_2)
            QTest.keyClick(focused, Qt.Key.Key_1)
            sys.exit("no answer was saved")

    shell.Shell = WatchedShell  # type: ignore[misc]


sat_desktop.app.Frame = WatchedFrame  # type: ignore[attr-defined, assignment]
sys.exit(main(["--workspace", WORKSPACE]))
