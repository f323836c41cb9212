"""A workspace in a file: Python's own driver, without SQLAlchemy on the daily path."""

import sqlite3
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sat_desktop.errors import SatError
from sat_desktop.storage.database import Statement
from sat_desktop.storage.statements import ADD_META, TABLES
from sat_desktop.storage.version import PROGRAM, SCHEMA_VERSION, version_in

if TYPE_CHECKING:
    from sqlalchemy import Connection

_KEPT: Final = 5
"""Connections kept open for the next use; there are rarely more threads than that."""


def read_only(path: Path) -> sqlite3.Connection:
    """Open a file so that nothing in it can be changed; errors are the driver's."""
    return sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, isolation_level=None)


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
        self._lock = threading.Lock()

    @property
    def place(self) -> str:
        """The path."""
        return str(self.path)

    def connect(self) -> SqliteLink:
        """Return a connection, a used one if there is one."""
        with self._lock:
            connection = self._idle.pop() if self._idle else None
        return SqliteLink(self, connection or self._opened())

    def take_back(self, connection: sqlite3.Connection) -> None:
        """Keep a connection for the next use, or close it; for links only."""
        try:
            connection.rollback()
        except sqlite3.Error:
            connection.close()
            raise
        with self._lock:
            if len(self._idle) < self._kept:
                self._idle.append(connection)
                return
        connection.close()

    @contextmanager
    def core(self, *, reading: bool) -> Iterator["Connection"]:
        """Return a connection of SQLAlchemy's, made as all others here and closed at the end."""
        from sqlalchemy import create_engine
        from sqlalchemy.pool import NullPool

        engine = create_engine("sqlite://", creator=self._opened, poolclass=NullPool)
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
            connection.close()

    def make_ready(self) -> None:
        """Make the tables of a new file, migrate an older one.

        Raises:
            SatError: `not-a-workspace`, `database-newer`; the driver's errors.

        """
        connection = self._opened()
        try:
            _keep_write_ahead_log(connection, self.path, self._busy_seconds)
            self._make_tables(connection)
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

    def _opened(self) -> sqlite3.Connection:
        connection = sqlite3.connect(
            self.path,
            timeout=self._busy_seconds,
            # A connection is handed to one thread at a time.
            check_same_thread=False,
            # The driver must not begin transactions by itself: it would do so too late.
            isolation_level=None,
        )
        # Set for each connection anew: only the journal mode is remembered by the file.
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA synchronous = FULL")
        return connection


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
