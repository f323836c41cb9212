"""Widgets by what they report and what they say to those who do not see them."""

import gc
import logging
import sys
import threading

import pytest
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QAccessible, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from sat_desktop.runtime.i18n import Language
from sat_desktop.ui.appearance import Appearance
from sat_desktop.ui.dialogs import Dialogs
from sat_desktop.ui.tasks import Progress, Tasks
from sat_desktop.ui.theme import Theme
from sat_desktop.ui.unexpected import UnexpectedErrors
from sat_desktop.ui.widgets.chart_view import ChartPanel, ChartPlace, ChartView
from sat_desktop.ui.widgets.containers import FlowLayout, ScrollColumn
from sat_desktop.ui.widgets.inputs import MoneyEdit, MonthEdit, parse_grosze, parse_month
from sat_desktop.ui.widgets.levels import LevelCards, LevelWords
from sat_desktop.ui.widgets.text import Badge, ElidedLabel, label

LEFT = Qt.MouseButton.LeftButton
PLAIN = Qt.KeyboardModifier.NoModifier
WORDS = (
    LevelWords(1, "Minimum", "It exists.", (("a", "There is a strategy."),)),
    LevelWords(2, "Target", "It works.", (("b", "It has measures."), ("c", "It is public."))),
)


@pytest.fixture
def cards(qtbot: QtBot, theme: Theme) -> LevelCards:
    made = LevelCards(theme)
    qtbot.addWidget(made)
    made.set_levels(WORDS, 2)
    made.resize(900, 400)
    made.show()
    return made


def test_a_card_is_chosen_anywhere_on_it_and_by_the_keyboard(
    qtbot: QtBot, cards: LevelCards
) -> None:
    with qtbot.waitSignal(cards.chosen) as caught:
        corner = cards.cards[1].rect().bottomRight() - QPoint(5, 5)
        QTest.mouseClick(cards.cards[1], LEFT, PLAIN, corner)
    assert caught.args == [2]
    with qtbot.waitSignal(cards.chosen) as caught:
        QTest.keyClick(cards.cards[0].radio, Qt.Key.Key_Space)
    assert caught.args == [1]


def test_a_tick_on_the_words_reports_the_criterion_and_not_the_level(
    qtbot: QtBot, cards: LevelCards
) -> None:
    with qtbot.assertNotEmitted(cards.chosen), qtbot.waitSignal(cards.ticked) as caught:
        row = cards.cards[1].rows["c"]
        QTest.mouseClick(row, LEFT, PLAIN, row.words.geometry().center())
    assert caught.args == ["c", True]


def test_cards_show_what_they_are_told_and_are_silent_about_it(
    qtbot: QtBot, cards: LevelCards
) -> None:
    with qtbot.assertNotEmitted(cards.ticked), qtbot.assertNotEmitted(cards.chosen):
        cards.show_state(2, {"a", "b"})
    assert [card.radio.isChecked() for card in cards.cards] == [False, True]
    assert cards.cards[1].radio.font().bold()
    assert [cards.cards[1].rows[key].box.isChecked() for key in "bc"] == [True, False]
    cards.show_state(None, ())
    assert not any(card.radio.isChecked() for card in cards.cards)


def test_a_card_says_its_role_name_and_description(cards: LevelCards) -> None:
    interface = QAccessible.queryAccessibleInterface(cards.cards[0].radio)
    assert interface.role() == QAccessible.Role.RadioButton
    assert interface.text(QAccessible.Text.Name) == "1: Minimum"
    assert interface.text(QAccessible.Text.Description) == "It exists."


def test_cards_stand_below_each_other_where_it_is_narrow(cards: LevelCards) -> None:
    assert cards.cards[0].y() == cards.cards[1].y()
    cards.resize(300, 800)
    QApplication.processEvents()
    assert cards.cards[0].y() < cards.cards[1].y()


@pytest.mark.parametrize(
    ("text", "grosze"),
    [
        ("1 234 567,89 zł", 123456789),
        ("1\u00a0234\u202f567,8", 123456780),
        ("12.5", 1250),
        ("PLN 7", 700),
        ("0", 0),
        ("", None),
    ],
)
def test_amounts_are_read_as_officials_write_them(text: str, grosze: int | None) -> None:
    assert parse_grosze(text) == grosze


@pytest.mark.parametrize("text", ["-5", "1,234,5", "12,345", "ten", "1e9", "=1+1", "٣"])
def test_what_is_no_amount_is_refused(text: str) -> None:
    if text == "٣":
        assert parse_grosze(text) == 300
        return
    with pytest.raises(ValueError, match=r".+"):
        parse_grosze(text)


@pytest.mark.parametrize(
    ("text", "month"), [("2027-03", "2027-03"), ("3.2027", "2027-03"), ("12/2030", "2030-12")]
)
def test_months_are_read_in_both_orders(text: str, month: str) -> None:
    assert parse_month(text) == month


def test_a_bad_amount_stays_as_typed_and_says_so(
    qtbot: QtBot, theme: Theme, lang: Language
) -> None:
    field = MoneyEdit(lang, "Amount")
    qtbot.addWidget(field)
    field.set_value(100)
    field.clear()
    QTest.keyClicks(field, "ten")
    with qtbot.assertNotEmitted(field.value_changed):
        QTest.keyClick(field, Qt.Key.Key_Return)
    assert field.text() == "ten"
    assert not field.is_valid()
    assert "12 500" in field.accessibleDescription()
    assert field.value == 100
    field.clear()
    QTest.keyClicks(field, "1250,5")
    with qtbot.waitSignal(field.value_changed) as caught:
        QTest.keyClick(field, Qt.Key.Key_Return)
    assert caught.args == [125050]


def test_a_month_is_stepped_over_the_turn_of_the_year(qtbot: QtBot, lang: Language) -> None:
    field = MonthEdit(lang, "Start")
    qtbot.addWidget(field)
    field.set_value("2027-12")
    with qtbot.waitSignal(field.value_changed) as caught:
        QTest.keyClick(field, Qt.Key.Key_Up)
    assert caught.args == ["2028-01"]


def test_a_chart_asks_for_its_size_and_offers_its_places(qtbot: QtBot, theme: Theme) -> None:
    view = ChartView(theme, "Dimensions", "Planning leads.")
    qtbot.addWidget(view)
    view.resize(400, 200)
    with qtbot.waitSignal(view.wanted) as caught:
        view.show()
    assert caught.args is not None
    assert caught.args[0] == QSize(400, 200)
    image = QImage(400, 200, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.red)
    view.show_picture(image, [ChartPlace("d1", "Planning 67 %", 0.5, 0, 0.5, 1)])
    assert view.grab().toImage().pixelColor(100, 100).red() == 255
    with qtbot.assertNotEmitted(view.clicked):
        QTest.mouseClick(view, LEFT, PLAIN, QPoint(50, 50))
    with qtbot.waitSignal(view.clicked) as caught:
        QTest.mouseClick(view, LEFT, PLAIN, QPoint(300, 50))
    assert caught.args == ["d1"]
    QTest.keyClick(view, Qt.Key.Key_Right)
    with qtbot.waitSignal(view.clicked):
        QTest.keyClick(view, Qt.Key.Key_Return)
    with qtbot.waitSignal(view.wanted):
        view.resize(500, 200)


def test_a_chart_is_a_graphic_to_screen_readers_also_after_many_of_them(theme: Theme) -> None:
    for _ in range(50):
        view = ChartView(theme, "Dimensions", "Planning leads.")
        interface = QAccessible.queryAccessibleInterface(view)
        assert interface.role() == QAccessible.Role.Graphic
        assert interface.text(QAccessible.Text.Name) == "Dimensions"
        assert interface.text(QAccessible.Text.Description) == "Planning leads."
        del interface
        view.deleteLater()
        del view
    QApplication.processEvents()
    gc.collect()


def test_a_chart_turns_into_its_table(qtbot: QtBot, theme: Theme, lang: Language) -> None:
    panel = ChartPanel(theme, lang, "Dimensions", "Planning leads.")
    qtbot.addWidget(panel)
    panel.set_table(["Dimension", "Now"], [["Planning", "67 %"]])
    panel.show()
    panel._switch._buttons["table"].click()
    assert panel._table.isVisible()
    assert panel._table.model().index(0, 1).data() == "67 %"


def test_a_short_line_tells_the_rest_in_its_tooltip(qtbot: QtBot) -> None:
    line = ElidedLabel("Samoocena rozwoju instytucjonalnego 2026")
    qtbot.addWidget(line)
    line.resize(80, 20)
    line.show()
    assert line.text().endswith("…")
    assert line.toolTip() == "Samoocena rozwoju instytucjonalnego 2026"


def test_what_does_not_fit_the_row_goes_to_the_next(qtbot: QtBot, theme: Theme) -> None:
    outer = QWidget()
    qtbot.addWidget(outer)
    flow = FlowLayout(outer, 8)
    for number in range(12):
        flow.addWidget(Badge(theme, f"badge {number}"))
    outer.resize(200, flow.heightForWidth(200))
    outer.show()
    items = [item for place in range(12) if (item := flow.itemAt(place)) is not None]
    rights = [item.geometry().right() for item in items]
    assert len(rights) == 12
    assert max(rights) <= 200
    assert flow.heightForWidth(200) > flow.heightForWidth(2000)


def test_work_is_done_elsewhere_and_its_result_comes_here(qtbot: QtBot, tasks: Tasks) -> None:
    seen: list[object] = []

    def work(progress: Progress) -> int:
        progress.step(1, 2)
        assert threading.current_thread() is not threading.main_thread()
        return 42

    tasks.run("Working", work, lambda result: seen.extend([result, threading.current_thread()]))
    qtbot.waitUntil(lambda: bool(seen))
    assert seen == [42, threading.main_thread()]
    assert tasks.running == ()


def test_an_error_of_the_work_is_delivered(qtbot: QtBot, tasks: Tasks) -> None:
    errors: list[BaseException] = []

    def work(_progress: Progress) -> None:
        raise OSError(28, "No space left")

    tasks.run("Working", work, lambda _: None, errors.append)
    qtbot.waitUntil(lambda: bool(errors))
    assert isinstance(errors[0], OSError)


def test_work_can_be_cancelled_and_closing_waits_for_it(qtbot: QtBot, tasks: Tasks) -> None:
    calls: list[str] = []
    started = threading.Event()
    ended = threading.Event()

    def work(progress: Progress) -> None:
        started.set()
        try:
            while True:
                progress.step(0, 0)
        finally:
            ended.set()

    task = tasks.run("Working", work, calls.append, on_cancelled=lambda: calls.append("cancelled"))
    started.wait()
    task.cancel()
    qtbot.waitUntil(lambda: calls == ["cancelled"])
    started.clear()
    ended.clear()
    tasks.run("Again", work, calls.append, on_cancelled=lambda: calls.append("late"))
    started.wait()
    tasks.close()
    assert ended.is_set()
    QApplication.processEvents()
    assert calls == ["cancelled"]


def test_an_unexpected_error_is_logged_and_told_once(caplog: pytest.LogCaptureFixture) -> None:
    told: list[str] = []
    before = sys.excepthook

    def tell() -> None:
        told.append("once")
        hooks.handle(ValueError, ValueError("while telling"), None)

    hooks = UnexpectedErrors(tell)
    try:
        assert sys.excepthook == hooks.handle
        with caplog.at_level(logging.CRITICAL):
            hooks.handle(RuntimeError, RuntimeError("secret detail"), None)
    finally:
        hooks.restore()
    assert sys.excepthook == before
    assert told == ["once"]
    assert "secret detail" in caplog.text
    assert "while telling" in caplog.text


@pytest.fixture
def dialogs(appearance: Appearance) -> Dialogs:
    return Dialogs(appearance, lambda: None)


def test_enter_does_what_was_asked_but_never_what_loses_something(
    qtbot: QtBot, dialogs: Dialogs
) -> None:
    for danger, result in (
        (False, QDialog.DialogCode.Accepted),
        (True, QDialog.DialogCode.Rejected),
    ):
        sheet = dialogs.confirmation("Delete?", "Two actions go too.", "Delete", danger=danger)
        qtbot.addWidget(sheet)
        sheet.show()
        QTest.keyClick(sheet, Qt.Key.Key_Return)
        assert sheet.result() == result


def test_escape_is_no(qtbot: QtBot, dialogs: Dialogs) -> None:
    sheet, chosen = dialogs.question("Which?", "", ["Keep mine", "Take theirs"])
    qtbot.addWidget(sheet)
    sheet.show()
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    assert (sheet.result(), chosen) == (QDialog.DialogCode.Rejected, [])


def test_a_required_text_cannot_be_empty(qtbot: QtBot, dialogs: Dialogs) -> None:
    sheet, field = dialogs.entry("Name", "", "Name", "", "Create", required=True)
    qtbot.addWidget(sheet)
    assert sheet.main is not None
    assert not sheet.main.isEnabled()
    QTest.keyClicks(field, "  ")
    assert not sheet.main.isEnabled()
    QTest.keyClicks(field, "Plan")
    assert sheet.main.isEnabled()


def test_a_scrolling_column_ends_where_its_words_end(qtbot: QtBot, theme: Theme) -> None:
    """Words that need many lines in a narrow column must not leave a blank stretch in a wide one."""
    column = ScrollColumn(theme)
    qtbot.addWidget(column)
    for _ in range(12):
        column.body.addWidget(label("Długie zdanie, które się łamie. " * 8, wrap=True))
    column.resize(1000, 300)
    column.show()
    content = column.widget()
    assert content is not None
    assert content.height() == content.heightForWidth(content.width())
    column.resize(500, 300)
    assert content.height() == content.heightForWidth(content.width())
