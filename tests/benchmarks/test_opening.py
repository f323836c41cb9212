"""Opening a very large assessment against json.loads of what is stored of it."""

import json
import random
import sqlite3
import statistics
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from sat_desktop.domain.answers import (
    Answer,
    Assessment,
    ChangeSet,
    Item,
    ItemKind,
    Member,
    Response,
    ResponseKind,
    Revision,
    State,
    Unit,
)
from sat_desktop.domain.questionnaire import Group, Indicator, Questionnaire, UnitKind
from sat_desktop.formats.questionnaire_files import read_edition
from sat_desktop.services.dossier import Dossier, open_dossier
from sat_desktop.services.ports import Desk
from sat_desktop.storage import open_store

INDICATORS, MEMBERS, CHANGED = 2000, 19, 0.2
LIMIT = 3.0
NOW = datetime(2026, 11, 3, 8, 0, tzinfo=UTC)


def repeated(indicator: Indicator, number: int) -> Indicator:
    return replace(
        indicator,
        id=f"{indicator.id}.r{number}",
        applies_to=(),
        levels=tuple(
            replace(
                level,
                criteria=tuple(replace(c, id=f"{c.id}.r{number}") for c in level.criteria),
            )
            for level in indicator.levels
        ),
    )


def enlarged(questionnaire: Questionnaire) -> Questionnaire:
    """Return the questionnaire with its entries repeated until there are 2,000."""
    times = -(-INDICATORS // len(questionnaire.indicators))
    left = INDICATORS

    def grown(group: Group) -> Group:
        nonlocal left
        kept = [repeated(i, n) for n in range(times) for i in group.indicators][:left]
        left -= len(kept)
        return replace(group, groups=tuple(grown(g) for g in group.groups), indicators=tuple(kept))

    return replace(
        questionnaire, id="large", groups=tuple(grown(g) for g in questionnaire.groups), rules=()
    )


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a workspace with 20 responses to 2,000 indicators, a fifth of them revised."""
    chance = random.Random(2026)  # noqa: S311 - made-up data, no secret
    numbers = count()
    edition = enlarged(
        read_edition(Path(__file__).parents[2] / "questionnaires" / "sat-pl" / "0.1.0")
    )
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
                item = Item(ItemKind.ANSWER, response, indicator.id)
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


def seconds(act: Callable[[], object]) -> float:
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def test_opening_20_responses_to_2000_indicators(benchmark: BenchmarkFixture, place: Path) -> None:
    questionnaire, answers = stored_json(place)

    def read() -> object:
        return json.loads(questionnaire), json.loads(answers)

    def opened() -> Dossier:
        with closing(open_store(place)) as store:
            desk = Desk(store, clock=lambda: NOW, new_id=str)
            with store.begin() as work:
                ((assessment, _),) = work.assessments.all()
            return open_dossier(desk, assessment.id)

    def heads() -> object:
        with closing(open_store(place)) as store, store.begin() as work:
            ((assessment, _),) = work.assessments.all()
            return work.history.heads(assessment.id)

    assert len(opened().heads) == INDICATORS * (MEMBERS + 1)
    # Alternating, so that whatever else the machine does falls on all alike.
    rounds = [(seconds(opened), seconds(heads), seconds(read)) for _ in range(7)]
    whole, part, reading = (statistics.median(column) for column in zip(*rounds, strict=True))
    benchmark(opened)
    size = (len(questionnaire) + len(answers.encode())) / 1e6
    print(
        f"{size:.1f} MB: json.loads {reading * 1e3:.0f} ms, opened in {whole * 1e3:.0f} ms"
        f" (heads {part * 1e3:.0f} ms): {whole / reading:.2f}"
    )
    assert whole <= LIMIT * reading
