"""Rule 9: agreement, suggested level, and the list of disagreements."""

import random
from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sat_desktop.domain.answers import Answer, State, choose_level, mark_not_applicable
from sat_desktop.domain.consensus import (
    agreement,
    by_disagreement,
    find_consensus,
    suggested_level,
)
from sat_desktop.domain.questionnaire import Questionnaire
from sat_desktop.domain.scores import score
from strategies import Answers, questionnaires, responses

Team = tuple[Questionnaire, dict[str, Answers]]


@st.composite
def teams(draw: st.DrawFn) -> Team:
    questionnaire = draw(questionnaires())
    members = draw(st.integers(0, 4))
    return questionnaire, {f"m{k}": draw(responses(questionnaire)) for k in range(members)}


@pytest.mark.parametrize(
    ("levels", "expected"),
    [
        ([], None),
        ([2], None),
        ([2, 2], Fraction(1)),
        ([0, 3], Fraction(0)),
        ([1, 2, 3], Fraction(5, 9)),  # differences 1, 2, 1: mean 4/3 of 3
        ([3, 1, 2], Fraction(5, 9)),
        ([0, 0, 3, 3], Fraction(1, 3)),
    ],
)
def test_agreement(levels: list[int], expected: Fraction | None) -> None:
    assert agreement(levels, 3) == expected


@given(st.integers(2, 10).flatmap(lambda n: st.tuples(st.just(n), st.lists(st.integers(0, n)))))
def test_agreement_is_what_comparing_every_pair_gives(drawn: tuple[int, list[int]]) -> None:
    n, levels = drawn
    found = agreement(levels, n)
    pairs = list(combinations(levels, 2))
    if not pairs:
        assert found is None
        return
    assert found == 1 - Fraction(sum(abs(a - b) for a, b in pairs), len(pairs)) / n
    assert 0 <= found <= 1
    assert (found == 1) == (len(set(levels)) == 1)


@pytest.mark.parametrize(
    ("levels", "expected"), [([], None), ([3], 3), ([3, 0], 0), ([3, 0, 2], 2), ([3, 0, 2, 1], 1)]
)
def test_suggested_level_is_the_lower_median(levels: list[int], expected: int | None) -> None:
    assert suggested_level(levels) == expected


@given(teams())
def test_the_levels_compared_are_the_scored_ones(team: Team) -> None:
    questionnaire, given_answers = team
    scores = {member: score(questionnaire, a) for member, a in given_answers.items()}
    found = find_consensus(questionnaire, given_answers)
    assert list(found) == list(questionnaire.indicators)
    for key, consensus in found.items():
        ratings = {member: s.ratings[key] for member, s in scores.items()}
        levels = {m: r.level for m, r in ratings.items() if r.level is not None}
        assert list(consensus.levels.items()) == list(levels.items())
        assert consensus.rated == len(levels)
        assert consensus.not_applicable == sum(
            r.state is State.NOT_APPLICABLE for r in ratings.values()
        )
        assert consensus.agreement == agreement(levels.values(), questionnaire.n)
        assert consensus.suggested == suggested_level(levels.values())


@given(teams(), st.randoms(use_true_random=False))
def test_the_order_of_members_changes_no_number(team: Team, shuffler: random.Random) -> None:
    questionnaire, given_answers = team
    members = list(given_answers)
    shuffler.shuffle(members)
    shuffled = {member: given_answers[member] for member in members}
    assert find_consensus(questionnaire, shuffled) == find_consensus(questionnaire, given_answers)


@given(teams())
def test_disagreements_come_mixed_first_then_deepest(team: Team) -> None:
    questionnaire, given_answers = team
    found = find_consensus(questionnaire, given_answers)
    listed = by_disagreement(found)
    assert {c.id for c in listed} == {c.id for c in found.values() if c.rated or c.not_applicable}
    mixed = [c.mixed for c in listed]
    assert mixed == sorted(mixed, reverse=True)
    for part in ([c for c in listed if c.mixed], [c for c in listed if not c.mixed]):
        known = [c.agreement for c in part if c.agreement is not None]
        assert known == sorted(known)
        assert [c.agreement for c in part[len(known) :]] == [None] * (len(part) - len(known))


def test_disagreements_of_a_team_of_three(example: Questionnaire) -> None:
    def at(key: str, level: int) -> Answer:
        return choose_level(Answer(), example.indicators[key], level)

    away = mark_not_applicable(Answer(), "no such task")
    found = find_consensus(
        example,
        {
            "x": {"a": at("a", 3), "b": at("b", 0), "c": at("c", 1), "d": away},
            "y": {"a": at("a", 3), "b": at("b", 3), "c": away, "d": away},
            "z": {"a": at("a", 2), "c": at("c", 1), "d": Answer(note="no idea")},
        },
    )
    # c: rated and called not applicable, though those who rated agree; d: nobody rated it;
    # e: nobody said anything, so there is nothing to talk about.
    assert [c.id for c in by_disagreement(found)] == ["c", "b", "a", "d"]
    assert found["c"].agreement == 1
    assert (found["c"].suggested, found["c"].not_applicable) == (1, 1)
    assert (found["d"].agreement, found["d"].suggested, found["d"].mixed) == (None, None, False)
    assert found["a"].agreement == 1 - Fraction(2, 9)
    assert found["a"].levels == {"x": 3, "y": 3, "z": 2}
    assert (found["e"].rated, found["e"].not_applicable) == (0, 0)
