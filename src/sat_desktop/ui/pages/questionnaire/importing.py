"""Taking answers over from a file: one message says what came in, or everything that is wrong."""

from pathlib import Path

from PySide6.QtWidgets import QPlainTextEdit, QWidget

from sat_desktop.errors import SatError
from sat_desktop.runtime.i18n import Language
from sat_desktop.runtime.wording import describe
from sat_desktop.ui.current import CurrentAssessment
from sat_desktop.ui.dialogs import DialogFrame
from sat_desktop.ui.gateway import Gateway
from sat_desktop.ui.messages import Message, Severity
from sat_desktop.ui.pages.page import PageContext


def import_from(
    path: Path | None,
    context: PageContext,
    language: Language,
    current: CurrentAssessment,
    gateway: Gateway,
    window: QWidget,
) -> DialogFrame | None:
    """Import a file into the response shown; return the dialog of its defects, if it has any."""
    t = language.t
    wanted = path or context.dialogs.choose_file(
        t("Import answers"), [(t("Answers"), "*.csv *.json")], Path.home()
    )
    if wanted is None:
        return None
    try:
        changed = current.import_answers(lambda: gateway.read_answers(wanted))
    except SatError as error:
        return _tell_defects(error, context, language, window)
    context.messages.post(
        Message(
            language.n(
                "{count} answer was taken over from {file}.",
                "{count} answers were taken over from {file}.",
                changed,
                file=wanted.name,
            ),
            Severity.SUCCESS,
            key="import",
        )
    )
    return None


def _tell_defects(
    error: SatError, context: PageContext, language: Language, window: QWidget
) -> DialogFrame:
    """Show every defect at once, in a list that scrolls."""
    head, *rows = describe(error, language).split("\n")
    sheet = context.dialogs.notice(language.t("Import answers"), head, error=True)
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
