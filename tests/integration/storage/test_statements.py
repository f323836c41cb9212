"""The text that files run is what the definitions say, and links keep their promises."""

import re
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from sat_desktop.storage import statements
from sat_desktop.storage.database import Statement
from sat_desktop.storage.definitions import DEFINITIONS
from sat_desktop.storage.opening import open_store
from sat_desktop.storage.sqlite import SqliteDatabase

ROOT = Path(__file__).parents[3]


@pytest.fixture
def database(tmp_path: Path) -> Iterator[SqliteDatabase]:
    with closing(open_store(tmp_path / "w.db")) as store:
        assert isinstance(store.database, SqliteDatabase)
        yield store.database


def test_the_statements_are_those_of_the_definitions() -> None:
    check = [sys.executable, str(ROOT / "packaging" / "statements.py"), "--check"]
    assert subprocess.run(check, check=False).returncode == 0
    made = {name for name, value in vars(statements).items() if isinstance(value, Statement)}
    assert made == set(DEFINITIONS)


def test_a_file_understands_every_statement(database: SqliteDatabase) -> None:
    with closing(sqlite3.connect(database.path)) as connection:
        for name in DEFINITIONS:
            statement = getattr(statements, name)
            assert statement.name == name
            names = re.findall(r":(\w+)", statement.sqlite)
            connection.execute(f"EXPLAIN {statement.sqlite}", dict.fromkeys(names))


def test_heads_of_an_item_are_found_by_an_index(database: SqliteDatabase) -> None:
    values = dict.fromkeys(("assessment", "kind", "scope", "key"), "x")
    with closing(sqlite3.connect(database.path)) as connection:
        plan = connection.execute(
            f"EXPLAIN QUERY PLAN {statements.HEADS_OF_ITEM.sqlite}", values
        ).fetchall()
    assert not [step for *_, step in plan if step.startswith("SCAN")]


def test_a_connection_is_used_again_with_nothing_left_on_it(database: SqliteDatabase) -> None:
    with closing(database.connect()) as link:
        link.run("CREATE TEMP TABLE mark (x)")
        link.begin(reading=False)
        link.write(statements.ADD_META, [{"name": "left", "value": "over"}])
    with closing(database.connect()) as again:
        assert [name for (name,) in again.run("SELECT name FROM temp.sqlite_master")] == ["mark"]
        assert again.run("SELECT * FROM meta WHERE name = 'left'") == []


def test_a_link_is_of_no_use_after_its_end(database: SqliteDatabase) -> None:
    link = database.connect()
    link.close()
    link.close()
    with pytest.raises(RuntimeError):
        link.begin(reading=True)


def test_threads_at_once_have_connections_of_their_own(database: SqliteDatabase) -> None:
    together = threading.Barrier(8)
    found = []

    def read() -> None:
        with closing(database.connect()) as link:
            link.begin(reading=True)
            found.append(link.rows(statements.EDITIONS, {}))
            together.wait(timeout=30)

    threads = [threading.Thread(target=read) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [[]] * 8


def test_a_connection_in_use_while_the_workspace_is_closed_goes_when_given_back(
    database: SqliteDatabase,
) -> None:
    link = database.connect()
    link.begin(reading=True)
    link.rows(statements.EDITIONS, {})
    database.dispose()
    assert database.path.with_name("w.db-wal").exists()
    link.close()
    assert not database.path.with_name("w.db-wal").exists()
