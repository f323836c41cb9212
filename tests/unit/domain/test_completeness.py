"""What a plan still lacks, each finding with the place to mend it."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sat_desktop.domain.answers import Answer, State
from sat_desktop.domain.completeness import Finding, FindingSeverity, check_plan
from sat_desktop.domain.drafting import draft
from sat_desktop.domain.gaps import Aim, find_gaps
from sat_desktop.domain.kinds import ACTION, ANSWER, GOAL, RISK, UNDERTAKING
from sat_desktop.domain.plan import (
    Action,
    CostLine,
    DevelopmentPlan,
    Goal,
    Measure,
    MoneySource,
    Plan,
    Risk,
    Status,
    Undertaking,
    criteria_closed,
)
from sat_desktop.domain.questionnaire import Questionnaire
from sat_desktop.domain.scores import score
from strategies import Answers, aims, answered, plans

Check = Callable[[DevelopmentPlan], tuple[Finding, ...]]

SOUND = Undertaking(
    "u",
    "a",
    "Build it",
    responsible="Secretary",
    start="2027-01",
    end="2028-12",
    closes=frozenset({"b.2.x", "b.2.y", "d.3.x", "d.3.y"}),
    costs=(CostLine(2027, "own", 1),),
    measures=(Measure("Number built"),),
)
PLAN = DevelopmentPlan(
    Plan(2027, 2028, sources=(MoneySource("norway", "Norway Grants"),)),
    {},
    (Goal("g", "Aim high"),),
    (Action("a", "g", "Act"),),
    (SOUND,),
    (Risk("r", "It fails", undertaking="u"),),
)


@pytest.fixture
def check(example: Questionnaire, answers: Answers) -> Check:
    scores = score(example, answers)
    gaps = find_gaps(example, scores, {})
    return lambda plan: check_plan(example, scores, gaps, plan)


def test_a_sound_plan_lacks_nothing(check: Check) -> None:
    assert check(PLAN) == ()


def test_a_wanted_level_that_the_scale_does_not_have_is_found(
    example: Questionnaire, answers: Answers
) -> None:
    scores = score(example, answers)
    gaps = find_gaps(example, scores, {"c": Aim(4), "d": Aim(3)})
    found = check_plan(example, scores, gaps, PLAN)
    assert found[0] == Finding(
        "aim-above-scale",
        FindingSeverity.ERROR,
        ANSWER.name,
        "c",
        {"code": "c", "value": 4, "highest": 3},
    )
    assert "aim-above-scale" not in {f.code for f in found[1:]}


def test_an_empty_plan_lacks_goals_and_leaves_every_gap_open(check: Check) -> None:
    found = check(DevelopmentPlan(Plan(2027, 2028), {}))
    assert [(f.code, f.kind, f.item) for f in found] == [
        ("gap-open", ANSWER.name, "b"),
        ("gap-open", ANSWER.name, "d"),
        ("plan-without-goals", "plan", ""),
    ]
    assert found[0].severity is FindingSeverity.OPEN
    assert found[0].facts == {"code": "b", "count": 2, "criteria": ("b.2.x", "b.2.y")}


@pytest.mark.parametrize(
    "idle",
    [
        replace(SOUND, status=Status.CANCELLED),
        replace(SOUND, end=""),
        replace(SOUND, end="2029-01"),
        replace(SOUND, closes=frozenset()),
    ],
)
def test_a_gap_is_open_unless_something_closes_it_in_the_plans_time(
    check: Check, idle: Undertaking
) -> None:
    found = check(replace(PLAN, undertakings=(idle,)))
    assert [f.item for f in found if f.code == "gap-open"] == ["b", "d"]


def test_a_half_closed_gap_names_the_other_half(check: Check) -> None:
    half = replace(SOUND, closes=SOUND.closes - {"b.2.y"})
    (found,) = check(replace(PLAN, undertakings=(half,)))
    assert found.facts == {"code": "b", "count": 1, "criteria": ("b.2.y",)}


@pytest.mark.parametrize(
    ("plan", "expected"),
    [
        (
            replace(PLAN, goals=(*PLAN.goals, Goal("g2", " "))),
            [
                ("title-missing", FindingSeverity.ERROR, GOAL.name, "g2"),
                ("goal-without-actions", FindingSeverity.OPEN, GOAL.name, "g2"),
            ],
        ),
        (
            replace(PLAN, actions=(*PLAN.actions, Action("a2", "g", "Act"))),
            [("action-without-undertakings", FindingSeverity.OPEN, ACTION.name, "a2")],
        ),
        (
            replace(PLAN, goals=(), actions=(Action("a", "gone", "Act"),)),
            [
                ("plan-without-goals", FindingSeverity.OPEN, "plan", ""),
                ("action-without-goal", FindingSeverity.ERROR, ACTION.name, "a"),
            ],
        ),
        (
            replace(PLAN, undertakings=(SOUND, replace(SOUND, id="u2", action="gone"))),
            [("undertaking-without-action", FindingSeverity.ERROR, UNDERTAKING.name, "u2")],
        ),
        (
            replace(PLAN, risks=()),
            [("risks-missing", FindingSeverity.ADVICE, "plan", "")],
        ),
        (
            replace(PLAN, risks=(Risk("r", "It fails", undertaking="gone"), Risk("r2", "All"))),
            [("risk-without-undertaking", FindingSeverity.ERROR, RISK.name, "r")],
        ),
    ],
)
def test_the_structure_of_a_plan(
    check: Check,
    plan: DevelopmentPlan,
    expected: list[tuple[str, FindingSeverity, str, str]],
) -> None:
    assert [(f.code, f.severity, f.kind, f.item) for f in check(plan)] == expected


@pytest.mark.parametrize(
    ("change", "code", "severity", "facts"),
    [
        ({"title": ""}, "title-missing", FindingSeverity.ERROR, {}),
        ({"responsible": " "}, "responsible-missing", FindingSeverity.OPEN, {}),
        ({"start": ""}, "months-missing", FindingSeverity.OPEN, {}),
        ({"start": "2026-12"}, "months-outside-plan", FindingSeverity.ERROR, {}),
        ({"measures": ()}, "measure-missing", FindingSeverity.ADVICE, {}),
        ({"costs": ()}, "costs-missing", FindingSeverity.ADVICE, {}),
        (
            {"costs": (CostLine(2027, "norway", 1), CostLine(2029, "own", 1))},
            "cost-outside-plan",
            FindingSeverity.ERROR,
            {"year": 2029},
        ),
        (
            {"costs": (CostLine(2027, "typo", 1),)},
            "cost-source-unknown",
            FindingSeverity.ERROR,
            {"source": "typo"},
        ),
        (
            {"closes": SOUND.closes | {"gone.1"}},
            "criterion-unknown",
            FindingSeverity.ERROR,
            {"criterion": "gone.1"},
        ),
        (
            {"closes": SOUND.closes | {"c.1.x"}},
            "criterion-not-rated",
            FindingSeverity.ERROR,
            {"criterion": "c.1.x", "code": "c"},
        ),
        (
            {"closes": SOUND.closes | {"e.1.x"}},
            "criterion-not-rated",
            FindingSeverity.ERROR,
            {"criterion": "e.1.x", "code": "e"},
        ),
    ],
)
def test_what_an_undertaking_lacks(
    check: Check,
    change: dict[str, Any],
    code: str,
    severity: FindingSeverity,
    facts: dict[str, object],
) -> None:
    changed = replace(SOUND, **change)
    expected = Finding(code, severity, UNDERTAKING.name, "u", {"title": changed.title} | facts)
    assert check(replace(PLAN, undertakings=(changed,))) == (expected,)


def test_an_undertaking_that_closes_nothing_is_pointed_out(check: Check) -> None:
    idle = replace(SOUND, id="idle", closes=frozenset())
    (found,) = check(replace(PLAN, undertakings=(SOUND, idle)))
    assert (found.code, found.severity, found.item) == (
        "closes-nothing",
        FindingSeverity.ADVICE,
        "idle",
    )


def test_of_a_cancelled_undertaking_only_the_title_is_asked(check: Check) -> None:
    for title, expected in (("Was to be built", []), ("", ["title-missing"])):
        dropped = Undertaking("x", "a", title, status=Status.CANCELLED)
        found = check(replace(PLAN, undertakings=(SOUND, dropped)))
        assert [f.code for f in found] == expected


@given(st.data())
def test_open_gaps_are_what_a_naive_search_finds_and_drafting_closes_them(
    data: st.DataObject,
) -> None:
    questionnaire, answers = data.draw(answered())
    wishes: dict[str, Aim] = data.draw(aims(questionnaire))
    plan = data.draw(plans(questionnaire))
    scores = score(questionnaire, answers)
    gaps = find_gaps(questionnaire, scores, wishes)

    def open_criteria(some: DevelopmentPlan) -> set[str]:
        found = check_plan(questionnaire, scores, gaps, some)
        listed = [f.facts["criteria"] for f in found if f.code == "gap-open"]
        return {c for criteria in listed if isinstance(criteria, tuple) for c in criteria}

    closed = criteria_closed(plan, plan.head.last_year)
    assert open_criteria(plan) == {
        criterion
        for key, gap in gaps.indicators.items()
        if gap.level is not None and gap.wanted is not None
        for criteria in questionnaire.indicators[key].criteria_by_level[gap.level : gap.wanted]
        for criterion in criteria - answers[key].met - closed
    }
    new = draft(questionnaire, scores, gaps, plan, "pl", lambda g: g.id, set())
    assert not open_criteria(replace(plan, undertakings=plan.undertakings + new.undertakings))
    assert bool(new.undertakings) == bool(open_criteria(plan))


def test_criteria_of_an_indicator_rated_zero_are_not_ignored(
    example: Questionnaire, answers: Answers
) -> None:
    scores = score(example, answers | {"c": Answer(State.RATED)})
    closes = SOUND.closes | {"c.1.x", "c.1.y"}
    plan = replace(PLAN, undertakings=(replace(SOUND, closes=closes),))
    assert check_plan(example, scores, find_gaps(example, scores, {}), plan) == ()
