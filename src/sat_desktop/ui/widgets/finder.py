"""Ctrl+K: one line in which everything can be found."""

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QObject,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QShowEvent,
)
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from sat_desktop.runtime.folding import fold, places_of
from sat_desktop.runtime.i18n import Language
from sat_desktop.ui.models.indexes import NOWHERE, Index
from sat_desktop.ui.shortcuts import Found, Source, best_found
from sat_desktop.ui.theme import Theme
from sat_desktop.ui.tips import tool_tip
from sat_desktop.ui.widgets.inputs import SearchLine
from sat_desktop.ui.widgets.text import label


class FoundModel(QAbstractListModel):
    """What was found, best first.

    Attributes:
        entries: the lines.
        words: what was looked for, folded.
    """

    def __init__(self) -> None:
        super().__init__()
        self.entries: list[Found] = []
        self.words: tuple[str, ...] = ()

    def show(self, entries: list[Found], words: tuple[str, ...]) -> None:
        """Show other entries, found by these words."""
        self.beginResetModel()
        self.entries, self.words = entries, words
        self.endResetModel()

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """Override: how many."""
        return 0 if parent.isValid() else len(self.entries)

    def data(
        self,
        index: Index,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        """Override: the title, and all of it for screen readers."""
        if not index.isValid():
            return None
        entry = self.entries[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return entry.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            parts = (entry.title, entry.detail, entry.keys, entry.passage)
            return ", ".join(part for part in parts if part)
        if role == Qt.ItemDataRole.ToolTipRole and entry.passage:
            return tool_tip(f"{entry.title}\n{entry.passage}")
        if role == Qt.ItemDataRole.UserRole:
            return entry
        return None


class _Line(QStyledItemDelegate):
    """Draws an entry: icon, title, where it belongs, keys; below them the passage found."""

    theme: Theme

    def __init__(self, model: FoundModel, parent: QObject) -> None:
        super().__init__(parent)
        self._model = model

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Override: one line of text with air, or two."""
        height = 58 if index.data(Qt.ItemDataRole.UserRole).passage else 38
        return QSize(super().sizeHint(option, index).width(), self.theme.text_px(height))

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: Index,
    ) -> None:
        """Override: draw it."""
        entry: Found = index.data(Qt.ItemDataRole.UserRole)
        theme = self.theme
        rect: QRect = option.rect.adjusted(2, 1, -2, -1)
        state = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("accent_soft"))
            painter.drawRoundedRect(rect, theme.radius, theme.radius)
            painter.setBrush(theme.colour("accent"))
            painter.drawRect(rect.left(), rect.top() + 6, 3, rect.height() - 12)
        first, second = QRect(rect), QRect(rect)
        if entry.passage:
            middle = rect.top() + theme.text_px(31)
            first.setBottom(middle)
            second.setTop(middle - theme.text_px(3))
            second.setBottom(rect.bottom() - theme.text_px(6))
        side = theme.text_px(18)
        mark = QRect(rect.left() + theme.m, first.center().y() - side // 2, side, side)
        theme.icon(entry.icon, "muted", 18).paint(painter, mark)
        left, right = mark.right() + theme.m, rect.right() - theme.m
        painter.setFont(theme.font("caption"))
        painter.setPen(theme.colour("muted"))
        metrics = painter.fontMetrics()
        aside = entry.keys or entry.detail
        # The title comes first: what stands aside takes what is left of the line, or a quarter.
        bold = theme.font()
        bold.setBold(True)
        title = QFontMetrics(bold).horizontalAdvance(entry.title) + theme.m
        width = max(right - left - title, rect.width() // 4)
        width = min(metrics.horizontalAdvance(aside) + 2, width)
        box = QRect(right - width, first.top(), width, first.height())
        shown = metrics.elidedText(aside, Qt.TextElideMode.ElideRight, width)
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, shown)
        room = QRect(left, first.top(), box.left() - theme.m - left, first.height())
        places = places_of(self._model.words, entry.title)
        self._write(painter, room, entry.title, places, ("body", "text", "text"))
        room = QRect(left, second.top(), right - left, second.height())
        self._write(painter, room, entry.passage, entry.places, ("caption", "muted", "text"))
        painter.restore()

    def _write(
        self,
        painter: QPainter,
        room: QRect,
        text: str,
        places: tuple[tuple[int, int], ...],
        look: tuple[str, str, str],
    ) -> None:
        """Draw one line with the words found in bold; `look`: type, colour, colour of the words."""
        kind, colour, found = look
        edges = [0, *(edge for place in places for edge in place), len(text)]
        x = room.left()
        for turn, (start, end) in enumerate(pairwise(edges)):
            font = self.theme.font(kind)
            font.setBold(turn % 2 == 1)
            painter.setFont(font)
            painter.setPen(self.theme.colour(found if turn % 2 else colour))
            metrics = painter.fontMetrics()
            part, left = text[start:end], room.right() + 1 - x
            width = metrics.horizontalAdvance(part)
            if width > left:
                part = metrics.elidedText(part, Qt.TextElideMode.ElideRight, left)
            box = QRect(x, room.top(), left, room.height())
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, part)
            x += width
            if x > room.right():
                return


class FinderOverlay(QWidget):
    """The finder above the window: type, Up and Down, Enter; Escape or a click beside it closes.

    Signals:
        closed(): it went away.
    """

    closed = Signal()

    def __init__(self, theme: Theme, language: Language, parent: QWidget) -> None:
        super().__init__(parent)
        self._window = parent
        self._sources: Sequence[Source] = ()
        self._before: QWidget | None = None
        self.setProperty("overlay", True)
        self.model = FoundModel()
        self._card = QFrame(self)
        self._card.setObjectName("paletteCard")
        self.line = SearchLine(theme, "")
        self.line.textChanged.connect(lambda _text: self.search())
        self.line.installEventFilter(self)
        self.list = QListView()
        self.list.setModel(self.model)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.clicked.connect(lambda index: self._take(index.row()))
        self.list.installEventFilter(self)
        self._drawn_by = _Line(self.model, self.list)
        self._drawn_by.theme = theme
        self.list.setItemDelegate(self._drawn_by)
        self._nothing = label("", "muted", wrap=True)
        self._column = QVBoxLayout(self._card)
        self._column.addWidget(self.line)
        self._column.addWidget(self._nothing)
        self._column.addWidget(self.list, 1)
        self.hide()
        self.apply_theme(theme)
        self.retranslate(language)

    def open(self, sources: Sequence[Source]) -> None:
        """Show it over everything that can be found now."""
        self._before = QApplication.focusWidget()
        self._sources = sources
        self.line.clear()
        self.search()
        self.fit()
        self.show()
        self.raise_()
        self.line.setFocus()

    def search(self) -> None:
        """Show what fits the words in the line."""
        query = self.line.text()
        self.model.show(best_found(query, self._sources), tuple(fold(query).split()))
        self.list.setVisible(bool(self.model.entries))
        self._nothing.setVisible(not self.model.entries)
        self._column.setAlignment(self._nothing, Qt.AlignmentFlag.AlignTop)
        self._select(0)

    def dismiss(self) -> None:
        """Close it and give the keyboard back to where it was."""
        if not self.isVisible():
            return
        self.hide()
        if self._before is not None and self._before.isVisible():
            self._before.setFocus()
        self._before = None
        self.closed.emit()

    def fit(self) -> None:
        """Cover the window and centre the card."""
        parent = self._window
        self.setGeometry(parent.rect())
        width = min(self._theme.text_px(620), parent.width() - 2 * self._theme.xl)
        height = min(self._theme.text_px(440), parent.height() - 2 * self._theme.xxl)
        self._card.setGeometry((parent.width() - width) // 2, self._theme.xxl, width, height)

    def apply_theme(self, theme: Theme) -> None:
        """Follow the colours and the scale of spaces."""
        self._theme = theme
        self._drawn_by.theme = theme
        self._column.setContentsMargins(theme.m, theme.m, theme.m, theme.m)
        self._column.setSpacing(theme.s)

    def retranslate(self, language: Language) -> None:
        """Translate its own words."""
        self.line.set_name(language.t("Find a page, an indicator or a command"))
        self.list.setAccessibleName(language.t("What was found"))
        self._nothing.setText(language.t("Nothing has these words. Try fewer or shorter ones."))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Override: dim the window behind the card."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(0, 0, 0, 90))
        painter.end()

    def mousePressEvent(self, _event: QMouseEvent) -> None:
        """Override: a click beside the card closes it."""
        self.dismiss()

    def showEvent(self, event: QShowEvent) -> None:
        """Override: be in place before the first paint."""
        self.fit()
        super().showEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Override: the line keeps the keyboard while Up and Down walk through the list."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        key = event.key()
        if key == Qt.Key.Key_Escape:
            self.dismiss()
            return True
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._take(self.list.currentIndex().row())
            return True
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(key))
        if step is not None and isinstance(watched, QLineEdit):
            row = self.list.currentIndex().row() + step
            self._select(row % max(1, self.model.rowCount()))
            return True
        return super().eventFilter(watched, event)

    def _select(self, row: int) -> None:
        self.list.setCurrentIndex(self.model.index(row, 0))

    def _take(self, row: int) -> None:
        if 0 <= row < len(self.model.entries):
            entry = self.model.entries[row]
            self.dismiss()
            entry.run()
