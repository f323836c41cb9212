"""The undertakings over the months of the plan, under their goals (a Gantt chart)."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from sat_desktop.charts.chart import Chart, Facts, Table
from sat_desktop.charts.dimensions import NO_FACTS
from sat_desktop.charts.furniture import MARGIN, Key, calm, heading, keys, listed
from sat_desktop.charts.lettering import clean, line_height, width_of, wrap
from sat_desktop.charts.look import BODY, SMALL, Look
from sat_desktop.charts.sheet import Box, Sheet
from sat_desktop.domain.plan import DevelopmentPlan, Status
from sat_desktop.runtime.i18n import Language
from sat_desktop.runtime.names import STATUSES
from sat_desktop.runtime.palette import mix


@dataclass(frozen=True, slots=True)
class Bar:
    """One undertaking; `begin` and `end` count months from the start of the axis, None unset."""

    id: str
    title: str
    action: str
    responsible: str
    start: str
    finish: str
    begin: int | None
    end: int | None
    status: Status


@dataclass(frozen=True, slots=True)
class ScheduleData:
    """Goals with their undertakings, in the order of the document, on an axis of whole years."""

    first_year: int
    last_year: int
    goals: tuple[tuple[str, tuple[Bar, ...]], ...]

    @property
    def bars(self) -> tuple[Bar, ...]:
        """All undertakings."""
        return tuple(bar for _, bars in self.goals for bar in bars)

    @property
    def months(self) -> int:
        """The length of the axis."""
        return 12 * (self.last_year - self.first_year + 1)


def schedule_data(plan: DevelopmentPlan) -> ScheduleData:
    """Return what the schedule shows; the axis grows to undertakings outside the plan's years."""
    years = [plan.head.first_year, plan.head.last_year]
    for _, _, undertaking in plan.in_order():
        years += [int(month[:4]) for month in (undertaking.start, undertaking.end) if month]
    first = min(years)

    def place(month: str) -> int | None:
        return 12 * (int(month[:4]) - first) + int(month[5:]) - 1 if month else None

    found: dict[str, tuple[str, list[Bar]]] = {}
    for goal, action, u in plan.in_order():
        # One end that is missing is taken from the other: the bar is then one month long.
        begin, end = place(u.start or u.end), place(u.end or u.start)
        bar = Bar(u.id, u.title, action.title, u.responsible, u.start, u.end, begin, end, u.status)
        found.setdefault(goal.id, (goal.title, []))[1].append(bar)
    return ScheduleData(first, max(years), tuple((t, tuple(bars)) for t, bars in found.values()))


def describe_schedule(data: ScheduleData, language: Language) -> str:
    """Say how many undertakings run when, when most run at once, and which have no months."""
    t, bars = language.t, data.bars
    if not bars:
        return t("The plan has no undertakings yet.")
    parts = [
        language.n(
            "{count} undertaking under {goals}.",
            "{count} undertakings under {goals}.",
            len(bars),
            goals=language.n("{count} goal", "{count} goals", len(data.goals)),
        )
    ]
    dated = [bar for bar in bars if bar.begin is not None]
    if dated:
        starts = min(bar.start or bar.finish for bar in dated)
        ends = max(bar.finish or bar.start for bar in dated)
        parts.append(
            t(
                "The first starts in {start}, the last ends in {end}.",
                start=language.month(starts),
                end=language.month(ends),
            )
        )
        by_year = {
            year: sum(_runs_in(bar, 12 * (year - data.first_year)) for bar in dated)
            for year in range(data.first_year, data.last_year + 1)
        }
        most = max(by_year.values())
        if most:
            when = [str(year) for year, count in by_year.items() if count == most]
            parts.append(
                t("Most run in {years} ({number}).", years=listed(when, language), number=most)
            )
    counts = Counter(bar.status for bar in bars)
    words = [f"{language.t(STATUSES[s])} {counts[s]}" for s in Status if counts[s]]
    parts.append(t("By status: {counts}.", counts=", ".join(words)))
    if undated := [bar.title for bar in bars if bar.begin is None]:
        parts.append(t("Without months: {names}.", names=listed(undated, language)))
    return " ".join(parts)


def _runs_in(bar: Bar, january: int) -> bool:
    if bar.begin is None or bar.end is None or bar.status is Status.CANCELLED:
        return False
    return bar.begin < january + 12 and bar.end >= january


def draw_schedule(
    plan: DevelopmentPlan | None,
    look: Look,
    language: Language,
    facts: Facts = NO_FACTS,
    first: int = 0,
    most: int | None = None,
) -> Chart:
    """Draw the schedule.

    Documents that must not outgrow a page draw it in parts: `most` undertakings from number
    `first` on. Text alternative and table always speak of all.
    """
    title = language.t("Schedule of undertakings")
    data = ScheduleData(0, 0, ()) if plan is None else schedule_data(plan)
    alternative = describe_schedule(data, language)
    t = language.t
    header = (
        t("Goal"),
        t("Action"),
        t("Undertaking"),
        t("Responsible"),
        t("Start"),
        t("End"),
        t("Status"),
    )
    if not data.bars:
        return calm("schedule", title, alternative, look, header)
    rows = tuple(
        (
            goal,
            bar.action,
            bar.title,
            bar.responsible,
            language.month(bar.start) if bar.start else "-",
            language.month(bar.finish) if bar.finish else "-",
            language.t(STATUSES[bar.status]),
        )
        for goal, bars in data.goals
        for bar in bars
    )
    picture = _Gantt(data, _part(data, first, most), look, language)
    height = picture.draw(title, str(facts))
    return Chart(
        "schedule",
        title,
        picture.sheet.figure(height),
        alternative,
        Table(header, rows),
        picture.sheet.regions(height),
    )


def _part(
    data: ScheduleData, first: int, most: int | None
) -> tuple[tuple[str, tuple[Bar, ...]], ...]:
    numbered: Iterable[tuple[str, Bar]] = [(g, bar) for g, bars in data.goals for bar in bars]
    kept = list(numbered)[first : None if most is None else first + max(1, most)]
    ids = {bar.id for _, bar in kept}
    parts = ((goal, tuple(b for b in bars if b.id in ids)) for goal, bars in data.goals)
    return tuple((goal, bars) for goal, bars in parts if bars)


class _Gantt:
    def __init__(
        self,
        data: ScheduleData,
        goals: tuple[tuple[str, tuple[Bar, ...]], ...],
        look: Look,
        language: Language,
    ) -> None:
        self.data, self.goals, self.look, self.language = data, goals, look, language
        self.sheet = Sheet(look)
        self.size = look.size(BODY)
        inner = self.sheet.width - 2 * MARGIN
        self.names = inner if look.narrow else 0.4 * inner
        self.left = MARGIN if look.narrow else MARGIN + self.names + look.size(14)
        self.right = self.sheet.width - MARGIN

    def at(self, month: int) -> float:
        """Return the abscissa of the first day of a month."""
        return self.left + (self.right - self.left) * month / self.data.months

    def draw(self, title: str, subtitle: str) -> float:
        sheet, look = self.sheet, self.look
        top = heading(sheet, title, subtitle)
        top = keys(sheet, top, self._keys()) + look.size(6)
        top = self._years(top)
        bars = [bar for _, group in self.goals for bar in group]
        needed = sum(self._height(bar) for bar in bars) + sum(
            self._goal_height(goal) for goal, _ in self.goals
        )
        spare = max(0.0, look.points_high - MARGIN - top - needed)
        extra = min(spare / len(bars), look.size(8))
        start = top
        for goal, group in self.goals:
            lines = self._goal_lines(goal)
            sheet.block(lines, MARGIN, top + look.size(6), self.size, "bold")
            top += self._goal_height(goal)
            for bar in group:
                height = self._height(bar) + extra
                self._bar(bar, top, height)
                top += height
        if not look.narrow:
            self._grid(start, top)
        return max(top + MARGIN, look.points_high)

    def _goal_lines(self, goal: str) -> tuple[str, ...]:
        # Beside the plot a goal may only have the width of the names: lines run behind the rest.
        return wrap(goal, self.names, self.size, "bold", 2)

    def _goal_height(self, goal: str) -> float:
        return len(self._goal_lines(goal)) * line_height(self.size) + self.look.size(9)

    def _lines(self, bar: Bar) -> tuple[str, ...]:
        return wrap(bar.title, self.names, self.size, most=2)

    def _height(self, bar: Bar) -> float:
        text = len(self._lines(bar)) * line_height(self.size)
        if self.look.narrow:
            return text + self.look.size(20)
        return max(text, self.look.size(13)) + self.look.size(5)

    def _years(self, top: float) -> float:
        span = (self.right - self.left) / (self.data.months / 12)
        widest = width_of("2030", self.size, "bold") + self.look.size(6)
        every = max(1, -(-int(widest) // max(1, int(span))))
        years = range(self.data.first_year, self.data.last_year + 1)
        for place, year in enumerate(years):
            if place % every == 0 and self.at(12 * place) + widest <= self.right + 8:
                x = self.at(12 * place) + self.look.size(3)
                self.sheet.block([str(year)], x, top, self.size, "bold", self.look.palette.muted)
        return top + line_height(self.size) + self.look.size(2)

    def _grid(self, top: float, bottom: float) -> None:
        palette, line = self.look.palette, self.look.size(0.6)
        for month in range(0, self.data.months + 1, 12):
            x = self.at(month)
            self.sheet.line([(x, top), (x, bottom)], palette.control, line)
        if (self.right - self.left) / self.data.months * 3 > self.look.size(7):
            for month in range(3, self.data.months, 3):
                if month % 12:
                    x = self.at(month)
                    self.sheet.line([(x, top), (x, bottom)], self.look.grid, self.look.size(0.5))

    def _keys(self) -> list[Key]:
        shown = {bar.status for bar in self.data.bars}

        def key(status: Status) -> Key:
            def draw(sheet: Sheet, box: Box) -> None:
                self._paint(sheet, box, status)

            return Key(self.language.t(STATUSES[status]), draw)

        return [key(status) for status in Status if status in shown]

    def _paint(self, sheet: Sheet, box: Box, status: Status) -> None:
        """Draw a bar: planned is empty, running half full, done full, cancelled crossed through."""
        palette, look = self.look.palette, self.look
        line = look.size(1.2)
        colour = palette.control if status is Status.CANCELLED else palette.present
        fill = {
            Status.PLANNED: mix(look.ground, palette.present, 0.12),
            Status.RUNNING: mix(look.ground, palette.present, 0.35),
            Status.DONE: palette.present,
            Status.CANCELLED: look.ground,
        }[status]
        sheet.box(box, fill, colour, line)
        if status is Status.RUNNING:
            sheet.pattern(box, "up", palette.present, look.size(4))
        if status is Status.CANCELLED:
            y = box.y + box.h / 2
            over = look.size(2)
            sheet.line([(box.x - over, y), (box.x + box.w + over, y)], palette.text, line, layer=2)

    def _bar(self, bar: Bar, top: float, height: float) -> None:
        sheet, look = self.sheet, self.look
        lines = self._lines(bar)
        text = len(lines) * line_height(self.size)
        first, centre = top, top + text + look.size(8)
        if look.narrow:
            self._grid(centre - look.size(7), centre + look.size(7))
        else:
            centre = top + height / 2
            first = centre - text / 2
        muted = look.palette.muted if bar.status is Status.CANCELLED else None
        sheet.block(lines, MARGIN, first, self.size, colour=muted)
        when = self.language.t("no months yet")
        if bar.begin is not None and bar.end is not None:
            x, thick = self.at(bar.begin), look.size(9)
            wide = max(self.at(bar.end + 1) - x, look.size(2.5))
            self._paint(sheet, Box(x, centre - thick / 2, wide, thick), bar.status)
            begin = self.language.month(bar.start) if bar.start else "?"
            finish = self.language.month(bar.finish) if bar.finish else "?"
            when = f"{begin} – {finish}"
        else:
            small = look.size(SMALL)
            words = wrap(when, self.right - self.left - look.size(10), small, most=1)[0]
            wide = width_of(clean(words), small)
            plate = Box(self.left, centre - small * 0.7, wide + look.size(8), small * 1.4)
            sheet.box(plate, look.ground, layer=2)
            sheet.middle(words, self.left + look.size(4), centre, small, colour=look.palette.muted)
        box = Box(MARGIN, top, sheet.width - 2 * MARGIN, height)
        parts = [bar.title, when, self.language.t(STATUSES[bar.status]), bar.responsible]
        sheet.region(bar.id, box.corners, "\n".join(part for part in parts if part))
