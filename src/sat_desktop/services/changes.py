"""The one way by which an assessment changes: a change is written, then everybody hears of it.

Every use case comes through `record` or `write`; undo and redo append too. What others wrote arrives
by `catch_up`, as changes of the same type, and goes the same way into the dossier.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sat_desktop.domain.assessment import Person
from sat_desktop.domain.history import (
    Change,
    ChangeSet,
    Item,
    Register,
    Revision,
    moment_after,
    replaced_by_write,
    take_back,
    undo_and_redo,
)
from sat_desktop.domain.kinds import ASSESSMENT, KINDS, MEMBER
from sat_desktop.errors import SatError
from sat_desktop.services.dossier import Dossier
from sat_desktop.services.ports import UnitOfWork, Workspace


def record(
    workspace: Workspace,
    dossier: Dossier,
    label: str,
    values: Mapping[Item, Any],
    member: str = "",
) -> Change:
    """Write new records of items as one change; return it, durable.

    Only the fields that say something new are written; if there are none, nothing is written.

    Args:
        values: the new record of each item, None to delete it.
        member: in whose name; the default member if empty.
    """
    said: dict[Register, object | None] = {}
    for item, value in values.items():
        shown = dossier.heads.shown(item)
        kind = KINDS[item.kind]
        made = None if value is None else kind.identified(value, shown, workspace.new_id)
        fields = kind.fields_of(made, shown)
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
    settling: bool = False,
    persons: Sequence[Person] = (),
    erased: Sequence[str] = (),
) -> Change:
    """Write what registers say from now on as one change; return it, durable.

    The parents are the heads that the dossier shows, so that what somebody else wrote meanwhile
    becomes a visible conflict and is never overwritten unseen.

    Args:
        settling: replace every head, also those that say something else.
        persons: names that the registers refer to.
        erased: members whose names and contacts are deleted with it.
    """
    heads = {register: dossier.heads.of(register) for register in said}
    change_set = _change_set(workspace, dossier, label, member, heads.values())
    revisions = tuple(
        Revision(
            workspace.new_id(),
            register,
            tuple(r.id for r in heads[register])
            if settling
            else replaced_by_write(heads[register]),
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
        work.assessments.put_persons(dossier.row.id, persons)
        work.assessments.erase(dossier.row.id, erased)
        work.commit()
    follow(workspace, dossier, change)
    return change


def undo(workspace: Workspace, dossier: Dossier) -> Change:
    """Take back this writer's last change; return what that wrote, under the label of that change.

    It is empty, with no `undoes`, where there is nothing to take back. Where others have changed
    the same since, their word stands, and the change returned names it (`overtaken`).
    """
    return _reverse(workspace, dossier, redo=False)


def redo(workspace: Workspace, dossier: Dossier) -> Change:
    """Bring back what was undone last; return what that wrote, as `undo` does."""
    return _reverse(workspace, dossier, redo=True)


def available(workspace: Workspace, dossier: Dossier) -> tuple[str | None, str | None]:
    """Return the labels of what undo and redo would do now, None where there is nothing."""
    changes = known_changes(workspace, dossier)
    by_id = {c.id: c for c in changes}
    targets = undo_and_redo(changes, workspace.writer)
    first, second = (original(by_id, t).label if t is not None else None for t in targets)
    return first, second


def catch_up(workspace: Workspace, dossier: Dossier) -> tuple[Change, ...]:
    """Take over what others wrote since, in the order of its arrival; return it."""
    with workspace.store.begin() as work:
        arrived, dossier.cursor = work.history.since(dossier.row.id, dossier.cursor)
    foreign = [change for change in arrived if change.change_set.id not in dossier.own]
    dossier.own -= {change.change_set.id for change in arrived}
    for change in foreign:
        follow(workspace, dossier, change, own=False)
    return tuple(foreign)


def append(work: UnitOfWork, dossier: Dossier, change: Change) -> None:
    """Put a change into the database, not yet committed."""
    work.history.append(dossier.row.id, change.change_set, change.revisions)


def follow(workspace: Workspace, dossier: Dossier, change: Change, *, own: bool = True) -> None:
    """Let the dossier take over a change that is committed, and what the change refers to."""
    if own:
        dossier.own.add(change.change_set.id)
    dossier.apply(change)
    if change.touches(ASSESSMENT.name, field="edition"):
        with workspace.store.begin() as work:
            dossier.use_edition(work.editions.get(dossier.particulars.edition))
    if change.touches(MEMBER.name):
        with workspace.store.begin() as work:
            dossier.use_persons(work.assessments.persons(dossier.row.id))


def known_changes(workspace: Workspace, dossier: Dossier) -> list[ChangeSet]:
    """Return the change-sets so far; read once, since the dossier follows what is written."""
    if dossier.changes is None:
        with workspace.store.begin() as work:
            dossier.changes = list(work.history.change_sets(dossier.row.id))
    return dossier.changes


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


def _reverse(workspace: Workspace, dossier: Dossier, *, redo: bool) -> Change:
    changes = known_changes(workspace, dossier)
    target = undo_and_redo(changes, workspace.writer)[redo]
    if target is None:
        return Change(_change_set(workspace, dossier, "", "", ()), ())
    with workspace.store.begin() as work:
        taken = work.history.of_change_set(target)
        histories = work.history.of_registers(dossier.row.id, {r.register for r in taken})
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

    undoes = {c.id: c.undoes for c in changes}
    change = Change(change_set, *take_back(taken, histories, undoes, revise))
    # Written even where all of it was overtaken: the next undo goes on with the change before.
    with workspace.store.begin() as work:
        append(work, dossier, change)
        work.commit()
    follow(workspace, dossier, change)
    return change
