"""What property tests draw: questionnaires of every shape, responses to them, aims and plans."""

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import count
from typing import TypeVar

from hypothesis import strategies as st

from sat_desktop.domain.answers import Answer, Evidence, EvidenceKind, State
from sat_desktop.domain.assessment import Membership, Particulars
from sat_desktop.domain.gaps import Aim
from sat_desktop.domain.plan import (
    SOURCES,
    Action,
    BulletList,
    Chapter,
    CostLine,
    DataSource,
    DevelopmentPlan,
    Goal,
    Measure,
    MoneySource,
    Paragraph,
    Plan,
    Risk,
    Status,
    TextTable,
    Undertaking,
)
from sat_desktop.domain.questionnaire import (
    Criterion,
    Group,
    Indicator,
    IndicatorLevel,
    Level,
    Questionnaire,
    Step,
    Text,
    Tier,
    UnitKind,
)

Answers = dict[str, Answer]
T = TypeVar("T")

weights = st.sampled_from(
    [Fraction(1), Fraction(1, 3), Fraction("0.1"), Fraction(2), Fraction("1.75"), Fraction(1000)]
) | st.fractions(min_value=Fraction(1, 100), max_value=50, max_denominator=997)

thresholds = st.sampled_from([Fraction(1), Fraction(4, 5), Fraction(1, 2)]) | st.fractions(
    min_value=Fraction(1, 50), max_value=1, max_denominator=50
)


def words(name: str) -> Text:
    """Return a text that says the same in both languages."""
    return Text(pl=f"{name} (pl)", en=name)


def digits(number: int, base: int, length: int) -> Iterator[int]:
    """Yield `length` digits of a number: many small choices out of one draw, for speed."""
    for _ in range(length):
        number, digit = divmod(number, base)
        yield digit


def step_of(months: int) -> Step | None:
    """Return what leads to a level, nothing for 0 months; every other one says who and how much."""
    more = words("more") if months % 2 else None
    return Step(words("Do it"), words("How"), months, more, more) if months else None


@st.composite
def indicators(draw: st.DrawFn, identifier: str, n: int) -> Indicator:
    """Draw an indicator of `n` levels with one to three criteria each, steps for some of them."""
    numbers = count(1)
    widths = digits(draw(st.integers(0, 3**n - 1)), 3, n)
    months = digits(draw(st.integers(0, 40**n - 1)), 40, n)
    levels = tuple(
        IndicatorLevel(
            level,
            tuple(
                Criterion(f"{identifier}.{next(numbers)}", words("It is so"))
                for _ in range(width + 1)
            ),
            step_of(length),
        )
        for level, width, length in zip(range(1, n + 1), widths, months, strict=True)
    )
    return Indicator(
        identifier,
        identifier.upper(),
        words(identifier),
        words("Is it so?"),
        levels,
        why=draw(st.sampled_from([None, words("Because")])),
        weight=draw(weights),
    )


@st.composite
def groups(draw: st.DrawFn, n: int, tiers: int, numbers: Iterator[int]) -> Group:
    """Draw a group with `tiers` - 1 tiers of groups below it; it may turn out empty."""
    lowest = tiers == 1
    below = range(draw(st.integers(0, 3 if lowest else 2)))
    identifier = f"g{next(numbers)}"
    return Group(
        identifier,
        identifier.upper(),
        words(identifier),
        weight=draw(weights),
        groups=() if lowest else tuple(draw(groups(n, tiers - 1, numbers)) for _ in below),
        indicators=tuple(draw(indicators(f"i{next(numbers)}", n)) for _ in below) if lowest else (),
    )


@st.composite
def questionnaires(draw: st.DrawFn) -> Questionnaire:
    """Draw an edition of 2 to 10 levels, one to three tiers, with exact odd weights."""
    n = draw(st.integers(2, 10))
    tiers = draw(st.integers(1, 3))
    numbers = count(1)
    return Questionnaire(
        id="drawn",
        version="1.0",
        name=words("Drawn"),
        scale=tuple(Level(k, f"level{k}", words(f"Level {k}")) for k in range(1, n + 1)),
        attainment=tuple(draw(thresholds) for _ in range(n)),
        tiers=tuple(Tier(f"tier{k}", words(f"Tier {k}")) for k in range(1, tiers + 1)),
        groups=tuple(draw(groups(n, tiers, numbers)) for _ in range(draw(st.integers(1, 3)))),
    )


def subset(criteria: tuple[str, ...], number: int) -> frozenset[str]:
    """Return the criteria that the bits of a number pick."""
    chosen = digits(number, 2, len(criteria))
    return frozenset(c for c, bit in zip(criteria, chosen, strict=True) if bit)


def subsets(criteria: tuple[str, ...]) -> st.SearchStrategy[frozenset[str]]:
    """Draw any of the criteria."""
    return st.integers(0, 2 ** len(criteria) - 1).map(lambda number: subset(criteria, number))


@st.composite
def answers_to(draw: st.DrawFn, indicator: Indicator) -> Answer:
    """Draw an answer of any state, with or without what never changes the numbers."""
    state = draw(st.sampled_from([State.RATED, State.RATED, *State]))
    met: frozenset[str] = frozenset()
    if state is State.RATED:
        # Some whole levels and some criteria beyond.
        met = indicator.criteria_up_to(draw(st.integers(0, len(indicator.levels))))
        met |= draw(subsets(indicator.criteria))
    spoken = draw(st.booleans())
    return Answer(
        state,
        met,
        reason="no such task" if state is State.NOT_APPLICABLE else "",
        note="a note" if spoken else "",
        confidence=2 if spoken else None,
        to_discuss=spoken,
    )


@st.composite
def responses(draw: st.DrawFn, questionnaire: Questionnaire) -> Answers:
    """Draw a response; some indicators have no entry at all."""
    drawn = {key: draw(answers_to(i)) for key, i in questionnaire.indicators.items()}
    return {key: answer for key, answer in drawn.items() if answer != Answer()}


@st.composite
def answered(draw: st.DrawFn) -> tuple[Questionnaire, Answers]:
    """Draw a questionnaire with a response to it."""
    questionnaire = draw(questionnaires())
    return questionnaire, draw(responses(questionnaire))


@st.composite
def aims(draw: st.DrawFn, questionnaire: Questionnaire) -> dict[str, Aim]:
    """Draw aims for some indicators, the wanted level set or left to the rule."""
    wanted = st.none() | st.integers(1, questionnaire.n)
    weighting = st.integers(1, 3)
    return {
        key: Aim(draw(wanted), draw(weighting), draw(weighting))
        for key in questionnaire.indicators
        if draw(st.booleans())
    }


@st.composite
def undertakings(
    draw: st.DrawFn, identifier: str, action: str, criteria: tuple[str, ...], head: Plan
) -> Undertaking:
    """Draw an undertaking in the plan's years or a little outside."""
    years = st.integers(head.first_year - 1, head.last_year + 1)
    month = st.builds("{:04d}-{:02d}".format, years, st.integers(1, 12)) | st.just("")
    first, last = sorted((draw(month), draw(month)))
    sources = st.sampled_from([*SOURCES, *(s.id for s in head.sources), "unheard-of"])
    return Undertaking(
        identifier,
        action,
        title=draw(st.sampled_from(["", "Build it"])),
        responsible=draw(st.sampled_from(["", "Secretary"])),
        start=first,
        end=last,
        status=draw(st.sampled_from(Status)),
        closes=draw(subsets(criteria)),
        costs=tuple(
            draw(st.lists(st.builds(CostLine, years, sources, st.integers(0, 10**14)), max_size=3))
        ),
    )


@st.composite
def plans(draw: st.DrawFn, questionnaire: Questionnaire) -> DevelopmentPlan:
    """Draw a plan, goals and actions without followers and parts that lost theirs included."""
    first = draw(st.integers(1990, 2171))
    head = Plan(
        first,
        first + draw(st.integers(0, 4)),
        sources=draw(st.sampled_from([(), (MoneySource("norway", "Norway Grants"),)])),
    )
    goals = [
        Goal(
            f"goal{k}",
            draw(st.sampled_from(["", "Aim high"])),
            group=draw(st.none() | st.sampled_from(sorted(questionnaire.nodes))),
            position=draw(st.integers(0, 9)),
        )
        for k in range(draw(st.integers(0, 3)))
    ]
    actions = [
        Action(f"action{k}", f"goal{draw(st.integers(0, 3))}", "Act", position=k)
        for k in range(draw(st.integers(0, 3)))
    ]
    criteria = tuple(questionnaire.indicator_of_criterion)
    return DevelopmentPlan(
        head,
        {},
        tuple(sorted(goals, key=lambda g: (g.position, g.id))),
        tuple(actions),
        tuple(
            draw(undertakings(f"work{k}", f"action{draw(st.integers(0, 3))}", criteria, head))
            for k in range(draw(st.integers(0, 5)))
        ),
        tuple(
            Risk(f"risk{k}", "It fails", undertaking=draw(st.sampled_from([None, "work0"])))
            for k in range(draw(st.integers(0, 2)))
        ),
    )


# Records of every kind, as their registers have to hold them.

storable = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
_figures = st.decimals(allow_nan=False, allow_infinity=False)
_years = st.integers(1990, 2200)


def _listed(entries: st.SearchStrategy[T], most: int = 3) -> st.SearchStrategy[tuple[T, ...]]:
    """Draw a list of entries with ids of their own."""

    def numbered(drawn: list[T]) -> tuple[T, ...]:
        return tuple(replace(entry, id=f"e{n}") for n, entry in enumerate(drawn))  # type: ignore[type-var]

    return st.lists(entries, max_size=most).map(numbered)


_measures = _listed(
    st.builds(
        Measure,
        storable,
        storable,
        baseline=st.none() | _figures,
        baseline_year=st.none() | _years,
        planned=st.lists(st.tuples(_years, _figures), max_size=3).map(tuple),
        source=st.sampled_from(DataSource),
    )
)
_evidence = _listed(
    st.builds(Evidence, storable, st.sampled_from(EvidenceKind), storable, storable)
)
_blocks = st.one_of(
    st.builds(Paragraph, storable),
    st.builds(BulletList, st.lists(storable, max_size=3).map(tuple)),
    st.builds(
        TextTable,
        st.lists(storable, max_size=3).map(tuple),
        st.lists(st.lists(storable, max_size=3).map(tuple), max_size=3).map(tuple),
    ),
)
_RECORDS: dict[str, st.SearchStrategy[object]] = {
    "assessment": st.builds(
        Particulars,
        storable,
        st.sampled_from(UnitKind),
        storable,
        st.none() | st.integers(0, 10**9),
        storable,
        storable,
        storable,
    ),
    "member": st.builds(
        Membership, storable, storable, storable, storable, st.lists(storable).map(tuple)
    ),
    "answer": st.one_of(
        st.builds(
            Answer,
            st.just(State.RATED),
            st.frozensets(storable, max_size=6),
            note=storable,
            evidence=_evidence,
            confidence=st.none() | st.integers(1, 3),
            to_discuss=st.booleans(),
        ),
        st.builds(
            Answer,
            st.just(State.NOT_APPLICABLE),
            reason=storable.filter(lambda t: bool(t.strip())),
        ),
    ),
    "aim": st.builds(Aim, st.none() | st.integers(1, 10), st.integers(1, 3), st.integers(1, 3)),
    "plan": st.builds(
        Plan,
        st.just(2027),
        st.integers(2027, 2040),
        storable,
        author=storable,
        sources=_listed(st.builds(MoneySource, storable, storable)),
    ),
    "chapter": st.builds(Chapter, st.lists(_blocks, max_size=4).map(tuple)),
    "goal": st.builds(
        Goal, storable, storable, storable, st.none() | storable, _measures, st.integers(0, 99)
    ),
    "action": st.builds(Action, storable, storable, storable, storable, st.integers(0, 99)),
    "undertaking": st.builds(
        Undertaking,
        storable,
        storable,
        storable,
        start=st.sampled_from(["", "2027-01"]),
        end=st.sampled_from(["", "2028-12"]),
        status=st.sampled_from(Status),
        closes=st.frozensets(storable, max_size=5),
        costs=_listed(st.builds(CostLine, _years, storable, st.integers(0, 10**20))),
        measures=_measures,
        position=st.integers(0, 99),
    ),
    "risk": st.builds(
        Risk,
        storable,
        storable,
        st.integers(1, 3),
        st.integers(1, 3),
        storable,
        st.none() | storable,
    ),
}


def records(kind: str) -> st.SearchStrategy[object]:
    """Draw a record of a kind, its entries with ids of their own."""
    return _RECORDS[kind]
