"""What a command has at hand: the language, the workspace on demand, and the two streams."""

import sys
from types import TracebackType
from typing import Self

from sat_desktop.runtime.i18n import Language
from sat_desktop.services.dossier import Dossier
from sat_desktop.services.ports import Desk


class Session:
    """One run of one command; the workspace is opened when it is first needed."""

    def __init__(self, workspace: str | None, language: Language) -> None:
        from sat_desktop.workspace import locate

        self.location = locate(workspace)
        self.language = language
        self._desk: Desk | None = None

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
        if self._desk is not None:
            self._desk.store.close()
            self._desk = None

    @property
    def desk(self) -> Desk:
        """The open workspace."""
        if self._desk is None:
            from sat_desktop.workspace import open_desk

            self._desk = open_desk(self.location)
        return self._desk

    def dossier(self, wanted: str) -> Dossier:
        """Open the assessment meant by an id, a unique prefix of one, or `last`."""
        from sat_desktop.services.assessments import find_assessment
        from sat_desktop.services.dossier import open_dossier

        return open_dossier(self.desk, find_assessment(self.desk, wanted))

    def data(self, text: str) -> None:
        """Write what was asked for to stdout, in UTF-8 whatever the console's code page."""
        sys.stdout.flush()
        sys.stdout.buffer.write(text.encode("utf-8", "replace"))
        sys.stdout.buffer.flush()

    def say(self, sentence: str, /, **facts: object) -> None:
        """Tell something beside the data, on stderr."""
        print(self.language.t(sentence, **facts), file=sys.stderr)  # noqa: T201 -- its job
