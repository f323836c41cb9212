"""The ports of the use cases, kept in memory: a real store that forgets when it is dropped.

It keeps every promise of `services.ports`: a unit of work sees what it did itself, nobody else sees
it before `commit`, and without `commit` it is gone. Durability, damage and backups belong to the
adapter on disk and are tested there.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import count
from types import TracebackType
from typing import Self, TypeVar

from sat_desktop.domain.answers import (
    Assessment,
    ChangeSet,
    Item,
    Member,
    Response,
    Revision,
    find_heads,
)
from sat_desktop.domain.questionnaire import Questionnaire
from sat_desktop.errors import SatError
from sat_desktop.services.ports import Assessments, Editions, History, UnitOfWork, Workspace

T = TypeVar("T")


@dataclass
class Content:
    """Everything a workspace holds, in the order of writing."""

    editions: dict[str, Questionnaire] = field(default_factory=dict)
    assessments: dict[str, Assessment] = field(default_factory=dict)
    members: dict[str, dict[str, Member]] = field(default_factory=dict)
    responses: dict[str, dict[str, Response]] = field(default_factory=dict)
    change_sets: dict[str, dict[str, ChangeSet]] = field(default_factory=dict)
    revisions: dict[str, dict[str, Revision]] = field(default_factory=dict)

    def copy(self) -> "Content":
        """Return a copy that can be written to; the records themselves are frozen."""

        return Content(
            dict(self.editions),
            dict(self.assessments),
            _copied(self.members),
            _copied(self.responses),
            _copied(self.change_sets),
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

    def add(
        self, assessment: Assessment, members: Sequence[Member], responses: Sequence[Response]
    ) -> None:
        """Store a new assessment."""
        key = assessment.id
        if key in self._content.assessments:
            raise KeyError(key)
        self._content.assessments[key] = assessment
        self._content.members[key] = {m.id: m for m in members}
        self._content.responses[key] = {r.id: r for r in responses}
        self._content.change_sets[key] = {}
        self._content.revisions[key] = {}

    def get(self, assessment: str) -> Assessment:
        """Return one."""
        if assessment not in self._content.assessments:
            raise SatError("assessment-unknown", id=assessment)
        return self._content.assessments[assessment]

    def all(self) -> Sequence[tuple[Assessment, datetime]]:
        """Return all with the time of their last change, the last changed first."""
        newest_first = reversed(self._content.assessments.values())
        found = [(a, self._changed(a)) for a in newest_first]
        return sorted(found, key=lambda pair: pair[1], reverse=True)

    def update(self, assessment: Assessment) -> None:
        """Replace the particulars; the edition, the birth and the demo mark stay."""
        stored = self.get(assessment.id)
        self._content.assessments[assessment.id] = replace(
            stored, unit=assessment.unit, period=assessment.period, language=assessment.language
        )

    def remove(self, assessment: str) -> None:
        """Delete one with everything that belongs to it."""
        self.get(assessment)
        del self._content.assessments[assessment]
        del self._content.members[assessment]
        del self._content.responses[assessment]
        del self._content.change_sets[assessment]
        del self._content.revisions[assessment]

    def members(self, assessment: str) -> Sequence[Member]:
        """Return the members in the order of adding."""
        return tuple(self._content.members[assessment].values())

    def put_member(self, assessment: str, member: Member) -> None:
        """Add a member or replace one, who keeps the place."""
        self._content.members[assessment][member.id] = member

    def responses(self, assessment: str) -> Sequence[Response]:
        """Return the responses in the order of adding."""
        return tuple(self._content.responses[assessment].values())

    def add_response(self, assessment: str, response: Response) -> None:
        """Add an individual response; one that is there stays as it is."""
        self._content.responses[assessment].setdefault(response.id, response)

    def _changed(self, assessment: Assessment) -> datetime:
        changes = self._content.change_sets[assessment.id].values()
        return max((c.at for c in changes), default=assessment.created)


class MemoryHistory:
    """The port `History`."""

    def __init__(self, content: Content) -> None:
        self._content = content

    def append(self, assessment: str, change_set: ChangeSet, revisions: Sequence[Revision]) -> None:
        """Append a change-set with its revisions; what is there already stays as it is."""
        if any(r.change_set != change_set.id for r in revisions):
            raise ValueError(change_set.id)
        self._content.change_sets[assessment].setdefault(change_set.id, change_set)
        for revision in revisions:
            self._content.revisions[assessment].setdefault(revision.id, revision)

    def heads(self, assessment: str) -> Mapping[Item, tuple[Revision, ...]]:
        """Return the heads of all items, deleted ones included."""
        return find_heads(self.all(assessment))

    def heads_of(
        self, assessment: str, items: Iterable[Item]
    ) -> Mapping[Item, tuple[Revision, ...]]:
        """Return the heads of some items; items never written are left out."""
        heads = self.heads(assessment)
        return {item: heads[item] for item in items if item in heads}

    def change_sets(self, assessment: str) -> Sequence[ChangeSet]:
        """Return all change-sets in the order of writing."""
        return tuple(self._content.change_sets[assessment].values())

    def of_change_set(self, change_set: str) -> Sequence[Revision]:
        """Return the revisions of one change-set in the order of writing."""
        return [r for r in self._everything() if r.change_set == change_set]

    def revisions(self, ids: Iterable[str]) -> Mapping[str, Revision]:
        """Return revisions by id; unknown ids are left out."""
        wanted = set(ids)
        return {r.id: r for r in self._everything() if r.id in wanted}

    def of_item(self, assessment: str, item: Item) -> Sequence[Revision]:
        """Return all revisions of one item in the order of writing."""
        return [r for r in self.all(assessment) if r.item == item]

    def all(self, assessment: str) -> Sequence[Revision]:
        """Return every revision of an assessment in the order of writing."""
        return tuple(self._content.revisions[assessment].values())

    def _everything(self) -> Iterable[Revision]:
        return (r for table in self._content.revisions.values() for r in table.values())


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


def memory_workspace(store: MemoryStore | None = None) -> Workspace:
    """Return a desk over a new store; its ids are 32 digits, counted from 1."""
    numbers = count(1)
    return Workspace(store or MemoryStore(), TickingClock(), lambda: f"{next(numbers):032x}")
