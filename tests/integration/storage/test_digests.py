"""What something else did to the rows is seen when an assessment is opened, and named by the check."""

import json
import sys
from collections.abc import Callable, Sequence
from hashlib import sha256
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import delete, insert, select, update

from sat_desktop.errors import SatError
from sat_desktop.storage.seal import EMPTY, Inspection, Seal, digest_of
from sat_desktop.storage.tables import assessment, revision

REFERENCES = {"assessment", "change_set"}
TEXTS = sorted(c.name for c in revision.c if c.name not in {"seq", "format"} | REFERENCES)


@pytest.fixture
def written(office: Any, rated: Any) -> list[Any]:
    first = office.write(office.register(), rated())
    return [first, office.write(office.register(), rated("i1.1.a"), first)]


def changed(store: Any, *statements: Any) -> None:
    """Do something to the database outside of the program."""
    with store.database.writing() as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()


def number_refused(office: Any) -> int:
    """Return of how many rows opening says that they were altered."""
    with office.store.begin() as work, pytest.raises(SatError) as caught:
        work.history.present(office.id)
    assert caught.value.code == "revisions-altered"
    assert caught.value.facts["path"] == office.store.database.place
    return int(str(caught.value.facts["count"]))


def problems_of(store: Any) -> list[tuple[str, str]]:
    with pytest.raises(SatError) as caught:
        store.full_check()
    return [(p.code, p.where) for p in caught.value.problems]


def other(text: str) -> str:
    """Return a text in which one byte differs."""
    return text[:-1] + chr(ord(text[-1]) ^ 1) if text else "x"


@pytest.mark.parametrize("name", TEXTS)
def test_one_byte_changed_in_any_column_is_seen(office: Any, written: list[Any], name: str) -> None:
    column = revision.c[name]
    with office.store.database.reading() as connection:
        query = select(column).where(revision.c.id == written[1].id)
        before = connection.execute(query).scalar_one()
    values = {name: other(before)}
    changed(office.store, update(revision).where(revision.c.id == written[1].id).values(values))
    assert number_refused(office) == 1
    named = values["id"] if name == "id" else written[1].id
    assert problems_of(office.store) == [("revision-altered", f"revision {named}")]


@pytest.mark.parametrize(("name", "value"), [("format", 1), ("value", None)])
def test_a_number_or_a_missing_value_is_seen_too(
    office: Any, written: list[Any], name: str, value: object
) -> None:
    which = revision.c.id == written[1].id
    changed(office.store, update(revision).where(which).values({name: value}))
    assert number_refused(office) == 1
    assert ("revision-altered", f"revision {written[1].id}") in problems_of(office.store)


def test_a_row_that_was_given_to_another_change_set_is_seen(
    office: Any, written: list[Any]
) -> None:
    moved = update(revision).values(change_set=written[1].change_set)
    changed(office.store, moved.where(revision.c.id == written[0].id))
    assert number_refused(office) == 1
    assert problems_of(office.store) == [("revision-altered", f"revision {written[0].id}")]


def test_a_row_that_was_given_to_another_assessment_is_missed_here_and_seen_there(
    office: Any, office_of: Callable[[Any], Any], written: list[Any]
) -> None:
    there = office_of(office.store)
    moved = update(revision).values(assessment=there.id)
    changed(office.store, moved.where(revision.c.id == written[0].id))
    assert number_refused(office) == 0
    assert number_refused(there) == 1
    assert problems_of(office.store) == [
        ("revisions-lost", f"assessment {office.id}"),
        ("revision-altered", f"revision {written[0].id}"),
        ("revisions-lost", f"assessment {there.id}"),
    ]


def test_a_row_that_was_taken_away_is_missed(office: Any, written: list[Any]) -> None:
    changed(office.store, delete(revision).where(revision.c.id == written[0].id))
    assert number_refused(office) == 0
    with pytest.raises(SatError) as caught:
        office.store.full_check()
    (problem,) = caught.value.problems
    assert (problem.code, problem.where) == ("revisions-lost", f"assessment {office.id}")
    assert problem.facts == {"found": 1, "expected": 2}


def test_all_rows_taken_away_are_missed(office: Any, written: list[Any]) -> None:
    assert written
    changed(office.store, delete(revision))
    assert number_refused(office) == 0
    assert problems_of(office.store) == [("revisions-lost", f"assessment {office.id}")]


@pytest.mark.parametrize("replacing", [True, False])
def test_a_row_that_was_added_by_hand_is_seen_though_its_digest_fits(
    office: Any, written: list[Any], replacing: bool
) -> None:
    with office.store.database.reading() as connection:
        row = dict(connection.execute(select(revision)).mappings().first())
    del row["seq"], row["digest"]
    row["id"] = "f" * 32
    columns = [row[c.name] for c in revision.c if c.name in row]
    steps: list[Any] = [insert(revision).values({**row, "digest": digest_of(columns)})]
    if replacing:
        steps.append(delete(revision).where(revision.c.id == written[1].id))
    changed(office.store, *steps)
    assert number_refused(office) == 0
    assert problems_of(office.store) == [("revisions-lost", f"assessment {office.id}")]


@pytest.mark.parametrize("values", [{"digest": "0" * 63 + "1"}, {"revisions": 3}])
def test_a_changed_seal_is_seen(office: Any, written: list[Any], values: dict[str, object]) -> None:
    assert written
    changed(office.store, update(assessment).values(values))
    assert number_refused(office) == 0
    assert problems_of(office.store) == [("revisions-lost", f"assessment {office.id}")]


storable = st.text(st.characters(exclude_categories=["Cs"]))


def digest_in_migrations(columns: list[object]) -> str:
    text = json.dumps(columns, ensure_ascii=False, separators=(",", ":"))
    return sha256(text.encode()).hexdigest()


@given(st.lists(st.none() | st.integers(0, 99) | storable, max_size=12))
def test_a_digest_is_of_the_same_text_that_migrations_take(columns: list[object]) -> None:
    assert digest_of(columns) == digest_in_migrations(columns)


def test_no_character_is_written_in_another_way() -> None:
    every = [chr(code) for code in range(sys.maxunicode + 1) if not 0xD800 <= code < 0xE000]
    assert digest_of(every) == digest_in_migrations([*every])


digests = st.integers(0, 2**256 - 1).map(lambda n: f"{n:064x}")


@given(st.lists(digests, unique=True), st.randoms())
def test_the_seal_is_the_same_in_whatever_order_rows_arrive(found: list[str], chance: Any) -> None:
    mixed = chance.sample(found, len(found))
    seal = EMPTY
    for digest in mixed:
        seal = seal.with_digests([digest])
    assert seal == EMPTY.with_digests(found)
    assert seal.number == len(found)
    assert len(seal.sum) == 64


@given(st.lists(st.tuples(storable, storable), unique=True, min_size=1), st.data())
def test_what_is_not_as_it_was_written_is_named(
    content: list[tuple[str, str]], data: st.DataObject
) -> None:
    rows = [(*columns, digest_of(columns)) for columns in content]
    seal = EMPTY.with_digests(row[-1] for row in rows)

    def found(rows: Sequence[tuple[str, ...]], seal: Seal) -> tuple[list[str], bool]:
        inspection = Inspection()
        size = data.draw(st.integers(1, len(content)))
        for start in range(0, len(rows), size):
            inspection.look_at(rows[start : start + size])
        return inspection.altered, inspection.misses(seal)

    assert found(rows, seal) == ([], False)
    place = data.draw(st.integers(0, len(rows) - 1))
    rest = rows[:place] + rows[place + 1 :]
    assert found(rest, seal) == ([], True)
    first, second, digest = rows[place]
    altered = (first, second + "x", digest)
    assert found([*rest, altered], seal) == ([first], False)
    assert found([altered], seal) == ([first], len(rows) != 1)
    assert found(rows, Seal(seal.number + 1, seal.sum)) == ([], True)
