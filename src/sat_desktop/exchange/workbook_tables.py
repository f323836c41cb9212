"""The sheets of a workbook as tables: each row with its cells by the keys of their columns.

Here is found what is wrong with the sheets and headings themselves. A table in which something
could not be read says so (`sound`), so that its gaps are not taken for mistakes of other tables.
"""

import difflib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from openpyxl.utils import get_column_letter

from sat_desktop.errors import Problem, SatError
from sat_desktop.exchange.workbook_columns import (
    UNREAD,
    Names,
    WorkbookColumn,
    WorkbookSheet,
    name_in,
)
from sat_desktop.exchange.workbook_file import RawSheet, WorkbookCell
from sat_desktop.exchange.workbook_layout import FACTS, FIXED, GUIDE, HEAD, TIERS, group_sheet
from sat_desktop.runtime.folding import fold

TITLED: Final = 20
"""Rows at the top among which the headings are looked for."""


@dataclass(frozen=True, slots=True, order=True)
class WorkbookPlace:
    """Where something stands; row and column count from 1, and are 0 where all are meant."""

    order: int
    sheet: str
    row: int = 0
    column: int = 0

    def __str__(self) -> str:
        """Return the place as spreadsheet programs write it, such as `Kryteria!C12`."""
        column = get_column_letter(self.column) if self.column else ""
        return f"{self.sheet}!{column}{self.row or ''}" if self.row or column else self.sheet

    def facts(self) -> dict[str, object]:
        """Return the parts of the place, which are worded where the problem is."""
        facts: dict[str, object] = {"sheet": self.sheet}
        if self.row:
            facts["row"] = self.row
        if self.column:
            facts["column"] = get_column_letter(self.column)
        return facts


@dataclass(slots=True)
class WorkbookTable:
    """One sheet that was found; `columns` are those whose heading is there, by key."""

    sheet: WorkbookSheet
    place: WorkbookPlace
    columns: dict[str, int] = field(default_factory=dict)
    headings: dict[str, str] = field(default_factory=dict)
    rows: list["WorkbookRow"] = field(default_factory=list)
    sound: bool = True

    def heading(self, key: str) -> str:
        """Return what a column is called, a text without its language."""
        found = self.headings.get(key) or self.headings.get(f"{key}.pl", key)
        return found.removesuffix("(pl)").strip()


@dataclass(frozen=True, slots=True)
class WorkbookRow:
    """One row of a table.

    Attributes:
        cells: those with something in them, by the key of their column.
        place: of the row.
        spots: row and column of every key, where they are not those of row and heading.
    """

    table: WorkbookTable
    place: WorkbookPlace
    cells: Mapping[str, WorkbookCell]
    spots: Mapping[str, tuple[int, int]] = field(default_factory=dict)

    def at(self, key: str) -> WorkbookPlace:
        """Return the place of a column in this row, of the whole row where there is no such one."""
        row, column = self.spots.get(key, (self.place.row, self.table.columns.get(key, 0)))
        return WorkbookPlace(self.place.order, self.place.sheet, row, column)


class Tables:
    """All tables of a workbook, and what is wrong with its sheets.

    Attributes:
        of: the tables by the key of their sheet; one that is missing is empty and not sound.
        groups: the tables of the tiers, top first.
        noted: problems with their places.
    """

    def __init__(self, sheets: Sequence[RawSheet], path: str) -> None:
        self.noted: list[tuple[WorkbookPlace, Problem]] = []
        self._told: set[tuple[str, WorkbookPlace]] = set()
        self._places = {s.title: WorkbookPlace(n, s.title) for n, s in enumerate(sheets)}
        self._waiting = {fold(sheet.title): sheet for sheet in sheets}
        titles = set(self._waiting)
        if not any(_folded(s.names) & titles for s in FIXED):
            raise SatError("workbook-foreign", path=path)
        # The language of the workbook, for the names of what is missing.
        english = sum(fold(s.names[1]) in titles for s in FIXED)
        self._language = "en" if english > len(FIXED) // 2 else "pl"
        for name in GUIDE:
            self._waiting.pop(fold(name), None)
        self.of: dict[str, WorkbookTable] = {sheet.key: self._fixed(sheet) for sheet in FIXED}
        self.of[HEAD.key] = self._transposed(self.of[HEAD.key])
        self.groups = [self._tier(row, depth) for depth, row in enumerate(self.of[TIERS.key].rows)]
        for sheet in self._waiting.values():
            if sheet.rows and not sheet.title.startswith(UNREAD):
                likely = closest(sheet.title, (name_in(s.names, self._language) for s in FIXED))
                self.note(
                    "sheet-unknown", self._places[sheet.title], title=sheet.title, closest=likely
                )

    def note(self, code: str, place: WorkbookPlace, **facts: object) -> None:
        """Note what is wrong at a place, however often it is come upon."""
        if (code, place) not in self._told:
            self._told.add((code, place))
            self.noted.append((place, Problem(code, str(place), {**place.facts(), **facts})))

    def _fixed(self, sheet: WorkbookSheet) -> WorkbookTable:
        for name in sheet.names:
            if (raw := self._waiting.pop(fold(name), None)) is not None:
                return self._table(sheet, raw)
        name = name_in(sheet.names, self._language)
        # A missing sheet is named after those that are there.
        place = WorkbookPlace(len(self._places), name)
        likely = closest(name, (raw.title for raw in self._waiting.values()))
        self.noted.append((place, Problem("sheet-missing", "", {"title": name, "closest": likely})))
        return WorkbookTable(sheet, place, sound=False)

    def _tier(self, row: WorkbookRow, depth: int) -> WorkbookTable:
        """Return the table of a tier's groups, whose sheet is named in the row of the tier."""
        sheet, place = group_sheet(depth), row.at("sheet")
        cell = row.cells.get("sheet")
        title = str(cell.value).strip() if cell else ""
        raw = self._waiting.pop(fold(title), None)
        if raw is not None:
            return self._table(sheet, raw)
        if title and any(fold(title) == fold(known) for known in self._places):
            self.note("sheet-repeated", place, title=title)
        elif title:
            likely = closest(title, (other.title for other in self._waiting.values()))
            self.note("sheet-missing", place, title=title, closest=likely)
        elif "sheet" in row.table.columns:
            self.note("cell-empty", place, key=row.table.heading("sheet"))
        return WorkbookTable(sheet, place, sound=False)

    def _table(self, sheet: WorkbookSheet, raw: RawSheet) -> WorkbookTable:
        table = WorkbookTable(sheet, self._places[raw.title])
        for area in raw.merged:
            table.sound = False
            self.note("cells-merged", table.place, area=area)
        numbers = sorted(n for n, cells in raw.rows.items() if any(map(speaks, cells)))
        first = next((n for n in numbers[:TITLED] if self._is_heading(sheet, raw.rows[n])), 0)
        if not first:
            table.sound = False
            self.note("headings-missing", table.place)
            return table
        self._read_headings(table, raw.rows[first], first)
        keys = {column: key for key, column in table.columns.items()}
        for number in numbers:
            if number > first:
                self._read_row(table, number, raw.rows[number], keys)
        return table

    @staticmethod
    def _is_heading(sheet: WorkbookSheet, cells: Sequence[WorkbookCell]) -> bool:
        known = set().union(*(_folded(column.names) for column in sheet.columns))
        return sum(fold(str(cell.value)) in known for cell in cells) > 1

    def _read_headings(self, table: WorkbookTable, cells: Sequence[WorkbookCell], row: int) -> None:
        known = {fold(name): c for c in table.sheet.columns for name in (*c.names, c.key)}
        language = self._language
        unknown: list[tuple[WorkbookPlace, str]] = []
        for cell in cells:
            heading = " ".join(str(cell.value).split())
            place = replace(table.place, row=row, column=cell.column)
            column = known.get(fold(heading))
            if column is not None and column.key not in table.columns:
                table.columns[column.key] = cell.column
                table.headings[column.key] = heading
            elif column is not None:
                table.sound = False
                table.columns[f"{UNREAD}{cell.column}"] = cell.column
                self.note("heading-twice", place, heading=heading)
            elif heading.startswith(UNREAD):
                table.columns[heading] = cell.column
            elif heading:
                unknown.append((place, heading))
        missing = [c for c in table.sheet.columns if c.key not in table.columns]
        for place, heading in unknown:
            table.sound = False
            table.columns[f"{UNREAD}{place.column}"] = place.column
            likely = closest(heading, (name_in(c.names, language) for c in missing))
            self.note("heading-unknown", place, heading=heading, closest=likely)
        for column in missing:
            table.sound = False
            place = replace(table.place, row=row)
            self.note("heading-missing", place, heading=name_in(column.names, language))

    def _read_row(
        self,
        table: WorkbookTable,
        number: int,
        cells: Sequence[WorkbookCell],
        keys: Mapping[int, str],
    ) -> None:
        place = replace(table.place, row=number)
        found: dict[str, WorkbookCell] = {}
        for cell in cells:
            if (key := keys.get(cell.column)) is not None:
                found[key] = cell
            elif speaks(cell):
                self.note("cell-not-read", replace(place, column=cell.column))
        if any(speaks(cell) for key, cell in found.items() if not key.startswith(UNREAD)):
            table.rows.append(WorkbookRow(table, place, found))

    def _transposed(self, table: WorkbookTable) -> WorkbookTable:
        """Return the head with one row, whose cells stand in the file below one another."""
        facts = WorkbookTable(table.sheet, table.place, sound=table.sound)
        labels = _labels()
        cells: dict[str, WorkbookCell] = {}
        spots: dict[str, tuple[int, int]] = {}
        for row in table.rows:
            label = " ".join(str(row.cells["field"].value).split()) if "field" in row.cells else ""
            keys = labels.get(fold(label))
            if keys is None or not spots.keys().isdisjoint(keys.values()):
                facts.sound = False
                likely = closest(label, (_bare(c, self._language) for c in FACTS))
                code = "heading-unknown" if keys is None else "heading-twice"
                self.note(code, row.at("field"), heading=label, closest=likely)
                continue
            for language, key in keys.items():
                place = row.at(language)
                spots[key] = (place.row, place.column)
                facts.columns[key], facts.headings[key] = place.column, label
                if language in row.cells:
                    cells[key] = row.cells[language]
            if "en" not in keys and "en" in row.cells and speaks(row.cells["en"]):
                self.note("cell-not-read", row.at("en"))
        missing = [c for c in FACTS if c.key not in spots and not c.key.endswith(".en")]
        for column in missing if table.columns else ():
            facts.sound = False
            self.note("heading-missing", table.place, heading=_bare(column, self._language))
        facts.rows.append(WorkbookRow(facts, table.place, cells, spots))
        return facts


def _labels() -> dict[str, dict[str, str]]:
    """Return for what can stand in the first column of the head the keys of the cells beside it."""
    labels: dict[str, dict[str, str]] = {}
    for column in FACTS:
        stem, _, language = column.key.rpartition(".")
        for label in (_bare(column, "pl"), _bare(column, "en"), stem or column.key):
            labels.setdefault(fold(label), {})[language if stem else "pl"] = column.key
    return labels


def _bare(column: WorkbookColumn, language: str) -> str:
    """Return what a column is called without the language of its text."""
    return re.sub(r" \((pl|en)\)$", "", name_in(column.names, language))


def closest(word: str, known: Iterable[str]) -> str:
    """Return the known name that was probably meant, or nothing."""
    by_fold = {fold(name): name for name in known}
    found = difflib.get_close_matches(fold(word), list(by_fold), 1, 0.6)
    return by_fold[found[0]] if found else ""


def _folded(names: Names) -> set[str]:
    return {fold(name) for name in names}


def speaks(cell: WorkbookCell) -> bool:
    """Tell whether there is anything in a cell that a person would see."""
    return bool(cell.broken) or not isinstance(cell.value, str) or bool(cell.value.strip())
