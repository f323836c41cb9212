"""Two editions of the workspace compared."""

from collections.abc import Sequence

from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from sat_desktop.domain.questionnaire import Questionnaire
from sat_desktop.domain.succession import compare
from sat_desktop.runtime.i18n import Language
from sat_desktop.ui.questionnaires.panel import Panel, caption
from sat_desktop.ui.questionnaires.shelf import name_of
from sat_desktop.ui.questionnaires.succession import SuccessionView
from sat_desktop.ui.theme import Theme
from sat_desktop.ui.widgets.calm import SteadyCombo
from sat_desktop.ui.widgets.containers import Columns


class Comparison(Panel):
    """The dialog.

    Attributes:
        old, new: which editions are compared.
        view: what became of everything.
    """

    def __init__(
        self,
        theme: Theme,
        language: Language,
        parent: QWidget,
        stored: Sequence[Questionnaire],
        chosen: Questionnaire,
    ) -> None:
        t = language.t
        super().__init__(
            theme,
            language,
            parent,
            t("Compare two editions"),
            t("Ids decide what is the same indicator or criterion, wording never."),
        )
        self._stored = {q.edition: q for q in stored}
        self.old, self.new = SteadyCombo(), SteadyCombo()
        row = Columns(theme, 260)
        for words, field in ((t("From"), self.old), (t("To"), self.new)):
            field.setSizeAdjustPolicy(
                QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            )
            for edition, questionnaire in self._stored.items():
                field.addItem(name_of(questionnaire, language.code), edition)
            cell = QWidget()
            column = QVBoxLayout(cell)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(theme.xs)
            column.addWidget(caption(words, field))
            column.addWidget(field)
            row.add(cell)
        self.view = SuccessionView(theme, language)
        self.body.addWidget(row)
        self.body.addWidget(self.view, 1)
        self.add_button(t("Close"), "", self.accept)
        first, second = self._pair(chosen)
        self.old.setCurrentIndex(self.old.findData(first))
        self.new.setCurrentIndex(self.new.findData(second))
        self.old.currentIndexChanged.connect(lambda _place: self._compare())
        self.new.currentIndexChanged.connect(lambda _place: self._compare())
        self._compare()

    def _pair(self, chosen: Questionnaire) -> tuple[str, str]:
        """Return the edition chosen with the one before it, or after it where it is the first."""
        family = [e for e, q in self._stored.items() if q.id == chosen.id]
        place = family.index(chosen.edition)
        if place + 1 < len(family):
            return family[place + 1], chosen.edition
        if place:
            return chosen.edition, family[place - 1]
        return chosen.edition, next(e for e in self._stored if e != chosen.edition)

    def _compare(self) -> None:
        old, new = (self._stored[str(f.currentData())] for f in (self.old, self.new))
        self.view.show_succession(compare(old, new), old, new)
