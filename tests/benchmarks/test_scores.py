"""All numbers of a very large assessment against the mere reading of its data."""

import json
import random
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from fractions import Fraction

import pytest

from benchmarks.measuring import Report, take_turns
from sat_desktop.domain.answers import Answer, State
from sat_desktop.domain.consensus import Consensus, find_consensus
from sat_desktop.domain.gaps import Aim, Gaps, find_gaps
from sat_desktop.domain.questionnaire import (
    Criterion,
    Group,
    Indicator,
    IndicatorLevel,
    Level,
    Questionnaire,
    Step,
    Text,
    Tier,
)
from sat_desktop.domain.scores import Scores, score
from strategies import Answers

DIMENSIONS, INDICATORS, MEMBERS = 8, 250, 20
WORDS = [
    "gmina",
    "powiat",
    "plan",
    "rozwoju",
    "mieszkańcy",
    "zespół",
    "wskaźnik",
    "ocena",
    "monitorowanie",
    "jakość",
    "usług",
    "publicznych",
    "współpraca",
    "zarządzanie",
    "strategia",
    "budżet",
]


@dataclass(frozen=True)
class Case:
    questionnaire: Questionnaire
    agreed: Answers
    individual: dict[str, Answers]
    aims: dict[str, Aim]
    stored: str


class Writer:
    """Makes up texts and answers, the same ones every time."""

    def __init__(self) -> None:
        self.chance = random.Random(2026)  # noqa: S311 - made-up data, no secret

    def text(self, words: int) -> Text:
        return Text(
            pl=" ".join(self.chance.choices(WORDS, k=words)),
            en=" ".join(self.chance.choices(WORDS, k=words)),
        )

    def indicator(self, identifier: str) -> Indicator:
        return Indicator(
            identifier,
            identifier,
            self.text(6),
            self.text(25),
            tuple(
                IndicatorLevel(
                    level,
                    tuple(
                        Criterion(f"{identifier}.{level}.{k}", self.text(20))
                        for k in range(self.chance.choice((2, 3)))
                    ),
                    Step(self.text(8), self.text(40), 6, self.text(3), self.text(8)),
                )
                for level in (1, 2, 3)
            ),
            why=self.text(60),
            weight=Fraction(self.chance.choice((1, 2, 3)), self.chance.choice((1, 1, 3, 10))),
        )

    def questionnaire(self) -> Questionnaire:
        return Questionnaire(
            "large",
            "1.0",
            self.text(3),
            tuple(Level(k, f"level{k}", self.text(2)) for k in (1, 2, 3)),
            (Fraction(1), Fraction(4, 5), Fraction(4, 5)),
            (Tier("dimension", self.text(1)),),
            tuple(
                Group(
                    f"d{d}",
                    f"{d}",
                    self.text(3),
                    indicators=tuple(self.indicator(f"d{d}.i{i}") for i in range(INDICATORS)),
                )
                for d in range(DIMENSIONS)
            ),
        )

    def response(self, questionnaire: Questionnaire) -> Answers:
        return dict(self._answers(questionnaire))

    def _answers(self, questionnaire: Questionnaire) -> Iterator[tuple[str, Answer]]:
        for key, indicator in questionnaire.indicators.items():
            fate = self.chance.random()
            if fate < 0.05:
                yield key, Answer(State.NOT_APPLICABLE, reason="nie dotyczy")
            elif fate < 0.95:
                met = indicator.criteria_up_to(self.chance.randint(0, 3))
                others = frozenset(self.chance.sample(indicator.criteria, 2))
                yield key, Answer(State.RATED, met | others, note=self.text(15).get("pl"))


def plain(value: object) -> object:
    return sorted(value) if isinstance(value, frozenset) else str(value)


@pytest.fixture(scope="module")
def case() -> Case:
    writer = Writer()
    questionnaire = writer.questionnaire()
    agreed = writer.response(questionnaire)
    stored = json.dumps(
        {
            "questionnaire": asdict(questionnaire),
            "answers": {key: asdict(a) for key, a in agreed.items()},
        },
        default=plain,
        ensure_ascii=False,
    )
    return Case(
        questionnaire,
        agreed,
        {f"member{k}": writer.response(questionnaire) for k in range(MEMBERS)},
        {key: Aim(writer.chance.choice((None, 1, 2, 3))) for key in questionnaire.indicators},
        stored,
    )


def all_numbers(case: Case) -> tuple[Scores, Gaps, dict[str, Consensus]]:
    scores = score(case.questionnaire, case.agreed)
    gaps = find_gaps(case.questionnaire, scores, case.aims)
    return scores, gaps, find_consensus(case.questionnaire, case.individual)


def test_all_numbers_cost_less_than_reading_the_data(report: Report, case: Case) -> None:
    times = take_turns(9, lambda: all_numbers(case), lambda: json.loads(case.stored))
    size = len(case.stored.encode()) / 1e6
    report.add(
        f"all numbers of 2,000 made-up indicators, by json.loads of {size:.0f} MB", *times, goal=1
    )
