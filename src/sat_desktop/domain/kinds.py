"""The kinds of item that an assessment is made of: one entry each, and all else follows from it.

An entry names the record that is put together from an item's registers. Every attribute of the
record is a field of its own, so that two people who change different ones never disagree; what only
makes sense together is one field (`together`); and of a list whose entries have an `id` every entry
is a field by itself, named `list/ENTRY`. Storage, merge, undo and export read this table and know no
kind by name.
"""

import types
import typing
from collections.abc import Callable, Iterable, Mapping
from dataclasses import MISSING, dataclass, field, fields, is_dataclass, replace
from functools import cached_property
from operator import attrgetter
from typing import Any, Final, NamedTuple

from sat_desktop.domain.answers import Answer
from sat_desktop.domain.assessment import Membership, Particulars
from sat_desktop.domain.gaps import Aim
from sat_desktop.domain.history import PRESENCE, Item
from sat_desktop.domain.plan import Action, Chapter, Goal, Plan, Risk, Undertaking
from sat_desktop.domain.questionnaire import UnitKind

_NO_DEFAULT: Final = object()


class Placed(NamedTuple):
    """An entry of a list as a register holds it.

    Attributes:
        position: orders the list, ties by id; it has gaps where entries were removed.
        entry: the record, with its id.
    """

    position: int
    entry: Any


class Part(NamedTuple):
    """What one field holds.

    Attributes:
        attributes: of the record; several are held together as a tuple.
        types: their annotations.
        take: returns what it holds of a record.
        entry: of a list, the record of an entry; its fields are named `list/ENTRY`.
    """

    attributes: tuple[str, ...]
    types: tuple[Any, ...]
    take: Callable[[Any], Any]
    entry: type[Any] | None = None


@dataclass(frozen=True, eq=False)
class Kind:
    """One kind of item.

    Attributes:
        name: stored with every revision; never given to another kind.
        record: what is put together from the registers of an item; a frozen dataclass.
        together: attributes that only make sense together, by the name of their field.
        key: the attribute that holds the item's key, empty where the record has none.
        removable: whether items are made and deleted; they have a field `presence`.
        blank: what stands where nothing is said; needed where an attribute that is no text has no
            default.
        open_data: whether open data list its items in plain form, under the name of the kind. Those
            that have a section of their own there do not, nor does what tells of members.
    """

    name: str
    record: type[Any]
    together: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    key: str = ""
    removable: bool = False
    blank: Any = None
    open_data: bool = True

    def item(self, key: str = "", scope: str = "") -> Item:
        """Return the identity of an item of this kind."""
        return Item(self.name, scope, key)

    @cached_property
    def parts(self) -> Mapping[str, Part]:
        """What each field holds, lists under their own name; presence is not among them."""
        hints = typing.get_type_hints(self.record)
        grouped = {a for attributes in self.together.values() for a in attributes}
        found = {
            name: Part(attributes, tuple(hints[a] for a in attributes), attrgetter(*attributes))
            for name, attributes in self.together.items()
        }
        for f in fields(self.record):
            if f.name != self.key and f.name not in grouped:
                hint = hints[f.name]
                found[f.name] = Part((f.name,), (hint,), attrgetter(f.name), _entry_of(hint))
        return found

    def part(self, name: str) -> Part | None:
        """Return what a field holds, None where the kind has no such field."""
        attribute, slash, entry = name.partition("/")
        found = self.parts.get(attribute)
        if found is None or (found.entry is not None) != bool(slash and entry):
            return None
        return found

    @cached_property
    def _defaults(self) -> Mapping[str, object]:
        """What stands in each field, lists left out, where nothing is said."""
        hints = typing.get_type_hints(self.record)
        single: dict[str, object] = {}
        for f in fields(self.record):
            if f.default is not MISSING:
                single[f.name] = f.default
            elif hints[f.name] is str:
                single[f.name] = ""
        return {
            name: _NO_DEFAULT
            if any(a not in single for a in part.attributes)
            else part.take(types.SimpleNamespace(**single))
            for name, part in self.parts.items()
            if part.entry is None
        }

    def fields_of(
        self, record: Any, shown: Mapping[str, object] = types.MappingProxyType({})
    ) -> dict[str, object | None]:
        """Return what each field says if the item is to be `record`, None where nothing is said.

        Args:
            record: None to delete the item.
            shown: what the fields say now. Entries that are there keep their positions as far as
                the order allows, and those that are in the list no longer say None.
        """
        said: dict[str, object | None] = dict.fromkeys(shown)
        if record is None:
            return said
        if self.removable:
            said[PRESENCE] = True
        for name, part in self.parts.items():
            value = part.take(record)
            if part.entry is not None:
                said |= _entries(name, value, shown)
                continue
            said[name] = None if value == self._defaults[name] else value
        return said

    def changed(
        self, record: Any, before: Any, shown: Mapping[str, object]
    ) -> dict[str, object | None]:
        """Return what the fields say in which a record differs from one that somebody saw before.

        Entries that were taken away since are not brought back by what leaves them as they were.
        """
        now, was = self.fields_of(record, shown), self.fields_of(before, shown)
        return {
            name: value
            for name, value in now.items()
            if not _says_the_same(value, was.get(name), placed=name in shown)
        }

    def identified(
        self, record: Any, shown: Mapping[str, object], new_id: Callable[[], str]
    ) -> Any:
        """Return the record with an id for every entry of its lists.

        An entry without one that says the same as one that is there is that one.
        """
        changed: dict[str, object] = {}
        for name, part in self.parts.items():
            entries = getattr(record, name) if part.entry is not None else ()
            if all(entry.id for entry in entries):
                continue
            taken = {entry.id for entry in entries}
            free = [
                value.entry
                for field_, value in shown.items()
                if field_.startswith(f"{name}/") and isinstance(value, Placed)
            ]
            made = []
            for entry in entries:
                identifier = entry.id
                if not identifier:
                    same = next((e for e in free if e == entry and e.id not in taken), None)
                    identifier = same.id if same is not None else new_id()
                    taken.add(identifier)
                made.append(replace(entry, id=identifier))
            changed[name] = tuple(made)
        return replace(record, **changed) if changed else record

    def record_of(self, key: str, shown: Mapping[str, object], blank: Any = None) -> Any:
        """Put an item together from what its fields say, whatever they say together.

        Args:
            key: of the item.
            shown: by field; what is not there is as in `blank`.
            blank: instead of the kind's own.
        """
        values: dict[str, object] = {self.key: key} if self.key else {}
        lists: dict[str, list[tuple[int, str, object]]] = {}
        for name, value in shown.items():
            part = self.parts.get(name)
            if part is None:  # an entry of a list; or presence, or a field of a newer program
                attribute, _, entry = name.partition("/")
                if isinstance(value, Placed) and attribute in self.parts:
                    lists.setdefault(attribute, []).append((value.position, entry, value.entry))
            elif len(part.attributes) > 1:
                together: Any = value
                values |= zip(part.attributes, together, strict=True)
            else:
                values[name] = value
        for attribute, found in lists.items():
            values[attribute] = tuple(entry for _, _, entry in sorted(found, key=lambda e: e[:2]))
        blank = blank if blank is not None else self.blank
        if blank is not None:
            return replace(blank, **values)
        for name in self._texts_needed:
            values.setdefault(name, "")
        return self.record(**values)

    @cached_property
    def _texts_needed(self) -> tuple[str, ...]:
        """The attributes without a default: all of them are texts where there is no `blank`."""
        return tuple(f.name for f in fields(self.record) if f.default is MISSING)


def _entry_of(hint: Any) -> type[Any] | None:
    """Return the record of a list's entries where they have ids of their own."""
    arguments = typing.get_args(hint)
    if typing.get_origin(hint) is tuple and is_dataclass(arguments[0]):
        entry = typing.cast("type[Any]", arguments[0])
        if any(f.name == "id" for f in fields(entry)):
            return entry
    return None


def _says_the_same(value: object, before: object, *, placed: bool) -> bool:
    """Tell whether a field says the same; with `placed` an entry's place counts too."""
    if isinstance(value, Placed) and isinstance(before, Placed) and not placed:
        return bool(value.entry == before.entry)
    return value == before


def _entries(
    name: str, entries: Iterable[Any], shown: Mapping[str, object]
) -> dict[str, object | None]:
    said: dict[str, object | None] = {}
    last = -1
    for entry in entries:
        register = f"{name}/{entry.id}"
        if not entry.id or register in said:
            raise ValueError(f"entries of {name} need ids of their own")
        present = shown.get(register)
        kept = isinstance(present, Placed) and present.position > last
        last = typing.cast("Placed", present).position if kept else last + 1
        said[register] = Placed(last, entry)
    return said


ASSESSMENT: Final = Kind(
    "assessment",
    Particulars,
    blank=Particulars("", UnitKind.GMINA, "", None, "", "", ""),
    open_data=False,
)
MEMBER: Final = Kind("member", Membership, key="id", removable=True, open_data=False)
ANSWER: Final = Kind(
    "answer", Answer, together={"rating": ("state", "met", "reason")}, open_data=False
)
AIM: Final = Kind("aim", Aim, open_data=False)
PLAN: Final = Kind(
    "plan",
    Plan,
    together={"years": ("first_year", "last_year")},
    blank=Plan(2000, 2000),
    open_data=False,
)
CHAPTER: Final = Kind("chapter", Chapter, open_data=False)
GOAL: Final = Kind("goal", Goal, key="id", removable=True, open_data=False)
ACTION: Final = Kind(
    "action",
    Action,
    together={"place": ("goal", "position")},
    key="id",
    removable=True,
    open_data=False,
)
UNDERTAKING: Final = Kind(
    "undertaking",
    Undertaking,
    together={"span": ("start", "end"), "place": ("action", "position")},
    key="id",
    removable=True,
    open_data=False,
)
RISK: Final = Kind("risk", Risk, key="id", removable=True, open_data=False)

KINDS: Final[dict[str, Kind]] = {
    kind.name: kind
    for kind in (
        ASSESSMENT,
        MEMBER,
        ANSWER,
        AIM,
        PLAN,
        CHAPTER,
        GOAL,
        ACTION,
        UNDERTAKING,
        RISK,
    )
}
"""Every kind by its name: the one table that a new kind has to be added to."""

PLAN_KINDS: Final = frozenset(k.name for k in (PLAN, CHAPTER, GOAL, ACTION, UNDERTAKING, RISK))
"""Names of the kinds that a plan is put together from."""
