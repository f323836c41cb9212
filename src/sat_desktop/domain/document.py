"""What stands in the plan's document, chapter by chapter, with its data: no words, no layout.

Last stage of the flow: it gathers what the earlier stages found and computes nothing but order and
selection, so that a document cannot say another number than the screen.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fractions import Fraction

from sat_desktop.domain.answers import UNANSWERED, Answer, Evidence
from sat_desktop.domain.assessment import Assessment, Member
from sat_desktop.domain.coherence import Incoherence, find_incoherence
from sat_desktop.domain.completeness import Finding
from sat_desktop.domain.consensus import Consensus, by_disagreement
from sat_desktop.domain.gaps import Gap, Gaps
from sat_desktop.domain.plan import (
    Action,
    Block,
    DevelopmentPlan,
    Goal,
    Measure,
    Money,
    Risk,
    Undertaking,
    add_up,
)
from sat_desktop.domain.questionnaire import (
    TOTAL,
    Group,
    Indicator,
    Questionnaire,
)
from sat_desktop.domain.scores import NodeScore, Rating, Scores


@dataclass(frozen=True, slots=True)
class NodeRow:
    """One line of the table of results; `group` is None for the whole."""

    group: Group | None
    depth: int
    score: NodeScore
    wanted: Fraction | None


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """One indicator with what is known of it."""

    indicator: Indicator
    group: Group
    rating: Rating
    gap: Gap
    answer: Answer


@dataclass(frozen=True, slots=True)
class UndertakingRow:
    """One undertaking with what it serves.

    Attributes:
        number: "1.2.3", by goal, action and undertaking.
        closes: the criteria it will make true, by indicator, in questionnaire order.
    """

    number: str
    goal: Goal
    action: Action
    undertaking: Undertaking
    closes: tuple[tuple[Indicator, tuple[str, ...]], ...]
    risks: tuple[Risk, ...]


@dataclass(frozen=True, slots=True)
class GoalRow:
    """One goal with its actions, numbered "1" and "1.1"."""

    number: str
    goal: Goal
    group: Group | None
    actions: tuple[tuple[str, Action], ...]


class MeasureKind(StrEnum):
    """Whether a measure counts what is made, or what changes by it."""

    PRODUCT = "product"
    RESULT = "result"


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """One measure with the number of the goal or undertaking it belongs to."""

    number: str
    kind: MeasureKind
    measure: Measure


@dataclass(frozen=True, slots=True)
class DissentRow:
    """How many members rated an indicator below and above the agreed level; no names."""

    indicator: Indicator
    agreed: int | None
    below: int
    above: int
    not_applicable: int


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """One evidence entry with the indicator it proves."""

    indicator: Indicator
    evidence: Evidence


@dataclass(frozen=True)
class PlanDocument:
    """Everything that the plan's document shows.

    Attributes:
        day: the date on the first page.
        narratives: what the authors wrote, by chapter id; a chapter without one has a draft.
        nodes: the whole first, then areas with their dimensions.
        strengths: indicators at the target level; weaknesses: those below minimum.
        priorities: indicators with a gap, most urgent first.
        disagreements: where members rated differently, deepest first.
        projection: numbers at the end of each year of the plan.
        findings: what the plan still lacks.
        coherence: rules whose conditions all hold: answers that sit oddly together.
        others: items of kinds that have no place in the document, by kind, for open data.
    """

    assessment: Assessment
    questionnaire: Questionnaire
    members: tuple[Member, ...]
    day: date
    plan: DevelopmentPlan
    scores: Scores
    gaps: Gaps
    consensus: Mapping[str, Consensus]
    narratives: Mapping[str, tuple[Block, ...]]
    nodes: tuple[NodeRow, ...]
    indicators: tuple[IndicatorRow, ...]
    strengths: tuple[IndicatorRow, ...]
    weaknesses: tuple[IndicatorRow, ...]
    priorities: tuple[IndicatorRow, ...]
    disagreements: tuple[Consensus, ...]
    dissent: tuple[DissentRow, ...]
    evidence: tuple[EvidenceRow, ...]
    goals: tuple[GoalRow, ...]
    undertakings: tuple[UndertakingRow, ...]
    money: Money
    measures: tuple[MeasureRow, ...]
    risks: tuple[Risk, ...]
    projection: Mapping[int, Scores]
    findings: tuple[Finding, ...]
    coherence: tuple[Incoherence, ...]
    others: Mapping[str, tuple[object, ...]] = field(default_factory=dict)


def compose(
    assessment: Assessment,
    questionnaire: Questionnaire,
    members: tuple[Member, ...],
    answers: Mapping[str, Answer],
    scores: Scores,
    gaps: Gaps,
    consensus: Mapping[str, Consensus],
    plan: DevelopmentPlan,
    projection: Mapping[int, Scores],
    findings: tuple[Finding, ...],
    day: date,
    others: Mapping[str, tuple[object, ...]],
) -> PlanDocument:
    """Put a plan's document together from the agreed answers and all that follows from them."""
    indicators = {
        key: IndicatorRow(
            indicator,
            questionnaire.nodes[questionnaire.group_of[key]],
            scores.ratings[key],
            gaps.indicators[key],
            answers.get(key, UNANSWERED),
        )
        for key, indicator in questionnaire.indicators.items()
    }
    rows = tuple(indicators.values())
    goals, undertakings = _numbered(questionnaire, plan)
    disagreements = tuple(
        c for c in by_disagreement(consensus) if c.mixed or (c.agreement or 1) < 1
    )
    return PlanDocument(
        assessment=assessment,
        questionnaire=questionnaire,
        members=members,
        day=day,
        plan=plan,
        scores=scores,
        gaps=gaps,
        consensus=consensus,
        narratives={key: chapter.blocks for key, chapter in plan.chapters.items()},
        nodes=_nodes(questionnaire, scores, gaps),
        indicators=rows,
        strengths=tuple(r for r in rows if r.rating.level == questionnaire.n),
        weaknesses=tuple(r for r in rows if r.rating.level == 0),
        priorities=tuple(indicators[g.id] for g in gaps.ranked()),
        disagreements=disagreements,
        dissent=tuple(
            d
            for c in disagreements
            if (d := _dissent(questionnaire.indicators[c.id], scores.ratings[c.id].level, c))
        ),
        evidence=tuple(EvidenceRow(r.indicator, e) for r in rows for e in r.answer.evidence),
        goals=goals,
        undertakings=undertakings,
        money=add_up(plan),
        measures=_measures(goals, undertakings),
        risks=tuple(sorted(plan.risks, key=lambda r: -r.weight)),
        projection=projection,
        findings=findings,
        coherence=find_incoherence(questionnaire, answers),
        others=others,
    )


def _nodes(questionnaire: Questionnaire, scores: Scores, gaps: Gaps) -> tuple[NodeRow, ...]:
    def below(group: Group, depth: int) -> list[NodeRow]:
        row = NodeRow(group, depth, scores.nodes[group.id], gaps.wanted_index[group.id])
        return [row, *(r for child in group.groups for r in below(child, depth + 1))]

    whole = NodeRow(None, 0, scores.total, gaps.wanted_index[TOTAL])
    return (whole, *(row for top in questionnaire.groups for row in below(top, 1)))


def _dissent(indicator: Indicator, agreed: int | None, c: Consensus) -> DissentRow | None:
    levels = c.levels.values()
    row = DissentRow(
        indicator,
        agreed,
        below=0 if agreed is None else sum(level < agreed for level in levels),
        above=0 if agreed is None else sum(level > agreed for level in levels),
        not_applicable=c.not_applicable,
    )
    return row if row.below or row.above or row.not_applicable else None


def _numbered(
    questionnaire: Questionnaire, plan: DevelopmentPlan
) -> tuple[tuple[GoalRow, ...], tuple[UndertakingRow, ...]]:
    risks: defaultdict[str | None, list[Risk]] = defaultdict(list)
    for risk in plan.risks:
        risks[risk.undertaking].append(risk)
    closed = _closings(questionnaire)
    goals: list[GoalRow] = []
    undertakings: list[UndertakingRow] = []
    for g, goal in enumerate(plan.goals, 1):
        actions = tuple((f"{g}.{a}", x) for a, x in enumerate(plan.actions_of(goal.id), 1))
        group = questionnaire.nodes.get(goal.group) if goal.group else None
        goals.append(GoalRow(str(g), goal, group, actions))
        for number, action in actions:
            undertakings += [
                UndertakingRow(f"{number}.{n}", goal, action, u, closed(u), tuple(risks[u.id]))
                for n, u in enumerate(plan.undertakings_of(action.id), 1)
            ]
    return tuple(goals), tuple(undertakings)


def _closings(
    questionnaire: Questionnaire,
) -> Callable[[Undertaking], tuple[tuple[Indicator, tuple[str, ...]], ...]]:
    """Return what gives the criteria that an undertaking closes, by indicator, in their order."""
    places = {key: place for place, key in enumerate(questionnaire.indicators)}
    owner = questionnaire.indicator_of_criterion

    def closed(undertaking: Undertaking) -> tuple[tuple[Indicator, tuple[str, ...]], ...]:
        keys = {owner[c] for c in undertaking.closes if c in owner}
        found = (questionnaire.indicators[key] for key in sorted(keys, key=places.__getitem__))
        return tuple((i, tuple(c for c in i.criteria if c in undertaking.closes)) for i in found)

    return closed


def _measures(
    goals: tuple[GoalRow, ...], undertakings: tuple[UndertakingRow, ...]
) -> tuple[MeasureRow, ...]:
    results = (MeasureRow(g.number, MeasureKind.RESULT, m) for g in goals for m in g.goal.measures)
    products = (
        MeasureRow(u.number, MeasureKind.PRODUCT, m)
        for u in undertakings
        for m in u.undertaking.measures
    )
    return (*results, *products)
