"""Folding: what is typed without Polish letters finds what is written with them."""

import sys
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sat_desktop.runtime.folding import fold, matches, places_of

BASES = str.maketrans(
    {"ł": "l", "Ł": "l", "ø": "o", "Ø": "o", "đ": "d", "Đ": "d", "æ": "ae", "Æ": "ae", "ß": "ss"}
)


def normalised(text: str) -> str:
    """Fold a whole text at once, by the book."""
    apart = unicodedata.normalize("NFKD", text.translate(BASES)).casefold()
    return " ".join("".join(s for s in apart if not unicodedata.combining(s)).split())


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("Łódź", "lodz"),
        ("ZAŻÓŁĆ GĘŚLĄ JAŹŃ", "zazolc gesla jazn"),
        ("Œuvre – Straße", "œuvre – strasse"),
        ("a\u00a0b\n  c", "a b c"),
        ("z\u0307o\u0301ł", "zol"),
        ("½ §", "1⁄2 §"),
    ],
)
def test_what_is_typed_plainly_is_what_was_written(written: str, typed: str) -> None:
    assert fold(written) == typed


def test_a_table_of_signs_says_what_unicode_says_of_every_sign() -> None:
    signs = [chr(code) for code in range(sys.maxunicode + 1)]
    wrong = [s for s in signs if fold(f"a{s}b") != normalised(f"a{s}b")]
    assert not wrong


@given(st.text())
def test_sign_by_sign_is_the_same_as_the_whole(text: str) -> None:
    assert fold(text) == normalised(text)


@given(st.text(), st.text())
def test_words_are_folded_alike_alone_and_in_a_text(one: str, other: str) -> None:
    assert fold(f"{one} {other}") == f"{fold(one)} {fold(other)}".strip()


def test_all_words_must_occur_in_any_order() -> None:
    assert matches("lodz miasto", "Miasto Łódź")
    assert not matches("lodz gmina", "Miasto Łódź")


@pytest.mark.parametrize(
    ("words", "text", "found"),
    [
        (("lodz",), "Miasto Łódź", ["Łódź"]),
        (("strat", "ateg"), "Strategia", ["Strateg"]),
        (("zol",), "z\u0307o\u0301łty", ["z\u0307o\u0301ł"]),
        (("zo",), "z\u0307o\u0301łty", ["z\u0307o\u0301"]),
        (("e",), "Kawiarnia e-usług", ["e"]),
        (("a",), "aa: a", ["a", "a"]),
        (("ss",), "Straße", ["ß"]),
        ((), "Miasto", []),
        (("",), "Miasto", []),
        (("kot",), "Miasto", []),
    ],
)
def test_the_places_of_words_are_told_in_the_text_as_it_is_written(
    words: tuple[str, ...], text: str, found: list[str]
) -> None:
    assert [text[a:b] for a, b in places_of(words, text)] == found


@given(st.lists(st.text(min_size=2, max_size=4), max_size=3), st.text(max_size=30))
def test_places_come_in_order_apart_and_hold_their_words(words: list[str], text: str) -> None:
    wanted = [part for word in words for part in fold(word).split()]
    places = places_of(wanted, text)
    assert all(0 <= a < b <= len(text) for a, b in places)
    assert all(b < a for (_, b), (a, _) in pairwise(places))
    for word in wanted:
        if len(word) > 1 and word in fold(text):
            assert any(word in fold(text[a:b]) for a, b in places)
