"""`questionnaire`: editions as workbooks and folders, out, changed by hand, and in again."""

from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from command_line import CommandLine

NEWEST = "sat-pl@1.0.0"


@pytest.fixture
def workbook(sat: CommandLine) -> Path:
    """The bundled edition as a workbook; the workspace has it too."""
    path = sat.workspace.with_name("kwestionariusz.xlsx")
    sat.ok("questionnaire", "export", "sat-pl", "--out", path, lang="pl")
    return path


def change(path: Path, **cells: object) -> None:
    """Type into cells named as in `Kwestionariusz_B4`."""
    book: Any = load_workbook(path)
    for place, value in cells.items():
        sheet, _, cell = place.rpartition("_")
        book[next(name for name in book.sheetnames if name.replace(" ", "_") == sheet)][cell] = (
            value
        )
    book.save(path)


def test_what_was_exported_is_identical(sat: CommandLine, workbook: Path) -> None:
    """Through another program and back, with the workspace and without."""
    for by_hand in (False, True):
        if by_hand:
            change(workbook)
        told = sat("questionnaire", "import", workbook, "--dry-run")
        assert (told.code, told.out) == (0, "")
        assert told.err == f"{NEWEST} is identical to the edition in the workspace.\n"
    elsewhere = sat.workspace.with_name("none.db")
    told = sat("questionnaire", "import", workbook, "--dry-run", "--workspace", elsewhere)
    assert told.err == f"{NEWEST} is identical to the edition that comes with the program.\n"
    assert not elsewhere.exists()
    polish = sat("questionnaire", "import", workbook, "--dry-run", lang="pl").err
    assert polish == f"{NEWEST} jest identyczne z wydaniem w bazie.\n"
    assert sat("questionnaire", "import", workbook).code == 0


def test_an_export_speaks_the_language_of_the_user(sat: CommandLine) -> None:
    path = sat.workspace.with_name("q.XLSX")
    for lang, title in (("pl", "Wskaźniki"), ("en", "Indicators")):
        sat.ok("questionnaire", "export", "sat-pl", "--out", path, lang=lang)
        assert title in load_workbook(path).sheetnames


def test_a_changed_edition_needs_a_version_of_its_own(sat: CommandLine, workbook: Path) -> None:
    change(workbook, Kryteria_D2="Zmienione kryterium.")
    for words in ((), ("--dry-run",)):
        said = sat.refused("questionnaire", "import", workbook, *words)
        assert "stored already with another content" in said
    elsewhere = sat.workspace.with_name("none.db")
    said = sat("questionnaire", "import", workbook, "--dry-run", "--workspace", elsewhere).err
    assert "stored already with another content" in said

    change(workbook, Kwestionariusz_B4="1.1.0")
    assert sat("questionnaire", "import", workbook, "--dry-run").err == (
        "sat-pl@1.1.0 can be imported.\n"
    )
    assert "sat-pl@1.1.0" not in sat.ok("questionnaire", "list")
    sat.ok("questionnaire", "import", workbook)
    assert "sat-pl@1.1.0" in sat.ok("questionnaire", "list")


def test_every_mistake_is_named_and_nothing_is_stored(sat: CommandLine, workbook: Path) -> None:
    change(
        workbook, Kwestionariusz_B4="1.1.0", Kryteria_C12="z ł y", Wskaźniki_K3="ciężka",
        Reguły_spójności_C2=7,
    )  # fmt: skip
    for words in ((), ("--dry-run",)):
        head, *lines = sat.refused(
            "questionnaire", "import", workbook, *words, lang="pl"
        ).splitlines()
        assert head.startswith(f"Skoroszytu „{workbook}” nie można użyć")
        assert [line.split(": ")[0] for line in lines] == [
            "Wskaźniki, wiersz 3, kolumna K",
            "Kryteria, wiersz 12, kolumna C",
            "Reguły spójności, wiersz 2, kolumna C",
        ]
    checked = sat("questionnaire", "check", workbook)
    assert checked.code == 1
    assert checked.out.splitlines()[1].startswith("Kryteria, row 12, column C: ")
    assert checked.err == "3 problems found.\n"


def test_a_workbook_is_checked_as_a_folder_is(sat: CommandLine, workbook: Path) -> None:
    folder = sat.workspace.with_name("folder")
    sat.ok("questionnaire", "export", "sat-pl", "--out", folder)
    for words in ((), ("--strict",)):
        counts = sat.ok("questionnaire", "check", workbook, *words)
        assert counts == sat.ok("questionnaire", "check", folder, *words)
    change(workbook, Kryteria_E2=None)
    checked = sat("questionnaire", "check", workbook, "--strict", lang="pl")
    assert (checked.code, len(checked.out.splitlines())) == (1, 1)
    assert checked.out.startswith("Kryteria, wiersz 2, kolumna E: ")


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("q.xlsx", b"id;name", "is no workbook of the kind .xlsx. Open it in a spreadsheet"),
        ("q.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "is no workbook of the kind .xlsx"),
        ("q.ods", b"PK\x03\x04", "is damaged"),
    ],
)
def test_other_files_of_spreadsheets(
    sat: CommandLine, name: str, content: bytes, said: str
) -> None:
    sat.workspace.with_name(name).write_bytes(content)
    for action in ("import", "check"):
        told = sat.refused("questionnaire", action, name)
        assert said in told
        assert len(told.splitlines()) == 1


def test_where_nothing_can_be_written(sat: CommandLine) -> None:
    sat.ok("questionnaire", "list")
    sat.workspace.with_name("folder.xlsx").mkdir()
    sat.workspace.with_name("file").write_bytes(b"")
    for place in ("folder.xlsx", "file/q.xlsx", "/proc/q.xlsx"):
        assert "was not written" in sat.refused("questionnaire", "export", "sat-pl", "--out", place)
    for place in ("q.xls", "q.ods", "q.xlsm"):
        said = sat.refused("questionnaire", "export", "sat-pl", "--out", place)
        assert "not a kind of file" in said
    assert "no file" in sat.refused("questionnaire", "import", "none.xlsx")
