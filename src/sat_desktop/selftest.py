"""The whole flow in a temporary profile, for CI and for the packaged program to prove itself.

One line a step on stdout. Exit code 0: everything worked; 1: a step failed; 3: it did not end in
time. Nothing outside of a temporary folder is written, but for the log file when something fails.
"""

import contextlib
import faulthandler
import json
import os
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sat_desktop.cli.console import write_err, write_out
from sat_desktop.runtime.i18n import Language, language_of
from sat_desktop.runtime.logs import log_unexpected, start_logging

if TYPE_CHECKING:
    from sat_desktop.domain.document import PlanDocument
    from sat_desktop.services.dossier import Dossier
    from sat_desktop.services.ports import Workspace

TIME: Final = 120.0
"""Seconds until the watchdog ends the process."""

OUT_OF_TIME: Final = 3
WRITER: Final = "selftest"
"""In whose name it writes: it leaves the settings of the user alone."""
PAGES: Final = ("start", "questionnaire", "results", "plan", "documents")
INDICATOR: Final = "planning.strategy"


def _(sentence: str) -> str:
    """Mark a sentence for the catalogues; it is translated when it is printed."""
    return sentence


def run_selftest(code: str, seconds: float = TIME) -> int:
    """Run every step; return the exit code."""
    start_logging()
    language = language_of(code)
    started = time.monotonic()
    with _watchdog(seconds), _temporary_folder() as folder:
        journey = _Journey(folder, language)
        try:
            for name, step in journey.steps():
                begun = time.monotonic()
                try:
                    remark = step()
                except Exception as error:  # noqa: BLE001 -- told, logged, and the code is 1
                    _tell_failure(name, error, language)
                    return 1
                seconds_taken = time.monotonic() - begun
                said = language.t(name) + (f" - {remark}" if remark else "")
                write_out(f"ok  {seconds_taken:6.2f} s  {said}\n")
        finally:
            journey.close()
    total = time.monotonic() - started
    write_out(language.t("Self-test passed in {seconds} s.", seconds=f"{total:.1f}") + "\n")
    return 0


class NotAsExpectedError(Exception):
    """A step ended, but with another result than it must have."""


class _Journey:
    """The steps in their order; each stands on what those before it made."""

    def __init__(self, folder: Path, language: Language) -> None:
        self._folder = folder
        self._language = language
        self._place = folder / "Zażółć gęślą jaźń" / "workspace.db"
        self._workspace: Workspace | None = None
        self._assessment = ""

    def steps(self) -> tuple[tuple[str, Callable[[], str]], ...]:
        """Return name and deed of every step; a deed returns a remark, often empty."""
        return (
            (_("new workspace"), self._open),
            (_("demo city"), self._make_demo),
            (_("answer and undo"), self._answer),
            (_("results"), self._show_results),
            (_("charts"), self._draw_charts),
            (_("plan as PDF"), self._write_plan),
            (_("answers and open data as files"), self._write_data),
            (_("backup"), self._back_up),
            (_("workspace opened again and checked"), self._reopen),
            (_("window"), self._show_window),
        )

    def close(self) -> None:
        """Release the workspace."""
        if self._workspace is not None:
            self._workspace.store.close()
            self._workspace = None

    def _open(self) -> str:
        from sat_desktop.services.assessments import list_editions
        from sat_desktop.workspace import open_workspace

        self._workspace = open_workspace(str(self._place), WRITER)
        return ", ".join(list_editions(self._workspace))

    def _make_demo(self) -> str:
        from sat_desktop.formats.demonstration import read_demonstration
        from sat_desktop.services.demo_city import Demonstration
        from sat_desktop.services.demonstration import make_demo

        city = read_demonstration(Demonstration)
        self._assessment = make_demo(self._opened, city, self._language)
        return self._dossier().assessment.unit.name

    def _answer(self) -> str:
        from sat_desktop.services.answering import Respondent, set_level
        from sat_desktop.services.changes import undo

        dossier = self._dossier()
        before = dossier.answer(dossier.agreed.id, INDICATOR)
        for level in (0, 1):
            set_level(self._opened, dossier, Respondent(dossier.agreed.id), INDICATOR, level)
        undo(self._opened, dossier)
        undo(self._opened, dossier)
        _require(self._dossier().answer(dossier.agreed.id, INDICATOR) == before, "undo")
        return ""

    def _show_results(self) -> str:
        from sat_desktop.services.derived import Derived

        index = Derived(self._dossier()).results.scores.total.index
        _require(index is not None and 0 < index < 1, "index")
        return self._language.percent(index)

    def _draw_charts(self) -> str:
        from sat_desktop.charts.catalogue import CHARTS
        from sat_desktop.charts.chart import ChartInput
        from sat_desktop.charts.look import Look
        from sat_desktop.charts.rendering import render_png, render_svg

        given = ChartInput.of(self._document(), facts=True)
        for kind, draw in CHARTS.items():
            chart = draw(given, Look(), self._language)
            _require(b"<svg" in render_svg(chart, self._language.code), kind)
            _require(render_png(chart).startswith(b"\x89PNG"), kind)
        return ", ".join(CHARTS)

    def _write_plan(self) -> str:
        from sat_desktop.reporting.page_pictures import PdfPages
        from sat_desktop.reporting.plan_pdf import write_plan_pdf

        content = write_plan_pdf(self._document())
        _require(content.startswith(b"%PDF-"), "PDF")
        _require(content == write_plan_pdf(self._document()), "the same bytes again")
        with contextlib.closing(PdfPages(content)) as document:
            pages = len(document.sizes)
        return self._language.n(
            "{count} page, {bytes} bytes", "{count} pages, {bytes} bytes", pages, bytes=len(content)
        )

    def _write_data(self) -> str:
        from sat_desktop.exchange.answers_csv import read_answers_csv, write_answers_csv
        from sat_desktop.exchange.open_data import write_open_csv, write_open_json
        from sat_desktop.services.answering import Respondent, import_answers

        dossier = self._dossier()
        written = write_answers_csv(dossier.questionnaire, dossier.answers(dossier.agreed.id))
        rows = read_answers_csv(written, "answers.csv")
        change = import_answers(self._opened, dossier, Respondent(dossier.agreed.id), rows)
        _require(not change, "answers.csv")
        document = self._document()
        json.loads(write_open_json(document))
        _require(write_open_csv(document, self._language).count(b"\r\n") > 1, "open data")
        return ""

    def _back_up(self) -> str:
        from sat_desktop.storage.replacing import restore_workspace

        copy = self._folder / "backup.db"
        self._opened.store.back_up(str(copy))
        restore_workspace(copy, self._folder / "restored.db")
        return ""

    def _reopen(self) -> str:
        from sat_desktop.services.derived import Derived
        from sat_desktop.workspace import open_workspace

        before = Derived(self._dossier()).results
        self.close()
        self._workspace = open_workspace(str(self._place), WRITER)
        self._workspace.store.full_check()
        _require(Derived(self._dossier()).results == before, "results")
        self.close()
        return ""

    def _show_window(self) -> str:
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        try:
            from PySide6.QtWidgets import QApplication
        except ImportError:
            # A machine without the libraries that Qt draws with: the commands still work there.
            return self._language.t("left out: Qt does not start here")
        from sat_desktop.app import make_gateway
        from sat_desktop.runtime.settings import SettingsFile
        from sat_desktop.ui.messages import Message, Severity
        from sat_desktop.ui.shell import Shell

        app = QApplication.instance()
        if not isinstance(app, QApplication):
            app = QApplication(["sat-desktop"])
        settings = SettingsFile(self._folder / "settings.json")
        settings.change(language=self._language.code, last_assessment=self._assessment)
        shell = Shell(app, settings, make_gateway(str(self._place), WRITER))
        shell.appearance.apply_to(shell.window)
        errors: list[str] = []

        def note(message: Message) -> None:
            if message.severity is Severity.ERROR:
                errors.append(message.text)

        def idle() -> bool:
            return bool(errors) or not shell.tasks.running

        shell.messages.posted.connect(note)
        try:
            shell.window.show()
            shell.begin()
            _wait(lambda: bool(errors) or shell.session.is_open)
            for page in PAGES:
                shell.window.open_page(page)
                _wait(idle)
                _require(shell.window.current_page == page, page)
            shell.window.close()
            _wait(idle)
        finally:
            shell.end()
            shell.window.deleteLater()
            app.processEvents()
        _require(not errors, "; ".join(errors))
        return ", ".join(PAGES)

    @property
    def _opened(self) -> "Workspace":
        if self._workspace is None:
            raise NotAsExpectedError("workspace")
        return self._workspace

    def _dossier(self) -> "Dossier":
        from sat_desktop.services.dossier import open_dossier

        return open_dossier(self._opened, self._assessment)

    def _document(self) -> "PlanDocument":
        from sat_desktop.services.derived import Derived

        return Derived(self._dossier()).document(self._opened.clock().date())


def _require(holds: bool, what: str) -> None:  # noqa: FBT001 -- reads like an assertion
    if not holds:
        raise NotAsExpectedError(what)


def _wait(until: Callable[[], bool]) -> None:
    """Let the window work until something holds; the watchdog ends what never does."""
    from PySide6.QtCore import QEventLoop
    from PySide6.QtWidgets import QApplication

    while True:
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 50)
        if until():
            return
        time.sleep(0.005)


def _tell_failure(name: str, error: Exception, language: Language) -> None:
    from sat_desktop.errors import SatError
    from sat_desktop.runtime.wording import describe

    reason = (
        describe(error, language)
        if isinstance(error, SatError)
        else f"{type(error).__name__}: {error}"
    )
    write_err(language.t("FAILED: {step}: {reason}", step=language.t(name), reason=reason) + "\n")
    path = log_unexpected(error)
    if path is not None:
        write_err(language.t("Details are in the file {path}.", path=str(path)) + "\n")


@contextmanager
def _temporary_folder() -> Iterator[Path]:
    """Make a folder and take it away; what cannot be removed is left rather than hide a result."""
    with tempfile.TemporaryDirectory(prefix="sat-selftest-", ignore_cleanup_errors=True) as name:
        yield Path(name)


@contextmanager
def _watchdog(seconds: float) -> Iterator[None]:
    """End the process after a time, with every thread's place on stderr.

    The timer is a thread of Python's; should something hold the interpreter's lock for ever, a
    thread of C's ends the process a little later, with the code 1.
    """

    def bark() -> None:
        with contextlib.suppress(Exception):
            faulthandler.dump_traceback(all_threads=True)
        os._exit(OUT_OF_TIME)

    timer = threading.Timer(seconds, bark)
    timer.daemon = True
    timer.start()
    armed = False
    with contextlib.suppress(Exception):
        if sys.stderr is not None:
            faulthandler.dump_traceback_later(seconds + 10, exit=True)
            armed = True
    try:
        yield
    finally:
        timer.cancel()
        if armed:
            faulthandler.cancel_dump_traceback_later()
