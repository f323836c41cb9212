"""The least window that PySide6 can show: what ours is compared with."""

import sys

from PySide6.QtCore import QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QMainWindow
from watching import end, memory, moment  # type: ignore[import-not-found]


class Bare(QMainWindow):
    """Ends the process when its first paint is through."""

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Override: go on with the events that follow."""
        super().paintEvent(event)
        QTimer.singleShot(0, lambda: end(at_paint=moment(), memory=memory()))


app = QApplication(sys.argv[:1])
window = Bare()
window.resize(1280, 720)
window.show()
app.exec()
