"""The explanations of an indicator: one key away, and the same key leads back."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from sat_desktop.domain.questionnaire import GoodPractice, Indicator, LegalBasis, Text
from sat_desktop.runtime.i18n import Language, language_of
from sat_desktop.ui.appearance import Appearance
from sat_desktop.ui.messages import Messages
from sat_desktop.ui.pages.questionnaire import QuestionnairePage
from sat_desktop.ui.pages.questionnaire.explanations import Explanations
from sat_desktop.ui.pages.questionnaire.words import basis_words
from sat_desktop.ui.tasks import Tasks
from sat_desktop.ui.theme import Theme
from ui.inspection import assert_accessible
from ui.workplace import Workplace, open_city


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
    made.resize(1085, 720)
    made.refresh()
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.frame.forward.setFocus()
    return made


def press(page: QuestionnairePage, key: Qt.Key) -> None:
    QTest.keyClick(QApplication.focusWidget() or page, key)


def aid(page: QuestionnairePage) -> Explanations:
    assert page.frame.aid is not None
    return page.frame.aid


def said(page: QuestionnairePage) -> str:
    return aid(page).text.toPlainText()


def indicator(page: QuestionnairePage, city: Workplace) -> Indicator:
    return city.session.dossier.questionnaire.indicators[page.key]


def test_nothing_is_made_before_it_is_wanted(page: QuestionnairePage) -> None:
    page.step(1)
    assert page.frame.aid is None


@pytest.mark.parametrize("key", [Qt.Key.Key_H, Qt.Key.Key_F1])
def test_a_key_opens_all_of_it_and_leads_back(
    page: QuestionnairePage, city: Workplace, key: Qt.Key
) -> None:
    radio = page.view.cards.cards[2].radio
    radio.setFocus()
    press(page, key)
    assert aid(page).text.hasFocus()
    assert page.view.cards.isVisible(), "the criteria stay beside the explanations"
    shown, english = indicator(page, city), language_of("en")
    assert shown.why is not None
    wanted = [shown.why.get("en"), *(basis_words(b, english) for b in shown.legal_basis)]
    wanted += [text.get("en") for text in shown.evidence]
    wanted += [level.step.title.get("en") for level in shown.levels if level.step]
    assert shown.good_practice is not None
    assert all(words in said(page) for words in [*wanted, shown.good_practice.text.get("en")])
    assert page.view.explain.isChecked()
    press(page, key)
    assert not aid(page).isVisible()
    assert radio.hasFocus()
    assert not page.view.explain.isChecked()


def test_escape_leads_back_from_the_text_and_from_the_answer(page: QuestionnairePage) -> None:
    press(page, Qt.Key.Key_H)
    press(page, Qt.Key.Key_Escape)
    assert not aid(page).isVisible()
    assert page.frame.forward.hasFocus()
    press(page, Qt.Key.Key_H)
    page.view.cards.cards[1].radio.setFocus()
    press(page, Qt.Key.Key_Escape)
    assert not aid(page).isVisible()


def test_escape_in_a_field_empties_the_field(page: QuestionnairePage) -> None:
    page.toggle_aid()
    page.resize(1700, 720)
    page.side.search.setFocus()
    QTest.keyClicks(page.side.search, "plan")
    press(page, Qt.Key.Key_Escape)
    assert page.side.search.text() == ""
    assert aid(page).isVisible()


def test_while_reading_one_answers_but_arrows_move_in_the_text(
    page: QuestionnairePage, city: Workplace
) -> None:
    key = page.key
    press(page, Qt.Key.Key_H)
    press(page, Qt.Key.Key_3)
    press(page, Qt.Key.Key_Right)
    press(page, Qt.Key.Key_PageDown)
    assert page.key == key
    assert page.side.model.mark(key).level == 3


def test_it_goes_along_with_the_indicator_and_the_language(
    page: QuestionnairePage, city: Workplace
) -> None:
    page.toggle_aid()
    first = said(page)
    page.step(1)
    why = indicator(page, city).why
    assert why is not None
    assert first != said(page)
    assert why.get("en") in said(page)
    page.frame.close_aid()
    page.step(1)
    page.toggle_aid()
    why = indicator(page, city).why
    assert why is not None
    assert why.get("en") in said(page)
    page.retranslate(language_of("pl"))
    assert why.get("pl") in said(page)


def test_screen_readers_get_name_and_text(page: QuestionnairePage, city: Workplace) -> None:
    page.retranslate(language_of("en"))
    page.toggle_aid()
    interface = QAccessible.queryAccessibleInterface(aid(page).text)
    assert indicator(page, city).name.get("en") in interface.text(QAccessible.Text.Name)
    assert interface.textInterface().characterCount() > 200
    assert_accessible(page)


def test_the_button_says_the_key_and_opens_and_closes(page: QuestionnairePage) -> None:
    page.retranslate(language_of("en"))
    assert "(H, F1)" in page.view.explain.toolTip()
    QTest.mouseClick(page.view.explain, Qt.MouseButton.LeftButton)
    assert aid(page).isVisible()
    assert page.view.explain.isChecked()
    aid(page)._close.click()
    assert not aid(page).isVisible()
    assert page.view.explain.hasFocus()


@pytest.mark.parametrize(("width", "beside"), [(1085, False), (1700, True)])
def test_the_list_gives_way_where_there_is_no_room_for_three(
    page: QuestionnairePage, width: int, beside: bool
) -> None:
    page.resize(width, 720)
    page.toggle_aid()
    assert page.side.isVisible() is beside
    assert page.view.isVisible()
    page.toggle_aid()
    assert page.side.isVisible()


def test_in_a_narrow_window_list_answer_and_explanations_take_turns(
    page: QuestionnairePage, appearance: Appearance
) -> None:
    appearance.choose_text_scale(200)
    page.apply_theme(appearance.theme)
    page.resize(928, 520)

    def seen() -> tuple[bool, bool, bool]:
        return page.side.isVisible(), page.view.isVisible(), aid(page).isVisible()

    page.toggle_aid()
    assert seen() == (False, False, True)
    page.frame.list_button.click()
    assert seen() == (True, False, False)
    page.toggle_aid()
    assert seen() == (False, False, True)
    page.toggle_aid()
    assert seen() == (False, True, False)
    appearance.choose_text_scale(100)


def test_widths_that_the_user_gave_are_kept(page: QuestionnairePage) -> None:
    page.resize(1700, 720)
    page.toggle_aid()
    split = page.frame._split
    split.setSizes([300, 900, 500])
    split.splitterMoved.emit(300, 1)
    split.splitterMoved.emit(1200, 2)
    kept = split.sizes()
    page.toggle_aid()
    page.toggle_aid()
    assert split.sizes() == kept


def test_a_target_opens_it(page: QuestionnairePage, city: Workplace) -> None:
    key = list(city.session.dossier.questionnaire.indicators)[3]
    page.show_target(f"{key}#explanations")
    assert page.key == key
    assert aid(page).isVisible()
    assert indicator(page, city).name.get("en") in aid(page).text.accessibleName()


def test_the_words_of_an_edition_are_shown_as_typed(
    qtbot: QtBot, theme: Theme, lang: Language, city: Workplace
) -> None:
    sheet = Explanations(theme, lang)
    qtbot.addWidget(sheet)
    bare = next(iter(city.session.dossier.questionnaire.indicators.values()))
    bare = replace(
        bare,
        why=Text(en="a < b & <b>c</b>"),
        legal_basis=(LegalBasis(Text(en="An <i>act</i>"), unconfirmed=True),),
        evidence=(),
        good_practice=GoodPractice(Text(en="It works."), "City & co."),
    )
    sheet.show_indicator(bare, lang)
    text = sheet.text.toPlainText()
    assert "a < b & <b>c</b>" in text
    assert "An <i>act</i>. Not confirmed: look it up before you rely on it." in text
    assert theme.palette.warning.lower() in sheet.text.toHtml()
    assert "Source: City & co." in text
    assert "What can prove it" not in text
    levels = tuple(replace(level, step=None) for level in bare.levels)
    nothing = replace(bare, why=None, legal_basis=(), good_practice=None, levels=levels)
    sheet.show_indicator(nothing, lang)
    assert sheet.text.toPlainText() == "This edition says nothing more about the indicator."
