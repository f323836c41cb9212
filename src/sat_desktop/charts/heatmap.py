"""All indicators as cells in rows by dimension, coloured and numbered by level."""

from collections import Counter
from dataclasses import dataclass

from sat_desktop.charts.chart import Chart, Facts, Table
from sat_desktop.charts.dimensions import NO_FACTS
from sat_desktop.charts.furniture import MARGIN, Key, calm, heading, keys, listed, numbered
from sat_desktop.charts.lettering import clean, line_height, width_of, wrap
from sat_desktop.charts.look import BODY, SMALL, Look
from sat_desktop.charts.sheet import Box, Sheet
from sat_desktop.charts.tiers import lowest_name
from sat_desktop.domain.answers import State
from sat_desktop.domain.questionnaire import Questionnaire
from sat_desktop.domain.scores import Scores
from sat_desktop.runtime.i18n import Language
from sat_desktop.runtime.names import STATES


@dataclass(frozen=True, slots=True)
class HeatmapCell:
    """One indicator; `level` is None unless it is rated."""

    id: str
    code: str
    name: str
    state: State
    level: int | None
    level_name: str

    @property
    def label(self) -> str:
        """Its code and name."""
        return numbered(self.code, self.name)


@dataclass(frozen=True, slots=True)
class HeatRow:
    """The cells of one dimension."""

    id: str
    label: str
    cells: tuple[HeatmapCell, ...]


@dataclass(frozen=True, slots=True)
class HeatData:
    """All cells, and the names of the levels from 0 up."""

    rows: tuple[HeatRow, ...]
    levels: tuple[str, ...]

    @property
    def cells(self) -> tuple[HeatmapCell, ...]:
        """All cells in questionnaire order."""
        return tuple(cell for row in self.rows for cell in row.cells)

    def count(self, level: int) -> int:
        """Return how many indicators stand at a level."""
        return sum(cell.level == level for cell in self.cells)

    def count_state(self, state: State) -> int:
        """Return how many indicators are in a state."""
        return sum(cell.state is state for cell in self.cells)


def heat_data(questionnaire: Questionnaire, scores: Scores, language: Language) -> HeatData:
    """Return what the heat map shows."""
    code = language.code
    levels = tuple(questionnaire.level_name(k).get(code) for k in range(questionnaire.n + 1))
    rows = []
    for group in questionnaire.dimensions:
        cells = []
        for indicator in group.indicators:
            rating = scores.ratings[indicator.id]
            level = rating.level
            name = language.t(STATES[rating.state]) if level is None else levels[level]
            cells.append(
                HeatmapCell(
                    indicator.id,
                    indicator.code,
                    indicator.name.get(code),
                    rating.state,
                    level,
                    name,
                )
            )
        rows.append(HeatRow(group.id, numbered(group.code, group.name.get(code)), tuple(cells)))
    return HeatData(tuple(rows), levels)


def describe_heat(data: HeatData, language: Language) -> str:
    """Say how many indicators stand at each level, where most lie below, and what is missing."""
    cells = data.cells
    if not any(cell.level is not None for cell in cells):
        return language.t("No indicator has been rated yet.")
    parts = [
        language.n("{count} indicator.", "{count} indicators.", len(cells)),
        language.t(
            "By level: {counts}.",
            counts=", ".join(
                f"{name} {count}"
                for level, name in reversed(list(enumerate(data.levels)))
                if (count := data.count(level))
            ),
        ),
    ]
    below = Counter({row.label: sum(c.level == 0 for c in row.cells) for row in data.rows})
    most = max(below.values())
    if most:
        where = [label for label, count in below.items() if count == most]
        parts.append(
            language.t(
                "Most below the first level: {names} ({number} each).",
                names=listed(where, language),
                number=most,
            )
            if len(where) > 1
            else language.t(
                "Most below the first level: {names} ({number}).", names=where[0], number=most
            )
        )
    if exempted := data.count_state(State.NOT_APPLICABLE):
        parts.append(language.t("Not applicable: {number}.", number=exempted))
    if missing := [c.label for c in cells if c.state is State.UNANSWERED]:
        parts.append(
            language.t(
                "Unanswered: {number} ({names}).",
                number=len(missing),
                names=listed(missing, language),
            )
        )
    return " ".join(parts)


def draw_heatmap(
    questionnaire: Questionnaire,
    scores: Scores,
    look: Look,
    language: Language,
    facts: Facts = NO_FACTS,
) -> Chart:
    """Draw the heat map; cells shrink with their number, and their words go before they overlap."""
    data = heat_data(questionnaire, scores, language)
    title = language.t("Level of every indicator")
    alternative = describe_heat(data, language)
    header = (
        lowest_name(questionnaire, language),
        language.t("Code"),
        language.t("Indicator"),
        language.t("Level"),
        language.t("Name of the level"),
    )
    if not any(cell.level is not None for cell in data.cells):
        return calm("heatmap", title, alternative, look, header)
    rows = tuple(
        (row.label, c.code, c.name, "-" if c.level is None else str(c.level), c.level_name)
        for row in data.rows
        for c in row.cells
    )
    picture = _Heat(data, look, language)
    height = picture.draw(title, str(facts))
    return Chart(
        "heatmap",
        title,
        picture.sheet.figure(height),
        alternative,
        Table(header, rows),
        picture.sheet.regions(height),
    )


class _Heat:
    def __init__(self, data: HeatData, look: Look, language: Language) -> None:
        self.data, self.look, self.language = data, look, language
        self.sheet = Sheet(look)
        self.n = len(data.levels) - 1
        self.size = look.size(BODY)
        inner = self.sheet.width - 2 * MARGIN
        widest = max(width_of(clean(row.label[:200]), self.size) for row in data.rows)
        self.names = inner if look.narrow else min(widest + look.size(2), 0.3 * inner)
        self.left = MARGIN if look.narrow else MARGIN + self.names + look.size(12)
        self.room = self.sheet.width - MARGIN - self.left

    def draw(self, title: str, subtitle: str) -> float:
        look = self.look
        top = heading(self.sheet, title, subtitle)
        top = keys(self.sheet, top, self._keys()) + look.size(8)
        limit = max(look.points_high - MARGIN - top, look.size(330))
        cell = self._cell(limit)
        for row in self.data.rows:
            height = self._height(row, cell)
            self._row(row, top, cell, height)
            top += height
        return max(top + MARGIN, look.points_high)

    def _across(self, cell: Box) -> int:
        return max(1, int((self.room + 0.01) / cell.w))

    def _height(self, row: HeatRow, cell: Box) -> float:
        lines = -(-len(row.cells) // self._across(cell))
        label, cells = len(self._label(row)) * line_height(self.size), lines * cell.h
        return (label + cells if self.look.narrow else max(label, cells)) + self.look.size(7)

    def _label(self, row: HeatRow) -> tuple[str, ...]:
        return wrap(row.label, self.names, self.size, most=2)

    def _cell(self, limit: float) -> Box:
        """Return the largest cell with which all rows fit a height; never one too small to see.

        A row of cells fills the width where it can, up to a width that still reads as one mark.
        """
        look = self.look
        longest = max(len(row.cells) for row in self.data.rows) or 1
        share = min(self.room / longest, look.size(64))
        high = look.size(32)
        while True:
            # A little narrower than high is better than a row that breaks.
            cell = Box(0, 0, share if share > 0.7 * high else high, high)
            fits = sum(self._height(row, cell) for row in self.data.rows) <= limit
            if fits or high <= look.size(6):
                return cell
            high -= look.size(0.5)

    def _keys(self) -> list[Key]:
        def level_key(level: int) -> Key:
            def draw(sheet: Sheet, box: Box) -> None:
                square = Box(box.x, box.y - box.h * 0.25, box.w, box.w)
                self._paint(square, level, State.RATED)
                sheet.middle(
                    str(level),
                    square.x + square.w / 2,
                    box.y + box.h / 2,
                    self.look.size(SMALL),
                    "bold",
                    self.look.level_ink(level, self.n),
                    "center",
                )

            return Key(f"{self.data.levels[level]} ({self.data.count(level)})", draw, 13.5)

        def state_key(state: State) -> Key:
            def draw(_: Sheet, box: Box) -> None:
                self._paint(Box(box.x, box.y - box.h * 0.25, box.w, box.w), None, state)

            words = self.language.t(STATES[state])
            return Key(f"{words} ({self.data.count_state(state)})", draw, 13.5)

        entries = [level_key(level) for level in range(self.n + 1)]
        states = (State.NOT_APPLICABLE, State.UNANSWERED)
        return entries + [state_key(state) for state in states if self.data.count_state(state)]

    def _paint(self, box: Box, level: int | None, state: State) -> None:
        """Draw one cell without its words: unanswered is empty and dashed, exempt is crossed."""
        sheet, look, palette = self.sheet, self.look, self.look.palette
        if level is not None:
            sheet.box(box, look.level_colour(level, self.n))
            return
        line = look.size(0.8) if box.h > look.size(8) else look.size(0.5)
        inset = Box(box.x + line / 2, box.y + line / 2, box.w - line, box.h - line)
        if state is State.NOT_APPLICABLE:
            sheet.box(inset, palette.hover, palette.control, line)
            step = look.size(5) if box.w > look.size(10) else look.size(2.5)
            sheet.pattern(inset, "up", palette.control, step)
        else:
            dash = (look.size(2), look.size(1.5))
            sheet.box(inset, None, palette.control, line, dash)

    def _row(self, row: HeatRow, top: float, cell: Box, height: float) -> None:
        look, lines = self.look, self._label(row)
        tall, across = cell.h, self._across(cell)
        text = len(lines) * line_height(self.size)
        start = top
        if look.narrow:
            start = self.sheet.block(lines, MARGIN, top, self.size)
        else:
            # The name stands beside the first line of its cells.
            offset = max(0.0, (tall - text) / 2) if text < tall else 0.0
            self.sheet.block(lines, MARGIN, top + offset, self.size)
        self.sheet.region(
            row.id, Box(MARGIN, top, self.names, min(height, text + tall)).corners, row.label
        )
        space = look.size(2) if cell.h > look.size(14) else look.size(0.8)
        for place, item in enumerate(row.cells):
            box = Box(
                self.left + (place % across) * cell.w,
                start + (place // across) * tall,
                cell.w - space,
                tall - space,
            )
            self._paint(box, item.level, item.state)
            self._words(item, box)
            tip = f"{item.label}\n{item.level_name}"
            self.sheet.region(item.id, box.corners, tip)

    def _words(self, item: HeatmapCell, box: Box) -> None:
        look, sheet = self.look, self.sheet
        small, size = look.size(SMALL), look.size(BODY + 1)
        if box.h < line_height(small) or box.w < look.size(11):
            return
        ink = look.palette.text if item.level is None else look.level_ink(item.level, self.n)
        centre = box.y + box.h / 2
        words = "" if item.level is None else str(item.level)
        code = clean(item.code[:12])
        needed = width_of(code, small) + width_of("00", size, "bold") + look.size(7)
        if code and box.w >= needed and self._codes_fit:
            if item.state is State.NOT_APPLICABLE:
                # Words on a pattern need quiet around them.
                wide, high = width_of(code, small) + look.size(4), line_height(small)
                plate = Box(box.x + look.size(2), centre - high / 2, wide, high)
                sheet.box(plate, look.palette.hover, layer=3)
            sheet.middle(code, box.x + look.size(4), centre, small, colour=ink)
            sheet.middle(words, box.x + box.w - look.size(4), centre, size, "bold", ink, "right")
        elif words:
            sheet.middle(
                words, box.x + box.w / 2, centre, min(size, box.h * 0.8), "bold", ink, "center"
            )

    @property
    def _codes_fit(self) -> bool:
        return len(self.data.cells) <= 400
