"""Reads a finished plan back and compares the numbers on its pages with the data.

The check goes the other way round than the writer: it takes the words of the tables as a reader
finds them, turns them into numbers, and asks the data. What does not match is never handed over.
"""

import io
import re
from collections.abc import Iterator, Sequence
from decimal import Decimal, InvalidOperation
from fractions import Fraction

from sat_desktop.domain.document import PlanDocument
from sat_desktop.errors import SatError
from sat_desktop.reporting.plan.annexes import answers_caption
from sat_desktop.reporting.plan.assessment import results_caption
from sat_desktop.reporting.plan.money import money_caption
from sat_desktop.reporting.reading import Node, read_structure
from sat_desktop.runtime.i18n import Language, whole_percent

_SPACES = re.compile(r"[\s\u00a0\u202f]+")


def verify_plan(content: bytes, document: PlanDocument, language: Language) -> None:
    """Compare the tables of results, answers and money in a PDF with the data.

    Raises:
        SatError: `document-mismatch` naming the first number that differs.
    """
    tables = _tables(read_structure(io.BytesIO(content)))
    _compare(tables, results_caption(document, language), list(_results(document)))
    _compare(tables, answers_caption(language), list(_answers(document)))
    if document.money.total:
        _compare(tables, money_caption(language), list(_money(document)))


Expected = tuple[int, Fraction | int | None]
"""The cell of a row, and the number that must stand there; None for no number."""


def _results(document: PlanDocument) -> Iterator[list[Expected]]:
    for row in document.nodes:
        score = row.score
        yield [
            (1, _percent(score.index)),
            (3, _percent(row.wanted)),
            (4, _percent(score.coverage)),
            # Before all is answered the cell says between which levels it may lie.
            (5, score.attained if score.attained == score.attainable else None),
        ]


def _answers(document: PlanDocument) -> Iterator[list[Expected]]:
    for row in document.indicators:
        yield [(2, row.rating.level), (3, row.gap.wanted)]


def _money(document: PlanDocument) -> Iterator[list[Expected]]:
    sums: dict[tuple[int, str], int] = {}
    for row in document.undertakings:
        for line in row.undertaking.costs if row.undertaking.status != "cancelled" else ():
            key = line.year, line.source
            sums[key] = sums.get(key, 0) + line.grosze
    sources = [s for s in document.money.by_source if any(k[1] == s and v for k, v in sums.items())]
    for year in document.money.by_year:
        cells = [sums.get((year, s), 0) for s in sources]
        yield [(n, Fraction(g, 100)) for n, g in enumerate([*cells, sum(cells)], 1)]
    columns = [sum(v for k, v in sums.items() if k[1] == s) for s in sources]
    yield [(n, Fraction(g, 100)) for n, g in enumerate([*columns, sum(columns)], 1)]


def _percent(value: Fraction | None) -> Fraction | None:
    return None if value is None else Fraction(whole_percent(value))


def _tables(root: Node) -> dict[str, list[list[str]]]:
    """Return the rows of data of every captioned table; lines that only head others are left out."""
    found: dict[str, list[list[str]]] = {}
    for table in root.find("Table"):
        captions = table.find("Caption")
        if not captions:
            continue
        rows = [
            [cell.read() for cell in row.find("TH", "TD")]
            for body in table.find("TBody")
            for row in body.find("TR")
        ]
        found[_plain(captions[0].read())] = [row for row in rows if len(row) > 1]
    return found


def _compare(
    tables: dict[str, list[list[str]]], caption: str, expected: Sequence[Sequence[Expected]]
) -> None:
    rows = tables.get(_plain(caption))
    if rows is None or len(rows) != len(expected):
        raise SatError(
            "document-mismatch", place=caption, shown=len(rows or ()), expected=len(expected)
        )
    for row, cells in zip(rows, expected, strict=True):
        for number, value in cells:
            shown = row[number] if number < len(row) else ""
            if _number(shown) != value:
                raise SatError(
                    "document-mismatch",
                    place=f"{caption}: {_plain(row[0])}",
                    shown=_plain(shown),
                    expected="-" if value is None else str(value),
                )


def _number(shown: str) -> Fraction | None:
    """Return the number that a cell begins with: "67 %", "2 – name", "1 234,56", "–" for zero."""
    text = _SPACES.sub(" ", shown).strip()
    if text == "–":
        return Fraction()
    text = re.sub(r"(?<=\d) (?=\d{3}(?!\d))", "", text)
    match = re.match(r"\d[\d,.]*", text)
    if match is None:
        return None
    digits = match.group()
    if ("," in digits and "." in digits) or re.fullmatch(r"\d{1,3}(,\d{3})+", digits):
        digits = digits.replace(",", "")
    try:
        return Fraction(Decimal(digits.replace(",", ".").rstrip(".")))
    except InvalidOperation:
        return None


def _plain(text: str) -> str:
    return _SPACES.sub(" ", text).strip()
