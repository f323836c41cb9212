"""What the plan will change: the index of the whole and of the areas by year."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from sat_desktop.charts.chart import Chart, Facts, Table
from sat_desktop.charts.dimensions import NO_FACTS
from sat_desktop.charts.furniture import MARGIN, calm, heading, listed, numbered
from sat_desktop.charts.lettering import Weight, clean, line_height, width_of, wrap
from sat_desktop.charts.look import BODY, SMALL, Look
from sat_desktop.charts.sheet import Box, Marker, Sheet
from sat_desktop.charts.tiers import highest_name
from sat_desktop.domain.questionnaire import TOTAL, Questionnaire
from sat_desktop.domain.scores import Scores
from sat_desktop.runtime.i18n import Language
from sat_desktop.runtime.palette import mix

MARKERS: tuple[Marker, ...] = ("circle", "square", "diamond", "triangle", "down", "cross")
DASHES: tuple[tuple[float, ...], ...] = ((), (5, 2.5), (1.5, 2), (7, 2, 1.5, 2))


@dataclass(frozen=True, slots=True)
class Course:
    """The index of one node, now and at the end of each year; None where nothing is rated."""

    id: str
    label: str
    values: tuple[Fraction | None, ...]


@dataclass(frozen=True, slots=True)
class ProjectionData:
    """The whole first, then the highest groups; `times` are the words for now and each year."""

    times: tuple[str, ...]
    courses: tuple[Course, ...]


def projection_data(
    questionnaire: Questionnaire,
    scores: Scores,
    projection: Mapping[int, Scores],
    language: Language,
) -> ProjectionData:
    """Return what the picture of the projection shows."""
    stages = [scores, *(projection[year] for year in sorted(projection))]
    named = [(TOTAL, language.t("Whole"))]
    named += [(g.id, numbered(g.code, g.name.get(language.code))) for g in questionnaire.groups]
    return ProjectionData(
        times=(language.t("now"), *(str(year) for year in sorted(projection))),
        courses=tuple(
            Course(key, label, tuple(stage.nodes[key].index for stage in stages))
            for key, label in named
        ),
    )


def describe_projection(data: ProjectionData, language: Language) -> str:
    """Say from where to where the whole goes, who gains most and who stands still."""
    t, percent = language.t, language.percent
    whole = data.courses[0].values
    if len(data.times) < 2:
        return t("There is no plan yet, so nothing can be projected.")
    if whole[0] is None or whole[-1] is None:
        return t("Nothing has been rated yet, so there is no level to show.")
    parts = [
        t(
            "The whole goes from {first} now to {last} at the end of {year}.",
            first=percent(whole[0]),
            last=percent(whole[-1]),
            year=data.times[-1],
        )
    ]
    gains = [
        (course, course.values[-1] - course.values[0])
        for course in data.courses[1:]
        if course.values[0] is not None and course.values[-1] is not None
    ]
    moved = max((gain for _, gain in gains), default=Fraction())
    if moved:
        best = [
            t(
                "{name} from {present} to {wanted}",
                name=course.label,
                present=percent(course.values[0]),
                wanted=percent(course.values[-1]),
            )
            for course, gain in gains
            if gain == moved
        ]
        parts.append(t("Largest gain: {names}.", names=listed(best, language)))
    still = [course.label for course, gain in gains if not gain]
    if still:
        parts.append(t("Unchanged: {names}.", names=listed(still, language)))
    return " ".join(parts)


def draw_projection(
    questionnaire: Questionnaire,
    scores: Scores,
    projection: Mapping[int, Scores],
    look: Look,
    language: Language,
    facts: Facts = NO_FACTS,
) -> Chart:
    """Draw one line a node, each named at its right end."""
    data = projection_data(questionnaire, scores, projection, language)
    title = language.t("What the plan will change")
    alternative = describe_projection(data, language)
    header = (highest_name(questionnaire, language), *data.times)
    if len(data.times) < 2 or data.courses[0].values[0] is None:
        return calm("projection", title, alternative, look, header)
    rows = tuple((c.label, *(language.percent(v) for v in c.values)) for c in data.courses)
    picture = _Courses(data, look, language)
    height = picture.draw(title, str(facts))
    return Chart(
        "projection",
        title,
        picture.sheet.figure(height),
        alternative,
        Table(header, rows),
        picture.sheet.regions(height),
    )


class _Courses:
    def __init__(self, data: ProjectionData, look: Look, language: Language) -> None:
        self.data, self.look, self.language = data, look, language
        self.sheet = Sheet(look)
        self.size = look.size(BODY)
        inner = self.sheet.width - 2 * MARGIN
        self.courses = [c for c in data.courses if any(v is not None for v in c.values)]
        widest = max(width_of(clean(self._name(c)[:200]), self.size, "bold") for c in self.courses)
        self.names = min(widest + look.size(2), (0.42 if look.narrow else 0.33) * inner)
        self.left = MARGIN + width_of("100 %", look.size(SMALL)) + look.size(12)
        self.right = self.sheet.width - MARGIN - self.names - look.size(30)

    def _name(self, course: Course) -> str:
        return f"{course.label} {self.language.percent(course.values[-1])}"

    def draw(self, title: str, subtitle: str) -> float:
        look, small = self.look, self.look.size(SMALL)
        top = heading(self.sheet, title, subtitle) + look.size(4)
        top = self.sheet.block(
            [self.language.t("index, % of the model, at the end of the year")],
            MARGIN, top, small, colour=look.palette.muted,
        ) + look.size(8)  # fmt: skip
        labels = [wrap(self._name(c), self.names, self.size, self._weight(c)) for c in self.courses]
        stack = sum(len(lines) * line_height(self.size) + look.size(3) for lines in labels)
        foot = line_height(self.size) + look.size(6)
        plot = max(look.points_high - top - foot - MARGIN, look.size(220), stack)
        self.top, self.bottom = top, top + plot
        self._grid()
        for place, course in enumerate(self.courses):
            self._course(course, place)
        self._label(labels)
        return max(self.bottom + foot + MARGIN, look.points_high)

    def _weight(self, course: Course) -> Weight:
        return "bold" if course.id == TOTAL else "regular"

    def x(self, place: int) -> float:
        """Return the abscissa of now (0) or of a year."""
        return self.left + (self.right - self.left) * place / (len(self.data.times) - 1)

    def y(self, value: Fraction) -> float:
        """Return the height of an index."""
        return self.bottom - (self.bottom - self.top) * float(value)

    def _grid(self) -> None:
        look, palette, small = self.look, self.look.palette, self.look.size(SMALL)
        for share in (0, 25, 50, 75, 100):
            y = self.y(Fraction(share, 100))
            edge = share in {0, 100}
            colour, line = (palette.model, 1.2) if edge else (look.grid, 0.6)
            self.sheet.line([(self.left, y), (self.right, y)], colour, look.size(line))
            words = self.language.percent(Fraction(share, 100))
            self.sheet.middle(
                words, self.left - look.size(6), y, small, colour=palette.muted, anchor="right"
            )
        room = (self.right - self.left) / max(1, len(self.data.times) - 1)
        widest = max(width_of(time, self.size) for time in self.data.times) + look.size(6)
        every = max(1, -(-int(widest) // max(1, int(room))))
        for place, time in enumerate(self.data.times):
            x = self.x(place)
            self.sheet.line([(x, self.bottom), (x, self.bottom + look.size(3))], palette.model, 0.8)
            if place % every == 0:
                top = self.bottom + look.size(5)
                self.sheet.block([time], x, top, self.size, colour=palette.muted, anchor="center")

    def _course(self, course: Course, place: int) -> None:
        look, sheet, palette = self.look, self.sheet, self.look.palette
        main = course.id == TOTAL
        colour = palette.present if main else mix(palette.text, look.ground, 0.25)
        line = look.size(2.6 if main else 1.2)
        dash = () if main else tuple(look.size(d) for d in DASHES[(place - 1) % len(DASHES)])
        points = [
            (self.x(k), self.y(value)) for k, value in enumerate(course.values) if value is not None
        ]
        sheet.line(points, colour, line, dash, layer=2 if main else 1)
        kind = MARKERS[0] if main else MARKERS[1:][(place - 1) % 5]
        for k, (point, value) in enumerate(zip(points, course.values, strict=True)):
            fill = colour if main else look.ground
            sheet.marker(
                point,
                look.size(3.4 if main else 3),
                kind,
                fill,
                colour,
                look.size(1.2),
                3 if main else 2,
            )
            reach = look.size(7)
            box = Box(point[0] - reach, point[1] - reach, 2 * reach, 2 * reach)
            tip = f"{course.label}, {self.data.times[k]}: {self.language.percent(value)}"
            sheet.region(course.id, box.corners, tip)

    def _label(self, labels: list[tuple[str, ...]]) -> None:
        """Name every line at its end, pushing names apart and tying them to their line."""
        look, space = self.look, self.look.size(3)
        ends = [next(v for v in reversed(c.values) if v is not None) for c in self.courses]
        order = sorted(range(len(ends)), key=lambda k: (-ends[k], k))
        tops: dict[int, float] = {}
        edge = self.top - look.size(6)
        for k in order:
            high = len(labels[k]) * line_height(self.size)
            tops[k] = max(self.y(ends[k]) - high / 2, edge)
            edge = tops[k] + high + space
        edge = self.bottom + look.size(4)
        for k in reversed(order):
            high = len(labels[k]) * line_height(self.size)
            tops[k] = min(tops[k], edge - high)
            edge = tops[k] - space
        x = self.right + look.size(30)
        for k, course in enumerate(self.courses):
            main = course.id == TOTAL
            ink = look.palette.present if main else look.palette.text
            middle = tops[k] + len(labels[k]) * line_height(self.size) / 2
            joint = [(self.right + look.size(6), self.y(ends[k])), (x - look.size(4), middle)]
            self.sheet.line(joint, look.palette.control, look.size(0.6))
            self.sheet.block(labels[k], x, tops[k], self.size, self._weight(course), ink)
