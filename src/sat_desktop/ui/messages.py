"""Messages to the user as data: anybody may post one, from any thread, at any time.

What is posted before the window listens is kept and delivered in order when it does.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from threading import Lock

from PySide6.QtCore import QObject, Qt, Signal


class Severity(Enum):
    """How much a message matters; the value names its icon and its look."""

    INFO = "info"
    SUCCESS = "success"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Message:
    """One sentence for the user.

    Attributes:
        text: the sentence, already in the user's language.
        severity: how much it matters.
        action: words of the one thing the user can do about it; empty for none.
        act: what that does, called in the GUI thread.
        key: messages of one key replace each other; empty for messages that stand alone.
    """

    text: str
    severity: Severity = Severity.INFO
    action: str = ""
    act: Callable[[], None] | None = None
    key: str = ""


class Messages(QObject):
    """The bridge between those who post and the one who shows.

    Signals:
        posted(Message): private; crosses the threads.
    """

    posted = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lock = Lock()
        self._waiting: list[Message] = []
        self._listening = False

    def post(self, message: Message) -> None:
        """Show a message, now or as soon as someone listens."""
        with self._lock:
            if not self._listening:
                self._waiting.append(message)
                return
        self.posted.emit(message)

    def listen(self, show: Callable[[Message], None]) -> None:
        """Deliver every message to `show`, a method of a QObject of the GUI thread."""
        self.posted.connect(show, Qt.ConnectionType.AutoConnection)
        with self._lock:
            self._listening = True
            waiting, self._waiting = self._waiting, []
        for message in waiting:
            show(message)
