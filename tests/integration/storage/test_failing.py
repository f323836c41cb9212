"""What was acknowledged survives: a killed program, a full disk, a damaged row."""

import contextlib
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update

from sat_desktop.errors import SatError
from sat_desktop.storage.backup import set_workspace_aside
from sat_desktop.storage.copying import copy_workspace
from sat_desktop.storage.opening import open_store
from sat_desktop.storage.seal import EMPTY, digest_of
from sat_desktop.storage.statements import REVISION_COLUMNS
from sat_desktop.storage.tables import assessment, edition, revision

WRITER = """
import sys
from datetime import UTC, datetime
from uuid import uuid4
from sat_desktop.domain.history import ChangeSet, Register, Revision
from sat_desktop.storage.opening import open_store
from sat_desktop.storage.seal import EMPTY, digest_of
from sat_desktop.storage.statements import REVISION_COLUMNS

store = open_store(sys.argv[1])
with store.begin() as work:
    ((assessment, _),) = work.assessments.all()
register, parents = Register("answer", "r", "i1", "note"), ()
while True:
    change = ChangeSet(uuid4().hex, "w", "m", datetime(2026, 1, 1, tzinfo=UTC), "tick")
    revision = Revision(uuid4().hex, register, parents, change.id, "m", change.at, "note")
    with store.begin() as work:
        work.history.append(assessment.id, change, [revision])
        work.commit()
    print(revision.id, flush=True)
    parents = (revision.id,)
"""


@pytest.mark.skipif(os.name != "posix", reason="kill -9 is of POSIX")
def test_a_killed_writer_loses_nothing_that_it_acknowledged(tmp_path: Path, office_of: Any) -> None:
    place = tmp_path / "w.db"
    with closing(open_store(place)) as store:
        office = office_of(store)
    acknowledged: list[str] = []
    for _ in range(4):
        with subprocess.Popen(
            [sys.executable, "-c", WRITER, str(place)],
            stdout=subprocess.PIPE,
            text=True,
            env={"PYTHONPATH": os.pathsep.join(sys.path), "PATH": os.environ["PATH"]},
        ) as writer:
            assert writer.stdout is not None
            acknowledged += [writer.stdout.readline().strip() for _ in range(25)]
            writer.send_signal(signal.SIGKILL)
            # What it acknowledged before the signal came; the last line may be torn.
            rest = writer.stdout.read().split("\n")
            acknowledged += [line for line in rest[:-1] if line]
    assert len(acknowledged) >= 100
    with closing(open_store(place)) as store:
        with store.begin() as work:
            found = {r.id for r in office.revisions(work)}
        assert set(acknowledged) <= found
        # One more per killing may be stored and not yet acknowledged, and none half.
        assert len(found) <= len(acknowledged) + 4
        store.full_check()


def fill(office: Any, pages: int) -> list[Any]:
    """Write until the file may not grow; return what was acknowledged."""
    written: list[Any] = []
    # The limit holds for the connection, and the pool gives out the same one again.
    with office.store.database.reading() as connection:
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    while True:
        register = office.register(f"filling{len(written)}", "note")
        written.append(office.write(register, "x" * 2000))


def test_a_full_disk_is_reported_and_nothing_is_lost(
    tmp_path: Path, office_of: Any, rated: Any
) -> None:
    with closing(open_store(tmp_path / "w.db")) as store:
        office = office_of(store)
        kept = office.write(office.register(), rated())
        with pytest.raises(SatError) as caught:
            fill(office, pages=60)
        assert caught.value.code == "disk-full"
        with store.begin() as work:
            heads = office.heads(work)
            assert heads[office.register()] == (kept,)
            assert len(heads) > 1
        store.full_check()
        with store.database.reading() as connection:
            connection.exec_driver_sql("PRAGMA max_page_count = 100000")
        again = office.write(office.register(), rated("i1.1.a"), kept)
        with store.begin() as work:
            assert office.heads(work)[office.register()] == (again,)


@pytest.mark.skipif(sys.platform != "linux", reason="needs a disk of a given size")
def test_a_really_full_disk(tmp_path: Path, office_of: Any, rated: Any) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(disk)]
    if subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("no right to mount a disk; PRAGMA max_page_count stands in for it")
    try:
        with closing(open_store(disk / "w.db")) as store:
            office = office_of(store)
            kept = office.write(office.register(), rated())
            (disk / "ballast").write_bytes(b"x" * 300_000)
            with pytest.raises(SatError) as caught:
                fill(office, pages=100_000)
            assert caught.value.code == "disk-full"
            with pytest.raises(SatError) as caught:
                store.back_up(str(disk / "copy.db"))
            assert caught.value.code == "disk-full"
            assert not (disk / "copy.db").exists()
            (disk / "ballast").unlink()
            office.write(office.register(), rated("i1.1.a"), kept)
            store.full_check()
        with contextlib.suppress(OSError), (disk / "ballast").open("wb", buffering=0) as ballast:
            while True:
                ballast.write(b"x" * 4096)
        with pytest.raises(SatError) as caught:
            open_store(disk / "other.db")
        assert caught.value.code == "disk-full"
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def problems_of(store: Any) -> set[tuple[str, str]]:
    with pytest.raises(SatError) as caught:
        store.full_check()
    assert caught.value.code == "database-defects"
    return {(p.code, p.where) for p in caught.value.problems}


def forge(store: Any, which: Any, **columns: object) -> None:
    """Change a revision's row as a faulty program would: with a digest and a seal that fit."""
    with store.database.writing() as connection:
        rows = select(*REVISION_COLUMNS).where(revision.c.id == which.id)
        row = connection.execute(rows).one()
        columns["digest"] = digest_of(
            [columns.get(name, value) for name, value in row._mapping.items()]
        )
        connection.execute(update(revision).where(revision.c.id == which.id).values(**columns))
        digests = connection.execute(select(revision.c.digest)).scalars().all()
        seal = EMPTY.with_digests(digests)
        connection.execute(update(assessment).values(revisions=seal.number, digest=seal.sum))
        connection.commit()


def test_the_full_check_names_every_defect(office: Any, rated: Any) -> None:
    first = office.write(office.register(), rated())
    second = office.write(office.register(), rated("i1.1.a"), first)
    third = office.write(office.register("i2"), rated())
    fourth = office.write(office.register("i3"), rated())
    fifth = office.write(office.register("i4"), rated())
    office.store.full_check()
    forge(office.store, second, value='["rated",["x"],"",1]')
    forge(office.store, third, field="mood")
    forge(office.store, fourth, kind="opinion")
    forge(office.store, fifth, format=99)
    with office.store.database.writing() as connection:
        connection.execute(update(edition).values(fingerprint="other"))
        connection.commit()
    assert problems_of(office.store) == {
        ("revision-unreadable", f"revision {second.id}"),
        ("revision-unreadable", f"revision {third.id}"),
        ("revision-kind-unknown", f"revision {fourth.id}"),
        ("revision-newer", f"revision {fifth.id}"),
        ("edition-altered", "edition small@1.0.0"),
    }


def test_a_parent_that_has_not_arrived_yet_is_no_damage(office: Any, rated: Any) -> None:
    change = office.change("merge")
    absent = office.revise(change, office.register(), rated())
    with office.store.begin() as work:
        child = office.revise(change, office.register(), rated(), absent)
        work.history.append(office.id, change, [child])
        work.commit()
    office.store.quick_check()
    office.store.full_check()


def test_broken_references_are_named(tmp_path: Path, office_of: Any, rated: Any) -> None:
    place = tmp_path / "w.db"
    with closing(open_store(place)) as store:
        office = office_of(store)
        office.write(office.register(), rated())
        with closing(sqlite3.connect(place, isolation_level=None)) as other:
            other.execute("DELETE FROM change_set")
        assert {code for code, _ in problems_of(store)} == {"reference-broken"}


def test_a_back_up_is_a_workspace_and_overwrites_nothing(
    tmp_path: Path, office_of: Any, rated: Any
) -> None:
    with closing(open_store(tmp_path / "w.db")) as store:
        office = office_of(store)
        kept = office.write(office.register(), rated())
        target = tmp_path / "kopia zapasowa.db"
        with store.begin() as work:  # an unfinished change stays out of it
            change = office.change()
            later = office.revise(change, office.register(), rated("i1.1.a"), kept)
            work.history.append(office.id, change, [later])
            store.back_up(str(target))
        with pytest.raises(SatError) as caught:
            store.back_up(str(target))
        assert caught.value.code == "file-exists"
        with pytest.raises(SatError) as caught:
            store.back_up(str(tmp_path / "missing" / "copy.db"))
        assert caught.value.code == "folder-missing"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["kopia zapasowa.db", "w.db"]
    with closing(open_store(target)) as copy, copy.begin() as work:
        assert office.heads(work) == {office.register(): (kept,)}


def test_what_a_crash_left_goes_along_when_a_workspace_is_set_aside(
    tmp_path: Path, office_of: Any, rated: Any
) -> None:
    place = tmp_path / "office" / "w.db"
    with closing(open_store(tmp_path / "open.db")) as store:
        office = office_of(store)
        kept = office.write(office.register(), rated())
        place.parent.mkdir()
        for end in ("", "-wal"):  # as a crash leaves them
            shutil.copy(tmp_path / f"open.db{end}", f"{place}{end}")
    with closing(open_store(tmp_path / "good.db")) as good:
        (place.parent / "copy.db-wal").touch()
        with pytest.raises(SatError) as caught:
            good.back_up(str(place.parent / "copy.db"))
        assert caught.value.code == "file-exists"
        aside = set_workspace_aside(place, "before-restore")
        good.back_up(str(place))
    with closing(open_store(place)) as store, store.begin() as work:
        store.full_check()
        assert not work.assessments.all()
    with closing(open_store(aside)) as store, store.begin() as work:
        assert office.heads(work) == {office.register(): (kept,)}


@pytest.mark.postgres
def test_a_server_is_backed_up_with_its_own_tools(postgres: str, tmp_path: Path) -> None:
    with closing(open_store(postgres)) as store, pytest.raises(SatError) as caught:
        store.back_up(str(tmp_path / "copy.db"))
    assert caught.value.code == "backup-server"


def test_a_workspace_is_carried_to_a_file_whole(office: Any, rated: Any, tmp_path: Path) -> None:
    first = office.write(office.register(name="note"), "ż😀\0")
    office.write(office.register(name="note"), "", first)
    office.write(office.register("i2"), None)
    marker, came = office.change("merge"), office.change()
    office.append(came, office.revise(came, office.register("i3"), rated()), merged_by=marker.id)
    office.append(marker)
    with closing(open_store(tmp_path / "copy.db")) as target:
        copy_workspace(office.store, target)
        assert_same(office.store, target, office)
        target.full_check()
        with pytest.raises(SatError) as caught:
            copy_workspace(office.store, target)
        assert caught.value.code == "workspace-not-empty"


@pytest.mark.postgres
def test_a_file_is_carried_to_a_server_where_work_goes_on(
    postgres: str, tmp_path: Path, office_of: Any, rated: Any
) -> None:
    with closing(open_store(tmp_path / "w.db")) as source:
        office = office_of(source)
        first = office.write(office.register(name="note"), "ż😀\0")
        with closing(open_store(postgres)) as target:
            copy_workspace(source, target)
            assert_same(source, target, office)
            target.full_check()
            office.store = target
            office.write(office.register(name="note"), "", first)
            target.full_check()


def assert_same(source: Any, target: Any, office: Any) -> None:
    with source.begin() as old, target.begin() as new:
        changes = old.history.all(office.id)
        assert new.history.all(office.id) == changes
        for change in changes:
            name = change.change_set.id
            assert new.history.of_change_set(name) == old.history.of_change_set(name)
        assert office.heads(new) == office.heads(old)
        assert list(new.assessments.all()) == list(old.assessments.all())
        assert list(new.assessments.persons(office.id)) == list(old.assessments.persons(office.id))
        assert new.editions.get("small@1.0.0") == old.editions.get("small@1.0.0")


@pytest.mark.parametrize(
    ("columns", "code"),
    [
        ({"value": '["maybe",[],""]'}, "revision-unreadable"),
        ({"value": '["not_applicable",[],""]'}, "revision-unreadable"),
        ({"value": "["}, "revision-unreadable"),
        ({"field": "confidence", "value": "7"}, "revision-unreadable"),
        ({"field": "presence", "value": "true"}, "revision-unreadable"),
        ({"kind": "opinion"}, "revision-kind-unknown"),
        ({"format": 99}, "revision-newer"),
    ],
)
def test_what_cannot_be_read_is_named_and_not_misread(
    office: Any, rated: Any, columns: dict[str, object], code: str
) -> None:
    written = office.write(office.register(), rated())
    forge(office.store, written, **columns)
    with office.store.begin() as work, pytest.raises(SatError) as caught:
        office.heads(work)
    assert caught.value.code == code
    with office.store.begin() as work, pytest.raises(SatError) as caught:
        work.history.all(office.id)
    assert caught.value.code == code
    assert problems_of(office.store) == {(code, f"revision {written.id}")}


def test_an_edition_that_cannot_be_read_is_named(office: Any) -> None:
    with office.store.database.writing() as connection:
        connection.execute(update(edition).values(content=b"{"))
        connection.commit()
    assert problems_of(office.store) == {
        ("questionnaire-json-invalid", "edition small@1.0.0"),
    }
