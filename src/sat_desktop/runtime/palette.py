"""Colours by role, for the window, the charts and the documents alike; no Qt in here.

Three schemes, and a fourth for paper. Ordinary text reaches a WCAG contrast of 4.5:1 on every background it may stand on,
in high contrast 7:1; what has to be seen but not read (control borders, level marks) reaches 3:1.

Levels are told apart by lightness first, so that they survive a grey printer and every kind of
colour blindness: "below minimum" is warm, the levels of the scale are blue, and the higher the
level, the more it stands out from the page.
"""

import math
from dataclasses import dataclass, replace
from functools import cache
from typing import Final

SCHEMES: Final = ("light", "dark", "high-contrast")


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of one scheme, each "#RRGGBB".

    Attributes:
        scheme: its name, one of `SCHEMES`.
        dark: whether the page is darker than its text.
        background: the page; `surface`: cards, lists and fields on it; `raised`: menus, tooltips
            and what lies above surfaces; `hover`: a surface under the pointer.
        border: a quiet line between things; `control`: the edge of something one can operate.
        text, muted: ordinary words and words of second rank.
        accent, on_accent: the one colour that means "here" or "go on", and what is written on it;
            `accent_soft`: the background of what is selected.
        positive, warning, negative: verdicts as text or mark, with a `_soft` background each.
        focus: the ring around what has the keyboard.
        present, wanted, model: the three series of every chart.
    """

    scheme: str
    dark: bool
    background: str
    surface: str
    raised: str
    hover: str
    border: str
    control: str
    text: str
    muted: str
    accent: str
    on_accent: str
    accent_soft: str
    positive: str
    positive_soft: str
    warning: str
    warning_soft: str
    negative: str
    negative_soft: str
    focus: str
    present: str
    wanted: str
    model: str


LIGHT: Final = Palette(
    scheme="light",
    dark=False,
    background="#F5F6F8",
    surface="#FFFFFF",
    raised="#FFFFFF",
    hover="#EEF1F4",
    border="#DCE0E5",
    control="#848C97",
    text="#1A1F26",
    muted="#545D69",
    accent="#1F5AA0",
    on_accent="#FFFFFF",
    accent_soft="#E4EDF8",
    positive="#1B673B",
    positive_soft="#E4F2E9",
    warning="#7F4D00",
    warning_soft="#FBF0DB",
    negative="#AE241C",
    negative_soft="#FCEAE8",
    focus="#1F5AA0",
    present="#1F5AA0",
    wanted="#B25D0A",
    model="#7A828D",
)
DARK: Final = Palette(
    scheme="dark",
    dark=True,
    background="#14171B",
    surface="#1C2026",
    raised="#242A32",
    hover="#272D35",
    border="#353C46",
    control="#7F8996",
    text="#E9ECF0",
    muted="#A9B2BE",
    accent="#8DB8F0",
    on_accent="#0B1B30",
    accent_soft="#22344B",
    positive="#7FCD9B",
    positive_soft="#1C3226",
    warning="#E6B769",
    warning_soft="#372F1C",
    negative="#F39B92",
    negative_soft="#3D2523",
    focus="#8DB8F0",
    present="#8DB8F0",
    wanted="#EBA75B",
    model="#98A1AD",
)
HIGH_CONTRAST: Final = Palette(
    scheme="high-contrast",
    dark=True,
    background="#000000",
    surface="#000000",
    raised="#0D0D0D",
    hover="#262626",
    border="#FFFFFF",
    control="#FFFFFF",
    text="#FFFFFF",
    muted="#E4E4E4",
    accent="#FFD60A",
    on_accent="#000000",
    accent_soft="#2E2700",
    positive="#86F7A5",
    positive_soft="#00210B",
    warning="#FFC35C",
    warning_soft="#2B1B00",
    negative="#FFB0A8",
    negative_soft="#330705",
    focus="#35E0FF",
    present="#6FC3FF",
    wanted="#FFB454",
    model="#D0D0D0",
)
PRINT: Final = replace(
    LIGHT,
    scheme="print",
    background="#FFFFFF",
    hover="#FFFFFF",
    border="#D0D5DB",
    text="#111418",
    muted="#474F5A",
    model="#5C646F",
)
"""The light scheme on white paper, a little darker for small print; no choice of the window's."""

_PALETTES: Final = {palette.scheme: palette for palette in (LIGHT, DARK, HIGH_CONTRAST, PRINT)}

TEXT_ROLES: Final = ("text", "muted", "accent", "positive", "warning", "negative")
"""Roles that words are written in."""

BACKGROUND_ROLES: Final = ("background", "surface", "raised", "hover")
"""Backgrounds that every text role may stand on."""

TEXT_PAIRS: Final = (
    *((text, ground) for text in TEXT_ROLES for ground in BACKGROUND_ROLES),
    ("on_accent", "accent"),
    ("text", "accent_soft"),
    ("muted", "accent_soft"),
    ("accent", "accent_soft"),
    *((f"{verdict}", f"{verdict}_soft") for verdict in ("positive", "warning", "negative")),
    *(("text", f"{verdict}_soft") for verdict in ("positive", "warning", "negative")),
)
"""Every (text, background) pair the window may put together."""


def palette(scheme: str) -> Palette:
    """Return the palette of a scheme; the light one where the name is unknown.

    "print" is one too, though not among the window's `SCHEMES`.
    """
    return _PALETTES.get(scheme, LIGHT)


def _channels(colour: str) -> tuple[float, float, float]:
    red, green, blue = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    return red, green, blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


def luminance(colour: str) -> float:
    """Return the relative luminance of "#RRGGBB" as WCAG 2 defines it, 0 (black) to 1 (white)."""
    red, green, blue = (_linear(channel) for channel in _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the WCAG 2 contrast ratio of two colours, 1 to 21."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def mix(one: str, other: str, share: float) -> str:
    """Return the colour that is `share` (0..1) of the way from `one` to `other`."""
    pairs = zip(_channels(one), _channels(other), strict=True)
    return _hex(*(a + (b - a) * share for a, b in pairs))


def _hex(red: float, green: float, blue: float) -> str:
    return "#" + "".join(
        f"{round(255 * min(1.0, max(0.0, channel))):02X}" for channel in (red, green, blue)
    )


def _oklch(lightness: float, chroma: float, hue: float) -> str:
    """Return an OKLCH colour (lightness 0..1, hue in degrees) as "#RRGGBB", clipped to sRGB."""
    a = chroma * math.cos(math.radians(hue))
    b = chroma * math.sin(math.radians(hue))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    linear = (
        4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short,
    )
    return _hex(
        *(
            12.92 * channel
            if channel <= 0.0031308
            else 1.055 * max(channel, 0.0) ** (1 / 2.4) - 0.055
            for channel in linear
        )
    )


@cache
def level_colours(scheme: str, levels: int) -> tuple[str, ...]:
    """Return the colours of levels 0..`levels` of a scale, evenly spaced in lightness."""
    first, last = {
        "light": (0.655, 0.30),
        "print": (0.655, 0.30),
        "dark": (0.58, 0.91),
    }.get(scheme, (0.60, 0.95))
    colours = []
    for level in range(levels + 1):
        share = level / levels
        lightness = first + (last - first) * share
        hue = 58.0 if level == 0 else 232.0 + 28.0 * share
        chroma = 0.13 if level == 0 else 0.115 - 0.03 * share
        colours.append(_oklch(lightness, chroma, hue))
    return tuple(colours)


def ink_on(colour: str) -> str:
    """Return black or white, whichever is read better on a colour (4.5:1 at the least)."""
    return max("#000000", "#FFFFFF", key=lambda ink: contrast(ink, colour))
