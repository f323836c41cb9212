"""Uniting two copies of one assessment: what the other one has and this one lacks is taken over.

A merge is the union of revisions, so nothing is decided here: what two people said differently is a
conflict and waits for a person. What came is kept under the change-set of the merge, which is known
in this workspace only, so that one undo takes the whole merge back. What was imported stays in the
history even then, and merging the same again offers to redo it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sat_desktop.domain.assessment import Person
from sat_desktop.domain.history import Change, ChangeSet, Register, joined
from sat_desktop.domain.kinds import ASSESSMENT, MEMBER
from sat_desktop.domain.questionnaire import Questionnaire
from sat_desktop.errors import SatError
from sat_desktop.services.changes import (
    MERGE,
    ever_erased,
    follow,
    known_changes,
    original,
    reverse,
)
from sat_desktop.services.dossier import Dossier
from sat_desktop.services.ports import Workspace


@dataclass(frozen=True, slots=True)
class Copy:
    """What another copy of an assessment holds.

    Attributes:
        assessment: its id; two copies of one assessment have the same.
        changes: every change-set with its revisions, in the order of arrival there.
        persons: names of members, as far as they are known there.
        editions: of the questionnaire, every one that was ever in use.
    """

    assessment: str
    changes: tuple[Change, ...]
    persons: tuple[Person, ...] = ()
    editions: tuple[Questionnaire, ...] = ()


def copy_of(workspace: Workspace, assessment: str) -> Copy:
    """Return everything of an assessment, to be merged into another workspace."""
    with workspace.store.begin() as work:
        changes = tuple(work.history.all(assessment))
        return Copy(
            assessment,
            changes,
            tuple(work.assessments.persons(assessment)),
            tuple(work.editions.get(edition) for edition in _editions(changes)),
        )


def merge_copy(workspace: Workspace, dossier: Dossier, copy: Copy, member: str = "") -> Change:
    """Take over what a copy has and this workspace lacks, as one change; return it, durable.

    It is empty where there is nothing new. Names of members whose names were erased, here or in the
    copy, are not brought back.

    Raises:
        SatError: `assessment-other` where the copy is of another assessment; `edition-differs`
            where an edition is stored here with another content, `edition-unknown` where one is
            missing on both sides. Then nothing is changed.
    """
    if copy.assessment != dossier.row.id:
        raise SatError("assessment-other", id=copy.assessment)
    author = member or dossier.members[0].id
    marker = ChangeSet(workspace.new_id(), workspace.writer, author, workspace.clock(), MERGE)
    with workspace.store.begin() as work:
        known = {c.id for c in work.history.change_sets(dossier.row.id)}
        new = [change for change in copy.changes if change.change_set.id not in known]
        if not new:
            return Change(marker, ())
        for edition in copy.editions:
            work.editions.add(edition)
        for name in _editions(new):  # without its edition the assessment could not be opened
            work.editions.get(name)
        for change in new:
            work.history.append(dossier.row.id, change.change_set, change.revisions, marker.id)
        work.history.append(dossier.row.id, marker, ())
        members = {*dossier.heads.keys(MEMBER.name), *_keys(new, MEMBER.name)}
        erased = ever_erased(work, dossier, members)
        kept = (p for p in copy.persons if p.member not in erased)
        work.assessments.put_persons(dossier.row.id, kept)
        work.assessments.erase(dossier.row.id, erased)
        work.commit()
    dossier.own.update(change.change_set.id for change in new)
    # The history has more in it now than the dossier was told of.
    dossier.changes = None
    return follow(workspace, dossier, Change(marker, joined(new).revisions))


def undone_merge(workspace: Workspace, dossier: Dossier, copy: Copy) -> ChangeSet | None:
    """Return the last merge that brought anything of a copy here and was undone since, if any.

    Merging the copy again finds nothing new then; `redo_merge` brings back what came.
    """
    there = {change.change_set.id for change in copy.changes}
    for merged in reversed(_undoings_of_merges(workspace, dossier)):
        with workspace.store.begin() as work:
            came = {r.change_set for r in work.history.of_change_set(merged.id)}
        if came & there:
            return merged
    return None


def redo_merge(workspace: Workspace, dossier: Dossier, merged: ChangeSet) -> Change:
    """Bring back what came with a merge that was undone, whatever was written since.

    Raises:
        SatError: `merge-stands` where nobody has undone it, or somebody has brought it back.
    """
    undoing = _undoings_of_merges(workspace, dossier).get(merged)
    if undoing is None:
        raise SatError("merge-stands")
    return reverse(workspace, dossier, undoing)


def _undoings_of_merges(workspace: Workspace, dossier: Dossier) -> dict[ChangeSet, str]:
    """Return the merges that are undone, in the order of their undoing, with what undid each."""
    changes = known_changes(workspace, dossier)
    by_id = {c.id: c for c in changes}
    taken_back = {c.undoes for c in changes}
    undone: dict[ChangeSet, str] = {}
    for change in changes:
        if change.undoes is None or change.id in taken_back:
            continue
        first = original(by_id, change.id)
        if first.label == MERGE and _is_undoing(by_id, change):
            undone[first] = change.id
    return undone


def _is_undoing(by_id: Mapping[str, ChangeSet], change: ChangeSet) -> bool:
    """Tell an undoing from a redoing, which undoes an undoing."""
    undoing = False
    while change.undoes is not None:
        change, undoing = by_id[change.undoes], not undoing
    return undoing


def _editions(changes: Iterable[Change]) -> tuple[str, ...]:
    """Return the editions that were put to use."""
    register = Register(*ASSESSMENT.item(), "edition")
    found = (r.value for change in changes for r in change.revisions if r.register == register)
    return tuple(dict.fromkeys(str(value) for value in found if value is not None))


def _keys(changes: Iterable[Change], kind: str) -> set[str]:
    return {item.key for change in changes for item in change.items if item.kind == kind}
