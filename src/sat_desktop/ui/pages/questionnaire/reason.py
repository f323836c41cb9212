"""Asking why an indicator, or all of a branch, does not apply."""

from collections.abc import Callable, Sequence

from sat_desktop.runtime.i18n import Language
from sat_desktop.ui.dialogs import DialogFrame
from sat_desktop.ui.pages.page import PageContext
from sat_desktop.ui.session import AssessmentSession


def ask_reason(
    keys: Sequence[str],
    context: PageContext,
    language: Language,
    session: AssessmentSession,
    finished: Callable[[str | None], None],
) -> DialogFrame:
    """Open the dialog; `finished` gets the reason, or None where the user thought better of it."""
    t = language.t
    if len(keys) == 1:
        indicator = session.dossier.questionnaire.indicators[keys[0]]
        title = t("Mark {code} not applicable?", code=indicator.code)
    else:
        title = language.n(
            "Mark {count} indicator not applicable?",
            "Mark {count} indicators not applicable?",
            len(keys),
        )
    sheet, field = context.dialogs.entry(
        title,
        t("It then counts in no result; ticks are removed. Ctrl+Z takes it back."),
        t("Reason"),
        session.answer(keys[0]).reason,
        t("Mark not applicable"),
        required=True,
    )
    field.setMaxLength(1000)

    def ended(result: int) -> None:
        reason = field.text() if result else None
        sheet.deleteLater()
        finished(reason)

    sheet.finished.connect(ended)
    sheet.open()
    return sheet
