"""Stored values: equal values give equal bytes, and what is read is what was written."""

import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sat_desktop.domain.answers import Answer, EditionInUse, Evidence, EvidenceKind, ItemKind, State
from sat_desktop.domain.gaps import Aim
from sat_desktop.domain.plan import (
    Action,
    BulletList,
    Chapter,
    CostLine,
    DataSource,
    Goal,
    Measure,
    MoneySource,
    Paragraph,
    Plan,
    Risk,
    Status,
    TextTable,
    Undertaking,
)
from sat_desktop.errors import SatError
from sat_desktop.formats.revisions import FORMAT, decode_value, encode_value, value_reader

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
measures = st.lists(
    st.builds(
        Measure,
        texts,
        texts,
        baseline=st.none() | st.decimals(allow_nan=False, allow_infinity=False),
        baseline_year=st.none() | st.integers(1990, 2200),
        planned=st.lists(
            st.tuples(st.integers(1990, 2200), st.decimals(allow_nan=False, allow_infinity=False)),
            max_size=3,
        ).map(tuple),
        source=st.sampled_from(DataSource),
    ),
    max_size=2,
).map(tuple)
evidence = st.lists(
    st.builds(Evidence, texts, st.sampled_from(EvidenceKind), texts, texts), max_size=3
).map(tuple)
blocks = st.one_of(
    st.builds(Paragraph, texts),
    st.builds(BulletList, st.lists(texts, max_size=3).map(tuple)),
    st.builds(
        TextTable,
        st.lists(texts, max_size=3).map(tuple),
        st.lists(st.lists(texts, max_size=3).map(tuple), max_size=3).map(tuple),
    ),
)
values = {
    ItemKind.ANSWER: st.one_of(
        st.builds(
            Answer,
            st.just(State.RATED),
            st.frozensets(texts, max_size=6),
            note=texts,
            evidence=evidence,
            confidence=st.none() | st.integers(1, 3),
            to_discuss=st.booleans(),
        ),
        st.builds(
            Answer,
            st.just(State.NOT_APPLICABLE),
            reason=texts.filter(lambda t: bool(t.strip())),
        ),
    ),
    ItemKind.EDITION: st.builds(EditionInUse, texts),
    ItemKind.AIM: st.builds(
        Aim, st.none() | st.integers(1, 10), st.integers(1, 3), st.integers(1, 3)
    ),
    ItemKind.PLAN: st.builds(
        Plan,
        st.just(2027),
        st.integers(2027, 2040),
        texts,
        author=texts,
        sources=st.lists(st.builds(MoneySource, texts, texts), max_size=2).map(tuple),
    ),
    ItemKind.CHAPTER: st.builds(Chapter, st.lists(blocks, max_size=4).map(tuple)),
    ItemKind.GOAL: st.builds(Goal, texts, texts, texts, st.none() | texts, measures),
    ItemKind.ACTION: st.builds(Action, texts, texts, texts, texts, st.integers(0, 99)),
    ItemKind.UNDERTAKING: st.builds(
        Undertaking,
        texts,
        texts,
        texts,
        start=st.sampled_from(["", "2027-01"]),
        end=st.sampled_from(["", "2028-12"]),
        status=st.sampled_from(Status),
        closes=st.frozensets(texts, max_size=5),
        costs=st.lists(
            st.builds(CostLine, st.integers(2027, 2040), texts, st.integers(0, 10**20)),
            max_size=3,
        ).map(tuple),
        measures=measures,
    ),
    ItemKind.RISK: st.builds(
        Risk, texts, texts, st.integers(1, 3), st.integers(1, 3), texts, st.none() | texts
    ),
}
pairs = st.sampled_from(ItemKind).flatmap(lambda k: st.tuples(st.just(k), values[k]))


@given(pairs)
def test_what_is_read_is_what_was_written(pair: tuple[ItemKind, object]) -> None:
    kind, value = pair
    stored = encode_value(value)
    assert decode_value(kind, stored) == value
    assert decode_value(kind, stored.decode()) == value
    assert value_reader(kind)(stored) == value
    assert encode_value(decode_value(kind, stored)) == stored


def test_equal_values_give_equal_bytes() -> None:
    ids = [f"planning.{n}.a" for n in range(50)]
    one = Answer(State.RATED, frozenset(ids))
    two = Answer(State.RATED, frozenset(reversed(ids)))
    assert encode_value(one) == encode_value(two)
    assert json.loads(encode_value(one))["met"] == sorted(ids)


def test_figures_keep_the_digits_that_were_typed() -> None:
    goal = Goal("g", "t", measures=(Measure("m", baseline=Decimal("1.50")),))
    found = decode_value(ItemKind.GOAL, encode_value(goal))
    assert isinstance(found, Goal)
    assert str(found.measures[0].baseline) == "1.50"


def test_every_field_is_written_so_that_later_defaults_change_nothing() -> None:
    assert json.loads(encode_value(Aim())) == {"wanted": None, "importance": 2, "effort": 2}


@pytest.mark.parametrize(
    ("kind", "stored", "reason"),
    [
        (ItemKind.ANSWER, '{"state":"rated","opinion":1}', "opinion"),
        (ItemKind.ANSWER, '{"state":"rated","type":"x"}', "type"),
        (ItemKind.PLAN, '{"first_year":2027,"last_year":2028,"years":1}', "years"),
        (ItemKind.ANSWER, r'{"note":"\ud800"}', "truncated"),
        (ItemKind.ANSWER, '{"evidence":[{"title":"x"},{"title":"x","colour":"red"}]}', "colour"),
        (ItemKind.CHAPTER, '{"blocks":[{"type":"paragraph","text":"x","font":"y"}]}', "font"),
        (ItemKind.CHAPTER, '{"blocks":[{"type":"picture"}]}', "picture"),
        (ItemKind.CHAPTER, '{"blocks":[],"title":"x"}', "title"),
        (ItemKind.ANSWER, '{"state":"perhaps"}', "perhaps"),
        (ItemKind.ANSWER, '{"state":"unanswered","met":["x"]}', "criteria-without-rating"),
        (ItemKind.AIM, '{"importance":"2"}', "importance"),
        (ItemKind.AIM, '{"importance":4}', "weighting-out-of-range"),
        (ItemKind.GOAL, '{"id":"g"}', "title"),
        (ItemKind.RISK, "[]", "array"),
        (ItemKind.PLAN, "{", "truncated"),
        (ItemKind.ANSWER, b'{"note":"\xff"}', "utf-8"),
        (ItemKind.ANSWER, '{"note":"\ud800"}', "surrogates"),
    ],
)
def test_what_does_not_fit_is_refused_with_its_place(
    kind: ItemKind, stored: Any, reason: str
) -> None:
    with pytest.raises(SatError) as caught:
        decode_value(kind, stored)
    assert caught.value.code == "revision-unreadable"
    assert caught.value.facts["kind"] == kind.value
    assert reason in str(caught.value.facts["reason"]).lower()


def test_blanks_and_the_order_of_fields_do_not_matter() -> None:
    stored = ' {"effort": 1, "wanted": null,\n "importance": 3} '
    assert decode_value(ItemKind.AIM, stored) == Aim(None, 3, 1)


@pytest.mark.parametrize("version", [0, FORMAT + 1])
def test_another_format_is_refused(version: int) -> None:
    with pytest.raises(SatError) as caught:
        decode_value(ItemKind.AIM, encode_value(Aim()), version)
    assert caught.value.code == "revision-newer"


def test_half_a_character_is_refused() -> None:
    with pytest.raises(SatError) as caught:
        encode_value(Answer(note="\ud83d"))
    assert caught.value.code == "text-unstorable"
    with pytest.raises(SatError):
        encode_value(Chapter((Paragraph("\ud83d"),)))


def test_only_values_of_items_are_stored() -> None:
    with pytest.raises(TypeError):
        encode_value({"state": "rated"})
