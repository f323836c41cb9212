"""Real databases of older schemas become schema 3, on a file and on a server alike."""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic.migration import MigrationContext
from alembic.operations import Operations

from register_rows import heads_of, record_of, shown_in
from sat_desktop.storage.migrations import to_2, to_3
from sat_desktop.storage.migrations.fields_of_records import derived_id

DATA = Path(__file__).parents[2] / "data"
NEW = {"meta", "edition", "assessment", "person", "change_set", "revision"}
OLD = {"meta", "edition", "assessment", "member", "response", "change_set", "revision", "replaced"}

Rows = dict[str, list[dict[str, Any]]]


def file_engine(path: Path) -> sa.Engine:
    """Return an engine whose transactions hold changes of tables too, as the program's do."""
    engine = sa.create_engine(f"sqlite:///{path}", poolclass=sa.NullPool)

    @sa.event.listens_for(engine, "connect")
    def _leave_beginning_to_us(connection: sqlite3.Connection, _: object) -> None:
        connection.isolation_level = None
        connection.execute("PRAGMA foreign_keys = ON")

    @sa.event.listens_for(engine, "begin")
    def _begin(connection: sa.Connection) -> None:
        connection.exec_driver_sql("BEGIN")

    return engine


def file_of(version: int, folder: Path) -> sa.Engine:
    copy = folder / f"schema-{version}.db"
    copy.write_bytes((DATA / f"workspace-schema-{version}.db").read_bytes())
    return file_engine(copy)


def server_of(version: int, address: str) -> sa.Engine:
    import psycopg

    script = (DATA / f"workspace-schema-{version}.postgresql.sql").read_bytes()
    with closing(psycopg.connect(address, autocommit=True)) as connection:
        connection.execute(script)
    url = sa.make_url(address).set(drivername="postgresql+psycopg")
    return sa.create_engine(url, poolclass=sa.NullPool)


Make = Callable[[int], sa.Engine]


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def kept(request: pytest.FixtureRequest, tmp_path: Path) -> Make:
    """Return what brings a kept database of a version back, on a file or on a server."""
    if request.param == "sqlite":
        return lambda version: file_of(version, tmp_path)
    address = str(request.getfixturevalue("postgres"))
    return lambda version: server_of(version, address)


@pytest.fixture
def old(kept: Make) -> sa.Engine:
    """Return the demo city of schema 2."""
    return kept(2)


def migrate(engine: sa.Engine, *steps: Callable[[Operations], None]) -> None:
    with engine.begin() as connection:
        operations = Operations(MigrationContext.configure(connection))
        for step in steps or (to_3.upgrade,):
            step(operations)


def tables_of(engine: sa.Engine) -> set[str]:
    return set(sa.inspect(engine).get_table_names())


def rows_of(engine: sa.Engine, *tables: str) -> Rows:
    """Return the rows of tables in the order of their numbers."""
    found: Rows = {}
    with engine.connect() as connection:
        for name in tables:
            table = sa.Table(name, sa.MetaData(), autoload_with=connection)
            order = table.c.get("seq", table.c[0])
            found[name] = [
                {str(key): value for key, value in row.items()}
                for row in connection.execute(sa.select(table).order_by(order)).mappings()
            ]
    return found


def heads_in(engine: sa.Engine) -> dict[tuple[str, str, str, str], list[Any]]:
    """Return what the heads of the first assessment say."""
    first = "SELECT id FROM assessment ORDER BY seq LIMIT 1"
    with engine.connect() as connection:
        rows = connection.execute(
            sa.text(f"SELECT * FROM revision WHERE assessment = ({first})")  # noqa: S608
        )
        return heads_of(rows.all())


def records_in(rows: Rows) -> dict[tuple[Any, ...], list[dict[str, Any] | None]]:
    """Return what the heads of the items say in schema 2, under the scopes of schema 3."""
    scopes = {
        r["id"]: derived_id("response", r["assessment"], r["member"] or "")
        for r in rows["response"]
    }
    gone = {r["revision"] for r in rows["replaced"]}
    heads = defaultdict(list)
    for r in rows["revision"]:
        if r["id"] not in gone:
            item = (r["kind"], scopes.get(r["scope"], r["scope"]), r["key"])
            heads[item].append(None if r["value"] is None else json.loads(r["value"]))
    return heads


def test_the_demo_city_shows_what_it_showed(old: sa.Engine) -> None:
    before = records_in(rows_of(old, *OLD))
    migrate(old)
    shown = shown_in(heads_in(old))
    compared = 0
    for item, records in before.items():
        if len(records) > 1 or item[0] == "edition":
            continue
        kind, scope, key = item
        compared += 1
        if records[0] is None:
            assert item not in shown
        else:
            assert record_of((kind, scope, key), shown[kind, scope, key]) == records[0]
    assert compared > 300


def test_what_two_said_differently_of_one_field_is_a_conflict_and_nothing_else(
    old: sa.Engine,
) -> None:
    before = records_in(rows_of(old, *OLD))
    disputed = sorted(item[2] for item, records in before.items() if len(records) > 1)
    (removed,) = (item[2] for item, r in before.items() if None in r and len(r) > 1)
    assert disputed == sorted(
        [
            "planning.strategy",  # of the aim one wrote effort, the other importance
            "planning.implementation",
            "planning.coherence",  # one wrote a note, the other how sure they are
            "coordination.meetings",
            removed,
        ]
    )
    migrate(old)
    conflicts = {
        (key, field)
        for (_, _, key, field), values in heads_in(old).items()
        if any(value != values[0] for value in values)
    }
    assert conflicts == {
        ("planning.implementation", "rating"),
        ("coordination.mandate", "rating"),  # hidden by a note until now
        ("coordination.meetings", "rating"),
        (removed, "title"),
        (removed, "responsible"),
    }


def test_every_side_of_a_conflict_is_in_sight(old: sa.Engine) -> None:
    before = records_in(rows_of(old, *OLD))
    migrate(old)
    heads = heads_in(old)
    for item, records in before.items():
        if item[0] == "answer" and len(records) > 1:
            for record in records:
                assert record is not None
                rating = [record["state"], record["met"], record["reason"]]
                assert rating in heads[(*item, "rating")]


def test_change_sets_and_people_are_kept(old: sa.Engine) -> None:
    before = rows_of(old, *OLD)
    migrate(old)
    after = rows_of(old, *NEW)
    kept = [
        {name: value for name, value in row.items() if name not in ("seq", "writer", "merged_by")}
        for row in after["change_set"]
        if row["label"] != "setup"
    ]
    as_before = [{n: v for n, v in row.items() if n != "seq"} for row in before["change_set"]]
    assert kept == as_before
    assert {(row["writer"], row["merged_by"]) for row in after["change_set"]} == {("", None)}
    # What an assessment was set up with comes before all that was done in it.
    first = {row["assessment"]: row["label"] for row in reversed(after["change_set"])}
    assert set(first.values()) == {"setup"}
    people = {(r["assessment"], r["member"], r["name"], r["contact"]) for r in after["person"]}
    assert people == {(r["assessment"], r["id"], r["name"], r["contact"]) for r in before["member"]}
    tokens = {
        r["value"] for r in after["revision"] if (r["kind"], r["field"]) == ("member", "name")
    }
    assert tokens == {json.dumps(r["id"]) for r in after["person"]}
    assert after["edition"] == before["edition"]
    assert after["meta"] == before["meta"]


def test_number_and_digest_of_an_assessment_fit_its_revisions(old: sa.Engine) -> None:
    migrate(old)
    rows = rows_of(old, "assessment", "revision")
    assert len(rows["assessment"]) == 2
    for assessment in rows["assessment"]:
        digests = [r["digest"] for r in rows["revision"] if r["assessment"] == assessment["id"]]
        united = 0
        for digest in digests:
            united ^= int(digest, 16)
        assert assessment["revisions"] == len(digests)
        assert assessment["digest"] == f"{united:064x}"
    assert {r["format"] for r in rows["revision"]} == {2}


def test_the_tables_are_those_of_schema_3_and_go_on_numbering(old: sa.Engine) -> None:
    migrate(old)
    assert tables_of(old) == NEW
    revision = sa.Table("revision", sa.MetaData(), autoload_with=old)
    *_, last = rows_of(old, "revision")["revision"]
    with old.begin() as connection:
        more = {name: value for name, value in last.items() if name != "seq"}
        connection.execute(sa.insert(revision), {**more, "id": "new"})
    *_, added = rows_of(old, "revision")["revision"]
    assert (added["id"], added["seq"]) == ("new", last["seq"] + 1)


@pytest.mark.postgres
def test_a_file_and_a_server_become_the_same(tmp_path: Path, postgres: str) -> None:
    file, server = file_of(2, tmp_path), server_of(2, postgres)
    migrate(file)
    migrate(server)
    assert rows_of(file, *NEW) == rows_of(server, *NEW)


def test_copies_of_one_file_become_the_same(tmp_path: Path) -> None:
    made = []
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
        engine = file_of(2, tmp_path / name)
        migrate(engine)
        made.append(rows_of(engine, *NEW))
    assert made[0] == made[1]


def test_schema_1_gets_there_as_well(tmp_path: Path) -> None:
    engine = file_of(1, tmp_path)
    migrate(engine, to_2.upgrade, to_3.upgrade)
    assert tables_of(engine) == NEW
    (assessment,) = rows_of(engine, "assessment")["assessment"]
    agreed = derived_id("response", assessment["id"], "")
    heads = heads_in(engine)
    assert heads["assessment", "", "", "name"] == ["Gmina Łąki"]
    met = ["planning.register.1.a", "planning.register.2.a"]
    assert heads["answer", agreed, "planning.register", "rating"] == [["rated", met, ""]]
    assert heads["answer", agreed, "planning.strategy", "rating"] == [["rated", [], ""], None]
    assert heads["chapter", "", "introduction", "blocks"] == [
        [
            {"type": "paragraph", "text": "Wstęp"},
            {"type": "list", "items": ["a", "b"]},
            {"type": "table", "header": ["x"], "rows": [["1"]]},
        ]
    ]


@pytest.mark.postgres
def test_an_empty_server_of_schema_1_gets_there_as_well(postgres: str) -> None:
    engine = server_of(1, postgres)
    migrate(engine, to_2.upgrade, to_3.upgrade)
    assert tables_of(engine) == NEW


def test_a_value_that_cannot_be_read_stops_all_and_is_named(old: sa.Engine) -> None:
    with old.begin() as connection:
        connection.execute(sa.text("UPDATE revision SET value = '{' WHERE seq = 7"))
    before = rows_of(old, *OLD)
    with pytest.raises(ValueError, match=before["revision"][6]["id"]):
        migrate(old)
    assert rows_of(old, *OLD) == before


def test_a_failure_after_the_old_tables_went_leaves_all_as_it_was(old: sa.Engine) -> None:
    with old.begin() as connection:
        connection.execute(sa.text("CREATE TABLE person (name TEXT)"))
    before = rows_of(old, *OLD)
    with pytest.raises(sa.exc.DBAPIError, match="person"):
        migrate(old)
    assert rows_of(old, *OLD) == before
