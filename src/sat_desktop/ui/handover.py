"""From a worker to the GUI thread, when the one that waits may have gone meanwhile.

A signal of the waiting object itself would be emitted in the worker just while the GUI thread
deletes that object. What is handed over here goes through an object that lives as long as the
program, and looks for its receiver only when it has arrived.
"""

from collections.abc import Callable
from functools import cache
from typing import Any
from weakref import ReferenceType, ref

from PySide6.QtCore import QObject, Qt, Signal
from shiboken6 import isValid


class _Bridge(QObject):
    came = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.came.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def _deliver(self, parcel: "tuple[ReferenceType[QObject], str, Any]") -> None:
        receiver, method, content = parcel
        found = receiver()
        if found is not None and isValid(found):
            getattr(found, method)(content)


@cache
def _bridge() -> _Bridge:
    """Return the bridge; made in the GUI thread, by the first who expects something."""
    return _Bridge()


def expect(receiver: QObject, method: str) -> Callable[[Any], None]:
    """Return a function for workers that has `receiver.method(content)` called in the GUI thread.

    Called in the GUI thread. The function does not keep the receiver alive, and does nothing once
    it is gone.
    """
    bridge, known = _bridge(), ref(receiver)
    return lambda content: bridge.came.emit((known, method, content))
