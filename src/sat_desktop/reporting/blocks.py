"""The building blocks of a document: what a chapter is made of.

A block takes plain strings (or runs, where part of the text is bold or a link) and knows how high it
is in a given measure, how to continue on the next page, and how to draw itself with its tags:

    heading(1, "Cele"), paragraph("Miasto ..."), bullets(["...", "..."]), callout("..."),
    signature(["Burmistrz"]), rule(), gap(12), page_break("landscape"), together([...])

Tables are in `tables`, pictures in `figures`, the list of contents in `contents`; `template.build`
puts them on pages.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from sat_desktop.reporting import styles
from sat_desktop.reporting.flow import Block, Shared, Stack, TextBlock, TextMeasure, draw_lines
from sat_desktop.reporting.lines import Content, Run, break_lines, plain
from sat_desktop.reporting.structure import Element
from sat_desktop.reporting.styles import Colour, TextStyle
from sat_desktop.reporting.tagging import TaggedCanvas

Orientation = Literal["portrait", "landscape"]


class Heading(TextBlock):
    """A heading of level 1 to 4, with its bookmark; level 1 begins a chapter."""

    def __init__(self, level: int, content: Content, key: str = "", *, listed: bool = True) -> None:
        super().__init__(content, styles.HEADINGS[level - 1], f"H{level}")
        self.level = level
        self.title = plain(content)
        self.key = key
        self.listed = listed

    def draw(self, canvas: TaggedCanvas, x: float, top: float, measure: TextMeasure) -> None:
        """Draw it and make it a target of bookmarks and links."""
        canvas.mark_heading(self.key, self.title, self.level, top + 6)
        super().draw(canvas, x, top, measure)

    def split(
        self, measure: TextMeasure, available: float, *, force: bool = False
    ) -> tuple[Block, Block] | None:
        """Keep it whole, except for one that fills a page: its rest is text of the same element."""
        return super().split(measure, available, force=True) if force else None


class _Item(Block):
    """An item of a list: a label hanging left of its text."""

    HANG = 16.0

    def __init__(self, label: str, body: Block) -> None:
        self._label: str | None = label
        self._body = body
        self.item, self.lbody = Shared(), Shared()
        self.after = 3.0

    def height(self, measure: TextMeasure) -> float:
        return self._body.height(measure.narrowed(self.HANG))

    def head(self, measure: TextMeasure) -> float:
        return self._body.head(measure.narrowed(self.HANG))

    def split(
        self, measure: TextMeasure, available: float, *, force: bool = False
    ) -> tuple[Block, Block] | None:
        parts = self._body.split(measure.narrowed(self.HANG), available, force=force)
        if not parts:
            return None
        head, tail = _Item(self._label or "", parts[0]), _Item("", parts[1])
        tail.after = self.after
        for part in (head, tail):
            part.item, part.lbody = self.item, self.lbody
        return head, tail

    def draw(self, canvas: TaggedCanvas, x: float, top: float, measure: TextMeasure) -> None:
        item = self.item.get(canvas.parent, "LI")
        if self._label:
            style = styles.BODY.varied(colour=styles.ACCENT)
            lines = break_lines(self._label, style, measure.width, measure.language)
            draw_lines(canvas, Element("Lbl", item), lines, style, x + 3, top, self.HANG)
        body = self.lbody.get(item, "LBody")
        with canvas.under(body):
            self._body.draw(canvas, x + self.HANG, top, measure.narrowed(self.HANG))


class _Panel(Block):
    """Blocks on a tinted ground with a bar of colour at their left."""

    PAD = 12.0

    def __init__(self, inside: Block, colour: Colour, ground: Colour) -> None:
        self._inside = inside
        self._colour, self._ground = colour, ground
        self.before, self.after = 10.0, 12.0

    def height(self, measure: TextMeasure) -> float:
        return self._inside.height(measure.narrowed(2 * self.PAD)) + 2 * self.PAD

    def head(self, measure: TextMeasure) -> float:
        return self._inside.head(measure.narrowed(2 * self.PAD)) + 2 * self.PAD

    def split(
        self, measure: TextMeasure, available: float, *, force: bool = False
    ) -> tuple[Block, Block] | None:
        room = available - 2 * self.PAD
        parts = self._inside.split(measure.narrowed(2 * self.PAD), room, force=force)
        if not parts:
            return None
        head, tail = (_Panel(part, self._colour, self._ground) for part in parts)
        return head, tail

    def draw(self, canvas: TaggedCanvas, x: float, top: float, measure: TextMeasure) -> None:
        height = self.height(measure)
        with canvas.artifact():
            canvas.area(x, top - height, measure.width, height, self._ground)
            canvas.area(x, top - height, 2.5, height, self._colour)
        self._inside.draw(canvas, x + self.PAD, top - self.PAD, measure.narrowed(2 * self.PAD))


@dataclass(eq=False)
class VerticalSpace(Block):
    """Empty height; at the top of a page it counts as well."""

    points: float

    def height(self, _measure: TextMeasure) -> float:
        """Return the height asked for."""
        return self.points

    def draw(self, canvas: TaggedCanvas, x: float, top: float, measure: TextMeasure) -> None:
        """Draw nothing."""


@dataclass(eq=False)
class PageBreak(Block):
    """What follows begins a page, in the given orientation if there is one."""

    orientation: Orientation | None = None

    def height(self, _measure: TextMeasure) -> float:
        """Return nothing: it takes no place."""
        return 0.0

    def draw(self, canvas: TaggedCanvas, x: float, top: float, measure: TextMeasure) -> None:
        """Draw nothing."""


class _Rule(Block):
    before = after = 8.0

    def height(self, _measure: TextMeasure) -> float:
        return 1.0

    def draw(self, canvas: TaggedCanvas, x: float, top: float, measure: TextMeasure) -> None:
        with canvas.artifact():
            canvas.rule(x, top - 0.5, measure.width, styles.RULE, 0.6)


class _Signature(Block):
    """Places to sign side by side, each a line with what is under it."""

    before = 40.0
    after = 12.0
    ROOM = 34.0
    BETWEEN = 30.0

    def __init__(self, labels: Sequence[Content]) -> None:
        style = styles.LABEL.varied(align="centre")
        self._labels = [TextBlock(label, style) for label in labels]

    def _column(self, measure: TextMeasure) -> TextMeasure:
        # One place alone stands at the right, as offices sign.
        count = max(2, len(self._labels))
        return TextMeasure((measure.width - (count - 1) * self.BETWEEN) / count, measure.language)

    def height(self, measure: TextMeasure) -> float:
        column = self._column(measure)
        return self.ROOM + max((text.height(column) for text in self._labels), default=0.0)

    def draw(self, canvas: TaggedCanvas, x: float, top: float, measure: TextMeasure) -> None:
        column = self._column(measure)
        step = column.width + self.BETWEEN
        left = x + (step if len(self._labels) == 1 else 0.0)
        for number, text in enumerate(self._labels):
            with canvas.artifact():
                canvas.rule(
                    left + number * step, top - self.ROOM + 4, column.width, styles.QUIET, 0.6
                )
            text.draw(canvas, left + number * step, top - self.ROOM, column)


def heading(level: int, text: Content, key: str = "", *, listed: bool = True) -> Heading:
    """A heading; `key` makes it a target of `Run(link="#key")`, `listed` puts it in the contents."""
    return Heading(level, text, key, listed=listed)


def paragraph(text: Content, style: TextStyle = styles.BODY) -> TextBlock:
    """A paragraph; a line feed in it begins a new line."""
    return TextBlock(text, style)


def paragraphs(text: str, style: TextStyle = styles.BODY) -> list[TextBlock]:
    """The paragraphs of a text that a user typed, parted by empty lines."""
    parts = [part.strip() for part in text.replace("\r\n", "\n").split("\n\n")]
    return [TextBlock(part, style) for part in parts if part]


def bullets(items: Sequence[Content | Block]) -> Stack:
    """A list with bullets."""
    return _list([("•", item) for item in items], "Disc")


def numbered(items: Sequence[Content | Block], start: int = 1) -> Stack:
    """A list with arabic numbers."""
    return _list([(f"{number}.", item) for number, item in enumerate(items, start)], "Decimal")


def _list(items: Sequence[tuple[str, Content | Block]], numbering: str) -> Stack:
    style = styles.BODY.varied(after=0.0)
    rows = [
        _Item(label, item if isinstance(item, Block) else TextBlock(item, style, tag=""))
        for label, item in items
    ]
    stack = Stack(rows, "L")
    stack.attributes = f"/O /List /ListNumbering /{numbering}"
    stack.after = styles.BODY.after + 1
    return stack


def callout(content: Content, title: Content = "", *, warning: bool = False) -> Block:
    """A passage that stands out: a finding, a warning, what an empty chapter lacks."""
    colour = styles.WARNING if warning else styles.ACCENT
    ground = styles.WARNING_TINT if warning else styles.ACCENT_TINT
    inside: list[Block] = []
    if title:
        head = styles.BODY.varied(face="Bold", colour=colour, after=2.0, keep_next=True)
        inside.append(TextBlock(title, head))
    inside.append(TextBlock(content, styles.BODY))
    return _Panel(Stack(inside, "Div"), colour, ground)


def signature(labels: Sequence[Content]) -> Block:
    """Places to sign, each with what stands under its line."""
    return _Signature(labels)


def rule() -> Block:
    """A light line across the column."""
    return _Rule()


def gap(points: float) -> Block:
    """Empty height."""
    return VerticalSpace(points)


def page_break(orientation: Orientation | None = None) -> PageBreak:
    """Begin a page, in another orientation where one is given."""
    return PageBreak(orientation)


def together(blocks: Sequence[Block]) -> Stack:
    """Blocks that stay on one page where a page is enough for them."""
    return Stack(blocks, keep=True)


__all__ = [
    "Block",
    "Content",
    "Heading",
    "PageBreak",
    "Run",
    "VerticalSpace",
    "bullets",
    "callout",
    "gap",
    "heading",
    "numbered",
    "page_break",
    "paragraph",
    "paragraphs",
    "rule",
    "signature",
    "together",
]
