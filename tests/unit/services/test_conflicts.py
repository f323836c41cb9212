"""Settling what two people said differently: only a person does, and nothing else is lost by it."""

from dataclasses import replace
from typing import Any

import pytest

from colleagues import Colleague
from sat_desktop.domain.answers import Evidence
from sat_desktop.domain.history import PRESENCE, Revision
from sat_desktop.domain.kinds import GOAL, Placed
from sat_desktop.domain.plan import Goal, Measure
from sat_desktop.errors import SatError
from sat_desktop.services.answering import (
    Respondent,
    set_confidence,
    set_evidence,
    set_level,
    set_note,
)
from sat_desktop.services.changes import redo, undo
from sat_desktop.services.conflicts import settle, take_side, takes_third
from sat_desktop.services.dossier import Dossier
from sat_desktop.services.planning import put, remove, set_head
from sat_desktop.services.ports import Workspace

KEPT = Measure("Kept", id="kept")
EARLIER = Measure("Removed earlier", id="earlier")


@pytest.fixture
def me(workspace: Workspace, dossier: Dossier) -> Colleague:
    return Colleague(workspace, dossier)


@pytest.fixture
def notes(me: Colleague, other: Colleague, agreed: Respondent) -> tuple[Revision, ...]:
    """Both wrote a note on a: "mine", then "theirs"; return the sides."""
    set_note(me.workspace, me.dossier, agreed, "a", "mine")
    set_note(other.workspace, other.dossier, agreed, "a", "theirs")
    meet(me, other)
    return me.conflict.sides


@pytest.fixture
def goal(me: Colleague, other: Colleague) -> Goal:
    """A goal that both know, of which a measure was removed and the description taken away."""
    made = Goal("g", "Aim high", "Because", measures=(KEPT, EARLIER))
    put(me.workspace, me.dossier, made)
    made = replace(made, description="", measures=(KEPT,))
    put(me.workspace, me.dossier, made)
    other.catch_up()
    return made


def meet(me: Colleague, other: Colleague) -> None:
    me.catch_up()
    other.catch_up()
    assert me.dossier.conflicts == other.dossier.conflicts
    assert me.dossier.heads.everything() == other.dossier.heads.everything()


def note(colleague: Colleague, agreed: Respondent) -> str:
    return colleague.dossier.answer(agreed.response, "a").note


def shown(colleague: Colleague, goal: Goal) -> Any:
    return colleague.dossier.value(GOAL.item(goal.id))


def title_of(conflict_sides: tuple[Revision, ...], title: str) -> Revision:
    return next(r for r in conflict_sides if r.value == title)


@pytest.mark.parametrize("which", [0, 1])
def test_a_person_takes_one_side(
    me: Colleague, other: Colleague, agreed: Respondent, notes: tuple[Revision, ...], which: int
) -> None:
    assert [r.value for r in notes] == ["mine", "theirs"]
    assert note(me, agreed) == "theirs", "the last one is shown until somebody settles it"
    change = take_side(me.workspace, me.dossier, me.conflict, notes[which], "somebody")
    assert (change.change_set.label, change.change_set.member) == ("settle", "somebody")
    meet(me, other)
    assert me.dossier.conflicts == ()
    assert note(me, agreed) == note(other, agreed) == notes[which].value
    undo(me.workspace, me.dossier)
    assert [r.value for r in me.conflict.sides] == ["mine", "theirs"]
    redo(me.workspace, me.dossier)
    assert me.dossier.conflicts == ()


@pytest.mark.parametrize(("word", "stored"), [("both", "both"), ("", None), (None, None)])
def test_a_person_writes_a_third_word(
    me: Colleague,
    other: Colleague,
    agreed: Respondent,
    notes: tuple[Revision, ...],
    word: str | None,
    stored: str | None,
) -> None:
    (written,) = settle(me.workspace, me.dossier, me.conflict, word).revisions
    assert written.value == stored, "what says nothing is stored as nothing"
    assert set(written.parents) == {r.id for r in notes}
    meet(me, other)
    assert other.dossier.conflicts == ()
    assert note(other, agreed) == (word or "")


def test_a_third_word_is_one_that_the_record_can_have(
    me: Colleague, other: Colleague, agreed: Respondent
) -> None:
    set_confidence(me.workspace, me.dossier, agreed, "a", 1)
    set_confidence(other.workspace, other.dossier, agreed, "a", 2)
    meet(me, other)
    with pytest.raises(SatError, match="confidence-range"):
        settle(me.workspace, me.dossier, me.conflict, 7)
    assert me.dossier.conflicts == other.dossier.conflicts


def test_no_third_word_is_written_where_one_has_to_be_a_day(
    me: Colleague, other: Colleague
) -> None:
    """Else every document would stumble over it from then on."""
    for who, day in ((me, "2027-03-01"), (other, "2027-04-01")):
        set_head(who.workspace, who.dossier, replace(who.dossier.default_plan(), date=day))
    meet(me, other)
    found = next(c for c in me.dossier.conflicts if c.field == "date")
    assert not takes_third(found)
    with pytest.raises(ValueError, match="date"):
        settle(me.workspace, me.dossier, found, "1 marca 2027")
    take_side(me.workspace, me.dossier, found, found.sides[0])
    assert me.dossier.plan().head.date == found.sides[0].value


@pytest.mark.usefixtures("notes")
def test_what_was_settled_meanwhile_is_not_settled_again(me: Colleague, other: Colleague) -> None:
    seen = me.conflict
    take_side(other.workspace, other.dossier, other.conflict, seen.sides[0])
    me.catch_up()
    with pytest.raises(SatError, match="conflict-gone"):
        take_side(me.workspace, me.dossier, seen, seen.sides[1])
    with pytest.raises(SatError, match="conflict-gone"):
        settle(me.workspace, me.dossier, seen, "both")


def test_what_was_changed_meanwhile_is_looked_at_again(
    me: Colleague, other: Colleague, agreed: Respondent, notes: tuple[Revision, ...]
) -> None:
    seen = me.conflict
    set_note(other.workspace, other.dossier, agreed, "a", "theirs, after some thought")
    me.catch_up()
    with pytest.raises(SatError, match="conflict-gone"):
        take_side(me.workspace, me.dossier, seen, notes[0])
    assert [r.value for r in me.conflict.sides] == ["mine", "theirs, after some thought"]


def test_two_who_settle_at_once_are_in_conflict_again(
    me: Colleague, other: Colleague, agreed: Respondent, notes: tuple[Revision, ...]
) -> None:
    take_side(me.workspace, me.dossier, me.conflict, notes[0])
    take_side(other.workspace, other.dossier, other.conflict, notes[1])
    meet(me, other)
    assert [r.value for r in me.conflict.sides] == ["mine", "theirs"]
    assert {r.id for r in me.conflict.sides}.isdisjoint(r.id for r in notes)
    assert note(me, agreed) == "theirs"


@pytest.mark.usefixtures("notes")
def test_nothing_that_anybody_writes_otherwise_settles(
    me: Colleague, other: Colleague, agreed: Respondent
) -> None:
    set_level(me.workspace, me.dossier, agreed, "a", 2)
    set_note(me.workspace, me.dossier, agreed, "b", "mine")
    set_note(me.workspace, me.dossier, agreed, "a", "mine, once more")
    undo(other.workspace, other.dossier)  # the note "theirs" is not there any more
    redo(other.workspace, other.dossier)
    meet(me, other)
    assert {r.value for r in me.conflict.sides} == {"mine", "mine, once more"}
    assert me.reopened().conflicts == me.dossier.conflicts


def test_an_entry_of_a_list_is_settled_by_itself(
    me: Colleague, other: Colleague, agreed: Respondent
) -> None:
    first, second = Evidence("Strategy", id="s"), Evidence("Report", id="r")
    set_evidence(me.workspace, me.dossier, agreed, "a", [first, second])
    other.catch_up()
    set_evidence(me.workspace, me.dossier, agreed, "a", [second])
    named = replace(first, reference="OR.1")
    set_evidence(other.workspace, other.dossier, agreed, "a", [named, second])
    meet(me, other)
    assert me.conflict.field == "evidence/s"
    assert [r.value for r in me.conflict.sides] == [None, Placed(0, named)]
    third = replace(first, reference="OR.2")
    settle(me.workspace, me.dossier, me.conflict, Placed(0, third))
    assert me.dossier.answer(agreed.response, "a").evidence == (third, second)
    undo(me.workspace, me.dossier)
    settle(me.workspace, me.dossier, me.conflict, None)
    assert me.dossier.answer(agreed.response, "a").evidence == (second,)


# What one side deleted


@pytest.fixture
def deleted(me: Colleague, other: Colleague, goal: Goal) -> tuple[Revision, ...]:
    """I deleted the goal while somebody else gave it another title; return the sides."""
    remove(me.workspace, me.dossier, goal)
    put(other.workspace, other.dossier, replace(goal, title="Aim higher"))
    meet(me, other)
    assert me.conflict.field == PRESENCE
    return me.conflict.sides


def test_until_it_is_settled_the_deletion_counts(
    me: Colleague, goal: Goal, deleted: tuple[Revision, ...]
) -> None:
    assert shown(me, goal) is None
    assert [r.value for r in deleted] == [None, "Aim higher"]


def test_the_deletion_takes_all_that_was_written_against_it_along(
    me: Colleague, other: Colleague, goal: Goal, deleted: tuple[Revision, ...]
) -> None:
    take_side(me.workspace, me.dossier, me.conflict, deleted[0])
    meet(me, other)
    assert other.dossier.conflicts == ()
    assert shown(other, goal) is None
    assert other.dossier.heads.shown(GOAL.item(goal.id)) == {}
    undo(me.workspace, me.dossier)
    assert me.conflict.field == PRESENCE


def test_any_other_side_brings_the_whole_item_back(
    me: Colleague, other: Colleague, goal: Goal, deleted: tuple[Revision, ...]
) -> None:
    take_side(other.workspace, other.dossier, other.conflict, deleted[1])
    meet(me, other)
    assert me.dossier.conflicts == ()
    # Neither the description nor the measure that were taken away before come back.
    assert shown(me, goal) == replace(goal, title="Aim higher")
    undo(other.workspace, other.dossier)
    assert other.conflict.field == PRESENCE


def test_a_field_that_the_deleter_never_saw_is_a_side_and_comes_back(
    me: Colleague, other: Colleague, goal: Goal
) -> None:
    put(other.workspace, other.dossier, replace(goal, description="Because"))
    remove(me.workspace, me.dossier, goal)
    meet(me, other)
    (said,) = [r for r in me.conflict.sides if r.value is not None]
    take_side(me.workspace, me.dossier, me.conflict, said)
    assert shown(me, goal) == replace(goal, description="Because")
    assert me.dossier.conflicts == ()


def three_titles(me: Colleague, other: Colleague, goal: Goal) -> None:
    """I delete the goal while two others give it another title, which they do not agree on."""
    third = Colleague(replace(other.workspace, writer="a third"), other.reopened())
    remove(me.workspace, me.dossier, goal)
    put(other.workspace, other.dossier, replace(goal, title="Aim higher"))
    put(third.workspace, third.dossier, replace(goal, title="Aim lower"))
    meet(me, other)
    assert [c.field for c in me.dossier.conflicts] == [PRESENCE, "title"]


@pytest.mark.parametrize("title", ["Aim higher", "Aim lower"])
def test_what_two_wrote_of_a_deleted_item_stays_in_conflict_when_it_is_back(
    me: Colleague, other: Colleague, goal: Goal, title: str
) -> None:
    three_titles(me, other, goal)
    there, _ = me.dossier.conflicts
    take_side(me.workspace, me.dossier, there, title_of(there.sides, title))
    assert shown(me, goal).title == title, "what was chosen is written last, so it is shown"
    assert {r.value for r in me.conflict.sides} == {"Aim higher", "Aim lower"}


def test_what_two_wrote_of_a_deleted_item_can_be_settled_first(
    me: Colleague, other: Colleague, goal: Goal
) -> None:
    three_titles(me, other, goal)
    _, title = me.dossier.conflicts
    settle(me.workspace, me.dossier, title, "Aim well")
    take_side(me.workspace, me.dossier, me.conflict, title_of(me.conflict.sides, "Aim well"))
    assert shown(me, goal).title == "Aim well"
    assert me.dossier.conflicts == ()


def test_the_deletion_takes_both_of_two_titles_along(
    me: Colleague, other: Colleague, goal: Goal
) -> None:
    three_titles(me, other, goal)
    there, _ = me.dossier.conflicts
    take_side(me.workspace, me.dossier, there, there.sides[0])
    assert me.dossier.conflicts == ()
    assert shown(me, goal) is None


@pytest.mark.usefixtures("deleted")
def test_a_deletion_has_no_third_word(me: Colleague) -> None:
    with pytest.raises(ValueError, match=PRESENCE):
        settle(me.workspace, me.dossier, me.conflict, True)
