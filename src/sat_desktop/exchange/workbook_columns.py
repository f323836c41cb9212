"""What a column of a workbook is: how its cells are read, what they offer, what it is called."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

LONGEST_CELL: Final = 32_767
"""UTF-16 units of text that spreadsheet programs keep in one cell."""

HALF: Final = re.compile("[\ud800-\udfff]")
"""Half a character, which no file can hold."""

UNREAD: Final = "#"
"""Sheets and columns whose name begins so belong to the editor of the workbook."""


class ColumnKind(StrEnum):
    """How the cells of a column are read."""

    TEXT = "text"
    """Kept to the letter."""
    WORD = "word"
    """An id or a version: spaces around it do not count."""
    MONTH = "month"
    INTEGER = "integer"
    NUMBER = "number"
    FLAG = "flag"
    UNITS = "units"
    """Kinds of unit, with commas between."""


class Offer(StrEnum):
    """What the drop-down list of a column holds, or what else the spreadsheet looks after."""

    NOTHING = ""
    LEVELS = "levels"
    PARENTS = "parents"
    """Groups of the tier above; for indicators those of the lowest tier."""
    INDICATORS = "indicators"
    FLAGS = "flags"
    UNITS = "units"
    FROM_ZERO = "from zero"
    FROM_ONE = "from one"


Names = tuple[str, str]
"""A name in Polish and in English."""


@dataclass(frozen=True, slots=True)
class WorkbookColumn:
    """One column.

    Attributes:
        key: the path of the value in the records, with the language last ("good_practice.text.pl").
        note: for the person who fills it in.
        width: in characters.
        apart: whether it says where the row belongs and is no field of the row's own record.
    """

    key: str
    names: Names
    note: str
    kind: ColumnKind = ColumnKind.TEXT
    width: int = 14
    required: bool = False
    offers: Offer = Offer.NOTHING
    apart: bool = False


@dataclass(frozen=True, slots=True)
class WorkbookSheet:
    """One sheet; of its columns the first `frozen` stay in sight."""

    key: str
    names: Names
    about: str
    columns: tuple[WorkbookColumn, ...]
    frozen: int = 1


def name_in(names: Names, language: str) -> str:
    """Return the name in a language."""
    return names[1 if language == "en" else 0]


def both(
    key: str, names: Names, note: str, width: int = 44, *, required: bool = False
) -> tuple[WorkbookColumn, WorkbookColumn]:
    """Return the neighbouring columns of a text in Polish and in English."""
    polish, english = (
        WorkbookColumn(
            f"{key}.{language}",
            (f"{names[0]} ({language})", f"{names[1]} ({language})"),
            note,
            width=width,
            required=required,
        )
        for language in ("pl", "en")
    )
    return polish, english
