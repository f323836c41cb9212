"""Tables: light rules, header cells that a screen reader finds, rows that may continue overleaf.

    table([Column("Działanie", share=3), Column("Koszt", align="right")], rows, caption="...")

A row is a sequence of cells (a string, runs, a block, or `Cell` for spans and emphasis), or `GroupLine`
for a line that heads the rows below it, or `Total`. The header row is repeated on every page, as an
artifact. Rows stay whole where they are short; a long cell continues on the next page in the same
structure element.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from sat_desktop.reporting import styles
from sat_desktop.reporting.columns import Column
from sat_desktop.reporting.flow import Block, TextBlock
from sat_desktop.reporting.lines import Content
from sat_desktop.reporting.styles import Align, Colour
from sat_desktop.reporting.table_setting import Kind, PlacedCell, Row, TableBlock


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell that is more than its text.

    Attributes:
        columns, rows: how many it spans; cells that it covers are left out of their rows.
        heads: it is a header of its row (or, spanning several, of those rows).
        ground: colour of the area behind it (a level of a scale).
    """

    content: Content | Block = ""
    columns: int = 1
    rows: int = 1
    align: Align | None = None
    bold: bool = False
    heads: bool = False
    colour: Colour | None = None
    ground: Colour | None = None


@dataclass(frozen=True, slots=True)
class GroupLine:
    """A line across the table that heads the rows below it."""

    title: Content


@dataclass(frozen=True, slots=True)
class Total:
    """A row of sums."""

    cells: Sequence[Content | Block | Cell]


CellLike = Content | Block | Cell
RowLike = Sequence[CellLike] | GroupLine | Total


def table(
    columns: Sequence[Column],
    rows: Sequence[RowLike],
    *,
    caption: Content = "",
    head: Sequence[Sequence[CellLike]] = (),
    zebra: bool = False,
) -> TableBlock:
    """A table.

    Args:
        columns: one each, with its title; without any title there is no header row.
        rows: from top to bottom.
        caption: a line above the table that says what it shows.
        head: rows of headers above the columns' titles, with spans.
        zebra: tint every other row, for rows of one line that are read across a wide page.
    """
    titles: list[Sequence[CellLike]] = [*head]
    if any(column.title for column in columns):
        titles.append([Cell(column.title) for column in columns])
    taken: dict[int, int] = {}
    head_rows = [_row("head", row, columns, taken) for row in titles]
    taken = {}
    body: list[Row] = []
    for row in rows:
        if isinstance(row, GroupLine):
            spanning = [Cell(row.title, columns=len(columns), heads=True, bold=True)]
            body.append(_row("group", spanning, columns, taken))
        elif isinstance(row, Total):
            body.append(_row("total", row.cells, columns, taken))
        else:
            body.append(_row("body", row, columns, taken))
    text = TextBlock(caption, styles.CAPTION, tag="Caption") if caption else None
    return TableBlock(columns, head_rows, body, caption=text, zebra=zebra)


def _row(
    kind: Kind, cells: Sequence[CellLike], columns: Sequence[Column], taken: dict[int, int]
) -> Row:
    """Put cells in the free columns of a row; `taken` counts the rows a span still covers."""
    placed: list[PlacedCell] = []
    column = 0
    for cell_like in cells:
        while taken.get(column):
            column += 1
        cell = cell_like if isinstance(cell_like, Cell) else Cell(cell_like)
        if column + cell.columns > len(columns):
            raise ValueError(f"row has more cells than the {len(columns)} columns")
        placed.append(_place(kind, cell, column, columns[column]))
        for covered in range(column, column + cell.columns):
            taken[covered] = cell.rows
        column += cell.columns
    while taken.get(column):
        column += 1
    if column < len(columns):
        for free in range(column, len(columns)):
            if not taken.get(free):
                placed.append(_place(kind, Cell(), free, columns[free]))
                taken[free] = 1
    for covered in list(taken):
        taken[covered] -= 1
    return Row(kind, placed)


def _place(kind: Kind, cell: Cell, number: int, column: Column) -> PlacedCell:
    header: Literal["", "Column", "Row"] = ""
    if kind == "head":
        header = "Column"
    elif cell.heads or column.heads:
        header = "Row"
    if isinstance(cell.content, Block):
        body: Block = cell.content
    else:
        style = styles.CELL_HEAD if kind == "head" else styles.CELL
        align = cell.align or ("left" if kind == "group" else column.align)
        if kind != "head":
            face = "Bold" if cell.bold or kind == "total" else style.face
            style = style.varied(face=face, colour=cell.colour or style.colour)
        body = TextBlock(cell.content, style.varied(align=align), tag="")
    return PlacedCell(number, cell.columns, cell.rows, body, header, cell.ground)


def key_values(pairs: Sequence[tuple[Content, CellLike]], *, width: float = 124.0) -> TableBlock:
    """Facts with their names: a table whose first column heads the rows."""
    columns = [Column(width=width, heads=True), Column(share=1)]
    rows: list[RowLike] = [[Cell(name, colour=styles.QUIET), value] for name, value in pairs]
    return table(columns, rows)


__all__ = [
    "Cell",
    "CellLike",
    "Column",
    "GroupLine",
    "RowLike",
    "TableBlock",
    "Total",
    "key_values",
    "table",
]
