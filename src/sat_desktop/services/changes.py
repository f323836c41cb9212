"""The one way by which an assessment changes: a change is written, then everybody hears of it.

Every use case comes through `record` or `write`; undo and redo append too. What others wrote arrives
by `catch_up`, as changes of the same type, and goes the same way into the dossier.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any, Final

from sat_desktop.domain.assessment import Person
from sat_desktop.domain.history import (
    Change,
    ChangeSet,
    Item,
    Register,
    Revision,
    moment_after,
    replaced_by_write,
)
from sat_desktop.domain.kinds import ASSESSMENT, KINDS, MEMBER
from sat_desktop.domain.undoing import take_back, undo_and_redo
from sat_desktop.errors import SatError
from sat_desktop.services.dossier import Dossier
from sat_desktop.services.ports import UnitOfWork, Workspace

MERGE: Final = "merge"
"""Label of a merge: a change-set without revisions, with which others came."""


def record(
    workspace: Workspace,
    dossier: Dossier,
    label: str,
    values: Mapping[Item, Any],
    member: str = "",
    *,
    before: Mapping[Item, Any] = MappingProxyType({}),
) -> Change:
    """Write new records of items as one change; return it, durable.

    Only the fields that say something new are written; if there are none, nothing is written.

    Args:
        values: the new record of each item, None to delete it.
        member: in whose name; the default member if empty.
        before: records that the user saw while changing them, where that was a while ago. Of these
            items only the fields are written in which they differ, so that what another changed
            meanwhile is not reverted.
    """
    said: dict[Register, object | None] = {}
    for item, value in values.items():
        shown = dossier.heads.shown(item)
        kind = KINDS[item.kind]
        made = None if value is None else kind.identified(value, shown, workspace.new_id)
        seen = before.get(item)
        if made is None or seen is None:
            fields = kind.fields_of(made, shown)
        else:
            seen = kind.identified(seen, shown, workspace.new_id)
            fields = kind.changed(made, seen, shown)
        said |= {
            Register(*item, name): new for name, new in fields.items() if new != shown.get(name)
        }
    return write(workspace, dossier, label, said, member)


def write(
    workspace: Workspace,
    dossier: Dossier,
    label: str,
    said: Mapping[Register, object | None],
    member: str = "",
    *,
    parents: Mapping[Register, tuple[str, ...]] = MappingProxyType({}),
    persons: Sequence[Person] = (),
    erased: Sequence[str] = (),
) -> Change:
    """Write what registers say from now on as one change; return it, durable.

    The parents are the heads that the dossier shows, so that what somebody else wrote meanwhile
    becomes a visible conflict and is never overwritten unseen.

    Args:
        parents: what is replaced instead, by register, where a conflict is settled.
        persons: names that the registers refer to.
        erased: members whose names and contacts are deleted with it.

    Raises:
        SatError: `member-erased` where the name of one of the persons was erased once.
    """
    heads = {register: dossier.heads.of(register) for register in said}
    change_set = _change_set(workspace, dossier, label, member, heads.values())
    revisions = tuple(
        Revision(
            workspace.new_id(),
            register,
            parents.get(register) or replaced_by_write(heads[register]),
            change_set.id,
            change_set.member,
            change_set.at,
            value,
        )
        for register, value in said.items()
    )
    change = Change(change_set, revisions)
    if not change:
        return change
    with workspace.store.begin() as work:
        # First, since this says so where somebody has removed the assessment meanwhile.
        append(work, dossier, change)
        # Asked behind the appending, since nobody else writes from there on.
        if persons and ever_erased(work, dossier, (p.member for p in persons)):
            raise SatError("member-erased")
        work.assessments.put_persons(dossier.row.id, persons)
        work.assessments.erase(dossier.row.id, erased)
        work.commit()
    return follow(workspace, dossier, change)


def undo(workspace: Workspace, dossier: Dossier) -> Change:
    """Take back this writer's last change; return what that wrote, under the label of that change.

    It is empty, with no `undoes`, where there is nothing to take back. Where others have changed
    the same since, their word stands, and the change returned names it (`overtaken`).
    """
    return _step(workspace, dossier, redo=False)


def redo(workspace: Workspace, dossier: Dossier) -> Change:
    """Bring back what was undone last; return what that wrote, as `undo` does."""
    return _step(workspace, dossier, redo=True)


def available(workspace: Workspace, dossier: Dossier) -> tuple[str | None, str | None]:
    """Return the labels of what undo and redo would do now, None where there is nothing."""
    changes = known_changes(workspace, dossier)
    by_id = {c.id: c for c in changes}
    targets = undo_and_redo(changes, workspace.writer)
    first, second = (original(by_id, t).label if t is not None else None for t in targets)
    return first, second


def catch_up(workspace: Workspace, dossier: Dossier) -> tuple[Change, ...]:
    """Take over what others wrote since, in the order of its arrival; return it."""
    return take_over(workspace, dossier, *look(workspace, dossier.row.id, dossier.cursor))


def look(workspace: Workspace, assessment: str, cursor: int) -> tuple[Sequence[Change], int]:
    """Return what arrived after a number of arrival, and the number of the last; in any thread."""
    with workspace.store.begin() as work:
        return work.history.since(assessment, cursor)


def take_over(
    workspace: Workspace, dossier: Dossier, arrived: Sequence[Change], cursor: int
) -> tuple[Change, ...]:
    """Let the dossier follow what `look` found; return what others wrote of it."""
    dossier.cursor = cursor
    foreign = [change for change in arrived if change.change_set.id not in dossier.own]
    dossier.own -= {change.change_set.id for change in arrived}
    if any(change.change_set.writer == workspace.writer for change in foreign):
        # This user's, from another window: undo goes by the order in which both arrived.
        dossier.changes = None
    return tuple(follow(workspace, dossier, change, own=False) for change in foreign)


def append(work: UnitOfWork, dossier: Dossier, change: Change) -> None:
    """Put a change into the database, not yet committed."""
    work.history.append(dossier.row.id, change.change_set, change.revisions)


def follow(workspace: Workspace, dossier: Dossier, change: Change, *, own: bool = True) -> Change:
    """Let the dossier take over a change that is committed, and what the change refers to.

    Returns it with what was shown before (`former`).
    """
    former = {r.register: dossier.heads.value(r.register) for r in change.revisions}
    if own:
        dossier.own.add(change.change_set.id)
    dossier.apply(change)
    kinds = {register.kind for register in former}
    if ASSESSMENT.name in kinds and change.touches(ASSESSMENT.name, field="edition"):
        with workspace.store.begin() as work:
            dossier.use_edition(work.editions.get(dossier.particulars.edition))
    if MEMBER.name in kinds:
        with workspace.store.begin() as work:
            dossier.use_persons(work.assessments.persons(dossier.row.id))
    return Change(change.change_set, change.revisions, change.overtaken, former)


def ever_erased(work: UnitOfWork, dossier: Dossier, members: Iterable[str]) -> set[str]:
    """Return those of these members whose names were erased at any time, undone since or not."""
    registers = [Register(*MEMBER.item(member), "erased") for member in members]
    found = work.history.of_registers(dossier.row.id, registers)
    return {g.key for g, revisions in found.items() if any(r.value is True for r in revisions)}


def known_changes(workspace: Workspace, dossier: Dossier) -> list[ChangeSet]:
    """Return the change-sets so far; read once, since the dossier follows what is written."""
    if dossier.changes is None:
        with workspace.store.begin() as work:
            dossier.changes = list(work.history.change_sets(dossier.row.id))
    return dossier.changes


def is_redo(workspace: Workspace, dossier: Dossier, change_set: ChangeSet) -> bool:
    """Tell whether a change-set brings back what another one took back."""
    by_id = {c.id: c for c in known_changes(workspace, dossier)}
    undone = by_id.get(change_set.undoes or "")
    return undone is not None and undone.undoes is not None


def require_item(dossier: Dossier, item: Item) -> Any:
    """Return the present record of an item that must exist; SatError `item-gone` otherwise."""
    value = dossier.value(item)
    if value is None:
        raise SatError("item-gone", id=item.key)
    return value


def _change_set(
    workspace: Workspace,
    dossier: Dossier,
    label: str,
    member: str,
    heads: Iterable[Sequence[Revision]],
) -> ChangeSet:
    """Return a new change-set, later than everything that it replaces."""
    at = moment_after((r for found in heads for r in found), workspace.clock())
    author = member or dossier.members[0].id
    return ChangeSet(workspace.new_id(), workspace.writer, author, at, label)


def original(by_id: Mapping[str, ChangeSet], identifier: str) -> ChangeSet:
    """Follow undoings of undoings to the change that a person made."""
    change = by_id[identifier]
    while change.undoes is not None:
        change = by_id[change.undoes]
    return change


def _step(workspace: Workspace, dossier: Dossier, *, redo: bool) -> Change:
    target = undo_and_redo(known_changes(workspace, dossier), workspace.writer)[redo]
    if target is None:
        return Change(_change_set(workspace, dossier, "", "", ()), ())
    return reverse(workspace, dossier, target)


def reverse(workspace: Workspace, dossier: Dossier, target: str) -> Change:
    """Take back a change-set, as one change; of an undoing, bring back what it took away."""
    changes = known_changes(workspace, dossier)
    with workspace.store.begin() as work:
        taken = work.history.of_change_set(target)
        histories = work.history.of_registers(dossier.row.id, {r.register for r in taken})
        undoes = _undoings(work, changes)
    first = original({c.id: c for c in changes}, target)
    change_set = replace(
        _change_set(workspace, dossier, first.label, first.member, histories.values()),
        undoes=target,
    )

    def revise(register: Register, parents: tuple[str, ...], value: object | None) -> Revision:
        return Revision(
            workspace.new_id(),
            register,
            parents,
            change_set.id,
            change_set.member,
            change_set.at,
            value,
        )

    change = Change(change_set, *take_back(taken, histories, undoes, revise))
    # Written even where all of it was overtaken: the next undo goes on with the change before.
    with workspace.store.begin() as work:
        append(work, dossier, change)
        work.commit()
    return follow(workspace, dossier, change)


def _undoings(work: UnitOfWork, changes: Sequence[ChangeSet]) -> dict[str, set[str]]:
    """Return for every undoing the change-sets it takes back: of a merge, all that came with it."""
    merges = {c.id for c in changes if c.label == MERGE}
    return {
        c.id: {c.undoes, *(r.change_set for r in work.history.of_change_set(c.undoes))}
        if c.undoes in merges
        else {c.undoes}
        for c in changes
        if c.undoes is not None
    }
