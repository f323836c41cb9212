"""One assessment in the list of the first page."""

from datetime import datetime

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from sat_desktop.domain.assessment import Assessment
from sat_desktop.runtime.i18n import Language
from sat_desktop.runtime.names import UNIT_KINDS
from sat_desktop.ui.theme import Theme, set_role
from sat_desktop.ui.widgets.containers import Card, Columns
from sat_desktop.ui.widgets.feedback import ProgressLine
from sat_desktop.ui.widgets.text import Badge, label


class AssessmentCard(Card):
    """An assessment: whose, of when, by what questionnaire, how far it has come.

    Attributes:
        assessment: which one.
        changed: when it was changed last.
        progress: indicators dealt with and in all; None while that is not known.

    Signals:
        opening(str): the user wants to go on with the assessment of that id.
        deleting(str): the user wants to delete it.
        upgrading(str): the user wants to see what a newer edition would change in it.
    """

    opening = Signal(str)
    upgrading = Signal(str)
    deleting = Signal(str)

    def __init__(self, theme: Theme, assessment: Assessment, *, latest: bool) -> None:
        super().__init__(theme)
        self.assessment = assessment
        self.changed = assessment.created
        self.progress: tuple[int, int] | None = None
        self._latest = latest
        self._moment = ""
        self._language: Language | None = None
        self._name = label(assessment.unit.name, "heading", wrap=True)
        self._demo = Badge(theme, "", "accent")
        if not assessment.demo:
            self._demo.hide()
        self._detail = label("", "muted", wrap=True)
        self._newer = ""
        self.edition_button = QPushButton()
        set_role(self.edition_button, "link")
        self.edition_button.hide()
        self.edition_button.clicked.connect(lambda _on=False: self.upgrading.emit(assessment.id))
        edition = QHBoxLayout()
        edition.addWidget(self.edition_button)
        edition.addStretch(1)
        self._line = ProgressLine(theme)
        self.open_button = QPushButton()
        if latest:
            set_role(self.open_button, "primary")
        self.open_button.clicked.connect(lambda _on=False: self.opening.emit(assessment.id))
        self.delete_button = QPushButton()
        set_role(self.delete_button, "quiet")
        self.delete_button.clicked.connect(lambda _on=False: self.deleting.emit(assessment.id))
        self._head = QHBoxLayout()
        self._head.addWidget(self._name, 1)
        self._head.addWidget(self._demo, 0, Qt.AlignmentFlag.AlignTop)
        ends = QWidget()
        self._ends = QHBoxLayout(ends)
        self._ends.setContentsMargins(0, 0, 0, 0)
        self._ends.addStretch(1)
        self._ends.addWidget(self.delete_button)
        self._ends.addWidget(self.open_button)
        foot = Columns(theme, 260)
        foot.add(self._line)
        foot.add(ends)
        self.body.addLayout(self._head)
        self.body.addWidget(self._detail)
        self.body.addLayout(edition)
        self.body.addWidget(foot)
        self.apply_theme(theme)

    @property
    def edition(self) -> str:
        """The edition of the questionnaire that the assessment goes by."""
        return self.assessment.questionnaire

    def offer_edition(self, newer: str) -> None:
        """Point to a newer edition of its questionnaire, "" for none."""
        self._newer = newer
        if not newer:
            self.edition_button.hide()

    def set_moment(self, changed: datetime, words: str) -> None:
        """Say when it was changed last."""
        self.changed, self._moment = changed, words

    def show_progress(self, done: int, total: int) -> None:
        """Show how many indicators are dealt with, of how many."""
        self.progress = (done, total)
        if self._language is not None:
            self._line.show_progress(
                done,
                max(total, 1),
                self._language.t("{done} of {total} answered", done=done, total=total),
            )

    def show_trouble(self, words: str) -> None:
        """Say in place of the progress that this one cannot be read."""
        self.progress = (0, 0)
        self._detail.setText(words)
        set_role(self._detail, "negative")

    def apply_theme(self, theme: Theme) -> None:
        """Follow the colours and the scale of spaces."""
        super().apply_theme(theme)
        if not hasattr(self, "_ends"):
            return
        self.body.setSpacing(theme.s)
        self._head.setSpacing(theme.s)
        self._ends.setSpacing(theme.s)
        self.delete_button.setIcon(theme.icon("trash", "muted", 18))
        side = theme.text_px(18)
        self.delete_button.setIconSize(QSize(side, side))

    def retranslate(self, language: Language) -> None:
        """Say everything in another language."""
        self._language = language
        t = language.t
        one = self.assessment
        self._demo.setText(t("Demo"))
        self._detail.setText(
            " · ".join(
                (
                    one.period,
                    t(UNIT_KINDS[one.unit.kind]),
                    one.questionnaire.replace("@", " "),
                    t("changed {when}", when=self._moment),
                )
            )
        )
        named = f"{one.unit.name}, {one.period}"
        words = t("Continue where you stopped") if self._latest else t("Open")
        self.open_button.setText(words)
        self.open_button.setAccessibleName(f"{words}: {named}")
        self.delete_button.setText(t("Delete"))
        self.delete_button.setAccessibleName(f"{t('Delete the assessment')}: {named}")
        self.delete_button.setToolTip(t("Delete the assessment"))
        newer = self._newer.replace("@", " ")
        words = t("A newer edition is here: {edition}. See what it changes…", edition=newer)
        self.edition_button.setText(words)
        self.edition_button.setAccessibleName(f"{words} {named}")
        self.edition_button.setVisible(bool(newer))
        self._line.bar.setAccessibleName(t("Progress"))
        if self.progress is None:
            self._line.show_progress(0, 1, "")
        else:
            self.show_progress(*self.progress)
