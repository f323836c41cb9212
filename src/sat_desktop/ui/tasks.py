"""Work that would keep the window waiting: done in a worker, told about, and cancellable.

The function gets a `Progress` and runs in a worker thread; what it returns or raises arrives in
the GUI thread. Closing the runner cancels everything, waits, and delivers nothing afterwards.
"""

from collections.abc import Callable
from dataclasses import dataclass
from threading import Event
from typing import Any

from PySide6.QtCore import QObject, QThreadPool, Signal


class CancelledError(Exception):
    """The user has cancelled the work; raised by `Progress.check` and never shown."""


class Progress:
    """What the working function may say and ask; used from the worker thread."""

    def __init__(self, report: Callable[[int, int], None]) -> None:
        self._report = report
        self._cancelled = Event()

    @property
    def cancelled(self) -> bool:
        """Whether the work should stop as soon as it can."""
        return self._cancelled.is_set()

    def cancel(self) -> None:
        """Ask the work to stop."""
        self._cancelled.set()

    def check(self) -> None:
        """Stop the work here if it was cancelled.

        Raises:
            CancelledError: it was.

        """
        if self.cancelled:
            raise CancelledError

    def step(self, done: int, total: int) -> None:
        """Say that `done` of `total` parts are ready, after looking whether to go on.

        Raises:
            CancelledError: the work was cancelled.

        """
        self.check()
        self._report(done, total)


@dataclass(frozen=True, slots=True)
class _Outcome:
    number: int
    result: Any = None
    error: BaseException | None = None


class Task:
    """One piece of work under way.

    Attributes:
        title: what is being done, in the user's language.
        done, total: parts ready and parts in all; `total` 0 while that is not known.
    """

    def __init__(
        self,
        number: int,
        title: str,
        progress: Progress,
        on_done: Callable[[Any], None],
        on_failed: Callable[[BaseException], None],
        on_cancelled: Callable[[], None],
    ) -> None:
        self.number = number
        self.title = title
        self.progress = progress
        self.on_done = on_done
        self.on_failed = on_failed
        self.on_cancelled = on_cancelled
        self.done = 0
        self.total = 0

    def cancel(self) -> None:
        """Ask the work to stop; it ends at its next check."""
        self.progress.cancel()


def _nothing() -> None:
    """Stand in for a callback that was not given."""


class Tasks(QObject):
    """Runs work in threads of its own pool.

    Signals:
        changed(): a task was started, went on, or ended; look at `running`.
    """

    changed = Signal()
    _stepped = Signal(int, int, int)
    _ended = Signal(object)

    def __init__(
        self, failed: Callable[[BaseException], None], parent: QObject | None = None
    ) -> None:
        """Take `failed`, which tells the user of an error whose task says nothing about it."""
        super().__init__(parent)
        self._failed = failed
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(2)
        self._running: dict[int, Task] = {}
        self._next = 0
        self._closed = False
        self._stepped.connect(self._note_step)
        self._ended.connect(self._finish)

    @property
    def running(self) -> tuple[Task, ...]:
        """The tasks that have not ended, oldest first."""
        return tuple(self._running.values())

    def run(
        self,
        title: str,
        work: Callable[[Progress], Any],
        on_done: Callable[[Any], None],
        on_failed: Callable[[BaseException], None] | None = None,
        on_cancelled: Callable[[], None] = _nothing,
    ) -> Task:
        """Start `work` in a worker; one of the three callbacks is called in the GUI thread."""
        number = self._next
        self._next += 1
        progress = Progress(lambda done, total: self._stepped.emit(number, done, total))
        task = Task(number, title, progress, on_done, on_failed or self._failed, on_cancelled)
        self._running[number] = task

        def worker() -> None:
            try:
                progress.check()
                outcome = _Outcome(number, result=work(progress))
            except BaseException as error:  # noqa: BLE001 - carried to the GUI thread, whole
                outcome = _Outcome(number, error=error)
            self._ended.emit(outcome)

        self._pool.start(worker)
        self.changed.emit()
        return task

    def close(self) -> None:
        """Cancel everything and wait until no worker is left; no callback comes after this."""
        self._closed = True
        for task in self._running.values():
            task.cancel()
        self._pool.waitForDone()
        self._running.clear()

    def _note_step(self, number: int, done: int, total: int) -> None:
        task = self._running.get(number)
        if task is not None:
            task.done, task.total = done, total
            self.changed.emit()

    def _finish(self, outcome: _Outcome) -> None:
        task = self._running.pop(outcome.number, None)
        if task is None or self._closed:
            return
        self.changed.emit()
        if isinstance(outcome.error, CancelledError):
            task.on_cancelled()
        elif outcome.error is not None:
            task.on_failed(outcome.error)
        else:
            task.on_done(outcome.result)
