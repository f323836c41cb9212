"""Two maturity models of quite another shape than SAT, answered: the proof that models are data.

One has four levels and a single tier, the other five levels and three tiers. The numbers beside the
answers were worked out by hand from the rules of the model.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Final

from memory_store import memory_workspace
from sat_desktop.domain.assessment import Unit
from sat_desktop.domain.document import PlanDocument
from sat_desktop.domain.plan import CostLine
from sat_desktop.domain.questionnaire import Questionnaire, UnitKind
from sat_desktop.formats.questionnaire_files import read_edition
from sat_desktop.runtime.i18n import language_of
from sat_desktop.services.answering import Respondent, set_level
from sat_desktop.services.assessments import (
    add_edition,
    add_member,
    create_assessment,
    response_for,
)
from sat_desktop.services.derived import Derived
from sat_desktop.services.dossier import Dossier, open_dossier
from sat_desktop.services.planning import add_risk, draft_plan, goal_titles, put
from sat_desktop.services.ports import Workspace

EDITIONS: Final = Path(__file__).parent / "data" / "questionnaires"
DAY: Final = date(2026, 11, 21)


@dataclass(frozen=True, eq=False)
class ForeignModel:
    """One model with an answer to everything.

    Attributes:
        levels: the level of every indicator.
        index: of the whole and of some groups.
        attained: level of the whole.
        plain: words of SAT that this model has no use for, in Polish and English.
    """

    folder: Path
    levels: Mapping[str, int]
    index: Mapping[str, Fraction]
    attained: int
    plain: tuple[str, ...]

    @property
    def edition(self) -> str:
        """`ID@VERSION`."""
        return f"{self.folder.parent.name}@{self.folder.name}"

    def questionnaire(self) -> Questionnaire:
        """Return it as it is read."""
        return read_edition(self.folder)


_SAT: Final = (
    *(r"\bareas?\b", r"\bdimensions?\b", r"\bobszar\w*", r"\bwymiar\w*"),
    *(r"\bOECD\b", r"\bSAT\b", r"\bstan\w* docelow\w*", r"\btarget\b", r"\bniezbędn\w* minimum"),
)

LIBRARY: Final = ForeignModel(
    EDITIONS / "library-care" / "1.0",
    {"storage.climate": 3, "storage.fire": 1, "lending.rules": 4},
    {
        # Weight 1/3 at level 3 of 4, weight 2 at level 1.
        "storage": Fraction(9, 28),
        "lending": Fraction(1),
        # Storage weighs a tenth of lending.
        "total": Fraction(289, 308),
    },
    # All have reached 1, two thirds 2, of which three quarters would be needed.
    attained=1,
    plain=_SAT,
)
PRACTICE: Final = ForeignModel(
    EDITIONS / "project-practice" / "2.1.0",
    {
        "scope.list": 1,
        "scope.change": 5,
        "time.schedule": 3,
        "risk.register": 0,
        "lessons.log": 4,
    },
    {
        # (1/5 + 5/5) / 2 and 3/5, the latter with half the weight
        "planning": Fraction(3, 5),
        "doing": Fraction(3, 10),
        "supporting": Fraction(4, 5),
        "total": Fraction(11, 20),
    },
    attained=0,
    plain=(*_SAT, r"\bminimum\b"),
)
MODELS: Final = (LIBRARY, PRACTICE)


def answered(
    model: ForeignModel, code: str, kind: UnitKind = UnitKind.GMINA
) -> tuple[Workspace, Dossier]:
    """Return an assessment in memory with every answer given by the use case, and a member more."""
    workspace = memory_workspace()
    add_edition(workspace, model.questionnaire())
    return workspace, assess(workspace, model, code, kind)


def assess(
    workspace: Workspace, model: ForeignModel, code: str, kind: UnitKind = UnitKind.GMINA
) -> Dossier:
    """Create an assessment by a model that the workspace has, and answer it."""
    unit = Unit("Gmina Wierzbno", kind, "0299" if kind is UnitKind.POWIAT else "1433082")
    made = create_assessment(workspace, unit, model.edition, "2026", code, "Anna Nowak")
    dossier = open_dossier(workspace, made.id)
    asked = dossier.questionnaire.applicable_to(kind)
    for key, level in model.levels.items():
        if key in asked.indicators:
            set_level(workspace, dossier, Respondent(dossier.agreed.id), key, level)
    first = next(iter(asked.indicators))
    add_member(workspace, dossier, "Jan Kowalski", dimensions=(asked.dimensions[0].id,))
    member = dossier.members[-1]
    response = response_for(workspace, dossier, dossier.members[0].name)
    for own, level in ((response, 1), (dossier.response_of(member.id), asked.n)):
        set_level(workspace, dossier, Respondent(own.id, own.member or ""), first, level)
    return dossier


def planned(workspace: Workspace, dossier: Dossier) -> Dossier:
    """Draft the plan from the gaps, with a cost and a risk."""
    draft_plan(workspace, dossier, goal_titles(language_of(dossier.assessment.language)))
    first = dossier.plan().undertakings[0]
    year = dossier.plan().head.first_year
    put(workspace, dossier, replace(first, costs=(CostLine(year, "own", 1_250_000),)))
    add_risk(workspace, dossier, "Odejście osoby prowadzącej", first.id)
    return dossier


@cache
def plan_of(model: ForeignModel, code: str) -> PlanDocument:
    """Return the plan that follows from the answers, as a document of a fixed date."""
    return Derived(planned(*answered(model, code))).document(DAY)
