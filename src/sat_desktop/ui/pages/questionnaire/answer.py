"""One indicator with its answer: shows what it is told, reports what the user does."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from sat_desktop.domain.answers import Answer, State
from sat_desktop.domain.coherence import Incoherence
from sat_desktop.domain.gaps import Aim
from sat_desktop.domain.questionnaire import Indicator, Questionnaire
from sat_desktop.runtime.i18n import Language
from sat_desktop.ui.messages import Message
from sat_desktop.ui.pages.questionnaire.evidence import EvidenceList
from sat_desktop.ui.pages.questionnaire.extras import AimRow
from sat_desktop.ui.pages.questionnaire.note import NoteEdit
from sat_desktop.ui.pages.questionnaire.words import cards_of, verdict_of
from sat_desktop.ui.theme import Theme, set_role
from sat_desktop.ui.widgets.calm import SteadyCombo
from sat_desktop.ui.widgets.containers import Columns, FlowLayout, ScrollColumn
from sat_desktop.ui.widgets.feedback import Banner
from sat_desktop.ui.widgets.levels import LevelCards
from sat_desktop.ui.widgets.text import Badge, label

if TYPE_CHECKING:
    from sat_desktop.ui.widgets.coherence import CoherenceNotes

_SURENESS: Final = (None, 1, 2, 3)


class AnswerView(ScrollColumn):
    """The middle of the questionnaire page.

    Signals:
        not_applicable_asked(): the user wants to mark the indicator not applicable.
        clearing(): the user wants it unanswered.
        discussing(bool): the user sets or takes away the flag.
        wanted(str): the user wants to see the answer to another indicator.
        explaining(bool): the user opens the explanations, or closes them.
        sure(object): the user says how sure the answer is (int or None).
    """

    not_applicable_asked = Signal()
    clearing = Signal()
    discussing = Signal(bool)
    wanted = Signal(str)
    explaining = Signal(bool)
    sure = Signal(object)

    def __init__(self, theme: Theme, language: Language) -> None:
        # Before the base class, which spreads its theme at once.
        self._made = False
        super().__init__(theme, 1080)
        self._theme, self._language = theme, language
        self._shown: tuple[str, str] = ("", "")
        self._notice: Banner | None = None
        self._path = label("", "caption", wrap=True)
        self._name = label("", "title", wrap=True)
        self._question = label("", wrap=True)
        self.explain = self._button(self.explaining.emit)
        self.explain.setCheckable(True)
        set_role(self.explain, "toggle")
        self.cards = LevelCards(theme)
        self._notices = QVBoxLayout()
        self.coherence: CoherenceNotes | None = None
        self._badge = Badge(theme, "")
        self._verdict = label("", "strong", wrap=True)
        self._lacking = label("", "muted", wrap=True)
        self.discuss = self._button(self.discussing.emit)
        self.discuss.setCheckable(True)
        set_role(self.discuss, "toggle")
        self.mark_not_applicable = self._button(lambda _on: self.not_applicable_asked.emit())
        self.clear = self._button(lambda _on: self.clearing.emit())
        self.confidence = SteadyCombo()
        for degree in _SURENESS:
            self.confidence.addItem("", degree)
        self.confidence.activated.connect(
            lambda _place: self.sure.emit(self.confidence.currentData())
        )
        self._sureness = label("", "strong")
        self._sureness.setBuddy(self.confidence)
        self.note = NoteEdit(theme)
        self._note_name = label("", "strong")
        self._note_name.setBuddy(self.note)
        self.evidence = EvidenceList(theme, language)
        self.aim = AimRow(theme, language)
        self._lay_out()
        self._made = True
        self.apply_theme(theme)
        self.retranslate(language)

    # What the page tells

    def show_indicator(
        self, questionnaire: Questionnaire, indicator: Indicator, *, anew: bool = False
    ) -> None:
        """Show what is asked; `anew` even if it is shown already (another language)."""
        shown = (questionnaire.edition, indicator.id)
        if shown == self._shown and not anew:
            return
        code = self._language.code
        if shown[0] != self._shown[0] or anew:
            self.aim.show_levels(questionnaire, self._language)
        same = shown == self._shown
        self._shown = shown
        names = (
            questionnaire.nodes[key].name.get(code) for key in questionnaire.path[indicator.id]
        )
        self._path.setText(" › ".join(names))
        self._name.setText(f"{indicator.code} {indicator.name.get(code)}")
        self._question.setText(indicator.question.get(code))
        # The keyboard stays with the cards: the next field would take digits for typing.
        focused = self.cards.isAncestorOf(QApplication.focusWidget() or self)
        if focused:
            self.cards.setFocus()
        self.cards.set_levels(
            cards_of(questionnaire, indicator, self._language), len(indicator.levels)
        )
        if focused:
            self.cards.cards[0].radio.setFocus()
        self.drop_notice()
        if not same:
            self.verticalScrollBar().setValue(0)

    def show_answer(
        self, questionnaire: Questionnaire, indicator: Indicator, answer: Answer, aim: Aim
    ) -> None:
        """Show the answer as it is stored, but for a note that is being typed."""
        verdict = verdict_of(questionnaire, indicator, answer, self._language)
        t = self._language.t
        self.cards.show_state(verdict.level, answer.met)
        if verdict.level is not None:
            self._badge.setText(t("Level {level}", level=verdict.level))
            self._badge.set_level(verdict.level, len(indicator.levels))
        else:
            not_applicable = answer.state is State.NOT_APPLICABLE
            self._badge.setText(t("Not applicable") if not_applicable else t("Unanswered"))
            self._badge.set_tone("accent" if not_applicable else "neutral")
        self._verdict.setText(verdict.sentence)
        lines = [f"• {words}" for words in verdict.lacking]
        if lines:
            lines.insert(0, t("Level {level} still needs:", level=(verdict.level or 0) + 1))
        if verdict.remark:
            lines.append(verdict.remark)
        self._lacking.setText("\n".join(lines))
        self._lacking.setVisible(bool(lines))
        self.discuss.setChecked(answer.to_discuss)
        self.clear.setEnabled(answer.state is not State.UNANSWERED)
        self.confidence.setCurrentIndex(_SURENESS.index(answer.confidence))
        if not self.note.unwritten:
            self.note.show_note(answer.note)
        self.evidence.show_entries(answer.evidence)
        self.aim.show_aim(aim)

    def show_findings(
        self, findings: Sequence[Incoherence], questionnaire: Questionnaire, here: str
    ) -> None:
        """Show what does not fit the answer, above the cards; made when there is some first."""
        if self.coherence is None:
            if not findings:
                return
            from sat_desktop.ui.widgets.coherence import CoherenceNotes

            self.coherence = CoherenceNotes(self._theme)
            self.coherence.wanted.connect(self.wanted)
            self._notices.addWidget(self.coherence)
        self.coherence.show_findings(findings, questionnaire, self._language, here)

    def show_notice(self, message: Message) -> None:
        """Say something about the last change, above the cards, until the next one."""
        self.drop_notice()
        notice = Banner(self._theme, self._language, message)
        notice.closed.connect(self.drop_notice)
        self._notice = notice
        self._notices.addWidget(notice)

    def drop_notice(self) -> None:
        """Say it no longer."""
        notice, self._notice = self._notice, None
        if notice is not None:
            self._notices.removeWidget(notice)
            notice.hide()
            notice.deleteLater()

    @property
    def notice(self) -> Banner | None:
        """What is said about the last change now."""
        return self._notice

    # Looks

    def apply_theme(self, theme: Theme) -> None:
        """Follow the colours and the scale of spaces."""
        super().apply_theme(theme)
        if not self._made:
            return
        self._theme = theme
        self.body.setSpacing(theme.m)
        self._frame.setContentsMargins(theme.l, theme.l, theme.xl, theme.l)
        self._tools.setSpacing(theme.s)
        self._result.setSpacing(theme.s)
        self._top.setSpacing(theme.l)
        side = theme.text_px(16)
        for button, icon in (
            (self.discuss, "flag"),
            (self.mark_not_applicable, "not-applicable"),
            (self.clear, "undo"),
            (self.explain, "help"),
        ):
            button.setIcon(theme.icon(icon, "text", 16))
            button.setIconSize(QSize(side, side))

    def retranslate(self, language: Language) -> None:
        """Say its own words in another language; the page shows the indicator anew."""
        self._language = language
        t = language.t
        for button, words, keys in (
            (self.discuss, t("To discuss"), "D"),
            (self.mark_not_applicable, t("Not applicable…"), "N"),
            (self.clear, t("Clear"), ""),
            (self.explain, t("Explanations"), "H, F1"),
        ):
            button.setText(words)
            button.setToolTip(f"{words} ({keys})" if keys else t("Make it unanswered again"))
        self._sureness.setText(t("How sure"))
        self.confidence.setAccessibleName(t("How sure"))
        degrees = (t("not said"), t("1 · a guess"), t("2 · fairly sure"), t("3 · sure"))
        for place, words in enumerate(degrees):
            self.confidence.setItemText(place, words)
        self._note_name.setText(t("Note"))
        self.note.setAccessibleName(t("Note"))
        self.note.setPlaceholderText(t("Saved by itself as you type."))

    def _button(self, act: Callable[[bool], None]) -> QPushButton:
        button = QPushButton()
        # Connected directly, the `emit` of a signal would be called without what it is to say.
        button.clicked.connect(lambda on=False: act(on))
        return button

    def _lay_out(self) -> None:
        tools = QWidget()
        self._tools = FlowLayout(tools)
        for button in (self.discuss, self.mark_not_applicable, self.clear):
            self._tools.addWidget(button)
        self._result = QHBoxLayout()
        self._result.addWidget(self._badge, 0, Qt.AlignmentFlag.AlignTop)
        self._result.addWidget(self._verdict, 1)
        note = QWidget()
        column = QVBoxLayout(note)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._note_name)
        column.addWidget(self.note)
        column.addStretch(1)
        right = QWidget()
        beside = QVBoxLayout(right)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.addWidget(self.evidence)
        beside.addWidget(self._sureness)
        beside.addWidget(self.confidence)
        beside.addStretch(1)
        pair = Columns(self._theme, 330)
        pair.add(note)
        pair.add(right)
        head = QVBoxLayout()
        head.setSpacing(2)
        for words in (self._path, self._name, self._question):
            set_role(words, str(words.property("role")))
            head.addWidget(words)
        self._top = QHBoxLayout()
        self._top.addLayout(head, 1)
        self._top.addWidget(self.explain, 0, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(self._top)
        # The result stands above the cards: it is seen without scrolling while one ticks.
        self.body.addLayout(self._result)
        self.body.addLayout(self._notices)
        self.body.addWidget(self.cards)
        self.body.addWidget(self._lacking)
        self.body.addWidget(tools)
        self.body.addWidget(pair)
        self.body.addWidget(self.aim)
        self.body.addStretch(1)
