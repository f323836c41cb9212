"""Questionnaires as workbooks and back: nothing is lost, and a person finds their way in them."""

import dataclasses
from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from sat_desktop.domain.questionnaire import (
    Criterion,
    Group,
    Indicator,
    IndicatorLevel,
    Questionnaire,
    Text,
    UnitKind,
)
from sat_desktop.errors import SatError
from sat_desktop.exchange.questionnaire_workbook import (
    examine_workbook,
    read_workbook,
    write_template,
    write_workbook,
)
from sat_desktop.exchange.workbook_columns import LONGEST_CELL, ColumnKind
from sat_desktop.exchange.workbook_layout import FACTS, FIXED, group_sheet
from sat_desktop.exchange.workbook_writer import exact_float
from sat_desktop.formats.questionnaire_files import read_edition
from sat_desktop.runtime.folding import fold
from sat_desktop.runtime.i18n import language_of
from sat_desktop.runtime.resources import bundled_questionnaires
from small_edition import CONTENT, fields_left_out, small
from strategies import questionnaires

DATA = Path(__file__).parents[2] / "data" / "questionnaires"
PRACTICE = DATA / "project-practice" / "2.1.0"
EDITIONS = sorted(
    p.parent
    for root in (DATA, bundled_questionnaires())
    for p in root.glob("*/*/questionnaire.yaml")
)
quick = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.fixture
def there_and_back(tmp_path: Path) -> Callable[[Questionnaire], Questionnaire]:
    path = tmp_path / "q.xlsx"

    def travel(questionnaire: Questionnaire) -> Questionnaire:
        write_workbook(questionnaire, path)
        return read_workbook(path)

    return travel


Travel = Callable[[Questionnaire], Questionnaire]


@pytest.mark.parametrize("folder", EDITIONS, ids=lambda p: f"{p.parent.name}@{p.name}")
@pytest.mark.parametrize("code", ["pl", "en"])
def test_an_edition_survives_being_a_workbook(folder: Path, code: str, tmp_path: Path) -> None:
    questionnaire = read_edition(folder)
    path = tmp_path / "new" / "q.xlsx"
    write_workbook(questionnaire, path, language_of(code))
    assert read_workbook(path) == questionnaire
    assert [p.name for p in path.parent.iterdir()] == ["q.xlsx"]


def test_the_examples_leave_no_field_out() -> None:
    """Guard of the round trips: a new field of the domain must be in an example and a column."""
    assert fields_left_out(small(Text("x", "y")), read_edition(PRACTICE)) == set()


def told_apart(record: Any, numbers: Iterator[int]) -> Any:
    """Return a record in which no two texts are the same."""
    if isinstance(record, Text):
        number = next(numbers)
        return Text(f"tekst {number}", f"text {number}")
    if isinstance(record, tuple):
        return tuple(told_apart(item, numbers) for item in record)
    if dataclasses.is_dataclass(record) and not isinstance(record, type):
        changed = {
            f.name: told_apart(getattr(record, f.name), numbers) for f in dataclasses.fields(record)
        }
        return dataclasses.replace(record, **changed)
    return record


def test_no_text_takes_the_place_of_another(there_and_back: Travel) -> None:
    for edition in (small(Text("x", "y")), read_edition(PRACTICE)):
        questionnaire = told_apart(edition, count())
        assert there_and_back(questionnaire) == questionnaire


@quick
@given(CONTENT, st.none() | CONTENT | st.just(""))
def test_every_text_comes_back_as_it_was(
    there_and_back: Travel, polish: str, english: str | None
) -> None:
    questionnaire = small(Text(polish, english))
    assert there_and_back(questionnaire) == questionnaire


@pytest.mark.parametrize(
    "text",
    [
        *("=1+1", "+48 12", "-", "@x", "'x", "1.10", "007", "2026-11", "1/2", "1e5", "TRUE", "tak"),
        *("<r>a</r>", "<r><t>a</t></r>", "_x0041_", "_x0041_x0042_", "_x005F_", "x005F_", "_x_x"),
        *("_x0041_x0042_x0043_ _x0041_", "<r>_x0041_x0042_</r>", " \n ", "\r", "a\r\nb\n", "\t"),
        *(
            "{=A1}",
            "http://x.pl",
            "mailto:a@b.pl",
            "#REF!",
            "&amp;",
            "👩‍👩‍👧 ż",
            "\x00\x1f\ufffe\uffff",
        ),
        "ż" * LONGEST_CELL,
    ],
)
def test_what_spreadsheets_take_for_something_else_stays_a_text(
    there_and_back: Travel, text: str
) -> None:
    one = small(Text(text, text))
    level = dataclasses.replace(one.scale[0], id=text)
    tier = dataclasses.replace(one.tiers[0], id=text)
    group = dataclasses.replace(one.groups[0], code=text)
    first = group.indicators[0]
    assert first.good_practice is not None
    first = dataclasses.replace(
        first,
        code=text,
        good_practice=dataclasses.replace(first.good_practice, source=text),
        legal_basis=(dataclasses.replace(first.legal_basis[0], article=text, source=text),),
    )
    group = dataclasses.replace(group, indicators=(first, *group.indicators[1:]))
    changed = dataclasses.replace(
        one, scale=(level, *one.scale[1:]), tiers=(tier,), groups=(group,)
    )
    assert there_and_back(changed) == changed


def test_no_formula_is_ever_made(tmp_path: Path) -> None:
    path = tmp_path / "q.xlsx"
    write_workbook(small(Text("=1+1", '=HYPERLINK("x")')), path)
    cells = [c for sheet in load_workbook(path) for row in sheet.iter_rows() for c in row]
    assert [c.coordinate for c in cells if c.data_type == "f" or c.hyperlink] == []
    assert sum(c.value == "=1+1" for c in cells) > 20


@settings(quick, max_examples=25)
@given(questionnaires())
def test_every_shape_comes_back(there_and_back: Travel, drawn: Questionnaire) -> None:
    questionnaire = dataclasses.replace(
        drawn, groups=tuple(filled(g, len(drawn.tiers), drawn.n, count()) for g in drawn.groups)
    )
    assert there_and_back(questionnaire) == questionnaire


def filled(group: Group, tiers: int, n: int, numbers: Iterator[int]) -> Group:
    """Return a drawn group without empty ones below: no edition that can be read has such."""
    if tiers > 1:
        below = group.groups or (Group(f"{group.id}.g", "", Text("x")),)
        return dataclasses.replace(
            group, groups=tuple(filled(g, tiers - 1, n, numbers) for g in below)
        )
    name = f"{group.id}.i"
    levels = tuple(
        IndicatorLevel(k, (Criterion(f"{name}.{k}", Text("x")),)) for k in range(1, n + 1)
    )
    return dataclasses.replace(
        group,
        indicators=group.indicators or (Indicator(name, "", Text("x"), Text("x"), levels),),
    )


@settings(quick, max_examples=25)
@given(
    st.fractions(min_value=Fraction(1, 10**20), max_value=10**20).filter(bool)
    | st.decimals("0.001", 10**12, places=3).map(Fraction)
)
def test_every_weight_comes_back_as_it_was(there_and_back: Travel, weight: Fraction) -> None:
    one = small(Text("x"))
    questionnaire = dataclasses.replace(
        one, groups=(dataclasses.replace(one.groups[0], weight=weight),)
    )
    assert there_and_back(questionnaire) == questionnaire


def test_numbers_are_cells_where_cells_keep_them() -> None:
    assert exact_float(Fraction(1, 10)) == 0.1
    for number in (Fraction(1, 3), Fraction(10) ** 400, Fraction(12345678901234567)):
        assert exact_float(number) is None


def test_kinds_of_unit_keep_their_order(there_and_back: Travel) -> None:
    one = small(Text("x"))
    for kinds in ((UnitKind.CITY, UnitKind.GMINA), tuple(UnitKind)):
        first = dataclasses.replace(one.groups[0].indicators[0], applies_to=kinds)
        group = dataclasses.replace(one.groups[0], indicators=(first,))
        changed = dataclasses.replace(one, groups=(group,), rules=())
        assert there_and_back(changed) == changed


def test_the_same_questionnaire_gives_the_same_bytes(tmp_path: Path) -> None:
    one, other = tmp_path / "1.xlsx", tmp_path / "2.xlsx"
    for path in (one, other):
        write_workbook(small(Text("x")), path)
    assert one.read_bytes() == other.read_bytes()


def test_another_program_may_save_it(tmp_path: Path) -> None:
    path = tmp_path / "q.xlsx"
    questionnaire = read_edition(PRACTICE)
    write_workbook(questionnaire, path)
    book = load_workbook(path)
    book.save(path)
    assert read_workbook(path) == questionnaire


def test_several_fonts_in_one_cell_are_one_text(tmp_path: Path) -> None:
    path = tmp_path / "q.xlsx"
    write_workbook(small(Text("x")), path)
    book = load_workbook(path)
    book["Wskaźniki"]["F2"] = CellRichText(
        "Czy ", TextBlock(InlineFont(b=True), "naprawdę"), " tak jest?"
    )
    book.save(path)
    assert read_workbook(path).indicators["i"].question.pl == "Czy naprawdę tak jest?"


def test_what_no_cell_can_hold_is_not_written(tmp_path: Path) -> None:
    path = tmp_path / "q.xlsx"
    path.write_bytes(b"before")
    for text, code in (
        ("👍" * (LONGEST_CELL // 2 + 1), "cell-too-long"),
        ("\ud83d", "text-unstorable"),
    ):
        one = dataclasses.replace(small(Text("x")), notice=Text("x", text), description=Text(text))
        with pytest.raises(SatError) as caught:
            write_workbook(one, path)
        assert caught.value.code == "workbook-not-written"
        assert [p.code for p in caught.value.problems] == [code, code]
        assert [p.facts["key"] for p in caught.value.problems] == ["Zastrzeżenie (en)", "Opis (pl)"]
        assert path.read_bytes() == b"before"


def test_what_could_not_be_read_again_is_not_written(tmp_path: Path) -> None:
    empty = dataclasses.replace(small(Text("x")), groups=(Group("g", "", Text("x")),), rules=())
    with pytest.raises(SatError) as caught:
        write_workbook(empty, tmp_path / "q.xlsx")
    assert caught.value.code == "workbook-not-written"
    assert "group-without-content" in {p.code for p in caught.value.problems}
    assert list(tmp_path.iterdir()) == []


# -- for the person who edits it ------------------------------------------------------------------


@pytest.fixture(scope="module", params=["pl", "en"])
def workbook(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Any:
    path = tmp_path_factory.mktemp("written") / "q.xlsx"
    write_workbook(read_edition(PRACTICE), path, language_of(request.param))
    book: Any = load_workbook(path)
    book.code = request.param
    return book


def test_sheets_are_called_as_people_call_them(workbook: Any) -> None:
    names = {
        "pl": [
            *("Instrukcja", "Kwestionariusz", "Skala", "Szczeble", "Dziedziny", "Procesy"),
            *("Praktyki", "Wskaźniki", "Kryteria", "Kroki", "Dowody", "Podstawy prawne"),
            *("Reguły spójności", "#Listy"),
        ],
        "en": [
            *("Instructions", "Questionnaire", "Scale", "Tiers", "Fields", "Processes"),
            *("Practices", "Indicators", "Criteria", "Steps", "Evidence", "Legal basis"),
            *("Coherence rules", "#Lists"),
        ],
    }
    assert workbook.sheetnames == names[workbook.code]
    assert [s.title for s in workbook if s.sheet_state == "hidden"] == [names[workbook.code][-1]]
    assert workbook.active.title == names[workbook.code][0]


def test_headings_stay_in_sight_and_explain_themselves(workbook: Any) -> None:
    for sheet in workbook.worksheets[1:-1]:
        headings = [cell for cell in sheet[1] if cell.value]
        assert sheet.freeze_panes is not None, sheet.title
        assert sheet.freeze_panes.endswith("2")
        for cell in headings:
            assert cell.font.b, cell
            assert cell.alignment.wrap_text
            assert len(cell.comment.text) > 10
            assert sheet.column_dimensions[cell.column_letter].width >= 9
        notes = " ".join(cell.comment.text for cell in headings)
        assert ("Trzeba wypełnić" in notes) == (
            workbook.code == "pl" and sheet.title != "Kwestionariusz"
        )


def test_polish_and_english_are_neighbours(workbook: Any) -> None:
    for sheet in workbook.worksheets[2:-1]:
        headings = [str(cell.value) for cell in sheet[1]]
        polish = [n for n, heading in enumerate(headings) if heading.endswith("(pl)")]
        assert polish
        for n in polish:
            assert headings[n + 1] == headings[n].replace("(pl)", "(en)")


def test_texts_typed_into_new_rows_stay_texts(workbook: Any) -> None:
    sheet = workbook.worksheets[7]
    assert sheet.column_dimensions["B"].number_format == "@"
    assert all(sheet.cell(2, column).alignment.wrap_text for column in (2, 4, 6))


def test_lists_offer_what_may_stand_there(workbook: Any) -> None:
    offered = {
        (sheet.title, sheet.cell(1, area.min_col).value): validation
        for sheet in workbook
        for validation in sheet.data_validations.dataValidation
        for area in validation.sqref.ranges
    }
    wanted = {
        "pl": {
            ("Wskaźniki", "Grupa"): "'Praktyki'!$B$2",
            ("Procesy", "Należy do"): "'Dziedziny'!$A$2",
            ("Kryteria", "Wskaźnik"): "'Wskaźniki'!$B$2",
            ("Kryteria", "Poziom"): "'Skala'!$A$2",
            ("Kroki", "Poziom"): "'Skala'!$A$2",
            ("Reguły spójności", "Wskaźnik"): "'Wskaźniki'!$B$2",
            ("Wskaźniki", "Dotyczy"): "'#Listy'!$B$1:$B$6",
            ("Podstawy prawne", "Obowiązkowe"): "'#Listy'!$A$1:$A$2",
            ("Podstawy prawne", "Niepotwierdzone"): "'#Listy'!$A$1:$A$2",
        },
        "en": {("Criteria", "Indicator"): "'Indicators'!$B$2"},
    }[workbook.code]
    for place, source in wanted.items():
        assert offered[place].type == "list"
        assert source in offered[place].formula1
        assert max(a.max_row for a in offered[place].sqref.ranges) > 1_000
    if workbook.code == "pl":
        assert offered["Kroki", "Miesiące"].type == "whole"
        assert offered["Kroki", "Miesiące"].formula1 == "1"
        assert offered["Reguły spójności", "Poniżej poziomu"].formula1 == "0"
        assert [c.value for c in workbook["#Listy"]["A"]][:2] == ["tak", "nie"]


def test_no_two_columns_or_sheets_can_be_mistaken() -> None:
    for sheet in (*FIXED, group_sheet(0), group_sheet(1)):
        names = [{fold(n) for n in (*c.names, c.key)} for c in sheet.columns]
        assert sum(map(len, names)) == len(set().union(*names)), sheet.key
    titles = [{fold(name) for name in sheet.names} for sheet in FIXED]
    assert sum(map(len, titles)) == len(set().union(*titles))
    assert {c.kind for c in FACTS} == {ColumnKind.INTEGER, ColumnKind.WORD, ColumnKind.TEXT}


def test_tiers_may_be_called_anything(there_and_back: Travel) -> None:
    practice = read_edition(PRACTICE)
    for names in (
        ("Kryteria", "kryteria", "KRYTERIA"),
        ("a" * 50, "a" * 40, "[a]:*?/\\'"),
        ("'x'", "👍", "\n"),
        ("History", "#x", "Instrukcja"),
        ("ą", "a", "Ą"),
    ):
        tiers = tuple(
            dataclasses.replace(t, name=Text(n), plural=None)
            for t, n in zip(practice.tiers, names, strict=True)
        )
        changed = dataclasses.replace(practice, tiers=tiers)
        assert there_and_back(changed) == changed


# -- from an empty one ----------------------------------------------------------------------------


def test_an_empty_one_can_be_filled_in(tmp_path: Path) -> None:
    path = tmp_path / "empty.xlsx"
    library = read_edition(DATA / "library-care" / "1.0")
    write_template(library, path)
    questionnaire, problems = examine_workbook(path)
    assert questionnaire is None
    assert {p.code for p in problems} == {"cell-empty", "text-missing", "sheet-empty"}
    assert {p.facts["sheet"] for p in problems} == {"Kwestionariusz", "Tematy"}

    book: Any = load_workbook(path)
    facts = {row[0].value: row[1] for row in book["Kwestionariusz"].iter_rows(min_row=2)}
    for label, value in {"Id": "oecd", "Wersja": "1.0", "Nazwa": "Oficjalny tekst"}.items():
        facts[label].value = value
    book["Tematy"].append(["t1", None, "Temat"])
    book["Wskaźniki"].append(["t1", "w1", "1.10", "Wskaźnik", None, "Czy tak?"])
    for level in (1, 2, 3, 4):
        book["Kryteria"].append(["w1", level, f"w1.{level}", f"Poziom {level}\nosiągnięto."])
    book["Podstawy prawne"].append(["w1", "Ustawa", None, "art. 1", "TAK", "2026-11"])
    book.save(path)
    read = read_workbook(path)
    assert (read.edition, read.scale, read.tiers) == ("oecd@1.0", library.scale, library.tiers)
    assert read.indicators["w1"].code == "1.10"
    assert read.indicators["w1"].legal_basis[0].obligatory
    assert read.indicators["w1"].levels[3].criteria[0].text.pl == "Poziom 4\nosiągnięto."
