"""A first plan out of the gaps."""

from collections.abc import Collection
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sat_desktop.domain.answers import Answer, State
from sat_desktop.domain.completeness import check_plan
from sat_desktop.domain.drafting import (
    Draft,
    _Calendar,
    default_aims,
    draft,
    missing_levels,
)
from sat_desktop.domain.gaps import Aim, find_gaps
from sat_desktop.domain.plan import (
    Action,
    DevelopmentPlan,
    Goal,
    Plan,
    Status,
    Undertaking,
    criteria_closed,
)
from sat_desktop.domain.projection import project
from sat_desktop.domain.questionnaire import Group, Indicator, Questionnaire
from sat_desktop.domain.scores import score
from strategies import Answers, aims, answered, plans

Wishes = dict[str, Aim]
Case = tuple[Questionnaire, Answers, Wishes, DevelopmentPlan]


@st.composite
def cases(draw: st.DrawFn) -> Case:
    questionnaire, answers = draw(answered())
    return questionnaire, answers, draw(aims(questionnaire)), draw(plans(questionnaire))


def title(group: Group) -> str:
    return f"Strengthen {group.name.get('en')}"


def ids_of(parts: DevelopmentPlan | Draft) -> set[str]:
    listed: tuple[Goal | Action | Undertaking, ...]
    listed = (*parts.goals, *parts.actions, *parts.undertakings)
    return {part.id for part in listed}


def drafted(case: Case, gone: Collection[str] = ()) -> Draft:
    """Draft as the program does; `gone` are the ids of parts that were deleted."""
    questionnaire, answers, wishes, plan = case
    scores = score(questionnaire, answers)
    gaps = find_gaps(questionnaire, scores, wishes)
    in_use = ids_of(plan).union(gone)
    return draft(questionnaire, scores, gaps, plan, "en", title, in_use)


def with_draft(case: Case) -> DevelopmentPlan:
    plan, new = case[3], drafted(case)
    return replace(
        plan,
        goals=plan.goals + new.goals,
        actions=plan.actions + new.actions,
        undertakings=plan.undertakings + new.undertakings,
    )


def empty_plan(first: int, last: int) -> DevelopmentPlan:
    return DevelopmentPlan(Plan(first, last), {})


@given(cases())
def test_drafting_twice_adds_nothing(case: Case) -> None:
    assert drafted((*case[:3], with_draft(case))) == Draft((), (), ())


@given(cases())
def test_two_who_draft_from_the_same_answers_mean_the_same_parts(case: Case) -> None:
    questionnaire, answers, wishes, plan = case
    scores = score(questionnaire, answers)
    gaps = find_gaps(questionnaire, scores, wishes)
    in_polish = draft(questionnaire, scores, gaps, plan, "pl", lambda g: g.code, ids_of(plan))
    assert ids_of(in_polish) == ids_of(drafted(case))


@given(cases(), st.data())
def test_a_draft_never_writes_to_an_id_in_use(case: Case, data: st.DataObject) -> None:
    first = drafted(case)
    gone = data.draw(st.sets(st.sampled_from(sorted(ids_of(first))))) if ids_of(first) else set()
    again = drafted(case, gone)
    assert not ids_of(again) & gone
    # Where nothing was in the way, it is the same part.
    assert ids_of(first) - gone == ids_of(first) & ids_of(again)
    assert len(ids_of(again)) == len(ids_of(first))


def test_the_id_of_a_draft_follows_from_what_it_is_for(
    example: Questionnaire, answers: Answers
) -> None:
    case: Case = (example, answers, {}, empty_plan(2027, 2028))
    first = drafted(case)
    # Somebody else goes by other years, and wants more of another indicator.
    other = drafted((example, answers, {"b": Aim(3)}, empty_plan(2026, 2035)))
    assert ids_of(first) < ids_of(other)
    (extra,) = ids_of(other) - ids_of(first)
    assert [u.closes for u in other.undertakings if u.id == extra] == [{"b.3.x", "b.3.y"}]
    # What closes other criteria is another undertaking.
    met = answers | {"b": replace(answers["b"], met=answers["b"].met | {"b.2.x"})}
    half = drafted((example, met, {}, empty_plan(2027, 2028)))
    assert [g.id for g in half.goals] == [g.id for g in first.goals]
    assert [a.id for a in half.actions] == [a.id for a in first.actions]
    assert half.undertakings[0].id != first.undertakings[0].id


@given(cases())
def test_drafted_undertakings_close_exactly_what_nothing_closed_before(case: Case) -> None:
    questionnaire, answers, wishes, plan = case
    scores = score(questionnaire, answers)
    gaps = find_gaps(questionnaire, scores, wishes)
    needed = {
        criterion.id
        for key, gap in gaps.indicators.items()
        if gap.level is not None and gap.wanted is not None
        for level in questionnaire.indicators[key].levels[gap.level : gap.wanted]
        for criterion in level.criteria
        if criterion.id not in answers[key].met
    }
    closed = [c for u in drafted(case).undertakings for c in u.closes]
    assert len(closed) == len(set(closed))
    assert set(closed) == needed - criteria_closed(plan, plan.head.last_year)


@given(cases())
def test_the_drafted_plan_reaches_every_wanted_level_in_its_last_year(case: Case) -> None:
    questionnaire, answers, wishes, _ = case
    plan = with_draft(case)
    scores = score(questionnaire, answers)
    gaps = find_gaps(questionnaire, scores, wishes)
    last = project(questionnaire, answers, plan)[plan.head.last_year]
    for key, gap in gaps.indicators.items():
        level = last.ratings[key].level
        if gap.level is None or gap.wanted is None:
            assert level is None
        else:
            assert level is not None
            assert level >= max(gap.level, gap.wanted)
    findings = check_plan(questionnaire, scores, gaps, plan)
    assert "gap-open" not in {f.code for f in findings}


@given(cases())
def test_drafted_months_lie_inside_the_plan_in_the_order_of_levels(case: Case) -> None:
    head = case[3].head
    new = drafted(case)
    for action in new.actions:
        own = [u for u in new.undertakings if u.action == action.id]
        assert own
        starts = [u.start for u in own]
        assert starts == sorted(starts)
        for start, end in ((u.start, u.end) for u in own):
            assert f"{head.first_year}-01" <= start <= end <= f"{head.last_year}-12"


def test_in_a_plan_too_short_no_step_begins_before_the_one_it_follows() -> None:
    """The middle step would begin after the last one, which alone needs half of the year."""
    spans = list(_Calendar(Plan(2027, 2027)).spans(0, (9, 2, 6)))
    assert spans == [("2027-01", "2027-09"), ("2027-07", "2027-08"), ("2027-07", "2027-12")]


@given(cases())
def test_drafted_parts_hang_together_behind_what_was_there(case: Case) -> None:
    plan, new = case[3], drafted(case)
    assert {a.goal for a in new.actions} <= {g.id for g in (*plan.goals, *new.goals)}
    assert {a.id for a in new.actions} == {u.action for u in new.undertakings}
    assert {g.id for g in new.goals} <= {a.goal for a in new.actions}
    taken = {g.group for g in plan.goals}
    groups = [g.group for g in new.goals]
    assert len(set(groups)) == len(groups)
    assert not taken & set(groups)
    for old, added in (
        (plan.goals, new.goals),
        (plan.actions, new.actions),
        (plan.undertakings, new.undertakings),
    ):
        behind = max((part.position for part in old), default=-1)
        assert [part.position for part in added] == [behind + 1 + k for k in range(len(added))]
    ids = [g.id for g in new.goals] + [a.id for a in new.actions]
    ids += [u.id for u in new.undertakings]
    assert len(set(ids)) == len(ids)


def test_a_draft_speaks_in_the_questionnaires_words(
    example: Questionnaire, answers: Answers
) -> None:
    new = drafted((example, answers, {"b": Aim(3)}, empty_plan(2027, 2028)))
    assert [(g.title, g.group) for g in new.goals] == [
        ("Strengthen D1", "D1"),
        ("Strengthen D2", "D2"),
    ]
    assert [a.title for a in new.actions] == ["Indicator b", "Indicator d"]
    first, second, third = new.undertakings
    assert (first.title, first.description, first.reason) == ("Reach 2", "How", "Because")
    assert (first.responsible, first.measures[0].name) == ("Secretary", "Number")
    assert first.closes == {"b.2.x", "b.2.y"}
    assert second.title == "Reach 3"
    assert second.closes == {"b.3.x", "b.3.y"}
    assert third.closes == {"d.3.x", "d.3.y"}
    # b comes first (gap 2), one step after the other; d begins in the second year.
    assert [(u.start, u.end) for u in new.undertakings] == [
        ("2027-01", "2027-06"),
        ("2027-07", "2027-12"),
        ("2028-01", "2028-06"),
    ]


def test_a_draft_in_polish(example: Questionnaire, answers: Answers) -> None:
    scores = score(example, answers)
    gaps = find_gaps(example, scores, {})
    new = draft(example, scores, gaps, empty_plan(2027, 2028), "pl", title, ())
    assert new.actions[0].title == "Indicator b (pl)"
    assert new.undertakings[0].title == "Reach 2 (pl)"


def test_criteria_met_above_the_present_level_are_not_drafted(
    example: Questionnaire, answers: Answers
) -> None:
    answers["b"] = replace(answers["b"], met=answers["b"].met | {"b.2.x", "b.3.x", "b.3.y"})
    new = drafted((example, answers, {"b": Aim(3)}, empty_plan(2027, 2027)))
    own = [u.closes for u in new.undertakings if u.title in {"Reach 2", "Reach 3"}]
    assert own == [{"b.2.y"}, {"d.3.x", "d.3.y"}]


def test_a_goal_of_the_dimension_is_used_the_first_of_several(
    example: Questionnaire, answers: Answers
) -> None:
    goals = (Goal("free", "Free"), Goal("mine", "Mine", group="D1"), Goal("2nd", "", group="D1"))
    plan = replace(empty_plan(2027, 2028), goals=goals)
    new = drafted((example, answers, {}, plan))
    assert [g.group for g in new.goals] == ["D2"]
    assert new.actions[0].goal == "mine"


def test_a_cancelled_undertaking_is_offered_again(example: Questionnaire, answers: Answers) -> None:
    case: Case = (example, answers, {}, empty_plan(2027, 2028))
    plan = with_draft(case)
    assert drafted((example, answers, {}, plan)).undertakings == ()
    first, *rest = plan.undertakings
    plan = replace(plan, undertakings=(replace(first, status=Status.CANCELLED), *rest))
    (again,) = drafted((example, answers, {}, plan)).undertakings
    assert again.closes == first.closes


def stepped(example: Questionnaire, months: int | None) -> Questionnaire:
    """Return the example with steps of so many months, or without steps."""

    def changed(indicator: Indicator) -> Indicator:
        return replace(
            indicator,
            why=None,
            levels=tuple(
                replace(
                    level,
                    step=replace(level.step, months=months, responsible=None, measure=None)
                    if months and level.step
                    else None,
                )
                for level in indicator.levels
            ),
        )

    (area,) = example.groups
    dimensions = tuple(
        replace(d, indicators=tuple(map(changed, d.indicators))) for d in area.groups
    )
    return replace(example, groups=(replace(area, groups=dimensions),))


@pytest.mark.parametrize(
    ("months", "years", "expected"),
    [
        # One year: the third half-year overlaps the second instead of shrinking to a month.
        (6, 1, [("2027-01", "2027-06"), ("2027-07", "2027-12"), ("2027-07", "2027-12")]),
        (12, 1, [("2027-01", "2027-12")] * 3),
        (13, 1, [("2027-01", "2027-12")] * 3),
        (1, 1, [("2027-01", "2027-01"), ("2027-02", "2027-02"), ("2027-03", "2027-03")]),
        (18, 3, [("2027-01", "2028-06"), ("2028-07", "2029-12"), ("2028-07", "2029-12")]),
        (11, 3, [("2027-01", "2027-11"), ("2027-12", "2028-10"), ("2028-11", "2029-09")]),
        (10**9, 2, [("2027-01", "2028-12")] * 3),
    ],
)
def test_steps_that_do_not_fit_overlap_at_the_end_of_the_plan(
    example: Questionnaire, months: int, years: int, expected: list[tuple[str, str]]
) -> None:
    questionnaire = stepped(example, months)
    answers = {"a": Answer(State.RATED)}
    new = drafted((questionnaire, answers, {"a": Aim(3)}, empty_plan(2027, 2026 + years)))
    assert [(u.start, u.end) for u in new.undertakings] == expected


def test_less_urgent_work_starts_later_but_ends_in_time(
    example: Questionnaire, answers: Answers
) -> None:
    # Two gaps in four years: the second would start in 2029 but needs three years.
    new = drafted((stepped(example, 36), answers, {}, empty_plan(2027, 2030)))
    assert [(u.start, u.end) for u in new.undertakings] == [
        ("2027-01", "2029-12"),
        ("2028-01", "2030-12"),
    ]


def test_without_a_step_the_level_speaks_for_itself(
    example: Questionnaire, answers: Answers
) -> None:
    new = drafted((stepped(example, None), answers, {}, empty_plan(2027, 2028)))
    first = new.undertakings[0]
    assert (first.title, first.description) == ("Indicator b", "Level 2")
    assert (first.reason, first.responsible, first.measures) == ("", "", ())
    assert (first.start, first.end) == ("2027-01", "2027-06")


def test_missing_levels(example: Questionnaire, answers: Answers) -> None:
    scores = score(example, answers)
    gaps = find_gaps(example, scores, {"b": Aim(3), "c": Aim(3)}).indicators
    b = example.indicators["b"]
    met = answers["b"].met | {"b.2.x", "b.2.y", "b.3.x"}
    assert missing_levels(b, met, gaps["b"]) == ((3, frozenset({"b.3.y"})),)
    # No gap, and not rated: nothing is missing.
    assert missing_levels(example.indicators["a"], answers["a"].met, gaps["a"]) == ()
    assert missing_levels(example.indicators["c"], frozenset(), gaps["c"]) == ()


def test_drafting_writes_down_the_wanted_levels_of_gaps(
    example: Questionnaire, answers: Answers
) -> None:
    gaps = find_gaps(example, score(example, answers), {"d": Aim(1), "c": Aim(2)})
    assert default_aims(gaps) == {"b": 2}
