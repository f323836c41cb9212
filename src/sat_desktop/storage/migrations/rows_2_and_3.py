"""The rows of an assessment in schema 2 and in schema 3, as the way from one to the other has them.

Frozen, as all of a migration: the program's own tables and records go on changing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple


class OldAssessment(NamedTuple):
    """A row of `assessment` in schema 2."""

    id: str
    edition: str
    unit_name: str
    unit_kind: str
    unit_teryt: str
    unit_population: int | None
    period: str
    language: str
    created: str
    demo: bool


class OldMember(NamedTuple):
    """A row of `member` in schema 2."""

    id: str
    name: str
    contact: str
    department: str
    role: str
    dimensions: str


class OldResponse(NamedTuple):
    """A row of `response` in schema 2; without a member it is the agreed one."""

    id: str
    member: str | None


class OldChangeSet(NamedTuple):
    """A row of `change_set` in schema 2."""

    id: str
    member: str
    at: str
    label: str
    undoes: str | None


class OldRevision(NamedTuple):
    """A row of `revision` in schema 2."""

    id: str
    change_set: str
    kind: str
    scope: str
    key: str
    parents: str
    member: str
    at: str
    value: str | None


@dataclass(frozen=True)
class OldRows:
    """All rows of one assessment in schema 2, each sequence in the order of writing."""

    assessment: OldAssessment
    members: Sequence[OldMember]
    responses: Sequence[OldResponse]
    change_sets: Sequence[OldChangeSet]
    revisions: Sequence[OldRevision]


class NewPerson(NamedTuple):
    """A row of `person` in schema 3."""

    assessment: str
    id: str
    member: str
    name: str
    contact: str


class NewChangeSet(NamedTuple):
    """A row of `change_set` in schema 3."""

    id: str
    assessment: str
    writer: str
    member: str
    at: str
    label: str
    undoes: str | None
    merged_by: str | None


class NewRevision(NamedTuple):
    """A row of `revision` in schema 3; the digest is over all that stands before it."""

    id: str
    assessment: str
    change_set: str
    kind: str
    scope: str
    key: str
    field: str
    parents: str
    member: str
    at: str
    value: str | None
    format: int
    digest: str


@dataclass(frozen=True)
class NewRows:
    """All rows of one assessment in schema 3, each sequence in the order of writing."""

    id: str
    created: str
    demo: bool
    people: Sequence[NewPerson]
    change_sets: Sequence[NewChangeSet]
    revisions: Sequence[NewRevision]

    @property
    def digest(self) -> str:
        """The XOR of the revisions' digests: a missing row is seen, whatever the order."""
        united = 0
        for revision in self.revisions:
            united ^= int(revision.digest, 16)
        return f"{united:064x}"
