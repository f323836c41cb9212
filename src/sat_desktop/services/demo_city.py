"""What the file of the demo city holds, in the shape of the file.

`formats.demonstration` reads it into these records without knowing them, `services.demonstration`
makes an assessment of them. Every text is there in both languages.
"""

from dataclasses import dataclass
from decimal import Decimal

from sat_desktop.domain.answers import EvidenceKind
from sat_desktop.domain.plan import DataSource, Status
from sat_desktop.domain.questionnaire import Text, UnitKind


@dataclass(frozen=True, slots=True)
class City:
    """The unit; fields as in `domain.answers.Unit`."""

    name: Text
    kind: UnitKind
    teryt: str
    population: int


@dataclass(frozen=True, slots=True)
class Proof:
    """An evidence entry; fields as in `domain.answers.Evidence`."""

    title: Text
    reference: Text
    kind: EvidenceKind = EvidenceKind.REFERENCE
    valid_until: str = ""


@dataclass(frozen=True, slots=True)
class DemoAnswer:
    """What somebody says of one indicator; without level and reason it stays unanswered.

    Attributes:
        also: criteria met above the level.
        not_applicable: the reason.
    """

    indicator: str
    level: int | None = None
    also: tuple[str, ...] = ()
    not_applicable: Text | None = None
    note: Text | None = None
    evidence: tuple[Proof, ...] = ()
    confidence: int | None = None
    discuss: bool = False


@dataclass(frozen=True, slots=True)
class Colleague:
    """A member of the team, named by function; the first one co-ordinates.

    Attributes:
        answers: the individual response.
    """

    id: str
    name: Text
    department: Text
    role: Text
    dimensions: tuple[str, ...]
    answers: tuple[DemoAnswer, ...]


@dataclass(frozen=True, slots=True)
class Wish:
    """The aim for one indicator."""

    indicator: str
    wanted: int | None = None
    importance: int = 2
    effort: int = 2


@dataclass(frozen=True, slots=True)
class Programme:
    """A named source of money."""

    id: str
    name: Text


@dataclass(frozen=True, slots=True)
class Head:
    """The plan's head; fields as in `domain.plan.Plan`."""

    first_year: int
    last_year: int
    version: str
    case_number: str
    author: Text
    approver: Text
    sources: tuple[Programme, ...]


@dataclass(frozen=True, slots=True)
class DemoTable:
    """A table of a chapter."""

    header: tuple[Text, ...]
    rows: tuple[tuple[Text, ...], ...]


@dataclass(frozen=True, slots=True)
class DemoBlock:
    """One block of a chapter: exactly one of the three is given."""

    paragraph: Text | None = None
    bullets: tuple[Text, ...] = ()
    table: DemoTable | None = None


@dataclass(frozen=True, slots=True)
class DemoMeasure:
    """A measure; `planned` maps years to values. Fields as in `domain.plan.Measure`."""

    name: Text
    unit: Text
    baseline: Decimal
    baseline_year: int
    planned: dict[int, Decimal]
    source: DataSource = DataSource.OWN


@dataclass(frozen=True, slots=True)
class Payment:
    """A cost line in whole złoty."""

    year: int
    source: str
    zloty: int


@dataclass(frozen=True, slots=True)
class Ambition:
    """What an office adds to the goal drafted for a group."""

    group: str
    title: Text
    measures: tuple[DemoMeasure, ...]
    description: Text | None = None


@dataclass(frozen=True, slots=True)
class Work:
    """What an office adds to the undertaking drafted to bring an indicator to a level."""

    indicator: str
    level: int
    responsible: Text
    start: str
    end: str
    partners: Text | None = None
    status: Status = Status.PLANNED
    costs: tuple[Payment, ...] = ()
    measures: tuple[DemoMeasure, ...] = ()


@dataclass(frozen=True, slots=True)
class Danger:
    """A risk, of the undertaking that brings `indicator` to `level` if those are given."""

    text: Text
    likelihood: int
    impact: int
    response: Text
    indicator: str | None = None
    level: int = 0


@dataclass(frozen=True, slots=True)
class Demonstration:
    """Everything the demo city's file holds.

    Attributes:
        questionnaire: the edition the answers are to, `ID@VERSION`.
    """

    questionnaire: str
    period: str
    unit: City
    team: tuple[Colleague, ...]
    agreed: tuple[DemoAnswer, ...]
    aims: tuple[Wish, ...]
    plan: Head
    chapters: dict[str, tuple[DemoBlock, ...]]
    goals: tuple[Ambition, ...]
    undertakings: tuple[Work, ...]
    risks: tuple[Danger, ...]
