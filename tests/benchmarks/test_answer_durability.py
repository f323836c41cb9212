"""An answer, click to durable, against a bare sqlite3 transaction of the same rows."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from benchmarks.measuring import Report, take_turns
from sat_desktop.domain.assessment import Unit
from sat_desktop.domain.questionnaire import Questionnaire, UnitKind
from sat_desktop.formats.questionnaire_files import read_edition
from sat_desktop.services.answering import Respondent, set_level
from sat_desktop.services.assessments import add_edition, create_assessment
from sat_desktop.services.dossier import open_dossier
from sat_desktop.services.ports import Workspace
from sat_desktop.storage.opening import open_store
from sat_desktop.workspace import new_id, now

ROUNDS = 400


@pytest.fixture(scope="module")
def edition() -> Questionnaire:
    return read_edition(Path(__file__).parents[2] / "questionnaires" / "sat-pl" / "1.0.0")


@pytest.fixture
def answer(tmp_path: Path, edition: Questionnaire) -> Iterator[Callable[[], None]]:
    """Return what answers the next indicator through the use case, as the window does."""
    with closing(open_store(tmp_path / "office.db")) as store:
        workspace = Workspace(store, now, new_id, "writer")
        add_edition(workspace, edition)
        unit = Unit("Gmina Łąki", UnitKind.GMINA, "0201011")
        made = create_assessment(workspace, unit, edition.edition, "2026", "pl", "Ola")
        dossier = open_dossier(workspace, made.id)
        keys = list(dossier.questionnaire.indicators)
        turn = 0

        def act() -> None:
            nonlocal turn
            turn += 1
            level = 1 + turn // len(keys) % 3
            set_level(
                workspace, dossier, Respondent(dossier.agreed.id), keys[turn % len(keys)], level
            )

        yield act


@pytest.fixture
def bare(tmp_path: Path, answer: Callable[[], None]) -> Iterator[Callable[[], None]]:
    """Return what puts the rows of one answer into a copy of the same tables."""
    for _ in range(200):
        answer()  # so that there are rows to take, each with a parent
    place = tmp_path / "bare.db"
    with closing(sqlite3.connect(tmp_path / "office.db")) as office:
        office.execute("VACUUM INTO ?", (str(place),))
        (change,) = office.execute("SELECT * FROM change_set ORDER BY seq DESC LIMIT 1")
        (revision,) = office.execute("SELECT * FROM revision ORDER BY seq DESC LIMIT 1")
        (seal,) = office.execute("SELECT revisions, digest, id FROM assessment")
    with closing(sqlite3.connect(place, isolation_level=None)) as connection:
        for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"):
            connection.execute(f"PRAGMA {pragma}")

        def insert(table: str, row: tuple[object, ...]) -> None:
            marks = ", ".join("?" * len(row))
            connection.execute(f"INSERT INTO {table} VALUES ({marks})", row)  # noqa: S608

        def act() -> None:
            first, second = new_id(), new_id()
            connection.execute("BEGIN IMMEDIATE")
            insert("change_set", (None, first, *change[2:]))
            insert("revision", (None, second, revision[2], first, *revision[4:]))
            connection.execute("UPDATE assessment SET revisions = ?, digest = ? WHERE id = ?", seal)
            connection.execute("COMMIT")

        yield act


def test_an_answer_costs_little_more_than_its_bare_rows(
    report: Report, answer: Callable[[], None], bare: Callable[[], None]
) -> None:
    report.add(
        "an answer, click to durable, by its bare rows", *take_turns(ROUNDS, answer, bare), goal=2.5
    )
