"""One transaction over one connection, shared by the adapters of a unit of work."""

import gc
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from enum import Enum, auto
from typing import Any, Final, TypeVar

from sat_desktop.errors import SatError
from sat_desktop.storage.database import Database
from sat_desktop.storage.failures import expected_failure, expected_failures
from sat_desktop.storage.statements import Prepared

_T = TypeVar("_T")


@contextmanager
def keeping_all() -> Iterator[None]:
    """Do not look for garbage meanwhile: an opening makes some 200,000 objects and drops none."""
    collecting, spared = gc.isenabled(), gc.get_freeze_count()
    gc.disable()
    try:
        yield
    finally:
        # They count as old at once, so that the next search does not go through all of them.
        gc.freeze()
        if not spared:
            gc.unfreeze()
        if collecting:
            gc.enable()


_BATCH: Final = 1000


class _State(Enum):
    IDLE = auto()
    READING = auto()
    WRITING = auto()
    OVER = auto()


class Transaction:
    """Runs statements; begins when the first one comes, as a reader if that reads.

    Readers see one state and keep nobody waiting. The first write after reading begins anew as a
    writer: it may come on top of what somebody wrote since. That is sound because everything
    written here is appended or replaces a whole row, and it is the same on both databases.

    After a failure it is of no more use: a part may be done already, and where a database took the
    whole back by itself, what came next would stand alone and `commit` succeed over nothing.
    """

    __slots__ = ("_database", "_driver", "_place", "_state")

    def __init__(self, database: Database) -> None:
        self._database = database
        self._place = database.place
        self._state = _State.IDLE
        with expected_failures(self._place):
            self._driver = database.driver_connection()

    @property
    def place(self) -> str:
        """The path, or the address without its password."""
        return self._place

    def rows(
        self,
        query: Prepared,
        values: Mapping[str, object],
        *,
        writing: bool = False,
    ) -> Sequence[Any]:
        """Run a query; with `writing`, what it finds stays true until the commit."""

        def read() -> Sequence[Any]:
            self._start(_State.WRITING if writing else _State.READING)
            return self._drive(query, values, lambda cursor: cursor.fetchall())

        return self._all_or_nothing(read)

    def batches(
        self, query: Prepared, values: Mapping[str, object]
    ) -> Iterator[Sequence[tuple[Any, ...]]]:
        """Run a query of many rows and yield them a few at a time; all must be taken.

        Memory that was just given back is used again meanwhile: a quarter quicker than all at once.
        """

        def begin() -> Any:
            self._start(_State.READING)
            cursor = self._driver.cursor()
            cursor.execute(query.text(self._database.dialect), values)
            return cursor

        cursor = self._all_or_nothing(begin)
        while rows := self._all_or_nothing(lambda: cursor.fetchmany(_BATCH)):
            yield rows

    def write(self, statement: Prepared, *rows: Mapping[str, object]) -> int:
        """Run a statement that changes something, once for each of `rows`.

        Returns:
            How many rows of the table that concerned, -1 where the driver does not say.

        """

        def write() -> int:
            self._start(_State.WRITING)
            values = rows[0] if len(rows) == 1 else list(rows)
            return self._drive(statement, values, lambda cursor: int(cursor.rowcount))

        return self._all_or_nothing(write) if rows else 0

    def commit(self) -> None:
        """Make it durable; the next statement begins another transaction."""
        self._all_or_nothing(self._driver.commit)
        self._state = _State.IDLE

    def close(self) -> None:
        """Take back what was not committed and give the connection back.

        What the database reports of that is passed over: what was to last is committed, and the
        failure that ended the rest must not be hidden by another.
        """
        self._state = _State.OVER
        with suppress(SatError), expected_failures(self._place):
            self._driver.close()

    def _drive(
        self,
        statement: Prepared,
        values: Mapping[str, object] | list[Mapping[str, object]],
        take: Callable[[Any], _T],
    ) -> _T:
        """Let the driver itself run a statement, once for each of several values."""
        cursor = self._driver.cursor()
        try:
            text = statement.text(self._database.dialect)
            if isinstance(values, list):
                cursor.executemany(text, values)
            else:
                cursor.execute(text, values)
            return take(cursor)
        finally:
            cursor.close()

    def _all_or_nothing(self, act: Callable[[], _T]) -> _T:
        if self._state is _State.OVER:
            raise RuntimeError("used after its end or a failure")
        try:
            return act()
        except BaseException as error:
            self._state = _State.OVER
            meant = expected_failure(error, self._place)
            if meant is None:
                raise
            raise meant from error

    def _start(self, wanted: _State) -> None:
        if self._state is wanted or self._state is _State.WRITING:
            return
        if self._state is _State.READING:
            self._driver.rollback()
        self._database.kind.begin(self._driver, reading=wanted is _State.READING)
        self._state = wanted
