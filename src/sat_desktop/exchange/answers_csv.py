"""Answers as CSV: columns `indicator,level,not_applicable,note` and optionally `criteria`.

Read with `,` or `;`, UTF-8 with or without BOM. Written with `;` and a BOM, because that is what
the spreadsheet programs of Polish offices open without asking. A text that a spreadsheet would take
for a formula gets an apostrophe in front, which reading takes away again.
"""

import csv
import io
from collections.abc import Iterable, Mapping
from typing import Final

from sat_desktop.domain.answers import Answer, State
from sat_desktop.domain.questionnaire import Questionnaire
from sat_desktop.domain.scores import level_of
from sat_desktop.errors import Problem, SatError
from sat_desktop.services.ports import GivenAnswer

COLUMNS: Final = ("indicator", "level", "not_applicable", "note", "criteria")
YES: Final = frozenset({"yes", "tak", "true", "1", "x", "t", "y"})
"""Entries of `not_applicable` that are no reason: the note holds it."""

NO: Final = frozenset({"no", "nie", "false", "0", "n", "f", "-"})
"""Entries of `not_applicable` that mean an empty cell: nobody gives such a reason."""

FORMULA_START: Final = ("=", "+", "-", "@", "\t", "\r")
MAX_BYTES: Final = 32 * 1024 * 1024


def read_answers_csv(data: bytes, name: str) -> tuple[GivenAnswer, ...]:
    """Return the rows of a CSV file; `name` is the file's, for messages.

    Raises:
        SatError: not UTF-8 text, no header, or bad rows (all of them at once).
    """
    rows = _rows(_text(data))
    header = _header(rows)
    problems: list[Problem] = []
    given: list[GivenAnswer] = []
    for line, cells in rows:
        if not any(c.strip() for c in cells):
            continue
        where = f"{name}:{line}"
        if len(cells) > len(header) and any(c.strip() for c in cells[len(header) :]):
            facts = {"count": len(cells), "columns": len(header)}
            problems.append(Problem("row-too-long", where, facts))
            continue
        row = dict(zip(header, cells, strict=False))
        found = _row(where, row)
        if isinstance(found, Problem):
            problems.append(found)
        else:
            given.append(found)
    if problems:
        # What the rows themselves hide cannot be compared with the questionnaire yet: the rows
        # that could be read go on, so that every bad row is named in one message.
        raise UnreadableRowsError(problems, given)
    return tuple(given)


class UnreadableRowsError(SatError):
    """Some rows cannot be read; `readable` holds the others, to be checked as well."""

    def __init__(self, problems: Iterable[Problem], readable: Iterable[GivenAnswer]) -> None:
        super().__init__("answers-invalid", problems)
        self.readable = tuple(readable)


def write_answers_csv(questionnaire: Questionnaire, answers: Mapping[str, Answer]) -> bytes:
    """Return all indicators of a questionnaire with their answers, in its order."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for key, indicator in questionnaire.indicators.items():
        answer = answers.get(key, Answer())
        rated = answer.state is State.RATED
        met = [c for c in indicator.criteria if c in answer.met]
        writer.writerow(
            (
                key,
                level_of(indicator, answer.met) if rated else "",
                _guard_reason(answer.reason),
                guard_formula(answer.note),
                " ".join(met),
            )
        )
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8", "replace")


def _text(data: bytes) -> str:
    if len(data) > MAX_BYTES:
        raise SatError("file-too-large", size=len(data), limit=MAX_BYTES)
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise SatError("csv-not-utf8", line=1)
    if b"\x00" in data:
        raise SatError("csv-not-text")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise SatError("csv-not-utf8", line=line) from error


def _rows(text: str) -> "Iterable[tuple[int, list[str]]]":
    first = text.split("\n", 1)[0]
    delimiter = ";" if first.count(";") > first.count(",") else ","
    # The module's own limit would refuse notes that this program itself has written.
    csv.field_size_limit(MAX_BYTES)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)

    def numbered() -> Iterable[tuple[int, list[str]]]:
        line = 1
        try:
            for cells in reader:
                yield line, cells
                line = reader.line_num + 1
        except csv.Error as error:
            raise SatError("csv-broken", line=reader.line_num) from error

    return iter(list(numbered()))


def _header(rows: Iterable[tuple[int, list[str]]]) -> list[str]:
    for _, cells in rows:
        header = [c.strip().lower() for c in cells]
        unknown = sorted(set(header) - set(COLUMNS) - {""})
        if "indicator" not in header:
            raise SatError("csv-without-header", columns=", ".join(COLUMNS))
        if unknown:
            raise SatError(
                "csv-columns-unknown", columns=", ".join(unknown), known=", ".join(COLUMNS)
            )
        if len(header) != len(set(header)):
            raise SatError("csv-columns-twice")
        return header
    raise SatError("csv-empty")


def _row(where: str, row: Mapping[str, str]) -> GivenAnswer | Problem:
    indicator = row.get("indicator", "").strip()
    if not indicator:
        return Problem("row-without-indicator", where)
    level_text = row.get("level", "").strip()
    level = None
    if level_text:
        if not (level_text.isascii() and level_text.isdigit() and len(level_text) < 4):
            return Problem("level-not-number", where, {"id": indicator, "value": level_text})
        level = int(level_text)
    criteria = row.get("criteria", "").split()
    note = _unguard(row["note"]) if row.get("note") else None
    given = row.get("not_applicable", "").strip()
    reason = None
    if given.lower() in YES:
        reason = note or ""
    elif given and given.lower() not in NO:
        reason = _unguard_reason(given)
    return GivenAnswer(
        where, indicator, level, frozenset(criteria) if criteria else None, reason, note
    )


def storable(text: str) -> bool:
    """Tell whether a text can be kept: without the character 0 and halves of characters."""
    return not any(c == "\0" or "\ud800" <= c <= "\udfff" for c in text)


def guard_formula(text: str) -> str:
    """Put an apostrophe before a text that a spreadsheet would take for a formula."""
    return "'" + text if _guarded(text) else text


def _guard_reason(text: str) -> str:
    return "'" + text if _guarded(text) or _is_word(text) else text


def _unguard(text: str) -> str:
    rest = text[1:]
    return rest if text.startswith("'") and _guarded(rest) else text


def _unguard_reason(text: str) -> str:
    rest = text[1:]
    return rest if text.startswith("'") and (_guarded(rest) or _is_word(rest)) else text


def _guarded(text: str) -> bool:
    return text.lstrip("'").startswith(FORMULA_START)


def _is_word(text: str) -> bool:
    """Tell whether a reason would be read as "yes" or "no", behind any number of apostrophes."""
    return text.lstrip("'").strip().lower() in YES | NO
