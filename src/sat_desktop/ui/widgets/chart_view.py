"""A chart on the screen: a picture drawn elsewhere, with places that can be pointed at.

The view asks for a picture of its size (`wanted`) and stretches the old one until the new one
comes, so that resizing never waits. Places are fractions of the picture, 0..1 from the top left;
the keyboard walks through them with the arrow keys. For screen readers the view is a graphic with
a name and a description, and every chart can be shown as its table.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import (
    QEvent,
    QPoint,
    QPointF,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import (
    QAccessible,
    QHelpEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import (
    QAccessibleWidget,
    QHBoxLayout,
    QHeaderView,
    QSizePolicy,
    QStackedWidget,
    QTableView,
    QToolTip,
    QVBoxLayout,
    QWidget,
)

from sat_desktop.runtime.i18n import Language
from sat_desktop.ui.models.listing import Line, ListingModel
from sat_desktop.ui.theme import Theme
from sat_desktop.ui.tips import tool_tip
from sat_desktop.ui.widgets.inputs import SegmentedSwitch
from sat_desktop.ui.widgets.text import label

_SETTLE_MS: Final = 120


@dataclass(frozen=True, slots=True)
class ChartPlace:
    """A part of a chart that can be pointed at: its key, its words, the box around it (0..1).

    Attributes:
        corners: its outline where it is no box, such as a wedge.
    """

    key: str
    words: str
    x: float
    y: float
    width: float
    height: float
    corners: tuple[tuple[float, float], ...] = ()

    def on(self, size: QSize) -> QRectF:
        """Return it in pixels of a picture of that size."""
        return QRectF(
            self.x * size.width(),
            self.y * size.height(),
            self.width * size.width(),
            self.height * size.height(),
        )

    def outline_on(self, size: QSize) -> QPolygonF:
        """Return its outline in pixels of a picture of that size."""
        if not self.corners:
            return QPolygonF(self.on(size))
        return QPolygonF([QPointF(x * size.width(), y * size.height()) for x, y in self.corners])


class ChartView(QWidget):
    """The picture of a chart.

    Signals:
        wanted(QSize, float): draw a picture of that many logical pixels at that density.
        clicked(str): the user chose the place of that key.
    """

    wanted = Signal(QSize, float)
    clicked = Signal(str)

    def __init__(self, theme: Theme, name: str = "", description: str = "") -> None:
        super().__init__()
        install_graphic_role()
        self._theme = theme
        self._image: QImage | None = None
        self._places: tuple[ChartPlace, ...] = ()
        self._current = -1
        self._asked: tuple[QSize, float] | None = None
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(_SETTLE_MS)
        self._settle.timeout.connect(self._ask)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.describe(name, description)

    def describe(self, name: str, description: str) -> None:
        """Say what the chart is and what it shows, for those who do not see it."""
        self.setAccessibleName(name)
        self.setAccessibleDescription(description)

    def show_picture(self, image: QImage, places: Sequence[ChartPlace] = ()) -> None:
        """Show a picture and the places on it."""
        self._image = image
        self._places = tuple(places)
        self._current = min(self._current, len(self._places) - 1)
        self.update()

    def ask_again(self) -> None:
        """Ask for a new picture: data, theme or language have changed."""
        self._asked = None
        if self.isVisible():
            self._ask()

    def apply_theme(self, theme: Theme) -> None:
        """Ask for a picture in the new colours."""
        self._theme = theme
        self.ask_again()

    def sizeHint(self) -> QSize:
        """Override: the usual size of a chart."""
        return QSize(640, 360)

    def minimumSizeHint(self) -> QSize:
        """Override: smaller than this no chart can be read."""
        return QSize(240, 160)

    def showEvent(self, event: QShowEvent) -> None:
        """Override: the first picture is asked for when somebody looks."""
        super().showEvent(event)
        self._ask()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Override: ask again when the size has settled."""
        super().resizeEvent(event)
        if self.isVisible():
            self._settle.start()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Override: the picture, stretched while a better one is being drawn, and the ring."""
        painter = QPainter(self)
        if self._image is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(self.rect(), self._image)
        if self.hasFocus():
            painter.setPen(QPen(self._theme.colour("focus"), 2))
            place = self._places[self._current] if self._is_on_a_place else None
            if place is not None and place.corners:
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                painter.drawPolygon(place.outline_on(self.size()))
            else:
                box = place.on(self.size()) if place is not None else QRectF(self.rect())
                painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 4, 4)
        painter.end()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Override: the pointer tells what can be clicked."""
        place = self._at(event.position().toPoint())
        shape = Qt.CursorShape.ArrowCursor if place is None else Qt.CursorShape.PointingHandCursor
        self.setCursor(shape)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Override: a click on a place."""
        place = self._at(event.position().toPoint())
        if place is not None and event.button() == Qt.MouseButton.LeftButton:
            self.clicked.emit(place.key)

    def event(self, event: QEvent) -> bool:
        """Override: every place has its tooltip."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            place = self._at(event.pos())
            QToolTip.showText(event.globalPos(), tool_tip(place.words) if place else "", self)
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Override: arrows walk through the places, Enter and Space choose one."""
        key = event.key()
        step = {
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Up: -1,
        }.get(Qt.Key(key))
        if step is not None and self._places:
            self._current = (max(self._current, -step) + step) % len(self._places)
            place = self._places[self._current]
            corner = place.on(self.size()).bottomLeft().toPoint()
            QToolTip.showText(self.mapToGlobal(corner), tool_tip(place.words), self)
            self.update()
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space} and (
            self._is_on_a_place
        ):
            self.clicked.emit(self._places[self._current].key)
        else:
            super().keyPressEvent(event)

    @property
    def _is_on_a_place(self) -> bool:
        return 0 <= self._current < len(self._places)

    def _at(self, point: QPoint) -> ChartPlace | None:
        # Places are given from the bottom layer up; the topmost one is meant.
        for place in reversed(self._places):
            outline = place.outline_on(self.size())
            if outline.containsPoint(QPointF(point), Qt.FillRule.OddEvenFill):
                return place
        return None

    def _ask(self) -> None:
        asked = (self.size(), self.devicePixelRatioF())
        if asked != self._asked and not self.size().isEmpty():
            self._asked = asked
            self.wanted.emit(*asked)


class ChartPanel(QWidget):
    """A chart with its title, and a switch that shows it as a table.

    Attributes:
        view: the picture.
    """

    def __init__(self, theme: Theme, language: Language, title: str, description: str) -> None:
        super().__init__()
        self._title = label(title, "heading", wrap=True)
        self.view = ChartView(theme, title, description)
        self._table = QTableView()
        self._table.setAccessibleName(title)
        self._table.setAlternatingRowColors(True)
        self._table.setShowGrid(False)
        self._table.verticalHeader().hide()
        self._model: ListingModel | None = None
        self._switch = SegmentedSwitch(theme, title, [("chart", ""), ("table", "")])
        self._stack = QStackedWidget()
        self._stack.addWidget(self.view)
        self._stack.addWidget(self._table)
        self._switch.chosen.connect(self._turn)
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self._switch, 0, Qt.AlignmentFlag.AlignTop)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addLayout(head)
        self._column.addWidget(self._stack, 1)
        self._space(theme)
        self._name(language)

    def set_words(self, title: str, description: str) -> None:
        """Translate the title and the description."""
        self._title.setText(title)
        self._table.setAccessibleName(title)
        self.view.describe(title, description)

    def set_table(self, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """Give the table: names of columns and rows of words, figures already as text."""
        self._model = ListingModel(heads, [Line(tuple(row)) for row in rows], figures=True)
        self._table.setModel(self._model)
        sizes = self._table.horizontalHeader()
        sizes.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        if heads:
            sizes.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)

    def apply_theme(self, theme: Theme) -> None:
        """Follow the scale of spaces."""
        self._space(theme)

    def retranslate(self, language: Language) -> None:
        """Translate the switch."""
        self._name(language)

    def _space(self, theme: Theme) -> None:
        self._column.setSpacing(theme.m)
        self._table.verticalHeader().setDefaultSectionSize(theme.text_px(30))

    def _name(self, language: Language) -> None:
        self._switch.set_words([language.t("Chart"), language.t("Table")])

    def _turn(self, choice: str) -> None:
        self._stack.setCurrentWidget(self.view if choice == "chart" else self._table)


# Qt asks this factory for every widget it has not met; without it a painted widget has the role of
# filler and is skipped by screen readers. Qt owns the interface and deletes it with the widget.
_INTERFACES: Final[dict[int, QAccessibleWidget]] = {}
_INSTALLED: Final[list[bool]] = []


def install_graphic_role() -> None:
    """Make screen readers meet a `ChartView` as a graphic; once for the process."""
    if not _INSTALLED:
        _INSTALLED.append(True)
        QAccessible.installFactory(_graphic)


def _graphic(_kind: str, thing: object) -> QAccessibleWidget | None:
    if not isinstance(thing, ChartView):
        return None
    key = id(thing)
    interface = QAccessibleWidget(thing, QAccessible.Role.Graphic)
    _INTERFACES[key] = interface
    thing.destroyed.connect(lambda: _INTERFACES.pop(key, None))
    return interface
