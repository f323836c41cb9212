"""One transaction over one connection, shared by the adapters of a unit of work."""

from collections.abc import Mapping, Sequence
from enum import Enum, auto
from typing import Any, Final

from sat_desktop.storage.database import Database, Link, Statement
from sat_desktop.storage.failures import expected_failures

IDS_AT_ONCE: Final = 50
"""Ids in one query: their number is part of its text, which is made beforehand."""


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

    __slots__ = ("_link", "_place", "_state")

    def __init__(self, database: Database) -> None:
        self._place = database.place
        self._state = _State.IDLE
        with expected_failures(self._place):
            self._link: Link = database.connect()

    def rows(self, statement: Statement, values: Mapping[str, object]) -> Sequence[Any]:
        """Run a query."""
        with expected_failures(self._place):
            self._start(_State.READING)
            return self._link.rows(statement, values)

    def rows_of_ids(self, statement: Statement, ids: Sequence[str]) -> Sequence[Any]:
        """Run a query of rows by id for any number of ids, which must differ."""
        rows: list[Any] = []
        for start in range(0, len(ids), IDS_AT_ONCE):
            some = ids[start : start + IDS_AT_ONCE]
            # Naming the last one again and again adds no row.
            names = [*some, *[some[-1]] * (IDS_AT_ONCE - len(some))]
            rows += self.rows(statement, {f"id_{n}": name for n, name in enumerate(names)})
        return rows

    def write(self, statement: Statement, *rows: Mapping[str, object]) -> None:
        """Run a statement that changes something, once for each of `rows`."""
        with expected_failures(self._place):
            self._start(_State.WRITING)
            self._link.write(statement, rows)

    def commit(self) -> None:
        """Make it durable; the next statement begins another transaction."""
        with expected_failures(self._place):
            self._link.commit()
        self._state = _State.IDLE

    def close(self) -> None:
        """Take back what was not committed and give the connection back."""
        with expected_failures(self._place):
            self._link.close()

    def _start(self, wanted: _State) -> None:
        if self._state is wanted or self._state is _State.WRITING:
            return
        if self._state is _State.READING:
            self._link.rollback()
        self._link.begin(reading=wanted is _State.READING)
        self._state = wanted
