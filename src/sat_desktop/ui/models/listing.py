"""A table of words that never changes: rows with a key, some of them emphasised."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractTableModel, Qt
from PySide6.QtGui import QFont, QIcon

from sat_desktop.ui.models.indexes import NOWHERE, Index
from sat_desktop.ui.tips import tool_tip


@dataclass(frozen=True, slots=True)
class Line:
    """A row: its cells, a key to jump by, and how it is set.

    Attributes:
        depth: steps by which the first cell is moved in.
        strong: a sum or a whole.
    """

    cells: tuple[str, ...]
    key: str = ""
    depth: int = 0
    strong: bool = False
    icon: QIcon | None = None


class ListingModel(QAbstractTableModel):
    """Rows of words; with `figures` everything but the first column stands at the right.

    Attributes:
        lines: the rows.
    """

    def __init__(self, heads: Sequence[str], lines: Sequence[Line], *, figures: bool) -> None:
        super().__init__()
        self._heads = tuple(heads)
        self.lines = tuple(lines)
        self._figures = figures
        self._bold = QFont()
        self._bold.setBold(True)

    def line(self, row: int) -> Line:
        """Return a row."""
        return self.lines[row]

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """Override: rows."""
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        """Override: columns."""
        return 0 if parent.isValid() else len(self._heads)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Override: the words."""
        if not index.isValid():
            return None
        line = self.lines[index.row()]
        first = index.column() == 0
        if role == Qt.ItemDataRole.DisplayRole:
            return ("\u2003" * line.depth if first else "") + line.cells[index.column()]
        if role == Qt.ItemDataRole.ToolTipRole:
            return tool_tip(line.cells[index.column()])
        if role == Qt.ItemDataRole.FontRole and line.strong:
            return self._bold
        if role == Qt.ItemDataRole.DecorationRole and first:
            return line.icon
        if role == Qt.ItemDataRole.TextAlignmentRole and self._figures and not first:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Override: names of columns, aligned as their columns are."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self._heads):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._heads[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            right = self._figures and section > 0
            side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None
