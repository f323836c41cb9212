"""A workbook to a `Questionnaire`, with everything that is wrong by sheet, row and column.

The checks are those of the files of an edition (`formats.edition_reader`, and `strict_reader` where
a finished text is asked for); here their places become cells, and keys become headings.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from sat_desktop.domain.questionnaire import Questionnaire
from sat_desktop.errors import Problem, SatError
from sat_desktop.exchange.answers_files import read_file
from sat_desktop.exchange.workbook_cells import Origin, origin
from sat_desktop.exchange.workbook_file import FILE_LIMIT, read_sheets
from sat_desktop.exchange.workbook_layout import CRITERIA, INDICATORS, STEPS
from sat_desktop.exchange.workbook_tables import Tables, WorkbookPlace, WorkbookTable
from sat_desktop.exchange.workbook_tree import StrayEntry, Tree
from sat_desktop.formats.edition_reader import EditionReader
from sat_desktop.formats.records import ABSENT
from sat_desktop.formats.strict_reader import StrictReader
from sat_desktop.formats.yaml_source import Node, Source

NOTED: Final = Problem(code="")
"""Stands among the problems for one that was told elsewhere, so that nothing is made of its entry."""


def read_workbook(path: Path) -> Questionnaire:
    """Read an edition from a workbook.

    Raises:
        SatError: `questionnaire-workbook-invalid` with every problem and its cell; what
            `examine_workbook` raises.

    """
    questionnaire, problems = examine_workbook(path)
    if questionnaire is None or problems:
        raise SatError(
            "questionnaire-workbook-invalid", problems, path=str(path), count=len(problems)
        )
    return questionnaire


def examine_workbook(
    path: Path, *, strict: bool = False
) -> tuple[Questionnaire | None, list[Problem]]:
    """Read an edition as far as it goes, with every problem of its sheets in their order.

    Raises:
        SatError: there is nothing to read: `file-missing-at`, `file-special`, `file-not-read`,
            `file-too-large`, `workbook-kind`, `workbook-protected`, `workbook-too-large`,
            `workbook-broken`, `workbook-foreign`.

    """
    return examine_content(read_file(path, FILE_LIMIT), path, strict=strict)


def examine_content(
    content: bytes, path: Path, *, strict: bool = False
) -> tuple[Questionnaire | None, list[Problem]]:
    """Do as `examine_workbook` with the bytes of a workbook; the path is named in errors."""
    tables = Tables(read_sheets(content, str(path)), str(path))
    tree = Tree(tables)
    source = _Sheets(path.name, tree.root)
    reader = (_StrictSheetReader if strict else _SheetReader)(path.parent, head=source)
    # What the sheets themselves hide must not be made a questionnaire of.
    reader.problems += [NOTED] * len(tables.noted)
    questionnaire = reader.read_tables(tables, tree.orphans)
    found = [(source.places[p.where], p) for p in reader.problems if p is not NOTED]
    return questionnaire, [p for _, p in sorted([*tables.noted, *found], key=lambda pair: pair[0])]


class _Sheets(Source):
    """The tree of a workbook; `places` are those that were named so far."""

    __slots__ = ("places",)

    places: dict[str, WorkbookPlace]

    def __init__(self, file: str, root: Node) -> None:
        super().__init__(file, root)
        object.__setattr__(self, "places", {"": WorkbookPlace(0, "")})

    def place(self, node: Node) -> str:
        """Return the cell, the row or the sheet of a node."""
        place = origin(node).place
        return self.named(place)

    def named(self, place: WorkbookPlace) -> str:
        """Return a place in words and remember where it is."""
        self.places[str(place)] = place
        return str(place)


class _SheetReader(EditionReader):
    """Reads the tree of a workbook; its problems name cells and headings."""

    _tables: Tables

    def read_tables(self, tables: Tables, orphans: list[StrayEntry]) -> Questionnaire | None:
        """Read the tree, then what belongs nowhere in it."""
        self._tables = tables
        if not tables.of[INDICATORS.key].sound or orphans:
            self._all_reached = False
        questionnaire = self.read()
        for orphan in orphans:
            if orphan.record is not None:
                self.record(orphan.record, orphan.node)
            else:
                self._depth = orphan.depth
                self.group(orphan.node, "")
        return questionnaire

    def problem(self, code: str, node: Node, **facts: object) -> Any:
        """Note what is wrong, in the words and at the places of a spreadsheet."""
        found = self._found(code, node, origin(node), facts)
        if found is None:
            self.problems.append(NOTED)
            return ABSENT
        code, place, facts = found
        entry = {"entry": self._entry(), **facts, **place.facts()}
        self.problems.append(Problem(code, self._sheets().named(place), entry))
        return ABSENT

    def _sheets(self) -> _Sheets:
        source = self.source
        assert isinstance(source, _Sheets)  # noqa: S101 -- no group of a workbook names a file
        return source

    def _found(
        self, code: str, node: Node, mark: Origin, facts: Mapping[str, object]
    ) -> tuple[str, WorkbookPlace, dict[str, object]] | None:
        """Return code, place and facts as they are in a workbook; nothing for what was told."""
        if mark.noted:
            return None
        key = str(facts.get("key", ""))
        told = dict(facts)
        if gap := _GAPS.get((code, key)):
            if key == "criteria":
                told["level"] = self._level_of(node)
            return (gap, mark.place, told) if self._is_gap(code, mark.row.table) else None
        if code == "list-empty":
            return ("sheet-empty", mark.place, told) if mark.row.table.sound else None
        if code == "key-missing":
            return _missing(mark, key)
        name = "text" if code == "criterion-long" else mark.base
        column = f"{name}.{facts.get('language')}"
        place = mark.row.at(column) if column in mark.row.table.columns else mark.place
        if code in ("level-out-of-range", "level-repeated"):
            place = mark.row.at("level")
        told |= {fact: mark.row.table.heading(name) for fact in ("key", "field") if fact in facts}
        return _CODES.get(code, code), place, told

    def _is_gap(self, code: str, table: WorkbookTable) -> bool:
        """Tell whether everything was read that could have filled a gap in this table."""
        of = self._tables.of
        below = [of[CRITERIA.key], of[STEPS.key]]
        if code == "group-empty":
            below = [*self._tables.groups, of[INDICATORS.key]]
        return table.sound and all(t.sound for t in below)


_GAPS: Final = {
    ("group-empty", ""): "group-without-content",
    ("list-empty", "levels"): "indicator-without-criteria",
    ("key-missing", "criteria"): "criteria-missing",
    ("level-missing", ""): "level-missing",
    ("step-missing", ""): "step-missing",
}
"""What is said of a row because another sheet has none for it, by code and key."""

_CODES: Final = {
    "expected-boolean": "cell-yes-or-no",
    "check-date-missing": "check-date-empty",
}
"""Codes of the files whose sentences speak of keys, and those that speak of cells."""


class _StrictSheetReader(_SheetReader, StrictReader):
    """Asks besides for what a finished text has."""


def _missing(mark: Origin, key: str) -> tuple[str, WorkbookPlace, dict[str, object]] | None:
    """Return what to say of an empty cell; of a missing column it was said once."""
    table, name = mark.row.table, f"{mark.base}.{key}" if mark.base else key
    heading = table.heading(name)
    if name in table.columns:
        return "cell-empty", mark.row.at(name), {"key": heading}
    if f"{name}.pl" in table.columns:
        return "text-missing", mark.row.at(f"{name}.pl"), {"field": heading}
    return None
