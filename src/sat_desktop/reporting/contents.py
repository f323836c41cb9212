"""The table of contents: rows that are links, with page numbers that are known only at the end.

The headings are known before anything is drawn, so the rows have their final height at once; only
the numbers are filled in when the last page is done. One pass over the document is enough.
"""

from collections.abc import Sequence

from sat_desktop.reporting import styles
from sat_desktop.reporting.blocks import Heading
from sat_desktop.reporting.flow import Block, Shared, TextMeasure
from sat_desktop.reporting.fonts import face
from sat_desktop.reporting.lines import Run, TextLine, break_lines
from sat_desktop.reporting.structure import Element
from sat_desktop.reporting.tagging import TaggedCanvas

NUMBER_ROOM = 26.0


class _Row:
    def __init__(self, heading: Heading) -> None:
        self.heading = heading
        self.style = styles.TOC[heading.level - 1]
        self._lines: list[TextLine] = []
        self._set_in: TextMeasure | None = None

    def lines(self, measure: TextMeasure) -> list[TextLine]:
        if self._set_in != measure:
            width = measure.width - self.style.indent - NUMBER_ROOM - 14
            run = Run(self.heading.title)
            self._lines = break_lines(run, self.style, width, measure.language)
            self._set_in = measure
        return self._lines

    def height(self, measure: TextMeasure) -> float:
        return self.style.before + len(self.lines(measure)) * self.style.leading + self.style.after


class Contents(Block):
    """The list of headings down to a level; `template.build` tells it which there are."""

    def __init__(self, depth: int = 2) -> None:
        self.depth = min(depth, len(styles.TOC))
        self.after = 12.0
        self.rows: list[_Row] = []
        self.toc = Shared()

    def fill(self, headings: Sequence[Heading]) -> None:
        """Take the headings of the document, in order."""
        self.rows = [_Row(one) for one in headings if one.listed and one.level <= self.depth]

    def height(self, measure: TextMeasure) -> float:
        """Return the height of all rows."""
        return sum(row.height(measure) for row in self.rows)

    def head(self, measure: TextMeasure) -> float:
        """Return the height of the first rows."""
        return sum(row.height(measure) for row in self.rows[:3])

    def split(
        self, measure: TextMeasure, available: float, *, force: bool = False
    ) -> "tuple[Block, Block] | None":
        """Split between two rows."""
        used, count = 0.0, 0
        for row in self.rows:
            used += row.height(measure)
            if used > available:
                break
            count += 1
        if not force and count and self.rows[count - 1].heading.level == 1:
            count -= 1
        if count in {0, len(self.rows)}:
            return None
        return self._part(self.rows[:count]), self._part(self.rows[count:])

    def _part(self, rows: Sequence[_Row]) -> "Contents":
        part = Contents(self.depth)
        part.rows, part.toc = list(rows), self.toc
        return part

    def draw(self, canvas: TaggedCanvas, x: float, top: float, measure: TextMeasure) -> None:
        """Draw the rows."""
        toc = self.toc.get(canvas.parent, "TOC")
        for row in self.rows:
            top -= row.style.before
            self._draw_row(canvas, toc, row, x, top, measure)
            top -= row.height(measure) - row.style.before

    @staticmethod
    def _draw_row(
        canvas: TaggedCanvas, toc: Element, row: _Row, x: float, top: float, measure: TextMeasure
    ) -> None:
        style, lines, key = row.style, row.lines(measure), row.heading.key
        link = Element("Link", Element("Reference", Element("TOCI", toc)))
        base = top - (style.leading + face(style.face).cap_height * style.size) / 2
        left, right = x + style.indent, x + measure.width
        with canvas.content(link):
            for number, line in enumerate(lines):
                canvas.show(left, base - number * style.leading, style.size, line.pieces)
        y = base - (len(lines) - 1) * style.leading
        with canvas.artifact():
            _dots(canvas, left + lines[-1].width + 6, right - NUMBER_ROOM, y)
        canvas.reserve(style.face)

        def page_number() -> str:
            text = str(canvas.pages_of[key])
            start = right - face(style.face).width(text) * style.size
            shown = canvas.encoding.show(style.face, style.size, text)
            return f"{style.colour.operands()} rg BT 1 0 0 1 {start:.2f} {y:.2f} Tm {shown} ET"

        with canvas.content(link):
            canvas.later(page_number)
        bottom = y - 0.3 * style.size
        canvas.link(link, f"#{key}", (left, bottom, right, top - 1), row.heading.title)


def _dots(canvas: TaggedCanvas, left: float, right: float, y: float) -> None:
    """Draw a leader of small dots that stand below each other in all rows."""
    if right - left < 12:
        return
    start = right - int((right - left) / 5) * 5
    canvas.emit(
        f"q {styles.RULE.operands()} RG 0.9 w 1 J [0 5] 0 d {start:.2f} {y + 1:.2f} m "
        f"{right:.2f} {y + 1:.2f} l S Q"
    )
