"""Editors for the blocks of a chapter's text: a paragraph, a list, a table.

Each reports what it holds when it is left, with no button to save; what it does not show cannot be
in it, so that text stays text.
"""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from sat_desktop.domain.plan import Block, BulletList, Paragraph, TextTable
from sat_desktop.runtime.i18n import Language
from sat_desktop.ui.pages.plan.fields import TextField
from sat_desktop.ui.theme import Theme, set_role
from sat_desktop.ui.widgets.containers import FlowLayout
from sat_desktop.ui.widgets.text import label

_MOST_LINES = 40

EMPTY_TABLE = TextTable(("", ""), (("", ""), ("", "")))


def is_empty(block: Block) -> bool:
    """Tell whether a block says nothing."""
    if isinstance(block, Paragraph):
        return not block.text.strip()
    if isinstance(block, BulletList):
        return not any(item.strip() for item in block.items)
    cells = [*block.header, *(cell for row in block.rows for cell in row)]
    return not any(cell.strip() for cell in cells)


def without_empty(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Return the blocks that say something."""
    return tuple(block for block in blocks if not is_empty(block))


class ProseField(TextField):
    """A text that is seen as a whole, up to a page of it."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Override: another width means other lines."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        metrics, edge = self.fontMetrics(), self._theme.px(28)
        width = max(self.width() - edge, metrics.averageCharWidth() * 12)
        flags = int(Qt.TextFlag.TextWordWrap)
        room = metrics.boundingRect(0, 0, width, 1_000_000, flags, f"{self.toPlainText()} ")
        most = metrics.lineSpacing() * _MOST_LINES
        self.setFixedHeight(min(max(room.height(), 2 * metrics.lineSpacing()), most) + edge)


class BlockEditor(QFrame):
    """One block with its tools.

    Signals:
        changed(): the user changed what it holds.
        moved(int): it is to go up (-1) or down (1).
        removed(): it is to go.
    """

    changed = Signal()
    moved = Signal(int)
    removed = Signal()

    def __init__(self, theme: Theme, language: Language, block: Block) -> None:
        super().__init__()
        set_role(self, "card")
        self._block = block
        t = language.t
        if isinstance(block, Paragraph):
            kind = t("Paragraph")
        elif isinstance(block, BulletList):
            kind = t("List: one point a line")
        else:
            kind = t("Table: the first row is its header")
        self._tools: list[tuple[QToolButton, str]] = []
        head = QHBoxLayout()
        head.setSpacing(0)
        head.addWidget(label(kind, "caption", wrap=True), 1)
        self.up = self._tool("chevron-up", t("Move up"), lambda: self.moved.emit(-1))
        self.down = self._tool("chevron-down", t("Move down"), lambda: self.moved.emit(1))
        self.bin = self._tool("trash", t("Delete this block"), self.removed.emit)
        for tool, _icon in self._tools:
            head.addWidget(tool)
        self.field: TextField | TableField
        if isinstance(block, TextTable):
            self.field = TableField(theme, language, block)
        else:
            self.field = ProseField(theme, kind)
            self.field.set_value(_as_text(block))
        self.field.entered.connect(self._take)
        self._column = QVBoxLayout(self)
        self._column.addLayout(head)
        self._column.addWidget(self.field)
        self.apply_theme(theme)

    @property
    def block(self) -> Block:
        """What it holds, as far as it was left."""
        return self._block

    def flush(self) -> None:
        """Take over what is being typed."""
        if isinstance(self.field, TextField):
            self.field.flush()

    def set_ends(self, *, first: bool, last: bool) -> None:
        """Say whether it can be moved."""
        self.up.setEnabled(not first)
        self.down.setEnabled(not last)

    def apply_theme(self, theme: Theme) -> None:
        """Follow the colours and the scale of spaces."""
        self._column.setContentsMargins(theme.m, theme.xs, theme.m, theme.m)
        self._column.setSpacing(theme.xs)
        for tool, icon in self._tools:
            tool.setIcon(theme.icon(icon, "muted", 16))
            side = theme.text_px(16)
            tool.setIconSize(QSize(side, side))

    def _tool(self, icon: str, words: str, act: object) -> QToolButton:
        made = QToolButton()
        set_role(made, "quiet")
        made.setAccessibleName(words)
        made.setToolTip(words)
        made.clicked.connect(act)
        self._tools.append((made, icon))
        return made

    def _take(self, value: object) -> None:
        if isinstance(value, TextTable):
            self._block = value
        elif isinstance(self._block, BulletList):
            self._block = BulletList(_points(str(value)))
        else:
            self._block = Paragraph(str(value))
        self.changed.emit()


def _as_text(block: Paragraph | BulletList) -> str:
    if isinstance(block, Paragraph):
        return block.text
    return "\n".join(" ".join(item.split()) for item in block.items)


def _points(text: str) -> tuple[str, ...]:
    """Return the points of a list; signs that people put before points are taken off."""
    lines = (line.strip().lstrip("•–*-").strip() for line in text.splitlines())
    return tuple(line for line in lines if line)


class TableField(QWidget):
    """A small table; its first row holds the names of its columns.

    Signals:
        entered(TextTable): the user changed it.
    """

    entered = Signal(object)

    def __init__(self, theme: Theme, language: Language, table: TextTable) -> None:
        super().__init__()
        t = language.t
        self._theme = theme
        self.grid = QTableWidget()
        self.grid.setAccessibleName(t("Table: the first row is its header"))
        self.grid.setTabKeyNavigation(False)
        self.grid.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.grid.horizontalHeader().hide()
        self.grid.verticalHeader().hide()
        self.grid.horizontalHeader().setStretchLastSection(True)
        self.grid.itemChanged.connect(lambda _item: self._tell())
        tools = QWidget()
        flow = FlowLayout(tools, theme.xs)
        self.tools: dict[str, QPushButton] = {}
        for name, words, act in (
            ("row", t("Add a row"), self._add_row),
            ("column", t("Add a column"), self._add_column),
            ("less-rows", t("Remove the row"), self._remove_row),
            ("less-columns", t("Remove the column"), self._remove_column),
        ):
            button = QPushButton(words)
            set_role(button, "link")
            button.clicked.connect(act)
            flow.addWidget(button)
            self.tools[name] = button
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.xs)
        column.addWidget(self.grid)
        column.addWidget(tools)
        self._show(table)
        self.setFocusProxy(self.grid)

    @property
    def table(self) -> TextTable:
        """What it holds."""
        rows = [
            tuple(self._cell(row, column) for column in range(self.grid.columnCount()))
            for row in range(self.grid.rowCount())
        ]
        return TextTable(rows[0], tuple(rows[1:]))

    def apply_theme(self, theme: Theme) -> None:
        """Follow the text size."""
        self._theme = theme
        self._fit()

    def _show(self, table: TextTable) -> None:
        rows = [table.header, *table.rows]
        self.grid.blockSignals(True)
        self.grid.setRowCount(max(1, len(rows)))
        self.grid.setColumnCount(max(1, *(len(row) for row in rows)))
        for row in range(self.grid.rowCount()):
            for column in range(self.grid.columnCount()):
                known = rows[row] if row < len(rows) else ()
                self._set(row, column, known[column] if column < len(known) else "")
        self.grid.blockSignals(False)
        self._fit()

    def _set(self, row: int, column: int, words: str) -> None:
        item = QTableWidgetItem(words)
        if row == 0:
            font = item.font()
            font.setBold(True)
            item.setFont(font)
        self.grid.setItem(row, column, item)

    def _cell(self, row: int, column: int) -> str:
        item = self.grid.item(row, column)
        return item.text().strip() if item is not None else ""

    def _fit(self) -> None:
        high = self._theme.text_px(34)
        self.grid.verticalHeader().setDefaultSectionSize(high)
        for row in range(self.grid.rowCount()):
            self.grid.setRowHeight(row, high)
        self.grid.setFixedHeight(high * min(self.grid.rowCount(), 8) + 20)
        self.tools["less-rows"].setEnabled(self.grid.rowCount() > 1)
        self.tools["less-columns"].setEnabled(self.grid.columnCount() > 1)

    def _tell(self) -> None:
        self._fit()
        self.entered.emit(self.table)

    def _add_row(self) -> None:
        place = self.grid.currentRow() + 1 or self.grid.rowCount()
        self.grid.blockSignals(True)
        self.grid.insertRow(place)
        for column in range(self.grid.columnCount()):
            self._set(place, column, "")
        self.grid.blockSignals(False)
        self.grid.setCurrentCell(place, 0)
        self._tell()

    def _add_column(self) -> None:
        place = self.grid.columnCount()
        self.grid.blockSignals(True)
        self.grid.insertColumn(place)
        for row in range(self.grid.rowCount()):
            self._set(row, place, "")
        self.grid.blockSignals(False)
        self._tell()

    def _remove_row(self) -> None:
        row = self.grid.currentRow()
        self.grid.removeRow(row if row >= 0 else self.grid.rowCount() - 1)
        for column in range(self.grid.columnCount()):
            self.grid.blockSignals(True)
            self._set(0, column, self._cell(0, column))
            self.grid.blockSignals(False)
        self._tell()

    def _remove_column(self) -> None:
        column = self.grid.currentColumn()
        self.grid.removeColumn(column if column >= 0 else self.grid.columnCount() - 1)
        self._tell()
