"""How a table is set: heights, spans, splitting between pages, drawing with its tags.

`tables` makes the rows; this module knows only placed cells. Cells and rows that lie on two pages
share their elements, so that a reader finds one row, not two.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from sat_desktop.reporting import styles
from sat_desktop.reporting.columns import Column, column_widths
from sat_desktop.reporting.flow import Block, Shared, Stack, TextBlock, TextMeasure
from sat_desktop.reporting.structure import Element
from sat_desktop.reporting.styles import Colour
from sat_desktop.reporting.tagging import TaggedCanvas

PAD_X = 5.0
PAD_Y = 4.0
# A row higher than this may be split between pages, if so much of it fits.
SPLIT_FROM = 150.0
SPLIT_PART = 56.0
# A table no higher than this is not divided at all.
WHOLE = 190.0

Kind = Literal["head", "body", "group", "total"]


@dataclass(eq=False, slots=True)
class PlacedCell:
    """A cell in its place, on one page or the rest of it on the next."""

    column: int
    columns: int
    rows: int
    body: Block
    header: Literal["", "Column", "Row"]
    ground: Colour | None
    shared: Shared = field(default_factory=Shared)


@dataclass(eq=False, slots=True)
class Row:
    """A row, or the part of one that lies on a page."""

    kind: Kind
    cells: list[PlacedCell]
    shared: Shared = field(default_factory=Shared)
    height: float = 0.0
    # The last row that a spanning cell of this row, or one above, reaches into, counted from here.
    reach: int = 0


class TableBlock(Block):
    """A table, or what of it is still to be set."""

    def __init__(
        self,
        columns: Sequence[Column],
        head: list[Row],
        body: list[Row],
        *,
        caption: TextBlock | None = None,
        zebra: bool = False,
    ) -> None:
        self.before, self.after = 8.0, 16.0
        self._columns = columns
        self._head, self.rows = head, body
        self._caption = caption
        self._zebra = zebra
        self.odd = 0
        self.continued = False
        self.table_element, self.thead, self.tbody = Shared(), Shared(), Shared()
        self.measured: TextMeasure | None = None
        self.edges: list[float] = []

    # Measuring ----------------------------------------------------------------------------------

    def _measure(self, measure: TextMeasure) -> None:
        if self.measured == measure:
            return
        self.measured = measure
        cells = [
            (placed.column, placed.columns, placed.body)
            for row in (*self._head, *self.rows[:200])
            for placed in row.cells
        ]
        widths = column_widths(self._columns, cells, measure, 2 * PAD_X)
        self.edges = [0.0]
        for width in widths:
            self.edges.append(self.edges[-1] + width)
        for rows in (self._head, self.rows):
            self._set_heights(rows, measure.language)

    def _inner(self, placed: PlacedCell, language: str) -> TextMeasure:
        outer = self.edges[placed.column + placed.columns] - self.edges[placed.column]
        return TextMeasure(outer - 2 * PAD_X, language)

    def _set_heights(self, rows: Sequence[Row], language: str) -> None:
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

    def _stretch_spans(self, rows: Sequence[Row], language: str) -> None:
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

    def _top(self, measure: TextMeasure) -> float:
        """Return the height of what stands above the first row."""
        top = sum(row.height for row in self._head)
        if self._caption and not self.continued:
            top += self._caption.height(measure) + self._caption.after
        return top

    def height(self, measure: TextMeasure) -> float:
        """Return the height of caption, header and all rows."""
        self._measure(measure)
        return self._top(measure) + sum(row.height for row in self.rows)

    def head(self, measure: TextMeasure) -> float:
        """Return the height down to the end of the first row that does not head others."""
        self._measure(measure)
        height = self._top(measure)
        if self._small(measure):
            return self.height(measure)
        for row in self.rows:
            height += min(row.height, SPLIT_FROM)
            if row.kind != "group":
                break
        return height

    def _small(self, measure: TextMeasure) -> bool:
        return not self.continued and self.height(measure) <= WHOLE

    # Splitting ----------------------------------------------------------------------------------

    def split(
        self, measure: TextMeasure, available: float, *, force: bool = False
    ) -> tuple[Block, Block] | None:
        """Split between two rows, or in a row that is long."""
        self._measure(measure)
        if not force and self._small(measure):
            return None
        used = self._top(measure)
        index = 0
        while index < len(self.rows) and used + self.rows[index].height <= available + 0.01:
            used += self.rows[index].height
            index += 1
        if index == len(self.rows):
            return None
        row, room = self.rows[index], available - used
        enough = row.height > SPLIT_FROM and room > SPLIT_PART
        if not row.reach and (enough or (force and not index and room > 2 * PAD_Y)):
            parts = self._split_row(row, measure.language, room, force=force)
            if parts:
                return self._parts(
                    [*self.rows[:index], parts[0]], [parts[1], *self.rows[index + 1 :]]
                )
        cut = self._good_cut(index)
        if not cut:
            if not (force and index):
                return None
            cut = index
        rest = self.rows[cut:]
        carried = self._carry_spans(cut, measure.language)
        if carried:
            first = rest[0]
            cells = sorted([*carried, *first.cells], key=lambda placed: placed.column)
            rest = [Row(first.kind, cells, first.shared), *rest[1:]]
        return self._parts(self.rows[:cut], rest)

    def _good_cut(self, index: int) -> int:
        """Return the row at or before `index` where a page may end, 0 for none."""
        cut = index
        if cut == len(self.rows) - 1 and cut > 3:
            cut -= 1
        while cut and (self.rows[cut - 1].kind == "group" or self.rows[cut].kind == "total"):
            cut -= 1
        # Rows under one spanning cell stay together unless they fill most of a page.
        start = cut
        while start and self.rows[start - 1].reach:
            start -= 1
        spanned = sum(row.height for row in self.rows[start:cut])
        return start if start and spanned < 2 * SPLIT_FROM else cut

    def _carry_spans(self, cut: int, language: str) -> list[PlacedCell]:
        """Return the cells of rows above `cut` that reach below it, for the first row there."""
        carried = []
        for index in range(cut):
            for placed in self.rows[index].cells:
                if index + placed.rows > cut:
                    height = sum(row.height for row in self.rows[index:cut]) - 2 * PAD_Y
                    body: Block = Stack([])
                    inner = self._inner(placed, language)
                    if placed.body.height(inner) > height:
                        parts = placed.body.split(inner, height, force=True)
                        if parts:
                            placed.body, body = parts
                    rows = index + placed.rows - cut
                    carried.append(
                        PlacedCell(
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
        self, row: Row, language: str, room: float, *, force: bool
    ) -> tuple[Row, Row] | None:
        upper, lower = Row(row.kind, [], row.shared), Row(row.kind, [], row.shared)
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
                    PlacedCell(
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

    def _parts(self, first: list[Row], rest: list[Row]) -> tuple["TableBlock", "TableBlock"]:
        head, tail = (
            TableBlock(self._columns, self._head, rows, caption=self._caption, zebra=self._zebra)
            for rows in (first, rest)
        )
        for part in (head, tail):
            part.table_element, part.thead, part.tbody = self.table_element, self.thead, self.tbody
            part.measured, part.edges = self.measured, self.edges
        head.continued, tail.continued = self.continued, True
        head.odd, tail.odd = self.odd, self.odd + len(first)
        head.before, tail.after = self.before, self.after
        language = self.measured.language if self.measured else "pl"
        # Only the rows beside the cut are new; the others keep the heights they have.
        for row in (first[-1], rest[0]):
            if not row.height:
                self._set_heights(
                    [row] if row is first[-1] else rest[: 1 + _span(rest[0])], language
                )
        return head, tail

    # Drawing ------------------------------------------------------------------------------------

    def draw(self, canvas: TaggedCanvas, x: float, top: float, measure: TextMeasure) -> None:
        """Draw caption, header and rows."""
        self._measure(measure)
        table = self.table_element.get(canvas.parent, "Table")
        if self._caption and not self.continued:
            with canvas.under(table):
                self._caption.draw(canvas, x, top, measure)
            top -= self._caption.height(measure) + self._caption.after
        top = self._draw_head(canvas, table, x, top, measure.language)
        body = self.tbody.get(table, "TBody")
        self._draw_grounds(canvas, x, top)
        for index, row in enumerate(self.rows):
            element = row.shared.get(body, "TR")
            for placed in row.cells:
                self._draw_cell(canvas, placed, element, x, top, measure.language)
            top -= row.height
            below = self.rows[index + 1] if index + 1 < len(self.rows) else None
            self._draw_rule(canvas, row, below, x, top)

    def _draw_head(
        self, canvas: TaggedCanvas, table: Element, x: float, top: float, language: str
    ) -> float:
        if not self._head:
            with canvas.artifact():
                canvas.rule(x, top, self.edges[-1], styles.RULE, 0.5)
            return top
        thead = self.thead.get(table, "THead")
        for row in self._head:
            if self.continued:
                with canvas.artifact("Pagination"):
                    nowhere = Element("TR")
                    for placed in row.cells:
                        self._draw_cell(canvas, placed, nowhere, x, top, language, repeated=True)
            else:
                element = row.shared.get(thead, "TR")
                for placed in row.cells:
                    self._draw_cell(canvas, placed, element, x, top, language)
            top -= row.height
            self._draw_brackets(canvas, row, x, top)
        with canvas.artifact():
            canvas.rule(x, top, self.edges[-1], styles.ACCENT, 1.0)
        return top

    def _draw_brackets(self, canvas: TaggedCanvas, row: Row, x: float, y: float) -> None:
        """Draw a light line under each header that spans columns."""
        for placed in row.cells:
            if placed.columns > 1:
                left = self.edges[placed.column] + PAD_X
                right = self.edges[placed.column + placed.columns] - PAD_X
                with canvas.artifact():
                    canvas.rule(x + left, y, right - left, styles.RULE, 0.5)

    def _draw_cell(
        self,
        canvas: TaggedCanvas,
        placed: PlacedCell,
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
        left = x + self.edges[placed.column] + PAD_X
        with canvas.under(element):
            placed.body.draw(canvas, left, top - PAD_Y, self._inner(placed, language))

    def _draw_grounds(self, canvas: TaggedCanvas, x: float, top: float) -> None:
        areas: list[tuple[float, float, float, float, Colour]] = []
        for index, row in enumerate(self.rows):
            if row.kind in {"group", "total"} or (self._zebra and (self.odd + index) % 2):
                areas.append((x, top - row.height, self.edges[-1], row.height, styles.TINT))
            for placed in row.cells:
                if placed.ground:
                    height = sum(r.height for r in self.rows[index : index + placed.rows])
                    left, right = (
                        self.edges[placed.column],
                        self.edges[placed.column + placed.columns],
                    )
                    areas.append((x + left, top - height, right - left, height, placed.ground))
            top -= row.height
        if areas:
            with canvas.artifact():
                for area in areas:
                    canvas.area(*area)

    def _draw_rule(
        self, canvas: TaggedCanvas, row: Row, below: Row | None, x: float, y: float
    ) -> None:
        """Draw the line under a row, but not through a cell that spans on."""
        total_follows = below is not None and below.kind == "total"
        colour, weight = (styles.ACCENT, 0.8) if total_follows else (styles.RULE, 0.4)
        start, end = 0.0, self.edges[-1]
        if row.reach and below is not None:
            columns = sorted(placed.column for placed in below.cells)
            start = self.edges[columns[0]] if columns else end
        if end > start:
            with canvas.artifact():
                canvas.rule(x + start, y, end - start, colour, weight)


def _span(row: Row) -> int:
    return max((placed.rows - 1 for placed in row.cells), default=0)
