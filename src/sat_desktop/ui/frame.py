"""The window before there is anything in it: shown at once, filled right after its first paint.

Most of a start is making things that Python has to import first; the names of Qt's `Qt` alone take a
fifth of the time that a bare window needs. So the frame comes up with what Qt has anyway, in its
remembered place, in the colours of the page with the strip of the stages, and everything else is
imported and built while the user's eyes find it. It must import neither `Qt` nor `QEvent`.
"""

import base64
from typing import Final

from PySide6.QtCore import QByteArray, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QColor, QGuiApplication, QPainter, QPaintEvent
from PySide6.QtWidgets import QMainWindow, QWidget

from sat_desktop.runtime.palette import palette
from sat_desktop.runtime.settings import Settings

_STRIP: Final = 200
"""Width of the strip in pixels; about that of the rail that comes to lie on it."""

_UNSEEN_MS: Final = 1000
"""A window that opens minimised is not painted; it is filled after this time all the same."""


class Frame(QMainWindow):
    """The top-level window; holds the main window as its only content.

    Signals:
        painted(): the empty frame is on the screen, or will not be; emitted once.
    """

    painted = Signal()

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        scheme = settings.scheme
        if scheme == "system":
            dark = QGuiApplication.palette().window().color().lightness() < 128
            scheme = "dark" if dark else "light"
        colours = palette(scheme)
        self._page, self._strip = QColor(colours.background), QColor(colours.surface)
        self._waiting = True
        self._content: QWidget | None = None
        self.setWindowTitle("SAT Desktop")
        self.resize(1280, 800)
        if settings.geometry:
            self.restoreGeometry(QByteArray(base64.b64decode(settings.geometry)))
        QTimer.singleShot(_UNSEEN_MS, self._tell_painted)

    def hold(self, content: QWidget) -> None:
        """Fill the frame; from now on it has the content's title, size limits and end."""
        self._content = content
        self.setMinimumSize(content.minimumSize())
        self.setWindowTitle(content.windowTitle())
        content.windowTitleChanged.connect(self.setWindowTitle)
        self.setCentralWidget(content)
        if self.isActiveWindow() and self.focusWidget() is None:
            self.focusNextChild()

    def content_closed(self) -> None:
        """Close as well: the content has ended by a command of its own."""
        self._content = None
        QTimer.singleShot(0, self.close)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Override: two areas in the colours of what comes."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._page)
        if self._content is None:
            painter.fillRect(0, 0, _STRIP, self.height(), self._strip)
        painter.end()
        super().paintEvent(event)
        if self._waiting:
            QTimer.singleShot(0, self._tell_painted)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Override: the content ends its work first, and may refuse."""
        if self._content is not None and not self._content.close():
            event.ignore()
            return
        super().closeEvent(event)

    def _tell_painted(self) -> None:
        if self._waiting:
            self._waiting = False
            self.painted.emit()
