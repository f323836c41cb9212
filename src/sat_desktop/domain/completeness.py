"""What a plan still lacks: findings, each of which names the item to jump to."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from sat_desktop.domain.drafting import missing_levels
from sat_desktop.domain.gaps import Gaps
from sat_desktop.domain.history import Conflict
from sat_desktop.domain.kinds import ACTION, ANSWER, GOAL, PLAN, RISK, UNDERTAKING
from sat_desktop.domain.plan import (
    SOURCES,
    Action,
    DevelopmentPlan,
    Goal,
    Status,
    Undertaking,
    criteria_closed,
)
from sat_desktop.domain.questionnaire import Questionnaire
from sat_desktop.domain.scores import Scores


class FindingSeverity(StrEnum):
    """How much a finding matters: an error contradicts itself, a gap is left open, advice helps."""

    ERROR = "error"
    OPEN = "open"
    ADVICE = "advice"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a plan lacks.

    Attributes:
        code: what, a key of the wording table.
        kind, item: where to go to mend it; for an aim or an open gap the indicator's answer.
        facts: values the sentence needs.
    """

    code: str
    severity: FindingSeverity
    kind: str
    item: str
    facts: Mapping[str, object] = field(default_factory=dict)


def check_plan(
    questionnaire: Questionnaire,
    scores: Scores,
    gaps: Gaps,
    plan: DevelopmentPlan,
    conflicts: Iterable[Conflict] = (),
) -> tuple[Finding, ...]:
    """Return all findings: conflicts, aims, open gaps, then goals, actions, undertakings, risks.

    Args:
        conflicts: of the whole assessment; all numbers are of the side that is shown.
    """
    return (
        *(_conflict(questionnaire, plan, conflict) for conflict in conflicts),
        *_aims(questionnaire, gaps),
        *_open_gaps(questionnaire, scores, gaps, plan),
        *_structure(plan),
        *(f for u in plan.undertakings for f in _undertaking(questionnaire, scores, plan, u)),
        *_whole(plan),
    )


def _aims(questionnaire: Questionnaire, gaps: Gaps) -> Iterator[Finding]:
    """Yield wanted levels that the scale does not have: they were set by another edition."""
    for gap in gaps.indicators.values():
        if gap.aim is not None and gap.aim > questionnaire.n:
            facts = {
                "code": questionnaire.indicators[gap.id].code,
                "value": gap.aim,
                "highest": questionnaire.n,
            }
            yield Finding("aim-above-scale", FindingSeverity.ERROR, ANSWER.name, gap.id, facts)


def _conflict(questionnaire: Questionnaire, plan: DevelopmentPlan, conflict: Conflict) -> Finding:
    """Return what two people said differently, with what the item is called."""
    kind, scope, key = conflict.item
    titles: dict[str, object] = {i.id: i.code for i in questionnaire.indicators.values()}
    parts: tuple[Goal | Action | Undertaking, ...] = (
        *plan.goals,
        *plan.actions,
        *plan.undertakings,
    )
    titles |= {part.id: part.title for part in parts}
    titles |= {risk.id: risk.text for risk in plan.risks}
    # What is deleted until somebody settles it is called as the other side calls it.
    said = [r.value for r in conflict.sides if r.register.field in {"title", "text"}]
    title = titles.get(key) or next(reversed(said), key)
    facts = {"kind": kind, "scope": scope, "field": conflict.field, "title": title}
    return Finding("conflict-open", FindingSeverity.ERROR, kind, key, facts)


def _open_gaps(
    questionnaire: Questionnaire, scores: Scores, gaps: Gaps, plan: DevelopmentPlan
) -> Iterator[Finding]:
    """Yield the criteria below the wanted level that nothing closes in the plan's time."""
    closed = criteria_closed(plan, plan.head.last_year)
    for gap in gaps.ranked():
        indicator = questionnaire.indicators[gap.id]
        met = frozenset(scores.ratings[gap.id].met) | closed
        lacking = {c for _, criteria in missing_levels(indicator, met, gap) for c in criteria}
        if lacking:
            yield Finding(
                "gap-open",
                FindingSeverity.OPEN,
                ANSWER.name,
                gap.id,
                {
                    "code": indicator.code,
                    "count": len(lacking),
                    "criteria": tuple(c for c in indicator.criteria if c in lacking),
                },
            )


def _structure(plan: DevelopmentPlan) -> Iterator[Finding]:
    goals = {g.id for g in plan.goals}
    actions = {a.id for a in plan.actions}
    if not plan.goals:
        yield Finding("plan-without-goals", FindingSeverity.OPEN, PLAN.name, "")
    for goal in plan.goals:
        if not goal.title.strip():
            yield Finding("title-missing", FindingSeverity.ERROR, GOAL.name, goal.id)
        if not plan.actions_of(goal.id):
            yield Finding(
                "goal-without-actions",
                FindingSeverity.OPEN,
                GOAL.name,
                goal.id,
                {"title": goal.title},
            )
    for action in plan.actions:
        if action.goal not in goals:
            yield Finding(
                "action-without-goal",
                FindingSeverity.ERROR,
                ACTION.name,
                action.id,
                {"title": action.title},
            )
        if not plan.undertakings_of(action.id):
            yield Finding(
                "action-without-undertakings",
                FindingSeverity.OPEN,
                ACTION.name,
                action.id,
                {"title": action.title},
            )
    for undertaking in plan.undertakings:
        if undertaking.action not in actions:
            yield Finding(
                "undertaking-without-action",
                FindingSeverity.ERROR,
                UNDERTAKING.name,
                undertaking.id,
                {"title": undertaking.title},
            )


def _finding(u: Undertaking, name: str, severity: FindingSeverity, **facts: object) -> Finding:
    return Finding(name, severity, UNDERTAKING.name, u.id, {"title": u.title} | facts)


def _undertaking(
    questionnaire: Questionnaire, scores: Scores, plan: DevelopmentPlan, u: Undertaking
) -> Iterator[Finding]:
    if not u.title.strip():
        yield _finding(u, "title-missing", FindingSeverity.ERROR)
    if u.status is Status.CANCELLED:
        return
    if not u.responsible.strip():
        yield _finding(u, "responsible-missing", FindingSeverity.OPEN)
    if not u.start or not u.end:
        yield _finding(u, "months-missing", FindingSeverity.OPEN)
    if any(m and int(m[:4]) not in plan.head.years for m in (u.start, u.end)):
        yield _finding(u, "months-outside-plan", FindingSeverity.ERROR)
    if not u.measures:
        yield _finding(u, "measure-missing", FindingSeverity.ADVICE)
    yield from _costs(plan, u)
    yield from _closed_criteria(questionnaire, scores, u)


def _costs(plan: DevelopmentPlan, u: Undertaking) -> Iterator[Finding]:
    if not u.costs:
        yield _finding(u, "costs-missing", FindingSeverity.ADVICE)
    known = {*SOURCES, *(s.id for s in plan.head.sources)}
    for line in u.costs:
        if line.year not in plan.head.years:
            yield _finding(u, "cost-outside-plan", FindingSeverity.ERROR, year=line.year)
        if line.source not in known:
            yield _finding(u, "cost-source-unknown", FindingSeverity.ERROR, source=line.source)


def _closed_criteria(
    questionnaire: Questionnaire, scores: Scores, u: Undertaking
) -> Iterator[Finding]:
    """Yield what rule "criteria of indicators that are not rated are ignored" leaves out."""
    if not u.closes:
        yield _finding(u, "closes-nothing", FindingSeverity.ADVICE)
    for criterion in sorted(u.closes):
        key = questionnaire.indicator_of_criterion.get(criterion)
        if key is None:
            yield _finding(u, "criterion-unknown", FindingSeverity.ERROR, criterion=criterion)
        elif scores.ratings[key].level is None:
            indicator = questionnaire.indicators[key].code
            yield _finding(
                u, "criterion-not-rated", FindingSeverity.ERROR, criterion=criterion, code=indicator
            )


def _whole(plan: DevelopmentPlan) -> Iterator[Finding]:
    if plan.undertakings and not plan.risks:
        yield Finding("risks-missing", FindingSeverity.ADVICE, PLAN.name, "")
    undertakings = {u.id for u in plan.undertakings}
    for risk in plan.risks:
        if risk.undertaking is not None and risk.undertaking not in undertakings:
            yield Finding("risk-without-undertaking", FindingSeverity.ERROR, RISK.name, risk.id)
