"""Registers and revisions: the laws that every change keeps, for any number of writers."""

import random
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from replica import START, Replica
from sat_desktop.domain.history import (
    PRESENCE,
    Change,
    ChangeSet,
    Conflict,
    Heads,
    Item,
    Register,
    Revision,
    derived_id,
    disagree,
    find_heads,
    joined,
    merge,
    moment_after,
    response_id,
)
from sat_desktop.domain.undoing import undo_and_redo

ITEM = Item("undertaking", "", "u")
TITLE, SPAN, OWNER = (Register(*ITEM, f) for f in ("title", "span", "responsible"))
THERE = Register(*ITEM, PRESENCE)
NOTE = Register("answer", "agreed", "a", "note")
REGISTERS = (TITLE, SPAN, THERE, NOTE)


@pytest.fixture
def anna() -> Replica:
    return Replica("anna")


def conflicting(anna: Replica) -> Replica:
    """Let two computers change the title without knowing of each other, and merge."""
    anna.write({TITLE: "common"})
    jan = anna.copy("jan")
    anna.write({TITLE: "here"})
    jan.write({TITLE: "there"})
    anna.take_in(jan)
    jan.take_in(anna)
    return jan


def test_ids_follow_from_what_they_stand_for() -> None:
    assert derived_id("a", "b") == derived_id("a", "b")
    assert (
        len({derived_id("a", "b"), derived_id("ab"), derived_id("a,b"), derived_id("b", "a")}) == 4
    )
    assert response_id("assessment", None) == derived_id("response", "assessment", "")
    assert response_id("assessment", "jan") != response_id("assessment", None)
    # SHA-256 of ["żółw"] in UTF-8: the id must be the same on every computer and for ever.
    assert derived_id("żółw") == "c2b31ec2750234dd62221477f9b1f0d6"


def test_the_head_is_what_no_other_replaces(anna: Replica) -> None:
    anna.write({TITLE: "one", SPAN: 1})
    anna.write({TITLE: "two"})
    assert (anna.values(TITLE), anna.values(SPAN)) == (["two"], [1])
    assert anna.heads.shown(ITEM) == {"title": "two", "span": 1}


def test_changes_of_different_registers_never_conflict(anna: Replica) -> None:
    anna.write({TITLE: "common", SPAN: 1})
    jan = anna.copy("jan")
    anna.write({TITLE: "new title"})
    jan.write({SPAN: 2})
    anna.take_in(jan)
    assert anna.heads.conflicts == ()
    assert anna.heads.shown(ITEM) == {"title": "new title", "span": 2}


def test_two_that_chose_differently_stay_in_conflict_when_one_adds_a_note(anna: Replica) -> None:
    rating = Register("answer", "agreed", "a", "rating")
    jan = anna.copy("jan")
    anna.write({rating: 1})
    jan.write({rating: 3})
    anna.take_in(jan)
    anna.write({NOTE: "asked the treasurer"})
    (conflict,) = anna.heads.conflicts
    assert (conflict.item, conflict.field) == (rating.item, "rating")
    assert [r.value for r in conflict.sides] == [1, 3]


def test_a_write_under_conflict_replaces_the_side_that_was_shown_and_no_other(
    anna: Replica,
) -> None:
    conflicting(anna)
    assert anna.values(TITLE) == ["here", "there"]
    anna.write({TITLE: "there, better"})
    assert anna.values(TITLE) == ["here", "there, better"]
    anna.settle(TITLE, "both")
    assert anna.values(TITLE) == ["both"]
    assert anna.heads.conflicts == ()


def test_what_says_the_same_on_two_sides_is_no_conflict_and_is_replaced_together(
    anna: Replica,
) -> None:
    jan = anna.copy("jan")
    anna.write({TITLE: "same"})
    jan.write({TITLE: "same"})
    anna.take_in(jan)
    assert anna.values(TITLE) == ["same", "same"]
    assert anna.heads.conflicts == ()
    anna.write({TITLE: "other"})
    assert anna.values(TITLE) == ["other"]


def test_a_clock_that_is_behind_hides_nothing_that_was_just_written(anna: Replica) -> None:
    anna.write({TITLE: "by a clock ahead"})
    late = anna.copy("late", behind=10_000)
    late.write({TITLE: "newer"})
    conflicting_one = anna.copy("other")
    conflicting_one.write({TITLE: "side"})
    late.take_in(conflicting_one)
    late.write({TITLE: "newest"})
    assert late.values(TITLE)[-1] == "newest"
    assert moment_after([], START) == START


# Deletion.


def deleting(anna: Replica) -> Replica:
    """Let one delete the item while another changes its title; unite both."""
    anna.write({THERE: True, TITLE: "common", SPAN: 1})
    jan = anna.copy("jan")
    anna.write(dict.fromkeys((THERE, TITLE, SPAN)))
    jan.write({TITLE: "changed meanwhile"})
    jan.take_in(anna)
    return jan


def test_what_was_written_to_an_item_that_another_deleted_is_one_conflict(anna: Replica) -> None:
    united = deleting(anna)
    (conflict,) = united.heads.conflicts
    assert (conflict.item, conflict.field) == (ITEM, PRESENCE)
    assert [(r.register.field, r.value) for r in conflict.sides] == [
        (PRESENCE, None),
        ("title", "changed meanwhile"),
    ]
    assert not united.heads.is_present(ITEM)


def test_a_field_the_deleter_never_saw_is_not_lost(anna: Replica) -> None:
    anna.write({THERE: True, TITLE: "common"})
    jan = anna.copy("jan")
    anna.write(dict.fromkeys((THERE, TITLE)))
    jan.write({Register(*ITEM, "costs/c"): 100})
    anna.take_in(jan)
    (conflict,) = anna.heads.conflicts
    assert conflict.sides[-1].value == 100


def test_two_that_differ_on_a_deleted_item_are_shown_beside_the_deletion(anna: Replica) -> None:
    united = deleting(anna)
    ewa = anna.copy("ewa")
    ewa.revisions = {k: r for k, r in united.revisions.items() if r.value in ("common", 1, True)}
    ewa.write({TITLE: "changed by a third"})
    united.take_in(ewa)
    assert [c.field for c in united.heads.conflicts] == [PRESENCE, "title"]


def test_deleting_twice_is_no_conflict(anna: Replica) -> None:
    anna.write({THERE: True, TITLE: "common"})
    jan = anna.copy("jan")
    for writer in (anna, jan):
        writer.write(dict.fromkeys((THERE, TITLE)))
    anna.take_in(jan)
    assert anna.heads.conflicts == ()
    assert not anna.heads.is_present(ITEM)
    assert not anna.heads.is_present(Item("goal", "", "never"))


# Any set of revisions that offices could have made: each replaces some earlier ones of its register.


@st.composite
def histories(draw: st.DrawFn) -> tuple[Revision, ...]:
    found: list[Revision] = []
    for number in range(draw(st.integers(0, 12))):
        register = draw(st.sampled_from(REGISTERS))
        earlier = [r.id for r in found if r.register == register]
        parents = draw(st.sets(st.sampled_from(earlier))) if earlier else set()
        at = START + timedelta(minutes=draw(st.integers(0, 2)))
        value = draw(st.sampled_from([None, "x", "y"]))
        name = f"r{number}"
        found.append(Revision(name, register, tuple(sorted(parents)), "c", "anna", at, value))
    return tuple(found)


@given(histories(), st.randoms(use_true_random=False), st.integers(1, 5))
def test_the_state_is_the_same_for_any_order_and_any_portions(
    history: tuple[Revision, ...], shuffler: random.Random, portion: int
) -> None:
    shuffled = list(history)
    shuffler.shuffle(shuffled)
    whole, by_portions = Heads(history), Heads()
    for start in range(0, len(shuffled), portion):
        by_portions.take_in(shuffled[start : start + portion])
        by_portions.take_in(shuffled[:portion])
    heads = find_heads(history)
    for state in (whole, by_portions):
        assert {r: state.of(r) for r in heads} == heads
        assert state.conflicts == whole.conflicts


@given(
    st.lists(st.booleans(), min_size=2, max_size=2),
    st.lists(st.tuples(st.integers(0, 1), st.booleans(), st.sampled_from([None, "x"])), max_size=4),
)
def test_what_is_read_later_says_the_same_as_if_it_had_been_read_at_once(
    said: list[bool], later: list[tuple[int, bool, str | None]]
) -> None:
    places = [Register("answer", "agreed", key, "note") for key in "ab"]
    firsts = [
        Revision(f"first {n}", places[n], (), "c", "anna", START, "x")
        for n, there in enumerate(said)
        if there
    ]
    others = [
        Revision(f"later {n}", places[at], (f"first {at}",) * follows, "d", "jan", START, value)
        for n, (at, follows, value) in enumerate(later)
    ]
    read, deferred = Heads(firsts), Heads()
    deferred.defer(("answer", "agreed"), lambda: firsts)
    assert deferred.scopes("answer") == ("agreed",)
    for state in (read, deferred):
        state.take_in(others)
    assert deferred.everything() == read.everything()
    assert deferred.conflicts == read.conflicts
    assert set(deferred.keys("answer", "agreed")) == set(read.keys("answer", "agreed"))


def test_threads_that_ask_at_once_for_what_was_deferred_get_the_same() -> None:
    both = threading.Barrier(2)
    first = Revision("first", NOTE, (), "c", "anna", START, "x")
    second = Revision("second", NOTE, ("first",), "d", "anna", START, "y")

    def make() -> list[Revision]:
        both.wait(10)
        return [first]

    state = Heads()
    state.defer(("answer", "agreed"), make)
    with ThreadPoolExecutor(2) as pool:
        asked = [pool.submit(state.of, NOTE) for _ in range(2)]
        assert [a.result() for a in asked] == [(first,), (first,)]
    state.take_in([second])
    assert state.of(NOTE) == (second,)


@given(histories())
def test_heads_are_what_a_naive_search_finds(history: tuple[Revision, ...]) -> None:
    naive = {r for r in history if not any(r.id in other.parents for other in history)}
    found = find_heads(history)
    assert {r for heads in found.values() for r in heads} == naive
    assert set(found) == {r.register for r in history if r in naive}


@given(histories())
def test_whatever_disagrees_is_in_the_list(history: tuple[Revision, ...]) -> None:
    listed = {c.item for c in Heads(history).conflicts}
    for register, heads in find_heads(history).items():
        if disagree(heads):
            assert register.item in listed


@given(histories(), st.lists(st.integers(1, 7), min_size=12, max_size=12))
def test_merge_is_commutative_associative_and_idempotent(
    history: tuple[Revision, ...], holders: list[int]
) -> None:
    # Each revision is known to one, two or all three of the machines (bits of its holder).
    x, y, z = (
        [r for r, who in zip(history, holders, strict=False) if who & bit] for bit in (1, 2, 4)
    )
    assert merge(x, y) == merge(y, x)
    assert merge(merge(x, y).values(), z) == merge(x, merge(y, z).values()) == merge(x, y, z)
    assert merge(x, x) == merge(x) == {r.id: r for r in x}
    assert set(merge(x, y, z).values()) == set(history)


def test_a_merge_never_changes_what_was_there(anna: Replica) -> None:
    (mine,) = anna.write({TITLE: "mine"}).revisions
    forged = Revision(mine.id, TITLE, (), "c", "jan", START, "theirs")
    assert merge(anna.revisions.values(), [forged]) == {mine.id: mine}


# Undo and redo.


def test_undo_restores_what_stood_before_and_redo_brings_it_back(anna: Replica) -> None:
    anna.write({TITLE: "one"})
    anna.write({TITLE: "two", SPAN: 2})
    anna.undo()
    assert (anna.values(TITLE), anna.values(SPAN)) == (["one"], [None])
    anna.undo()
    assert anna.values(TITLE) == [None]
    anna.redo()
    anna.redo()
    assert (anna.values(TITLE), anna.values(SPAN)) == (["two"], [2])
    assert anna.redo() is None


def test_nothing_is_overwritten_by_undoing(anna: Replica) -> None:
    anna.write({TITLE: "one"})
    before = dict(anna.revisions)
    anna.undo()
    anna.redo()
    assert before.items() <= anna.revisions.items()
    assert [r.value for r in anna.revisions.values()] == ["one", None, "one"]


def test_a_new_change_empties_what_could_be_redone_but_not_anothers(anna: Replica) -> None:
    anna.write({TITLE: "one"})
    anna.undo()
    jan = anna.copy("jan")
    jan.write({SPAN: 1})
    anna.take_in(jan)
    assert undo_and_redo(list(anna.changes.values()), "anna")[1] is not None
    anna.write({SPAN: 2})
    assert anna.redo() is None


def test_undo_follows_the_writer_whatever_member_they_write_for(anna: Replica) -> None:
    mine = anna.write({TITLE: "mine"}).change_set
    jan = anna.copy("jan")
    theirs = jan.write({SPAN: 1}).change_set
    anna.take_in(jan)
    written = list(anna.changes.values())
    assert undo_and_redo(written, "anna") == (mine.id, None)
    assert undo_and_redo(written, "jan") == (theirs.id, None)
    assert undo_and_redo(written, "newcomer") == (None, None)
    anna.undo()
    assert (anna.values(TITLE), anna.values(SPAN)) == ([None], [1])


def test_undo_takes_back_where_its_change_stands_and_says_where_it_does_not(
    anna: Replica,
) -> None:
    anna.write({TITLE: "mine", SPAN: 1})
    jan = anna.copy("jan")
    jan.write({SPAN: 2})
    anna.take_in(jan)
    undone = anna.undo()
    assert undone is not None
    assert undone.overtaken == (SPAN,)
    assert (anna.values(TITLE), anna.values(SPAN)) == ([None], [2])
    anna.redo()
    assert (anna.values(TITLE), anna.values(SPAN)) == (["mine"], [2])


def test_what_another_brought_back_by_undoing_can_be_taken_back(anna: Replica) -> None:
    anna.write({TITLE: "mine"})
    jan = anna.copy("jan")
    jan.write({TITLE: "theirs"})
    jan.undo()
    anna.take_in(jan)
    anna.undo()
    assert anna.values(TITLE) == [None]


def test_what_another_typed_again_is_theirs(anna: Replica) -> None:
    anna.write({TITLE: "mine"})
    jan = anna.copy("jan")
    jan.write({TITLE: "theirs"})
    jan.write({TITLE: "mine"})
    anna.take_in(jan)
    undone = anna.undo()
    assert undone is not None
    assert not undone
    assert undone.overtaken == (TITLE,)
    assert anna.values(TITLE) == ["mine"]


def test_undoing_one_side_of_a_conflict_leaves_the_other_and_redo_opens_it_again(
    anna: Replica,
) -> None:
    conflicting(anna)
    anna.undo()
    assert set(anna.values(TITLE)) == {"there"}
    assert anna.heads.conflicts == ()
    anna.redo()
    assert sorted(map(str, set(anna.values(TITLE)))) == ["here", "there"]


def test_undoing_a_settlement_brings_the_conflict_back_and_redo_settles_it_again(
    anna: Replica,
) -> None:
    conflicting(anna)
    anna.settle(TITLE, "settled")
    for _ in range(2):
        anna.undo()
        assert sorted(map(str, anna.values(TITLE))) == ["here", "there"]
        anna.redo()
        assert anna.values(TITLE) == ["settled"]


def test_undoing_a_settlement_does_not_open_what_another_replaced_since(anna: Replica) -> None:
    jan = conflicting(anna)
    anna.settle(TITLE, "settled")
    jan.write({TITLE: "there, better"})
    anna.take_in(jan)
    anna.undo()
    assert sorted(map(str, set(anna.values(TITLE)))) == ["here", "there, better"]


def test_a_parent_that_never_arrived_is_nothing_to_bring_back(anna: Replica) -> None:
    (first,) = anna.write({TITLE: "one"}).revisions
    anna.write({TITLE: "two"})
    del anna.revisions[first.id]
    anna.undo()
    assert anna.values(TITLE) == [None]


def test_one_writer_at_two_windows_is_not_offered_again_what_is_undone(anna: Replica) -> None:
    anna.write({TITLE: "one"})
    other = anna.copy("anna")
    other.numbers = count(100)
    anna.undo()
    second = other.write({SPAN: 1}).change_set
    other.take_in(anna)
    assert undo_and_redo(list(other.changes.values()), "anna")[0] == second.id
    other.undo()
    assert undo_and_redo(list(other.changes.values()), "anna")[0] is None


def test_redoing_what_is_not_on_top_takes_it_from_the_middle() -> None:
    def change(identifier: str, undoes: str | None = None) -> ChangeSet:
        return ChangeSet(identifier, "anna", "m", START, "tick", undoes)

    written = [change("1"), change("2"), change("u2", "2"), change("u1", "1"), change("r2", "u2")]
    assert undo_and_redo(written, "anna") == ("r2", "u1")


# What a change says of itself.


def test_a_change_tells_what_it_touched(anna: Replica) -> None:
    cost = Register(*ITEM, "costs/c")
    change = anna.write({TITLE: "t", cost: 1, NOTE: "n"})
    assert change
    assert change.items == (ITEM, NOTE.item)
    assert change.touches()
    assert change.touches("undertaking", key="u", field="title")
    assert change.touches(field="costs")
    assert change.touches(field="costs/c")
    assert change.touches("answer", scope="agreed")
    assert not change.touches(field="costs/d")
    assert not change.touches("undertaking", field="note")
    assert not change.touches("answer", scope="other")
    nothing = Change(change.change_set, (), (TITLE,))
    assert not nothing
    assert not nothing.touches()
    both = joined([change, nothing])
    assert (both.revisions, both.overtaken) == (change.revisions, (TITLE,))


def test_a_conflict_names_the_item_and_the_field(anna: Replica) -> None:
    conflicting(anna)
    (conflict,) = anna.heads.conflicts
    assert conflict == Conflict(ITEM, "title", anna.heads.of(TITLE))


class Writers(RuleBasedStateMachine):
    """Two to five people at computers of their own write, undo, redo, settle, and merge in any order.

    After every act: nothing that anybody wrote has gone out of sight but by the act of somebody who
    saw it, and what others wrote is left alone.
    """

    def __init__(self) -> None:
        super().__init__()
        self.people = [Replica(f"w{n}", behind=n * 3) for n in range(5)]

    who = st.integers(0, 4)
    values = st.dictionaries(
        st.sampled_from(REGISTERS), st.sampled_from([None, True, "x", "y", "z"]), min_size=1
    )

    @rule(who=who, values=values)
    def write(self, who: int, values: dict[Register, object | None]) -> None:
        me = self.people[who]
        before = {r: me.values(r) for r in REGISTERS}
        at_most = {r: me.heads.of(r)[-1].at for r in values if me.heads.of(r)}
        change = me.write(values)
        for register, said in before.items():
            now = me.values(register)
            if register in values:
                assert now[-1] == values[register]
                assert {v for v in said if v != said[-1]} <= set(now)
            else:
                assert now == said
        for revision in change.revisions:
            if revision.register in at_most:
                assert revision.at > at_most[revision.register]

    @rule(who=who, other=who)
    def take_in(self, who: int, other: int) -> None:
        me, them = self.people[who], self.people[other]
        mine, theirs = me.heads, them.heads
        me.take_in(them)
        united = me.heads
        for register in REGISTERS:
            now = set(united.of(register))
            for head in (*mine.of(register), *theirs.of(register)):
                # Still in sight, or replaced by somebody who had seen it.
                assert head in now or any(head.id in r.parents for r in me.revisions.values())

    @rule(who=who, register=st.sampled_from(REGISTERS), value=st.sampled_from(["x", "settled"]))
    def settle(self, who: int, register: Register, value: str) -> None:
        me = self.people[who]
        if disagree(me.heads.of(register)):
            me.settle(register, value)
            assert me.values(register) == [value]

    @rule(who=who, back=st.booleans())
    def undo_or_redo(self, who: int, back: bool) -> None:
        me = self.people[who]
        before = {r: me.heads.of(r) for r in REGISTERS}
        target = undo_and_redo(list(me.changes.values()), me.writer)[not back]
        change = me.undo() if back else me.redo()
        if change is None:
            assert target is None
            return
        taken = {r.register for r in me.revisions.values() if r.change_set == target}
        stood = taken - set(change.overtaken)
        assert {r.register for r in change.revisions} == stood
        for register, heads in before.items():
            now = me.heads.of(register)
            if register not in stood:
                assert now == heads
                continue
            # What others wrote is left alone: only heads of this writer's line are replaced.
            replaced = [h for h in heads if h not in now]
            for head in replaced:
                undone = {c.id: c.undoes for c in me.changes.values()}
                assert head.id.startswith(me.writer) or undone[head.change_set] is not None
            assert {h.value for h in heads if h not in replaced} <= {h.value for h in now}

    @precondition(lambda self: any(p.changes for p in self.people))
    @rule(who=who)
    def undo_then_redo_changes_nothing_that_is_said(self, who: int) -> None:
        me = self.people[who]
        before = {r: set(me.values(r)) for r in REGISTERS}
        if me.undo() is not None:
            me.redo()
            after = {r: set(me.values(r)) for r in REGISTERS}
            assert {r: v | {None} for r, v in before.items()} == {
                r: v | {None} for r, v in after.items()
            }

    @invariant()
    def all_that_differs_is_listed(self) -> None:
        for person in self.people:
            heads = person.heads
            listed = {c.item for c in heads.conflicts}
            for register in REGISTERS:
                assert not disagree(heads.of(register)) or register.item in listed

    def teardown(self) -> None:
        """Everybody hears of everything, in different orders, and all see the same."""
        orders = (self.people, self.people[::-1], self.people[2:] + self.people[:2])
        states = []
        for order in orders:
            meeting = Replica("meeting")
            for person in order:
                meeting.take_in(person)
            states.append({r: meeting.heads.of(r) for r in REGISTERS})
        assert states[0] == states[1] == states[2]


TestWriters = Writers.TestCase
TestWriters.settings = settings(max_examples=80, stateful_step_count=30, deadline=None)


def test_undo_leaves_what_somebody_else_says_too(anna: Replica) -> None:
    """Two wrote the same; one of them goes on, and takes both of their own steps back."""
    anna.write({TITLE: "1"})
    jan = anna.copy("jan")
    anna.write({TITLE: "2"})
    jan.write({TITLE: "2"})
    anna.take_in(jan)
    anna.write({TITLE: "3"})
    anna.undo()
    assert {r.value for r in anna.heads.of(TITLE)} == {"2"}
    undone = anna.undo()
    assert undone is not None
    assert undone.overtaken == (TITLE,)
    assert {r.value for r in anna.heads.of(TITLE)} == {"2"}
    anna.redo()
    anna.redo()
    assert {r.value for r in anna.heads.of(TITLE)} == {"3"}
