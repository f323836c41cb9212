"""Tables of the dialogs: rows of words that can be walked through and copied."""

from collections.abc import Collection, Sequence
from typing import Final

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from sat_desktop.ui.models.indexes import Index
from sat_desktop.ui.models.listing import Line, ListingModel
from sat_desktop.ui.theme import Theme

_RIGHT: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class _Rows(ListingModel):
    """Rows of which some columns stand at the right."""

    def __init__(self, heads: Sequence[str], lines: Sequence[Line], right: Collection[int]) -> None:
        super().__init__(heads, lines, figures=False)
        self._right = right

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Override: the side."""
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() in self._right:
            return _RIGHT
        return super().data(index, role)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Override: the side of the column."""
        if role == Qt.ItemDataRole.TextAlignmentRole and section in self._right:
            return _RIGHT
        return super().headerData(section, orientation, role)


class Listing(QTableView):
    """Rows of which one is current; Ctrl+C copies those that are selected.

    Signals:
        moved(str): the row of that key is current now, "" for none.
    """

    moved = Signal(str)

    def __init__(
        self,
        theme: Theme,
        name: str,
        heads: Sequence[str],
        *,
        elastic: int = 0,
        right: Collection[int] = (),
        wrapped: bool = False,
        whole: bool = False,
    ) -> None:
        """Take what the columns are called and how they are laid out.

        Args:
            elastic: the column that takes the room left over.
            right: columns whose words stand at the right, such as numbers.
            wrapped: rows are as high as their words need; otherwise words are cut.
            whole: the table is as high as its rows, on a page that scrolls.
        """
        super().__init__()
        self.theme = theme
        self._heads = tuple(heads)
        self._elastic, self._right = elastic, frozenset(right)
        self._wrapped, self._whole = wrapped, whole
        self._rows: ListingModel | None = None
        self.setAccessibleName(name)
        self.setShowGrid(False)
        self.setWordWrap(wrapped)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setTabKeyNavigation(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        if whole:
            self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(theme.text_px(34))
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setMinimumSectionSize(theme.text_px(70))
        self.horizontalHeader().setMaximumSectionSize(theme.text_px(900))
        self.show_lines(())

    @property
    def lines(self) -> tuple[Line, ...]:
        """The rows shown."""
        return () if self._rows is None else self._rows.lines

    @property
    def key(self) -> str:
        """The key of the current row, "" where there is none."""
        row = self.currentIndex().row()
        return self.lines[row].key if 0 <= row < len(self.lines) else ""

    def show_lines(self, lines: Sequence[Line], key: str = "") -> None:
        """Show other rows, and be at the one of a key, at the first one where there is none."""
        old, self._rows = self._rows, _Rows(self._heads, lines, self._right)
        self.setModel(self._rows)
        if old is not None:
            old.deleteLater()
        self.selectionModel().currentRowChanged.connect(self._tell)
        self._fit()
        if lines:
            self.go(key)
        else:
            self.moved.emit("")

    def go(self, key: str) -> None:
        """Make the row of a key current, the first one where there is none."""
        keys = [line.key for line in self.lines]
        self.selectRow(keys.index(key) if key in keys else 0)

    def copy(self, *, everything: bool = False) -> None:
        """Put rows on the clipboard, cells divided by tabs: those selected, or all of them."""
        chosen = {index.row() for index in self.selectionModel().selectedRows()}
        rows = [
            "\t".join(line.cells)
            for row, line in enumerate(self.lines)
            if everything or row in chosen
        ]
        QGuiApplication.clipboard().setText("\n".join(rows))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Override: Ctrl+C takes whole rows."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Override: words break elsewhere."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def _tell(self, now: QModelIndex, _before: QModelIndex) -> None:
        self.moved.emit(self.lines[now.row()].key if now.isValid() else "")

    def _fit(self) -> None:
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        if header.count() <= self._elastic:
            return
        # The widest give way until something is left for the elastic one, which has the rest.
        room = self.viewport().width()
        others = [c for c in range(header.count()) if c != self._elastic]
        # The frame of the cell that the keyboard is on takes a little more.
        widths = {c: header.sectionSize(c) + self.theme.px(8) for c in others}
        least = max(self.theme.text_px(140), room // 4)
        widest = _cap(list(widths.values()), room - least, self.theme.text_px(70))
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        for column in others:
            header.resizeSection(column, min(widths[column], widest))
        left = room - sum(header.sectionSize(c) for c in others)
        header.resizeSection(self._elastic, max(least, left))
        if self._wrapped:
            self.resizeRowsToContents()
        if self._whole:
            wide = header.length() > room
            extra = self.horizontalScrollBar().sizeHint().height() if wide else 0
            height = header.sizeHint().height() + self.verticalHeader().length()
            self.setFixedHeight(height + extra + 4)


def _cap(widths: Sequence[int], room: int, least: int) -> int:
    """Return the width that no column may go beyond, so that all of them take `room` at most."""
    left = room
    for place, width in enumerate(sorted(widths)):
        share = left // (len(widths) - place)
        if width > share:
            return max(least, share)
        left -= width
    return max(widths, default=least)
