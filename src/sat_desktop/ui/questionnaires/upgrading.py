"""Another edition for the open assessment: what it would change, seen before it is used."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QTabWidget, QWidget

from sat_desktop.domain.questionnaire import Questionnaire, version_order
from sat_desktop.errors import SatError
from sat_desktop.runtime.i18n import Language
from sat_desktop.runtime.wording import describe
from sat_desktop.services.assessments import find_edition
from sat_desktop.services.upgrading import (
    Upgrade,
    level_changes,
    other_editions,
    preview_upgrade,
    upgrade,
)
from sat_desktop.ui.questionnaires.numbers import NumbersView
from sat_desktop.ui.questionnaires.orphans import OrphansView
from sat_desktop.ui.questionnaires.panel import Panel, caption
from sat_desktop.ui.questionnaires.shelf import name_of
from sat_desktop.ui.questionnaires.succession import SuccessionView
from sat_desktop.ui.session import AssessmentSession
from sat_desktop.ui.theme import Theme
from sat_desktop.ui.widgets.calm import SteadyCombo
from sat_desktop.ui.widgets.feedback import EmptyState
from sat_desktop.ui.widgets.text import label


class _Tabs(QTabWidget):
    """Tabs that take the height there is: what is on them scrolls by itself."""

    def hasHeightForWidth(self) -> bool:
        """Override: words that wrap on some tab do not make the dialog higher."""
        return False


class UpgradePanel(Panel):
    """The dialog.

    Attributes:
        edition: which edition to look at; like all that shows one, it is there where there is one.
        found: what it would change, None while that is not known.
        used: the edition that the assessment went over to, "" if it did not.

    Signals:
        editions_asked(): the user wants to see the editions of the workspace.
    """

    editions_asked = Signal()

    def __init__(
        self, theme: Theme, language: Language, parent: QWidget, session: AssessmentSession
    ) -> None:
        t = language.t
        dossier = session.dossier
        present = dossier.edition
        super().__init__(
            theme,
            language,
            parent,
            t("Another edition of the questionnaire"),
            t(
                "{unit}, {period}: the assessment goes by {edition}. Answers go over by the ids of "
                "indicators and criteria; none is deleted.",
                unit=dossier.assessment.unit.name,
                period=dossier.assessment.period,
                edition=f"{present.id} {present.version}",
            ),
        )
        self._session, self._present = session, dossier.questionnaire
        session.changed.connect(self._note_use)
        session.failed.connect(self._note_refusal)
        self.found: Upgrade | None = None
        self.used = ""
        self._asked = ""
        self.add_button(t("Cancel"), "", self.reject)
        self.use_button = self.add_button(t("Go by this edition"), "primary", self._use)
        names = other_editions(session.workspace, dossier)
        others = tuple(find_edition(session.workspace, name) for name in names)
        if others:
            self._build(others)
            self._preview()
        else:
            self._say_alone()

    def _say_alone(self) -> None:
        """Say where other editions come from."""
        t = self.language.t
        self.use_button.hide()
        self.nothing = EmptyState(
            self.theme,
            "questionnaire",
            t(
                "There is no other edition of {edition} in the workspace.",
                edition=self._present.edition,
            ),
            t("Questionnaires…"),
            self.editions_asked.emit,
        )
        self.nothing.button.setAutoDefault(False)
        self.body.addWidget(self.nothing, 1)

    def _build(self, others: tuple[Questionnaire, ...]) -> None:
        theme, language = self.theme, self.language
        t = language.t
        self.edition = SteadyCombo()
        self.edition.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        order = version_order(self._present.edition)
        for other in others:
            age = t("newer") if version_order(other.edition) > order else t("older")
            self.edition.addItem(f"{name_of(other, language.code)} ({age})", other.edition)
        self.summary = label("", wrap=True)
        self.tabs = _Tabs()
        self.tabs.setDocumentMode(True)
        self.tabs.setMinimumHeight(theme.text_px(260))
        self.tabs.tabBar().setDrawBase(False)
        for named in (self.tabs, self.tabs.tabBar()):
            named.setAccessibleName(t("What the edition changes"))
        self.changes = SuccessionView(theme, language)
        self.numbers = NumbersView(theme, language)
        self.orphans = OrphansView(theme, language, self._session.dossier)
        self.tabs.addTab(self.changes, t("Indicators"))
        self.tabs.addTab(self.numbers, t("Results side by side"))
        self.tabs.addTab(self.orphans, "")
        self.body.addWidget(caption(t("Edition to look at"), self.edition))
        self.body.addWidget(self.edition)
        self.body.addWidget(self.summary)
        self.body.addWidget(self.tabs, 1)
        self.edition.currentIndexChanged.connect(lambda _place: self._preview())
        self.edition.setFocus()

    def _preview(self) -> None:
        """Show what the chosen edition would change; nothing is written."""
        t, percent = self.language.t, self.language.percent
        wanted = str(self.edition.currentData())
        try:
            found = preview_upgrade(self._session.workspace, self._session.dossier, wanted)
        except SatError as error:
            self.found = None
            self.use_button.setEnabled(False)
            self.show_news(describe(error, self.language), "negative")
            return
        self.found = found
        self.use_button.setEnabled(True)
        changes = level_changes(found)
        outside = len(found.orphaned)
        said = [
            t(
                "Index of the whole: {before} before, {after} after.",
                before=percent(found.before.total.index),
                after=percent(found.after.total.index),
            ),
            self.language.n(
                "{count} indicator changes its level.",
                "{count} indicators change their level.",
                len(changes),
            ),
            self.language.n(
                "{count} answer is outside the questionnaire then; it stays readable.",
                "{count} answers are outside the questionnaire then; they stay readable.",
                outside,
            ),
        ]
        self.summary.setText(" ".join(said if outside else said[:2]))
        self.changes.show_succession(found.succession, self._present, found.target)
        self.numbers.show_upgrade(found, changes, self._present)
        self.orphans.show_orphans(found.orphaned)
        self.tabs.setTabText(2, t("Answers outside ({count})", count=outside))

    def _use(self) -> None:
        if self.found is not None:
            self._asked = self.found.target.edition
            self._session.run(upgrade, self._asked, self._session.respondent.member)

    def _note_use(self) -> None:
        if self._asked and self._asked == self._session.dossier.edition.edition:
            self.used, self._asked = self._asked, ""
            self.accept()

    def _note_refusal(self) -> None:
        if self._asked:
            self._asked = ""
            self.show_news(self.language.t("Nothing was changed."), "negative")
