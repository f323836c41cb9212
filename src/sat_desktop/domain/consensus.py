"""Where the team disagrees: rule 9 of the model, over the individual responses."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

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
    counts = sorted(Counter(levels).items())
    people = sum(count for _, count in counts)
    if people < 2:
        return None
    differences = sum(
        first * second * (higher - lower)
        for position, (lower, first) in enumerate(counts)
        for higher, second in counts[position + 1 :]
    )
    pairs = people * (people - 1) // 2
    return 1 - Fraction(differences, pairs * n)


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
    found: dict[str, Consensus] = {}
    for key, indicator in questionnaire.indicators.items():
        levels: dict[str, int] = {}
        exempted = 0
        for member, answers in responses.items():
            answer = answers.get(key, UNANSWERED)
            if answer.state is State.RATED:
                levels[member] = level_of(indicator, answer.met)
            elif answer.state is State.NOT_APPLICABLE:
                exempted += 1
        found[key] = Consensus(
            key,
            agreement(levels.values(), questionnaire.n),
            suggested_level(levels.values()),
            len(levels),
            exempted,
            levels,
        )
    return found


def by_disagreement(consensus: Mapping[str, Consensus]) -> Sequence[Consensus]:
    """Return the indicators somebody dealt with, the deepest disagreement first.

    Mixed ones stand first, then falling disagreement; those without a measure of agreement last;
    ties in questionnaire order.
    """

    def depth(c: Consensus) -> tuple[bool, bool, Fraction]:
        return not c.mixed, c.agreement is None, c.agreement or Fraction()

    return sorted((c for c in consensus.values() if c.rated or c.not_applicable), key=depth)
