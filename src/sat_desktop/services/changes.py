"""The one way by which an assessment changes: append revisions in one transaction; undo, redo.

Every other use case that changes answers, aims or the plan comes through `record`.
"""

from collections.abc import Mapping
from typing import Final

from sat_desktop.domain.answers import (
    UNANSWERED,
    Change,
    ChangeSet,
    Item,
    ItemKind,
    Revision,
    take_back,
    undo_and_redo,
)
from sat_desktop.domain.gaps import NO_AIM
from sat_desktop.errors import SatError
from sat_desktop.services.dossier import Dossier, edition_in_use
from sat_desktop.services.ports import Workspace

SILENCE: Final[Mapping[ItemKind, object]] = {
    ItemKind.ANSWER: UNANSWERED,
    ItemKind.AIM: NO_AIM,
}
"""What it means that nothing was written about an item, or that it was deleted."""


def record(
    workspace: Workspace,
    dossier: Dossier,
    label: str,
    values: Mapping[Item, object | None],
    member: str = "",
) -> Change:
    """Write new values of items as one change-set; return the change, durable.

    Values that say nothing new are left out; if nothing is left, nothing is written. The parents
    are the heads that the dossier shows, so that what somebody else wrote meanwhile becomes a
    visible conflict and is never overwritten unseen.

    Args:
        values: the new value of each item, None to delete it.
        member: who did it; the default member if empty.
    """
    author = member or dossier.members[0].id
    change_set = ChangeSet(workspace.new_id(), author, workspace.clock(), label)
    revisions = []
    for item, value in values.items():
        heads = dossier.heads.get(item, ())
        settled = len(heads) < 2
        if settled and _said(item, value) == _said(item, heads[0].value if heads else None):
            continue
        parents = tuple(r.id for r in heads)
        revisions.append(
            Revision(workspace.new_id(), item, parents, change_set.id, author, change_set.at, value)
        )
    return _append(workspace, dossier, Change(change_set, tuple(revisions)))


def _said(item: Item, value: object | None) -> object | None:
    """Return a value, or what silence about the item means: an untouched note is no change."""
    return SILENCE.get(item.kind) if value is None else value


def undo(workspace: Workspace, dossier: Dossier, member: str = "") -> Change:
    """Take back the member's last change; return what that wrote, under the label of that change."""
    return _reverse(workspace, dossier, member or dossier.members[0].id, redo=False)


def redo(workspace: Workspace, dossier: Dossier, member: str = "") -> Change:
    """Bring back what was undone last; return what that wrote, under the label of that change."""
    return _reverse(workspace, dossier, member or dossier.members[0].id, redo=True)


def available(
    workspace: Workspace, dossier: Dossier, member: str = ""
) -> tuple[str | None, str | None]:
    """Return the labels of what undo and redo would do now, None where there is nothing."""
    changes = _changes(workspace, dossier)
    by_id = {c.id: c for c in changes}
    targets = undo_and_redo(changes, member or dossier.members[0].id)
    first, second = (_original(by_id, t).label if t is not None else None for t in targets)
    return first, second


def _changes(workspace: Workspace, dossier: Dossier) -> list[ChangeSet]:
    """Return the change-sets so far; read once, since the dossier follows what is written here."""
    if dossier.changes is None:
        with workspace.store.begin() as work:
            dossier.changes = list(work.history.change_sets(dossier.assessment.id))
    return dossier.changes


def _original(by_id: Mapping[str, ChangeSet], identifier: str) -> ChangeSet:
    """Follow undoings of undoings to the change that a person made."""
    change = by_id[identifier]
    while change.undoes is not None:
        change = by_id[change.undoes]
    return change


def _reverse(workspace: Workspace, dossier: Dossier, author: str, *, redo: bool) -> Change:
    changes = _changes(workspace, dossier)
    target = undo_and_redo(changes, author)[redo]
    if target is None:
        nothing = ChangeSet(workspace.new_id(), author, workspace.clock(), "")
        return Change(nothing, ())
    with workspace.store.begin() as work:
        written = work.history.of_change_set(target)
        earlier = work.history.revisions({p for r in written for p in r.parents})
        heads = work.history.heads_of(dossier.assessment.id, {r.item for r in written})
    original = _original({c.id: c for c in changes}, target)
    change_set = ChangeSet(
        workspace.new_id(), author, workspace.clock(), original.label, undoes=target
    )

    def write(item: Item, parents: tuple[str, ...], value: object | None) -> Revision:
        return Revision(
            workspace.new_id(), item, parents, change_set.id, author, change_set.at, value
        )

    restored = take_back(written, earlier, heads, write)
    return _append(workspace, dossier, Change(change_set, restored))


def _append(workspace: Workspace, dossier: Dossier, change: Change) -> Change:
    if not change:
        return change
    with workspace.store.begin() as work:
        work.history.append(dossier.assessment.id, change.change_set, change.revisions)
        work.commit()
    dossier.apply(change)
    if change.touches(ItemKind.EDITION):
        with workspace.store.begin() as work:
            stored = work.assessments.get(dossier.assessment.id)
            dossier.use_edition(work.editions.get(edition_in_use(stored, dossier.heads)))
    if dossier.changes is not None:
        dossier.changes.append(change.change_set)
    return change


def require_item(dossier: Dossier, item: Item) -> object:
    """Return the present value of an item that must exist; SatError `item-gone` otherwise."""
    value = dossier.value(item)
    if value is None:
        raise SatError("item-gone", id=item.key)
    return value
