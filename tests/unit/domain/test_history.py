"""Revisions: heads, conflicts, merge; undo and redo by those who change things at the same time."""

import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from sat_desktop.domain.answers import (
    UNANSWERED,
    Answer,
    Change,
    ChangeSet,
    Item,
    ItemKind,
    Revision,
    choose_level,
    clear,
    find_conflicts,
    find_heads,
    mark_not_applicable,
    merge,
    take_back,
    tick,
    undo_and_redo,
)
from sat_desktop.domain.questionnaire import Indicator
from sat_desktop.errors import SatError
from strategies import indicators

START = datetime(2026, 1, 5, 8, tzinfo=UTC)
ANNA, JAN = "anna", "jan"


def answer(key: str) -> Item:
    return Item(ItemKind.ANSWER, "agreed", key)


A, B = answer("a"), answer("b")


@dataclass
class Desk:
    """Writes revisions as the program does, into the memory of one machine."""

    name: str = "desk"
    revisions: list[Revision] = field(default_factory=list)
    changes: list[ChangeSet] = field(default_factory=list)

    def copy(self, name: str) -> "Desk":
        return Desk(name, list(self.revisions), list(self.changes))

    def take_in(self, other: "Desk") -> None:
        """Merge what another machine has."""
        self.revisions = list(merge(self.revisions, other.revisions).values())
        known = {c.id for c in self.changes}
        self.changes += [c for c in other.changes if c.id not in known]

    def heads(self) -> dict[Item, tuple[Revision, ...]]:
        return find_heads(self.revisions)

    def values(self) -> dict[Item, list[object | None]]:
        """The values of all heads, what was deleted or taken back to nothing left out."""
        found = {i: [r.value for r in revisions] for i, revisions in self.heads().items()}
        return {item: values for item, values in found.items() if values != [None]}

    def write(
        self,
        values: dict[Item, object | None],
        member: str = ANNA,
    ) -> ChangeSet:
        change = ChangeSet(f"{self.name}-c{len(self.changes)}", member, START, "tick")
        write = self._writer(change)
        heads = self.heads()
        self._append(
            change,
            [
                write(item, tuple(r.id for r in heads.get(item, ())), value)
                for item, value in values.items()
            ],
        )
        return change

    def undo(self, member: str = ANNA) -> str | None:
        return self._reverse(member, undo_and_redo(self.changes, member)[0])

    def redo(self, member: str = ANNA) -> str | None:
        return self._reverse(member, undo_and_redo(self.changes, member)[1])

    def _reverse(self, member: str, target: str | None) -> str | None:
        if target is None:
            return None
        change = ChangeSet(f"{self.name}-c{len(self.changes)}", member, START, "tick", target)
        written = [r for r in self.revisions if r.change_set == target]
        earlier = {r.id: r for r in self.revisions}
        self._append(change, take_back(written, earlier, self.heads(), self._writer(change)))
        return target

    def _append(self, change: ChangeSet, revisions: Iterable[Revision]) -> None:
        self.revisions += revisions
        self.changes.append(change)

    def _writer(
        self, change: ChangeSet
    ) -> Callable[[Item, tuple[str, ...], object | None], Revision]:
        numbers = count(len(self.revisions))

        def write(item: Item, parents: tuple[str, ...], value: object | None) -> Revision:
            number = next(numbers)
            at = START + timedelta(minutes=number)
            return Revision(
                f"{self.name}-r{number}", item, parents, change.id, change.member, at, value
            )

        return write


@pytest.fixture
def desk() -> Desk:
    return Desk()


def conflicting(desk: Desk) -> None:
    """Let two machines change A without knowing of each other, and merge."""
    desk.write({A: "common"})
    other = desk.copy("other")
    desk.write({A: "here"})
    other.write({A: "there"}, JAN)
    desk.take_in(other)


def test_the_head_is_what_no_other_replaces(desk: Desk) -> None:
    desk.write({A: 1, B: 1})
    desk.write({A: 2})
    assert desk.values() == {A: [2], B: [1]}


def test_deleting_is_a_revision_too(desk: Desk) -> None:
    desk.write({A: 1})
    desk.write({A: None})
    (head,) = desk.heads()[A]
    assert head.value is None
    assert [r.value for r in desk.revisions] == [1, None]


def test_two_heads_are_a_conflict_until_a_revision_replaces_both(desk: Desk) -> None:
    conflicting(desk)
    assert desk.values() == {A: ["here", "there"]}
    assert find_conflicts(desk.heads()) == (A,)
    desk.write({A: "settled"})
    assert desk.values() == {A: ["settled"]}
    assert find_conflicts(desk.heads()) == ()


def test_two_heads_that_say_the_same_are_no_conflict(desk: Desk) -> None:
    desk.write({A: "common"})
    other = desk.copy("other")
    desk.write({A: "same"})
    other.write({A: "same"}, JAN)
    desk.take_in(other)
    assert desk.values() == {A: ["same", "same"]}
    assert find_conflicts(desk.heads()) == ()


def test_of_two_heads_the_later_is_shown_and_at_one_time_the_id_decides(desk: Desk) -> None:
    conflicting(desk)
    early, late = desk.heads()[A]
    assert (early.at, early.id) < (late.at, late.id)


# Any set of revisions that offices could have made: each replaces some earlier ones of its item.


@st.composite
def histories(draw: st.DrawFn) -> tuple[Revision, ...]:
    found: list[Revision] = []
    for number in range(draw(st.integers(0, 12))):
        item = draw(st.sampled_from([A, B, answer("c")]))
        earlier = [r.id for r in found if r.item == item]
        parents = draw(st.sets(st.sampled_from(earlier))) if earlier else set()
        at = START + timedelta(minutes=draw(st.integers(0, 2)))
        value = draw(st.sampled_from([None, "x", "y"]))
        found.append(Revision(f"r{number}", item, tuple(sorted(parents)), "c", ANNA, at, value))
    return tuple(found)


@given(histories(), st.randoms(use_true_random=False))
def test_heads_and_conflicts_are_the_same_for_any_order(
    history: tuple[Revision, ...], shuffler: random.Random
) -> None:
    shuffled = list(history)
    shuffler.shuffle(shuffled)
    assert find_heads(shuffled) == find_heads(history)
    assert find_conflicts(find_heads(shuffled)) == find_conflicts(find_heads(history))


@given(histories())
def test_heads_are_what_a_naive_search_finds(history: tuple[Revision, ...]) -> None:
    naive = {r for r in history if not any(r.id in other.parents for other in history)}
    found = find_heads(history)
    assert {r for heads in found.values() for r in heads} == naive
    assert set(found) == {r.item for r in history}


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
    assert find_heads(merge(z, y, x).values()) == find_heads(history)


def test_a_merge_never_changes_what_was_there(desk: Desk) -> None:
    desk.write({A: "mine"})
    (mine,) = desk.revisions
    forged = Revision(mine.id, A, (), "c", JAN, START, "theirs")
    assert merge(desk.revisions, [forged]) == {mine.id: mine}


# Undo and redo.


def test_undo_restores_what_stood_before_and_redo_brings_it_back(desk: Desk) -> None:
    desk.write({A: 1})
    desk.write({A: 2, B: 2})
    desk.undo()
    assert desk.values() == {A: [1]}
    desk.undo()
    assert desk.values() == {}
    desk.redo()
    desk.redo()
    assert desk.values() == {A: [2], B: [2]}
    assert desk.redo() is None


def test_nothing_is_overwritten_by_undoing(desk: Desk) -> None:
    desk.write({A: 1})
    before = list(desk.revisions)
    desk.undo()
    desk.redo()
    assert desk.revisions[:1] == before
    assert [r.value for r in desk.revisions] == [1, None, 1]


def test_a_new_change_empties_what_could_be_redone(desk: Desk) -> None:
    desk.write({A: 1})
    desk.undo()
    desk.write({B: 1})
    assert desk.redo() is None
    assert desk.values() == {B: [1]}


def test_changes_of_others_do_not_empty_what_could_be_redone(desk: Desk) -> None:
    desk.write({A: 1})
    desk.undo()
    desk.write({B: 1}, JAN)
    desk.redo()
    assert desk.values() == {A: [1], B: [1]}


def test_everyone_undoes_their_own_changes(desk: Desk) -> None:
    mine = desk.write({A: 1})
    theirs = desk.write({B: 1}, JAN)
    assert undo_and_redo(desk.changes, ANNA) == (mine.id, None)
    assert undo_and_redo(desk.changes, JAN) == (theirs.id, None)
    assert undo_and_redo(desk.changes, "newcomer") == (None, None)
    desk.undo()
    assert desk.values() == {B: [1]}


def test_undo_does_not_overwrite_what_somebody_changed_since(desk: Desk) -> None:
    desk.write({A: 1, B: 1})
    desk.write({B: 2}, JAN)
    with pytest.raises(SatError) as refused:
        desk.undo()
    assert (refused.value.code, refused.value.facts) == ("undo-overtaken", {"item": "b"})
    assert desk.values() == {A: [1], B: [2]}
    desk.undo(JAN)
    desk.undo()
    assert desk.values() == {}


def test_undo_is_refused_while_its_change_is_one_side_of_a_conflict(desk: Desk) -> None:
    conflicting(desk)
    with pytest.raises(SatError, match="undo-overtaken"):
        desk.undo()


def test_undoing_a_settlement_brings_the_conflict_back_and_redo_settles_it_again(
    desk: Desk,
) -> None:
    conflicting(desk)
    desk.write({A: "settled"})
    desk.undo()
    assert desk.values() == {A: ["here", "there"]}
    assert find_conflicts(desk.heads()) == (A,)
    desk.redo()
    assert desk.values() == {A: ["settled"]}
    desk.undo()
    assert desk.values() == {A: ["here", "there"]}


def test_one_person_at_two_machines_is_not_offered_again_what_is_undone(desk: Desk) -> None:
    first = desk.write({A: 1})
    other = desk.copy("other")
    desk.undo()
    second = other.write({B: 1})
    other.take_in(desk)
    assert undo_and_redo(other.changes, ANNA) == (second.id, other.changes[-1].id)
    other.undo()
    assert other.values() == {}
    assert undo_and_redo(other.changes, ANNA)[0] is None
    assert first.id in {c.undoes for c in other.changes}


def test_redoing_what_is_not_on_top_takes_it_from_the_middle() -> None:
    def change(identifier: str, undoes: str | None = None) -> ChangeSet:
        return ChangeSet(identifier, ANNA, START, "tick", undoes)

    written = [change("1"), change("2"), change("u2", "2"), change("u1", "1"), change("r2", "u2")]
    assert undo_and_redo(written, ANNA) == ("r2", "u1")


Entry = dict[str, tuple[Answer | None, Answer | None]]


class Office(RuleBasedStateMachine):
    """Anna answers, undoes and redoes; Jan answers at the same time; both against a plain model.

    The model keeps what is shown for each indicator, None before anybody said anything, and Anna's
    changes as two stacks: for each key what stood before and after.
    """

    @initialize(asked=st.tuples(indicators("i", 3), indicators("j", 2)))
    def open_assessment(self, asked: tuple[Indicator, ...]) -> None:
        self.desk = Desk()
        self.asked = {i.id: i for i in asked}
        self.shown: dict[str, Answer | None] = dict.fromkeys(self.asked)
        self.done: list[Entry] = []
        self.undone: list[Entry] = []

    def head(self, key: str) -> object | None:
        (found,) = self.desk.values().get(answer(key), [None])
        return found

    def present(self, key: str) -> Answer:
        return self.shown[key] or UNANSWERED

    def change(self, values: dict[str, Answer], member: str) -> None:
        self.desk.write({answer(key): value for key, value in values.items()}, member)
        if member == ANNA:
            self.done.append({key: (self.shown[key], value) for key, value in values.items()})
            self.undone.clear()
        self.shown |= values

    members = st.sampled_from([ANNA, ANNA, JAN])
    keys = st.sampled_from(["i", "j"])

    @rule(data=st.data(), key=keys, member=members, met=st.booleans())
    def tick(self, data: st.DataObject, key: str, member: str, met: bool) -> None:
        criterion = data.draw(st.sampled_from(self.asked[key].criteria))
        self.change({key: tick(self.present(key), criterion, met=met)}, member)

    @rule(key=keys, member=members, level=st.integers(0, 2))
    def choose_level(self, key: str, member: str, level: int) -> None:
        self.change({key: choose_level(self.present(key), self.asked[key], level)}, member)

    @rule(member=members)
    def exempt_the_branch(self, member: str) -> None:
        self.change(
            {k: mark_not_applicable(self.present(k), "no such task") for k in self.asked}, member
        )

    @rule(key=keys, member=members)
    def clear(self, key: str, member: str) -> None:
        self.change({key: clear(self.present(key))}, member)

    @rule()
    def undo(self) -> None:
        self.reverse(self.desk.undo, self.done, self.undone)

    @rule()
    def redo(self) -> None:
        self.reverse(self.desk.redo, self.undone, self.done)

    def reverse(
        self, act: Callable[[], str | None], source: list[Entry], target: list[Entry]
    ) -> None:
        if not source:
            assert act() is None
        elif any(self.shown[key] != after for key, (_, after) in source[-1].items()):
            with pytest.raises(SatError, match="undo-overtaken"):
                act()
        else:
            assert act() is not None
            entry = source.pop()
            target.append({key: (after, before) for key, (before, after) in entry.items()})
            self.shown |= {key: before for key, (before, _) in entry.items()}

    @invariant()
    def what_is_shown_is_what_was_said(self) -> None:
        assert {key: self.head(key) for key in self.asked} == self.shown

    @invariant()
    def what_can_be_undone_is_what_the_model_says(self) -> None:
        undoable, redoable = undo_and_redo(self.desk.changes, ANNA)
        assert (undoable is not None, redoable is not None) == (bool(self.done), bool(self.undone))

    @invariant()
    def every_item_has_one_head(self) -> None:
        assert not find_conflicts(self.desk.heads())


TestOffice = Office.TestCase
TestOffice.settings = settings(max_examples=60, stateful_step_count=25)


def test_a_change_says_what_it_touched() -> None:
    item, other = Item(ItemKind.ANSWER, "mine", "a"), Item(ItemKind.AIM, "", "b")
    change_set = ChangeSet("c", ANNA, START, "level")
    revisions = tuple(
        Revision(name, of, (), "c", ANNA, START, None)
        for name, of in (("1", item), ("2", other), ("3", item))
    )
    change = Change(change_set, revisions)
    assert change
    assert change.items == (item, other)
    assert change.touches()
    assert change.touches(ItemKind.ANSWER)
    assert change.touches(ItemKind.ANSWER, "mine", "a")
    assert change.touches(key="b")
    assert not change.touches(ItemKind.PLAN)
    assert not change.touches(ItemKind.AIM, key="a")
    assert not change.touches(ItemKind.ANSWER, "somebody else's")
    nothing = Change(change_set, ())
    assert not nothing
    assert not nothing.touches()
    assert (
        Change.joined(
            [nothing, Change(change_set, revisions[:2]), Change(change_set, revisions[2:])]
        )
        == change
    )
