"""A file that is moved, removed or replaced while it is open, and what that leaves behind."""

import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Any

import pytest

from sat_desktop.errors import SatError
from sat_desktop.storage.opening import open_store
from sat_desktop.storage.replacing import restore_workspace
from sat_desktop.storage.sqlite import address_of

posix_only = pytest.mark.skipif(os.name != "posix", reason="Windows keeps open files in place")


def keys_in(place: Path, office: Any) -> set[str]:
    with closing(open_store(place, must_exist=True)) as store:
        store.full_check()
        with store.begin() as work:
            return {register.key for register in office.heads(work)}


def left_by_a_crash(place: Path, office_of: Any, rated: Any) -> Any:
    """Make a workspace whose last answer `kept` is in its log only, as after a power cut."""
    with closing(open_store(place)) as store:
        office = office_of(store)
    with closing(open_store(place)) as store:
        office.store = store
        office.write(office.register("kept"), rated())
        for end in ("", "-wal"):
            shutil.copy(f"{place}{end}", f"{place}{end}.crash")
    for end in ("", "-wal"):
        Path(f"{place}{end}.crash").replace(f"{place}{end}")
    return office


@posix_only
def test_after_its_file_was_moved_a_workspace_writes_no_more_and_loses_nothing(
    tmp_path: Path, office_of: Any, rated: Any
) -> None:
    place, moved = tmp_path / "w.db", tmp_path / "moved.db"
    with closing(open_store(place)) as store:
        office = office_of(store)
        for key in ("one", "two"):
            office.write(office.register(key), rated())
        place.rename(moved)
        for _ in range(2):
            with pytest.raises(SatError) as caught:
                office.write(office.register("three"), rated())
            assert caught.value.code == "database-moved"
        with pytest.raises(SatError) as caught:
            store.full_check()
        assert caught.value.code == "database-moved"
        assert not place.exists()
    # A new workspace at the former place takes nothing from the moved one.
    open_store(place).close()
    assert keys_in(moved, office) == {"one", "two"}


@posix_only
def test_a_file_moved_before_the_workspace_is_closed_holds_everything(
    tmp_path: Path, office_of: Any, rated: Any
) -> None:
    place, moved = tmp_path / "w.db", tmp_path / "moved.db"
    with closing(open_store(place)) as store:
        office = office_of(store)
        office.write(office.register("one"), rated())
        with store.begin() as work:
            office.heads(work)
            place.rename(moved)
            store.close()
    assert keys_in(moved, office) == {"one"}


@posix_only
def test_a_file_put_back_is_used_on(tmp_path: Path, office_of: Any, rated: Any) -> None:
    place, moved = tmp_path / "w.db", tmp_path / "moved.db"
    with closing(open_store(place)) as store:
        office = office_of(store)
        office.write(office.register("one"), rated())
        place.rename(moved)
        with pytest.raises(SatError):
            office.write(office.register("two"), rated())
        with closing(open_store(moved)) as other:
            office.store = other
            office.write(office.register("meanwhile"), rated())
        moved.rename(place)
        office.store = store
        with store.begin() as work:
            assert office.register("meanwhile") in office.heads(work)
        office.write(office.register("two"), rated())
    assert keys_in(place, office) == {"one", "meanwhile", "two"}


@posix_only
def test_a_moved_folder_takes_everything_along(tmp_path: Path, office_of: Any, rated: Any) -> None:
    place = tmp_path / "office" / "w.db"
    with closing(open_store(place)) as store:
        office = office_of(store)
        office.write(office.register("one"), rated())
        place.parent.rename(tmp_path / "moved")
        with pytest.raises(SatError) as caught:
            office.write(office.register("two"), rated())
        assert caught.value.code == "folder-missing"
    assert not place.parent.exists()
    assert keys_in(tmp_path / "moved" / "w.db", office) == {"one"}


@posix_only
def test_a_file_put_in_the_place_of_an_open_one_is_left_alone(
    tmp_path: Path, office_of: Any, rated: Any
) -> None:
    place, other = tmp_path / "w.db", tmp_path / "other.db"
    with closing(open_store(other)) as store:
        newer = office_of(store)
        newer.write(newer.register("other"), rated())
    with closing(open_store(place)) as store:
        office = office_of(store)
        office.write(office.register("one"), rated())
        other.replace(place)
        with pytest.raises(SatError) as caught:
            office.write(office.register("two"), rated())
        assert caught.value.code == "database-moved"
    assert keys_in(place, newer) == {"other"}


def test_a_log_without_its_database_is_not_thrown_away(
    tmp_path: Path, office_of: Any, rated: Any
) -> None:
    place, moved = tmp_path / "w.db", tmp_path / "moved.db"
    office = left_by_a_crash(place, office_of, rated)
    place.rename(moved)
    with pytest.raises(SatError) as caught:
        open_store(place)
    assert caught.value.code == "database-log-alone"
    assert caught.value.facts == {"path": f"{place}-wal"}
    assert not place.exists()
    moved.rename(place)
    assert keys_in(place, office) == {"kept"}


def test_a_copy_is_restored_without_what_another_database_left(
    tmp_path: Path, office_of: Any, rated: Any
) -> None:
    place, copy = tmp_path / "w.db", tmp_path / "copy.db"
    with closing(open_store(copy)) as store:
        copied = office_of(store)
        copied.write(copied.register("copied"), rated())
    office = left_by_a_crash(place, office_of, rated)
    moved = tmp_path / "moved.db"
    place.rename(moved)
    assert restore_workspace(copy, place) is None
    assert keys_in(place, copied) == {"copied"}
    # What was left is kept, and still of use to the database that it belongs to.
    (tmp_path / "w.left-behind-1.db-wal").rename(tmp_path / "moved.db-wal")
    assert keys_in(moved, office) == {"kept"}


@pytest.mark.parametrize("newer", [True, False])
def test_a_crashed_file_that_is_refused_keeps_its_kind_of_journal(
    tmp_path: Path, newer: bool
) -> None:
    place = tmp_path / "w.db"
    if newer:
        open_store(place).close()
    with closing(sqlite3.connect(tmp_path / "w.db", isolation_level=None)) as other:
        other.execute("PRAGMA journal_mode = DELETE")
        other.execute("PRAGMA cache_size = 1")
        other.execute("CREATE TABLE recipes (name)")
        if newer:
            other.execute("UPDATE meta SET value = '4' WHERE name = 'schema_version'")
        before = place.read_bytes()
        other.execute("BEGIN IMMEDIATE")
        other.execute("INSERT INTO recipes VALUES (zeroblob(100000))")
        crashed = tmp_path / "crashed"
        crashed.mkdir()
        for name in ("w.db", "w.db-journal"):
            shutil.copy(tmp_path / name, crashed)
        other.execute("ROLLBACK")
    with pytest.raises(SatError) as caught:
        open_store(crashed / "w.db")
    assert caught.value.code == ("database-newer" if newer else "not-a-workspace")
    assert (crashed / "w.db").read_bytes() == before


@pytest.mark.parametrize(
    ("path", "address"),
    [
        (PurePosixPath("/a b/ż?#%.db"), "file:///a%20b/%C5%BC%3F%23%25.db?mode=rw"),
        (PureWindowsPath("C:/Gmina/w.db"), "file:///C:/Gmina/w.db?mode=rw"),
        (PureWindowsPath("//server/share/w.db"), "file:////server/share/w.db?mode=rw"),
    ],
)
def test_how_sqlite_is_told_a_path(path: Any, address: str) -> None:
    assert address_of(path, "rw") == address
