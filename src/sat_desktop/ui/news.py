"""What the window says of changes: what undo took back, what others wrote, where people disagree."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject

from sat_desktop.ui.messages import Message, Severity
from sat_desktop.ui.watching import Watch

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sat_desktop.domain.history import Change, Item
    from sat_desktop.ui.appearance import Appearance
    from sat_desktop.ui.conflicts import ConflictsPanel
    from sat_desktop.ui.main_window import MainWindow
    from sat_desktop.ui.messages import Messages
    from sat_desktop.ui.session import AssessmentSession

UNDONE: Final = "undone"
ARRIVED: Final = "arrived"
"""Keys of the messages."""


class ChangeNews(QObject):
    """Follows the open assessment and tells of its changes.

    Attributes:
        watch: looks for what others wrote.
        panel: the list of conflicts while it is open, None otherwise.
    """

    def __init__(
        self,
        appearance: Appearance,
        session: AssessmentSession,
        messages: Messages,
        window: MainWindow,
    ) -> None:
        super().__init__(window)
        self._appearance, self._session = appearance, session
        self._messages, self._window = messages, window
        self.watch = Watch(session)
        self.panel: ConflictsPanel | None = None
        session.opened.connect(self._count_conflicts)
        # What it leads to belongs to the assessment of before.
        session.opened.connect(lambda: window.withdraw(ARRIVED))
        session.changed.connect(self._follow)
        self.watch.arrived.connect(self._tell_arrived)
        window.conflicts_asked.connect(self.show_conflicts)

    def show_conflicts(self) -> None:
        """Open the list of conflicts."""
        if self.panel is not None or not self._session.is_open:
            return
        from sat_desktop.ui.conflicts import ConflictsPanel

        look = self._appearance
        panel = ConflictsPanel(look.theme, look.language, self._window, self._session)

        def finished(_result: int) -> None:
            self.panel = None
            panel.deleteLater()

        panel.place_asked.connect(self.go_to)
        panel.finished.connect(finished)
        self.panel = panel
        panel.open()

    def go_to(self, item: Item) -> None:
        """Open the page on which an item is seen, with the answers that it belongs to."""
        from sat_desktop.domain.kinds import ANSWER
        from sat_desktop.ui.conflicts import place_of

        dossier = self._session.dossier
        if item.kind == ANSWER.name and item.scope != self._session.respondent.response:
            for response in dossier.responses:
                if response.id == item.scope:
                    self._session.respond_as(response.member)
        page, target = place_of(item)
        if not page:
            return
        there = dossier.value(item) is not None or page == "questionnaire"
        self._window.open_page(page, target if there else "")

    def _follow(self, change: Change) -> None:
        self._count_conflicts()
        own = change.change_set.id in self._session.dossier.own
        if own and change.change_set.undoes is not None:
            self._tell_undone(change)
        elif own:
            # It said what Ctrl+Z had done; something newer stands now.
            self._window.withdraw(UNDONE)

    def _count_conflicts(self) -> None:
        count = len(self._session.dossier.conflicts) if self._session.is_open else 0
        self._window.show_conflicts(count)

    def _tell_undone(self, change: Change) -> None:
        from sat_desktop.services.change_words import change_words, register_words
        from sat_desktop.services.changes import is_redo

        t, dossier = self._appearance.language.t, self._session.dossier
        words = []
        if change:
            what = change_words(dossier, change, self._appearance.language)
            again = is_redo(self._session.workspace, dossier, change.change_set)
            words.append(
                t("Done again: {what}", what=what) if again else t("Undone: {what}", what=what)
            )
            self.go_to(change.items[0])
        if change.overtaken:
            left = register_words(dossier, change.overtaken[0], self._appearance.language)
            words.append(t("Left as somebody wrote it since: {what}", what=left))
        if not words:
            # All of it had been taken back or replaced before.
            return
        severity = Severity.WARNING if change.overtaken else Severity.SUCCESS
        self._messages.post(Message(". ".join(words) + ".", severity, key=UNDONE))

    def _tell_arrived(self, foreign: Sequence[Change]) -> None:
        """Say quietly what others wrote: what and who, with a way there."""
        from sat_desktop.services.change_words import change_words, member_words

        language, dossier = self._appearance.language, self._session.dossier
        written = [change for change in foreign if change]
        if not written:
            return
        last = written[-1]
        what = change_words(dossier, last, language)
        if last.change_set.writer == self._session.workspace.writer:
            words = language.t("Written in another window: {what}", what=what)
        else:
            who = member_words(dossier, last.change_set.member, language)
            words = language.t("{who} wrote: {what}", who=who, what=what)
        if len(written) > 1:
            words += " " + language.n(
                "and {count} more change", "and {count} more changes", len(written) - 1
            )
        self._messages.post(
            Message(
                words,
                Severity.INFO,
                language.t("Show"),
                partial(self.go_to, last.items[0]),
                key=ARRIVED,
            )
        )
