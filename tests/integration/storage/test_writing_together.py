"""Several write to one assessment at once: all of it arrives, once, in one order, and nobody is stuck."""

import random
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, closing
from typing import Any

import pytest

from sat_desktop.domain.assessment import Person
from sat_desktop.domain.history import Change, Heads, Revision
from sat_desktop.errors import SatError
from sat_desktop.storage.opening import open_store
from sat_desktop.storage.store import SqlStore

WRITERS, READERS, CHANGES = 4, 2, 12
PATIENCE = 60.0


class Follower:
    """Asks what is new since it asked last."""

    def __init__(self, store: SqlStore, assessment: str) -> None:
        self.store = store
        self.assessment = assessment
        self.cursor = 0
        self.seen: list[Change] = []

    def ask(self) -> None:
        with self.store.begin() as work:
            changes, self.cursor = work.history.since(self.assessment, self.cursor)
        self.seen += changes


@pytest.fixture
def others(place: str, office: Any) -> Iterator[Callable[[], SqlStore]]:
    """Return what opens the office's database once more, as another program does."""
    assert office
    with ExitStack() as stack:
        yield lambda: stack.enter_context(closing(open_store(place, busy_seconds=PATIENCE)))


def test_what_commits_later_than_it_was_numbered_is_seen_once_and_in_order(
    office: Any, others: Callable[[], SqlStore]
) -> None:
    written = threading.Event()

    def write(number: int, store: SqlStore) -> None:
        chance = random.Random(number)  # noqa: S311 - made-up work, no secret
        watching = Follower(others(), office.id)
        last: list[Revision] = []
        for n in range(CHANGES):
            change = office.change()
            register = office.register(f"i{number}", "note")
            revision = office.revise(change, register, f"{n}", *last)
            with store.begin() as work:
                work.history.append(office.id, change, [revision])
                # Numbered now and not committed; meanwhile the others go on.
                for _ in range(chance.choice((0, 0, 5, 40))):
                    watching.ask()
                work.commit()
            last = [revision]

    def follow(reader: Follower) -> None:
        while not written.is_set():
            reader.ask()
        reader.ask()

    readers = [Follower(others(), office.id) for _ in range(READERS)]
    with ThreadPoolExecutor(WRITERS + READERS) as pool:
        following = [pool.submit(follow, reader) for reader in readers]
        try:
            writing = [pool.submit(write, n, others()) for n in range(WRITERS)]
            for future in writing:
                future.result()
        finally:
            written.set()
        for future in following:
            future.result()
    with office.store.begin() as work:
        everything = work.history.all(office.id)
    assert len(everything) == WRITERS * CHANGES
    assert [reader.seen for reader in readers] == [everything] * READERS
    with office.store.begin() as work:
        heads, cursor = work.history.present(office.id)
    for reader in readers:
        assert reader.cursor == cursor
        followed = Heads(r for change in reader.seen for r in change.revisions)
        assert followed.everything() == heads.everything()
    office.store.full_check()


def wait_until_held_up(store: SqlStore, other: "Future[Any]") -> None:
    """Return when somebody waits for a lock on the server, or is through without waiting."""
    waiting = "SELECT count(*) FROM pg_locks WHERE NOT granted"
    while not other.done():
        with store.database.reading() as connection:
            if connection.exec_driver_sql(waiting).scalar_one():
                return


@pytest.mark.postgres
def test_numbers_are_in_the_order_of_commits_on_a_server(
    postgres: str, office_of: Callable[[Any], Any], rated: Any
) -> None:
    with closing(open_store(postgres, busy_seconds=PATIENCE)) as store:
        office = office_of(store)
        reader = Follower(store, office.id)
        first, second = office.change(), office.change()
        with ThreadPoolExecutor(1) as pool:
            with store.begin() as work:
                # Without revisions, as of an undoing that was overtaken: only the order is at stake.
                work.history.append(office.id, first, [])
                theirs = office.revise(second, office.register("i2"), rated())
                other = pool.submit(office.append, second, theirs)
                wait_until_held_up(store, other)
                reader.ask()
                assert not reader.seen
                work.commit()
            other.result()
        reader.ask()
        assert reader.seen == [Change(first, ()), Change(second, (theirs,))]


@pytest.mark.postgres
def test_two_who_add_a_name_first_do_not_wait_for_each_other(
    postgres: str, office_of: Callable[[Any], Any], rated: Any
) -> None:
    with closing(open_store(postgres, busy_seconds=PATIENCE)) as store:
        office = office_of(store)
        named = threading.Barrier(2)

        def join(key: str) -> None:
            change = office.change()
            with store.begin() as work:
                person = Person(office.new_id(), office.new_id(), f"Osoba {key}")
                work.assessments.put_persons(office.id, [person])
                named.wait(PATIENCE)
                revision = office.revise(change, office.register(key), rated())
                work.history.append(office.id, change, [revision])
                work.commit()

        with ThreadPoolExecutor(2) as pool:
            for future in [pool.submit(join, key) for key in ("i1", "i2")]:
                future.result()
        with store.begin() as work:
            assert len(office.heads(work)) == 2
            assert len(work.assessments.persons(office.id)) == 3


@pytest.mark.postgres
def test_an_assessment_is_removed_whole_while_somebody_writes_to_it(
    postgres: str, office_of: Callable[[Any], Any], rated: Any
) -> None:
    with closing(open_store(postgres, busy_seconds=PATIENCE)) as store:
        office = office_of(store)
        change = office.change()

        def remove() -> None:
            with store.begin() as work:
                work.assessments.remove(office.id)
                work.commit()

        with ThreadPoolExecutor(1) as pool, store.begin() as work:
            revision = office.revise(change, office.register(), rated())
            work.history.append(office.id, change, [revision])
            removal = pool.submit(remove)
            wait_until_held_up(store, removal)
            work.commit()
            removal.result()
        with pytest.raises(SatError) as caught:
            office.write(office.register(), rated())
        assert caught.value.code == "assessment-unknown"
        store.full_check()
