"""Percentages: rounded once, and never to nothing or everything when they are not."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sat_desktop.runtime.i18n import language_of, whole_percent


@pytest.mark.parametrize(
    ("value", "whole"),
    [
        (Fraction(0), 0),
        (Fraction(1, 1000), 1),
        (Fraction(1, 200), 1),
        (Fraction(2, 3), 67),
        (Fraction(1, 8), 13),
        (Fraction(199, 200), 99),
        (Fraction(9999, 10000), 99),
        (Fraction(1), 100),
        (Fraction(6, 5), 120),
        (Fraction(-1, 1000), 0),
    ],
)
def test_a_share_is_a_whole_percent(value: Fraction, whole: int) -> None:
    assert whole_percent(value) == whole


@given(st.fractions(0, 1))
def test_nothing_and_everything_are_said_only_of_themselves(value: Fraction) -> None:
    whole = whole_percent(value)
    assert (whole == 0) == (value == 0)
    assert (whole == 100) == (value == 1)
    assert abs(whole - value * 100) < 1


def test_each_language_writes_it_its_own_way() -> None:
    assert language_of("en").percent(Fraction(1, 3)) == "33%"
    assert language_of("pl").percent(Fraction(1, 3)) == "33\u00a0%"
    assert language_of("pl").percent(None) == "-"
