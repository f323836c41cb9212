"""The one way to a database, whether a file or a server: an engine of SQLAlchemy's and its pool.

What the two kinds need of their own stands in `sqlite` and `server`, as hooks of their engines and as
the few questions of `DatabaseKind`. Decision 0006 tells what this costs.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Final, Protocol

from sqlalchemy import Connection, Dialect, Engine, PoolProxiedConnection, event, insert
from sqlalchemy.pool import ConnectionPoolEntry, QueuePool

from sat_desktop.errors import Problem
from sat_desktop.storage.tables import meta, metadata
from sat_desktop.storage.version import PROGRAM, SCHEMA_VERSION

POOL: Final[Mapping[str, Any]] = {
    "poolclass": QueuePool,
    # Connections kept open for the next use; there are rarely more threads than that.
    "pool_size": 5,
    "max_overflow": -1,
    "pool_use_lifo": True,
}
"""How the engines of both kinds keep their connections."""

_READING: Final = "reading"


class DatabaseKind(Protocol):
    """What differs between a file and a server. Errors are SQLAlchemy's or the driver's."""

    @property
    def place(self) -> str:
        """The path, or the address without its password."""

    def engine(self) -> Engine:
        """Return an engine with the hooks of this kind; nothing is opened yet.

        Raises:
            SatError: `driver-missing`.

        """

    def begin(self, driver: PoolProxiedConnection, *, reading: bool) -> None:
        """Begin a transaction: a reader sees one state and keeps nobody waiting."""

    def prepare(self, connection: Connection) -> None:
        """Refuse what cannot be a workspace and set what lasts; outside of transactions.

        Raises:
            SatError: `not-a-workspace`, `database-newer`, `server-encoding`.

        """

    def version(self, connection: Connection) -> int | None:
        """Return the version of the tables, None where there are none of ours.

        Raises:
            SatError: `not-a-workspace`, `database-newer`.

        """

    def lock(self, connection: Connection) -> None:
        """Let nobody else make or migrate the tables until this transaction ends."""

    def keep_copy(self, version: int) -> None:
        """Put a copy of a database of an older version aside, where that is ours to do."""

    def damage(self, connection: Connection) -> str | None:
        """Look for damage in a moment; say what there is."""

    def defects(self, connection: Connection) -> list[Problem]:
        """Look for all damage below what the rows say."""


class Database:
    """Where a workspace is kept. Threads may share it; a connection is for one at a time.

    Attributes:
        kind: a file or a server.

    """

    def __init__(self, kind: DatabaseKind) -> None:
        self.kind: Final = kind
        self._engine = kind.engine()
        self._era = 0
        event.listen(self._engine, "begin", self._begins)
        event.listen(self._engine, "connect", self._opened)
        event.listen(self._engine, "checkin", self._given_back)
        event.listen(self._engine, "engine_disposed", self._disposed)

    @property
    def place(self) -> str:
        """The path, or the address without its password."""
        return self.kind.place

    @property
    def dialect(self) -> Dialect:
        """How statements are put into words."""
        return self._engine.dialect

    def driver_connection(self) -> PoolProxiedConnection:
        """Return a connection of the driver's, a used one if there is one; `kind` begins on it.

        Raises SatError `database-moved` or `folder-missing` where a file is no longer at its place.
        """
        return self._engine.raw_connection()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Begin a transaction that sees one state and keeps nobody waiting."""
        with self._engine.connect() as connection:
            connection.info[_READING] = True
            connection.begin()
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Begin a transaction for writing; what is not committed is taken back."""
        with self._engine.connect() as connection:
            connection.info[_READING] = False
            connection.begin()
            yield connection

    def make_ready(self) -> None:
        """Make the tables of a new database, migrate older ones.

        Raises:
            SatError: `not-a-workspace`, `database-newer`, `server-encoding`.

        """
        with self._engine.connect() as connection:
            self.kind.prepare(connection)
        with self.reading() as connection:
            if self.kind.version(connection) == SCHEMA_VERSION:
                return
        with self.writing() as connection:
            self.kind.lock(connection)
            # Looked at again: until the lock was ours, another program may have done the same.
            version = self.kind.version(connection)
            if version is None:
                metadata.create_all(connection)
                facts = (("program", PROGRAM), ("schema_version", str(SCHEMA_VERSION)))
                connection.execute(insert(meta), [{"name": n, "value": v} for n, v in facts])
            elif version < SCHEMA_VERSION:
                from sat_desktop.storage.migrating import migrate

                self.kind.keep_copy(version)
                migrate(connection, version, self.place)
            connection.commit()

    def dispose(self) -> None:
        """Close all connections; one that is in use is closed when it is given back."""
        self._engine.dispose()

    def _begins(self, connection: Connection) -> None:
        self.kind.begin(connection.connection, reading=connection.info.get(_READING, False))

    # The pool forgets what is in use when all others are closed.

    def _opened(self, _connection: object, entry: ConnectionPoolEntry) -> None:
        entry.info["era"] = self._era

    def _given_back(self, _connection: object, entry: ConnectionPoolEntry) -> None:
        if entry.info.get("era") != self._era:
            entry.invalidate()

    def _disposed(self, _engine: Engine) -> None:
        self._era += 1
