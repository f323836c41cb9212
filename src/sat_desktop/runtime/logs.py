"""The log file: what went wrong, for the person who has to find out why.

Only this program's own loggers write to it, and only where the code went: no message of an unknown
exception is kept, because it may quote an answer, a name or a path with the user's name in it.
The file is made when there is something to say, and a few older ones are kept beside it.
"""

import contextlib
import logging
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from sat_desktop.errors import SatError
from sat_desktop.runtime.paths import log_folder

FILE: Final = "sat-desktop.log"
LARGEST: Final = 512 * 1024
"""Bytes after which a file is put aside."""

KEPT: Final = 3
"""Older files that are kept, `.1` being the youngest."""

_SPEAKING_OF_CODE: Final = (ImportError, AttributeError, TypeError, NameError)
"""Exceptions whose messages name parts of programs, not what somebody typed."""


def start_logging() -> None:
    """Let this program's loggers write to the log file; once is enough, more does no harm."""
    logger = logging.getLogger("sat_desktop")
    if not any(isinstance(h, LogFile) for h in logger.handlers):
        logger.addHandler(LogFile(log_folder))


def log_unexpected(error: BaseException) -> Path | None:
    """Write down an error that is ours; return the file, None where none could be written."""
    start_logging()
    logging.getLogger("sat_desktop").critical("unexpected error", exc_info=error)
    path = log_folder() / FILE
    return path if path.is_file() else None


class LogFile(logging.Handler):
    """Appends records to the log file of a folder, opening it anew for each.

    Errors are rare, so the cost does not matter; two programs may write, and Windows lets nobody
    rename a file that stays open.
    """

    def __init__(self, folder: Callable[[], Path], level: int = logging.WARNING) -> None:
        super().__init__(level)
        self._folder = folder
        self.setFormatter(DiscreetFormatter())

    def emit(self, record: logging.LogRecord) -> None:
        """Write a record; where the folder does not allow it, nothing is written."""
        with contextlib.suppress(OSError):
            path = self._folder() / FILE
            path.parent.mkdir(parents=True, exist_ok=True)
            if path.exists() and path.stat().st_size > LARGEST:
                _rotate(path)
            with path.open("a", encoding="utf-8", errors="replace") as stream:
                stream.write(self.format(record) + "\n")


class DiscreetFormatter(logging.Formatter):
    """Words a record without what users typed: of an exception its kind and its way."""

    def format(self, record: logging.LogRecord) -> str:
        """Return time, place and message, and below them the way of an exception.

        Written anew, because the usual one hands on text that another handler may have made.
        """
        from datetime import UTC, datetime

        time = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="seconds")
        head = f"{time} {record.levelname} {record.name}: {_message(record)}"
        if not record.exc_info or record.exc_info[1] is None:
            return head
        return "\n".join([f"{head} ({_versions()})", *_way(record.exc_info[1])])


def _message(record: logging.LogRecord) -> str:
    """Return the message with what it quotes made discreet: of errors the kind, of paths the name."""
    if not isinstance(record.args, tuple):
        return record.getMessage()
    quoted = tuple(_discreet(value) for value in record.args)
    return str(record.msg) % quoted if quoted else str(record.msg)


def _discreet(value: object) -> object:
    if isinstance(value, BaseException):
        return _kind(value)
    return value.name if isinstance(value, Path) else value


def _rotate(path: Path) -> None:
    """Put a full file aside; the oldest is dropped."""
    names = [path, *(path.with_name(f"{FILE}.{n}") for n in range(1, KEPT + 1))]
    for older, newer in zip(reversed(names), reversed(names[:-1]), strict=False):
        if newer.exists():
            newer.replace(older)


def _way(error: BaseException) -> Iterator[str]:
    """Yield where an exception and those behind it came from, the first cause first."""
    import traceback

    chain: list[BaseException] = []
    at: BaseException | None = error
    while at is not None and at not in chain:
        chain.append(at)
        at = at.__cause__ or (None if at.__suppress_context__ else at.__context__)
    for one in reversed(chain):
        for frame in traceback.extract_tb(one.__traceback__):
            yield f"  {_inner(frame.filename)}:{frame.lineno} in {frame.name}"
        yield f"  {_kind(one)}"


def _inner(file: str) -> str:
    """Return the part of a path that is the same on every machine."""
    parts = Path(file).parts
    for root in ("site-packages", "sat_desktop"):
        if root in parts:
            at = len(parts) - 1 - parts[::-1].index(root)
            return "/".join(parts[at if root == "sat_desktop" else at + 1 :])
    return parts[-1] if parts else file


def _kind(error: BaseException) -> str:
    name = f"{type(error).__module__}.{type(error).__qualname__}".removeprefix("builtins.")
    if isinstance(error, SatError):
        return f"{name}: {error.code}"
    if isinstance(error, OSError):
        return f"{name}: {error.errno} {error.strerror}"
    builtin = type(error).__module__ == "builtins"
    return f"{name}: {error}" if builtin and isinstance(error, _SPEAKING_OF_CODE) else name


def _versions() -> str:
    from sat_desktop import __version__

    python = ".".join(map(str, sys.version_info[:3]))
    return f"SAT Desktop {__version__}, Python {python}, {sys.platform}"
