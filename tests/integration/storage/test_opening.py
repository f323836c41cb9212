"""What is opened, made, refused and left alone."""

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest

from sat_desktop.errors import SatError
from sat_desktop.storage.opening import open_store
from sat_desktop.storage.store import SqlStore


def code_of_opening(place: str | Path) -> str:
    with pytest.raises(SatError) as caught:
        open_store(place, busy_seconds=0.05).close()
    return caught.value.code


def test_what_was_written_is_there_after_opening_again(office: Any, rated: Any, place: str) -> None:
    written = office.write(office.item(), rated("i1.1.a"))
    office.store.close()
    with closing(open_store(place)) as again, again.begin() as work:
        assert work.history.heads(office.id) == {office.item(): (written,)}
        assert work.editions.get("small@1.0.0") == office.questionnaire


def test_a_closed_workspace_is_one_file_that_opens_where_it_was_moved(
    tmp_path: Path, office_of: Any, rated: Any
) -> None:
    place = tmp_path / "a b" / "50%?#ż.db"
    with closing(open_store(place)) as store:
        office = office_of(store)
        written = office.write(office.item(), rated())
    assert [p.name for p in place.parent.iterdir()] == [place.name]
    moved = tmp_path / "pendrive" / "gmina.db"
    moved.parent.mkdir()
    place.rename(moved)
    with closing(open_store(str(moved))) as store, store.begin() as work:
        assert work.history.heads(office.id) == {office.item(): (written,)}
    with closing(open_store(f"sqlite:///{moved}")) as store, store.begin() as work:
        assert work.assessments.get(office.id) == office.assessment


def test_every_connection_is_durable_and_checks_references(tmp_path: Path) -> None:
    with closing(open_store(tmp_path / "w.db")) as store:
        database = store.database
        with database.writing() as one, database.reading() as two, database.reading() as three:
            for connection in (one, two, three):
                found = [
                    connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()
                    for name in ("journal_mode", "synchronous", "foreign_keys")
                ]
                assert found == ["wal", 2, 1]


def test_an_empty_file_becomes_a_workspace(tmp_path: Path) -> None:
    place = tmp_path / "w.db"
    place.touch()
    with closing(open_store(place)) as store:
        store.full_check()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"just text", "not-a-database"),
        (b"\x00" * 5000, "not-a-database"),
        (b"SQLite format 3\x00" + b"\xff" * 5000, "not-a-database"),
    ],
)
def test_what_is_no_database_is_refused_and_left_alone(
    tmp_path: Path, content: bytes, code: str
) -> None:
    place = tmp_path / "w.db"
    place.write_bytes(content)
    assert code_of_opening(place) == code
    assert place.read_bytes() == content
    assert [p.name for p in tmp_path.iterdir()] == ["w.db"]


def test_a_file_that_must_exist_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(SatError) as caught:
        open_store(tmp_path / "folder" / "w.db", must_exist=True)
    assert caught.value.code == "file-missing-at"
    assert not list(tmp_path.iterdir())


def test_a_folder_is_no_database(tmp_path: Path) -> None:
    assert code_of_opening(tmp_path) == "not-a-database"


def test_another_programs_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    for number, sql in enumerate(
        (
            "CREATE TABLE recipes (name TEXT)",
            "CREATE TABLE meta (id INTEGER)",
            "CREATE TABLE meta (name TEXT, value TEXT)",
        )
    ):
        place = tmp_path / f"{number}.db"
        with closing(sqlite3.connect(place)) as connection:
            connection.execute(sql)
        before = place.read_bytes()
        assert code_of_opening(place) == "not-a-workspace"
        assert place.read_bytes() == before


@pytest.mark.parametrize("journal", ["delete", "wal"])
def test_a_newer_database_is_refused_and_not_touched(tmp_path: Path, journal: str) -> None:
    place = tmp_path / "w.db"
    open_store(place).close()
    with closing(sqlite3.connect(place, isolation_level=None)) as connection:
        connection.execute("UPDATE meta SET value = '3' WHERE name = 'schema_version'")
        connection.execute(f"PRAGMA journal_mode = {journal}")
    before = place.read_bytes()
    with pytest.raises(SatError) as caught:
        open_store(place)
    assert caught.value.code == "database-newer"
    assert caught.value.facts == {"path": str(place), "found": 3, "known": 2}
    assert place.read_bytes() == before


@pytest.mark.postgres
def test_a_newer_database_on_a_server_is_refused(postgres: str) -> None:
    with (
        closing(open_store(postgres)) as store,
        store.database.writing() as connection,
    ):
        connection.exec_driver_sql("UPDATE meta SET value = '3' WHERE name = 'schema_version'")
        connection.commit()
    assert code_of_opening(postgres) == "database-newer"


@pytest.mark.postgres
def test_tables_of_other_programs_on_the_server_do_no_harm(postgres: str) -> None:
    import psycopg

    with closing(psycopg.connect(postgres, autocommit=True)) as connection:
        connection.execute("CREATE TABLE recipes (name TEXT)")
    with closing(open_store(postgres)) as store:
        store.full_check()


def test_a_damaged_file_is_found_out_and_left_alone(
    tmp_path: Path, office_of: Any, rated: Any
) -> None:
    place = tmp_path / "w.db"
    with closing(open_store(place)) as store:
        office = office_of(store)
        for n in range(200):
            office.write(office.item(f"i{n}"), rated(note="x" * 200))
    content = bytearray(place.read_bytes())
    content[5 * 4096 :] = os.urandom(len(content) - 5 * 4096)
    place.write_bytes(content)
    with pytest.raises(SatError) as caught, closing(open_store(place)) as store:
        store.quick_check()
    assert caught.value.code == "database-damaged"
    with pytest.raises(SatError) as caught, closing(open_store(place)) as store:
        store.full_check()
    assert caught.value.code in {"database-damaged", "database-defects"}
    assert place.read_bytes() == content


def test_another_programs_lock_is_waited_for_and_then_reported(
    tmp_path: Path, office_of: Any
) -> None:
    place = tmp_path / "w.db"
    with closing(open_store(place, busy_seconds=0.05)) as store:
        office = office_of(store)
        change = office.change()
        with closing(sqlite3.connect(place, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(SatError) as caught, store.begin() as work:
                work.history.append(office.id, change, [])
            assert caught.value.code == "database-busy"
            with store.begin() as work:
                # Readers need not wait, nor does opening.
                assert work.assessments.get(office.id) == office.assessment
            open_store(place, busy_seconds=0.05).close()
        with store.begin() as work:
            work.history.append(office.id, change, [])
            work.commit()


def test_a_reader_sees_one_state_and_a_later_write_comes_on_top(office: Any, rated: Any) -> None:
    first = office.write(office.item(), rated())
    with office.store.begin() as work:
        assert work.history.heads(office.id)[office.item()] == (first,)
        second = office.write(office.item(), rated("i1.1.a"), first)
        assert work.history.heads(office.id)[office.item()] == (first,)
        change = office.change()
        third = office.revise(change, office.item(), rated("i1.2.a"), first)
        work.history.append(office.id, change, [third])
        assert work.history.heads(office.id)[office.item()] == (second, third)
        work.commit()


def test_threads_write_at_the_same_time_and_lose_nothing(office: Any, rated: Any) -> None:
    failures: list[BaseException] = []

    def write(thread: int) -> None:
        try:
            for n in range(10):
                office.write(office.item(f"i{thread}.{n}"), rated())
        except BaseException as error:  # noqa: BLE001 - reported below
            failures.append(error)

    threads = [threading.Thread(target=write, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures
    with office.store.begin() as work:
        assert len(work.history.heads(office.id)) == 40


def test_two_programs_make_a_new_workspace_at_once(place: str) -> None:
    stores: list[SqlStore | BaseException] = []

    def make() -> None:
        try:
            stores.append(open_store(place))
        except BaseException as error:  # noqa: BLE001 - reported below
            stores.append(error)

    threads = [threading.Thread(target=make) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for store in stores:
        assert isinstance(store, SqlStore), store
        store.full_check()
        store.close()


@contextmanager
def as_nobody() -> Iterator[None]:
    """Act as a user whom permissions bind; the superuser may write everything."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.mark.skipif(os.name != "posix", reason="permissions are those of POSIX")
@pytest.mark.parametrize(
    ("file", "folder", "code"),
    [
        (None, 0o555, "folder-read-only"),
        (0o444, 0o777, "file-read-only"),
        (0o444, 0o555, "folder-read-only"),
        (0o666, 0o555, "folder-read-only"),
    ],
)
def test_what_may_not_be_written_is_named(
    file: int | None, folder: int, code: str, tmp_path: Path
) -> None:
    open_store(tmp_path / "first.db").close()  # so that nobody has to import anything
    # Not below pytest's own folder, which others may not enter.
    with tempfile.TemporaryDirectory() as shelf:
        Path(shelf).chmod(0o755)
        place = Path(shelf) / "office" / "w.db"
        place.parent.mkdir()
        before = None
        if file is not None:
            open_store(place).close()
            place.chmod(file)
            before = place.read_bytes()
        place.parent.chmod(folder)
        try:
            with as_nobody():
                assert code_of_opening(place) == code
        finally:
            place.parent.chmod(0o755)
        if before is not None:
            assert place.read_bytes() == before


@pytest.mark.parametrize(
    "address", ["mysql://h/db", "postgresql://h:port/db", "sqlite://", "http://x"]
)
def test_an_address_of_no_known_database_is_refused(address: str) -> None:
    assert code_of_opening(address) == "database-address"


@pytest.mark.postgres
def test_a_server_that_is_not_there_is_named_without_its_password() -> None:
    with pytest.raises(SatError) as caught:
        open_store("postgresql://me:s3cret@127.0.0.1:1/db")
    assert caught.value.code == "database-unreachable"
    assert "s3cret" not in str(caught.value)


@pytest.mark.postgres
def test_a_database_missing_on_the_server_is_reported(server: str) -> None:
    assert code_of_opening(server.replace("/postgres?", "/nothing?")) == "database-unreachable"


def test_opening_a_file_needs_neither_migrations_nor_a_servers_driver() -> None:
    probe = (
        "import sys, sat_desktop.storage.opening\n"
        "found = [m for m in sys.modules if m.split('.')[0] in ('alembic', 'psycopg', 'PySide6')]\n"
        "assert not found, found"
    )
    env = {"PYTHONPATH": os.pathsep.join(sys.path), "PATH": os.environ["PATH"]}
    subprocess.run([sys.executable, "-c", probe], check=True, env=env)


@pytest.mark.parametrize("journal", ["wal", "delete"])
def test_what_a_crash_left_beside_the_file_is_recovered(
    tmp_path: Path, office_of: Any, rated: Any, journal: str
) -> None:
    place = tmp_path / "w.db"
    with closing(open_store(place)) as store:
        office = office_of(store)
        kept = office.write(office.item(), rated())
    crashed = tmp_path / "crashed"
    crashed.mkdir()
    with closing(sqlite3.connect(place, isolation_level=None)) as writer:
        writer.execute(f"PRAGMA journal_mode = {journal}")
        writer.execute("PRAGMA cache_size = 1")
        writer.execute("UPDATE assessment SET period = 'committed'")
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("UPDATE assessment SET period = 'torn'")
        writer.execute("CREATE TABLE torn AS SELECT zeroblob(100000)")
        # As after a power cut: the files as they lie there, and no locks.
        for name in ("w.db", "w.db-wal", "w.db-journal"):
            if (tmp_path / name).exists():
                shutil.copy(tmp_path / name, crashed)
        writer.execute("ROLLBACK")
    assert len(list(crashed.iterdir())) == 2
    with closing(open_store(crashed / "w.db")) as store:
        store.full_check()
        with store.begin() as work:
            assert work.assessments.get(office.id).period == "committed"
            assert work.history.heads(office.id) == {office.item(): (kept,)}


@pytest.mark.skipif(sys.platform != "linux", reason="names need not be text")
def test_a_path_that_is_no_text(tmp_path: Path) -> None:
    place = tmp_path / os.fsdecode(b"gmina \xff.db")
    for _ in range(2):
        with closing(open_store(place)) as store:
            store.full_check()
            with pytest.raises(SatError) as caught:
                store.back_up(str(place))
            assert caught.value.code == "file-exists"


@pytest.mark.postgres
def test_a_lock_on_the_server_is_waited_for_and_then_reported(
    postgres: str, office_of: Any, rated: Any
) -> None:
    import psycopg

    with closing(open_store(postgres, busy_seconds=0.05)) as store:
        office = office_of(store)
        with closing(psycopg.connect(postgres)) as other:
            other.execute("LOCK TABLE revision IN EXCLUSIVE MODE")
            with pytest.raises(SatError) as caught:
                office.write(office.item(), rated())
        assert caught.value.code == "database-busy"
        office.write(office.item(), rated())


@pytest.mark.postgres
def test_a_server_where_nothing_may_be_written(postgres: str, office_of: Any, rated: Any) -> None:
    with closing(open_store(postgres)) as store:
        office = office_of(store)
    with closing(open_store(f"{postgres}&options=-c default_transaction_read_only=on")) as store:
        with store.begin() as work:
            assert work.assessments.get(office.id) == office.assessment
        office.store = store
        with pytest.raises(SatError) as caught:
            office.write(office.item(), rated())
        assert caught.value.code == "database-read-only"


def test_a_missing_driver_is_named() -> None:
    probe = (
        "import sys\n"
        "sys.modules['psycopg'] = None\n"
        "from sat_desktop.errors import SatError\n"
        "from sat_desktop.storage.opening import open_store\n"
        "try: open_store('postgres://127.0.0.1/x')\n"
        "except SatError as error: print(error.code, error.facts)"
    )
    env = {"PYTHONPATH": os.pathsep.join(sys.path), "PATH": os.environ["PATH"]}
    run = subprocess.run(
        [sys.executable, "-c", probe], check=True, env=env, capture_output=True, text=True
    )
    assert run.stdout.strip() == "driver-missing {'driver': 'psycopg'}"
