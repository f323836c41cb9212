"""Connections are kept, shared among threads, and given back with nothing left on them."""

import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, cast

import pytest
from sqlalchemy import ClauseElement, insert, select, text
from sqlalchemy.dialects import registry, sqlite

from sat_desktop.storage import statements
from sat_desktop.storage.database import Database
from sat_desktop.storage.opening import open_store
from sat_desktop.storage.statements import (
    LATER_CHANGE_SETS,
    LATER_REVISIONS,
    PARTICULARS,
    REVISIONS_OF_CHANGE_SET,
    REVISIONS_OF_REGISTER,
    Prepared,
)
from sat_desktop.storage.tables import edition, meta


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with closing(open_store(tmp_path / "w.db")) as store:
        yield store.database


@pytest.mark.parametrize(
    "statement",
    [
        REVISIONS_OF_REGISTER,
        REVISIONS_OF_CHANGE_SET,
        PARTICULARS,
        LATER_CHANGE_SETS,
        LATER_REVISIONS,
    ],
)
def test_what_is_asked_of_a_large_assessment_is_found_by_an_index(
    database: Database, statement: Any
) -> None:
    compiled = statement.core.compile(dialect=sqlite.dialect(paramstyle="named"))
    values = dict.fromkeys(compiled.params, "x")
    with database.reading() as connection:
        plan = connection.execute(text(f"EXPLAIN QUERY PLAN {compiled}"), values).all()
    assert not [step for *_, step in plan if step.startswith("SCAN")]


def test_a_connection_is_used_again_with_nothing_left_on_it(database: Database) -> None:
    with database.writing() as connection:
        connection.exec_driver_sql("CREATE TEMP TABLE mark (x)")
        connection.commit()
    with database.writing() as connection:
        connection.execute(insert(meta), {"name": "left", "value": "over"})
    with database.reading() as again:
        marks = again.exec_driver_sql("SELECT name FROM temp.sqlite_master").scalars().all()
        assert marks == ["mark"]
        assert again.execute(select(meta).where(meta.c.name == "left")).all() == []


def test_a_unit_of_work_is_of_no_use_after_its_end(office: Any, rated: Any) -> None:
    written = office.write(office.register(), rated())
    with office.store.begin() as work:
        pass
    with pytest.raises(RuntimeError):
        office.heads(work)
    with pytest.raises(RuntimeError):
        work.commit()
    with office.store.begin() as work:
        assert office.heads(work) == {office.register(): (written,)}


def test_threads_at_once_have_connections_of_their_own(database: Database) -> None:
    together = threading.Barrier(20)
    found = []

    def read() -> None:
        with database.reading() as connection:
            found.append(connection.execute(select(edition.c.id)).all())
            together.wait(timeout=30)

    threads = [threading.Thread(target=read) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [[]] * 20


def test_a_connection_in_use_while_the_workspace_is_closed_goes_when_given_back(
    tmp_path: Path, database: Database
) -> None:
    with database.reading() as connection:
        connection.execute(select(edition.c.id)).all()
        database.dispose()
        assert (tmp_path / "w.db-wal").exists()
    assert not (tmp_path / "w.db-wal").exists()


@pytest.mark.parametrize("dialect", ["sqlite", "postgresql"])
def test_no_statement_keeps_a_value_beside_its_text(dialect: str) -> None:
    """The text is all that reaches the driver; a value that Core keeps would be missing there."""
    found = [s for s in vars(statements).values() if isinstance(s, Prepared)]
    assert len(found) > 20
    for statement in (*found, *statements.REMOVALS):
        compiled = cast("ClauseElement", statement.core).compile(dialect=registry.load(dialect)())
        assert set(compiled.params.values()) <= {None}
