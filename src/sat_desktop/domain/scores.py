"""From answers to numbers: rules 1-6 of the model, exactly, with the derivation of every number.

Third stage of the flow and the only place where a level, an index or an attained level is made:
screen, documents, exports and projections all call `score`. Numbers are exact fractions; rounding
happens once, where a number is shown (rule 10).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from sat_desktop.domain.answers import UNANSWERED, Answer, State
from sat_desktop.domain.questionnaire import (
    TOTAL,
    Group,
    Indicator,
    Questionnaire,
    integer_weights,
)


@dataclass(frozen=True, slots=True)
class Rating:
    """One indicator in one response.

    Attributes:
        level: 0..n, None unless rated.
        met: ids of the criteria met, in questionnaire order.
    """

    id: str
    state: State
    level: int | None
    met: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Term:
    """One summand of a weighted mean; a child without an index is left out of it."""

    id: str
    weight: Fraction
    index: Fraction | None


@dataclass(frozen=True, slots=True)
class NodeScore:
    """The numbers of one group, or of the whole, with how they arose.

    Attributes:
        index: in [0, 1], None when nothing below is rated (rule 3).
        low, high: the index if every unanswered indicator were 0, or n (rule 4).
        coverage: share answered of what applies, None when nothing applies (rule 5).
        attained: highest level that enough indicators have reached (rule 6), None when nothing
            is rated.
        attainable: the same if every unanswered indicator were at the highest level; None exactly
            when `attained` is. While the two differ nothing is certain yet.
        terms: the summands of `index`, one for every child.
        reached: how many applicable indicators have reached level 1, 2, ... n.
    """

    id: str
    index: Fraction | None
    low: Fraction | None
    high: Fraction | None
    coverage: Fraction | None
    attained: int | None
    attainable: int | None
    rated: int
    unanswered: int
    not_applicable: int
    terms: tuple[Term, ...]
    reached: tuple[int, ...]

    @property
    def applicable(self) -> int:
        """Indicators that count: rated and unanswered."""
        return self.rated + self.unanswered


@dataclass(frozen=True, slots=True)
class Scores:
    """All numbers of one response.

    Attributes:
        nodes: the whole (`total`) first, then every group, parents first, in questionnaire order.
        ratings: every indicator, in questionnaire order.
    """

    levels: int
    nodes: Mapping[str, NodeScore]
    ratings: Mapping[str, Rating]

    @property
    def total(self) -> NodeScore:
        """The numbers of the whole."""
        return self.nodes[TOTAL]

    def index_of(self, indicator: str) -> Fraction | None:
        """Return the index of an indicator: level / n, None unless it is rated (rule 3)."""
        level = self.ratings[indicator].level
        return None if level is None else Fraction(level, self.levels)


def level_of(indicator: Indicator, met: frozenset[str]) -> int:
    """Return the highest level k such that every criterion of levels 1..k is met (rule 1)."""
    level = 0
    for criteria in indicator.criteria_by_level:
        if not criteria <= met:
            break
        level += 1
    return level


def rate_indicator(indicator: Indicator, answer: Answer) -> Rating:
    """Return what an answer makes of its indicator."""
    if answer.state is not State.RATED:
        return Rating(indicator.id, answer.state, None, ())
    met = answer.met
    return Rating(
        indicator.id,
        State.RATED,
        level_of(indicator, met),
        tuple(c for c in indicator.criteria if c in met) if met else (),
    )


def node_indices(
    questionnaire: Questionnaire, levels: Mapping[str, int]
) -> dict[str, Fraction | None]:
    """Return the index of every node from the levels of some indicators (rule 3).

    The index of an indicator is level / n; of a node the weighted mean of its children's, children
    without one left out. Indicators that `levels` lacks have no index. The whole comes last.
    """
    n = questionnaire.n
    found: dict[str, Fraction | None] = {}

    def visit(group: Group) -> Fraction | None:
        if group.groups:
            index = weighted_mean([(g.weight, visit(g)) for g in group.groups])
        else:
            total = weight_sum = 0
            weights = integer_weights(tuple(i.weight for i in group.indicators))
            for indicator, weight in zip(group.indicators, weights, strict=True):
                level = levels.get(indicator.id)
                if level is not None:
                    total += weight * level
                    weight_sum += weight
            index = Fraction(total, weight_sum * n) if weight_sum else None
        found[group.id] = index
        return index

    found[TOTAL] = weighted_mean([(g.weight, visit(g)) for g in questionnaire.groups])
    return found


def weighted_mean(parts: Sequence[tuple[Fraction, Fraction | None]]) -> Fraction | None:
    """Return the mean of the values that exist, None when none does."""
    present = [(weight, value) for weight, value in parts if value is not None]
    if not present:
        return None
    return sum((w * v for w, v in present), Fraction()) / sum((w for w, _ in present), Fraction())


def attained_level(reached: Sequence[int], applicable: int, thresholds: Sequence[Fraction]) -> int:
    """Return the highest k such that for every j <= k enough indicators reached j (rule 6).

    Args:
        reached: how many of the applicable indicators have level >= 1, >= 2, ...
        applicable: rated and unanswered indicators, by count; at least one.
        thresholds: for every level the share needed, compared exactly.
    """
    attained = 0
    for count, threshold in zip(reached, thresholds, strict=True):
        if count * threshold.denominator < threshold.numerator * applicable:
            break
        attained += 1
    return attained


@dataclass(slots=True)
class _Tally:
    """Counts of the indicators below one node."""

    rated: int
    unanswered: int
    not_applicable: int
    reached: list[int]

    def add(self, other: "_Tally") -> None:
        self.rated += other.rated
        self.unanswered += other.unanswered
        self.not_applicable += other.not_applicable
        self.reached = [a + b for a, b in zip(self.reached, other.reached, strict=True)]


def _tally(ratings: Sequence[Rating], n: int) -> _Tally:
    at_level = [0] * (n + 1)
    unanswered = not_applicable = 0
    for rating in ratings:
        if rating.level is not None:
            at_level[rating.level] += 1
        elif rating.state is State.UNANSWERED:
            unanswered += 1
        else:
            not_applicable += 1
    reached = [sum(at_level[k:]) for k in range(1, n + 1)]
    return _Tally(sum(at_level), unanswered, not_applicable, reached)


def score(questionnaire: Questionnaire, answers: Mapping[str, Answer]) -> Scores:
    """Return every number of a response.

    `questionnaire` is the one that applies to the unit (`Questionnaire.applicable_to`). Answers to
    indicators that it does not have are ignored; an indicator without an answer is unanswered.
    """
    n = questionnaire.n
    ratings = {
        key: rate_indicator(indicator, answers.get(key, UNANSWERED))
        for key, indicator in questionnaire.indicators.items()
    }
    rated = {key: r.level for key, r in ratings.items() if r.level is not None}
    open_ones = [key for key, r in ratings.items() if r.state is State.UNANSWERED]
    index = node_indices(questionnaire, rated)
    if open_ones:
        low = node_indices(questionnaire, rated | dict.fromkeys(open_ones, 0))
        high = node_indices(questionnaire, rated | dict.fromkeys(open_ones, n))
    else:
        low = high = index
    shares = [Fraction(level, n) for level in range(n + 1)]
    nodes: dict[str, NodeScore] = {}

    def reach(tally: _Tally, more: int) -> int | None:
        """Return the attained level if so many more had reached every level."""
        if not tally.rated:
            return None
        counts = [count + more for count in tally.reached]
        return attained_level(counts, tally.rated + tally.unanswered, questionnaire.attainment)

    def node(identifier: str, terms: tuple[Term, ...], tally: _Tally) -> NodeScore:
        applicable = tally.rated + tally.unanswered
        return NodeScore(
            id=identifier,
            index=index[identifier],
            low=low[identifier],
            high=high[identifier],
            coverage=Fraction(tally.rated, applicable) if applicable else None,
            attained=reach(tally, 0),
            attainable=reach(tally, tally.unanswered),
            rated=tally.rated,
            unanswered=tally.unanswered,
            not_applicable=tally.not_applicable,
            terms=terms,
            reached=tuple(tally.reached),
        )

    def group_terms(groups: Sequence[Group]) -> tuple[Term, ...]:
        return tuple(Term(g.id, g.weight, index[g.id]) for g in groups)

    def visit(group: Group) -> _Tally:
        below = [visit(child) for child in group.groups]
        if group.groups:
            terms = group_terms(group.groups)
            tally = _Tally(0, 0, 0, [0] * n)
            for part in below:
                tally.add(part)
        else:
            own = [ratings[i.id] for i in group.indicators]
            tally = _tally(own, n)
            terms = tuple(
                Term(i.id, i.weight, None if r.level is None else shares[r.level])
                for i, r in zip(group.indicators, own, strict=True)
            )
        nodes[group.id] = node(group.id, terms, tally)
        return tally

    whole = _Tally(0, 0, 0, [0] * n)
    for top in questionnaire.groups:
        whole.add(visit(top))
    nodes[TOTAL] = node(TOTAL, group_terms(questionnaire.groups), whole)
    ordered = {key: nodes[key] for key in (TOTAL, *questionnaire.nodes)}
    return Scores(n, ordered, ratings)
