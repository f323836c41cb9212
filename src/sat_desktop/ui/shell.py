"""The window put together: pages and commands as data, and what ties them to the open assessment.

It begins after the first paint (`begin`): the workspace is opened in a worker, then the assessment
that was open last. It ends in order (`end`): work is cancelled, settings are written, the database
is released.
"""

import logging
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from sat_desktop.domain.history import Change
from sat_desktop.errors import SatError
from sat_desktop.runtime.names import CHANGES
from sat_desktop.runtime.settings import SettingsFile
from sat_desktop.runtime.wording import describe
from sat_desktop.services.assessments import find_assessment
from sat_desktop.services.ports import Workspace
from sat_desktop.services.upgrading import has_orphans
from sat_desktop.ui.appearance import Appearance
from sat_desktop.ui.finding import finders
from sat_desktop.ui.gateway import Gateway
from sat_desktop.ui.help import report_problem, show_about
from sat_desktop.ui.main_window import MainWindow, PageSpec
from sat_desktop.ui.messages import Message, Messages, Severity
from sat_desktop.ui.news import ChangeNews
from sat_desktop.ui.pages.page import Page, PageContext
from sat_desktop.ui.pages.start import StartPage
from sat_desktop.ui.session import AssessmentSession
from sat_desktop.ui.shortcuts import Command
from sat_desktop.ui.tasks import Progress, Tasks
from sat_desktop.ui.unexpected import UnexpectedErrors
from sat_desktop.ui.widgets.header import Saving

if TYPE_CHECKING:
    from sat_desktop.ui.questionnaires.doors import Doors

_LOG: Final = logging.getLogger(__name__)


def _(sentence: str) -> str:
    """Mark a sentence for the catalogues; the window translates it when it shows it."""
    return sentence


class Shell(QObject):
    """Everything of the running window that is not drawn.

    Attributes:
        window: the main window, not shown yet.
        session: the assessment that the pages work on.
    """

    def __init__(self, app: QApplication, settings: SettingsFile, gateway: Gateway) -> None:
        super().__init__()
        self._settings = settings
        self._gateway = gateway
        self._workspace: Workspace | None = None
        self._start_page: StartPage | None = None
        self._doors: Doors | None = None
        self.appearance = Appearance(app, settings)
        self.messages = Messages()
        self.tasks = Tasks(self._tell)
        self.session = AssessmentSession()
        self.window = MainWindow(
            appearance=self.appearance,
            pages=self._pages(),
            commands=self._commands(),
            finders=finders(self.session, self.appearance, self._open_page),
            messages=self.messages,
            tasks=self.tasks,
            geometry=settings.current.geometry,
            # Who goes on with an assessment never sees the list of them: it need not be built.
            first="" if settings.current.last_assessment else None,
        )
        self._unexpected = UnexpectedErrors(self._tell_unexpected)
        self.news = ChangeNews(self.appearance, self.session, self.messages, self.window)
        self.session.opened.connect(self._show_subject)
        self.session.changed.connect(self._show_saved)
        self.session.unwritten.connect(self._show_typing)
        self.session.failed.connect(self._tell_refused)
        self.session.respondent_changed.connect(self._show_history)
        self.session.computing.late.connect(self.window.set_computing)
        self.appearance.language_changed.connect(lambda _language: self._show_subject())
        self.window.closing.connect(self._remember)

    # From the first paint to the last event

    def begin(self) -> None:
        """Open the workspace and go on where the user stopped; called after the first paint."""

        def work(progress: Progress) -> tuple[Workspace, str]:
            workspace = self._gateway.open_workspace()
            progress.check()
            return workspace, self._last_assessment(workspace)

        self.tasks.run(
            self.appearance.language.t("Opening the workspace…"),
            work,
            self._workspace_opened,
            self._workspace_refused,
        )
        if self._settings.current.last_assessment:
            # Built while the worker imports the database library.
            QTimer.singleShot(0, lambda: self.window.page("questionnaire"))

    def end(self) -> None:
        """Release everything, in order; the window has been closed."""
        self.news.watch.close()
        self.tasks.close()
        self._unexpected.restore()
        if self._workspace is not None:
            self._workspace.store.close()
            self._workspace = None

    def open_assessment(self, assessment: str, page: str = "questionnaire") -> None:
        """Open an assessment and go to a page of it."""
        if self._workspace is None:
            return
        self.session.open(self._workspace, assessment)
        if self._shows(assessment):
            self._settings_change(last_assessment=assessment)
            self.window.open_page(page)

    def _shows(self, assessment: str) -> bool:
        return self.session.is_open and self.session.dossier.assessment.id == assessment

    def _last_assessment(self, workspace: Workspace) -> str:
        """Return the id of the assessment to go on with, empty if there is none."""
        wanted = self._settings.current.last_assessment
        if not wanted:
            return ""
        try:
            return find_assessment(workspace, wanted)
        except SatError:
            return ""

    def _workspace_opened(self, found: tuple[Workspace, str]) -> None:
        self._workspace, last = found
        self.window.enable("questionnaires", enabled=True)
        if self._start_page is not None:
            self._start_page.workspace_opened(self._workspace)
        if last:
            self.open_assessment(last)
        if not self.window.current_page:
            self.window.open_page("start")
        workspace = self._workspace
        self.tasks.run(
            self.appearance.language.t("Checking the workspace…"),
            lambda _progress: self._gateway.quick_check(workspace),
            lambda _nothing: None,
        )

    def _workspace_refused(self, error: BaseException) -> None:
        self._tell(error)
        words = describe(error, self.appearance.language) if isinstance(error, SatError) else ""
        self.window.open_page("start")
        self._start().workspace_refused(words)

    # What the window shows of the assessment

    def _show_subject(self) -> None:
        if not self.session.is_open:
            self.window.set_subject("")
            self.window.set_saving(Saving.NONE)
        else:
            assessment = self.session.dossier.assessment
            self.window.set_subject(assessment.unit.name, assessment.period)
            # What was opened came from the disk.
            self.window.set_saving(Saving.SAVED)
        self.window.enable("edition", enabled=self.session.is_open)
        self.window.enable("conflicts", enabled=self.session.is_open)
        self.window.enable(
            "outside", enabled=self.session.is_open and has_orphans(self.session.dossier)
        )
        self._show_history()

    def _show_saved(self, change: Change) -> None:
        if not change or change.change_set.id in self.session.dossier.own:
            # What others wrote says nothing of what is typed or was refused here.
            self.window.set_saving(Saving.SAVED, f"{change.change_set.at.astimezone():%H:%M}")
        self._show_history()

    def _show_typing(self, unwritten: bool) -> None:
        self.window.set_saving(Saving.BUSY if unwritten else Saving.SAVED)

    def _show_history(self) -> None:
        undo, redo = self.session.undo_and_redo()
        t = self.appearance.language.t
        self.window.enable("undo", enabled=undo is not None, title=self._labelled(t("Undo"), undo))
        self.window.enable("redo", enabled=redo is not None, title=self._labelled(t("Redo"), redo))

    def _labelled(self, verb: str, label: str | None) -> str:
        words = CHANGES.get(label or "", "")
        return f"{verb}: {self.appearance.language.t(words)}" if words else verb

    # Telling

    def _tell(self, error: BaseException) -> None:
        if not isinstance(error, SatError):
            _LOG.critical("work failed", exc_info=error)
            self._tell_unexpected()
            return
        text = describe(error, self.appearance.language)
        self.messages.post(Message(text, Severity.ERROR, key=error.code))

    def _tell_refused(self, error: SatError) -> None:
        """Say that what the user did last is not on the disk; pages show what is."""
        if self.session.is_open:
            self.window.set_saving(Saving.FAILED)
        self._tell(error)

    def _tell_unexpected(self) -> None:
        self.messages.post(
            Message(
                self.appearance.language.t(
                    "Something went wrong that should not have. Your answers are safe on the disk."
                ),
                Severity.ERROR,
                key="unexpected",
            )
        )

    def _remember(self) -> None:
        self._settings_change(geometry=self.window.saved_geometry)

    def _settings_change(self, **values: Any) -> None:
        try:
            self._settings.change(**values)
        except SatError as error:
            # A setting that is not remembered is no reason to interrupt anybody.
            _LOG.warning("settings not written: %s", error)

    # Pages and commands

    def _open_page(self, page: str, target: str) -> None:
        self.window.open_page(page, target)

    def _start(self) -> StartPage:
        page = self.window.page("start")
        if not isinstance(page, StartPage):
            raise TypeError("the first page is another one")
        return page

    def _pages(self) -> tuple[PageSpec, ...]:
        return (
            PageSpec(
                "start", _("Start"), "start", self._make_start_page, _("Assessments of this office")
            ),
            PageSpec(
                "questionnaire",
                _("Questionnaire"),
                "questionnaire",
                self._questionnaire_page,
                _("Answer indicator by indicator"),
            ),
            PageSpec(
                "results",
                _("Results"),
                "results",
                self._results_page,
                _("Where the unit stands and what is missing"),
            ),
            PageSpec(
                "plan", _("Plan"), "plan", self._plan_page, _("Goals, actions and undertakings")
            ),
            PageSpec(
                "documents",
                _("Documents"),
                "documents",
                self._documents_page,
                _("Preview and export"),
            ),
        )

    def _make_start_page(self, context: PageContext) -> Page:
        page = StartPage(context, self.session, self._gateway, self.open_assessment)
        page.edition_asked.connect(self._change_edition_of)
        page.questionnaires_asked.connect(self._show_questionnaires)
        if self._workspace is not None:
            page.workspace_opened(self._workspace)
        self._start_page = page
        return page

    def _questionnaire_page(self, context: PageContext) -> Page:
        from sat_desktop.ui.pages.questionnaire import QuestionnairePage

        return QuestionnairePage(context, self.session, self._gateway)

    def _results_page(self, context: PageContext) -> Page:
        from sat_desktop.ui.pages.results import ResultsPage

        return ResultsPage(context, self.session, self._gateway)

    def _plan_page(self, context: PageContext) -> Page:
        from sat_desktop.ui.pages.plan import PlanPage

        page = PlanPage(context, self.session, self._gateway)
        page.conflicts_asked.connect(self.news.show_conflicts)
        return page

    def _documents_page(self, context: PageContext) -> Page:
        from sat_desktop.ui.pages.documents import DocumentsPage

        return DocumentsPage(context, self.session, self._gateway)

    def _commands(self) -> tuple[Command, ...]:
        def start(act: str) -> None:
            self.window.open_page("start")
            getattr(self._start(), act)()

        return (
            Command(
                "new",
                _("New assessment…"),
                lambda: start("new_assessment"),
                "file",
                "plus",
                "Ctrl+N",
            ),
            Command("demo", _("Open the demo city"), lambda: start("open_demo"), "file", "start"),
            Command(
                "questionnaires",
                _("Questionnaires…"),
                self._show_questionnaires,
                "file",
                "questionnaire",
                enabled=False,
                starts_group=True,
            ),
            Command(
                "export",
                _("Export the plan…"),
                lambda: self.window.open_page("documents"),
                "file",
                "export",
                "Ctrl+E",
                starts_group=True,
            ),
            Command("quit", _("Quit"), self._quit, "file", "cross", "Ctrl+Q", starts_group=True),
            Command("undo", _("Undo"), self._undo, "edit", "undo", "Ctrl+Z", enabled=False),
            Command("redo", _("Redo"), self._redo, "edit", "redo", "Ctrl+Y", enabled=False),
            Command(
                "edition",
                _("Another edition of the questionnaire…"),
                lambda: self._questionnaire_doors().change_edition(),
                "edit",
                "questionnaire",
                enabled=False,
                starts_group=True,
            ),
            Command(
                "outside",
                _("Answers outside the questionnaire…"),
                lambda: self._questionnaire_doors().show_outside(),
                "edit",
                "note",
                enabled=False,
            ),
            Command(
                "conflicts",
                _("Conflicts…"),
                lambda: self.news.show_conflicts(),  # noqa: PLW0108 - it is made after the commands
                "edit",
                "warning",
                "F8",
                enabled=False,
            ),
            Command(
                "report",
                _("Report a problem…"),
                lambda: report_problem(
                    self.window, self.appearance.language, self.messages, self._gateway
                ),
                "help",
                "warning",
            ),
            Command(
                "about",
                _("About SAT Desktop"),
                lambda: show_about(self.window, self.appearance.language),
                "help",
                "help",
            ),
        )

    def _questionnaire_doors(self) -> "Doors":
        """Return what opens the dialogs of questionnaires, made when it is wanted first."""
        if self._doors is None:
            from sat_desktop.ui.questionnaires.doors import Doors

            self._doors = Doors(
                self.appearance,
                self.session,
                self._gateway,
                self.messages,
                self.tasks,
                self.window,
            )
        return self._doors

    def _show_questionnaires(self) -> None:
        if self._workspace is not None:
            self._questionnaire_doors().show_editions(self._workspace)

    def _change_edition_of(self, assessment: str) -> None:
        """Open an assessment, where another one is open, and look at other editions for it."""
        if not self._shows(assessment):
            self.open_assessment(assessment)
        # What could not be opened has been told.
        if self._shows(assessment):
            self._questionnaire_doors().change_edition()

    def _quit(self) -> None:
        self.window.close()

    def _undo(self) -> None:
        self.session.undo()
        # It said what Ctrl+Z would do.
        self.window.withdraw("drafted")

    def _redo(self) -> None:
        self.session.redo()
