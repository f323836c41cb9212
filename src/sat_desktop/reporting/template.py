"""Pages: the loop that sets blocks on them, the running header and footer, and `build`.

    meta = DocumentMeta(title=..., author=..., created=..., language="pl")
    build(path, [cover(...), Contents(), heading(1, "Wstęp"), paragraph("..."), ...], meta)

One pass: blocks are measured, split where a page ends, and drawn. Page numbers in the contents and
the number of pages in the footer are put in when the last page is done.
"""

import io
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from sat_desktop.reporting import styles
from sat_desktop.reporting.blocks import Heading, Orientation, PageBreak, VerticalSpace
from sat_desktop.reporting.contents import Contents
from sat_desktop.reporting.cover import Cover
from sat_desktop.reporting.flow import Block, Stack, TextMeasure, chain_head
from sat_desktop.reporting.fonts import face
from sat_desktop.reporting.lines import Piece, TextLine, break_lines
from sat_desktop.reporting.metadata import DocumentMeta
from sat_desktop.reporting.pack import pack
from sat_desktop.reporting.styles import LANDSCAPE, PORTRAIT, RUNNING, PageFormat
from sat_desktop.reporting.tagging import TaggedCanvas
from sat_desktop.runtime.i18n import language_of

CHAPTER_ROOM = 0.5
"""A chapter begins a page unless this share of the one at hand is free: short chapters follow on."""

_PAGES: dict[Orientation, PageFormat] = {"portrait": PORTRAIT, "landscape": LANDSCAPE}


def build(target: Path | BinaryIO, story: Sequence[Block], meta: DocumentMeta) -> int:
    """Set `story` on pages and write the document to a path or an open file; return the page count.

    Blocks remember how they were split and tagged, so a story serves for one document.
    """
    _name_headings(story)
    drawn = io.BytesIO()
    canvas = TaggedCanvas(drawn, PORTRAIT, meta.language_tag)
    _Setter(canvas, meta).run(story)
    canvas.save()
    if isinstance(target, Path):
        with target.open("wb") as file:
            pack(drawn.getvalue(), meta, file)
    else:
        pack(drawn.getvalue(), meta, target)
    return canvas.total


def _name_headings(story: Iterable[Block]) -> None:
    blocks = list(_flat(story))
    headings = [block for block in blocks if isinstance(block, Heading)]
    keys: set[str] = set()
    level = 0
    for number, heading in enumerate(headings, 1):
        if heading.level > level + 1:
            raise ValueError(f"heading {heading.title!r} skips a level")
        level = heading.level
        heading.key = heading.key or f"heading-{number}"
        if heading.key in keys:
            raise ValueError(f"two headings have the key {heading.key}")
        keys.add(heading.key)
    for block in blocks:
        if isinstance(block, Contents):
            block.fill(headings)


def _flat(blocks: Iterable[Block]) -> Iterator[Block]:
    for block in blocks:
        if isinstance(block, Stack):
            yield from _flat(block.blocks)
        else:
            yield block


class _Setter:
    """The state of the loop: the page, how far it is filled, what comes next."""

    def __init__(self, canvas: TaggedCanvas, meta: DocumentMeta) -> None:
        self._canvas = canvas
        self._meta = meta
        self._words = language_of(meta.language)
        self._page = PORTRAIT
        self._measure = TextMeasure(PORTRAIT.measure, meta.language)
        self._y = 0.0
        self._empty = True
        self._after = 0.0
        self._chapter = ""
        self._bare = False
        # No chapter begins below the contents.
        self._after_contents = False
        self._lines: dict[tuple[str, float], TextLine] = {}
        self._start_page()

    def run(self, story: Iterable[Block]) -> None:
        """Set all blocks and finish the last page."""
        queue = deque(story)
        while queue:
            block = queue.popleft()
            if isinstance(block, PageBreak):
                self._turn(block.orientation)
            elif isinstance(block, Cover):
                self._set_cover(block)
            else:
                if isinstance(block, Heading) and block.level == 1:
                    low = self._y < self._page.bottom + CHAPTER_ROOM * self._page.depth
                    if low or self._after_contents:
                        self._turn(None)
                    self._chapter = block.title
                self._set(block, queue)
                self._after_contents = isinstance(block, Contents)
        if not self._empty or self._canvas.page_number == 1:
            self._finish_page()

    def _set(self, block: Block, queue: deque[Block]) -> None:
        gap = (
            0.0
            if self._empty and not isinstance(block, VerticalSpace)
            else max(self._after, block.before)
        )
        available = self._y - gap - self._page.bottom
        height = block.height(self._measure)
        chained = block.keep_next and queue and not isinstance(queue[0], PageBreak)
        need = self._need(block, height, queue) if chained else height
        if need <= available + 0.01 or (self._empty and height <= available + 0.01):
            self._draw(block, gap, height)
            return
        if not chained or self._empty:
            parts = block.split(self._measure, available, force=self._empty)
            if parts:
                self._draw(parts[0], gap, parts[0].height(self._measure))
                queue.appendleft(parts[1])
                self._turn(None)
                return
        if self._empty:
            # Nothing smaller can be made of it (a picture is scaled to fit before).
            self._draw(block, gap, height)
            return
        queue.appendleft(block)
        self._turn(None)

    def _need(self, block: Block, height: float, queue: deque[Block]) -> float:
        following = [queue[i] for i in range(min(4, len(queue)))]
        return min(
            chain_head([block, *following], self._measure), max(height, 0.9 * self._page.depth)
        )

    def _draw(self, block: Block, gap: float, height: float) -> None:
        self._y -= gap
        block.draw(self._canvas, self._page.left, self._y, self._measure)
        self._y -= height
        self._after = block.after
        self._empty = False

    def _set_cover(self, block: Cover) -> None:
        self._bare = True
        block.draw(self._canvas, self._page.left, self._y, self._measure)
        self._empty = False
        self._turn(None)

    def _turn(self, orientation: Orientation | None) -> None:
        """Begin a page, unless the one at hand is empty and fits."""
        page = _PAGES[orientation] if orientation else self._page
        if self._empty and page is self._page:
            return
        if not self._empty:
            self._finish_page()
            self._canvas.showPage()
        self._page = page
        self._measure = TextMeasure(page.measure, self._meta.language)
        self._canvas.setPageSize((page.width, page.height))
        self._start_page()

    def _start_page(self) -> None:
        self._y = self._page.height - self._page.top
        self._after = 0.0
        self._empty = True
        self._bare = False

    def _finish_page(self) -> None:
        """Draw header and footer, which are no part of the text."""
        if self._bare:
            return
        canvas, page = self._canvas, self._page
        width = page.measure
        with canvas.artifact("Pagination"):
            y = page.height - page.top + 26
            self._running(self._meta.title, page.left, y, width * 0.62)
            self._running(self._chapter, page.left, y, width, right=0.36)
            canvas.rule(page.left, y - 7, width, styles.RULE, 0.4)
            y = page.bottom - 30
            self._running(self._meta.footer, page.left, y, width * 0.7)
            self._page_number(page.left + width, y)

    def _line(self, text: str, width: float) -> TextLine:
        """Return the text on one line, shortened with an ellipsis where it is too long."""
        known = self._lines.get((text, width))
        if known:
            return known
        words = " ".join(text.split())
        line, *rest = break_lines(words, RUNNING, width - 8, self._meta.language)
        if rest and line.pieces:
            dots = face(RUNNING.face).width("…") * RUNNING.size
            line.pieces.append(Piece(line.pieces[-1].form._replace(boxed=False), "…", dots))
            line.width += dots
        self._lines[text, width] = line
        return line

    def _running(self, text: str, x: float, y: float, width: float, right: float = 0.0) -> None:
        if not text:
            return
        line = self._line(text, width * (right or 1.0))
        start = x + width - line.width if right else x
        self._canvas.show(start, y, RUNNING.size, line.pieces)

    def _page_number(self, right: float, y: float) -> None:
        canvas, number = self._canvas, self._canvas.page_number
        letters, size = face(RUNNING.face), RUNNING.size

        def text() -> str:
            return self._words.t("page {page} of {total}", page=number, total=canvas.total)

        canvas.reserve(RUNNING.face, text() + "0123456789")

        def draw() -> str:
            start = right - letters.width(text()) * size
            shown = canvas.encoding.show(RUNNING.face, size, text())
            return f"{RUNNING.colour.operands()} rg BT 1 0 0 1 {start:.2f} {y:.2f} Tm {shown} ET"

        canvas.later(draw)
