"""Revisions go in once, in any order, and come out as they were; heads are what nobody replaced."""

import random
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sat_desktop.domain.answers import Evidence
from sat_desktop.domain.history import Change, Heads, Register, Revision, find_heads
from sat_desktop.domain.kinds import AIM, ASSESSMENT, Placed
from sat_desktop.errors import SatError

SHARED = settings(
    deadline=None,
    max_examples=40,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


def test_what_a_register_says_comes_back_as_it_was_given(office: Any) -> None:
    note = "zażółć <b>&amp; =1+1 😀\n\x1f\x7f\u2028" + "ż" * 10_000
    written = office.write(office.register(name="note"), note)
    with office.store.begin() as work:
        assert office.heads(work) == {office.register(name="note"): (written,)}
        wanted = [office.register(name="note"), office.register("i2")]
        assert work.history.of_registers(office.id, wanted) == {
            wanted[0]: [written],
            wanted[1]: [],
        }


def test_a_change_replaces_its_parent_and_keeps_it(office: Any, rated: Any) -> None:
    first = office.write(office.register(), rated("i1.1.a"))
    second = office.write(office.register(), rated("i1.1.a", "i1.2.a"), first)
    with office.store.begin() as work:
        assert office.heads(work) == {office.register(): (second,)}
        found = work.history.of_registers(office.id, [office.register()])
        assert found == {office.register(): [first, second]}
        assert office.revisions(work) == [first, second]


def test_what_is_said_no_longer_keeps_a_head_without_value(office: Any) -> None:
    register = Register(*AIM.item("i1"), "wanted")
    first = office.write(register, 2)
    gone = office.write(register, None, first)
    with office.store.begin() as work:
        assert office.heads(work) == {register: (gone,)}


def test_two_changes_of_the_same_parent_are_both_heads_in_order(office: Any, rated: Any) -> None:
    base = office.write(office.register(), rated())
    one = office.write(office.register(), rated("i1.1.a"), base)
    two = office.write(office.register(), None, base)
    with office.store.begin() as work:
        assert office.heads(work)[office.register()] == (one, two)
        (conflict,) = work.history.present(office.id)[0].conflicts
        assert conflict.sides == (one, two)
    settled = office.write(office.register(), rated("i1.1.a"), one, two)
    with office.store.begin() as work:
        assert office.heads(work)[office.register()] == (settled,)
        assert not work.history.present(office.id)[0].conflicts


def test_a_child_may_come_before_its_parent(office: Any, rated: Any) -> None:
    older, newer = office.change(), office.change()
    parent = office.revise(older, office.register(), rated())
    child = office.revise(newer, office.register(), rated("i1.1.a"), parent)
    office.append(newer, child)
    with office.store.begin() as work:
        heads, number = work.history.present(office.id)
        assert heads.everything() == {office.register(): (child,)}
    office.append(older, parent)
    with office.store.begin() as work:
        assert office.heads(work) == {office.register(): (child,)}
        # A state that was read before takes the parent in as the database does.
        changes, _ = work.history.since(office.id, number)
        assert changes == [Change(older, (parent,))]
        heads.take_in(changes[0].revisions)
        assert heads.everything() == office.heads(work)


def test_appending_again_changes_nothing(office: Any, rated: Any) -> None:
    change = office.change()
    revision = office.revise(change, office.register(), rated("i1.1.a"))
    office.append(change, revision)
    with office.store.begin() as work:
        _, number = work.history.present(office.id)
    # The same, the same saying something else, and the same twice in one go.
    office.append(change, revision)
    office.append(replace(change, label="other"), revision._replace(value=rated()))
    office.append(change, revision, revision)
    with office.store.begin() as work:
        assert work.history.all(office.id) == [Change(change, (revision,))]
        assert work.history.since(office.id, number) == ([], number)
    office.store.full_check()


def test_the_same_revision_twice_in_one_go_is_one(office: Any, rated: Any) -> None:
    change = office.change()
    revision = office.revise(change, office.register(), rated())
    office.append(change, revision, revision)
    with office.store.begin() as work:
        assert office.revisions(work) == [revision]
    office.store.full_check()


def test_an_id_that_is_there_under_another_change_set_stays_there(office: Any, rated: Any) -> None:
    first, second = office.change(), office.change()
    there = office.revise(first, office.register(), rated())
    office.append(first, there)
    beside = office.revise(second, office.register("i2"), rated())
    office.append(second, there._replace(change_set=second.id, value=rated("i1.1.a")), beside)
    with office.store.begin() as work:
        assert work.history.all(office.id) == [Change(first, (there,)), Change(second, (beside,))]
        assert work.history.of_change_set(second.id) == [beside]
    office.store.full_check()


def test_revisions_of_another_change_set_are_a_bug(office: Any, rated: Any) -> None:
    change, other = office.change(), office.change()
    with pytest.raises(ValueError, match=change.id):
        office.append(change, office.revise(other, office.register(), rated()))
    with office.store.begin() as work:
        assert not work.history.all(office.id)


def test_nothing_is_appended_to_an_assessment_that_is_not_there(office: Any) -> None:
    with pytest.raises(SatError) as caught, office.store.begin() as work:
        work.history.append("f" * 32, office.change(), [])
    assert caught.value.code == "assessment-unknown"


def test_change_sets_keep_the_order_of_writing_whatever_the_clock_says(office: Any) -> None:
    late, early = office.change("level"), office.change("undo", undoes="0" * 32)
    with office.store.begin() as work:
        work.history.append(office.id, early, [])
        work.history.append(office.id, late, [])
        work.commit()
    with office.store.begin() as work:
        assert work.history.change_sets(office.id) == [early, late]
        assert work.history.all(office.id) == [Change(early, ()), Change(late, ())]


def test_a_branch_is_one_change_set_in_the_order_of_writing(office: Any, rated: Any) -> None:
    change = office.change("not-applicable")
    revisions = [office.revise(change, office.register(k), rated()) for k in ("i2", "i1")]
    office.append(change, *revisions)
    with office.store.begin() as work:
        assert list(work.history.of_change_set(change.id)) == revisions


def test_of_a_merge_there_is_what_came_with_it_and_nothing_else(office: Any, rated: Any) -> None:
    office.write(office.register(), rated())
    first, second, marker = office.change(), office.change(), office.change("merge")
    came = [
        office.revise(first, office.register("i2"), rated()),
        office.revise(second, office.register("i2"), None),
        office.revise(second, office.register(), rated("i1.1.a")),
    ]
    with office.store.begin() as work:
        work.history.append(office.id, first, came[:1], marker.id)
        work.history.append(office.id, second, came[1:], marker.id)
        work.history.append(office.id, marker, [])
        work.commit()
    office.write(office.register("i2"), rated(), *came[:2])
    with office.store.begin() as work:
        assert work.history.of_change_set(marker.id) == came
        assert work.history.of_change_set(second.id) == came[1:]
        assert not work.history.of_change_set("0" * 32)


def test_many_registers_and_few_are_found_alike(
    office: Any, office_of: Callable[[Any], Any], rated: Any
) -> None:
    registers = [office.register(f"i{n}") for n in range(300)]
    registers += [office.register("i1", "note"), Register(*AIM.item("i1"), "effort")]
    other = office_of(office.store)
    for owner in (office, other):
        first, second = owner.change("import"), owner.change("import")
        # Those of another assessment have the same names, down to the response.
        written = [owner.revise(first, r, rated()) for r in registers[:250]]
        again = [owner.revise(second, r.register, None, r) for r in written[::2]]
        owner.append(first, *written)
        owner.append(second, *again)
    with office.store.begin() as work:
        many = work.history.of_registers(office.id, registers)
        assert list(many) == registers
        few = {r: work.history.of_registers(office.id, [r])[r] for r in registers}
        assert many == few
        assert [len(many[r]) for r in registers[248:252]] == [2, 1, 0, 0]


def test_what_is_said_of_every_assessment_as_a_whole(
    office: Any, office_of: Callable[[Any], Any], rated: Any
) -> None:
    other = office_of(office.store)
    written = {}
    for owner, period in ((office, "2026"), (other, "2027")):
        owner.write(owner.register(), rated())
        register = Register(*ASSESSMENT.item(), "period")
        first = owner.write(register, "2025")
        written[owner.id] = {register: (owner.write(register, period, first),)}
    with office.store.begin() as work:
        found = work.history.particulars()
    assert {name: heads.everything() for name, heads in found.items()} == written


def test_nothing_is_kept_without_commit(office: Any, rated: Any) -> None:
    change = office.change()
    with office.store.begin() as work:
        work.history.append(office.id, change, [office.revise(change, office.register(), rated())])
    with office.store.begin() as work:
        assert not work.history.all(office.id)
        assert not work.history.change_sets(office.id)


def test_all_or_nothing_when_one_value_cannot_be_stored(office: Any, rated: Any) -> None:
    change = office.change()
    good = office.revise(change, office.register(), rated())
    for torn, code in (
        (office.revise(change, office.register("i2", "note"), "half \ud83d"), "text-unstorable"),
        (office.revise(change, office.register("\ud800"), rated()), "value-unstorable"),
    ):
        with pytest.raises(SatError) as caught, office.store.begin() as work:
            work.history.append(office.id, change, [good, torn])
        assert caught.value.code == code
    with office.store.begin() as work:
        assert not work.history.all(office.id)


def test_work_may_go_on_after_a_commit_and_needs_another(office: Any) -> None:
    first, second = office.change(), office.change()
    with office.store.begin() as work:
        work.history.append(office.id, first, [])
        work.commit()
        work.history.append(office.id, second, [])
    with office.store.begin() as work:
        assert list(work.history.change_sets(office.id)) == [first]


def test_an_entry_of_a_list_and_the_character_zero_survive(office: Any) -> None:
    proof = Placed(3, Evidence("nul \0 inside", reference="BIP", id="e1"))
    written = office.write(office.register(name="evidence/e1"), proof)
    with office.store.begin() as work:
        ((found,),) = office.heads(work).values()
        assert (found, found.value.entry.id) == (written, "e1")


@SHARED
@given(data=st.data())
def test_heads_are_those_of_the_domain_for_every_order_and_grouping(
    office_of: Callable[[Any], Any], store: Any, data: st.DataObject
) -> None:
    office = office_of(store)
    registers = [office.register("i1", "note"), office.register("i2", "note")]
    changes = [office.change() for _ in range(3)]
    revisions: list[Any] = []
    for number in range(data.draw(st.integers(1, 9), label="revisions")):
        register = data.draw(st.sampled_from(registers))
        same = [r for r in revisions if r.register == register]
        parents = data.draw(st.lists(st.sampled_from(same), unique_by=id)) if same else []
        change = data.draw(st.sampled_from(changes))
        revisions.append(office.revise(change, register, f"{number}", *parents))
    arriving = data.draw(st.permutations(revisions), label="order")
    arriving += data.draw(st.lists(st.sampled_from(revisions), max_size=3), label="repeated")
    while arriving:
        size = data.draw(st.integers(1, len(arriving)))
        with store.begin() as work:
            for change in changes:
                some = [r for r in arriving[:size] if r.change_set == change.id]
                if some:
                    work.history.append(office.id, change, some)
            work.commit()
        arriving = arriving[size:]
    with store.begin() as work:
        assert office.heads(work) == find_heads(revisions)
        found = work.history.of_registers(office.id, registers)
        assert {r.id for rows in found.values() for r in rows} == {r.id for r in revisions}
        arrived, _ = work.history.since(office.id, 0)
        followed = Heads(r for change in arrived for r in change.revisions)
        assert followed.everything() == find_heads(revisions)
    store.full_check()


def test_heads_of_a_long_history_are_found_whatever_order_it_arrived_in(office: Any) -> None:
    """Longer than what is read at once, most of it replaced, and children before their parents."""
    chance = random.Random(2026)  # noqa: S311 - made-up data, no secret
    change = office.change("merge")
    lines: dict[Register, list[Revision]] = {
        office.register(f"i{n}", name): [] for n in range(20) for name in ("note", "confidence")
    }
    revisions = []
    for number in range(3500):
        register, line = chance.choice(list(lines.items()))
        value = f"{number}" if register.field == "note" else 1 + number % 3
        parents = chance.sample(line, min(len(line), chance.choice((0, 1, 1, 2))))
        line.append(office.revise(change, register, value, *parents))
        revisions.append(line[-1])
    office.append(change, *chance.sample(revisions, len(revisions)))
    with office.store.begin() as work:
        heads, _ = work.history.present(office.id)
    assert heads.everything() == find_heads(revisions)
    assert heads.conflicts == Heads(revisions).conflicts


def test_what_is_read_later_is_what_was_there_and_what_came_since(office: Any) -> None:
    """An uncontested response is read when it is asked for, also after others wrote to it."""
    first = office.write(office.register(name="note"), "one")
    other = office.write(office.register("i2", "note"), "two")
    with office.store.begin() as work:
        heads, number = work.history.present(office.id)
    second = office.write(office.register(name="note"), "three", first)
    beside = office.write(office.register(name="confidence"), 2)
    with office.store.begin() as work:
        changes, _ = work.history.since(office.id, number)
        for change in changes:
            heads.take_in(change.revisions)
        assert heads.of(other.register) == (other,)
        assert heads.of(second.register) == (second,)
        assert heads.of(beside.register) == (beside,)
        assert heads.everything() == office.heads(work)
