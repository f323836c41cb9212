"""Writing the plan: drafts that only add what is missing, edits that take what hangs on them."""

from dataclasses import replace
from typing import Any

import pytest

from colleagues import Colleague
from memory_store import MemoryStore
from sat_desktop.domain.gaps import Aim
from sat_desktop.domain.history import Change
from sat_desktop.domain.kinds import RISK, UNDERTAKING
from sat_desktop.domain.plan import (
    Action,
    BulletList,
    Chapter,
    CostLine,
    Goal,
    Paragraph,
    Plan,
    Risk,
    Status,
    Undertaking,
)
from sat_desktop.domain.questionnaire import Group, Text
from sat_desktop.errors import SatError
from sat_desktop.runtime.i18n import language_of
from sat_desktop.services.answering import Respondent, set_aim, set_level, set_not_applicable
from sat_desktop.services.changes import available, catch_up, undo
from sat_desktop.services.derived import Derived
from sat_desktop.services.dossier import Dossier, open_dossier
from sat_desktop.services.planning import (
    Part,
    add_action,
    add_goal,
    add_risk,
    add_undertaking,
    draft_plan,
    goal_titles,
    move,
    put,
    remove,
    set_chapter,
    set_head,
)
from sat_desktop.services.ports import Workspace


def _title(group: Group) -> str:
    return f"Better {group.code}"


@pytest.fixture
def rated(workspace: Workspace, dossier: Dossier, agreed: Respondent) -> Dossier:
    """a = 1 and wanted 3, b = 2, c = 3, d not applicable."""
    for key, level in {"a": 1, "b": 2, "c": 3}.items():
        set_level(workspace, dossier, agreed, key, level)
    set_not_applicable(workspace, dossier, agreed, ["d"], "the powiat does it")
    set_aim(workspace, dossier, "a", Aim(3, importance=3))
    return dossier


def test_a_plan_nobody_wrote_covers_four_years_from_the_next_one(dossier: Dossier) -> None:
    plan = dossier.plan()
    assert plan.head == Plan(2027, 2030)
    assert [*plan.goals, *plan.actions, *plan.undertakings, *plan.risks, *plan.chapters] == []


def test_drafting_offers_an_undertaking_for_every_missing_level(
    workspace: Workspace, rated: Dossier
) -> None:
    change = draft_plan(workspace, rated, _title)
    plan = rated.plan()
    assert [g.title for g in plan.goals] == ["Better 1"]
    assert [a.title for a in plan.actions] == ["Indicator a", "Indicator b"]
    assert [(u.title, sorted(u.closes)) for u in plan.undertakings] == [
        ("Reach 2", ["a.2.x", "a.2.y"]),
        ("Reach 3", ["a.3.x", "a.3.y"]),
        ("Reach 3", ["b.3.x", "b.3.y"]),
    ]
    drafted = {item.key for item in change.items if item.kind == UNDERTAKING.name}
    assert drafted == {u.id for u in plan.undertakings}
    assert Derived(rated).projection[2030].ratings["a"].level == 3
    assert open_dossier(workspace, rated.assessment.id).plan() == plan


def test_drafting_writes_down_the_wanted_levels_it_leads_to(
    workspace: Workspace, rated: Dossier, agreed: Respondent
) -> None:
    draft_plan(workspace, rated, _title)
    assert rated.aims() == {"a": Aim(3, importance=3), "b": Aim(3)}
    set_level(workspace, rated, agreed, "b", 1)
    assert Derived(rated).results.gaps.indicators["b"].wanted == 3, "not the next level up, 2"


def test_drafting_again_adds_nothing_and_writes_nothing(
    workspace: Workspace, rated: Dossier, store: MemoryStore
) -> None:
    draft_plan(workspace, rated, _title)
    before = store.commits
    assert not draft_plan(workspace, rated, _title)
    assert not draft_plan(workspace, open_dossier(workspace, rated.assessment.id), _title)
    assert store.commits == before


def test_drafting_again_fills_what_was_taken_away_under_the_goal_that_is_there(
    workspace: Workspace, rated: Dossier
) -> None:
    draft_plan(workspace, rated, _title)
    plan = rated.plan()
    put(workspace, rated, replace(plan.undertakings[2], status=Status.CANCELLED))
    remove(workspace, rated, plan.undertakings[0])
    draft_plan(workspace, rated, _title)
    again = rated.plan()
    assert again.goals == plan.goals
    assert [u.position for u in again.undertakings] == [1, 2, 3, 4]
    assert Derived(rated).projection[2030].ratings["a"].level == 3


def test_a_draft_is_undone_as_one(workspace: Workspace, rated: Dossier) -> None:
    aims = rated.aims()
    draft_plan(workspace, rated, _title)
    assert available(workspace, rated) == ("draft", None)
    undo(workspace, rated)
    plan = rated.plan()
    assert [*plan.goals, *plan.actions, *plan.undertakings] == []
    assert rated.aims() == aims


def test_a_drafted_goal_speaks_the_language_of_the_plan(rated: Dossier) -> None:
    group = replace(rated.questionnaire.nodes["D1"], name=Text(pl="Pierwszy", en="First"))
    assert goal_titles(language_of("en"))(group) == "Higher maturity: First"
    assert goal_titles(language_of("pl"))(group).endswith(": Pierwszy")


def test_head_and_chapters_are_replaced(workspace: Workspace, dossier: Dossier) -> None:
    head = Plan(2027, 2028, title="Ours", case_number="OR.0003.1.2026")
    set_head(workspace, dossier, head)
    text = Chapter((Paragraph("First <b>"), BulletList(("one", "two"))))
    set_chapter(workspace, dossier, "introduction", text)
    again = open_dossier(workspace, dossier.assessment.id).plan()
    assert again.head == head
    assert again.chapters == {"introduction": text}

    set_chapter(workspace, dossier, "introduction", Chapter())
    assert dossier.plan().chapters == {}
    with pytest.raises(SatError, match="chapter-unknown"):
        set_chapter(workspace, dossier, "preface", text)


@pytest.mark.parametrize("day", ["tomorrow", "2026-02-30", "20261121", "21.11.2026"])
def test_the_date_of_the_first_page_is_a_day(
    workspace: Workspace, dossier: Dossier, store: MemoryStore, day: str
) -> None:
    before = store.commits
    with pytest.raises(SatError, match="date-malformed"):
        set_head(workspace, dossier, Plan(2027, 2028, date=day))
    assert store.commits == before


@pytest.fixture
def tree(workspace: Workspace, dossier: Dossier) -> dict[str, Part]:
    """Two goals; the first has two actions, of which the first has two undertakings, and risks."""

    def made(change: Change) -> Any:
        (item,) = change.items
        return dossier.value(item)

    goal = made(add_goal(workspace, dossier, "Goal", "D1"))
    other = made(add_goal(workspace, dossier, "Other"))
    action = made(add_action(workspace, dossier, goal.id, "Action"))
    second = made(add_action(workspace, dossier, goal.id, "Second"))
    work = made(add_undertaking(workspace, dossier, action.id, "Work"))
    more = made(add_undertaking(workspace, dossier, action.id, "More"))
    elsewhere = made(add_undertaking(workspace, dossier, second.id, "Elsewhere"))
    return {
        "goal": goal,
        "other": other,
        "action": action,
        "second": second,
        "work": work,
        "more": more,
        "elsewhere": elsewhere,
        "risk": made(add_risk(workspace, dossier, "May fail", work.id)),
        "general": made(add_risk(workspace, dossier, "May rain")),
    }


def _left(dossier: Dossier, tree: dict[str, Part]) -> set[str]:
    plan = dossier.plan()
    parts: tuple[Part, ...] = (*plan.goals, *plan.actions, *plan.undertakings, *plan.risks)
    ids = {p.id for p in parts}
    return {name for name, part in tree.items() if part.id in ids}


def test_new_parts_are_appended(dossier: Dossier, tree: dict[str, Part]) -> None:
    plan = dossier.plan()
    assert [g.title for g in plan.goals] == ["Goal", "Other"]
    assert plan.goals[0].group == "D1"
    assert [a.title for a in plan.actions] == ["Action", "Second"]
    assert [u.title for u in plan.undertakings] == ["Work", "More", "Elsewhere"]
    assert [(r.text, r.undertaking) for r in plan.risks] == [
        ("May fail", tree["work"].id),
        ("May rain", None),
    ]


@pytest.mark.parametrize(
    ("which", "gone"),
    [
        ("risk", {"risk"}),
        ("work", {"work", "risk"}),
        ("action", {"action", "work", "more", "risk"}),
        ("goal", {"goal", "action", "second", "work", "more", "elsewhere", "risk"}),
        ("other", {"other"}),
    ],
)
def test_removing_takes_everything_below_as_one_change(
    workspace: Workspace, dossier: Dossier, tree: dict[str, Part], which: str, gone: set[str]
) -> None:
    change = remove(workspace, dossier, tree[which])
    assert {item.key for item in change.items} == {tree[name].id for name in gone}
    assert _left(dossier, tree) == set(tree) - gone
    assert _left(open_dossier(workspace, dossier.assessment.id), tree) == set(tree) - gone
    assert not remove(workspace, dossier, tree[which]), "it is gone already"
    undo(workspace, dossier)
    assert _left(dossier, tree) == set(tree)


def test_parts_move_among_their_siblings_only(
    workspace: Workspace, dossier: Dossier, tree: dict[str, Part], store: MemoryStore
) -> None:
    move(workspace, dossier, tree["goal"], 1)
    move(workspace, dossier, tree["second"], -1)
    move(workspace, dossier, tree["work"], 1)
    move(workspace, dossier, tree["general"], -1)
    plan = open_dossier(workspace, dossier.assessment.id).plan()
    assert [g.title for g in plan.goals] == ["Other", "Goal"]
    assert [a.title for a in plan.actions] == ["Second", "Action"]
    assert [u.title for u in plan.undertakings] == ["More", "Work", "Elsewhere"]
    assert [r.text for r in plan.risks] == ["May rain", "May fail"]

    before = store.commits
    move(workspace, dossier, tree["work"], 1)  # the last of its action, though not of the plan
    move(workspace, dossier, tree["more"], -1)
    assert store.commits == before


def test_parts_that_two_machines_put_at_one_place_can_be_moved(
    workspace: Workspace, dossier: Dossier
) -> None:
    goals = [Goal(name, name.upper(), position=5) for name in "xyz"]
    put(workspace, dossier, *goals)
    assert [g.id for g in dossier.plan().goals] == ["x", "y", "z"]
    move(workspace, dossier, goals[2], -1)
    assert [g.id for g in dossier.plan().goals] == ["x", "z", "y"]


def test_a_part_that_is_gone_cannot_be_moved(
    workspace: Workspace, dossier: Dossier, tree: dict[str, Part]
) -> None:
    remove(workspace, dossier, tree["risk"])
    with pytest.raises(SatError, match="item-gone"):
        move(workspace, dossier, tree["risk"], 1)


def test_several_parts_are_put_as_one_change(
    workspace: Workspace, dossier: Dossier, tree: dict[str, Part]
) -> None:
    work, risk = tree["work"], tree["risk"]
    assert isinstance(work, Undertaking)
    assert isinstance(risk, Risk)
    put(
        workspace,
        dossier,
        replace(work, costs=(CostLine(2027, "own", 1234567),)),
        replace(risk, likelihood=3),
    )
    assert dossier.value(RISK.item(risk.id)) == replace(risk, likelihood=3)
    undo(workspace, dossier)
    assert dossier.value(RISK.item(risk.id)) == risk
    assert dossier.value(UNDERTAKING.item(work.id)) == work


def test_findings_name_what_to_mend_and_where(workspace: Workspace, rated: Dossier) -> None:
    assert [(f.code, f.item) for f in Derived(rated).findings] == [
        ("gap-open", "a"),
        ("gap-open", "b"),
        ("plan-without-goals", ""),
    ]
    draft_plan(workspace, rated, _title)
    codes = {f.code for f in Derived(rated).findings}
    assert "gap-open" not in codes
    assert "responsible-missing" in codes

    work = rated.plan().undertakings[0]
    put(workspace, rated, replace(work, end="2031-03"))
    found = {(f.code, f.item) for f in Derived(rated).findings}
    assert ("months-outside-plan", work.id) in found
    assert ("gap-open", "a") in found, "what ends after the plan closes nothing in it"


def test_an_action_without_its_goal_is_found(workspace: Workspace, dossier: Dossier) -> None:
    put(workspace, dossier, Action("lost", "no goal", "Lost"))
    assert "action-without-goal" in {f.code for f in Derived(dossier).findings}


# Two who write the plan at once


def test_what_another_changed_meanwhile_is_not_reverted_from_a_screen_that_is_behind(
    workspace: Workspace, dossier: Dossier, other: Colleague, tree: dict[str, Part]
) -> None:
    other.catch_up()
    seen = tree["work"]
    assert isinstance(seen, Undertaking)
    put(
        other.workspace,
        other.dossier,
        replace(seen, title="Another", costs=(CostLine(2027, "own", 5),)),
    )
    (cost,) = other.dossier.plan().undertakings[0].costs
    # The page shows what it showed; the dossier knows better already.
    catch_up(workspace, dossier)
    mine = replace(seen, reason="Because", costs=(CostLine(2028, "own", 7),))
    change = put(workspace, dossier, mine, before=[seen])
    assert {r.register.field.split("/")[0] for r in change.revisions} == {"reason", "costs"}
    (work,) = [u for u in dossier.plan().undertakings if u.id == seen.id]
    assert (work.title, work.reason) == ("Another", "Because")
    assert set(work.costs) == {cost, CostLine(2028, "own", 7)}
    assert dossier.conflicts == ()
    assert not put(workspace, dossier, mine, before=[mine]), "nothing that the user changed"


def test_what_another_removed_from_a_list_stays_away_unless_it_was_changed(
    workspace: Workspace, dossier: Dossier, other: Colleague, tree: dict[str, Part]
) -> None:
    put(workspace, dossier, _costly(tree["work"], 1, 2, 3))
    other.catch_up()
    seen = dossier.plan().undertakings[0]
    put(other.workspace, other.dossier, replace(seen, costs=seen.costs[2:]))
    catch_up(workspace, dossier)
    first, second, third = seen.costs
    mine = replace(seen, costs=(CostLine(2027, "own", 9), first, replace(second, grosze=20), third))
    put(workspace, dossier, mine, before=[seen])
    assert sorted(c.grosze for c in dossier.plan().undertakings[0].costs) == [3, 9, 20]


def test_what_another_removed_meanwhile_is_in_conflict_and_not_back(
    workspace: Workspace, dossier: Dossier, other: Colleague, tree: dict[str, Part]
) -> None:
    other.catch_up()
    seen = tree["risk"]
    assert isinstance(seen, Risk)
    remove(other.workspace, other.dossier, seen)
    catch_up(workspace, dossier)
    put(workspace, dossier, replace(seen, text="May fail badly"), before=[seen])
    (conflict,) = dossier.conflicts
    assert (conflict.item, conflict.field) == (RISK.item(seen.id), "presence")
    assert _left(dossier, tree) == set(tree) - {"risk"}


def test_a_part_that_is_new_is_written_whole(workspace: Workspace, dossier: Dossier) -> None:
    put(workspace, dossier, Goal("new", "New"), before=[Goal("other", "Other")])
    assert dossier.plan().goals == (Goal("new", "New"),)


def test_an_edit_and_a_move_by_two_people_agree(
    workspace: Workspace, dossier: Dossier, other: Colleague, tree: dict[str, Part]
) -> None:
    other.catch_up()
    work = tree["work"]
    assert isinstance(work, Undertaking)
    move(workspace, dossier, work, 1)
    put(other.workspace, other.dossier, replace(work, title="Another"))
    other.catch_up()
    assert other.dossier.conflicts == ()
    titles = [u.title for u in other.dossier.plan().undertakings]
    assert titles == ["More", "Another", "Elsewhere"]


def test_two_who_move_the_same_part_are_in_conflict(
    workspace: Workspace, dossier: Dossier, other: Colleague, tree: dict[str, Part]
) -> None:
    other.catch_up()
    work, second = tree["work"], tree["second"]
    assert isinstance(work, Undertaking)
    move(workspace, dossier, work, 1)
    put(other.workspace, other.dossier, replace(work, action=second.id))
    other.catch_up()
    assert other.conflict.field == "place"
    assert other.dossier.value(UNDERTAKING.item(work.id)).action == second.id


def _costly(part: Part, *grosze: int) -> Undertaking:
    assert isinstance(part, Undertaking)
    return replace(part, costs=tuple(CostLine(2027, "own", g) for g in grosze))
