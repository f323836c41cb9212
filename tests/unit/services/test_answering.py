"""Answering: states and levels by the model's rules, and files taken over whole or not at all."""

import pytest

from memory_store import MemoryStore
from sat_desktop.domain.answers import Answer, Evidence, EvidenceKind, State
from sat_desktop.domain.gaps import Aim
from sat_desktop.errors import Problem, SatError
from sat_desktop.services.answering import (
    Respondent,
    check_given,
    clear_answer,
    import_answers,
    last_answered,
    set_aim,
    set_confidence,
    set_evidence,
    set_level,
    set_not_applicable,
    set_note,
    set_to_discuss,
    tick_criterion,
)
from sat_desktop.services.assessments import response_for
from sat_desktop.services.changes import undo
from sat_desktop.services.derived import Derived
from sat_desktop.services.dossier import Dossier, open_dossier
from sat_desktop.services.ports import GivenAnswer, Workspace


def test_ticks_make_an_indicator_rated_and_unticking_the_last_one_keeps_it_so(
    workspace: Workspace, dossier: Dossier, agreed: Respondent
) -> None:
    tick_criterion(workspace, dossier, agreed, "a", "a.1.x", met=True)
    tick_criterion(workspace, dossier, agreed, "a", "a.1.y", met=True)
    assert Derived(dossier).results.scores.ratings["a"].level == 1
    tick_criterion(workspace, dossier, agreed, "a", "a.1.x", met=False)
    tick_criterion(workspace, dossier, agreed, "a", "a.1.y", met=False)
    assert dossier.answer(agreed.response, "a") == Answer(State.RATED)


@pytest.mark.parametrize("level", range(4))
def test_a_level_by_hand_meets_its_criteria_and_no_others(
    workspace: Workspace, dossier: Dossier, agreed: Respondent, level: int
) -> None:
    tick_criterion(workspace, dossier, agreed, "a", "a.3.y", met=True)
    set_level(workspace, dossier, agreed, "a", level)
    criteria = dossier.questionnaire.indicators["a"].criteria
    assert dossier.answer(agreed.response, "a").met == frozenset(criteria[: 2 * level])
    assert Derived(dossier).results.scores.ratings["a"].level == level


def test_note_evidence_confidence_and_flag_change_no_state(
    workspace: Workspace, dossier: Dossier, agreed: Respondent
) -> None:
    proof = Evidence("Strategy", EvidenceKind.LINK, "https://wierzbogrod.example")
    set_note(workspace, dossier, agreed, "a", "<b>& =1+1")
    set_evidence(workspace, dossier, agreed, "a", [proof])
    set_confidence(workspace, dossier, agreed, "a", 3)
    set_to_discuss(workspace, dossier, agreed, "a", flag=True)
    everything = Answer(note="<b>& =1+1", evidence=(proof,), confidence=3, to_discuss=True)
    assert dossier.answer(agreed.response, "a") == everything

    set_level(workspace, dossier, agreed, "a", 1)
    clear_answer(workspace, dossier, agreed, "a")
    assert dossier.answer(agreed.response, "a") == everything


def test_a_whole_branch_is_exempted_and_brought_back_as_one(
    workspace: Workspace, dossier: Dossier, agreed: Respondent
) -> None:
    set_level(workspace, dossier, agreed, "a", 2)
    set_not_applicable(workspace, dossier, agreed, ["a", "b"], " the powiat does it ")
    for key in "ab":
        assert dossier.answer(agreed.response, key) == Answer(
            State.NOT_APPLICABLE, reason="the powiat does it"
        )
    undo(workspace, dossier)
    assert Derived(dossier).results.scores.ratings["a"].level == 2
    assert dossier.answer(agreed.response, "b").state is State.UNANSWERED


def test_not_applicable_needs_a_reason(
    workspace: Workspace, dossier: Dossier, agreed: Respondent, store: MemoryStore
) -> None:
    before = store.commits
    with pytest.raises(SatError, match="reason-missing"):
        set_not_applicable(workspace, dossier, agreed, ["a"], "  ")
    assert store.commits == before


def test_what_the_questionnaire_does_not_have_cannot_be_answered(
    workspace: Workspace, dossier: Dossier, agreed: Respondent, store: MemoryStore
) -> None:
    before = store.commits
    with pytest.raises(SatError, match="indicator-unknown"):
        set_level(workspace, dossier, agreed, "e", 1)  # asked of powiats only
    with pytest.raises(SatError, match="indicator-unknown"):
        set_not_applicable(workspace, dossier, agreed, ["a", "z"], "why")
    with pytest.raises(SatError, match="criterion-unknown"):
        tick_criterion(workspace, dossier, agreed, "a", "b.1.x", met=True)
    with pytest.raises(SatError, match="level-out-of-range"):
        set_level(workspace, dossier, agreed, "a", 4)
    with pytest.raises(SatError, match="indicator-unknown"):
        set_aim(workspace, dossier, "e", Aim(2))
    assert store.commits == before


def test_an_aim_lies_on_the_scale(workspace: Workspace, dossier: Dossier) -> None:
    set_aim(workspace, dossier, "a", Aim(3, importance=3))
    set_aim(workspace, dossier, "b", Aim(effort=1))
    with pytest.raises(SatError, match="wanted-out-of-range"):
        set_aim(workspace, dossier, "a", Aim(4))
    assert dossier.aims() == {"a": Aim(3, importance=3), "b": Aim(effort=1)}


def test_a_file_is_taken_over_as_one_change(
    workspace: Workspace, dossier: Dossier, agreed: Respondent
) -> None:
    set_level(workspace, dossier, agreed, "a", 3)
    set_note(workspace, dossier, agreed, "a", "kept")
    set_level(workspace, dossier, agreed, "c", 2)
    rows = (
        GivenAnswer("f:2", "a", level=1),
        GivenAnswer("f:3", "b", met=frozenset({"b.1.x", "b.1.y", "b.3.x"}), level=1, note="new"),
        GivenAnswer("f:4", "d", not_applicable=" the powiat's task ", note="see there"),
    )
    assert len(import_answers(workspace, dossier, agreed, rows).items) == 3

    answers = dossier.answers(agreed.response)
    assert answers["a"] == Answer(State.RATED, frozenset({"a.1.x", "a.1.y"}), note="kept")
    assert answers["b"].met == {"b.1.x", "b.1.y", "b.3.x"}
    assert answers["b"].note == "new"
    assert answers["d"] == Answer(
        State.NOT_APPLICABLE, reason="the powiat's task", note="see there"
    )
    assert Derived(dossier).results.scores.ratings["c"].level == 2, "no row, no change"
    assert not import_answers(workspace, dossier, agreed, rows), "the same file again"

    undo(workspace, dossier)
    assert Derived(dossier).results.scores.ratings["a"].level == 3
    assert set(open_dossier(workspace, dossier.assessment.id).answers(agreed.response)) == {
        "a",
        "c",
    }


def test_criteria_alone_rate_even_when_there_are_none(
    workspace: Workspace, dossier: Dossier, agreed: Respondent
) -> None:
    import_answers(workspace, dossier, agreed, [GivenAnswer("f", "a", met=frozenset())])
    assert dossier.answer(agreed.response, "a") == Answer(State.RATED)


def test_a_row_with_a_note_only_changes_no_state(
    workspace: Workspace, dossier: Dossier, agreed: Respondent
) -> None:
    import_answers(workspace, dossier, agreed, [GivenAnswer("f", "a", note="to be asked")])
    assert dossier.answer(agreed.response, "a") == Answer(note="to be asked")


def test_a_file_can_be_taken_over_as_a_members_own_answers(
    workspace: Workspace, dossier: Dossier
) -> None:
    response = response_for(workspace, dossier, "Treasurer")
    who = Respondent(response.id, response.member or "")
    import_answers(workspace, dossier, who, [GivenAnswer("f", "a", level=2)])
    assert [m for m, answers in dossier.individual.items() if answers] == [response.member]
    with workspace.store.begin() as work:
        *_, change = work.history.change_sets(dossier.assessment.id)
    assert (change.label, change.member) == ("import", response.member)
    assert dossier.answers(dossier.agreed.id) == {}


def test_every_bad_row_is_named_at_once_and_nothing_is_changed(
    workspace: Workspace, dossier: Dossier, agreed: Respondent, store: MemoryStore
) -> None:
    before = store.commits
    rows = (
        GivenAnswer("f.csv:2", "a", level=1),
        GivenAnswer("f.csv:3", "zz", level=1),
        GivenAnswer("f.csv:4", "e", level=1),
        GivenAnswer("f.csv:5", "a", level=2),
        GivenAnswer("f.csv:6", "b", level=4),
        GivenAnswer("f.csv:7", "c", level=2, met=frozenset({"c.1.x", "c.1.y"})),
        GivenAnswer("f.csv:8", "d", met=frozenset({"a.1.x", "d.1.x"})),
    )
    with pytest.raises(SatError) as caught:
        import_answers(workspace, dossier, agreed, rows)
    assert caught.value.code == "answers-invalid"
    assert [(p.where, p.code, p.facts) for p in caught.value.problems] == [
        ("f.csv:3", "indicator-unknown", {"id": "zz"}),
        ("f.csv:4", "indicator-not-asked", {"id": "e"}),
        ("f.csv:5", "indicator-twice", {"id": "a", "first": "f.csv:2"}),
        ("f.csv:6", "level-out-of-range", {"id": "b", "level": 4, "highest": 3}),
        ("f.csv:7", "level-criteria-disagree", {"id": "c", "level": 2, "reached": 1}),
        ("f.csv:8", "criteria-unknown", {"id": "d", "criteria": "a.1.x"}),
    ]
    assert store.commits == before
    assert dossier.answers(agreed.response) == {}


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (GivenAnswer("f", "a", not_applicable="  "), "reason-missing"),
        (GivenAnswer("f", "a", not_applicable="no", level=0), "rated-and-not-applicable"),
        (
            GivenAnswer("f", "a", not_applicable="no", met=frozenset({"a.1.x"})),
            "rated-and-not-applicable",
        ),
        # An empty list of criteria is a rating, 0, and not silence.
        (
            GivenAnswer("f", "a", not_applicable="no", met=frozenset()),
            "rated-and-not-applicable",
        ),
        (GivenAnswer("f", "a", level=-1), "level-out-of-range"),
        (
            GivenAnswer("f", "a", level=0, met=frozenset({"a.1.x", "a.1.y"})),
            "level-criteria-disagree",
        ),
    ],
)
def test_a_row_that_contradicts_itself_is_refused(
    dossier: Dossier, row: GivenAnswer, code: str
) -> None:
    with pytest.raises(SatError) as caught:
        check_given(dossier, [row])
    assert [p.code for p in caught.value.problems] == [code]


def test_rows_nobody_could_read_stand_among_the_others_in_the_order_of_the_file(
    dossier: Dossier,
) -> None:
    rows = (GivenAnswer("f.csv:2", "zz"), GivenAnswer("f.csv:10", "yy"))
    with pytest.raises(SatError) as caught:
        check_given(dossier, rows, [Problem("level-not-number", "f.csv:9")])
    assert [p.where for p in caught.value.problems] == ["f.csv:2", "f.csv:9", "f.csv:10"]


def test_problems_without_a_line_keep_their_order(dossier: Dossier) -> None:
    rows = (GivenAnswer("f.json: b", "zz"), GivenAnswer("f.json: a", "yy"))
    with pytest.raises(SatError) as caught:
        check_given(dossier, rows)
    assert len(caught.value.problems) == 2


def test_the_indicator_answered_last_is_known(workspace: Workspace, dossier: Dossier) -> None:
    who = Respondent(dossier.agreed.id)
    assert last_answered(dossier, who) is None
    for key in ("b", "a"):
        set_note(workspace, dossier, who, key, "noted")
    assert last_answered(dossier, who) == "a"
    assert last_answered(dossier, Respondent("somebody else's")) is None
