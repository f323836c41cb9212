"""The first page: before the workspace is open, empty, with assessments; setting one up."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from sat_desktop.app import make_gateway
from sat_desktop.domain.questionnaire import UnitKind
from sat_desktop.services.assessments import list_assessments
from sat_desktop.services.dossier import open_dossier
from sat_desktop.services.ports import Workspace
from sat_desktop.ui.appearance import Appearance
from sat_desktop.ui.messages import Messages
from sat_desktop.ui.pages.new_assessment import NewAssessment, parse_population
from sat_desktop.ui.pages.page import PageContext
from sat_desktop.ui.pages.start import StartPage
from sat_desktop.ui.session import AssessmentSession
from sat_desktop.ui.tasks import Tasks
from ui.inspection import assert_accessible, faults
from ui.workplace import AnsweringDialogs, Workplace, open_city


@pytest.fixture
def opened() -> list[tuple[str, str]]:
    """What the page asked the window to open."""
    return []


@pytest.fixture
def page(
    qtbot: QtBot,
    appearance: Appearance,
    messages: Messages,
    tasks: Tasks,
    tmp_path: Path,
    opened: list[tuple[str, str]],
) -> Iterator[StartPage]:
    """The page as it is painted first: no workspace yet."""
    context = PageContext(
        appearance.theme,
        appearance.language,
        AnsweringDialogs(appearance),
        messages,
        tasks,
        lambda _page, _target: None,
    )
    made = StartPage(
        context,
        AssessmentSession(appearance),
        make_gateway(str(tmp_path / "office.db")),
        lambda key, target: opened.append((key, target)),
    )
    qtbot.addWidget(made)
    made.resize(1000, 640)
    made.show()
    yield made
    if made._workspace is not None:
        made._workspace.store.close()


@pytest.fixture
def city(
    page: StartPage, appearance: Appearance, messages: Messages, tasks: Tasks, tmp_path: Path
) -> Iterator[Workplace]:
    """The page over a workspace with the demo city."""
    made = open_city(tmp_path, appearance, messages, tasks, opened=False)
    page.workspace_opened(made.workspace)
    yield made
    page._reading.stop()


def sentence(page: StartPage) -> str:
    assert page.notice.isVisible()
    return page.notice._sentence.text()


def sheet_of(page: StartPage) -> NewAssessment:
    assert page._sheet is not None
    return page._sheet


def workspace_of(page: StartPage) -> Workspace:
    workspace = page._gateway.open_workspace()
    page.workspace_opened(workspace)
    return workspace


def test_the_page_says_how_things_stand_before_there_is_anything(page: StartPage) -> None:
    assert sentence(page) == "The workspace is being opened…"
    page.workspace_refused("“/home/a/w.db” is damaged.")
    assert "/home/a/w.db" in sentence(page)
    assert not page.new_button.isVisible()
    assert_accessible(page)


def test_an_empty_workspace_says_what_to_do(page: StartPage) -> None:
    workspace_of(page)
    assert sentence(page).startswith("Welcome.")
    page.notice.button.click()
    sheet_of(page).reject()


def test_what_was_asked_for_too_early_is_done_when_the_workspace_is_there(
    qtbot: QtBot, page: StartPage, opened: list[tuple[str, str]]
) -> None:
    page.open_demo()
    assert not opened
    workspace = workspace_of(page)
    qtbot.waitUntil(lambda: bool(opened), timeout=30_000)
    assert [s.assessment.id for s in list_assessments(workspace)] == [opened[0][0]]
    assert page.demo_button.isEnabled()


def test_an_assessment_is_set_up_by_keyboard(
    qtbot: QtBot, page: StartPage, opened: list[tuple[str, str]]
) -> None:
    workspace = workspace_of(page)
    page.new_assessment()
    sheet = sheet_of(page)
    assert not sheet.create_button.isEnabled()
    QTest.keyClicks(sheet.name, "Powiat Testowy")
    sheet.kind.setCurrentIndex(1)
    QTest.keyClicks(sheet.teryt, "0412")
    QTest.keyClicks(sheet.population, "12 500")
    sheet.speech.setCurrentIndex(sheet.speech.findData("pl"))
    QTest.keyClick(sheet.population, Qt.Key.Key_Return)
    (summary,) = list_assessments(workspace)
    made = summary.assessment
    assert (made.unit.name, made.unit.kind, made.unit.teryt, made.unit.population) == (
        "Powiat Testowy",
        UnitKind.POWIAT,
        "0412",
        12_500,
    )
    assert made.language == "pl"
    assert opened == [(made.id, "questionnaire")]


@pytest.mark.parametrize("code", ["12x", "123", "12345678", "١٢٣٤"])
def test_a_code_that_is_no_teryt_is_said_at_once(page: StartPage, code: str) -> None:
    workspace = workspace_of(page)
    page.new_assessment()
    sheet = sheet_of(page)
    QTest.keyClicks(sheet.name, "Gmina")
    sheet.teryt.setText(code)
    assert sheet.trouble.isVisible()
    assert code in sheet.trouble.text()
    assert not sheet.create_button.isEnabled()
    QTest.keyClick(sheet.name, Qt.Key.Key_Return)
    assert list_assessments(workspace) == ()
    sheet.teryt.setText("1433082")
    assert not sheet.trouble.isVisible()
    assert sheet.create_button.isEnabled()
    sheet.reject()


@pytest.mark.parametrize(
    ("text", "number"), [("", None), (" 12 500 ", 12500), ("0", 0), ("12\u00a0500", 12500)]
)
def test_inhabitants_are_read_as_officials_write_them(text: str, number: int | None) -> None:
    assert parse_population(text) == number


@pytest.mark.parametrize("text", ["-1", "12,5", "many", "9999999999"])
def test_what_is_no_number_of_inhabitants_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        parse_population(text)


def test_the_list_shows_how_far_each_has_come(
    qtbot: QtBot, page: StartPage, city: Workplace, opened: list[tuple[str, str]]
) -> None:
    (card,) = page._cards
    qtbot.waitUntil(lambda: card.progress is not None)
    # One indicator of the demo city is left open.
    asked = len(open_dossier(city.workspace, city.demo).questionnaire.indicators)
    assert card.progress == (asked - 1, asked)
    assert card._demo.isVisible()
    assert card.open_button.text() == "Continue where you stopped"
    card.open_button.click()
    assert opened == [(city.demo, "questionnaire")]
    assert_accessible(page)


def test_the_last_changed_comes_first_and_only_it_is_to_be_continued(
    qtbot: QtBot, page: StartPage, city: Workplace
) -> None:
    page.new_assessment()
    sheet = sheet_of(page)
    sheet.name.setText("Gmina Nowa")
    sheet.teryt.setText("1433082")
    sheet.create_button.click()
    page.refresh()
    assert page._cards[0].assessment.unit.name == "Gmina Nowa"
    assert [card.open_button.text() for card in page._cards] == [
        "Continue where you stopped",
        "Open",
    ]
    qtbot.waitUntil(lambda: all(card.progress for card in page._cards))
    asked = len(open_dossier(city.workspace, city.demo).questionnaire.indicators)
    assert page._cards[0].progress == (0, asked)


def test_deleting_asks_first_and_closes_what_is_open(page: StartPage, city: Workplace) -> None:
    dialogs = page.context.dialogs
    assert isinstance(dialogs, AnsweringDialogs)
    page._session.open(city.workspace, city.demo)
    dialogs.answer = False
    page._cards[0].delete_button.click()
    assert len(list_assessments(city.workspace)) == 1
    dialogs.answer = True
    page._cards[0].delete_button.click()
    assert list_assessments(city.workspace) == ()
    session: AssessmentSession = page._session
    assert not session.is_open
    assert "demo city" not in dialogs.asked[0]
    assert sentence(page).startswith("Welcome.")


@pytest.mark.parametrize("scale", [100, 200])
def test_nothing_is_cut_in_the_list_and_the_dialog(
    page: StartPage, city: Workplace, appearance: Appearance, qtbot: QtBot, scale: int
) -> None:
    appearance.choose_text_scale(scale)
    page.apply_theme(appearance.theme)
    page.resize(824, 560)
    qtbot.waitUntil(lambda: page._cards[0].progress is not None)
    qtbot.waitUntil(lambda: not faults(page))
    page.new_assessment()
    sheet: QWidget = sheet_of(page)
    qtbot.waitExposed(sheet).__enter__()
    assert sheet.width() <= 824
    assert sheet.height() <= 640
    assert_accessible(sheet)
    sheet_of(page).reject()
    appearance.choose_text_scale(100)
