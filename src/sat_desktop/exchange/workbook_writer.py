"""Rows to a workbook that a person edits in Excel or LibreOffice.

Texts are written as texts and never as formulas; cells for texts have the format "text", so that
what is typed there stays as it was typed. The same rows give the same bytes.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from io import BytesIO
from typing import Any, Final

import xlsxwriter  # type: ignore[import-untyped]
from xlsxwriter.utility import xl_col_to_name  # type: ignore[import-untyped]

from sat_desktop.errors import Problem
from sat_desktop.exchange.workbook_columns import (
    HALF,
    LONGEST_CELL,
    ColumnKind,
    Offer,
    WorkbookColumn,
    WorkbookSheet,
    name_in,
)
from sat_desktop.exchange.workbook_guide import guide_lines
from sat_desktop.exchange.workbook_layout import (
    FACTS,
    FLAGS,
    GUIDE,
    HEAD,
    INDICATORS,
    LISTS,
    SCALE,
    UNITS,
)
from sat_desktop.exchange.workbook_rows import Filled
from sat_desktop.runtime.i18n import Language
from sat_desktop.runtime.palette import LIGHT

SPARE_ROWS: Final = 2_000
"""Rows below the last one that offer the same drop-down lists."""
EXACT_DIGITS: Final = 15
"""Significant digits that every spreadsheet program keeps of a number."""

_NEVER: Final = datetime(2000, 1, 1)  # noqa: DTZ001 -- a workbook has no zone
"""The time at which every workbook says it was made."""
_TWO_ESCAPES: Final = re.compile(r"_x[0-9A-Fa-f]{4}_x[0-9A-Fa-f]{4}_")
_UNIT_CHOICES: Final = (
    *(("gmina",), ("powiat",), ("city",)),
    *(("gmina", "city"), ("powiat", "city"), ("gmina", "powiat")),
)


def workbook_content(sheets: Sequence[Filled], title: str, language: Language) -> bytes:
    """Return the bytes of a workbook; its texts fit into cells (`unfit_texts`)."""
    return _Writer(sheets, title, language).content()


def unfit_texts(sheets: Sequence[Filled], language: str) -> Iterator[Problem]:
    """Yield a problem for every text that no cell can hold."""
    for filled in sheets:
        columns = FACTS if filled.sheet is HEAD else filled.sheet.columns
        for row in filled.rows:
            for column in columns:
                text = row.get(column.key)
                if not isinstance(text, str):
                    continue
                entry = row.get("id") or row.get("indicator") or ""
                facts = {"entry": entry, "key": name_in(column.names, language)}
                if HALF.search(text):
                    yield Problem("text-unstorable", filled.title, facts)
                elif (size := len(text.encode("utf-16-le")) // 2) > LONGEST_CELL:
                    facts |= {"size": size, "limit": LONGEST_CELL}
                    yield Problem("cell-too-long", filled.title, facts)


class _Writer:
    """Writes one workbook into memory."""

    def __init__(self, sheets: Sequence[Filled], title: str, language: Language) -> None:
        self._sheets = sheets
        self._language = language
        self._out = BytesIO()
        self._book: Any = xlsxwriter.Workbook(self._out, {"in_memory": True})
        self._book.set_properties({"title": title, "created": _NEVER})
        self._formats: dict[str, Any] = {}
        self._title = title

    def content(self) -> bytes:
        """Return the whole workbook."""
        self._write_guide()
        for filled in self._sheets:
            if filled.sheet is HEAD:
                self._write_head(filled)
            else:
                self._write_table(filled)
        self._write_lists()
        self._book.close()
        return self._out.getvalue()

    # -- sheets ---------------------------------------------------------------------------------

    def _write_guide(self) -> None:
        sheet = self._book.add_worksheet(name_in(GUIDE, self._language.code))
        sheet.set_column(0, 0, 26, self._format("label"))
        sheet.set_column(1, 1, 100, self._format("text"))
        sheet.hide_gridlines(2)
        self._text(sheet, 0, 0, self._language.t("Questionnaire as a workbook"), "title")
        lines = [(self._language.t("Questionnaire"), self._title)] if self._title else []
        lines += [
            (self._language.t(label), self._language.t(text)) for label, text in guide_lines()
        ]
        lines += [(filled.title, self._language.t(filled.sheet.about)) for filled in self._sheets]
        for row, (label, text) in enumerate(lines, 2):
            self._text(sheet, row, 0, label, "label")
            self._text(sheet, row, 1, text, "text")
        _on_paper(sheet)

    def _write_head(self, filled: Filled) -> None:
        sheet = self._begun(filled.sheet, filled.title)
        row = 0
        for column in FACTS:
            stem, _, language = column.key.rpartition(".")
            if not stem or language == "pl":
                row += 1
                label = name_in(column.names, self._language.code).removesuffix(" (pl)")
                self._text(sheet, row, 0, label, "label")
                self._note(sheet, row, 0, column)
            place = (row, 2 if stem and language == "en" else 1)
            self._value(sheet, *place, column, filled.rows[0].get(column.key))

    def _write_table(self, filled: Filled) -> None:
        sheet = self._begun(filled.sheet, filled.title)
        for number, row in enumerate(filled.rows, 1):
            for index, column in enumerate(filled.sheet.columns):
                self._value(sheet, number, index, column, row.get(column.key))
        last = len(filled.rows) + SPARE_ROWS
        for index, column in enumerate(filled.sheet.columns):
            if column.offers:
                sheet.data_validation(1, index, last, index, self._validation(filled, column))
        sheet.autofilter(0, 0, max(len(filled.rows), 1), len(filled.sheet.columns) - 1)

    def _begun(self, layout: WorkbookSheet, title: str) -> Any:
        """Return a new sheet with its headings."""
        sheet = self._book.add_worksheet(title)
        sheet.set_row(0, 32)
        sheet.freeze_panes(1, layout.frozen)
        for index, column in enumerate(layout.columns):
            kind = "whole" if column.kind is ColumnKind.INTEGER else "text"
            sheet.set_column(index, index, column.width, self._format(kind))
            heading = "heading" if column.required or layout is HEAD else "may be empty"
            self._text(sheet, 0, index, name_in(column.names, self._language.code), heading)
            self._note(sheet, 0, index, column)
        # An id such as 1.10 is meant to be a text, which a spreadsheet would mark as a mistake.
        sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
        _on_paper(sheet)
        sheet.repeat_rows(0)
        return sheet

    def _write_lists(self) -> None:
        sheet = self._book.add_worksheet(name_in(LISTS, self._language.code))
        for row, text in enumerate(self._words(Offer.FLAGS)):
            self._text(sheet, row, 0, text, "text")
        for row, text in enumerate(self._words(Offer.UNITS)):
            self._text(sheet, row, 1, text, "text")
        sheet.hide()

    # -- cells ----------------------------------------------------------------------------------

    def _value(
        self, sheet: Any, row: int, index: int, column: WorkbookColumn, value: object
    ) -> None:
        if value is None:
            return
        if isinstance(value, bool):
            self._text(sheet, row, index, name_in(FLAGS[value], self._language.code), "text")
        elif isinstance(value, tuple):
            names = (name_in(UNITS[str(unit)], self._language.code) for unit in value)
            self._text(sheet, row, index, ", ".join(names), "text")
        elif isinstance(value, int | Fraction):
            number = exact_float(Fraction(value))
            kind = "whole" if column.kind is ColumnKind.INTEGER else "text"
            if number is None:
                self._text(sheet, row, index, str(value), kind)
            else:
                sheet.write_number(row, index, number, self._format(kind))
        else:
            self._text(sheet, row, index, str(value), "text")

    def _text(self, sheet: Any, row: int, column: int, text: str, kind: str) -> None:
        """Write a text to the letter.

        Two kinds the library would not: one that looks like its own markup, and one with two
        escaped characters that share a sign. In pieces they look like nothing.
        """
        pieces = [text]
        if text.startswith("<r>") and text.endswith("</r>"):
            pieces = [text[:1], text[1:]]
        if _TWO_ESCAPES.search(text):
            pieces = [p for piece in pieces for p in re.split("(?<=_x)(?=[0-9A-Fa-f]{4}_)", piece)]
        if len(pieces) > 1:
            own = self._format(kind)
            sheet.write_rich_string(row, column, own, *pieces, own)
        else:
            sheet.write_string(row, column, text, self._format(kind))

    def _note(self, sheet: Any, row: int, index: int, column: WorkbookColumn) -> None:
        text = self._language.t(column.note)
        if column.required and column.key.endswith((".pl", ".en")):
            text += "\n" + self._language.t("Must be filled in, in at least one language.")
        elif column.required:
            text += "\n" + self._language.t("Must be filled in.")
        lines = sum(len(line) // 42 + 1 for line in text.split("\n"))
        sheet.write_comment(
            row,
            index,
            text,
            {"author": "", "width": 280, "height": 16 * lines + 14, "font_size": 9},
        )

    def _validation(self, filled: Filled, column: WorkbookColumn) -> dict[str, Any]:
        t = self._language.t
        if column.offers in (Offer.FROM_ZERO, Offer.FROM_ONE):
            least = 1 if column.offers is Offer.FROM_ONE else 0
            return {
                "validate": "integer",
                "criteria": ">=",
                "value": least,
                "error_title": t("Whole number"),
                "error_message": t("Write a whole number, at least {least}.", least=least),
            }
        # Ids may be pasted before the row that they name is there, and units in another order.
        strict = column.offers in (Offer.LEVELS, Offer.FLAGS)
        return {
            "validate": "list",
            "source": self._source(filled, column.offers),
            "error_type": "stop" if strict else "warning",
            "error_title": t("Not in the list"),
            "error_message": t("Choose an entry of the list."),
        }

    def _source(self, filled: Filled, offer: Offer) -> str:
        """Return the formula of the cells that a drop-down list shows: those that are filled."""
        if offer in (Offer.FLAGS, Offer.UNITS):
            column = "A" if offer is Offer.FLAGS else "B"
            lists = _quoted(name_in(LISTS, self._language.code))
            return f"={lists}!${column}$1:${column}${len(self._words(offer))}"
        target, key = self._target(filled, offer)
        index = next(n for n, c in enumerate(target.sheet.columns) if c.key == key)
        column, last = xl_col_to_name(index), len(target.rows) + SPARE_ROWS
        first = f"{_quoted(target.title)}!${column}$2"
        return f"=OFFSET({first},0,0,MAX(1,COUNTA({first}:${column}${last + 1})),1)"

    def _target(self, filled: Filled, offer: Offer) -> tuple[Filled, str]:
        by_key = {other.sheet.key: other for other in self._sheets}
        if offer is Offer.LEVELS:
            return by_key[SCALE.key], "level"
        if offer is Offer.INDICATORS:
            return by_key[INDICATORS.key], "id"
        # The groups stand one tier after another, and directly before the indicators.
        return self._sheets[self._sheets.index(filled) - 1], "id"

    def _words(self, offer: Offer) -> list[str]:
        code = self._language.code
        if offer is Offer.FLAGS:
            return [name_in(names, code) for names in FLAGS.values()]
        return [", ".join(name_in(UNITS[u], code) for u in units) for units in _UNIT_CHOICES]

    def _format(self, kind: str) -> Any:
        if kind not in self._formats:
            common = {"text_wrap": True, "valign": "top"}
            heading = {**common, "bold": True, "border": 1, "border_color": LIGHT.border}
            self._formats[kind] = self._book.add_format(
                {
                    "text": {**common, "num_format": "@"},
                    "whole": {**common, "num_format": "0"},
                    "label": {**common, "num_format": "@", "bold": True},
                    "title": {"bold": True, "font_size": 16, "font_color": LIGHT.accent},
                    "heading": {**heading, "bg_color": LIGHT.accent, "font_color": LIGHT.on_accent},
                    "may be empty": {**heading, "bg_color": LIGHT.accent_soft},
                }[kind]
            )
        return self._formats[kind]


def exact_float(value: Fraction) -> float | None:
    """Return a number that a cell keeps exactly, or nothing where there is none."""
    try:
        number = float(value)
    except OverflowError:
        return None
    digits = Decimal(repr(number))
    if Fraction(digits) != value or len(digits.as_tuple().digits) > EXACT_DIGITS:
        return None
    return number


def _quoted(title: str) -> str:
    return "'" + title.replace("'", "''") + "'"


def _on_paper(sheet: Any) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
