"""What follows from an assessment: made once, made anew only where a change touches it."""

from collections.abc import Callable
from datetime import date

import pytest

from sat_desktop.domain.answers import Evidence
from sat_desktop.domain.gaps import Aim
from sat_desktop.domain.history import Change
from sat_desktop.domain.plan import Plan
from sat_desktop.services.answering import (
    Respondent,
    set_aim,
    set_evidence,
    set_level,
    set_note,
)
from sat_desktop.services.assessments import add_member
from sat_desktop.services.changes import undo
from sat_desktop.services.derived import Derived, Snapshot
from sat_desktop.services.dossier import Dossier
from sat_desktop.services.planning import add_goal, set_head
from sat_desktop.services.ports import Workspace

TODAY = date(2026, 11, 21)

EVERYTHING = {"scores", "gaps", "consensus", "projection", "findings"}


@pytest.fixture
def member(workspace: Workspace, dossier: Dossier) -> Respondent:
    """Return somebody besides the team as a whole."""
    add_member(workspace, dossier, "Treasurer")
    response = dossier.responses[-1]
    return Respondent(response.id, response.member or "")


def _made_anew(before: Snapshot, after: Snapshot) -> set[str]:
    """Return what is another object than before."""
    return {name for name in EVERYTHING if getattr(before, name) is not getattr(after, name)}


@pytest.mark.parametrize(("set_day", "shown"), [("", TODAY), ("2026-12-01", date(2026, 12, 1))])
def test_the_first_page_bears_the_day_that_was_set_else_today(
    workspace: Workspace, dossier: Dossier, set_day: str, shown: date
) -> None:
    set_head(workspace, dossier, Plan(2027, 2030, date=set_day))
    derived = Derived(dossier)
    assert derived.document(TODAY).day == shown
    assert derived.document(date(2026, 11, 22)).day == (shown if set_day else date(2026, 11, 22))


def test_the_document_has_the_numbers_of_the_screen(
    workspace: Workspace, dossier: Dossier, agreed: Respondent
) -> None:
    set_level(workspace, dossier, agreed, "a", 2)
    derived = Derived(dossier)
    document = derived.document(TODAY)
    assert document.scores is derived.results.scores
    assert document.gaps is derived.results.gaps
    assert document.consensus is derived.results.consensus
    assert document.projection is derived.projection
    assert document.findings is derived.findings
    assert document.plan == derived.plan == dossier.plan()


def test_everything_is_made_once_for_a_state(dossier: Dossier) -> None:
    derived = Derived(dossier)
    assert derived.results is derived.results
    assert derived.projection is derived.projection
    assert derived.findings is derived.findings
    assert derived.document(TODAY) is derived.document(TODAY)


Act = Callable[[Workspace, Dossier, Respondent, Respondent], Change]


@pytest.mark.parametrize(
    ("act", "touched"),
    [
        (
            lambda w, d, agreed, _: set_level(w, d, agreed, "a", 2),
            {"scores", "gaps", "projection", "findings"},
        ),
        (lambda w, d, agreed, _: set_note(w, d, agreed, "a", "why"), set()),
        (lambda w, d, agreed, _: set_evidence(w, d, agreed, "a", [Evidence("Act")]), set()),
        (lambda w, d, _, member: set_level(w, d, member, "a", 2), {"consensus"}),
        (lambda w, d, _, member: set_note(w, d, member, "a", "why"), set()),
        (lambda w, d, *_: set_aim(w, d, "a", Aim(3)), {"gaps", "findings"}),
        (lambda w, d, *_: add_goal(w, d, "Goal"), {"projection", "findings"}),
    ],
    ids=["level", "note", "evidence", "member's level", "member's note", "aim", "plan"],
)
def test_a_change_has_only_that_made_anew_which_it_touches(
    workspace: Workspace,
    dossier: Dossier,
    agreed: Respondent,
    member: Respondent,
    act: Act,
    touched: set[str],
) -> None:
    derived = Derived(dossier)
    before = derived.snapshot()
    document = derived.document(TODAY)
    derived.apply(act(workspace, dossier, agreed, member))
    changed = derived.snapshot()
    assert _made_anew(before, changed) == touched
    if undone := undo(workspace, dossier):
        derived.apply(undone)
        assert _made_anew(changed, derived.snapshot()) == touched
    fresh = Derived(dossier)
    assert derived.results == fresh.results
    assert derived.projection == fresh.projection
    assert derived.findings == fresh.findings
    assert derived.document(TODAY) == fresh.document(TODAY)
    assert document.assessment == dossier.assessment


def test_a_note_is_in_the_document_though_no_number_is_made_anew(
    workspace: Workspace, dossier: Dossier, agreed: Respondent
) -> None:
    derived = Derived(dossier)
    before = derived.document(TODAY)
    derived.apply(set_note(workspace, dossier, agreed, "a", "why"))
    assert not derived.snapshot().has("document")
    after = derived.document(TODAY)
    assert after.indicators[0].answer.note == "why"
    assert after.scores is before.scores


def test_another_edition_has_everything_made_anew(
    workspace: Workspace, dossier: Dossier, agreed: Respondent
) -> None:
    change = set_level(workspace, dossier, agreed, "a", 2)
    derived = Derived(dossier)
    before = derived.snapshot()
    assert _made_anew(before, before) == set()
    dossier.use_edition(dossier.edition)
    derived.apply(change)
    assert _made_anew(before, derived.snapshot()) == EVERYTHING


def test_a_snapshot_stays_as_it_was(
    workspace: Workspace, dossier: Dossier, agreed: Respondent, member: Respondent
) -> None:
    derived = Derived(dossier)
    snapshot = derived.snapshot()
    derived.apply(set_level(workspace, dossier, agreed, "a", 2))
    derived.apply(set_level(workspace, dossier, member, "a", 1))
    derived.apply(add_goal(workspace, dossier, "Goal"))
    assert snapshot.results.scores.ratings["a"].level is None
    assert snapshot.consensus["a"].rated == 0
    assert snapshot.state.plan.goals == ()
    assert derived.results.scores.ratings["a"].level == 2
    assert derived.results.consensus["a"].levels == {member.member: 1}


def test_what_was_made_elsewhere_is_taken_over_where_it_still_holds(
    workspace: Workspace, dossier: Dossier, agreed: Respondent, member: Respondent
) -> None:
    derived = Derived(dossier)
    snapshot = derived.snapshot()
    derived.apply(set_level(workspace, dossier, agreed, "a", 2))
    for part in ("results", "projection", "findings", "document"):
        snapshot.make(part)
    now = derived.snapshot()
    derived.take_over(snapshot)
    assert now.consensus is snapshot.consensus
    assert not any(now.has(part) for part in ("results", "projection", "findings", "document"))
    assert now.scores.ratings["a"].level == 2
    now.make("results")
    assert now.has("results")
