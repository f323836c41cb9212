"""Histories of whole records become histories of registers, and nothing is lost on the way."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sat_desktop.storage.migrations.fields_of_records import derived_id, fields_of
from sat_desktop.storage.migrations.registers_of_records import migrated, name_token
from sat_desktop.storage.migrations.rows_2_and_3 import (
    OldAssessment,
    OldChangeSet,
    OldMember,
    OldResponse,
    OldRevision,
    OldRows,
    Revision,
    Rows,
)

ASSESSMENT = OldAssessment(
    "a1", "q@1", "Łąki", "gmina", "0201011", 5_000, "2026", "pl", "2026-01-01T00:00:00", demo=False
)
MEMBERS = (
    OldMember("m1", "Żaneta", "zaneta@example.org", "", "", "[]"),
    OldMember("m2", "Łukasz", "", "Wydział", "rola", '["g1", "g2"]'),
)
RESPONSES = (OldResponse("agreed", None), OldResponse("own", "m2"))
AGREED = derived_id("response", "a1", "")

Register = tuple[str, str, str, str]


def rows(revisions: Sequence[OldRevision], **others: Any) -> OldRows:
    names = dict.fromkeys(r.change_set for r in revisions)
    change_sets = [OldChangeSet(name, "m1", "2026-01-02", "tick", None) for name in names]
    return replace(OldRows(ASSESSMENT, MEMBERS, RESPONSES, change_sets, revisions), **others)


def by_register(revisions: Iterable[Revision]) -> dict[Register, list[Revision]]:
    """Return the heads of every register, the one that is shown last."""
    listed = list(revisions)
    replaced = {parent for r in listed for parent in r.parents.split()}
    heads = defaultdict(list)
    for r in sorted(listed, key=lambda r: (r.at, r.id)):
        if r.id not in replaced:
            heads[r.kind, r.scope, r.key, r.field].append(r)
    return heads


def values(made: Rows, kind: str, field: str, key: str = "i1") -> list[Any]:
    """Return what the heads of a register say, the shortest first; None for nothing."""
    found = by_register(made.revisions)
    scope = AGREED if kind == "answer" else ""
    texts = [r.value for r in found.get((kind, scope, key, field), ())]
    return sorted((None if t is None else json.loads(t) for t in texts), key=lambda v: len(str(v)))


# Random histories


def answer(**said: Any) -> dict[str, Any]:
    plain = {"state": "unanswered", "met": [], "reason": "", "note": "", "evidence": []}
    return {**plain, "confidence": None, "to_discuss": False, **said}


def undertaking(**said: Any) -> dict[str, Any]:
    texts = ("title", "description", "reason", "responsible", "partners", "start", "end")
    plain = {"id": "u1", "action": "x", **dict.fromkeys(texts, ""), "status": "planned"}
    return {**plain, "closes": [], "costs": [], "measures": [], "position": 0, **said}


def proof(title: str) -> dict[str, str]:
    return {"title": title, "kind": "link", "reference": "", "valid_until": ""}


def cost(year: int) -> dict[str, Any]:
    return {"year": year, "source": "own", "grosze": 100}


ratings = st.sampled_from(
    [
        {},
        {"state": "rated"},
        {"state": "rated", "met": ["i1.1.a"]},
        {"state": "not_applicable", "reason": "nie „tu”"},
    ]
)
few = st.sampled_from(["", "a", "b"])
answers = st.builds(
    lambda rating, note, listed, sure: answer(
        **rating, note=note, evidence=[proof(t) for t in listed], confidence=sure
    ),
    ratings,
    few,
    st.lists(few, max_size=3),
    st.sampled_from([None, 1]),
)
undertakings = st.builds(
    lambda title, start, years, position: undertaking(
        title=title, start=start, costs=[cost(y) for y in years], position=position
    ),
    few,
    st.sampled_from(["", "2027-01"]),
    st.lists(st.sampled_from([2027, 2028]), max_size=3),
    st.sampled_from([0, 1]),
)
editions = st.sampled_from([{"edition": "q@1"}, {"edition": "q@2"}])
ITEMS = {
    ("answer", "agreed", "i1"): answers,
    ("answer", "own", "i1"): answers,
    ("undertaking", "", "u1"): undertakings,
    ("edition", "", ""): editions,
}


@st.composite
def histories(
    draw: st.DrawFn, name: str, earlier: Sequence[OldRevision] = (), parents: int = 3
) -> list[OldRevision]:
    """Draw what somebody wrote on top of what was there: any revisions may be the parents."""
    made: list[OldRevision] = []
    for number in range(draw(st.integers(0, 7))):
        item = draw(st.sampled_from(list(ITEMS)))
        candidates = [r.id for r in (*earlier, *made) if (r.kind, r.scope, r.key) == item]
        chosen = (
            draw(st.lists(st.sampled_from(candidates), unique=True, max_size=parents))
            if candidates
            else []
        )
        record = draw(st.none() | ITEMS[item])
        made.append(
            OldRevision(
                f"{name}{number}",
                f"{name}-c{number // 2}",
                *item,
                " ".join(chosen),
                "m1",
                f"2026-02-01T00:00:{len(earlier) + number:02}",
                None if record is None else json.dumps(record),
            )
        )
    return made


@st.composite
def parted(draw: st.DrawFn) -> tuple[list[OldRevision], list[OldRevision], list[OldRevision]]:
    """Draw what two copies have in common, and what was written in each of them."""
    base = draw(histories("b"))
    return base, draw(histories("x", base)), draw(histories("y", base))


@given(parted())
def test_two_copies_migrated_apart_unite_to_what_the_united_would_have_become(
    parts: tuple[list[OldRevision], list[OldRevision], list[OldRevision]],
) -> None:
    base, one, other = parts
    # Both began the same member's answers: under ids of their own, as schema 2 made them.
    begun = [OldResponse("own", "m2")], [OldResponse("own-2", "m2")]
    other = [r._replace(scope="own-2") if r.scope == "own" else r for r in other]
    apart = [
        migrated(rows([*base, *one], responses=[RESPONSES[0], *begun[0]])),
        migrated(rows([*base, *other], responses=[*RESPONSES, *begun[1]])),
    ]
    together = migrated(rows([*base, *other, *one], responses=[*RESPONSES, *begun[1]]))
    assert {r for side in apart for r in side.revisions} == set(together.revisions)
    assert {c for side in apart for c in side.change_sets} == set(together.change_sets)
    for side in (*apart, together):
        assert len({r.id for r in side.revisions}) == len(side.revisions)


def record_of(kind: str, said: Mapping[str, Any], known: Mapping[str, Any]) -> dict[str, Any]:
    """Put a record together from what its registers say, as a reader of schema 3 would."""
    groups = {
        "rating": ("state", "met", "reason"),
        "span": ("start", "end"),
        "place": ("action" if kind == "undertaking" else "goal", "position"),
        "years": ("first_year", "last_year"),
    }
    record = dict(known)
    entries = []
    for field, value in said.items():
        attribute, mark, identity = field.partition("/")
        if mark:
            entries.append((attribute, value.pop("position"), identity, value))
        elif field in groups:
            record |= zip(groups[field], value, strict=True)
        elif field != "presence":
            record[field] = value
    for attribute, position, identity, value in sorted(entries, key=lambda e: e[:3]):
        listed = record[attribute] = [*record.get(attribute, ())]
        assert len(listed) == position
        listed.append({"id": identity, **value} if attribute == "sources" else value)
    return record


def old_heads(revisions: Iterable[OldRevision]) -> dict[tuple[str, str, str], list[OldRevision]]:
    listed = list(revisions)
    replaced = {parent for r in listed for parent in r.parents.split()}
    heads = defaultdict(list)
    for r in listed:
        if r.id not in replaced:
            heads[r.kind, r.scope, r.key].append(r)
    return heads


@given(histories("b"))
def test_what_one_head_said_is_what_the_registers_show(revisions: list[OldRevision]) -> None:
    shown: defaultdict[tuple[str, str, str], dict[str, Any]] = defaultdict(dict)
    for (*item, field), found in by_register(migrated(rows(revisions)).revisions).items():
        if (text := found[-1].value) is not None:
            shown[item[0], item[1], item[2]][field] = json.loads(text)
    scopes = {"agreed": AGREED, "own": derived_id("response", "a1", "m2"), "": ""}
    blank = {"answer": answer(), "undertaking": undertaking()}
    for (kind, scope, key), heads in old_heads(revisions).items():
        if len(heads) > 1:
            continue
        if kind == "edition":
            expected = json.loads(heads[0].value or '{"edition": "q@1"}')["edition"]
            assert shown["assessment", "", ""]["edition"] == expected
            continue
        said = shown[kind, scopes[scope], key]
        if heads[0].value is None:
            assert not said
            continue
        assert record_of(kind, said, blank[kind]) == json.loads(heads[0].value)


@given(histories("b", parents=1))
def test_without_settlements_a_single_head_leaves_single_heads(
    revisions: list[OldRevision],
) -> None:
    alone = {item for item, found in old_heads(revisions).items() if len(found) == 1}
    scopes = {AGREED: "agreed", derived_id("response", "a1", "m2"): "own", "": ""}
    for (kind, scope, key, _), found in by_register(migrated(rows(revisions)).revisions).items():
        if (kind, scopes[scope], key) in alone:
            assert len(found) == 1


@given(histories("b"))
def test_what_a_head_wrote_is_in_sight(revisions: list[OldRevision]) -> None:
    made = by_register(migrated(rows(revisions)).revisions)
    by_id = {r.id: r for r in revisions}
    scopes = {"agreed": AGREED, "own": derived_id("response", "a1", "m2"), "": ""}

    def fields(r: OldRevision) -> dict[str, str]:
        return fields_of(r.kind, scopes[r.scope], r.key, json.loads(r.value)) if r.value else {}

    for (kind, scope, key), heads in old_heads(revisions).items():
        for head in heads if kind != "edition" else ():
            parents = [fields(by_id[p]) for p in head.parents.split()]
            if len(parents) > 1:
                continue
            before = parents[0] if parents else {}
            for field, value in fields(head).items():
                if before.get(field) != value:
                    found = made[kind, scopes[scope], key, field]
                    assert value in [r.value for r in found]


@settings(max_examples=30)
@given(histories("b"))
def test_every_row_has_its_digest_and_the_whole_the_xor_of_them(
    revisions: list[OldRevision],
) -> None:
    made = migrated(rows(revisions))
    xor = 0
    for *content, digest in made.revisions:
        text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
        assert digest == hashlib.sha256(text.encode()).hexdigest()
        xor ^= int(digest, 16)
    assert int(made.digest, 16) == xor
    assert len(made.digest) == 64


@given(histories("b"))
def test_parents_come_first_and_change_sets_keep_their_order(revisions: list[OldRevision]) -> None:
    made = migrated(rows(revisions))
    place = {r.id: number for number, r in enumerate(made.revisions)}
    for r in made.revisions:
        assert all(place[parent] < place[r.id] for parent in r.parents.split())
    order = [c.id for c in made.change_sets]
    assert order == [
        derived_id("setup", "a1"),
        *dict.fromkeys(r.change_set for r in revisions),
    ]
    places = [order.index(r.change_set) for r in made.revisions]
    assert all(one <= other for one, other in pairwise(places))


# What must hold for particular histories


class Writing:
    """Writes whole records, as schema 2 did."""

    def __init__(self) -> None:
        self.revisions: list[OldRevision] = []

    def write(
        self, kind: str, record: dict[str, Any] | None, *parents: str, key: str = "i1"
    ) -> str:
        identity = f"r{len(self.revisions)}"
        self.revisions.append(
            OldRevision(
                identity,
                f"c{len(self.revisions)}",
                kind,
                "agreed" if kind == "answer" else "",
                key,
                " ".join(parents),
                "m1",
                f"2026-02-01T00:00:{len(self.revisions):02}",
                None if record is None else json.dumps(record),
            )
        )
        return identity

    def migrated(self) -> Rows:
        return migrated(rows(self.revisions))


@pytest.fixture
def writing() -> Writing:
    return Writing()


def level(number: int, **said: Any) -> dict[str, Any]:
    return answer(state="rated", met=[f"i1.{n + 1}.a" for n in range(number)], **said)


def rating(number: int) -> list[Any]:
    return ["rated", level(number)["met"], ""]


def test_changes_of_different_fields_are_no_conflict_any_more(writing: Writing) -> None:
    base = writing.write("answer", level(1))
    writing.write("answer", level(1, note="jedna"), base)
    writing.write("answer", level(3), base)
    made = writing.migrated()
    assert values(made, "answer", "note") == ["jedna"]
    assert values(made, "answer", "rating") == [rating(3)]


def test_a_note_over_two_levels_hides_none_of_them(writing: Writing) -> None:
    base = writing.write("answer", level(0))
    one, other = writing.write("answer", level(1), base), writing.write("answer", level(3), base)
    writing.write("answer", level(3, note="x"), one, other)
    made = writing.migrated()
    assert values(made, "answer", "rating") == [rating(1), rating(3)]
    assert values(made, "answer", "note") == ["x"]
    # The one that the record held is shown, though the other may be later.
    (*_, shown) = by_register(made.revisions)["answer", AGREED, "i1", "rating"]
    assert shown.value == json.dumps(rating(3), separators=(",", ":"))


def test_a_third_value_settles_a_conflict(writing: Writing) -> None:
    base = writing.write("answer", level(0))
    one, other = writing.write("answer", level(1), base), writing.write("answer", level(3), base)
    writing.write("answer", level(2), one, other)
    assert values(writing.migrated(), "answer", "rating") == [rating(2)]


@pytest.mark.parametrize("taken", [1, 2, 3])
def test_a_settlement_taken_back_leaves_both_sides(writing: Writing, taken: int) -> None:
    base = writing.write("answer", level(0))
    one, other = writing.write("answer", level(1), base), writing.write("answer", level(3), base)
    settled = writing.write("answer", level(taken), one, other)
    writing.write("answer", level(1), settled)
    writing.write("answer", level(3), settled)
    assert values(writing.migrated(), "answer", "rating") == [rating(1), rating(3)]


def test_two_settlements_of_one_conflict_are_both_in_sight(writing: Writing) -> None:
    base = writing.write("answer", level(0))
    one, other = writing.write("answer", level(1), base), writing.write("answer", level(3), base)
    writing.write("answer", level(3), one, other)
    writing.write("answer", level(2), one, other)
    assert values(writing.migrated(), "answer", "rating") == [rating(2), rating(3)]


def test_what_stays_the_same_is_written_once(writing: Writing) -> None:
    base = writing.write("answer", level(1, note="x"))
    noted = writing.write("answer", level(1, note="y"), base)
    writing.write("answer", level(1, note="x"), noted)
    fields = [r.field for r in writing.migrated().revisions if r.kind == "answer"]
    assert sorted(fields) == ["note", "note", "note", "rating"]


def test_removing_a_part_says_so_in_every_field_and_not_seen_changes_stand(
    writing: Writing,
) -> None:
    base = writing.write("undertaking", undertaking(title="a", costs=[cost(2027)]), key="u1")
    writing.write("undertaking", None, base, key="u1")
    writing.write("undertaking", undertaking(title="b", costs=[cost(2027)]), base, key="u1")
    found = by_register(writing.migrated().revisions)
    said = {field: [r.value for r in heads] for (*_, field), heads in found.items()}
    assert said["presence"] == [None]
    assert said["place"] == [None]
    assert said["title"] == [None, '"b"']
    (entry,) = (values for field, values in said.items() if field.startswith("costs/"))
    assert entry == [None]


def test_entries_that_say_the_same_are_several(writing: Writing) -> None:
    listed = [cost(2027), cost(2028), cost(2027)]
    base = writing.write("undertaking", undertaking(costs=listed), key="u1")
    writing.write("undertaking", undertaking(costs=listed[:2]), base, key="u1")
    made = [r for r in writing.migrated().revisions if r.field.startswith("costs/")]
    assert [json.loads(r.value)["position"] if r.value else None for r in made] == [0, 1, 2, None]
    assert made[2].id == made[3].parents
    first = derived_id(
        "entry", "undertaking", "u1", "", '{"year":2027,"source":"own","grosze":100}', "0"
    )
    assert made[0].field == f"costs/{first}"


def test_sources_of_money_keep_their_ids(writing: Writing) -> None:
    plan = {"first_year": 2027, "last_year": 2030, "sources": [{"id": "feniks", "name": "FEnIKS"}]}
    writing.write("plan", plan, key="")
    made = writing.migrated()
    assert values(made, "plan", "sources/feniks", "") == [{"name": "FEnIKS", "position": 0}]
    assert values(made, "plan", "years", "") == [[2027, 2030]]


def test_an_upgrade_taken_back_is_the_edition_of_the_beginning(writing: Writing) -> None:
    upgraded = writing.write("edition", {"edition": "q@2"}, key="")
    writing.write("edition", None, upgraded, key="")
    made = [r for r in writing.migrated().revisions if r.field == "edition"]
    assert [r.value for r in made] == ['"q@1"', '"q@2"', '"q@1"']
    assert [r.parents for r in made] == ["", made[0].id, made[1].id]
    assert {(r.kind, r.scope, r.key) for r in made} == {("assessment", "", "")}


def test_the_setup_says_what_was_never_a_revision(writing: Writing) -> None:
    made = writing.migrated()
    setup = derived_id("setup", "a1")
    assert made.change_sets == [(setup, "a1", "", "m1", "2026-01-01T00:00:00", "setup", None, None)]
    said = {(r.kind, r.key, r.field): json.loads(r.value or "") for r in made.revisions}
    assert said == {
        ("assessment", "", "name"): "Łąki",
        ("assessment", "", "kind"): "gmina",
        ("assessment", "", "teryt"): "0201011",
        ("assessment", "", "population"): 5_000,
        ("assessment", "", "period"): "2026",
        ("assessment", "", "language"): "pl",
        ("assessment", "", "edition"): "q@1",
        ("member", "m1", "presence"): True,
        ("member", "m1", "name"): name_token("m1"),
        ("member", "m2", "presence"): True,
        ("member", "m2", "name"): name_token("m2"),
        ("member", "m2", "department"): "Wydział",
        ("member", "m2", "role"): "rola",
        ("member", "m2", "dimensions"): ["g1", "g2"],
    }
    assert {(r.change_set, r.at, r.member) for r in made.revisions} == {
        (setup, "2026-01-01T00:00:00", "m1")
    }
    assert made.people == [
        ("a1", name_token("m1"), "m1", "Żaneta", "zaneta@example.org"),
        ("a1", name_token("m2"), "m2", "Łukasz", ""),
    ]


def test_no_name_or_contact_is_in_a_revision(writing: Writing) -> None:
    said = "".join(r.value or "" for r in writing.migrated().revisions)
    for member in MEMBERS:
        assert member.name not in said
    assert "@example.org" not in said


def test_particulars_that_differ_between_copies_are_a_conflict() -> None:
    one = migrated(rows([]))
    other = migrated(rows([], assessment=ASSESSMENT._replace(unit_name="Gmina Łąki")))
    united = {r.id: r for side in (one, other) for r in side.revisions}
    heads = by_register(united.values())
    differing = [register for register, found in heads.items() if len(found) > 1]
    assert differing == [("assessment", "", "", "name")]


@pytest.mark.parametrize(
    ("kind", "value"), [("answer", "{"), ("answer", "[]"), ("answer", '{"met": 1}'), ("hat", "{}")]
)
def test_a_value_that_cannot_be_read_is_named(kind: str, value: str) -> None:
    broken = OldRevision("broken", "c", kind, "", "i1", "", "m1", "2026", value)
    with pytest.raises(ValueError, match="revision broken"):
        migrated(rows([broken]))


def test_a_parent_that_is_not_there_is_passed_over(writing: Writing) -> None:
    writing.write("answer", level(1), "elsewhere")
    assert values(writing.migrated(), "answer", "rating") == [rating(1)]
