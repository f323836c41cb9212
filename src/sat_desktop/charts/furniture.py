"""What pictures share: title, key of marks, a calm picture for no data, lists in a sentence."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from sat_desktop.charts.chart import Chart, Table
from sat_desktop.charts.lettering import clean, line_height, width_of, wrap
from sat_desktop.charts.look import BODY, TITLE, Look
from sat_desktop.charts.sheet import Box, Sheet
from sat_desktop.runtime.i18n import Language

MARGIN: Final = 14.0
"""Empty edge of every picture in points."""


@dataclass(frozen=True, slots=True)
class Key:
    """One entry of the key of marks.

    Attributes:
        draw: draws the sample into a box.
        wide: width of that box at a scale of 1.
    """

    label: str
    draw: Callable[[Sheet, Box], None]
    wide: float = 20.0


def heading(sheet: Sheet, title: str, subtitle: str = "") -> float:
    """Write the title at the top left; return where the content begins."""
    look, top = sheet.look, MARGIN
    inner = sheet.width - 2 * MARGIN
    if not look.titled:
        return top
    size = look.size(TITLE)
    top = sheet.block(wrap(title, inner, size, "bold", 3), MARGIN, top, size, "bold")
    if subtitle:
        size = look.size(BODY)
        lines = wrap(subtitle, inner, size, most=2)
        top = sheet.block(lines, MARGIN, top + look.size(1), size, colour=look.palette.muted)
    return top + look.size(8)


def keys(sheet: Sheet, top: float, entries: Sequence[Key]) -> float:
    """Draw the key of marks in as many lines as it needs; return where the content goes on."""
    look = sheet.look
    size, high = look.size(BODY), look.size(9)
    gap, x, right = look.size(5), MARGIN, sheet.width - MARGIN
    height = line_height(size) + look.size(3)
    for entry in entries:
        sample = look.size(entry.wide)
        room = right - MARGIN - sample - gap
        label = wrap(entry.label, room, size, most=1)[0]
        wide = sample + gap + width_of(label, size)
        if x > MARGIN and x + wide > right:
            x, top = MARGIN, top + height
        centre = top + height / 2
        entry.draw(sheet, Box(x, centre - high / 2, sample, high))
        sheet.middle(label, x + sample + gap, centre, size)
        x += wide + look.size(18)
    return top + height


def calm(kind: str, title: str, sentence: str, look: Look, header: tuple[str, ...]) -> Chart:
    """Return the picture of having nothing to show: a sentence instead of empty axes."""
    sheet = Sheet(look)
    top = heading(sheet, title) + look.size(6)
    size = look.size(BODY + 1)
    lines = wrap(sentence, sheet.width - 2 * MARGIN, size, most=6)
    bottom = sheet.block(lines, MARGIN, top, size, colour=look.palette.muted)
    height = max(bottom + MARGIN, look.points_high)
    return Chart(kind, title, sheet.figure(height), sentence, Table(header, ()), ())


def listed(names: Sequence[str], language: Language, most: int = 3) -> str:
    """Return names in a sentence, the rest as a count: "A, B, C and 4 more"."""
    shown = ", ".join(" ".join(name.split()) for name in names[:most])
    rest = len(names) - most
    if rest <= 0:
        return shown
    return language.n("{names} and {count} more", "{names} and {count} more", rest, names=shown)


def numbered(code: str, name: str) -> str:
    """Return a name with its code before it, as people say it."""
    return f"{code} {name}" if code else name


def code_width(codes: Sequence[str], size: float) -> float:
    """Return the width of a column of codes with the space after it, 0 where there are none."""
    widest = max((width_of(clean(code[:24]), size) for code in codes), default=0.0)
    return widest + 0.6 * size if widest else 0.0
