"""From runs of text to lines: words, faces, hyphenation, line ends.

A greedy breaker suits ragged-right text: a line takes the words that fit, a long word is divided
only where its remainder would leave an ugly hole, and what fits no line at all (an address, ten
thousand letters without a space) is broken between characters.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from sat_desktop.reporting.fonts import BOX, Face, face, variant
from sat_desktop.reporting.styles import ACCENT, Colour, TextStyle
from sat_desktop.reporting.typography import NBSP, SOFT_HYPHEN, bind, clean, divide, invisible


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text set alike.

    Attributes:
        link: where a click leads: `#key` of a heading of this document, or an address.
    """

    text: str
    bold: bool = False
    italic: bool = False
    colour: Colour | None = None
    link: str | None = None


Content = str | Run | Sequence[str | Run]


def runs_of(content: Content) -> tuple[Run, ...]:
    """Return any form of content as runs."""
    if isinstance(content, str):
        return (Run(content),)
    if isinstance(content, Run):
        return (content,)
    return tuple(Run(part) if isinstance(part, str) else part for part in content)


def plain(content: Content) -> str:
    """Return the cleaned text of content, on one line."""
    return " ".join(clean("".join(run.text for run in runs_of(content))).split())


class Form(NamedTuple):
    """What neighbouring pieces must share to be drawn together."""

    face: str
    colour: Colour
    link: str | None
    boxed: bool = False


class Piece(NamedTuple):
    """Drawn text of one form; `original` is what a boxed piece stands for. `width` in points."""

    form: Form
    text: str
    width: float
    original: str = ""


@dataclass(slots=True)
class TextLine:
    """One line; `spaced` if a space was taken up by its end (it is drawn for screen readers)."""

    pieces: list[Piece] = field(default_factory=list)
    width: float = 0.0
    spaced: bool = False


@dataclass(slots=True)
class _Word:
    """What is never divided by a space; `gap` is the width of the space after it.

    The `last` word of a text is not divided if it fits a line: half a word on a line looks lost.
    """

    pieces: list[Piece]
    width: float
    gap: float = 0.0
    newline: bool = False
    last: bool = False


def break_lines(content: Content, style: TextStyle, width: float, language: str) -> list[TextLine]:
    """Set `content` in lines of at most `width` points; at least one line, if an empty one."""
    breaker = _Breaker(style, width, language)
    words = [
        word for word in _words(runs_of(content), style, language) if word.pieces or word.newline
    ]
    if words:
        words[-1].last = True
    for word in words:
        breaker.add(word)
    return breaker.finish()


class _Breaker:
    # A hole of less than this share of the measure, or of so many type sizes, at a line's end is
    # calmer than a hyphen.
    HOLE: Final = 0.16
    HOLE_SIZES: Final = 3.0

    def __init__(self, style: TextStyle, width: float, language: str) -> None:
        self._style = style
        self._room = width + 0.01
        self._language = language
        self._lines: list[TextLine] = []
        self._line = TextLine()
        self._gap: tuple[Form, float] | None = None
        self._hyphens = 0

    def add(self, word: _Word) -> None:
        gap = self._gap[1] if self._gap else 0.0
        if not word.pieces:
            # A line feed on its own.
            pass
        elif self._line.width + gap + word.width <= self._room:
            self._put(word.pieces, word.width)
        else:
            self._break_word(word, gap)
        if word.newline:
            self._new_line()
            self._lines[-1].spaced = True
        else:
            last = word.pieces[-1].form if word.pieces else None
            self._gap = (last, word.gap) if last and word.gap else None

    def finish(self) -> list[TextLine]:
        self._lines.append(self._line)
        return self._lines

    def _put(self, pieces: Sequence[Piece], width: float) -> None:
        line = self._line
        if self._gap:
            form, gap = self._gap
            self._append(Piece(form._replace(boxed=False), " ", gap))
            line.width += gap
            self._gap = None
        for piece in pieces:
            self._append(piece)
        line.width += width

    def _append(self, piece: Piece) -> None:
        pieces = self._line.pieces
        if pieces and pieces[-1].form == piece.form:
            last = pieces[-1]
            pieces[-1] = Piece(
                last.form,
                last.text + piece.text,
                last.width + piece.width,
                last.original + piece.original,
            )
        else:
            pieces.append(piece)

    def _new_line(self, *, hyphenated: bool = False) -> None:
        self._hyphens = self._hyphens + 1 if hyphenated else 0
        self._line.spaced = self._gap is not None
        self._lines.append(self._line)
        self._line = TextLine()
        self._gap = None

    def _break_word(self, word: _Word, gap: float) -> None:
        left = self._room - self._line.width - gap
        fits_alone = word.width <= self._room
        hole = max(self.HOLE * self._room, self.HOLE_SIZES * self._style.size)
        worth = left > hole and not word.last
        if (not fits_alone or worth) and self._hyphenate(word, left):
            return
        if self._line.pieces:
            self._new_line()
        if fits_alone:
            self._put(word.pieces, word.width)
        elif not self._hyphenate(word, self._room):
            self._break_anywhere(word)

    def _hyphenate(self, word: _Word, left: float) -> bool:
        if not self._style.hyphenate or self._hyphens >= 2 or len(word.pieces) != 1:
            return False
        piece = word.pieces[0]
        if piece.form.boxed:
            return False
        measure, size = face(piece.form.face).width, self._style.size
        for place in divide(piece.text, self._language):
            head = piece.text[:place] + SOFT_HYPHEN
            head_width = measure(head) * size
            if head_width <= left:
                self._put([Piece(piece.form, head, head_width)], head_width)
                self._new_line(hyphenated=True)
                tail = piece.text[place:]
                tail_width = measure(tail) * size
                rest = _Word([Piece(piece.form, tail, tail_width)], tail_width)
                if tail_width <= self._room:
                    self._put(rest.pieces, tail_width)
                else:
                    self._break_word(rest, 0.0)
                return True
        return False

    def _break_anywhere(self, word: _Word) -> None:
        size = self._style.size
        for piece in word.pieces:
            form, letters = piece.form, face(piece.form.face)
            if form.boxed:
                for single in _clusters(piece, size):
                    self._put_or_wrap(single)
                continue
            start, used = 0, 0.0
            room = self._room - self._line.width
            for place, char in enumerate(piece.text):
                advance = letters.advance(char) * size
                if used + advance > room and (place > start or self._line.pieces):
                    if place > start:
                        self._put([Piece(form, piece.text[start:place], used)], used)
                    self._new_line()
                    start, used, room = place, 0.0, self._room
                used += advance
            self._put([Piece(form, piece.text[start:], used)], used)

    def _put_or_wrap(self, piece: Piece) -> None:
        if self._line.pieces and self._line.width + piece.width > self._room:
            self._new_line()
        self._put([piece], piece.width)


def _clusters(piece: Piece, size: float) -> Iterator[Piece]:
    letters = face(piece.form.face)
    for original in _boxes(piece.original):
        yield Piece(piece.form, BOX, letters.advance(BOX) * size, original)


def _words(runs: Sequence[Run], style: TextStyle, language: str) -> Iterator[_Word]:
    word = _Word([], 0.0)
    for run in runs:
        name = variant(style.face, bold=run.bold, italic=run.italic)
        colour = run.colour or (ACCENT if run.link else style.colour)
        form = Form(name, colour, run.link)
        letters = face(name)
        space = letters.advance(" ") * style.size
        paragraphs = bind(clean(run.text), language).split("\n")
        for number, paragraph in enumerate(paragraphs):
            if number:
                word.newline = True
                yield word
                word = _Word([], 0.0)
            for count, text in enumerate(paragraph.split(" ")):
                if count:
                    if word.pieces:
                        word.gap = space
                        yield word
                    word = _Word([], 0.0)
                if not text:
                    continue
                if letters.covers(text) and "-" not in text and "/" not in text:
                    width = letters.width(text) * style.size
                    word.pieces.append(Piece(form, text, width))
                    word.width += width
                    continue
                for part in _parts(text):
                    if word.pieces and part.start:
                        yield word
                        word = _Word([], 0.0)
                    for piece in _pieces(part.text, form, letters, style.size):
                        word.pieces.append(piece)
                        word.width += piece.width
    yield word


class _Part(NamedTuple):
    start: int
    text: str


def _parts(text: str) -> Iterator[_Part]:
    """Split after a hyphen or slash between letters, where a line may end."""
    start = 0
    for place in range(1, len(text) - 1):
        if text[place] in "-/" and text[place - 1].isalpha() and text[place + 1].isalpha():
            yield _Part(start, text[start : place + 1])
            start = place + 1
    yield _Part(start, text[start:])


def _pieces(text: str, form: Form, letters: Face, size: float) -> Iterator[Piece]:
    if letters.covers(text):
        yield Piece(form, text, letters.width(text) * size)
        return
    boxed = form._replace(boxed=True)
    box_width = letters.advance(BOX) * size
    for missing, chunk in _stretches(text, letters):
        if missing:
            count = len(_boxes(chunk))
            yield Piece(boxed, BOX * count, box_width * count, chunk)
        elif chunk:
            yield Piece(form, chunk, letters.width(chunk) * size)


def _stretches(text: str, letters: Face) -> Iterator[tuple[bool, str]]:
    """Split text into what the face has and what it lacks; invisible characters go with the latter."""
    missing, chunk = False, ""
    for char in text:
        steers = invisible(char)
        if steers and not missing:
            continue
        lacks = steers or not letters.covers(char)
        if lacks != missing:
            if chunk:
                yield missing, chunk
            missing, chunk = lacks, ""
        chunk += char
    if chunk:
        yield missing, chunk


def _boxes(text: str) -> list[str]:
    """Split missing text into what one box stands for: a character with its marks and joiners."""
    clusters: list[str] = []
    joined = False
    for char in text:
        extends = invisible(char) or unicodedata.combining(char) or 0x1F3FB <= ord(char) <= 0x1F3FF
        if clusters and (extends or joined):
            clusters[-1] += char
        else:
            clusters.append(char)
        joined = char == "\u200d"
    return clusters


def natural_width(content: Content, style: TextStyle, language: str) -> tuple[float, float]:
    """Return the widest word and the width on one line (the widest of its forced lines)."""
    widest = line = longest = 0.0
    for word in _words(runs_of(content), style, language):
        widest = max(widest, word.width)
        line += word.width
        longest = max(longest, line)
        line = 0.0 if word.newline else line + word.gap
    return widest, longest


__all__ = [
    "NBSP",
    "Content",
    "Form",
    "Piece",
    "Run",
    "TextLine",
    "break_lines",
    "natural_width",
    "plain",
    "runs_of",
]
