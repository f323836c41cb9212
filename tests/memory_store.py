"""The ports of the use cases, kept in memory: a real store that forgets when it is dropped.

It keeps every promise of `services.ports`: a unit of work sees what it did itself, nobody else sees
it before `commit`, and without `commit` it is gone. Durability, damage and backups belong to the
adapter on disk and are tested there.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from types import TracebackType
from typing import Self, TypeVar

from sat_desktop.domain.assessment import Person
from sat_desktop.domain.history import Change, ChangeSet, Heads, Register, Revision
from sat_desktop.domain.questionnaire import Questionnaire
from sat_desktop.errors import SatError
from sat_desktop.services.ports import (
    AssessmentRow,
    Assessments,
    Editions,
    History,
    UnitOfWork,
    Workspace,
)

T = TypeVar("T")


@dataclass
class Arrived:
    """A change-set as it arrived, with its number and the merge that it came with."""

    number: int
    change: Change
    merged_by: str | None


@dataclass
class Content:
    """Everything a workspace holds, in the order of arrival."""

    editions: dict[str, Questionnaire] = field(default_factory=dict)
    assessments: dict[str, AssessmentRow] = field(default_factory=dict)
    persons: dict[str, dict[str, Person]] = field(default_factory=dict)
    arrived: dict[str, dict[str, Arrived]] = field(default_factory=dict)
    revisions: dict[str, dict[str, Revision]] = field(default_factory=dict)

    def copy(self) -> "Content":
        """Return a copy that can be written to; the records themselves are frozen."""

        return Content(
            dict(self.editions),
            dict(self.assessments),
            _copied(self.persons),
            _copied(self.arrived),
            _copied(self.revisions),
        )


def _copied(tables: dict[str, dict[str, T]]) -> dict[str, dict[str, T]]:
    return {key: dict(rows) for key, rows in tables.items()}


class MemoryEditions:
    """The port `Editions`."""

    def __init__(self, content: Content) -> None:
        self._content = content

    def add(self, questionnaire: Questionnaire) -> None:
        """Store an edition; the same content again does nothing, another is refused."""
        stored = self._content.editions.setdefault(questionnaire.edition, questionnaire)
        if stored != questionnaire:
            raise SatError("edition-differs", edition=questionnaire.edition)

    def get(self, edition: str) -> Questionnaire:
        """Return the edition `ID@VERSION`."""
        if edition not in self._content.editions:
            raise SatError("edition-unknown", edition=edition)
        return self._content.editions[edition]

    def all(self) -> Sequence[str]:
        """Return the stored editions in the order of storing."""
        return tuple(self._content.editions)


class MemoryAssessments:
    """The port `Assessments`."""

    def __init__(self, content: Content) -> None:
        self._content = content

    def add(self, assessment: AssessmentRow) -> None:
        """Store a new assessment."""
        key = assessment.id
        if key in self._content.assessments:
            raise KeyError(key)
        self._content.assessments[key] = assessment
        self._content.persons[key] = {}
        self._content.arrived[key] = {}
        self._content.revisions[key] = {}

    def get(self, assessment: str) -> AssessmentRow:
        """Return one."""
        if assessment not in self._content.assessments:
            raise SatError("assessment-unknown", id=assessment)
        return self._content.assessments[assessment]

    def all(self) -> Sequence[tuple[AssessmentRow, datetime]]:
        """Return all with the time of their last change, the last changed first."""
        newest_first = reversed(self._content.assessments.values())
        found = [(a, self._changed(a)) for a in newest_first]
        return sorted(found, key=lambda pair: pair[1], reverse=True)

    def remove(self, assessment: str) -> None:
        """Delete one with everything that belongs to it."""
        self.get(assessment)
        del self._content.assessments[assessment]
        del self._content.persons[assessment]
        del self._content.arrived[assessment]
        del self._content.revisions[assessment]

    def persons(self, assessment: str) -> Sequence[Person]:
        """Return the names that are known."""
        return tuple(self._content.persons[assessment].values())

    def put_persons(self, assessment: str, persons: Iterable[Person]) -> None:
        """Add names; those that are there stay as they are."""
        for person in persons:
            self._content.persons[assessment].setdefault(person.id, person)

    def erase(self, assessment: str, members: Iterable[str]) -> None:
        """Delete every name of these members."""
        gone = set(members)
        known = self._content.persons[assessment]
        self._content.persons[assessment] = {i: p for i, p in known.items() if p.member not in gone}

    def _changed(self, assessment: AssessmentRow) -> datetime:
        arrived = self._content.arrived[assessment.id].values()
        return max((a.change.change_set.at for a in arrived), default=assessment.created)


class MemoryHistory:
    """The port `History`."""

    def __init__(self, content: Content) -> None:
        self._content = content

    def append(
        self,
        assessment: str,
        change_set: ChangeSet,
        revisions: Sequence[Revision],
        merged_by: str | None = None,
    ) -> None:
        """Append a change-set with its revisions; what is there already stays as it is."""
        if any(r.change_set != change_set.id for r in revisions):
            raise ValueError(change_set.id)
        arrived = self._content.arrived[assessment]
        number = len(arrived) + 1
        change = Change(change_set, tuple(revisions))
        arrived.setdefault(change_set.id, Arrived(number, change, merged_by))
        for revision in revisions:
            self._content.revisions[assessment].setdefault(revision.id, revision)

    def present(self, assessment: str) -> tuple[Heads, int]:
        """Return the present state and the number of the last change-set in it."""
        arrived = self._content.arrived[assessment]
        return Heads(self._content.revisions[assessment].values()), len(arrived)

    def particulars(self) -> Mapping[str, Heads]:
        """Return what is said of every assessment as a whole."""
        return {
            key: Heads(r for r in rows.values() if r.register.kind == "assessment")
            for key, rows in self._content.revisions.items()
        }

    def change_sets(self, assessment: str) -> Sequence[ChangeSet]:
        """Return all change-sets in the order of arrival."""
        return [a.change.change_set for a in self._content.arrived[assessment].values()]

    def of_change_set(self, change_set: str) -> Sequence[Revision]:
        """Return the revisions of a change-set and of those that came with it."""
        return [
            revision
            for table in self._content.arrived.values()
            for arrived in table.values()
            if change_set in {arrived.change.change_set.id, arrived.merged_by}
            for revision in arrived.change.revisions
        ]

    def of_registers(
        self, assessment: str, registers: Iterable[Register]
    ) -> Mapping[Register, Sequence[Revision]]:
        """Return all revisions of some registers."""
        rows = self._content.revisions[assessment].values()
        return {g: [r for r in rows if r.register == g] for g in set(registers)}

    def since(self, assessment: str, cursor: int) -> tuple[Sequence[Change], int]:
        """Return what arrived after a number of arrival."""
        arrived = self._content.arrived[assessment].values()
        return [a.change for a in arrived if a.number > cursor], len(arrived)

    def all(self, assessment: str) -> Sequence[Change]:
        """Return every change-set with its revisions."""
        return [a.change for a in self._content.arrived[assessment].values()]


class MemoryUnitOfWork:
    """The port `UnitOfWork`: works on a copy, which `commit` puts in the store's place."""

    editions: Editions
    assessments: Assessments
    history: History

    def __init__(self, store: "MemoryStore") -> None:
        self._store = store

    def __enter__(self) -> Self:
        """Take a copy of what is committed."""
        self._draft = self._store.content.copy()
        self.editions = MemoryEditions(self._draft)
        self.assessments = MemoryAssessments(self._draft)
        self.history = MemoryHistory(self._draft)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Forget what was not committed."""
        del self._draft, self.editions, self.assessments, self.history

    def commit(self) -> None:
        """Make what was done visible to others."""
        if self._store.failure is not None:
            raise self._store.failure
        self._store.content = self._draft.copy()
        self._store.commits += 1


class MemoryStore:
    """The port `Store`.

    Attributes:
        content: what is committed.
        commits: how often something was; a use case that changes nothing leaves it alone.
        failure: what a commit raises while it is set, as a full disk would.
    """

    def __init__(self) -> None:
        self.content = Content()
        self.commits = 0
        self.failure: SatError | None = None

    def begin(self) -> UnitOfWork:
        """Return a new unit of work."""
        return MemoryUnitOfWork(self)

    def quick_check(self) -> None:
        """Find nothing: memory is not damaged."""

    def full_check(self) -> None:
        """Find nothing: memory is not damaged."""

    def back_up(self, target: str) -> None:
        """Refuse: there is no file to copy."""
        raise SatError("backup-server", path=target)

    def close(self) -> None:
        """Release nothing."""


@dataclass
class TickingClock:
    """A clock that is a second later each time it is asked, so that order is order of time."""

    time: datetime = datetime(2026, 11, 21, 8, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        """Return a time that was not told before."""
        self.time += timedelta(seconds=1)
        return self.time


def memory_workspace(store: MemoryStore | None = None, writer: str = "writer") -> Workspace:
    """Return a workspace over a new store; its ids are 32 digits, counted from 1."""
    numbers = count(1)
    return Workspace(
        store or MemoryStore(), TickingClock(), lambda: f"{next(numbers):032x}", writer
    )
