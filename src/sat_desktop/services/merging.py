"""Uniting two copies of one assessment: what the other one has and this one lacks is taken over.

A merge is the union of revisions, so nothing is decided here: what two people said differently is a
conflict and waits for a person. What came is kept under the change-set of the merge, which is known
in this workspace only, so that one undo takes the whole merge back. What was imported stays in the
history even then, and merging the same again offers to redo it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sat_desktop.domain.assessment import Person
from sat_desktop.domain.history import Change, ChangeSet, Register, joined, undo_and_redo
from sat_desktop.domain.kinds import MEMBER
from sat_desktop.errors import SatError
from sat_desktop.services.changes import follow, known_changes, original
from sat_desktop.services.dossier import Dossier
from sat_desktop.services.ports import Workspace

LABEL = "merge"


@dataclass(frozen=True, slots=True)
class Copy:
    """What another copy of an assessment holds.

    Attributes:
        assessment: its id; two copies of one assessment have the same.
        changes: every change-set with its revisions, in the order of arrival there.
        persons: names of members, as far as they are known there.
    """

    assessment: str
    changes: tuple[Change, ...]
    persons: tuple[Person, ...] = ()


def copy_of(workspace: Workspace, assessment: str) -> Copy:
    """Return everything of an assessment, to be merged into another workspace."""
    with workspace.store.begin() as work:
        return Copy(
            assessment,
            tuple(work.history.all(assessment)),
            tuple(work.assessments.persons(assessment)),
        )


def merge_copy(workspace: Workspace, dossier: Dossier, copy: Copy, member: str = "") -> Change:
    """Take over what a copy has and this workspace lacks, as one change; return it, durable.

    It is empty where there is nothing new. Names of members whose names were erased, here or in the
    copy, are not brought back.

    Raises:
        SatError: `assessment-other` where the copy is of another assessment.
    """
    if copy.assessment != dossier.row.id:
        raise SatError("assessment-other", id=copy.assessment)
    known = {c.id for c in known_changes(workspace, dossier)}
    new = [change for change in copy.changes if change.change_set.id not in known]
    at = workspace.clock()
    author = member or dossier.members[0].id
    marker = ChangeSet(workspace.new_id(), workspace.writer, author, at, LABEL)
    if not new:
        return Change(marker, ())
    erased = _erased(workspace, dossier, new)
    with workspace.store.begin() as work:
        for change in new:
            work.history.append(dossier.row.id, change.change_set, change.revisions, marker.id)
        work.history.append(dossier.row.id, marker, ())
        kept = (p for p in copy.persons if p.member not in erased)
        work.assessments.put_persons(dossier.row.id, kept)
        work.assessments.erase(dossier.row.id, erased)
        work.commit()
    dossier.own.update(change.change_set.id for change in new)
    # The history has more in it now than the dossier was told of.
    dossier.changes = None
    merged = Change(marker, joined(new).revisions)
    return follow(workspace, dossier, merged)


def undone_merge(workspace: Workspace, dossier: Dossier, copy: Copy) -> ChangeSet | None:
    """Return the merge that brought a copy here and was undone by this writer last, if there is one.

    Then `changes.redo` brings it back.
    """
    changes = known_changes(workspace, dossier)
    redoable = undo_and_redo(changes, workspace.writer)[1]
    if redoable is None:
        return None
    undone = original({c.id: c for c in changes}, redoable)
    if undone.label != LABEL:
        return None
    with workspace.store.begin() as work:
        came = {r.change_set for r in work.history.of_change_set(undone.id)}
    return undone if came & {c.change_set.id for c in copy.changes} else None


def _erased(workspace: Workspace, dossier: Dossier, new: Sequence[Change]) -> set[str]:
    """Return the members whose names were ever erased on either side."""
    members = dossier.heads.keys(MEMBER.name)
    registers = [Register(*MEMBER.item(key), "erased") for key in members]
    with workspace.store.begin() as work:
        here = work.history.of_registers(dossier.row.id, registers)
    written = [r for change in new for r in change.revisions if r.register.field == "erased"]
    return {
        r.register.key
        for r in (*written, *(r for history in here.values() for r in history))
        if r.register.kind == MEMBER.name and r.value is True
    }
