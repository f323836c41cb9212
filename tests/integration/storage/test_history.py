"""Revisions go in once, in any order, and come out as they were; heads are what nobody replaced."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sat_desktop.domain.answers import Answer, Evidence, Item, ItemKind, find_heads
from sat_desktop.domain.gaps import Aim
from sat_desktop.errors import SatError

SHARED = settings(
    deadline=None,
    max_examples=40,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


def test_an_answer_comes_back_as_it_was_given(office: Any, rated: Any) -> None:
    note = "zażółć <b>&amp; =1+1 😀\n" + "ż" * 10_000
    value = rated("i1.1.a", note=note)
    written = office.write(office.item(), value)
    with office.store.begin() as work:
        assert work.history.heads(office.id) == {office.item(): (written,)}
        assert work.history.heads_of(office.id, [office.item(), office.item("i2")]) == {
            office.item(): (written,)
        }


def test_a_change_replaces_its_parent_and_keeps_it(office: Any, rated: Any) -> None:
    first = office.write(office.item(), rated("i1.1.a"))
    second = office.write(office.item(), rated("i1.1.a", "i1.2.a"), first)
    with office.store.begin() as work:
        assert work.history.heads(office.id)[office.item()] == (second,)
        assert list(work.history.of_item(office.id, office.item())) == [first, second]
        assert list(work.history.all(office.id)) == [first, second]
        assert work.history.revisions([first.id, "0" * 32]) == {first.id: first}


def test_a_deleted_item_keeps_a_head_without_value(office: Any) -> None:
    item = Item(ItemKind.AIM, "", "i1")
    first = office.write(item, Aim(2))
    gone = office.write(item, None, first)
    with office.store.begin() as work:
        assert work.history.heads(office.id) == {item: (gone,)}


def test_two_changes_of_the_same_parent_are_both_heads_in_order(office: Any, rated: Any) -> None:
    base = office.write(office.item(), rated())
    one = office.write(office.item(), rated("i1.1.a"), base)
    two = office.write(office.item(), Answer(), base)
    with office.store.begin() as work:
        assert work.history.heads(office.id)[office.item()] == (one, two)
    settled = office.write(office.item(), rated("i1.1.a"), one, two)
    with office.store.begin() as work:
        assert work.history.heads(office.id)[office.item()] == (settled,)


def test_a_child_may_come_before_its_parent(office: Any, rated: Any) -> None:
    change = office.change("merge")
    parent = office.revise(change, office.item(), rated())
    child = office.revise(change, office.item(), rated("i1.1.a"), parent)
    for revision in (child, parent):
        with office.store.begin() as work:
            work.history.append(office.id, change, [revision])
            work.commit()
    with office.store.begin() as work:
        assert work.history.heads(office.id)[office.item()] == (child,)


def test_appending_again_changes_nothing(office: Any, rated: Any) -> None:
    change = office.change()
    revision = office.revise(change, office.item(), rated("i1.1.a"))
    altered = office.revise(change, office.item(), rated())
    for again in (revision, type(revision)(revision.id, *_rest(altered))):
        with office.store.begin() as work:
            work.history.append(office.id, change, [again])
            work.commit()
    with office.store.begin() as work:
        assert list(work.history.all(office.id)) == [revision]
        assert list(work.history.change_sets(office.id)) == [change]


def _rest(revision: Any) -> tuple[Any, ...]:
    r = revision
    return r.item, r.parents, r.change_set, r.member, r.at, r.value


def test_change_sets_keep_the_order_of_writing_whatever_the_clock_says(office: Any) -> None:
    late, early = office.change("level"), office.change("undo")
    with office.store.begin() as work:
        work.history.append(office.id, early, [])
        work.history.append(office.id, late, [])
        work.commit()
    with office.store.begin() as work:
        assert list(work.history.change_sets(office.id)) == [early, late]


def test_a_branch_is_one_change_set_in_the_order_of_writing(office: Any, rated: Any) -> None:
    change = office.change("not-applicable")
    revisions = [office.revise(change, office.item(k), rated()) for k in ("i2", "i1")]
    with office.store.begin() as work:
        work.history.append(office.id, change, revisions)
        work.commit()
    with office.store.begin() as work:
        assert list(work.history.of_change_set(change.id)) == revisions


def test_many_revisions_are_found_by_id(office: Any, rated: Any) -> None:
    change = office.change("import")
    revisions = [office.revise(change, office.item(f"i{n}"), rated()) for n in range(1300)]
    with office.store.begin() as work:
        work.history.append(office.id, change, revisions)
        work.commit()
    with office.store.begin() as work:
        assert work.history.revisions(r.id for r in revisions) == {r.id: r for r in revisions}


def test_nothing_is_kept_without_commit(office: Any, rated: Any) -> None:
    change = office.change()
    with office.store.begin() as work:
        work.history.append(office.id, change, [office.revise(change, office.item(), rated())])
    with office.store.begin() as work:
        assert not work.history.all(office.id)
        assert not work.history.change_sets(office.id)


def test_all_or_nothing_when_one_value_cannot_be_stored(office: Any, rated: Any) -> None:
    change = office.change()
    good = office.revise(change, office.item(), rated())
    torn = office.revise(change, office.item("i2"), rated(note="half \ud83d"))
    with pytest.raises(SatError) as caught, office.store.begin() as work:
        work.history.append(office.id, change, [good, torn])
    assert caught.value.code == "text-unstorable"
    with office.store.begin() as work:
        assert not work.history.all(office.id)


def test_work_may_go_on_after_a_commit_and_needs_another(office: Any, rated: Any) -> None:
    first, second = office.change(), office.change()
    with office.store.begin() as work:
        work.history.append(office.id, first, [])
        work.commit()
        work.history.append(office.id, second, [])
    with office.store.begin() as work:
        assert list(work.history.change_sets(office.id)) == [first]


def test_evidence_and_the_character_zero_survive(office: Any) -> None:
    value = Answer(note="nul \0 inside", evidence=(Evidence("Uchwała 12/2026", reference="BIP"),))
    written = office.write(office.item(), value)
    with office.store.begin() as work:
        assert work.history.revisions([written.id])[written.id].value == value


def test_a_value_of_a_newer_format_is_refused_not_misread(office: Any, rated: Any) -> None:
    from sqlalchemy import update

    from sat_desktop.storage.tables import revision

    office.write(office.item(), rated())
    with office.store.database.writing() as connection:
        connection.execute(update(revision).values(format=99))
        connection.commit()
    with office.store.begin() as work, pytest.raises(SatError) as caught:
        work.history.heads(office.id)
    assert caught.value.code == "revision-newer"


@SHARED
@given(data=st.data())
def test_heads_are_those_of_the_domain_for_every_order_and_grouping(
    office_of: Callable[[Any], Any], store: Any, rated: Any, data: st.DataObject
) -> None:
    office = office_of(store)
    change = office.change("merge")
    items = [office.item("i1"), office.item("i2")]
    revisions: list[Any] = []
    for _ in range(data.draw(st.integers(1, 9), label="revisions")):
        item = data.draw(st.sampled_from(items))
        same = [r for r in revisions if r.item == item]
        parents = data.draw(st.lists(st.sampled_from(same), unique_by=id)) if same else []
        revisions.append(office.revise(change, item, rated(), *parents))
    arriving = data.draw(st.permutations(revisions), label="order")
    arriving += data.draw(st.lists(st.sampled_from(revisions), max_size=3), label="repeated")
    while arriving:
        size = data.draw(st.integers(1, len(arriving)))
        with store.begin() as work:
            work.history.append(office.id, change, arriving[:size])
            work.commit()
        arriving = arriving[size:]
    with store.begin() as work:
        assert work.history.heads(office.id) == find_heads(revisions)
        assert work.history.heads_of(office.id, items) == find_heads(revisions)
    store.full_check()
