"""Runs one command: opens the workspace if it needs one, words the error, returns the exit code.

Exit 0: done. 1: what was asked for is wrong; one clear sentence on stderr, nothing changed.
2: wrong usage (argparse).
"""

import argparse
from collections.abc import Callable
from typing import Final

from sat_desktop.cli import assessments, documents, questionnaires, upkeep
from sat_desktop.cli.console import write_err
from sat_desktop.cli.session import CommandSession, Window
from sat_desktop.errors import SatError
from sat_desktop.runtime.i18n import Language
from sat_desktop.runtime.wording import describe

Command = Callable[[CommandSession, argparse.Namespace], int]

COMMANDS: Final[dict[tuple[str, str | None], Command]] = {
    ("demo", None): documents.demo,
    ("questionnaire", "list"): questionnaires.list_all,
    ("questionnaire", "check"): questionnaires.check,
    ("questionnaire", "import"): questionnaires.take_in,
    ("questionnaire", "export"): questionnaires.export,
    ("assessment", "list"): assessments.list_all,
    ("assessment", "create"): assessments.create,
    ("assessment", "show"): assessments.show,
    ("assessment", "upgrade"): assessments.upgrade_edition,
    ("answers", "import"): assessments.import_answers_file,
    ("answers", "export"): assessments.export_answers_file,
    ("results", None): assessments.results,
    ("plan", "draft"): documents.draft,
    ("plan", "check"): documents.check,
    ("plan", "project"): documents.project,
    ("export", None): documents.export,
    ("chart", None): documents.chart,
    ("backup", None): upkeep.backup,
    ("restore", None): upkeep.restore,
    ("check", None): upkeep.check,
    ("workspace", "copy"): upkeep.copy,
}
"""What can be done now; any other word the parser knows comes with a later version."""


def run(arguments: argparse.Namespace, language: Language, window: Window) -> int:
    """Run the command of parsed arguments and return the exit code of the process."""
    try:
        command = _command_of(arguments)
        with CommandSession(arguments.workspace, language, window) as session:
            return command(session, arguments)
    except SatError as error:
        write_err(describe(error, language) + "\n")
        return 1
    except OSError as error:
        if error.filename is None:
            raise
        # A name that the system takes for no name, and whatever else was not foreseen of files.
        reason = error.strerror or type(error).__name__
        told = SatError("file-not-read", path=str(error.filename), reason=reason)
        write_err(describe(told, language) + "\n")
        return 1


def _command_of(arguments: argparse.Namespace) -> Command:
    action = getattr(arguments, "action", None)
    command = COMMANDS.get((arguments.command, action))
    if command is None:
        name = " ".join(word for word in (arguments.command, action) if word)
        raise SatError("command-later", command=name)
    return command
