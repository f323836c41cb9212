"""A workspace on a PostgreSQL server: SQLAlchemy's engine; imported when an address is given."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, Final

from sqlalchemy import URL, Connection, Engine, create_engine, func, inspect, make_url, select, text
from sqlalchemy.exc import ArgumentError

from sat_desktop.errors import SatError
from sat_desktop.storage import definitions
from sat_desktop.storage.database import Statement
from sat_desktop.storage.statements import ADD_META
from sat_desktop.storage.tables import meta, metadata
from sat_desktop.storage.version import PROGRAM, SCHEMA_VERSION, version_in

_LOCK: Final = 0x53415444
"""Number of the lock under which one of several programs makes or migrates the tables."""


def read_address(address: str) -> URL:
    """Return what an address means.

    Raises:
        SatError: `database-address` for an address that is none or of an unknown kind.

    """
    kind = address.split("://", 1)[0]
    try:
        url = make_url(address)
    except (ArgumentError, ValueError) as error:
        raise SatError("database-address", kind=kind) from error
    if url.drivername not in {"postgresql", "postgres", "postgresql+psycopg"}:
        raise SatError("database-address", kind=kind)
    return url.set(drivername="postgresql+psycopg")


class ServerLink:
    """The port `Link` on a server."""

    __slots__ = ("_compiled", "_connection")

    def __init__(self, connection: Connection, compiled: dict[str, str]) -> None:
        self._connection = connection
        self._compiled = compiled

    def begin(self, *, reading: bool) -> None:
        """Begin a transaction; SQLAlchemy does so by itself with the first statement."""
        _begin(self._connection, reading=reading)

    def rows(self, statement: Statement, values: Mapping[str, object]) -> Sequence[Any]:
        """Run a query and return all its rows."""
        return self._connection.exec_driver_sql(self._sql(statement), dict(values)).fetchall()

    def write(self, statement: Statement, rows: Sequence[Mapping[str, object]]) -> None:
        """Run once for each of `rows`."""
        if rows:
            self._connection.exec_driver_sql(self._sql(statement), [dict(row) for row in rows])

    def commit(self) -> None:
        """Make durable what was done."""
        self._connection.commit()

    def rollback(self) -> None:
        """Take back what was done since `begin`."""
        self._connection.rollback()

    def close(self) -> None:
        """Give the connection back."""
        self._connection.close()

    def _sql(self, statement: Statement) -> str:
        """Return a statement's text: Core takes longer to make it than the server to run it."""
        found = self._compiled.get(statement.name)
        if found is None:
            definition = definitions.DEFINITIONS[statement.name]
            found = self._compiled[statement.name] = definition.text(self._connection.dialect)
        return found


class ServerDatabase:
    """The port `Database` on a server; nothing is opened yet.

    Args:
        url: the address.
        busy_seconds: how long to wait for other programs.

    Raises:
        SatError: `driver-missing` when the driver is not installed.

    """

    def __init__(self, url: URL, busy_seconds: float) -> None:
        self._url = url
        self._engine = _engine(url, busy_seconds)
        self._compiled: dict[str, str] = {}

    @property
    def place(self) -> str:
        """The address without its password."""
        return self._url.render_as_string()

    def connect(self) -> ServerLink:
        """Return a connection, a used one if there is one."""
        return ServerLink(self._engine.connect(), self._compiled)

    @contextmanager
    def core(self, *, reading: bool) -> Iterator[Connection]:
        """Return a connection of SQLAlchemy's."""
        with self._engine.connect() as connection:
            _begin(connection, reading=reading)
            yield connection

    def damage(self) -> str | None:
        """Ask for the tables only: a server looks after its files itself."""
        with self._engine.connect() as connection:
            connection.execute(select(func.count()).select_from(meta))
        return None

    def dispose(self) -> None:
        """Close all connections."""
        self._engine.dispose()

    def make_ready(self) -> None:
        """Make the tables in an empty database, migrate older ones.

        Raises:
            SatError: `not-a-workspace`, `database-newer`, `server-encoding`; the driver's errors.

        """
        with self._engine.connect() as connection:
            self._refuse_encoding(connection)
            if self._version(connection) == SCHEMA_VERSION:
                return
            connection.rollback()
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
            # Looked at again: until the lock was ours, another program may have done the same.
            version = self._version(connection)
            if version is None:
                metadata.create_all(connection)
                facts = (("program", PROGRAM), ("schema_version", str(SCHEMA_VERSION)))
                rows = [{"name": name, "value": value} for name, value in facts]
                ServerLink(connection, self._compiled).write(ADD_META, rows)
            elif version < SCHEMA_VERSION:
                from sat_desktop.storage.migrating import migrate

                migrate(connection, version)
            connection.commit()

    def _refuse_encoding(self, connection: Connection) -> None:
        encoding = connection.exec_driver_sql("SHOW server_encoding").scalar_one()
        if encoding != "UTF8":
            raise SatError("server-encoding", path=self.place, encoding=encoding)

    def _version(self, connection: Connection) -> int | None:
        """Return the schema version found, None where there are no tables of ours."""
        tables = set(inspect(connection).get_table_names())
        if meta.name not in tables:
            if tables & set(metadata.tables):
                raise SatError("not-a-workspace", path=self.place)
            # A server's database may hold other programs' tables, a file is ours alone.
            return None
        columns = {c["name"] for c in inspect(connection).get_columns(meta.name)}
        if columns != {"name", "value"}:
            raise SatError("not-a-workspace", path=self.place)
        rows = connection.execute(select(meta.c.name, meta.c.value)).all()
        return version_in({row.name: row.value for row in rows}, self.place)


def _begin(connection: Connection, *, reading: bool) -> None:
    if reading:
        connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")


def _engine(url: URL, busy_seconds: float) -> Engine:
    # What the address itself asks for comes on top of ours.
    asked = dict(url.query)
    options = f"-c lock_timeout={int(busy_seconds * 1000)} {asked.pop('options', '')}"
    try:
        return create_engine(
            url.set(query=asked),
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
