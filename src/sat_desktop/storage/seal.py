"""Digests: a revision's row carries one of its content, an assessment the sum of all of them.

A database notices a broken page, not a byte changed inside a value, and not a row taken away. So each
row is sealed, and the rows of an assessment together.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Final

import msgspec

_encode: Final = msgspec.json.Encoder().encode
_DIGITS: Final = 64


def digest_of(columns: Sequence[object]) -> str:
    """Return the digest of a revision's columns (`statements.REVISION_COLUMNS`), 64 hex digits.

    SHA-256 over them as a JSON array in UTF-8, without spaces.
    """
    return sha256(_encode(columns)).hexdigest()


@dataclass(frozen=True, slots=True)
class Seal:
    """How many revisions an assessment has, and the XOR of their digests as 64 hex digits."""

    number: int
    sum: str

    def with_digests(self, digests: Iterable[str]) -> "Seal":
        """Return the seal of these revisions and more."""
        number, total = self.number, int(self.sum, 16)
        for digest in digests:
            number += 1
            total ^= int(digest, 16)
        return Seal(number, f"{total:0{_DIGITS}x}")


EMPTY: Final = Seal(0, "0" * _DIGITS)


def broken(rows: Sequence[Any], seal: Seal) -> tuple[list[str], bool]:
    """Return the ids of revisions that are not as they were written, and whether any were lost.

    Of rows that were altered the sum says nothing, their number does.

    Args:
        rows: all revisions of an assessment: the sealed columns, then the digest.
        seal: of the assessment.
    """
    altered = [row[0] for row in rows if digest_of(row[:-1]) != row[-1]]
    if altered:
        return altered, len(rows) != seal.number
    return altered, EMPTY.with_digests(row[-1] for row in rows) != seal
