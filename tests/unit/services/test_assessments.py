"""Setting up: editions, assessments, members and responses."""

from dataclasses import replace
from datetime import timedelta
from functools import partial
from itertools import chain, count

import pytest

from colleagues import Colleague
from memory_store import MemoryStore
from sat_desktop.domain.assessment import Member, ResponseKind, Unit
from sat_desktop.domain.history import response_id
from sat_desktop.domain.questionnaire import Questionnaire, Text, UnitKind
from sat_desktop.errors import SatError
from sat_desktop.services.answering import Respondent, set_level
from sat_desktop.services.assessments import (
    LAST,
    add_edition,
    add_member,
    change_member,
    change_particulars,
    create_assessment,
    erase_member,
    find_assessment,
    find_edition,
    list_assessments,
    list_editions,
    newest_editions,
    remove_assessment,
    response_for,
)
from sat_desktop.services.changes import undo
from sat_desktop.services.dossier import Dossier, open_dossier
from sat_desktop.services.ports import Workspace

GMINA = Unit("Wierzbogród", UnitKind.GMINA, "0299011")


def _create(workspace: Workspace, period: str = "2026") -> str:
    return create_assessment(workspace, GMINA, "small@1.0", period, "pl", "Secretary").id


def test_a_new_assessment_has_its_default_member_and_the_agreed_response(
    workspace: Workspace,
) -> None:
    made = create_assessment(workspace, GMINA, "small@1.0", " 2026 ", "pl", "Secretary")
    dossier = open_dossier(workspace, made.id)
    assert dossier.assessment == made
    assert made.period == "2026"
    assert not made.demo
    assert [m.name for m in dossier.members] == ["Secretary"]
    assert [(r.kind, r.member) for r in dossier.responses] == [
        (ResponseKind.AGREED, None),
        (ResponseKind.INDIVIDUAL, dossier.members[0].id),
    ]


@pytest.mark.parametrize(
    ("wanted", "period", "code"),
    [("small@2.0", "2026", "edition-unknown"), ("small@1.0", "  ", "period-missing")],
)
def test_an_assessment_that_cannot_be_is_not_made(
    workspace: Workspace, wanted: str, period: str, code: str
) -> None:
    with pytest.raises(SatError) as caught:
        create_assessment(workspace, GMINA, wanted, period, "pl", "Secretary")
    assert caught.value.code == code
    assert list_assessments(workspace) == ()


def test_an_edition_is_stored_once_and_never_changed(
    workspace: Workspace, edition: Questionnaire
) -> None:
    add_edition(workspace, edition)
    assert list_editions(workspace) == ("small@1.0",)
    with pytest.raises(SatError, match="edition-differs"):
        add_edition(workspace, replace(edition, name=Text(en="Another")))
    assert find_edition(workspace, "small@1.0") == edition


def test_an_edition_is_found_by_id_alone_the_one_stored_last(
    workspace: Workspace, edition: Questionnaire
) -> None:
    assert find_edition(workspace, "small").version == "1.0"
    add_edition(workspace, replace(edition, version="1.1"))
    assert find_edition(workspace, "small").version == "1.1"
    assert find_edition(workspace, "small@1.0").version == "1.0"
    assert newest_editions(workspace) == {"small": "small@1.1"}
    for wanted in ("smal", "small@9", "other"):
        with pytest.raises(SatError, match="edition-unknown"):
            find_edition(workspace, wanted)


def test_the_unit_is_not_asked_what_does_not_apply_to_its_kind(workspace: Workspace) -> None:
    powiat = create_assessment(
        workspace, Unit("Powiat", UnitKind.POWIAT, "0299"), "small@1.0", "2026", "pl", "Secretary"
    )
    assert "e" in open_dossier(workspace, powiat.id).questionnaire.indicators
    gmina = open_dossier(workspace, _create(workspace))
    assert "e" not in gmina.questionnaire.indicators
    assert "e" in gmina.edition.indicators


def test_assessments_are_listed_with_the_last_changed_first(workspace: Workspace) -> None:
    first, second = _create(workspace, "2025"), _create(workspace, "2026")
    assert [s.assessment.id for s in list_assessments(workspace)] == [second, first]
    assert find_assessment(workspace, LAST) == second

    dossier = open_dossier(workspace, first)
    set_level(workspace, dossier, Respondent(dossier.agreed.id), "a", 1)
    summaries = list_assessments(workspace)
    assert [s.assessment.id for s in summaries] == [first, second]
    assert summaries[0].changed > summaries[1].changed
    assert find_assessment(workspace, LAST) == first


def test_an_assessment_is_found_by_a_prefix_that_only_it_has(
    workspace: Workspace,
) -> None:
    for name in ("aab", "aabb", "abc"):
        # The first id that is asked for is the assessment's.
        ids = chain([name], (f"{name}-{n}" for n in count()))
        _create(replace(workspace, new_id=partial(next, ids)))
    assert find_assessment(workspace, "ab") == "abc"
    assert find_assessment(workspace, "aab") == "aab", "a whole id is never ambiguous"
    assert find_assessment(workspace, "aabb") == "aabb"
    with pytest.raises(SatError) as caught:
        find_assessment(workspace, "a")
    assert (caught.value.code, caught.value.facts) == (
        "assessment-ambiguous",
        {"id": "a", "count": 3},
    )
    for wanted in ("x", "", "abcd"):
        with pytest.raises(SatError, match="assessment-unknown"):
            find_assessment(workspace, wanted)


def test_an_empty_workspace_has_no_last_assessment(workspace: Workspace) -> None:
    with pytest.raises(SatError, match="no-assessments"):
        find_assessment(workspace, LAST)


def test_removing_takes_everything_of_one_assessment_and_nothing_of_others(
    workspace: Workspace, dossier: Dossier, store: MemoryStore
) -> None:
    other = _create(workspace)
    set_level(workspace, dossier, Respondent(dossier.agreed.id), "a", 1)
    remove_assessment(workspace, dossier.assessment.id)
    assert [s.assessment.id for s in list_assessments(workspace)] == [other]
    assert list_editions(workspace) == ("small@1.0",)
    assert set(store.content.revisions) == set(store.content.persons) == {other}
    with pytest.raises(SatError, match="assessment-unknown"):
        open_dossier(workspace, dossier.assessment.id)
    with pytest.raises(SatError, match="assessment-unknown"):
        remove_assessment(workspace, dossier.assessment.id)


def test_particulars_change_but_for_the_kind_of_unit(
    workspace: Workspace, dossier: Dossier
) -> None:
    renamed = Unit("Nowy Wierzbogród", UnitKind.GMINA, "0299021", 18001)
    change_particulars(workspace, dossier, renamed, " 2027 ", "pl")
    again = open_dossier(workspace, dossier.assessment.id)
    assert again.assessment == dossier.assessment
    assert (again.assessment.unit, again.assessment.period) == (renamed, "2027")
    assert again.assessment.language == "pl"

    with pytest.raises(SatError, match="kind-fixed"):
        change_particulars(workspace, dossier, replace(renamed, kind=UnitKind.CITY), "2027", "pl")
    with pytest.raises(SatError, match="period-missing"):
        change_particulars(workspace, dossier, renamed, " ", "pl")
    assert open_dossier(workspace, dossier.assessment.id).assessment == again.assessment


def test_a_member_joins_with_a_response_of_their_own(
    workspace: Workspace, dossier: Dossier
) -> None:
    add_member(workspace, dossier, " Treasurer ", "Finance", "head", ["D1"])
    member = dossier.members[-1]
    assert member.name == "Treasurer"
    assert dossier.response_of(member.id).kind is ResponseKind.INDIVIDUAL
    assert dossier.individual == {m.id: {} for m in dossier.members}
    again = open_dossier(workspace, dossier.assessment.id)
    assert again.members == dossier.members
    assert again.member(member.id) == Member(
        member.id, "Treasurer", department="Finance", role="head", dimensions=("D1",)
    )
    assert again.responses == dossier.responses


@pytest.mark.parametrize(
    ("name", "code"), [("  ", "member-name-missing"), ("Secretary ", "member-exists")]
)
def test_a_member_needs_a_name_that_nobody_else_has(
    workspace: Workspace, dossier: Dossier, name: str, code: str
) -> None:
    with pytest.raises(SatError) as added:
        add_member(workspace, dossier, name)
    add_member(workspace, dossier, "Treasurer")
    member = dossier.members[-1]
    with pytest.raises(SatError) as changed:
        change_member(workspace, dossier, replace(member, name=name))
    assert added.value.code == changed.value.code == code
    assert [m.name for m in dossier.members] == ["Secretary", "Treasurer"]


def test_a_member_changes_and_keeps_place_and_answers(
    workspace: Workspace, dossier: Dossier
) -> None:
    add_member(workspace, dossier, "Treasurer")
    member = dossier.members[-1]
    secretary = dossier.members[0]
    changed = replace(
        secretary, name="City secretary ", contact="s@example.org", dimensions=("D2",)
    )
    change_member(workspace, dossier, changed)
    again = open_dossier(workspace, dossier.assessment.id)
    assert again.members == dossier.members == (replace(changed, name="City secretary"), member)
    with pytest.raises(SatError, match="member-unknown"):
        change_member(workspace, dossier, replace(secretary, id="nobody"))


def test_a_response_is_found_by_the_members_name_or_id_and_made_if_missing(
    workspace: Workspace, dossier: Dossier
) -> None:
    by_name = response_for(workspace, dossier, " Treasurer ")
    assert [m.name for m in dossier.members] == ["Secretary", "Treasurer"]
    assert by_name.member is not None
    assert response_for(workspace, dossier, by_name.member) == by_name
    assert response_for(workspace, dossier, "Treasurer") == by_name

    # The default member has one from the beginning.
    coordinators = response_for(workspace, dossier, "Secretary")
    assert coordinators.member == dossier.members[0].id
    assert len(dossier.members) == 2
    assert open_dossier(workspace, dossier.assessment.id).responses == dossier.responses


def test_no_name_is_nobodys_response(workspace: Workspace, dossier: Dossier) -> None:
    """Not even that of a member whose name was erased."""
    erased = response_for(workspace, dossier, "Treasurer").member or ""
    erase_member(workspace, dossier, erased)
    for blank in ("", "  "):
        with pytest.raises(SatError, match="member-name-missing"):
            response_for(workspace, dossier, blank)


def test_a_response_is_named_alike_on_every_computer(
    workspace: Workspace, dossier: Dossier
) -> None:
    response_for(workspace, dossier, "Treasurer")
    wanted = [response_id(dossier.row.id, m) for m in (None, *(m.id for m in dossier.members))]
    assert [r.id for r in dossier.responses] == wanted
    assert len(set(wanted)) == 3


def test_who_is_not_there_is_missed(workspace: Workspace, dossier: Dossier) -> None:
    with pytest.raises(SatError, match="response-unknown"):
        dossier.response_of("nobody")
    with pytest.raises(SatError, match="member-unknown"):
        dossier.member("nobody")
    assert dossier.response_of(None) == dossier.agreed


def test_two_who_change_different_things_of_a_member_agree(
    workspace: Workspace, dossier: Dossier, other: Colleague
) -> None:
    member = dossier.members[0]
    change_member(workspace, dossier, replace(member, department="Finance"))
    change_member(
        other.workspace, other.dossier, replace(member, role="head", contact="s@example.org")
    )
    other.catch_up()
    assert other.dossier.conflicts == ()
    assert other.dossier.members == (
        replace(member, department="Finance", role="head", contact="s@example.org"),
    )
    assert other.reopened().members == other.dossier.members


def test_two_who_give_a_member_another_name_are_in_conflict(
    workspace: Workspace, dossier: Dossier, other: Colleague
) -> None:
    member = dossier.members[0]
    change_member(workspace, dossier, replace(member, name="Mayor"))
    change_member(other.workspace, other.dossier, replace(member, name="Treasurer"))
    other.catch_up()
    assert other.conflict.field == "name"
    assert [m.name for m in other.dossier.members] == ["Treasurer"]


def test_a_name_is_erased_for_ever_and_the_answers_stay(
    workspace: Workspace, dossier: Dossier, store: MemoryStore
) -> None:
    own = response_for(workspace, dossier, "Treasurer")
    member = dossier.members[-1]
    change_member(workspace, dossier, replace(member, department="Finance", contact="t@x.example"))
    set_level(workspace, dossier, Respondent(own.id, member.id), "a", 2)
    change = erase_member(workspace, dossier, member.id)
    assert change.change_set.label == "member-erase"
    erased = Member(member.id, "", department="Finance", erased=True)
    assert dossier.members[-1] == erased
    assert [p.name for p in store.content.persons[dossier.row.id].values()] == ["Secretary"]
    assert dossier.individual[member.id] == dossier.answers(own.id) != {}
    again = open_dossier(workspace, dossier.row.id)
    assert again.members == dossier.members
    assert again.response_of(member.id) == own

    undo(workspace, dossier)
    assert dossier.members[-1] == replace(erased, erased=False)
    with pytest.raises(SatError, match="member-erased"):
        change_member(workspace, dossier, replace(dossier.members[-1], name="Treasurer"))
    assert open_dossier(workspace, dossier.row.id).members == dossier.members
    # The name is free for somebody else.
    add_member(workspace, dossier, "Treasurer")
    with pytest.raises(SatError, match="member-unknown"):
        erase_member(workspace, dossier, "nobody")


def test_a_name_given_in_another_window_does_not_outlive_the_erasing(
    workspace: Workspace, dossier: Dossier, other: Colleague, store: MemoryStore
) -> None:
    erase_member(workspace, dossier, dossier.members[0].id)
    state = store.content
    with pytest.raises(SatError, match="member-erased"):
        change_member(
            other.workspace, other.dossier, replace(other.dossier.members[0], name="Mayor")
        )
    assert store.content is state
    other.catch_up()
    assert [m.name for m in other.dossier.members] == [""]


def test_who_set_the_assessment_up_stands_first_whatever_other_clocks_say(
    workspace: Workspace, dossier: Dossier
) -> None:
    early = replace(workspace, clock=lambda: dossier.row.created - timedelta(days=365))
    add_member(early, dossier, "Treasurer")
    add_member(early, dossier, "Mayor")
    assert dossier.members[0].name == "Secretary"
    assert {m.name for m in dossier.members[1:]} == {"Treasurer", "Mayor"}
