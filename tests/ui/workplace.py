"""The demo city open on a real database, with what a window gives its pages."""

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QWidget

from sat_desktop.app import make_gateway
from sat_desktop.services.ports import Workspace
from sat_desktop.ui.appearance import Appearance
from sat_desktop.ui.dialogs import Dialogs
from sat_desktop.ui.gateway import Gateway
from sat_desktop.ui.messages import Message, Messages
from sat_desktop.ui.pages.page import PageContext
from sat_desktop.ui.session import AssessmentSession
from sat_desktop.ui.tasks import Tasks


class AnsweringDialogs(Dialogs):
    """Dialogs that get their answers from the test instead of a user."""

    def __init__(self, appearance: Appearance) -> None:
        super().__init__(appearance, _no_window)
        self.path: Path | None = None
        self.chosen: Path | None = None
        self.answer = True
        self.suggested: list[Path] = []
        self.asked: list[str] = []

    def save_file(
        self, title: str, kinds: Sequence[tuple[str, str]], suggestion: Path
    ) -> Path | None:
        assert title
        assert kinds
        self.suggested.append(suggestion)
        return self.path

    def choose_file(
        self, title: str, kinds: Sequence[tuple[str, str]], folder: Path
    ) -> Path | None:
        assert title
        assert kinds
        self.suggested.append(folder)
        return self.chosen

    def choose_folder(self, title: str, folder: Path) -> Path | None:
        assert title
        self.suggested.append(folder)
        return self.chosen

    def confirm(self, title: str, *_: Any, **__: Any) -> bool:
        self.asked.append(title)
        return self.answer


def _no_window() -> QWidget | None:
    return None


@dataclass
class Workplace:
    """Everything around a page.

    Attributes:
        visits: where pages have sent the user, as (page, target).
        told: messages posted so far.
    """

    workspace: Workspace
    gateway: Gateway
    session: AssessmentSession
    context: PageContext
    dialogs: AnsweringDialogs
    demo: str
    visits: list[tuple[str, str]] = field(default_factory=list)
    told: list[Message] = field(default_factory=list)

    def close(self) -> None:
        """Release the database."""
        self.context.tasks.close()
        self.workspace.store.close()


@cache
def _city(code: str) -> tuple[bytes, str]:
    """Return the bytes of a database with the demo city, and the city's id."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "workspace.db"
        gateway = make_gateway(str(path))
        workspace = gateway.open_workspace()
        demo = gateway.make_demo(workspace, code)
        workspace.store.close()
        return path.read_bytes(), demo


def open_city(
    folder: Path, appearance: Appearance, messages: Messages, tasks: Tasks, *, opened: bool = True
) -> Workplace:
    """Open the demo city in a folder of the test."""
    content, demo = _city("en")
    path = folder / "workspace.db"
    path.write_bytes(content)
    gateway = make_gateway(str(path))
    workspace = gateway.open_workspace()
    session = AssessmentSession(appearance)
    if opened:
        session.open(workspace, demo)
    visits: list[tuple[str, str]] = []
    dialogs = AnsweringDialogs(appearance)
    context = PageContext(
        appearance.theme,
        appearance.language,
        dialogs,
        messages,
        tasks,
        lambda page, target: visits.append((page, target)),
    )
    made = Workplace(workspace, gateway, session, context, dialogs, demo, visits)
    messages.listen(made.told.append)
    return made
