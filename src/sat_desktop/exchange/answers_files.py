"""Files of answers, by extension."""

from pathlib import Path
from typing import Final

from sat_desktop.errors import SatError
from sat_desktop.exchange.answers_csv import MAX_BYTES, read_answers_csv
from sat_desktop.exchange.answers_json import read_answers_json
from sat_desktop.services.ports import GivenAnswer

READERS: Final = {".csv": read_answers_csv, ".json": read_answers_json}
LATER: Final = frozenset({".xlsx", ".sat", ".pdf", ".docx"})
"""Kinds of file that a later version reads and writes."""


def read_answers(path: Path) -> tuple[GivenAnswer, ...]:
    """Return what a file of answers says.

    Raises:
        SatError: the file cannot be read, is of another kind, or has bad rows (all at once).
    """
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise other_format(path)
    return reader(read_file(path, MAX_BYTES), path.name)


def read_file(path: Path, limit: int) -> bytes:
    """Return the content of a file of at most `limit` bytes."""
    try:
        size = path.stat().st_size
        if size > limit:
            raise SatError("file-too-large", size=size, limit=limit)
        return path.read_bytes()
    except OSError as error:
        reason = error.strerror or str(error)
        raise SatError("file-not-read", path=str(path), reason=reason) from error


def other_format(path: Path) -> SatError:
    """Return the error for an extension that is not read or written now."""
    extension = path.suffix.lower()
    if extension in LATER:
        return SatError("format-later", extension=extension)
    return SatError("format-unknown", extension=extension or path.name)
