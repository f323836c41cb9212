"""Opening a very large assessment against json.loads of what is stored of it."""

import json
import random
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest

from benchmarks.large import enlarged, smallest_edition
from benchmarks.measuring import PROGRAMS, Report, run_turns, take_turns
from sat_desktop.domain.answers import Answer, State
from sat_desktop.domain.assessment import Unit
from sat_desktop.domain.history import ChangeSet, Register, Revision
from sat_desktop.domain.kinds import ANSWER
from sat_desktop.domain.questionnaire import Indicator, UnitKind
from sat_desktop.services.assessments import add_edition, add_member, create_assessment
from sat_desktop.services.derived import Derived
from sat_desktop.services.dossier import open_dossier
from sat_desktop.services.ports import Workspace
from sat_desktop.storage.opening import open_store

INDICATORS, MEMBERS, CHANGED = 2000, 19, 0.2
ROUNDS = 9
NOW = datetime(2026, 11, 3, 8, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a workspace with 20 responses to 2,000 indicators, a fifth of them revised."""
    chance = random.Random(2026)  # noqa: S311 - made-up data, no secret
    numbers, seconds = count(), count()
    edition = enlarged(smallest_edition(), INDICATORS)
    assert len(edition.indicators) == INDICATORS

    def new_id() -> str:
        return f"{next(numbers):032x}"

    def said(indicator: Indicator) -> dict[str, object]:
        """Return what an answer says, by field; nothing is said of the fields left out."""
        met = indicator.criteria_up_to(chance.randint(0, 3))
        stray = frozenset(chance.sample(indicator.criteria, 1))
        note = "Rejestr prowadzi referat organizacyjny. " * chance.choice((0, 0, 1, 2))
        answer = Answer(State.RATED, met | stray, note=note, confidence=chance.choice((None, 2)))
        return {f: value for f, value in ANSWER.fields_of(answer).items() if value is not None}

    path = tmp_path_factory.mktemp("large") / "large.db"
    with closing(open_store(path)) as store:
        workspace = Workspace(store, lambda: NOW, new_id, "writer")
        add_edition(workspace, edition)
        unit = Unit("Gmina Łąki", UnitKind.GMINA, "0201011")
        made = create_assessment(workspace, unit, edition.edition, "2026", "pl", "Osoba")
        dossier = open_dossier(workspace, made.id)
        for n in range(1, MEMBERS):
            add_member(workspace, dossier, f"Osoba {n}")
        asked = [(r.id, i) for r in dossier.responses for i in edition.indicators.values()]
        chance.shuffle(asked)
        with store.begin() as work:
            for response, indicator in asked:
                heads: dict[str, str] = {}
                for _ in range(2 if chance.random() < CHANGED else 1):
                    at = NOW + timedelta(seconds=next(seconds))
                    change = ChangeSet(new_id(), "writer", dossier.members[0].id, at, "tick")
                    revisions = [
                        Revision(
                            new_id(),
                            Register(*ANSWER.item(indicator.id, response), field),
                            (heads[field],) if field in heads else (),
                            change.id,
                            change.member,
                            at,
                            value,
                        )
                        for field, value in said(indicator).items()
                    ]
                    work.history.append(made.id, change, revisions)
                    heads |= {r.register.field: r.id for r in revisions}
            work.commit()
    return path


def stored_json(place: Path) -> tuple[bytes, str]:
    """Return the questionnaire and what is said now, by item and field, as JSON."""
    said: dict[str, dict[str, dict[str, object]]] = {}
    with closing(sqlite3.connect(place)) as connection:
        ((content,),) = connection.execute("SELECT content FROM edition")
        rows = connection.execute(
            "SELECT id, scope, key, field, parents, value FROM revision ORDER BY seq"
        ).fetchall()
    replaced = {parent for row in rows for parent in row[4].split()}
    for name, scope, key, field, _, value in rows:
        if name not in replaced and value is not None:
            said.setdefault(scope, {}).setdefault(key, {})[field] = json.loads(value)
    return content, json.dumps(said, ensure_ascii=False)


def test_opening_and_counting_2000_indicators(report: Report, place: Path, tmp_path: Path) -> None:
    questionnaire, answers = stored_json(place)
    size = (len(questionnaire) + len(answers.encode())) / 1e6
    texts = (tmp_path / "questionnaire.json", tmp_path / "answers.json")
    texts[0].write_bytes(questionnaire)
    texts[1].write_text(answers, encoding="utf-8")
    # In processes of their own: how often Python looks for garbage while it loads, which is a half
    # of either, depends on what a process did before.
    ours, whole, loading = run_turns(
        ROUNDS,
        tmp_path,
        [PROGRAMS / "opening.py", "ours", place],
        [PROGRAMS / "opening.py", "all", place],
        [PROGRAMS / "opening.py", "json", *texts],
    )
    base = [run.facts["seconds"] for run in loading]
    opening = [run.facts["seconds"] for run in ours]
    report.add(f"opening 20 responses, by json.loads of {size:.0f} MB", opening, base, goal=3)
    opening = [run.facts["seconds"] for run in whole]
    report.add("and reading every member's answers, by the same", opening, base)
    with closing(open_store(place)) as store:
        workspace = Workspace(store, lambda: NOW, str, "writer")
        with store.begin() as work:
            ((row, _),) = work.assessments.all()
        dossier = open_dossier(workspace, row.id)
    assert len(dossier.responses) == MEMBERS + 1
    assert all(len(dossier.answers(r.id)) == INDICATORS for r in dossier.responses)
    numbers, reading = take_turns(
        ROUNDS,
        lambda: Derived(dossier).results,
        lambda: (json.loads(questionnaire), json.loads(answers)),
    )
    report.add("all numbers with consensus, by the same json.loads", numbers, reading, goal=1)
