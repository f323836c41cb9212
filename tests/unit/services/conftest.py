"""Fixtures of the use cases' tests: a workspace in memory with one small assessment."""

from fractions import Fraction

import pytest

from colleagues import Colleague, colleague_beside
from memory_store import MemoryStore, memory_workspace
from sat_desktop.domain.assessment import Unit
from sat_desktop.domain.questionnaire import (
    Criterion,
    Group,
    Indicator,
    IndicatorLevel,
    Level,
    Questionnaire,
    Step,
    Tier,
    UnitKind,
)
from sat_desktop.services.answering import Respondent
from sat_desktop.services.assessments import add_edition, create_assessment
from sat_desktop.services.dossier import Dossier, open_dossier
from sat_desktop.services.ports import Workspace
from strategies import words

GMINA = Unit("Wierzbogród", UnitKind.GMINA, "0299011", 18000)


def _indicator(identifier: str, *kinds: UnitKind) -> Indicator:
    levels = tuple(
        IndicatorLevel(
            k,
            tuple(Criterion(f"{identifier}.{k}.{c}", words("So")) for c in "xy"),
            Step(words(f"Reach {k}"), words("How"), 6),
        )
        for k in (1, 2, 3)
    )
    name = words(f"Indicator {identifier}")
    return Indicator(identifier, identifier, name, words("Is it so?"), levels, applies_to=kinds)


@pytest.fixture(scope="session")
def edition() -> Questionnaire:
    """D1 holds a, b, c; D2 holds d and e, which is asked of powiats only."""
    return Questionnaire(
        id="small",
        version="1.0",
        name=words("Small"),
        scale=tuple(Level(k, f"level{k}", words(f"Level {k}")) for k in (1, 2, 3)),
        attainment=(Fraction(1), Fraction(4, 5), Fraction(4, 5)),
        tiers=(Tier("dimension", words("Dimension")),),
        groups=(
            Group("D1", "1", words("First"), indicators=tuple(map(_indicator, "abc"))),
            Group(
                "D2",
                "2",
                words("Second"),
                indicators=(_indicator("d"), _indicator("e", UnitKind.POWIAT)),
            ),
        ),
    )


@pytest.fixture
def store() -> MemoryStore:
    return MemoryStore()


@pytest.fixture
def workspace(store: MemoryStore, edition: Questionnaire) -> Workspace:
    """A colleague whose workspace knows the edition."""
    made = memory_workspace(store)
    add_edition(made, edition)
    return made


@pytest.fixture
def dossier(workspace: Workspace) -> Dossier:
    """The assessment of a gmina, opened."""
    made = create_assessment(workspace, GMINA, "small@1.0", "2026", "en", "Secretary")
    return open_dossier(workspace, made.id)


@pytest.fixture(scope="session")
def read_workspace(edition: Questionnaire) -> Workspace:
    """A workspace that is only read, for properties that look at one assessment many times."""
    made = memory_workspace(MemoryStore())
    add_edition(made, edition)
    return made


@pytest.fixture(scope="session")
def read_dossier(read_workspace: Workspace) -> str:
    """The id of its assessment."""
    return create_assessment(read_workspace, GMINA, "small@1.0", "2026", "en", "Secretary").id


@pytest.fixture
def other(workspace: Workspace, dossier: Dossier) -> Colleague:
    """Somebody else with the same database open."""
    return colleague_beside(workspace, dossier.row.id, "somebody else")


@pytest.fixture
def agreed(dossier: Dossier) -> Respondent:
    """The one who writes the team's answers."""
    return Respondent(dossier.agreed.id)
