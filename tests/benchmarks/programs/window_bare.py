"""The least window that PySide6 can show: what ours is compared with."""

import sys

from PySide6.QtWidgets import QApplication, QMainWindow
from watching import at_first_paint, end, memory, moment  # type: ignore[import-not-found]

app = QApplication(sys.argv[:1])
window = QMainWindow()
at_first_paint(window, lambda: end(at_paint=moment(), memory=memory()))
window.resize(1280, 720)
window.show()
app.exec()
