"""Appending, undoing and redoing: nothing is lost, nothing is overwritten unseen."""

from datetime import UTC, datetime

import pytest

from memory_store import MemoryStore
from sat_desktop.domain.answers import UNANSWERED, Answer, State
from sat_desktop.domain.gaps import NO_AIM, Aim
from sat_desktop.domain.history import Change, ChangeSet, Item, Revision
from sat_desktop.domain.kinds import ANSWER, RISK
from sat_desktop.errors import SatError
from sat_desktop.services.answering import (
    Respondent,
    clear_answer,
    set_aim,
    set_level,
    set_note,
    set_to_discuss,
)
from sat_desktop.services.assessments import add_member, response_for
from sat_desktop.services.changes import available, record, redo, require_item, undo
from sat_desktop.services.dossier import Dossier, open_dossier
from sat_desktop.services.ports import Workspace


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

    assert first.parents == ()
    assert first.member == dossier.members[0].id
    assert second.parents == (first.id,)
    assert second.member == "somebody"
    with workspace.store.begin() as work:
        assert list(work.history.of_item(dossier.assessment.id, item)) == [first, second]
        changes = work.history.change_sets(dossier.assessment.id)
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
    assert open_dossier(workspace, dossier.assessment.id).heads == dossier.heads


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


def test_two_at_once_make_a_conflict_that_both_see_and_one_settles(
    workspace: Workspace, dossier: Dossier, agreed: Respondent
) -> None:
    other = open_dossier(workspace, dossier.assessment.id)
    set_level(workspace, dossier, agreed, "a", 1)
    set_level(workspace, other, agreed, "a", 3)

    united = open_dossier(workspace, dossier.assessment.id)
    item = _answer_item(agreed, "a")
    assert united.conflicts() == (item,)
    assert _level(united, agreed, "a") == 3, "the later one is shown until it is settled"

    change = record(workspace, united, "settle", {item: dossier.answer(agreed.response, "a")})
    (settled,) = change.revisions
    assert len(settled.parents) == 2
    assert united.conflicts() == ()
    assert open_dossier(workspace, dossier.assessment.id).conflicts() == ()
    assert _level(united, agreed, "a") == 1


def test_settling_for_the_value_shown_is_a_change_too(
    workspace: Workspace, dossier: Dossier, agreed: Respondent
) -> None:
    other = open_dossier(workspace, dossier.assessment.id)
    set_level(workspace, dossier, agreed, "a", 1)
    set_level(workspace, other, agreed, "a", 3)
    united = open_dossier(workspace, dossier.assessment.id)
    set_level(workspace, united, agreed, "a", 3)
    assert united.conflicts() == ()


def test_undoing_a_settlement_brings_the_conflict_back_and_redo_settles_it(
    workspace: Workspace, dossier: Dossier, agreed: Respondent
) -> None:
    other = open_dossier(workspace, dossier.assessment.id)
    set_level(workspace, dossier, agreed, "a", 1)
    set_level(workspace, other, agreed, "a", 3)
    united = open_dossier(workspace, dossier.assessment.id)
    set_level(workspace, united, agreed, "a", 2)

    undo(workspace, united)
    assert united.conflicts() == (_answer_item(agreed, "a"),)
    redo(workspace, united)
    assert united.conflicts() == ()
    assert _level(united, agreed, "a") == 2


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


def test_each_member_undoes_the_own_changes(
    workspace: Workspace, dossier: Dossier, agreed: Respondent
) -> None:
    add_member(workspace, dossier, "Treasurer")
    member = dossier.members[-1]
    own = Respondent(response_for(workspace, dossier, "Treasurer").id, member.id)
    set_level(workspace, dossier, own, "a", 3)
    set_aim(workspace, dossier, "b", Aim(3))

    assert available(workspace, dossier, member.id) == ("level", None)
    assert available(workspace, dossier) == ("aim", None)
    undo(workspace, dossier, member.id)
    assert dossier.answer(own.response, "a") == UNANSWERED
    assert dossier.aim("b") == Aim(3)


def test_what_somebody_changed_since_is_not_undone(
    workspace: Workspace, dossier: Dossier, agreed: Respondent
) -> None:
    add_member(workspace, dossier, "Treasurer")
    member = dossier.members[-1]
    set_level(workspace, dossier, agreed, "a", 1)
    other = open_dossier(workspace, dossier.assessment.id)
    set_level(workspace, other, Respondent(agreed.response, member.id), "a", 3)

    with pytest.raises(SatError) as caught:
        undo(workspace, dossier)
    assert caught.value.code == "undo-overtaken"
    now = open_dossier(workspace, dossier.assessment.id)
    assert _level(now, agreed, "a") == 3
    assert now.conflicts() == ()


def test_a_refused_write_leaves_the_dossier_as_it_was(
    workspace: Workspace, dossier: Dossier, agreed: Respondent, store: MemoryStore
) -> None:
    set_level(workspace, dossier, agreed, "a", 1)
    before = dict(dossier.heads)
    store.failure = SatError("disk-full")
    with pytest.raises(SatError, match="disk-full"):
        set_level(workspace, dossier, agreed, "a", 3)
    store.failure = None
    assert dossier.heads == before
    assert open_dossier(workspace, dossier.assessment.id).heads == before


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
    change = ChangeSet("c", dossier.members[0].id, at, "import")
    item = _answer_item(agreed, "a")
    foreign = ANSWER.item("a", "a response of nobody here")

    def revision(name: str, item: Item, *parents: str) -> Revision:
        return Revision(name, item, parents, change.id, change.member, at, Answer(State.RATED))

    together = (revision("1", item), revision("2", item, "1"), revision("3", foreign))
    dossier.apply(Change(change, together))
    assert [r.id for r in dossier.heads[item]] == ["2"]
    assert dossier.answers(agreed.response) == {"a": Answer(State.RATED)}
