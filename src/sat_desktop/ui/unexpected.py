"""The last net: an error nobody expected goes to the log, and the user gets one calm sentence."""

import logging
import sys
import threading
from collections.abc import Callable
from types import TracebackType
from typing import Final

_LOG: Final = logging.getLogger(__name__)


class UnexpectedErrors:
    """Takes over the process's exception hooks until `restore`.

    `tell` is called with no words of the error, at most once until it returns: an error inside
    the telling, or a hundred of them in a row, must not bury the user under dialogs. It may be
    called in any thread.
    """

    def __init__(self, tell: Callable[[], None]) -> None:
        self._tell = tell
        self._telling = False
        self._process_hook = sys.excepthook
        self._thread_hook = threading.excepthook
        sys.excepthook = self.handle
        threading.excepthook = self._handle_in_thread

    def handle(
        self,
        kind: type[BaseException],
        error: BaseException,
        trace: TracebackType | None,
    ) -> None:
        """Log an error in full and tell the user; Ctrl+C in a terminal ends the program."""
        if issubclass(kind, KeyboardInterrupt):
            self._process_hook(kind, error, trace)
            return
        _LOG.critical("unexpected error", exc_info=(kind, error, trace))
        if self._telling:
            return
        self._telling = True
        try:
            self._tell()
        finally:
            self._telling = False

    def restore(self) -> None:
        """Give the hooks back as they were found."""
        sys.excepthook = self._process_hook
        threading.excepthook = self._thread_hook

    def _handle_in_thread(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            self.handle(args.exc_type, args.exc_value, args.exc_traceback)
