"""The revisions: appended, never changed, their heads found by looking what nobody replaces."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Final

from sat_desktop.domain.history import Change, ChangeSet, Heads, Register, Revision
from sat_desktop.domain.kinds import ASSESSMENT
from sat_desktop.errors import SatError
from sat_desktop.formats.revisions import FORMAT, decode_value, encode_value
from sat_desktop.storage.present import read_present
from sat_desktop.storage.seal import Seal, digest_of
from sat_desktop.storage.statements import (
    ADD_CHANGE_SET,
    ADD_REVISION,
    CHANGE_SETS,
    DIGESTS_OF_CHANGE_SET,
    LATER_CHANGE_SETS,
    LATER_REVISIONS,
    PARTICULARS,
    RENEW_SEAL,
    REVISION_COLUMNS,
    REVISIONS,
    REVISIONS_OF_CHANGE_SET,
    REVISIONS_OF_REGISTER,
    SEAL,
)
from sat_desktop.storage.transaction import Transaction

_REGISTERS_AT_ONCE: Final = 200
"""From here on reading the whole assessment is quicker than asking register by register."""

_COLUMNS: Final = tuple(c.name for c in REVISION_COLUMNS)


def time_text(at: datetime) -> str:
    """Return a time as stored; one without a zone is a bug, as nobody could tell what it means."""
    if at.tzinfo is None:
        raise ValueError(at)
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def time_of(text: str) -> datetime:
    """Return the time that a stored text means."""
    return datetime.fromisoformat(text)


class SqlHistory:
    """The port `History`."""

    __slots__ = ("_transaction",)

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def append(
        self,
        assessment: str,
        change_set: ChangeSet,
        revisions: Sequence[Revision],
        merged_by: str | None = None,
    ) -> None:
        """Append a change-set with its revisions; what is there already stays as it is."""
        if any(r.change_set != change_set.id for r in revisions):
            raise ValueError(change_set.id)
        # By id: the seal would count one twice that stands twice in here.
        rows = {r.id: _row(assessment, r) for r in revisions}
        found = self._transaction.rows(SEAL, {"assessment": assessment}, writing=True)
        if not found:
            raise SatError("assessment-unknown", id=assessment)
        is_new = self._transaction.write(
            ADD_CHANGE_SET,
            {
                "id": change_set.id,
                "assessment": assessment,
                "writer": change_set.writer,
                "member": change_set.member,
                "at": time_text(change_set.at),
                "label": change_set.label,
                "undoes": change_set.undoes,
                "merged_by": merged_by,
            },
        )
        before = set() if is_new == 1 else self._digests(change_set.id)
        added = {str(row["digest"]) for row in rows.values()}
        if self._transaction.write(ADD_REVISION, *rows.values()) != len(rows):
            # Some were there already, under this change-set or another.
            added = self._digests(change_set.id) - before
        if added:
            seal = Seal(*found[0]).with_digests(added)
            values = {"assessment": assessment, "number": seal.number, "sum": seal.sum}
            self._transaction.write(RENEW_SEAL, values)

    def present(self, assessment: str) -> tuple[Heads, int]:
        """Return the present state, and the number of arrival of the last change-set in it.

        Raises:
            SatError: `revisions-altered` (path, count); what reading a value raises.

        """
        return read_present(self._transaction, assessment)

    def particulars(self) -> Mapping[str, Heads]:
        """Return what is said of every assessment as a whole, by assessment."""
        found: defaultdict[str, Heads] = defaultdict(Heads)
        rows = self._transaction.rows(PARTICULARS, {"kind": ASSESSMENT.name})
        for row, revision in zip(rows, _read(rows), strict=True):
            found[row[1]].take_in([revision])
        return found

    def change_sets(self, assessment: str) -> Sequence[ChangeSet]:
        """Return all change-sets in the order of arrival."""
        rows = self._transaction.rows(CHANGE_SETS, {"assessment": assessment})
        return [_change_set(row) for row in rows]

    def of_change_set(self, change_set: str) -> Sequence[Revision]:
        """Return the revisions of a change-set, of a merge those that came with it, in order."""
        return _read(self._transaction.rows(REVISIONS_OF_CHANGE_SET, {"change_set": change_set}))

    def of_registers(
        self, assessment: str, registers: Iterable[Register]
    ) -> Mapping[Register, Sequence[Revision]]:
        """Return all revisions of some registers in the order of arrival."""
        wanted: dict[Register, list[Revision]] = {register: [] for register in registers}
        if len(wanted) > _REGISTERS_AT_ONCE:
            rows = self._transaction.rows(REVISIONS, {"assessment": assessment})
            for revision in _read(r for r in rows if Register(*r[3:7]) in wanted):
                wanted[revision.register].append(revision)
            return wanted
        for register in wanted:
            values = {"assessment": assessment, **register._asdict()}
            wanted[register] = _read(self._transaction.rows(REVISIONS_OF_REGISTER, values))
        return wanted

    def since(self, assessment: str, cursor: int) -> tuple[Sequence[Change], int]:
        """Return what arrived after a number of arrival, and the number of the last of it."""
        of = {"assessment": assessment, "cursor": cursor}
        sets = self._transaction.rows(LATER_CHANGE_SETS, of)
        if not sets:
            return [], cursor
        revisions = _read(self._transaction.rows(LATER_REVISIONS, of))
        return _changes(sets, revisions), sets[-1][0]

    def all(self, assessment: str) -> Sequence[Change]:
        """Return every change-set with its revisions in the order of arrival."""
        return self.since(assessment, 0)[0]

    def _digests(self, change_set: str) -> set[str]:
        """Return the digests of what is there of a change-set."""
        rows = self._transaction.rows(DIGESTS_OF_CHANGE_SET, {"change_set": change_set})
        return {digest for (digest,) in rows}


def _change_set(row: Any) -> ChangeSet:
    _, identifier, writer, member, at, label, undoes = row
    return ChangeSet(identifier, writer, member, time_of(at), label, undoes)


def _changes(sets: Iterable[Any], revisions: Iterable[Revision]) -> list[Change]:
    of_set: defaultdict[str, list[Revision]] = defaultdict(list)
    for revision in revisions:
        of_set[revision.change_set].append(revision)
    made = (_change_set(row) for row in sets)
    return [Change(change_set, tuple(of_set[change_set.id])) for change_set in made]


def _row(assessment: str, r: Revision) -> dict[str, object]:
    parents = " ".join(r.parents)
    if len(parents.split()) != len(r.parents):
        raise ValueError(r.parents)
    columns: tuple[object, ...] = (
        r.id,
        assessment,
        r.change_set,
        *r.register,
        parents,
        r.member,
        time_text(r.at),
        None if r.value is None else encode_value(r.register, r.value).decode(),
        FORMAT,
    )
    try:
        return dict(zip(_COLUMNS, columns, strict=True)) | {"digest": digest_of(columns)}
    except UnicodeEncodeError as error:
        raise SatError("value-unstorable") from error


def _read(rows: Iterable[Any]) -> list[Revision]:
    """Make the records of rows.

    Raises:
        SatError: `revision-newer`, `revision-unreadable`, `revision-kind-unknown`.

    """
    made = []
    for name, _, change, kind, scope, key, field, parents, member, at, stored, form, _ in rows:
        register = Register(kind, scope, key, field)
        value = None if stored is None else decode_value(register, stored, form)
        made.append(
            Revision(name, register, tuple(parents.split()), change, member, time_of(at), value)
        )
    return made
