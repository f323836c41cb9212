"""Wanted against present, in order of priority: rules 7 and 8, each number with its factors."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Final

from sat_desktop.domain.derivations import MeanDerivation, derive_mean
from sat_desktop.domain.questionnaire import Questionnaire
from sat_desktop.domain.scores import Scores, Term, node_indices
from sat_desktop.errors import SatError


@dataclass(frozen=True, slots=True)
class Aim:
    """What the unit wants of one indicator.

    Attributes:
        wanted: level aimed at, 1..n, None to take the next level up.
        importance: 1..3.
        effort: 1..3.
    """

    wanted: int | None = None
    importance: int = 2
    effort: int = 2

    def __post_init__(self) -> None:
        """Refuse values off the scales; the highest level is checked against a questionnaire."""
        if self.wanted is not None and self.wanted < 1:
            raise SatError("wanted-out-of-range", value=self.wanted)
        for value in (self.importance, self.effort):
            if not 1 <= value <= 3:
                raise SatError("weighting-out-of-range", value=value)


NO_AIM = Aim()
NOTHING: Final = Fraction(0)


class WantedBy(StrEnum):
    """What makes a wanted level (rule 7)."""

    AIM = "aim"
    """It was set."""
    NEXT = "next"
    """Nothing was set: one level up."""
    HIGHEST = "highest"
    """The indicator stands at the highest level, whatever was set."""


@dataclass(frozen=True, slots=True)
class Gap:
    """One indicator: where it stands, where it is to get to, and how urgent that is.

    Level, gap, distance and priority are None unless the indicator is rated; `wanted` then only
    stands if set. Priority is weight x gap x importance / effort (rule 8).

    Attributes:
        wanted_by: what makes the wanted level, None where there is none.
        aim: the level that was set, as it was set: it may lie above the scale of an edition that
            has become the one in use; `wanted` never does.
    """

    id: str
    level: int | None
    wanted: int | None
    wanted_by: WantedBy | None
    aim: int | None
    gap: int | None
    distance: int | None
    priority: Fraction | None
    weight: Fraction
    importance: int
    effort: int


@dataclass(frozen=True, slots=True)
class Gaps:
    """All gaps of the agreed response.

    Attributes:
        indicators: every indicator, in questionnaire order.
        wanted_index: for every node the index if each rated indicator stood at the wanted level
            (or where it stands, if that is higher).
    """

    indicators: Mapping[str, Gap]
    wanted_index: Mapping[str, Fraction | None]

    def ranked(self) -> tuple[Gap, ...]:
        """Return the indicators with a gap, highest priority first (rule 8).

        Of equal priority the lower present level comes first, then questionnaire order.
        """
        with_gap = [g for g in self.indicators.values() if g.gap]
        return tuple(sorted(with_gap, key=lambda g: (-(g.priority or 0), g.level or 0)))


def wanted_level(level: int | None, aim: Aim, n: int) -> tuple[int | None, WantedBy | None]:
    """Return the wanted level of an indicator, and what makes it (rule 7).

    An aim above the highest level counts as that: reading never fails over what was written apart.
    """
    if level == n:
        return n, WantedBy.HIGHEST
    if aim.wanted is not None:
        return min(aim.wanted, n), WantedBy.AIM
    return (None, None) if level is None else (level + 1, WantedBy.NEXT)


def find_gaps(questionnaire: Questionnaire, scores: Scores, aims: Mapping[str, Aim]) -> Gaps:
    """Compare the agreed response with what the unit wants.

    `scores` are those of the agreed response, never of a projected one.
    """
    n = questionnaire.n
    indicators: dict[str, Gap] = {}
    wanted_levels: dict[str, int] = {}
    for key, rating in scores.ratings.items():
        aim = aims.get(key, NO_AIM)
        level = rating.level
        wanted, wanted_by = wanted_level(level, aim, n)
        weight = questionnaire.indicators[key].weight
        gap = distance = priority = None
        if level is not None and wanted is not None:
            gap, distance = max(0, wanted - level), n - level
            priority = weight * Fraction(gap * aim.importance, aim.effort) if gap else NOTHING
            wanted_levels[key] = max(level, wanted)
        indicators[key] = Gap(
            key,
            level,
            wanted,
            wanted_by,
            aim.wanted,
            gap,
            distance,
            priority,
            weight,
            aim.importance,
            aim.effort,
        )
    return Gaps(indicators, node_indices(questionnaire, wanted_levels))


def derive_wanted_index(scores: Scores, gaps: Gaps, node: str) -> MeanDerivation:
    """Return how the wanted index of a node came about: rule 3 over max(level, wanted) / n (rule 7)."""

    def wanted(term: Term) -> Fraction | None:
        gap = gaps.indicators.get(term.id)
        if gap is None:
            return gaps.wanted_index[term.id]
        if gap.level is None or gap.wanted is None:
            return None
        return Fraction(max(gap.level, gap.wanted), scores.levels)

    return derive_mean(tuple(Term(t.id, t.weight, wanted(t)) for t in scores.nodes[node].terms))
