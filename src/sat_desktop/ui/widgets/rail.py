"""The rail at the left: the stages in the order of the work."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QIcon, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QRadioButton, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from sat_desktop.ui.theme import Theme


class RailItem(QRadioButton):
    """One stage: a radio button to keyboards and screen readers, a line of the rail to the eye."""

    def __init__(self, theme: Theme, icon: str) -> None:
        super().__init__()
        self._icon = icon
        self._keys = ""
        self._narrow = False
        self._ring = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.apply_theme(theme)

    def set_words(self, title: str, description: str, keys: str) -> None:
        """Say what the stage is called, what it is for, and by which keys it is opened."""
        self.setText(title)
        self.setAccessibleName(title)
        self.setAccessibleDescription(description)
        self._keys = keys
        self._tell()
        self.updateGeometry()

    def set_narrow(self, narrow: bool) -> None:
        """Show the icon alone, with the title as tooltip, or both."""
        self._narrow = narrow
        self._tell()
        self.updateGeometry()
        self.update()

    def apply_theme(self, theme: Theme) -> None:
        """Follow the colours and the text size."""
        self._theme = theme
        self._pictures: dict[bool, QIcon] = {}
        self.updateGeometry()
        self.update()

    def wide_width(self) -> int:
        """Return the width that the title in bold needs."""
        metrics = self.fontMetrics().horizontalAdvance(self.text())
        theme = self._theme
        return theme.m * 2 + theme.text_px(20) + theme.m + round(metrics * 1.1) + theme.s * 2

    def sizeHint(self) -> QSize:
        """Override: a line of the rail."""
        theme = self._theme
        height = theme.text_px(20) + 2 * theme.px(10)
        narrow = theme.text_px(20) + 2 * theme.m + 2 * theme.s
        return QSize(narrow if self._narrow else self.wide_width(), height)

    def minimumSizeHint(self) -> QSize:
        """Override: it does not shrink."""
        return self.sizeHint()

    def hitButton(self, pos: QPoint) -> bool:
        """Override: the whole line is the target."""
        return self.rect().contains(pos)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Override: the ring is for those who came by keyboard."""
        self._ring = event.reason() in {
            Qt.FocusReason.TabFocusReason,
            Qt.FocusReason.BacktabFocusReason,
            Qt.FocusReason.ShortcutFocusReason,
        }
        super().focusInEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Override: ground, icon, title, and the ring of the keyboard."""
        theme = self._theme
        on = self.isChecked()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = self.rect().adjusted(theme.s, 1, -theme.s, -1)
        if on or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("accent_soft" if on else "hover"))
            painter.drawRoundedRect(ground, theme.radius, theme.radius)
        if on:
            painter.setBrush(theme.colour("accent"))
            bar = QRect(ground.left(), ground.top() + theme.s, 3, ground.height() - 2 * theme.s)
            painter.drawRoundedRect(bar, 1.5, 1.5)
        if self.hasFocus() and self._ring:
            painter.setPen(QPen(theme.colour("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(ground.adjusted(1, 1, -1, -1), theme.radius, theme.radius)
        side = theme.text_px(20)
        x = (self.width() - side) // 2 if self._narrow else ground.left() + theme.m
        picture = QRect(x, (self.height() - side) // 2, side, side)
        if on not in self._pictures:
            self._pictures[on] = theme.icon(self._icon, "accent" if on else "muted", 20)
        self._pictures[on].paint(painter, picture)
        if not self._narrow:
            painter.setFont(theme.font("strong" if on else "body"))
            painter.setPen(theme.colour("text"))
            words = QRect(picture.right() + theme.m, 0, self.width(), self.height())
            painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, self.text())
        painter.end()

    def _tell(self) -> None:
        keys = f" ({self._keys})" if self._keys else ""
        title = f"{self.text()}{keys}\n" if self._narrow or keys else ""
        self.setToolTip(f"{title}{self.accessibleDescription()}".strip())


class Rail(QScrollArea):
    """All stages, one below the other; scrolls where there are more than fit.

    Signals:
        chosen(int): the user opened the stage at that place.
    """

    chosen = Signal(int)

    def __init__(self, theme: Theme, icons: Sequence[str]) -> None:
        super().__init__()
        self.setObjectName("railScroll")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidgetResizable(True)
        inner = QWidget()
        inner.setObjectName("rail")
        self._column = QVBoxLayout(inner)
        self.items: list[RailItem] = []
        for place, icon in enumerate(icons):
            item = RailItem(theme, icon)
            item.clicked.connect(lambda _on, place=place: self.chosen.emit(place))
            self.items.append(item)
            self._column.addWidget(item)
        self._column.addStretch(1)
        self._narrow = False
        self.setWidget(inner)
        self.apply_theme(theme)

    def wide_width(self) -> int:
        """Return the width that the rail needs to show its titles."""
        widest = max((item.wide_width() for item in self.items), default=0)
        return max(widest, self._theme.text_px(196))

    def set_narrow(self, narrow: bool) -> None:
        """Show icons alone, or icons and titles."""
        self._narrow = narrow
        for item in self.items:
            item.set_narrow(narrow)
        narrow_width = self.items[0].sizeHint().width() if self.items else 0
        self.setFixedWidth(narrow_width + 1 if narrow else self.wide_width())

    def mark(self, place: int) -> None:
        """Show which stage is open."""
        self.items[place].setChecked(True)

    def apply_theme(self, theme: Theme) -> None:
        """Follow the scale of spaces; the lines follow by themselves."""
        self._theme = theme
        self._column.setContentsMargins(0, theme.s, 0, theme.s)
        self._column.setSpacing(2)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Override: Up and Down walk through the stages, opening each."""
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        places = [place for place, item in enumerate(self.items) if item.hasFocus()]
        if step is None or not places:
            super().keyPressEvent(event)
            return
        place = (places[0] + step) % len(self.items)
        self.items[place].setFocus(Qt.FocusReason.TabFocusReason)
        self.items[place].click()
