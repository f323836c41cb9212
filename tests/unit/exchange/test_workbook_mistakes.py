"""What people do to a workbook: it is read all the same, or every mistake is named by its cell."""

import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date, time
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter  # type: ignore[import-untyped]
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from sat_desktop.domain.questionnaire import Group, LegalBasis, Questionnaire, Text
from sat_desktop.errors import Problem, SatError
from sat_desktop.exchange.questionnaire_workbook import (
    examine_workbook,
    read_workbook,
    write_workbook,
)
from sat_desktop.formats.questionnaire_files import read_edition
from sat_desktop.runtime.i18n import language_of
from sat_desktop.runtime.sentences import SENTENCES
from sat_desktop.runtime.wording import describe, describe_problem

DATA = Path(__file__).parents[2] / "data" / "questionnaires"

Edit = Callable[[Any], object]


@pytest.fixture(scope="module")
def practice() -> Questionnaire:
    """A model of three tiers and five levels, with a rule and a legal basis."""
    read = read_edition(DATA / "project-practice" / "2.1.0")
    basis = LegalBasis(Text("Ustawa", "Act"), "art. 1", checked="2026-11", note=Text("x", "y"))

    def with_basis(group: Group) -> Group:
        first, *others = group.indicators or (None,)
        return replace(
            group,
            groups=tuple(map(with_basis, group.groups)),
            indicators=(replace(first, legal_basis=(basis,)), *others) if first else (),
        )

    return replace(read, groups=tuple(map(with_basis, read.groups)))


@pytest.fixture(scope="module")
def original(practice: Questionnaire, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("original") / "q.xlsx"
    write_workbook(practice, path)
    return path


class EditedWorkbook:
    """A workbook that somebody edits."""

    def __init__(self, original: Path, path: Path) -> None:
        self.path = path
        self._original = original

    def change(self, edit: Edit) -> None:
        """Save the workbook with a change; every time from its first state."""
        book = load_workbook(self._original)
        edit(book)
        book.save(self.path)

    def problems(self, edit: Edit, *, strict: bool = False) -> list[Problem]:
        """Return what is wrong after a change; it never can be read then."""
        self.change(edit)
        questionnaire, problems = examine_workbook(self.path, strict=strict)
        if problems and not strict:
            assert questionnaire is None
            with pytest.raises(SatError) as caught:
                read_workbook(self.path)
            assert caught.value.code == "questionnaire-workbook-invalid"
            assert list(caught.value.problems) == problems
        for problem in problems:
            assert problem.code in SENTENCES
            assert set(re.findall(r"{(\w+)}", SENTENCES[problem.code])) <= set(problem.facts)
        return problems

    def found(self, edit: Edit, *, strict: bool = False) -> list[tuple[str, str]]:
        """Return codes and places."""
        return [(p.code, p.where) for p in self.problems(edit, strict=strict)]

    def read(self, edit: Edit) -> Questionnaire:
        """Return what is read after a change."""
        self.change(edit)
        return read_workbook(self.path)


@pytest.fixture
def edited(original: Path, tmp_path: Path) -> EditedWorkbook:
    return EditedWorkbook(original, tmp_path / "q.xlsx")


def put(sheet: str, cell: str, value: object) -> Edit:
    """Return a change that types something into a cell."""

    def edit(book: Any) -> None:
        book[sheet][cell] = value

    return edit


def all_of(*edits: Edit) -> Edit:
    def edit(book: Any) -> None:
        for one in edits:
            one(book)

    return edit


# -- cells ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sheet", "cell", "value", "code", "facts"),
    [
        ("Kwestionariusz", "B2", 2, "questionnaire-format-newer", {"format": "2"}),
        ("Kwestionariusz", "B3", "ą b", "id-malformed", {"id": "ą b"}),
        ("Kwestionariusz", "B3", None, "cell-empty", {"key": "Id"}),
        ("Kwestionariusz", "B4", "jeden", "version-malformed", {"version": "jeden"}),
        ("Kwestionariusz", "C4", "1.0", "cell-not-read", {}),
        ("Skala", "A3", 7, "level-out-of-range", {"level": 7, "highest": 5}),
        ("Skala", "A3", "dwa", "expected-integer", {"key": "Poziom", "value": "dwa"}),
        ("Skala", "A3", None, "cell-empty", {"key": "Poziom"}),
        ("Skala", "G3", 1.5, "attainment-range", {"value": "3/2"}),
        ("Skala", "G3", "dużo", "expected-number", {"key": "Próg osiągnięcia"}),
        ("Skala", "G3", None, "cell-empty", {"key": "Próg osiągnięcia"}),
        ("Dziedziny", "A2", "total", "id-reserved", {"id": "total"}),
        ("Procesy", "A2", "doimg", "group-unknown", {"id": "doimg", "closest": "doing"}),
        ("Procesy", "A2", None, "cell-empty", {"key": "Należy do"}),
        ("Procesy", "H2", 0, "weight-not-positive", {"value": "0"}),
        ("Procesy", "H2", True, "expected-number", {"key": "Waga", "value": "true"}),
        ("Procesy", "H2", date(2026, 3, 1), "cell-date", {"key": "Waga", "value": "2026-03-01"}),
        ("Wskaźniki", "A2", "nic", "group-unknown", {"id": "nic"}),
        ("Wskaźniki", "B3", "scope.list", "id-duplicate-at", {"first": "Wskaźniki!B2"}),
        ("Wskaźniki", "C2", 1.1, "cell-number", {"key": "Kod", "value": 1.1}),
        ("Wskaźniki", "C2", date(2026, 3, 1), "cell-date", {"key": "Kod"}),
        ("Wskaźniki", "C2", time(12, 30), "cell-date", {"value": "12:30:00"}),
        ("Wskaźniki", "C2", "_xD83D_", "text-unstorable", {}),
        ("Podstawy prawne", "F2", 202611, "month-malformed", {"value": "202611"}),
        ("Wskaźniki", "C2", True, "cell-number", {"value": True}),
        ("Wskaźniki", "C2", "#REF!", "cell-error", {"key": "Kod", "value": "#REF!"}),
        ("Wskaźniki", "C2", "=A1", "cell-formula", {"key": "Kod"}),
        ("Wskaźniki", "J2", "gmina, powjat", "unit-kind-unknown", {"value": "powjat"}),
        ("Kryteria", "A2", "scope.lost", "rule-unknown-indicator", {"closest": "scope.list"}),
        ("Kryteria", "B2", 6, "level-out-of-range", {"level": 6}),
        ("Kryteria", "C2", None, "cell-empty", {"key": "Id"}),
        ("Kroki", "B2", None, "cell-empty", {"key": "Poziom"}),
        ("Kroki", "G2", 0, "months-not-positive", {"level": 1}),
        ("Kroki", "G2", 2.5, "expected-integer", {"key": "Miesiące", "value": "2.5"}),
        ("Kroki", "G2", None, "cell-empty", {"key": "Miesiące"}),
        ("Podstawy prawne", "E2", "może", "cell-yes-or-no", {"value": "może"}),
        ("Podstawy prawne", "F2", "maj", "month-malformed", {"value": "maj"}),
        (
            "Reguły spójności",
            "B2",
            "time.shedule",
            "rule-unknown-indicator",
            {"id": "time.shedule"},
        ),
        ("Reguły spójności", "B2", None, "cell-empty", {"key": "Wskaźnik"}),
        ("Reguły spójności", "C2", 9, "rule-bound", {"levels": 5}),
        ("Reguły spójności", "E3", "inny", "rule-text-differs", {"first": "Reguły spójności!E2"}),
        ("Kryteria", "H2", "obok", "cell-not-read", {}),
    ],
)
def test_a_cell_is_named(
    edited: EditedWorkbook,
    sheet: str,
    cell: str,
    value: object,
    code: str,
    facts: dict[str, object],
) -> None:
    problems = edited.problems(put(sheet, cell, value))
    named = [p for p in problems if p.where == f"{sheet}!{cell}"]
    assert [p.code for p in named] == [code]
    for problem in named:
        assert facts.items() <= problem.facts.items()
    # What follows from the one mistake is not told as others, but rows that name another id.
    others = [p for p in problems if p.code not in ("rule-unknown-indicator", "group-unknown")]
    assert len(others) <= 2, [describe_problem(p, language_of("en")) for p in problems]


def test_a_text_is_missing_in_both_languages(edited: EditedWorkbook) -> None:
    edits = [put("Wskaźniki", f"{c}2", None) for c in ("F", "G")]
    assert edited.found(all_of(*edits)) == [("text-missing", "Wskaźniki!F2")]


@pytest.mark.parametrize(
    ("sheet", "cell", "value"),
    [
        ("Skala", "A3", 2.0),
        ("Skala", "A3", " 2 "),
        ("Skala", "G3", "0,9"),
        ("Skala", "G3", "9/10"),
        ("Kroki", "G2", "3"),
        ("Kwestionariusz", "B3", " project-practice "),
        ("Wskaźniki", "A2", "planning.scope\u00a0"),
        ("Podstawy prawne", "F2", date(2026, 11, 17)),
    ],
)
def test_what_means_the_same_is_read_the_same(
    edited: EditedWorkbook, practice: Questionnaire, sheet: str, cell: str, value: object
) -> None:
    before = load_workbook(edited._original)[sheet][cell].value
    if sheet == "Kroki":
        value = str(before)
    assert edited.read(put(sheet, cell, value)) == practice


def test_whole_numbers_are_texts_as_they_are_shown(edited: EditedWorkbook) -> None:
    for value in (12, 12.0):
        read = edited.read(put("Wskaźniki", "C2", value))
        assert next(iter(read.indicators.values())).code == "12"

    def shown_with_zeros(book: Any) -> None:
        book["Wskaźniki"]["C2"] = 12
        book["Wskaźniki"]["C2"].number_format = "0000"

    assert edited.found(shown_with_zeros) == [("cell-number", "Wskaźniki!C2")]


@pytest.mark.parametrize(
    ("value", "obligatory"),
    [
        ("TAK", True),
        ("yes", True),
        (True, True),
        (1, True),
        ("Nie", False),
        (None, False),
        (0, False),
    ],
)
def test_yes_and_no_in_any_way(edited: EditedWorkbook, value: object, obligatory: bool) -> None:
    bases = [
        b
        for i in edited.read(put("Podstawy prawne", "E2", value)).indicators.values()
        for b in i.legal_basis
    ]
    assert bases[0].obligatory is obligatory


@pytest.mark.parametrize(
    "value", ["city; gmina", "miasto na prawach powiatu,Gmina", " City , GMINA,"]
)
def test_kinds_of_unit_in_any_way(edited: EditedWorkbook, value: str) -> None:
    value = value.replace("City", "city with county rights")
    first = next(iter(edited.read(put("Wskaźniki", "J2", value)).indicators.values()))
    assert [str(kind) for kind in first.applies_to] == ["city", "gmina"]


def test_results_of_formulas_are_read(
    tmp_path: Path, practice: Questionnaire, original: Path
) -> None:
    path = tmp_path / "q.xlsx"
    book = xlsxwriter.Workbook(path)
    for sheet in load_workbook(original):
        copy = book.add_worksheet(sheet.title)
        for row, cells in enumerate(sheet.iter_rows()):
            for column, cell in enumerate(cells):
                copy.write_formula(row, column, "=A1", None, cell.value or "")
    book.close()
    # Of an empty text spreadsheet programs say that it is one, as the library does not.
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w") as archive:
        for name, part in parts.items():
            archive.writestr(
                name,
                re.sub(b"<c (r=[^>]*)><f>A1</f><v></v>", rb'<c \1 t="str"><f>A1</f><v></v>', part),
            )
    assert read_workbook(path) == practice


# -- rows, columns and sheets ---------------------------------------------------------------------


def test_rows_and_columns_may_be_moved(edited: EditedWorkbook, practice: Questionnaire) -> None:
    def edit(book: Any) -> None:
        for sheet in book.worksheets[1:-1]:
            cells = [[cell.value for cell in row] for row in sheet.iter_rows()]
            sheet.delete_rows(1, sheet.max_row)
            for index, row in enumerate(cells):
                sheet.append([])
                for column, value in enumerate(reversed(row), 3):
                    sheet.cell(3 + 2 * index, column, value)
        criteria = book["Kryteria"]
        rows = [[c.value for c in row] for row in criteria.iter_rows(min_row=4)]
        rows = [row for row in rows if any(row)]
        for number, row in enumerate(sorted(rows, key=lambda r: str(r[5]), reverse=True), 5):
            for column, value in enumerate(row, 1):
                criteria.cell(number, column, value)
            criteria.cell(number + 1, 1).value = None
        for row in criteria.iter_rows(min_row=5 + len(rows)):
            for cell in row:
                cell.value = None
        book.move_sheet("Kryteria", -5)

    read = edited.read(edit)
    assert list(read.indicators) == list(practice.indicators)
    assert read == practice


def test_headings_of_either_language_are_known(
    edited: EditedWorkbook, practice: Questionnaire
) -> None:
    def edit(book: Any) -> None:
        book["Kroki"].title = "STEPS"
        book["STEPS"]["G1"] = "months"
        book["STEPS"]["C1"] = "Title\n(pl)"
        book["Kwestionariusz"]["A4"] = "version"

    assert edited.read(edit) == practice


def test_notes_of_one_s_own_are_left_alone(edited: EditedWorkbook, practice: Questionnaire) -> None:
    def edit(book: Any) -> None:
        book.create_sheet("# moje").append(["do zrobienia", "=1/0"])
        book.create_sheet("Arkusz1")
        book["Kryteria"]["F1"] = "# uwagi"
        book["Kryteria"]["F3"] = "sprawdzić"
        book["Kryteria"].append([None] * 5 + ["koniec"])
        book["Kryteria"]["A50"] = "  "
        book["Instrukcja"].merge_cells("A1:B1")
        del book["#Listy"]

    assert edited.read(edit) == practice


def test_sheets_that_are_missing_or_renamed(edited: EditedWorkbook) -> None:
    def edit(book: Any) -> None:
        del book["Kroki"]
        book["Kryteria"].title = "Kryterja"
        book["Procesy"].title = "Proces"

    problems = edited.problems(edit)
    assert [(p.code, p.facts.get("title"), p.facts.get("closest")) for p in problems] == [
        ("sheet-missing", "Procesy", "Proces"),
        ("sheet-unknown", "Proces", ""),
        ("sheet-unknown", "Kryterja", "Kryteria"),
        ("sheet-missing", "Kroki", ""),
        ("sheet-missing", "Kryteria", "Kryterja"),
    ]


def test_sheets_of_tiers(edited: EditedWorkbook) -> None:
    assert edited.found(put("Szczeble", "F3", None)) == [
        ("cell-empty", "Szczeble!F3"),
        ("sheet-unknown", "Procesy"),
    ]
    assert edited.found(put("Szczeble", "F3", "Dziedziny")) == [
        ("sheet-repeated", "Szczeble!F3"),
        ("sheet-unknown", "Procesy"),
    ]


@pytest.mark.parametrize("sheet", ["Skala", "Szczeble", "Dziedziny"])
def test_an_empty_sheet(edited: EditedWorkbook, sheet: str) -> None:
    def edit(book: Any) -> None:
        book[sheet].delete_rows(2, 50)

    assert ("sheet-empty", sheet) in edited.found(edit)


def test_columns_that_are_missing_renamed_or_twice(edited: EditedWorkbook) -> None:
    def edit(book: Any) -> None:
        book["Kryteria"].delete_cols(2)
        book["Kroki"]["G1"] = "Miesionce"
        book["Dowody"]["C1"] = "Dowód (pl)"
        book["Skala"]["H1"] = "Uwagi"
        book["Kwestionariusz"]["A5"] = "Nazwy"
        book["Reguły spójności"].delete_rows(1)

    problems = edited.problems(edit)
    told = [(p.code, p.where, p.facts.get("heading"), p.facts.get("closest")) for p in problems]
    assert told == [
        ("heading-missing", "Kwestionariusz", "Nazwa", None),
        ("heading-unknown", "Kwestionariusz!A5", "Nazwy", "Nazwa"),
        ("heading-unknown", "Skala!H1", "Uwagi", ""),
        ("heading-missing", "Kryteria!1", "Poziom", None),
        ("heading-missing", "Kroki!1", "Miesiące", None),
        ("heading-unknown", "Kroki!G1", "Miesionce", "Miesiące"),
        ("heading-missing", "Dowody!1", "Dowód (en)", None),
        ("heading-twice", "Dowody!C1", "Dowód (pl)", None),
        ("headings-missing", "Reguły spójności", None, None),
    ]


def test_merged_cells_are_refused(edited: EditedWorkbook) -> None:
    def edit(book: Any) -> None:
        book["Kryteria"].merge_cells("A2:A4")
        book["Kroki"].merge_cells("C2:D2")

    problems = edited.problems(edit)
    merged = [(p.where, p.facts["area"]) for p in problems if p.code == "cells-merged"]
    assert merged == [("Kryteria", "A2:A4"), ("Kroki", "C2:D2")]


def test_two_steps_and_no_criteria(edited: EditedWorkbook) -> None:
    def edit(book: Any) -> None:
        steps = [cell.value for cell in book["Kroki"][2]]
        book["Kroki"].append(steps)
        book["Wskaźniki"].append(["planning.scope", "new", "", "Nowy", None, "Czy?"])
        book["Praktyki"].append(["planning", "unused", "", "Nieużywana"])

    last = load_workbook(edited._original)
    rows = {name: last[name].max_row + 1 for name in ("Kroki", "Wskaźniki", "Praktyki")}
    assert edited.found(edit) == [
        ("group-without-content", f"Praktyki!{rows['Praktyki']}"),
        ("indicator-without-criteria", f"Wskaźniki!{rows['Wskaźniki']}"),
        ("step-repeated", f"Kroki!B{rows['Kroki']}"),
    ]


def test_a_level_without_criteria(edited: EditedWorkbook) -> None:
    def edit(book: Any) -> None:
        for row in book["Kryteria"].iter_rows(min_row=2):
            if (row[0].value, row[1].value) == ("scope.list", 3):
                for cell in row:
                    cell.value = None

    problems = edited.problems(edit)
    assert [p.code for p in problems] in (["criteria-missing"], ["level-missing"])
    assert problems[0].facts["level"] == 3


def test_everything_is_told_at_once_in_the_order_of_the_sheets(edited: EditedWorkbook) -> None:
    problems = edited.problems(
        all_of(
            put("Reguły spójności", "C2", 9),
            put("Kryteria", "C12", "z ł y"),
            put("Kryteria", "B3", "x"),
            put("Wskaźniki", "C2", 1.1),
            put("Kwestionariusz", "B4", "?"),
        )
    )
    assert [p.where for p in problems] == [
        *("Kwestionariusz!B4", "Wskaźniki!C2", "Kryteria!B3", "Kryteria!C12"),
        "Reguły spójności!C2",
    ]
    said = describe(
        SatError("questionnaire-workbook-invalid", problems, path="q.xlsx"), language_of("pl")
    )
    assert "\nKryteria, wiersz 12, kolumna C: " in said
    assert "„z ł y” " in said
    english = describe_problem(problems[3], language_of("en"))
    assert english.startswith("Kryteria, row 12, column C: ")


def test_strict_names_cells_too(edited: EditedWorkbook) -> None:
    assert edited.found(lambda _book: None, strict=True) == []
    long = "słowo " * 26
    found = edited.found(
        all_of(
            put("Kryteria", "D2", long),
            put("Wskaźniki", "G3", None),
            put("Kroki", "C2", "Odpowiednie działanie"),
            put("Podstawy prawne", "F2", None),
            put("Podstawy prawne", "H2", None),
        ),
        strict=True,
    )
    assert set(found) == {
        ("criterion-long", "Kryteria!D2"),
        ("language-missing", "Wskaźniki!G3"),
        ("word-vague", "Kroki!C2"),
        ("check-date-empty", "Podstawy prawne!2"),
    }


def test_strict_misses_steps(edited: EditedWorkbook) -> None:
    def edit(book: Any) -> None:
        book["Kroki"].delete_rows(2)

    assert [code for code, _ in edited.found(edit, strict=True)] == ["step-missing"]


VALUES = st.sampled_from(
    [
        *(
            None,
            "",
            " ",
            "x",
            "?",
            "total",
            "scope.list",
            "planning",
            "1",
            1,
            0,
            -1,
            99,
            1.5,
            1e300,
        ),
        *(True, "=A1", "#N/A", date(2026, 1, 2), "Kryteria", "# x", "id", "Id", "tak", "a, b"),
        *(float(10**18), "1/0", "0,5", "1.1.1", "gmina"),
    ]
) | st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=6)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.data())
def test_a_changed_workbook_is_read_or_explained(
    edited: EditedWorkbook, data: st.DataObject
) -> None:
    def edit(book: Any) -> None:
        for _ in range(data.draw(st.integers(1, 6))):
            sheet = book[data.draw(st.sampled_from(book.sheetnames))]
            row = data.draw(st.integers(1, min(sheet.max_row, 12) + 1))
            match data.draw(st.sampled_from(["cell", "cell", "cell", "row", "column", "twice"])):
                case "row":
                    sheet.delete_rows(row)
                case "column":
                    sheet.delete_cols(data.draw(st.integers(1, sheet.max_column)))
                case "twice":
                    sheet.append([cell.value for cell in sheet[row]])
                case _:
                    column = data.draw(st.integers(1, sheet.max_column + 1))
                    sheet.cell(row, column).value = data.draw(VALUES)

    for problem in edited.problems(edit) + examine_workbook(edited.path, strict=True)[1]:
        assert problem.where or problem.code == "sheet-missing", problem
        assert len(describe_problem(problem, language_of("pl")).splitlines()) == 1
