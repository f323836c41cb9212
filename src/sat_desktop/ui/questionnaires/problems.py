"""What is wrong with a questionnaire outside the workspace: every problem, every remark, to copy."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

from sat_desktop.errors import Problem, SatError
from sat_desktop.runtime.i18n import Language
from sat_desktop.runtime.wording import describe, describe_problem
from sat_desktop.ui.gateway import Checked
from sat_desktop.ui.models.listing import Line
from sat_desktop.ui.questionnaires.listing import Listing
from sat_desktop.ui.questionnaires.panel import Panel
from sat_desktop.ui.theme import Theme


class Problems(Panel):
    """The list.

    Attributes:
        table: one row a problem: kind, place, what is wrong.
    """

    def __init__(
        self,
        theme: Theme,
        language: Language,
        parent: QWidget,
        title: str,
        sentence: str,
        problems: Iterable[Problem],
        remarks: Iterable[Problem] = (),
    ) -> None:
        super().__init__(theme, language, parent, title, sentence)
        t = language.t
        heads = (t("Kind"), t("Place"), t("What is wrong"))
        self.table = Listing(theme, t("What is wrong"), heads, elastic=2, wrapped=True)
        self.table.setMinimumHeight(theme.text_px(150))
        self.body.addWidget(self.table, 1)
        self.copy_button = self.add_button(t("Copy all"), "", self._copy)
        self.close_button = self.add_button(t("Close"), "", self.accept)
        lines = (
            *_lines(problems, t("Problem"), theme, "error", "negative", language),
            *_lines(remarks, t("Remark"), theme, "warning", "warning", language),
        )
        self.table.show_lines(lines)
        self.table.setVisible(bool(lines))
        if not lines:
            self.copy_button.hide()
            self.body.addStretch(1)
            self.resize(self.size().boundedTo(QSize(theme.text_px(680), theme.text_px(230))))
            self.close_button.setFocus()

    def _copy(self) -> None:
        self.table.copy(everything=True)
        self.show_news(self.language.t("All of it is on the clipboard."))


def of_check(
    theme: Theme, language: Language, parent: QWidget, name: str, checked: Checked
) -> Problems:
    """Return the list for what `Gateway.check_questionnaire` found in a file or folder."""
    title = language.t("Check of {name}", name=name)
    sentence = " ".join(_verdict(checked, language))
    return Problems(theme, language, parent, title, sentence, checked.problems, checked.remarks)


def of_error(
    theme: Theme, language: Language, parent: QWidget, title: str, error: SatError
) -> Problems:
    """Return the list for something that was refused; the sentence says that nothing was changed."""
    sentence = describe(error, language).split("\n")[0]
    return Problems(theme, language, parent, title, sentence, error.problems)


def _verdict(checked: Checked, language: Language) -> Iterator[str]:
    found = checked.questionnaire
    if found is None:
        count = len(checked.problems)
        yield language.n(
            "{count} problem has to be mended before it can be imported.",
            "{count} problems have to be mended before it can be imported.",
            count,
        )
    else:
        yield language.t(
            "{edition} can be imported: indicators {indicators}, criteria {criteria}.",
            edition=found.edition,
            indicators=len(found.indicators),
            criteria=len(found.indicator_of_criterion),
        )
    if checked.remarks:
        yield language.n(
            "{count} remark on the text does not prevent it.",
            "{count} remarks on the text do not prevent it.",
            len(checked.remarks),
        )
    elif found is not None:
        yield language.t("The text leaves nothing to remark on.")


def _lines(
    problems: Iterable[Problem],
    kind: str,
    theme: Theme,
    icon: str,
    tone: str,
    language: Language,
) -> Iterator[Line]:
    for problem in problems:
        words = describe_problem(replace(problem, where=""), language)
        yield Line((kind, problem.where, words), icon=theme.icon(icon, tone, 16))
