"""What holds other widgets: cards, wrapping rows, form rows, scrolling, folding, splitting."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QGridLayout,
    QLabel,
    QLayout,
    QLayoutItem,
    QPushButton,
    QScrollArea,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from sat_desktop.ui.theme import Theme, set_role
from sat_desktop.ui.widgets.text import label


class Card(QFrame):
    """A surface with an edge.

    Attributes:
        body: the column inside it.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        set_role(self, "card")
        self.body = QVBoxLayout(self)
        self.apply_theme(theme)

    def apply_theme(self, theme: Theme) -> None:
        """Follow the scale of spaces."""
        self.body.setContentsMargins(theme.l, theme.l, theme.l, theme.l)
        self.body.setSpacing(theme.m)


class Columns(QWidget):
    """Widgets side by side while each has the width it needs, else one below the other."""

    def __init__(self, theme: Theme, width: int = 360) -> None:
        """Take the width in pixels at 100 % that each column needs."""
        super().__init__()
        self._width = width
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self.apply_theme(theme)

    def add(self, widget: QWidget, stretch: int = 1) -> None:
        """Add a column."""
        self._row.addWidget(widget, stretch)
        self._arrange()

    def apply_theme(self, theme: Theme) -> None:
        """Follow the scale of spaces and the text size."""
        self._theme = theme
        self._row.setSpacing(theme.l)
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Override: see which arrangement fits."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        beside = self.width() >= self._theme.text_px(self._width) * self._row.count()
        directions = QBoxLayout.Direction
        wanted = directions.LeftToRight if beside else directions.TopToBottom
        if self._row.direction() != wanted:
            self._row.setDirection(wanted)


class FlowLayout(QLayout):
    """Widgets in a row that goes on in the next line where the width ends."""

    def __init__(self, parent: QWidget | None = None, gap: int = 8) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self.setSpacing(gap)
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        """Override: take one more."""
        self._items.append(item)

    def count(self) -> int:
        """Override: how many there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """Override: one of them, None outside."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Override: give one back."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """Override: it does not ask for more than it needs."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """Override: narrower means higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Override: the height of all lines at that width."""
        return self._place(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:
        """Override: put everything in its place."""
        super().setGeometry(rect)
        self._place(rect, move=True)

    def sizeHint(self) -> QSize:
        """Override: all in one line."""
        sizes = [item.sizeHint() for item in self._items if not item.isEmpty()]
        width = sum(size.width() for size in sizes) + self.spacing() * max(0, len(sizes) - 1)
        return QSize(width, max((size.height() for size in sizes), default=0))

    def minimumSize(self) -> QSize:
        """Override: the widest of them."""
        smallest = QSize(0, 0)
        for item in self._items:
            smallest = smallest.expandedTo(item.minimumSize())
        return smallest

    def _place(self, rect: QRect, *, move: bool) -> int:
        x, y, line = rect.x(), rect.y(), 0
        for item in self._items:
            if item.isEmpty():
                continue
            hint = item.sizeHint()
            width = min(hint.width(), rect.width()) if rect.width() > 0 else hint.width()
            # Words that wrap, such as a complaint below a field, need more than one line's height.
            height = item.heightForWidth(width) if item.hasHeightForWidth() else hint.height()
            if x > rect.x() and x + width > rect.right() + 1:
                x, y, line = rect.x(), y + line + self.spacing(), 0
            if move:
                item.setGeometry(QRect(QPoint(x, y), QSize(width, height)))
            x += width + self.spacing()
            line = max(line, height)
        return y + line - rect.y()


class FormRows(QWidget):
    """Fields with their names: beside each other where there is room, else one below the other."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._rows: list[tuple[QLabel, QWidget, QLabel]] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._beside: bool | None = None
        self.apply_theme(theme)

    def add(self, name: str, field: QWidget, hint: str = "") -> QLabel:
        """Add a field with its name, which also becomes its accessible name, and a hint below it.

        Returns the label of the name, so that its owner can translate it.
        """
        title = label(name, "strong", wrap=True)
        title.setBuddy(field)
        if not field.accessibleName():
            field.setAccessibleName(name)
        below = label(hint, "caption", wrap=True)
        if not hint:
            # Only ever hidden here: what is shown before it has a parent flashes up as a window.
            below.hide()
        if hint:
            field.setAccessibleDescription(hint)
        self._rows.append((title, field, below))
        self._beside = None
        self._arrange()
        return title

    def rename(self, field: QWidget, name: str, hint: str = "") -> None:
        """Translate the name and the hint of a field."""
        for title, known, below in self._rows:
            if known is field:
                title.setText(name)
                field.setAccessibleName(name)
                below.setText(hint)
                below.setVisible(bool(hint))
                field.setAccessibleDescription(hint)

    def apply_theme(self, theme: Theme) -> None:
        """Follow the scale of spaces."""
        self._name_width = theme.text_px(190)
        self._grid.setHorizontalSpacing(theme.l)
        self._grid.setVerticalSpacing(theme.xs)
        self._gap = theme.s
        self._beside = None
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Override: see which arrangement fits."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        beside = self.width() >= self._name_width * 3
        if beside == self._beside:
            return
        self._beside = beside
        while self._grid.takeAt(0) is not None:
            pass
        for place, (title, field, below) in enumerate(self._rows):
            row = place * 4
            if beside:
                self._grid.addWidget(title, row, 0, Qt.AlignmentFlag.AlignVCenter)
                self._grid.addWidget(field, row, 1)
                self._grid.addWidget(below, row + 1, 1)
            else:
                self._grid.addWidget(title, row, 0, 1, 2)
                self._grid.addWidget(field, row + 1, 0, 1, 2)
                self._grid.addWidget(below, row + 2, 0, 1, 2)
            self._grid.setRowMinimumHeight(row + 3, self._gap)
        self._grid.setColumnMinimumWidth(0, self._name_width if beside else 0)
        self._grid.setColumnStretch(1, 1)


class _Backdrop(QWidget):
    """What a column scrolls: as high as its words need at the width they have.

    Qt's scroll area takes the least height from the narrowest width the words could have, which
    would leave a blank stretch below them; the height for the width is asked for anyway.
    """

    def minimumSizeHint(self) -> QSize:
        """Return the least width; the height follows from the width."""
        return QSize(super().minimumSizeHint().width(), 0)


class ScrollColumn(QScrollArea):
    """A column that scrolls up and down, no wider than is good to read, centred in what is left.

    Attributes:
        body: the column.
    """

    def __init__(self, theme: Theme, width: int = 1180) -> None:
        super().__init__()
        self._width = width
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._column = QWidget()
        self.body = QVBoxLayout(self._column)
        outer = _Backdrop()
        outer.setObjectName("backdrop")
        self._frame = QGridLayout(outer)
        self._frame.addWidget(self._column, 0, 0)
        self.setWidget(outer)
        self.apply_theme(theme)

    def apply_theme(self, theme: Theme) -> None:
        """Follow the scale of spaces."""
        self._column.setMaximumWidth(theme.text_px(self._width))
        self._frame.setContentsMargins(theme.xl, theme.xl, theme.xl, theme.xl)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(theme.l)


class Collapsible(QWidget):
    """A section that folds away behind its heading.

    Attributes:
        body: the column inside it.

    Signals:
        unfolded(bool): it was opened (true) or folded.
    """

    unfolded = Signal(bool)

    def __init__(self, theme: Theme, title: str, *, open_: bool = False) -> None:
        super().__init__()
        self._theme = theme
        self._button = QPushButton(title)
        self._button.setCheckable(True)
        self._button.setChecked(open_)
        set_role(self._button, "fold")
        self._content = QWidget()
        if not open_:
            self._content.hide()
        self.body = QVBoxLayout(self._content)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._button)
        column.addWidget(self._content)
        self._button.toggled.connect(self._fold)
        self.apply_theme(theme)

    @property
    def is_open(self) -> bool:
        """Whether its content is seen."""
        return self._button.isChecked()

    def set_open(self, open_: bool) -> None:
        """Open or fold it."""
        self._button.setChecked(open_)

    def set_title(self, title: str) -> None:
        """Show another heading."""
        self._button.setText(title)

    def apply_theme(self, theme: Theme) -> None:
        """Follow the colours and the scale of spaces."""
        self._theme = theme
        self.body.setContentsMargins(theme.xl, 0, 0, theme.s)
        self.body.setSpacing(theme.s)
        self._show_mark()

    def _fold(self, open_: bool) -> None:
        self._content.setVisible(open_)
        self._show_mark()
        self.unfolded.emit(open_)

    def _show_mark(self) -> None:
        name = "chevron-down" if self.is_open else "chevron-right"
        self._button.setIcon(self._theme.icon(name, "muted", 16))
        side = self._theme.text_px(16)
        self._button.setIconSize(QSize(side, side))


def splitter(left: QWidget, right: QWidget, shares: tuple[int, int] = (1, 3)) -> QSplitter:
    """Return two widgets side by side with a movable line between them; none can vanish."""
    made = QSplitter(Qt.Orientation.Horizontal)
    made.addWidget(left)
    made.addWidget(right)
    made.setChildrenCollapsible(False)
    made.setHandleWidth(9)
    for place, share in enumerate(shares):
        made.setStretchFactor(place, share)
    return made
