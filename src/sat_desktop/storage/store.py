"""An open workspace database: units of work, checks, back-up."""

from pathlib import Path
from types import TracebackType
from typing import Final

from sqlalchemy import Engine

from sat_desktop.domain.questionnaire import Questionnaire
from sat_desktop.errors import SatError
from sat_desktop.services.ports import Assessments, Editions, History, UnitOfWork
from sat_desktop.storage.assessments import SqlAssessments
from sat_desktop.storage.connecting import Location
from sat_desktop.storage.editions import SqlEditions
from sat_desktop.storage.history import SqlHistory
from sat_desktop.storage.transaction import Transaction


class SqlUnitOfWork:
    """The port `UnitOfWork`: rolled back unless committed."""

    __slots__ = ("_known", "_store", "_transaction", "assessments", "editions", "history")

    editions: Editions
    assessments: Assessments
    history: History

    def __init__(self, store: "SqlStore") -> None:
        self._store = store
        self._transaction: Transaction | None = None

    def __enter__(self) -> UnitOfWork:
        """Take a connection; the transaction begins with the first thing asked or written."""
        transaction = Transaction(self._store.engine, str(self._store.location))
        self.editions = SqlEditions(transaction, self._store.editions)
        self.assessments = SqlAssessments(transaction)
        self.history = SqlHistory(transaction)
        self._transaction = transaction
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Take back what was not committed."""
        if self._transaction is not None:
            self._transaction.close()
            self._transaction = None

    def commit(self) -> None:
        """Make what was done durable; on return it survives a power cut."""
        if self._transaction is None:
            raise RuntimeError("commit outside of the with statement")
        self._transaction.commit()


class SqlStore:
    """The port `Store`. Threads may share it; each begins units of work of its own.

    Attributes:
        location: where the database is.
        engine: connections to it; for this package only.
        editions: questionnaires read so far, which all units of work share.

    """

    def __init__(self, location: Location, engine: Engine) -> None:
        self.location: Final = location
        self.engine: Final = engine
        self.editions: Final[dict[str, Questionnaire]] = {}

    def begin(self) -> UnitOfWork:
        """Return a new unit of work, to be used in a `with` statement."""
        return SqlUnitOfWork(self)

    def quick_check(self) -> None:
        """Look for damage of the file in a moment, on a connection of its own."""
        from sat_desktop.storage.checking import check_quickly

        check_quickly(self)

    def full_check(self) -> None:
        """Look at everything: the file, references, and whether every stored value can be read."""
        from sat_desktop.storage.checking import check_fully

        check_fully(self)

    def back_up(self, target: str) -> None:
        """Write a consistent copy of a database file to a path that does not exist yet.

        Raises:
            SatError: `backup-server` for a database on a server, which has tools of its own;
                `file-exists`, `folder-read-only`, `disk-full`.

        """
        from sat_desktop.storage.backup import back_up_file

        if self.location.path is None:
            raise SatError("backup-server", path=str(self.location))
        back_up_file(self.location.path, Path(target).absolute())

    def close(self) -> None:
        """Release the database; the last to do so leaves a single file."""
        self.engine.dispose()
