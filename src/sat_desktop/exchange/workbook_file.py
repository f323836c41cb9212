"""An .xlsx file to plain cells, for files that anybody may have sent.

openpyxl reads the XML; its loader of whole workbooks is not used, because it fills merged cells and
linked ranges in one by one, which a small file can make endless, and because it mends escaped
characters in a way that changes texts. What is looked at here is bounded beforehand.
"""

import re
import warnings
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from io import BytesIO
from typing import Any, Final, cast
from xml.etree.ElementTree import iterparse

from openpyxl.reader.excel import ExcelReader
from openpyxl.styles.stylesheet import apply_stylesheet
from openpyxl.worksheet._reader import FORMULA_TAG, WorkSheetParser
from openpyxl.xml.constants import SHARED_STRINGS, SHEET_MAIN_NS

from sat_desktop.errors import SatError

FILE_LIMIT: Final = 16 * 1024 * 1024
"""Bytes of the file; a bundled edition takes about 300 KB."""
UNPACKED_LIMIT: Final = 64 * 1024 * 1024
"""Bytes of all its parts together."""
TAG_LIMIT: Final = 2_000_000
"""Beginnings of XML tags in all parts together; 80 full indicators have 80,000."""

Value = str | int | float | bool | datetime
"""What a cell holds."""

_OLD_FILE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")
_SHOWN_AS_TYPED: Final = frozenset({0, 1, 49})
"""Number formats in which a whole number is shown as its digits: General, 0 and text."""
_ESCAPED: Final = re.compile("_x([0-9A-Fa-f]{4})_")
_TEXT: Final = f"{{{SHEET_MAIN_NS}}}t"
_RUN: Final = f"{{{SHEET_MAIN_NS}}}r"
_STRING: Final = f"{{{SHEET_MAIN_NS}}}si"


@dataclass(frozen=True, slots=True)
class WorkbookCell:
    """One cell with something in it.

    Attributes:
        column: counted from 1.
        value: what it shows; of a formula, the result that the spreadsheet program has left there.
        as_typed: whether a number is shown by its digits alone.
        broken: `cell-formula`, `cell-error` or `cell-date` where there is no value to read.
    """

    column: int
    value: Value
    as_typed: bool = True
    broken: str = ""


@dataclass(frozen=True, slots=True)
class RawSheet:
    """A sheet: cells by row (counted from 1), and the ranges that were merged."""

    title: str
    rows: Mapping[int, tuple[WorkbookCell, ...]]
    merged: tuple[str, ...]


def read_sheets(content: bytes, path: str) -> list[RawSheet]:
    """Return the sheets of a workbook in their order.

    Raises:
        SatError: `workbook-protected`, `workbook-kind` (another kind of file), `workbook-too-large`,
            `workbook-broken`.

    """
    if content.startswith(_OLD_FILE):
        raise SatError(
            "workbook-protected" if _ENCRYPTED in content else "workbook-kind", path=path
        )
    if not content.startswith(b"PK"):
        raise SatError("workbook-kind", path=path)
    try:
        _refuse_bombs(content, path)
        with warnings.catch_warnings():
            # The library warns of what it leaves out: pictures, extensions, styles.
            warnings.simplefilter("ignore")
            return _Package(BytesIO(content), read_only=True, keep_links=False).sheets()
    except SatError:
        raise
    except Exception as error:
        # Whatever a library makes of such a file, it is the file that cannot be read.
        raise SatError("workbook-broken", path=path) from error


def _refuse_bombs(content: bytes, path: str) -> None:
    """Count what is packed before anything is built of it; `zipfile` never gives more than it says."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        parts = archive.infolist()
        if not any(part.filename == "[Content_Types].xml" for part in parts):
            raise SatError("workbook-kind", path=path)
        if any(part.filename == "xl/workbook.bin" for part in parts):
            raise SatError("workbook-kind", path=path)
        if any(part.flag_bits & 0x1 for part in parts):
            raise SatError("workbook-protected", path=path)
        left = UNPACKED_LIMIT - sum(part.file_size for part in parts)
        tags = 0
        for part in parts:
            if left < 0 or tags > TAG_LIMIT:
                raise SatError("workbook-too-large", path=path)
            if part.filename.endswith((".xml", ".rels", ".vml")):
                tags += archive.read(part).count(b"<")
        if tags > TAG_LIMIT:
            raise SatError("workbook-too-large", path=path)


class _Package(ExcelReader):
    """Reads texts, styles and sheets, and leaves everything else of a workbook alone."""

    def sheets(self) -> list[RawSheet]:
        """Return all sheets but those that are charts."""
        with self.archive:
            self.read_manifest()
            self.read_strings()
            self.read_workbook()
            apply_stylesheet(self.archive, self.wb)
            return [
                self._sheet(sheet.name, relation.target)
                for sheet, relation in self.parser.find_sheets()
                if "chartsheet" not in relation.Type
            ]

    def read_strings(self) -> None:
        """Read the table of texts with the characters that the format escapes."""
        part: Any = cast("Any", self.package).find(SHARED_STRINGS)
        if part is not None:
            with self.archive.open(part.PartName[1:]) as stream:
                self.shared_strings = list(_strings(stream))

    def _sheet(self, title: str, part: str) -> RawSheet:
        book: Any = self.wb
        with self.archive.open(part) as stream:
            parser = _Parser(
                stream,
                self.shared_strings,
                data_only=True,
                epoch=book.epoch,
                date_formats=book._date_formats,  # noqa: SLF001 -- as the library's own loader does
                timedelta_formats=book._timedelta_formats,  # noqa: SLF001
            )
            styles = book._cell_styles  # noqa: SLF001
            rows: dict[int, tuple[WorkbookCell, ...]] = {}
            for number, cells in parser.parse():
                found = tuple(_cell(cell, styles) for cell in cells if cell["value"] is not None)
                if found:
                    rows[number] = rows.get(number, ()) + found
        merged = parser.merged_cells.mergeCell if parser.merged_cells else ()
        return RawSheet(title, rows, tuple(str(m.ref) for m in merged))


class _Parser(WorkSheetParser):
    """Gives the results of formulas, and says where a formula has none."""

    def parse_cell(self, element: Any) -> dict[str, Any]:
        """Read one cell; `data_type` is "f" for a formula that nobody has worked out."""
        found: dict[str, Any] = super().parse_cell(element)
        formula = element.find(FORMULA_TAG) is not None
        # An empty text is a result too, and says so.
        if formula and found["value"] is None and element.get("t") != "str":
            found |= {"data_type": "f", "value": ""}
        if isinstance(found["value"], str) and element.get("t") in ("inlineStr", "str"):
            found["value"] = _unescaped(found["value"])
        return found

    def parse_formatting(self, element: Any) -> None:
        """Leave out how cells are coloured."""

    def parse_extensions(self, element: Any) -> None:
        """Leave out what only one program knows."""


def _cell(found: Mapping[str, Any], styles: Any) -> WorkbookCell:
    value, broken = found["value"], {"f": "cell-formula", "e": "cell-error"}.get(found["data_type"])
    if isinstance(value, time | timedelta):
        # "12:30" as a spreadsheet understands it; no column holds such a thing.
        value, broken = str(value), "cell-date"
    elif not isinstance(value, str | int | float | datetime):
        # A date without a time of day.
        value = datetime(value.year, value.month, value.day)  # noqa: DTZ001 -- cells have no zone
    as_typed = styles[found["style_id"]].numFmtId in _SHOWN_AS_TYPED
    return WorkbookCell(found["column"], value, as_typed, broken or "")


def _strings(stream: Any) -> Iterator[str]:
    """Yield the texts of the shared table; those of several fonts in one piece."""
    for _, node in iterparse(stream):  # noqa: S314 -- expat bounds what entities grow to
        if node.tag == _STRING:
            runs = (part for run in node if run.tag == _RUN for part in run if part.tag == _TEXT)
            parts = [part for part in node if part.tag == _TEXT]
            yield "".join(_unescaped(part.text or "") for part in (*parts, *runs))
            node.clear()


def _unescaped(text: str) -> str:
    """Return a text whose characters that XML cannot hold are written as `_x0007_`."""
    return _ESCAPED.sub(lambda m: chr(int(m.group(1), 16)), text) if "_x" in text else text
