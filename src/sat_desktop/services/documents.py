"""What documents are made from."""

from datetime import date

from sat_desktop.domain.document import PlanDocument, compose
from sat_desktop.domain.projection import project
from sat_desktop.services.dossier import Dossier
from sat_desktop.services.results import results_of


def plan_document(dossier: Dossier, today: date) -> PlanDocument:
    """Return the content of the plan's document as things stand.

    The date on its first page is the one set in the plan's head, else `today`.
    """
    results = results_of(dossier)
    plan = dossier.plan()
    answers = dossier.answers(dossier.agreed.id)
    return compose(
        dossier.assessment,
        dossier.questionnaire,
        dossier.members,
        answers,
        results.scores,
        results.gaps,
        results.consensus,
        plan,
        project(dossier.questionnaire, answers, plan),
        date.fromisoformat(plan.head.date) if plan.head.date else today,
    )
