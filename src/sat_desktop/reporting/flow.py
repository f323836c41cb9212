"""How blocks are set: measure, lines, splitting between pages, the elements they belong to.

`Block` is what `template` puts on pages. `TextBlock` is a paragraph, `Stack` blocks below each other; all
else is made of these two in `blocks`, `tables`, `contents` and `figures`.
"""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import NamedTuple

from sat_desktop.reporting import styles
from sat_desktop.reporting.fonts import face
from sat_desktop.reporting.lines import Content, Piece, TextLine, break_lines
from sat_desktop.reporting.structure import Element
from sat_desktop.reporting.styles import TextStyle
from sat_desktop.reporting.tagging import TaggedCanvas


class TextMeasure(NamedTuple):
    """What a block is set in: a width in points and a language (`pl`, `en`)."""

    width: float
    language: str

    def narrowed(self, by: float) -> "TextMeasure":
        """Return this measure less some points of width."""
        return TextMeasure(self.width - by, self.language)


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
    def height(self, measure: TextMeasure) -> float:
        """Return the height of the whole block."""

    @abstractmethod
    def draw(self, canvas: TaggedCanvas, x: float, top: float, measure: TextMeasure) -> None:
        """Draw it downwards from `top`."""

    def head(self, measure: TextMeasure) -> float:
        """Return the least height that its beginning needs on a page."""
        return self.height(measure)

    def split(
        self, measure: TextMeasure, available: float, *, force: bool = False
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


class TextBlock(Block):
    """A paragraph. Its content belongs to an element `tag`, or with no tag to what surrounds it."""

    def __init__(self, content: Content, style: TextStyle = styles.BODY, tag: str = "P") -> None:
        self.content = content
        self.style = style
        self.tag = tag
        self.before, self.after = style.before, style.after
        self.keep_next = style.keep_next
        self.shared = Shared()
        self.set_lines: list[TextLine] = []
        self.set_in: TextMeasure | None = None

    def lines(self, measure: TextMeasure) -> list[TextLine]:
        """Return its lines, broken once for a measure."""
        if self.set_in != measure:
            width = measure.width - self.style.indent
            self.set_lines = break_lines(self.content, self.style, width, measure.language)
            self.set_in = measure
        return self.set_lines

    def height(self, measure: TextMeasure) -> float:
        """Return the number of lines times the leading."""
        return len(self.lines(measure)) * self.style.leading

    def head(self, measure: TextMeasure) -> float:
        """Return the height of two lines, or of all of three."""
        count = len(self.lines(measure))
        return self.style.leading * (count if count <= 3 else 2)

    def split(
        self, measure: TextMeasure, available: float, *, force: bool = False
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

    def _part(self, lines: list[TextLine], measure: TextMeasure) -> "TextBlock":
        part = TextBlock(self.content, self.style, self.tag)
        part.after, part.keep_next = self.after, self.keep_next
        part.shared, part.set_lines, part.set_in = self.shared, lines, measure
        return part

    def draw(self, canvas: TaggedCanvas, x: float, top: float, measure: TextMeasure) -> None:
        """Draw the lines as content of the one element of the paragraph."""
        element = self.shared.get(canvas.parent, self.tag) if self.tag else canvas.parent
        indent = self.style.indent
        width = measure.width - indent
        draw_lines(canvas, element, self.lines(measure), self.style, x + indent, top, width)


def draw_lines(
    canvas: TaggedCanvas,
    element: Element,
    lines: Sequence[TextLine],
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
            for _, start, y, group, span in stretch:
                canvas.show(start, y, style.size, group)
                if target:
                    canvas.rule(start, y - 0.16 * style.size, span, group[0].form.colour, 0.4)
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


class Stack(Block):
    """Blocks below each other, as the content of an element `tag` or of what surrounds them."""

    def __init__(self, blocks: Sequence[Block], tag: str = "", *, keep: bool = False) -> None:
        self.blocks = list(blocks)
        self.tag = tag
        self.keep = keep
        self.attributes = ""
        self.shared = Shared()
        if self.blocks:
            self.before, self.after = self.blocks[0].before, self.blocks[-1].after
            self.keep_next = self.blocks[-1].keep_next

    def _gap(self, index: int) -> float:
        return max(self.blocks[index - 1].after, self.blocks[index].before) if index else 0.0

    def height(self, measure: TextMeasure) -> float:
        """Return the height of all, with the gaps between them."""
        return sum(self._gap(i) + b.height(measure) for i, b in enumerate(self.blocks))

    def head(self, measure: TextMeasure) -> float:
        """Return the least height of its beginning."""
        if self.keep or not self.blocks:
            return self.height(measure)
        return chain_head(self.blocks, measure)

    def split(
        self, measure: TextMeasure, available: float, *, force: bool = False
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
            end = index
            # What must not end a page goes with the next block.
            while end and self.blocks[end - 1].keep_next:
                end -= 1
            return (self._part(self.blocks[:end]), self._part(self.blocks[end:])) if end else None
        return None

    def _part(self, blocks: Sequence[Block]) -> "Stack":
        part = Stack(blocks, self.tag)
        part.shared, part.attributes = self.shared, self.attributes
        return part

    def draw(self, canvas: TaggedCanvas, x: float, top: float, measure: TextMeasure) -> None:
        """Draw the blocks one below the other."""
        parent = canvas.parent
        if self.tag:
            parent = self.shared.get(parent, self.tag, self.attributes)
        with canvas.under(parent):
            for index, block in enumerate(self.blocks):
                top -= self._gap(index)
                block.draw(canvas, x, top, measure)
                top -= block.height(measure)


def chain_head(blocks: Sequence[Block], measure: TextMeasure) -> float:
    """Return the height that must be free for the first of `blocks` to begin: with those it keeps."""
    total = 0.0
    for index, block in enumerate(blocks):
        if index:
            total += max(blocks[index - 1].after, block.before)
        if not block.keep_next or index == len(blocks) - 1:
            return total + block.head(measure)
        total += block.height(measure)
    return total
