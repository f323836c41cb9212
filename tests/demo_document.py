"""The demo city's document, and the same one with other data in it, for tests of documents."""

from dataclasses import replace
from datetime import date
from functools import cache

from memory_store import memory_workspace
from sat_desktop.domain.document import PlanDocument
from sat_desktop.formats.demonstration import read_demonstration
from sat_desktop.formats.questionnaire_files import read_edition
from sat_desktop.runtime.i18n import language_of
from sat_desktop.runtime.resources import bundled_questionnaires
from sat_desktop.services.assessments import add_edition
from sat_desktop.services.demo_city import Demonstration
from sat_desktop.services.demonstration import make_demo
from sat_desktop.services.derived import Derived
from sat_desktop.services.dossier import Dossier, open_dossier
from sat_desktop.services.ports import Workspace

DAY = date(2026, 11, 21)


def demo_dossier(code: str = "pl") -> tuple[Workspace, Dossier]:
    """Return the demo city, freshly made in memory."""
    workspace = memory_workspace()
    add_edition(workspace, read_edition(bundled_questionnaires() / "sat-pl" / "1.0.0"))
    made = make_demo(workspace, read_demonstration(Demonstration), language_of(code))
    return workspace, open_dossier(workspace, made)


@cache
def demo_document(code: str = "pl") -> PlanDocument:
    """Return the demo city's plan as a document of a fixed date."""
    return replace(Derived(demo_dossier(code)[1]).document(DAY), day=DAY)
