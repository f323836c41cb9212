"""Opening a workspace: a new one is made, a newer one refused, an older one migrated.

A path means a SQLite file, `postgresql://...` a database on a server. A file is first read without
any chance of changing it. Only when it is known to be a workspace of this version (or an older one,
backed up by then) are connections opened that may write.
"""

import os
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Final

from sat_desktop.errors import SatError
from sat_desktop.storage.database import Database, DatabaseKind
from sat_desktop.storage.failures import expected_failures, not_writable
from sat_desktop.storage.server import Server, read_address
from sat_desktop.storage.sqlite import SqliteFile, read_only, version_of_file
from sat_desktop.storage.store import SqlStore

BUSY_SECONDS: Final = 5.0
"""How long one writer waits for another before it gives up."""


def open_store(
    where: str | Path, *, must_exist: bool = False, busy_seconds: float = BUSY_SECONDS
) -> SqlStore:
    """Open the workspace at a path or address, making or migrating it if need be.

    Args:
        where: a path of a file, or an address of a server's database.
        must_exist: do not make a new file where there is none.
        busy_seconds: how long to wait for other programs.

    Raises:
        SatError: `file-missing-at` (path), `database-newer` (path, found, known), `not-a-database`, `not-a-workspace`,
            `database-damaged`, `database-log-alone`, `database-address`, `driver-missing`, `server-encoding`, and all
            of `failures.expected_failures`. The database is then as it was.

    """
    path = _path_in(where)
    kind: DatabaseKind
    if path is None:
        kind = Server(read_address(str(where)), busy_seconds)
    else:
        if must_exist and not path.exists():
            raise SatError("file-missing-at", path=str(path))
        _check_file(path)
        kind = SqliteFile(path, busy_seconds)
    database = Database(kind)
    try:
        with expected_failures(database.place):
            database.make_ready()
    except BaseException:
        database.dispose()
        raise
    return SqlStore(database, path)


def _path_in(where: str | Path) -> Path | None:
    """Return the path that is meant, None for an address of a server."""
    if isinstance(where, str):
        kind, mark, rest = where.partition(":///")
        if mark and kind == "sqlite" and rest:
            where = rest
        elif "://" in where:
            return None
    return Path(where).expanduser().absolute()


def _check_file(path: Path) -> None:
    """Look at a file, read-only; return if it may be opened for writing.

    Only SQLite opens it: were it opened and closed beside SQLite, POSIX would drop the locks of
    every other store that this process has on it.
    """
    log = path.with_name(path.name + "-wal")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        # Before the file itself: a program that makes one at this moment makes the log last.
        log_is_left = log.exists() and log.stat().st_size > 0
        if not path.exists() or (path.is_file() and path.stat().st_size == 0):
            if log_is_left:
                # SQLite would delete it, and with it what was last written before a crash.
                raise SatError("database-log-alone", path=str(log))
            return
        if not path.is_file():
            raise SatError("not-a-database", path=str(path))
    except OSError as error:
        raise not_writable(str(path), error.strerror or str(error)) from error
    with expected_failures(str(path)), closing(read_only(path)) as connection:
        try:
            version_of_file(connection, path)
        except sqlite3.OperationalError as error:
            # A reader cannot recover what a crash left beside the file; a writer will.
            if not _left_by_crash(path, error):
                raise
    # SQLite itself would notice at the first change only.
    if not os.access(path, os.W_OK, effective_ids=os.access in os.supports_effective_ids):
        raise not_writable(str(path))


def _left_by_crash(path: Path, error: sqlite3.OperationalError) -> bool:
    beside = [path.with_name(path.name + suffix) for suffix in ("-wal", "-journal")]
    return error.sqlite_errorname.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN")) and any(
        p.exists() for p in beside
    )
