"""The plan page: empty, and with the demo city's plan in every way to look at it."""

from collections.abc import Callable
from dataclasses import fields
from typing import Any

from PySide6.QtWidgets import QWidget

from sat_desktop import workspace
from sat_desktop.domain.plan import DevelopmentPlan
from sat_desktop.formats.demonstration import read_demonstration
from sat_desktop.services.demo_city import Demonstration
from sat_desktop.services.demonstration import make_demo
from sat_desktop.ui.current import CurrentAssessment
from sat_desktop.ui.gateway import Gateway
from sat_desktop.ui.main_window import PageSpec
from sat_desktop.ui.pages.page import Page, Surroundings
from sat_desktop.ui.pages.plan import PlanPage
from tests.ui.scenes.scene import Scene, Stage, window
from tests.ui.scenes.shell import PAGES

Pick = Callable[[DevelopmentPlan], str]


def gateway() -> Gateway:
    """What the plan page never asks for."""

    def refuse(*_given: object) -> object:
        raise AssertionError

    given: dict[str, Any] = {field.name: refuse for field in fields(Gateway)}
    return Gateway(**given)


def page(stage: Stage, pick: Pick) -> QWidget:
    current = CurrentAssessment()
    desk = workspace.open_desk(str(stage.folder / "workspace.db"))
    language = stage.appearance.language
    if stage.demo:
        demo = make_demo(desk, read_demonstration(Demonstration), language)
        current.open(desk, demo)

    def build(around: Surroundings) -> Page:
        return PlanPage(around, current, gateway())

    made = window(stage, (*PAGES[:3], PageSpec("plan", "Plan", "plan", build, ""), *PAGES[4:]))
    current.setParent(made)
    made.open_page("plan", pick(current.plan()) if stage.demo else "")
    shown = made.page("plan")
    assert isinstance(shown, PlanPage)
    if stage.demo:
        shown.bench.weigh()
    made.destroyed.connect(desk.store.close)
    return made


def view(name: str) -> Callable[[Stage], QWidget]:
    return lambda stage: page(stage, lambda _plan: name)


def first_undertaking(plan: DevelopmentPlan) -> str:
    return max(plan.undertakings, key=lambda u: len(u.costs)).id


SCENES = (
    Scene("plan", lambda stage: page(stage, first_undertaking), ("empty", "demo")),
    Scene("plan-goal", lambda stage: page(stage, lambda plan: plan.goals[0].id)),
    Scene("plan-settings", lambda stage: page(stage, lambda _plan: "settings")),
    *(
        Scene(f"plan-{name}", view(name))
        for name in ("schedule", "money", "projection", "risks", "check")
    ),
)
