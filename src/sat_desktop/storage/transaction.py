"""One transaction over one connection, shared by the adapters of a unit of work."""

from collections.abc import Mapping, Sequence
from enum import Enum, auto
from typing import Any, Final

from sqlalchemy import Connection, Engine, Executable

from sat_desktop.storage.connecting import begin
from sat_desktop.storage.failures import expected_failures
from sat_desktop.storage.statements import Statement

CHUNK: Final = 500
"""Values in one `IN (...)`; SQLite's limit on parameters may be as low as 999."""


class _State(Enum):
    IDLE = auto()
    READING = auto()
    WRITING = auto()


class Transaction:
    """Runs statements; begins when the first one comes, as a reader if that reads.

    Readers see one state and keep nobody waiting. The first write after reading begins anew as a
    writer: it may come on top of what somebody wrote since. That is sound because everything
    written here is appended or replaces a whole row, and it is the same on both databases.
    """

    __slots__ = ("_connection", "_place", "_state")

    def __init__(self, engine: Engine, place: str) -> None:
        self._place = place
        self._state = _State.IDLE
        with expected_failures(place):
            self._connection: Connection = engine.connect()

    def rows(self, statement: Statement, values: Mapping[str, object]) -> Sequence[Any]:
        """Run a query."""
        with expected_failures(self._place):
            self._start(_State.READING)
            return statement.rows(self._connection, values)

    def select(self, query: Executable, values: Mapping[str, object]) -> Sequence[Any]:
        """Run a query that Core has to build each time (a list of values of any length)."""
        with expected_failures(self._place):
            self._start(_State.READING)
            return self._connection.execute(query, values).fetchall()

    def write(self, statement: Statement, *rows: Mapping[str, object]) -> None:
        """Run a statement that changes something, once for each of `rows`."""
        with expected_failures(self._place):
            self._start(_State.WRITING)
            statement.write(self._connection, rows)

    def commit(self) -> None:
        """Make it durable; the next statement begins another transaction."""
        with expected_failures(self._place):
            self._connection.commit()
        self._state = _State.IDLE

    def close(self) -> None:
        """Take back what was not committed and give the connection back."""
        with expected_failures(self._place):
            self._connection.close()

    def _start(self, wanted: _State) -> None:
        if self._state is wanted or self._state is _State.WRITING:
            return
        if self._state is _State.READING:
            self._connection.rollback()
        begin(self._connection, reading=wanted is _State.READING)
        self._state = wanted


def chunks(values: Sequence[str]) -> list[Sequence[str]]:
    """Split values into what one query takes."""
    return [values[i : i + CHUNK] for i in range(0, len(values), CHUNK)]
