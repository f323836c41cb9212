"""The two streams of a command: data to stdout, everything else to stderr, whatever listens.

A reader that closes early (`| head -1`), a console that knows ASCII only and a process without any
console (a windowed one on Windows) must not stop the work or turn it into a traceback.
"""

import contextlib
import os
import sys
from typing import TextIO

from sat_desktop.errors import SatError


def write_out(text: str) -> None:
    """Write data to stdout, in UTF-8 whatever the console's code page.

    A reader that has gone is no error: the rest of the command's work is still done.

    Raises:
        SatError: `output-not-written` (reason) where the data cannot be kept, as on a full disk.

    """
    stream = sys.stdout
    if stream is None:
        return
    try:
        stream.flush()
        stream.buffer.write(text.encode("utf-8", "replace"))
        stream.buffer.flush()
    except BrokenPipeError:
        _silence(stream)
    except OSError as error:
        _silence(stream)
        raise SatError("output-not-written", reason=error.strerror or str(error)) from error


def write_err(text: str) -> None:
    """Write a message to stderr; if nobody can hear it, it is lost without harm."""
    stream = sys.stderr
    if stream is None:
        return
    try:
        if (stream.encoding or "").lower() in {"ascii", "us-ascii", "ansi_x3.4-1968", "646"}:
            stream.flush()
            stream.buffer.write(_readable(text).encode("utf-8", "replace"))
            stream.buffer.flush()
        else:
            stream.write(_readable(text))
            stream.flush()
    except (OSError, ValueError):
        _silence(stream)


def one_line(text: str) -> str:
    """Return user text as one cell of a line: no tabs, line ends or signs that drive a terminal."""
    line = " ".join(text.split())
    return "".join(c if c.isprintable() else "\ufffd" for c in line)


def _readable(text: str) -> str:
    """Return text with the bytes that Python smuggled into it (file names) as letters again."""
    try:
        return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    except UnicodeEncodeError:
        return text.encode("utf-8", "replace").decode("utf-8")


def _silence(stream: TextIO) -> None:
    """Lead a stream that failed into nothing, or the interpreter would complain when it ends."""
    with contextlib.suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        try:
            os.dup2(nowhere, stream.fileno())
        finally:
            os.close(nowhere)
