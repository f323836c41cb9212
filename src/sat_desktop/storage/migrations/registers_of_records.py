"""Whole records of schema 2 become registers of schema 3: rows in, rows out, nothing else.

In schema 2 a revision held the whole record of an item: who changed a note wrote the level once
more. In schema 3 a revision holds one field, so one old revision becomes several new ones, one for
each field in which it differs from the revisions that it replaced.

The ids of all that is made here follow from what schema 2 had. Two computers with copies of one
workspace may have gone apart before either was migrated, and each is migrated by itself; what they
had in common is still the same afterwards, and merging the two gives what migrating the merged
would have given. That holds because what becomes of a revision follows from the revision and its
ancestors alone, and those are the same wherever the revision is.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from graphlib import TopologicalSorter
from hashlib import sha256
from typing import Final, NamedTuple

from sat_desktop.storage.migrations.fields_of_records import (
    Fields,
    canonical,
    derived_id,
    fields_of,
)
from sat_desktop.storage.migrations.rows_2_and_3 import (
    NewChangeSet,
    NewPerson,
    NewRevision,
    NewRows,
    OldRevision,
    OldRows,
)

FORMAT: Final = 2
"""Number of the form of all values made here."""


class _NewItem(NamedTuple):
    kind: str
    scope: str
    key: str


_PARTICULARS: Final = _NewItem("assessment", "", "")


class _Origin(NamedTuple):
    """Where revisions come from: what they have in common in their rows."""

    change_set: str
    member: str
    at: str


def migrated(old: OldRows) -> NewRows:
    """Return the rows of schema 3 for those of schema 2.

    Raises:
        ValueError: a stored value is no JSON object of a known kind; the message names the row.

    """
    assessment = old.assessment
    making = _Making(assessment.id)
    setup = _set_up(making, old)
    scopes = {
        response.id: derived_id("response", assessment.id, response.member or "")
        for response in old.responses
    }
    by_id = {revision.id: revision for revision in old.revisions}
    for revision in _parents_first(by_id):
        item, fields = _read(revision, scopes, assessment.edition)
        making.take_over(revision, item, fields)
    change_sets = [
        setup,
        *(
            NewChangeSet(c.id, assessment.id, "", c.member, c.at, c.label, c.undoes, None)
            for c in old.change_sets
        ),
    ]
    place = {change_set.id: number for number, change_set in enumerate(change_sets)}
    return NewRows(
        id=assessment.id,
        created=assessment.created,
        demo=assessment.demo,
        people=[
            NewPerson(assessment.id, name_token(m.id), m.id, m.name, m.contact) for m in old.members
        ],
        change_sets=change_sets,
        revisions=sorted(making.revisions.values(), key=lambda r: place[r.change_set]),
    )


def name_token(member: str) -> str:
    """Return what stands for a member's name in a revision: the name itself must be erasable."""
    return derived_id("name", member)


def _set_up(making: "_Making", old: OldRows) -> NewChangeSet:
    """Write what schema 2 kept in rows without history: the particulars and the team.

    Copies of one assessment may differ in them, and nobody knows which was later. So the value is
    part of the id: what is the same on both sides stays one, what differs is seen as a conflict.
    """
    a = old.assessment
    first = old.members[0].id if old.members else ""
    setup = derived_id("setup", a.id)
    origin = _Origin(setup, first, a.created)
    particulars = {
        "name": a.unit_name,
        "kind": a.unit_kind,
        "teryt": a.unit_teryt,
        "population": a.unit_population,
        "period": a.period,
        "language": a.language,
        "edition": a.edition,
    }
    team = {
        member.id: {
            "name": name_token(member.id),
            "department": member.department,
            "role": member.role,
            "dimensions": json.loads(member.dimensions),
        }
        for member in old.members
    }
    for item, record in (
        (_PARTICULARS, particulars),
        *((_NewItem("member", "", member), record) for member, record in team.items()),
    ):
        for field, value in fields_of(*item, record).items():
            identity = derived_id("revision", setup, item.kind, item.key, field, value)
            making.write(identity, origin, item, field, (), value)
            if field == "edition":
                making.begin_with_edition(identity, value)
    return NewChangeSet(setup, a.id, "", first, a.created, "setup", None, None)


def _read(
    revision: OldRevision, scopes: Mapping[str, str], edition: str
) -> tuple[_NewItem, Fields]:
    """Return what an old revision is of, as schema 3 names it, and what it says in each field."""
    try:
        record = None if revision.value is None else json.loads(revision.value)
        if revision.kind == "edition":
            # A kind of its own in schema 2. Without a value it meant the edition of the beginning.
            return _PARTICULARS, fields_of(*_PARTICULARS, record or {"edition": edition})
        scope = scopes.get(revision.scope, revision.scope)
        item = _NewItem(revision.kind, scope, revision.key)
        return item, {} if record is None else fields_of(*item, record)
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        raise ValueError(f"revision {revision.id}, kind {revision.kind}: {error!r}") from error


def _parents_first(by_id: Mapping[str, OldRevision]) -> Iterator[OldRevision]:
    """Yield the revisions in their order, but none before its parents; what is missing is passed."""
    graph = {r.id: [p for p in r.parents.split() if p in by_id] for r in by_id.values()}
    return (by_id[identity] for identity in TopologicalSorter(graph).static_order())


class _Standing(NamedTuple):
    """What has become of one old revision.

    Attributes:
        fields: what it said.
        tips: field: the new revisions that stand for it there. They say what it said; beside that
            may stand what differs, and what nobody is known to have decided against.
    """

    fields: Fields
    tips: dict[str, tuple[str, ...]]


class _Making:
    """The registers' revisions so far, and what stands for each old one.

    Attributes:
        revisions: by id.
    """

    def __init__(self, assessment: str) -> None:
        self.revisions: dict[str, NewRevision] = {}
        self._assessment = assessment
        self._standing: dict[str, _Standing] = {}
        self._first_edition: list[_Standing] = []

    def begin_with_edition(self, identity: str, value: str) -> None:
        """Let the first change of the edition replace what was said when all was set up."""
        self._first_edition = [_Standing({"edition": value}, {"edition": (identity,)})]

    def take_over(self, old: OldRevision, item: _NewItem, fields: Fields) -> None:
        """Write the fields in which an old revision differs from those that it replaced."""
        origin = _Origin(old.change_set, old.member, old.at)
        parents = [self._standing[p] for p in old.parents.split() if p in self._standing]
        if item == _PARTICULARS:
            parents = parents or self._first_edition
        tips: dict[str, tuple[str, ...]] = {}
        for field in dict.fromkeys((*fields, *(f for parent in parents for f in parent.tips))):
            value = fields.get(field)
            seen = self._latest(tip for parent in parents for tip in parent.tips.get(field, ()))
            if self._is_new(field, value, parents, seen):
                replaced = self._replaced(value, seen)
                identity = derived_id("revision", old.id, field)
                self.write(identity, origin, item, field, replaced, value)
                tips[field] = (identity, *(tip for tip in seen if tip not in replaced))
            else:
                tips[field] = seen
        self._standing[old.id] = _Standing(fields, tips)

    def _is_new(
        self, field: str, value: str | None, parents: Sequence[_Standing], seen: Sequence[str]
    ) -> bool:
        """Tell whether an old revision says something of a field that was not said before it."""
        if len(parents) == 1:
            return value != parents[0].fields.get(field)
        # A change of another field left this one as all had it, each in its own record.
        said = {self.revisions[tip].value for tip in seen} or {None}
        return said != {value}

    def _replaced(self, value: str | None, seen: tuple[str, ...]) -> tuple[str, ...]:
        """Return the revisions that a new one replaces, of those that were to be seen before it.

        A third value settles all of them. One that some of them have only confirms these. The
        others stay: schema 2 let a note written over two levels hide one of them, so nobody knows
        whether they were decided against or never seen.
        """
        return tuple(tip for tip in seen if self.revisions[tip].value == value) or seen

    def write(
        self,
        identity: str,
        origin: _Origin,
        item: _NewItem,
        field: str,
        parents: tuple[str, ...],
        value: str | None,
    ) -> None:
        """Write one revision."""
        content = (
            identity,
            self._assessment,
            origin.change_set,
            *item,
            field,
            " ".join(parents),
            origin.member,
            origin.at,
            value,
            FORMAT,
        )
        digest = sha256(canonical(content).encode()).hexdigest()
        self.revisions[identity] = NewRevision(*content, digest)

    def _latest(self, ids: Iterable[str]) -> tuple[str, ...]:
        """Return those of some revisions that none of the others replaces, directly or not."""
        found = tuple(dict.fromkeys(ids))
        if len(found) < 2:
            return found
        replaced: set[str] = set()
        waiting = list(found)
        while waiting:
            parents = self.revisions[waiting.pop()].parents.split()
            waiting += (p for p in parents if p not in replaced)
            replaced.update(parents)
        return tuple(identity for identity in found if identity not in replaced)
