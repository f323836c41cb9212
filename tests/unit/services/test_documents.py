"""What a plan's document is made from."""

from datetime import date

import pytest

from sat_desktop.domain.plan import Plan
from sat_desktop.services.answering import Respondent, set_level
from sat_desktop.services.documents import plan_document
from sat_desktop.services.dossier import Dossier
from sat_desktop.services.planning import set_head
from sat_desktop.services.ports import Workspace
from sat_desktop.services.results import projection_of, results_of

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(("set_day", "shown"), [("", TODAY), ("2026-12-01", date(2026, 12, 1))])
def test_the_first_page_bears_the_day_that_was_set_else_today(
    workspace: Workspace, dossier: Dossier, set_day: str, shown: date
) -> None:
    set_head(workspace, dossier, Plan(2027, 2030, date=set_day))
    assert plan_document(dossier, TODAY).day == shown


def test_the_document_has_the_numbers_of_the_screen(
    workspace: Workspace, dossier: Dossier, agreed: Respondent
) -> None:
    set_level(workspace, dossier, agreed, "a", 2)
    document = plan_document(dossier, TODAY)
    results = results_of(dossier)
    assert document.scores == results.scores
    assert document.gaps == results.gaps
    assert document.consensus == results.consensus
    assert document.projection == projection_of(dossier)
    assert document.plan == dossier.plan()
