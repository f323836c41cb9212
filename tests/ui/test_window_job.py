"""The whole job in the window alone, from an empty workspace on; and what happens when disks fail."""

import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from sat_desktop.app import make_gateway
from sat_desktop.domain.answers import State
from sat_desktop.services.assessments import list_assessments, remove_assessment
from sat_desktop.services.dossier import open_dossier
from sat_desktop.ui.pages.documents import DocumentsPage
from sat_desktop.ui.pages.plan import PlanPage
from ui.inspection import assert_accessible
from ui.office import Office, StrayWindows, open_office
from ui.workplace import AnsweringDialogs

CTRL = Qt.KeyboardModifier.ControlModifier


def texts(page: QWidget) -> list[str]:
    return [shown.text() for shown in page.findChildren(QLabel)]


@pytest.fixture
def office(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Office]:
    with open_office(qtbot, qapp, tmp_path) as made:
        yield made


def limit_pages(office: Office, pages: int) -> None:
    """Let the database not grow any more: a full disk, as SQLite sees it."""
    store = office.shell.session.workspace.store
    database = store.database  # type: ignore[attr-defined]  # the port hides it
    with database.reading() as connection:
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")


def test_from_an_empty_workspace_to_answers_by_keyboard_and_mouse(office: Office) -> None:
    assert office.start.notice.isVisible()
    assert "demo city" in office.start.notice._sentence.text()
    office.begin_assessment()
    assert office.window.current_page == "questionnaire"
    assert office.window.windowTitle() == "Gmina Wierzbno - SAT Desktop"
    page, session = office.questionnaire, office.shell.session
    first, second, third = list(session.dossier.questionnaire.indicators)[:3]
    office.press(Qt.Key.Key_2)
    assert office.saving.startswith("Saved on disk")
    assert page.view.cards.cards[2].radio.isChecked()
    office.press(Qt.Key.Key_Right)
    assert page.key == second
    card = page.view.cards.cards[1]
    criterion, row = next(iter(card.rows.items()))
    QTest.mouseClick(row, Qt.MouseButton.LeftButton)
    assert session.answer(second).met == {criterion}
    office.press(Qt.Key.Key_Return, CTRL)
    assert page.key == third
    QTest.mouseClick(page.view.cards.cards[3], Qt.MouseButton.LeftButton)
    assert_accessible(office.window)
    # Another program that opens the file now finds the same.
    path = session.workspace.store.path  # type: ignore[attr-defined]  # the port hides it
    beside = make_gateway(str(path)).open_workspace()
    stored = open_dossier(beside, session.dossier.assessment.id)
    assert stored.answers(stored.agreed.id) == session.answers
    assert [stored.answer(stored.agreed.id, k).state for k in (first, second, third)] == [
        State.RATED
    ] * 3
    beside.store.close()


def test_from_answers_to_results_plan_and_document(office: Office, tmp_path: Path) -> None:
    dialogs = AnsweringDialogs(office.shell.appearance)
    office.window._dialogs = dialogs
    office.begin_assessment()
    page, session = office.questionnaire, office.shell.session
    total = len(session.dossier.questionnaire.indicators)
    for place in range(total):
        office.press(Qt.Key(Qt.Key.Key_0 + (2, 1, 0, 3)[place % 4]))
        office.press(Qt.Key.Key_Right)
    assert page.side.model.progress() == (total, total)
    office.press(Qt.Key.Key_3, CTRL)
    assert office.window.current_page == "results"
    # The number of the whole, read off the page.
    index = session.derived.results.scores.total.index
    shown = office.shell.appearance.language.percent(index)
    results = office.window.page("results")
    assert any(shown in words.text() for words in results.findChildren(QLabel))
    office.press(Qt.Key.Key_4, CTRL)
    plan = office.window.page("plan")
    assert isinstance(plan, PlanPage)
    plan.draft.click()
    undertakings = session.derived.plan.undertakings
    assert len(undertakings) == sum(
        g.gap or 0 for g in session.derived.results.gaps.indicators.values()
    )
    office.press(Qt.Key.Key_5, CTRL)
    documents = office.window.page("documents")
    assert isinstance(documents, DocumentsPage)
    dialogs.path = tmp_path / "plan.pdf"
    documents.export_button.click()
    office.qtbot.waitUntil((tmp_path / "plan.pdf").exists, timeout=60_000)
    office.qtbot.waitUntil(lambda: not office.shell.tasks.running, timeout=60_000)
    assert (tmp_path / "plan.pdf").read_bytes().startswith(b"%PDF-")
    # One step back takes the whole draft away, and the answers stay.
    office.press(Qt.Key.Key_4, CTRL)
    office.focus(plan.add_goal)
    office.press(Qt.Key.Key_Z, CTRL)
    assert not session.derived.plan.undertakings
    assert page.side.model.progress() == (total, total)


def test_no_window_flashes_up_while_one_moves_about(office: Office, qapp: QApplication) -> None:
    strays = StrayWindows()
    qapp.installEventFilter(strays)
    office.begin_assessment()
    for _ in range(3):
        office.press(Qt.Key.Key_2)
        office.press(Qt.Key.Key_1)
        office.press(Qt.Key.Key_Right)
    assert office.window.isActiveWindow()
    office.press(Qt.Key.Key_1, CTRL)
    qapp.removeEventFilter(strays)
    assert strays.seen == []


def test_a_full_disk_is_said_and_the_screen_stays_at_what_is_stored(office: Office) -> None:
    office.begin_assessment()
    page, session = office.questionnaire, office.shell.session
    office.focus(page.frame.forward)
    office.press(Qt.Key.Key_1)
    limit_pages(office, 1)
    text = "z" * 200_000
    office.focus(page.view.note)
    page.view.note.setPlainText(text)
    assert not page.flush()
    assert office.saving == "Not saved"
    assert office.told
    # What was typed stays in the field, and nobody leaves it by mistake.
    page.step(1)
    assert page.view.note.toPlainText() == text
    assert page.key == next(iter(session.dossier.questionnaire.indicators))
    limit_pages(office, 1_000_000)
    office.focus(page.frame.forward)
    assert session.answer(page.key).note == text
    assert office.saving.startswith("Saved on disk")


def test_a_refused_level_is_not_shown_as_chosen(office: Office, tmp_path: Path) -> None:
    office.begin_assessment()
    page, session = office.questionnaire, office.shell.session
    office.focus(page.frame.forward)
    office.press(Qt.Key.Key_1)
    database = session.workspace.store.database  # type: ignore[attr-defined]  # the port hides it
    with database.reading() as connection:
        connection.exec_driver_sql("PRAGMA query_only = ON")
    QTest.mouseClick(page.view.cards.cards[3], Qt.MouseButton.LeftButton)
    assert [card.radio.isChecked() for card in page.view.cards.cards] == [False, True, False, False]
    assert office.saving == "Not saved"
    assert len(office.told) == 1
    row = next(iter(page.view.cards.cards[2].rows.values()))
    QTest.mouseClick(row, Qt.MouseButton.LeftButton)
    assert not row.box.isChecked()
    with database.reading() as connection:
        connection.exec_driver_sql("PRAGMA query_only = OFF")
    office.press(Qt.Key.Key_3)
    assert page.view.cards.cards[3].radio.isChecked()
    assert office.saving.startswith("Saved on disk")


def test_undo_works_across_closing_and_opening(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    with open_office(qtbot, qapp, tmp_path) as office:
        office.begin_assessment()
        office.focus(office.questionnaire.frame.forward)
        office.press(Qt.Key.Key_2)
        office.press(Qt.Key.Key_Right)
        office.press(Qt.Key.Key_3)
        answered = office.questionnaire.key
    with open_office(qtbot, qapp, tmp_path) as office:
        # It goes on where the user stopped.
        page = office.questionnaire
        assert office.window.current_page == "questionnaire"
        assert page.key == answered
        office.focus(page.frame.forward)
        office.press(Qt.Key.Key_Z, CTRL)
        assert not any(card.radio.isChecked() for card in page.view.cards.cards)
        assert page.side.model.progress()[0] == 1
        office.press(Qt.Key.Key_Z, CTRL)
        assert page.side.model.progress()[0] == 0
        assert not office.window._menus.actions["undo"].isEnabled()
        office.press(Qt.Key.Key_Y, CTRL)
        assert page.side.model.progress()[0] == 1


def test_a_note_is_on_the_disk_when_the_window_is_closed_over_it(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    with open_office(qtbot, qapp, tmp_path) as office:
        office.begin_assessment()
        key = office.questionnaire.key
        office.focus(office.questionnaire.view.note)
        QTest.keyClicks(office.questionnaire.view.note, "Uchwala nr 5")
        assert office.questionnaire.view.note.unwritten
    workspace = make_gateway(str(tmp_path / "workspace.db")).open_workspace()
    dossier = open_dossier(workspace, list_assessments(workspace)[0].assessment.id)
    assert dossier.answer(dossier.agreed.id, key).note == "Uchwala nr 5"
    workspace.store.close()


def test_the_language_is_switched_while_one_works(office: Office) -> None:
    office.begin_assessment()
    page = office.questionnaire
    office.focus(page.frame.forward)
    office.press(Qt.Key.Key_1)
    page.view.note.setPlainText("zaczęte")
    office.shell.appearance.choose_language("pl")
    indicator = office.shell.session.dossier.questionnaire.indicators[page.key]
    assert page.view._question.text() == indicator.question.pl
    assert page.view.cards.cards[1].radio.isChecked()
    assert page.view.note.toPlainText() == "zaczęte"
    assert page.side.tree.model().index(0, 0).data() == (
        f"{office.shell.session.dossier.questionnaire.groups[0].code} "
        f"{office.shell.session.dossier.questionnaire.groups[0].name.pl}"
    )
    office.shell.appearance.choose_language("en")


def test_a_workspace_that_is_no_workspace_is_named_and_left_alone(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    path = tmp_path / "workspace.db"
    path.write_bytes(b"Not a database at all, but something else of an office.\n" * 50)
    before = path.read_bytes()
    with open_office(qtbot, qapp, tmp_path) as office:
        sentence = office.start.notice._sentence.text()
        assert str(path) in sentence
        assert not office.start.new_button.isVisible()
        assert_accessible(office.window)
    assert path.read_bytes() == before


def test_starting_imports_no_heavy_library() -> None:
    code = (
        "import sys; import sat_desktop.app, sat_desktop.ui.pages.start,"
        " sat_desktop.ui.pages.questionnaire;"
        "heavy = {'sqlalchemy', 'matplotlib', 'reportlab', 'numpy', 'babel', 'msgspec', 'yaml'};"
        "print(sorted(heavy & set(sys.modules)))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


def test_who_goes_on_with_an_assessment_comes_to_it_at_once_and_finds_the_list(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    with open_office(qtbot, qapp, tmp_path) as office:
        office.begin_assessment()
    with open_office(qtbot, qapp, tmp_path) as office:
        assert office.window.current_page == "questionnaire"
        assert office.shell.session.is_open
        office.window.open_page("start")
        assert any("Gmina Wierzbno" in words for words in texts(office.start))


def test_an_assessment_that_is_gone_leads_to_the_list(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    with open_office(qtbot, qapp, tmp_path) as office:
        office.begin_assessment()
        gone = office.shell.session.dossier.assessment.id
        workspace = office.shell.session.workspace
        office.shell.session.close()
        remove_assessment(workspace, gone)
    with open_office(qtbot, qapp, tmp_path) as office:
        assert office.window.current_page == "start"
        assert not office.told


def test_a_workspace_that_cannot_be_opened_leads_to_the_first_page_that_says_so(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    with open_office(qtbot, qapp, tmp_path) as office:
        office.begin_assessment()
    for file in tmp_path.glob("workspace.db*"):
        file.unlink()
    (tmp_path / "workspace.db").write_bytes(b"no database at all" * 400)
    with open_office(qtbot, qapp, tmp_path) as office:
        assert office.window.current_page == "start"
        assert "workspace.db" in office.start.notice._sentence.text()


def test_a_problem_report_is_packed_where_the_user_wants_it(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    with open_office(qtbot, qapp, tmp_path) as office:
        dialogs = AnsweringDialogs(office.shell.appearance)
        dialogs.path = tmp_path / "zgłoszenie.zip"
        office.window._dialogs = dialogs
        office.window._menus.actions["report"].trigger()
        assert any("no answers and no names" in told for told in office.told)
    with zipfile.ZipFile(tmp_path / "zgłoszenie.zip") as parcel:
        assert "versions.txt" in parcel.namelist()


def test_what_is_being_typed_is_not_called_saved(office: Office) -> None:
    office.begin_assessment()
    note = office.questionnaire.view.note
    office.focus(note)
    QTest.keyClicks(note, "Uchwala")
    assert office.saving == "Saving…"
    office.qtbot.waitUntil(lambda: not note.unwritten, timeout=5_000)
    assert office.saving.startswith("Saved on disk")
    QTest.keyClicks(note, "x")
    assert office.saving == "Saving…"
    QTest.keyClick(note, Qt.Key.Key_Backspace)
    assert office.saving.startswith("Saved on disk")
    note._pause.setInterval(60_000)
    note._longest.setInterval(50)
    QTest.keyClicks(note, " nr 5")
    office.qtbot.waitUntil(lambda: not note.unwritten, timeout=5_000)
