"""Fixtures of the domain's tests: the worked example of the model."""

from fractions import Fraction

import pytest

from sat_desktop.domain.answers import Answer, State
from sat_desktop.domain.questionnaire import (
    Criterion,
    Group,
    Indicator,
    IndicatorLevel,
    Level,
    Questionnaire,
    Step,
    Tier,
)
from strategies import Answers, words


def _indicator(identifier: str) -> Indicator:
    return Indicator(
        identifier,
        identifier,
        words(f"Indicator {identifier}"),
        words("Is it so?"),
        tuple(
            IndicatorLevel(
                k,
                (
                    Criterion(f"{identifier}.{k}.x", words("First")),
                    Criterion(f"{identifier}.{k}.y", words("Second")),
                ),
                Step(words(f"Reach {k}"), words("How"), 6, words("Secretary"), words("Number")),
            )
            for k in (1, 2, 3)
        ),
        why=words("Because"),
    )


@pytest.fixture(scope="session")
def example() -> Questionnaire:
    """Area P with dimensions D1 (a, b, c) and D2 (d, e); three levels; all weights 1."""
    return Questionnaire(
        id="example",
        version="1.0",
        name=words("Worked example"),
        scale=tuple(Level(k, f"level{k}", words(f"Level {k}")) for k in (1, 2, 3)),
        attainment=(Fraction(1), Fraction(4, 5), Fraction(4, 5)),
        tiers=(Tier("area", words("Area")), Tier("dimension", words("Dimension"))),
        groups=(
            Group(
                "P",
                "P",
                words("P"),
                groups=(
                    Group("D1", "D1", words("D1"), indicators=tuple(map(_indicator, "abc"))),
                    Group("D2", "D2", words("D2"), indicators=tuple(map(_indicator, "de"))),
                ),
            ),
        ),
    )


@pytest.fixture
def answers(example: Questionnaire) -> Answers:
    """a = 3, b = 1, c unanswered, d = 2, e not applicable."""
    rated = {
        key: Answer(State.RATED, example.indicators[key].criteria_up_to(level))
        for key, level in {"a": 3, "b": 1, "d": 2}.items()
    }
    return rated | {"e": Answer(State.NOT_APPLICABLE, reason="no such task here")}
