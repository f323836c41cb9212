"""Every number of the worked example that the model's description gives."""

from fractions import Fraction

import pytest

from sat_desktop.domain.derivations import derive_attained, derive_level, derive_mean
from sat_desktop.domain.gaps import Gap, WantedBy, derive_wanted_index, find_gaps
from sat_desktop.domain.questionnaire import TOTAL, Questionnaire
from sat_desktop.domain.scores import NodeScore, Scores, score
from strategies import Answers


@pytest.fixture
def scores(example: Questionnaire, answers: Answers) -> Scores:
    return score(example, answers)


def numbers(node: NodeScore) -> tuple[Fraction | int | None, ...]:
    return node.index, node.low, node.high, node.coverage, node.attained, node.attainable


def test_first_dimension(scores: Scores) -> None:
    assert numbers(scores.nodes["D1"]) == (
        Fraction(2, 3),
        Fraction(4, 9),
        Fraction(7, 9),
        Fraction(2, 3),
        0,
        1,
    )
    assert scores.nodes["D1"].reached == (2, 1, 1)


def test_second_dimension(scores: Scores) -> None:
    two_thirds = Fraction(2, 3)
    assert numbers(scores.nodes["D2"]) == (two_thirds, two_thirds, two_thirds, 1, 2, 2)


def test_area_and_the_whole(scores: Scores) -> None:
    area = (Fraction(2, 3), Fraction(5, 9), Fraction(13, 18), Fraction(3, 4), 0, 1)
    assert numbers(scores.nodes["P"]) == area
    # A whole with one area says the same as the area.
    assert numbers(scores.total) == area


def test_levels(scores: Scores) -> None:
    assert {key: r.level for key, r in scores.ratings.items()} == {
        "a": 3,
        "b": 1,
        "c": None,
        "d": 2,
        "e": None,
    }


def test_wanted_levels_gaps_and_priorities(example: Questionnaire, scores: Scores) -> None:
    gaps = find_gaps(example, scores, {})
    highest, next_up, one = WantedBy.HIGHEST, WantedBy.NEXT, Fraction(1)
    assert gaps.indicators == {
        "a": Gap("a", 3, 3, highest, None, 0, 0, Fraction(0), one, 2, 2),
        "b": Gap("b", 1, 2, next_up, None, 1, 2, Fraction(1), one, 2, 2),
        "c": Gap("c", None, None, None, None, None, None, None, one, 2, 2),
        "d": Gap("d", 2, 3, next_up, None, 1, 1, Fraction(1), one, 2, 2),
        "e": Gap("e", None, None, None, None, None, None, None, one, 2, 2),
    }
    assert gaps.wanted_index == {
        "D1": Fraction(5, 6),
        "D2": Fraction(1),
        "P": Fraction(11, 12),
        TOTAL: Fraction(11, 12),
    }
    assert [g.id for g in gaps.ranked()] == ["b", "d"]


def test_derivation_can_be_opened(scores: Scores) -> None:
    terms = {
        node: [(t.id, t.weight, t.index) for t in found.terms]
        for node, found in scores.nodes.items()
    }
    assert terms == {
        TOTAL: [("P", 1, Fraction(2, 3))],
        "P": [("D1", 1, Fraction(2, 3)), ("D2", 1, Fraction(2, 3))],
        "D1": [("a", 1, Fraction(1)), ("b", 1, Fraction(1, 3)), ("c", 1, None)],
        "D2": [("d", 1, Fraction(2, 3)), ("e", 1, None)],
    }
    assert scores.ratings["b"].met == ("b.1.x", "b.1.y")
    assert (scores.total.rated, scores.total.unanswered, scores.total.not_applicable) == (3, 1, 1)
    assert scores.total.applicable == 4


def test_the_index_is_written_out(scores: Scores) -> None:
    mean = derive_mean(scores.nodes["D1"].terms)
    assert mean.counted == ((Fraction(1), Fraction(1)), (Fraction(1), Fraction(1, 3)))
    assert (mean.products, mean.weights, mean.mean) == (Fraction(4, 3), Fraction(2), Fraction(2, 3))
    assert mean.left_out == ("c",)


def test_the_wanted_index_is_written_out(example: Questionnaire, scores: Scores) -> None:
    mean = derive_wanted_index(scores, find_gaps(example, scores, {}), "D1")
    assert mean.counted == ((Fraction(1), Fraction(1)), (Fraction(1), Fraction(2, 3)))
    assert (mean.products, mean.weights, mean.mean) == (Fraction(5, 3), Fraction(2), Fraction(5, 6))
    assert mean.left_out == ("c",)


def test_the_attained_level_is_written_out(example: Questionnaire, scores: Scores) -> None:
    found = derive_attained(example, scores, "D1")
    assert (found.attained, found.attainable) == (0, 1)
    assert [(s.level, s.share, s.possible_share, s.threshold) for s in found.shares] == [
        (1, Fraction(2, 3), Fraction(1), Fraction(1)),
        (2, Fraction(1, 3), Fraction(2, 3), Fraction(4, 5)),
        (3, Fraction(1, 3), Fraction(2, 3), Fraction(4, 5)),
    ]
    assert [(s.holds, s.can_hold, s.below) for s in found.shares] == [
        (False, True, ()),
        (False, False, ("b",)),
        (False, False, ("b",)),
    ]
    assert found.first_missed is found.shares[0]
    assert (found.unanswered, found.not_applicable) == (("c",), ())
    assert derive_attained(example, scores, TOTAL).not_applicable == ("e",)


def test_the_level_of_an_indicator_is_written_out(example: Questionnaire, scores: Scores) -> None:
    found = derive_level(example.indicators["b"], scores.ratings["b"])
    assert [(s.level, s.met, s.lacking, s.reached) for s in found] == [
        (1, ("b.1.x", "b.1.y"), (), True),
        (2, (), ("b.2.x", "b.2.y"), False),
        (3, (), ("b.3.x", "b.3.y"), False),
    ]
    assert derive_level(example.indicators["c"], scores.ratings["c"]) == ()
    assert (scores.index_of("b"), scores.index_of("c")) == (Fraction(1, 3), None)
