"""One transaction over one connection, shared by the adapters of a unit of work."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from enum import Enum, auto
from typing import Any, TypeVar

from sqlalchemy import Delete, Select, Update

from sat_desktop.errors import SatError
from sat_desktop.storage.database import Database, set_reading
from sat_desktop.storage.failures import expected_failure, expected_failures
from sat_desktop.storage.statements import Addition

_T = TypeVar("_T")


class _State(Enum):
    IDLE = auto()
    READING = auto()
    WRITING = auto()
    FAILED = auto()


class Transaction:
    """Runs statements; begins when the first one comes, as a reader if that reads.

    Readers see one state and keep nobody waiting. The first write after reading begins anew as a
    writer: it may come on top of what somebody wrote since. That is sound because everything
    written here is appended or replaces a whole row, and it is the same on both databases.

    After a failure it is of no more use: a part may be done already, and where a database took the
    whole back by itself, what came next would stand alone and `commit` succeed over nothing.
    """

    __slots__ = ("_connection", "_place", "_state")

    def __init__(self, database: Database) -> None:
        self._place = database.place
        self._state = _State.IDLE
        with expected_failures(self._place):
            self._connection = database.connect()

    @property
    def place(self) -> str:
        """The path, or the address without its password."""
        return self._place

    def rows(
        self,
        query: Select[*tuple[Any, ...]],
        values: Mapping[str, object],
        *,
        writing: bool = False,
    ) -> Sequence[Any]:
        """Run a query; with `writing`, what it finds stays true until the commit."""

        def read() -> Sequence[Any]:
            self._start(_State.WRITING if writing else _State.READING)
            return self._connection.execute(query, values).all()

        return self._all_or_nothing(read)

    def write(self, statement: Addition | Update | Delete, *rows: Mapping[str, object]) -> None:
        """Run a statement that changes something, once for each of `rows`."""

        def write() -> None:
            self._start(_State.WRITING)
            if isinstance(statement, Addition):
                text = statement.text(self._connection.dialect)
                self._connection.exec_driver_sql(text, list(rows))
            else:
                self._connection.execute(statement, rows)

        if rows:
            self._all_or_nothing(write)

    def commit(self) -> None:
        """Make it durable; the next statement begins another transaction."""
        self._all_or_nothing(self._connection.commit)
        self._state = _State.IDLE

    def close(self) -> None:
        """Take back what was not committed and give the connection back.

        What the database reports of that is passed over: what was to last is committed, and the
        failure that ended the rest must not be hidden by another.
        """
        with suppress(SatError), expected_failures(self._place):
            self._connection.close()

    def _all_or_nothing(self, act: Callable[[], _T]) -> _T:
        if self._state is _State.FAILED:
            raise RuntimeError("used after a failure")
        try:
            return act()
        except BaseException as error:
            self._state = _State.FAILED
            meant = expected_failure(error, self._place)
            if meant is None:
                raise
            raise meant from error

    def _start(self, wanted: _State) -> None:
        if self._state is wanted or self._state is _State.WRITING:
            return
        if self._state is _State.READING:
            self._connection.rollback()
        set_reading(self._connection, reading=wanted is _State.READING)
        self._state = wanted
