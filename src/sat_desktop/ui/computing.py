"""What takes long to make is made in a thread; the window goes on with what it had meanwhile.

A page says what it wants to show. What is at hand, or made in a moment, it can read at once; the
rest is made by one worker, and `arrived` tells. Where the assessment changes meanwhile, the worker
goes on with its new state: what it makes of an older one is kept only where it still holds.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from sat_desktop.services.derived import Derived, Part, Snapshot
from sat_desktop.ui.handover import expect

AT_ONCE: Final = 150
"""Questionnaires of at most as many indicators have everything made at once: within 30 ms."""

LATE_MS: Final = 300
"""How long somebody waits before it is said."""

_ORDER: Final[tuple[Part, ...]] = ("results", "findings", "projection", "document")


@cache
def _worker() -> ThreadPoolExecutor:
    """Return the one thread that computes; Python waits for it when the program ends."""
    return ThreadPoolExecutor(max_workers=1, thread_name_prefix="computing")


@dataclass(frozen=True, slots=True)
class _Outcome:
    snapshot: Snapshot
    error: BaseException | None = None


class Computing(QObject):
    """Makes what somebody waits for, of the assessment that is open.

    Signals:
        arrived(): something that was wanted is at hand now.
        late(bool): somebody has waited for more than a moment (true), or waits no longer.
    """

    arrived = Signal()
    late = Signal(bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._derived: Derived | None = None
        self._wanted: set[Part] = set()
        self._under_way = False
        self._is_late = False
        self._deliver = expect(self, "_take")
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(LATE_MS)
        self._patience.timeout.connect(self._say_late)

    def serve(self, derived: Derived | None) -> None:
        """Turn to another assessment, or to none; what was wanted of the one before is dropped."""
        self._derived = derived
        self._wanted.clear()
        self._rest()

    def want(self, *parts: Part) -> bool:
        """Tell whether parts of the present state can be read now; if not, have them made."""
        if self._derived is None:
            return False
        now = self._derived.snapshot()
        if len(now.state.questionnaire.indicators) <= AT_ONCE:
            return True
        missing = {part for part in parts if not now.has(part)}
        if missing:
            self._wanted |= missing
            self._go_on()
        return not missing

    def _go_on(self) -> None:
        """Have the next thing made of the present state, unless something is being made."""
        if self._derived is None or self._under_way:
            return
        snapshot = self._derived.snapshot()
        self._wanted = {part for part in self._wanted if not snapshot.has(part)}
        part = next((part for part in _ORDER if part in self._wanted), None)
        if part is None:
            self._rest()
            return
        if not self._patience.isActive() and not self._is_late:
            self._patience.start()
        self._under_way = True
        deliver = self._deliver

        def work() -> None:
            try:
                snapshot.make(part)
            except BaseException as error:  # noqa: BLE001 - carried to the GUI thread, whole
                deliver(_Outcome(snapshot, error))
            else:
                deliver(_Outcome(snapshot))

        _worker().submit(work)

    def _take(self, outcome: _Outcome) -> None:
        self._under_way = False
        if outcome.error is not None:
            self._wanted.clear()
            self._rest()
            raise outcome.error
        if self._derived is not None:
            before = len(self._wanted)
            self._derived.take_over(outcome.snapshot)
            self._go_on()
            if len(self._wanted) < before:
                self.arrived.emit()

    def _say_late(self) -> None:
        self._is_late = True
        self.late.emit(True)

    def _rest(self) -> None:
        self._patience.stop()
        if self._is_late:
            self._is_late = False
            self.late.emit(False)
