"""The dimensions as a radar: the same three series on one axis a dimension."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from sat_desktop.charts.chart import Chart, Facts
from sat_desktop.charts.dimensions import NO_FACTS, bars
from sat_desktop.charts.furniture import MARGIN, Key, calm, heading, keys
from sat_desktop.charts.lettering import clean, line_height, width_of, wrap
from sat_desktop.charts.look import BODY, Look
from sat_desktop.charts.nodes import (
    DimensionRow,
    NodeData,
    describe_nodes,
    node_data,
    node_header,
    node_table,
    node_tip,
)
from sat_desktop.charts.sheet import Anchor, Box, Point, Sheet
from sat_desktop.domain.gaps import Gaps
from sat_desktop.domain.questionnaire import Questionnaire
from sat_desktop.domain.scores import Scores
from sat_desktop.runtime.i18n import Language
from sat_desktop.runtime.palette import mix

_ANCHORS: Final[Mapping[int, Anchor]] = {-1: "right", 0: "center", 1: "left"}
"""Which end of a label touches its axis, by the side it stands on."""
FEWEST, MOST = 3, 14


def has_radar(questionnaire: Questionnaire) -> bool:
    """Tell whether a radar of a questionnaire is one, or bars that stand in for it."""
    return FEWEST <= len(questionnaire.dimensions) <= MOST


def draw_radar(
    questionnaire: Questionnaire,
    scores: Scores,
    gaps: Gaps,
    look: Look,
    language: Language,
    facts: Facts = NO_FACTS,
) -> Chart:
    """Draw the radar; bars where there are too few axes to enclose a surface, or too many to read."""
    data = node_data(questionnaire, scores, gaps, language)
    if not has_radar(questionnaire):
        as_bars = language.t(
            "Profile as bars (a radar needs {fewest} to {most} axes)", fewest=FEWEST, most=MOST
        )
        note = language.t(
            "A radar needs {fewest} to {most} axes, so bars are shown instead.",
            fewest=FEWEST,
            most=MOST,
        )
        return bars(data, look, language, "radar", facts, as_bars, note)
    title = language.t("Profile: present, wanted and model level")
    alternative = describe_nodes(data, language)
    if not data.rated:
        return calm("radar", title, alternative, look, node_header(data, language))
    picture = _Radar(data, look, language)
    height = picture.draw(title, str(facts))
    return Chart(
        "radar",
        title,
        picture.sheet.figure(height),
        alternative,
        node_table(data, language),
        picture.sheet.regions(height),
    )


@dataclass(slots=True)
class _Label:
    """The words beside one axis; `side` is -1 left of the radar, 1 right, 0 above or below it."""

    row: DimensionRow
    turn: float
    side: int
    lines: tuple[str, ...]
    top: float
    height: float


class _Radar:
    def __init__(self, data: NodeData, look: Look, language: Language) -> None:
        self.data, self.look, self.language = data, look, language
        self.sheet = Sheet(look)
        self.size = look.size(BODY)
        inner = self.sheet.width - 2 * MARGIN
        # Labels need a good part of the width on both sides; the radar has what is left.
        self.column = min(look.size(165), inner * 0.30)
        self.gap = look.size(12)
        self.radius = inner / 2 - self.column - self.gap

    def _place(self, turn: float, share: float) -> Point:
        x, y = self.centre
        r = self.radius * share
        return x + r * math.sin(turn), y - r * math.cos(turn)

    def draw(self, title: str, subtitle: str) -> float:
        look = self.look
        top = heading(self.sheet, title, subtitle)
        top = keys(self.sheet, top, self._keys()) + look.size(4)
        labels = self._labels()
        room = look.points_high - MARGIN - top
        above = max((b.height for b in labels if b.side == 0 and b.turn < 1), default=0) + self.gap
        below = max((b.height for b in labels if b.side == 0 and b.turn > 1), default=0) + self.gap
        # Labels rarely need the whole of their column: what they leave widens the radar.
        widest = max((self._width(b) for b in labels if b.side), default=0.0)
        self.radius = max(self.radius, self.sheet.width / 2 - MARGIN - widest - self.gap)
        self.radius = min(self.radius, look.size(190))
        if look.points_high:
            self.radius = min(self.radius, max(look.size(70), (room - above - below) / 2))
        stacks = [
            sum(b.height + look.size(4) for b in labels if b.side == side) for side in (-1, 1)
        ]
        # Labels of the sides keep out of the bands of the labels above and below the radar.
        middle_band = max(2 * self.radius, *stacks)
        body = max(above + middle_band + below, room if look.points_high else 0.0)
        start = top + (body - above - middle_band - below) / 2 + above
        self.bands = (start, start + middle_band)
        middle = start + middle_band / 2 - top
        self.centre = (self.sheet.width / 2, top + middle)
        self._web()
        self._series()
        self._settle(labels)
        for label in labels:
            self._write(label)
        return max(top + body + MARGIN, look.points_high)

    def _turn(self, place: int) -> float:
        return math.tau * place / len(self.data.rows)

    def _keys(self) -> list[Key]:
        palette, look = self.look.palette, self.look

        def present(sheet: Sheet, box: Box) -> None:
            sheet.box(box, mix(look.ground, palette.present, 0.28), layer=0)
            y = box.y + box.h / 2
            sheet.line([(box.x, y), (box.x + box.w, y)], palette.present, look.size(2), layer=1)
            sheet.marker((box.x + box.w / 2, y), look.size(3), "circle", palette.present)

        def wanted(sheet: Sheet, box: Box) -> None:
            y = box.y + box.h / 2
            ends = [(box.x, y), (box.x + box.w, y)]
            sheet.line(ends, palette.wanted, look.size(1.5), self._dash, layer=1)
            centre = (box.x + box.w / 2, y)
            sheet.marker(
                centre, look.size(3), "square", look.ground, palette.wanted, look.size(1.4)
            )

        def model(sheet: Sheet, box: Box) -> None:
            y = box.y + box.h / 2
            sheet.line([(box.x, y), (box.x + box.w, y)], palette.model, look.size(2))

        def rings(sheet: Sheet, box: Box) -> None:
            centre = (box.x + box.w / 2, box.y + box.h / 2)
            for radius in (look.size(2.2), look.size(4.8)):
                sheet.marker(centre, radius, "circle", None, palette.control, look.size(0.7))

        t = self.language.t
        return [
            Key(t("now"), present),
            Key(t("wanted"), wanted),
            Key(t("model (100%)"), model),
            Key(t("each ring is a level, 1 to {last}", last=len(self.data.levels) - 1), rings, 10),
        ]

    @property
    def _dash(self) -> tuple[float, ...]:
        return (self.look.size(4), self.look.size(2))

    def _web(self) -> None:
        palette, look, n = self.look.palette, self.look, len(self.data.levels) - 1
        turns = [self._turn(k) for k in range(len(self.data.rows))]
        for level in range(1, n + 1):
            ring = [self._place(turn, level / n) for turn in turns]
            colour, line = (
                (palette.model, look.size(2)) if level == n else (look.grid, look.size(0.7))
            )
            self.sheet.line([*ring, ring[0]], colour, line)
        for turn in turns:
            self.sheet.line([self.centre, self._place(turn, 1)], look.grid, look.size(0.7))

    def _series(self) -> None:
        palette, look = self.look.palette, self.look
        rows = self.data.rows
        present = [(self._turn(k), row.present) for k, row in enumerate(rows)]
        wanted = [(self._turn(k), row.wanted) for k, row in enumerate(rows)]
        whole = [self._place(t, float(v)) for t, v in present if v is not None]
        if len(whole) == len(rows):
            self.sheet.polygon(whole, mix(look.ground, palette.present, 0.28), layer=-1)
        for points, colour, line, dash in (
            (wanted, palette.wanted, look.size(1.5), self._dash),
            (present, palette.present, look.size(2), ()),
        ):
            for run in self._runs(points):
                self.sheet.line(run, colour, line, dash, layer=1)
        for turn, value in wanted:
            if value is not None:
                place = self._place(turn, float(value))
                self.sheet.marker(
                    place, look.size(3), "square", look.ground, palette.wanted, look.size(1.4)
                )
        for turn, value in present:
            if value is not None:
                place = self._place(turn, float(value))
                self.sheet.marker(place, look.size(3), "circle", palette.present)

    def _runs(self, points: list[tuple[float, Fraction | None]]) -> list[list[Point]]:
        """Join neighbours that both have a value, the last with the first."""
        placed = [None if v is None else self._place(t, float(v)) for t, v in points]
        if all(p is not None for p in placed):
            closed = [p for p in placed if p is not None]
            return [[*closed, closed[0]]]
        pairs = zip(placed, [*placed[1:], placed[0]], strict=True)
        return [[a, b] for a, b in pairs if a is not None and b is not None]

    def _labels(self) -> list[_Label]:
        found = []
        for place, row in enumerate(self.data.rows):
            turn = self._turn(place)
            across = math.sin(turn)
            side = 0 if abs(across) < 0.08 else (1 if across > 0 else -1)
            width = self.column if side else self.column * 1.9
            lines = wrap(
                row.label, width, self.size, most=(4 if self.look.narrow else 3) if side else 2
            )
            height = (len(lines) + 1) * line_height(self.size)
            found.append(_Label(row, turn, side, lines, 0.0, height))
        return found

    def _values(self, row: DimensionRow) -> str:
        if row.present is None:
            return self.language.t("not rated")
        percent = self.language.percent
        return clean(f"{percent(row.present)} → {percent(row.wanted)}")

    def _width(self, label: _Label) -> float:
        words = max(width_of(line, self.size) for line in label.lines)
        return max(words, width_of(self._values(label.row), self.size, "bold"))

    def _settle(self, labels: list[_Label]) -> None:
        """Put every label beside the end of its axis, then push apart those of one side."""
        space, (top, bottom) = self.look.size(4), self.bands
        for label in labels:
            _, y = self._place(label.turn, 1)
            if label.side:
                label.top = y - label.height / 2
            elif label.turn < 1:
                label.top = min(y - self.gap * 0.6, top) - label.height
            else:
                label.top = max(y + self.gap * 0.6, bottom)
        for side in (-1, 1):
            column = sorted((b for b in labels if b.side == side), key=lambda b: b.top)
            edge = top
            for label in column:
                label.top = max(label.top, edge)
                edge = label.top + label.height + space
            edge = bottom
            for label in reversed(column):
                label.top = min(label.top, edge - label.height)
                edge = label.top - space

    def _write(self, label: _Label) -> None:
        sheet, look, palette = self.sheet, self.look, self.look.palette
        row = label.row
        tip = self._place(label.turn, 1)
        values, words = self._values(row), self._width(label)
        x = self.sheet.width / 2
        if label.side:
            x = tip[0] + label.side * self.gap
            middle = label.top + label.height / 2
            # Labels that were pushed away from their axis may not run into the web.
            x = self._clear_of_web(x, label)
            if abs(middle - tip[1]) > label.height:
                ends = [tip, (x - label.side * look.size(2), middle)]
                sheet.line(ends, look.grid, look.size(0.7))
        anchor = _ANCHORS[label.side]
        after = sheet.block(label.lines, x, label.top, self.size, anchor=anchor)
        sheet.block([values], x, after, self.size, "bold", palette.present, anchor)
        left = x - words * {-1: 1.0, 0: 0.5, 1: 0.0}[label.side]
        box = Box(left, label.top, words, label.height)
        sheet.region(row.id, box.corners, node_tip(row, self.language))
        spread = math.tau / len(self.data.rows) / 2
        wedge = [
            self.centre,
            self._place(label.turn - spread, 1),
            tip,
            self._place(label.turn + spread, 1),
        ]
        sheet.region(row.id, wedge, node_tip(row, self.language))

    def _clear_of_web(self, x: float, label: _Label) -> float:
        """Return an abscissa at which no line of the label touches the outer ring."""
        cx, cy = self.centre
        for y in (label.top, label.top + label.height / 2, label.top + label.height):
            off = abs(y - cy)
            if off < self.radius:
                reach = math.sqrt(self.radius**2 - off**2) + self.gap * 0.6
                x = max(x, cx + reach) if label.side > 0 else min(x, cx - reach)
        return x
