"""Scenes of the results."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from sat_desktop.domain.questionnaire import TOTAL
from sat_desktop.ui.main_window import MainWindow, PageSpec
from sat_desktop.ui.pages.results import ResultsPage
from ui.scenes.assessment import demo
from ui.scenes.scene import Scene, Stage, window
from ui.scenes.shell import PAGES


def opened(stage: Stage) -> tuple[MainWindow, ResultsPage]:
    current, gateway = demo(stage)
    spec = PageSpec("results", "Results", "results", lambda a: ResultsPage(a, current, gateway))
    made = window(stage, (*PAGES[:2], spec, *PAGES[3:]))
    made.open_page("results")
    page = made.page("results")
    assert isinstance(page, ResultsPage)
    return made, page


def part(name: str) -> Callable[[Stage], QWidget]:
    def build(stage: Stage) -> QWidget:
        made, page = opened(stage)
        page.show_target(name)
        return made

    return build


def explained(kind: str) -> Callable[[Stage], QWidget]:
    def build(stage: Stage) -> QWidget:
        made, page = opened(stage)
        page.explain(TOTAL, kind)
        return made

    return build


def indicator(stage: Stage) -> QWidget:
    made, page = opened(stage)
    page.show_target("numbers")
    page.show_target("planning.stakeholders")
    return made


def presentation(stage: Stage) -> QWidget:
    made, page = opened(stage)
    shown = page.presentation()
    assert shown is not None
    shown.resize(1920, 1080)
    shown.destroyed.connect(made.deleteLater)
    return shown


SCENES = (
    Scene("results", part("dimensions"), ("empty", "demo")),
    Scene("results-radar", part("radar")),
    Scene("results-heatmap", part("heatmap")),
    Scene("results-gaps", part("gaps")),
    Scene("results-numbers", part("numbers")),
    Scene("results-index", explained("index")),
    Scene("results-attained", explained("attained")),
    Scene("results-indicator", indicator),
    Scene("results-presentation", presentation, dialog=True),
)
