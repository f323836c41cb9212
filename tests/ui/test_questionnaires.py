"""The editions of a workspace in the window: brought in, checked, written out, compared."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from sat_desktop.domain.questionnaire import Group, Questionnaire
from sat_desktop.formats.questionnaire_files import read_edition, write_edition
from sat_desktop.runtime.i18n import language_of
from sat_desktop.services.assessments import add_edition, find_edition, list_editions
from sat_desktop.ui.appearance import Appearance
from sat_desktop.ui.messages import Messages
from sat_desktop.ui.questionnaires.comparing import Comparison
from sat_desktop.ui.questionnaires.editions import EditionsDialog
from sat_desktop.ui.questionnaires.problems import Problems
from sat_desktop.ui.tasks import Tasks
from ui.editions import VERSION, make_newer
from ui.inspection import assert_accessible, faults
from ui.workplace import Workplace, open_city


@pytest.fixture
def place(
    appearance: Appearance, messages: Messages, tasks: Tasks, tmp_path: Path
) -> Iterator[Workplace]:
    made = open_city(tmp_path, appearance, messages, tasks)
    yield made
    made.close()


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    made.resize(1280, 760)
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def panel(place: Workplace, window: QWidget, appearance: Appearance) -> EditionsDialog:
    made = EditionsDialog(
        appearance.theme,
        appearance.language,
        window,
        place.workspace,
        place.gateway,
        place.context.tasks,
        place.dialogs,
    )
    made.open()
    return made


@pytest.fixture
def present(place: Workplace) -> Questionnaire:
    return place.session.dossier.edition


def rest(qtbot: QtBot, panel: EditionsDialog) -> None:
    qtbot.waitUntil(lambda: not panel.is_working, timeout=30_000)


def cells(panel: EditionsDialog) -> list[tuple[str, ...]]:
    return [line.cells for line in panel.table.lines]


def problems(panel: EditionsDialog) -> Problems:
    assert isinstance(panel.sheet, Problems)
    return panel.sheet


def test_an_edition_is_shown_with_its_size_its_notice_and_who_goes_by_it(
    panel: EditionsDialog, present: Questionnaire, place: Workplace
) -> None:
    assert cells(panel) == [
        (
            present.name.get("en"),
            present.edition,
            str(len(present.indicators)),
            str(len(present.indicator_of_criterion)),
            "1",
        )
    ]
    assert present.notice is not None
    assert panel._notice.text() == present.notice.get("en")
    assert place.session.dossier.assessment.unit.name in panel._users.text()
    # With nothing to compare it with, the button says so.
    assert not panel.compare_button.isEnabled()
    assert_accessible(panel)


def test_a_folder_is_imported_and_is_the_same_when_exported(
    qtbot: QtBot, panel: EditionsDialog, present: Questionnaire, place: Workplace, tmp_path: Path
) -> None:
    newer = make_newer(present).edition
    write_edition(newer, tmp_path / "in")
    # A file of the folder stands for the folder.
    place.dialogs.chosen = tmp_path / "in" / "questionnaire.yaml"
    panel.import_button.click()
    rest(qtbot, panel)
    assert find_edition(place.workspace, newer.edition) == newer
    assert panel.chosen == newer
    assert panel.news.accessibleName() == f"{newer.edition} is in the workspace."
    assert panel.compare_button.isEnabled()

    place.dialogs.chosen = tmp_path
    panel.export_folder()
    rest(qtbot, panel)
    assert read_edition(tmp_path / f"sat-pl-{VERSION}") == newer
    # A second time there is something already; it is left alone.
    panel.export_folder()
    rest(qtbot, panel)
    assert "is not empty; nothing was written" in problems(panel).heading._detail.text()
    assert read_edition(tmp_path / f"sat-pl-{VERSION}") == newer


def test_a_workbook_goes_out_and_comes_in_the_same(
    qtbot: QtBot, panel: EditionsDialog, present: Questionnaire, place: Workplace, tmp_path: Path
) -> None:
    newer = make_newer(present).edition
    add_edition(place.workspace, newer)
    panel.refresh(newer.edition)
    place.dialogs.path = tmp_path / "q.xlsx"
    panel.export_workbook()
    rest(qtbot, panel)
    assert place.dialogs.suggested[-1].name == f"sat-pl {VERSION}.xlsx"
    assert place.gateway.read_questionnaire(tmp_path / "q.xlsx") == newer
    place.dialogs.chosen = tmp_path / "q.xlsx"
    panel.check_button.click()
    rest(qtbot, panel)
    assert f"{newer.edition} can be imported" in problems(panel).heading._detail.text()
    # Remarks say sheet, row and column too.
    assert all(line.cells[1] for line in problems(panel).table.lines)
    problems(panel).accept()
    panel.import_button.click()
    rest(qtbot, panel)
    assert "already" in panel.news.accessibleName()


def test_a_spoilt_workbook_is_told_by_sheet_row_and_column(
    qtbot: QtBot, panel: EditionsDialog, present: Questionnaire, place: Workplace, tmp_path: Path
) -> None:
    from openpyxl import load_workbook

    path = tmp_path / "q.xlsx"
    place.gateway.write_questionnaire(make_newer(present).edition, path, language_of("en"))
    book = load_workbook(path)
    twice = next(key for key in present.indicators)
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value == "invented":
                    cell.value = twice
    book.save(path)
    panel.check(path)
    rest(qtbot, panel)
    assert any(line.cells[0] == "Problem" and line.cells[1] for line in problems(panel).table.lines)
    problems(panel).accept()
    panel.take_in(path)
    rest(qtbot, panel)
    assert all(line.cells[1] for line in problems(panel).table.lines)
    assert list_editions(place.workspace) == (present.edition,)


def test_a_file_that_is_no_workbook_is_one_sentence(
    qtbot: QtBot, panel: EditionsDialog, tmp_path: Path
) -> None:
    (tmp_path / "q.xlsx").write_text("no", encoding="utf-8")
    panel.check(tmp_path / "q.xlsx")
    rest(qtbot, panel)
    assert not problems(panel).table.lines
    assert not problems(panel).copy_button.isVisible()
    assert "q.xlsx" in problems(panel).heading._detail.text()
    assert panel.news.accessibleName() == "Nothing was changed."


def test_importing_the_same_again_says_so_and_another_content_is_refused(
    qtbot: QtBot, panel: EditionsDialog, present: Questionnaire, place: Workplace, tmp_path: Path
) -> None:
    write_edition(present, tmp_path / "same")
    panel.take_in(tmp_path / "same")
    rest(qtbot, panel)
    assert "already" in panel.news.accessibleName()
    altered = replace(make_newer(present).edition, version=present.version)
    write_edition(altered, tmp_path / "altered")
    panel.take_in(tmp_path / "altered")
    rest(qtbot, panel)
    assert "an edition never changes" in problems(panel).heading._detail.text()
    assert list_editions(place.workspace) == (present.edition,)
    assert find_edition(place.workspace, present.edition) == present


def spoil(folder: Path) -> None:
    """Give two files of an edition a mistake each."""
    head = folder / "questionnaire.yaml"
    head.write_text(head.read_text(encoding="utf-8") + "\nsurprise: 1\n", encoding="utf-8")
    other = next(f for f in sorted(folder.glob("*.yaml")) if f != head)
    text = other.read_text(encoding="utf-8")
    other.write_text(text.replace("  name:", "  nmae:", 1), encoding="utf-8")


def test_a_bad_folder_changes_nothing_and_every_problem_can_be_copied(
    qtbot: QtBot, panel: EditionsDialog, present: Questionnaire, place: Workplace, tmp_path: Path
) -> None:
    write_edition(make_newer(present).edition, tmp_path / "bad")
    spoil(tmp_path / "bad")
    panel.take_in(tmp_path / "bad")
    rest(qtbot, panel)
    found = problems(panel)
    said = [line.cells for line in found.table.lines]
    assert len(said) >= 2
    assert all(kind == "Problem" and where for kind, where, _words in said)
    assert any("surprise" in words for _kind, _where, words in said)
    assert list_editions(place.workspace) == (present.edition,)
    assert panel.news.accessibleName() == "Nothing was changed."
    found.copy_button.click()
    assert QGuiApplication.clipboard().text().split("\n") == ["\t".join(line) for line in said]
    found.table.setFocus()
    QTest.keyClick(found.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "\t".join(said[0])
    assert_accessible(found)
    found.accept()
    assert panel.sheet is None


def test_a_check_stores_nothing_tells_problems_from_remarks_and_can_go_on_to_import(
    qtbot: QtBot, panel: EditionsDialog, present: Questionnaire, place: Workplace, tmp_path: Path
) -> None:
    newer = make_newer(present).edition
    folder = tmp_path / "in"
    write_edition(newer, folder)
    panel.check(folder)
    rest(qtbot, panel)
    found = problems(panel)
    assert f"{newer.edition} can be imported" in found.heading._detail.text()
    # The strict check finds that the invented indicator has sentences of another one.
    assert {line.cells[0] for line in found.table.lines} == {"Remark"}
    assert list_editions(place.workspace) == (present.edition,)
    QTest.mouseClick(_last_button(found), Qt.MouseButton.LeftButton)
    rest(qtbot, panel)
    assert find_edition(place.workspace, newer.edition) == newer

    spoil(folder)
    panel.check(folder)
    rest(qtbot, panel)
    kinds = [line.cells[0] for line in problems(panel).table.lines]
    assert "Problem" in kinds
    assert kinds == sorted(kinds)


def _last_button(found: Problems) -> QWidget:
    item = found._buttons.itemAt(found._buttons.count() - 1)
    widget = item.widget() if item is not None else None
    assert widget is not None
    return widget


def test_what_cannot_be_read_at_all_is_one_sentence(
    qtbot: QtBot, panel: EditionsDialog, tmp_path: Path
) -> None:
    panel.check(tmp_path / "missing")
    rest(qtbot, panel)
    assert "There is no folder" in problems(panel).table.lines[0].cells[2]


def test_nothing_is_said_after_the_dialog_has_gone(
    qtbot: QtBot, panel: EditionsDialog, present: Questionnaire, place: Workplace, tmp_path: Path
) -> None:
    write_edition(make_newer(present).edition, tmp_path / "in")
    panel.take_in(tmp_path / "in")
    assert panel.working.isVisible()
    assert not panel.import_button.isEnabled()
    panel.reject()
    qtbot.waitUntil(lambda: not place.context.tasks.running, timeout=30_000)
    assert panel.sheet is None


def test_two_editions_are_compared_with_counts_filters_and_both_wordings(
    panel: EditionsDialog, present: Questionnaire, place: Workplace
) -> None:
    newer = make_newer(present)
    add_edition(place.workspace, newer.edition)
    panel.refresh(newer.edition.edition)
    panel.compare_button.click()
    shown = panel.sheet
    assert isinstance(shown, Comparison)
    assert (shown.old.currentData(), shown.new.currentData()) == (
        present.edition,
        newer.edition.edition,
    )
    view = shown.view
    counts = {kind: b.text().rsplit(": ", 1)[1] for kind, b in view.filters.items()}
    assert {k: counts[k] for k in ("added", "removed", "altered", "reworded", "moved")} == (
        dict.fromkeys(("added", "removed", "altered", "reworded", "moved"), "1")
    )
    assert int(counts["changed"]) == 5
    assert int(counts["kept"]) + 5 == int(counts["all"])
    assert {line.key for line in view.table.lines} == {
        newer.added,
        newer.removed,
        newer.altered,
        newer.reworded,
        newer.moved,
    }
    view.table.go(newer.reworded)
    marks = [w for s in view.detail.sections for w in s.wordings if w.mark]
    old = present.indicators[newer.reworded]
    assert [(w.before, w.after) for w in marks] == [
        (old.name.get("en"), "Another name"),
        (
            old.levels[0].criteria[0].text.get("en"),
            "The strategy is in force and published",
        ),
    ]
    view.filters["altered"].click()
    assert [line.key for line in view.table.lines] == [newer.altered]
    marks = [w for s in view.detail.sections for w in s.wordings if w.mark]
    assert [(w.before, w.after, w.mark) for w in marks] == [
        ("", "A person is named who answers for it", "New")
    ]
    view.filters["all"].click()
    QTest.keyClicks(view.search, "invented")
    assert [line.key for line in view.table.lines] == [newer.added]
    assert_accessible(shown)
    # The other way round what was added is gone.
    shown.old.setCurrentIndex(0)
    shown.new.setCurrentIndex(1)
    view.search.clear()
    view.filters["removed"].click()
    assert [line.key for line in view.table.lines] == [newer.added]


def test_a_criterion_that_moved_says_where_from_and_where_to(
    panel: EditionsDialog, present: Questionnaire, place: Workplace
) -> None:
    one = present.dimensions[0].indicators[0]
    first, second, *others = one.levels
    raised = replace(
        one,
        levels=(
            replace(first, criteria=first.criteria[1:] or first.criteria),
            replace(second, criteria=(*second.criteria, first.criteria[0])),
            *others,
        ),
    )
    assert len(first.criteria) > 1
    text = first.criteria[0].text.get("en")

    def with_it(edition: Questionnaire) -> Questionnaire:
        def rebuilt(group: Group) -> Group:
            return replace(
                group,
                groups=tuple(map(rebuilt, group.groups)),
                indicators=tuple(raised if i.id == one.id else i for i in group.indicators),
            )

        return replace(edition, version=VERSION, groups=tuple(map(rebuilt, edition.groups)))

    add_edition(place.workspace, with_it(present))
    panel.refresh(f"{present.id}@{VERSION}")
    panel.compare()
    assert isinstance(panel.sheet, Comparison)
    marks = [w for s in panel.sheet.view.detail.sections for w in s.wordings if w.mark]
    assert [(w.before, w.after, w.mark) for w in marks] == [
        (text, "", "Moved to: level 2"),
        ("", text, "Moved from: level 1"),
    ]


@pytest.mark.parametrize("scale", [100, 200])
def test_nothing_is_cut(
    qtbot: QtBot,
    place: Workplace,
    window: QWidget,
    appearance: Appearance,
    present: Questionnaire,
    scale: int,
) -> None:
    add_edition(place.workspace, make_newer(present).edition)
    window.resize(1024, 640)
    appearance.choose_text_scale(scale)
    made = EditionsDialog(
        appearance.theme,
        appearance.language,
        window,
        place.workspace,
        place.gateway,
        place.context.tasks,
        place.dialogs,
    )
    made.open()
    made.compare()
    assert made.sheet is not None
    above = made.sheet
    for dialog in (made, above):
        assert dialog.width() <= 1024
        assert dialog.height() <= 640
    qtbot.waitUntil(lambda: not faults(made) and not faults(above))
    above.accept()
    made.accept()
    appearance.choose_text_scale(100)


def test_a_folder_that_cannot_be_written_is_told(
    qtbot: QtBot, panel: EditionsDialog, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    panel.export_folder(tmp_path / "file")
    rest(qtbot, panel)
    assert "was not written" in problems(panel).heading._detail.text()
