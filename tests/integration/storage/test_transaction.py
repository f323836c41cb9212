"""A unit of work is stored whole or not at all, and says why it was not."""

from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from sat_desktop.errors import SatError
from sat_desktop.storage.opening import open_store
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
        with store.database.reading() as connection:
            connection.exec_driver_sql("PRAGMA max_page_count = 40")
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
