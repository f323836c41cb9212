"""Answers to what the edition in use does not ask: a list, and all that was said."""

from collections.abc import Iterator, Sequence

from PySide6.QtWidgets import QPlainTextEdit, QSplitter, QVBoxLayout, QWidget

from sat_desktop.domain.answers import State
from sat_desktop.domain.scores import rate_indicator
from sat_desktop.runtime.i18n import Language
from sat_desktop.runtime.names import STATES
from sat_desktop.services.dossier import Dossier
from sat_desktop.services.upgrading import Orphan
from sat_desktop.ui.models.listing import Line
from sat_desktop.ui.questionnaires.listing import Listing
from sat_desktop.ui.questionnaires.panel import Panel
from sat_desktop.ui.questionnaires.succession import titled
from sat_desktop.ui.theme import Theme
from sat_desktop.ui.widgets.containers import splitter
from sat_desktop.ui.widgets.text import label


class OrphansView(QWidget):
    """The view.

    Attributes:
        table: one row an answer: to what, whose, which.
        words: everything of the answer that the table stands on, to read and to copy.
    """

    def __init__(self, theme: Theme, language: Language, dossier: Dossier) -> None:
        super().__init__()
        self._language, self._dossier = language, dossier
        self._orphans: dict[str, Orphan] = {}
        t = language.t
        self.note = label("", "muted", wrap=True)
        heads = (t("Indicator"), t("Whose"), t("Answer"))
        self.table = Listing(theme, t("Answers outside the questionnaire"), heads)
        self.table.setMinimumHeight(theme.text_px(110))
        self.table.moved.connect(self._show_words)
        self.words = QPlainTextEdit()
        self.words.setReadOnly(True)
        self.words.setTabChangesFocus(True)
        self.words.setAccessibleName(t("The whole answer"))
        self.words.setMinimumHeight(theme.text_px(110))
        self._both: QSplitter = splitter(self.table, self.words, (1, 1))
        self._both.setSizes([500, 500])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.s, 0, 0)
        column.setSpacing(theme.s)
        column.addWidget(self.note)
        column.addWidget(self._both, 1)

    def show_orphans(self, orphans: Sequence[Orphan]) -> None:
        """Show other answers."""
        t = self._language.t
        self.note.setText(
            t(
                "These answers are kept and can be read, but they count in no result. They count "
                "again under an edition that asks for them."
            )
            if orphans
            else t("Every answer is to an indicator of the questionnaire.")
        )
        self._both.setVisible(bool(orphans))
        self._orphans = {f"{o.response}/{o.key}": o for o in orphans}
        code = self._language.code
        self.table.show_lines(
            [
                Line((titled(o.indicator, code) or o.key, self._whose(o), self._level(o)), key)
                for key, o in self._orphans.items()
            ]
        )

    def _whose(self, orphan: Orphan) -> str:
        for response in self._dossier.responses:
            if response.id == orphan.response and response.member is not None:
                return self._dossier.member(response.member).name
        return self._language.t("Agreed answer")

    def _level(self, orphan: Orphan) -> str:
        t = self._language.t
        if orphan.answer.state is not State.RATED or orphan.indicator is None:
            return t(STATES[orphan.answer.state])
        return t("level {level}", level=rate_indicator(orphan.indicator, orphan.answer).level)

    def _show_words(self, key: str) -> None:
        orphan = self._orphans.get(key)
        self.words.setPlainText("\n".join(self._said(orphan)) if orphan is not None else "")

    def _said(self, orphan: Orphan) -> Iterator[str]:
        t, code = self._language.t, self._language.code
        answer, indicator = orphan.answer, orphan.indicator
        yield titled(indicator, code) or orphan.key
        yield f"{self._whose(orphan)}: {self._level(orphan)}"
        if indicator is not None:
            yield ""
            yield indicator.question.get(code)
            for level in indicator.levels:
                for criterion in level.criteria:
                    sign = "✓" if criterion.id in answer.met else "–"
                    yield f"{sign} {criterion.text.get(code)}"
        for name, text in ((t("Reason"), answer.reason), (t("Note"), answer.note)):
            if text:
                yield ""
                yield f"{name}: {text}"
        if answer.evidence:
            yield ""
            yield f"{t('Evidence')}:"
            for proof in answer.evidence:
                yield " · ".join(x for x in (proof.title, proof.reference, proof.valid_until) if x)


class AnswersOutside(Panel):
    """The dialog of the open assessment's answers that are not asked for."""

    def __init__(
        self,
        theme: Theme,
        language: Language,
        parent: QWidget,
        dossier: Dossier,
        orphans: Sequence[Orphan],
    ) -> None:
        t = language.t
        super().__init__(
            theme,
            language,
            parent,
            t("Answers outside the questionnaire"),
            t("The assessment goes by {edition}.", edition=dossier.edition.edition),
        )
        self.view = OrphansView(theme, language, dossier)
        self.view.show_orphans(orphans)
        self.body.addWidget(self.view, 1)
        self.add_button(t("Close"), "", self.accept)
