"""Settling what two people said differently: by a person, for one side or for a third word."""

from collections.abc import Mapping, Sequence
from typing import Final

from sat_desktop.domain.history import PRESENCE, Change, Conflict, Item, Register, Revision
from sat_desktop.domain.kinds import ASSESSMENT, KINDS, MEMBER, PLAN
from sat_desktop.errors import SatError
from sat_desktop.services.changes import write
from sat_desktop.services.dossier import Dossier
from sat_desktop.services.ports import Workspace

LABEL: Final = "settle"


def take_side(
    workspace: Workspace, dossier: Dossier, conflict: Conflict, side: Revision, member: str = ""
) -> Change:
    """Settle a conflict for one of its sides.

    Of an item that one side deleted, the deletion takes all that was written against it along, and
    any other side brings the whole item back: what was written meanwhile, and the rest as it was.
    What two people wrote differently of it meanwhile stays in conflict.

    Raises:
        SatError: `conflict-gone` where it was settled, or changed, meanwhile.
    """
    _require(dossier, conflict)
    if conflict.field != PRESENCE:
        return _settle(workspace, dossier, {side.register: side.value}, member)
    fields = dossier.heads.fields(conflict.item)
    if side.value is None:
        written = (f for f, heads in fields.items() if any(r.value is not None for r in heads))
        said = dict.fromkeys(Register(*conflict.item, field) for field in written)
        return _settle(workspace, dossier, said, member)
    said = _brought_back(workspace, dossier, conflict.item, side)
    parents = {
        register: tuple(
            r.id for r in fields[register.field] if r.value is None or r.value == said[register]
        )
        for register in said
    }
    return write(workspace, dossier, LABEL, said, member, parents=parents)


def settle(
    workspace: Workspace,
    dossier: Dossier,
    conflict: Conflict,
    value: object | None,
    member: str = "",
) -> Change:
    """Settle a conflict that `takes_third` with a third word, None for nothing.

    Raises:
        SatError: `conflict-gone`; what the record says of a value that it cannot have.
    """
    _require(dossier, conflict)
    if not takes_third(conflict):
        raise ValueError(conflict.field)
    kind = KINDS[conflict.item.kind]
    shown = dossier.heads.shown(conflict.item)
    said = {name: v for name, v in (shown | {conflict.field: value}).items() if v is not None}
    # By way of the record, so that what is its default is stored as nothing said.
    fields = kind.fields_of(kind.record_of(conflict.item.key, said), said)
    register = Register(*conflict.item, conflict.field)
    return _settle(workspace, dossier, {register: fields.get(conflict.field)}, member)


def takes_third(conflict: Conflict) -> bool:
    """Tell whether a third word may be written: not where it has to name something or be a day.

    Which edition is used, and under which name a member is known, is decided by taking a side.
    """
    kind, field = conflict.item.kind, conflict.field
    return (
        field != PRESENCE
        and kind not in {ASSESSMENT.name, MEMBER.name}
        and (kind, field) != (PLAN.name, "date")
    )


def _require(dossier: Dossier, conflict: Conflict) -> None:
    """Refuse to settle what is not the conflict that the person saw."""
    if conflict not in dossier.conflicts:
        raise SatError("conflict-gone")


def _settle(
    workspace: Workspace, dossier: Dossier, said: Mapping[Register, object | None], member: str
) -> Change:
    """Write what stands from now on in the place of every head."""
    parents = {register: _ids(dossier.heads.of(register)) for register in said}
    return write(workspace, dossier, LABEL, said, member, parents=parents)


def _ids(heads: Sequence[Revision]) -> tuple[str, ...]:
    return tuple(r.id for r in heads)


def _brought_back(
    workspace: Workspace, dossier: Dossier, item: Item, side: Revision
) -> dict[Register, object | None]:
    """Return what the registers of a deleted item have to say if it is to be there again."""
    fields = dossier.heads.fields(item)
    deletions = {r.change_set for r in fields[PRESENCE] if r.value is None}
    registers = [Register(*item, field) for field in fields]
    with workspace.store.begin() as work:
        histories = work.history.of_registers(dossier.row.id, registers)
    said: dict[Register, object | None] = {Register(*item, PRESENCE): True}
    for register in registers:
        heads = fields[register.field]
        if all(r.value is not None for r in heads):  # not deleted, or written since
            continue
        deleted = {p for r in heads if r.change_set in deletions for p in r.parents}
        # What was written meanwhile, else what the deletion took away.
        values = [r.value for r in histories[register] if r.id in deleted]
        values += [r.value for r in heads if r.value is not None]
        values += [side.value] if side.register == register else []
        if values:
            said[register] = values[-1]
    return said
