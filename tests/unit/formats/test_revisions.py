"""Stored values: equal values give equal bytes, and what is read is what was written."""

import json
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sat_desktop.domain.answers import Answer, State
from sat_desktop.domain.history import Register
from sat_desktop.domain.kinds import AIM, ANSWER, CHAPTER, KINDS, UNDERTAKING, Kind, Placed
from sat_desktop.domain.plan import CostLine, Measure, Paragraph
from sat_desktop.errors import SatError
from sat_desktop.formats.revisions import FORMAT, decode_value, encode_value, plain_form
from strategies import records


@given(st.sampled_from(sorted(KINDS)).flatmap(lambda k: st.tuples(st.just(KINDS[k]), records(k))))
def test_what_is_read_is_what_was_written(drawn: tuple[Kind, object]) -> None:
    kind, record = drawn
    fields = kind.fields_of(record)
    read = {}
    for name, value in fields.items():
        if value is None:
            continue
        register = Register(*kind.item("key"), name)
        stored = encode_value(register, value)
        read[name] = decode_value(register, stored)
        assert read[name] == value
        assert decode_value(register, stored.decode()) == value
        assert encode_value(register, read[name]) == stored
    key = getattr(record, kind.key) if kind.key else ""
    assert kind.record_of(key, read) == record


def test_equal_values_give_equal_bytes() -> None:
    ids = [f"planning.{n}.a" for n in range(50)]
    register = Register("answer", "r", "i", "rating")
    one = encode_value(register, (State.RATED, frozenset(ids), ""))
    two = encode_value(register, (State.RATED, frozenset(reversed(ids)), ""))
    assert one == two
    assert json.loads(one) == ["rated", sorted(ids), ""]


def test_figures_keep_the_digits_that_were_typed() -> None:
    register = Register("goal", "", "g", "measures/m")
    placed = Placed(0, Measure("m", baseline=Decimal("1.50"), id="m"))
    found = decode_value(register, encode_value(register, placed))
    assert isinstance(found, Placed)
    assert str(found.entry.baseline) == "1.50"


def test_every_field_of_an_entry_is_written_so_that_later_defaults_change_nothing() -> None:
    register = Register("undertaking", "", "u", "costs/c")
    stored = encode_value(register, Placed(3, CostLine(2027, "own", 100, id="c")))
    assert json.loads(stored) == {"year": 2027, "source": "own", "grosze": 100, "position": 3}


@pytest.mark.parametrize(
    ("kind", "name", "stored", "reason"),
    [
        ("answer", "rating", '["rated"]', "length"),
        ("answer", "rating", '["perhaps", [], ""]', "perhaps"),
        ("answer", "rating", '["unanswered", ["x"], ""]', "criteria-without-rating"),
        ("answer", "note", r'"\ud800"', "truncated"),
        ("answer", "note", b'"\xff"', "utf-8"),
        ("answer", "note", '"\ud800"', "surrogates"),
        ("answer", "opinion", "1", "register-unknown"),
        ("answer", "presence", "true", "register-unknown"),
        ("answer", "evidence", "[]", "register-unknown"),
        ("answer", "note/x", '""', "register-unknown"),
        ("answer", "confidence", "4", "confidence-range"),
        (
            "answer",
            "evidence/e",
            '{"title":"x","kind":"file","reference":"","valid_until":"","colour":"red","position":0}',
            "colour",
        ),
        ("answer", "evidence/e", '{"title":"x"}', "required"),
        ("chapter", "blocks", '[{"type":"paragraph","text":"x","font":"y"}]', "font"),
        ("chapter", "blocks", '[{"type":"picture"}]', "picture"),
        ("aim", "importance", '"2"', "int"),
        ("aim", "importance", "4", "weighting-out-of-range"),
        ("plan", "years", "[2030, 2027]", "plan-years"),
        ("undertaking", "span", '["2027-02", "2027-01"]', "months-reversed"),
        (
            "undertaking",
            "costs/c",
            '{"year":2027,"source":"own","grosze":-1,"position":0}',
            "money",
        ),
        ("goal", "presence", "1", "bool"),
        ("risk", "text", "[]", "array"),
        ("plan", "title", '"', "truncated"),
    ],
)
def test_what_does_not_fit_is_refused_with_its_place(
    kind: str, name: str, stored: Any, reason: str
) -> None:
    with pytest.raises(SatError) as caught:
        decode_value(Register(kind, "", "key", name), stored)
    assert caught.value.code == "revision-unreadable"
    assert caught.value.facts["kind"] == kind
    assert reason in str(caught.value.facts["reason"]).lower()
    assert name.partition("/")[0] in str(caught.value.facts["reason"])


@pytest.mark.parametrize("version", [0, 1, FORMAT + 1])
def test_another_format_is_refused(version: int) -> None:
    register = Register(AIM.name, "", "i", "importance")
    with pytest.raises(SatError) as caught:
        decode_value(register, encode_value(register, 3), version)
    assert caught.value.code == "revision-newer"


def test_an_unknown_kind_is_refused() -> None:
    with pytest.raises(SatError) as caught:
        decode_value(Register("toy", "", "i", "colour"), "1")
    assert caught.value.code == "revision-kind-unknown"
    with pytest.raises(TypeError):
        encode_value(Register("toy", "", "i", "colour"), 1)


def test_half_a_character_is_refused() -> None:
    for register, value in (
        (Register(ANSWER.name, "r", "i", "note"), "\ud83d"),
        (Register(CHAPTER.name, "", "risks", "blocks"), (Paragraph("\ud83d"),)),
    ):
        with pytest.raises(SatError) as caught:
            encode_value(register, value)
        assert caught.value.code == "text-unstorable"


def test_only_what_registers_hold_is_stored() -> None:
    for name, value in (("colour", "red"), ("presence", False)):
        with pytest.raises(TypeError):
            encode_value(Register(UNDERTAKING.name, "", "u", name), value)


def test_a_record_in_plain_form_is_what_json_has() -> None:
    plain = plain_form(Answer(State.RATED, frozenset({"b", "a"})))
    assert plain["met"] == ["a", "b"]
    assert json.loads(json.dumps(plain))["state"] == "rated"


@dataclass(frozen=True)
class Wheel:
    """An entry of a toy."""

    size: int
    id: str = field(default="", compare=False)


@dataclass(frozen=True)
class Toy:
    """A kind that no other part of the program has heard of."""

    id: str
    colour: str = "red"
    width: int = 1
    height: int = 1
    wheels: tuple[Wheel, ...] = ()


def test_a_kind_is_a_record_and_an_entry_in_the_table(monkeypatch: pytest.MonkeyPatch) -> None:
    toy = Kind("toy", Toy, together={"size": ("width", "height")}, key="id", removable=True)
    monkeypatch.setitem(KINDS, "toy", toy)
    record = Toy("t", "green", 2, 3, (Wheel(4, "w"),))
    stored = {
        name: encode_value(Register(*toy.item("t"), name), value)
        for name, value in toy.fields_of(record).items()
        if value is not None
    }
    assert stored == {
        "presence": b"true",
        "colour": b'"green"',
        "size": b"[2,3]",
        "wheels/w": b'{"position":0,"size":4}',
    }
    read = {n: decode_value(Register(*toy.item("t"), n), text) for n, text in stored.items()}
    assert toy.record_of("t", read) == record
