"""Pictures of charts: drawn in a worker, for the newest wish, as high as they need."""

from collections.abc import Callable
from threading import Event

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from sat_desktop.charts.chart import Chart
from sat_desktop.charts.look import Look
from sat_desktop.charts.money import draw_money
from sat_desktop.domain.plan import (
    Action,
    CostLine,
    DevelopmentPlan,
    Goal,
    Plan,
    Undertaking,
)
from sat_desktop.runtime.i18n import Language, language_of
from sat_desktop.ui.chart_painter import PaintedChart
from sat_desktop.ui.theme import Theme

Draw = Callable[[Look, Language], Chart]


def plan(grosze: int) -> DevelopmentPlan:
    work = Undertaking("u", "a", "Work", costs=(CostLine(2027, "own", grosze),))
    return DevelopmentPlan(
        Plan(2027, 2028), {}, (Goal("g", "Goal"),), (Action("a", "g", "Action"),), (work,)
    )


def money(grosze: int) -> Draw:
    return lambda look, lang: draw_money(plan(grosze), look, lang)


@pytest.fixture
def panel(qtbot: QtBot, theme: Theme, lang: Language) -> PaintedChart:
    made = PaintedChart(theme, lang)
    qtbot.addWidget(made)
    made.resize(700, 500)
    return made


def test_the_picture_comes_with_its_words_and_table(qtbot: QtBot, panel: PaintedChart) -> None:
    panel.show_chart(money(12_345_00))
    with qtbot.waitSignal(panel.painter.painted):
        panel.show()
    chart = panel.painter.chart
    assert chart is not None
    assert panel.view.accessibleName() == "Cost of the plan by year and source"
    assert "12,345.00" in panel.view.accessibleDescription()
    picture = panel.view.grab().toImage()
    width, height = picture.width(), picture.height()
    seen = {
        picture.pixelColor(x, y).name() for x in range(0, width, 7) for y in range(0, height, 7)
    }
    assert len(seen) > 2


def test_nothing_is_drawn_before_somebody_looks(panel: PaintedChart) -> None:
    panel.show_chart(money(100))
    assert not panel.painter.is_drawing
    assert panel.painter.chart is None


def test_an_outdated_wish_never_replaces_a_newer_one(qtbot: QtBot, panel: PaintedChart) -> None:
    may_go_on = Event()

    def slow(look: Look, lang: Language) -> Chart:
        may_go_on.wait(20)
        return draw_money(plan(1_00), look, lang)

    shown: list[Chart] = []
    panel.painter.painted.connect(shown.append)
    panel.show()
    panel.show_chart(slow)
    panel.show_chart(money(999_00))
    may_go_on.set()
    qtbot.waitUntil(lambda: not panel.painter.is_drawing)
    assert ["999.00" in chart.alternative for chart in shown] == [True]


def test_language_and_theme_ask_for_another_picture(qtbot: QtBot, panel: PaintedChart) -> None:
    panel.show_chart(money(100))
    with qtbot.waitSignal(panel.painter.painted):
        panel.show()
    low = panel.view.height()
    with qtbot.waitSignal(panel.painter.painted):
        panel.retranslate(language_of("pl"))
    assert "zł" in panel.view.accessibleDescription()
    big = Theme.of("dark", 200)
    with qtbot.waitSignal(panel.painter.painted):
        panel.apply_theme(big)
        panel.view.apply_theme(big)
    assert panel.view.height() > low


def test_a_mistake_in_drawing_is_not_swallowed(qtbot: QtBot, panel: PaintedChart) -> None:
    def broken(_look: Look, _lang: Language) -> Chart:
        raise ZeroDivisionError

    panel.show_chart(broken)
    with qtbot.captureExceptions() as caught:
        panel.show()
        qtbot.waitUntil(lambda: bool(caught))
    assert caught[0][0] is ZeroDivisionError


def test_a_panel_may_go_while_its_picture_is_drawn(
    qtbot: QtBot, theme: Theme, lang: Language
) -> None:
    may_go_on, begun, ended = Event(), Event(), Event()

    def slow(look: Look, language: Language) -> Chart:
        begun.set()
        may_go_on.wait(20)
        made = draw_money(plan(1_00), look, language)
        ended.set()
        return made

    panel = PaintedChart(theme, lang)
    panel.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    panel.show_chart(slow)
    panel.show()
    qtbot.waitUntil(begun.is_set)
    with qtbot.waitSignal(panel.destroyed):
        panel.close()
    may_go_on.set()
    qtbot.waitUntil(ended.is_set)
