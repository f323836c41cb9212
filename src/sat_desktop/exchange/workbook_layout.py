"""The sheets of a questionnaire as a workbook, shared by its writer and its reader.

Names of sheets and headings are part of the format, in Polish and in English: whichever language a
workbook was written in, it is read. What a heading means is told in a note at it.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Final

from sat_desktop.domain.questionnaire import Tier
from sat_desktop.exchange.workbook_columns import (
    ColumnKind,
    Names,
    Offer,
    WorkbookColumn,
    WorkbookSheet,
    both,
)
from sat_desktop.runtime.folding import fold


def _(sentence: str) -> str:
    """Mark a sentence for the catalogues."""
    return sentence


_ID_NOTE: Final = _(
    "A short name that never changes and that answers refer to: letters a-z, digits, “.”, “-” and “_”."
    " Groups, indicators, criteria and rules share one set of ids, so none may stand twice."
)
_CODE_NOTE: Final = _("Shown before the name, for instance 1.10. May stay empty.")
_NAME_NOTE: Final = _("The name that is shown.")
_WEIGHT_NOTE: Final = _(
    "Weight among its siblings: a number above 0, such as 2, 0.5 or 1/3. Empty means 1."
)
_OF_INDICATOR: Final = WorkbookColumn(
    "indicator",
    ("Wskaźnik", "Indicator"),
    _("Id of the indicator that this row belongs to; choose it from the list."),
    ColumnKind.WORD,
    30,
    required=True,
    offers=Offer.INDICATORS,
    apart=True,
)
_OF_LEVEL: Final = WorkbookColumn(
    "level",
    ("Poziom", "Level"),
    _("Number of the level on the scale, from 1."),
    ColumnKind.INTEGER,
    9,
    required=True,
    offers=Offer.LEVELS,
    apart=True,
)
_WEIGHT: Final = WorkbookColumn("weight", ("Waga", "Weight"), _WEIGHT_NOTE, ColumnKind.NUMBER, 9)


GUIDE: Final[Names] = ("Instrukcja", "Instructions")
LISTS: Final[Names] = ("#Listy", "#Lists")
"""A hidden sheet with what the drop-down lists offer."""

HEAD: Final = WorkbookSheet(
    "head",
    ("Kwestionariusz", "Questionnaire"),
    _("what the questionnaire is called; a row for each fact"),
    (
        WorkbookColumn(
            "field", ("Co", "What"), _("What the row says; leave it as it is."), ColumnKind.WORD, 26
        ),
        WorkbookColumn(
            "pl", ("Polski", "Polish"), _("The text in Polish, or the value."), width=70
        ),
        WorkbookColumn("en", ("Angielski", "English"), _("The text in English."), width=70),
    ),
)
FACTS: Final[tuple[WorkbookColumn, ...]] = (
    WorkbookColumn(
        "format",
        ("Format", "Format"),
        _("Number of this arrangement of sheets; leave it as it is."),
        ColumnKind.INTEGER,
        required=True,
    ),
    WorkbookColumn(
        "id",
        ("Id", "Id"),
        _("Id of the questionnaire, such as sat-pl."),
        ColumnKind.WORD,
        required=True,
    ),
    WorkbookColumn(
        "version",
        ("Wersja", "Version"),
        _(
            "Version, such as 1.0.0. A text that has been used once never changes: give a changed one a higher version."
        ),
        ColumnKind.WORD,
        required=True,
    ),
    *both("name", ("Nazwa", "Name"), _NAME_NOTE, required=True),
    *both(
        "notice",
        ("Zastrzeżenie", "Notice"),
        _("What the text is and is not, and whose it is; shown on screen and in every document."),
    ),
    *both(
        "description",
        ("Opis", "Description"),
        _("For whom the questionnaire is, and how to use it."),
    ),
    *both(
        "below",
        ("Nazwa poziomu 0", "Name of level 0"),
        _("What an indicator is called that does not reach level 1. Empty means “below minimum”."),
    ),
)
"""The rows of the head, as if they were columns; those of a text stand beside each other."""

SCALE: Final = WorkbookSheet(
    "scale",
    ("Skala", "Scale"),
    _("the levels, from the lowest to the highest"),
    (
        WorkbookColumn(
            "level",
            ("Poziom", "Level"),
            _("1, 2 and so on, in this order; at least 2 and at most 10 levels."),
            ColumnKind.INTEGER,
            9,
            required=True,
            offers=Offer.FROM_ONE,
        ),
        WorkbookColumn(
            "id",
            ("Id", "Id"),
            _("A short name of the level that never changes."),
            width=18,
            required=True,
        ),
        *both("name", ("Nazwa", "Name"), _NAME_NOTE, 26, required=True),
        *both("description", ("Opis", "Description"), _("What reaching this level means.")),
        WorkbookColumn(
            "attainment",
            ("Próg osiągnięcia", "Attainment"),
            _(
                "Share of the indicators that must have reached this level before a dimension counts as"
                " having reached it: above 0 and at most 1, such as 0.8."
            ),
            ColumnKind.NUMBER,
            14,
            required=True,
            apart=True,
        ),
    ),
    frozen=2,
)
TIERS: Final = WorkbookSheet(
    "tiers",
    ("Szczeble", "Tiers"),
    _("the tiers of groups, from the top down; each has a sheet of its own"),
    (
        WorkbookColumn(
            "id",
            ("Id", "Id"),
            _("A short name of the tier that never changes."),
            width=18,
            required=True,
        ),
        *both(
            "name",
            ("Nazwa", "Name"),
            _("What one group of this tier is called, such as area."),
            26,
            required=True,
        ),
        *both("plural", ("Liczba mnoga", "Plural"), _("What several of them are called."), 26),
        WorkbookColumn(
            "sheet",
            ("Arkusz", "Sheet"),
            _("Name of the sheet with the groups of this tier, letter for letter."),
            ColumnKind.WORD,
            26,
            required=True,
            apart=True,
        ),
    ),
)
_GROUP: Final = (
    WorkbookColumn("id", ("Id", "Id"), _ID_NOTE, ColumnKind.WORD, 24, required=True),
    WorkbookColumn("code", ("Kod", "Code"), _CODE_NOTE, width=9),
    *both("name", ("Nazwa", "Name"), _NAME_NOTE, required=True),
    *both("description", ("Opis", "Description"), _("What belongs here, in one or two sentences.")),
    _WEIGHT,
)
_PARENT: Final = WorkbookColumn(
    "parent",
    ("Należy do", "Belongs to"),
    _("Id of the group of the tier above; choose it from the list."),
    ColumnKind.WORD,
    24,
    required=True,
    offers=Offer.PARENTS,
    apart=True,
)
_ABOUT_GROUPS: Final = _("groups of one tier")

INDICATORS: Final = WorkbookSheet(
    "indicators",
    ("Wskaźniki", "Indicators"),
    _("what is rated: a row for each indicator"),
    (
        WorkbookColumn(
            "group",
            ("Grupa", "Group"),
            _(
                "Id of the group of the lowest tier that the indicator belongs to; choose it from the list."
            ),
            ColumnKind.WORD,
            20,
            required=True,
            offers=Offer.PARENTS,
            apart=True,
        ),
        WorkbookColumn("id", ("Id", "Id"), _ID_NOTE, ColumnKind.WORD, 30, required=True),
        WorkbookColumn("code", ("Kod", "Code"), _CODE_NOTE, width=9),
        *both("name", ("Nazwa", "Name"), _NAME_NOTE, 32, required=True),
        *both(
            "question", ("Pytanie", "Question"), _("What is asked, in one sentence."), required=True
        ),
        *both("why", ("Dlaczego", "Why"), _("Why it matters, in two or three sentences."), 50),
        WorkbookColumn(
            "applies_to",
            ("Dotyczy", "Applies to"),
            _(
                "Kinds of unit that are asked, with commas between: gmina, powiat, city with county rights."
                " Empty means all of them."
            ),
            ColumnKind.UNITS,
            24,
            offers=Offer.UNITS,
        ),
        _WEIGHT,
        *both(
            "good_practice.text",
            ("Dobra praktyka", "Good practice"),
            _("How it works where it works well."),
        ),
        WorkbookColumn(
            "good_practice.source",
            ("Źródło dobrej praktyki", "Source of good practice"),
            _("Name of the real place where it works so. Empty where there is none."),
            width=28,
        ),
    ),
    frozen=2,
)
CRITERIA: Final = WorkbookSheet(
    "criteria",
    ("Kryteria", "Criteria"),
    _("what each level of an indicator asks: a row for each criterion, at least one a level"),
    (
        _OF_INDICATOR,
        _OF_LEVEL,
        WorkbookColumn("id", ("Id", "Id"), _ID_NOTE, ColumnKind.WORD, 34, required=True),
        *both(
            "text",
            ("Kryterium", "Criterion"),
            _(
                "One statement that can be answered yes or no with a document or a fact in hand; at most 25 words."
            ),
            60,
            required=True,
        ),
    ),
    frozen=3,
)
STEPS: Final = WorkbookSheet(
    "steps",
    ("Kroki", "Steps"),
    _("how a level is reached from the one below: at most one row for each level of an indicator"),
    (
        _OF_INDICATOR,
        _OF_LEVEL,
        *both("title", ("Tytuł", "Title"), _("What the undertaking is called."), 36, required=True),
        *both(
            "description",
            ("Opis", "Description"),
            _("What is done, in two to four sentences."),
            60,
            required=True,
        ),
        WorkbookColumn(
            "months",
            ("Miesiące", "Months"),
            _("How long it usually takes: whole months, at least 1."),
            ColumnKind.INTEGER,
            10,
            required=True,
            offers=Offer.FROM_ONE,
        ),
        *both("responsible", ("Odpowiada", "Responsible"), _("Who usually does it."), 28),
        *both(
            "measure",
            ("Miernik", "Measure"),
            _("By which product it is seen that it was done."),
            36,
        ),
    ),
    frozen=2,
)
EVIDENCE: Final = WorkbookSheet(
    "evidence",
    ("Dowody", "Evidence"),
    _("documents that usually prove an indicator: a row for each"),
    (
        _OF_INDICATOR,
        *both("text", ("Dowód", "Evidence"), _("The document or the fact."), 60, required=True),
    ),
)
LEGAL_BASIS: Final = WorkbookSheet(
    "legal_basis",
    ("Podstawy prawne", "Legal basis"),
    _("provisions behind an indicator: a row for each"),
    (
        _OF_INDICATOR,
        *both("act", ("Akt", "Act"), _("Name of the act."), required=True),
        WorkbookColumn(
            "article", ("Przepis", "Article"), _("Article, section and so on."), width=20
        ),
        WorkbookColumn(
            "obligatory",
            ("Obowiązkowe", "Obligatory"),
            _("Yes only where the act says so. Empty means no."),
            ColumnKind.FLAG,
            14,
            offers=Offer.FLAGS,
        ),
        WorkbookColumn(
            "checked",
            ("Sprawdzono", "Checked"),
            _("Year and month of the last reading of the act, such as 2026-11."),
            ColumnKind.MONTH,
            12,
        ),
        WorkbookColumn("source", ("Źródło", "Source"), _("Where it was read."), width=28),
        WorkbookColumn(
            "unconfirmed",
            ("Niepotwierdzone", "Unconfirmed"),
            _("Yes where it must be looked up before anybody relies on it. Empty means no."),
            ColumnKind.FLAG,
            16,
            offers=Offer.FLAGS,
        ),
        *both(
            "note", ("Uwaga", "Note"), _("What else should be known, or what is to be looked up.")
        ),
    ),
)
RULES: Final = WorkbookSheet(
    "rules",
    ("Reguły spójności", "Coherence rules"),
    _(
        "answers that sit oddly together: a row for each condition; rows with the same id are one rule"
        " and its text stands in one of them"
    ),
    (
        WorkbookColumn("id", ("Id", "Id"), _ID_NOTE, ColumnKind.WORD, 34, required=True),
        WorkbookColumn(
            "indicator",
            ("Wskaźnik", "Indicator"),
            _("Id of the indicator that the condition speaks of; choose it from the list."),
            ColumnKind.WORD,
            30,
            required=True,
            offers=Offer.INDICATORS,
        ),
        WorkbookColumn(
            "at_least",
            ("Co najmniej poziom", "At least level"),
            _("The condition holds from this level on. This or “Below level” must be given."),
            ColumnKind.INTEGER,
            12,
            offers=Offer.FROM_ZERO,
        ),
        WorkbookColumn(
            "below",
            ("Poniżej poziomu", "Below level"),
            _("The condition holds below this level."),
            ColumnKind.INTEGER,
            12,
            offers=Offer.FROM_ZERO,
        ),
        *both(
            "text",
            ("Pytanie", "Question"),
            _("What to ask when all conditions of the rule hold."),
            60,
            required=True,
        ),
    ),
)
FIXED: Final = (HEAD, SCALE, TIERS, INDICATORS, CRITERIA, STEPS, EVIDENCE, LEGAL_BASIS, RULES)
"""All sheets but those of the groups, which are called as their tiers are."""

FLAGS: Final[Mapping[bool, Names]] = {True: ("tak", "yes"), False: ("nie", "no")}
UNITS: Final[Mapping[str, Names]] = {
    "gmina": ("gmina", "gmina"),
    "powiat": ("powiat", "powiat"),
    "city": ("miasto na prawach powiatu", "city with county rights"),
}
"""Kinds of unit as they stand in cells, by id."""


def group_sheet(depth: int) -> WorkbookSheet:
    """Return the columns of the groups of one tier; the top one belongs to nothing."""
    columns = (_PARENT, *_GROUP) if depth else _GROUP
    return WorkbookSheet(
        f"groups-{depth}", ("", ""), _ABOUT_GROUPS, columns, frozen=len(columns) - 6
    )


def tier_sheet_names(tiers: Iterable[Tier], language: str) -> tuple[str, ...]:
    """Return for every tier the name of its sheet, one that every spreadsheet program takes."""
    taken = {fold(name) for sheet in FIXED for name in sheet.names}
    taken |= {fold(name) for name in (*GUIDE, *LISTS, "history")}
    names: list[str] = []
    for number, tier in enumerate(tiers, 1):
        # Nothing but letters of the basic plane: programs differ in what else they count and allow.
        wanted = "".join(
            c if ord(c) < 0x10000 else " " for c in (tier.plural or tier.name).get(language)
        )
        plain = " ".join(re.sub(r"[^\w.,()-]", " ", wanted).split())[:27].strip()
        name = stem = plain[:1].upper() + plain[1:] or f"{number}"
        again = 1
        while fold(name) in taken:
            again += 1
            name = f"{stem} {again}"
        taken.add(fold(name))
        names.append(name)
    return tuple(names)
