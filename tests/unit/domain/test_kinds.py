"""Kinds: a record is cut into the fields that two people may change apart, and put together again."""

from dataclasses import replace
from itertools import count, permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sat_desktop.domain.answers import Answer, Evidence, State
from sat_desktop.domain.history import PRESENCE
from sat_desktop.domain.kinds import (
    AIM,
    ANSWER,
    GOAL,
    KINDS,
    PLAN,
    RISK,
    UNDERTAKING,
    Kind,
    Placed,
)
from sat_desktop.domain.plan import CostLine, Goal, MoneySource, Plan, Risk, Undertaking
from strategies import records

drawn = st.sampled_from(sorted(KINDS)).flatmap(
    lambda name: st.tuples(st.just(KINDS[name]), records(name), records(name))
)


def said(fields: dict[str, object | None]) -> dict[str, object]:
    return {name: value for name, value in fields.items() if value is not None}


def key_of(kind: Kind, record: object) -> str:
    return str(getattr(record, kind.key)) if kind.key else ""


@given(drawn)
def test_a_record_is_what_its_fields_say(pair: tuple[Kind, object, object]) -> None:
    kind, record, other = pair
    shown = said(kind.fields_of(record))
    assert kind.record_of(key_of(kind, record), shown) == record
    # To say something else on top, and to say nothing any more.
    changed = kind.fields_of(other, shown)
    assert kind.record_of(key_of(kind, other), said({**shown, **changed})) == other
    assert said(kind.fields_of(None, shown)) == {}
    assert set(kind.fields_of(None, shown)) == set(shown)


@given(drawn)
def test_saying_the_same_again_changes_no_field(pair: tuple[Kind, object, object]) -> None:
    kind, record, _ = pair
    shown = said(kind.fields_of(record))
    assert said(kind.fields_of(record, shown)) == shown


def test_the_fields_are_those_that_people_may_change_apart() -> None:
    assert set(ANSWER.parts) == {"rating", "note", "evidence", "confidence", "to_discuss"}
    assert ANSWER.parts["rating"].attributes == ("state", "met", "reason")
    assert set(UNDERTAKING.parts) == {
        "title", "description", "reason", "responsible", "partners", "span", "status", "closes",
        "costs", "measures", "place",
    }  # fmt: skip
    assert set(AIM.parts) == {"wanted", "importance", "effort"}


@pytest.mark.parametrize(
    ("kind", "field", "there"),
    [
        (ANSWER, "note", True),
        (ANSWER, "evidence/e", True),
        (ANSWER, "evidence", False),
        (ANSWER, "evidence/", False),
        (ANSWER, "note/e", False),
        (ANSWER, PRESENCE, False),
    ],
)
def test_a_field_of_a_list_names_its_entry(kind: Kind, field: str, there: bool) -> None:
    assert (kind.part(field) is not None) == there


def test_what_is_the_default_is_nothing_said() -> None:
    assert said(ANSWER.fields_of(Answer())) == {}
    assert said(ANSWER.fields_of(Answer(State.RATED))) == {"rating": (State.RATED, frozenset(), "")}
    assert said(RISK.fields_of(Risk("r", ""))) == {PRESENCE: True}
    assert said(PLAN.fields_of(Plan(2027, 2030))) == {"years": (2027, 2030)}


def test_what_is_not_said_is_as_in_the_blank_that_is_given() -> None:
    blank = Plan(2031, 2034, author="Ola")
    assert PLAN.record_of("", {"title": "T"}, blank) == replace(blank, title="T")


def test_entries_keep_their_places_when_others_come_and_go() -> None:
    def plan(*names: str) -> Plan:
        return Plan(2027, 2030, sources=tuple(MoneySource(n, n) for n in names))

    shown = said(PLAN.fields_of(plan("a", "b", "c")))
    without = PLAN.fields_of(plan("a", "c"), shown)
    assert without["sources/b"] is None
    assert without["sources/c"] == shown["sources/c"]
    shown = said(without)
    appended = PLAN.fields_of(plan("a", "c", "d"), shown)
    assert {k: v for k, v in appended.items() if shown.get(k) != v} == {
        "sources/d": Placed(3, MoneySource("d", "d"))
    }


@given(st.permutations("abcd"), st.permutations("abcd"))
def test_entries_stand_in_the_order_they_are_put(first: list[str], second: list[str]) -> None:
    def plan(names: list[str]) -> Plan:
        return Plan(2027, 2030, sources=tuple(MoneySource(n, n) for n in names))

    shown = said(PLAN.fields_of(plan(first)))
    moved = said(PLAN.fields_of(plan(second), shown))
    assert PLAN.record_of("", moved) == plan(second)


def test_entries_that_two_people_put_at_one_place_stand_in_one_order() -> None:
    pair = {f"sources/{n}": Placed(0, MoneySource(n, n)) for n in "ab"}
    for order in permutations(pair):
        shown: dict[str, object] = {"years": (2027, 2028)} | {name: pair[name] for name in order}
        assert [s.id for s in PLAN.record_of("", shown).sources] == ["a", "b"]


def test_what_a_newer_program_wrote_is_passed_over() -> None:
    assert AIM.record_of("", {"colour": "red", "effort": 3}).effort == 3


def test_entries_get_ids_and_those_that_say_the_same_keep_theirs() -> None:
    numbers = count(1)
    kept = CostLine(2027, "own", 100, id="kept")
    before = Undertaking("u", "a", "t", costs=(kept, replace(kept, id="twin")))
    shown = said(UNDERTAKING.fields_of(before))
    anew = Undertaking(
        "u",
        "a",
        "t",
        costs=(
            CostLine(2028, "own", 5),
            CostLine(2027, "own", 100),
            CostLine(2027, "own", 100),
            CostLine(2027, "own", 100),
            CostLine(2029, "eu", 7, id="mine"),
        ),
    )
    made = UNDERTAKING.identified(anew, shown, lambda: f"new{next(numbers)}")
    assert [c.id for c in made.costs] == ["new1", "kept", "twin", "new2", "mine"]
    assert UNDERTAKING.identified(made, shown, lambda: "unused") is made


@pytest.mark.parametrize("ids", [("", "a"), ("a", "a")])
def test_entries_without_ids_of_their_own_are_a_mistake_of_the_caller(ids: tuple[str, str]) -> None:
    evidence = tuple(Evidence("e", id=i) for i in ids)
    with pytest.raises(ValueError, match="evidence"):
        ANSWER.fields_of(Answer(evidence=evidence))


def test_items_are_named_alike_everywhere() -> None:
    assert GOAL.item("g") == ("goal", "", "g")
    assert ANSWER.item("i", "response") == ("answer", "response", "i")
    assert GOAL.record_of("g", {PRESENCE: True}) == Goal("g", "")
