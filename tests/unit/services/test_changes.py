"""Appending, undoing and redoing: nothing is lost, nothing is overwritten unseen."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from memory_store import MemoryStore
from sat_desktop.domain.answers import UNANSWERED, Answer, State
from sat_desktop.domain.gaps import NO_AIM, Aim
from sat_desktop.domain.history import Change, ChangeSet, Item, Register, Revision
from sat_desktop.domain.kinds import ANSWER, RISK
from sat_desktop.domain.questionnaire import Questionnaire
from sat_desktop.errors import SatError
from sat_desktop.services.answering import (
    Respondent,
    clear_answer,
    set_aim,
    set_level,
    set_note,
    set_to_discuss,
)
from sat_desktop.services.assessments import add_edition, add_member, response_for
from sat_desktop.services.changes import available, catch_up, record, redo, require_item, undo
from sat_desktop.services.dossier import Dossier, open_dossier
from sat_desktop.services.ports import Workspace
from sat_desktop.services.upgrading import upgrade


def _answer_item(who: Respondent, indicator: str) -> Item:
    return ANSWER.item(indicator, who.response)


def _level(dossier: Dossier, who: Respondent, indicator: str) -> int:
    return len(dossier.answer(who.response, indicator).met) // 2


def test_a_change_is_appended_with_its_parent_author_time_and_label(
    workspace: Workspace, dossier: Dossier, agreed: Respondent
) -> None:
    item = _answer_item(agreed, "a")
    (first,) = record(workspace, dossier, "level", {item: Answer(State.RATED)}).revisions
    (second,) = record(
        workspace, dossier, "note", {item: Answer(State.RATED, note="why")}, "somebody"
    ).revisions

    assert (first.register.field, second.register.field) == ("rating", "note")
    assert first.parents == second.parents == ()
    assert first.member == dossier.members[0].id
    assert second.member == "somebody"
    with workspace.store.begin() as work:
        found = work.history.of_registers(dossier.row.id, [first.register])
        assert list(found[first.register]) == [first]
        _, *changes = work.history.change_sets(dossier.row.id)
    assert [(c.label, c.member) for c in changes] == [
        ("level", first.member),
        ("note", "somebody"),
    ]
    assert [c.at for c in changes] == [first.at, second.at]


def test_what_is_on_screen_is_what_is_stored(
    workspace: Workspace, dossier: Dossier, agreed: Respondent
) -> None:
    set_level(workspace, dossier, agreed, "a", 2)
    set_level(workspace, dossier, agreed, "a", 1)
    again = open_dossier(workspace, dossier.row.id)
    assert again.heads.everything() == dossier.heads.everything()
    assert again.answers(agreed.response) == dossier.answers(agreed.response)


def test_saying_the_same_again_writes_nothing(
    workspace: Workspace, dossier: Dossier, agreed: Respondent, store: MemoryStore
) -> None:
    set_level(workspace, dossier, agreed, "a", 2)
    before = store.commits
    set_level(workspace, dossier, agreed, "a", 2)
    assert not record(workspace, dossier, "nothing", {})
    assert store.commits == before
    assert available(workspace, dossier) == ("level", None)


def test_touching_what_nobody_spoke_of_without_saying_anything_writes_nothing(
    workspace: Workspace, dossier: Dossier, agreed: Respondent, store: MemoryStore
) -> None:
    before = store.commits
    set_note(workspace, dossier, agreed, "a", "")
    clear_answer(workspace, dossier, agreed, "a")
    set_to_discuss(workspace, dossier, agreed, "a", flag=False)
    set_aim(workspace, dossier, "a", NO_AIM)
    record(workspace, dossier, "delete", {RISK.item("no such risk"): None})
    assert store.commits == before
    assert available(workspace, dossier) == (None, None)


def test_silence_after_speech_is_a_change(
    workspace: Workspace, dossier: Dossier, agreed: Respondent
) -> None:
    set_level(workspace, dossier, agreed, "a", 2)
    clear_answer(workspace, dossier, agreed, "a")
    assert dossier.answer(agreed.response, "a") == UNANSWERED
    undo(workspace, dossier)
    assert _level(dossier, agreed, "a") == 2


def test_only_what_changed_is_in_the_change_set(
    workspace: Workspace, dossier: Dossier, agreed: Respondent
) -> None:
    set_level(workspace, dossier, agreed, "a", 1)
    same = dossier.answer(agreed.response, "a")
    written = record(
        workspace,
        dossier,
        "import",
        {_answer_item(agreed, "a"): same, _answer_item(agreed, "b"): Answer(State.RATED)},
    )
    assert written.items == (_answer_item(agreed, "b"),)


def test_fields_that_two_change_at_once_are_both_kept(
    workspace: Workspace, dossier: Dossier, agreed: Respondent
) -> None:
    other = open_dossier(workspace, dossier.row.id)
    set_level(workspace, dossier, agreed, "a", 1)
    set_note(workspace, other, agreed, "a", "why")
    united = open_dossier(workspace, dossier.row.id)
    assert united.conflicts == ()
    assert (_level(united, agreed, "a"), united.answer(agreed.response, "a").note) == (1, "why")


def test_undo_and_redo_walk_through_the_changes(
    workspace: Workspace, dossier: Dossier, agreed: Respondent
) -> None:
    for level in (1, 2, 3):
        set_level(workspace, dossier, agreed, "a", level)
    seen = []
    while taken := undo(workspace, dossier):
        assert taken.change_set.label == "level"
        seen.append(_level(dossier, agreed, "a"))
    assert seen == [2, 1, 0]
    assert dossier.answer(agreed.response, "a").state is State.UNANSWERED
    assert available(workspace, dossier) == (None, "level")
    while redo(workspace, dossier):
        seen.append(_level(dossier, agreed, "a"))
    assert seen == [2, 1, 0, 1, 2, 3]
    assert available(workspace, dossier) == ("level", None)


def test_undo_survives_closing_and_is_worded_after_the_original_change(
    workspace: Workspace, dossier: Dossier, agreed: Respondent
) -> None:
    set_level(workspace, dossier, agreed, "a", 1)
    set_note(workspace, dossier, agreed, "a", "why")
    undo(workspace, dossier)

    again = open_dossier(workspace, dossier.assessment.id)
    assert available(workspace, again) == ("level", "note")
    brought_back = redo(workspace, again)
    assert brought_back.change_set.label == "note"
    assert brought_back.items == (_answer_item(agreed, "a"),)
    assert again.answer(agreed.response, "a").note == "why"

    once_more = open_dossier(workspace, dossier.assessment.id)
    assert available(workspace, once_more) == ("note", None)
    undo(workspace, once_more)
    assert once_more.answer(agreed.response, "a").note == ""


def test_a_new_change_empties_what_could_be_redone(
    workspace: Workspace, dossier: Dossier, agreed: Respondent
) -> None:
    set_level(workspace, dossier, agreed, "a", 1)
    undo(workspace, dossier)
    set_level(workspace, dossier, agreed, "b", 1)
    assert available(workspace, dossier) == ("level", None)
    assert not redo(workspace, dossier)


def test_each_writer_undoes_the_own_changes_in_whatever_name(
    workspace: Workspace, dossier: Dossier, agreed: Respondent
) -> None:
    add_member(workspace, dossier, "Treasurer")
    member = dossier.members[-1]
    own = Respondent(response_for(workspace, dossier, "Treasurer").id, member.id)
    set_level(workspace, dossier, own, "a", 3)
    elsewhere = replace(workspace, writer="somebody else")
    other = open_dossier(elsewhere, dossier.row.id)
    set_aim(elsewhere, other, "b", Aim(3))
    catch_up(workspace, dossier)

    assert available(elsewhere, other) == ("aim", None)
    assert available(workspace, dossier) == ("level", None)
    undo(workspace, dossier)
    assert dossier.answer(own.response, "a") == UNANSWERED
    assert dossier.aim("b") == Aim(3)


def test_what_somebody_changed_since_is_left_to_them_and_named(
    workspace: Workspace, dossier: Dossier, agreed: Respondent
) -> None:
    set_note(workspace, dossier, agreed, "b", "mine")
    set_level(workspace, dossier, agreed, "a", 1)
    elsewhere = replace(workspace, writer="somebody else")
    set_level(elsewhere, open_dossier(elsewhere, dossier.row.id), agreed, "a", 3)

    taken = undo(workspace, dossier)
    assert not taken
    assert [r.field for r in taken.overtaken] == ["rating"]
    catch_up(workspace, dossier)
    assert _level(dossier, agreed, "a") == 3
    assert dossier.conflicts == ()
    # The next undo goes on with the change before.
    assert undo(workspace, dossier).change_set.label == "note"


def test_the_beginning_of_an_assessment_is_not_undone(
    workspace: Workspace, dossier: Dossier
) -> None:
    assert available(workspace, dossier) == (None, None)
    taken = undo(workspace, dossier)
    assert not taken
    assert taken.change_set.undoes is None
    assert [m.name for m in dossier.members] == ["Secretary"]


def test_what_others_wrote_arrives_once_and_in_order(
    workspace: Workspace, dossier: Dossier, agreed: Respondent
) -> None:
    elsewhere = replace(workspace, writer="somebody else")
    other = open_dossier(elsewhere, dossier.row.id)
    set_level(workspace, dossier, agreed, "b", 1)
    first = set_level(elsewhere, other, agreed, "a", 1)
    set_note(workspace, dossier, agreed, "b", "mine")
    second = add_member(elsewhere, other, "Treasurer")
    assert catch_up(workspace, dossier) == (first, second)
    assert catch_up(workspace, dossier) == ()
    assert _level(dossier, agreed, "a") == 1
    assert [m.name for m in dossier.members] == ["Secretary", "Treasurer"]
    assert len(catch_up(elsewhere, other)) == 2
    assert other.heads.everything() == dossier.heads.everything()
    assert open_dossier(workspace, dossier.row.id).heads.everything() == dossier.heads.everything()


def test_another_edition_taken_elsewhere_is_gone_by_here(
    workspace: Workspace, dossier: Dossier, edition: Questionnaire
) -> None:
    add_edition(workspace, replace(edition, version="2.0"))
    other = open_dossier(workspace, dossier.row.id)
    upgrade(workspace, other, "small@2.0")
    catch_up(workspace, dossier)
    assert dossier.edition.edition == "small@2.0"
    assert dossier.assessment.questionnaire == "small@2.0"


def test_a_refused_write_leaves_the_dossier_as_it_was(
    workspace: Workspace, dossier: Dossier, agreed: Respondent, store: MemoryStore
) -> None:
    set_level(workspace, dossier, agreed, "a", 1)
    before = dossier.heads.everything()
    store.failure = SatError("disk-full")
    with pytest.raises(SatError, match="disk-full"):
        set_level(workspace, dossier, agreed, "a", 3)
    store.failure = None
    assert dossier.heads.everything() == before
    assert open_dossier(workspace, dossier.row.id).heads.everything() == before


def test_an_item_that_was_deleted_is_missed(
    workspace: Workspace, dossier: Dossier, agreed: Respondent
) -> None:
    item = _answer_item(agreed, "a")
    set_level(workspace, dossier, agreed, "a", 1)
    assert require_item(dossier, item) == dossier.answer(agreed.response, "a")
    undo(workspace, dossier)
    with pytest.raises(SatError, match="item-gone"):
        require_item(dossier, item)


def test_a_dossier_follows_revisions_that_arrive_together(
    dossier: Dossier, agreed: Respondent
) -> None:
    at = datetime(2026, 11, 21, tzinfo=UTC)
    change = ChangeSet("c", "w", dossier.members[0].id, at, "import")
    register = Register("answer", agreed.response, "a", "rating")
    foreign = Register("answer", "a response of nobody here", "a", "rating")
    value = (State.RATED, frozenset[str](), "")

    def revision(name: str, register: Register, *parents: str) -> Revision:
        return Revision(name, register, parents, change.id, change.member, at, value)

    together = (revision("1", register), revision("2", register, "1"), revision("3", foreign))
    dossier.apply(Change(change, together))
    assert [r.id for r in dossier.heads.of(register)] == ["2"]
    assert dossier.answers(agreed.response) == {"a": Answer(State.RATED)}
