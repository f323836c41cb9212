"""The money of the plan: a bar a year, stacked by source, with its total."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from sat_desktop.charts.chart import Chart, Facts, Table
from sat_desktop.charts.dimensions import NO_FACTS
from sat_desktop.charts.furniture import MARGIN, Key, calm, heading, keys, listed
from sat_desktop.charts.lettering import clean, line_height, width_of
from sat_desktop.charts.look import BODY, SMALL, Look
from sat_desktop.charts.sheet import Box, Pattern, Sheet
from sat_desktop.domain.plan import DevelopmentPlan, Money, add_up
from sat_desktop.runtime.i18n import Language
from sat_desktop.runtime.names import MONEY_SOURCES
from sat_desktop.runtime.palette import ink_on, mix

_PATTERNS: Final[tuple[Pattern | None, ...]] = (
    None,
    "up",
    None,
    "down",
    "upright",
    "cross",
    "level",
)
_SHARES: Final = (0.0, 0.45, 0.72, 0.86, 0.3, 0.6, 0.92)
"""How far each source's colour goes from the series colour towards the ground; patterns do the rest."""


def mark_of(place: int) -> tuple[Pattern | None, float]:
    """Return the pattern and the share of ground in the colour of a source; the first 14 all differ."""
    around = place // len(_PATTERNS)
    return _PATTERNS[place % len(_PATTERNS)], _SHARES[(place + around) % len(_SHARES)]


@dataclass(frozen=True, slots=True)
class MoneyData:
    """Sources that have money, in order, and every year with its amounts by source, in grosze."""

    sources: tuple[tuple[str, str], ...]
    years: tuple[tuple[int, tuple[int, ...]], ...]
    total: int


def source_name(plan: DevelopmentPlan, source: str, language: Language) -> str:
    """Return the name of a source of money."""
    own = {s.id: s.name for s in plan.head.sources}
    if source in own:
        return own[source] or source
    return language.t(MONEY_SOURCES[source]) if source in MONEY_SOURCES else source


def money_data(plan: DevelopmentPlan, language: Language, money: Money | None = None) -> MoneyData:
    """Return what the picture of money shows; `money` where it has been added up already."""
    sums = money or add_up(plan)
    used = [source for source, amount in sums.by_source.items() if amount]
    return MoneyData(
        sources=tuple((source, source_name(plan, source, language)) for source in used),
        years=tuple(
            (year, tuple(sums.by_year_and_source.get((year, source), 0) for source in used))
            for year in sums.by_year
        ),
        total=sums.total,
    )


def describe_money(data: MoneyData, language: Language) -> str:
    """Say the total, the dearest year and what each source pays."""
    t, money = language.t, language.money
    if not data.total:
        return t("The plan has no costs yet.")
    sums = {year: sum(amounts) for year, amounts in data.years}
    most = max(sums.values())
    by_source = [
        f"{name} {money(sum(amounts[k] for _, amounts in data.years))}"
        for k, (_, name) in enumerate(data.sources)
    ]
    parts = [
        t("The plan costs {total}.", total=money(data.total)),
        t(
            "Most in {years}: {amount}.",
            years=listed([str(y) for y, amount in sums.items() if amount == most], language),
            amount=money(most),
        ),
        t("By source: {sources}.", sources=", ".join(by_source)),
    ]
    if empty := [str(year) for year, amount in sums.items() if not amount]:
        parts.append(t("Nothing in: {years}.", years=listed(empty, language)))
    return " ".join(parts)


def short_money(grosze: int, language: Language) -> str:
    """Return an amount for inside a mark; the table has it to the grosz."""
    if grosze >= 100_000_000:
        amount = language.number(Fraction(grosze, 100_000_000), 2)
        return language.t("{amount} m", amount=amount)
    return language.t("{amount} k", amount=language.number(Fraction(grosze, 100_000)))


def draw_money(
    plan: DevelopmentPlan | None,
    look: Look,
    language: Language,
    facts: Facts = NO_FACTS,
) -> Chart:
    """Draw a bar a year; a plan without costs gets a sentence."""
    title = language.t("Cost of the plan by year and source")
    data = MoneyData((), (), 0) if plan is None else money_data(plan, language)
    alternative = describe_money(data, language)
    names = tuple(name for _, name in data.sources)
    header = (language.t("Year"), *names, language.t("Total"))
    if not data.total:
        return calm("money", title, alternative, look, header)
    money = language.money
    rows = [
        (str(year), *(money(a) for a in amounts), money(sum(amounts)))
        for year, amounts in data.years
    ]
    sums = tuple(money(sum(column)) for column in zip(*(a for _, a in data.years), strict=True))
    rows.append((language.t("Total"), *sums, money(data.total)))
    picture = _Stacks(data, look, language)
    height = picture.draw(title, str(facts))
    return Chart(
        "money",
        title,
        picture.sheet.figure(height),
        alternative,
        Table(header, tuple(rows)),
        picture.sheet.regions(height),
    )


class _Stacks:
    def __init__(self, data: MoneyData, look: Look, language: Language) -> None:
        self.data, self.look, self.language = data, look, language
        self.sheet = Sheet(look)
        self.size = look.size(BODY)
        years = max(width_of(str(year), self.size) for year, _ in data.years)
        totals = max(width_of(self._total(a), self.size, "bold") for _, a in data.years)
        self.left = MARGIN + years + look.size(10)
        self.most = max(sum(amounts) for _, amounts in data.years)
        self.room = self.sheet.width - MARGIN - totals - look.size(10) - self.left
        # Where the sums need the width, they stand under the year instead of beside the bar.
        self.stacked = self.room < look.size(90)
        if self.stacked:
            self.room = self.sheet.width - MARGIN - self.left

    def _total(self, amounts: tuple[int, ...]) -> str:
        return clean(self.language.money(sum(amounts)))

    def draw(self, title: str, subtitle: str) -> float:
        sheet, look, size = self.sheet, self.look, self.size
        subtitle = " · ".join(
            part
            for part in (
                subtitle,
                self.language.t("total {amount}", amount=self.language.money(self.data.total)),
            )
            if part
        )
        top = heading(sheet, title, subtitle)
        top = keys(sheet, top, [self._key(k) for k in range(len(self.data.sources))])
        top += look.size(8)
        head = line_height(size) if self.stacked else 0.0
        row = look.size(26) + head
        count = len(self.data.years)
        spare = max(0.0, look.points_high - MARGIN - top - row * count)
        row += min(spare / count, look.size(18))
        start = top
        for year, amounts in self.data.years:
            self._year(year, amounts, top, row, head)
            top += row
        sheet.line(
            [(self.left, start), (self.left, top)], look.palette.control, look.size(0.8), layer=3
        )
        return max(top + MARGIN, look.points_high)

    def _fill(self, place: int) -> str:
        palette = self.look.palette
        return mix(palette.present, self.look.ground, mark_of(place)[1])

    def _paint(self, sheet: Sheet, box: Box, place: int) -> None:
        fill, palette = self._fill(place), self.look.palette
        sheet.box(box, fill)
        if pattern := mark_of(place)[0]:
            sheet.pattern(box, pattern, palette.present, self.look.size(4))
        sheet.box(box, None, palette.present, self.look.size(0.8), layer=2)

    def _key(self, place: int) -> Key:
        def draw(sheet: Sheet, box: Box) -> None:
            self._paint(sheet, Box(box.x, box.y - box.h * 0.1, box.w, box.h * 1.2), place)

        return Key(self.data.sources[place][1], draw, 18)

    def _year(
        self, year: int, amounts: tuple[int, ...], top: float, row: float, head: float
    ) -> None:
        sheet, look, size = self.sheet, self.look, self.size
        bar = row - head - look.size(8)
        centre = top + head + (row - head) / 2
        sheet.middle(str(year), self.left - look.size(8), centre, size, anchor="right")
        x = self.left
        for place, amount in enumerate(amounts):
            if not amount:
                continue
            box = Box(x, centre - bar / 2, self.room * amount / self.most, bar)
            self._paint(sheet, box, place)
            self._amount(amount, box, place)
            name = self.data.sources[place][1]
            sheet.region(str(year), box.corners, f"{year}, {name}: {self.language.money(amount)}")
            x += box.w
        total = self._total(amounts)
        if self.stacked:
            sheet.block([total], self.left, top, size, "bold")
        else:
            sheet.middle(total, x + look.size(8), centre, size, "bold")

    def _amount(self, amount: int, box: Box, place: int) -> None:
        look, small = self.look, self.look.size(SMALL)
        words = clean(short_money(amount, self.language))
        wide = width_of(words, small)
        if wide + look.size(8) > box.w or box.h < line_height(small):
            return
        fill, x, centre = self._fill(place), box.x + box.w / 2, box.y + box.h / 2
        if mark_of(place)[0]:
            # Words on a pattern need quiet around them.
            plate = Box(
                x - wide / 2 - look.size(3), centre - small * 0.65, wide + look.size(6), small * 1.3
            )
            self.sheet.box(plate, fill, layer=3)
        self.sheet.middle(words, x, centre, small, colour=ink_on(fill), anchor="center")
