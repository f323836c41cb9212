"""The building blocks of a document: what a chapter is made of.

A block takes plain strings (or runs, where part of the text is bold or a link) and knows how high it
is in a given measure, how to continue on the next page, and how to draw itself with its tags:

    heading(1, "Cele"), paragraph("Miasto ..."), bullets(["...", "..."]), callout([...]),
    signature(["Burmistrz"]), rule(), gap(12), page_break("landscape"), together([...])

Tables are in `tables`, pictures in `figures`, the list of contents in `contents`; `template.build`
puts them on pages.
"""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from sat_desktop.reporting import styles
from sat_desktop.reporting.fonts import face
from sat_desktop.reporting.lines import Content, Line, Piece, Run, break_lines, plain
from sat_desktop.reporting.structure import Element
from sat_desktop.reporting.styles import Colour, TextStyle
from sat_desktop.reporting.tagging import TaggedCanvas

Orientation = Literal["portrait", "landscape"]


class Measure(NamedTuple):
    """What a block is set in: a width in points and a language (`pl`, `en`)."""

    width: float
    language: str

    def narrowed(self, by: float) -> "Measure":
        """Return this measure less some points of width."""
        return Measure(self.width - by, self.language)


class Block(ABC):
    """Something set between two heights of the text column.

    Attributes:
        before, after: space around it; between two blocks the larger counts, none at a page's top.
        keep_next: it must not be the last thing on a page.
    """

    before: float = 0.0
    after: float = 0.0
    keep_next: bool = False

    @abstractmethod
    def height(self, measure: Measure) -> float:
        """Return the height of the whole block."""

    @abstractmethod
    def draw(self, canvas: TaggedCanvas, x: float, top: float, measure: Measure) -> None:
        """Draw it downwards from `top`."""

    def head(self, measure: Measure) -> float:
        """Return the least height that its beginning needs on a page."""
        return self.height(measure)

    def split(
        self, measure: Measure, available: float, *, force: bool = False
    ) -> "tuple[Block, Block] | None":
        """Return a part that fits `available` and the rest, or None where it should not be split.

        With `force` (an empty page is not enough) keeping together gives way.
        """
        del measure, available, force
        return None


class Shared:
    """The one element of a block that may lie on several pages, made when it is first drawn."""

    __slots__ = ("element",)

    def __init__(self) -> None:
        self.element: Element | None = None

    def get(self, parent: Element, tag: str, attributes: str = "", alt: str = "") -> Element:
        """Return the element, made under `parent` if it is not there yet."""
        if self.element is None:
            self.element = Element(tag, parent, attributes=attributes, alt=alt)
        return self.element


class Text(Block):
    """A paragraph. Its content belongs to an element `tag`, or with no tag to what surrounds it."""

    def __init__(self, content: Content, style: TextStyle = styles.BODY, tag: str = "P") -> None:
        self.content = content
        self.style = style
        self.tag = tag
        self.before, self.after = style.before, style.after
        self.keep_next = style.keep_next
        self._shared = Shared()
        self._lines: list[Line] = []
        self._set_in: Measure | None = None

    def lines(self, measure: Measure) -> list[Line]:
        """Return its lines, broken once for a measure."""
        if self._set_in != measure:
            width = measure.width - self.style.indent
            self._lines = break_lines(self.content, self.style, width, measure.language)
            self._set_in = measure
        return self._lines

    def height(self, measure: Measure) -> float:
        """Return the number of lines times the leading."""
        return len(self.lines(measure)) * self.style.leading

    def head(self, measure: Measure) -> float:
        """Return the height of two lines, or of all of three."""
        count = len(self.lines(measure))
        return self.style.leading * (count if count <= 3 else 2)

    def split(
        self, measure: Measure, available: float, *, force: bool = False
    ) -> tuple[Block, Block] | None:
        """Leave at least two lines on either side."""
        lines = self.lines(measure)
        fitting = int((available + 0.01) // self.style.leading)
        count = min(fitting, len(lines) - 2)
        if count < 2:
            count = min(fitting, len(lines) - 1)
            if not force or count < 1:
                return None
        head, tail = self._part(lines[:count], measure), self._part(lines[count:], measure)
        head.after = tail.before = 0.0
        return head, tail

    def _part(self, lines: list[Line], measure: Measure) -> "Text":
        part = Text(self.content, self.style, self.tag)
        part.after, part.keep_next = self.after, self.keep_next
        part._shared, part._lines, part._set_in = self._shared, lines, measure
        return part

    def draw(self, canvas: TaggedCanvas, x: float, top: float, measure: Measure) -> None:
        """Draw the lines as content of the one element of the paragraph."""
        element = self._shared.get(canvas.parent, self.tag) if self.tag else canvas.parent
        indent = self.style.indent
        width = measure.width - indent
        draw_lines(canvas, element, self.lines(measure), self.style, x + indent, top, width)


def draw_lines(
    canvas: TaggedCanvas,
    element: Element,
    lines: Sequence[Line],
    style: TextStyle,
    x: float,
    top: float,
    width: float,
) -> None:
    """Draw lines as content of `element`; what is linked goes into a Link below it."""
    first = top - (style.leading + face(style.face).cap_height * style.size) / 2
    placed: list[tuple[str | None, float, float, list[Piece], float]] = []
    for number, line in enumerate(lines):
        y = first - number * style.leading
        start = x
        if style.align != "left":
            start += (width - line.width) / (1 if style.align == "right" else 2)
        pieces = line.pieces
        if line.spaced and pieces:
            last = pieces[-1]
            if last.form.boxed:
                pieces = [*pieces, Piece(last.form._replace(boxed=False), " ", 0.0)]
            else:
                pieces = [*pieces[:-1], last._replace(text=last.text + " ")]
        for target, group in _by_link(pieces):
            span = sum(piece.width for piece in group)
            placed.append((target, start, y, group, span))
            start += span
    index = 0
    while index < len(placed):
        target = placed[index][0]
        end = index
        while end < len(placed) and placed[end][0] == target:
            end += 1
        stretch = placed[index:end]
        index = end
        home = Element("Link", element) if target else element
        with canvas.content(home):
            for _, start, y, group, _ in stretch:
                canvas.show(start, y, style.size, group)
        if target:
            name = "".join(piece.original or piece.text for s in stretch for piece in s[3])
            for _, start, y, _, span in stretch:
                box = (start, y - 0.25 * style.size, start + span, y + 0.85 * style.size)
                canvas.link(home, target, box, name)


def _by_link(pieces: Sequence[Piece]) -> list[tuple[str | None, list[Piece]]]:
    groups: list[tuple[str | None, list[Piece]]] = []
    for piece in pieces:
        if groups and groups[-1][0] == piece.form.link:
            groups[-1][1].append(piece)
        else:
            groups.append((piece.form.link, [piece]))
    return groups


class Heading(Text):
    """A heading of level 1 to 4, with its bookmark; level 1 begins a page."""

    def __init__(self, level: int, content: Content, key: str = "", *, listed: bool = True) -> None:
        super().__init__(content, styles.HEADINGS[level - 1], f"H{level}")
        self.level = level
        self.title = plain(content)
        self.key = key
        self.listed = listed

    def draw(self, canvas: TaggedCanvas, x: float, top: float, measure: Measure) -> None:
        """Draw it and make it a target of bookmarks and links."""
        canvas.mark_heading(self.key, self.title, self.level, top + 6)
        super().draw(canvas, x, top, measure)

    def split(
        self, measure: Measure, available: float, *, force: bool = False
    ) -> tuple[Block, Block] | None:
        """Keep it whole, except for one that fills a page: its rest is text of the same element."""
        return super().split(measure, available, force=True) if force else None


class Stack(Block):
    """Blocks below each other, as the content of an element `tag` or of what surrounds them."""

    def __init__(self, blocks: Sequence[Block], tag: str = "", *, keep: bool = False) -> None:
        self.blocks = list(blocks)
        self.tag = tag
        self.keep = keep
        self.attributes = ""
        self._shared = Shared()
        if self.blocks:
            self.before, self.after = self.blocks[0].before, self.blocks[-1].after
            self.keep_next = self.blocks[-1].keep_next

    def _gap(self, index: int) -> float:
        return max(self.blocks[index - 1].after, self.blocks[index].before) if index else 0.0

    def height(self, measure: Measure) -> float:
        """Return the height of all, with the gaps between them."""
        return sum(self._gap(i) + b.height(measure) for i, b in enumerate(self.blocks))

    def head(self, measure: Measure) -> float:
        """Return the least height of its beginning."""
        if self.keep or not self.blocks:
            return self.height(measure)
        return chain_head(self.blocks, measure)

    def split(
        self, measure: Measure, available: float, *, force: bool = False
    ) -> "tuple[Block, Block] | None":
        """Split between two blocks, or in one."""
        if self.keep and not force:
            return None
        used = 0.0
        for index, block in enumerate(self.blocks):
            start = used + self._gap(index)
            used = start + block.height(measure)
            if used <= available + 0.01:
                continue
            first = index == 0
            parts = block.split(measure, available - start, force=force and first)
            if parts:
                rest = [parts[1], *self.blocks[index + 1 :]]
                return self._part([*self.blocks[:index], parts[0]]), self._part(rest)
            while index and self.blocks[index - 1].keep_next:
                index -= 1  # noqa: PLW2901 (what must not end a page goes with the next block)
            if not index:
                return None
            return self._part(self.blocks[:index]), self._part(self.blocks[index:])
        return None

    def _part(self, blocks: Sequence[Block]) -> "Stack":
        part = Stack(blocks, self.tag)
        part._shared, part.attributes = self._shared, self.attributes
        return part

    def draw(self, canvas: TaggedCanvas, x: float, top: float, measure: Measure) -> None:
        """Draw the blocks one below the other."""
        parent = canvas.parent
        if self.tag:
            parent = self._shared.get(parent, self.tag, self.attributes)
        with canvas.under(parent):
            for index, block in enumerate(self.blocks):
                top -= self._gap(index)
                block.draw(canvas, x, top, measure)
                top -= block.height(measure)


def chain_head(blocks: Sequence[Block], measure: Measure) -> float:
    """Return the height that must be free for the first of `blocks` to begin: with those it keeps."""
    total = 0.0
    for index, block in enumerate(blocks):
        if index:
            total += max(blocks[index - 1].after, block.before)
        if not block.keep_next or index == len(blocks) - 1:
            return total + block.head(measure)
        total += block.height(measure)
    return total


class _Item(Block):
    """An item of a list: a label hanging left of its text."""

    HANG = 16.0

    def __init__(self, label: str, body: Block) -> None:
        self._label: str | None = label
        self._body = body
        self._item, self._lbody = Shared(), Shared()
        self.after = 3.0

    def height(self, measure: Measure) -> float:
        return self._body.height(measure.narrowed(self.HANG))

    def head(self, measure: Measure) -> float:
        return self._body.head(measure.narrowed(self.HANG))

    def split(
        self, measure: Measure, available: float, *, force: bool = False
    ) -> tuple[Block, Block] | None:
        parts = self._body.split(measure.narrowed(self.HANG), available, force=force)
        if not parts:
            return None
        head, tail = _Item(self._label or "", parts[0]), _Item("", parts[1])
        tail.after = self.after
        for part in (head, tail):
            part._item, part._lbody = self._item, self._lbody
        return head, tail

    def draw(self, canvas: TaggedCanvas, x: float, top: float, measure: Measure) -> None:
        item = self._item.get(canvas.parent, "LI")
        if self._label:
            style = styles.BODY.varied(colour=styles.ACCENT)
            lines = break_lines(self._label, style, measure.width, measure.language)
            draw_lines(canvas, Element("Lbl", item), lines, style, x + 3, top, self.HANG)
        body = self._lbody.get(item, "LBody")
        with canvas.under(body):
            self._body.draw(canvas, x + self.HANG, top, measure.narrowed(self.HANG))


class _Panel(Block):
    """Blocks on a tinted ground with a bar of colour at their left."""

    PAD = 12.0

    def __init__(self, inside: Block, colour: Colour, ground: Colour) -> None:
        self._inside = inside
        self._colour, self._ground = colour, ground
        self.before, self.after = 10.0, 12.0

    def height(self, measure: Measure) -> float:
        return self._inside.height(measure.narrowed(2 * self.PAD)) + 2 * self.PAD

    def head(self, measure: Measure) -> float:
        return self._inside.head(measure.narrowed(2 * self.PAD)) + 2 * self.PAD

    def split(
        self, measure: Measure, available: float, *, force: bool = False
    ) -> tuple[Block, Block] | None:
        room = available - 2 * self.PAD
        parts = self._inside.split(measure.narrowed(2 * self.PAD), room, force=force)
        if not parts:
            return None
        head, tail = (_Panel(part, self._colour, self._ground) for part in parts)
        return head, tail

    def draw(self, canvas: TaggedCanvas, x: float, top: float, measure: Measure) -> None:
        height = self.height(measure)
        with canvas.artifact():
            canvas.area(x, top - height, measure.width, height, self._ground)
            canvas.area(x, top - height, 2.5, height, self._colour)
        self._inside.draw(canvas, x + self.PAD, top - self.PAD, measure.narrowed(2 * self.PAD))


@dataclass(eq=False)
class Gap(Block):
    """Empty height; at the top of a page it counts as well."""

    points: float

    def height(self, measure: Measure) -> float:  # noqa: ARG002
        """Return the height asked for."""
        return self.points

    def draw(self, canvas: TaggedCanvas, x: float, top: float, measure: Measure) -> None:
        """Draw nothing."""


@dataclass(eq=False)
class PageBreak(Block):
    """What follows begins a page, in the given orientation if there is one."""

    orientation: Orientation | None = None

    def height(self, measure: Measure) -> float:  # noqa: ARG002
        """Return nothing: it takes no place."""
        return 0.0

    def draw(self, canvas: TaggedCanvas, x: float, top: float, measure: Measure) -> None:
        """Draw nothing."""


class _Rule(Block):
    before = after = 8.0

    def height(self, measure: Measure) -> float:  # noqa: ARG002
        return 1.0

    def draw(self, canvas: TaggedCanvas, x: float, top: float, measure: Measure) -> None:
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
        self._labels = [Text(label, style) for label in labels]

    def _column(self, measure: Measure) -> Measure:
        # One place alone stands at the right, as offices sign.
        count = max(2, len(self._labels))
        return Measure((measure.width - (count - 1) * self.BETWEEN) / count, measure.language)

    def height(self, measure: Measure) -> float:
        column = self._column(measure)
        return self.ROOM + max((text.height(column) for text in self._labels), default=0.0)

    def draw(self, canvas: TaggedCanvas, x: float, top: float, measure: Measure) -> None:
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


def paragraph(text: Content, style: TextStyle = styles.BODY) -> Text:
    """A paragraph; a line feed in it begins a new line."""
    return Text(text, style)


def paragraphs(text: str, style: TextStyle = styles.BODY) -> list[Text]:
    """The paragraphs of a text that a user typed, parted by empty lines."""
    parts = [part.strip() for part in text.replace("\r\n", "\n").split("\n\n")]
    return [Text(part, style) for part in parts if part]


def bullets(items: Sequence[Content | Block]) -> Stack:
    """A list with bullets."""
    return _list([("•", item) for item in items], "Disc")


def numbered(items: Sequence[Content | Block], start: int = 1) -> Stack:
    """A list with arabic numbers."""
    return _list([(f"{number}.", item) for number, item in enumerate(items, start)], "Decimal")


def _list(items: Sequence[tuple[str, Content | Block]], numbering: str) -> Stack:
    style = styles.BODY.varied(after=0.0)
    rows = [
        _Item(label, item if isinstance(item, Block) else Text(item, style, tag=""))
        for label, item in items
    ]
    stack = Stack(rows, "L")
    stack.attributes = f"/O /List /ListNumbering /{numbering}"
    stack.after = styles.BODY.after + 1
    return stack


def callout(
    content: Content | Sequence[Block], title: Content = "", *, warning: bool = False
) -> Block:
    """A passage that stands out: a finding, a warning, what an empty chapter lacks."""
    colour = styles.WARNING if warning else styles.ACCENT
    ground = styles.WARNING_TINT if warning else styles.ACCENT_TINT
    inside: list[Block] = []
    if title:
        head = styles.BODY.varied(face="Bold", colour=colour, after=2.0, keep_next=True)
        inside.append(Text(title, head))
    if isinstance(content, Sequence) and content and isinstance(content[0], Block):
        inside += [block for block in content if isinstance(block, Block)]
    else:
        inside.append(Text(content, styles.BODY))  # type: ignore[arg-type]
    return _Panel(Stack(inside, "Div"), colour, ground)


def signature(labels: Sequence[Content]) -> Block:
    """Places to sign, each with what stands under its line."""
    return _Signature(labels)


def rule() -> Block:
    """A light line across the column."""
    return _Rule()


def gap(points: float) -> Block:
    """Empty height."""
    return Gap(points)


def page_break(orientation: Orientation | None = None) -> PageBreak:
    """Begin a page, in another orientation where one is given."""
    return PageBreak(orientation)


def together(blocks: Sequence[Block]) -> Stack:
    """Blocks that stay on one page where a page is enough for them."""
    return Stack(blocks, keep=True)


__all__ = [
    "Block",
    "Content",
    "Gap",
    "Heading",
    "Measure",
    "PageBreak",
    "Run",
    "Stack",
    "Text",
    "bullets",
    "callout",
    "chain_head",
    "draw_lines",
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
