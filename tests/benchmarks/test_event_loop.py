"""How long the window does not answer: the longest gap between two events while things change.

The assessment is far larger than any office's: 2,050 indicators, 20 members, 300 undertakings. Each
page is open in turn; changes are made as a user or another window makes them, and the event loop is
watched until everything that follows from the change has been shown.
"""

import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from sys import setswitchinterval
from time import perf_counter

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from benchmarks.large import make_large_plan
from benchmarks.measuring import Report
from sat_desktop.app import make_gateway
from sat_desktop.runtime.settings import SettingsFile
from sat_desktop.services.answering import set_level, set_note
from sat_desktop.services.planning import put
from sat_desktop.services.ports import Workspace
from sat_desktop.ui.appearance import Appearance
from sat_desktop.ui.dialogs import Dialogs
from sat_desktop.ui.gateway import Gateway
from sat_desktop.ui.messages import Messages
from sat_desktop.ui.pages.documents import DocumentsPage
from sat_desktop.ui.pages.page import Page, PageContext
from sat_desktop.ui.pages.plan import PlanPage
from sat_desktop.ui.pages.questionnaire import QuestionnairePage
from sat_desktop.ui.pages.results import ResultsPage
from sat_desktop.ui.session import AssessmentSession
from sat_desktop.ui.tasks import Tasks

GOAL = 0.1
ROUNDS = 5
SETTLED = 4.0
"""Seconds without a change after which everything that follows from it has been shown."""

PAGES: dict[str, type[QuestionnairePage | ResultsPage | PlanPage | DocumentsPage]] = {
    "Questionnaire": QuestionnairePage,
    "Results": ResultsPage,
    "Plan": PlanPage,
    "Documents": DocumentsPage,
}


class OpenAssessment:
    """An open assessment and what a window gives its pages."""

    def __init__(self, app: QApplication, folder: Path) -> None:
        settings = SettingsFile(folder / "settings.json")
        settings.change(language="pl", scheme="light")
        self.appearance = Appearance(app, settings)
        self.gateway: Gateway = make_gateway(str(folder / "workspace.db"))
        self.workspace: Workspace = self.gateway.open_workspace()
        dossier = make_large_plan(self.workspace, 2050, 300, members=20)
        self.session = AssessmentSession()
        self.session.open(self.workspace, dossier.assessment.id)
        self.tasks = Tasks(lambda error: pytest.fail(str(error)))
        self.level = 0

    def page(self, kind: str) -> Page:
        look = self.appearance
        context = PageContext(
            look.theme,
            look.language,
            Dialogs(look, lambda: None),
            Messages(),
            self.tasks,
            lambda _page, _target: None,
        )
        return PAGES[kind](context, self.session, self.gateway)

    def close(self) -> None:
        self.tasks.close()
        self.workspace.store.close()

    # What is changed

    def choose_level(self) -> None:
        self.level = (self.level + 1) % 4
        key = next(iter(self.session.dossier.questionnaire.indicators))
        self.session.run(set_level, self.session.respondent, key, self.level)

    def write_note(self) -> None:
        self.level += 1
        key = next(iter(self.session.dossier.questionnaire.indicators))
        self.session.run(set_note, self.session.respondent, key, f"Uwaga nr {self.level}")

    def rename_undertaking(self) -> None:
        self.level += 1
        work = self.session.derived.plan.undertakings[0]
        self.session.run(put, replace(work, title=f"Przedsięwzięcie nr {self.level}"))

    def undo(self) -> None:
        self.session.undo()


CHANGES: dict[str, Callable[[OpenAssessment], None]] = {
    "a level": OpenAssessment.choose_level,
    "a note": OpenAssessment.write_note,
    "a title": OpenAssessment.rename_undertaking,
    "undo": OpenAssessment.undo,
}


@pytest.fixture(scope="module")
def opened(
    qapp_cls: type[QApplication], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[OpenAssessment]:
    app = QApplication.instance() or qapp_cls([])
    assert isinstance(app, QApplication)
    made = OpenAssessment(app, tmp_path_factory.mktemp("large"))
    setswitchinterval(0.0005)  # as the program does (`app.run_window`)
    yield made
    made.close()


def longest_gap(act: Callable[[], None], seconds: float) -> float:
    """Return the longest time between two events while `act` is done and followed."""
    loop, gaps = QEventLoop(), [0.0]
    last = perf_counter()

    def tick() -> None:
        nonlocal last
        now = perf_counter()
        gaps.append(now - last)
        last = now

    timer = QTimer()
    timer.timeout.connect(tick)
    timer.start(0)
    QTimer.singleShot(0, act)
    QTimer.singleShot(round(seconds * 1000), loop.quit)
    loop.exec()
    timer.stop()
    return max(gaps)


@pytest.mark.parametrize("kind", PAGES)
def test_no_change_holds_the_window_up(report: Report, opened: OpenAssessment, kind: str) -> None:
    page = opened.page(kind)
    page.resize(1280, 800)
    page.show()
    page.refresh()
    longest_gap(lambda: None, 4)
    for name, act in CHANGES.items():
        gaps = [longest_gap(lambda act=act: act(opened), SETTLED) for _ in range(ROUNDS)]  # type: ignore[misc]
        report.add(f"longest gap, {kind} open, {name}", gaps, goal=GOAL)
        report.add("  the longest of all", [max(gaps)])
    page.hide()
    page.deleteLater()
