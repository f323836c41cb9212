"""Answers that sit oddly together, each with the question to ask and a way to every answer."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from sat_desktop.domain.coherence import Incoherence
from sat_desktop.domain.questionnaire import Questionnaire
from sat_desktop.runtime.i18n import Language
from sat_desktop.ui.theme import Theme, set_role
from sat_desktop.ui.widgets.containers import Card, FlowLayout
from sat_desktop.ui.widgets.text import label


class CoherenceNotes(QWidget):
    """One card for each finding; nothing at all where there is none.

    Attributes:
        links: the buttons that lead to the answers, by rule and indicator id.

    Signals:
        wanted(str): the user wants to see the answer to an indicator.
    """

    wanted = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._shown: tuple[object, ...] = ()
        self._cards: list[QWidget] = []
        self._icons: list[QLabel] = []
        self.links: dict[tuple[str, str], QPushButton] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self.hide()

    def show_findings(
        self,
        findings: Sequence[Incoherence],
        questionnaire: Questionnaire,
        language: Language,
        here: str = "",
    ) -> None:
        """Show findings; an indicator that is on the screen already (`here`) has no button."""
        wanted = (tuple(findings), questionnaire.edition, language.code, here)
        if wanted == self._shown:
            return
        self._shown = wanted
        for card in self._cards:
            self._column.removeWidget(card)
            card.hide()
            card.deleteLater()
        self._icons, self.links = [], {}
        self._cards = [self._card(f, questionnaire, language, here) for f in findings]
        for card in self._cards:
            self._column.addWidget(card)
        self.apply_theme(self._theme)
        self.setVisible(bool(findings))

    def apply_theme(self, theme: Theme) -> None:
        """Follow the colours and the scale of spaces."""
        self._theme = theme
        self._column.setSpacing(theme.s)
        side = theme.text_px(20)
        for icon in self._icons:
            icon.setPixmap(theme.icon("warning", "warning").pixmap(QSize(side, side)))

    def _card(
        self, finding: Incoherence, questionnaire: Questionnaire, language: Language, here: str
    ) -> QWidget:
        card = Card(self._theme)
        icon = QLabel()
        self._icons.append(icon)
        head = QHBoxLayout()
        head.addWidget(icon)
        head.addWidget(label(language.t("Answers that sit oddly together"), "strong"), 1)
        card.body.addLayout(head)
        text = label(finding.rule.text.get(language.code), wrap=True)
        card.body.addWidget(text)
        ways = QWidget()
        row = FlowLayout(ways)
        for key, level in finding.levels:
            if key == here:
                continue
            indicator = questionnaire.indicators[key]
            words = language.t(
                "{code} {name} (level {level})",
                code=indicator.code,
                name=indicator.name.get(language.code),
                level=level,
            )
            button = QPushButton(words.replace("&", "&&"))
            set_role(button, "link")
            button.setAccessibleName(language.t("Go to the answer: {name}", name=words))
            button.clicked.connect(partial(self._ask, key))
            row.addWidget(button)
            self.links[finding.rule.id, key] = button
        card.body.addWidget(ways)
        return card

    def _ask(self, key: str, _checked: bool = False) -> None:
        self.wanted.emit(key)
