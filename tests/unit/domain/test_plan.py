"""The plan's records, its money to the grosz, and what it makes true by when."""

from collections import Counter
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sat_desktop.domain.plan import (
    SOURCES,
    Action,
    CostLine,
    DevelopmentPlan,
    Goal,
    MoneySource,
    Plan,
    Risk,
    Status,
    Undertaking,
    add_up,
    criteria_closed,
)
from sat_desktop.errors import SatError
from strategies import plans, questionnaires

some_plans = questionnaires().flatmap(plans)


def work(identifier: str, *costs: CostLine, **facts: Any) -> Undertaking:
    made = Undertaking(identifier, "action", f"Work {identifier}", costs=costs)
    return replace(made, **facts)


def plan_of(*undertakings: Undertaking, sources: tuple[MoneySource, ...] = ()) -> DevelopmentPlan:
    return DevelopmentPlan(
        Plan(2027, 2029, sources=sources),
        {},
        (Goal("goal", "Aim high"), Goal("other", "Aim higher")),
        (Action("action", "goal", "Act"),),
        undertakings,
    )


# Records.


@pytest.mark.parametrize(
    ("first", "last"), [(2030, 2029), (1989, 1995), (2195, 2201), (2027, 2057)]
)
def test_years_no_plan_has_are_refused(first: int, last: int) -> None:
    with pytest.raises(SatError) as refused:
        Plan(first, last)
    assert (refused.value.code, refused.value.facts) == (
        "plan-years",
        {"first": first, "last": last},
    )


def test_a_plan_covers_its_first_and_its_last_year_and_thirty_at_most() -> None:
    assert list(Plan(2027, 2027).years) == [2027]
    assert len(Plan(2027, 2056).years) == 30


@pytest.mark.parametrize("month", ["2027", "2027-13", "2027-00", "27-01", "2027-1", "2027-01\n"])
def test_a_month_is_four_digits_and_two(month: str) -> None:
    for facts in ({"start": month}, {"end": month}):
        with pytest.raises(SatError) as refused:
            work("x", **facts)
        assert (refused.value.code, refused.value.facts) == ("month-malformed", {"value": month})


def test_an_undertaking_does_not_end_before_it_starts() -> None:
    assert work("x", start="2027-05", end="2027-05").end == "2027-05"
    with pytest.raises(SatError) as refused:
        work("x", start="2027-05", end="2027-04")
    assert refused.value.code == "months-reversed"


def test_negative_money_is_refused() -> None:
    with pytest.raises(SatError) as refused:
        CostLine(2027, "own", -1)
    assert refused.value.code == "money-negative"


@pytest.mark.parametrize(("likelihood", "impact"), [(0, 1), (4, 1), (3, 0), (3, 4)])
def test_likelihood_and_impact_are_1_to_3(likelihood: int, impact: int) -> None:
    with pytest.raises(SatError) as refused:
        Risk("r", "It fails", likelihood, impact)
    assert refused.value.code == "risk-range"


# Money.


def test_money_by_year_source_goal_and_undertaking() -> None:
    plan = plan_of(
        work("1", CostLine(2027, "own", 10), CostLine(2028, "eu", 5), CostLine(2027, "own", 1)),
        work("2", CostLine(2028, "norway", 100)),
        work("3", CostLine(2028, "own", 1_000_000), status=Status.CANCELLED),
        work("4"),
        sources=(MoneySource("norway", "Norway Grants"),),
    )
    money = add_up(plan)
    assert money.by_year_and_source == {
        (2027, "own"): 11,
        (2028, "eu"): 5,
        (2028, "norway"): 100,
    }
    assert money.by_year == {2027: 11, 2028: 105, 2029: 0}
    assert list(money.by_source) == [*SOURCES, "norway"]
    assert money.by_source["own"] == 11
    assert money.by_goal == {"goal": 116, "other": 0}
    assert money.by_undertaking == {"1": 16, "2": 100, "3": 0, "4": 0}
    assert money.total == 116


def test_money_of_other_years_and_unknown_sources_is_not_lost() -> None:
    money = add_up(plan_of(work("1", CostLine(2035, "typo", 7), CostLine(2020, "own", 2))))
    assert list(money.by_year) == [2020, 2027, 2028, 2029, 2035]
    assert list(money.by_source) == [*SOURCES, "typo"]
    assert money.total == 9


@given(some_plans)
def test_money_agrees_to_the_grosz_in_every_direction(plan: DevelopmentPlan) -> None:
    money = add_up(plan)
    assert (
        money.total
        == sum(money.by_year.values())
        == sum(money.by_source.values())
        == sum(money.by_goal.values())
        == sum(money.by_undertaking.values())
        == sum(money.by_year_and_source.values())
    )
    assert set(money.by_year) >= set(plan.head.years)
    assert set(money.by_goal) == {g.id for g in plan.goals}
    assert set(money.by_undertaking) == {u.id for u in plan.undertakings}
    for year, amount in money.by_year.items():
        cells = [m for (y, _), m in money.by_year_and_source.items() if y == year]
        assert amount == sum(cells)


@given(some_plans)
def test_what_is_counted_is_every_cost_line_under_a_goal_that_is_not_cancelled(
    plan: DevelopmentPlan,
) -> None:
    goal_of = {a.id: a.goal for a in plan.actions}
    goals = {g.id for g in plan.goals}
    counted: Counter[tuple[int, str]] = Counter()
    for undertaking in plan.undertakings:
        if goal_of.get(undertaking.action) not in goals or undertaking.status is Status.CANCELLED:
            continue
        for line in undertaking.costs:
            counted[line.year, line.source] += line.grosze
    assert dict(counted) == add_up(plan).by_year_and_source


@given(some_plans)
def test_cancelling_takes_exactly_its_own_money_away(plan: DevelopmentPlan) -> None:
    before = add_up(plan)
    for position, undertaking in enumerate(plan.undertakings):
        cancelled = replace(undertaking, status=Status.CANCELLED)
        rest = (*plan.undertakings[:position], cancelled, *plan.undertakings[position + 1 :])
        after = add_up(replace(plan, undertakings=rest))
        assert before.total - after.total == before.by_undertaking[undertaking.id]


# The tree.


@given(some_plans)
def test_the_document_shows_everything_that_hangs_on_a_goal_once(plan: DevelopmentPlan) -> None:
    shown = list(plan.in_order())
    assert [u.id for _, _, u in shown] == list(dict.fromkeys(u.id for _, _, u in shown))
    assert all(a.goal == g.id and u.action == a.id for g, a, u in shown)
    assert shown == [
        (g, a, u)
        for g in plan.goals
        for a in plan.actions_of(g.id)
        for u in plan.undertakings_of(a.id)
    ]


# What comes true by when.


@pytest.mark.parametrize(
    ("end", "status", "year", "expected"),
    [
        ("2028-12", Status.PLANNED, 2028, True),
        ("2028-01", Status.RUNNING, 2028, True),
        ("2029-01", Status.DONE, 2028, False),
        ("2027-06", Status.DONE, 2028, True),
        ("2028-01", Status.CANCELLED, 2028, False),
        ("", Status.DONE, 2200, False),
    ],
)
def test_a_result_counts_from_the_year_of_the_end_on(
    end: str, status: Status, year: int, expected: bool
) -> None:
    undertaking = work("x", end=end, status=status, closes=frozenset({"c"}))
    assert undertaking.ends_by(year) is expected
    assert criteria_closed(plan_of(undertaking), year) == ({"c"} if expected else set())


@given(some_plans, st.integers(1989, 2201))
def test_criteria_closed_never_open_again(plan: DevelopmentPlan, year: int) -> None:
    assert criteria_closed(plan, year) <= criteria_closed(plan, year + 1)


def test_an_undertaking_adds_up_its_money_by_source() -> None:
    lines = (CostLine(2027, "own", 100), CostLine(2027, "eu", 50), CostLine(2028, "own", 1))
    work = Undertaking("u", "a", "Work", costs=lines)
    assert work.grosze_by_source == {"own": 101, "eu": 50}
    assert sum(work.grosze_by_source.values()) == work.grosze


def test_the_weight_of_a_risk_is_likelihood_times_impact() -> None:
    assert Risk("r", "It may rain", likelihood=2, impact=3).weight == 6
