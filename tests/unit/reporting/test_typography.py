"""The rules of lines: what must not part, where a word may."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sat_desktop.reporting.typography import bind, clean, divide, one_line

NBSP = "\u00a0"


@pytest.mark.parametrize(
    ("typed", "bound"),
    [
        ("praca w gminie", f"praca w{NBSP}gminie"),
        ("A to W Z i O U", f"A{NBSP}to W{NBSP}Z{NBSP}i{NBSP}O{NBSP}U"),
        ("wydatki i o tym, a nie", f"wydatki i{NBSP}o{NBSP}tym, a{NBSP}nie"),
        ("koszt 1 234 567,89 zł", f"koszt 1{NBSP}234{NBSP}567,89{NBSP}zł"),
        ("wzrost o 12 % w 2027 r.", f"wzrost o{NBSP}12{NBSP}% w{NBSP}2027{NBSP}r."),
        ("art. 18 ust. 2 pkt 6", f"art.{NBSP}18 ust.{NBSP}2 pkt{NBSP}6"),
        ("gmina – miasto", f"gmina{NBSP}– miasto"),
        ("maw i zew", f"maw i{NBSP}zew"),
    ],
)
def test_polish_text_keeps_together_what_a_line_must_not_part(typed: str, bound: str) -> None:
    assert bind(typed, "pl") == bound


def test_english_text_has_rules_of_its_own() -> None:
    assert bind("I saw a gmina w Polsce", "en") == f"I{NBSP}saw a{NBSP}gmina w Polsce"


def test_a_word_is_divided_by_the_rules_of_its_language() -> None:
    assert [("samorządowy"[:n]) for n in divide("samorządowy", "pl")] == [
        "samorzą",
        "samo",
    ]
    assert divide("development", "en")
    assert divide("development", "pl") != divide("development", "en")


@pytest.mark.parametrize(
    "word",
    [
        "krótki",
        "PFRON",
        "NIEPEŁNOSPRAWNOŚĆ",
        "https://gmina.pl/strategia",
        "sekretarz@gmina.pl",
        "RIO2027x",
    ],
)
def test_acronyms_addresses_and_short_words_stay_whole(word: str) -> None:
    assert divide(word, "pl") == () or word == "krótki"


def test_punctuation_goes_with_its_part_of_the_word() -> None:
    (*_, first) = divide("(przedsięwzięcie),", "pl")
    assert "(przedsięwzięcie),"[:first].startswith("(prze")


@given(st.text(alphabet=st.characters()))
def test_cleaning_is_stable_and_leaves_nothing_that_cannot_be_stored(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    once.encode("utf-16-be")
    assert not any(ord(char) < 32 and char != "\n" for char in once)
    assert "\n" not in one_line(text)


@given(st.text())
def test_binding_changes_spaces_only(text: str) -> None:
    cleaned = clean(text)
    assert bind(cleaned, "pl").replace(NBSP, " ") == cleaned.replace(NBSP, " ")
