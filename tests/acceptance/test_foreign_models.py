"""Other maturity models than SAT are data: the whole flow with two of another shape, no code changed.

Four levels over one tier, five over three. What they call their parts and levels is what is seen
everywhere, and no word or number of SAT stands in for it.
"""

import csv
import io
import json
import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from fractions import Fraction
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import page as validation
import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QTreeView, QWidget
from pytestqt.qtbot import QtBot

from command_line import CommandLine
from foreign_models import DAY, LIBRARY, MODELS, PRACTICE, ForeignModel, answered, plan_of, planned
from sat_desktop.charts.catalogue import CHARTS
from sat_desktop.charts.chart import ChartInput
from sat_desktop.charts.look import Look
from sat_desktop.charts.rendering import render_png, render_svg
from sat_desktop.domain.answers import State
from sat_desktop.domain.questionnaire import UnitKind
from sat_desktop.domain.scores import level_of
from sat_desktop.formats.questionnaire_check import check_edition
from sat_desktop.formats.results_json import describe_results, dump
from sat_desktop.reporting.plan_pdf import write_plan_pdf
from sat_desktop.reporting.reading import read_structure
from sat_desktop.runtime.i18n import language_of
from sat_desktop.runtime.palette import palette
from sat_desktop.services.derived import Derived
from sat_desktop.ui.pages.plan import PlanPage
from sat_desktop.ui.pages.results import ResultsPage
from sat_desktop.ui.pages.results.numbers import KEY
from sat_desktop.ui.pages.results.page import NUMBERS
from ui.office import Office, open_office

each_model = pytest.mark.parametrize("model", MODELS, ids=lambda m: m.edition)
each_language = pytest.mark.parametrize("code", ["pl", "en"])


def assert_own_words(model: ForeignModel, text: str) -> None:
    """Fail where a word of SAT is used of a model that has none such."""
    for word in model.plain:
        assert re.findall(f".{{0,60}}{word}.{{0,30}}", text, re.IGNORECASE) == [], word


# The files


@each_model
def test_the_text_is_a_finished_one(model: ForeignModel) -> None:
    assert check_edition(model.folder, strict=True) == []
    questionnaire = model.questionnaire()
    assert set(model.levels) == set(questionnaire.indicators)


# Answering


def by_level(model: ForeignModel, path: Path) -> Path:
    rows = [f"{key};{level}" for key, level in model.levels.items()]
    path.write_text("\n".join(["indicator;level", *rows]), encoding="utf-8")
    return path


def by_criteria(model: ForeignModel, path: Path) -> Path:
    indicators = model.questionnaire().indicators
    given = {
        key: {"met": sorted(indicators[key].criteria_up_to(level))}
        for key, level in model.levels.items()
    }
    path.write_text(json.dumps(given), encoding="utf-8")
    return path


def begin(sat: CommandLine, model: ForeignModel) -> None:
    sat.ok("questionnaire", "import", model.folder)
    sat.ok(
        "assessment", "create", "--unit", "Gmina Wierzbno", "--kind", "gmina", "--teryt", "1433082",
        "--questionnaire", model.edition, "--period", "2026",
    )  # fmt: skip


@each_model
def test_all_ways_of_answering_give_the_numbers_worked_out_by_hand(
    model: ForeignModel, sat: CommandLine, tmp_path: Path
) -> None:
    begin(sat, model)
    results = []
    for file in (
        by_level(model, tmp_path / "answers.csv"),
        by_criteria(model, tmp_path / "answers.json"),
    ):
        sat.ok("answers", "import", "last", file)
        results.append(json.loads(sat.ok("results", "last", "--json")))
        # Back to nothing, so that the second file has all to say again.
        away = tmp_path / f"away-{file.name}.json"
        away.write_text(json.dumps({k: {"not_applicable": "x"} for k in model.levels}))
        sat.ok("answers", "import", "last", away)
    _, dossier = answered(model, "pl")
    found = Derived(dossier).results
    direct = json.loads(
        dump(describe_results(found.questionnaire, found.scores, found.gaps, found.consensus))
    )
    # The use case was asked by two members besides, the files were not.
    for one in (*results, direct):
        one.pop("consensus")
        assert not one.pop("conflicts", [])
    assert results == [direct, direct]
    assert direct["questionnaire"]["levels"] == model.questionnaire().n
    for key, index in model.index.items():
        assert Fraction(direct["nodes"][key]["index"]["exact"]) == index, key
    assert direct["nodes"]["total"]["attained"] == model.attained
    assert {k: i["level"] for k, i in direct["indicators"].items()} == dict(model.levels)


@each_model
@pytest.mark.parametrize("ending", ["csv", "json"])
def test_answers_travel_in_files(
    model: ForeignModel, sat: CommandLine, tmp_path: Path, ending: str
) -> None:
    begin(sat, model)
    sat.ok("answers", "import", "last", by_level(model, tmp_path / "given.csv"))
    before = sat.ok("results", "last", "--json")
    out = tmp_path / f"out.{ending}"
    sat.ok("answers", "export", "last", "--out", out)
    begin(sat, model)
    sat.ok("answers", "import", "last", out)
    assert sat.ok("results", "last", "--json") == before


@each_model
def test_a_level_above_the_scale_is_refused_with_its_end(
    model: ForeignModel, sat: CommandLine, tmp_path: Path
) -> None:
    begin(sat, model)
    n = model.questionnaire().n
    path = tmp_path / "high.csv"
    path.write_text(f"indicator;level\n{next(iter(model.levels))};{n + 1}\n", encoding="utf-8")
    assert f"{n}" in sat.refused("answers", "import", "last", path)


# Pictures


@each_model
@each_language
@pytest.mark.parametrize("kind", CHARTS)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_chart_speaks_of_the_model(
    model: ForeignModel, code: str, kind: str, scheme: str
) -> None:
    document = plan_of(model, code)
    chart = CHARTS[kind](ChartInput.of(document), Look(palette(scheme)), language_of(code))
    svg = render_svg(chart, code).decode("utf-8")
    assert len(render_png(chart)) > 2_000
    assert chart.table.rows
    words = " ".join(
        [chart.title, chart.alternative, *chart.table.header, *sum(chart.table.rows, ())]
    )
    assert_own_words(model, f"{words} {svg}")
    questionnaire = document.questionnaire
    tiers = [tier.name.get(code).capitalize() for tier in questionnaire.tiers]
    if kind in {"dimensions", "radar", "heatmap", "gaps"}:
        assert tiers[-1] in chart.table.header
    if kind == "projection":
        assert chart.table.header[0] == tiers[0]
    if kind == "heatmap":
        for level in range(questionnaire.n + 1):
            assert questionnaire.level_name(level).get(code) in svg
    if kind == "consensus":
        assert [h for h in chart.table.header if h.isdecimal()] == [
            str(level) for level in range(questionnaire.n + 1)
        ]


def test_two_topics_make_no_radar_and_the_picture_says_so() -> None:
    chart = CHARTS["radar"](ChartInput.of(plan_of(LIBRARY, "en")), Look(), language_of("en"))
    assert chart.title == "Profile as bars (a radar needs 3 to 14 axes)"


# Documents and data


@pytest.fixture(scope="module", params=[(m, c) for m in MODELS for c in ("pl", "en")], ids=str)
def written(request: pytest.FixtureRequest) -> tuple[ForeignModel, str, bytes]:
    model, code = request.param
    return model, code, write_plan_pdf(plan_of(model, code))


def test_the_plan_is_a_valid_document(written: tuple[ForeignModel, str, bytes]) -> None:
    for profile in ("ua1", "2a"):
        report = validation.validate_pdf_bytes(written[2], profile=profile)
        assert report.is_compliant, [str(failure) for failure in report.failures]


@pytest.mark.verapdf
@pytest.mark.timeout(600)
def test_the_reference_validator_accepts_the_plan(
    written: tuple[ForeignModel, str, bytes], tmp_path: Path, validate: Callable[[Path], int]
) -> None:
    path = tmp_path / "plan.pdf"
    path.write_bytes(written[2])
    assert validate(path) == 0


def test_the_plan_names_parts_and_levels_as_the_model_does(
    written: tuple[ForeignModel, str, bytes],
) -> None:
    model, code, content = written
    root = read_structure(io.BytesIO(content))
    words = " ".join(root.read().split())
    alternatives = " ".join(figure.alt for figure in root.find("Figure"))
    assert_own_words(model, f"{words} {alternatives}")
    questionnaire = model.questionnaire()
    assert len(root.find("H1")) == 12
    assert questionnaire.name.get(code) in words
    for level in range(questionnaire.n + 1):
        assert questionnaire.level_name(level).get(code) in words
    heads = [head.read().strip() for head in root.find("TH")]
    tiers = [tier.name.get(code) for tier in questionnaire.tiers]
    assert heads.count(", ".join(tiers).capitalize()) >= 2  # results, and where the plan leads
    plurals = [tier.plural.get(code) for tier in questionnaire.tiers if tier.plural]
    assert plurals[-1].capitalize() in heads  # of the team: what is assigned to whom
    captions = [" ".join(c.read().split()) for c in root.find("Caption")]
    assert sum(", ".join(plurals) in caption for caption in captions) >= 2
    for group in questionnaire.dimensions:
        if any(model.levels[i.id] < questionnaire.n for i in group.indicators):
            assert f"{tiers[-1].capitalize()}: {group.code} {group.name.get(code)}" in words
    for rule in questionnaire.rules:
        assert rule.text.get(code) in words


def test_a_plan_shows_no_chart_twice() -> None:
    """Where a radar would be bars, the bars are there already."""
    numbers = {}
    for model in MODELS:
        root = read_structure(io.BytesIO(write_plan_pdf(plan_of(model, "en"))))
        alternatives = [figure.alt for figure in root.find("Figure")]
        assert len(set(alternatives)) == len(alternatives) - (model is PRACTICE)
        numbers[model.edition] = len(alternatives)
    assert numbers[PRACTICE.edition] == numbers[LIBRARY.edition] + 1


@each_model
def test_the_draft_leads_by_the_steps_of_the_model(model: ForeignModel) -> None:
    document = plan_of(model, "pl")
    questionnaire = document.questionnaire
    steps = {
        level.step.title.get("pl")
        for key, indicator in questionnaire.indicators.items()
        for level in indicator.levels
        if level.step and level.level == model.levels[key] + 1
    }
    assert {row.undertaking.title for row in document.undertakings} == steps
    last = document.projection[document.plan.head.last_year]
    for key, level in model.levels.items():
        assert last.ratings[key].level == min(level + 1, questionnaire.n)


@each_model
def test_data_for_others_speak_of_the_model(
    model: ForeignModel, sat: CommandLine, tmp_path: Path
) -> None:
    begin(sat, model)
    sat.ok("answers", "import", "last", by_level(model, tmp_path / "given.csv"))
    sat.ok("plan", "draft", "last")
    for name in ("open.json", "open.csv", "plan.pdf"):
        sat.ok("export", "last", "--out", tmp_path / name)
    data = json.loads((tmp_path / "open.json").read_text(encoding="utf-8"))
    questionnaire = model.questionnaire()
    assert data["results"]["questionnaire"] == {
        "id": questionnaire.id,
        "version": questionnaire.version,
        "levels": questionnaire.n,
    }
    assert list(data["results"]["nodes"]) == ["total", *questionnaire.nodes]
    assert data["results"]["nodes"] == json.loads(sat.ok("results", "last", "--json"))["nodes"]
    groups = {goal["group"] for goal in data["plan"]["goals"]}
    assert groups <= {group.id for group in questionnaire.dimensions}
    with (tmp_path / "open.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream, delimiter=";"))
    assert {r["indicator"]: int(r["level"]) for r in rows} == dict(model.levels)
    assert [r["group"] for r in rows] == [questionnaire.group_of[r["indicator"]] for r in rows]
    assert (tmp_path / "plan.pdf").read_bytes().startswith(b"%PDF-")


def test_a_part_of_which_nothing_is_asked_stays_and_says_nothing() -> None:
    """No powiat is asked about risks, the only indicator of its practice and its process."""
    workspace, dossier = answered(PRACTICE, "en", UnitKind.POWIAT)
    document = Derived(planned(workspace, dossier)).document(DAY)
    assert document.scores.nodes["control"].index is None
    assert document.scores.nodes["doing"].index == Fraction(3, 5)
    content = write_plan_pdf(document)
    rows = [
        [c.read() for c in r.find("TH", "TD")]
        for r in read_structure(io.BytesIO(content)).find("TR")
    ]
    assert ["A2a Risk", "-", "-", "-", "-", "-"] in [[c.strip() for c in row] for row in rows]
    assert validation.validate_pdf_bytes(content, profile="ua1").is_compliant
    for kind in CHARTS:
        assert CHARTS[kind](ChartInput.of(document), Look(), language_of("en")).alternative


# The window


@contextmanager
def office_with(
    qtbot: QtBot, qapp: QApplication, folder: Path, model: ForeignModel, code: str
) -> Iterator[Office]:
    """Start the window on a workspace that has the model, and set an assessment by it up."""
    with open_office(qtbot, qapp, folder, code) as office:
        office.start.new_button.click()
        sheet = office.start._sheet
        assert sheet is not None
        combo: QComboBox = sheet.edition
        combo.setCurrentIndex(combo.findData(model.edition))
        QTest.keyClicks(sheet.name, "Gmina Wierzbno")
        QTest.keyClicks(sheet.teryt, "1433082")
        QTest.keyClick(sheet.period, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: office.start._sheet is None)
        office.window.activateWindow()
        qtbot.waitUntil(office.window.isActiveWindow)
        yield office


def shown_words(root: QWidget) -> str:
    """Everything that labels, boxes of choices, lists and their heads on a page say."""
    words = [label.text() for label in root.findChildren(QLabel)]
    for combo in root.findChildren(QComboBox):
        words += [combo.itemText(k) for k in range(combo.count())]
    for tree in root.findChildren(QTreeView):
        model = tree.model()
        words += [
            str(model.headerData(k, Qt.Orientation.Horizontal)) for k in range(model.columnCount())
        ]
        words += [str(index.data()) for index in rows_of(tree)]
    return " | ".join(words)


def rows_of(tree: QTreeView, parent: QModelIndex | None = None) -> Iterator[QModelIndex]:
    model, above = tree.model(), parent or QModelIndex()
    for row in range(model.rowCount(above)):
        index = model.index(row, 0, above)
        yield index
        yield from rows_of(tree, index)


def depth_of(index: QModelIndex) -> int:
    depth = 0
    while index.parent().isValid():
        index, depth = index.parent(), depth + 1
    return depth


@pytest.mark.qt_log_ignore(r"does not support (propagateSizeHints|raise)\(\)", extend=True)
@each_model
@each_language
def test_the_window_works_with_the_model_by_keyboard(
    model: ForeignModel,
    code: str,
    qtbot: QtBot,
    qapp: QApplication,
    sat: CommandLine,
) -> None:
    sat.ok("questionnaire", "import", model.folder)
    with office_with(qtbot, qapp, sat.workspace.parent, model, code) as office:
        answer_by_keyboard(office, model, code)
        look_at_results(office, model, code)
        draft_a_plan(office, model, code)
        qtbot.waitUntil(lambda: not office.shell.tasks.running, timeout=30_000)


def answer_by_keyboard(office: Office, model: ForeignModel, code: str) -> None:
    page, session = office.questionnaire, office.shell.session
    questionnaire = session.dossier.questionnaire
    n = questionnaire.n
    assert questionnaire.edition == model.edition
    # A row for every group and indicator, as deep as the model has tiers.
    rows = list(rows_of(page.side.tree))
    assert len(rows) == len(questionnaire.nodes) + len(questionnaire.indicators)
    assert max(map(depth_of, rows)) == len(questionnaire.tiers)
    filters = [page.side.filter.itemText(k) for k in range(page.side.filter.count())]
    assert questionnaire.below.get(code).capitalize() in filters
    for key, level in model.levels.items():
        assert page.key == key
        cards = page.view.cards.cards
        assert [card.radio.text().lower() for card in cards] == [
            questionnaire.level_name(k).get(code) for k in range(n + 1)
        ]
        # There is no level above the last one, whatever the keyboard has.
        office.press(Qt.Key(Qt.Key.Key_0 + n + 1))
        assert session.answer(key).state is State.UNANSWERED
        office.press(Qt.Key(Qt.Key.Key_0 + level))
        assert cards[level].radio.isChecked()
        assert level_of(questionnaire.indicators[key], session.answer(key).met) == level
        office.press(Qt.Key.Key_Right)
    assert page.side.model.progress() == (len(model.levels), len(model.levels))
    assert_own_words(model, shown_words(page))
    for rule in questionnaire.rules:
        page.go(rule.conditions[0].indicator)
        assert rule.text.get(code) in shown_words(page)


def look_at_results(office: Office, model: ForeignModel, code: str) -> None:
    office.press(Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    results, session = office.window.page("results"), office.shell.session
    assert isinstance(results, ResultsPage)
    assert session.derived.results.scores.total.index == model.index["total"]
    questionnaire = session.dossier.questionnaire
    # The table is worded when somebody looks at it.
    results.show_target(NUMBERS)
    words = shown_words(results)
    assert_own_words(model, words)
    assert language_of(code).percent(model.index["total"]) in words
    assert questionnaire.level_name(model.attained).get(code) in words
    tiers = ", ".join(tier.name.get(code) for tier in questionnaire.tiers)
    assert tiers.capitalize() in words
    plural = questionnaire.tiers[-1].plural
    assert plural is not None
    assert results.switch._buttons["dimensions"].text() == plural.get(code).capitalize()
    for rule in questionnaire.rules:
        assert rule.text.get(code) in words
    # The table is open down to the lowest groups, however many tiers stand above them.
    for index in rows_of(results.numbers):
        group = questionnaire.nodes.get(index.data(KEY))
        if group is not None:
            opened = bool(group.groups) or len(questionnaire.tiers) == 1
            assert results.numbers.isExpanded(index) is opened
    for key in ("total", *questionnaire.nodes, *questionnaire.indicators):
        results.explain(key)
        assert_own_words(model, shown_words(results))
    results.panel.close_button.click()


def draft_a_plan(office: Office, model: ForeignModel, code: str) -> None:
    office.press(Qt.Key.Key_4, Qt.KeyboardModifier.ControlModifier)
    plan, session = office.window.page("plan"), office.shell.session
    assert isinstance(plan, PlanPage)
    plan.draft.click()
    questionnaire = session.dossier.questionnaire
    gaps = sum(level < questionnaire.n for level in model.levels.values())
    assert len(session.derived.plan.undertakings) == gaps
    plan.show_target(session.derived.plan.goals[0].id)
    said = shown_words(plan)
    assert questionnaire.tiers[-1].name.get(code).capitalize() in said
    assert_own_words(model, said)
    for name in ("schedule", "money", "projection", "risks", "check"):
        plan.show_target(name)
        assert_own_words(model, shown_words(plan))
