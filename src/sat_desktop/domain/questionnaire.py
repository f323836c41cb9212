"""What is asked: one edition of a maturity model, as a tree of groups over indicators.

First stage of the flow. Everything is frozen; a `Questionnaire` that exists is coherent, because its
invariants are checked on construction. The shape of these records is the shape of the stored JSON.
Words and rules: glossary (docs/glossary.md), format: docs/formats.md.
"""

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction
from functools import cached_property
from typing import Final

from sat_desktop.errors import Problem, SatError

TOTAL: Final = "total"
"""Reserved id of the whole questionnaire, the root of every tree of numbers."""

ID_PATTERN: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,119}\Z")
VERSION_PATTERN: Final = re.compile(r"[0-9]+(\.[0-9]+){0,3}([-+][0-9A-Za-z.-]+)?\Z")
MONTH_PATTERN: Final = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])\Z")


class UnitKind(StrEnum):
    """Kinds of local-government unit that a self-assessment can be about."""

    GMINA = "gmina"
    POWIAT = "powiat"
    CITY = "city"
    """A city with county rights (miasto na prawach powiatu): does the work of both."""


@dataclass(frozen=True, slots=True)
class Text:
    """One text in the languages it has; at least one of them is present."""

    pl: str | None = None
    en: str | None = None

    def get(self, language: str) -> str:
        """Return the text in `language`, or in the other one rather than nothing."""
        wanted, other = (self.en, self.pl) if language == "en" else (self.pl, self.en)
        return wanted or other or ""

    def __bool__(self) -> bool:
        return bool(self.pl or self.en)


@dataclass(frozen=True, slots=True)
class Level:
    """An ordered step of the scale, 1..n; 0 (below the first) is never listed."""

    level: int
    id: str
    name: Text
    description: Text | None = None


def version_order(edition: str) -> tuple[tuple[int, ...], bool, str]:
    """Return a key that sorts editions `ID@VERSION` of one questionnaire from old to new.

    Numbers count as numbers (1.10 is after 1.9) and missing ones as 0; what follows a hyphen comes
    before the version itself, what follows a plus after it.
    """
    numbers, sign, rest = re.match(
        r"([0-9.]*)([-+]?)(.*)", edition.rsplit("@", maxsplit=1)[-1]
    ).groups()  # type: ignore[union-attr]  # it matches everything
    parts = [int(part) for part in numbers.split(".") if part]
    return tuple(parts + [0] * (4 - len(parts))), sign != "-", rest


@dataclass(frozen=True, slots=True)
class Tier:
    """The name of one tier of groups, from the top down."""

    id: str
    name: Text
    plural: Text | None = None


@dataclass(frozen=True, slots=True)
class Criterion:
    """One verifiable statement of one level of one indicator; met or not met."""

    id: str
    text: Text


@dataclass(frozen=True, slots=True)
class Step:
    """What to do to reach a level from the one below: the draft of an undertaking."""

    title: Text
    description: Text
    months: int
    responsible: Text | None = None
    measure: Text | None = None


@dataclass(frozen=True, slots=True)
class IndicatorLevel:
    """What one level of one indicator asks; a level has at least one criterion."""

    level: int
    criteria: tuple[Criterion, ...]
    step: Step | None = None


@dataclass(frozen=True, slots=True)
class LegalBasis:
    """A provision behind an indicator.

    Attributes:
        checked: "YYYY-MM" of the last reading of the act, None where it could not be checked.
        source: where it was read.
        unconfirmed: it must be looked up before anybody relies on it; `note` says what.
    """

    act: Text
    article: str = ""
    obligatory: bool = False
    checked: str | None = None
    source: str = ""
    unconfirmed: bool = False
    note: Text | None = None


@dataclass(frozen=True, slots=True)
class GoodPractice:
    """How the mechanism works where it works well; `source` names a real place if it is one."""

    text: Text
    source: str = ""


@dataclass(frozen=True)
class Indicator:
    """What is rated: one governance mechanism.

    Attributes:
        applies_to: kinds of unit it is asked of; empty means all.
        weight: its own weight among its siblings, a positive exact number.
        levels: one entry for every level of the scale, in order.
    """

    id: str
    code: str
    name: Text
    question: Text
    levels: tuple[IndicatorLevel, ...]
    why: Text | None = None
    applies_to: tuple[UnitKind, ...] = ()
    weight: Fraction = Fraction(1)
    evidence: tuple[Text, ...] = ()
    legal_basis: tuple[LegalBasis, ...] = ()
    good_practice: GoodPractice | None = None

    @cached_property
    def criteria(self) -> tuple[str, ...]:
        """All criterion ids in questionnaire order."""
        return tuple(c.id for level in self.levels for c in level.criteria)

    @cached_property
    def criteria_by_level(self) -> tuple[frozenset[str], ...]:
        """The criterion ids of level 1, of level 2, ... (position 0 holds level 1)."""
        return tuple(frozenset(c.id for c in level.criteria) for level in self.levels)

    def criteria_up_to(self, level: int) -> frozenset[str]:
        """Return the criteria that make exactly `level` reached when no other is met."""
        return frozenset().union(*self.criteria_by_level[:level])

    def applies_to_kind(self, kind: UnitKind) -> bool:
        """Tell whether units of `kind` are asked this."""
        return not self.applies_to or kind in self.applies_to


@dataclass(frozen=True)
class Group:
    """A node above the indicators; holds either groups of the next tier or indicators."""

    id: str
    code: str
    name: Text
    description: Text | None = None
    weight: Fraction = Fraction(1)
    groups: tuple["Group", ...] = ()
    indicators: tuple[Indicator, ...] = ()

    def walk(self) -> Iterator["Group"]:
        """Yield this group and all below it, parents first, in questionnaire order."""
        yield self
        for child in self.groups:
            yield from child.walk()


@dataclass(frozen=True, slots=True)
class Condition:
    """A bound on the level of one indicator: `at_least` and `below`, one of them or both."""

    indicator: str
    at_least: int | None = None
    below: int | None = None

    def holds(self, level: int) -> bool:
        """Tell whether a rated level fulfils the bound."""
        return (self.at_least is None or level >= self.at_least) and (
            self.below is None or level < self.below
        )


@dataclass(frozen=True, slots=True)
class CoherenceRule:
    """Two answers that sit oddly together, and the question to ask about them."""

    id: str
    conditions: tuple[Condition, ...]
    text: Text


@dataclass(frozen=True)
class Questionnaire:
    """One edition (`id` and `version`) of a maturity model; never changed once used.

    Attributes:
        notice: what the text is and is not, shown on screen and in every document.
        attainment: for every level the share of indicators, in (0, 1], that must have reached it.
        below: the name of level 0.
    """

    id: str
    version: str
    name: Text
    scale: tuple[Level, ...]
    attainment: tuple[Fraction, ...]
    tiers: tuple[Tier, ...]
    groups: tuple[Group, ...]
    notice: Text | None = None
    description: Text | None = None
    below: Text = Text(pl="poniżej minimum", en="below minimum")
    rules: tuple[CoherenceRule, ...] = ()

    def __post_init__(self) -> None:
        """Refuse an incoherent edition, naming every defect at once."""
        if problems := tuple(_defects(self)):
            raise SatError("questionnaire-invalid", problems, edition=f"{self.id}@{self.version}")

    @property
    def edition(self) -> str:
        """`ID@VERSION`."""
        return f"{self.id}@{self.version}"

    @property
    def n(self) -> int:
        """The number of levels, which is also the highest level."""
        return len(self.scale)

    @cached_property
    def nodes(self) -> Mapping[str, Group]:
        """All groups by id, parents first, in questionnaire order."""
        return {g.id: g for top in self.groups for g in top.walk()}

    @cached_property
    def indicators(self) -> Mapping[str, Indicator]:
        """All indicators by id, in questionnaire order."""
        return {i.id: i for g in self.nodes.values() for i in g.indicators}

    @cached_property
    def group_of(self) -> Mapping[str, str]:
        """For every indicator and every group below the top, the id of the group that holds it."""
        above = {child.id: g.id for g in self.nodes.values() for child in g.groups}
        return above | {i.id: g.id for g in self.nodes.values() for i in g.indicators}

    @cached_property
    def indicator_of_criterion(self) -> Mapping[str, str]:
        """The indicator id of every criterion id."""
        return {c: i.id for i in self.indicators.values() for c in i.criteria}

    @cached_property
    def path(self) -> Mapping[str, tuple[str, ...]]:
        """For every indicator the ids of the groups above it, top first."""
        paths: dict[str, tuple[str, ...]] = {}
        for indicator in self.indicators:
            trail = [self.group_of[indicator]]
            while (parent := self.group_of.get(trail[0])) is not None:
                trail.insert(0, parent)
            paths[indicator] = tuple(trail)
        return paths

    @cached_property
    def dimensions(self) -> tuple[Group, ...]:
        """The groups that hold the indicators: the lowest tier (in SAT, the eight dimensions)."""
        return tuple(g for g in self.nodes.values() if not g.groups)

    def tier_of(self, group: str) -> Tier:
        """Return the tier that a group belongs to."""
        depth = 0
        while (parent := self.group_of.get(group)) is not None:
            group, depth = parent, depth + 1
        return self.tiers[depth]

    def level_name(self, level: int) -> Text:
        """Return the name of a level, 0 included."""
        return self.scale[level - 1].name if level else self.below

    def applicable_to(self, kind: UnitKind) -> "Questionnaire":
        """Return the questionnaire as units of `kind` have it.

        An indicator that is not asked of them counts as if it did not exist (model: Assessment),
        and with it the coherence rules that speak of it. Groups stay, even empty ones.
        """
        if all(i.applies_to_kind(kind) for i in self.indicators.values()):
            return self

        def kept(group: Group) -> Group:
            return replace(
                group,
                groups=tuple(kept(g) for g in group.groups),
                indicators=tuple(i for i in group.indicators if i.applies_to_kind(kind)),
            )

        gone = {i.id for i in self.indicators.values() if not i.applies_to_kind(kind)}
        return replace(
            self,
            groups=tuple(kept(g) for g in self.groups),
            rules=tuple(
                r for r in self.rules if not any(c.indicator in gone for c in r.conditions)
            ),
        )


def integer_weights(weights: tuple[Fraction, ...]) -> tuple[int, ...]:
    """Scale exact weights to integers in the same proportion, so that sums need no fractions."""
    common = math.lcm(*(w.denominator for w in weights)) if weights else 1
    return tuple(w.numerator * (common // w.denominator) for w in weights)


def _defects(q: Questionnaire) -> Iterator[Problem]:
    """Yield every broken invariant; `where` is the id of the entry concerned."""
    if not ID_PATTERN.match(q.id):
        yield Problem("id-malformed", q.id, {"id": q.id})
    if not VERSION_PATTERN.match(q.version):
        yield Problem("version-malformed", q.id, {"version": q.version})
    if not q.name:
        yield Problem("text-missing", q.id, {"field": "name"})
    if not 2 <= q.n <= 10:
        yield Problem("scale-length", "scale", {"count": q.n})
    if [level.level for level in q.scale] != list(range(1, q.n + 1)):
        yield Problem("levels-out-of-order", "scale", {"count": q.n})
    if len(q.attainment) != q.n:
        yield Problem(
            "attainment-length", "attainment", {"count": len(q.attainment), "levels": q.n}
        )
    for share in q.attainment:
        if not 0 < share <= 1:
            yield Problem("attainment-range", "attainment", {"value": str(share)})
    if not q.tiers:
        yield Problem("tiers-missing", "tiers")
    if not q.groups:
        yield Problem("groups-missing", "groups")
    seen: set[str] = {TOTAL}
    for group in q.groups:
        yield from _group_defects(q, group, 0, seen)
    yield from _rule_defects(q, seen)


def _claim(identifier: str, seen: set[str]) -> Iterator[Problem]:
    if not ID_PATTERN.match(identifier):
        yield Problem("id-malformed", identifier, {"id": identifier})
    elif identifier == TOTAL:
        yield Problem("id-reserved", identifier, {"id": identifier})
    elif identifier in seen:
        yield Problem("id-duplicate", identifier, {"id": identifier})
    seen.add(identifier)


def _group_defects(q: Questionnaire, group: Group, depth: int, seen: set[str]) -> Iterator[Problem]:
    yield from _claim(group.id, seen)
    if not group.name:
        yield Problem("text-missing", group.id, {"field": "name"})
    if group.weight <= 0:
        yield Problem("weight-not-positive", group.id, {"value": str(group.weight)})
    lowest = depth == len(q.tiers) - 1
    if (group.groups and (lowest or group.indicators)) or (group.indicators and not lowest):
        yield Problem("tier-depth", group.id, {"tiers": len(q.tiers)})
    for child in group.groups:
        yield from _group_defects(q, child, depth + 1, seen)
    for indicator in group.indicators:
        yield from _indicator_defects(q, indicator, seen)


def _indicator_defects(q: Questionnaire, i: Indicator, seen: set[str]) -> Iterator[Problem]:
    yield from _claim(i.id, seen)
    if not i.name:
        yield Problem("text-missing", i.id, {"field": "name"})
    if not i.question:
        yield Problem("text-missing", i.id, {"field": "question"})
    if i.weight <= 0:
        yield Problem("weight-not-positive", i.id, {"value": str(i.weight)})
    if [level.level for level in i.levels] != list(range(1, q.n + 1)):
        yield Problem("levels-out-of-order", i.id, {"count": q.n})
    for level in i.levels:
        if not level.criteria:
            yield Problem("criteria-missing", i.id, {"level": level.level})
        for criterion in level.criteria:
            yield from _claim(criterion.id, seen)
            if not criterion.text:
                yield Problem("text-missing", criterion.id, {"field": "text"})
        if level.step is not None and level.step.months < 1:
            yield Problem("months-not-positive", i.id, {"level": level.level})
    for basis in i.legal_basis:
        if basis.checked is not None and not MONTH_PATTERN.match(basis.checked):
            yield Problem("month-malformed", i.id, {"value": basis.checked})


def _rule_defects(q: Questionnaire, seen: set[str]) -> Iterator[Problem]:
    for rule in q.rules:
        yield from _claim(rule.id, seen)
        if not rule.text:
            yield Problem("text-missing", rule.id, {"field": "text"})
        if not rule.conditions:
            yield Problem("rule-without-conditions", rule.id)
        for c in rule.conditions:
            if c.indicator not in q.indicators:
                yield Problem("rule-unknown-indicator", rule.id, {"id": c.indicator})
            bounds = [b for b in (c.at_least, c.below) if b is not None]
            if not bounds or not all(0 <= b <= q.n for b in bounds):
                yield Problem("rule-bound", rule.id, {"levels": q.n})
