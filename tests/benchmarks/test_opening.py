"""Opening a very large assessment against json.loads of what is stored of it."""

import json
import random
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import pytest

from benchmarks.large import enlarged, smallest_edition
from benchmarks.measuring import Report, take_turns
from sat_desktop.domain.kinds import ANSWER
from sat_desktop.domain.answers import Answer, State
from sat_desktop.domain.assessment import Assessment, Member, Response, ResponseKind, Unit
from sat_desktop.domain.history import ChangeSet, Item, Revision
from sat_desktop.domain.questionnaire import Indicator, UnitKind
from sat_desktop.services.derived import Derived
from sat_desktop.services.dossier import Dossier, open_dossier
from sat_desktop.services.ports import Workspace
from sat_desktop.storage.opening import open_store

INDICATORS, MEMBERS, CHANGED = 2000, 19, 0.2
ROUNDS = 9
NOW = datetime(2026, 11, 3, 8, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a workspace with 20 responses to 2,000 indicators, a fifth of them revised."""
    chance = random.Random(2026)  # noqa: S311 - made-up data, no secret
    numbers = count()
    edition = enlarged(smallest_edition(), INDICATORS)
    assert len(edition.indicators) == INDICATORS

    def new_id() -> str:
        return f"{next(numbers):032x}"

    members = [Member(new_id(), f"Osoba {n}") for n in range(MEMBERS)]
    responses = [Response(new_id(), ResponseKind.AGREED)]
    responses += [Response(new_id(), ResponseKind.INDIVIDUAL, m.id) for m in members]
    unit = Unit("Gmina Łąki", UnitKind.GMINA, "0201011")
    assessment = Assessment(new_id(), unit, edition.edition, "2026", "pl", NOW)

    def answer(indicator: Indicator) -> Answer:
        met = indicator.criteria_up_to(chance.randint(0, 3))
        stray = frozenset(chance.sample(indicator.criteria, 1))
        note = "Rejestr prowadzi referat organizacyjny. " * chance.choice((0, 0, 1, 2))
        return Answer(State.RATED, met | stray, note=note, confidence=chance.choice((None, 2)))

    asked = [(r.id, i) for r in responses for i in edition.indicators.values()]
    chance.shuffle(asked)
    path = tmp_path_factory.mktemp("large") / "large.db"
    with closing(open_store(path)) as store, store.begin() as work:
        work.editions.add(edition)
        work.assessments.add(assessment, members, responses)
        for response, indicator in asked:
            parents: tuple[str, ...] = ()
            for _ in range(2 if chance.random() < CHANGED else 1):
                change = ChangeSet(new_id(), members[0].id, NOW, "tick")
                item = ANSWER.item(indicator.id, response)
                revision = Revision(
                    new_id(), item, parents, change.id, change.member, NOW, answer(indicator)
                )
                work.history.append(assessment.id, change, [revision])
                parents = (revision.id,)
        work.commit()
    return path


def stored_json(place: Path) -> tuple[bytes, str]:
    """Return the questionnaire and the present answers, by response and indicator, as JSON."""
    answers: dict[str, dict[str, object]] = {}
    with closing(sqlite3.connect(place)) as connection:
        ((content,),) = connection.execute("SELECT content FROM edition")
        for scope, key, value in connection.execute(
            "SELECT scope, key, value FROM revision WHERE id NOT IN (SELECT revision FROM replaced)"
        ):
            answers.setdefault(scope, {})[key] = json.loads(value)
    return content, json.dumps(answers, ensure_ascii=False)


def test_opening_and_counting_2000_indicators(report: Report, place: Path) -> None:
    questionnaire, answers = stored_json(place)

    def read() -> object:
        return json.loads(questionnaire), json.loads(answers)

    def opened() -> Dossier:
        with closing(open_store(place)) as store:
            workspace = Workspace(store, clock=lambda: NOW, new_id=str, writer="writer")
            with store.begin() as work:
                ((assessment, _),) = work.assessments.all()
            return open_dossier(workspace, assessment.id)

    dossier = opened()
    assert len(dossier.heads) == INDICATORS * (MEMBERS + 1)
    size = (len(questionnaire) + len(answers.encode())) / 1e6
    whole, numbers, reading = take_turns(ROUNDS, opened, lambda: Derived(dossier).results, read)
    report.add(f"opening 20 responses, by json.loads of {size:.0f} MB", whole, reading, goal=3)
    report.add("all numbers with consensus, by the same json.loads", numbers, reading, goal=1)
