"""What a database or its drivers can report, as errors of this program.

The one place that knows the drivers' codes. What is not listed here is a bug and passes through.
"""

import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from sqlalchemy.exc import DBAPIError

from sat_desktop.errors import SatError

_MEANINGS: Final = {
    # SQLite, by the beginning of the error's name.
    "SQLITE_FULL": "disk-full",
    # What it says when there is no room even for the index of its log.
    "SQLITE_IOERR_SHMSIZE": "disk-full",
    "SQLITE_BUSY": "database-busy",
    "SQLITE_LOCKED": "database-busy",
    # Others kept changing the log for as long as SQLite tried to read it.
    "SQLITE_PROTOCOL": "database-busy",
    "SQLITE_READONLY": "file-read-only",
    "SQLITE_PERM": "file-read-only",
    "SQLITE_AUTH": "file-read-only",
    "SQLITE_CANTOPEN": "file-unopened",
    "SQLITE_CORRUPT": "database-damaged",
    "SQLITE_NOTADB": "not-a-database",
    "SQLITE_TOOBIG": "value-unstorable",
    "SQLITE_IOERR": "database-failed",
    # PostgreSQL, by the beginning of the state:
    # https://www.postgresql.org/docs/current/errcodes-appendix.html
    "53100": "disk-full",
    "53200": "disk-full",
    "55P03": "database-busy",
    "40001": "database-busy",
    "40P01": "database-busy",
    "57014": "database-busy",
    "25006": "database-read-only",
    "42501": "database-read-only",
    "08": "database-unreachable",
    "28": "database-unreachable",
    "3D": "database-unreachable",
    "53300": "database-unreachable",
    "57P": "database-unreachable",
    "XX001": "database-damaged",
    "XX002": "database-damaged",
    "22": "value-unstorable",
    # What the server's driver says without having asked the server: it was not reached, or the
    # connection was cut; or a text holds the character 0.
    "OperationalError": "database-unreachable",
    "DataError": "value-unstorable",
}
"""What a driver reports: what it means here. Of several beginnings the longest counts."""

_WITH_REASON: Final = frozenset({"database-damaged", "database-unreachable", "database-failed"})


@contextmanager
def expected_failures(place: str) -> Iterator[None]:
    """Turn what a database at `place` (path or address without password) reports into `SatError`.

    Raises:
        SatError: one of `disk-full`, `database-busy`, `folder-missing`, `folder-read-only`, `file-read-only`,
            `database-read-only`, `database-damaged`, `not-a-database`, `database-unreachable`,
            `database-failed` (with reason), `value-unstorable`.

    """
    try:
        yield
    except Exception as error:
        meant = expected_failure(error, place)
        if meant is None:
            raise
        raise meant from error


def expected_failure(error: BaseException, place: str) -> SatError | None:
    """Return what `expected_failures` raises for an error, None for a bug."""
    if isinstance(error, UnicodeEncodeError | OverflowError):
        return SatError("value-unstorable")
    if isinstance(error, DBAPIError):
        return _meaning(error.orig, place)
    # A server's driver, which is not imported where there is only a file, tells a state with each.
    if isinstance(error, sqlite3.Error) or hasattr(error, "sqlstate"):
        return _meaning(error, place)
    return None


def _meaning(reported: BaseException | None, place: str) -> SatError | None:
    """Return what a driver's error means, None if it is a bug."""
    name = _name(reported)
    known = max((begin for begin in _MEANINGS if name.startswith(begin)), key=len, default="")
    if not known:
        return None
    code = _MEANINGS[known]
    reason = str(reported).strip()
    if code == "file-read-only":
        return not_writable(place)
    if code == "file-unopened":
        return not_writable(place, reason)
    if code == "value-unstorable":
        return SatError(code)
    if code == "database-failed":
        # Of a failing disk SQLite's sentence says little, its name for it more.
        reason = f"{reason} ({name})"
    if code in _WITH_REASON:
        return SatError(code, path=place, reason=reason)
    return SatError(code, path=place)


def _name(reported: BaseException | None) -> str:
    """Return the name of an SQLite error, the state that a server tells, or the kind of error."""
    if isinstance(reported, sqlite3.Error):
        return getattr(reported, "sqlite_errorname", None) or ""
    kinds = (kind.__name__ for kind in type(reported).__mro__)
    return getattr(reported, "sqlstate", None) or next((k for k in kinds if k in _MEANINGS), "")


def not_writable(place: str, reason: str = "") -> SatError:
    """Return the error that says what it is that cannot be written: file, folder or neither."""
    path = Path(place)
    if not path.parent.is_dir():
        return SatError("folder-missing", folder=str(path.parent))
    if not _writable_folder(path.parent):
        return SatError("folder-read-only", path=place, folder=str(path.parent))
    if reason:
        return SatError("database-failed", path=place, reason=reason)
    return SatError("file-read-only", path=place)


def _writable_folder(folder: Path) -> bool:
    """Try it: permissions alone tell little about network shares and read-only disks."""
    try:
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError:
        return False
