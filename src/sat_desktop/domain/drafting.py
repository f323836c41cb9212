"""A first plan out of the gaps: the questionnaire's own steps offered as undertakings.

For every indicator with a gap each level between the present and the wanted one that still lacks a
criterion becomes one undertaking, unless the plan closes those criteria already, so that drafting
again only adds what is missing.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from sat_desktop.domain.gaps import Gap, Gaps
from sat_desktop.domain.plan import (
    Action,
    DevelopmentPlan,
    Goal,
    Measure,
    Plan,
    Undertaking,
    criteria_closed,
)
from sat_desktop.domain.questionnaire import Group, Indicator, Questionnaire, Step
from sat_desktop.domain.scores import Scores


@dataclass(frozen=True, slots=True)
class Draft:
    """New parts for a plan, in the order of the questionnaire."""

    goals: tuple[Goal, ...]
    actions: tuple[Action, ...]
    undertakings: tuple[Undertaking, ...]


def month_after(start: str, months: int) -> str:
    """Return the month that lies `months` after "YYYY-MM"; negative counts go back."""
    count = int(start[:4]) * 12 + int(start[5:]) - 1 + months
    return f"{count // 12:04d}-{count % 12 + 1:02d}"


def missing_levels(
    indicator: Indicator, met: frozenset[str], gap: Gap
) -> tuple[tuple[int, frozenset[str]], ...]:
    """Return the levels up to the wanted one that lack criteria, with the criteria they lack."""
    if not gap.gap or gap.level is None or gap.wanted is None:
        return ()
    levels = range(gap.level + 1, gap.wanted + 1)
    lacking = ((k, indicator.criteria_by_level[k - 1] - met) for k in levels)
    return tuple((k, criteria) for k, criteria in lacking if criteria)


def draft(
    questionnaire: Questionnaire,
    scores: Scores,
    gaps: Gaps,
    plan: DevelopmentPlan,
    language: str,
    goal_title: Callable[[Group], str],
    new_id: Callable[[], str],
) -> Draft:
    """Offer goals, actions and undertakings for the gaps that `plan` does not close yet.

    Args:
        scores: of the agreed response.
        goal_title: the wording of a goal for a group (words are not the domain's).
        new_id: makes an id for each new part.

    The undertakings of an indicator follow one another; indicators of higher priority start in
    earlier years. An undertaking never ends after the plan's last year: what would not fit starts
    earlier, at the first month of the plan at the earliest.
    """
    planned = criteria_closed(plan, plan.head.last_year)
    ranked = [gap.id for gap in gaps.ranked()]
    goals = {g.group: g for g in plan.goals if g.group}
    new_goals: list[Goal] = []
    actions: list[Action] = []
    undertakings: list[Undertaking] = []
    for key, indicator in questionnaire.indicators.items():
        met = frozenset(scores.ratings[key].met) | planned
        lacking = missing_levels(indicator, met, gaps.indicators[key])
        if not lacking:
            continue
        group = questionnaire.nodes[questionnaire.group_of[key]]
        if group.id not in goals:
            goals[group.id] = Goal(
                new_id(),
                goal_title(group),
                group=group.id,
                position=len(plan.goals) + len(new_goals),
            )
            new_goals.append(goals[group.id])
        action = Action(
            new_id(),
            goals[group.id].id,
            indicator.name.get(language),
            position=len(plan.actions) + len(actions),
        )
        actions.append(action)
        steps = [(criteria, _step(indicator, level, questionnaire)) for level, criteria in lacking]
        start = _start(plan.head, ranked.index(key), len(ranked), sum(s.months for _, s in steps))
        for criteria, step in steps:
            end = min(month_after(start, step.months - 1), f"{plan.head.last_year}-12")
            undertakings.append(
                _undertaking(new_id(), action, indicator, step, language, start, end, criteria)
            )
            start = min(month_after(end, 1), f"{plan.head.last_year}-12")
    return Draft(tuple(new_goals), tuple(actions), _numbered(undertakings, len(plan.undertakings)))


def _step(indicator: Indicator, level: int, questionnaire: Questionnaire) -> Step:
    """Return the step of a level; without one, the level's own name stands in for it."""
    step = indicator.levels[level - 1].step
    if step is not None:
        return step
    return Step(title=indicator.name, description=questionnaire.level_name(level), months=6)


def _start(head: Plan, rank: int, count: int, months: int) -> str:
    """Return the month in which work on the indicator of a rank begins."""
    first, last = f"{head.first_year}-01", f"{head.last_year}-12"
    year = head.first_year + rank * len(head.years) // count
    latest = month_after(last, 1 - months)
    return max(first, min(f"{year}-01", latest))


def _undertaking(
    identifier: str,
    action: Action,
    indicator: Indicator,
    step: Step,
    language: str,
    start: str,
    end: str,
    criteria: frozenset[str],
) -> Undertaking:
    measure = step.measure.get(language) if step.measure else ""
    return Undertaking(
        id=identifier,
        action=action.id,
        title=step.title.get(language),
        description=step.description.get(language),
        reason=indicator.why.get(language) if indicator.why else "",
        responsible=step.responsible.get(language) if step.responsible else "",
        start=start,
        end=end,
        closes=criteria,
        measures=(Measure(name=measure),) if measure else (),
    )


def _numbered(undertakings: list[Undertaking], first: int) -> tuple[Undertaking, ...]:
    return tuple(replace(u, position=first + n) for n, u in enumerate(undertakings))


def default_aims(gaps: Gaps) -> Mapping[str, int]:
    """Return the wanted levels that drafting writes down as aims: those with a gap (rule 7)."""
    return {gap.id: gap.wanted for gap in gaps.ranked() if gap.wanted is not None}
