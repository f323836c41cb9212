"""Taking answers over from a file: one message says what came in, or everything that is wrong."""

from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from sat_desktop.domain.history import Change
from sat_desktop.errors import SatError
from sat_desktop.runtime.i18n import Language
from sat_desktop.runtime.wording import describe
from sat_desktop.services.answering import check_given, import_answers
from sat_desktop.services.ports import GivenAnswer
from sat_desktop.ui.dialogs import DialogFrame
from sat_desktop.ui.gateway import Gateway
from sat_desktop.ui.messages import Message, Severity
from sat_desktop.ui.pages.page import PageContext
from sat_desktop.ui.session import AssessmentSession


class Imports(QObject):
    """Takes files over, one at a time.

    Attributes:
        sheet: the dialog of the defects of the last file, if it had any.
    """

    def __init__(
        self,
        context: PageContext,
        session: AssessmentSession,
        gateway: Gateway,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._context, self._session, self._gateway = context, session, gateway
        self._asked: tuple[str, Language] | None = None
        self.sheet: DialogFrame | None = None
        session.changed.connect(self._tell)
        session.failed.connect(self._forget)

    def ask(self, path: Path | None, language: Language, window: QWidget) -> None:
        """Have a file, which is asked for unless it is given, taken into the response shown."""
        t = language.t
        self.sheet = None
        wanted = path or self._context.dialogs.choose_file(
            t("Import answers"), [(t("Answers"), "*.csv *.json")], Path.home()
        )
        if wanted is None:
            return
        try:
            given = self._read(wanted)
        except SatError as error:
            self.sheet = self._show_defects(error, language, window)
            return
        self._asked = wanted.name, language
        self._session.run(import_answers, self._session.respondent, given)

    def _read(self, path: Path) -> tuple[GivenAnswer, ...]:
        """Return what a file says; SatError with every bad row of it, readable or not."""
        try:
            given = self._gateway.read_answers(path)
        except SatError as error:
            readable = getattr(error, "readable", ())
            check_given(self._session.dossier, readable, error.problems)
            raise
        check_given(self._session.dossier, given)
        return given

    def _tell(self, change: Change) -> None:
        """Say how many answers came in, where that was what was asked for here."""
        if self._asked is None:
            return
        (name, language), self._asked = self._asked, None
        self._context.messages.post(
            Message(
                language.n(
                    "{count} answer was taken over from {file}.",
                    "{count} answers were taken over from {file}.",
                    len(change.items),
                    file=name,
                ),
                Severity.SUCCESS,
                key="import",
            )
        )

    def _forget(self, _error: SatError) -> None:
        self._asked = None

    def _show_defects(self, error: SatError, language: Language, window: QWidget) -> DialogFrame:
        """Show every defect at once, in a list that scrolls."""
        head, *rows = describe(error, language).split("\n")
        sheet = self._context.dialogs.notice(language.t("Import answers"), head, error=True)
        if rows:
            listed = QPlainTextEdit("\n".join(rows))
            listed.setReadOnly(True)
            listed.setTabChangesFocus(True)
            listed.setAccessibleName(language.t("What is wrong"))
            listed.setMinimumHeight(min(max(120, len(rows) * 22), window.height() // 2))
            sheet.body.addWidget(listed)
        sheet.finished.connect(sheet.deleteLater)
        sheet.open()
        return sheet
