"""What a database or its drivers can report, as errors of this program.

The one place that knows the drivers' codes. What is not listed here is a bug and passes through.
"""

import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from sat_desktop.errors import SatError

# The last one: others kept changing the log for as long as SQLite tried to read it.
_SQLITE_BUSY: Final = frozenset({"SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_PROTOCOL"})
_SQLITE_NOT_WRITABLE: Final = frozenset({"SQLITE_READONLY", "SQLITE_PERM", "SQLITE_AUTH"})
# What SQLite says when there is no room even for the index of its log.
_SQLITE_NO_ROOM: Final = frozenset({"SQLITE_IOERR_SHMSIZE"})
_SQLITE_UNOPENED: Final = frozenset({"SQLITE_CANTOPEN"})

# https://www.postgresql.org/docs/current/errcodes-appendix.html
_SERVER_FULL: Final = frozenset({"53100", "53200"})
_SERVER_BUSY: Final = frozenset({"55P03", "40001", "40P01", "57014"})
_SERVER_NOT_WRITABLE: Final = frozenset({"25006", "42501"})
_SERVER_UNREACHABLE: Final = ("08", "28", "3D", "57P", "53300")
_SERVER_DAMAGED: Final = ("XX001", "XX002")
_SERVER_VALUE: Final = ("22",)


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
    except (UnicodeEncodeError, OverflowError) as error:
        raise SatError("value-unstorable") from error
    except Exception as error:
        cause = _reported(error)
        found = None
        if isinstance(cause, sqlite3.Error):
            found = _from_sqlite(cause, place)
        elif cause is not None:
            found = _from_server(cause, place)
        if found is None:
            raise
        raise found from error


def _reported(error: Exception) -> BaseException | None:
    """Return what a driver reported, None if it is something else.

    SQLAlchemy wraps what drivers report; where it was not imported, it has not.
    """
    if "sqlalchemy" in sys.modules:
        from sqlalchemy.exc import DBAPIError

        if isinstance(error, DBAPIError):
            return error.orig
    return error if isinstance(error, sqlite3.Error) else None


def _from_sqlite(error: sqlite3.Error, place: str) -> SatError | None:
    name = getattr(error, "sqlite_errorname", None) or ""
    family = "_".join(name.split("_")[:2])
    found: SatError | None = None
    if family == "SQLITE_FULL" or name in _SQLITE_NO_ROOM:
        found = SatError("disk-full", path=place)
    elif family in _SQLITE_BUSY:
        found = SatError("database-busy", path=place)
    elif family in _SQLITE_NOT_WRITABLE:
        found = not_writable(place)
    elif family == "SQLITE_CORRUPT":
        found = SatError("database-damaged", path=place, reason=str(error))
    elif family == "SQLITE_TOOBIG":
        found = SatError("value-unstorable")
    elif family == "SQLITE_NOTADB":
        found = SatError("not-a-database", path=place)
    elif family in _SQLITE_UNOPENED:
        found = not_writable(place, str(error))
    elif family == "SQLITE_IOERR":
        found = SatError("database-failed", path=place, reason=f"{error} ({name})")
    return found


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
    import tempfile

    try:
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError:
        return False


def _from_server(error: BaseException, place: str) -> SatError | None:
    code = getattr(error, "sqlstate", None)
    reason = str(error).strip()
    found: SatError | None = None
    if code is None:
        # No answer at all: not reached, or the connection was cut.
        if type(error).__name__ == "OperationalError":
            found = SatError("database-unreachable", path=place, reason=reason)
        elif type(error).__name__ == "DataError":
            # The driver itself refuses what PostgreSQL's text cannot hold (the character 0).
            found = SatError("value-unstorable")
    elif code in _SERVER_FULL:
        found = SatError("disk-full", path=place)
    elif code in _SERVER_BUSY:
        found = SatError("database-busy", path=place)
    elif code in _SERVER_NOT_WRITABLE:
        found = SatError("database-read-only", path=place)
    elif code.startswith(_SERVER_UNREACHABLE):
        found = SatError("database-unreachable", path=place, reason=reason)
    elif code.startswith(_SERVER_DAMAGED):
        found = SatError("database-damaged", path=place, reason=reason)
    elif code.startswith(_SERVER_VALUE):
        found = SatError("value-unstorable")
    return found
