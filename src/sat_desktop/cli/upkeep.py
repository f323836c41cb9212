"""Commands about the workspace itself: copies, checks, moves."""

import argparse
from pathlib import Path

from sat_desktop.cli.session import Session
from sat_desktop.errors import SatError
from sat_desktop.runtime.files import set_aside


def backup(session: Session, arguments: argparse.Namespace) -> int:
    """Write a consistent copy of the workspace to a file that does not exist yet."""
    session.desk.store.back_up(arguments.out)
    session.say("Written: {path}", path=arguments.out)
    return 0


def check(session: Session, arguments: argparse.Namespace) -> int:  # noqa: ARG001 -- a command
    """Look at every row; exit 1 with one sentence if anything is damaged."""
    session.desk.store.full_check()
    session.say("The workspace is sound.")
    return 0


def restore(session: Session, arguments: argparse.Namespace) -> int:
    """Put a copy in the place of the workspace; what stood there is kept beside it."""
    if "://" in session.location:
        raise SatError("server-backup")
    copy = Path(arguments.file)
    if not copy.is_file():
        raise SatError("file-missing-at", path=arguments.file)
    from sat_desktop.storage import open_store

    source = open_store(str(copy))
    try:
        source.full_check()
        place = Path(session.location)
        kept = set_aside(place, "before-restore") if place.exists() else None
        source.back_up(session.location)
    finally:
        source.close()
    session.say("Restored from {path}.", path=arguments.file)
    if kept is not None:
        session.say("The former workspace was kept as {path}.", path=str(kept))
    return 0


def copy(session: Session, arguments: argparse.Namespace) -> int:
    """Copy a whole workspace into a new, empty one, between any kinds of database."""
    from sat_desktop.storage import copy_workspace, open_store
    from sat_desktop.workspace import locate

    source, target = open_store(locate(arguments.source)), None
    try:
        target = open_store(locate(arguments.target))
        copy_workspace(source, target)
    finally:
        source.close()
        if target is not None:
            target.close()
    session.say("Copied to {path}.", path=arguments.target)
    return 0
