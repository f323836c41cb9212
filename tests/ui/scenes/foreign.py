"""The pages with models of another shape than SAT: one tier and four levels, three and five."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

from PySide6.QtWidgets import QWidget

from foreign_models import LIBRARY, PRACTICE, ForeignModel, assess, planned
from sat_desktop.app import make_gateway
from sat_desktop.services.assessments import add_edition
from sat_desktop.services.ports import Workspace
from sat_desktop.ui.gateway import Gateway
from sat_desktop.ui.main_window import PageSpec
from sat_desktop.ui.pages.page import Page, PageContext
from sat_desktop.ui.pages.plan import PlanPage
from sat_desktop.ui.pages.questionnaire import QuestionnairePage
from sat_desktop.ui.pages.results import ResultsPage
from sat_desktop.ui.session import AssessmentSession
from ui.scenes.scene import Scene, Stage, window
from ui.scenes.shell import PAGES

Make = Callable[[PageContext, AssessmentSession, Gateway], Page]
KINDS: dict[str, Make] = {
    "questionnaire": QuestionnairePage,
    "results": ResultsPage,
    "plan": PlanPage,
}


@cache
def _workspace(folder: Path, model: ForeignModel, code: str) -> tuple[Gateway, Workspace, str]:
    gateway = make_gateway(str(folder / f"{model.folder.parent.name}-{code}.db"))
    workspace = gateway.open_workspace()
    add_edition(workspace, model.questionnaire())
    return gateway, workspace, planned(workspace, assess(workspace, model, code)).assessment.id


def page(model: ForeignModel, name: str, target: str = "") -> Callable[[Stage], QWidget]:
    def build(stage: Stage) -> QWidget:
        gateway, workspace, made = _workspace(stage.folder, model, stage.appearance.language.code)
        session = AssessmentSession(stage.app)
        session.open(workspace, made)

        def fill(context: PageContext) -> Page:
            return KINDS[name](context, session, gateway)

        specs = [PageSpec(s.id, s.title, s.icon, fill, "") if s.id == name else s for s in PAGES]
        shown = window(stage, tuple(specs))
        shown.open_page(
            name, target or (session.derived.plan.goals[0].id if name == "plan" else "")
        )
        return shown

    return build


SCENES = tuple(
    Scene(f"foreign-{label}-{name}{'-' if target else ''}{target}", page(model, name, target))
    for label, model in (("library", LIBRARY), ("practice", PRACTICE))
    for name, target in (
        ("questionnaire", ""),
        *(("results", part) for part in ("dimensions", "radar", "heatmap", "gaps", "numbers")),
        ("plan", ""),
        ("plan", "projection"),
    )
)
