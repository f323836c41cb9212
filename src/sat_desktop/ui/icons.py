"""The program's own icons: line drawings of 24 units, coloured by role as they are loaded."""

from functools import cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from sat_desktop.runtime.resources import resource


@cache
def _drawing(name: str) -> str:
    return resource("icons", f"{name}.svg").read_text(encoding="utf-8")


def pixmap(name: str, colour: str, size: int, density: float = 2.0) -> QPixmap:
    """Return an icon as a picture of `size` logical pixels for a screen of that density."""
    side = round(size * density)
    picture = QPixmap(side, side)
    picture.fill(Qt.GlobalColor.transparent)
    coloured = _drawing(name).replace("currentColor", colour)
    painter = QPainter(picture)
    QSvgRenderer(QByteArray(coloured.encode())).render(painter, QRectF(0, 0, side, side))
    painter.end()
    picture.setDevicePixelRatio(density)
    return picture


def icon(name: str, colour: str, size: int) -> QIcon:
    """Return an icon of `size` logical pixels, sharp on the densest screen there is.

    Raises:
        FileNotFoundError: there is no icon of that name.

    """
    result = QIcon()
    densities = {screen.devicePixelRatio() for screen in QGuiApplication.screens()} or {1.0}
    for density in sorted(densities):
        result.addPixmap(pixmap(name, colour, size, density))
    return result


def program_icon() -> QIcon:
    """Return the program's own icon for windows and the task bar."""
    drawing = QSvgRenderer(str(resource("icons", "sat-desktop.svg")))
    result = QIcon()
    for side in (32, 128):
        picture = QPixmap(QSize(side, side))
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        drawing.render(painter)
        painter.end()
        result.addPixmap(picture)
    return result
