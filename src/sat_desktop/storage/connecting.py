"""Where a workspace's database is, and connections to it.

A path means a SQLite file; an address `postgresql://...` means a database on a server.
"""

import sqlite3
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError

from sat_desktop.errors import SatError

BUSY_SECONDS: Final = 5.0
"""How long one writer waits for another before it gives up."""


@dataclass(frozen=True, slots=True)
class Location:
    """Where a database is: `path` of a file, or `url` on a server, never both."""

    path: Path | None
    url: URL | None

    def __str__(self) -> str:
        """Return it as users may see it: no password."""
        return str(self.path) if self.url is None else self.url.render_as_string()


def locate(where: str | Path) -> Location:
    """Tell what `where`, a path or an address, means.

    Raises:
        SatError: `database-address` for an address that is none or of an unknown kind.

    """
    if isinstance(where, Path) or "://" not in where:
        return Location(Path(where).expanduser().absolute(), None)
    kind = where.split("://", 1)[0]
    try:
        url = make_url(where)
    except (ArgumentError, ValueError) as error:
        raise SatError("database-address", kind=kind) from error
    if url.drivername == "sqlite" and url.database:
        return Location(Path(url.database).absolute(), None)
    if url.drivername in {"postgresql", "postgres", "postgresql+psycopg"}:
        return Location(None, url.set(drivername="postgresql+psycopg"))
    raise SatError("database-address", kind=kind)


def connect_engine(location: Location, busy_seconds: float = BUSY_SECONDS) -> Engine:
    """Return an engine that several threads may use; nothing is opened yet.

    Raises:
        SatError: `driver-missing` when the driver of a server is not installed.

    """
    if location.url is None:
        return _sqlite_engine(location, busy_seconds)
    # What the address itself asks for comes on top of ours.
    asked = dict(location.url.query)
    options = f"-c lock_timeout={int(busy_seconds * 1000)} {asked.pop('options', '')}"
    try:
        return create_engine(
            location.url.set(query=asked),
            # A server may have been restarted since the last use of a connection.
            pool_pre_ping=True,
            connect_args={
                "connect_timeout": asked.get("connect_timeout", 10),
                "client_encoding": "utf8",
                "options": options.strip(),
            },
        )
    except ImportError as error:
        raise SatError("driver-missing", driver="psycopg") from error


def _sqlite_engine(location: Location, busy_seconds: float) -> Engine:
    engine = create_engine(
        URL.create("sqlite", database=str(location.path)),
        connect_args={
            "timeout": busy_seconds,
            # The pool hands a connection to one thread at a time.
            "check_same_thread": False,
            # The driver must not begin transactions by itself: it would do so too late.
            "isolation_level": None,
        },
    )

    @event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, _record: Any) -> None:
        # Set for each connection anew: only the journal mode is remembered by the file.
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA synchronous = FULL")

    return engine


def begin(connection: Connection, *, reading: bool) -> None:
    """Begin a transaction on a connection that has none.

    On SQLite a writer takes the lock at once: what it reads first is then still true when it
    writes, and no upgrade of a reader can fail half-way. Readers see one state throughout and
    keep nobody waiting.
    """
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")
    elif reading:
        connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")


def read_only(path: Path) -> sqlite3.Connection:
    """Open a file so that nothing in it can be changed; errors are the driver's."""
    return sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, isolation_level=None)
