"""Text as it will be drawn: which characters the font has, how wide they are, where lines break.

Widths come from the font's own advances, without hinting, so that they are the same on screen, in
SVG and in PDF, and lines never break differently between them. User text is data: no markup, no
mathematics, no control characters, and nothing the font lacks reaches a renderer (matplotlib would
warn and draw nothing readable).
"""

import re
import unicodedata
from functools import cache, lru_cache
from threading import Lock
from typing import TYPE_CHECKING, Final, Literal

from sat_desktop.runtime.resources import font_file

if TYPE_CHECKING:
    from matplotlib.font_manager import FontProperties
    from matplotlib.ft2font import FT2Font

Weight = Literal["regular", "bold"]
FACES: Final[dict[Weight, str]] = {"regular": "Regular", "bold": "Bold"}
FAMILY: Final = "Lato"

MISSING: Final = "□"
"""Stands for a character that the font lacks; the table beside the picture has the original."""

NBSP: Final = "\u00a0"
LEADING: Final = 1.25
"""Distance of baselines in sizes of type."""
RISE: Final = 0.97
"""From the top of a line to its baseline; room for the accents of Polish capitals."""
_UNIT: Final = 1000
# Renderers round advances to their own grid; a line must still fit where it was measured to fit.
_ALLOWANCE: Final = 1.015

_lock = Lock()
_fonts: dict[Weight, "FT2Font"] = {}
_advances: dict[tuple[Weight, str], float] = {}


def _font(weight: Weight) -> "FT2Font":
    from matplotlib.ft2font import FT2Font

    if weight not in _fonts:
        _fonts[weight] = FT2Font(str(font_file(FACES[weight])))
        _fonts[weight].set_size(_UNIT, 72)
    return _fonts[weight]


def _advance(character: str, weight: Weight) -> float:
    """Return the advance of one character in sizes of type."""
    known = _advances.get((weight, character))
    if known is not None:
        return known
    from matplotlib.ft2font import LoadFlags

    with _lock:
        glyph = _font(weight).load_char(ord(character), LoadFlags.NO_HINTING)
        _advances[weight, character] = glyph.linearHoriAdvance / 65536 / _UNIT
    return _advances[weight, character]


@cache
def _characters() -> frozenset[int]:
    with _lock:
        found = [frozenset(_font(weight).get_charmap()) for weight in FACES]
    return frozenset.intersection(*found)


@cache
def font_properties(weight: Weight, size: float) -> "FontProperties":
    """Return matplotlib's description of a face; by file, so that no font is ever looked up."""
    from matplotlib.font_manager import FontProperties

    return FontProperties(
        family=FAMILY,
        weight="bold" if weight == "bold" else "normal",
        size=size,
        fname=font_file(FACES[weight]),
    )


@lru_cache(4096)
def clean(text: str) -> str:
    """Return one line of text that can be drawn: composed, without controls, holes made visible."""
    composed = unicodedata.normalize("NFC", re.sub(r"[^\S\u00a0]+", " ", text)).strip(" ")
    drawable = _characters()
    kept = []
    for character in composed:
        if ord(character) in drawable and unicodedata.category(character) not in {"Cc", "Cf"}:
            kept.append(character)
        elif unicodedata.category(character) not in {"Cc", "Cf", "Mn", "Me"}:
            kept.append(MISSING)
    return "".join(kept)


def width_of(text: str, size: float, weight: Weight = "regular") -> float:
    """Return the width of cleaned text in points."""
    return sum(_advance(c, weight) for c in text) * size * _ALLOWANCE


def line_height(size: float) -> float:
    """Return the distance of baselines in points."""
    return size * LEADING


def shorten(text: str, width: float, size: float, weight: Weight = "regular") -> str:
    """Return cleaned text that fits a width, with an ellipsis where something was left out."""
    if width_of(text, size, weight) <= width:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if width_of(text[:middle].rstrip() + "…", size, weight) <= width:
            low = middle
        else:
            high = middle - 1
    return text[:low].rstrip() + "…"


def _words(text: str) -> list[str]:
    """Split at spaces, one-letter words (w, z, i, a, o, u) staying with the word after them."""
    words: list[str] = []
    carried = ""
    for word in text.split(" "):
        if len(word) == 1 and word.isalpha():
            carried += word + NBSP
        else:
            words.append(carried + word)
            carried = ""
    if carried:
        words.append(carried.rstrip(NBSP))
    return words


def _pieces(word: str, width: float, size: float, weight: Weight) -> list[str]:
    """Break a word that no line can hold."""
    pieces = [""]
    for character in word:
        if pieces[-1] and width_of(pieces[-1] + character, size, weight) > width:
            pieces.append("")
        pieces[-1] += character
    return pieces


def wrap(
    text: str,
    width: float,
    size: float,
    weight: Weight = "regular",
    most: int = 3,
) -> tuple[str, ...]:
    """Return `text` as at most `most` lines that fit a width in points, an ellipsis at a cut."""
    # No label needs more; a cell of 10,000 characters must not cost 10,000 measurements each time.
    return _wrap(clean(text[:2000]), width, size, weight, most)


@lru_cache(4096)
def _wrap(text: str, width: float, size: float, weight: Weight, most: int) -> tuple[str, ...]:
    lines: list[str] = []
    rest: list[str] = []
    for word in _words(text):
        rest += (
            _pieces(word, width, size, weight) if width_of(word, size, weight) > width else [word]
        )
    while rest:
        line = rest.pop(0)
        if len(lines) == most - 1:
            lines.append(shorten(" ".join([line, *rest]), width, size, weight))
            return tuple(lines)
        while rest and width_of(f"{line} {rest[0]}", size, weight) <= width:
            line += " " + rest.pop(0)
        lines.append(line)
    return tuple(lines) or ("",)
