"""What the window may ask of the rooms it does not know: storage, documents, files.

`app` fills this in. Functions that take a `Path` may be run in a worker thread; all raise
`SatError` for what is expected to go wrong.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from pathlib import Path

    from sat_desktop.domain.document import PlanDocument
    from sat_desktop.domain.plan import Block
    from sat_desktop.domain.questionnaire import Questionnaire
    from sat_desktop.errors import Problem
    from sat_desktop.runtime.i18n import Language
    from sat_desktop.services.ports import GivenAnswer, Workspace


class PagePictures(Protocol):
    """The pages of a finished document, to be looked at."""

    @property
    def sizes(self) -> tuple[tuple[float, float], ...]:
        """Width and height of every page in points."""

    def draw(self, page: int, scale: float) -> tuple[bytes, int, int]:
        """Return a page (from 0) as RGBX bytes with width and height in pixels.

        `scale` is pixels to the point; it may be called in any thread.
        """

    def close(self) -> None:
        """Let go of the document; nothing can be drawn afterwards."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found when a questionnaire outside the workspace was read.

    Attributes:
        questionnaire: what can be imported, None where problems prevent it.
        problems: everything that prevents it.
        remarks: what a finished text should not have, though it can be imported.
    """

    questionnaire: Questionnaire | None
    problems: tuple[Problem, ...]
    remarks: tuple[Problem, ...]


@dataclass(frozen=True)
class Gateway:
    """Functions handed to the window.

    Attributes:
        open_desk: opens the workspace; slow the first time (imports the database library).
        make_demo: makes the demo city if it is not there and returns its assessment id.
        write_plan: returns the plan's document as the bytes of a PDF, its numbers verified.
        save_file: writes bytes to a path, whole or not at all.
        page_pictures: opens the bytes of a PDF for looking at.
        read_answers: reads a file of answers; SatError names every bad row.
        quick_check: looks for damage in the database, on a connection of its own.
        today: the day, for documents that have no date of their own.
        draft_chapter: the text that stands in a chapter where the authors have written none.
        write_open_json: an assessment with its plan as open data.
        write_open_csv: the indicators' numbers as open data.
        read_questionnaire: reads an edition from a workbook (.xlsx), from its folder or from a file
            of that folder; SatError names every problem.
        write_questionnaire: writes an edition as a workbook with headings in a language, or where
            the path has another ending, as a new folder; whole or not at all.
        check_questionnaire: looks at what `read_questionnaire` reads and returns what is wrong;
            SatError where nothing can be read at all.
        problem_report: a ZIP with versions and the log, and nobody's data.
    """

    open_workspace: Callable[[], Workspace]
    make_demo: Callable[[Workspace, str], str]
    write_plan: Callable[[PlanDocument], bytes]
    save_file: Callable[[Path, bytes], None]
    page_pictures: Callable[[bytes], PagePictures]
    read_answers: Callable[[Path], tuple[GivenAnswer, ...]]
    quick_check: Callable[[Workspace], None]
    today: Callable[[], date]
    draft_chapter: Callable[[PlanDocument, str, Language], tuple[Block, ...]]
    write_open_json: Callable[[PlanDocument], bytes]
    write_open_csv: Callable[[PlanDocument, Language], bytes]
    read_questionnaire: Callable[[Path], Questionnaire]
    write_questionnaire: Callable[[Questionnaire, Path, Language], None]
    check_questionnaire: Callable[[Path], Checked]
    problem_report: Callable[[], bytes]
