"""Where the team disagrees: the levels that members gave, indicator by indicator."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from sat_desktop.charts.chart import Chart, Facts, Table
from sat_desktop.charts.dimensions import NO_FACTS
from sat_desktop.charts.furniture import MARGIN, Key, calm, code_width, heading, keys, numbered
from sat_desktop.charts.lettering import clean, line_height, width_of, wrap
from sat_desktop.charts.look import BODY, SMALL, Look
from sat_desktop.charts.sheet import Box, Sheet
from sat_desktop.domain.consensus import Consensus, by_disagreement
from sat_desktop.domain.questionnaire import Questionnaire
from sat_desktop.runtime.i18n import Language
from sat_desktop.runtime.palette import ink_on

MOST: Final = 15


@dataclass(frozen=True, slots=True)
class Spread:
    """One indicator: how many members gave each level from 0 up."""

    id: str
    code: str
    name: str
    counts: tuple[int, ...]
    not_applicable: int
    agreement: Fraction | None
    suggested: int | None

    @property
    def label(self) -> str:
        """Its code and name."""
        return numbered(self.code, self.name)


def spread_data(
    questionnaire: Questionnaire, consensus: Mapping[str, Consensus], language: Language
) -> tuple[Spread, ...]:
    """Return every indicator that somebody dealt with, the deepest disagreement first."""
    found = []
    for item in by_disagreement(consensus):
        indicator = questionnaire.indicators[item.id]
        counts = Counter(item.levels.values())
        found.append(
            Spread(
                item.id,
                indicator.code,
                indicator.name.get(language.code),
                tuple(counts[level] for level in range(questionnaire.n + 1)),
                item.not_applicable,
                item.agreement,
                item.suggested,
            )
        )
    return tuple(found)


def describe_spread(rows: tuple[Spread, ...], language: Language) -> str:
    """Say how many indicators the team sees differently, and on which it is farthest apart."""
    t = language.t
    if not rows:
        return t("No member has answered yet.")
    apart = [r for r in rows if r.not_applicable and any(r.counts)]
    apart += [r for r in rows if r not in apart and r.agreement is not None and r.agreement < 1]
    if not apart:
        return t("Nowhere do the members disagree.")
    parts = [
        language.n(
            "The members see {count} indicator differently.",
            "The members see {count} indicators differently.",
            len(apart),
        )
    ]
    first = [_told(row, language) for row in apart[:3]]
    parts.append(t("To talk over first: {names}.", names="; ".join(first)))
    return " ".join(parts)


def _told(row: Spread, language: Language) -> str:
    if row.not_applicable:
        return language.t(
            "{name} (agreement {value}; not applicable, say {number})",
            name=row.label,
            value=language.percent(row.agreement),
            number=row.not_applicable,
        )
    value = language.percent(row.agreement)
    return language.t("{name} (agreement {value})", name=row.label, value=value)


def draw_consensus(
    questionnaire: Questionnaire,
    consensus: Mapping[str, Consensus],
    look: Look,
    language: Language,
    facts: Facts = NO_FACTS,
    most: int = MOST,
) -> Chart:
    """Draw the `most` deepest disagreements; the table has every indicator."""
    rows, t = spread_data(questionnaire, consensus, language), language.t
    title = t("Where the team disagrees")
    alternative = describe_spread(rows, language)
    header = (
        t("Code"),
        t("Indicator"),
        *(str(level) for level in range(questionnaire.n + 1)),
        t("Not applicable"),
        t("Agreement"),
        t("Suggested level"),
    )
    if not rows:
        return calm("consensus", title, alternative, look, header)
    table = tuple(
        (
            row.code,
            row.name,
            *(str(count) for count in row.counts),
            str(row.not_applicable),
            language.percent(row.agreement),
            "-" if row.suggested is None else str(row.suggested),
        )
        for row in rows
    )
    picture = _Spreads(rows[: max(1, most)], look, language)
    height = picture.draw(title, str(facts))
    return Chart(
        "consensus",
        title,
        picture.sheet.figure(height),
        alternative,
        Table(header, table),
        picture.sheet.regions(height),
    )


class _Spreads:
    def __init__(self, rows: tuple[Spread, ...], look: Look, language: Language) -> None:
        self.rows, self.look, self.language = rows, look, language
        self.sheet = Sheet(look)
        self.size = look.size(BODY)
        self.n = len(rows[0].counts) - 1
        self.mark_not_applicable = any(row.not_applicable for row in rows)
        inner = self.sheet.width - 2 * MARGIN
        self.codes = code_width([row.code for row in rows], self.size)
        words = [language.t("agreement"), language.percent(Fraction(1))]
        self.value = max(width_of(clean(w), self.size, "bold") for w in words) + look.size(12)
        self.names = (inner if look.narrow else 0.42 * inner) - self.codes
        start = MARGIN + look.size(10) + (0.0 if look.narrow else 0.42 * inner + look.size(10))
        self.left = start
        self.right = self.sheet.width - MARGIN - self.value - look.size(12)

    def at(self, place: int) -> float:
        """Return the abscissa of a level; beyond the last one stands "not applicable"."""
        return self.left + (self.right - self.left) * place / (self.n + self.mark_not_applicable)

    def draw(self, title: str, subtitle: str) -> float:
        sheet, look, muted = self.sheet, self.look, self.look.palette.muted
        top = keys(sheet, heading(sheet, title, subtitle), self._keys()) + look.size(6)
        for level in range(self.n + 1):
            sheet.block([str(level)], self.at(level), top, self.size, "bold", muted, "center")
        if self.mark_not_applicable:
            short = self.language.t("n/a")
            sheet.block([short], self.at(self.n + 1), top, self.size, "bold", muted, "center")
        right = sheet.width - MARGIN
        words = self.language.t("agreement")
        sheet.block([words], right, top, self.size, colour=muted, anchor="right")
        top += line_height(self.size) + look.size(4)
        heights = [self._height(row) for row in self.rows]
        spare = max(0.0, look.points_high - MARGIN - top - sum(heights))
        extra = min(spare / len(heights), look.size(8))
        for row, height in zip(self.rows, heights, strict=True):
            self._row(row, top, height + extra)
            top += height + extra
        return max(top + MARGIN, look.points_high)

    def _keys(self) -> list[Key]:
        def members(sheet: Sheet, box: Box) -> None:
            self._count(sheet, box.x + box.w / 2, box.y + box.h / 2, 2)

        return [Key(self.language.t("number of members who gave this level"), members, 15)]

    def _count(self, sheet: Sheet, x: float, y: float, count: int) -> None:
        look, fill = self.look, self.look.palette.present
        sheet.marker((x, y), look.size(7), "circle", fill)
        words = str(count) if count < 100 else "99+"
        sheet.middle(words, x, y, look.size(SMALL), "bold", ink_on(fill), "center")

    def _lines(self, row: Spread) -> tuple[str, ...]:
        return wrap(row.name, self.names, self.size, most=2)

    def _height(self, row: Spread) -> float:
        text = len(self._lines(row)) * line_height(self.size)
        if self.look.narrow:
            return text + self.look.size(26)
        return max(text, self.look.size(16)) + self.look.size(6)

    def _row(self, row: Spread, top: float, height: float) -> None:
        sheet, look = self.sheet, self.look
        lines = self._lines(row)
        text = len(lines) * line_height(self.size)
        first, centre = top, top + text + look.size(10)
        if not look.narrow:
            centre = top + height / 2
            first = centre - text / 2
        if row.code:
            sheet.block([row.code[:24]], MARGIN, first, self.size, colour=look.palette.muted)
        sheet.block(lines, MARGIN + self.codes, first, self.size)
        ends = [(self.at(0), centre), (self.at(self.n + self.mark_not_applicable), centre)]
        sheet.line(ends, look.grid, look.size(0.7))
        given = [level for level, count in enumerate(row.counts) if count]
        if len(given) > 1:
            ends = [(self.at(given[0]), centre), (self.at(given[-1]), centre)]
            sheet.line(ends, look.palette.present, look.size(2), layer=1)
        for level in given:
            self._count(sheet, self.at(level), centre, row.counts[level])
        if row.not_applicable:
            x, side = self.at(self.n + 1), look.size(12)
            box = Box(x - side / 2, centre - side / 2, side, side)
            sheet.box(box, look.ground, look.palette.control, look.size(1))
            words = str(row.not_applicable) if row.not_applicable < 100 else "99+"
            sheet.middle(words, x, centre, look.size(SMALL), "bold", anchor="center")
        words = self.language.percent(row.agreement)
        sheet.middle(words, sheet.width - MARGIN, centre, self.size, "bold", anchor="right")
        counts = ", ".join(f"{level}: {row.counts[level]}" for level in given)
        region = Box(MARGIN, top, sheet.width - 2 * MARGIN, height)
        sheet.region(row.id, region.corners, f"{row.label}\n{counts}".rstrip())
