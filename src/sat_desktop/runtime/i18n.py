"""Languages: gettext for the program's own sentences, Babel for numbers and dates.

A `Language` is passed to all code that writes for people; there is no current language of the process,
because the window may speak Polish while a worker writes an English document. The window's start needs only
its sentences, so the libraries of numbers and dates are imported where they are used.
"""

from __future__ import annotations

import gettext
from functools import cache, cached_property
from typing import TYPE_CHECKING, Final

from sat_desktop.runtime.resources import resource

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal
    from fractions import Fraction

LANGUAGES: Final = ("pl", "en")
NBSP: Final = "\u00a0"


def half_up(value: Fraction, places: int = 0) -> Decimal:
    """Round an exact number half up (away from zero at the half) to decimal places."""
    from decimal import Decimal

    scaled = abs(value) * 10**places
    digits = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return Decimal(digits if value >= 0 else -digits).scaleb(-places)


def whole_percent(value: Fraction) -> int:
    """Round an exact share half up to a whole percent (rule 10).

    0 and 100 are said only of exactly 0 and 1: what lies between is at least 1 and at most 99.
    """
    rounded = int(half_up(value * 100))
    return min(max(rounded, 1), 99) if 0 < value < 1 else rounded


class Language:
    """One language of the interface or of a document."""

    def __init__(self, code: str) -> None:
        self.code = code
        self._catalogue: gettext.NullTranslations = gettext.NullTranslations()
        if code != "en":
            self._catalogue = gettext.translation(
                "sat_desktop", resource("i18n"), [code], fallback=True
            )

    def t(self, sentence: str, /, **facts: object) -> str:
        """Return `sentence` (English, the catalogue's key) in this language with its facts."""
        translated = self._catalogue.gettext(sentence) if sentence else ""
        return translated.format(**facts) if facts else translated

    def n(self, one: str, many: str, count: int, /, **facts: object) -> str:
        """Return the form of a sentence that fits `count`, available in it as `{count}`."""
        return self._catalogue.ngettext(one, many, count).format(count=count, **facts)

    @cached_property
    def _locale(self) -> str:
        return {"pl": "pl_PL", "en": "en_GB"}[self.code]

    def percent(self, value: Fraction | None) -> str:
        """Return an index as a whole percent (`whole_percent`); "-" where there is none."""
        if value is None:
            return "-"
        whole = whole_percent(value)
        return f"{whole}{NBSP}%" if self.code == "pl" else f"{whole}%"

    def number(self, value: Fraction | Decimal | int, places: int = 0) -> str:
        """Return a number with the language's separators and exactly `places` decimals."""
        from fractions import Fraction

        from babel.numbers import format_decimal

        rounded = half_up(Fraction(value), places)
        pattern = "#,##0" + ("." + "0" * places if places else "")
        return format_decimal(rounded, format=pattern, locale=self._locale)

    def money(self, grosze: int) -> str:
        """Return an amount such as "1 234 567,89 zł" (spaces that do not break)."""
        from fractions import Fraction

        zloty = Fraction(grosze, 100)
        if self.code == "en":
            return f"PLN{NBSP}{self.number(zloty, 2)}"
        return f"{self.number(zloty, 2)}{NBSP}zł"

    def date(self, day: date) -> str:
        """Return a date in words, such as "21 listopada 2026 r."."""
        from babel.dates import format_date

        text = format_date(day, format="d MMMM y", locale=self._locale)
        if self.code == "pl":
            text += " r."
        return text.replace(" ", NBSP)

    def month(self, month: str) -> str:
        """Return "YYYY-MM" in words, such as "marzec 2027"."""
        from datetime import date

        from babel.dates import format_date

        year, number = month.split("-")
        day = date(int(year), int(number), 1)
        return format_date(day, format="LLLL y", locale=self._locale).replace(" ", NBSP)


@cache
def language_of(code: str) -> Language:
    """Return the language of a code, Polish where it is not one we speak."""
    return Language(code if code in LANGUAGES else "pl")
