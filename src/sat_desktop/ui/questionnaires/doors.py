"""From menus and pages to the dialogs of questionnaires, one at a time, and what follows from them."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from sat_desktop.errors import SatError
from sat_desktop.services.ports import Workspace
from sat_desktop.services.upgrading import orphaned_answers
from sat_desktop.ui.appearance import Appearance
from sat_desktop.ui.gateway import Gateway
from sat_desktop.ui.main_window import MainWindow
from sat_desktop.ui.messages import Message, Messages, Severity
from sat_desktop.ui.questionnaires.editions import EditionsDialog
from sat_desktop.ui.questionnaires.orphans import AnswersOutside
from sat_desktop.ui.questionnaires.panel import Panel
from sat_desktop.ui.questionnaires.upgrading import UpgradePanel
from sat_desktop.ui.session import AssessmentSession
from sat_desktop.ui.tasks import Tasks

NEWS = "edition"
"""Key of the message that the assessment goes by another edition, which offers to undo that."""


class Doors(QObject):
    """Opens the dialogs.

    Attributes:
        panel: the one that is open, None while there is none.
    """

    def __init__(
        self,
        appearance: Appearance,
        session: AssessmentSession,
        gateway: Gateway,
        messages: Messages,
        tasks: Tasks,
        window: MainWindow,
    ) -> None:
        super().__init__(window)
        self._appearance, self._session, self._gateway = appearance, session, gateway
        self._messages, self._tasks, self._window = messages, tasks, window
        self.panel: Panel | None = None
        # It offers to undo what is no longer the last change.
        session.changed.connect(lambda _change: window.withdraw(NEWS))

    def show_editions(self, workspace: Workspace) -> None:
        """Show the editions of the workspace."""
        look = self._appearance
        self._open(
            lambda: EditionsDialog(
                look.theme,
                look.language,
                self._window,
                workspace,
                self._gateway,
                self._tasks,
                self._window.dialogs,
            ),
            lambda _panel: self._window.refresh(),
        )

    def change_edition(self) -> None:
        """Show what another edition would change in the open assessment, and use it if wanted."""
        if not self._session.is_open:
            return
        look = self._appearance

        def make() -> UpgradePanel:
            made = UpgradePanel(look.theme, look.language, self._window, self._session)
            made.editions_asked.connect(self._leave_for_editions)
            return made

        self._open(make, self._changed)

    def show_outside(self) -> None:
        """Show the answers of the open assessment that its edition does not ask for."""
        if not self._session.is_open:
            return
        look, dossier = self._appearance, self._session.dossier
        self._open(
            lambda: AnswersOutside(
                look.theme,
                look.language,
                self._window,
                dossier,
                orphaned_answers(self._session.workspace, dossier),
            ),
            lambda _panel: None,
        )

    def _open(self, make: Callable[[], Panel], then: Callable[[Panel], None]) -> None:
        if self.panel is not None:
            return
        try:
            made = make()
        except SatError as error:
            self._session.failed.emit(error)
            return

        def finished(_result: int) -> None:
            self.panel = None
            made.deleteLater()
            then(made)

        self.panel = made
        made.finished.connect(finished)
        made.open()

    def _leave_for_editions(self) -> None:
        if self.panel is not None:
            self.panel.reject()
        self.show_editions(self._session.workspace)

    def _changed(self, panel: Panel) -> None:
        if not isinstance(panel, UpgradePanel) or not panel.used:
            return
        self._window.refresh()
        t, n = self._appearance.language.t, self._appearance.language.n
        words = [t("The assessment goes by {edition} now.", edition=panel.used)]
        outside = len(panel.found.orphaned) if panel.found is not None else 0
        if outside:
            words.append(
                n(
                    "{count} answer is outside the questionnaire now: see the menu Edit.",
                    "{count} answers are outside the questionnaire now: see the menu Edit.",
                    outside,
                )
            )
        words.append(t("Ctrl+Z takes it back."))
        self._messages.post(
            Message(" ".join(words), Severity.SUCCESS, t("Undo"), self._session.undo, key=NEWS)
        )
