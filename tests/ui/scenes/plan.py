"""The plan page: empty, and with the demo city's plan in every way to look at it."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from sat_desktop.domain.plan import DevelopmentPlan
from sat_desktop.ui.main_window import PageSpec
from sat_desktop.ui.pages.page import Page, PageContext
from sat_desktop.ui.pages.plan import PlanPage
from ui.scenes.assessment import demo
from ui.scenes.scene import Scene, Stage, window
from ui.scenes.shell import PAGES

Pick = Callable[[DevelopmentPlan], str]


def page(stage: Stage, pick: Pick) -> QWidget:
    session, gateway = demo(stage)

    def build(context: PageContext) -> Page:
        return PlanPage(context, session, gateway)

    made = window(stage, (*PAGES[:3], PageSpec("plan", "Plan", "plan", build, ""), *PAGES[4:]))
    made.open_page("plan", pick(session.derived.plan) if stage.demo else "")
    shown = made.page("plan")
    assert isinstance(shown, PlanPage)
    if stage.demo:
        shown.session.recompute()
    return made


def view(name: str) -> Callable[[Stage], QWidget]:
    return lambda stage: page(stage, lambda _plan: name)


def dearest(plan: DevelopmentPlan) -> str:
    """The undertaking with the most lines of costs."""
    return max(plan.undertakings, key=lambda u: len(u.costs)).id


SCENES = (
    Scene("plan", lambda stage: page(stage, dearest), ("empty", "demo")),
    Scene("plan-goal", lambda stage: page(stage, lambda plan: plan.goals[0].id)),
    Scene("plan-settings", view("settings")),
    *(
        Scene(f"plan-{name}", view(name))
        for name in ("schedule", "money", "projection", "risks", "check")
    ),
)
