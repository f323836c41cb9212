"""A first plan out of the gaps: the questionnaire's own steps offered as undertakings.

For every indicator with a gap each level between the present and the wanted one that still lacks a
criterion becomes one undertaking, unless the plan closes those criteria already, so that drafting
again only adds what is missing.
"""

import re
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import count

from sat_desktop.domain.gaps import Gap, Gaps
from sat_desktop.domain.history import derived_id
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


@dataclass(frozen=True, slots=True)
class _Calendar:
    """The months of a plan, counted from its first January (0) to its last December (`last`)."""

    head: Plan

    @property
    def last(self) -> int:
        return len(self.head.years) * 12 - 1

    def month(self, count: int) -> str:
        """Return a month as "YYYY-MM"."""
        return f"{self.head.first_year + count // 12:04d}-{count % 12 + 1:02d}"

    def spans(self, year: int, lengths: Iterable[int]) -> Iterator[tuple[str, str]]:
        """Yield start and end of works that follow one another from the year at this position on.

        What would run past the last month starts earlier: the whole row first, then each single
        work, which overlaps the one before it in a plan that is too short for all of them. None
        begins before the one that it follows.
        """
        lengths = tuple(lengths)
        free = min(year * 12, self.last + 1 - sum(lengths))
        for number, length in enumerate(lengths):
            latest = self.last + 1 - max(lengths[number:])
            start = max(0, min(free, latest))
            end = min(start + length - 1, self.last)
            yield self.month(start), self.month(end)
            free = end + 1


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
    in_use: Container[str],
) -> Draft:
    """Offer goals, actions and undertakings for the gaps that `plan` does not close yet.

    Args:
        scores: of the agreed response.
        goal_title: the wording of a goal for a group (words are not the domain's).
        in_use: ids of all parts that ever were; no draft writes to one of them.

    The id of a part follows from what it is a draft for, so that two people who draft from the same
    answers mean the same parts.

    The undertakings of an indicator follow one another; indicators of higher priority start in
    earlier years. An undertaking never ends after the plan's last year: what would not fit starts
    earlier, at the first month of the plan at the earliest.
    """
    planned = criteria_closed(plan, plan.head.last_year)
    ranks = {gap.id: rank for rank, gap in enumerate(gaps.ranked())}
    calendar = _Calendar(plan.head)
    goals = {g.group: g for g in reversed(plan.goals)}  # of several under one group, the first
    next_goal, next_action = _next_position(plan.goals), _next_position(plan.actions)
    next_undertaking = _next_position(plan.undertakings)
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
                _draft_id(in_use, "goal", group.id),
                goal_title(group),
                group=group.id,
                position=next_goal + len(new_goals),
            )
            new_goals.append(goals[group.id])
        action = Action(
            _draft_id(in_use, "action", key),
            goals[group.id].id,
            indicator.name.get(language),
            position=next_action + len(actions),
        )
        actions.append(action)
        steps = [_step(indicator, level, questionnaire) for level, _ in lacking]
        year = ranks[key] * len(plan.head.years) // len(ranks)
        spans = calendar.spans(year, (step.months for step in steps))
        for (_, criteria), step, span in zip(lacking, steps, spans, strict=True):
            position = next_undertaking + len(undertakings)
            undertakings.append(
                _undertaking(
                    _draft_id(in_use, "undertaking", *sorted(criteria)),
                    action,
                    indicator,
                    step,
                    language,
                    span,
                    criteria,
                    position,
                )
            )
    return Draft(tuple(new_goals), tuple(actions), tuple(undertakings))


def _draft_id(in_use: Container[str], *what: str) -> str:
    """Return the id of a draft: the first of those that follow from what it is for and are free."""
    return next(i for n in count(1) if (i := derived_id("draft", *what, str(n))) not in in_use)


def _next_position(parts: Iterable[Goal | Action | Undertaking]) -> int:
    """Return a position behind all others, which may have holes where parts were deleted."""
    return max((part.position for part in parts), default=-1) + 1


def _step(indicator: Indicator, level: int, questionnaire: Questionnaire) -> Step:
    """Return the step of a level; without one, the level's own name stands in for it."""
    step = indicator.levels[level - 1].step
    if step is not None:
        return step
    return Step(title=indicator.name, description=questionnaire.level_name(level), months=6)


def _undertaking(
    identifier: str,
    action: Action,
    indicator: Indicator,
    step: Step,
    language: str,
    span: tuple[str, str],
    criteria: frozenset[str],
    position: int,
) -> Undertaking:
    measure = _measure(step.measure.get(language), identifier) if step.measure else None
    return Undertaking(
        id=identifier,
        action=action.id,
        title=step.title.get(language),
        description=step.description.get(language),
        reason=indicator.why.get(language) if indicator.why else "",
        responsible=step.responsible.get(language) if step.responsible else "",
        start=span[0],
        end=span[1],
        closes=criteria,
        measures=(measure,) if measure else (),
        position=position,
    )


def _measure(text: str, undertaking: str) -> Measure:
    """Return the measure of a step; a short word in brackets at its end is the unit."""
    found = re.fullmatch(r"(.+?)\s*\(([^()]{1,12})\)", text)
    name, unit = found.groups() if found else (text, "")
    return Measure(name, unit, id=derived_id("draft", "measure", undertaking))


def default_aims(gaps: Gaps) -> Mapping[str, int]:
    """Return the wanted levels that drafting writes down as aims: those with a gap (rule 7)."""
    return {gap.id: gap.wanted for gap in gaps.ranked() if gap.wanted is not None}
