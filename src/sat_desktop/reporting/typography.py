"""What text passes on its way to a page: cleaning, then the typographic rules of its language.

Text stays text: there is no markup language on this road, so nothing a user types can be taken for
one. `clean` removes only what cannot be drawn at all; `bind` sets the spaces that must not break;
`divide` says where a word may be hyphenated.
"""

import re
import unicodedata
from functools import cache, lru_cache
from typing import Any, Final

NBSP: Final = "\u00a0"
SOFT_HYPHEN: Final = "\u00ad"

_BREAKS: Final = re.compile("\r\n|[\r\u000b\u000c\u0085\u2028\u2029]")
_CONTROLS: Final = re.compile("[\u0000-\u0008\u000e-\u001f\u007f-\u009f]")
_SURROGATES: Final = re.compile("[\ud800-\udfff]")
_FIXED_SPACES: Final = re.compile("[\u2007\u202f]")
_SPACES: Final = re.compile("[\t\u1680\u2000-\u2006\u2008-\u200a\u205f\u3000]")
# Noncharacters may not stand in a PDF text string that is to be exchanged.
_NONCHARACTERS: Final = re.compile(
    "[\ufdd0-\ufdef"
    + "".join(chr((p << 16) + n) for p in range(17) for n in (0xFFFE, 0xFFFF))
    + "]"
)


def clean(text: str) -> str:
    """Return `text` in composed form with only characters that can be drawn or stored.

    Control characters are dropped, line breaks become a line feed, unusual spaces a plain or a
    non-breaking one, and lone surrogates U+FFFD. Everything else stays as typed.
    """
    if text.isascii() and text.isprintable():
        return text
    text = _BREAKS.sub("\n", text)
    text = _CONTROLS.sub("", text)
    text = _SURROGATES.sub("\ufffd", text)
    text = _NONCHARACTERS.sub("\ufffd", text)
    text = _FIXED_SPACES.sub(NBSP, text)
    text = _SPACES.sub(" ", text)
    return unicodedata.normalize("NFC", text)


def one_line(text: str) -> str:
    """Return cleaned text for a place that has one line: a bookmark, a title, alternative text."""
    return " ".join(clean(text).split())


@lru_cache(maxsize=4096)
def invisible(char: str) -> bool:
    """Tell whether a character only steers layout: joiners, direction marks, soft hyphens."""
    return unicodedata.category(char) == "Cf" or "\ufe00" <= char <= "\ufe0f"


# A conjunction or preposition of one letter belongs to the word that follows it.
_POLISH_SHORT: Final = re.compile(r"(?<![^\W_])([aiouwzAIOUWZ]) (?=\S)")
# In English the article and the pronoun; "I" alone is a word as well.
_ENGLISH_SHORT: Final = re.compile(r"(?<![^\W_])([aAI]) (?=\S)")
_UNITS: Final = re.compile(
    r"(?<=\d) (?=(?:%|‰|zł|gr|PLN|EUR|tys\.|mln|mld|r\.|w\.|km²?|m²?|ha|kg|t|GWh|MWh|kWh|kW|MW|os\.|szt\."
    r"|pkt(?! ?\d)|pp|godz\.|min|mies\.|lat|lata|million|thousand)(?!\w))"
)
_THOUSANDS: Final = re.compile(r"(?<=\d) (?=\d{3}(?!\d))")
_BEFORE: Final = re.compile(
    r"(?<![^\W_])(nr|poz\.|art\.|ust\.|pkt|str\.|rys\.|tab\.|ul\.|al\.|pl\.|im\.|prof\.|dr|§|No\.|Fig\.|p\.) (?=\S)",
    re.IGNORECASE,
)
_DASH: Final = re.compile(r" (?=[–—] )")


@lru_cache(maxsize=8192)
def bind(text: str, language: str) -> str:
    """Return cleaned text with non-breaking spaces where a line must not end (`pl` or `en`)."""
    if " " not in text:
        return text
    short = _POLISH_SHORT if language == "pl" else _ENGLISH_SHORT
    text = short.sub(r"\1" + NBSP, text)
    text = _UNITS.sub(NBSP, text)
    text = _THOUSANDS.sub(NBSP, text)
    text = _BEFORE.sub(r"\1" + NBSP, text)
    return _DASH.sub(NBSP, text)


@cache
def _dictionary(language: str) -> Any:
    import pyphen

    return pyphen.Pyphen(lang={"pl": "pl_PL"}.get(language, "en_GB"), left=3, right=3)


_WORD: Final = re.compile(r"[^\W\d_]{6,40}")


@lru_cache(maxsize=8192)
def divide(word: str, language: str) -> tuple[int, ...]:
    """Return the places, from the last to the first, after which `word` may be hyphenated.

    Punctuation around the word stays with its part. Words in capitals (acronyms), short words and
    anything with digits are not divided.
    """
    found = _WORD.search(word)
    if not found or found.group().isupper() or not _plain(word, found):
        return ()
    start = found.start()
    places = _dictionary(language).positions(found.group().lower())
    return tuple(start + int(place) for place in reversed(places))


def _plain(word: str, found: re.Match[str]) -> bool:
    rest = word[: found.start()] + word[found.end() :]
    return not any(char.isalnum() or char in "@/\\.:-" for char in rest[:-1])
