"""The questionnaire page: the tree at the side, one indicator in the middle, keys for all of it.

It shows what the session holds and passes on what the user does. Whatever could not be
written is shown as it is stored again, except for a note being typed, which stays in its field.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final

from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QStackedWidget

from sat_desktop.charts.tiers import begun
from sat_desktop.domain.answers import State, ticks_lost
from sat_desktop.domain.coherence import find_incoherence
from sat_desktop.domain.gaps import Aim
from sat_desktop.domain.history import Change
from sat_desktop.domain.kinds import AIM, ANSWER
from sat_desktop.domain.questionnaire import Indicator
from sat_desktop.runtime.i18n import Language
from sat_desktop.services.answering import (
    clear_answer,
    last_answered,
    set_aim,
    set_confidence,
    set_evidence,
    set_level,
    set_not_applicable,
    set_note,
    set_to_discuss,
    tick_criterion,
)
from sat_desktop.ui.dialogs import DialogFrame
from sat_desktop.ui.gateway import Gateway
from sat_desktop.ui.messages import Message, Severity
from sat_desktop.ui.pages.page import Page, PageContext
from sat_desktop.ui.pages.questionnaire.answer import AnswerView
from sat_desktop.ui.pages.questionnaire.frame import QuestionnaireFrame
from sat_desktop.ui.pages.questionnaire.importing import Imports
from sat_desktop.ui.pages.questionnaire.keys import WITH_EXPLANATIONS, PageKeys, keys_of
from sat_desktop.ui.pages.questionnaire.reason import ask_reason
from sat_desktop.ui.pages.questionnaire.side import SidePanel
from sat_desktop.ui.session import AssessmentSession
from sat_desktop.ui.widgets.feedback import EmptyState

_FEW: Final = 50
"""Up to so many answers are shown row by row; more, the whole tree at once."""


class QuestionnairePage(Page):
    """Answering, indicator by indicator.

    Attributes:
        imports: answers taken over from files.
    """

    def __init__(self, context: PageContext, session: AssessmentSession, gateway: Gateway) -> None:
        super().__init__(context, fills=True)
        self._session, self._gateway = session, gateway
        self._key = ""
        self._loaded: object = None
        self._order: tuple[str, ...] = ()
        self._outdated = False
        self._behind = False
        self._ticks_to_go: tuple[str, int] | None = None
        self.sheet: DialogFrame | None = None
        self.imports = Imports(context, session, gateway, self)
        self.heading.hide()
        self.side = SidePanel(self.theme, self.language)
        self.view = AnswerView(self.theme, self.language)
        self.frame = QuestionnaireFrame(self.theme, self.side, self.view)
        self._empty = EmptyState(
            self.theme, "questionnaire", " ", " ", lambda: self.context.go_to("start", "")
        )
        self._stack = QStackedWidget()
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self.frame)
        self.body.addWidget(self._stack, 1)
        self._connect()
        self.keys = PageKeys(self, keys_of(self))

    # What the window asks

    @property
    def key(self) -> str:
        """The indicator shown, empty for none."""
        return self._key

    def refresh(self) -> None:
        """Override: show the present state, loading the tree where another assessment is open."""
        if not self._session.is_open or not self._session.dossier.questionnaire.indicators:
            self._loaded = None
            self._stack.setCurrentIndex(0)
            return
        if self._loaded is not self._session.dossier.questionnaire:
            self._load()
        elif self._behind:
            self._show_answers()
        self._behind = False
        self._stack.setCurrentIndex(1)
        self._show_all()

    def show_target(self, target: str) -> None:
        """Override: go to an indicator, with its explanations, or to the first one of a group."""
        if not self._session.is_open:
            return
        key = target.removesuffix(WITH_EXPLANATIONS)
        below = self.side.model.below(key)
        if below and below[0] not in self._order:
            self.side.search.clear()
            self.side.filter.setCurrentIndex(0)
            self.side.narrow()
        if below:
            self.go(below[0])
        if key != target:
            self.frame.open_aid(self.language)

    def flush(self) -> bool:
        """Have a note written that is being typed; tell whether nothing is left unwritten."""
        note = self.view.note
        if not note.unwritten or not self._key or not self._session.is_open:
            return True
        self._session.run(set_note, self._session.respondent, self._key, note.toPlainText())
        return not note.unwritten

    def hideEvent(self, event: QHideEvent) -> None:
        """Override: nothing typed is left behind, whether another page comes or the window goes."""
        super().hideEvent(event)
        self.flush()

    # Moving

    def go(self, key: str) -> None:
        """Show another indicator, once what was typed here is on the disk."""
        if key == self._key or not self.flush():
            self.side.stand_on(self._key)
            return
        self._key = key
        if self._outdated:
            self.side.narrow()
        self.side.stand_on(key)
        self._show_answer()
        self._show_place()

    def step(self, by: int) -> None:
        """Go on or back among the indicators that the filter lets through."""
        order = self._order
        if not order:
            return
        if self._key in order:
            place = order.index(self._key) + by
        else:
            place = 0 if by > 0 else len(order) - 1
        if 0 <= place < len(order):
            self.go(order[place])

    def go_to_end(self, place: int) -> None:
        """Go to the first (0) or the last (-1) indicator that the filter lets through."""
        if self._order:
            self.go(self._order[place])

    def go_to_unanswered(self) -> None:
        """Go to the next indicator without an answer, from the start again after the last."""
        keys = tuple(self._session.dossier.questionnaire.indicators)
        place = keys.index(self._key) + 1 if self._key in keys else 0
        for key in (*keys[place:], *keys[:place]):
            if self.side.model.mark(key).state is State.UNANSWERED:
                if key not in self._order:
                    self.show_target(key)
                else:
                    self.go(key)
                return
        self.context.messages.post(
            Message(
                self.language.t("Every indicator has an answer."), Severity.SUCCESS, key="complete"
            )
        )

    # Answering

    def choose_level(self, level: int) -> None:
        """Choose a level; say so where that takes ticks away."""
        indicator = self._indicator()
        if indicator is None or level > len(indicator.levels):
            return
        lost = len(ticks_lost(self._session.answer(self._key), indicator, level))
        self._ticks_to_go = (self._key, lost) if lost else None
        self._write(set_level, self._key, level)

    def toggle_discuss(self) -> None:
        """Set the flag, or take it away."""
        flag = not self._session.answer(self._key).to_discuss
        self._write(set_to_discuss, self._key, flag=flag)

    def toggle_aid(self) -> None:
        """Open the explanations beside the answer, or close them."""
        if self.frame.explaining:
            self.frame.close_aid()
        elif self._indicator() is not None:
            self.frame.open_aid(self.language)

    def ask_reason(self, key: str = "") -> None:
        """Ask why an indicator, or all of a branch, does not apply, and mark it so."""
        keys = self.side.model.below(key or self._key)
        if not keys or not self.flush():
            return

        def finished(reason: str | None) -> None:
            self.sheet = None
            if reason is not None:
                self._write(set_not_applicable, keys, reason)

        self.sheet = ask_reason(keys, self.context, self.language, self._session, finished)

    def answer_as(self, member: object) -> None:
        """Show and write the answers of a member, or the agreed ones for None."""
        if self.flush():
            self._session.respond_as(str(member) if member else None)
        self._show_members()

    def import_answers(self, path: Path | None = None) -> None:
        """Take answers over from a file, which is asked for unless it is given."""
        if not self._session.is_open or not self.flush():
            return
        self.imports.ask(path, self.language, self.window())

    # Showing

    def retranslate(self, language: Language) -> None:
        """Override: say everything in another language."""
        super().retranslate(language)
        t = language.t
        self._empty.set_words(
            t("Here you answer the questionnaire. Open an assessment or begin a new one first."),
            t("Go to the assessments"),
        )
        if self._loaded is not None:
            self._load(anew=True)

    def _space(self) -> None:
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(0)

    def _load(self, *, anew: bool = False) -> None:
        """Fill the tree: another assessment, another language."""
        dossier = self._session.dossier
        if dossier.questionnaire is not self._loaded:
            self.view.note.show_note("")
            self._key = ""
        self._loaded = dossier.questionnaire
        self.side.model.load(dossier.questionnaire, self._session.answers, self.language)
        self.side.use_levels(dossier.questionnaire.n)
        self.side.name_lowest(begun(dossier.questionnaire.below.get(self.language.code)))
        self._show_members()
        if self.side.search.text():
            # It searches other texts now.
            self.side.narrow()
        self._order = self.side.filtered.shown()
        if self._key not in dossier.questionnaire.indicators:
            stopped = last_answered(dossier, self._session.respondent)
            self._key = stopped or next(iter(dossier.questionnaire.indicators))
        self.side.unfold(self._key)
        indicator = self._indicator()
        if anew and indicator is not None:
            self.view.show_indicator(dossier.questionnaire, indicator, anew=True)
            self._show_all()

    def _show_members(self) -> None:
        if self._session.is_open:
            members = [(m.id, m.name) for m in self._session.dossier.members]
            self.side.show_members(members, self._session.respondent.member)

    def _show_all(self) -> None:
        self.side.stand_on(self._key)
        self.side.show_progress()
        self._show_answer()
        self._show_place()

    def _show_answer(self) -> None:
        indicator = self._indicator()
        if indicator is None:
            return
        dossier = self._session.dossier
        self.view.show_indicator(dossier.questionnaire, indicator)
        self.view.show_answer(
            dossier.questionnaire,
            indicator,
            self._session.answer(self._key),
            dossier.aim(self._key),
        )
        self.frame.explain(indicator, self.language)
        self.view.show_findings(
            [
                finding
                for finding in find_incoherence(dossier.questionnaire, self._session.answers)
                if self._key in finding.indicators
            ],
            dossier.questionnaire,
            self._key,
        )

    def _show_place(self) -> None:
        order = self._order
        place = order.index(self._key) if self._key in order else None
        self.frame.show_place(place, len(order), self.language)

    def _indicator(self) -> Indicator | None:
        if not self._session.is_open:
            return None
        return self._session.dossier.questionnaire.indicators.get(self._key)

    def _write(self, use_case: Callable[..., Change], *given: Any, **facts: Any) -> None:
        """Have something of the answers shown written."""
        if self._indicator() is not None:
            self._session.run(use_case, self._session.respondent, *given, **facts)

    # What has changed

    def _connect(self) -> None:
        session, view, side = self._session, self.view, self.side
        session.opened.connect(self._opened)
        session.respondent_changed.connect(self._respondent_changed)
        session.changed.connect(self._follow)
        session.failed.connect(lambda _error: self._show_stored())
        session.interrupting.connect(self.flush)
        view.cards.chosen.connect(self.choose_level)
        view.cards.ticked.connect(
            lambda criterion, met: self._write(tick_criterion, self._key, criterion, met=met)
        )
        view.not_applicable_asked.connect(self.ask_reason)
        view.clearing.connect(lambda: self._write(clear_answer, self._key))
        view.discussing.connect(lambda flag: self._write(set_to_discuss, self._key, flag=flag))
        view.sure.connect(lambda sure: self._write(set_confidence, self._key, sure))
        view.wanted.connect(self.show_target)
        view.note.writing.connect(self.flush)
        view.note.typed.connect(session.unwritten)
        view.evidence.changed.connect(lambda entries: self._write(set_evidence, self._key, entries))
        view.aim.changed.connect(self._write_aim)
        view.explaining.connect(lambda _on: self.toggle_aid())
        self.frame.explained.connect(self._aid_turned)
        side.search_in(lambda: session.searchable_texts(self.language.code))
        side.search.entered.connect(self._prepare_search)
        side.wanted.connect(self._go_from_tree)
        side.narrowed.connect(self._narrowed)
        side.answering_as.connect(self.answer_as)
        side.not_applicable_asked.connect(self.ask_reason)
        side.importing.connect(self.import_answers)
        self.frame.back.clicked.connect(lambda _on=False: self.step(-1))
        self.frame.forward.clicked.connect(lambda _on=False: self.step(1))
        self.frame.next_open.clicked.connect(lambda _on=False: self.go_to_unanswered())

    def _prepare_search(self) -> None:
        if self._session.is_open:
            self._session.searchable_texts(self.language.code)

    def _opened(self) -> None:
        # What was typed for another assessment has been written when this page was hidden.
        self._loaded = None
        self._key = ""
        self.view.note.show_note("")
        if self.isVisible():
            self.refresh()

    def _respondent_changed(self) -> None:
        if self._loaded is None:
            return
        self.view.note.show_note("")
        self.side.model.show_answers(self._session.answers)
        self._show_members()
        self._show_all()

    def _follow(self, change: Change) -> None:
        """Show what was written, where it is seen here; the rest when somebody looks."""
        note, lost = self.view.note, self._ticks_to_go
        self._ticks_to_go = None
        self.view.drop_notice()
        if self._loaded is not self._session.dossier.questionnaire:
            return
        if note.toPlainText() == self._session.answer(self._key).note:
            note.written(note.toPlainText())
        response = self._session.respondent.response
        keys = [i.key for i in change.items if i[:2] == (ANSWER.name, response)]
        if not self.isVisible():
            self._behind = self._behind or bool(keys)
            return
        if len(keys) > _FEW:
            self._show_answers()
        else:
            self._show_rows(keys)
        if keys or not change or change.touches(AIM.name, key=self._key):
            self._show_answer()
        if lost is not None and lost[0] == self._key:
            self._tell_lost(lost[1])

    def _show_stored(self) -> None:
        """Show what stands, after something was refused."""
        self._ticks_to_go = None
        if self.isVisible() and self._loaded is not None:
            self._show_answer()

    def _show_rows(self, keys: Sequence[str]) -> None:
        for key in keys:
            if self.side.model.show_answer(key, self._session.answer(key)):
                self._outdated = self.side.filtered.narrowed
                self.side.show_progress()

    def _show_answers(self) -> None:
        self.side.model.show_answers(self._session.answers)
        self._outdated = self.side.filtered.narrowed
        self.side.show_progress()

    def _tell_lost(self, ticks: int) -> None:
        words = self.language.n("{count} tick was removed.", "{count} ticks were removed.", ticks)
        undo = self.language.t("Undo")
        self.view.show_notice(Message(words, Severity.INFO, undo, self._session.undo))

    def _write_aim(self, aim: Aim) -> None:
        if self._indicator() is not None:
            self._session.run(set_aim, self._key, aim)

    def _aid_turned(self, open_: bool) -> None:
        self.view.explain.setChecked(open_)
        indicator = self._indicator()
        if indicator is not None:
            self.frame.explain(indicator, self.language)

    def _go_from_tree(self, key: str) -> None:
        if self.side.model.is_indicator(key):
            self.go(key)

    def _narrowed(self) -> None:
        self._outdated = False
        self._order = self.side.filtered.shown()
        self.side.stand_on(self._key)
        self._show_place()
