"""Answers that sit oddly together: seen where they are given, listed with the results, a jump to each."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from sat_desktop.services.answering import set_level
from sat_desktop.ui.appearance import Appearance
from sat_desktop.ui.messages import Messages
from sat_desktop.ui.pages.questionnaire import QuestionnairePage
from sat_desktop.ui.pages.results import ResultsPage
from sat_desktop.ui.tasks import Tasks
from sat_desktop.ui.widgets.coherence import CoherenceNotes
from ui.inspection import assert_accessible, faults
from ui.workplace import Workplace, open_city

FUNDS, PIPELINE = "multilevel.external-funds", "multilevel.pipeline"
RULE = "rule.funds-without-pipeline"


@pytest.fixture
def city(
    tmp_path: Path, appearance: Appearance, messages: Messages, tasks: Tasks
) -> Iterator[Workplace]:
    """The demo city, where one rule holds: funds at the target, no pipeline of projects."""
    made = open_city(tmp_path, appearance, messages, tasks)
    yield made
    made.close()


@pytest.fixture
def page(qtbot: QtBot, city: Workplace) -> QuestionnairePage:
    made = QuestionnairePage(city.context, city.session, city.gateway)
    qtbot.addWidget(made)
    made.retranslate(city.context.language)
    made.resize(1085, 900)
    made.refresh()
    made.show()
    return made


def click(widget: QWidget) -> None:
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)


def words(notes: CoherenceNotes) -> str:
    return "\n".join(shown.text() for shown in notes.findChildren(QLabel) if shown.isVisible())


def test_the_page_asks_and_leads_to_the_other_answer_and_back(
    page: QuestionnairePage, city: Workplace
) -> None:
    page.go(FUNDS)
    notes = page.view.coherence
    assert notes is not None
    assert notes.isVisible()
    questionnaire = city.session.dossier.questionnaire
    rule = next(r for r in questionnaire.rules if r.id == RULE)
    assert rule.text.get("en") in words(notes)
    assert list(notes.links) == [(RULE, PIPELINE)]
    assert questionnaire.indicators[PIPELINE].code in notes.links[RULE, PIPELINE].text()
    assert_accessible(page)
    QApplication.processEvents()  # what was said anew is laid out
    assert faults(page) == []
    click(notes.links[RULE, PIPELINE])
    assert page.key == PIPELINE
    assert list(notes.links) == [(RULE, FUNDS)]
    click(notes.links[RULE, FUNDS])
    assert page.key == FUNDS


def test_it_is_gone_as_soon_as_the_answers_fit_and_elsewhere(page: QuestionnairePage) -> None:
    page.go(FUNDS)
    notes = page.view.coherence
    assert notes is not None
    page.choose_level(2)
    assert notes.isHidden()
    page.choose_level(3)
    assert notes.isVisible()
    page.go("planning.strategy")
    assert notes.isHidden()


def test_the_results_list_every_finding_with_a_way_to_each_answer(
    qtbot: QtBot, city: Workplace
) -> None:
    page = ResultsPage(city.context, city.session, city.gateway)
    qtbot.addWidget(page)
    page.resize(1085, 900)
    page.refresh()
    page.show()
    assert list(page.coherence.links) == [(RULE, FUNDS), (RULE, PIPELINE)]
    page.coherence.links[RULE, PIPELINE].click()
    assert city.visits[-1] == ("questionnaire", PIPELINE)
    city.session.run(set_level, city.session.respondent, FUNDS, 1)
    assert page.coherence.isHidden()
