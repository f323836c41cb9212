"""Others at the same assessment: seen, told quietly, and where they disagree settled by a person."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from sat_desktop.domain.history import PRESENCE, Item
from sat_desktop.domain.plan import Chapter, Paragraph
from sat_desktop.services.answering import Respondent, set_level, set_note
from sat_desktop.services.assessments import add_member
from sat_desktop.services.dossier import Dossier, open_dossier
from sat_desktop.services.planning import add_goal, add_risk, put, remove, set_chapter
from sat_desktop.services.ports import Workspace
from sat_desktop.ui.conflicts import ConflictsPanel
from sat_desktop.ui.pages.documents import DocumentsPage
from sat_desktop.ui.pages.documents.blocks import ProseField
from sat_desktop.ui.pages.plan import PlanPage
from sat_desktop.ui.pages.plan.risks import RiskCard
from sat_desktop.ui.watching import EVERY_MS
from sat_desktop.ui.widgets.header import Saving
from sat_desktop.workspace import open_workspace
from ui.office import Office, open_office

CTRL = Qt.KeyboardModifier.ControlModifier


class Colleague:
    """Somebody at another computer, on the same workspace."""

    def __init__(self, workspace: Workspace, assessment: str) -> None:
        self.workspace = replace(workspace, writer="a colleague")
        self.dossier: Dossier = open_dossier(self.workspace, assessment)
        add_member(self.workspace, self.dossier, "Treasurer")
        member = self.dossier.members[-1].id
        self.who = Respondent(self.dossier.agreed.id, member)

    def level(self, indicator: str, level: int) -> None:
        set_level(self.workspace, self.dossier, self.who, indicator, level)

    def note(self, indicator: str, note: str) -> None:
        set_note(self.workspace, self.dossier, self.who, indicator, note)


@pytest.fixture
def office(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Office]:
    with open_office(qtbot, qapp, tmp_path) as made:
        made.begin_assessment()
        yield made


@pytest.fixture
def colleague(office: Office, tmp_path: Path) -> Iterator[Colleague]:
    workspace = open_workspace(str(tmp_path / "workspace.db"))
    made = Colleague(workspace, office.shell.session.dossier.row.id)
    catch_up(office)
    yield made
    workspace.store.close()


def catch_up(office: Office) -> None:
    """Wait until the window has seen all that is in its database, by its own clock."""
    session = office.shell.session
    watch = office.shell.news.watch

    def is_up() -> bool:
        with session.workspace.store.begin() as work:
            _, last = work.history.since(session.dossier.row.id, session.dossier.cursor)
        return last == session.dossier.cursor and not watch._looking

    office.qtbot.waitUntil(is_up, timeout=10 * EVERY_MS)


def conflict(office: Office, colleague: Colleague) -> str:
    """Let both rate the first indicator without knowing of each other."""
    watch = office.shell.news.watch
    watch._timer.stop()
    key = office.questionnaire.key
    colleague.level(key, 3)
    office.focus(office.questionnaire.frame.forward)
    office.press(Qt.Key.Key_1)
    watch._timer.start()
    catch_up(office)
    return key


def conflicts(office: Office) -> ConflictsPanel:
    office.window.activateWindow()
    office.window._header.conflicts.click()
    found = office.shell.news.panel
    assert found is not None
    return found


def conflicting_notes(office: Office, colleague: Colleague) -> ConflictsPanel:
    """Let both note something else on the indicator shown, and look at the conflicts."""
    session, key = office.shell.session, office.questionnaire.key
    office.shell.news.watch._timer.stop()
    colleague.note(key, "theirs")
    session.run(set_note, session.respondent, key, "ours")
    office.shell.news.watch.look()
    catch_up(office)
    return conflicts(office)


def test_what_a_colleague_writes_is_seen_and_said_with_a_way_there(
    office: Office, colleague: Colleague
) -> None:
    page = office.questionnaire
    other = list(office.shell.session.dossier.questionnaire.indicators)[3]
    code = office.shell.session.dossier.questionnaire.indicators[other].code
    colleague.level(other, 2)
    catch_up(office)
    assert len(office.shell.session.answer(other).met) > 0
    assert f"Treasurer wrote: level {code} from no answer to 2" in office.told
    banner = next(b for b in office.window._banners() if b.message.key == "arrived")
    assert page.key != other
    banner.action.click()
    assert page.key == other


def test_several_changes_of_one_look_are_one_message(office: Office, colleague: Colleague) -> None:
    office.shell.news.watch._timer.stop()
    first, second = list(office.shell.session.dossier.questionnaire.indicators)[:2]
    colleague.level(first, 2)
    colleague.note(second, "asked the treasurer")
    office.shell.news.watch._timer.start()
    catch_up(office)
    (told,) = [words for words in office.told if "Treasurer" in words]
    assert told.endswith("and 1 more change")


def test_another_window_of_the_same_user_is_not_called_a_colleague(
    office: Office, colleague: Colleague
) -> None:
    mine = replace(colleague.workspace, writer=office.shell.session.workspace.writer)
    key = next(iter(office.shell.session.dossier.questionnaire.indicators))
    set_note(mine, open_dossier(mine, colleague.dossier.row.id), colleague.who, key, "here")
    catch_up(office)
    assert any(words.startswith("Written in another window: note") for words in office.told)


def test_nothing_that_others_wrote_is_undone_here(office: Office, colleague: Colleague) -> None:
    key = office.questionnaire.key
    colleague.level(key, 2)
    catch_up(office)
    before = office.shell.session.answer(key)
    office.focus(office.questionnaire.frame.forward)
    office.press(Qt.Key.Key_Z, CTRL)
    assert office.shell.session.answer(key) == before


def test_undo_says_what_it_took_back_and_goes_there(office: Office) -> None:
    page = office.questionnaire
    key, code = page.key, office.shell.session.dossier.questionnaire.indicators[page.key].code
    office.focus(page.frame.forward)
    office.press(Qt.Key.Key_2)
    office.press(Qt.Key.Key_1)
    office.window.open_page("results")
    office.press(Qt.Key.Key_Z, CTRL)
    assert office.window.current_page == "questionnaire"
    assert page.key == key
    assert f"Undone: level {code} from 1 to 2." in office.told
    office.press(Qt.Key.Key_Y, CTRL)
    assert f"Done again: level {code} from 2 to 1." in office.told
    office.press(Qt.Key.Key_3)
    assert not any(words.startswith(("Undone", "Done again")) for words in office.told)


def test_what_somebody_wrote_since_is_left_and_said(office: Office, colleague: Colleague) -> None:
    page = office.questionnaire
    office.focus(page.frame.forward)
    office.press(Qt.Key.Key_1)
    colleague.dossier = open_dossier(colleague.workspace, colleague.dossier.row.id)
    colleague.level(page.key, 3)
    catch_up(office)
    office.press(Qt.Key.Key_Z, CTRL)
    assert any(words.startswith("Left as somebody wrote it since: level") for words in office.told)
    assert office.shell.session.dossier.conflicts == ()


def test_a_conflict_is_counted_shown_and_settled_by_a_key(
    office: Office, colleague: Colleague
) -> None:
    assert not office.window._header.conflicts.isVisible()
    key = conflict(office, colleague)
    assert office.window._header.conflicts.isVisible()
    assert office.window._header.conflicts.text() == "1 conflict"
    panel = conflicts(office)
    assert panel.table.lines[0].cells[0].startswith("level ")
    said = [card.button.accessibleName() for card in panel.cards]
    assert said == [
        "Take this one: level 3: target state",
        "Take this one: level 1: necessary minimum",
    ]
    assert "Treasurer" in panel._who(panel._conflicts[panel.table.key].sides[0])
    assert not panel.third.isVisible()
    # The list has the keyboard when it has just been opened, and would search for a digit.
    panel.activateWindow()
    office.qtbot.waitUntil(panel.isActiveWindow)
    panel.table.setFocus()
    QTest.keyClick(panel.table, Qt.Key.Key_1)
    assert office.shell.session.dossier.conflicts == ()
    answer = office.shell.session.answer(key)
    indicator = office.shell.session.dossier.questionnaire.indicators[key]
    assert answer.met == indicator.criteria_up_to(3)
    assert not office.window._header.conflicts.isVisible()
    assert panel._none.isVisible()
    panel.accept()
    office.window.activateWindow()
    office.focus(office.questionnaire.frame.forward)
    office.press(Qt.Key.Key_Z, CTRL)
    assert office.window._header.conflicts.isVisible()


def test_a_third_wording_settles_a_text(office: Office, colleague: Colleague) -> None:
    session = office.shell.session
    key = office.questionnaire.key
    panel = conflicting_notes(office, colleague)
    assert panel.third.isVisible()
    assert not panel._write.isEnabled()
    panel.third.setFocus()
    # Digits are written here, and take no side.
    QTest.keyClicks(panel.third, "1 agreed")
    assert session.dossier.conflicts
    panel._write.click()
    assert session.answer(key).note == "1 agreed"
    assert session.dossier.conflicts == ()
    panel.accept()


def test_what_was_deleted_here_and_changed_there_is_brought_back_or_goes(
    office: Office, colleague: Colleague
) -> None:
    session = office.shell.session
    session.run(add_goal, "Better records")
    (goal,) = session.derived.plan.goals
    colleague.dossier = open_dossier(colleague.workspace, colleague.dossier.row.id)
    office.shell.news.watch._timer.stop()
    put(colleague.workspace, colleague.dossier, replace(goal, title="Better archives"))
    session.run(remove, goal)
    office.shell.news.watch.look()
    catch_up(office)
    (found,) = session.dossier.conflicts
    assert (found.item, found.field) == (Item("goal", "", goal.id), PRESENCE)
    panel = conflicts(office)
    assert [c.button.accessibleName() for c in panel.cards] == [
        "Take this one: deleted",
        "Take this one: Better archives",
    ]
    panel.cards[1].button.click()
    assert [g.title for g in session.derived.plan.goals] == ["Better archives"]
    panel.accept()


def test_a_conflict_among_the_findings_of_the_plan_opens_the_list(
    office: Office, colleague: Colleague
) -> None:
    conflict(office, colleague)
    office.window.open_page("plan")
    page = office.window.page("plan")
    assert isinstance(page, PlanPage)
    finding = next(f for f in office.shell.session.derived.findings if f.code == "conflict-open")
    page.show_finding(finding)
    panel = office.shell.news.panel
    assert panel is not None
    assert panel.isVisible()
    panel.accept()


def test_the_list_leads_to_the_place(office: Office, colleague: Colleague) -> None:
    key = conflict(office, colleague)
    office.window.open_page("results")
    panel = conflicts(office)
    panel._there.click()
    assert office.window.current_page == "questionnaire"
    assert office.questionnaire.key == key
    assert office.shell.news.panel is None


def test_a_note_being_typed_is_no_less_than_the_one_that_comes_in(
    office: Office, colleague: Colleague
) -> None:
    """It is written over what its author saw, so that both are there, as a conflict."""
    session, key = office.shell.session, office.questionnaire.key
    office.shell.news.watch._timer.stop()
    colleague.note(key, "theirs")
    office.questionnaire.view.note.setFocus()
    QTest.keyClicks(office.questionnaire.view.note, "ours")
    assert session.answer(key).note == ""
    office.shell.news.watch._timer.start()
    catch_up(office)
    (found,) = session.dossier.conflicts
    assert {side.value for side in found.sides} == {"ours", "theirs"}


def test_a_paragraph_being_typed_and_one_that_comes_in_are_both_kept(
    office: Office, colleague: Colleague
) -> None:
    session = office.shell.session
    chapter = "introduction"
    session.run(set_chapter, chapter, Chapter((Paragraph("common"),)))
    office.window.open_page("documents", chapter)
    page = office.window.page("documents")
    assert isinstance(page, DocumentsPage)
    colleague.dossier = open_dossier(colleague.workspace, colleague.dossier.row.id)
    office.shell.news.watch._timer.stop()
    set_chapter(colleague.workspace, colleague.dossier, chapter, Chapter((Paragraph("theirs"),)))
    field = page.editor.editors[0].field
    office.focus(field)
    QTest.keyClicks(field, "ours, ")
    office.shell.news.watch._timer.start()
    catch_up(office)
    (found,) = session.dossier.conflicts
    texts = {side.value[0].text for side in found.sides}  # type: ignore[index]
    assert texts == {"ours, common", "theirs"}
    field = page.editor.editors[0].field
    assert isinstance(field, ProseField)
    assert field.toPlainText() in texts


def test_a_third_wording_stays_while_others_go_on(office: Office, colleague: Colleague) -> None:
    session, key = office.shell.session, office.questionnaire.key
    panel = conflicting_notes(office, colleague)
    panel.third.setFocus()
    QTest.keyClicks(panel.third, "both of us")
    other = list(session.dossier.questionnaire.indicators)[3]
    colleague.level(other, 2)
    office.shell.news.watch.look()
    catch_up(office)
    assert session.answer(other).met
    assert panel.third.toPlainText() == "both of us"
    panel._write.click()
    assert session.answer(key).note == "both of us"
    panel.accept()


def test_what_others_wrote_does_not_say_that_ours_is_saved(
    office: Office, colleague: Colleague
) -> None:
    office.window.set_saving(Saving.FAILED)
    failed = office.window._header._state.text()
    colleague.level(office.questionnaire.key, 2)
    catch_up(office)
    assert office.window._header._state.text() == failed
    office.press(Qt.Key.Key_1)
    assert office.window._header._state.text() != failed


def test_a_risk_goes_on_being_typed_while_something_else_is_saved(
    office: Office, colleague: Colleague
) -> None:
    session = office.shell.session
    session.run(add_risk, "Delay")
    office.window.open_page("plan", "risks")
    page = office.window.page("plan")
    card = page.findChildren(RiskCard)[0]
    office.focus(card.text)
    card.text.moveCursor(QTextCursor.MoveOperation.End)
    QTest.keyClicks(card.text, " of the")
    other = list(session.dossier.questionnaire.indicators)[3]
    session.run(set_level, session.respondent, other, 2)
    page.refresh()
    QTest.keyClicks(card.text, " audit")
    assert card.text.toPlainText() == "Delay of the audit"
    card.flush()
    assert [risk.text for risk in session.derived.plan.risks] == ["Delay of the audit"]
