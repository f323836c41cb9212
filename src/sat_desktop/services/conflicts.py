"""Settling what two people said differently: by a person, for one side or for a third word."""

from sat_desktop.domain.history import PRESENCE, Change, Conflict, Item, Register, Revision
from sat_desktop.errors import SatError
from sat_desktop.services.changes import write
from sat_desktop.services.dossier import Dossier
from sat_desktop.services.ports import Workspace

LABEL = "settle"


def take_side(
    workspace: Workspace, dossier: Dossier, conflict: Conflict, side: Revision, member: str = ""
) -> Change:
    """Settle a conflict for one of its sides.

    Of an item that one side deleted, the deletion takes all that was written against it along, and
    any other side brings the whole item back: what was written meanwhile, and the rest as it was.

    Raises:
        SatError: `conflict-gone` where it was settled, or changed, meanwhile.
    """
    _require(dossier, conflict)
    if conflict.field != PRESENCE:
        said: dict[Register, object | None] = {side.register: side.value}
    elif side.value is None:
        said = dict.fromkeys(_registers(dossier, conflict.item))
    else:
        said = _brought_back(workspace, dossier, conflict.item)
    return write(workspace, dossier, LABEL, said, member, settling=True)


def settle(
    workspace: Workspace,
    dossier: Dossier,
    conflict: Conflict,
    value: object | None,
    member: str = "",
) -> Change:
    """Settle a conflict of one field with a third word.

    Raises:
        SatError: `conflict-gone`.
    """
    _require(dossier, conflict)
    register = Register(*conflict.item, conflict.field)
    return write(workspace, dossier, LABEL, {register: value}, member, settling=True)


def _require(dossier: Dossier, conflict: Conflict) -> None:
    """Refuse to settle what is not the conflict that the person saw."""
    if conflict not in dossier.conflicts:
        raise SatError("conflict-gone")


def _registers(dossier: Dossier, item: Item) -> list[Register]:
    return [Register(*item, field) for field in dossier.heads.fields(item)]


def _brought_back(
    workspace: Workspace, dossier: Dossier, item: Item
) -> dict[Register, object | None]:
    """Return what the registers of a deleted item say if it is to be there again."""
    fields = dossier.heads.fields(item)
    deletions = {r.change_set for r in fields[PRESENCE] if r.value is None}
    with workspace.store.begin() as work:
        histories = work.history.of_registers(dossier.row.id, _registers(dossier, item))
    said: dict[Register, object | None] = {}
    for field, heads in fields.items():
        register = Register(*item, field)
        live = [r.value for r in heads if r.value is not None]
        deleted = {p for r in heads if r.change_set in deletions for p in r.parents}
        before = [r.value for r in histories[register] if r.id in deleted]
        # What was written meanwhile, else what the deletion took away.
        if live or before:
            said[register] = (live or before)[-1]
    return said
