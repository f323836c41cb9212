"""What the use cases need of the outside: a clock, ids, a place to keep things.

Adapters implement these; nothing else of the use cases is known to them. All methods of one unit
of work happen in one transaction, which is rolled back unless `commit` was called.
"""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from sat_desktop.domain.assessment import Person
from sat_desktop.domain.history import Change, ChangeSet, Heads, Register, Revision
from sat_desktop.domain.questionnaire import Questionnaire


class Clock(Protocol):
    """Tells the time (UTC, aware)."""

    def __call__(self) -> datetime:
        """Return now."""


class NewId(Protocol):
    """Makes ids that no other writer makes."""

    def __call__(self) -> str:
        """Return a new id: 32 lower-case hexadecimal digits."""


class Editions(Protocol):
    """The questionnaire editions stored in the workspace; an edition is never changed."""

    def add(self, questionnaire: Questionnaire) -> None:
        """Store an edition; storing the same content again does nothing.

        Raises:
            SatError: `edition-differs` when this id and version is stored with another content.
        """

    def get(self, edition: str) -> Questionnaire:
        """Return the edition `ID@VERSION`; SatError `edition-unknown` if there is none."""

    def all(self) -> Sequence[str]:
        """Return the stored editions as `ID@VERSION`, in the order of storing."""


@dataclass(frozen=True, slots=True)
class AssessmentRow:
    """What never changes of an assessment; all else are registers (`domain.kinds.ASSESSMENT`)."""

    id: str
    created: datetime
    demo: bool = False


class Assessments(Protocol):
    """Assessments, and the names of their members, which can be erased."""

    def add(self, assessment: AssessmentRow) -> None:
        """Store a new assessment, of which nothing is said yet."""

    def get(self, assessment: str) -> AssessmentRow:
        """Return one; SatError `assessment-unknown` if there is none."""

    def all(self) -> Sequence[tuple[AssessmentRow, datetime]]:
        """Return all with the time of their last change, the last changed first."""

    def remove(self, assessment: str) -> None:
        """Delete one with everything that belongs to it."""

    def persons(self, assessment: str) -> Sequence[Person]:
        """Return the names that are known, in the order of adding."""

    def put_persons(self, assessment: str, persons: Iterable[Person]) -> None:
        """Add names; those that are there already stay as they are."""

    def erase(self, assessment: str, members: Iterable[str]) -> None:
        """Delete every name and contact of these members."""


class History(Protocol):
    """The revisions of one workspace."""

    def append(
        self,
        assessment: str,
        change_set: ChangeSet,
        revisions: Sequence[Revision],
        merged_by: str | None = None,
    ) -> None:
        """Append a change-set with its revisions; all or nothing.

        Appending what is there already does nothing (merge is a union). Until the end of the unit
        of work nobody else writes to the assessment, so that the order of the numbers that `since`
        goes by is the order of the commits.

        Args:
            merged_by: the change-set of the merge with which this one came; known here only.
        """

    def present(self, assessment: str) -> tuple[Heads, int]:
        """Return the present state, and the number of arrival of the last change-set in it.

        Raises:
            SatError: `revisions-altered` where rows were changed or lost outside of the program.
        """

    def particulars(self) -> Mapping[str, Heads]:
        """Return what is said of every assessment as a whole, by assessment."""

    def change_sets(self, assessment: str) -> Sequence[ChangeSet]:
        """Return all change-sets in the order of arrival."""

    def of_change_set(self, change_set: str) -> Sequence[Revision]:
        """Return the revisions of a change-set, of a merge those that came with it, in order."""

    def of_registers(
        self, assessment: str, registers: Iterable[Register]
    ) -> Mapping[Register, Sequence[Revision]]:
        """Return all revisions of some registers in the order of arrival."""

    def since(self, assessment: str, cursor: int) -> tuple[Sequence[Change], int]:
        """Return what arrived after a number of arrival, and the number of the last of it."""

    def all(self, assessment: str) -> Sequence[Change]:
        """Return every change-set with its revisions in the order of arrival."""


@dataclass(frozen=True, slots=True)
class GivenAnswer:
    """What a file says of one indicator; what is None it does not speak of.

    Attributes:
        where: the place in the file, for messages.
        met: criteria met, with `level` as a check if both are given.
        not_applicable: the reason.
    """

    where: str
    indicator: str
    level: int | None = None
    met: frozenset[str] | None = None
    not_applicable: str | None = None
    note: str | None = None


class UnitOfWork(AbstractContextManager["UnitOfWork"], Protocol):
    """One transaction over the workspace."""

    editions: Editions
    assessments: Assessments
    history: History

    def commit(self) -> None:
        """Make what was done durable; on return it survives a power cut."""


class Store(Protocol):
    """A workspace's database."""

    def begin(self) -> UnitOfWork:
        """Return a new unit of work, to be used in a `with` statement."""

    def quick_check(self) -> None:
        """Look for damage in a moment; SatError `database-damaged` if there is any."""

    def full_check(self) -> None:
        """Look at everything, references and stored values included."""

    def back_up(self, target: str) -> None:
        """Write a consistent copy of a database file to a path that does not exist yet."""

    def close(self) -> None:
        """Release the database."""


@dataclass(frozen=True, slots=True)
class Workspace:
    """What every use case is given: where things are kept, the time, new ids, and who writes.

    Attributes:
        writer: id of this user's settings; undo follows it.
    """

    store: Store
    clock: Clock
    new_id: NewId
    writer: str
