"""The revisions: appended, never changed, their heads found by looking what nobody replaces."""

import gc
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any, Final, NoReturn

import msgspec

from sat_desktop.domain.answers import ChangeSet, Item, ItemKind, Revision, precedence
from sat_desktop.errors import SatError
from sat_desktop.formats.revisions import FORMAT, encode_value, unreadable, value_reader
from sat_desktop.storage.statements import (
    ADD_CHANGE_SET,
    ADD_REPLACED,
    ADD_REVISION,
    CHANGE_SETS,
    HEADS,
    HEADS_OF_ITEM,
    REVISIONS,
    REVISIONS_BY_ID,
    REVISIONS_OF_CHANGE_SET,
    REVISIONS_OF_ITEM,
)
from sat_desktop.storage.transaction import Transaction

_IDS_AT_ONCE: Final = 500
"""Ids in one query: older builds of SQLite take no more than 999 values."""

_KINDS: Final = {str(kind): kind for kind in ItemKind}


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

    def append(self, assessment: str, change_set: ChangeSet, revisions: Sequence[Revision]) -> None:
        """Append a change-set with its revisions; what is there already stays as it is."""
        values = [_row(assessment, r) for r in revisions]
        write = self._transaction.write
        write(
            ADD_CHANGE_SET,
            {
                "id": change_set.id,
                "assessment": assessment,
                "member": change_set.member,
                "at": time_text(change_set.at),
                "label": change_set.label,
                "undoes": change_set.undoes,
            },
        )
        write(ADD_REVISION, *values)
        parents = dict.fromkeys(p for r in revisions for p in r.parents)
        write(ADD_REPLACED, *({"assessment": assessment, "revision": p} for p in parents))

    def heads(self, assessment: str) -> Mapping[Item, tuple[Revision, ...]]:
        """Return the heads of all items, each ordered by `precedence`; deleted ones included."""
        with _keeping_all():
            return _grouped(_read(self._transaction.rows(HEADS, {"assessment": assessment})))

    def heads_of(
        self, assessment: str, items: Iterable[Item]
    ) -> Mapping[Item, tuple[Revision, ...]]:
        """Return the heads of some items; items never written are left out."""
        rows: list[Any] = []
        for item in dict.fromkeys(items):
            rows += self._transaction.rows(HEADS_OF_ITEM, _item_values(assessment, item))
        return _grouped(_read(rows))

    def change_sets(self, assessment: str) -> Sequence[ChangeSet]:
        """Return all change-sets in the order of writing."""
        rows = self._transaction.rows(CHANGE_SETS, {"assessment": assessment})
        return [ChangeSet(i, member, time_of(at), label, u) for i, member, at, label, u in rows]

    def of_change_set(self, change_set: str) -> Sequence[Revision]:
        """Return the revisions of one change-set in the order of writing."""
        return _read(self._transaction.rows(REVISIONS_OF_CHANGE_SET, {"change_set": change_set}))

    def revisions(self, ids: Iterable[str]) -> Mapping[str, Revision]:
        """Return revisions by id; unknown ids are left out."""
        wanted = list(dict.fromkeys(ids))
        rows: list[Any] = []
        for start in range(0, len(wanted), _IDS_AT_ONCE):
            some = wanted[start : start + _IDS_AT_ONCE]
            rows += self._transaction.rows(REVISIONS_BY_ID, {"ids": some})
        return {r.id: r for r in _read(rows)}

    def of_item(self, assessment: str, item: Item) -> Sequence[Revision]:
        """Return all revisions of one item in the order of writing."""
        return _read(self._transaction.rows(REVISIONS_OF_ITEM, _item_values(assessment, item)))

    def all(self, assessment: str) -> Sequence[Revision]:
        """Return every revision of an assessment in the order of writing."""
        with _keeping_all():
            return _read(self._transaction.rows(REVISIONS, {"assessment": assessment}))


def _item_values(assessment: str, item: Item) -> dict[str, object]:
    kind, scope, key = item
    return {"assessment": assessment, "kind": kind.value, "scope": scope, "key": key}


def _row(assessment: str, r: Revision) -> dict[str, object]:
    kind, scope, key = r.item
    parents = " ".join(r.parents)
    if len(parents.split()) != len(r.parents):
        raise ValueError(r.parents)
    return {
        "id": r.id,
        "assessment": assessment,
        "change_set": r.change_set,
        "kind": kind.value,
        "scope": scope,
        "key": key,
        "parents": parents,
        "member": r.member,
        "at": time_text(r.at),
        "value": None if r.value is None else encode_value(r.value).decode(),
        "format": FORMAT,
    }


@contextmanager
def _keeping_all() -> Iterator[None]:
    """Do not look for garbage meanwhile: an opening makes some 200,000 objects and drops none."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def _read(rows: Iterable[Any]) -> list[Revision]:
    """Make the records of rows.

    Raises:
        SatError: `revision-newer`, `revision-unreadable`, `revision-kind-unknown`.

    """
    # Many members say the same of the same thing: equal texts are read once.
    known: dict[tuple[str, str, int], object] = {}
    made = []
    for identifier, kind, scope, key, parents, change, member, at, stored, version in rows:
        if stored is None:
            value = None
        else:
            value = known.get((stored, kind, version))
            if value is None:
                value = known[stored, kind, version] = _value(kind, stored, version)
        made.append(
            Revision(
                identifier,
                Item(_KINDS[kind] if kind in _KINDS else _unknown(kind), scope, key),
                tuple(parents.split()) if parents else (),
                change,
                member,
                datetime.fromisoformat(at),
                value,
            )
        )
    return made


def _value(kind: str, stored: str, version: int) -> object:
    item_kind = _KINDS[kind] if kind in _KINDS else _unknown(kind)
    read = value_reader(item_kind, version)
    try:
        return read(stored)
    except (msgspec.MsgspecError, UnicodeError, SatError) as error:
        raise unreadable(item_kind, str(error)) from error


def _unknown(kind: str) -> NoReturn:
    raise SatError("revision-kind-unknown", kind=kind)


def _grouped(revisions: Iterable[Revision]) -> dict[Item, tuple[Revision, ...]]:
    heads: dict[Item, tuple[Revision, ...]] = {}
    for found in revisions:
        item = found.item
        others = heads.get(item)
        # One head is the rule; sorting is for conflicts.
        heads[item] = (
            (found,) if others is None else tuple(sorted((*others, found), key=precedence))
        )
    return heads
