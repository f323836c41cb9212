"""The window's thin top: what happens when, from the process's first line to its last.

In order: settings, Qt, the empty frame (`ui.frame`), its first paint; then the window with its first
page; when that is painted, in a worker, the database library and the workspace; then the assessment
that was open last, then a quick look for damage. Nothing but Qt is imported before the page is
painted, not even the domain (`tests/ui/test_start_order.py` guards it). Charts and documents import
their libraries when they are first wanted.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from sat_desktop.ui.frame import Frame

if TYPE_CHECKING:
    from datetime import date

    from sat_desktop.domain.document import PlanDocument
    from sat_desktop.domain.plan import Block
    from sat_desktop.domain.questionnaire import Questionnaire
    from sat_desktop.errors import Problem
    from sat_desktop.runtime.i18n import Language
    from sat_desktop.runtime.settings import SettingsFile
    from sat_desktop.services.ports import GivenAnswer, Workspace
    from sat_desktop.ui.gateway import Checked, Gateway, PagePictures
    from sat_desktop.ui.shell import Shell

_PLATFORMS_WITHOUT_DISPLAY: Final = frozenset({"offscreen", "minimal"})


def has_display() -> bool:
    """Tell whether a window could be seen here."""
    if os.environ.get("QT_QPA_PLATFORM", "").split(":")[0] in _PLATFORMS_WITHOUT_DISPLAY:
        return False
    if sys.platform in {"win32", "darwin"}:
        return True
    return any(os.environ.get(v) for v in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def run_window(workspace: str | None, language: str | None) -> int:
    """Open the window on a workspace and return the exit code when it is closed.

    Args:
        workspace: as given on the command line, None for the usual one.
        language: for this run and from now on; None for what the settings say.
    """
    if not has_display() and "QT_QPA_PLATFORM" not in os.environ:
        from sat_desktop.runtime.i18n import language_of

        words = language_of(language or "pl").t("There is no display here, so no window is opened.")
        sys.stderr.write(words + "\n")
        return 1
    from sat_desktop.runtime.paths import settings_file
    from sat_desktop.runtime.settings import SettingsFile

    settings = SettingsFile(settings_file())
    if language is not None and language != settings.current.language:
        settings.change(language=language)
    # A window waits for its turn while a worker computes: at most this long, not Python's 5 ms, which
    # add up with every look at the disk.
    sys.setswitchinterval(0.0005)
    app = _application()
    frame = Frame(settings.current)
    made: list[Shell] = []
    frame.painted.connect(lambda: made.append(_fill(frame, app, settings, workspace)))
    frame.show()
    code = app.exec()
    for shell in made:
        shell.end()
    return code


def _fill(frame: Frame, app: QApplication, settings: SettingsFile, workspace: str | None) -> Shell:
    """Put the program into its frame, and let it begin when its first page is painted."""
    from sat_desktop.ui.shell import Shell

    shell = Shell(app, settings, make_gateway(workspace))
    shell.window.closing.connect(frame.content_closed)
    shell.appearance.apply_to(frame)
    frame.hold(shell.window)

    frame.repaint()
    QTimer.singleShot(0, shell.begin)
    return shell


def open_window(workspace: str, language: str) -> int:
    """Open the window for a command that has just closed the workspace."""
    return run_window(workspace, language)


def _application() -> QApplication:
    existing = QApplication.instance()
    if isinstance(existing, QApplication):
        return existing
    app = QApplication([sys.argv[0]])
    app.setApplicationName("SAT Desktop")
    app.setApplicationDisplayName("SAT Desktop")
    app.setDesktopFileName("sat-desktop")
    return app


def make_gateway(workspace: str | None, written_by: str = "") -> Gateway:
    """Return what the window may ask of storage, documents and files, on one workspace."""
    from sat_desktop.ui.gateway import Gateway

    return Gateway(
        open_workspace=lambda: _open_workspace(workspace, written_by),
        make_demo=_make_demo,
        write_plan=_write_plan,
        save_file=_save_file,
        page_pictures=_page_pictures,
        read_answers=_read_answers,
        quick_check=lambda workspace: workspace.store.quick_check(),
        today=_today,
        draft_chapter=_draft_chapter,
        write_open_json=_write_open_json,
        write_open_csv=_write_open_csv,
        read_questionnaire=_read_questionnaire,
        write_questionnaire=_write_questionnaire,
        check_questionnaire=_check_questionnaire,
        problem_report=_problem_report,
    )


def _open_workspace(workspace: str | None, written_by: str) -> Workspace:
    from sat_desktop.workspace import locate, open_workspace

    return open_workspace(locate(workspace), written_by)


def _make_demo(workspace: Workspace, language: str) -> str:
    from sat_desktop.formats.demonstration import read_demonstration
    from sat_desktop.runtime.i18n import language_of
    from sat_desktop.services.demo_city import Demonstration
    from sat_desktop.services.demonstration import make_demo

    return make_demo(workspace, read_demonstration(Demonstration), language_of(language))


def _write_plan(document: PlanDocument) -> bytes:
    from sat_desktop.reporting.plan_pdf import write_plan_pdf

    return write_plan_pdf(document)


def _save_file(path: Path, content: bytes) -> None:
    from sat_desktop.runtime.files import atomic_write

    atomic_write(path, content)


def _page_pictures(content: bytes) -> PagePictures:
    from sat_desktop.reporting.page_pictures import PdfPages

    return PdfPages(content)


def _read_answers(path: Path) -> tuple[GivenAnswer, ...]:
    from sat_desktop.exchange.answers_files import read_answers

    return read_answers(path)


def _is_workbook(path: Path) -> bool:
    return path.suffix.lower() == ".xlsx"


def _edition_folder(path: Path) -> Path:
    """Return the folder meant by a path: itself, or the one that a chosen file lies in."""
    return path.parent if path.suffix.lower() in {".yaml", ".yml"} else path


def _read_questionnaire(path: Path) -> Questionnaire:
    if _is_workbook(path):
        from sat_desktop.exchange.questionnaire_workbook import read_workbook

        return read_workbook(path)
    from sat_desktop.formats.questionnaire_files import read_edition

    return read_edition(_edition_folder(path))


def _write_questionnaire(questionnaire: Questionnaire, path: Path, language: Language) -> None:
    if _is_workbook(path):
        from sat_desktop.exchange.questionnaire_workbook import write_workbook

        write_workbook(questionnaire, path, language)
        return
    from sat_desktop.formats.questionnaire_files import write_edition

    write_edition(questionnaire, path)


def _check_questionnaire(path: Path) -> Checked:
    from sat_desktop.ui.gateway import Checked

    found, problems = _examine_questionnaire(path, strict=False)
    strict = _examine_questionnaire(path, strict=True)[1]
    remarks = tuple(p for p in strict if p not in problems)
    return Checked(None if problems else found, tuple(problems), remarks)


def _examine_questionnaire(
    path: Path, *, strict: bool
) -> tuple[Questionnaire | None, list[Problem]]:
    if _is_workbook(path):
        from sat_desktop.exchange.questionnaire_workbook import examine_workbook

        return examine_workbook(path, strict=strict)
    from sat_desktop.formats.questionnaire_check import examine

    return examine(_edition_folder(path), strict=strict)


def _problem_report() -> bytes:
    from sat_desktop.runtime.paths import log_folder
    from sat_desktop.runtime.problem_report import pack_problem_report

    return pack_problem_report(log_folder())


def _today() -> date:
    from sat_desktop.workspace import now

    return now().astimezone().date()


def _draft_chapter(document: PlanDocument, chapter: str, language: Language) -> tuple[Block, ...]:
    from sat_desktop.reporting.plan.words import draft_chapter

    return draft_chapter(document, chapter, language)


def _write_open_json(document: PlanDocument) -> bytes:
    from sat_desktop.exchange.open_data import write_open_json

    return write_open_json(document)


def _write_open_csv(document: PlanDocument, language: Language) -> bytes:
    from sat_desktop.exchange.open_data import write_open_csv

    return write_open_csv(document, language)
