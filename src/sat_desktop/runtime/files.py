"""Writing files so that a reader finds the whole old content or the whole new one."""

import contextlib
import os
from pathlib import Path

from sat_desktop.errors import SatError


def atomic_write(path: Path, content: bytes) -> None:
    """Put `content` into `path`: whole and on the disk, or not at all.

    Missing folders are made. An existing file keeps its mode; a link is followed, so that the file
    it points to is replaced and the link stays.

    Raises:
        SatError: `file-not-written` (path, reason); what was there before is untouched.

    """
    import tempfile

    target = path.resolve()
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    except OSError as error:
        raise _not_written(path, error) from error
    spare = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        spare.chmod(_mode(target))
        spare.replace(target)
    except OSError as error:
        with contextlib.suppress(OSError):
            spare.unlink()
        raise _not_written(path, error) from error
    except BaseException:
        spare.unlink(missing_ok=True)
        raise
    _sync_folder(target.parent)


def set_aside(path: Path, word: str) -> Path:
    """Rename a file to `name.word-1.ext` (the first free number) beside itself and return that.

    Raises:
        SatError: `file-not-written` (path, reason) where the folder does not allow it.

    """
    number = 1
    while (aside := path.with_name(f"{path.stem}.{word}-{number}{path.suffix}")).exists():
        number += 1
    try:
        path.rename(aside)
    except OSError as error:
        raise _not_written(path, error) from error
    return aside


def _mode(target: Path) -> int:
    """Return the mode of the file that is replaced, or what the process gives to new files."""
    with contextlib.suppress(OSError):
        return target.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def _sync_folder(folder: Path) -> None:
    """Make the new name durable too; Windows has no such call and needs none."""
    if os.name != "posix":
        return
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _not_written(path: Path, error: OSError) -> SatError:
    return SatError("file-not-written", path=str(path), reason=error.strerror or str(error))
