"""The institutional development plan (PRI): what it holds, how it is drafted, when it is complete.

Goals hold actions, actions hold undertakings; an undertaking names the criteria it will make true,
and that is the only thing that predicts a level (`projection`). Money is whole grosze.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Final, TypeVar

from sat_desktop.domain.questionnaire import MONTH_PATTERN
from sat_desktop.errors import SatError

T = TypeVar("T")

SOURCES: Final = ("own", "state", "eu", "eea", "other")
"""Money sources every plan has; a plan may name programmes of its own beside them."""

CHAPTERS: Final = (
    "introduction",
    "administration",
    "assessment",
    "conclusions",
    "goals",
    "undertakings",
    "schedule",
    "finance",
    "measures",
    "monitoring",
    "risks",
    "annexes",
)
"""The chapters of the document, in order."""


class Status(StrEnum):
    """Where an undertaking stands."""

    PLANNED = "planned"
    RUNNING = "running"
    DONE = "done"
    CANCELLED = "cancelled"


class DataSource(StrEnum):
    """Where the values of a measure come from."""

    OWN = "own"
    SMUP = "smup"
    MRL = "mrl"
    BDL = "bdl"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A block of running text."""

    text: str


@dataclass(frozen=True, slots=True)
class BulletList:
    """A block of short points."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TextTable:
    """A block of cells, the first row being the header."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


Block = Paragraph | BulletList | TextTable


@dataclass(frozen=True, slots=True)
class Chapter:
    """The narrative of one chapter as blocks; empty means that the draft text stands."""

    blocks: tuple[Block, ...] = ()


@dataclass(frozen=True, slots=True)
class MoneySource:
    """A row of the plan's own list of sources: a named programme beside the usual five."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Plan:
    """The plan's head.

    Attributes:
        first_year, last_year: the years it covers, both included.
        title: empty for the usual title.
        case_number: znak sprawy.
        date: "YYYY-MM-DD" on the first page, empty for the day of export.
        sources: named programmes, beside the usual sources of money.
    """

    first_year: int
    last_year: int
    title: str = ""
    version: str = ""
    case_number: str = ""
    date: str = ""
    author: str = ""
    approver: str = ""
    sources: tuple[MoneySource, ...] = ()

    def __post_init__(self) -> None:
        """Refuse a span of years that no plan has."""
        if not 1990 <= self.first_year <= self.last_year <= 2200 or self.years.stop > (
            self.first_year + 30
        ):
            raise SatError("plan-years", first=self.first_year, last=self.last_year)

    @property
    def years(self) -> range:
        """The years covered."""
        return range(self.first_year, self.last_year + 1)


@dataclass(frozen=True, slots=True)
class Measure:
    """An indicator of product or result (not of the self-assessment).

    Attributes:
        baseline: value in `baseline_year`, None when not known.
        planned: (year, value) pairs.
        id: tells it from others of the same list; empty until it is written.
    """

    name: str
    unit: str = ""
    baseline: Decimal | None = None
    baseline_year: int | None = None
    planned: tuple[tuple[int, Decimal], ...] = ()
    source: DataSource = DataSource.OWN
    id: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Goal:
    """A goal, under a group of the questionnaire or free."""

    id: str
    title: str
    description: str = ""
    group: str | None = None
    measures: tuple[Measure, ...] = ()
    position: int = 0


@dataclass(frozen=True, slots=True)
class Action:
    """An action, which serves one goal."""

    id: str
    goal: str
    title: str
    description: str = ""
    position: int = 0


@dataclass(frozen=True, slots=True)
class CostLine:
    """Money of one year from one source, in grosze."""

    year: int
    source: str
    grosze: int
    id: str = field(default="", compare=False)

    def __post_init__(self) -> None:
        """Refuse negative money."""
        if self.grosze < 0:
            raise SatError("money-negative", value=self.grosze)


@dataclass(frozen=True, slots=True)
class Undertaking:
    """The unit of work.

    Attributes:
        action: id of the action it serves.
        description: what is done; `reason`: why.
        start, end: "YYYY-MM", empty when not set.
        closes: ids of the criteria that will be met when it ends.
    """

    id: str
    action: str
    title: str
    description: str = ""
    reason: str = ""
    responsible: str = ""
    partners: str = ""
    start: str = ""
    end: str = ""
    status: Status = Status.PLANNED
    closes: frozenset[str] = frozenset()
    costs: tuple[CostLine, ...] = ()
    measures: tuple[Measure, ...] = ()
    position: int = 0

    def __post_init__(self) -> None:
        """Refuse months that are none, and an end before the start."""
        for month in (self.start, self.end):
            if month and not MONTH_PATTERN.match(month):
                raise SatError("month-malformed", value=month)
        if self.start and self.end and self.end < self.start:
            raise SatError("months-reversed", start=self.start, end=self.end)

    @property
    def grosze(self) -> int:
        """The whole cost."""
        return sum(line.grosze for line in self.costs)

    @property
    def grosze_by_source(self) -> dict[str, int]:
        """The cost by source of money, in the order in which the sources are first named."""
        sums: dict[str, int] = {}
        for line in self.costs:
            sums[line.source] = sums.get(line.source, 0) + line.grosze
        return sums

    def ends_by(self, year: int) -> bool:
        """Tell whether its result counts at the end of `year` (cancelled or endless: never)."""
        return bool(self.end) and self.status is not Status.CANCELLED and int(self.end[:4]) <= year


@dataclass(frozen=True, slots=True)
class Risk:
    """What may go wrong, in one undertaking or in the whole plan.

    Attributes:
        likelihood, impact: 1..3; their product orders the risks.
    """

    id: str
    text: str
    likelihood: int = 2
    impact: int = 2
    response: str = ""
    undertaking: str | None = None
    position: int = 0

    def __post_init__(self) -> None:
        """Refuse values off the scale."""
        for value in (self.likelihood, self.impact):
            if not 1 <= value <= 3:
                raise SatError("risk-range", value=value)

    @property
    def weight(self) -> int:
        """Likelihood times impact, 1..9; it orders the risks."""
        return self.likelihood * self.impact


@dataclass(frozen=True)
class DevelopmentPlan:
    """A plan with all its parts, each sequence in order of position, then id."""

    head: Plan
    chapters: Mapping[str, Chapter]
    goals: tuple[Goal, ...] = ()
    actions: tuple[Action, ...] = ()
    undertakings: tuple[Undertaking, ...] = ()
    risks: tuple[Risk, ...] = ()

    def actions_of(self, goal: str) -> tuple[Action, ...]:
        """Return the actions that serve a goal."""
        return tuple(a for a in self.actions if a.goal == goal)

    def undertakings_of(self, action: str) -> tuple[Undertaking, ...]:
        """Return the undertakings of an action."""
        return tuple(u for u in self.undertakings if u.action == action)

    def in_order(self) -> Iterable[tuple[Goal, Action, Undertaking]]:
        """Yield every undertaking under its action and goal, in the order of the document."""
        undertakings = _grouped(self.undertakings, lambda u: u.action)
        actions = _grouped(self.actions, lambda a: a.goal)
        for goal in self.goals:
            for action in actions[goal.id]:
                for undertaking in undertakings[action.id]:
                    yield goal, action, undertaking


def _grouped(items: Iterable[T], key: Callable[[T], str]) -> defaultdict[str, list[T]]:
    found: defaultdict[str, list[T]] = defaultdict(list)
    for item in items:
        found[key(item)].append(item)
    return found


@dataclass(frozen=True, slots=True)
class Money:
    """The sums of a plan in grosze; every way of adding up gives the same total.

    Attributes:
        by_year_and_source: cell of the money table; missing cells are zero.
        by_goal, by_undertaking: sums by id, zero included.
    """

    by_year_and_source: Mapping[tuple[int, str], int]
    by_year: Mapping[int, int]
    by_source: Mapping[str, int]
    by_goal: Mapping[str, int]
    by_undertaking: Mapping[str, int]
    total: int


def add_up(plan: DevelopmentPlan) -> Money:
    """Add up the costs of all undertakings that are not cancelled.

    One that hangs on no goal stands in no chapter and counts nothing; `completeness` reports it.
    Rows: the years of the plan and any other year that has money; the usual sources, the plan's
    own, and any other that has money (so that nothing is lost to a typing error).
    """
    cells: defaultdict[tuple[int, str], int] = defaultdict(int)
    by_goal = dict.fromkeys((g.id for g in plan.goals), 0)
    by_undertaking = dict.fromkeys((u.id for u in plan.undertakings), 0)
    for goal, _, undertaking in plan.in_order():
        counted = undertaking.status is not Status.CANCELLED
        by_undertaking[undertaking.id] = undertaking.grosze if counted else 0
        by_goal[goal.id] += by_undertaking[undertaking.id]
        for line in undertaking.costs if counted else ():
            cells[line.year, line.source] += line.grosze
    years = sorted({*plan.head.years, *(year for year, _ in cells)})
    known = [*SOURCES, *(s.id for s in plan.head.sources)]
    sources = known + sorted({source for _, source in cells} - set(known))
    return Money(
        by_year_and_source=dict(cells),
        by_year={y: sum(cells.get((y, s), 0) for s in sources) for y in years},
        by_source={s: sum(cells.get((y, s), 0) for y in years) for s in sources},
        by_goal=by_goal,
        by_undertaking=by_undertaking,
        total=sum(by_undertaking.values()),
    )


def criteria_closed(plan: DevelopmentPlan, year: int) -> frozenset[str]:
    """Return the criteria that undertakings will have made true at the end of `year`."""
    return frozenset().union(*(u.closes for u in plan.undertakings if u.ends_by(year)))
