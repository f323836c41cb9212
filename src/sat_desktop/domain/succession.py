"""What became of a questionnaire's indicators and criteria in another edition of it.

Ids decide, wording never: an id says the same thing for ever, wherever it stands and however it is
put. So an answer goes over to another edition by ids alone, and whatever the other edition lacks
keeps its answer, unread.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from sat_desktop.domain.answers import Answer, State, rate
from sat_desktop.domain.questionnaire import Criterion, Indicator, Questionnaire


class Place(NamedTuple):
    """Where a criterion stands."""

    indicator: str
    level: int


@dataclass(frozen=True, slots=True)
class CriterionChange:
    """One criterion in two editions.

    Attributes:
        before, after: where it stands, None where that edition lacks it.
        reworded: whether its text differs.
    """

    id: str
    before: Place | None
    after: Place | None
    reworded: bool = False

    @property
    def moved(self) -> bool:
        """Whether it stands at another indicator or level."""
        return None not in (self.before, self.after) and self.before != self.after


@dataclass(frozen=True, slots=True)
class IndicatorChange:
    """One indicator in two editions.

    Attributes:
        before, after: the indicator as each edition has it, None where one lacks it.
        moved: whether another group holds it.
        reworded: whether its name, question or a criterion that it keeps is put differently.
        criteria: what became of its criteria, those of the newer edition first.
    """

    id: str
    before: Indicator | None
    after: Indicator | None
    moved: bool = False
    reworded: bool = False
    criteria: tuple[CriterionChange, ...] = ()

    @property
    def kept(self) -> bool:
        """Whether nothing about it is different."""
        both = self.before is not None and self.after is not None
        return both and not self.moved and not self.reworded and not self.altered

    @property
    def altered(self) -> bool:
        """Whether it asks for something else: criteria came, went or moved."""
        both = self.before is not None and self.after is not None
        return both and any(c.before != c.after for c in self.criteria)


@dataclass(frozen=True, slots=True)
class Succession:
    """All indicators of two editions: those of the newer one in its order, then the removed ones."""

    indicators: tuple[IndicatorChange, ...]

    @property
    def kept(self) -> tuple[IndicatorChange, ...]:
        """Those that are the same in every respect."""
        return tuple(c for c in self.indicators if c.kept)

    @property
    def moved(self) -> tuple[IndicatorChange, ...]:
        """Those that stand in another group."""
        return tuple(c for c in self.indicators if c.moved)

    @property
    def reworded(self) -> tuple[IndicatorChange, ...]:
        """Those that are put differently."""
        return tuple(c for c in self.indicators if c.reworded)

    @property
    def altered(self) -> tuple[IndicatorChange, ...]:
        """Those that ask for something else."""
        return tuple(c for c in self.indicators if c.altered)

    @property
    def added(self) -> tuple[IndicatorChange, ...]:
        """Those that only the newer edition has."""
        return tuple(c for c in self.indicators if c.before is None)

    @property
    def removed(self) -> tuple[IndicatorChange, ...]:
        """Those that only the older edition has: their answers are orphaned."""
        return tuple(c for c in self.indicators if c.after is None)


def compare(old: Questionnaire, new: Questionnaire) -> Succession:
    """Return what became of every indicator of `old` and where those of `new` come from."""
    before, after = dict(_criteria(old)), dict(_criteria(new))
    removed = [key for key in old.indicators if key not in new.indicators]
    return Succession(
        tuple(_change(old, new, key, before, after) for key in (*new.indicators, *removed))
    )


def carry_over(
    answers: Mapping[str, Answer], old: Questionnaire, new: Questionnaire
) -> dict[str, Answer]:
    """Return the answers that have to be written so that moved criteria stay met.

    A criterion that stands at another indicator now takes its tick along, where that indicator is
    rated. Where it is not, nothing is ticked there: whether it is met is said when it is answered.
    """
    was_at = {c: place.indicator for c, (place, _) in _criteria(old)}
    given: dict[str, set[str]] = {}
    for criterion, (place, _) in _criteria(new):
        source = was_at.get(criterion, place.indicator)
        if source != place.indicator and source in answers and criterion in answers[source].met:
            given.setdefault(place.indicator, set()).add(criterion)
    carried = {}
    for key, criteria in given.items():
        answer = answers.get(key)
        if answer is not None and answer.state is State.RATED and not criteria <= answer.met:
            carried[key] = rate(answer, answer.met | criteria)
    return carried


def _criteria(questionnaire: Questionnaire) -> Iterator[tuple[str, tuple[Place, Criterion]]]:
    for key, indicator in questionnaire.indicators.items():
        for level in indicator.levels:
            for criterion in level.criteria:
                yield criterion.id, (Place(key, level.level), criterion)


def _change(
    old: Questionnaire,
    new: Questionnaire,
    key: str,
    before: Mapping[str, tuple[Place, Criterion]],
    after: Mapping[str, tuple[Place, Criterion]],
) -> IndicatorChange:
    was, now = old.indicators.get(key), new.indicators.get(key)
    ids = dict.fromkeys((*(now.criteria if now else ()), *(was.criteria if was else ())))
    criteria = tuple(_criterion_change(c, before.get(c), after.get(c)) for c in ids)
    if was is None or now is None:
        return IndicatorChange(key, was, now, criteria=criteria)
    put_differently = (was.name, was.question) != (now.name, now.question)
    return IndicatorChange(
        key,
        was,
        now,
        moved=old.group_of[key] != new.group_of[key],
        reworded=put_differently or any(c.reworded for c in criteria),
        criteria=criteria,
    )


def _criterion_change(
    criterion: str, was: tuple[Place, Criterion] | None, now: tuple[Place, Criterion] | None
) -> CriterionChange:
    return CriterionChange(
        criterion,
        was[0] if was else None,
        now[0] if now else None,
        reworded=was is not None and now is not None and was[1].text != now[1].text,
    )
