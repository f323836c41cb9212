"""Search at the side of the questionnaire and in the finder: all texts, at every key."""

import gc
import weakref
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from time import perf_counter

import pytest
from PySide6.QtCore import QEventLoop, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from benchmarks.large import enlarged, smallest_edition
from sat_desktop.domain.assessment import Unit
from sat_desktop.domain.questionnaire import UnitKind
from sat_desktop.runtime.folding import fold
from sat_desktop.runtime.i18n import language_of
from sat_desktop.services.answering import clear_answer
from sat_desktop.services.assessments import add_edition, create_assessment
from sat_desktop.ui.appearance import Appearance
from sat_desktop.ui.indicator_source import IndicatorSource
from sat_desktop.ui.messages import Messages
from sat_desktop.ui.pages.questionnaire import QuestionnairePage
from sat_desktop.ui.shortcuts import Found, Rank, best_found, listed
from sat_desktop.ui.tasks import Tasks
from ui.office import Office, open_office
from ui.workplace import Workplace, open_city

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def city(
    tmp_path: Path, appearance: Appearance, messages: Messages, tasks: Tasks
) -> Iterator[Workplace]:
    made = open_city(tmp_path, appearance, messages, tasks)
    yield made
    made.close()


@pytest.fixture
def page(qtbot: QtBot, city: Workplace) -> QuestionnairePage:
    made = QuestionnairePage(city.context, city.session, city.gateway)
    qtbot.addWidget(made)
    made.retranslate(language_of("pl"))
    made.resize(1085, 720)
    made.refresh()
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def open_large(city: Workplace) -> None:
    """Open an assessment by two thousand indicators."""
    big = replace(enlarged(smallest_edition(), 2000), version="9.0.0")
    add_edition(city.workspace, big)
    unit = Unit("Duża", UnitKind.GMINA, "1433082")
    made = create_assessment(city.workspace, unit, big.edition, "2026", "pl", "K")
    city.session.open(city.workspace, made.id)


def rows(page: QuestionnairePage) -> list[str]:
    return list(page.side.filtered.shown())


def holding(city: Workplace, word: str) -> list[str]:
    """The indicators that hold a word, anywhere and in any language."""
    indicators = city.session.dossier.questionnaire.indicators
    return [key for key, indicator in indicators.items() if fold(word) in fold(repr(indicator))]


@pytest.mark.parametrize(("typed", "written"), [("BIULETYN", "biuletyn"), ("jawnosc", "jawność")])
def test_typing_narrows_the_tree_to_what_holds_the_words_anywhere(
    page: QuestionnairePage, city: Workplace, typed: str, written: str
) -> None:
    every = rows(page)
    page.side.search.setFocus()
    QTest.keyClicks(page.side.search, typed)
    assert set(rows(page)) == set(holding(city, written))
    assert 0 < len(rows(page)) < len(every)
    QTest.keyClick(page.side.search, Qt.Key.Key_Escape)
    assert rows(page) == every


def test_the_indicator_stays_while_one_types_and_enter_goes_to_the_best(
    page: QuestionnairePage, city: Workplace
) -> None:
    before = page.key
    page.side.search.setFocus()
    QTest.keyClicks(page.side.search, "dlug ryzyka")
    assert before not in rows(page)
    assert page.key == before
    QTest.keyClick(page.side.search, Qt.Key.Key_Return)
    indicator = city.session.dossier.questionnaire.indicators[page.key]
    assert indicator.name.get("pl") == "Dług i ryzyka finansowe"
    assert page.side.tree.hasFocus()
    assert page.side.key == page.key


def test_enter_goes_nowhere_without_a_find(page: QuestionnairePage) -> None:
    before = page.key
    for typed in ("", "qqqq"):
        page.side.search.setText(typed)
        QTest.keyClick(page.side.search, Qt.Key.Key_Return)
        assert page.key == before


def test_search_and_filter_hold_together(page: QuestionnairePage, city: Workplace) -> None:
    page.side.search.setText("rada")
    found = rows(page)
    city.session.run(clear_answer, city.session.respondent, found[1])
    page.side.filter.setCurrentIndex(page.side.filter.findData("unanswered"))
    page.side.narrow()
    assert found[1] in rows(page)
    assert set(rows(page)) < set(found)
    page.side.search.setFocus()
    QTest.keyClick(page.side.search, Qt.Key.Key_Return)
    assert page.key in rows(page)


def test_a_row_tells_the_passage_for_which_it_is_shown(page: QuestionnairePage) -> None:
    def tip(key: str) -> str:
        return str(page.side.model.index_of(key).data(Qt.ItemDataRole.ToolTipRole))

    key = rows(page)[0]
    assert "biuletyn" not in tip(key).casefold()
    page.side.search.setText("biuletyn")
    assert "Kryterium poziomu 1: " in tip(key)
    assert "biuletyn" in tip(key).casefold()


def test_another_language_is_another_search(page: QuestionnairePage, city: Workplace) -> None:
    page.side.search.setText("bulletin")
    assert rows(page) == []
    page.retranslate(language_of("en"))
    assert set(rows(page)) == set(holding(city, "bulletin"))
    assert rows(page)


def test_another_questionnaire_has_other_texts(page: QuestionnairePage, city: Workplace) -> None:
    page.side.search.setText("strategia")
    small = city.session.searchable_texts("pl")
    assert city.session.searchable_texts("pl") is small
    open_large(city)
    page.refresh()
    assert page.side.search.text() == "strategia"
    assert set(rows(page)) == set(holding(city, "strategia"))
    assert len(rows(page)) > 82
    assert city.session.searchable_texts("pl") is not small


def test_a_large_questionnaire_is_prepared_between_events(
    page: QuestionnairePage, city: Workplace
) -> None:
    open_large(city)
    page.refresh()
    page.side.search.setFocus()
    texts = city.session.searchable_texts("pl")
    gaps: list[float] = []
    while texts.prepare(0):
        began = perf_counter()
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 1)
        gaps.append(perf_counter() - began)
    page.side.search.setText("biuletyn")
    assert rows(page) == holding(city, "biuletyn")
    gaps.sort()
    # Felt as instant; the whole would take ten times as long.
    assert gaps[len(gaps) // 2] < 0.1


def test_the_first_key_waits_for_nothing_to_be_prepared(
    page: QuestionnairePage, city: Workplace
) -> None:
    open_large(city)
    page.refresh()
    page.side.search.setText("biuletyn")
    assert rows(page) == holding(city, "biuletyn")


def test_entering_the_field_of_an_empty_page_asks_for_nothing(
    page: QuestionnairePage, city: Workplace
) -> None:
    city.session.close()
    page.side.search.entered.emit()


def test_the_texts_go_with_the_assessment(city: Workplace) -> None:
    texts = city.session.searchable_texts("pl")
    gone = weakref.ref(texts)
    del texts
    city.session.close()
    gc.collect()
    assert gone() is None


def source(city: Workplace, opened: list[str], code: str = "pl") -> IndicatorSource:
    return IndicatorSource(city.session, language_of(code), opened.append)


def test_hits_come_with_the_passage_and_where_it_stands(city: Workplace) -> None:
    opened: list[str] = []
    hits = best_found("dlug ryzyka", [source(city, opened)])
    assert hits[0].title.endswith("Dług i ryzyka finansowe")
    assert hits[0].passage == ""
    told = [hit for hit in best_found("biuletyn", [source(city, opened)]) if hit.passage]
    assert told
    for hit in told:
        marked = [hit.passage[a:b].casefold() for a, b in hit.places]
        assert set(marked) == {"biuletyn"}
        assert ": " in hit.passage
    told[0].run()
    assert opened[0].split("#")[0] in city.session.dossier.questionnaire.indicators


@pytest.mark.parametrize("code", ["pl", "en"])
def test_an_explanation_is_opened_where_the_words_stand_in_it(city: Workplace, code: str) -> None:
    opened: list[str] = []
    for hit in best_found("2026", [source(city, opened, code)]):
        hit.run()
        field = hit.passage.split(":")[0]
        beside = field.startswith(("Kryterium", "Criterion", "Pytanie", "Question", "Część"))
        assert opened[-1].endswith("#explanations") is not (beside or not hit.passage)
    assert any(target.endswith("#explanations") for target in opened)


def test_without_words_the_indicators_stand_in_order(city: Workplace) -> None:
    hits = best_found("", [source(city, [])])
    named = [i.name.get("pl") for i in city.session.dossier.questionnaire.indicators.values()]
    assert [hit.title.split(" ", 1)[1] for hit in hits] == named[: len(hits)]
    assert {hit.passage for hit in hits} == {""}


def test_of_a_large_questionnaire_the_best_are_shown(city: Workplace) -> None:
    open_large(city)
    assert len(list(source(city, [])("biuletyn"))) == 50


def test_titles_come_before_texts_before_what_things_are_called() -> None:
    def nothing() -> None:
        """Go nowhere."""

    plan = Found("Plan", "Strona", nothing)
    export = Found("Wydaj plan", "Polecenie", nothing)
    kind = Found("Coś", "Plan", nothing)
    text = Found("1.1 Cele", "", nothing, passage="Pytanie: Czy jest plan?")
    sources = [listed([kind, export, plan]), lambda _query: [(Rank.TEXT, text)]]
    assert best_found("plan", sources) == [plan, export, text, kind]
    assert best_found("plan", sources, limit=2) == [plan, export]
    assert best_found("kot", sources[:1]) == []


@pytest.fixture
def office(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Office]:
    with open_office(qtbot, qapp, tmp_path, "pl") as made:
        made.begin_assessment()
        yield made


def find(office: Office, words: str) -> list[Found]:
    office.press(Qt.Key.Key_K, CTRL)
    finder = office.window._finder
    assert finder.line.hasFocus()
    QTest.keyClicks(finder.line, words)
    return finder.model.entries


def test_the_finder_jumps_to_the_indicator_and_shows_what_was_found(office: Office) -> None:
    office.window.open_page("start")
    hits = find(office, "10e strategia")
    assert hits
    assert "10e" in hits[0].passage
    model = office.window._finder.model
    row = model.index(0, 0)
    assert hits[0].passage in str(row.data(Qt.ItemDataRole.AccessibleTextRole))
    assert "10e" in str(row.data(Qt.ItemDataRole.ToolTipRole))
    tall = office.window._finder.list.visualRect(row).height()
    office.window.grab()
    office.press(Qt.Key.Key_Return)
    page = office.questionnaire
    assert office.window.current_page == "questionnaire"
    assert hits[0].title.startswith(
        office.shell.session.dossier.questionnaire.indicators[page.key].code
    )
    assert page.frame.aid is not None
    assert "10e" in page.frame.aid.text.toPlainText()
    find(office, "Kwestionariusz")
    assert office.window._finder.list.visualRect(model.index(0, 0)).height() < tall
    office.press(Qt.Key.Key_Escape)
