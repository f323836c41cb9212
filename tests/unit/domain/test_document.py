"""What stands in the plan's document: gathered and ordered, nothing computed anew."""

from dataclasses import replace

from demo_document import DAY, demo_document, demo_dossier
from sat_desktop.domain.assessment import Response, ResponseKind
from sat_desktop.domain.plan import Goal, Risk, Status
from sat_desktop.domain.questionnaire import TOTAL
from sat_desktop.services.answering import Respondent, set_level, set_not_applicable
from sat_desktop.services.assessments import add_member
from sat_desktop.services.derived import Derived
from sat_desktop.services.planning import put, remove, set_head


def test_the_nodes_stand_in_questionnaire_order_with_the_numbers_of_the_scores() -> None:
    document = demo_document()
    ids = [TOTAL if r.group is None else r.group.id for r in document.nodes]
    assert ids == [TOTAL, *document.questionnaire.nodes]
    assert [r.score for r in document.nodes] == [document.scores.nodes[i] for i in ids]
    assert [r.wanted for r in document.nodes] == [document.gaps.wanted_index[i] for i in ids]
    assert {r.depth for r in document.nodes} == {0, 1, 2}


def test_strengths_are_at_the_target_and_weaknesses_below_minimum() -> None:
    document = demo_document()
    assert {r.rating.level for r in document.strengths} == {3}
    assert {r.rating.level for r in document.weaknesses} == {0}


def test_priorities_are_the_ranked_gaps() -> None:
    document = demo_document()
    assert [r.indicator.id for r in document.priorities] == [g.id for g in document.gaps.ranked()]


def test_undertakings_are_numbered_by_goal_and_action() -> None:
    document = demo_document()
    numbers = [row.number for row in document.undertakings]
    assert numbers[0] == "1.1.1"
    assert len(set(numbers)) == len(numbers) == len(document.plan.undertakings)
    for row in document.undertakings:
        assert row.undertaking in document.plan.undertakings_of(row.action.id)
        assert {c for _, ids in row.closes for c in ids} == row.undertaking.closes


def test_a_goal_of_a_group_that_is_gone_stands_without_it() -> None:
    workspace, dossier = demo_dossier()
    put(workspace, dossier, Goal("lost", "Cel", group="no.such.group", position=99))
    put(workspace, dossier, Goal("free", "Cel", position=100))
    goals = {g.goal.id: g.group for g in Derived(dossier).document(DAY).goals}
    assert goals["lost"] is None
    assert goals["free"] is None


def test_risks_stand_by_weight_and_beside_their_undertaking() -> None:
    document = demo_document()
    weights = [r.likelihood * r.impact for r in document.risks]
    assert weights == sorted(weights, reverse=True)
    tied = {r.undertaking: r for r in document.risks if r.undertaking}
    for row in document.undertakings:
        assert (row.undertaking.id in tied) == bool(row.risks)


def test_result_measures_come_before_product_measures() -> None:
    kinds = [m.kind.value for m in demo_document().measures]
    assert kinds == sorted(kinds, reverse=True)
    assert set(kinds) == {"product", "result"}


def test_dissent_counts_who_rated_otherwise_and_names_nobody() -> None:
    workspace, dossier = demo_dossier()
    key = next(iter(dossier.questionnaire.indicators))
    for name, level in (("A", 0), ("B", 3), ("C", 3)):
        add_member(workspace, dossier, name)
        member = dossier.members[-1]
        who = Respondent(dossier.response_of(member.id).id, member.id)
        set_level(workspace, dossier, who, key, level)
    add_member(workspace, dossier, "D")
    member = dossier.members[-1]
    who = Respondent(dossier.response_of(member.id).id, member.id)
    set_not_applicable(workspace, dossier, who, [key], "nie dotyczy")
    before = {d.indicator.id: d for d in demo_document().dissent}.get(key)
    row = next(d for d in Derived(dossier).document(DAY).dissent if d.indicator.id == key)
    assert row.agreed == 2
    assert row.below - (before.below if before else 0) == 1
    assert row.above - (before.above if before else 0) == 2
    assert row.not_applicable - (before.not_applicable if before else 0) == 1


def test_where_nothing_is_agreed_nobody_dissents_by_level() -> None:
    document = demo_document()
    unrated = [d for d in document.dissent if d.agreed is None]
    assert unrated
    assert all(d.below == d.above == 0 and d.not_applicable for d in unrated)


def test_the_date_of_the_plan_goes_before_the_day_of_export() -> None:
    workspace, dossier = demo_dossier()
    set_head(workspace, dossier, replace(dossier.plan().head, date=""))
    assert Derived(dossier).document(DAY).day == DAY
    set_head(workspace, dossier, replace(dossier.plan().head, date="2026-12-31"))
    assert Derived(dossier).document(DAY).day.isoformat() == "2026-12-31"


def test_cancelled_undertakings_stay_in_the_document_and_out_of_the_sums() -> None:
    document = demo_document()
    cancelled = [r for r in document.undertakings if r.undertaking.status is Status.CANCELLED]
    assert cancelled
    assert all(document.money.by_undertaking[r.undertaking.id] == 0 for r in cancelled)


def test_evidence_is_listed_with_its_indicator() -> None:
    document = demo_document()
    listed = [(e.indicator.id, e.evidence) for e in document.evidence]
    assert listed == [(r.indicator.id, e) for r in document.indicators for e in r.answer.evidence]


def test_parts_that_hang_on_nothing_are_left_out() -> None:
    workspace, dossier = demo_dossier()
    goal = dossier.plan().goals[0]
    put(workspace, dossier, Risk("r", "ryzyko", undertaking="gone"))
    count = len(dossier.plan().undertakings)
    gone = remove(workspace, dossier, goal)
    document = Derived(dossier).document(DAY)
    assert len(gone.items) > 1
    assert len(document.undertakings) < count
    assert goal.id not in {row.goal.id for row in document.goals}


def test_a_member_without_an_answer_does_not_count() -> None:
    workspace, dossier = demo_dossier()
    add_member(workspace, dossier, "Nowa osoba")
    response = dossier.responses[-1]
    assert response == Response(response.id, ResponseKind.INDIVIDUAL, response.member)
    assert Derived(dossier).document(DAY).disagreements == demo_document().disagreements
