"""Tables: light rules, header cells that a screen reader finds, rows that may continue overleaf.

    table([Column("Działanie", share=3), Column("Koszt", align="right")], rows, caption="...")

A row is a sequence of cells (a string, runs, a block, or `Cell` for spans and emphasis), or `Group`
for a line that heads the rows below it, or `Total`. The header row is repeated on every page, as an
artifact. Rows stay whole where they are short; a long cell continues on the next page in the same
structure element.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from sat_desktop.reporting import styles
from sat_desktop.reporting.blocks import Block, Measure, Shared, Stack, Text
from sat_desktop.reporting.columns import Column, column_widths
from sat_desktop.reporting.lines import Content, Run
from sat_desktop.reporting.structure import Element
from sat_desktop.reporting.styles import Align, Colour
from sat_desktop.reporting.tagging import TaggedCanvas

PAD_X = 5.0
PAD_Y = 4.0
# A row higher than this may be split between pages, if so much of it fits.
SPLIT_FROM = 150.0
SPLIT_PART = 56.0

Kind = Literal["head", "body", "group", "total"]


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
class Group:
    """A line across the table that heads the rows below it."""

    title: Content


@dataclass(frozen=True, slots=True)
class Total:
    """A row of sums."""

    cells: Sequence[Content | Block | Cell]


CellLike = Content | Block | Cell
RowLike = Sequence[CellLike] | Group | Total


@dataclass(eq=False, slots=True)
class _Placed:
    """A cell in its place, on one page or the rest of it on the next."""

    column: int
    columns: int
    rows: int
    body: Block
    header: Literal["", "Column", "Row"]
    ground: Colour | None
    shared: Shared = field(default_factory=Shared)


@dataclass(eq=False, slots=True)
class _Row:
    kind: Kind
    cells: list[_Placed]
    shared: Shared = field(default_factory=Shared)
    height: float = 0.0
    # The last row that a spanning cell of this row, or one above, reaches into, counted from here.
    reach: int = 0


class Table(Block):
    """A table, or what of it is still to be set."""

    def __init__(
        self,
        columns: Sequence[Column],
        head: list[_Row],
        body: list[_Row],
        *,
        caption: Text | None = None,
        zebra: bool = False,
    ) -> None:
        self.before, self.after = 8.0, 16.0
        self._columns = columns
        self._head, self._body = head, body
        self._caption = caption
        self._zebra = zebra
        self._odd = 0
        self._continued = False
        self._table, self._thead, self._tbody = Shared(), Shared(), Shared()
        self._measured: Measure | None = None
        self._edges: list[float] = []

    # Measuring ----------------------------------------------------------------------------------

    def _measure(self, measure: Measure) -> None:
        if self._measured == measure:
            return
        self._measured = measure
        cells = [
            (placed.column, placed.columns, placed.body)
            for row in (*self._head, *self._body[:200])
            for placed in row.cells
        ]
        widths = column_widths(self._columns, cells, measure, 2 * PAD_X)
        self._edges = [0.0]
        for width in widths:
            self._edges.append(self._edges[-1] + width)
        for rows in (self._head, self._body):
            self._set_heights(rows, measure.language)

    def _inner(self, placed: _Placed, language: str) -> Measure:
        outer = self._edges[placed.column + placed.columns] - self._edges[placed.column]
        return Measure(outer - 2 * PAD_X, language)

    def _set_heights(self, rows: Sequence[_Row], language: str) -> None:
        for index, row in enumerate(rows):
            needed = 0.0
            row.reach = 0
            for placed in row.cells:
                height = placed.body.height(self._inner(placed, language)) + 2 * PAD_Y
                last = min(index + placed.rows, len(rows)) - 1
                if last == index:
                    needed = max(needed, height)
                else:
                    placed.rows = last - index + 1
                    row.reach = max(row.reach, last - index)
            row.height = max(needed, 2 * PAD_Y + 6)
        self._stretch_spans(rows, language)

    def _stretch_spans(self, rows: Sequence[_Row], language: str) -> None:
        for index, row in enumerate(rows):
            for placed in row.cells:
                if placed.rows > 1:
                    height = placed.body.height(self._inner(placed, language)) + 2 * PAD_Y
                    spanned = rows[index : index + placed.rows]
                    lacking = height - sum(one.height for one in spanned)
                    spanned[-1].height += max(0.0, lacking)
        reach = 0
        for row in rows:
            reach = row.reach = max(row.reach, reach - 1)

    def _top(self, measure: Measure) -> float:
        """Return the height of what stands above the first row."""
        top = sum(row.height for row in self._head)
        if self._caption and not self._continued:
            top += self._caption.height(measure) + self._caption.after
        return top

    def height(self, measure: Measure) -> float:
        """Return the height of caption, header and all rows."""
        self._measure(measure)
        return self._top(measure) + sum(row.height for row in self._body)

    def head(self, measure: Measure) -> float:
        """Return the height down to the end of the first row that does not head others."""
        self._measure(measure)
        height = self._top(measure)
        for row in self._body:
            height += min(row.height, SPLIT_FROM)
            if row.kind != "group":
                break
        return height

    # Splitting ----------------------------------------------------------------------------------

    def split(
        self, measure: Measure, available: float, *, force: bool = False
    ) -> tuple[Block, Block] | None:
        """Split between two rows, or in a row that is long."""
        self._measure(measure)
        used = self._top(measure)
        index = 0
        while index < len(self._body) and used + self._body[index].height <= available + 0.01:
            used += self._body[index].height
            index += 1
        if index == len(self._body):
            return None
        row, room = self._body[index], available - used
        enough = row.height > SPLIT_FROM and room > SPLIT_PART
        if not row.reach and (enough or (force and not index and room > 2 * PAD_Y)):
            parts = self._split_row(row, measure.language, room, force=force)
            if parts:
                return self._parts(
                    [*self._body[:index], parts[0]], [parts[1], *self._body[index + 1 :]]
                )
        cut = self._good_cut(index)
        if not cut:
            if not (force and index):
                return None
            cut = index
        rest = self._body[cut:]
        carried = self._carry_spans(cut, measure.language)
        if carried:
            first = rest[0]
            cells = sorted([*carried, *first.cells], key=lambda placed: placed.column)
            rest = [_Row(first.kind, cells, first.shared), *rest[1:]]
        return self._parts(self._body[:cut], rest)

    def _good_cut(self, index: int) -> int:
        """Return the row at or before `index` where a page may end, 0 for none."""
        cut = index
        while cut and (self._body[cut - 1].kind == "group" or self._body[cut].kind == "total"):
            cut -= 1
        # Rows under one spanning cell stay together unless they fill most of a page.
        start = cut
        while start and self._body[start - 1].reach:
            start -= 1
        spanned = sum(row.height for row in self._body[start:cut])
        return start if start and spanned < 2 * SPLIT_FROM else cut

    def _carry_spans(self, cut: int, language: str) -> list[_Placed]:
        """Return the cells of rows above `cut` that reach below it, for the first row there."""
        carried = []
        for index in range(cut):
            for placed in self._body[index].cells:
                if index + placed.rows > cut:
                    height = sum(row.height for row in self._body[index:cut]) - 2 * PAD_Y
                    body: Block = Stack([])
                    inner = self._inner(placed, language)
                    if placed.body.height(inner) > height:
                        parts = placed.body.split(inner, height, force=True)
                        if parts:
                            placed.body, body = parts
                    rows = index + placed.rows - cut
                    carried.append(
                        _Placed(
                            placed.column,
                            placed.columns,
                            rows,
                            body,
                            placed.header,
                            placed.ground,
                            placed.shared,
                        )
                    )
        return carried

    def _split_row(
        self, row: _Row, language: str, room: float, *, force: bool
    ) -> tuple[_Row, _Row] | None:
        upper, lower = _Row(row.kind, [], row.shared), _Row(row.kind, [], row.shared)
        divided = False
        for placed in row.cells:
            inner = self._inner(placed, language)
            first: Block = placed.body
            rest: Block = Stack([])
            if placed.body.height(inner) > room - 2 * PAD_Y:
                parts = placed.body.split(inner, room - 2 * PAD_Y, force=force)
                if not parts:
                    return None
                first, rest = parts
                divided = True
            for part, body in ((upper, first), (lower, rest)):
                part.cells.append(
                    _Placed(
                        placed.column,
                        placed.columns,
                        1,
                        body,
                        placed.header,
                        placed.ground,
                        placed.shared,
                    )
                )
        return (upper, lower) if divided else None

    def _parts(self, first: list[_Row], rest: list[_Row]) -> tuple["Table", "Table"]:
        head, tail = (
            Table(self._columns, self._head, rows, caption=self._caption, zebra=self._zebra)
            for rows in (first, rest)
        )
        for part in (head, tail):
            part._table, part._thead, part._tbody = self._table, self._thead, self._tbody
            part._measured, part._edges = self._measured, self._edges
        head._continued, tail._continued = self._continued, True
        head._odd, tail._odd = self._odd, self._odd + len(first)
        head.before, tail.after = self.before, self.after
        language = self._measured.language if self._measured else "pl"
        # Only the rows beside the cut are new; the others keep the heights they have.
        for row in (first[-1], rest[0]):
            if not row.height:
                self._set_heights(
                    [row] if row is first[-1] else rest[: 1 + _span(rest[0])], language
                )
        return head, tail

    # Drawing ------------------------------------------------------------------------------------

    def draw(self, canvas: TaggedCanvas, x: float, top: float, measure: Measure) -> None:
        """Draw caption, header and rows."""
        self._measure(measure)
        table = self._table.get(canvas.parent, "Table")
        if self._caption and not self._continued:
            with canvas.under(table):
                self._caption.draw(canvas, x, top, measure)
            top -= self._caption.height(measure) + self._caption.after
        top = self._draw_head(canvas, table, x, top, measure.language)
        body = self._tbody.get(table, "TBody")
        self._draw_grounds(canvas, x, top)
        for index, row in enumerate(self._body):
            element = row.shared.get(body, "TR")
            for placed in row.cells:
                self._draw_cell(canvas, placed, element, x, top, measure.language)
            top -= row.height
            below = self._body[index + 1] if index + 1 < len(self._body) else None
            self._draw_rule(canvas, row, below, x, top)

    def _draw_head(
        self, canvas: TaggedCanvas, table: Element, x: float, top: float, language: str
    ) -> float:
        if not self._head:
            with canvas.artifact():
                canvas.rule(x, top, self._edges[-1], styles.RULE, 0.5)
            return top
        thead = self._thead.get(table, "THead")
        for row in self._head:
            if self._continued:
                with canvas.artifact("Pagination"):
                    nowhere = Element("TR")
                    for placed in row.cells:
                        self._draw_cell(canvas, placed, nowhere, x, top, language, repeated=True)
            else:
                element = row.shared.get(thead, "TR")
                for placed in row.cells:
                    self._draw_cell(canvas, placed, element, x, top, language)
            top -= row.height
        with canvas.artifact():
            canvas.rule(x, top, self._edges[-1], styles.ACCENT, 1.0)
        return top

    def _draw_cell(
        self,
        canvas: TaggedCanvas,
        placed: _Placed,
        row: Element,
        x: float,
        top: float,
        language: str,
        *,
        repeated: bool = False,
    ) -> None:
        shared = Shared() if repeated else placed.shared
        attributes = ""
        if placed.header:
            attributes += f" /Scope /{placed.header}"
        if placed.columns > 1:
            attributes += f" /ColSpan {placed.columns}"
        if placed.rows > 1 and shared.element is None:
            attributes += f" /RowSpan {placed.rows}"
        tag = "TH" if placed.header else "TD"
        element = shared.get(row, tag, f"/O /Table{attributes}" if attributes else "")
        left = x + self._edges[placed.column] + PAD_X
        with canvas.under(element):
            placed.body.draw(canvas, left, top - PAD_Y, self._inner(placed, language))

    def _draw_grounds(self, canvas: TaggedCanvas, x: float, top: float) -> None:
        areas: list[tuple[float, float, float, float, Colour]] = []
        for index, row in enumerate(self._body):
            if row.kind in {"group", "total"} or (self._zebra and (self._odd + index) % 2):
                areas.append((x, top - row.height, self._edges[-1], row.height, styles.TINT))
            for placed in row.cells:
                if placed.ground:
                    height = sum(r.height for r in self._body[index : index + placed.rows])
                    left, right = (
                        self._edges[placed.column],
                        self._edges[placed.column + placed.columns],
                    )
                    areas.append((x + left, top - height, right - left, height, placed.ground))
            top -= row.height
        if areas:
            with canvas.artifact():
                for area in areas:
                    canvas.area(*area)

    def _draw_rule(
        self, canvas: TaggedCanvas, row: _Row, below: _Row | None, x: float, y: float
    ) -> None:
        """Draw the line under a row, but not through a cell that spans on."""
        total_follows = below is not None and below.kind == "total"
        colour, weight = (styles.ACCENT, 0.8) if total_follows else (styles.RULE, 0.4)
        start, end = 0.0, self._edges[-1]
        if row.reach and below is not None:
            columns = sorted(placed.column for placed in below.cells)
            start = self._edges[columns[0]] if columns else end
        if end > start:
            with canvas.artifact():
                canvas.rule(x + start, y, end - start, colour, weight)


def _span(row: _Row) -> int:
    return max((placed.rows - 1 for placed in row.cells), default=0)


def table(
    columns: Sequence[Column],
    rows: Sequence[RowLike],
    *,
    caption: Content = "",
    head: Sequence[Sequence[CellLike]] = (),
    zebra: bool = False,
) -> Table:
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
    body: list[_Row] = []
    for row in rows:
        if isinstance(row, Group):
            spanning = [Cell(row.title, columns=len(columns), heads=True, bold=True)]
            body.append(_row("group", spanning, columns, taken))
        elif isinstance(row, Total):
            body.append(_row("total", row.cells, columns, taken))
        else:
            body.append(_row("body", row, columns, taken))
    text = Text(caption, styles.CAPTION, tag="Caption") if caption else None
    return Table(columns, head_rows, body, caption=text, zebra=zebra)


def _row(
    kind: Kind, cells: Sequence[CellLike], columns: Sequence[Column], taken: dict[int, int]
) -> _Row:
    """Put cells in the free columns of a row; `taken` counts the rows a span still covers."""
    placed: list[_Placed] = []
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
    return _Row(kind, placed)


def _place(kind: Kind, cell: Cell, number: int, column: Column) -> _Placed:
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
        body = Text(cell.content, style.varied(align=align), tag="")
    return _Placed(number, cell.columns, cell.rows, body, header, cell.ground)


def key_values(pairs: Sequence[tuple[Content, CellLike]], *, width: float = 150.0) -> Table:
    """Facts with their names: a table whose first column heads the rows."""
    columns = [Column(width=width, heads=True), Column(share=1)]
    rows: list[RowLike] = [[Cell(name, colour=styles.QUIET), value] for name, value in pairs]
    return table(columns, rows)


__all__ = [
    "Cell",
    "CellLike",
    "Column",
    "Group",
    "RowLike",
    "Run",
    "Table",
    "Total",
    "key_values",
    "table",
]
