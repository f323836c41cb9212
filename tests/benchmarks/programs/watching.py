"""Looking at a window from inside its process, and ending there; imports nothing but Qt."""

import os
import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget


class FirstPaint(QObject):
    """Waits for the first paint event; `seen` tells that it has come."""

    def __init__(self, window: QWidget, act: Callable[[], object]) -> None:
        super().__init__(window)
        self._act = act
        self.seen = False
        window.installEventFilter(self)
        for part in window.findChildren(QWidget):
            part.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: ARG002, N802
        if not self.seen and event.type() == QEvent.Type.Paint:
            self.seen = True
            # All parts of the window are painted before the next event is.
            QTimer.singleShot(0, self._act)
        return False


def at_first_paint(window: QWidget, act: Callable[[], object]) -> FirstPaint:
    """Do something once, when all of the window has been painted for the first time."""
    return FirstPaint(window, act)


def moment() -> float:
    """Return the time on the clock that this process shares with the one that started it."""
    return time.monotonic()


def memory() -> float:
    """Return the resident memory in MB."""
    with open("/proc/self/status", encoding="ascii") as status:  # noqa: PTH123 - no more imports
        line = next(line for line in status if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


def end(**facts: float) -> None:
    """Print the facts and leave at once: tearing down is not measured."""
    parts = ", ".join(f'"{k}": {v:.6f}' for k, v in facts.items())
    os.write(1, f'{{{parts}, "cpu": {time.process_time():.6f}}}\n'.encode())
    os._exit(0)
