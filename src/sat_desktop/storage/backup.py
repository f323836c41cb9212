"""Consistent copies of a database file, also while others write to it."""

import contextlib
import os
import sqlite3
from pathlib import Path

from sat_desktop.errors import SatError
from sat_desktop.runtime.files import set_aside
from sat_desktop.storage.failures import expected_failures, not_writable
from sat_desktop.storage.sqlite import read_only


def back_up_file(source: Path, target: Path) -> None:
    """Copy the database file `source` to `target`, whole and on the disk, or not at all.

    Raises:
        SatError: `file-exists`, `folder-read-only`, `disk-full`, `database-damaged`.

    """
    for companion in _companions(target):
        # Left by a crash of a database that is gone: SQLite would mix it into the copy.
        if companion.exists():
            raise SatError("file-exists", path=str(companion))
    # The name is taken first: nothing else can take it, and nothing there is overwritten.
    try:
        os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666))
    except FileExistsError as error:
        raise SatError("file-exists", path=str(target)) from error
    except OSError as error:
        raise not_writable(str(target), error.strerror or str(error)) from error
    partial = target.with_name(f".{target.name}.partial")
    try:
        partial.unlink(missing_ok=True)
        _copy(source, partial)
        partial.replace(target)
    except BaseException as error:
        for path in (partial, target):
            with contextlib.suppress(OSError):
                path.unlink()
        if isinstance(error, OSError):
            raise not_writable(str(target), error.strerror or str(error)) from error
        raise
    _sync(target.parent)


def set_workspace_aside(path: Path, word: str) -> Path:
    """Rename a database that nobody has open to `name.word-1.db` (the first free number).

    What a crash left beside it goes along: it holds the last changes, and would spoil whatever is
    put in the database's place.

    Raises:
        SatError: `file-not-written` (path, reason) where the folder does not allow it.

    """
    kept = set_aside(path, word)
    for old, new in zip(_companions(path), _companions(kept), strict=True):
        with contextlib.suppress(FileNotFoundError):
            old.replace(new)
    return kept


def put_workspace_back(kept: Path, path: Path) -> None:
    """Undo `set_workspace_aside`; errors are the system's."""
    kept.replace(path)
    for old, new in zip(_companions(kept), _companions(path), strict=True):
        with contextlib.suppress(FileNotFoundError):
            old.replace(new)


def set_companions_aside(path: Path, word: str) -> None:
    """Rename what a crash left of a database that is gone, before another takes its name.

    The word is one that no database is set aside with: none may find them beside itself.

    Raises:
        SatError: `file-not-written` (path, reason) where the folder does not allow it.

    """
    for companion in _companions(path):
        if companion.exists():
            set_aside(companion, word)


def _companions(path: Path) -> tuple[Path, ...]:
    return tuple(path.with_name(path.name + end) for end in ("-wal", "-shm", "-journal"))


def back_up_before_migration(path: Path, version: int) -> Path:
    """Copy an older database beside itself before it is changed; return the copy's path.

    The name tells the schema version and the time of the file's last change, in UTC; where it is
    taken, a number follows.
    """
    import time

    stamp = time.strftime("%Y%m%d-%H%M%S", time.gmtime(path.stat().st_mtime))
    name = f"{path.stem}.schema-{version}.{stamp}"
    target = path.with_name(f"{name}{path.suffix}")
    number = 1
    while True:
        try:
            back_up_file(path, target)
        except SatError as error:
            if error.code != "file-exists":
                raise
            number += 1
            target = path.with_name(f"{name}-{number}{path.suffix}")
        else:
            return target


def _copy(source: Path, target: Path) -> None:
    with (
        expected_failures(str(source)),
        contextlib.closing(read_only(source)) as original,
        expected_failures(str(target)),
        contextlib.closing(sqlite3.connect(target)) as copy,
    ):
        original.backup(copy)
        # A copy is one file; opening it as a workspace switches to the write-ahead log again.
        copy.execute("PRAGMA journal_mode = DELETE")
    _sync(target)


def _sync(path: Path) -> None:
    if path.is_dir() and os.name != "posix":
        return  # Windows cannot, and does not need to
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
