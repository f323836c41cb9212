"""The three series of every picture - present, wanted, model - drawn the same way everywhere.

Present is a filled bar, wanted an outline that reaches further, the model a line of its own: told
apart by shape before colour, so that a grey printer and colour-blind eyes lose nothing.
"""

from sat_desktop.charts.furniture import Key
from sat_desktop.charts.look import Look
from sat_desktop.charts.sheet import Box, Sheet
from sat_desktop.runtime.i18n import Language


def draw_present(sheet: Sheet, box: Box) -> None:
    """Draw the filled bar of the present level."""
    sheet.box(box, fill=sheet.look.palette.present)


def draw_wanted(sheet: Sheet, box: Box) -> None:
    """Draw the outline of the wanted level, around the bar of the present one."""
    sheet.box(box, edge=sheet.look.palette.wanted, line=sheet.look.size(1.5), layer=2)


def draw_range(sheet: Sheet, left: float, right: float, centre: float, cap: float) -> None:
    """Draw the whisker of what unanswered indicators leave open."""
    ink, line = sheet.look.palette.text, sheet.look.size(1.0)
    sheet.line([(left, centre), (right, centre)], ink, line, layer=2)
    for x in (left, right):
        sheet.line([(x, centre - cap), (x, centre + cap)], ink, line, layer=2)


def series_keys(look: Look, language: Language, *, ranges: bool) -> list[Key]:
    """Return the key of the bars; the range stands in it only where one is drawn."""
    palette = look.palette

    def present(sheet: Sheet, box: Box) -> None:
        draw_present(sheet, Box(box.x, box.y + box.h * 0.15, box.w, box.h * 0.7))

    def wanted(sheet: Sheet, box: Box) -> None:
        draw_wanted(sheet, Box(box.x, box.y, box.w, box.h))

    def model(sheet: Sheet, box: Box) -> None:
        x = box.x + box.w / 2
        ends = [(x, box.y - look.size(1)), (x, box.y + box.h + look.size(1))]
        sheet.line(ends, palette.model, look.size(2))

    def whisker(sheet: Sheet, box: Box) -> None:
        draw_range(sheet, box.x, box.x + box.w, box.y + box.h / 2, box.h * 0.35)

    entries = [
        Key(language.t("now"), present),
        Key(language.t("wanted"), wanted),
        Key(language.t("model (100%)"), model, 6),
    ]
    if ranges:
        entries.append(Key(language.t("possible range while answers are missing"), whisker))
    return entries
