"""Files that are no workbooks of questionnaires: one sentence each, at once, and no crash ever."""

import re
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from sat_desktop.domain.questionnaire import Text
from sat_desktop.errors import SatError
from sat_desktop.exchange import workbook_file
from sat_desktop.exchange.questionnaire_workbook import (
    examine_workbook,
    read_workbook,
    write_workbook,
)
from sat_desktop.runtime.i18n import language_of
from sat_desktop.runtime.wording import describe
from small_edition import small

OLD_FILE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
SHEET = (
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">%b</worksheet>'
)


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sound") / "q.xlsx"
    write_workbook(small(Text("x", "y")), path)
    return path


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "q.xlsx"


@pytest.fixture
def repacked(sound: Path, path: Path) -> Callable[[str, bytes | None], Path]:
    """Return the sound workbook with one part replaced, or taken away."""

    def repack(part: str, content: bytes | None) -> Path:
        with zipfile.ZipFile(sound) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
            for name in old.namelist():
                if name != part:
                    new.writestr(name, old.read(name))
            if content is not None:
                new.writestr(part, content)
        return path

    return repack


def refused(path: Path) -> str:
    """Return the code with which a file is refused, in one line of either language."""
    with pytest.raises(SatError) as caught:
        read_workbook(path)
    assert caught.value.problems == ()
    for code in ("pl", "en"):
        assert len(describe(caught.value, language_of(code)).splitlines()) == 1
    return caught.value.code


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "workbook-kind"),
        (b"id;name\r\n", "workbook-kind"),
        (b"<html><table>", "workbook-kind"),
        (b"PK\x03\x04", "workbook-broken"),
        (OLD_FILE, "workbook-kind"),
        (OLD_FILE + "EncryptedPackage".encode("utf-16-le"), "workbook-protected"),
    ],
)
def test_other_files_are_told_from_workbooks(path: Path, content: bytes, code: str) -> None:
    path.write_bytes(content)
    assert refused(path) == code


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}, "workbook-kind"),
        ({"[Content_Types].xml": b"<Types/>", "xl/workbook.bin": b"x"}, "workbook-kind"),
        ({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<x/>"}, "workbook-broken"),
        ({"[Content_Types].xml": b"no XML"}, "workbook-broken"),
    ],
)
def test_other_packages_are_told_from_workbooks(
    path: Path, parts: dict[str, bytes], code: str
) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    assert refused(path) == code


def test_a_workbook_of_something_else(path: Path) -> None:
    book = Workbook()
    book["Sheet"].append(["Lp.", "Nazwa"])
    book.create_chartsheet("Wykres")
    book.save(path)
    assert refused(path) == "workbook-foreign"


def test_a_name_without_a_file(tmp_path: Path) -> None:
    assert refused(tmp_path / "none.xlsx") == "file-missing-at"
    assert refused(tmp_path) == "file-special"


def test_a_part_is_missing(repacked: Callable[[str, bytes | None], Path]) -> None:
    for part in ("xl/worksheets/sheet3.xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels"):
        assert refused(repacked(part, None)) == "workbook-broken"


def test_a_password_of_another_kind(sound: Path, path: Path) -> None:
    content = bytearray(sound.read_bytes())
    for match in re.finditer(b"PK\x01\x02", bytes(content)):
        content[match.start() + 8] |= 1
    path.write_bytes(content)
    assert refused(path) == "workbook-protected"


# -- bombs ----------------------------------------------------------------------------------------


def test_a_large_file(path: Path, monkeypatch: pytest.MonkeyPatch, sound: Path) -> None:
    path.write_bytes(sound.read_bytes() + b"\0" * workbook_file.FILE_LIMIT)
    assert refused(path) == "file-too-large"


def test_a_small_file_that_unpacks_to_a_large_one(
    repacked: Callable[[str, bytes | None], Path],
) -> None:
    path = repacked("xl/media/image1.png", b"\0" * (workbook_file.UNPACKED_LIMIT + 1))
    assert path.stat().st_size < 1_000_000
    assert refused(path) == "workbook-too-large"


def test_millions_of_cells(repacked: Callable[[str, bytes | None], Path]) -> None:
    row = b"<sheetData><row>" + b"<c/>" * (workbook_file.TAG_LIMIT + 1) + b"</row></sheetData>"
    path = repacked("xl/worksheets/sheet2.xml", SHEET % row)
    tracemalloc.start()
    try:
        assert refused(path) == "workbook-too-large"
        assert tracemalloc.get_traced_memory()[1] < 200 * 1024 * 1024
    finally:
        tracemalloc.stop()


def test_entities_that_grow(repacked: Callable[[str, bytes | None], Path]) -> None:
    entities = b"".join(
        b'<!ENTITY e%d "%b">' % (n, b"&e%d;" % (n - 1) * 10 if n else b"ha" * 100) for n in range(9)
    )
    bomb = b"<!DOCTYPE sst [" + entities + b"]><sst><si><t>&e8;</t></si></sst>"
    assert refused(repacked("xl/sharedStrings.xml", bomb)) == "workbook-broken"


def test_ranges_without_end(repacked: Callable[[str, bytes | None], Path]) -> None:
    cell = (
        b'<sheetData><row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row>'
        b'</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
        b'<hyperlinks><hyperlink ref="A1:XFD1048576" location="x"/></hyperlinks>'
    )
    found, problems = examine_workbook(repacked("xl/worksheets/sheet3.xml", SHEET % cell))
    assert found is None
    assert [p.code for p in problems[:2]] == ["cells-merged", "headings-missing"]


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.data())
def test_damage_anywhere_is_no_crash(sound: Path, path: Path, data: st.DataObject) -> None:
    """A part of the package with some bytes changed, taken away or put in."""
    with zipfile.ZipFile(sound) as old, zipfile.ZipFile(path, "w") as new:
        parts = sorted(name for name in old.namelist() if "drawing" not in name)
        struck = data.draw(st.sampled_from(parts))
        for name in parts:
            content = bytearray(old.read(name))
            for _ in range(data.draw(st.integers(1, 3)) if name == struck else 0):
                start = data.draw(st.integers(0, len(content)))
                length = data.draw(st.integers(0, 12))
                piece = data.draw(st.binary(max_size=4) | st.sampled_from([b"<", b'"', b"9", b"&"]))
                content[start : start + length] = piece
            new.writestr(name, bytes(content))
    try:
        examine_workbook(path)
    except SatError as error:
        codes = ("workbook-broken", "workbook-foreign", "workbook-kind", "workbook-too-large")
        if error.code not in codes:
            raise


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.data())
def test_damage_of_the_file_is_no_crash(sound: Path, path: Path, data: st.DataObject) -> None:
    content = bytearray(sound.read_bytes())
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(content) - 1))
        content[start : start + data.draw(st.integers(0, 40))] = data.draw(st.binary(max_size=8))
    path.write_bytes(content)
    try:
        examine_workbook(path)
    except SatError as error:
        if not error.code.startswith("workbook-"):
            raise
