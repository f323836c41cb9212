"""A real file of an older version is backed up, migrated and read."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from sat_desktop.domain.kinds import ANSWER, CHAPTER
from sat_desktop.domain.answers import Answer, State
from sat_desktop.domain.history import Item
from sat_desktop.domain.plan import BulletList, Chapter, Paragraph, TextTable
from sat_desktop.errors import SatError
from sat_desktop.storage.opening import open_store
from sat_desktop.storage.store import SqlStore
from sat_desktop.storage.tables import metadata

AGREED = "00000000000000000000000000000003"


def copies(place: Path) -> list[Path]:
    return sorted(p for p in place.parent.iterdir() if ".schema-" in p.name)


def schema_differences(store: SqlStore) -> list[Any]:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    with store.database.reading() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "compare_server_default": True}
        )
        return list(compare_metadata(context, metadata))


def test_an_older_file_is_read_after_migration(old_file: Path) -> None:
    with closing(open_store(old_file)) as store:
        store.full_check()
        with store.begin() as work:
            ((assessment, changed),) = work.assessments.all()
            assert assessment.unit.name == "Gmina Łąki"
            assert changed.isoformat() == "2026-03-02T09:42:12.000084+00:00"
            assert work.editions.get(assessment.questionnaire).name.pl == "Dawny kwestionariusz"
            heads = work.history.heads(assessment.id)
            (register,) = heads[ANSWER.item("planning.register", AGREED)]
            assert register.value == Answer(
                State.RATED, frozenset({"planning.register.1.a", "planning.register.2.a"})
            )
            disputed = heads[ANSWER.item("planning.strategy", AGREED)]
            assert [r.value for r in disputed] == [Answer(State.RATED), Answer()]
            (introduction,) = heads[CHAPTER.item("introduction")]
            assert introduction.value == Chapter(
                (Paragraph("Wstęp"), BulletList(("a", "b")), TextTable(("x",), (("1",),)))
            )


def test_the_older_file_is_kept_beside_as_it_was(old_file: Path) -> None:
    with closing(sqlite3.connect(old_file)) as connection:
        before = list(connection.iterdump())
    open_store(old_file).close()
    (copy,) = copies(old_file)
    assert copy.name.startswith("gmina.schema-1.2")
    assert copy.suffix == ".db"
    with closing(sqlite3.connect(copy)) as connection:
        assert list(connection.iterdump()) == before


def test_a_migrated_file_is_not_migrated_again(old_file: Path) -> None:
    open_store(old_file).close()
    content = old_file.read_bytes()
    open_store(old_file).close()
    assert old_file.read_bytes() == content
    assert len(copies(old_file)) == 1


def test_no_earlier_copy_is_overwritten(old_file: Path) -> None:
    content = old_file.read_bytes()
    times = old_file.stat().st_atime, old_file.stat().st_mtime
    kept = []
    for number in (1, 2, 3):
        old_file.write_bytes(content)
        import os

        os.utime(old_file, times)
        open_store(old_file).close()
        kept = copies(old_file)
        assert len(kept) == number
    assert len({p.read_bytes() for p in kept}) == 1


def test_a_migration_that_fails_leaves_the_file_as_it_was(old_file: Path) -> None:
    with closing(sqlite3.connect(old_file, isolation_level=None)) as connection:
        # What the migration is about to add is there already: its last step cannot succeed.
        connection.execute("CREATE INDEX ix_change_set_assessment_at ON change_set (id)")
        before = list(connection.iterdump())
    with pytest.raises(Exception, match="already exists"):
        open_store(old_file)
    with closing(sqlite3.connect(old_file)) as connection:
        assert list(connection.iterdump()) == before


def test_without_room_for_the_copy_nothing_is_migrated(old_file: Path) -> None:
    before = old_file.read_bytes()
    # A folder stands where the copy is made first.
    import time

    stamp = time.strftime("%Y%m%d-%H%M%S", time.gmtime(old_file.stat().st_mtime))
    (old_file.parent / f".gmina.schema-1.{stamp}.db.partial").mkdir()
    with pytest.raises(SatError):
        open_store(old_file)
    assert old_file.read_bytes() == before
    assert not copies(old_file)[1:]


def test_migrated_and_new_files_have_the_same_schema(old_file: Path, tmp_path: Path) -> None:
    with closing(open_store(old_file)) as store:
        assert schema_differences(store) == []
    with closing(open_store(tmp_path / "new.db")) as store:
        assert schema_differences(store) == []


@pytest.mark.postgres
def test_migrated_and_new_databases_on_a_server_have_the_same_schema(postgres: str) -> None:
    import psycopg

    with closing(open_store(postgres)) as store:
        assert schema_differences(store) == []
    script = Path(__file__).parents[2] / "data" / "workspace-schema-1.postgresql.sql"
    with closing(psycopg.connect(postgres, autocommit=True)) as connection:
        connection.execute("DROP SCHEMA public CASCADE")
        connection.execute("CREATE SCHEMA public")
        connection.execute(script.read_bytes())
    with closing(open_store(postgres)) as store:
        assert schema_differences(store) == []
        store.full_check()
