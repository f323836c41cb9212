"""Rules 7 and 8: wanted levels, gaps, distances, wanted index and priority."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sat_desktop.domain.answers import Answer, State, choose_level
from sat_desktop.domain.gaps import (
    NO_AIM,
    Aim,
    WantedBy,
    derive_wanted_index,
    find_gaps,
    wanted_level,
)
from sat_desktop.domain.questionnaire import TOTAL, Questionnaire
from sat_desktop.domain.scores import score
from sat_desktop.errors import SatError
from strategies import Answers, aims, answered

Case = tuple[Questionnaire, Answers, dict[str, Aim]]


@st.composite
def aimed(draw: st.DrawFn) -> Case:
    questionnaire, answers = draw(answered())
    return questionnaire, answers, draw(aims(questionnaire))


@pytest.mark.parametrize(
    ("level", "wanted", "expected"),
    [
        (0, None, (1, WantedBy.NEXT)),
        (2, None, (3, WantedBy.NEXT)),
        (3, None, (3, WantedBy.HIGHEST)),
        (1, 3, (3, WantedBy.AIM)),
        (2, 1, (1, WantedBy.AIM)),  # below where it stands: set, and no gap
        (3, 1, (3, WantedBy.HIGHEST)),  # at the highest level it is the highest level
        (None, None, (None, None)),
        (None, 2, (2, WantedBy.AIM)),  # not rated: only what was set
        (None, 4, (3, WantedBy.AIM)),  # above the scale: another edition's level
        (1, 4, (3, WantedBy.AIM)),
        (3, 4, (3, WantedBy.HIGHEST)),
    ],
)
def test_wanted_level(
    level: int | None, wanted: int | None, expected: tuple[int | None, WantedBy | None]
) -> None:
    assert wanted_level(level, Aim(wanted), 3) == expected


def test_an_aim_below_the_scale_is_refused() -> None:
    with pytest.raises(SatError) as refused:
        Aim(0)
    assert refused.value.code == "wanted-out-of-range"


@pytest.mark.parametrize("value", [0, 4])
def test_importance_and_effort_are_1_to_3(value: int) -> None:
    for weighting in ({"importance": value}, {"effort": value}):
        with pytest.raises(SatError) as refused:
            Aim(**weighting)
        assert refused.value.code == "weighting-out-of-range"


@given(aimed())
def test_gaps_distances_and_priorities_are_those_of_the_rules(case: Case) -> None:
    questionnaire, answers, wishes = case
    n = questionnaire.n
    scores = score(questionnaire, answers)
    gaps = find_gaps(questionnaire, scores, wishes)
    assert list(gaps.indicators) == list(questionnaire.indicators)
    for key, found in gaps.indicators.items():
        level = scores.ratings[key].level
        aim = wishes.get(key, NO_AIM)
        assert (found.id, found.level) == (key, level)
        assert (found.importance, found.effort) == (aim.importance, aim.effort)
        if level is None or found.wanted is None:
            assert found.wanted == aim.wanted
            assert (found.gap, found.distance, found.priority) == (None, None, None)
            continue
        assert 1 <= found.wanted <= n
        assert found.gap == max(0, found.wanted - level)
        assert found.distance == n - level
        assert found.gap <= found.distance
        weight = questionnaire.indicators[key].weight
        assert found.priority == weight * found.gap * aim.importance / Fraction(aim.effort)


@given(aimed())
def test_ranking_falls_by_priority_then_level_then_questionnaire_order(case: Case) -> None:
    questionnaire, answers, wishes = case
    gaps = find_gaps(questionnaire, score(questionnaire, answers), wishes)
    order = list(questionnaire.indicators)
    ranked = gaps.ranked()
    assert {g.id for g in ranked} == {k for k, g in gaps.indicators.items() if g.gap}
    places = [(-(g.priority or 0), g.level or 0, order.index(g.id)) for g in ranked]
    assert places == sorted(places)


@given(aimed())
def test_wanted_index_is_rule_3_over_the_better_of_level_and_wanted(case: Case) -> None:
    questionnaire, answers, wishes = case
    scores = score(questionnaire, answers)
    gaps = find_gaps(questionnaire, scores, wishes)
    # Raising each rated answer to its wanted level has to give the same index.
    raised = {
        key: choose_level(Answer(), questionnaire.indicators[key], max(g.level, g.wanted))
        for key, g in gaps.indicators.items()
        if g.level is not None and g.wanted is not None
    }
    there = score(questionnaire, raised)
    assert gaps.wanted_index == {key: node.index for key, node in there.nodes.items()}
    for key, node in scores.nodes.items():
        wanted = gaps.wanted_index[key]
        assert (wanted is None) == (node.index is None)
        if wanted is not None and node.index is not None:
            assert node.index <= wanted <= 1


@given(answered())
def test_wanting_the_model_everywhere_makes_the_wanted_index_one(
    case: tuple[Questionnaire, Answers],
) -> None:
    questionnaire, answers = case
    everything = dict.fromkeys(questionnaire.indicators, Aim(questionnaire.n))
    gaps = find_gaps(questionnaire, score(questionnaire, answers), everything)
    assert set(gaps.wanted_index.values()) <= {None, Fraction(1)}
    assert all(g.gap == g.distance for g in gaps.indicators.values())


def test_of_equal_priority_the_lower_level_comes_first(example: Questionnaire) -> None:
    levels = {"a": 2, "b": 1, "c": 0, "d": 1}
    answers = {k: choose_level(Answer(), example.indicators[k], n) for k, n in levels.items()}
    gaps = find_gaps(example, score(example, answers), {})
    assert [g.id for g in gaps.ranked()] == ["c", "b", "d", "a"]


@given(aimed())
def test_the_derivation_of_a_wanted_index_ends_in_it(case: Case) -> None:
    questionnaire, answers, wishes = case
    scores = score(questionnaire, answers)
    gaps = find_gaps(questionnaire, scores, wishes)
    for key, node in scores.nodes.items():
        mean = derive_wanted_index(scores, gaps, key)
        assert mean.mean == gaps.wanted_index[key]
        assert [(t.id, t.weight) for t in mean.terms] == [(t.id, t.weight) for t in node.terms]
        assert mean.left_out == tuple(t.id for t in node.terms if t.index is None)


def test_importance_raises_and_effort_lowers_the_rank(
    example: Questionnaire, answers: Answers
) -> None:
    scores = score(example, answers)
    wishes = {"b": Aim(3, importance=1, effort=3), "d": Aim(None, importance=3, effort=1)}
    gaps = find_gaps(example, scores, wishes)
    assert gaps.indicators["b"].priority == Fraction(2, 3)
    assert gaps.indicators["d"].priority == 3
    assert [g.id for g in gaps.ranked()] == ["d", "b"]


def test_an_aim_for_what_is_not_rated_stands_and_moves_nothing(
    example: Questionnaire, answers: Answers
) -> None:
    scores = score(example, answers)
    gaps = find_gaps(example, scores, {"c": Aim(2), "e": Aim(3)})
    assert [gaps.indicators[k].wanted for k in "ce"] == [2, 3]
    assert gaps.wanted_index == find_gaps(example, scores, {}).wanted_index


def test_priority_takes_the_indicators_own_weight(example: Questionnaire) -> None:
    (area,) = example.groups
    first, second = area.groups
    heavy = replace(first.indicators[0], weight=Fraction(1, 3))
    weighed = replace(
        example,
        groups=(
            replace(
                area,
                weight=Fraction(9),
                groups=(replace(first, weight=Fraction(7), indicators=(heavy,)), second),
            ),
        ),
    )
    gaps = find_gaps(weighed, score(weighed, {"a": Answer(State.RATED)}), {})
    assert gaps.indicators["a"].priority == Fraction(1, 3)
    assert gaps.wanted_index[TOTAL] == Fraction(1, 3)
