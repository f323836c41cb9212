"""Whatever was written in schema 2, nothing of it is lost when records become registers."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from register_rows import (
    RESPONSES,
    SCOPES,
    answer,
    cost,
    heads_of,
    record_of,
    rows,
    shown_in,
    undertaking,
)
from sat_desktop.storage.migrations.fields_of_records import derived_id, fields_of
from sat_desktop.storage.migrations.registers_of_records import migrated
from sat_desktop.storage.migrations.rows_2_and_3 import (
    OldResponse,
    OldRevision,
)


def proof(title: str) -> dict[str, str]:
    return {"title": title, "kind": "link", "reference": "", "valid_until": ""}


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
    shown = shown_in(heads_of(migrated(rows(revisions)).revisions))
    for (kind, scope, key), heads in old_heads(revisions).items():
        if len(heads) > 1:
            continue
        if kind == "edition":
            expected = json.loads(heads[0].value or '{"edition": "q@1"}')["edition"]
            assert shown["assessment", "", ""]["edition"] == expected
            continue
        item = (kind, SCOPES[scope], key)
        if heads[0].value is None:
            assert item not in shown
        else:
            assert record_of(item, shown[item]) == json.loads(heads[0].value)


@given(histories("b", parents=1))
def test_without_settlements_a_single_head_leaves_single_heads(
    revisions: list[OldRevision],
) -> None:
    alone = {item for item, found in old_heads(revisions).items() if len(found) == 1}
    alone = {(kind, SCOPES[scope], key) for kind, scope, key in alone}
    for (*item, _), found in heads_of(migrated(rows(revisions)).revisions).items():
        if tuple(item) in alone:
            assert len(found) == 1


@given(histories("b"))
def test_what_a_head_wrote_is_in_sight(revisions: list[OldRevision]) -> None:
    made = heads_of(migrated(rows(revisions)).revisions)
    by_id = {r.id: r for r in revisions}

    def fields(r: OldRevision) -> dict[str, str]:
        return fields_of(r.kind, SCOPES[r.scope], r.key, json.loads(r.value)) if r.value else {}

    for (kind, scope, key), heads in old_heads(revisions).items():
        for head in heads if kind != "edition" else ():
            parents = [fields(by_id[p]) for p in head.parents.split()]
            if len(parents) > 1:
                continue
            before = parents[0] if parents else {}
            for field, value in fields(head).items():
                if before.get(field) != value:
                    assert json.loads(value) in made[kind, SCOPES[scope], key, field]


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
