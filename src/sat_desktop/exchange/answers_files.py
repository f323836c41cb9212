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
    """Return the content of an ordinary file of at most `limit` bytes.

    Raises:
        SatError: `file-missing-at`, `file-special` (a folder, a pipe, a device: reading it might
            never end), `file-too-large`, `file-not-read`.

    """
    try:
        if not path.is_file():
            raise SatError("file-special" if path.exists() else "file-missing-at", path=str(path))
        with path.open("rb") as stream:
            content = stream.read(limit + 1)
        if len(content) > limit:
            raise SatError("file-too-large", size=path.stat().st_size, limit=limit)
    except OSError as error:
        reason = error.strerror or str(error)
        raise SatError("file-not-read", path=str(path), reason=reason) from error
    except ValueError as error:
        # A name with the character 0, which no system takes.
        raise SatError("file-missing-at", path=str(path)) from error
    return content


def other_format(path: Path) -> SatError:
    """Return the error for an extension that is not read or written now."""
    extension = path.suffix.lower()
    if extension in LATER:
        return SatError("format-later", extension=extension)
    return SatError("format-unknown", extension=extension or str(path))
