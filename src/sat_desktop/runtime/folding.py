"""Words as they are searched for: without case, accents and the stroke of the Polish "ł"."""

import unicodedata
from collections.abc import Iterable
from typing import Final

# Letters that Unicode does not take apart into a base letter and a mark.
_STROKES: Final = str.maketrans(
    {"ł": "l", "Ł": "l", "ø": "o", "Ø": "o", "đ": "d", "Đ": "d", "æ": "ae", "Æ": "ae", "ß": "ss"}
)


class _FoldedSigns(dict[int, str]):
    """What each sign becomes, worked out when it is first met.

    Folding looks at one sign at a time: it takes apart, drops marks, and never puts together. So a
    table is exact, and several times as fast as normalising whole texts.
    """

    def __missing__(self, sign: int) -> str:
        apart = unicodedata.normalize("NFKD", chr(sign).translate(_STROKES)).casefold()
        self[sign] = bare = "".join(part for part in apart if not unicodedata.combining(part))
        return bare


_SIGNS: Final = _FoldedSigns()


def fold(text: str) -> str:
    """Return `text` in the form in which "Łódź" is found by "lodz"; runs of spaces become one."""
    return " ".join(text.translate(_SIGNS).split())


def matches(query: str, text: str) -> bool:
    """Tell whether every word of a folded query occurs in `text`, in any order."""
    folded = fold(text)
    return all(word in folded for word in query.split())


def places_of(words: Iterable[str], text: str) -> tuple[tuple[int, int], ...]:
    """Return where folded words stand in a text as it is written: from and up to, in order.

    What touches or overlaps is one place. A mark that is a sign of its own belongs to its letter. A
    word of one sign is looked for where a word begins, else it would stand everywhere.
    """
    pieces = [_SIGNS[ord(sign)] for sign in text]
    folded = "".join(pieces)
    origin = [at for at, piece in enumerate(pieces) for _ in piece]
    found: list[tuple[int, int]] = []
    for word in words:
        at = folded.find(word) if word else -1
        while at >= 0:
            if len(word) > 1 or at == 0 or not folded[at - 1].isalnum():
                end = origin[at + len(word) - 1] + 1
                while end < len(pieces) and not pieces[end]:
                    end += 1
                found.append((origin[at], end))
            at = folded.find(word, at + len(word))
    merged: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)
