"""Words as they are searched for: without case, accents and the stroke of the Polish "ł"."""

import unicodedata
from typing import Final

# Letters that Unicode does not take apart into a base letter and a mark.
_STROKES: Final = str.maketrans(
    {"ł": "l", "Ł": "l", "ø": "o", "Ø": "o", "đ": "d", "Đ": "d", "æ": "ae", "Æ": "ae", "ß": "ss"}
)


def fold(text: str) -> str:
    """Return `text` in the form in which "Łódź" is found by "lodz"; runs of spaces become one."""
    apart = unicodedata.normalize("NFKD", text.translate(_STROKES)).casefold()
    bare = "".join(sign for sign in apart if not unicodedata.combining(sign))
    return " ".join(bare.split())


def matches(query: str, text: str) -> bool:
    """Tell whether every word of a folded query occurs in `text`, in any order."""
    folded = fold(text)
    return all(word in folded for word in query.split())
