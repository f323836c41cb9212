"""Answers that sit oddly together: the questionnaire's own rules, applied to rated levels."""

from collections.abc import Mapping
from dataclasses import dataclass

from sat_desktop.domain.answers import UNANSWERED, Answer
from sat_desktop.domain.questionnaire import CoherenceRule, Questionnaire
from sat_desktop.domain.scores import rate_indicator


@dataclass(frozen=True, slots=True)
class Incoherence:
    """A rule all of whose conditions hold.

    Attributes:
        levels: the indicators that the rule speaks of with their rated levels, in its order.
    """

    rule: CoherenceRule
    levels: tuple[tuple[str, int], ...]

    @property
    def indicators(self) -> tuple[str, ...]:
        """The ids of the indicators that the rule speaks of."""
        return tuple(key for key, _ in self.levels)


def find_incoherence(
    questionnaire: Questionnaire, answers: Mapping[str, Answer]
) -> tuple[Incoherence, ...]:
    """Return the rules all of whose conditions hold for rated indicators, in questionnaire order."""
    found = []
    for rule in questionnaire.rules:
        rated: dict[str, int] = {}
        for condition in rule.conditions:
            answer = answers.get(condition.indicator, UNANSWERED)
            level = rate_indicator(questionnaire.indicators[condition.indicator], answer).level
            if level is None or not condition.holds(level):
                break
            rated[condition.indicator] = level
        else:
            found.append(Incoherence(rule, tuple(rated.items())))
    return tuple(found)
