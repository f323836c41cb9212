"""Rows of schema 2 for tests, and rows of schema 3 as a stranger to the program reads them."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final, Protocol

from sat_desktop.storage.migrations.fields_of_records import derived_id
from sat_desktop.storage.migrations.rows_2_and_3 import (
    OldAssessment,
    OldChangeSet,
    OldMember,
    OldResponse,
    OldRevision,
    OldRows,
)

Item = tuple[str, str, str]
Register = tuple[str, str, str, str]


class Row(Protocol):
    """A row of `revision`."""

    @property
    def id(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def scope(self) -> str: ...
    @property
    def key(self) -> str: ...
    @property
    def field(self) -> str: ...
    @property
    def parents(self) -> str: ...
    @property
    def at(self) -> str: ...
    @property
    def value(self) -> str | None: ...


def heads_of(rows: Iterable[Row]) -> dict[Register, list[Any]]:
    """Return what the heads of every register say, what is shown last; None for nothing."""
    listed = list(rows)
    replaced = {parent for r in listed for parent in r.parents.split()}
    heads = defaultdict(list)
    for r in sorted(listed, key=lambda r: (r.at, r.id)):
        if r.id not in replaced:
            value = None if r.value is None else json.loads(r.value)
            heads[r.kind, r.scope, r.key, r.field].append(value)
    return heads


def shown_in(heads: Mapping[Register, list[Any]]) -> dict[Item, dict[str, Any]]:
    """Return what is shown of every item, by field; what says nothing is left out."""
    shown: dict[Item, dict[str, Any]] = defaultdict(dict)
    for (kind, scope, key, field), values in heads.items():
        if values[-1] is not None:
            shown[kind, scope, key][field] = values[-1]
    return shown


_TEXTS: Final = ("title", "description", "reason", "responsible", "partners", "start", "end")
BLANK: Final[dict[str, dict[str, Any]]] = {
    "answer": {
        "state": "unanswered",
        "met": [],
        "reason": "",
        "note": "",
        "evidence": [],
        "confidence": None,
        "to_discuss": False,
    },
    "aim": {"wanted": None, "importance": 2, "effort": 2},
    "plan": dict.fromkeys(("title", "version", "case_number", "date", "author", "approver"), "")
    | {"sources": []},
    "chapter": {"blocks": []},
    "goal": {"title": "", "description": "", "group": None, "measures": [], "position": 0},
    "action": {"title": "", "description": ""},
    "undertaking": dict.fromkeys(_TEXTS, "")
    | {"status": "planned", "closes": [], "costs": [], "measures": []},
    "risk": {
        "text": "",
        "likelihood": 2,
        "impact": 2,
        "response": "",
        "undertaking": None,
        "position": 0,
    },
}
"""What a record says when nothing was said."""


def record_of(item: Item, said: Mapping[str, Any]) -> dict[str, Any]:
    """Put the record of schema 2 together from what the registers of an item say."""
    kind, _, key = item
    groups = {
        "rating": ("state", "met", "reason"),
        "span": ("start", "end"),
        "place": ("action" if kind == "undertaking" else "goal", "position"),
        "years": ("first_year", "last_year"),
    }
    record = dict(BLANK[kind])
    entries = []
    for field, value in said.items():
        attribute, mark, identity = field.partition("/")
        if mark:
            content = {name: part for name, part in value.items() if name != "position"}
            entries.append((attribute, value["position"], identity, content))
        elif field == "presence":
            record["id"] = key
        elif field in groups:
            record |= zip(groups[field], value, strict=True)
        else:
            record[field] = value
    for attribute, position, identity, content in sorted(entries, key=lambda e: e[:3]):
        listed = record[attribute] = [*record[attribute]]
        assert len(listed) == position
        listed.append({"id": identity, **content} if attribute == "sources" else content)
    return record


# Rows of schema 2

ASSESSMENT = OldAssessment(
    "a1", "q@1", "Łąki", "gmina", "0201011", 5_000, "2026", "pl", "2026-01-01T00:00:00", demo=False
)
MEMBERS = (
    OldMember("m1", "Żaneta", "zaneta@example.org", "", "", "[]"),
    OldMember("m2", "Łukasz", "", "Wydział", "rola", '["g1", "g2"]'),
)
RESPONSES = (OldResponse("agreed", None), OldResponse("own", "m2"))
AGREED = derived_id("response", "a1", "")
SCOPES = {"agreed": AGREED, "own": derived_id("response", "a1", "m2"), "": ""}


def rows(revisions: Sequence[OldRevision], **others: Any) -> OldRows:
    names = dict.fromkeys(r.change_set for r in revisions)
    change_sets = [OldChangeSet(name, "m1", "2026-01-02", "tick", None) for name in names]
    return replace(OldRows(ASSESSMENT, MEMBERS, RESPONSES, change_sets, revisions), **others)


def answer(**said: Any) -> dict[str, Any]:
    return {**BLANK["answer"], **said}


def undertaking(**said: Any) -> dict[str, Any]:
    return {**BLANK["undertaking"], "id": "u1", "action": "x", "position": 0, **said}


def cost(year: int) -> dict[str, Any]:
    return {"year": year, "source": "own", "grosze": 100}
