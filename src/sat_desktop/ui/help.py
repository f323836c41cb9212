"""The menu of help: what the program is, and a report for its maintainers."""

from pathlib import Path

from sat_desktop import __version__
from sat_desktop.errors import SatError
from sat_desktop.runtime.i18n import Language
from sat_desktop.runtime.wording import describe
from sat_desktop.ui.gateway import Gateway
from sat_desktop.ui.main_window import MainWindow
from sat_desktop.ui.messages import Message, Messages, Severity


def report_problem(
    window: MainWindow, language: Language, messages: Messages, gateway: Gateway
) -> None:
    """Pack versions and log into a file that the user may send; nothing is sent from here."""
    t = language.t
    name = Path(t("SAT Desktop problem report") + ".zip")
    path = window.dialogs.save_file(t("Report a problem"), [(t("ZIP archive"), "*.zip")], name)
    if path is None:
        return
    try:
        gateway.save_file(path, gateway.problem_report())
    except SatError as error:
        messages.post(Message(describe(error, language), Severity.ERROR, key=error.code))
        return
    words = t(
        "The report is in {path}. It holds versions and a log, no answers and no names; "
        "send it to whoever looks after the program.",
        path=str(path),
    )
    messages.post(Message(words, Severity.SUCCESS, key="report"))


def show_about(window: MainWindow, language: Language) -> None:
    """Tell what the program is and what it never does."""
    t = language.t
    window.dialogs.tell(
        t("About SAT Desktop"),
        t(
            "Version {version}. Self-assessment of institutional development, offline. "
            "Nothing is ever sent anywhere.",
            version=__version__,
        ),
    )
