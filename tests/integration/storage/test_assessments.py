"""Assessments, members, responses and editions as they are kept."""

import contextlib
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from sat_desktop.domain.assessment import Member, Response, ResponseKind, Unit
from sat_desktop.domain.questionnaire import UnitKind
from sat_desktop.errors import SatError


def test_an_assessment_comes_back_as_it_was_set_up(office: Any) -> None:
    with office.store.begin() as work:
        assert work.assessments.get(office.id) == office.assessment
        assert list(work.assessments.members(office.id)) == [office.member]
        assert list(work.assessments.responses(office.id)) == [office.response]
        assert list(work.assessments.all()) == [(office.assessment, office.assessment.created)]


def test_the_last_changed_assessment_stands_first(office: Any, rated: Any) -> None:
    newer = office.new_assessment()
    with office.store.begin() as work:
        work.assessments.add(newer, [], [])
        work.commit()
    with office.store.begin() as work:
        assert [a.id for a, _ in work.assessments.all()] == [newer.id, office.id]
    written = office.write(office.item(), rated())
    with office.store.begin() as work:
        assert work.assessments.all()[0] == (office.assessment, written.at)


def test_particulars_change_and_the_edition_stays(office: Any) -> None:
    unit = Unit("Miasto Łąki", UnitKind.CITY, "0261", None)
    changed = replace(office.assessment, unit=unit, period="2027", language="en")
    with office.store.begin() as work:
        work.assessments.update(replace(changed, questionnaire="other@2"))
        work.commit()
    with office.store.begin() as work:
        assert work.assessments.get(office.id) == changed


def test_erasing_a_member_leaves_no_trace_of_the_name(office: Any, rated: Any) -> None:
    office.write(office.item(), rated())
    with office.store.begin() as work:
        work.assessments.put_member(office.id, Member(office.member.id, "-"))
        work.commit()
    with office.store.begin() as work:
        assert list(work.assessments.members(office.id)) == [Member(office.member.id, "-")]
        assert work.history.all(office.id)[0].member == office.member.id


def test_members_and_responses_keep_the_order_of_adding(office: Any) -> None:
    second = Member("0" * 32, "Ola", role="sekretarz", dimensions=("g", "h"))
    answers = Response("1" * 32, ResponseKind.INDIVIDUAL, second.id)
    with office.store.begin() as work:
        work.assessments.put_member(office.id, second)
        work.assessments.add_response(office.id, answers)
        work.assessments.put_member(office.id, replace(office.member, department="Referat"))
        work.commit()
    with office.store.begin() as work:
        assert [m.id for m in work.assessments.members(office.id)] == [office.member.id, second.id]
        assert work.assessments.members(office.id)[1] == second
        assert list(work.assessments.responses(office.id)) == [office.response, answers]


def test_removing_one_takes_all_of_it_and_nothing_else(
    office: Any, office_of: Callable[[Any], Any], rated: Any
) -> None:
    first = office.write(office.item(), rated())
    office.write(office.item(), rated("i1.1.a"), first)
    other = office_of(office.store)
    kept = other.write(other.item(), rated())
    with office.store.begin() as work:
        work.assessments.remove(office.id)
        work.commit()
    with office.store.begin() as work:
        assert [a.id for a, _ in work.assessments.all()] == [other.id]
        assert not work.history.revisions([first.id])
        assert not work.history.change_sets(office.id)
        assert work.history.heads(other.id) == {other.item(): (kept,)}
        assert list(work.editions.all()) == ["small@1.0.0"]
    office.store.full_check()


@pytest.mark.parametrize("what", ["get", "remove"])
def test_an_unknown_assessment_is_said_to_be_unknown(office: Any, what: str) -> None:
    with office.store.begin() as work, pytest.raises(SatError) as caught:
        getattr(work.assessments, what)("f" * 32)
    assert caught.value.code == "assessment-unknown"


@pytest.mark.parametrize("name", ["nul \0", "half \ud83d"])
def test_text_that_one_of_the_databases_cannot_hold_is_refused_by_both(
    office: Any, name: str
) -> None:
    with pytest.raises(SatError) as caught, office.store.begin() as work:
        work.assessments.put_member(office.id, Member("0" * 32, name))
    assert caught.value.code == "value-unstorable"


def test_a_number_beyond_64_bits_is_refused(office: Any) -> None:
    unit = replace(office.assessment.unit, population=2**70)
    with pytest.raises(SatError) as caught, office.store.begin() as work:
        work.assessments.update(replace(office.assessment, unit=unit))
    assert caught.value.code == "value-unstorable"


def test_an_edition_is_read_without_its_folder_and_only_once(office: Any) -> None:
    with office.store.begin() as work:
        first = work.editions.get("small@1.0.0")
    with office.store.begin() as work:
        assert first == office.questionnaire
        assert work.editions.get("small@1.0.0") is first


def test_the_same_edition_again_is_nothing_new_and_another_content_is_refused(
    office: Any, questionnaire_of: Any
) -> None:
    with office.store.begin() as work:
        work.editions.add(questionnaire_of())
        work.editions.add(questionnaire_of("1.1.0"))
        with pytest.raises(SatError) as caught:
            work.editions.add(questionnaire_of(name="Inny"))
        work.commit()
    assert caught.value.code == "edition-differs"
    with office.store.begin() as work:
        assert list(work.editions.all()) == ["small@1.0.0", "small@1.1.0"]
        assert work.editions.get("small@1.0.0") == office.questionnaire


def test_an_edition_whose_adding_was_taken_back_is_unknown(
    office: Any, questionnaire_of: Any
) -> None:
    with contextlib.suppress(ZeroDivisionError), office.store.begin() as work:
        work.editions.add(questionnaire_of("2.0.0"))
        assert work.editions.get("small@2.0.0").version == "2.0.0"
        raise ZeroDivisionError
    with office.store.begin() as work, pytest.raises(SatError) as caught:
        work.editions.get("small@2.0.0")
    assert caught.value.code == "edition-unknown"
