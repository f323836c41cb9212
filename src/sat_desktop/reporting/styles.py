"""How documents look: the page, the type scale and the few colours.

One accent, three greys and one pale tint. The text is set ragged right in Lato on a 15-point rhythm
with a measure of about 80 characters. Lengths are in points, 1/72 of an inch.
"""

from dataclasses import dataclass, replace
from typing import Any, Final, Literal

Align = Literal["left", "right", "centre"]

MM: Final = 72 / 25.4


@dataclass(frozen=True, slots=True)
class Colour:
    """An sRGB colour, each part from 0 to 1."""

    red: float
    green: float
    blue: float

    @classmethod
    def of(cls, code: str) -> "Colour":
        """Read `#rrggbb`."""
        parts = [int(code[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        return cls(*parts)

    def operands(self) -> str:
        """Return the three numbers as PDF operands."""
        return f"{self.red:.4f} {self.green:.4f} {self.blue:.4f}"


INK: Final = Colour.of("#1c2330")
# 5.9:1 on white: small print stays readable for weak eyes (WCAG 1.4.3 asks 4.5:1).
QUIET: Final = Colour.of("#5a6472")
SOFT: Final = Colour.of("#3c4656")
RULE: Final = Colour.of("#c9d0d8")
TINT: Final = Colour.of("#f3f5f8")
ACCENT: Final = Colour.of("#17507f")
ACCENT_TINT: Final = Colour.of("#e9f0f7")
WARNING: Final = Colour.of("#a2560b")
WARNING_TINT: Final = Colour.of("#fbf2e6")


@dataclass(frozen=True, slots=True)
class TextStyle:
    """How one kind of text is set.

    Attributes:
        face: the Lato face of plain text; bold and italic runs choose their own.
        leading: distance between base lines.
        before, after: space around the block; of two neighbours the larger counts.
        hyphenate: whether words may be divided at line ends.
        keep_next: whether the block stays with the beginning of the next one.
    """

    size: float
    leading: float
    face: str = "Regular"
    colour: Colour = INK
    align: Align = "left"
    before: float = 0.0
    after: float = 0.0
    indent: float = 0.0
    hyphenate: bool = True
    keep_next: bool = False

    def varied(self, **changes: Any) -> "TextStyle":
        """Return this style with some of its attributes changed."""
        return replace(self, **changes)


BODY: Final = TextStyle(10, 15, after=7)
SMALL: Final = TextStyle(8.5, 12, colour=QUIET, after=6)
CELL: Final = TextStyle(9, 12.5)
CELL_HEAD: Final = TextStyle(8.5, 11.5, "Bold", colour=ACCENT, hyphenate=True)
CAPTION: Final = TextStyle(9, 13, "SemiBold", before=12, after=5, hyphenate=False, keep_next=True)
TOC: Final = (
    TextStyle(10.5, 15, "Bold", before=7, after=2, hyphenate=False),
    TextStyle(10, 14, before=0, after=2, indent=14, hyphenate=False),
    TextStyle(9.5, 13.5, colour=QUIET, after=1.5, indent=28, hyphenate=False),
)
LABEL: Final = TextStyle(9, 13, colour=QUIET, hyphenate=False)
RUNNING: Final = TextStyle(8, 10, colour=QUIET, hyphenate=False)
COVER_TITLE: Final = TextStyle(30, 36, "Black", colour=ACCENT, after=10, hyphenate=False)
COVER_SUBTITLE: Final = TextStyle(15, 21, "Light", after=8, hyphenate=False)

HEADINGS: Final = (
    TextStyle(22, 27, "Bold", ACCENT, before=30, after=14, hyphenate=False, keep_next=True),
    TextStyle(14.5, 19, "Bold", before=22, after=7, hyphenate=False, keep_next=True),
    TextStyle(11.5, 15.5, "Bold", before=15, after=4, hyphenate=False, keep_next=True),
    TextStyle(10, 15, "Bold", QUIET, before=10, after=2, hyphenate=False, keep_next=True),
)


@dataclass(frozen=True, slots=True)
class PageFormat:
    """A sheet and its margins."""

    width: float
    height: float
    left: float
    right: float
    top: float
    bottom: float

    @property
    def measure(self) -> float:
        """The width of the text."""
        return self.width - self.left - self.right

    @property
    def depth(self) -> float:
        """The height of the text."""
        return self.height - self.top - self.bottom


_SHORT, _LONG = 210 * MM, 297 * MM
PORTRAIT: Final = PageFormat(_SHORT, _LONG, 26 * MM, 24 * MM, 30 * MM, 26 * MM)
LANDSCAPE: Final = PageFormat(_LONG, _SHORT, 20 * MM, 20 * MM, 26 * MM, 20 * MM)
