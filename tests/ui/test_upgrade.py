"""A running assessment goes by a newer edition, in the window: seen, done, undone, read again."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from sat_desktop.domain.answers import State
from sat_desktop.formats.questionnaire_files import write_edition
from sat_desktop.services.answering import set_level, set_note, tick_criterion
from sat_desktop.services.assessments import add_edition, find_edition
from sat_desktop.services.dossier import open_dossier
from sat_desktop.ui.appearance import Appearance
from sat_desktop.ui.messages import Messages
from sat_desktop.ui.pages.results import ResultsPage
from sat_desktop.ui.questionnaires.editions import EditionsDialog
from sat_desktop.ui.questionnaires.orphans import AnswersOutside
from sat_desktop.ui.questionnaires.panel import Panel
from sat_desktop.ui.questionnaires.upgrading import UpgradePanel
from sat_desktop.ui.tasks import Tasks
from ui.editions import Newer, make_newer
from ui.inspection import assert_accessible, faults
from ui.office import Office, open_office
from ui.workplace import open_city

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def office(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Office]:
    with open_office(qtbot, qapp, tmp_path) as made:
        yield made


def answer(office: Office) -> Newer:
    """Begin, put everything that will change at level 1, with a note; store the newer edition."""
    office.begin_assessment()
    session = office.shell.session
    newer = make_newer(session.dossier.edition)
    for key in (newer.moved, newer.reworded, newer.altered, newer.removed):
        session.run(set_level, session.respondent, key, 1)
    session.run(set_note, session.respondent, newer.removed, "as agreed in May")
    add_edition(session.workspace, newer.edition)
    return newer


def trigger(office: Office, command: str) -> None:
    action = office.window._menus.actions[command]
    assert action.isEnabled()
    action.trigger()


def shown(office: Office) -> Panel:
    assert office.shell._doors is not None
    assert office.shell._doors.panel is not None
    return office.shell._doors.panel


def sheet(office: Office) -> UpgradePanel:
    trigger(office, "edition")
    found = shown(office)
    assert isinstance(found, UpgradePanel)
    return found


def use(office: Office) -> None:
    found = sheet(office)
    QTest.mouseClick(found.use_button, Qt.MouseButton.LeftButton)
    assert office.shell._doors is not None
    assert office.shell._doors.panel is None
    office.window.activateWindow()
    office.qtbot.waitUntil(office.window.isActiveWindow)


def asked(office: Office) -> set[str]:
    """The indicators in the tree of the questionnaire."""
    model = office.questionnaire.side.model
    return set(model.below("")) or {
        key
        for group in office.shell.session.dossier.questionnaire.dimensions
        for key in model.below(group.id)
    }


def test_everything_is_seen_beforehand_and_nothing_is_written(office: Office) -> None:
    newer = answer(office)
    session = office.shell.session
    before = session.dossier.edition
    found = sheet(office)
    counts = {k: b.text().rsplit(": ", 1)[1] for k, b in found.changes.filters.items()}
    for kind in ("moved", "reworded", "altered", "added", "removed"):
        found.changes.filters[kind].click()
        expected = getattr(newer, kind)
        assert [line.key for line in found.changes.table.lines] == [expected]
        assert counts[kind] == "1"
    # One criterion more at level 1, and what reached level 1 is below it.
    assert [line.key for line in found.numbers.levels.lines] == [newer.altered]
    (line,) = found.numbers.levels.lines
    assert line.cells[3] == "New criterion: A person is named who answers for it"
    upgrade = found.found
    assert upgrade is not None
    percent = office.shell.appearance.language.percent
    whole = found.numbers.scores.lines[0]
    assert whole.cells[1:3] == (
        percent(upgrade.before.total.index),
        percent(upgrade.after.total.index),
    )
    assert [line.key for line in found.numbers.scores.lines] == [
        "total",
        *upgrade.target.nodes,
    ]
    assert found.tabs.tabText(2) == "Answers outside (1)"
    assert "as agreed in May" in found.orphans.words.toPlainText()
    assert_accessible(found)
    QTest.keyClick(found.changes.table, Qt.Key.Key_Return)
    assert found.isVisible()
    QTest.keyClick(found, Qt.Key.Key_Escape)
    assert office.shell._doors is not None
    assert office.shell._doors.panel is None
    assert open_dossier(session.workspace, session.dossier.assessment.id).edition == before
    assert not office.window._menus.actions["outside"].isEnabled()


def test_an_upgrade_is_one_change_on_every_page_undone_and_redone(office: Office) -> None:
    newer = answer(office)
    session, page = office.shell.session, office.questionnaire
    office.press(Qt.Key.Key_3, CTRL)
    results = office.window.page("results")
    assert isinstance(results, ResultsPage)
    results.explain(newer.removed)
    office.press(Qt.Key.Key_2, CTRL)
    old_numbers = session.derived.results.scores
    use(office)
    assert session.dossier.edition == newer.edition
    assert newer.added in asked(office)
    assert newer.removed not in asked(office)
    assert page.key in session.dossier.questionnaire.indicators
    assert any("The assessment goes by" in words for words in office.told)
    assert session.answer(newer.altered).state is State.RATED
    assert session.derived.results.scores.ratings[newer.altered].level == 0
    assert office.window._menus.actions["undo"].text() == (
        "Undo: another edition of the questionnaire"
    )
    office.press(Qt.Key.Key_3, CTRL)
    assert newer.added in session.derived.results.scores.ratings
    assert results.isVisible()
    assert not results.panel.isVisible()

    office.press(Qt.Key.Key_Z, CTRL)
    assert session.derived.results.scores == old_numbers
    assert not any("The assessment goes by" in words for words in office.told)
    office.press(Qt.Key.Key_2, CTRL)
    assert newer.removed in asked(office)
    assert newer.added not in asked(office)
    page.go(newer.removed)
    assert page.view.note.toPlainText() == "as agreed in May"
    office.focus(page.frame.forward)
    office.press(Qt.Key.Key_Y, CTRL)
    assert newer.added in asked(office)
    assert page.key in session.dossier.questionnaire.indicators
    page.go(newer.added)
    office.focus(page.frame.back)
    office.press(Qt.Key.Key_2)
    assert session.answer(newer.added).state is State.RATED


def test_the_message_undoes_the_upgrade_and_goes_with_the_next_change(office: Office) -> None:
    newer = answer(office)
    before = office.shell.session.dossier.edition
    use(office)
    banner = next(b for b in office.window._banners() if b.message.key == "edition")
    banner.action.click()
    assert office.shell.session.dossier.edition == before
    use(office)
    office.shell.session.run(
        tick_criterion,
        office.shell.session.respondent,
        newer.reworded,
        _criterion(newer),
        met=False,
    )
    assert not any(b.message.key == "edition" for b in office.window._banners())
    assert office.shell.session.dossier.edition == newer.edition


def _criterion(newer: Newer) -> str:
    return newer.edition.indicators[newer.reworded].criteria[0]


def test_orphaned_answers_are_read_later_and_after_a_restart(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    with open_office(qtbot, qapp, tmp_path) as office:
        newer = answer(office)
        use(office)
    with open_office(qtbot, qapp, tmp_path) as office:
        session = office.shell.session
        assert session.dossier.edition == newer.edition
        trigger(office, "outside")
        found = shown(office)
        assert isinstance(found, AnswersOutside)
        (line,) = found.view.table.lines
        assert line.cells[1:] == ("Agreed answer", "level 1")
        words = found.view.words.toPlainText()
        assert "as agreed in May" in words
        assert "✓" in words
        assert_accessible(found)
        found.accept()
        office.focus(office.questionnaire.frame.forward)
        office.press(Qt.Key.Key_Z, CTRL)
        assert newer.removed in asked(office)
        assert not office.window._menus.actions["outside"].isEnabled()


def test_the_first_page_points_to_a_newer_edition(office: Office) -> None:
    newer = answer(office)
    office.press(Qt.Key.Key_1, CTRL)
    card = office.start._cards[0]
    assert newer.edition.version in card.edition_button.text()
    # From the list it works for an assessment that is not open, too.
    office.shell.session.close()
    card = office.start._cards[0]
    card.edition_button.click()
    found = shown(office)
    assert isinstance(found, UpgradePanel)
    QTest.mouseClick(found.use_button, Qt.MouseButton.LeftButton)
    office.window.open_page("start")
    card = office.start._cards[0]
    assert not card.edition_button.isVisible()
    assert newer.edition.version in card._detail.text()


def test_with_no_other_edition_the_sheet_leads_to_where_one_is_imported(office: Office) -> None:
    office.begin_assessment()
    found = sheet(office)
    assert not found.use_button.isVisible()
    found.nothing.button.click()
    assert isinstance(shown(office), EditionsDialog)
    shown(office).accept()


def test_a_questionnaire_imported_on_the_way_is_offered_to_a_new_assessment(
    office: Office, tmp_path: Path
) -> None:
    office.start.new_assessment()
    new = office.start._sheet
    assert new is not None
    present = find_edition(office.shell._workspace, str(new.edition.currentData()))  # type: ignore[arg-type]
    newer = make_newer(present).edition
    write_edition(newer, tmp_path / "in")
    new.questionnaires_asked.emit()
    panel = shown(office)
    assert isinstance(panel, EditionsDialog)
    panel.take_in(tmp_path / "in")
    office.qtbot.waitUntil(lambda: not panel.is_working, timeout=30_000)
    panel.accept()
    offered = [new.edition.itemData(place) for place in range(new.edition.count())]
    assert set(offered) == {present.edition, newer.edition}
    assert new.edition.currentData() == present.edition
    new.reject()


def test_a_refused_upgrade_leaves_everything(office: Office) -> None:
    newer = answer(office)
    session = office.shell.session
    before = session.dossier.edition
    found = sheet(office)
    database = session.workspace.store.database  # type: ignore[attr-defined]  # the port hides it
    with database.reading() as connection:
        connection.exec_driver_sql("PRAGMA query_only = ON")
    QTest.mouseClick(found.use_button, Qt.MouseButton.LeftButton)
    assert found.isVisible()
    assert found.news.accessibleName() == "Nothing was changed."
    assert session.dossier.edition == before
    with database.reading() as connection:
        connection.exec_driver_sql("PRAGMA query_only = OFF")
    found.reject()
    assert newer.removed in asked(office)


@pytest.mark.parametrize("scale", [100, 200])
def test_nothing_is_cut(
    qtbot: QtBot,
    appearance: Appearance,
    messages: Messages,
    tasks: Tasks,
    tmp_path: Path,
    scale: int,
) -> None:
    place = open_city(tmp_path, appearance, messages, tasks)
    add_edition(place.workspace, make_newer(place.session.dossier.edition).edition)
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1024, 640)
    window.show()
    appearance.choose_text_scale(scale)
    made = UpgradePanel(appearance.theme, appearance.language, window, place.session)
    made.open()
    for tab in range(3):
        made.tabs.setCurrentIndex(tab)
        qtbot.waitUntil(lambda: not faults(made))
    made.reject()
    appearance.choose_text_scale(100)
    place.close()
