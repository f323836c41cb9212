"""Where the numbers of rules 1, 3 and 6 come from, figure by figure, for those who open them.

`scores.score` counts every node at once and keeps no more than it needs; here one node or indicator
is taken apart from what it has left behind. A derivation ends in the number that it gave.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from sat_desktop.domain.answers import State
from sat_desktop.domain.questionnaire import TOTAL, Indicator, Questionnaire
from sat_desktop.domain.scores import Rating, Scores, Term, weighted_mean


@dataclass(frozen=True, slots=True)
class CriteriaOfLevel:
    """One level of an indicator: its criteria met and lacking (rule 1).

    Attributes:
        reached: whether they are all met, and those of every level below it too.
    """

    level: int
    met: tuple[str, ...]
    lacking: tuple[str, ...]
    reached: bool


def derive_level(indicator: Indicator, rating: Rating) -> tuple[CriteriaOfLevel, ...]:
    """Return for every level what of it is met (rule 1); an indicator without a level has none."""
    if rating.level is None:
        return ()
    met = frozenset(rating.met)
    return tuple(
        CriteriaOfLevel(
            step.level,
            tuple(c.id for c in step.criteria if c.id in met),
            tuple(c.id for c in step.criteria if c.id not in met),
            step.level <= rating.level,
        )
        for step in indicator.levels
    )


@dataclass(frozen=True, slots=True)
class MeanDerivation:
    """A weighted mean: the sum of weight x index, divided by the sum of weights (rule 3).

    Attributes:
        terms: one for every child, those that are left out with no index.
        products, weights: the two sums over the terms that have an index.
        mean: their quotient, None where no term has an index.
    """

    terms: tuple[Term, ...]
    products: Fraction
    weights: Fraction
    mean: Fraction | None

    @property
    def counted(self) -> tuple[tuple[Fraction, Fraction], ...]:
        """Weight and index of the terms that have one."""
        return tuple((t.weight, t.index) for t in self.terms if t.index is not None)

    @property
    def left_out(self) -> tuple[str, ...]:
        """Ids of the terms that have no index."""
        return tuple(t.id for t in self.terms if t.index is None)


def derive_mean(terms: tuple[Term, ...]) -> MeanDerivation:
    """Return how the weighted mean of some terms comes about (rule 3)."""
    counted = [(t.weight, t.index) for t in terms if t.index is not None]
    return MeanDerivation(
        terms,
        sum((weight * index for weight, index in counted), Fraction()),
        sum((weight for weight, _ in counted), Fraction()),
        weighted_mean(counted),
    )


@dataclass(frozen=True, slots=True)
class LevelShare:
    """How many of a node's applicable indicators have reached one level (rule 6).

    Attributes:
        reached: rated ones at this level or above.
        open: unanswered ones: counted as not reaching it for the attained level, as reaching it
            for the attainable one.
        below: ids of the rated ones that stand below it.
        threshold: the share of `applicable` that is needed.
    """

    level: int
    reached: int
    open: int
    below: tuple[str, ...]
    threshold: Fraction

    @property
    def applicable(self) -> int:
        """Indicators that count: rated and unanswered."""
        return self.reached + self.open + len(self.below)

    @property
    def share(self) -> Fraction | None:
        """The share that has reached it, None where nothing applies."""
        return Fraction(self.reached, self.applicable) if self.applicable else None

    @property
    def possible_share(self) -> Fraction | None:
        """The share if every unanswered indicator reached it, None where nothing applies."""
        return Fraction(self.reached + self.open, self.applicable) if self.applicable else None

    @property
    def holds(self) -> bool:
        """Whether enough have reached it."""
        return self.share is not None and self.share >= self.threshold

    @property
    def can_hold(self) -> bool:
        """Whether enough have reached it, or could by what is unanswered."""
        return self.possible_share is not None and self.possible_share >= self.threshold


@dataclass(frozen=True, slots=True)
class AttainedDerivation:
    """How the attained and the attainable level of a node came about (rule 6).

    Attributes:
        shares: every level of the scale, lowest first.
        unanswered, not_applicable: ids of the indicators below it that are so.
    """

    attained: int | None
    attainable: int | None
    shares: tuple[LevelShare, ...]
    unanswered: tuple[str, ...]
    not_applicable: tuple[str, ...]

    @property
    def first_missed(self) -> LevelShare | None:
        """The level that keeps the attained one from being higher; None at the highest level."""
        return next((share for share in self.shares if not share.holds), None)


def derive_attained(questionnaire: Questionnaire, scores: Scores, node: str) -> AttainedDerivation:
    """Return for every level who has reached it and who keeps it from being attained (rule 6)."""
    path = questionnaire.path
    ratings = [r for key, r in scores.ratings.items() if node == TOTAL or node in path[key]]
    unanswered = _in_state(ratings, State.UNANSWERED)
    rated = [(r.id, r.level) for r in ratings if r.level is not None]
    found = scores.nodes[node]
    return AttainedDerivation(
        found.attained,
        found.attainable,
        tuple(
            LevelShare(
                level,
                found.reached[level - 1],
                len(unanswered),
                tuple(key for key, reached in rated if reached < level),
                threshold,
            )
            for level, threshold in enumerate(questionnaire.attainment, 1)
        ),
        unanswered,
        _in_state(ratings, State.NOT_APPLICABLE),
    )


def _in_state(ratings: Sequence[Rating], state: State) -> tuple[str, ...]:
    return tuple(rating.id for rating in ratings if rating.state is state)
