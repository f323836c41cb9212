"""Putting a copy in the place of a workspace file, so that nothing is lost whatever goes wrong."""

import contextlib
import errno
import os
import shutil
import sqlite3
import tempfile
from pathlib import Path

from sat_desktop.errors import SatError
from sat_desktop.storage.backup import (
    back_up_file,
    put_workspace_back,
    set_companions_aside,
    set_workspace_aside,
)
from sat_desktop.storage.failures import expected_failures, not_writable
from sat_desktop.storage.opening import open_store


def restore_workspace(copy: Path, place: Path) -> Path | None:
    """Put `copy` in the place of the workspace `place`; return where the former one is kept.

    The copy itself is only read: what stands in its place was copied beside it, brought up to date
    and checked in full before the present workspace is touched.

    Raises:
        SatError: `database-busy` where somebody has the present workspace open; whatever is wrong
            with the copy. The present workspace is then as it was.

    """
    target = place.absolute()
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        room = Path(tempfile.mkdtemp(prefix=".restore-", dir=target.parent))
    except OSError as error:
        raise not_writable(str(target), error.strerror or str(error)) from error
    try:
        fresh = room / target.name
        _copy_checked(copy.absolute(), fresh)
        _require_unused(target)
        kept = set_workspace_aside(target, "before-restore") if target.exists() else None
        set_companions_aside(target, "left-behind")
        try:
            fresh.replace(target)
        except OSError as error:
            if kept is not None:
                put_workspace_back(kept, target)
            raise not_writable(str(target), error.strerror or str(error)) from error
    finally:
        shutil.rmtree(room, ignore_errors=True)
    return kept


def _copy_checked(copy: Path, fresh: Path) -> None:
    """Put a copy at `fresh`, of this version and free of defects."""
    try:
        _copy(copy, fresh)
        _require_tables(fresh)
        store = open_store(fresh)
        try:
            store.full_check()
        finally:
            store.close()
    except SatError as error:
        # Users know the file they named and the workspace, not what lies between them.
        if not str(error.facts.get("path", "")).startswith(str(fresh.parent)):
            raise
        place = fresh.parent.parent / fresh.name
        facts = {**error.facts, "path": str(place if error.code == "disk-full" else copy)}
        raise SatError(error.code, error.problems, **facts) from error


def _copy(copy: Path, fresh: Path) -> None:
    """Copy a database; one that nobody has open is not opened here either.

    Merely reading it through SQLite could leave companions beside it, and fails on a disk that
    cannot be written to.
    """
    if any(copy.with_name(copy.name + end).exists() for end in ("-wal", "-journal")):
        back_up_file(copy, fresh)
        return
    try:
        shutil.copyfile(copy, fresh)
        with fresh.open("rb+") as written:
            os.fsync(written.fileno())
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise SatError("disk-full", path=str(fresh)) from error
        reason = error.strerror or str(error)
        raise SatError("file-not-read", path=str(copy), reason=reason) from error


def _require_tables(fresh: Path) -> None:
    """Refuse an empty file or database: opening it would make a workspace of it."""
    with (
        expected_failures(str(fresh)),
        contextlib.closing(sqlite3.connect(fresh)) as connection,
    ):
        if connection.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,):
            raise SatError("not-a-workspace", path=str(fresh))


def _require_unused(target: Path) -> None:
    """Refuse while another program has the database open; fold its log back into the file.

    Leaving the write-ahead log works only for the one who is alone with the file. A file that
    SQLite cannot read at all is what a copy is restored for: it is set aside as it is.
    """
    if not target.is_file() or target.stat().st_size == 0:
        return
    try:
        with (
            expected_failures(str(target)),
            contextlib.closing(sqlite3.connect(target, timeout=1, isolation_level=None)) as alone,
        ):
            alone.execute("PRAGMA journal_mode = DELETE").fetchall()
    except SatError as error:
        if error.code == "database-busy":
            raise
