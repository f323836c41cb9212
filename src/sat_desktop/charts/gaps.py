"""The gaps in order of priority: from the present level to the wanted one."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from sat_desktop.charts.chart import Chart, Facts, Table
from sat_desktop.charts.dimensions import NO_FACTS
from sat_desktop.charts.furniture import (
    MARGIN,
    Key,
    calm,
    code_width,
    heading,
    keys,
    listed,
    numbered,
)
from sat_desktop.charts.lettering import clean, line_height, width_of, wrap
from sat_desktop.charts.look import BODY, SMALL, Look
from sat_desktop.charts.sheet import Box, Sheet
from sat_desktop.charts.tiers import lowest_name
from sat_desktop.domain.gaps import Gaps
from sat_desktop.domain.questionnaire import Questionnaire
from sat_desktop.runtime.i18n import Language

MOST: Final = 15


@dataclass(frozen=True, slots=True)
class GapRow:
    """One indicator with a gap; `place` counts from 1."""

    id: str
    place: int
    code: str
    name: str
    group: str
    level: int
    wanted: int
    priority: Fraction
    importance: int
    effort: int

    @property
    def label(self) -> str:
        """Its code and name."""
        return numbered(self.code, self.name)


@dataclass(frozen=True, slots=True)
class GapData:
    """All gaps, most urgent first; `rated` tells whether anything could have one."""

    rows: tuple[GapRow, ...]
    levels: tuple[str, ...]
    rated: bool


def gap_data(questionnaire: Questionnaire, gaps: Gaps, language: Language) -> GapData:
    """Return what the picture of gaps shows, all gaps, most urgent first."""
    code = language.code
    rows = []
    for place, gap in enumerate(gaps.ranked(), 1):
        indicator = questionnaire.indicators[gap.id]
        group = questionnaire.nodes[questionnaire.group_of[gap.id]]
        if gap.level is None or gap.wanted is None or gap.priority is None:
            continue
        rows.append(
            GapRow(
                gap.id,
                place,
                indicator.code,
                indicator.name.get(code),
                numbered(group.code, group.name.get(code)),
                gap.level,
                gap.wanted,
                gap.priority,
                gap.importance,
                gap.effort,
            )
        )
    levels = tuple(questionnaire.level_name(k).get(code) for k in range(questionnaire.n + 1))
    rated = any(gap.level is not None for gap in gaps.indicators.values())
    return GapData(tuple(rows), levels, rated)


def priority_words(priority: Fraction, language: Language) -> str:
    """Return a priority as people read it: whole where it is whole, else one decimal."""
    return language.number(priority, 0 if priority.denominator == 1 else 1)


def describe_gaps(data: GapData, shown: int, language: Language) -> str:
    """Say how many gaps there are, which come first, and which is the widest."""
    t = language.t
    if not data.rated:
        return t("No indicator has been rated yet, so there are no gaps to show.")
    if not data.rows:
        return t("No indicator lies below its wanted level.")
    parts = [
        language.n(
            "{count} indicator lies below its wanted level.",
            "{count} indicators lie below their wanted level.",
            len(data.rows),
        )
    ]
    if shown < len(data.rows):
        parts.append(
            language.n(
                "The picture shows the {count} most urgent one.",
                "The picture shows the {count} most urgent ones.",
                shown,
            )
        )
    first = [
        t(
            "{name} from {level} to {wanted}, priority {priority}",
            name=row.label,
            level=row.level,
            wanted=row.wanted,
            priority=priority_words(row.priority, language),
        )
        for row in data.rows[:3]
    ]
    parts.append(t("Most urgent: {names}.", names="; ".join(first)))
    widest = max(row.wanted - row.level for row in data.rows)
    far = [row.label for row in data.rows if row.wanted - row.level == widest]
    parts.append(
        language.n(
            "Widest gap: {count} level ({names}).",
            "Widest gap: {count} levels ({names}).",
            widest,
            names=listed(far, language),
        )
    )
    return " ".join(parts)


def draw_gaps(
    questionnaire: Questionnaire,
    gaps: Gaps,
    look: Look,
    language: Language,
    facts: Facts = NO_FACTS,
    most: int = MOST,
) -> Chart:
    """Draw the `most` most urgent gaps; the table has them all."""
    data = gap_data(questionnaire, gaps, language)
    shown = data.rows[: max(1, most)]
    title = language.t("Gaps in order of priority")
    if len(shown) < len(data.rows):
        title = language.t(
            "The {shown} most urgent of {all} gaps", shown=len(shown), all=len(data.rows)
        )
    alternative = describe_gaps(data, len(shown), language)
    t = language.t
    header = (
        t("Place"),
        t("Code"),
        t("Indicator"),
        lowest_name(questionnaire, language),
        t("Level"),
        t("Wanted"),
        t("Importance"),
        t("Effort"),
        t("Priority"),
    )
    if not shown:
        return calm("gaps", title, alternative, look, header)
    rows = tuple(
        (
            str(r.place),
            r.code,
            r.name,
            r.group,
            f"{r.level} – {data.levels[r.level]}",
            f"{r.wanted} – {data.levels[r.wanted]}",
            str(r.importance),
            str(r.effort),
            priority_words(r.priority, language),
        )
        for r in data.rows
    )
    picture = _Dumbbells(data, shown, look, language)
    height = picture.draw(title, str(facts))
    return Chart(
        "gaps",
        title,
        picture.sheet.figure(height),
        alternative,
        Table(header, rows),
        picture.sheet.regions(height),
    )


class _Dumbbells:
    def __init__(
        self, data: GapData, shown: tuple[GapRow, ...], look: Look, language: Language
    ) -> None:
        self.data, self.shown, self.look, self.language = data, shown, look, language
        self.sheet = Sheet(look)
        self.size = look.size(BODY)
        self.n = len(data.levels) - 1
        inner = self.sheet.width - 2 * MARGIN
        self.codes = code_width([row.code for row in shown], self.size)
        words = [priority_words(row.priority, language) for row in shown]
        words.append(language.t("priority"))
        self.value = max(width_of(clean(w), self.size, "bold") for w in words) + look.size(14)
        self.names = inner - self.codes if look.narrow else 0.42 * inner - self.codes
        start = MARGIN + look.size(12) if look.narrow else MARGIN + 0.42 * inner + look.size(34)
        self.left = start
        self.right = self.sheet.width - MARGIN - self.value - look.size(16)

    def at(self, level: int) -> float:
        """Return the abscissa of a level."""
        return self.left + (self.right - self.left) * level / self.n

    def draw(self, title: str, subtitle: str) -> float:
        sheet, look = self.sheet, self.look
        top = heading(sheet, title, subtitle)
        top = keys(sheet, top, self._keys()) + look.size(6)
        top = self._scale(top)
        heights = [self._height(row) for row in self.shown]
        spare = max(0.0, look.points_high - MARGIN - top - sum(heights))
        extra = min(spare / len(heights), look.size(8))
        start = top
        for row, height in zip(self.shown, heights, strict=True):
            self._row(row, top, height + extra)
            top += height + extra
        if not look.narrow:
            self._grid(start, top)
        return max(top + MARGIN, look.points_high)

    def _keys(self) -> list[Key]:
        palette, look = self.look.palette, self.look

        def now(sheet: Sheet, box: Box) -> None:
            place = (box.x + box.w / 2, box.y + box.h / 2)
            sheet.marker(place, look.size(4.2), "circle", palette.present)

        def wanted(sheet: Sheet, box: Box) -> None:
            place = (box.x + box.w / 2, box.y + box.h / 2)
            sheet.marker(
                place, look.size(4.2), "square", look.ground, palette.wanted, look.size(1.8)
            )

        t = self.language.t
        return [Key(t("level now"), now, 10), Key(t("wanted level"), wanted, 10)]

    def _scale(self, top: float) -> float:
        """Write the levels over the plot: number and name where the name has room."""
        sheet, look, muted = self.sheet, self.look, self.look.palette.muted
        small = look.size(SMALL)
        step = (self.right - self.left) / self.n
        # In a narrow picture the first name is moved to the right, so names need more distance.
        room = step - look.size(20 if look.narrow else 6)
        names = [wrap(name, room, small, most=3) for name in self.data.levels]
        whole = all(not line.endswith("…") for lines in names for line in lines)
        widest = max(
            (width_of(w, small) for name in self.data.levels for w in clean(name[:90]).split(" ")),
            default=0,
        )
        if not whole or widest > room:
            names = [() for _ in names]
        high = max(map(len, names), default=0) * line_height(small)
        for level, lines in enumerate(names):
            x = self.at(level)
            half = max((width_of(line, small) for line in lines), default=0.0) / 2
            middle = max(x, MARGIN + half)
            begin = top + high - len(lines) * line_height(small)
            sheet.block(lines, middle, begin, small, colour=muted, anchor="center")
            sheet.block([str(level)], x, top + high, self.size, "bold", muted, "center")
        right = sheet.width - MARGIN
        sheet.block(
            [self.language.t("priority")],
            right,
            top + high,
            self.size,
            colour=muted,
            anchor="right",
        )
        return top + high + line_height(self.size) + look.size(4)

    def _lines(self, row: GapRow) -> tuple[str, ...]:
        return wrap(row.name, self.names, self.size, most=2)

    def _height(self, row: GapRow) -> float:
        text = len(self._lines(row)) * line_height(self.size)
        if self.look.narrow:
            return text + self.look.size(22)
        return max(text, self.look.size(14)) + self.look.size(5)

    def _grid(self, top: float, bottom: float) -> None:
        for level in range(self.n + 1):
            x = self.at(level)
            self.sheet.line([(x, top), (x, bottom)], self.look.grid, self.look.size(0.6))

    def _row(self, row: GapRow, top: float, height: float) -> None:
        sheet, look, palette = self.sheet, self.look, self.look.palette
        lines = self._lines(row)
        text = len(lines) * line_height(self.size)
        first, centre = top, top + text + look.size(9)
        if not look.narrow:
            centre = top + height / 2
            first = centre - text / 2
        else:
            self._grid(centre - look.size(7), centre + look.size(7))
        if row.code:
            sheet.block([row.code[:24]], MARGIN, first, self.size, colour=palette.muted)
        sheet.block(lines, MARGIN + self.codes, first, self.size)
        begin, end = self.at(row.level), self.at(row.wanted)
        sheet.line([(begin, centre), (end, centre)], palette.control, look.size(2), layer=1)
        tip, back = look.size(6), look.size(5)
        arrow = [(end - tip, centre), (end - tip - back, centre - back * 0.7)]
        arrow.append((end - tip - back, centre + back * 0.7))
        sheet.polygon(arrow, palette.control, layer=1)
        sheet.marker((begin, centre), look.size(4.2), "circle", palette.present)
        sheet.marker(
            (end, centre), look.size(4.2), "square", look.ground, palette.wanted, look.size(1.8)
        )
        words = priority_words(row.priority, self.language)
        sheet.middle(words, sheet.width - MARGIN, centre, self.size, "bold", anchor="right")
        box = Box(MARGIN, top, sheet.width - 2 * MARGIN, height)
        tip_words = self.language.t(
            "{name} from {level} to {wanted}, priority {priority}",
            name=row.label,
            level=f"{row.level} ({self.data.levels[row.level]})",
            wanted=f"{row.wanted} ({self.data.levels[row.wanted]})",
            priority=words,
        )
        sheet.region(row.id, box.corners, tip_words)
