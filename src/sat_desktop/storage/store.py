"""An open workspace database: units of work, checks, back-up."""

from pathlib import Path
from types import TracebackType
from typing import Final

from sat_desktop.domain.questionnaire import Questionnaire
from sat_desktop.errors import SatError
from sat_desktop.services.ports import Assessments, Editions, History, UnitOfWork
from sat_desktop.storage.assessments import SqlAssessments
from sat_desktop.storage.backup import back_up_file
from sat_desktop.storage.checking import check_fully
from sat_desktop.storage.database import Database
from sat_desktop.storage.editions import SqlEditions
from sat_desktop.storage.failures import expected_failures
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
        transaction = Transaction(self._store.database)
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
        database: where the rows are; for this package only.
        path: of the file, None for a database on a server.
        editions: questionnaires read so far, which all units of work share.

    """

    def __init__(self, database: Database, path: Path | None) -> None:
        self.database: Final = database
        self.path: Final = path
        self.editions: Final[dict[str, Questionnaire]] = {}

    def begin(self) -> UnitOfWork:
        """Return a new unit of work, to be used in a `with` statement."""
        return SqlUnitOfWork(self)

    def quick_check(self) -> None:
        """Look for damage of the file in a moment; SatError `database-damaged` (path, reason)."""
        place = self.database.place
        with expected_failures(place), self.database.reading() as connection:
            damage = self.database.kind.damage(connection)
        if damage is not None:
            raise SatError("database-damaged", path=place, reason=damage)

    def full_check(self) -> None:
        """Look at everything: the file, references, and whether every stored value can be read."""
        check_fully(self.database)

    def back_up(self, target: str) -> None:
        """Write a consistent copy of a database file to a path that does not exist yet.

        Raises:
            SatError: `backup-server` for a database on a server, which has tools of its own;
                `file-exists`, `folder-read-only`, `disk-full`.

        """
        if self.path is None:
            raise SatError("backup-server", path=self.database.place)
        back_up_file(self.path, Path(target).absolute())

    def close(self) -> None:
        """Release the database; the last to do so leaves a single file."""
        self.database.dispose()
