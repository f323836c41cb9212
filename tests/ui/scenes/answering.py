"""The first page and the questionnaire: empty, and with the demo city; their dialogs."""

from datetime import date

from PySide6.QtWidgets import QWidget

from sat_desktop.ui.indicator_source import IndicatorSource
from sat_desktop.ui.main_window import MainWindow, PageSpec
from sat_desktop.ui.pages.new_assessment import NewAssessment
from sat_desktop.ui.pages.page import Page, PageContext
from sat_desktop.ui.pages.questionnaire import QuestionnairePage
from sat_desktop.ui.pages.questionnaire.evidence import EvidenceSheet
from sat_desktop.ui.pages.start import StartPage
from sat_desktop.ui.session import AssessmentSession
from sat_desktop.ui.widgets.header import Saving
from ui.scenes.assessment import demo
from ui.scenes.scene import Scene, Stage, window
from ui.scenes.shell import PAGES


def open_nothing(_assessment: str, _page: str) -> None:
    """Stand in for the window's way to open an assessment."""


def start(stage: Stage) -> QWidget:
    session, gateway = demo(stage)

    def build(context: PageContext) -> Page:
        return StartPage(context, session, gateway, open_nothing)

    made = window(stage, (PageSpec("start", "Start", "start", build, ""), *PAGES[1:]))
    page = made.page("start")
    assert isinstance(page, StartPage)
    if stage.demo:
        page.workspace_opened(session.workspace)
        while page._reading.isActive():
            page._read_one()
    return made


def refused(stage: Stage) -> QWidget:
    made = start(Stage(stage.app, stage.appearance, stage.folder, demo=False))
    assert isinstance(made, MainWindow)
    page = made.page("start")
    assert isinstance(page, StartPage)
    page.workspace_refused(
        stage.appearance.language.t(
            "“{path}” is a database of another program; it was not changed.",
            path="/home/jan/Dokumenty/workspace.db",
        )
    )
    return made


def _page(stage: Stage) -> tuple[MainWindow, QuestionnairePage, AssessmentSession]:
    session, gateway = demo(stage)

    def build(context: PageContext) -> Page:
        return QuestionnairePage(context, session, gateway)

    spec = PageSpec("questionnaire", "Questionnaire", "questionnaire", build, "")
    made = window(stage, (PAGES[0], spec, *PAGES[2:]))
    made.open_page("questionnaire")
    page = made.page("questionnaire")
    assert isinstance(page, QuestionnairePage)
    if stage.demo:
        made.set_saving(Saving.SAVED, "14:32")
    return made, page, session


def questionnaire(stage: Stage) -> QWidget:
    return _page(stage)[0]


def questionnaire_end(stage: Stage) -> QWidget:
    made, page, _current = _page(stage)
    page.step(1)
    page.view.aim.set_open(True)
    made.setProperty("scroll_to_end", True)
    return made


def questionnaire_list(stage: Stage) -> QWidget:
    made, page, _current = _page(stage)
    page.frame.list_button.setChecked(True)
    page.side.filter.setCurrentIndex(3)
    page.side.narrow()
    return made


def questionnaire_explained(stage: Stage) -> QWidget:
    made, page, _current = _page(stage)
    page.step(1)
    page.toggle_aid()
    return made


def questionnaire_search(stage: Stage) -> QWidget:
    made, page, _current = _page(stage)
    page.side.search.setText("rada" if stage.appearance.language.code == "pl" else "council")
    return made


def finder_texts(stage: Stage) -> QWidget:
    made, _shown, session = _page(stage)
    language = stage.appearance.language
    made._finders = (lambda: IndicatorSource(session, language, lambda _target: None),)
    made.setProperty("finder", True)
    made.setProperty("query", "rejestr umow" if language.code == "pl" else "register contract")
    return made


def new_assessment(stage: Stage) -> QWidget:
    session, _gateway = demo(stage)
    parent = QWidget()
    parent.resize(1024, 640)
    language = stage.appearance.language
    sheet = NewAssessment(
        stage.appearance.theme, language, parent, session.workspace, date(2026, 11, 21)
    )
    sheet.teryt.setText("14330x")
    sheet.setParent(None)
    parent.deleteLater()
    return sheet


def evidence(stage: Stage) -> QWidget:
    session, _gateway = demo(stage)
    parent = QWidget()
    parent.resize(1024, 640)
    entry = next(a.evidence[0] for a in session.answers.values() if a.evidence)
    sheet = EvidenceSheet(stage.appearance.theme, stage.appearance.language, parent, entry)
    sheet.setParent(None)
    parent.deleteLater()
    return sheet


SCENES = (
    Scene("start", start, ("empty", "demo")),
    Scene("start-refused", refused),
    Scene("questionnaire", questionnaire, ("empty", "demo")),
    Scene("questionnaire-end", questionnaire_end),
    Scene("questionnaire-list", questionnaire_list),
    Scene("questionnaire-explained", questionnaire_explained),
    Scene("questionnaire-search", questionnaire_search),
    Scene("finder-texts", finder_texts),
    Scene("dialog-new", new_assessment, dialog=True),
    Scene("dialog-evidence", evidence, dialog=True),
)
