"""Uniting copies of one assessment: nothing is lost, nothing decided, and all of it is undone."""

from dataclasses import replace
from itertools import permutations

import pytest

from colleagues import Colleague, desk_elsewhere
from memory_store import MemoryStore
from sat_desktop.domain.answers import UNANSWERED
from sat_desktop.domain.assessment import Unit
from sat_desktop.domain.history import response_id
from sat_desktop.domain.questionnaire import Questionnaire, Text, UnitKind
from sat_desktop.errors import SatError
from sat_desktop.services.answering import Respondent, set_level, set_note
from sat_desktop.services.assessments import (
    add_edition,
    add_member,
    change_member,
    create_assessment,
    erase_member,
    response_for,
)
from sat_desktop.services.changes import available, redo, undo
from sat_desktop.services.conflicts import take_side
from sat_desktop.services.dossier import Dossier, open_dossier
from sat_desktop.services.merging import copy_of, merge_copy, redo_merge, undone_merge
from sat_desktop.services.planning import draft_plan
from sat_desktop.services.ports import Workspace
from sat_desktop.services.upgrading import upgrade


@pytest.fixture
def me(workspace: Workspace, dossier: Dossier) -> Colleague:
    return Colleague(workspace, dossier)


@pytest.fixture
def anna(me: Colleague) -> Colleague:
    """Somebody who took a copy home."""
    return desk_elsewhere(me.workspace, me.dossier.row.id, "anna", 0x10000)


@pytest.fixture
def bruno(me: Colleague) -> Colleague:
    """Somebody else who took a copy home."""
    return desk_elsewhere(me.workspace, me.dossier.row.id, "bruno", 0x20000)


def level(colleague: Colleague, agreed: Respondent, indicator: str, wanted: int) -> None:
    set_level(colleague.workspace, colleague.dossier, agreed, indicator, wanted)


def shown(colleague: Colleague, agreed: Respondent, indicator: str) -> int:
    return len(colleague.dossier.answer(agreed.response, indicator).met) // 2


def known(colleague: Colleague) -> list[str]:
    """The change-sets of a colleague's database, merges apart: those are known where they were made."""
    with colleague.workspace.store.begin() as work:
        return [
            c.id for c in work.history.change_sets(colleague.dossier.row.id) if c.label != "merge"
        ]


def test_a_merge_brings_what_the_other_copy_has(
    me: Colleague, anna: Colleague, agreed: Respondent
) -> None:
    level(me, agreed, "a", 1)
    level(anna, agreed, "b", 2)
    add_member(anna.workspace, anna.dossier, "Treasurer")
    change = me.merge(anna)
    assert change.change_set.label == "merge"
    assert (shown(me, agreed, "a"), shown(me, agreed, "b")) == (1, 2)
    assert [m.name for m in me.dossier.members] == ["Secretary", "Treasurer"]
    assert me.dossier.conflicts == ()
    again = me.reopened()
    assert again.heads.everything() == me.dossier.heads.everything()
    assert again.members == me.dossier.members


def test_copies_give_the_same_state_in_any_order(
    me: Colleague, anna: Colleague, bruno: Colleague, agreed: Respondent
) -> None:
    level(me, agreed, "a", 1)
    level(anna, agreed, "a", 2)
    set_note(anna.workspace, anna.dossier, agreed, "b", "anna's")
    undo(anna.workspace, anna.dossier)
    bruno.merge(anna)
    level(bruno, agreed, "a", 3)
    add_member(bruno.workspace, bruno.dossier, "Treasurer")
    copies = [copy_of(d.workspace, d.dossier.row.id) for d in (me, anna, bruno)]
    states = []
    for order in permutations(copies):
        place = desk_elsewhere(anna.workspace, anna.dossier.row.id, "carla", 0x30000)
        for copy in order:
            merge_copy(place.workspace, place.dossier, copy)
        states.append(
            (place.dossier.heads.everything(), place.dossier.members, sorted(known(place)))
        )
        assert place.reopened().heads.everything() == place.dossier.heads.everything()
    assert all(state == states[0] for state in states)
    assert [m.name for m in states[0][1]] == ["Secretary", "Treasurer"]


def test_the_same_copy_twice_changes_nothing(
    me: Colleague, anna: Colleague, agreed: Respondent, store: MemoryStore
) -> None:
    level(anna, agreed, "a", 1)
    me.merge(anna)
    commits, state = store.commits, me.dossier.heads.everything()
    assert not me.merge(anna)
    assert not merge_copy(me.workspace, me.dossier, copy_of(me.workspace, me.dossier.row.id)), (
        "nor does a copy of one's own"
    )
    assert (store.commits, me.dossier.heads.everything()) == (commits, state)
    assert available(me.workspace, me.dossier) == ("merge", None)


def test_what_another_window_merged_already_is_not_merged_again(
    me: Colleague, other: Colleague, anna: Colleague, agreed: Respondent
) -> None:
    level(anna, agreed, "a", 1)
    other.merge(anna)
    assert not me.merge(anna), "though this window has not seen it yet"
    me.catch_up()
    assert shown(me, agreed, "a") == 1
    assert available(me.workspace, me.dossier) == (None, None)
    assert me.dossier.heads.everything() == other.dossier.heads.everything()


def test_a_copy_of_another_assessment_is_refused(
    me: Colleague, dossier: Dossier, store: MemoryStore
) -> None:
    unit = Unit("Elsewhere", UnitKind.GMINA, "0299011")
    strange = create_assessment(me.workspace, unit, "small@1.0", "2026", "en", "Mayor")
    commits = store.commits
    with pytest.raises(SatError, match="assessment-other"):
        merge_copy(me.workspace, me.dossier, copy_of(me.workspace, strange.id))
    assert store.commits == commits


def test_a_merge_is_undone_as_one_and_redone(
    me: Colleague, anna: Colleague, agreed: Respondent
) -> None:
    level(me, agreed, "a", 1)
    before = me.dossier.answers(agreed.response)
    level(anna, agreed, "b", 2)
    level(anna, agreed, "b", 3)
    set_note(anna.workspace, anna.dossier, agreed, "c", "why")
    add_member(anna.workspace, anna.dossier, "Treasurer")
    me.merge(anna)
    after = dict(me.dossier.answers(agreed.response))
    assert undo(me.workspace, me.dossier).change_set.label == "merge"
    assert me.dossier.answers(agreed.response) == before
    assert [m.name for m in me.dossier.members] == ["Secretary"]
    redo(me.workspace, me.dossier)
    assert me.dossier.answers(agreed.response) == after
    assert [m.name for m in me.dossier.members] == ["Secretary", "Treasurer"]
    assert me.reopened().heads.everything() == me.dossier.heads.everything()


def test_undo_goes_on_with_what_was_done_before_the_merge(
    me: Colleague, anna: Colleague, agreed: Respondent
) -> None:
    level(me, agreed, "a", 1)
    anna.merge(me)
    level(anna, agreed, "a", 2)
    level(anna, agreed, "a", 3)
    me.merge(anna)
    assert shown(me, agreed, "a") == 3
    undo(me.workspace, me.dossier)
    assert shown(me, agreed, "a") == 1
    taken = undo(me.workspace, me.dossier)
    assert taken.overtaken == (), "what the merge had replaced stands there again"
    assert me.dossier.answer(agreed.response, "a") == UNANSWERED
    redo(me.workspace, me.dossier)
    redo(me.workspace, me.dossier)
    assert shown(me, agreed, "a") == 3


def test_what_was_imported_and_undone_is_brought_back_by_redo(
    me: Colleague, anna: Colleague, agreed: Respondent
) -> None:
    level(anna, agreed, "a", 1)
    copy = copy_of(anna.workspace, anna.dossier.row.id)
    assert undone_merge(me.workspace, me.dossier, copy) is None
    merged = merge_copy(me.workspace, me.dossier, copy)
    assert undone_merge(me.workspace, me.dossier, copy) is None
    undo(me.workspace, me.dossier)
    assert not merge_copy(me.workspace, me.dossier, copy), "it is kept, and only taken back"
    assert shown(me, agreed, "a") == 0
    assert undone_merge(me.workspace, me.dossier, copy) == merged.change_set
    redo(me.workspace, me.dossier)
    assert undone_merge(me.workspace, me.dossier, copy) is None
    assert shown(me, agreed, "a") == 1
    undo(me.workspace, me.dossier)
    assert undone_merge(me.workspace, me.dossier, copy) == merged.change_set


def test_what_was_imported_and_undone_comes_back_whatever_was_written_since(
    me: Colleague, other: Colleague, anna: Colleague, bruno: Colleague, agreed: Respondent
) -> None:
    level(anna, agreed, "a", 1)
    level(bruno, agreed, "d", 1)
    merged = me.merge(anna).change_set
    undo(me.workspace, me.dossier)
    me.merge(bruno)
    set_note(me.workspace, me.dossier, agreed, "c", "since then")
    assert available(me.workspace, me.dossier)[1] is None, "redo itself is not offered any more"
    other.catch_up()
    copy = copy_of(anna.workspace, anna.dossier.row.id)
    assert undone_merge(other.workspace, other.dossier, copy) == merged
    change = redo_merge(other.workspace, other.dossier, merged)
    assert (change.change_set.label, shown(other, agreed, "a")) == ("merge", 1)
    with pytest.raises(SatError, match="merge-stands"):
        redo_merge(other.workspace, other.dossier, merged)
    undo(other.workspace, other.dossier)
    assert shown(other, agreed, "a") == 0
    assert undone_merge(other.workspace, other.dossier, copy) == merged


def test_the_undoing_of_a_merge_elsewhere_brings_nothing_back_here(
    me: Colleague, anna: Colleague, bruno: Colleague, agreed: Respondent
) -> None:
    level(bruno, agreed, "a", 1)
    anna.merge(bruno)
    undo(anna.workspace, anna.dossier)
    me.merge(anna)
    copy = copy_of(anna.workspace, anna.dossier.row.id)
    assert undone_merge(me.workspace, me.dossier, copy) is None
    assert shown(me, agreed, "a") == 0


def test_a_merge_opens_conflicts_and_settles_none(
    me: Colleague, anna: Colleague, agreed: Respondent
) -> None:
    level(me, agreed, "a", 1)
    level(anna, agreed, "a", 3)
    me.merge(anna)
    assert me.conflict.field == "rating"
    sides = me.conflict.sides
    # Adding a note asks nothing and decides nothing.
    set_note(anna.workspace, anna.dossier, agreed, "a", "a note")
    me.merge(anna)
    set_note(me.workspace, me.dossier, agreed, "a", "another note")
    anna.merge(me)
    assert me.conflict.sides == anna.conflict.sides == sides
    (first,) = [side for side in sides if len(side.value[1]) == 2]  # type: ignore[index]
    take_side(anna.workspace, anna.dossier, anna.conflict, first)
    me.merge(anna)
    assert me.dossier.conflicts == ()
    assert shown(me, agreed, "a") == shown(anna, agreed, "a") == 1


def test_undoing_a_merge_closes_the_conflict_that_it_opened(
    me: Colleague, anna: Colleague, agreed: Respondent
) -> None:
    level(me, agreed, "a", 1)
    level(anna, agreed, "a", 3)
    me.merge(anna)
    undo(me.workspace, me.dossier)
    assert me.dossier.conflicts == ()
    assert shown(me, agreed, "a") == 1
    redo(me.workspace, me.dossier)
    assert me.conflict.field == "rating"


def test_two_computers_that_begin_a_members_answers_mean_one_response(
    me: Colleague, agreed: Respondent
) -> None:
    add_member(me.workspace, me.dossier, "Treasurer")
    anna = desk_elsewhere(me.workspace, me.dossier.row.id, "anna", 0x10000)
    mine = response_for(me.workspace, me.dossier, "Treasurer")
    theirs = response_for(anna.workspace, anna.dossier, "Treasurer")
    assert mine == theirs
    assert mine.id == response_id(me.dossier.row.id, mine.member)
    who = Respondent(mine.id, mine.member or "")
    level(me, who, "a", 1)
    level(anna, who, "b", 2)
    me.merge(anna)
    assert len(me.dossier.responses) == 3
    assert set(me.dossier.answers(mine.id)) == {"a", "b"}
    assert me.dossier.answers(agreed.response) == {}


def test_two_who_draft_from_the_same_answers_drafted_the_same(
    me: Colleague, agreed: Respondent
) -> None:
    for key in "abd":
        level(me, agreed, key, 1)
    anna = desk_elsewhere(me.workspace, me.dossier.row.id, "anna", 0x10000)
    for colleague in (me, anna):
        draft_plan(colleague.workspace, colleague.dossier, lambda g: g.code)
    plan = me.dossier.plan()
    assert plan.undertakings
    me.merge(anna)
    assert me.dossier.plan() == plan
    assert me.dossier.conflicts == ()
    undo(me.workspace, me.dossier)
    undo(me.workspace, me.dossier)
    assert me.dossier.plan().undertakings == (), "both were mine to take back: merge, then draft"


# Names


def members(colleague: Colleague) -> list[tuple[str, bool]]:
    return [(m.name, m.erased) for m in colleague.dossier.members]


@pytest.fixture
def treasurer(me: Colleague) -> str:
    add_member(me.workspace, me.dossier, "Treasurer", "Finance")
    return me.dossier.members[-1].id


@pytest.mark.parametrize("here", [True, False])
def test_an_erased_name_stays_erased_whichever_side_erased_it(
    me: Colleague, treasurer: str, here: bool
) -> None:
    anna = desk_elsewhere(me.workspace, me.dossier.row.id, "anna", 0x10000)
    one, two = (me, anna) if here else (anna, me)
    erase_member(one.workspace, one.dossier, treasurer)
    # Meanwhile the other side gives the person another name.
    change_member(
        two.workspace, two.dossier, replace(two.dossier.members[-1], name="City treasurer")
    )
    for colleague, source in ((me, anna), (anna, me), (me, anna)):
        colleague.merge(source)
    assert members(me) == members(anna) == [("Secretary", False), ("", True)]
    for colleague in (me, anna):
        with colleague.workspace.store.begin() as work:
            assert [p.name for p in work.assessments.persons(colleague.dossier.row.id)] == [
                "Secretary"
            ]
    assert [c.field for c in me.dossier.conflicts] == ["name"], "said, and of nobody any more"


def test_an_erasure_that_was_taken_back_still_lets_no_name_in(
    me: Colleague, treasurer: str
) -> None:
    anna = desk_elsewhere(me.workspace, me.dossier.row.id, "anna", 0x10000)
    erase_member(me.workspace, me.dossier, treasurer)
    undo(me.workspace, me.dossier)
    assert members(me) == [("Secretary", False), ("", False)]
    set_note(anna.workspace, anna.dossier, Respondent(anna.dossier.agreed.id), "a", "new")
    me.merge(anna)
    assert members(me) == [("Secretary", False), ("", False)]
    assert me.reopened().members == me.dossier.members
    with pytest.raises(SatError, match="member-erased"):
        change_member(me.workspace, me.dossier, replace(me.dossier.members[-1], name="Again"))


def test_a_member_whom_nobody_here_knew_comes_erased(me: Colleague, anna: Colleague) -> None:
    add_member(anna.workspace, anna.dossier, "Treasurer")
    copy = copy_of(anna.workspace, anna.dossier.row.id)
    erase_member(anna.workspace, anna.dossier, anna.dossier.members[-1].id)
    # The names of a copy made earlier, with the changes of now.
    later = replace(copy_of(anna.workspace, anna.dossier.row.id), persons=copy.persons)
    assert [p.name for p in later.persons] == ["Secretary", "Treasurer"]
    merge_copy(me.workspace, me.dossier, later)
    assert members(me) == [("Secretary", False), ("", True)]
    with me.workspace.store.begin() as work:
        assert [p.name for p in work.assessments.persons(me.dossier.row.id)] == ["Secretary"]


# Editions


def test_the_edition_in_use_comes_with_the_copy(
    me: Colleague, anna: Colleague, edition: Questionnaire
) -> None:
    add_edition(anna.workspace, replace(edition, version="1.1"))
    upgrade(anna.workspace, anna.dossier, "small@1.1")
    me.merge(anna)
    assert me.dossier.edition.edition == me.reopened().edition.edition == "small@1.1"
    undo(me.workspace, me.dossier)
    assert me.dossier.edition.edition == "small@1.0"


def test_a_copy_whose_edition_is_nowhere_is_refused_whole(
    me: Colleague, anna: Colleague, edition: Questionnaire, store: MemoryStore
) -> None:
    newer = replace(edition, version="1.1")
    add_edition(anna.workspace, newer)
    upgrade(anna.workspace, anna.dossier, "small@1.1")
    copy = copy_of(anna.workspace, anna.dossier.row.id)
    commits = store.commits
    with pytest.raises(SatError, match="edition-unknown"):
        merge_copy(me.workspace, me.dossier, replace(copy, editions=()))
    add_edition(me.workspace, replace(newer, name=Text(en="Another")))
    with pytest.raises(SatError, match="edition-differs"):
        merge_copy(me.workspace, me.dossier, copy)
    assert store.commits == commits + 1
    assert open_dossier(me.workspace, me.dossier.row.id).edition == edition
