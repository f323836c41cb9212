"""The one composition root: opens a workspace and hands the use cases what they need.

In start-up order: where the workspace lies, its database (storage is imported here, so that the
window can paint before), then the editions that come with the program and are not stored yet. A
stored edition is never parsed again.
"""

import os
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from sat_desktop.errors import SatError
from sat_desktop.runtime.paths import data_folder, settings_file
from sat_desktop.runtime.resources import bundled_questionnaires
from sat_desktop.runtime.settings import SettingsFile
from sat_desktop.services.ports import Workspace

VARIABLE: Final = "SAT_WORKSPACE"
FILE: Final = "workspace.db"


def locate(given: str | None) -> str:
    """Return the database of a workspace: a path, or a PostgreSQL address.

    In this order: what was given, the environment variable SAT_WORKSPACE, the user's data folder.
    A folder stands for the file `workspace.db` in it.
    """
    wanted = given or os.environ.get(VARIABLE) or str(data_folder() / FILE)
    if "://" in wanted:
        return wanted
    path = Path(wanted)
    with suppress(RuntimeError):  # "~" where nobody has a home
        path = path.expanduser()
    return str(path / FILE if path.is_dir() else path)


def new_id() -> str:
    """Return 32 hexadecimal digits that nobody else makes."""
    return os.urandom(16).hex()


def now() -> datetime:
    """Return the time, in UTC."""
    return datetime.now(UTC)  # noqa: TID251 -- the clock of the program is made here


def writer() -> str:
    """Return the id under which this user's settings write; made once and kept with them.

    Where settings cannot be kept, it is another one each time, and undo ends with the program.
    """
    settings = SettingsFile(settings_file())
    if not settings.current.writer:
        with suppress(SatError):
            settings.change(writer=new_id())
    return settings.current.writer


def open_workspace(location: str, written_by: str = "") -> Workspace:
    """Open the database at a location (made if it is a new file) and add the editions that come along.

    Args:
        location: as `locate` returns it.
        written_by: the writer; the one of the user's settings if empty.

    Raises:
        SatError: the file is damaged, newer than this program, not ours, or cannot be written.
    """
    from sat_desktop.storage.opening import open_store

    workspace = Workspace(open_store(location), now, new_id, written_by or writer())
    try:
        add_bundled_editions(workspace)
    except BaseException:
        workspace.store.close()
        raise
    return workspace


def add_bundled_editions(workspace: Workspace) -> None:
    """Store the newest edition of each questionnaire that comes with the program.

    What is stored already is not parsed. Older editions are for those who began with them: their
    workspaces hold them.
    """
    from sat_desktop.services.assessments import add_edition, list_editions

    stored = set(list_editions(workspace))
    for edition, folder in bundled_editions().items():
        if edition not in stored:
            from sat_desktop.formats.questionnaire_files import read_edition

            add_edition(workspace, read_edition(folder))


def bundled_editions() -> dict[str, Path]:
    """Return the folders of the editions that a new workspace begins with, by `ID@VERSION`."""
    from sat_desktop.domain.questionnaire import version_order

    found = {}
    for folders in sorted(f for f in bundled_questionnaires().iterdir() if f.is_dir()):
        editions = (f for f in folders.iterdir() if f.is_dir())
        newest = max(editions, key=lambda folder: version_order(folder.name))
        found[f"{folders.name}@{newest.name}"] = newest
    return found
