"""The plan page on a real database: what an official does there, and what must never happen."""

from collections.abc import Iterator
from dataclasses import fields, replace
from decimal import Decimal
from pathlib import Path
from time import perf_counter
from typing import Any

import pytest
from PySide6.QtCore import QAbstractItemModel, QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from sat_desktop.domain.answers import Answer, choose_level
from sat_desktop.domain.assessment import Unit
from sat_desktop.domain.history import Item
from sat_desktop.domain.kinds import ANSWER
from sat_desktop.domain.plan import (
    Action,
    CostLine,
    Goal,
    Measure,
    MoneySource,
    Risk,
    Status,
    Undertaking,
)
from sat_desktop.domain.questionnaire import UnitKind
from sat_desktop.runtime.i18n import language_of
from sat_desktop.services.assessments import create_assessment
from sat_desktop.services.changes import record
from sat_desktop.services.dossier import open_dossier
from sat_desktop.services.planning import move, put, remove, set_head
from sat_desktop.services.ports import Workspace
from sat_desktop.ui.appearance import Appearance
from sat_desktop.ui.dialogs import Dialogs
from sat_desktop.ui.gateway import Gateway
from sat_desktop.ui.messages import Message, Messages
from sat_desktop.ui.models.plan_tree import CHECK, COST, PlanTreeModel
from sat_desktop.ui.pages.page import PageContext
from sat_desktop.ui.pages.plan import PlanPage
from sat_desktop.ui.pages.plan.editors import (
    ActionEditor,
    GoalEditor,
    SettingsEditor,
    UndertakingEditor,
)
from sat_desktop.ui.pages.plan.fields import Marked
from sat_desktop.ui.pages.plan.views import CheckView, MoneyView, ProjectionView, RisksView
from sat_desktop.ui.session import AssessmentSession
from sat_desktop.ui.tasks import Tasks
from sat_desktop.ui.theme import Theme
from sat_desktop.workspace import open_workspace
from ui.inspection import assert_accessible, cut_words, overlaps


class Answering(Dialogs):
    """Dialogs that answer by themselves and remember what they were asked."""

    def __init__(self, appearance: Appearance) -> None:
        super().__init__(appearance, lambda: None)
        self.asked: list[str] = []
        self.yes = True

    def confirm(self, title: str, text: str, *_: Any, **__: Any) -> bool:
        self.asked.append(f"{title} {text}")
        return self.yes


class World:
    """A page with everything around it."""

    def __init__(self, appearance: Appearance, tasks: Tasks, workspace: Workspace) -> None:
        self.session = AssessmentSession()
        self.workspace = workspace
        self.dialogs = Answering(appearance)
        self.went: list[tuple[str, str]] = []
        self.told: list[Message] = []
        messages = Messages()
        messages.listen(self.told.append)
        context = PageContext(
            appearance.theme,
            appearance.language,
            self.dialogs,
            messages,
            tasks,
            lambda page, target: self.went.append((page, target)),
        )
        nothing: dict[str, Any] = {field.name: None for field in fields(Gateway)}
        self.page = PlanPage(context, self.session, Gateway(**nothing))
        self.page.resize(1240, 860)

    def open(self, *, rated: bool = True) -> None:
        unit = Unit("Testowo", UnitKind.GMINA, "1465011")
        made = create_assessment(self.workspace, unit, "sat-pl@1.0.0", "2026", "pl", "Anna")
        dossier = open_dossier(self.workspace, made.id)
        if rated:
            values: dict[Item, object | None] = {
                ANSWER.item(key, dossier.agreed.id): choose_level(Answer(), indicator, 1)
                for key, indicator in dossier.questionnaire.indicators.items()
            }
            record(self.workspace, dossier, "import", values)
        self.session.open(self.workspace, made.id)
        self.page.refresh()

    def plan_something(self) -> None:
        """One goal, one action, two undertakings."""
        self.session.run(
            put,
            Goal("g", "Goal"),
            Action("a", "g", "Action"),
            Undertaking("u", "a", "First work", start="2027-01", end="2027-12"),
            Undertaking("v", "a", "Second work", position=1),
        )
        self.page.session.recompute()

    def work(self, key: str = "u") -> Undertaking:
        return next(u for u in self.session.derived.plan.undertakings if u.id == key)

    def edit(self, key: str = "u") -> UndertakingEditor:
        self.page.show_target(key)
        editor = self.page.workshop.editor
        assert isinstance(editor, UndertakingEditor)
        return editor

    def revisions(self) -> int:
        with self.workspace.store.begin() as unit:
            return len(unit.history.all(self.session.dossier.assessment.id))


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    made = open_workspace(str(tmp_path / "workspace.db"))
    yield made
    made.store.close()


@pytest.fixture
def world(qtbot: QtBot, appearance: Appearance, tasks: Tasks, workspace: Workspace) -> World:
    made = World(appearance, tasks, workspace)
    qtbot.addWidget(made.page)
    made.page.show()
    return made


@pytest.fixture
def planned(world: World) -> World:
    world.open()
    world.plan_something()
    return world


def shown(model: QAbstractItemModel, parent: QModelIndex | None = None) -> list[str]:
    """All titles of a tree, from the top."""
    found = []
    above = parent if parent is not None else QModelIndex()
    for row in range(model.rowCount(above)):
        index = model.index(row, 0, above)
        found += [str(index.data()), *shown(model, index)]
    return found


def tree(world: World) -> list[str]:
    return shown(world.page.workshop.outline.model)


# Before there is a plan


def test_without_an_assessment_the_page_leads_to_the_start(world: World) -> None:
    world.page.empty.button.click()
    assert world.went == [("start", "")]


def test_an_empty_plan_offers_a_draft_from_the_gaps(world: World) -> None:
    world.open()
    assert world.page.empty.isVisible()
    world.page.empty.button.click()
    plan = world.session.derived.plan
    assert len(plan.undertakings) == len(world.session.derived.results.questionnaire.indicators)
    assert not world.page.empty.isVisible()
    assert len(tree(world)) == len(plan.goals) + len(plan.actions) + len(plan.undertakings)
    # Goals are worded in the language of the assessment, not of the window.
    titles = language_of("pl").t("Higher maturity: {name}", name="").strip()
    assert plan.goals[0].title.startswith(titles)
    assert "Ctrl+Z" in world.told[-1].text


def test_a_draft_is_taken_back_as_one(world: World) -> None:
    world.open()
    world.page.draft_from_gaps()
    world.session.undo()
    assert not world.session.derived.plan.undertakings
    assert world.page.empty.isVisible()


def test_without_gaps_the_user_is_told_that_nothing_was_drafted(world: World) -> None:
    world.open(rated=False)
    world.page.draft_from_gaps()
    assert "no open gap" in world.told[-1].text


# The heading


def test_the_heading_says_years_number_cost_and_what_is_reached(planned: World) -> None:
    closes = frozenset(
        c
        for i in planned.session.derived.results.questionnaire.indicators.values()
        for c in i.criteria_by_level[1]
    )
    planned.session.run(
        put, replace(planned.work(), costs=(CostLine(2027, "own", 12_345_67),), closes=closes)
    )
    planned.page.session.recompute()
    words = " ".join(
        w.text() for w in planned.page.heading.findChildren(type(planned.page.workshop._remarks))
    )
    assert "2027–2030" in words
    assert "2 undertakings" in words
    assert "12,345.67" in words
    assert "33% → 67%" in words


# The tree


def test_insert_adds_a_neighbour_right_behind_and_the_keyboard_goes_to_its_title(
    qtbot: QtBot, planned: World
) -> None:
    planned.edit("u")
    outline = planned.page.workshop.outline
    QTest.keyClick(outline.tree, Qt.Key.Key_Insert)
    order = [u.title for u in planned.session.derived.plan.undertakings_of("a")]
    assert order == ["First work", "", "Second work"]
    editor = planned.page.workshop.editor
    assert isinstance(editor, UndertakingEditor)
    qtbot.waitUntil(lambda: QApplication.focusWidget() is editor.title)
    QTest.keyClicks(editor.title, "New work")
    QTest.keyClick(editor.title, Qt.Key.Key_Return)
    assert "1.1.2 New work" in tree(planned)
    assert "1.1.3 Second work" in tree(planned)


def test_shift_insert_adds_below(qtbot: QtBot, planned: World) -> None:
    planned.page.show_target("g")
    outline = planned.page.workshop.outline
    QTest.keyClick(outline.tree, Qt.Key.Key_Insert, Qt.KeyboardModifier.ShiftModifier)
    assert len(planned.session.derived.plan.actions_of("g")) == 2
    assert isinstance(planned.page.workshop.editor, ActionEditor)


def test_the_buttons_know_what_can_be_added_where(planned: World) -> None:
    outline = planned.page.workshop.outline
    planned.page.show_target("g")
    enabled = {name: button.isEnabled() for name, button in outline._buttons.items()}
    assert enabled == {"goal": True, "action": True, "undertaking": False, "remove": True}
    planned.page.show_target("v")
    outline._buttons["action"].click()
    assert len(planned.session.derived.plan.actions_of("g")) == 2


def test_delete_asks_how_many_parts_go_and_can_be_undone(qtbot: QtBot, planned: World) -> None:
    planned.session.run(put, Risk("r", "Late", undertaking="u"))
    planned.page.show_target("g")
    outline = planned.page.workshop.outline
    QTest.keyClick(outline.tree, Qt.Key.Key_Delete)
    assert "5 parts" in planned.dialogs.asked[0]
    assert not planned.session.derived.plan.goals
    planned.session.undo()
    assert tree(planned) == ["1 Goal", "1.1 Action", "1.1.1 First work", "1.1.2 Second work"]
    assert planned.session.derived.plan.risks


def test_nothing_goes_when_the_user_thinks_better_of_it(qtbot: QtBot, planned: World) -> None:
    planned.dialogs.yes = False
    planned.page.show_target("u")
    QTest.keyClick(planned.page.workshop.outline.tree, Qt.Key.Key_Delete)
    assert planned.work().title == "First work"


def test_after_deleting_the_neighbour_is_chosen(qtbot: QtBot, planned: World) -> None:
    editor = planned.edit("u")
    QTest.keyClick(planned.page.workshop.outline.tree, Qt.Key.Key_Delete)
    assert editor.part == planned.work("v")


def test_alt_and_arrows_move_and_keep_the_choice(qtbot: QtBot, planned: World) -> None:
    planned.edit("u")
    outline = planned.page.workshop.outline
    QTest.keyClick(outline.tree, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert [u.id for u in planned.session.derived.plan.undertakings] == ["v", "u"]
    assert outline.current == planned.work("u")
    assert tree(planned)[2:] == ["1.1.1 Second work", "1.1.2 First work"]
    QTest.keyClick(outline.tree, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert [u.id for u in planned.session.derived.plan.undertakings] == ["u", "v"]


def test_parts_that_lack_something_are_marked_and_say_what(planned: World) -> None:
    model = planned.page.workshop.outline.model
    index = model.index_of("v")
    assert int(index.siblingAtColumn(CHECK).data()) > 0
    assert "nobody is named as responsible" in index.data(Qt.ItemDataRole.ToolTipRole)
    goal = model.index_of("g").siblingAtColumn(CHECK)
    assert int(goal.data()) > int(index.siblingAtColumn(CHECK).data())
    assert goal.data(Qt.ItemDataRole.DecorationRole) is not None


def test_titles_that_look_like_markup_are_shown_as_typed(planned: World) -> None:
    planned.session.run(put, replace(planned.work(), title="<b>A & B</b>"))
    index = planned.page.workshop.outline.model.index_of("u")
    assert "<b>A & B</b>" in index.data()
    assert "&lt;b&gt;A &amp; B" in index.data(Qt.ItemDataRole.ToolTipRole)


def test_costs_add_up_from_undertakings_to_goals(planned: World) -> None:
    planned.session.run(
        put,
        replace(planned.work("u"), costs=(CostLine(2027, "own", 100_01),)),
        replace(planned.work("v"), costs=(CostLine(2027, "eu", 200_02),)),
    )
    model = planned.page.workshop.outline.model
    for part in ("g", "a"):
        assert model.index_of(part).siblingAtColumn(COST).data() == "PLN\u00a0300.03"
    planned.session.run(put, replace(planned.work("v"), status=Status.CANCELLED))
    assert model.index_of("g").siblingAtColumn(COST).data() == "PLN\u00a0100.01"


def test_the_model_keeps_the_rules_of_models_while_the_plan_changes(planned: World) -> None:
    model = planned.page.workshop.outline.model
    mode = QAbstractItemModelTester.FailureReportingMode.Fatal
    tester = QAbstractItemModelTester(model, mode)
    session = planned.session
    session.run(put, Goal("h", "Other", position=1), Action("b", "h", "Its action", position=1))
    session.run(put, replace(planned.work("v"), action="b"))
    assert tree(planned) == [
        "1 Goal", "1.1 Action", "1.1.1 First work", "2 Other", "2.1 Its action", "2.1.1 Second work",
    ]  # fmt: skip
    session.run(move, Goal("h", "Other", position=1), -1)
    assert tree(planned)[0] == "1 Other"
    session.run(remove, Goal("h", "Other"))
    assert tree(planned) == ["1 Goal", "1.1 Action", "1.1.1 First work"]
    session.undo()
    assert "1.1.1 Second work" in tree(planned)
    tester.deleteLater()


def test_a_change_of_one_title_is_told_of_one_row(planned: World) -> None:
    model = planned.page.workshop.outline.model
    told: list[tuple[str, str]] = []
    model.dataChanged.connect(lambda a, b: told.append((a.data(), b.siblingAtColumn(0).data())))
    reset: list[bool] = []
    model.modelReset.connect(lambda: reset.append(True))
    planned.session.run(put, replace(planned.work(), title="Renamed"))
    assert set(told) == {("1.1.1 Renamed", "1.1.1 Renamed")}
    assert not reset


def test_300_undertakings_stay_fluid(planned: World) -> None:
    works = [Undertaking(f"w{n}", "a", f"Work {n}", position=n + 2) for n in range(300)]
    planned.session.run(put, *works)
    editor = planned.edit("w150")
    begin = perf_counter()
    for n in range(5):
        editor.title.setText(f"Title {n}")
        editor.title.flush()
    assert (perf_counter() - begin) / 5 < 0.25, "a change must not keep the window waiting"
    assert planned.work("w150").title == "Title 4"


# Editing


def test_a_field_is_saved_once_when_it_is_left(qtbot: QtBot, planned: World) -> None:
    editor = planned.edit()
    before = planned.revisions()
    editor.title.setFocus()
    editor.title.selectAll()
    QTest.keyClicks(editor.title, "Better name")
    assert planned.work().title == "First work"
    editor.description.setFocus()
    assert planned.work().title == "Better name"
    QTest.keyClicks(editor.description, "What we do")
    editor.title.setFocus()
    editor.description.setFocus()
    assert planned.work().description == "What we do"
    assert planned.revisions() == before + 2


def test_a_pause_of_typing_saves_without_moving_the_cursor(qtbot: QtBot, planned: World) -> None:
    editor = planned.edit()
    editor.title.setFocus()
    editor.title.setCursorPosition(0)
    QTest.keyClicks(editor.title, "Our ")
    editor.title._pause.setInterval(1)
    editor.title._pause.start()
    qtbot.waitUntil(lambda: planned.work().title == "Our First work")
    assert editor.title.cursorPosition() == 4


def test_what_is_being_typed_is_kept_when_another_part_is_chosen(
    qtbot: QtBot, planned: World
) -> None:
    editor = planned.edit("u")
    editor.title.setFocus()
    editor.title.end(False)
    QTest.keyClicks(editor.title, "!")
    planned.page.workshop.outline.choose("v")
    assert planned.work("u").title == "First work!"
    assert planned.work("v").title == "Second work"
    assert editor.title.text() == "Second work"


def test_what_is_being_typed_is_kept_when_the_page_is_left(qtbot: QtBot, planned: World) -> None:
    editor = planned.edit("u")
    editor.title.setFocus()
    editor.title.end(False)
    QTest.keyClicks(editor.title, "!")
    planned.page.hide()
    assert planned.work("u").title == "First work!"


def test_typing_never_brings_back_what_was_removed(qtbot: QtBot, planned: World) -> None:
    editor = planned.edit("u")
    editor.title.setFocus()
    editor.title.end(False)
    QTest.keyClicks(editor.title, "!")
    planned.session.run(remove, planned.work("u"))
    assert all(u.id != "u" for u in planned.session.derived.plan.undertakings)


def test_the_editor_follows_undo(qtbot: QtBot, planned: World) -> None:
    editor = planned.edit()
    editor.title.setText("Other")
    editor.title.flush()
    planned.session.undo()
    assert editor.title.text() == "First work"
    planned.session.redo()
    assert editor.title.text() == "Other"


def test_an_end_before_the_start_is_marked_and_changes_nothing(
    qtbot: QtBot, planned: World
) -> None:
    editor = planned.edit()
    before = planned.revisions()
    editor.end.setText("2026-05")
    editor.end.editingFinished.emit()
    assert planned.work().end == "2027-12"
    assert planned.revisions() == before
    assert editor.end.property("state") == "invalid"
    assert editor.end.accessibleDescription()
    # The start moves, and with it the end is right.
    editor.start.setText("2026-01")
    editor.start.editingFinished.emit()
    assert (planned.work().start, planned.work().end) == ("2026-01", "2026-05")
    assert editor.end.property("state") != "invalid"


def test_a_month_that_is_none_is_explained_below_the_field(qtbot: QtBot, planned: World) -> None:
    editor = planned.edit()
    editor.start.setFocus()
    editor.start.clear()
    QTest.keyClicks(editor.start, "soon")
    editor.title.setFocus()
    assert planned.work().start == "2027-01"
    marked = editor.start.parentWidget()
    assert isinstance(marked, Marked)
    sentence = marked._sentence
    assert sentence.isVisible()
    assert "2027-03" in sentence.text()


def test_status_is_taken_at_once_and_the_wheel_never_changes_it(planned: World) -> None:
    editor = planned.edit()
    editor.status.setCurrentIndex(2)
    editor.status.activated.emit(2)
    assert planned.work().status is Status.DONE


def test_costs_are_exact_to_the_grosz_and_summed_beside(qtbot: QtBot, planned: World) -> None:
    planned.session.run(
        set_head,
        replace(planned.session.derived.plan.head, sources=(MoneySource("p", "Sprawny Urząd"),)),
    )
    editor = planned.edit()
    editor.costs.add.button.click()
    row = editor.costs.rows.rows[0]
    row.amount.setText("1 234,56")
    row.amount.editingFinished.emit()
    editor.costs.add.button.click()
    second = editor.costs.rows.rows[1]
    second.amount.setText("0,44")
    second.amount.editingFinished.emit()
    assert [second.source.itemText(k) for k in range(second.source.count())][-1] == "Sprawny Urząd"
    second.source.setCurrentIndex(5)
    second.source.activated.emit(5)
    assert planned.work().costs == (CostLine(2027, "own", 123_456), CostLine(2028, "p", 44))
    assert "1,235.00" in editor.costs.total.text()
    second.removed.emit()
    assert planned.work().costs == (CostLine(2027, "own", 123_456),)
    row.amount.setText("much")
    row.amount.editingFinished.emit()
    assert planned.work().costs == (CostLine(2027, "own", 123_456),)


def test_measures_keep_exact_numbers_by_year(planned: World) -> None:
    editor = planned.edit()
    editor.measures.add.button.click()
    row = editor.measures.rows.rows[0]
    row.name.setText("Users")
    row.name.flush()
    for field, text in (
        (row.baseline, "12.50"), (row.baseline_year, "2025"), (row.planned[2028], "1 000"),
    ):  # fmt: skip
        field.setText(text)
        field.editingFinished.emit()
    assert planned.work().measures == (
        Measure("Users", "", Decimal("12.5"), 2025, ((2028, Decimal(1000)),)),
    )
    row.baseline_year.setText("25")
    row.baseline_year.editingFinished.emit()
    assert planned.work().measures[0].baseline_year == 2025
    assert row.baseline_year.property("state") == "invalid"


def test_criteria_are_chosen_from_those_that_are_open(planned: World) -> None:
    editor = planned.edit()
    closing = editor.closing
    closing.more.set_open(True)
    results = planned.session.derived.results
    met = {c for r in results.scores.ratings.values() for c in r.met}
    offered = {
        closing.model.item(r).child(c).data(Qt.ItemDataRole.UserRole)
        for r in range(closing.model.rowCount())
        for c in range(closing.model.item(r).rowCount())
    }
    every = {c for i in results.questionnaire.indicators.values() for c in i.criteria}
    assert offered == every - met
    first = closing.model.item(0).child(0)
    first.setCheckState(Qt.CheckState.Checked)
    key = first.data(Qt.ItemDataRole.UserRole)
    assert planned.work().closes == {key}
    closing.chosen.rows[0].row.box.click()
    assert planned.work().closes == frozenset()
    assert closing.model.item(0).child(0).checkState() == Qt.CheckState.Unchecked


def test_criteria_are_searched_without_accents(planned: World) -> None:
    closing = planned.edit().closing
    closing.more.set_open(True)
    indicator = list(planned.session.derived.results.questionnaire.indicators.values())[3]
    closing.search.setText(indicator.name.get("en").upper())
    seen = [
        closing.model.item(r).text()
        for r in range(closing.model.rowCount())
        if not closing.tree.isRowHidden(r, QModelIndex())
    ]
    assert any(indicator.name.get("en") in text for text in seen)
    assert len(seen) < closing.model.rowCount()


def test_risks_of_an_undertaking_are_parts_of_the_plan(planned: World) -> None:
    editor = planned.edit()
    editor.risks.add.button.click()
    card = editor.risks.cards[0]
    card.text.setPlainText("Nobody applies")
    card.text.flush()
    card.impact.activated.emit(2)
    (risk,) = planned.session.derived.plan.risks
    assert (risk.text, risk.impact, risk.undertaking) == ("Nobody applies", 3, "u")
    assert "6" in card.grade.text()


def test_an_undertaking_moves_under_another_action_and_stays_chosen(planned: World) -> None:
    planned.session.run(
        put, Goal("h", "Other", position=1), Action("b", "h", "Its action", position=1)
    )
    editor = planned.edit("u")
    assert editor.action.currentText() == "1.1 Action"
    editor.action.activated.emit(1)
    assert planned.work().action == "b"
    assert "2.1.1 First work" in tree(planned)
    assert planned.page.workshop.outline.current == planned.work()
    assert editor.part == planned.work()


def test_what_hangs_on_nothing_can_be_put_in_its_place(planned: World) -> None:
    planned.session.run(put, Undertaking("lost", "gone", "Lost work"))
    finding = next(
        f for f in planned.session.derived.findings if f.code == "undertaking-without-action"
    )
    planned.page.show_finding(finding)
    editor = planned.page.workshop.editor
    assert isinstance(editor, UndertakingEditor)
    assert editor.title.text() == "Lost work"
    editor.action.activated.emit(0)
    assert "1.1.1 Lost work" in tree(planned)


def test_a_goal_is_put_under_a_dimension(planned: World) -> None:
    planned.page.show_target("g")
    editor = planned.page.workshop.editor
    assert isinstance(editor, GoalEditor)
    assert editor.group.currentText() == "Free goal"
    editor.group.activated.emit(2)
    dimension = planned.session.derived.results.questionnaire.dimensions[1]
    assert planned.session.derived.plan.goals[0].group == dimension.id


def test_settings_refuse_years_and_dates_that_are_none(planned: World) -> None:
    planned.page.settings.click()
    editor = planned.page.workshop.editor
    assert isinstance(editor, SettingsEditor)
    editor.first_year.setValue(2035)
    editor.first_year.editingFinished.emit()
    assert planned.session.derived.plan.head.first_year == 2027
    editor.last_year.setValue(2038)
    editor.last_year.editingFinished.emit()
    head = planned.session.derived.plan.head
    assert (head.first_year, head.last_year) == (2035, 2038)
    editor.date.setText("2026-02-30")
    editor.date.flush()
    assert planned.session.derived.plan.head.date == ""
    assert editor.date.property("state") == "invalid"
    editor.add.button.click()
    editor.programmes.rows[0].name.setText("Sprawny Urząd")
    editor.programmes.rows[0].name.flush()
    assert [s.name for s in planned.session.derived.plan.head.sources] == ["Sprawny Urząd"]


# Other ways to look at it


def open_view(world: World, name: str) -> Any:
    world.page.show_target(name)
    return world.page._views[name]


def test_the_money_table_sums_rows_and_columns(planned: World) -> None:
    planned.session.run(
        put,
        replace(
            planned.work("u"), costs=(CostLine(2027, "own", 10_01), CostLine(2028, "eu", 5_00))
        ),
    )
    view = open_view(planned, "money")
    assert isinstance(view, MoneyView)
    rows = [line.cells for line in view.table.lines]
    pln = "PLN\u00a0{}".format
    assert rows[0] == ("2027", pln("10.01"), pln("0.00"), pln("10.01"))
    assert rows[-1] == ("Total", pln("10.01"), pln("5.00"), pln("15.01"))


def test_the_projection_table_has_every_node_now_each_year_and_wanted(planned: World) -> None:
    indicator = next(iter(planned.session.derived.results.questionnaire.indicators.values()))
    planned.session.run(put, replace(planned.work("u"), closes=indicator.criteria_by_level[1]))
    view = open_view(planned, "projection")
    assert isinstance(view, ProjectionView)
    lines = view.table.lines
    keys = [line.key for line in lines]
    assert keys[0] == "total"
    assert set(keys[1:]) == set(planned.session.derived.results.questionnaire.nodes)
    assert len(lines[0].cells) == 1 + 1 + 4 + 1
    group = planned.session.derived.results.questionnaire.group_of[indicator.id]
    cells = lines[keys.index(group)].cells
    assert cells[1] != cells[2]
    assert cells[2] == cells[5]


def test_a_view_follows_the_plan_while_it_is_open(planned: World) -> None:
    view = open_view(planned, "money")
    planned.session.run(put, replace(planned.work("u"), costs=(CostLine(2029, "own", 7_00),)))
    assert view.table.lines[-1].cells[-1] == "PLN\u00a07.00"


def test_pictures_are_drawn_and_lead_to_the_undertaking(qtbot: QtBot, planned: World) -> None:
    view = open_view(planned, "schedule")
    qtbot.waitUntil(lambda: view.chart.painter.chart is not None, timeout=30_000)
    regions = [region.id for region in view.chart.painter.chart.regions]
    assert "u" in regions
    view.chart.view.clicked.emit("v")
    assert planned.page.tabs.currentIndex() == 0
    assert planned.page.workshop.editor.part == planned.work("v")


def test_all_risks_stand_together_and_may_concern_the_whole_plan(planned: World) -> None:
    planned.session.run(put, Risk("r", "Late", undertaking="u"))
    view = open_view(planned, "risks")
    assert isinstance(view, RisksView)
    (card,) = view.list.cards
    assert card.owner is not None
    assert card.owner.currentText() == "First work"
    card.owner.activated.emit(0)
    assert planned.session.derived.plan.risks[0].undertaking is None


def test_a_finding_leads_to_the_field_or_to_the_answer(planned: World) -> None:
    view = open_view(planned, "check")
    assert isinstance(view, CheckView)
    sentences = [line.cells[1] for line in view.table.lines]
    place = next(k for k, s in enumerate(sentences) if s.startswith("“Second work”: nobody"))
    view.table.taken.emit(str(place))
    assert planned.page.workshop.editor.part == planned.work("v")
    gap = next(f for f in planned.session.derived.findings if f.code == "gap-open")
    planned.page.show_finding(gap)
    assert planned.went == [("questionnaire", gap.item)]
    risks = next(f for f in planned.session.derived.findings if f.code == "risks-missing")
    planned.page.show_finding(risks)
    assert planned.page.tabs.tabData(planned.page.tabs.currentIndex()) == "risks"


def test_enter_on_a_finding_leads_there_too(qtbot: QtBot, planned: World) -> None:
    view = open_view(planned, "check")
    view.table.setCurrentIndex(view.table.model().index(0, 0))
    QTest.keyClick(view.table, Qt.Key.Key_Return)
    assert planned.went or planned.page.tabs.currentIndex() == 0


# Another assessment, another language, another size


def test_another_assessment_replaces_everything(planned: World) -> None:
    planned.open()
    assert planned.page.empty.isVisible()
    assert not tree(planned)
    planned.session.close()
    assert "assessment first" in planned.page.empty._sentence.text()


def test_the_page_speaks_another_language_while_it_is_open(planned: World) -> None:
    editor = planned.edit()
    for name in ("schedule", "money", "projection", "risks", "check", "tree"):
        planned.page.show_target(name)
    planned.page.retranslate(language_of("pl"))
    assert editor.title.text() == "First work"
    assert "zł" in editor.costs.total.text()
    planned.page.retranslate(language_of("en"))
    assert editor.title.accessibleName() == "Title"


@pytest.mark.parametrize("scale", [100, 200])
@pytest.mark.parametrize("target", ["u", "g", "a", "settings", "risks", "check", "money"])
def test_everything_has_a_name_and_nothing_is_cut(
    qtbot: QtBot, appearance: Appearance, planned: World, target: str, scale: int
) -> None:
    planned.session.run(
        put,
        replace(
            planned.work(),
            costs=(CostLine(2027, "own", 123_456_78),),
            measures=(Measure("Users"),),
        ),
        Risk("r", "Late", undertaking="u"),
    )
    planned.page.show_target(target)
    if scale != 100:
        appearance.choose_text_scale(scale)
        planned.page.apply_theme(Theme.of("light", scale))
    planned.page.resize(1180, 700)
    QApplication.processEvents()
    QApplication.processEvents()
    assert_accessible(planned.page)
    assert not cut_words(planned.page)
    assert not overlaps(planned.page)


def test_the_model_says_nothing_of_places_that_are_gone(
    world: World, appearance: Appearance
) -> None:
    world.open()
    world.plan_something()
    model: PlanTreeModel = world.page.workshop.outline.model
    gone = model.index_of("v")
    world.session.run(remove, world.work("v"))
    assert model.data(gone) is None
    assert model.part(gone) is None
