"""A workspace on a PostgreSQL server: what it needs of its own."""

from typing import Final

from sqlalchemy import (
    URL,
    Connection,
    Engine,
    PoolProxiedConnection,
    create_engine,
    func,
    inspect,
    make_url,
    select,
)
from sqlalchemy.exc import ArgumentError

from sat_desktop.errors import Problem, SatError
from sat_desktop.storage.database import POOL
from sat_desktop.storage.tables import meta, metadata
from sat_desktop.storage.version import version_in

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


class Server:
    """The kind of database that is on a server.

    Args:
        url: the address.
        busy_seconds: how long to wait for other programs.

    """

    def __init__(self, url: URL, busy_seconds: float) -> None:
        self._url = url
        self._busy_seconds = busy_seconds

    @property
    def place(self) -> str:
        """The address without its password."""
        return self._url.render_as_string()

    def engine(self) -> Engine:
        """Return an engine; SatError `driver-missing` when the driver is not installed."""
        # What the address itself asks for comes on top of ours.
        asked = dict(self._url.query)
        options = f"-c lock_timeout={int(self._busy_seconds * 1000)} {asked.pop('options', '')}"
        try:
            engine = create_engine(
                self._url.set(query=asked),
                **POOL,
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
        return engine

    def begin(self, driver: PoolProxiedConnection, *, reading: bool) -> None:
        """Let a reader see one state throughout; a transaction itself is begun by the driver."""
        if reading:
            driver.cursor().execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")

    def prepare(self, connection: Connection) -> None:
        """Refuse a database that cannot hold every text."""
        encoding = connection.exec_driver_sql("SHOW server_encoding").scalar_one()
        if encoding != "UTF8":
            raise SatError("server-encoding", path=self.place, encoding=encoding)

    def version(self, connection: Connection) -> int | None:
        """Return the version of the tables."""
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

    def lock(self, connection: Connection) -> None:
        """Take a lock that only programs like this one take."""
        connection.execute(select(func.pg_advisory_xact_lock(_LOCK)))

    def keep_copy(self, version: int) -> None:
        """Do nothing: a server is backed up by its own tools, and migrates in one transaction."""

    def damage(self, connection: Connection) -> str | None:
        """Ask for the tables only: a server looks after its files itself."""
        connection.execute(select(func.count()).select_from(meta))
        return None

    def defects(self, connection: Connection) -> list[Problem]:
        """Name none: a server looks after its files and references itself."""
        del connection
        return []
