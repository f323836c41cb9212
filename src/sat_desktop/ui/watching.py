"""Looking once a second for what others wrote: another window, a command, another computer.

The look itself is done in a worker, so that a slow server keeps nobody waiting; what it finds goes
into the open assessment in the window's thread, like any change.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QThreadPool, QTimer, Signal

from sat_desktop.ui.handover import expect

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sat_desktop.domain.history import Change
    from sat_desktop.ui.session import AssessmentSession

EVERY_MS: Final = 1000

_LOG: Final = logging.getLogger(__name__)


class Watch(QObject):
    """Keeps the open assessment up with its database.

    Signals:
        arrived(list of Change): others wrote this; the session has taken it over.
    """

    arrived = Signal(object)

    def __init__(self, session: AssessmentSession) -> None:
        super().__init__(session)
        self._session = session
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._looking = False
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self.look)
        session.opened.connect(self._begin_or_rest)

    def close(self) -> None:
        """Look no more, and wait until nobody is looking."""
        self._timer.stop()
        self._pool.waitForDone()

    def look(self) -> None:
        """Look now, unless a look is under way."""
        if self._looking or not self._session.is_open:
            return
        from sat_desktop.services.changes import look

        workspace, dossier = self._session.workspace, self._session.dossier
        assessment, cursor = dossier.row.id, dossier.cursor
        found = expect(self, "take_over")
        self._looking = True

        def work() -> None:
            try:
                arrived, last = look(workspace, assessment, cursor)
            except Exception:  # noqa: BLE001 - logged; one look must not end them all
                # The next write tells the user; a look that failed is no news by itself.
                _LOG.info("no look at the database", exc_info=True)
                arrived, last = (), cursor
            found((dossier, arrived, last))

        self._pool.start(work)

    def take_over(self, found: tuple[object, Sequence[Change], int]) -> None:
        """Take over what a look found, if it is of the assessment that is open."""
        self._looking = False
        dossier, arrived, cursor = found
        if arrived and self._session.is_open and self._session.dossier is dossier:
            foreign = self._session.take_over(arrived, cursor)
            if foreign:
                self.arrived.emit(foreign)

    def _begin_or_rest(self) -> None:
        if self._session.is_open:
            self._timer.start()
        else:
            self._timer.stop()
