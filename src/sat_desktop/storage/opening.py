"""Opening a workspace: a new one is made, a newer one refused, an older one migrated.

A file is first read without any chance of changing it. Only when it is known to be a workspace of
this version (or an older one, backed up by then) are connections opened that may write.
"""

import os
import sqlite3
import time
from contextlib import closing
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, Engine, bindparam, inspect, select, text
from sqlalchemy.exc import OperationalError

from sat_desktop.errors import SatError
from sat_desktop.storage.connecting import (
    BUSY_SECONDS,
    Location,
    begin,
    connect_engine,
    locate,
    read_only,
)
from sat_desktop.storage.failures import expected_failures, not_writable
from sat_desktop.storage.statements import Statement, addition
from sat_desktop.storage.store import SqlStore
from sat_desktop.storage.tables import SCHEMA_VERSION, meta, metadata

_PROGRAM: Final = "sat-desktop"

_ADD_META: Final = addition(meta)
_GET_META: Final = Statement(select(meta.c.value).where(meta.c.name == bindparam("name")))

_SERVER_LOCK: Final = 0x53415444
"""Number of the lock under which one of several programs makes or migrates the tables."""


def open_store(
    where: str | Path, *, must_exist: bool = False, busy_seconds: float = BUSY_SECONDS
) -> SqlStore:
    """Open the workspace at a path or address, making or migrating it if need be.

    Args:
        where: a path of a file, or an address of a server's database.
        must_exist: do not make a new file where there is none.
        busy_seconds: how long to wait for other programs.

    Raises:
        SatError: `file-missing-at` (path), `database-newer` (path, found, known), `not-a-database`, `not-a-workspace`,
            `database-damaged`, `database-address`, `driver-missing`, `server-encoding`, and all
            of `failures.expected_failures`. The database is then as it was.

    """
    location = locate(where)
    if location.path is not None:
        if must_exist and not location.path.exists():
            raise SatError("file-missing-at", path=str(location.path))
        _check_file(location.path)
    engine = connect_engine(location, busy_seconds)
    try:
        with expected_failures(str(location)):
            _make_ready(location, engine, busy_seconds)
    except BaseException:
        engine.dispose()
        raise
    return SqlStore(location, engine)


def _check_file(path: Path) -> None:
    """Look at a file, read-only; return if it may be opened for writing.

    Only SQLite opens it: were it opened and closed beside SQLite, POSIX would drop the locks of
    every other store that this process has on it.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists() or (path.is_file() and path.stat().st_size == 0):
            return
        if not path.is_file():
            raise SatError("not-a-database", path=str(path))
    except OSError as error:
        raise not_writable(str(path), error.strerror or str(error)) from error
    with expected_failures(str(path)), closing(read_only(path)) as connection:
        try:
            _refuse_newer(str(path), _version_of_file(connection, path))
        except sqlite3.OperationalError as error:
            # A reader cannot recover what a crash left beside the file; a writer will.
            if not _left_by_crash(path, error):
                raise
    # SQLite itself would notice at the first change only.
    if not os.access(path, os.W_OK, effective_ids=os.access in os.supports_effective_ids):
        raise not_writable(str(path))


def _left_by_crash(path: Path, error: sqlite3.OperationalError) -> bool:
    beside = [path.with_name(path.name + suffix) for suffix in ("-wal", "-journal")]
    return error.sqlite_errorname.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN")) and any(
        p.exists() for p in beside
    )


def _version_of_file(connection: sqlite3.Connection, path: Path) -> int | None:
    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
    if not tables:
        return None
    if "meta" not in tables:
        raise SatError("not-a-workspace", path=str(path))
    try:
        found = dict(connection.execute("SELECT name, value FROM meta").fetchall())
    except sqlite3.OperationalError as error:
        if error.sqlite_errorname != "SQLITE_ERROR":
            raise
        raise SatError("not-a-workspace", path=str(path)) from error
    return _version_in(found, str(path))


def _version_in(found: dict[str, str], place: str) -> int:
    version = found.get("schema_version", "")
    if found.get("program") != _PROGRAM or not version.isdecimal():
        raise SatError("not-a-workspace", path=place)
    return int(version)


def _refuse_newer(place: str, version: int | None) -> None:
    if version is not None and version > SCHEMA_VERSION:
        raise SatError("database-newer", path=place, found=version, known=SCHEMA_VERSION)


def _make_ready(location: Location, engine: Engine, busy_seconds: float) -> None:
    with engine.connect() as connection:
        if location.path is not None:
            _keep_write_ahead_log(connection, location.path, busy_seconds)
        else:
            _refuse_encoding(connection, location)
        begin(connection, reading=True)
        if _version(connection, location) == SCHEMA_VERSION:
            return
        connection.rollback()
        begin(connection, reading=False)
        if location.path is None:
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _SERVER_LOCK})
        # Looked at again: until the lock was ours, another program may have done the same.
        version = _version(connection, location)
        if version is None:
            metadata.create_all(connection)
            for name, value in (("program", _PROGRAM), ("schema_version", str(SCHEMA_VERSION))):
                _ADD_META.write(connection, [{"name": name, "value": value}])
        elif version < SCHEMA_VERSION:
            _bring_up_to_date(connection, location, version)
        connection.commit()


def _bring_up_to_date(connection: Connection, location: Location, version: int) -> None:
    from sat_desktop.storage.backup import back_up_before_migration
    from sat_desktop.storage.migrating import migrate

    if location.path is not None:
        back_up_before_migration(location.path, version)
    migrate(connection, version)


def _keep_write_ahead_log(connection: Connection, path: Path, busy_seconds: float) -> None:
    """Switch the journal, which the file remembers; outside of transactions.

    Where two programs do so to a new file at once, SQLite reports the lock without waiting, since
    each might wait for the other; so the waiting is done here.
    """
    deadline = time.monotonic() + busy_seconds
    mode = None
    while mode is None:
        try:
            mode = connection.exec_driver_sql("PRAGMA journal_mode = WAL").scalar_one()
        except OperationalError as error:
            busy = getattr(error.orig, "sqlite_errorname", "").startswith("SQLITE_BUSY")
            if not busy or time.monotonic() > deadline:
                raise
            time.sleep(0.01)
    connection.rollback()
    if mode != "wal":
        raise SatError("database-failed", path=str(path), reason=f"journal_mode {mode}")


def _refuse_encoding(connection: Connection, location: Location) -> None:
    encoding = connection.exec_driver_sql("SHOW server_encoding").scalar_one()
    connection.rollback()
    if encoding != "UTF8":
        raise SatError("server-encoding", path=str(location), encoding=encoding)


def _version(connection: Connection, location: Location) -> int | None:
    """Return the schema version found in the transaction, None where there are no tables."""
    tables = set(inspect(connection).get_table_names())
    if not tables:
        return None
    place = str(location)
    # A database on a server may hold other programs' tables, a file is ours alone.
    if "meta" not in tables:
        if location.path is None and not tables & set(metadata.tables):
            return None
        raise SatError("not-a-workspace", path=place)
    columns = {c["name"] for c in inspect(connection).get_columns("meta")}
    if columns != {"name", "value"}:
        raise SatError("not-a-workspace", path=place)
    rows = connection.execute(select(meta.c.name, meta.c.value)).all()
    version = _version_in({row.name: row.value for row in rows}, place)
    _refuse_newer(place, version)
    return version
