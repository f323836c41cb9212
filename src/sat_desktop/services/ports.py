"""What the use cases need of the outside: a clock, ids, a place to keep things.

Adapters implement these; nothing else of the use cases is known to them. All methods of one unit
of work happen in one transaction, which is rolled back unless `commit` was called.
"""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from sat_desktop.domain.answers import (
    Assessment,
    ChangeSet,
    Item,
    Member,
    Response,
    Revision,
)
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


class Assessments(Protocol):
    """Assessments with their members and responses."""

    def add(
        self, assessment: Assessment, members: Sequence[Member], responses: Sequence[Response]
    ) -> None:
        """Store a new assessment."""

    def get(self, assessment: str) -> Assessment:
        """Return one; SatError `assessment-unknown` if there is none."""

    def all(self) -> Sequence[tuple[Assessment, datetime]]:
        """Return all with the time of their last change, the last changed first."""

    def update(self, assessment: Assessment) -> None:
        """Replace the particulars (unit, period, language); the edition stays."""

    def remove(self, assessment: str) -> None:
        """Delete one with everything that belongs to it."""

    def members(self, assessment: str) -> Sequence[Member]:
        """Return the members in the order of adding."""

    def put_member(self, assessment: str, member: Member) -> None:
        """Add a member, or replace name, contact, department, role and dimensions."""

    def responses(self, assessment: str) -> Sequence[Response]:
        """Return the responses in the order of adding; exactly one is the agreed one."""

    def add_response(self, assessment: str, response: Response) -> None:
        """Add an individual response."""


class History(Protocol):
    """The revisions of one workspace."""

    def append(self, assessment: str, change_set: ChangeSet, revisions: Sequence[Revision]) -> None:
        """Append a change-set with its revisions; all or nothing.

        Appending a revision that is there already does nothing (merge is a union).
        """

    def heads(self, assessment: str) -> Mapping[Item, tuple[Revision, ...]]:
        """Return the heads of all items, each ordered by `precedence`; deleted ones included."""

    def heads_of(
        self, assessment: str, items: Iterable[Item]
    ) -> Mapping[Item, tuple[Revision, ...]]:
        """Return the heads of some items; items never written are left out."""

    def change_sets(self, assessment: str) -> Sequence[ChangeSet]:
        """Return all change-sets in the order of writing."""

    def of_change_set(self, change_set: str) -> Sequence[Revision]:
        """Return the revisions of one change-set in the order of writing."""

    def revisions(self, ids: Iterable[str]) -> Mapping[str, Revision]:
        """Return revisions by id; unknown ids are left out."""

    def of_item(self, assessment: str, item: Item) -> Sequence[Revision]:
        """Return all revisions of one item in the order of writing."""

    def all(self, assessment: str) -> Sequence[Revision]:
        """Return every revision of an assessment in the order of writing."""


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
    """What every use case is given: where things are kept, the time, new ids."""

    store: Store
    clock: Clock
    new_id: NewId
