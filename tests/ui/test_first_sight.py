"""What somebody who sees the window for the first time stumbles over."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from sat_desktop.ui.finding import finders
from sat_desktop.ui.pages.plan import PlanPage
from sat_desktop.ui.pages.plan.editors import GoalEditor
from ui.office import Office, open_office

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def office(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Office]:
    with open_office(qtbot, qapp, tmp_path) as made:
        yield made


def draft(office: Office) -> PlanPage:
    """Answer something, and have the plan drafted by its button."""
    office.begin_assessment()
    office.press(Qt.Key.Key_1)
    office.window.open_page("plan")
    page = office.window.page("plan")
    assert isinstance(page, PlanPage)
    page.empty.button.click()
    assert office.shell.session.derived.plan.undertakings
    return page


def test_the_finder_leads_to_an_undertaking(office: Office) -> None:
    draft(office)
    work = office.shell.session.derived.plan.undertakings[0]
    office.window.open_page("start")
    shell = office.shell
    _, plan = finders(shell.session, shell.appearance, shell.window.open_page)
    found = next(f for _, f in plan()(work.title) if f.title == work.title)
    assert found.detail == "Undertaking"
    found.run()
    assert office.window.current_page == "plan"


def test_what_says_that_undo_takes_the_draft_back_keeps_its_word_and_goes(office: Office) -> None:
    page = draft(office)
    assert any("Ctrl+Z" in told for told in office.told)
    editor = page.workshop.editor
    assert isinstance(editor, GoalEditor)
    office.focus(editor.title)
    office.press(Qt.Key.Key_Z, CTRL)
    assert not office.shell.session.derived.plan.undertakings
    (told,) = office.told
    assert told.startswith("Undone: drafting of the plan")


def test_good_news_stays_on_its_page(office: Office) -> None:
    draft(office)
    assert office.told
    office.window.open_page("results")
    assert office.told == []
