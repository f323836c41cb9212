"""A unit of work is stored whole or not at all, and says why it was not."""

import os
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from sat_desktop.domain.kinds import ANSWER
from sat_desktop.errors import SatError
from sat_desktop.storage.opening import open_store
from sat_desktop.storage.sqlite import SqliteDatabase
from sat_desktop.storage.store import SqlStore


def test_a_change_set_that_failed_half_way_cannot_be_committed(office: Any, rated: Any) -> None:
    change = office.change()
    good = office.revise(change, office.item(), rated())
    bad = office.revise(change, office.item("\ud800"), rated())
    with office.store.begin() as work:
        with pytest.raises(SatError) as caught:
            work.history.append(office.id, change, [good, bad])
        assert caught.value.code == "value-unstorable"
        with pytest.raises(RuntimeError):
            work.commit()
        with pytest.raises(RuntimeError):
            work.history.heads(office.id)
    with office.store.begin() as work:
        assert work.history.all(office.id) == []
        assert work.history.change_sets(office.id) == []
        work.history.append(office.id, change, [good])
        work.commit()


def test_nothing_is_committed_over_what_a_full_disk_took_back(
    tmp_path: Path, office_of: Any, rated: Any
) -> None:
    """SQLite ends the transaction by itself: what came next would be stored alone."""
    with closing(open_store(tmp_path / "w.db")) as store:
        office = office_of(store)
        assert isinstance(store.database, SqliteDatabase)
        with closing(store.database.connect()) as link:
            link.run("PRAGMA max_page_count = 40")
        small = office.change()
        large = office.change()
        revisions = [
            office.revise(large, office.item(f"i{n}"), rated(note="x" * 2000)) for n in range(100)
        ]
        with store.begin() as work:
            work.history.append(office.id, small, [office.revise(small, office.item(), rated())])
            with pytest.raises(SatError) as caught:
                work.history.append(office.id, large, revisions)
            assert caught.value.code == "disk-full"
            with pytest.raises(RuntimeError):
                work.history.append(office.id, small, [])
            with pytest.raises(RuntimeError):
                work.commit()
        with store.begin() as work:
            assert work.history.all(office.id) == []
            assert work.history.change_sets(office.id) == []
        store.full_check()


@pytest.mark.postgres
def test_a_lost_connection_does_not_hide_what_went_wrong(
    postgres: str, office_of: Any, rated: Any
) -> None:
    import psycopg

    def work_until_cut_off(store: SqlStore, other: Any) -> None:
        with store.begin() as work:
            work.assessments.all()
            other.execute(
                "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
            raise SatError("first")

    with closing(open_store(postgres)) as store:
        office = office_of(store)
        with closing(psycopg.connect(postgres, autocommit=True)) as other:
            with pytest.raises(SatError) as caught:
                work_until_cut_off(store, other)
            assert caught.value.code == "first"
        written = office.write(office.item(), rated())
        with store.begin() as work:
            assert work.history.heads(office.id) == {office.item(): (written,)}


FAILING = """
import sqlite3, sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from sat_desktop.domain.answers import (Answer, State)
from sat_desktop.domain.history import (ChangeSet, Item, Revision)
from sat_desktop.errors import SatError
from sat_desktop.storage.opening import open_store

place = Path(sys.argv[1])

def code_of(action):
    try: action()
    except SatError as error: return error.code

def append(note="", key="i1"):
    with store.begin() as work:
        change = ChangeSet(note[:1] + key, "m", datetime(2026, 1, 1, tzinfo=UTC), "tick")
        item = ANSWER.item(key, "r")
        value = Answer(State.RATED, note=note)
        revision = Revision(change.id, item, (), change.id, "m", change.at, value)
        work.history.append(sys.argv[2], change, [revision])
        work.commit()

found = []
with closing(open_store(place, busy_seconds=0.05)) as store:
    append()
    with closing(sqlite3.connect(place, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        found.append(code_of(lambda: append(key="i2")))
    found.append(code_of(lambda: append(key="\\ud800")))
    with closing(store.database.connect()) as link:
        link.run("PRAGMA max_page_count = 1")
    found.append(code_of(lambda: append("x" * 100_000, "i3")))
content = place.read_bytes()
place.write_bytes(content[:4096] + b"x" * (len(content) - 4096))
found.append(code_of(lambda: open_store(place).quick_check()))
place.write_bytes(b"text")
found.append(code_of(lambda: open_store(place)))
assert "sqlalchemy" not in sys.modules
print(*found)
"""


def test_failures_are_named_where_sqlalchemy_was_never_imported(
    tmp_path: Path, office_of: Any
) -> None:
    with closing(open_store(tmp_path / "w.db")) as store:
        office = office_of(store)
    run = subprocess.run(
        [sys.executable, "-c", FAILING, str(tmp_path / "w.db"), office.id],
        check=False,
        capture_output=True,
        text=True,
        env={"PYTHONPATH": os.pathsep.join(sys.path), "PATH": os.environ["PATH"]},
    )
    assert run.stdout.split() == [
        "database-busy",
        "value-unstorable",
        "disk-full",
        "database-damaged",
        "not-a-database",
    ], run.stderr
