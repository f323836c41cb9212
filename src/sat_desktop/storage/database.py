"""What the adapters ask of a database, of whatever kind: statements, transactions, connections.

Statements are written once, in SQLAlchemy Core (`definitions`). A file runs them from the text that
was made of them beforehand (`statements`), straight through Python's own driver; a server compiles
them when it is first asked. Decision 0005 tells why.
"""

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from sqlalchemy import Connection


@dataclass(frozen=True, slots=True, eq=False)
class Statement:
    """One statement of the daily work.

    Attributes:
        name: of its definition in `definitions`.
        sqlite: its text for SQLite, with named parameters (`:name`).

    """

    name: str
    sqlite: str


class Link(Protocol):
    """One connection; used by one thread at a time. Errors are the driver's or SQLAlchemy's."""

    def begin(self, *, reading: bool) -> None:
        """Begin a transaction where there is none.

        On a file a writer takes the lock at once: what it reads first is then still true when it
        writes, and no upgrade of a reader can fail half-way. Readers see one state throughout and
        keep nobody waiting.
        """

    def rows(self, statement: Statement, values: Mapping[str, object]) -> Sequence[Any]:
        """Run a query and return all its rows, each a tuple of the columns in order."""

    def write(self, statement: Statement, rows: Sequence[Mapping[str, object]]) -> None:
        """Run once for each of `rows`; nothing happens when there are none."""

    def commit(self) -> None:
        """Make durable what was done; on return it survives a power cut."""

    def rollback(self) -> None:
        """Take back what was done since `begin`."""

    def close(self) -> None:
        """Take back what was not committed and give the connection back."""


class Database(Protocol):
    """Where a workspace is kept. Threads may share it."""

    @property
    def place(self) -> str:
        """Its path, or its address without the password."""

    def connect(self) -> Link:
        """Return a connection, a used one if there is one.

        Raises SatError `database-moved` where a file is no longer at its place.
        """

    def core(self, *, reading: bool) -> AbstractContextManager["Connection"]:
        """Return a connection of SQLAlchemy's with a transaction begun, as `Link.begin` does.

        For migrations, copies and full checks. What is not committed is taken back at the end.
        """

    def damage(self) -> str | None:
        """Look for damage of the file in a moment; say what there is."""

    def dispose(self) -> None:
        """Close all connections; one that is in use is closed when it is given back."""
