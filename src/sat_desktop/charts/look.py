"""How a picture is to look: colours, size, text scale. No matplotlib in here."""

from dataclasses import dataclass
from typing import Final

from sat_desktop.runtime.palette import LIGHT, Palette, ink_on, level_colours, mix

POINTS: Final = 72
"""Points to the inch; every length inside a picture is in points."""

TITLE: Final = 13.0
BODY: Final = 9.0
SMALL: Final = 8.0
"""Sizes of type at a scale of 1, in points; nothing is smaller than `SMALL`."""


@dataclass(frozen=True, slots=True)
class Look:
    """The look of one picture.

    Attributes:
        width: in inches.
        height: in inches; the least height. A picture whose content needs more grows, because cut
            or overlapping text is worse than scrolling. None for what the content needs.
        scale: size of text and marks, 1 to 2; the width stays.
        titled: whether the title stands in the picture; False where the page around it says it.
    """

    palette: Palette = LIGHT
    width: float = 9.0
    height: float | None = None
    scale: float = 1.0
    titled: bool = True

    @property
    def points_wide(self) -> float:
        """The width in points."""
        return self.width * POINTS

    @property
    def points_high(self) -> float:
        """The least height in points, 0 when the content alone decides."""
        return (self.height or 0.0) * POINTS

    @property
    def narrow(self) -> bool:
        """Whether columns beside a plot would crush it: labels then go above the marks."""
        return self.points_wide / self.scale < 440

    @property
    def ground(self) -> str:
        """The colour the picture is drawn on."""
        return self.palette.surface

    @property
    def grid(self) -> str:
        """The colour of lines that only guide the eye; in high contrast borders are too loud."""
        border = self.palette.border
        return mix(border, self.ground, 0.62) if border == self.palette.text else border

    def size(self, points: float) -> float:
        """Return a length or a size of type at this look's scale."""
        return points * self.scale

    def level_colour(self, level: int, levels: int) -> str:
        """Return the fill of a level 0..`levels`."""
        return level_colours(self.palette.scheme, levels)[level]

    def level_ink(self, level: int, levels: int) -> str:
        """Return what is written on the fill of a level."""
        return ink_on(self.level_colour(level, levels))
