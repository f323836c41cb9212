"""Assessments, names of members and editions as they are kept."""

import contextlib
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from sat_desktop.domain.assessment import Person
from sat_desktop.errors import SatError


def test_an_assessment_comes_back_as_it_was_set_up(office: Any) -> None:
    with office.store.begin() as work:
        assert work.assessments.get(office.id) == office.row
        assert list(work.assessments.persons(office.id)) == [office.person]
        assert list(work.assessments.all()) == [(office.row, office.row.created)]


def test_the_last_changed_assessment_stands_first(office: Any, rated: Any) -> None:
    newer = replace(office.new_row(), demo=True)
    with office.store.begin() as work:
        work.assessments.add(newer)
        work.commit()
    with office.store.begin() as work:
        assert [row for row, _ in work.assessments.all()] == [newer, office.row]
    written = office.write(office.register(), rated())
    with office.store.begin() as work:
        assert work.assessments.all()[0] == (office.row, written.at)


def test_erasing_a_member_leaves_no_trace_of_any_name(office: Any, rated: Any) -> None:
    married = replace(office.person, id=office.new_id(), name="Żaneta Śliwa-Łoś")
    other = Person(office.new_id(), office.new_id(), "Ola")
    office.write(office.register(), rated())
    with office.store.begin() as work:
        work.assessments.put_persons(office.id, [married, other])
        work.assessments.erase(office.id, [office.person.member])
        work.commit()
    with office.store.begin() as work:
        assert list(work.assessments.persons(office.id)) == [other]
        assert office.revisions(work)[0].member == office.person.member


def test_names_keep_the_order_of_adding_and_stay_as_they_are(office: Any) -> None:
    second = Person("0" * 32, "1" * 32, "Ola", "ola@example.org")
    with office.store.begin() as work:
        work.assessments.put_persons(office.id, [second])
        work.assessments.put_persons(office.id, [replace(second, name="Inna"), office.person])
        work.commit()
    with office.store.begin() as work:
        assert list(work.assessments.persons(office.id)) == [office.person, second]


def test_two_assessments_may_know_the_same_person_by_the_same_id(
    office: Any, office_of: Callable[[Any], Any]
) -> None:
    other = office_of(office.store)
    with office.store.begin() as work:
        work.assessments.put_persons(other.id, [office.person])
        work.assessments.erase(office.id, [office.person.member])
        work.commit()
    with office.store.begin() as work:
        assert not work.assessments.persons(office.id)
        assert list(work.assessments.persons(other.id)) == [other.person, office.person]


def test_removing_one_takes_all_of_it_and_nothing_else(
    office: Any, office_of: Callable[[Any], Any], rated: Any
) -> None:
    first = office.write(office.register(), rated())
    office.write(office.register(), rated("i1.1.a"), first)
    other = office_of(office.store)
    kept = other.write(other.register(), rated())
    with office.store.begin() as work:
        work.assessments.remove(office.id)
        work.commit()
    with office.store.begin() as work:
        assert [a.id for a, _ in work.assessments.all()] == [other.id]
        assert not work.history.of_change_set(first.change_set)
        assert not work.history.change_sets(office.id)
        assert not work.assessments.persons(office.id)
        assert other.heads(work) == {other.register(): (kept,)}
        assert list(work.editions.all()) == ["small@1.0.0"]
    office.store.full_check()


@pytest.mark.parametrize("what", ["get", "remove"])
def test_an_unknown_assessment_is_said_to_be_unknown(office: Any, what: str) -> None:
    with office.store.begin() as work, pytest.raises(SatError) as caught:
        getattr(work.assessments, what)("f" * 32)
    assert caught.value.code == "assessment-unknown"


@pytest.mark.parametrize("name", ["nul \0", "half \ud83d"])
@pytest.mark.parametrize("where", ["name", "contact"])
def test_text_that_one_of_the_databases_cannot_hold_is_refused_by_both(
    office: Any, name: str, where: str
) -> None:
    person = replace(office.person, **{"id": "0" * 32, where: name})
    with pytest.raises(SatError) as caught, office.store.begin() as work:
        work.assessments.put_persons(office.id, [person])
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
