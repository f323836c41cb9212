"""Commands about the workspace itself: copies, checks, moves."""

import argparse
import contextlib
from pathlib import Path

from sat_desktop.cli.console import one_line
from sat_desktop.cli.session import CommandSession
from sat_desktop.domain.history import Conflict
from sat_desktop.errors import SatError
from sat_desktop.runtime.i18n import Language
from sat_desktop.services.assessments import list_assessments
from sat_desktop.services.change_words import conflict_words, member_words, side_words
from sat_desktop.services.dossier import Dossier, open_dossier


def backup(session: CommandSession, arguments: argparse.Namespace) -> int:
    """Write a consistent copy of the workspace to a file that does not exist yet."""
    session.require()
    session.workspace.store.back_up(arguments.out)
    session.say("Written: {path}", path=arguments.out)
    return 0


def check(session: CommandSession, _arguments: argparse.Namespace) -> int:
    """Look at every row; exit 1 with one sentence if anything is damaged.

    What two people said differently is no damage: it is printed, a line a conflict.
    """
    session.require()
    session.workspace.store.full_check()
    session.say("The workspace is sound.")
    for summary in list_assessments(session.workspace):
        dossier = open_dossier(session.workspace, summary.assessment.id)
        for conflict in dossier.conflicts:
            session.data(f"{_conflict(dossier, conflict, session.language)}\n")
    return 0


def _conflict(dossier: Dossier, conflict: Conflict, language: Language) -> str:
    """Return which assessment, what, and each side with who said it and when."""
    sides = (
        f"{side_words(dossier, s, language)}"
        f" ({member_words(dossier, s.member, language)}, {s.at.astimezone():%Y-%m-%d %H:%M})"
        for s in conflict.sides
    )
    unit = dossier.assessment.unit.name
    what = conflict_words(dossier, conflict, language)
    return one_line(f"{unit}: {what}: {' | '.join(sides)}")


def restore(session: CommandSession, arguments: argparse.Namespace) -> int:
    """Put a copy in the place of the workspace; what stood there is kept beside it."""
    from sat_desktop.storage.replacing import restore_workspace

    if "://" in session.location:
        raise SatError("server-backup")
    copy = Path(arguments.file)
    if not copy.is_file():
        raise SatError("file-missing-at", path=arguments.file)
    kept = restore_workspace(copy, Path(session.location))
    session.say("Restored from {path}.", path=arguments.file)
    if kept is not None:
        session.say("The former workspace was kept as {path}.", path=str(kept))
    return 0


def copy(session: CommandSession, arguments: argparse.Namespace) -> int:
    """Copy a whole workspace into a new, empty one, between any kinds of database."""
    from sat_desktop.storage.copying import copy_workspace
    from sat_desktop.storage.opening import open_store
    from sat_desktop.workspace import locate

    origin, destination = locate(arguments.source), locate(arguments.target)
    if "://" not in origin and not Path(origin).exists():
        raise SatError("file-missing-at", path=arguments.source)
    made = "://" not in destination and not Path(destination).exists()
    with contextlib.ExitStack() as stack:
        source = open_store(origin)
        stack.callback(source.close)
        target = open_store(destination)
        stack.callback(target.close)
        try:
            copy_workspace(source, target)
        except BaseException:
            if made:
                target.close()
                Path(destination).unlink(missing_ok=True)
            raise
    session.say("Copied to {path}.", path=arguments.target)
    return 0
