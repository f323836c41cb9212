"""Answers that sit oddly together are found where every condition of a rule holds."""

from dataclasses import replace

import pytest

from sat_desktop.domain.answers import UNANSWERED, Answer, choose_level, mark_not_applicable
from sat_desktop.domain.coherence import find_incoherence
from sat_desktop.domain.questionnaire import CoherenceRule, Condition, Questionnaire
from strategies import words


@pytest.fixture
def ruled(example: Questionnaire) -> Questionnaire:
    """Odd: a at the target while b is below the second level; c between two bounds."""
    rules = (
        CoherenceRule("pair", (Condition("a", at_least=3), Condition("b", below=2)), words("Why?")),
        CoherenceRule("alone", (Condition("c", at_least=1, below=3),), words("And?")),
    )
    return replace(example, rules=rules)


def answers(questionnaire: Questionnaire, **levels: int) -> dict[str, Answer]:
    return {
        key: choose_level(UNANSWERED, questionnaire.indicators[key], level)
        for key, level in levels.items()
    }


def test_a_rule_needs_every_condition(ruled: Questionnaire) -> None:
    (found,) = find_incoherence(ruled, answers(ruled, a=3, b=1))
    assert found.rule.id == "pair"
    assert found.levels == (("a", 3), ("b", 1))
    assert found.indicators == ("a", "b")
    for a, b in ((2, 1), (3, 2), (2, 2)):
        assert find_incoherence(ruled, answers(ruled, a=a, b=b)) == ()


@pytest.mark.parametrize(("level", "odd"), [(0, False), (1, True), (2, True), (3, False)])
def test_bounds_include_the_lower_and_not_the_upper(
    ruled: Questionnaire, level: int, odd: bool
) -> None:
    found = find_incoherence(ruled, answers(ruled, c=level))
    assert [f.rule.id for f in found] == (["alone"] if odd else [])


def test_what_is_not_rated_is_never_odd(ruled: Questionnaire) -> None:
    given = answers(ruled, a=3)
    assert find_incoherence(ruled, given) == ()
    assert (
        find_incoherence(ruled, {**given, "b": mark_not_applicable(UNANSWERED, "nie dotyczy")})
        == ()
    )


def test_findings_come_in_the_order_of_the_rules(ruled: Questionnaire) -> None:
    found = find_incoherence(ruled, answers(ruled, c=2, b=0, a=3))
    assert [f.rule.id for f in found] == ["pair", "alone"]
