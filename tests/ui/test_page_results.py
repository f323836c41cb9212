"""The results as those who lead the unit meet them: figures, pictures, where a number is from."""

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from sat_desktop.charts.chart import Chart
from sat_desktop.domain.answers import State
from sat_desktop.domain.gaps import Aim, find_gaps
from sat_desktop.domain.questionnaire import TOTAL
from sat_desktop.runtime.i18n import language_of
from sat_desktop.services.answering import clear_answer, set_aim, set_level
from sat_desktop.ui.appearance import Appearance
from sat_desktop.ui.messages import Messages, Severity
from sat_desktop.ui.pages.results import ResultsPage
from sat_desktop.ui.pages.results.explaining import explain
from sat_desktop.ui.pages.results.explanation import ATTAINED, INDEX, WANTED, title_of
from sat_desktop.ui.pages.results.figures import figures_of
from sat_desktop.ui.pages.results.numbers import KEY, NumbersModel
from sat_desktop.ui.tasks import Tasks
from sat_desktop.ui.theme import Theme
from sat_desktop.ui.widgets.containers import Collapsible
from ui.inspection import assert_accessible, faults
from ui.workplace import Workplace, open_city


@pytest.fixture
def place(
    tmp_path: Path, appearance: Appearance, messages: Messages, tasks: Tasks
) -> Iterator[Workplace]:
    made = open_city(tmp_path, appearance, messages, tasks)
    yield made
    made.close()


@pytest.fixture
def page(qtbot: QtBot, place: Workplace) -> ResultsPage:
    made = ResultsPage(place.context, place.session, place.gateway)
    qtbot.addWidget(made)
    made.resize(1180, 700)
    made.show()
    made.refresh()
    return made


def words(widget: QWidget) -> str:
    found = [label.text() for label in widget.findChildren(QLabel) if label.isVisible()]
    return "\n".join(found)


def settle(qtbot: QtBot, page: ResultsPage, kind: str) -> Chart:
    painter = page.charts[kind].painter
    qtbot.waitUntil(lambda: painter.chart is not None and not painter.is_drawing, timeout=20_000)
    assert painter.chart is not None
    return painter.chart


def test_the_figures_are_those_of_the_model(page: ResultsPage, place: Workplace) -> None:
    total = place.session.derived.results.scores.total
    english = language_of("en")
    assert english.percent(total.index) in words(page.figures.cards[INDEX])
    assert english.percent(total.low) in words(page.figures.cards[INDEX])
    assert total.attained is not None
    level = place.session.dossier.questionnaire.level_name(total.attained).get("en")
    assert level in words(page.figures.cards[ATTAINED])


def test_nothing_open_and_nothing_rated_say_what_to_do(
    qtbot: QtBot, page: ResultsPage, place: Workplace
) -> None:
    for indicator in place.session.dossier.questionnaire.indicators:
        place.session.run(clear_answer, place.session.respondent, indicator)
    assert page.empty.isVisible()
    QTest.mouseClick(page.empty.button, Qt.MouseButton.LeftButton)
    place.session.close()
    QTest.mouseClick(page.empty.button, Qt.MouseButton.LeftButton)
    assert place.visits == [("questionnaire", ""), ("start", "")]


def test_a_change_is_shown_at_once_where_the_page_is_seen(
    page: ResultsPage, place: Workplace
) -> None:
    before = words(page.figures.cards[INDEX])
    for indicator in list(place.session.dossier.questionnaire.indicators)[:6]:
        place.session.run(set_level, place.session.respondent, indicator, 3)
    assert words(page.figures.cards[INDEX]) != before


def test_a_hidden_page_counts_nothing_until_it_is_opened(
    page: ResultsPage, place: Workplace
) -> None:
    page.hide()
    before = page.figures.cards[INDEX].findChildren(QLabel)[1].text()
    for indicator in list(place.session.dossier.questionnaire.indicators)[:6]:
        place.session.run(set_level, place.session.respondent, indicator, 3)
    assert page.figures.cards[INDEX].findChildren(QLabel)[1].text() == before
    page.show()
    page.refresh()
    assert page.figures.cards[INDEX].findChildren(QLabel)[1].text() != before


@pytest.mark.parametrize("kind", ["dimensions", "radar", "heatmap", "gaps"])
def test_every_picture_has_words_and_leads_to_the_answers(
    qtbot: QtBot, page: ResultsPage, place: Workplace, kind: str
) -> None:
    page.show_target(kind)
    chart = settle(qtbot, page, kind)
    view = page.charts[kind].view
    assert view.accessibleDescription() == chart.alternative
    region = chart.regions[-1]
    middle = [sum(c[axis] for c in region.polygon) / len(region.polygon) for axis in (0, 1)]
    at = QPoint(round(middle[0] * view.width()), round(middle[1] * view.height()))
    met = chart.region_at(*middle)
    assert met is not None
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=at)
    ((opened, indicator),) = place.visits
    assert opened == "questionnaire"
    questionnaire = place.session.dossier.questionnaire
    assert met.id in (indicator, *questionnaire.path[indicator])


def test_every_number_can_be_opened_and_its_sum_ends_in_it(place: Workplace) -> None:
    results, english = place.session.derived.results, language_of("en")
    answers = place.session.dossier.answers(place.session.dossier.agreed.id)
    for key, score in results.scores.nodes.items():
        sections = {s.kind: s for s in explain(results, answers, key, english).sections}
        index = sections[INDEX]
        assert score.index is not None
        first, second = index.formula
        products, total = first.split(" = ")
        terms = [part.split(" × ") for part in products.split(" + ")]
        whole = sum((Fraction(w) * Fraction(v) for w, v in terms), Fraction())
        assert whole == Fraction(total)
        divisor = sum((Fraction(w) for w, _ in terms), Fraction())
        assert whole / divisor == score.index
        assert second.endswith(f"= {score.index} = {english.percent(score.index)}")
        enough = [line.cells[-1] for line in sections[ATTAINED].lines]
        assert [word == "yes" for word in [*enough, "no"]].index(False) == score.attained
        assert [*enough, "no"].index("no") == score.attainable


def test_a_level_is_named_only_when_no_answer_can_change_it(place: Workplace) -> None:
    english = language_of("en")
    dossier = place.session.dossier
    indicators = list(dossier.questionnaire.indicators)
    for key in indicators:
        place.session.run(set_level, place.session.respondent, key, 3)
    assert figures_of(place.session.derived.results, english)[2].level == 3
    place.session.run(clear_answer, place.session.respondent, indicators[0])
    place.session.run(clear_answer, place.session.respondent, indicators[1])
    results = place.session.derived.results
    figure = figures_of(results, english)[2]
    assert (figure.value, figure.level) == ("not known yet: 0 to 3", None)
    assert dossier.questionnaire.level_name(3).get("en") in figure.detail
    model = NumbersModel(results, english)
    assert model.index(0, 5).data() == figure.value
    attained = explain(results, {}, TOTAL, english).sections[3]
    assert [line.cells[-1] for line in attained.lines] == ["not known yet", "yes", "yes"]
    assert [note.rsplit(": ")[-1] for note in attained.notes] == ["no answer", "no answer"]


def test_who_keeps_a_level_from_being_attained_is_named(place: Workplace) -> None:
    indicators = list(place.session.dossier.questionnaire.indicators)
    for key in indicators:
        place.session.run(set_level, place.session.respondent, key, 3)
    place.session.run(set_level, place.session.respondent, indicators[0], 0)
    results = place.session.derived.results
    attained = explain(results, {}, TOTAL, language_of("en")).sections[3]
    assert attained.value == results.questionnaire.level_name(0).get("en")
    (note,) = attained.notes
    assert (
        note
        == f"{title_of(results.questionnaire, indicators[0], language_of('en'))}: below level 1"
    )


def test_the_wanted_level_says_whether_it_was_set(place: Workplace) -> None:
    english, key = language_of("en"), next(iter(place.session.dossier.questionnaire.indicators))

    def rule(level: int, aim: Aim) -> str:
        place.session.run(set_level, place.session.respondent, key, level)
        place.session.run(set_aim, key, aim)
        sections = {
            s.kind: s for s in explain(place.session.derived.results, {}, key, english).sections
        }
        return sections[WANTED].rule

    assert "set a wanted level" in rule(1, Aim())
    assert "the unit has set" in rule(1, Aim(3))
    assert "highest level" in rule(3, Aim(2))


def test_a_level_that_was_set_above_the_scale_is_named(place: Workplace) -> None:
    results, english = place.session.derived.results, language_of("en")
    key = next(k for k, r in results.scores.ratings.items() if r.level == 1)
    gaps = find_gaps(results.questionnaire, results.scores, {key: Aim(5)})
    found = explain(replace(results, gaps=gaps), {}, key, english)
    (section,) = [s for s in found.sections if s.kind == WANTED]
    assert section.value.startswith("3 ")
    assert section.notes == ("Level 5 was set, above the scale; its highest level counts.",)


def test_what_was_left_out_is_named_with_its_reason(place: Workplace) -> None:
    results, english = place.session.derived.results, language_of("en")
    answers = place.session.dossier.answers(place.session.dossier.agreed.id)
    out = next(k for k, r in results.scores.ratings.items() if r.state is State.NOT_APPLICABLE)
    group = place.session.dossier.questionnaire.group_of[out]
    notes = explain(results, answers, group, english).sections[0].notes
    assert any(answers[out].reason in note for note in notes)


def test_a_figure_opens_the_panel_and_its_parts_lead_down_to_an_indicator(
    qtbot: QtBot, page: ResultsPage, place: Workplace
) -> None:
    QTest.mouseClick(page.figures.cards[INDEX].button, Qt.MouseButton.LeftButton)
    assert page.panel.isVisible()
    assert page.panel.key == TOTAL
    questionnaire = place.session.dossier.questionnaire
    page.panel.asked.emit(questionnaire.groups[0].id)
    indicator = questionnaire.dimensions[0].indicators[0]
    page.panel.asked.emit(indicator.id)
    assert indicator.code in words(page.panel)
    QTest.mouseClick(page.panel.up, Qt.MouseButton.LeftButton)
    assert page.panel.key == questionnaire.dimensions[0].id
    QTest.mouseClick(page.panel.answers, Qt.MouseButton.LeftButton)
    assert place.visits == [("questionnaire", indicator.id)]
    QTest.keyClick(page.panel.close_button, Qt.Key.Key_Escape)
    assert not page.panel.isVisible()


def test_the_table_holds_every_indicator_and_explains_by_enter(
    page: ResultsPage, place: Workplace
) -> None:
    page.show_target("numbers")
    results = place.session.derived.results
    model = page.numbers.model()
    assert isinstance(model, NumbersModel)
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal, model)
    assert [k for k in model.keys if k in results.scores.ratings] == list(results.scores.ratings)
    area = model.index(1, 0)
    page.numbers.setCurrentIndex(area)
    QTest.keyClick(page.numbers, Qt.Key.Key_Return)
    assert page.panel.key == area.data(KEY)


@pytest.mark.parametrize("ending", [".png", ".svg"])
def test_a_chart_is_saved_with_its_title_and_the_place_is_told(
    qtbot: QtBot, page: ResultsPage, place: Workplace, tmp_path: Path, ending: str
) -> None:
    place.dialogs.path = tmp_path / f"chart{ending}"
    page.save_chart()
    qtbot.waitUntil(lambda: bool(place.told), timeout=20_000)
    assert place.told[0].severity is Severity.SUCCESS
    assert str(place.dialogs.path) in place.told[0].text
    content = place.dialogs.path.read_bytes()
    if ending == ".svg":
        assert place.session.dossier.assessment.unit.name in content.decode()
    else:
        assert QImage.fromData(content).width() > 1000
    unit = place.session.dossier.assessment.unit.name
    assert place.dialogs.suggested[0].name.startswith(unit)


def test_the_presentation_shows_all_charts_one_by_one_and_ends_with_escape(
    qtbot: QtBot, page: ResultsPage, place: Workplace
) -> None:
    shown = page.presentation()
    assert shown is not None
    shown.resize(1600, 900)
    shown.show()
    seen: list[str] = []
    for _ in range(4):
        with qtbot.waitSignal(shown._painter.painted, timeout=20_000) as painted:
            if seen:
                QTest.keyClick(shown, Qt.Key.Key_Right)
        assert painted.args is not None
        seen.append(painted.args[0].kind)
    assert seen == ["dimensions", "radar", "heatmap", "gaps"]
    assert_accessible(shown)
    with qtbot.waitSignal(shown.destroyed):
        QTest.keyClick(shown, Qt.Key.Key_Escape)


@pytest.mark.parametrize("code", ["pl", "en"])
@pytest.mark.parametrize("width", [984, 1180])
def test_every_explanation_fits_its_panel(
    page: ResultsPage, place: Workplace, code: str, width: int
) -> None:
    page.resize(width, 600)
    page.retranslate(language_of(code))
    results = place.session.derived.results
    for key in [*results.scores.nodes, *list(results.scores.ratings)[:4]]:
        page.explain(key)
        for section in page.panel.findChildren(Collapsible):
            section.set_open(True)
        QApplication.processEvents()
        body, area = page.panel.body, page.panel.area
        assert body.minimumSizeHint().width() <= area.viewport().width(), key


@pytest.mark.parametrize(("scale", "size"), [(100, QSize(900, 560)), (200, QSize(940, 560))])
def test_nothing_is_cut_and_everything_is_named(
    qtbot: QtBot, page: ResultsPage, appearance: Appearance, scale: int, size: QSize
) -> None:
    appearance.choose_text_scale(scale)
    page.apply_theme(Theme.of("light", scale))
    page.resize(size)
    settle(qtbot, page, "dimensions")
    qtbot.waitUntil(lambda: not faults(page))
    page.explain(TOTAL, ATTAINED)
    qtbot.waitUntil(lambda: not faults(page))
    page.retranslate(language_of("pl"))
    assert_accessible(page)
