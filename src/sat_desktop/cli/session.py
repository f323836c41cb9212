"""What a command has at hand: the language, the workspace on demand, and the two streams."""

from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

from sat_desktop.cli.console import write_err, write_out
from sat_desktop.errors import SatError
from sat_desktop.runtime.i18n import Language
from sat_desktop.services.dossier import Dossier
from sat_desktop.services.ports import Workspace


class Window(Protocol):
    """The window, for the one command that may end in it."""

    def can_be_seen(self) -> bool:
        """Tell whether there is a display."""

    def open(self, workspace: str, language: str) -> int:
        """Show the window until it is closed; return the exit code."""


class CommandSession:
    """One run of one command; the workspace is opened when it is first needed."""

    def __init__(self, workspace: str | None, language: Language, window: Window) -> None:
        from sat_desktop.workspace import locate

        self.location = locate(workspace)
        self.language = language
        self.window = window
        self._workspace: Workspace | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Release the workspace if it was opened."""
        if self._workspace is not None:
            self._workspace.store.close()
            self._workspace = None

    @property
    def workspace(self) -> Workspace:
        """The open workspace."""
        if self._workspace is None:
            from sat_desktop.workspace import open_workspace

            self._workspace = open_workspace(self.location)
        return self._workspace

    def dossier(self, wanted: str) -> Dossier:
        """Open the assessment meant by an id, a unique prefix of one, or `last`."""
        from sat_desktop.services.assessments import find_assessment
        from sat_desktop.services.dossier import open_dossier

        if not self.exists():
            # Looking for something must not leave a new file behind.
            raise SatError("no-assessments")
        return open_dossier(self.workspace, find_assessment(self.workspace, wanted))

    def exists(self) -> bool:
        """Tell whether there is a workspace yet; one on a server counts as there."""
        return "://" in self.location or Path(self.location).exists()

    def require(self) -> None:
        """Refuse to go on with a workspace that is not there: it would be made, and be empty."""
        if not self.exists():
            raise SatError("file-missing-at", path=self.location)

    def data(self, text: str) -> None:
        """Write what was asked for to stdout."""
        write_out(text)

    def say(self, sentence: str, /, **facts: object) -> None:
        """Tell something beside the data, on stderr."""
        self.tell(self.language.t(sentence, **facts))

    def tell(self, sentence: str) -> None:
        """Tell a sentence that is worded already, on stderr."""
        write_err(sentence + "\n")
