"""The cells of a workbook as scalars of a questionnaire's tree, each by the kind of its column.

People type "0,5" and "tak", and spreadsheets turn what was typed into numbers and dates. What can
be told for certain is put right; for the rest the cell is named, because a guess would be silent.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, Final

from sat_desktop.exchange.answers_csv import NO, YES
from sat_desktop.exchange.workbook_columns import HALF, ColumnKind, WorkbookColumn
from sat_desktop.exchange.workbook_file import Value, WorkbookCell
from sat_desktop.exchange.workbook_layout import FACTS, HEAD, UNITS
from sat_desktop.exchange.workbook_tables import Tables, WorkbookPlace, WorkbookRow, WorkbookTable
from sat_desktop.formats.yaml_source import MappingNode, Node, ScalarNode, SequenceNode
from sat_desktop.runtime.folding import fold

Pair = tuple[ScalarNode, Node]
"""A key of a mapping with its value."""

Nested = dict[str, "Nested | WorkbookColumn"]
"""Columns by the parts of their keys."""

_UNREADABLE: Final = "?"
"""Stands for what could not be read and was noted already."""
_QUOTED: Final = '"'
"""The style of a scalar that is a text, whatever it looks like."""
_UNITS: Final = {fold(name): unit for unit, names in UNITS.items() for name in names}


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a node of a workbook comes from, in the place of a line.

    Attributes:
        row: the row that it was read from; `base` is its key in there, empty for the whole row.
        noted: whether what is wrong with it has been said.
    """

    place: WorkbookPlace
    row: WorkbookRow
    base: str = ""
    noted: bool = False


def origin(node: Node) -> Origin:
    """Return where a node of a workbook comes from."""
    found: Any = node.start_mark
    assert isinstance(found, Origin)  # noqa: S101 -- the functions below make all nodes
    return found


def scalar(value: str, mark: Origin, *, quoted: bool = True) -> ScalarNode:
    """Return a value: a text where it is `quoted`, or else what its reader makes of it."""
    start: Any = mark
    return ScalarNode("", value, start, style=_QUOTED if quoted else None)


def mapping(pairs: Iterable[Pair], mark: Origin) -> MappingNode:
    """Return keys with their values."""
    start: Any = mark
    return MappingNode("", list(pairs), start)


def sequence(nodes: Iterable[Node], mark: Origin) -> SequenceNode:
    """Return a list."""
    start: Any = mark
    return SequenceNode("", list(nodes), start)


def pair(key: str, node: Node) -> Pair:
    """Return a key with its value; nothing is ever wrong with a key of ours."""
    return scalar(key, origin(node)), node


class Cells:
    """Reads the cells of tables and notes there what cannot be read."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self._nested: dict[str, Nested] = {}

    def pairs(self, row: WorkbookRow) -> list[Pair]:
        """Return the keys and values of a row's own record."""
        key = row.table.sheet.key
        if (nested := self._nested.get(key)) is None:
            columns = FACTS if row.table.sheet is HEAD else row.table.sheet.columns
            nested = self._nested[key] = _nested([c for c in columns if not c.apart])
        return list(self._pairs(row, nested, ""))

    def required(self, row: WorkbookRow, key: str) -> ScalarNode:
        """Return the scalar of a cell that must be filled; one that is noted where it is not."""
        column = next(c for c in row.table.sheet.columns if c.key == key)
        node = self._node(row, column)
        if isinstance(node, ScalarNode):
            return node
        if key in row.table.columns:
            row.table.sound = False
            self._tables.note("cell-empty", row.at(key), key=row.table.heading(key))
        return _noted(row, key)

    def ids(self, table: WorkbookTable) -> set[str]:
        """Return the ids of a table's rows."""
        return {str(self.required(row, "id").value) for row in table.rows}

    def _pairs(self, row: WorkbookRow, nested: Nested, base: str) -> Iterator[Pair]:
        for name, below in nested.items():
            if isinstance(below, WorkbookColumn):
                node = self._node(row, below)
                if node is None and name == "code" and name in row.table.columns:
                    # A group may do without, and then its cell stays empty.
                    node = scalar("", Origin(row.at(name), row, name))
                if node is not None:
                    yield pair(name, node)
            elif inner := list(self._pairs(row, below, path := f"{base}{name}.")):
                mark = Origin(row.at(_first(below).key), row, path[:-1])
                yield pair(name, mapping(inner, mark))

    def _node(self, row: WorkbookRow, column: WorkbookColumn) -> Node | None:
        """Return the value of a cell, or nothing where it is empty."""
        cell = row.cells.get(column.key)
        if cell is None:
            return None
        if cell.broken:
            return self._unread(cell.broken, row, column, cell)
        if isinstance(cell.value, str):
            if HALF.search(cell.value):
                return self._unread("text-unstorable", row, column, cell)
            return _of_text(cell.value, row, column)
        return self._of_number(row, column, cell)

    def _of_number(
        self, row: WorkbookRow, column: WorkbookColumn, cell: WorkbookCell
    ) -> Node | None:
        """Return what a number or a date is where it stands; "1.10" may have become 1.1 before."""
        if isinstance(cell.value, datetime):
            if column.kind is not ColumnKind.MONTH:
                return self._unread("cell-date", row, column, cell)
            month = f"{cell.value.year:04d}-{cell.value.month:02d}"
            return scalar(month, Origin(row.at(column.key), row, column.key))
        if column.kind in (ColumnKind.INTEGER, ColumnKind.NUMBER, ColumnKind.FLAG):
            return _of_text(_digits(cell.value), row, column)
        if isinstance(cell.value, float) and cell.value.is_integer():
            cell = WorkbookCell(cell.column, int(cell.value), cell.as_typed)
        if isinstance(cell.value, float | bool) or not cell.as_typed:
            return self._unread("cell-number", row, column, cell)
        return _of_text(str(cell.value), row, column)

    def _unread(
        self, code: str, row: WorkbookRow, column: WorkbookColumn, cell: WorkbookCell
    ) -> Node:
        row.table.sound = False
        value = f"{cell.value:%Y-%m-%d}" if isinstance(cell.value, datetime) else cell.value
        self._tables.note(code, row.at(column.key), key=row.table.heading(column.key), value=value)
        return _noted(row, column.key)


def _of_text(text: str, row: WorkbookRow, column: WorkbookColumn) -> Node | None:
    mark = Origin(row.at(column.key), row, column.key)
    if column.kind is ColumnKind.TEXT:
        return scalar(text, mark)
    word = text.strip()
    if not word:
        return None
    if column.kind is ColumnKind.INTEGER:
        return scalar(word, mark, quoted=False)
    if column.kind is ColumnKind.NUMBER:
        return scalar(word.replace(",", "."), mark, quoted=False)
    if column.kind is ColumnKind.FLAG:
        folded = fold(word)
        return scalar(
            "true" if folded in YES else "false" if folded in NO else word, mark, quoted=False
        )
    if column.kind is ColumnKind.UNITS:
        units = [unit.strip() for unit in re.split("[,;]", word) if unit.strip()]
        nodes = [scalar(_UNITS.get(fold(unit), unit), mark) for unit in units]
        return sequence(nodes, mark) if nodes else None
    return scalar(word, mark)


def _digits(value: Value) -> str:
    """Return the shortest decimal that is this number, without an exponent."""
    if isinstance(value, bool):
        return str(value).lower()
    text = f"{Decimal(repr(value)):f}"
    return text.removesuffix(".0")


def _noted(row: WorkbookRow, key: str) -> ScalarNode:
    return scalar(_UNREADABLE, Origin(row.at(key), row, key, noted=True))


def _nested(columns: Sequence[WorkbookColumn]) -> Nested:
    found: Nested = {}
    for column in columns:
        level = found
        *path, name = column.key.split(".")
        for part in path:
            inner = level.setdefault(part, {})
            assert isinstance(inner, dict)  # noqa: S101 -- no column's key begins with another's
            level = inner
        level[name] = column
    return found


def _first(nested: Nested) -> WorkbookColumn:
    below = next(iter(nested.values()))
    return below if isinstance(below, WorkbookColumn) else _first(below)
