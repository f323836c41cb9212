"""What the plan will change, by the same rules as the present."""

from dataclasses import replace
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from sat_desktop.domain.answers import Answer, State, rate
from sat_desktop.domain.plan import DevelopmentPlan, Plan, Status, Undertaking
from sat_desktop.domain.projection import project, projected_answers
from sat_desktop.domain.questionnaire import Questionnaire
from sat_desktop.domain.scores import score
from strategies import Answers, answered, plans

Case = tuple[Questionnaire, Answers, DevelopmentPlan]


@st.composite
def planned(draw: st.DrawFn) -> Case:
    questionnaire, answers = draw(answered())
    return questionnaire, answers, draw(plans(questionnaire))


@given(planned())
def test_projection_is_the_agreed_response_with_what_ends_in_time(case: Case) -> None:
    questionnaire, answers, plan = case
    for year in plan.head.years:
        closed = {
            c
            for u in plan.undertakings
            if u.status is not Status.CANCELLED and u.end and u.end <= f"{year}-12"
            for c in u.closes
        }
        expected = {
            key: rate(a, a.met | (closed & set(questionnaire.indicators[key].criteria)))
            if a.state is State.RATED
            else a
            for key, a in answers.items()
        }
        assert projected_answers(questionnaire, answers, plan, year) == expected
        assert project(questionnaire, answers, plan)[year] == score(questionnaire, expected)


@given(planned())
def test_nothing_falls_from_year_to_year(case: Case) -> None:
    questionnaire, answers, plan = case
    steps = [score(questionnaire, answers), *project(questionnaire, answers, plan).values()]
    assert len(steps) == len(plan.head.years) + 1
    for then, now in pairwise(steps):
        for key, node in now.nodes.items():
            before = then.nodes[key]
            assert (node.index or 0) >= (before.index or 0)
            assert (node.low or 0) >= (before.low or 0)
            assert (node.high or 0) >= (before.high or 0)
            assert (node.attained or 0) >= (before.attained or 0)
            # Nothing predicts an answer that was not given.
            assert (node.rated, node.coverage) == (before.rated, before.coverage)


@given(planned())
def test_a_cancelled_or_endless_plan_changes_nothing(case: Case) -> None:
    questionnaire, answers, plan = case
    for idle in ({"status": Status.CANCELLED}, {"end": ""}):
        undertakings = tuple(replace(u, **idle) for u in plan.undertakings)
        still = replace(plan, undertakings=undertakings)
        assert projected_answers(questionnaire, answers, still, plan.head.last_year) == answers


def test_projected_levels_of_the_example(example: Questionnaire, answers: Answers) -> None:
    plan = DevelopmentPlan(
        Plan(2027, 2028),
        {},
        undertakings=(
            Undertaking(
                "1", "", "One half", end="2027-12", closes=frozenset({"b.2.x", "c.1.x", "e.1.x"})
            ),
            Undertaking("2", "", "Other half", end="2028-01", closes=frozenset({"b.2.y"})),
        ),
    )
    foreign = {"gone": Answer(State.RATED, frozenset({"gone.1"}))}
    found = project(example, answers | foreign, plan)
    assert {year: s.ratings["b"].level for year, s in found.items()} == {2027: 1, 2028: 2}
    # Criteria of what is not rated are ignored, not counted as a rating.
    assert [found[2028].ratings[key].level for key in "ce"] == [None, None]
