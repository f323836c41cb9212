"""The questionnaire's invariants, and what a unit of some kind gets to see of it."""

import dataclasses
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sat_desktop.domain.questionnaire import (
    TOTAL,
    CoherenceRule,
    Condition,
    Criterion,
    Group,
    Indicator,
    IndicatorLevel,
    LegalBasis,
    Level,
    Questionnaire,
    Step,
    Text,
    Tier,
    UnitKind,
    integer_weights,
)
from sat_desktop.errors import SatError
from strategies import words

X = words("x")
NOTHING = Text()


def indicator(identifier: str, **changes: Any) -> Indicator:
    levels = tuple(
        IndicatorLevel(
            k, (Criterion(f"{identifier}.{k}.a", X), Criterion(f"{identifier}.{k}.b", X))
        )
        for k in (1, 2)
    )
    return dataclasses.replace(Indicator(identifier, "1", X, X, levels), **changes)


def sound() -> Questionnaire:
    """Two areas, three dimensions, four indicators, two levels, a rule."""
    lake = indicator("lake", applies_to=(UnitKind.GMINA, UnitKind.CITY))
    return Questionnaire(
        id="water",
        version="1.0",
        name=X,
        scale=(Level(1, "low", words("low")), Level(2, "high", words("high"))),
        attainment=(Fraction(1), Fraction(1, 2)),
        tiers=(Tier("area", words("area")), Tier("dimension", words("dimension"))),
        groups=(
            Group(
                *("a", "A", X),
                groups=(
                    Group("a1", "A1", X, indicators=(indicator("river"), lake)),
                    Group("a2", "A2", X, indicators=(indicator("sea"),)),
                ),
            ),
            Group("b", "B", X, groups=(Group("b1", "B1", X, indicators=(indicator("rain"),)),)),
        ),
        rules=(
            CoherenceRule("r1", (Condition("river", at_least=2), Condition("lake", below=1)), X),
            CoherenceRule("r2", (Condition("rain", 1, 2),), X),
        ),
    )


Change = Callable[[Questionnaire], dict[str, Any]]


def with_first(**changes: Any) -> Change:
    """Change the first indicator."""

    def change(q: Questionnaire) -> dict[str, Any]:
        area = q.groups[0]
        dimension = area.groups[0]
        first = dataclasses.replace(dimension.indicators[0], **changes)
        dimension = dataclasses.replace(dimension, indicators=(first, *dimension.indicators[1:]))
        area = dataclasses.replace(area, groups=(dimension, *area.groups[1:]))
        return {"groups": (area, *q.groups[1:]), "rules": ()}

    return change


def with_top(**changes: Any) -> Change:
    """Change the first area."""
    return lambda q: {
        "groups": (dataclasses.replace(q.groups[0], **changes), q.groups[1]),
        "rules": (),
    }


def with_rule(**changes: Any) -> Change:
    return lambda q: {"rules": (dataclasses.replace(q.rules[0], **changes),)}


def levels_of(*numbers: int, **changes: Any) -> tuple[IndicatorLevel, ...]:
    return tuple(
        dataclasses.replace(IndicatorLevel(k, (Criterion(f"new.{n}", X),)), **changes)
        for n, k in enumerate(numbers)
    )


@pytest.mark.parametrize(
    ("change", "defects"),
    [
        (lambda _: {"id": "no spaces"}, [("id-malformed", "no spaces")]),
        (lambda _: {"version": "one"}, [("version-malformed", "water")]),
        (lambda _: {"name": NOTHING}, [("text-missing", "water")]),
        (
            lambda q: {"scale": q.scale[::-1]},
            [("levels-out-of-order", "scale")],
        ),
        (lambda _: {"attainment": (Fraction(1),)}, [("attainment-length", "attainment")]),
        (
            lambda _: {"attainment": (Fraction(0), Fraction(1))},
            [("attainment-range", "attainment")],
        ),
        (
            lambda _: {"attainment": (Fraction(2), Fraction(1))},
            [("attainment-range", "attainment")],
        ),
        (lambda _: {"groups": (), "rules": ()}, [("groups-missing", "groups")]),
        (with_top(id=TOTAL), [("id-reserved", TOTAL)]),
        (with_top(id="ą"), [("id-malformed", "ą")]),
        (with_top(id="b1"), [("id-duplicate", "b1")]),
        (with_top(name=NOTHING), [("text-missing", "a")]),
        (with_top(weight=Fraction(0)), [("weight-not-positive", "a")]),
        (with_top(groups=(), indicators=(indicator("i"),)), [("tier-depth", "a")]),
        (with_top(indicators=(indicator("i"),)), [("tier-depth", "a")]),
        (
            with_top(groups=(Group("deep", "", X, groups=(Group("deeper", "", X),)),)),
            [("tier-depth", "deep")],
        ),
        (with_top(groups=()), []),
        (with_first(id="lake"), [("id-duplicate", "lake")]),
        (with_first(name=NOTHING), [("text-missing", "river")]),
        (with_first(question=NOTHING), [("text-missing", "river")]),
        (with_first(weight=Fraction(-1, 2)), [("weight-not-positive", "river")]),
        (with_first(levels=levels_of(1)), [("levels-out-of-order", "river")]),
        (with_first(levels=levels_of(2, 1)), [("levels-out-of-order", "river")]),
        (
            with_first(levels=levels_of(1, 2, criteria=())),
            [("criteria-missing", "river"), ("criteria-missing", "river")],
        ),
        (
            with_first(levels=levels_of(1, 2, criteria=(Criterion("twice", NOTHING),))),
            [("text-missing", "twice"), ("id-duplicate", "twice"), ("text-missing", "twice")],
        ),
        (with_first(levels=levels_of(1, 2, step=Step(X, X, 1))), []),
        (
            with_first(
                levels=(*levels_of(1), IndicatorLevel(2, (Criterion("c", X),), Step(X, X, 0)))
            ),
            [("months-not-positive", "river")],
        ),
        (with_first(legal_basis=(LegalBasis(X), LegalBasis(X, checked="2026-12"))), []),
        (
            with_first(legal_basis=(LegalBasis(X, checked="2026-13"),)),
            [("month-malformed", "river")],
        ),
        (with_rule(id="river"), [("id-duplicate", "river")]),
        (with_rule(text=NOTHING), [("text-missing", "r1")]),
        (with_rule(conditions=()), [("rule-without-conditions", "r1")]),
        (with_rule(conditions=(Condition("pond", 1),)), [("rule-unknown-indicator", "r1")]),
        (with_rule(conditions=(Condition("sea"),)), [("rule-bound", "r1")]),
        (with_rule(conditions=(Condition("sea", below=3),)), [("rule-bound", "r1")]),
        (with_rule(conditions=(Condition("sea", at_least=0, below=2),)), []),
    ],
)
def test_what_is_incoherent_does_not_exist(change: Change, defects: list[tuple[str, str]]) -> None:
    questionnaire = sound()
    if not defects:
        changed = dataclasses.replace(questionnaire, **change(questionnaire))
        assert changed.id == questionnaire.id
        return
    with pytest.raises(SatError) as caught:
        dataclasses.replace(questionnaire, **change(questionnaire))
    assert caught.value.code == "questionnaire-invalid"
    assert [(p.code, p.where) for p in caught.value.problems] == defects


@pytest.mark.parametrize("count", [0, 1, 11])
def test_a_scale_has_two_to_ten_levels(count: int) -> None:
    with pytest.raises(SatError) as caught:
        dataclasses.replace(
            sound(), scale=tuple(Level(k, str(k), X) for k in range(1, count + 1)), rules=()
        )
    assert "scale-length" in {p.code for p in caught.value.problems}


def test_tiers_are_needed() -> None:
    with pytest.raises(SatError) as caught:
        dataclasses.replace(sound(), tiers=())
    assert "tiers-missing" in {p.code for p in caught.value.problems}


def test_all_defects_are_named_at_once() -> None:
    with pytest.raises(SatError) as caught:
        dataclasses.replace(sound(), version="x", name=NOTHING, attainment=())
    assert len(caught.value.problems) == 3
    assert caught.value.facts == {"edition": "water@x"}


def test_texts_fall_back_to_the_other_language() -> None:
    assert Text("tak", "yes").get("en") == "yes"
    assert Text("tak", "yes").get("pl") == "tak"
    assert Text(pl="tak").get("en") == "tak"
    assert Text(pl="", en="yes").get("pl") == "yes"
    assert NOTHING.get("pl") == ""
    assert not NOTHING
    assert Text(en="yes")


@pytest.mark.parametrize(
    ("condition", "holds"),
    [
        (Condition("i", at_least=2), [False, False, True, True]),
        (Condition("i", below=2), [True, True, False, False]),
        (Condition("i", at_least=1, below=2), [False, True, False, False]),
    ],
)
def test_conditions_bound_a_level(condition: Condition, holds: list[bool]) -> None:
    assert [condition.holds(level) for level in range(4)] == holds


def test_the_tree_is_found_from_every_side() -> None:
    q = sound()
    assert q.edition == "water@1.0"
    assert list(q.nodes) == ["a", "a1", "a2", "b", "b1"]
    assert list(q.indicators) == ["river", "lake", "sea", "rain"]
    assert [g.id for g in q.dimensions] == ["a1", "a2", "b1"]
    assert q.path["lake"] == ("a", "a1")
    assert q.group_of["a1"] == "a"
    assert "a" not in q.group_of
    assert q.indicator_of_criterion["sea.2.b"] == "sea"
    assert (q.tier_of("b").id, q.tier_of("b1").id) == ("area", "dimension")
    assert [q.level_name(k).get("en") for k in range(3)] == ["below minimum", "low", "high"]


def test_criteria_are_grouped_by_level() -> None:
    river = sound().indicators["river"]
    assert river.criteria == ("river.1.a", "river.1.b", "river.2.a", "river.2.b")
    assert river.criteria_by_level[1] == {"river.2.a", "river.2.b"}
    assert river.criteria_up_to(0) == frozenset()
    assert river.criteria_up_to(1) == {"river.1.a", "river.1.b"}
    assert river.criteria_up_to(2) == set(river.criteria)


def test_a_kind_of_unit_that_is_asked_everything_has_the_whole() -> None:
    q = sound()
    assert q.applicable_to(UnitKind.GMINA) is q
    assert q.applicable_to(UnitKind.CITY) is q


def test_what_a_kind_is_not_asked_counts_as_absent() -> None:
    q = sound()
    county = q.applicable_to(UnitKind.POWIAT)
    assert list(county.indicators) == ["river", "sea", "rain"]
    assert list(county.nodes) == list(q.nodes)
    assert [r.id for r in county.rules] == ["r2"]
    assert county.applicable_to(UnitKind.POWIAT) is county


def test_a_group_that_is_asked_nothing_stays() -> None:
    q = sound()
    only_cities = dataclasses.replace(
        q,
        groups=(
            *q.groups,
            Group(
                *("c", "C", X),
                groups=(
                    Group("c1", "", X, indicators=(indicator("i", applies_to=(UnitKind.CITY,)),)),
                ),
            ),
        ),
    )
    kept = only_cities.applicable_to(UnitKind.GMINA)
    assert kept.nodes["c1"].indicators == ()
    assert "c1" in [g.id for g in kept.dimensions]


@given(
    st.lists(st.fractions(min_value=Fraction(1, 10**6), max_value=10**6), min_size=1, max_size=9)
)
def test_integer_weights_keep_the_proportion(weights: list[Fraction]) -> None:
    scaled = integer_weights(tuple(weights))
    assert all(w > 0 for w in scaled)
    assert {Fraction(s) / w for s, w in zip(scaled, weights, strict=True)} == {
        Fraction(scaled[0]) / weights[0]
    }


def test_integer_weights_are_the_smallest_common_ones() -> None:
    assert integer_weights((Fraction(1, 10), Fraction(1, 4), Fraction(2))) == (2, 5, 40)
    assert integer_weights(()) == ()
