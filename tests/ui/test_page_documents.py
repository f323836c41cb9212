"""The documents as their authors meet them: texts, pages, files."""

import json
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from sat_desktop.domain.document import PlanDocument
from sat_desktop.domain.plan import BulletList, Chapter, Paragraph, TextTable
from sat_desktop.errors import SatError
from sat_desktop.runtime.i18n import language_of
from sat_desktop.services.assessments import create_assessment
from sat_desktop.services.planning import set_chapter
from sat_desktop.ui.appearance import Appearance
from sat_desktop.ui.messages import Messages, Severity
from sat_desktop.ui.pages.documents import DocumentsPage
from sat_desktop.ui.pages.documents.blocks import ProseField, TableField
from sat_desktop.ui.pages.documents.exports import size_warning
from sat_desktop.ui.tasks import Tasks
from sat_desktop.ui.theme import Theme
from ui.inspection import assert_accessible, faults
from ui.workplace import Workplace, open_city

WIDE = QSize(1180, 700)


@pytest.fixture
def place(
    tmp_path: Path, appearance: Appearance, messages: Messages, tasks: Tasks
) -> Iterator[Workplace]:
    made = open_city(tmp_path, appearance, messages, tasks)
    yield made
    made.close()


def make(qtbot: QtBot, place: Workplace, size: QSize = WIDE) -> DocumentsPage:
    made = DocumentsPage(place.context, place.session, place.gateway)
    qtbot.addWidget(made)
    made.resize(size)
    made.show()
    made.refresh()
    return made


@pytest.fixture
def page(qtbot: QtBot, place: Workplace) -> DocumentsPage:
    return make(qtbot, place)


def blocks(place: Workplace, chapter: str) -> tuple[object, ...]:
    return place.session.derived.plan.chapters.get(chapter, Chapter()).blocks


def drawn(qtbot: QtBot, page: DocumentsPage) -> None:
    qtbot.waitUntil(lambda: page.preview.has_pages and page._task is None, timeout=30_000)


def typed(page: DocumentsPage, place_of_block: int) -> ProseField:
    field = page.editor.editors[place_of_block].field
    assert isinstance(field, ProseField)
    return field


def test_a_draft_becomes_own_text_and_is_saved_when_a_field_is_left(
    page: DocumentsPage, place: Workplace
) -> None:
    page.show_target("risks")
    assert blocks(place, "risks") == ()
    page.editor.buttons["start"].click()
    assert blocks(place, "risks")
    field = typed(page, 0)
    field.setPlainText("Our own words about <b>risks</b>.")
    page.chapters.setFocus()
    field.flush()
    assert blocks(place, "risks")[0] == Paragraph("Our own words about <b>risks</b>.")
    place.session.open(place.workspace, place.demo)
    assert blocks(place, "risks")[0] == Paragraph("Our own words about <b>risks</b>.")


def test_what_is_typed_belongs_to_its_chapter_and_survives_leaving_it(
    page: DocumentsPage, place: Workplace
) -> None:
    page.show_target("introduction")
    before = blocks(place, "conclusions")
    typed(page, 0).setPlainText("Typed, and then another chapter is chosen.")
    page.show_target("conclusions")
    assert blocks(place, "introduction")[0] == Paragraph(
        "Typed, and then another chapter is chosen."
    )
    assert blocks(place, "conclusions") == before
    typed(page, 0).setPlainText("Typed, and then the page is left.")
    page.hide()
    assert blocks(place, "conclusions")[0] == Paragraph("Typed, and then the page is left.")


def test_blocks_are_added_moved_deleted_and_the_draft_comes_back(
    page: DocumentsPage, place: Workplace
) -> None:
    page.show_target("schedule")
    page.editor.buttons["start"].click()
    assert blocks(place, "schedule") == (), "an empty paragraph is no text yet"
    typed(page, 0).setPlainText("First")
    typed(page, 0).flush()
    page.editor.buttons["list"].click()
    typed(page, 1).setPlainText("• one\n- two\n\n")
    typed(page, 1).flush()
    assert blocks(place, "schedule") == (Paragraph("First"), BulletList(("one", "two")))
    page.editor.editors[0].down.click()
    assert blocks(place, "schedule") == (BulletList(("one", "two")), Paragraph("First"))
    page.editor.editors[0].bin.click()
    assert blocks(place, "schedule") == (Paragraph("First"),)
    page.editor.buttons["draft"].click()
    assert blocks(place, "schedule") == ()
    place.session.undo()
    assert blocks(place, "schedule") == (Paragraph("First"),)
    assert typed(page, 0).toPlainText() == "First", "undo is seen at once"


def test_a_table_is_edited_cell_by_cell(page: DocumentsPage, place: Workplace) -> None:
    page.show_target("schedule")
    page.editor.buttons["start"].click()
    page.editor.buttons["table"].click()
    field = page.editor.editors[1].field
    assert isinstance(field, TableField)
    for row, column, words in ((0, 0, "Year"), (0, 1, "What"), (1, 0, "2027"), (1, 1, "=1+1")):
        item = field.grid.item(row, column)
        assert item is not None
        item.setText(words)
    field.tools["column"].click()
    field.grid.setCurrentCell(2, 0)
    field.tools["less-rows"].click()
    assert blocks(place, "schedule") == (TextTable(("Year", "What", ""), (("2027", "=1+1", ""),)),)


def test_the_list_says_which_chapters_have_own_text(page: DocumentsPage, place: Workplace) -> None:
    def said(row: int) -> str:
        return str(page.chapters.item(row).data(Qt.ItemDataRole.AccessibleDescriptionRole))

    assert said(1) == "own text"
    assert said(11) == "draft text"
    page.show_target("risks")
    page.editor.buttons["start"].click()
    assert said(11) == "own text"


def test_the_pages_are_shown_and_follow_the_text_after_a_pause(
    qtbot: QtBot, page: DocumentsPage
) -> None:
    drawn(qtbot, page)
    assert "page 1 of" in page._counter.text()
    strip = page.preview.widget()
    qtbot.waitUntil(lambda: len(_colours(strip)) > 2, timeout=20_000)
    first = page.preview._strip._document
    page.show_target("introduction")
    typed(page, 0).setPlainText("Changed.")
    typed(page, 0).flush()
    assert page._state.text()
    qtbot.waitUntil(lambda: page.preview._strip._document is not first, timeout=30_000)
    drawn(qtbot, page)
    assert not page._state.text()


def _colours(strip: object) -> set[str]:
    """Return the colours along a line down the first page."""
    from PySide6.QtWidgets import QWidget

    assert isinstance(strip, QWidget)
    # Only what is looked at: the strip is as long as all pages together.
    picture = strip.grab(strip.rect().intersected(QRect(0, 0, strip.width(), 400))).toImage()
    column = picture.width() // 4
    return {picture.pixelColor(column, y).name() for y in range(20, picture.height(), 3)}


def test_sizes_of_pages_keep_the_page_in_view(qtbot: QtBot, page: DocumentsPage) -> None:
    drawn(qtbot, page)
    bar = page.preview.verticalScrollBar()
    bar.setValue(page.preview._strip.frames[7].top() + 5)
    seen = page._page
    for zoom in ("150", "100", "fit"):
        page.zoom._buttons[zoom].click()
        assert abs(page._page[0] - seen[0]) <= 1


def test_a_document_that_cannot_be_written_says_so_in_a_sentence(
    qtbot: QtBot, place: Workplace
) -> None:
    def refuse(_document: PlanDocument) -> bytes:
        raise SatError("document-mismatch", expected="52%", found="-", page=3)

    place.gateway = replace(place.gateway, write_plan=refuse)
    page = make(qtbot, place)
    qtbot.waitUntil(lambda: page._task is None)
    assert page._state.text()
    assert "document-mismatch" not in page._state.text()
    assert not page.preview.has_pages


def test_changes_while_the_pages_are_drawn_are_drawn_after_them(
    qtbot: QtBot, place: Workplace
) -> None:
    begun, may_go_on = threading.Event(), threading.Event()
    written: list[PlanDocument] = []
    write = place.gateway.write_plan

    def slow(document: PlanDocument) -> bytes:
        begun.set()
        may_go_on.wait(20)
        written.append(document)
        return write(document)

    place.gateway = replace(place.gateway, write_plan=slow)
    page = make(qtbot, place)
    qtbot.waitUntil(begun.is_set)
    place.session.run(set_chapter, "introduction", Chapter((Paragraph("Newer."),)))
    may_go_on.set()
    qtbot.waitUntil(lambda: len(written) == 2, timeout=30_000)
    assert written[1].narratives["introduction"] == (Paragraph("Newer."),)
    drawn(qtbot, page)


def test_pages_and_typing_of_one_assessment_never_reach_another(
    qtbot: QtBot, place: Workplace
) -> None:
    begun, may_go_on = threading.Event(), threading.Event()
    write = place.gateway.write_plan

    def slow(document: PlanDocument) -> bytes:
        begun.set()
        may_go_on.wait(20)
        return write(document)

    place.gateway = replace(place.gateway, write_plan=slow)
    page = make(qtbot, place)
    page.show_target("introduction")
    qtbot.waitUntil(begun.is_set)
    typed(page, 0).setPlainText("Of the first assessment.")
    unit = place.session.dossier.assessment.unit
    other = create_assessment(
        place.workspace, unit, place.session.dossier.assessment.questionnaire, "2030", "en", "Anna"
    )
    page.chapters.setFocus()
    place.session.open(place.workspace, other.id)
    may_go_on.set()
    page.hide()
    qtbot.waitUntil(lambda: page._task is None, timeout=30_000)
    assert not page.preview.has_pages
    assert place.session.derived.plan.chapters == {}


def test_the_plan_is_exported_with_what_is_being_typed(
    qtbot: QtBot, page: DocumentsPage, place: Workplace, tmp_path: Path
) -> None:
    page.show_target("introduction")
    typed(page, 0).setPlainText("Typed a second before the export.")
    place.dialogs.path = tmp_path / "plan.pdf"
    QTest.keyClick(page, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: bool(place.told), timeout=30_000)
    assert place.told[0].severity is Severity.SUCCESS
    assert str(place.dialogs.path) in place.told[0].text
    assert place.told[0].action
    assert place.dialogs.path.read_bytes().startswith(b"%PDF-")
    assert blocks(place, "introduction")[0] == Paragraph("Typed a second before the export.")
    head = place.session.derived.plan.head
    name = place.dialogs.suggested[0].name
    assert name.startswith("PRI ")
    assert name.endswith(f"{head.first_year}-{head.last_year}.pdf")


def test_a_folder_that_refuses_the_file_is_told_in_a_sentence(
    qtbot: QtBot, place: Workplace, tmp_path: Path
) -> None:
    failed: list[BaseException] = []
    tasks = Tasks(failed.append)
    place.context = replace(place.context, tasks=tasks)
    page = make(qtbot, place)
    place.dialogs.path = tmp_path / "workspace.db" / "plan.pdf"
    page.export_plan()
    qtbot.waitUntil(lambda: bool(failed), timeout=30_000)
    tasks.close()
    (error,) = failed
    assert isinstance(error, SatError)
    assert error.code == "file-not-written"


@pytest.mark.parametrize("ending", [".json", ".csv"])
def test_data_are_exported_by_the_ending(
    qtbot: QtBot, page: DocumentsPage, place: Workplace, tmp_path: Path, ending: str
) -> None:
    place.dialogs.path = tmp_path / f"data{ending}"
    page.export_data()
    qtbot.waitUntil(lambda: bool(place.told), timeout=30_000)
    content = place.dialogs.path.read_bytes().decode("utf-8-sig")
    indicators = place.session.dossier.questionnaire.indicators
    if ending == ".json":
        assert set(json.loads(content)["results"]["indicators"]) == set(indicators)
    else:
        assert len(content.splitlines()) == len(indicators) + 1


@pytest.mark.parametrize(
    ("size", "warned"),
    [(3_000_000, ""), (3_000_001, "mail"), (10_000_000, "mail"), (10_000_001, "signing")],
)
def test_files_too_large_for_somebody_are_warned_of(size: int, warned: str) -> None:
    said = size_warning(size, language_of("en"))
    assert bool(said) is bool(warned)
    assert warned in said


def test_the_first_page_and_what_is_missing_lead_to_the_plan(
    page: DocumentsPage, place: Workplace
) -> None:
    page.show_target("cover")
    page.cover.button.click()
    page.findings.click()
    assert str(len(place.session.derived.findings)) in page.findings.text()
    assert place.visits == [("plan", "settings"), ("plan", "check")]


def test_without_an_assessment_the_page_says_what_to_do(
    page: DocumentsPage, place: Workplace
) -> None:
    place.session.close()
    assert page.empty.isVisible()
    assert not page.export_button.isVisible()
    page.empty.button.click()
    page.export_plan()
    assert place.visits == [("start", "")]


@pytest.mark.parametrize(("scale", "size"), [(100, QSize(800, 520)), (200, QSize(940, 520))])
def test_nothing_is_cut_and_everything_is_named(
    qtbot: QtBot, page: DocumentsPage, appearance: Appearance, scale: int, size: QSize
) -> None:
    appearance.choose_text_scale(scale)
    page.apply_theme(Theme.of("light", scale))
    page.resize(size)
    drawn(qtbot, page)
    for target in ("introduction", "risks", "conclusions", "cover"):
        page.show_target(target)
        assert not faults(page)
    page.side._buttons["pages"].click()
    assert page.preview.isVisible()
    assert not faults(page)
    page.retranslate(language_of("pl"))
    assert_accessible(page)
