"""A workspace in a file: Python's own driver, without SQLAlchemy on the daily path."""

import contextlib
import os
import sqlite3
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any, Final

from sat_desktop.errors import SatError
from sat_desktop.storage.database import Statement
from sat_desktop.storage.statements import ADD_META, TABLES
from sat_desktop.storage.version import PROGRAM, SCHEMA_VERSION, version_in

if TYPE_CHECKING:
    from sqlalchemy import Connection

_KEPT: Final = 5
"""Connections kept open for the next use; there are rarely more threads than that."""


_SETTINGS: Final = (
    "PRAGMA foreign_keys = ON",
    "PRAGMA synchronous = FULL",
    # Without it a Mac's disk may keep in its own memory what it reports as written.
    "PRAGMA fullfsync = ON",
)
"""Set for each connection anew: only the journal mode is remembered by the file."""


def read_only(path: Path) -> sqlite3.Connection:
    """Open a file so that nothing in it can be changed; errors are the driver's."""
    return sqlite3.connect(address_of(path, "ro"), uri=True, isolation_level=None)


def address_of(path: PurePath, mode: str) -> str:
    """Return an absolute path as SQLite takes it together with a mode (`ro`, `rw`, `rwc`)."""
    address = path.as_uri()
    if not address.startswith("file:///"):
        # A share of Windows: SQLite knows no hosts, the share's name belongs to the path.
        address = address.replace("file://", "file:////", 1)
    return f"{address}?mode={mode}"


class SqliteLink:
    """The port `Link` on a file."""

    __slots__ = ("_connection", "_database")

    def __init__(self, database: "SqliteDatabase", connection: sqlite3.Connection) -> None:
        self._database = database
        self._connection: sqlite3.Connection | None = connection

    def begin(self, *, reading: bool) -> None:
        """Begin a transaction; a writer takes the lock at once."""
        self._open.execute("BEGIN" if reading else "BEGIN IMMEDIATE")

    def rows(self, statement: Statement, values: Mapping[str, object]) -> Sequence[Any]:
        """Run a query and return all its rows."""
        return self._open.execute(statement.sqlite, values).fetchall()

    def write(self, statement: Statement, rows: Sequence[Mapping[str, object]]) -> None:
        """Run once for each of `rows`."""
        self._open.executemany(statement.sqlite, rows)

    def run(self, sql: str) -> Sequence[Any]:
        """Run a pragma: what is set holds for this connection, as long as it is open."""
        return self._open.execute(sql).fetchall()

    def commit(self) -> None:
        """Make durable what was done."""
        self._open.commit()

    def rollback(self) -> None:
        """Take back what was done since `begin`."""
        self._open.rollback()

    def close(self) -> None:
        """Give the connection back, with nothing begun on it; once more does nothing."""
        connection, self._connection = self._connection, None
        if connection is not None:
            self._database.take_back(connection)

    @property
    def _open(self) -> sqlite3.Connection:
        if self._connection is None:
            raise RuntimeError("used after its end")
        return self._connection


class SqliteDatabase:
    """The port `Database` on a file.

    Args:
        path: of the file.
        busy_seconds: how long to wait for other programs.

    """

    def __init__(self, path: Path, busy_seconds: float) -> None:
        self.path: Final = path
        self._busy_seconds = busy_seconds
        self._idle: list[sqlite3.Connection] = []
        self._kept = _KEPT
        self._file: int | None = None
        self._lock = threading.Lock()

    @property
    def place(self) -> str:
        """The path."""
        return str(self.path)

    def connect(self) -> SqliteLink:
        """Return a connection, a used one if there is one.

        Raises:
            SatError: `database-moved`, `folder-missing`; the driver's errors.

        """
        self._refuse_moved()
        with self._lock:
            connection = self._idle.pop() if self._idle else None
        return SqliteLink(self, connection or self._opened("rw"))

    def take_back(self, connection: sqlite3.Connection) -> None:
        """Keep a connection for the next use, or close it; for links only.

        A failure to take back is not reported: closing does it too, and it would hide the reason
        why there is something to take back.
        """
        try:
            connection.rollback()
        except sqlite3.Error:
            self._close(connection)
            return
        moved = self._is_moved()
        with self._lock:
            if len(self._idle) < self._kept and not moved:
                self._idle.append(connection)
                return
        self._close(connection)

    @contextmanager
    def core(self, *, reading: bool) -> Iterator["Connection"]:
        """Return a connection of SQLAlchemy's, made as all others here and closed at the end."""
        from sqlalchemy import create_engine
        from sqlalchemy.pool import NullPool

        self._refuse_moved()
        engine = create_engine("sqlite://", creator=lambda: self._opened("rw"), poolclass=NullPool)
        with engine.connect() as connection:
            connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")
            yield connection

    def damage(self) -> str | None:
        """Look for damage of the file in a moment; say what there is."""
        with closing(self.connect()) as link:
            (found,) = link.run("PRAGMA quick_check(1)")[0]
        return None if found == "ok" else str(found)

    def dispose(self) -> None:
        """Close all connections; one that is in use is closed when it is given back."""
        with self._lock:
            idle, self._idle = self._idle, []
            self._kept = 0
        for connection in idle:
            self._close(connection)

    def make_ready(self) -> None:
        """Make the tables of a new file, migrate an older one.

        Raises:
            SatError: `not-a-workspace`, `database-newer`; the driver's errors.

        """
        connection = self._opened("rwc")
        try:
            # Another program's file is refused before anything about it is changed.
            version_of_file(connection, self.path)
            _keep_write_ahead_log(connection, self.path, self._busy_seconds)
            self._make_tables(connection)
            self._file = _number_of(self.path)
        finally:
            self.take_back(connection)

    def _make_tables(self, connection: sqlite3.Connection) -> None:
        connection.execute("BEGIN")
        if version_of_file(connection, self.path) == SCHEMA_VERSION:
            return
        connection.rollback()
        connection.execute("BEGIN IMMEDIATE")
        # Looked at again: until the lock was ours, another program may have done the same.
        version = version_of_file(connection, self.path)
        if version is None:
            for sql in TABLES:
                connection.execute(sql)
            facts = (("program", PROGRAM), ("schema_version", str(SCHEMA_VERSION)))
            connection.executemany(ADD_META.sqlite, [{"name": n, "value": v} for n, v in facts])
            connection.commit()
        elif version < SCHEMA_VERSION:
            connection.rollback()
            self._migrate()

    def _migrate(self) -> None:
        from sat_desktop.storage.backup import back_up_before_migration
        from sat_desktop.storage.migrating import migrate

        with self.core(reading=False) as connection:
            rows = connection.exec_driver_sql("SELECT name, value FROM meta").all()
            version = version_in({row.name: row.value for row in rows}, self.place)
            if version < SCHEMA_VERSION:
                back_up_before_migration(self.path, version)
                migrate(connection, version)
                connection.commit()

    def _refuse_moved(self) -> None:
        """Look whether the file is still where it was opened.

        SQLite would go on without a word, in a log beside the former place; the moved file would
        never get it, and the next workspace made at the former place would drop it. So what is in
        the log is brought into the file, wherever that is now, and nothing more is written.
        """
        if not self._is_moved():
            return
        with self._lock:
            idle, self._idle = self._idle, []
        for connection in idle:
            # Were the file put back, they would not know what others did to it meanwhile.
            self._close(connection)
        if not self.path.parent.is_dir():
            raise SatError("folder-missing", folder=str(self.path.parent))
        raise SatError("database-moved", path=self.place)

    def _is_moved(self) -> bool:
        if self._file is None:
            return False
        try:
            return _number_of(self.path) != self._file
        except (FileNotFoundError, NotADirectoryError):
            return True
        except OSError:
            return False

    def _close(self, connection: sqlite3.Connection) -> None:
        """Close a connection; bring the log into a moved file, which SQLite would not do."""
        if self._is_moved():
            with contextlib.suppress(sqlite3.Error):
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        connection.close()

    def _opened(self, mode: str) -> sqlite3.Connection:
        connection = sqlite3.connect(
            address_of(self.path, mode),
            uri=True,
            timeout=self._busy_seconds,
            # A connection is handed to one thread at a time.
            check_same_thread=False,
            # The driver must not begin transactions by itself: it would do so too late.
            isolation_level=None,
        )
        try:
            for setting in _SETTINGS:
                connection.execute(setting)
        except BaseException:
            connection.close()
            raise
        return connection


def _number_of(path: Path) -> int | None:
    """Return what tells a file from another of its name; None on Windows, where an open file stays."""
    return path.stat().st_ino if os.name == "posix" else None


def version_of_file(connection: sqlite3.Connection, path: Path) -> int | None:
    """Return the schema version of a file, None where there are no tables.

    Raises:
        SatError: `not-a-workspace`.

    """
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
    return version_in(found, str(path))


def _keep_write_ahead_log(connection: sqlite3.Connection, path: Path, busy_seconds: float) -> None:
    """Switch the journal, which the file remembers; outside of transactions.

    Where two programs do so to a new file at once, SQLite reports the lock without waiting, since
    each might wait for the other; so the waiting is done here.
    """
    deadline = time.monotonic() + busy_seconds
    mode = None
    while mode is None:
        try:
            (mode,) = connection.execute("PRAGMA journal_mode = WAL").fetchone()
        except sqlite3.OperationalError as error:
            busy = error.sqlite_errorname.startswith("SQLITE_BUSY")
            if not busy or time.monotonic() > deadline:
                raise
            time.sleep(0.01)
    if mode != "wal":
        raise SatError("database-failed", path=str(path), reason=f"journal_mode {mode}")
