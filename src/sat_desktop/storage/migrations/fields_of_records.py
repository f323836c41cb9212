"""What one record of schema 2 says, field by field: the table that the way to schema 3 goes by.

Schema 2 stored an item's value as one JSON object, every attribute written out. Schema 3 stores
each field by itself, and nothing where the field has its default. An attribute becomes a field of
its own name, with two exceptions: what only makes sense together is one field with a JSON array
(`groups`), and every entry of a list is a field of its own, `attribute/ENTRY_ID` (`lists`).

Everything here is frozen: the program's own records may change, what schema 2 wrote will not.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

Fields = dict[str, str]
"""Name of a field: its value as JSON; a field that says nothing is left out."""


@dataclass(frozen=True)
class _Kind:
    """The attributes of one kind of record.

    Attributes:
        defaults: every attribute that is no list of entries, and what it is when nothing is said.
        groups: field: the attributes that it holds together, in the order of its array.
        lists: list of entries: the attributes of an entry with their defaults, in stored order.
        presence: whether a register tells that the item is there, as it can be removed.
    """

    defaults: Mapping[str, Any]
    groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    lists: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    presence: bool = False


_EVIDENCE: Final = {"title": "", "kind": "reference", "reference": "", "valid_until": ""}
_COST: Final = {"year": None, "source": None, "grosze": None}
_MEASURE: Final[Mapping[str, Any]] = {
    "name": "",
    "unit": "",
    "baseline": None,
    "baseline_year": None,
    "planned": [],
    "source": "own",
}

_KINDS: Final = {
    "assessment": _Kind(
        dict.fromkeys(
            ("name", "kind", "teryt", "population", "period", "language", "edition"), None
        )
    ),
    "member": _Kind(
        {"name": None, "department": "", "role": "", "dimensions": []},
        presence=True,
    ),
    "answer": _Kind(
        {
            "state": "unanswered",
            "met": [],
            "reason": "",
            "note": "",
            "confidence": None,
            "to_discuss": False,
        },
        groups={"rating": ("state", "met", "reason")},
        lists={"evidence": _EVIDENCE},
    ),
    "aim": _Kind({"wanted": None, "importance": 2, "effort": 2}),
    "plan": _Kind(
        {
            "first_year": None,
            "last_year": None,
            "title": "",
            "version": "",
            "case_number": "",
            "date": "",
            "author": "",
            "approver": "",
        },
        groups={"years": ("first_year", "last_year")},
        lists={"sources": {"name": ""}},
    ),
    "chapter": _Kind({"blocks": []}),
    "goal": _Kind(
        {"title": "", "description": "", "group": None, "position": 0},
        lists={"measures": _MEASURE},
        presence=True,
    ),
    "action": _Kind(
        {"goal": None, "title": "", "description": "", "position": 0},
        groups={"place": ("goal", "position")},
        presence=True,
    ),
    "undertaking": _Kind(
        {
            "action": None,
            "title": "",
            "description": "",
            "reason": "",
            "responsible": "",
            "partners": "",
            "start": "",
            "end": "",
            "status": "planned",
            "closes": [],
            "position": 0,
        },
        groups={"span": ("start", "end"), "place": ("action", "position")},
        lists={"costs": _COST, "measures": _MEASURE},
        presence=True,
    ),
    "risk": _Kind(
        {
            "text": "",
            "likelihood": 2,
            "impact": 2,
            "response": "",
            "undertaking": None,
            "position": 0,
        },
        presence=True,
    ),
}

_SETS: Final = frozenset({"met", "closes"})
"""Attributes whose order means nothing: written sorted."""


_encoder: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def canonical(value: Any) -> str:
    """Return the one JSON text of a value that ids and digests are made of."""
    return _encoder.encode(value)


def derived_id(*parts: str) -> str:
    """Return an id that everybody makes alike who means the same."""
    return hashlib.sha256(canonical(parts).encode()).hexdigest()[:32]


def fields_of(kind: str, scope: str, key: str, record: Mapping[str, Any]) -> Fields:
    """Return what a record says in each field.

    Args:
        kind: kind of the item, `scope` and `key`: as schema 3 names it.
        scope: see `kind`.
        key: see `kind`.
        record: the stored object; a missing attribute has its default.

    Raises:
        KeyError: there is no such kind.

    """
    known = _KINDS[kind]
    found = {name: record.get(name, default) for name, default in known.defaults.items()}
    found |= {name: sorted(found[name]) for name in _SETS & found.keys()}
    defaults: dict[str, Any] = dict(known.defaults)
    for group, attributes in known.groups.items():
        found[group] = [found.pop(name) for name in attributes]
        defaults[group] = [defaults[name] for name in attributes]
    fields = {"presence": "true"} if known.presence else {}
    fields |= {n: canonical(value) for n, value in found.items() if value != defaults[n]}
    for attribute, entry in known.lists.items():
        for identity, value in _entries(kind, scope, key, entry, record.get(attribute, ())):
            fields[f"{attribute}/{identity}"] = value
    return fields


def _entries(
    kind: str, scope: str, key: str, entry: Mapping[str, Any], listed: Any
) -> Iterator[tuple[str, str]]:
    """Yield id and value of the entries of a list.

    Schema 2 gave entries no ids, but for a plan's sources of money. So an entry is known again by
    what it says; of several that say the same, the first is the first.
    """
    alike: dict[str, int] = {}
    for position, stored in enumerate(listed):
        content = {name: stored.get(name, default) for name, default in entry.items()}
        text = canonical(content)
        ordinal = alike.get(text, 0)
        alike[text] = ordinal + 1
        made = derived_id("entry", kind, key, scope, text, str(ordinal))
        yield stored.get("id", made), canonical({**content, "position": position})
