"""The dimensions as bars: present, wanted and model level, with the level attained."""

from fractions import Fraction
from itertools import groupby
from typing import Final

from sat_desktop.charts.chart import Chart, Facts
from sat_desktop.charts.furniture import MARGIN, calm, code_width, heading, keys
from sat_desktop.charts.lettering import clean, line_height, shorten, width_of, wrap
from sat_desktop.charts.look import BODY, SMALL, Look
from sat_desktop.charts.nodes import (
    DimensionRow,
    NodeData,
    describe_nodes,
    node_data,
    node_header,
    node_table,
    node_tip,
)
from sat_desktop.charts.series import draw_present, draw_range, draw_wanted, series_keys
from sat_desktop.charts.sheet import Anchor, Box, Sheet
from sat_desktop.domain.gaps import Gaps
from sat_desktop.domain.questionnaire import Questionnaire
from sat_desktop.domain.scores import Scores
from sat_desktop.runtime.i18n import Language

NO_FACTS = Facts()

_LEAST_BARS: Final = 0.33
"""Share of the width that the bars have at least, before the levels beside them give way."""


def draw_dimensions(
    questionnaire: Questionnaire,
    scores: Scores,
    gaps: Gaps,
    look: Look,
    language: Language,
    facts: Facts = NO_FACTS,
) -> Chart:
    """Draw one row a dimension, under the name of its area."""
    return bars(
        node_data(questionnaire, scores, gaps, language), look, language, "dimensions", facts
    )


def bars(
    data: NodeData,
    look: Look,
    language: Language,
    kind: str,
    facts: Facts,
    title: str = "",
    note: str = "",
) -> Chart:
    """Draw the rows of `data` under a title of their own; `note` begins the text alternative."""
    title = title or language.t("Present, wanted and model level")
    described = describe_nodes(data, language)
    alternative = f"{note} {described}" if note else described
    if not data.rated:
        return calm(kind, title, alternative, look, node_header(data, language))
    picture = _Bars(data, look, language)
    height = picture.draw(title, str(facts))
    return Chart(
        kind,
        title,
        picture.sheet.figure(height),
        alternative,
        node_table(data, language),
        picture.sheet.regions(height),
    )


class _Bars:
    """Lays out rows of name, bars and values; in a narrow picture the name stands above its bar."""

    def __init__(self, data: NodeData, look: Look, language: Language) -> None:
        self.data, self.look, self.language = data, look, language
        self.sheet = Sheet(look)
        self.size = look.size(BODY)
        self.narrow = look.narrow
        values = [language.percent(v) for row in data.rows for v in (row.present, row.wanted)]
        values += [language.t("now"), language.t("wanted")]
        self.value = max(width_of(clean(v), self.size, "bold") for v in values) + look.size(10)
        self.codes = code_width([row.code for row in data.rows], self.size)
        right = self.sheet.width - MARGIN
        if self.narrow:
            self.left, self.level = MARGIN + self.codes, 0.0
            self.names = right - self.left - 2 * self.value - look.size(8)
        else:
            inner = right - MARGIN
            longest = max(width_of(clean(level[:60]), self.size) for level in data.levels)
            heading_width = width_of(clean(language.t("attained level")), self.size)
            self.level = min(max(longest, heading_width), 0.17 * inner) + look.size(8)
            widest = max(width_of(clean(row.name[:200]), self.size) for row in data.rows)
            self.names = min(widest + look.size(2), 0.33 * inner - self.codes)
            self.left = MARGIN + self.codes + self.names + look.size(12)
        self.right = right - self.level - 2 * self.value - look.size(8)
        if self.level and self.right - self.left < _LEAST_BARS * (right - MARGIN):
            # The bars are what is looked at; the level attained stands in the table as well.
            self.right += self.level
            self.level = 0.0

    def at(self, share: float) -> float:
        """Return the abscissa of an index."""
        return self.left + (self.right - self.left) * share

    def draw(self, title: str, subtitle: str) -> float:
        sheet, look = self.sheet, self.look
        top = heading(sheet, title, subtitle)
        ranges = any(row.low != row.high for row in self.data.rows)
        top = keys(sheet, top, series_keys(look, self.language, ranges=ranges)) + look.size(6)
        rows, head = self._rows(), look.size(16)
        needed = sum(height for _, height in rows) + head
        # What is left of a given height is shared out, up to a row that still reads as a row.
        spare = max(0.0, look.points_high - MARGIN - top - needed)
        bodies = sum(row is not None for row, _ in rows)
        extra = min(spare / max(1, bodies), look.size(16))
        self._columns(top)
        top += head
        start = top
        for row, height in rows:
            if row is None:
                top += height
                continue
            if isinstance(row, str):
                self._area(row, top + height)
                top += height
                continue
            self._row(row, top, height + extra)
            top += height + extra
        if not self.narrow:
            self._grid(start, top)
        return max(top + MARGIN, look.points_high)

    def _rows(self) -> list[tuple[DimensionRow | str | None, float]]:
        found: list[tuple[DimensionRow | str | None, float]] = []
        for area, members in groupby(self.data.rows, key=lambda row: row.area):
            if area:
                found.append((area, self.look.size(20)))
            found += [(row, self._height(row)) for row in members]
        return found

    def _lines(self, row: DimensionRow) -> tuple[str, ...]:
        return wrap(row.name, self.names, self.size, most=4 if self.narrow else 3)

    def _height(self, row: DimensionRow) -> float:
        text = len(self._lines(row)) * line_height(self.size)
        if self.narrow:
            return text + self.look.size(24) + line_height(self.size) + self.look.size(8)
        level = len(wrap(row.level, self.level, self.size, most=2)) if self.level else 1
        return max(text, level * line_height(self.size), self.look.size(16)) + self.look.size(8)

    def _columns(self, top: float) -> None:
        muted, size, baseline = self.look.palette.muted, self.size, top + self.look.size(9)
        right = self.sheet.width - MARGIN - self.level
        self.sheet.words(
            self.language.t("wanted"), right, baseline, size, colour=muted, anchor="right"
        )
        self.sheet.words(
            self.language.t("now"), right - self.value, baseline, size, colour=muted, anchor="right"
        )
        if self.level:
            words = shorten(clean(self.language.t("attained level")), self.level - 8, size)
            x = self.sheet.width - MARGIN - self.level + self.look.size(10)
            self.sheet.words(words, x, baseline, size, colour=muted)
        small = self.look.size(SMALL)
        end = right - 2 * self.value
        for share in (0, 50, 100):
            words = self.language.percent(Fraction(share, 100))
            x = self.at(share / 100)
            anchor: Anchor = "left" if share == 0 else "center"
            if share == 50 and self.right - self.left < look_room(self.look):
                continue
            if share == 100 and x + width_of(words, small) / 2 > end:
                anchor = "right"
            self.sheet.words(words, x, baseline, small, colour=muted, anchor=anchor)

    def _grid(self, top: float, bottom: float) -> None:
        palette = self.look.palette
        for share in (0.0, 0.25, 0.5, 0.75):
            x = self.at(share)
            self.sheet.line([(x, top), (x, bottom)], self.look.grid, self.look.size(0.6))
        x = self.at(1.0)
        self.sheet.line([(x, top), (x, bottom)], palette.model, self.look.size(2), layer=1)

    def _area(self, name: str, bottom: float) -> None:
        size = self.look.size(BODY)
        room = (self.sheet.width if self.narrow else self.right) - 2 * MARGIN
        words = wrap(name, room, size, "bold", most=1)[0]
        if not self.narrow:
            # The lines of the scale pass behind the name, not through it.
            high, wide = line_height(size), width_of(words, size, "bold") + self.look.size(4)
            plate = Box(MARGIN, bottom - self.look.size(5) - 0.8 * high, wide, high)
            self.sheet.box(plate, self.look.ground, layer=3)
        self.sheet.words(words, MARGIN, bottom - self.look.size(5), size, "bold")

    def _row(self, row: DimensionRow, top: float, height: float) -> None:
        sheet, look, muted = self.sheet, self.look, self.look.palette.muted
        lines = self._lines(row)
        text = len(lines) * line_height(self.size)
        if self.narrow:
            first, centre = top, top + text + look.size(9)
        else:
            centre = top + height / 2
            first = centre - text / 2
        if row.code:
            sheet.block([row.code[:24]], MARGIN, first, self.size, colour=muted)
        sheet.block(lines, MARGIN + self.codes, first, self.size)
        if self.narrow:
            # Lines through the names would spoil them: each bar has its own piece of the scale.
            self._grid(centre - look.size(8), centre + look.size(11))
        self._marks(row, centre)
        right = sheet.width - MARGIN - self.level
        percent = self.language.percent
        sheet.middle(percent(row.wanted), right, centre, self.size, anchor="right")
        sheet.middle(
            percent(row.present), right - self.value, centre, self.size, "bold", anchor="right"
        )
        level = row.level or self.language.t("not rated")
        if self.narrow:
            words = wrap(level, self.names, self.size, most=1)
            sheet.block(words, self.left, top + text + look.size(24), self.size, colour=muted)
        elif self.level:
            words = wrap(level, self.level - look.size(10), self.size, most=2)
            x, high = right + look.size(10), len(words) * line_height(self.size)
            sheet.block(words, x, centre - high / 2, self.size)
        box = Box(MARGIN, top, sheet.width - 2 * MARGIN, height)
        sheet.region(row.id, box.corners, node_tip(row, self.language))

    def _marks(self, row: DimensionRow, centre: float) -> None:
        if row.present is None or row.wanted is None:
            return
        outer, inner = self.look.size(13), self.look.size(8)
        present, wanted = self.at(float(row.present)), self.at(float(row.wanted))
        draw_present(self.sheet, Box(self.left, centre - inner / 2, present - self.left, inner))
        draw_wanted(self.sheet, Box(self.left, centre - outer / 2, wanted - self.left, outer))
        if row.low is not None and row.high is not None and row.low != row.high:
            low, high = self.at(float(row.low)), self.at(float(row.high))
            below = centre + outer / 2 + self.look.size(3.2)
            draw_range(self.sheet, low, high, below, self.look.size(2))


def look_room(look: Look) -> float:
    """Return the width below which an axis has no room for a figure in its middle."""
    return look.size(90)
