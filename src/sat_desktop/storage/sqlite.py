"""A workspace in a file: what SQLite needs, as hooks of an engine and its pool."""

import contextlib
import os
import sqlite3
import time
from pathlib import Path, PurePath
from typing import Any, Final

from sqlalchemy import Connection, Engine, PoolProxiedConnection, create_engine, event
from sqlalchemy.pool import ConnectionPoolEntry

from sat_desktop.errors import Problem, SatError
from sat_desktop.storage.database import POOL
from sat_desktop.storage.version import version_in

_SETTINGS: Final = (
    "PRAGMA foreign_keys = ON",
    "PRAGMA synchronous = FULL",
    # Without it a Mac's disk may keep in its own memory what it reports as written.
    "PRAGMA fullfsync = ON",
)
"""Set for each connection anew: only the journal mode is remembered by the file."""


class SqliteFile:
    """The kind of database that is a file.

    A file can be moved, removed or replaced while it is open. SQLite would go on without a word, in
    a log beside the former place; the moved file would never get it, and the next workspace made
    at the former place would drop it. So the hooks look before every use; they bring what is in
    the log into the file, wherever that is now, and nothing more is written.

    Args:
        path: of the file, absolute.
        busy_seconds: how long to wait for other programs.

    """

    def __init__(self, path: Path, busy_seconds: float) -> None:
        self.path: Final = path
        self._busy_seconds = busy_seconds
        self._engine: Engine | None = None
        self._number: int | None = None

    @property
    def place(self) -> str:
        """The path."""
        return str(self.path)

    # What `Database` asks

    def engine(self) -> Engine:
        """Return an engine on the file, with the hooks."""
        engine = create_engine("sqlite://", creator=self._open, paramstyle="named", **POOL)
        event.listen(engine, "checkout", self._taken)
        event.listen(engine, "checkin", self._given_back)
        event.listen(engine, "close", self._closing)
        self._engine = engine
        return engine

    def begin(self, driver: PoolProxiedConnection, *, reading: bool) -> None:
        """Begin; a writer takes the lock at once.

        What it reads first is then still true when it writes, and no upgrade of a reader can fail
        half-way. Readers see one state throughout and keep nobody waiting.
        """
        _driver(driver).execute("BEGIN" if reading else "BEGIN IMMEDIATE")

    def prepare(self, connection: Connection) -> None:
        """Refuse another program's file before anything about it is changed; keep a log."""
        driver = _driver(connection.connection)
        version_of_file(driver, self.path)
        _keep_write_ahead_log(driver, self.path, self._busy_seconds)
        self._number = _number_of(self.path)

    def version(self, connection: Connection) -> int | None:
        """Return the version of the tables."""
        return version_of_file(_driver(connection.connection), self.path)

    def lock(self, connection: Connection) -> None:
        """Do nothing: a transaction for writing holds SQLite's one lock from its beginning."""

    def keep_copy(self, version: int) -> None:
        """Copy the file beside itself."""
        from sat_desktop.storage.backup import back_up_before_migration

        back_up_before_migration(self.path, version)

    def damage(self, connection: Connection) -> str | None:
        """Look for damage of the file in a moment; say what there is."""
        found = connection.exec_driver_sql("PRAGMA quick_check(1)").scalar_one()
        # It has kept the whole file in memory, up to two megabytes that nobody will ask for again.
        connection.exec_driver_sql("PRAGMA shrink_memory")
        return None if found == "ok" else str(found)

    def defects(self, connection: Connection) -> list[Problem]:
        """Look at every page of the file, and for rows that refer to what is not there."""
        pages = connection.exec_driver_sql("PRAGMA integrity_check").scalars()
        references = connection.exec_driver_sql("PRAGMA foreign_key_check")
        return [
            *(Problem("damage-found", "", {"reason": str(line)}) for line in pages if line != "ok"),
            *(
                Problem("reference-broken", f"{row[0]} {row[1]}", {"table": row[2]})
                for row in references
            ),
        ]

    # The hooks

    def _open(self) -> sqlite3.Connection:
        self._refuse_moved()
        connection = sqlite3.connect(
            # A file is made the first time only.
            address_of(self.path, "rwc" if self._number is None else "rw"),
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

    def _taken(self, _connection: object, _entry: ConnectionPoolEntry, _use: object) -> None:
        self._refuse_moved()

    def _given_back(self, _connection: object, entry: ConnectionPoolEntry) -> None:
        if self._is_moved():
            entry.invalidate()

    def _closing(self, connection: Any, _entry: ConnectionPoolEntry) -> None:
        """Bring the log into a moved file, which SQLite would not do."""
        if self._is_moved():
            with contextlib.suppress(sqlite3.Error):
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def _refuse_moved(self) -> None:
        if not self._is_moved():
            return
        if self._engine is not None:
            # Were the file put back, they would not know what others did to it meanwhile.
            self._engine.dispose()
        if not self.path.parent.is_dir():
            raise SatError("folder-missing", folder=str(self.path.parent))
        raise SatError("database-moved", path=self.place)

    def _is_moved(self) -> bool:
        if self._number is None:
            return False
        try:
            return _number_of(self.path) != self._number
        except (FileNotFoundError, NotADirectoryError):
            return True
        except OSError:
            return False


def _driver(connection: PoolProxiedConnection) -> sqlite3.Connection:
    driver = connection.driver_connection
    assert isinstance(driver, sqlite3.Connection)  # noqa: S101 - for the type checker
    return driver


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


def version_of_file(connection: sqlite3.Connection, path: Path) -> int | None:
    """Return the schema version of a file, None where there are no tables.

    Raises:
        SatError: `not-a-workspace`, `database-newer`.

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


def _number_of(path: Path) -> int | None:
    """Return what tells a file from another of its name; None on Windows, where an open file stays."""
    return path.stat().st_ino if os.name == "posix" else None


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
