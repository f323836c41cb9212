"""Where the team disagrees: rule 9 of the model, over the individual responses."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from operator import mul

from sat_desktop.domain.answers import UNANSWERED, Answer, State
from sat_desktop.domain.questionnaire import Questionnaire
from sat_desktop.domain.scores import level_of


@dataclass(frozen=True, slots=True)
class Consensus:
    """What the individual responses say of one indicator.

    Attributes:
        agreement: 1 for full agreement, None with fewer than two who rated.
        suggested: level to start the meeting's talk from, None when nobody rated.
        rated: how many members rated it.
        not_applicable: how many called it not applicable.
        levels: member id to the level given, in the order of members.
    """

    id: str
    agreement: Fraction | None
    suggested: int | None
    rated: int
    not_applicable: int
    levels: Mapping[str, int]

    @property
    def mixed(self) -> bool:
        """Some rated it and some called it not applicable: the deepest disagreement."""
        return bool(self.rated and self.not_applicable)


def agreement(levels: Iterable[int], n: int) -> Fraction | None:
    """Return 1 - (mean absolute difference over all unordered pairs) / n, None below two levels."""
    ordered = sorted(levels)
    people = len(ordered)
    if people < 2:
        return None
    # Each level is added once for everyone below it in this order, subtracted for everyone above.
    differences = sum(map(mul, ordered, range(1 - people, people, 2)))
    most = people * (people - 1) // 2 * n
    return Fraction(most - differences, most)


def suggested_level(levels: Iterable[int]) -> int | None:
    """Return the lower median, None when there is no level."""
    ordered = sorted(levels)
    return ordered[(len(ordered) - 1) // 2] if ordered else None


def find_consensus(
    questionnaire: Questionnaire, responses: Mapping[str, Mapping[str, Answer]]
) -> dict[str, Consensus]:
    """Return the consensus of every indicator, in questionnaire order.

    `responses` are the individual ones: member id to answers by indicator id.
    """
    levels: dict[str, dict[str, int]] = {key: {} for key in questionnaire.indicators}
    exempted = dict.fromkeys(questionnaire.indicators, 0)
    # Member by member, as the answers lie in memory: much faster than indicator by indicator.
    rated, not_applicable = State.RATED, State.NOT_APPLICABLE
    for member, answers in responses.items():
        for key, indicator in questionnaire.indicators.items():
            answer = answers.get(key, UNANSWERED)
            if answer.state is rated:
                levels[key][member] = level_of(indicator, answer.met)
            elif answer.state is not_applicable:
                exempted[key] += 1
    return {
        key: Consensus(
            key,
            agreement(given.values(), questionnaire.n),
            suggested_level(given.values()),
            len(given),
            exempted[key],
            given,
        )
        for key, given in levels.items()
    }


def by_disagreement(consensus: Mapping[str, Consensus]) -> Sequence[Consensus]:
    """Return the indicators somebody dealt with, the deepest disagreement first.

    Mixed ones stand first, then falling disagreement; those without a measure of agreement last;
    ties in questionnaire order.
    """

    def depth(c: Consensus) -> tuple[bool, bool, Fraction]:
        return not c.mixed, c.agreement is None, c.agreement or Fraction()

    return sorted((c for c in consensus.values() if c.rated or c.not_applicable), key=depth)
