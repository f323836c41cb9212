"""What becomes of particular histories when records become registers."""

import json
from typing import Any

import pytest

from register_rows import AGREED, ASSESSMENT, MEMBERS, answer, cost, heads_of, rows, undertaking
from sat_desktop.storage.migrations.fields_of_records import derived_id
from sat_desktop.storage.migrations.registers_of_records import migrated, name_token
from sat_desktop.storage.migrations.rows_2_and_3 import NewRows, OldRevision


def values(made: NewRows, kind: str, field: str, key: str = "i1") -> list[Any]:
    """Return what the heads of a register say, the shortest first."""
    scope = AGREED if kind == "answer" else ""
    found = heads_of(made.revisions).get((kind, scope, key, field), [])
    return sorted(found, key=lambda v: len(str(v)))


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

    def migrated(self) -> NewRows:
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
    # The one that the record held is shown.
    assert heads_of(made.revisions)["answer", AGREED, "i1", "rating"][-1] == rating(3)


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
    found = heads_of(writing.migrated().revisions)
    said = {field: heads for (*_, field), heads in found.items()}
    assert said["presence"] == [None]
    assert said["place"] == [None]
    assert said["title"] == [None, "b"]
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
    heads = heads_of(united.values())
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
