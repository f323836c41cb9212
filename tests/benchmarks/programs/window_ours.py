"""Run the program's real entry on a workspace and end at the moment that is asked about.

`paint WORKSPACE`: all of the window painted. `usable WORKSPACE`: the last assessment open, a key
pressed and its answer on the disk. `questionnaire WORKSPACE` and `results WORKSPACE`: the page
open and all work done.
"""

import sys

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication
from watching import at_first_paint, end, memory, moment  # type: ignore[import-not-found]

import sat_desktop.app
from sat_desktop.__main__ import main
from sat_desktop.ui.shell import Shell

MODE, WORKSPACE = sys.argv[1:]
SETTLED_MS = 2500


class WatchedShell(Shell):
    """The shell, with somebody looking at it."""

    def __init__(self, *parts: object) -> None:
        super().__init__(*parts)  # type: ignore[arg-type]
        self._painted = 0.0
        self._paint = at_first_paint(self.window, self._first_paint)
        if MODE != "paint":
            self.current.opened.connect(lambda: QTimer.singleShot(0, self._opened))

    def _first_paint(self) -> None:
        self._painted = self._painted or moment()
        if MODE == "paint":
            end(at_paint=self._painted, memory=memory())

    def begin(self) -> None:
        """Override: what the program does after its first paint is not part of that."""
        if self._paint.seen:
            self._first_paint()
        super().begin()

    def _opened(self) -> None:
        if MODE == "usable":
            opened = moment()
            from PySide6.QtTest import QTest

            self.current.saved.connect(
                lambda _: end(at_paint=self._painted, at_open=opened, at_saved=moment())
            )
            focused = QApplication.focusWidget() or self.window
            QTest.keyClick(focused, Qt.Key.Key_2)
            # The level may have been chosen already; then it is another that is saved.
            QTest.keyClick(focused, Qt.Key.Key_1)
            sys.exit("no answer was saved")
        self.window.open_page(MODE)
        QTimer.singleShot(SETTLED_MS, lambda: end(at_paint=self._painted, memory=memory()))


sat_desktop.app.Shell = WatchedShell  # type: ignore[attr-defined]
sys.exit(main(["--workspace", WORKSPACE]))
