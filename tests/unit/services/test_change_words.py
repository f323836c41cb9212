"""What changes and conflicts are called, in the middle of a sentence."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from sat_desktop.domain.answers import Evidence, State
from sat_desktop.domain.gaps import Aim
from sat_desktop.domain.history import Change, Register
from sat_desktop.domain.kinds import Placed
from sat_desktop.domain.plan import (
    BulletList,
    Chapter,
    CostLine,
    Paragraph,
    Status,
    TextTable,
    Undertaking,
)
from sat_desktop.domain.questionnaire import UnitKind
from sat_desktop.runtime.i18n import language_of
from sat_desktop.services.answering import (
    Respondent,
    set_aim,
    set_evidence,
    set_level,
    set_not_applicable,
    set_note,
    set_to_discuss,
)
from sat_desktop.services.assessments import (
    add_member,
    change_member,
    change_particulars,
    erase_member,
)
from sat_desktop.services.change_words import (
    change_words,
    conflict_words,
    member_words,
    side_words,
    value_words,
)
from sat_desktop.services.changes import catch_up, undo
from sat_desktop.services.dossier import Dossier, open_dossier
from sat_desktop.services.planning import (
    add_action,
    add_goal,
    add_risk,
    add_undertaking,
    draft_plan,
    put,
    remove,
    set_chapter,
)
from sat_desktop.services.ports import Workspace

ENGLISH = language_of("en")


Said = Callable[[Change], str]


@pytest.fixture
def said(dossier: Dossier) -> Said:
    return lambda change: change_words(dossier, change, ENGLISH)


def test_answers_are_called_by_code_and_level(
    workspace: Workspace, dossier: Dossier, agreed: Respondent, said: Said
) -> None:
    assert said(set_level(workspace, dossier, agreed, "a", 2)) == "level a from no answer to 2"
    assert said(set_level(workspace, dossier, agreed, "a", 1)) == "level a from 2 to 1"
    assert said(undo(workspace, dossier)) == "level a from 1 to 2"
    change = set_not_applicable(workspace, dossier, agreed, ["a"], "no such task")
    assert said(change) == "level a from 2 to does not apply: no such task"
    assert said(set_note(workspace, dossier, agreed, "a", "why")) == "note a from – to why"
    long = "a note that is far too long to be said in the middle of a sentence, twice at that"
    assert said(set_note(workspace, dossier, agreed, "a", long)).startswith("note a from why to a")
    change = set_to_discuss(workspace, dossier, agreed, "a", flag=True)
    assert said(change) == "mark “to discuss” a from – to yes"
    assert said(set_aim(workspace, dossier, "a", Aim(3))) == "wanted level a from – to 3"
    change = set_evidence(workspace, dossier, agreed, "a", [Evidence("Decision 1")])
    assert said(change) == "evidence a from – to Decision 1"


def test_a_members_answer_names_the_member(
    workspace: Workspace, dossier: Dossier, said: Said
) -> None:
    add_member(workspace, dossier, "Treasurer")
    member = dossier.members[-1].id
    own = Respondent(dossier.response_of(member).id, member)
    assert said(set_level(workspace, dossier, own, "b", 1)) == (
        "level b (Treasurer) from no answer to 1"
    )


def test_members_are_named_as_long_as_they_have_a_name(
    workspace: Workspace, dossier: Dossier, said: Said
) -> None:
    assert said(add_member(workspace, dossier, "Treasurer")) == "Treasurer"
    member = dossier.members[-1]
    change = change_member(workspace, dossier, replace(member, name="Bursar"))
    assert said(change) == "name: Bursar from Treasurer to Bursar"
    change = change_member(workspace, dossier, replace(member, name="Bursar", dimensions=("D1",)))
    assert said(change) == "assignment: Bursar from – to D1"
    erase_member(workspace, dossier, member.id)
    assert member_words(dossier, member.id, ENGLISH) == "a person without a name"
    register = Register("member", "", member.id, "name")
    assert value_words(dossier, register, "gone", ENGLISH) == "a person without a name"


def test_the_assessment_and_its_particulars(
    workspace: Workspace, dossier: Dossier, said: Said
) -> None:
    unit = dossier.assessment.unit
    change = change_particulars(workspace, dossier, replace(unit, name="Wierzbno"), "2026", "en")
    assert said(change) == "name: the assessment from Wierzbogród to Wierzbno"
    register = Register("assessment", "", "", "kind")
    assert value_words(dossier, register, UnitKind.GMINA, ENGLISH) == "gmina"


def test_parts_of_the_plan_are_called_by_their_titles(
    workspace: Workspace, dossier: Dossier, said: Said
) -> None:
    assert said(add_goal(workspace, dossier, "Order")) == "goal “Order”"
    goal = dossier.plan().goals[0]
    add_action(workspace, dossier, goal.id, "Records")
    action = dossier.plan().actions[0]
    add_undertaking(workspace, dossier, action.id, "Register")
    (work,) = dossier.plan().undertakings

    def edited(**values: object) -> str:
        (present,) = dossier.plan().undertakings
        made = replace(present, **values)  # type: ignore[arg-type]
        assert isinstance(made, Undertaking)
        return said(put(workspace, dossier, made))

    assert edited(title="New register") == (
        "title: undertaking “New register” from Register to New register"
    )
    assert edited(start="2027-01", end="2027-12") == (
        "time: undertaking “New register” from – to 2027-01 – 2027-12"
    )
    assert edited(status=Status.DONE) == "status: undertaking “New register” from – to done"
    assert edited(closes=frozenset({"a.1.x"})).endswith("from – to 1 criterion")
    assert edited(costs=(CostLine(2027, "own", 12345),)).endswith("from – to 2027: PLN 123.45")
    assert edited(position=4).endswith("from action “Records”, 1 to action “Records”, 5")
    assert said(add_risk(workspace, dossier, "It fails", work.id)) == "risk “It fails”"
    assert said(remove(workspace, dossier, work)).startswith("removal from the plan (2 items)")


def test_a_large_change_is_called_by_what_was_done(
    workspace: Workspace, dossier: Dossier, agreed: Respondent, said: Said
) -> None:
    set_level(workspace, dossier, agreed, "a", 0)
    change = draft_plan(workspace, dossier, lambda group: group.name.get("en"))
    assert said(change) == f"drafting of the plan ({len(change.items)} items)"


def test_texts_of_chapters_are_cut(workspace: Workspace, dossier: Dossier, said: Said) -> None:
    change = set_chapter(workspace, dossier, "risks", Chapter((Paragraph("Few."),)))
    assert said(change) == "text: chapter “Risks” from – to Few."
    blocks = (
        BulletList(("one", "two")),
        TextTable(("Year", "What"), ()),
        Paragraph("word " * 40),
        "what a newer program wrote",
    )
    words = value_words(dossier, Register("chapter", "", "risks", "blocks"), blocks, ENGLISH)
    assert words.startswith("one; two Year, What word word")
    assert words.endswith("…")
    assert len(words) == 60


def test_what_has_no_name_is_called_as_well_as_can_be(dossier: Dossier) -> None:
    ratings = Register("answer", dossier.agreed.id, "unheard-of", "rating")
    rated = (State.RATED, frozenset[str](), "")
    assert value_words(dossier, ratings, rated, ENGLISH) == "rated"
    sources = Register("plan", "", "", "sources/s")
    assert value_words(dossier, sources, Placed(0, 7), ENGLISH) == "7"
    assert value_words(dossier, sources, Placed(0, Evidence("")), ENGLISH) == "–"
    note = Register("answer", dossier.agreed.id, "a", "note")
    assert value_words(dossier, note, "  ", ENGLISH) == "–"
    assert value_words(dossier, Register("toy", "", "t", "size"), ("", ""), ENGLISH) == "–"
    assert value_words(dossier, Register("chapter", "", "x", "blocks"), (), ENGLISH) == "–"


def test_both_sides_of_a_conflict_are_worded(
    workspace: Workspace, dossier: Dossier, agreed: Respondent
) -> None:
    add_goal(workspace, dossier, "Order")
    goal = dossier.plan().goals[0]
    elsewhere = replace(workspace, writer="somebody else")
    other = open_dossier(elsewhere, dossier.row.id)
    set_level(elsewhere, other, agreed, "a", 3)
    put(elsewhere, other, replace(goal, title="More order"))
    set_note(elsewhere, other, agreed, "b", "theirs")
    set_level(workspace, dossier, agreed, "a", 1)
    set_note(workspace, dossier, agreed, "b", "ours")
    remove(workspace, dossier, goal)
    catch_up(workspace, dossier)
    told = {
        conflict_words(dossier, c, ENGLISH): [side_words(dossier, s, ENGLISH) for s in c.sides]
        for c in dossier.conflicts
    }
    assert told == {
        "level a": ["level 3: Level 3", "level 1: Level 1"],
        "note b": ["theirs", "ours"],
        "goal “More order”": ["deleted", "More order"],
    }
