"""Wanted against present, in order of priority: rules 7 and 8 of the model."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from sat_desktop.domain.questionnaire import Questionnaire
from sat_desktop.domain.scores import Scores, node_indices
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


@dataclass(frozen=True, slots=True)
class Gap:
    """One indicator: where it stands, where it is to get to, and how urgent that is.

    All but `wanted` are None unless the indicator is rated; `wanted` then only stands if set.
    """

    id: str
    level: int | None
    wanted: int | None
    gap: int | None
    distance: int | None
    priority: Fraction | None
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
        """Return the indicators with a gap, highest priority first, ties in questionnaire order."""
        with_gap = [g for g in self.indicators.values() if g.gap]
        return tuple(sorted(with_gap, key=lambda g: -(g.priority or 0)))


def wanted_level(level: int | None, aim: Aim, n: int) -> int | None:
    """Return the wanted level of an indicator (rule 7).

    Raises:
        SatError: the aim is above the highest level `n`.
    """
    if aim.wanted is not None and aim.wanted > n:
        raise SatError("wanted-out-of-range", value=aim.wanted)
    if level is None:
        return aim.wanted
    if level == n:
        return n
    return aim.wanted if aim.wanted is not None else level + 1


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
        wanted = wanted_level(level, aim, n)
        if level is None or wanted is None:
            indicators[key] = Gap(key, None, wanted, None, None, None, aim.importance, aim.effort)
            continue
        gap = max(0, wanted - level)
        weight = questionnaire.indicators[key].weight
        indicators[key] = Gap(
            key,
            level,
            wanted,
            gap,
            n - level,
            weight * Fraction(gap * aim.importance, aim.effort) if gap else NOTHING,
            aim.importance,
            aim.effort,
        )
        wanted_levels[key] = max(level, wanted)
    return Gaps(indicators, node_indices(questionnaire, wanted_levels))
