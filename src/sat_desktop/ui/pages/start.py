"""The first page: the assessments of this workspace, a new one, the demo city.

It is on the screen before the workspace is open, so importing it imports no database. Progress of
each assessment is read one at a time between events: a long list never makes the window wait.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, QLocale, QTimer, Signal
from PySide6.QtWidgets import QPushButton, QStackedLayout, QVBoxLayout, QWidget

from sat_desktop.errors import SatError
from sat_desktop.runtime.i18n import Language
from sat_desktop.runtime.wording import describe
from sat_desktop.ui.gateway import Gateway
from sat_desktop.ui.messages import Message, Severity
from sat_desktop.ui.pages.page import Page, PageContext
from sat_desktop.ui.session import AssessmentSession
from sat_desktop.ui.theme import Theme, set_role
from sat_desktop.ui.widgets.feedback import EmptyState

if TYPE_CHECKING:
    from datetime import datetime

    from sat_desktop.services.assessments import Summary
    from sat_desktop.services.ports import Workspace
    from sat_desktop.ui.pages.new_assessment import NewAssessment
    from sat_desktop.ui.widgets.assessment_card import AssessmentCard


def progress_of(workspace: "Workspace", assessment: str) -> tuple[int, int]:
    """Return how many indicators the agreed answers deal with, of how many."""
    from sat_desktop.domain.answers import completeness
    from sat_desktop.services.dossier import open_dossier

    dossier = open_dossier(workspace, assessment)
    found = completeness(dossier.questionnaire.indicators, dossier.answers(dossier.agreed.id))
    return found.dealt_with, found.total


def moment(when: "datetime", language: Language) -> str:
    """Return a time in words of the window's language, to the minute."""
    local = when.astimezone()
    locale, day = QLocale(language.code), QDate(local.year, local.month, local.day)
    return f"{locale.toString(day, 'd MMMM yyyy')}, {local:%H:%M}"


class StartPage(Page):
    """The page that the window opens with.

    Signals:
        edition_asked(str): the user wants to see a newer edition for the assessment of that id.
        questionnaires_asked(): the user wants to see the editions of the workspace.
    """

    edition_asked = Signal(str)
    questionnaires_asked = Signal()

    def __init__(
        self,
        context: PageContext,
        session: AssessmentSession,
        gateway: Gateway,
        open_assessment: Callable[[str, str], None],
    ) -> None:
        super().__init__(context)
        self._session = session
        self._gateway = gateway
        self._open_assessment = open_assessment
        self._workspace: Workspace | None = None
        self._refused: str | None = None
        self._wish: Callable[[], None] | None = None
        self._cards: list[AssessmentCard] = []
        self._known: dict[tuple[str, datetime], tuple[int, int]] = {}
        self._summaries: tuple[Summary, ...] = ()
        self._newest: dict[str, str] = {}
        self._sheet: NewAssessment | None = None
        self.demo_button = QPushButton()
        self.demo_button.clicked.connect(lambda _on=False: self.open_demo())
        self.new_button = QPushButton()
        set_role(self.new_button, "primary")
        self.new_button.clicked.connect(lambda _on=False: self.new_assessment())
        self.heading.buttons.addWidget(self.demo_button)
        self.heading.buttons.addWidget(self.new_button)
        self.notice = EmptyState(self.theme, "clock", " ", " ", self._take_notice)
        self._list = QWidget()
        self._column = QVBoxLayout(self._list)
        self._column.setContentsMargins(0, 0, 0, 0)
        area = QWidget()
        self._stack = QStackedLayout(area)
        self._stack.addWidget(self.notice)
        listing = QWidget()
        top = QVBoxLayout(listing)
        top.setContentsMargins(0, 0, 0, 0)
        top.addWidget(self._list)
        top.addStretch(1)
        self._stack.addWidget(listing)
        self.body.addWidget(area, 1)
        self._reading = QTimer(self)
        self._reading.setInterval(0)
        self._reading.timeout.connect(self._read_one)
        self.apply_theme(self.theme)
        self.retranslate(self.language)

    # What the window tells the page

    def workspace_opened(self, workspace: "Workspace") -> None:
        """Show what is in a workspace, and do what the user asked for meanwhile."""
        self._workspace, self._refused = workspace, None
        self.refresh()
        wish, self._wish = self._wish, None
        if wish is not None:
            wish()

    def workspace_refused(self, words: str) -> None:
        """Say that the workspace cannot be opened, and why."""
        self._refused, self._wish = words, None
        self._show()

    def refresh(self) -> None:
        """Override: read the list anew."""
        if self._workspace is not None:
            from sat_desktop.services.assessments import list_assessments, newest_editions

            try:
                self._summaries = list_assessments(self._workspace)
                self._newest = newest_editions(self._workspace)
                if self._sheet is not None:
                    self._sheet.renew_editions()
            except SatError as error:
                self._complain(error)
        self._show()

    # What the user can do

    def new_assessment(self) -> None:
        """Ask for the particulars of a new assessment and open it."""
        if self._workspace is None:
            self._wish = self.new_assessment
            return
        if self._sheet is not None:
            return
        from sat_desktop.ui.pages.new_assessment import NewAssessment

        try:
            sheet = NewAssessment(
                self.theme, self.language, self.window(), self._workspace, self._gateway.today()
            )
        except SatError as error:
            self._complain(error)
            return
        self._sheet = sheet
        sheet.questionnaires_asked.connect(self.questionnaires_asked)
        sheet.finished.connect(self._sheet_finished)
        sheet.open()

    def open_demo(self) -> None:
        """Make the demo city, if it is not there, and open it."""
        if self._workspace is None:
            self._wish = self.open_demo
            return
        workspace, code = self._workspace, self.language.code
        self.demo_button.setEnabled(False)
        self.context.tasks.run(
            self.language.t("Making the demo city…"),
            lambda _progress: self._gateway.make_demo(workspace, code),
            self._demo_made,
            self._demo_failed,
        )

    def delete(self, assessment: str) -> None:
        """Delete an assessment, if the user is sure."""
        found = next((s for s in self._summaries if s.assessment.id == assessment), None)
        if found is None or self._workspace is None:
            return
        t = self.language.t
        unit, period = found.assessment.unit.name, found.assessment.period
        sure = self.context.dialogs.confirm(
            t("Delete the assessment of {unit}, {period}?", unit=unit, period=period),
            t(
                "All its answers, evidence lists and its plan are deleted from this workspace. "
                "This cannot be undone."
            ),
            t("Delete the assessment"),
            danger=True,
        )
        if not sure:
            return
        from sat_desktop.services.assessments import remove_assessment

        if self._session.is_open and self._session.dossier.assessment.id == assessment:
            self._session.close()
        try:
            remove_assessment(self._workspace, assessment)
        except SatError as error:
            self._complain(error)
        self.refresh()

    # Looks

    def apply_theme(self, theme: Theme) -> None:
        """Override: follow the scale of spaces."""
        super().apply_theme(theme)
        if hasattr(self, "_column"):
            self._column.setSpacing(theme.m)
            for button, icon, role in (
                (self.new_button, "plus", "on_accent"),
                (self.demo_button, "city", "text"),
            ):
                button.setIcon(theme.icon(icon, role))

    def retranslate(self, language: Language) -> None:
        """Override: say everything in another language."""
        super().retranslate(language)
        t = language.t
        self.heading.set_words(
            t("Assessments of this office"),
            t("Everything stays on this computer and is saved at each change."),
        )
        self.new_button.setText(t("New assessment"))
        self.new_button.setToolTip("Ctrl+N")
        self.demo_button.setText(t("Open the demo city"))
        self.demo_button.setToolTip(t("An invented city with answers, results and a plan"))
        self._show()

    def _show(self) -> None:
        """Show the state things are in: opening, refused, empty, or the list."""
        t = self.language.t
        ready = self._workspace is not None
        self.new_button.setVisible(self._refused is None)
        self.demo_button.setVisible(self._refused is None)
        self._reading.stop()
        if self._refused is not None:
            words = self._refused or t("The workspace could not be opened.")
            self.notice.set_icon("error", "negative")
            self.notice.set_words(words + "\n\n" + t("Nothing in the file was changed."))
        elif not ready:
            self.notice.set_icon("clock")
            self.notice.set_words(t("The workspace is being opened…"))
        elif not self._summaries:
            self.notice.set_icon("city", "accent")
            self.notice.set_words(
                t(
                    "Welcome. Begin with a new assessment of your unit, or open the demo city to "
                    "see what an assessment, its results and its plan look like."
                ),
                t("New assessment"),
            )
        self._stack.setCurrentIndex(1 if ready and self._summaries else 0)
        self._list_cards()

    def _list_cards(self) -> None:
        if not self._cards and not self._summaries:
            return
        from sat_desktop.ui.widgets.assessment_card import AssessmentCard

        for card in self._cards:
            self._column.removeWidget(card)
            card.hide()
            card.deleteLater()
        self._cards = []
        open_id = self._session.dossier.assessment.id if self._session.is_open else ""
        places = [s.assessment.id for s in self._summaries]
        last = open_id if open_id in places else next(iter(places), "")
        for summary in sorted(self._summaries, key=lambda s: s.assessment.id != last):
            card = AssessmentCard(self.theme, summary.assessment, latest=not self._cards)
            card.set_moment(summary.changed, moment(summary.changed, self.language))
            newest = self._newest.get(card.edition.split("@")[0], card.edition)
            card.offer_edition("" if newest == card.edition else newest)
            card.retranslate(self.language)
            card.upgrading.connect(self.edition_asked)
            card.opening.connect(lambda key: self._open_assessment(key, "questionnaire"))
            card.deleting.connect(self.delete)
            known = self._known.get((summary.assessment.id, summary.changed))
            if known is not None:
                card.show_progress(*known)
            self._column.addWidget(card)
            self._cards.append(card)
        if self._cards:
            self._reading.start()

    def _read_one(self) -> None:
        """Fill in the progress of the next card that lacks it."""
        card = next((c for c in self._cards if c.progress is None), None)
        if card is None or self._workspace is None:
            self._reading.stop()
            return
        try:
            found = progress_of(self._workspace, card.assessment.id)
        except SatError as error:
            # The list stays usable; opening this one says what is wrong with it.
            card.show_trouble(describe(error, self.language))
            return
        self._known[card.assessment.id, card.changed] = found
        card.show_progress(*found)

    def _take_notice(self) -> None:
        self.new_assessment()

    def _sheet_finished(self, _result: int) -> None:
        sheet, self._sheet = self._sheet, None
        if sheet is None:
            return
        made = sheet.made
        sheet.deleteLater()
        if made is not None:
            self._open_assessment(made.id, "questionnaire")

    def _demo_made(self, assessment: str) -> None:
        self.demo_button.setEnabled(True)
        self.refresh()
        self._open_assessment(assessment, "questionnaire")

    def _demo_failed(self, error: BaseException) -> None:
        self.demo_button.setEnabled(True)
        if not isinstance(error, SatError):
            raise error
        self._complain(error)

    def _complain(self, error: SatError) -> None:
        self.context.messages.post(
            Message(describe(error, self.language), Severity.ERROR, key=error.code)
        )
