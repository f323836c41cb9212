"""The search index of the questionnaire that is open: read when first wanted, dropped with it.

A questionnaire of usual size is read at once, because that takes no longer than one key. Of a
larger one the rest is read between the user's events, a piece at a time; who asked meanwhile got
nothing and is told when it is ready.
"""

from time import perf_counter
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from sat_desktop.domain.questionnaire import Questionnaire
from sat_desktop.services.searching import Indexing, SearchIndex

_AT_ONCE: Final = 120
"""Indicators that are read at once, when the index is first wanted: some 50 ms."""

_BETWEEN: Final = 0.01
"""Seconds that may be read between two events."""

_PIECE: Final = 5
"""Indicators between two looks at the clock."""


class Searching(QObject):
    """One index, or none yet.

    Signals:
        ready(): the index that was asked for can be had.
    """

    ready = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._subject: tuple[Questionnaire, str] | None = None
        self._indexing: Indexing | None = None
        self._index: SearchIndex | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._go_on)

    def index(self, questionnaire: Questionnaire, language: str) -> SearchIndex | None:
        """Return the index of a questionnaire in a language; None while it is being read."""
        wanted = (questionnaire, language)
        if self._subject is None or not _same(self._subject, wanted):
            self.drop()
            self._subject = wanted
            self._indexing = Indexing(questionnaire, language)
            self._index = self._indexing.read(_AT_ONCE)
            if self._index is None:
                self._timer.start()
        return self._index

    def keep_only(self, questionnaire: Questionnaire | None) -> None:
        """Drop what was read unless it is of this questionnaire."""
        if self._subject is not None and self._subject[0] is not questionnaire:
            self.drop()

    def drop(self) -> None:
        """Forget what was read."""
        self._timer.stop()
        self._subject = self._indexing = self._index = None

    def _go_on(self) -> None:
        """Read on for a moment."""
        end = perf_counter() + _BETWEEN
        while self._index is None and self._indexing is not None and perf_counter() < end:
            self._index = self._indexing.read(_PIECE)
        if self._index is not None:
            self._timer.stop()
            self.ready.emit()


def _same(one: tuple[Questionnaire, str], other: tuple[Questionnaire, str]) -> bool:
    # Comparing two large questionnaires text by text would take longer than reading one.
    return one[0] is other[0] and one[1] == other[1]
