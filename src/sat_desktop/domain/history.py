"""Registers and their revisions: heads, conflicts, merge.

Nothing is overwritten. What is revised is a register: one field of one item, cut so that two people
who change different registers never disagree. Every change appends revisions, and a revision names
those that it replaces. The heads of a register are the revisions that no other replaces; heads that
say different things are a conflict, and only a person settles it. Undo, history, merge and shared
work all read the same revisions, and a merge is nothing but the union of two sets of them.

Undoing is in `undoing`. This stage knows no kind of item (`kinds` does): values are whatever the
kinds make of them, and None means that nothing is said.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from typing import Final, NamedTuple

PRESENCE: Final = "presence"
"""The field that says whether an item is there (True) or was deleted (None)."""

_INSTANT: Final = timedelta(microseconds=1)


def derived_id(*parts: str) -> str:
    """Return an id that follows from what it stands for, so that two computers make the same.

    The first 32 hexadecimal digits of SHA-256 over the parts as a JSON array in UTF-8.
    """
    text = json.dumps(parts, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]


class Item(NamedTuple):
    """What an assessment is made of, named alike on every computer.

    Attributes:
        kind: name of its kind (`kinds.KINDS`).
        scope: the response of an answer, empty otherwise.
        key: indicator of an answer or aim, chapter of a text, an id of its own for most others;
            empty where there is one of its kind.
    """

    kind: str
    scope: str
    key: str


class Register(NamedTuple):
    """One field of one item.

    Attributes:
        field: a field of the kind, or `list/ENTRY` for one entry of a list.
    """

    kind: str
    scope: str
    key: str
    field: str

    @property
    def item(self) -> Item:
        """The item that it is a field of."""
        return Item(self.kind, self.scope, self.key)


class Revision(NamedTuple):
    """One state of one register, appended and never changed.

    A tuple, since an assessment that is opened makes them by the ten thousand and a frozen dataclass
    takes four times as long.

    Attributes:
        parents: ids of the revisions of the same register that this one replaces.
        value: what is said from now on, None for nothing.
        at: when it was written (UTC); it orders what is shown, never what is true.
    """

    id: str
    register: Register
    parents: tuple[str, ...]
    change_set: str
    member: str
    at: datetime
    value: object | None


@dataclass(frozen=True, slots=True)
class ChangeSet:
    """What a user did in one go; undone as one.

    Attributes:
        writer: id of the settings of the user who wrote it; undo follows the writer.
        member: the person in the team in whose name it was written.
        label: a code of what was done, worded at the edge.
        undoes: the change-set that this one takes back, None for an original change.
    """

    id: str
    writer: str
    member: str
    at: datetime
    label: str
    undoes: str | None = None


@dataclass(frozen=True)
class Change:
    """A change-set with its revisions: what every use case returns and every reader is told.

    Attributes:
        overtaken: of an undoing, the registers that were left alone because what it takes back
            does not stand there any more.
        former: what was shown of the registers before, where somebody followed the change.
    """

    change_set: ChangeSet
    revisions: tuple[Revision, ...]
    overtaken: tuple[Register, ...] = ()
    former: Mapping[Register, object | None] = field(
        default_factory=dict, compare=False, repr=False
    )

    def __bool__(self) -> bool:
        """Tell whether anything was written."""
        return bool(self.revisions)

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """The items touched, each once, in the order of writing."""
        return tuple(dict.fromkeys(r.register.item for r in self.revisions))

    def touches(
        self,
        kind: str | None = None,
        scope: str | None = None,
        key: str | None = None,
        field: str | None = None,
    ) -> bool:
        """Tell whether a register of this description was written to; None stands for any.

        `field` is the whole field, or the name of a list for any of its entries.
        """
        return any(
            (kind is None or r.register.kind == kind)
            and (scope is None or r.register.scope == scope)
            and (key is None or r.register.key == key)
            and (field is None or field in {r.register.field, r.register.field.partition("/")[0]})
            for r in self.revisions
        )


def joined(changes: Sequence[Change]) -> Change:
    """Return several changes as one, under the change-set of the last; there must be one."""
    revisions = tuple(r for change in changes for r in change.revisions)
    overtaken = tuple(r for change in changes for r in change.overtaken)
    # What the first of them found is what stood before all of them.
    former = {r: v for change in reversed(changes) for r, v in change.former.items()}
    return Change(changes[-1].change_set, revisions, overtaken, former)


def precedence(revision: Revision) -> tuple[datetime, str]:
    """Return the key by which concurrent heads are ordered; the last one is shown."""
    return revision.at, revision.id


def find_heads(revisions: Iterable[Revision]) -> dict[Register, tuple[Revision, ...]]:
    """Return for every register the revisions that no other replaces, in order of precedence."""
    by_id = {r.id: r for r in revisions}
    replaced = {parent for r in by_id.values() for parent in r.parents}
    heads: defaultdict[Register, list[Revision]] = defaultdict(list)
    for revision in by_id.values():
        if revision.id not in replaced:
            heads[revision.register].append(revision)
    return {register: tuple(sorted(found, key=precedence)) for register, found in heads.items()}


def disagree(heads: Sequence[Revision]) -> bool:
    """Tell whether heads of one register say different things."""
    return len(heads) > 1 and any(r.value != heads[0].value for r in heads)


def replaced_by_write(heads: Sequence[Revision]) -> tuple[str, ...]:
    """Return the ids that a new value replaces: the head shown, and those that say the same."""
    return tuple(r.id for r in heads if r.value == heads[-1].value)


def moment_after(heads: Iterable[Revision], now: datetime) -> datetime:
    """Return `now`, or the first moment after all these revisions where a clock was ahead."""
    return max([now, *(r.at + _INSTANT for r in heads)])


@dataclass(frozen=True, slots=True)
class Conflict:
    """What two people said differently of one item and nobody has settled.

    Attributes:
        field: the field; `PRESENCE` where one side deleted the item and the other goes on with it.
        sides: the heads in order of precedence, the last one shown until it is settled. Of a
            deletion: first the revisions that say so, then those that stand against it.
    """

    item: Item
    field: str
    sides: tuple[Revision, ...]


Fields = dict[str, tuple[Revision, ...]]
"""The heads of one item by field."""

Group = tuple[str, str]
"""A kind and a scope: of answers, one response."""


class Heads:
    """The present state of a history: the heads of every register, whatever order they come in."""

    def __init__(self, revisions: Iterable[Revision] = (), gone: Iterable[str] = ()) -> None:
        """Begin with a set of revisions.

        Args:
            revisions: of which none need be a head.
            gone: ids that revisions left out here name as their parents.
        """
        self._groups: dict[Group, dict[str, Fields]] = {}
        self._deferred: dict[Group, Callable[[], Iterable[Revision]]] = {}
        self._replaced = set(gone)
        self._open: set[Item] = set()
        self.take_in(revisions)

    def defer(self, group: Group, make: Callable[[], Iterable[Revision]]) -> None:
        """Take in the revisions of a kind and scope when they are first asked for.

        Args:
            group: of which nothing is known yet.
            make: returns exactly one revision, a head, for each register; none says whether an item
                is there. So nothing in the group is contested.
        """
        self._deferred[group] = make

    def take_in(self, revisions: Iterable[Revision]) -> None:
        """Unite the state with more revisions; those that are there already change nothing."""
        new = list(revisions)
        replaced = self._replaced
        for revision in new:
            replaced.update(revision.parents)
        contested = set(self._open)
        for revision in new:
            kind, scope, key, name = revision.register
            fields = self._group((kind, scope), add=True).setdefault(key, {})
            present = fields.get(name)
            if present or revision.id in replaced:
                united = {r.id: r for r in (*(present or ()), revision)}
                kept = (r for r in united.values() if r.id not in replaced)
                fields[name] = tuple(sorted(kept, key=precedence))
            else:
                fields[name] = (revision,)
            if len(fields[name]) > 1 or name == PRESENCE or PRESENCE in fields:
                contested.add(Item(kind, scope, key))
        self._open = {
            item
            for item in contested
            if next(_conflicts_of(item, self.fields(item)), None) is not None
        }

    def _group(self, group: Group, *, add: bool = False) -> dict[str, Fields]:
        """Return the heads of a kind and scope by key and field; made now if they were deferred."""
        make = self._deferred.get(group)
        if make is not None:
            items: dict[str, Fields] = {}
            for revision in make():
                _, _, key, name = revision.register
                items.setdefault(key, {})[name] = (revision,)
            # Where two threads come here at once, what the first one made is kept.
            self._groups.setdefault(group, items)
            self._deferred.pop(group, None)
        return self._groups.setdefault(group, {}) if add else self._groups.get(group, {})

    def fields(self, item: Item) -> Fields:
        """Return the heads of an item by field, each in order of precedence."""
        return self._group((item.kind, item.scope)).get(item.key, {})

    def keys(self, kind: str, scope: str = "") -> Iterable[str]:
        """Return the keys of all items of a kind that anything was ever said of."""
        return self._group((kind, scope)).keys()

    def scopes(self, kind: str) -> tuple[str, ...]:
        """Return the scopes in which anything was ever said of items of a kind."""
        groups = {**self._groups, **self._deferred}
        return tuple(scope for found, scope in groups if found == kind)

    def everything(self) -> dict[Register, tuple[Revision, ...]]:
        """Return the heads of every register."""
        for group in tuple(self._deferred):
            self._group(group)
        return {
            Register(kind, scope, key, field): heads
            for (kind, scope), items in self._groups.items()
            for key, fields in items.items()
            for field, heads in fields.items()
        }

    def of(self, register: Register) -> tuple[Revision, ...]:
        """Return the heads of a register, none if nothing was ever said."""
        kind, scope, key, field = register
        return self._group((kind, scope)).get(key, {}).get(field, ())

    def value(self, register: Register) -> object | None:
        """Return what is shown of a register, None for nothing."""
        heads = self.of(register)
        return heads[-1].value if heads else None

    def shown(self, item: Item) -> dict[str, object]:
        """Return what is shown of an item: by field the value of the last head, if it says any."""
        return {
            field: heads[-1].value
            for field, heads in self.fields(item).items()
            if heads and heads[-1].value is not None
        }

    def is_present(self, item: Item) -> bool:
        """Tell whether an item that is made and deleted is there.

        A deletion that somebody wrote against is a conflict; until it is settled, it counts.
        """
        heads = self.of(Register(*item, PRESENCE))
        return bool(heads) and heads[-1].value is not None

    @property
    def conflicts(self) -> tuple[Conflict, ...]:
        """All conflicts, in the order of items and fields."""
        return tuple(
            conflict
            for item in sorted(self._open)
            for conflict in _conflicts_of(item, self.fields(item))
        )


def _conflicts_of(item: Item, fields: Fields) -> Iterator[Conflict]:
    """Yield the conflicts of one item: its deletion first, then field by field.

    Where somebody deleted the item and somebody else wrote to it meanwhile, that is one conflict,
    whatever number of fields it shows in.
    """
    presence = fields.get(PRESENCE, ())
    gone = tuple(r for r in presence if r.value is None)
    live: tuple[Revision, ...] = ()
    if gone:
        live = tuple(
            sorted(
                (r for heads in fields.values() for r in heads if r.value is not None),
                key=precedence,
            )
        )
        if live:
            yield Conflict(item, PRESENCE, gone + live)
    for name, heads in sorted(fields.items()):
        if live and name == PRESENCE:
            continue
        said = tuple(r for r in heads if r.value is not None) if live else heads
        if disagree(said):
            yield Conflict(item, name, said)


def merge(*histories: Iterable[Revision]) -> dict[str, Revision]:
    """Unite histories: commutative, associative, idempotent, by revision id.

    A revision never changes, so an id means the same everywhere; should a damaged file say
    otherwise, what was there first stands.
    """
    united: dict[str, Revision] = {}
    for history in histories:
        for revision in history:
            united.setdefault(revision.id, revision)
    return united


def response_id(assessment: str, member: str | None) -> str:
    """Return the id of a member's response, or of the agreed one for None."""
    return derived_id("response", assessment, member or "")
