"""Opening an assessment: one look at all of its revisions, of which only heads are kept.

Everything is looked at, so that what was altered or lost is said at once, and what a newer program
wrote. Most of an assessment are answers that nobody contests: what they say is read when the
response that they belong to is first asked for.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from functools import partial
from typing import Any

from sat_desktop.domain.history import PRESENCE, Group, Heads, Register, Revision
from sat_desktop.errors import SatError
from sat_desktop.formats.revisions import FORMAT, decode_value, require_known
from sat_desktop.storage.seal import Inspection, Seal
from sat_desktop.storage.statements import LAST_NUMBER, PRESENT_SEAL, REVISIONS_BACKWARDS
from sat_desktop.storage.transaction import Transaction, keeping_all

_Kept = tuple[str, str, str, str, str, str, str, str | None]
"""What is kept of a row: id, change-set, key, field, parents, member, at, value as stored. Kind and
scope are those of its group. A plain tuple, since there is no cheaper record."""

_Values = dict[tuple[str, str, str], object]
"""Values by kind, field and stored form: many say the same of the same things."""


class _Gathering:
    """Keeps what may be heads, by kind and scope."""

    def __init__(self) -> None:
        self.groups: defaultdict[Group, list[_Kept]] = defaultdict(list)
        self.replaced: set[str] = set()
        self._words: dict[str, str] = {}

    def take(self, rows: Sequence[tuple[Any, ...]]) -> None:
        """Take rows, the latest first, so that what replaces a revision is mostly known before it.

        Raises:
            SatError: `revision-newer`.

        """
        # Texts that stand in many rows are kept once.
        groups, replaced, same = self.groups, self.replaced, self._words.setdefault
        last, by, when = "", "", ""
        for name, _, change, kind, scope, key, field, parents, member, at, stored, form, _ in rows:
            if parents:
                replaced.update(parents.split())
            if name in replaced:
                continue
            if form != FORMAT:
                raise SatError("revision-newer", kind=kind, format=form)
            if change != last:
                last, by, when = change, same(member, member), at
            groups[kind, scope].append(
                (name, last, same(key, key), same(field, field), parents, by, when, stored)
            )

    def heads(self) -> Heads:
        """Return the present state.

        Raises:
            SatError: what reading a value raises that is not deferred; of those that are, what it
                raises where the register is unknown.

        """
        made, values = Heads(gone=self.replaced), _Values()
        for group, kept in self.groups.items():
            kept.reverse()
            make = partial(_revisions, group, kept, values)
            registers = {(key, field) for _, _, key, field, _, _, _, _ in kept}
            fields = {field for _, field in registers}
            for field in fields:
                require_known(group[0], field)
            if len(registers) == len(kept) and PRESENCE not in fields:
                made.defer(group, make)
            else:
                made.take_in(make())
        return made


def _revisions(group: Group, kept: Iterable[_Kept], values: _Values) -> list[Revision]:
    kind, scope = group
    made = []
    last, when = "", datetime.min.replace(tzinfo=UTC)
    for name, change, key, field, parents, member, at, stored in kept:
        if at != last:
            last, when = at, datetime.fromisoformat(at)
        register = Register(kind, scope, key, field)
        value = None
        if stored is not None:
            value = values.get((kind, field, stored))
            if value is None:
                value = values[kind, field, stored] = decode_value(register, stored)
        made.append(Revision(name, register, tuple(parents.split()), change, member, when, value))
    return made


def read_present(transaction: Transaction, assessment: str) -> tuple[Heads, int]:
    """Return the present state, and the number of arrival of the last change-set in it.

    Raises:
        SatError: `revisions-altered` (path, count); `revision-newer`, `revision-kind-unknown`;
            `revision-unreadable` where a register is unknown. Values themselves are as this or an
            older program wrote them, since their digests fit.

    """
    of = {"assessment": assessment}
    (number,) = transaction.rows(LAST_NUMBER, of)[0]
    inspection, gathering = Inspection(), _Gathering()
    with keeping_all():
        for rows in transaction.batches(REVISIONS_BACKWARDS, of):
            inspection.look_at(rows)
            if not inspection.altered:
                # Else nothing of it can be relied on, not even that it can be read.
                gathering.take(rows)
        seal = Seal(*transaction.rows(PRESENT_SEAL, of)[0])
        if inspection.altered or inspection.misses(seal):
            count = len(inspection.altered)
            raise SatError("revisions-altered", path=transaction.place, count=count)
        return gathering.heads(), number
