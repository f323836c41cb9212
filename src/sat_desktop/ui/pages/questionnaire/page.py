"""The questionnaire page: the tree at the side, one indicator in the middle, keys for all of it.

It shows what `CurrentAssessment` holds and passes on what the user does. Whatever could not be
written is shown as it is stored again, except for a note being typed, which stays in its field.
"""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QStackedWidget

from sat_desktop.charts.tiers import begun
from sat_desktop.domain.answers import ItemKind, State, ticks_lost
from sat_desktop.domain.questionnaire import Indicator
from sat_desktop.errors import SatError
from sat_desktop.runtime.i18n import Language
from sat_desktop.ui.current import CurrentAssessment
from sat_desktop.ui.dialogs import DialogFrame
from sat_desktop.ui.gateway import Gateway
from sat_desktop.ui.messages import Message, Severity
from sat_desktop.ui.pages.page import Page, PageContext
from sat_desktop.ui.pages.questionnaire.answer import AnswerView
from sat_desktop.ui.pages.questionnaire.frame import QuestionnaireFrame
from sat_desktop.ui.pages.questionnaire.importing import import_from
from sat_desktop.ui.pages.questionnaire.keys import WITH_EXPLANATIONS, PageKeys
from sat_desktop.ui.pages.questionnaire.reason import ask_reason
from sat_desktop.ui.pages.questionnaire.side import SidePanel
from sat_desktop.ui.widgets.feedback import EmptyState


class QuestionnairePage(Page):
    """Answering, indicator by indicator."""

    def __init__(self, context: PageContext, current: CurrentAssessment, gateway: Gateway) -> None:
        super().__init__(context, fills=True)
        self._current, self._gateway = current, gateway
        self._key = ""
        self._loaded: object = None
        self._order: tuple[str, ...] = ()
        self._outdated = False
        self.sheet: DialogFrame | None = None
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
        self.keys = PageKeys(self, self._keys())

    # What the window asks

    @property
    def key(self) -> str:
        """The indicator shown, empty for none."""
        return self._key

    def refresh(self) -> None:
        """Override: show the present state, loading the tree where another assessment is open."""
        if not self._current.is_open or not self._current.dossier.questionnaire.indicators:
            self._loaded = None
            self._stack.setCurrentIndex(0)
            return
        if self._loaded is not self._current.dossier:
            self._load()
        self._stack.setCurrentIndex(1)
        self._show_all()

    def show_target(self, target: str) -> None:
        """Override: go to an indicator, with its explanations, or to the first one of a group."""
        if not self._current.is_open:
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
        """Write a note that is being typed; tell whether nothing is left unwritten."""
        note = self.view.note
        if not note.unwritten or not self._key or not self._current.is_open:
            return True
        text = note.toPlainText()
        if not self._current.set_note(self._key, text):
            return False
        note.written(text)
        return True

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

    def go_to_unanswered(self) -> None:
        """Go to the next indicator without an answer, from the start again after the last."""
        keys = tuple(self._current.dossier.questionnaire.indicators)
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
        lost = len(ticks_lost(self._current.answer(self._key), indicator, level))
        if not self._act(lambda: self._current.choose_level(self._key, level)) or not lost:
            return
        words = self.language.n("{count} tick was removed.", "{count} ticks were removed.", lost)
        self.view.show_notice(Message(words, Severity.INFO, self.language.t("Undo"), self._undo))

    def _undo(self) -> None:
        self._current.undo()

    def toggle_discuss(self) -> None:
        """Set the flag, or take it away."""
        flag = not self._current.answer(self._key).to_discuss
        self._act(lambda: self._current.set_to_discuss(self._key, flag=flag))

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
                self._act(lambda: self._current.set_not_applicable(keys, reason))

        self.sheet = ask_reason(keys, self.context, self.language, self._current, finished)

    def answer_as(self, member: object) -> None:
        """Show and write the answers of a member, or the agreed ones for None."""
        if self.flush():
            try:
                self._current.respond_as(str(member) if member else None)
            except SatError as error:
                self._current.failed.emit(error)
        self._show_members()

    def import_answers(self, path: Path | None = None) -> None:
        """Take answers over from a file, which is asked for unless it is given."""
        if not self._current.is_open or not self.flush():
            return
        import_from(path, self.context, self.language, self._current, self._gateway, self.window())

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
        dossier = self._current.dossier
        if dossier is not self._loaded:
            self.view.note.show_note("")
            self._key = ""
        self._loaded = dossier
        self.side.model.load(dossier.questionnaire, self._current.answers(), self.language)
        self.side.use_levels(dossier.questionnaire.n)
        self.side.name_lowest(begun(dossier.questionnaire.below.get(self.language.code)))
        self._show_members()
        if self.side.search.text():
            # It searches other texts now.
            self.side.narrow()
        self._order = self.side.filtered.shown()
        if self._key not in dossier.questionnaire.indicators:
            self._key = self._stopped_at()
        self.side.unfold(self._key)
        indicator = self._indicator()
        if anew and indicator is not None:
            self.view.show_indicator(dossier.questionnaire, indicator, anew=True)
            self._show_all()

    def _stopped_at(self) -> str:
        """Return the indicator answered last, the first one where nothing is answered."""
        dossier, response = self._current.dossier, self._current.respondent.response
        asked = dossier.questionnaire.indicators
        written = [
            (heads[-1].at, item.key)
            for item, heads in dossier.heads.items()
            if item.kind is ItemKind.ANSWER and item.scope == response and item.key in asked
        ]
        # An import or the demo writes everything at one moment: then the first one is as good.
        latest = max((at for at, _key in written), default=None)
        last = {key for at, key in written if at == latest}
        return next((key for key in asked if key in last), next(iter(asked)))

    def _show_members(self) -> None:
        if self._current.is_open:
            members = [(m.id, m.name) for m in self._current.dossier.members]
            self.side.show_members(members, self._current.shown_member)

    def _show_all(self) -> None:
        self.side.stand_on(self._key)
        self.side.show_progress()
        self._show_answer()
        self._show_place()

    def _show_answer(self) -> None:
        indicator = self._indicator()
        if indicator is None:
            return
        dossier = self._current.dossier
        self.view.show_indicator(dossier.questionnaire, indicator)
        self.view.show_answer(
            dossier.questionnaire,
            indicator,
            self._current.answer(self._key),
            dossier.aim(self._key),
        )
        self.frame.explain(indicator, self.language)
        self.view.show_findings(
            [f for f in self._current.incoherence() if self._key in f.indicators],
            dossier.questionnaire,
            self._key,
        )

    def _show_place(self) -> None:
        order = self._order
        place = order.index(self._key) if self._key in order else None
        self.frame.show_place(place, len(order), self.language)

    def _indicator(self) -> Indicator | None:
        if not self._current.is_open:
            return None
        return self._current.dossier.questionnaire.indicators.get(self._key)

    def _act(self, act: Callable[[], bool]) -> bool:
        """Do something to the answer; show it as it is stored where that failed."""
        if self._indicator() is None:
            return False
        done = act()
        if not done:
            self._show_answer()
        return done

    # What has changed

    def _connect(self) -> None:
        current, view, side = self._current, self.view, self.side
        current.opened.connect(self._opened)
        current.respondent_changed.connect(self._respondent_changed)
        current.answer_changed.connect(self._answer_changed)
        current.answers_changed.connect(self._answers_changed)
        current.results_changed.connect(self._aim_changed)
        current.saved.connect(lambda _when: view.drop_notice())
        view.cards.chosen.connect(self.choose_level)
        view.cards.ticked.connect(
            lambda criterion, met: self._act(lambda: current.tick(self._key, criterion, met=met))
        )
        view.not_applicable_asked.connect(self.ask_reason)
        view.clearing.connect(lambda: self._act(lambda: current.clear(self._key)))
        view.discussing.connect(
            lambda flag: self._act(lambda: current.set_to_discuss(self._key, flag=flag))
        )
        view.sure.connect(lambda sure: self._act(lambda: current.set_confidence(self._key, sure)))
        view.wanted.connect(self.show_target)
        view.note.writing.connect(self.flush)
        view.note.typed.connect(self._current.unwritten)
        view.evidence.changed.connect(
            lambda entries: self._act(lambda: current.set_evidence(self._key, entries))
        )
        view.aim.changed.connect(lambda aim: self._act(lambda: current.set_aim(self._key, aim)))
        view.explaining.connect(lambda _on: self.toggle_aid())
        self.frame.explained.connect(self._aid_turned)
        side.search_in(lambda: current.searchable_texts(self.language.code))
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
        if self._current.is_open:
            self._current.searchable_texts(self.language.code)

    def _keys(self) -> dict[str, Callable[[], None]]:
        def edge(place: int) -> Callable[[], None]:
            return lambda: self.go(self._order[place]) if self._order else None

        keys: dict[str, Callable[[], None]] = {
            str(level): partial(self.choose_level, level) for level in range(10)
        }
        return keys | {
            "N": self.ask_reason,
            "D": self.toggle_discuss,
            "H": self.toggle_aid,
            "F1": self.toggle_aid,
            "Esc": self.frame.close_aid,
            "Left": lambda: self.step(-1),
            "Right": lambda: self.step(1),
            "PgUp": lambda: self.step(-1),
            "PgDown": lambda: self.step(1),
            "Home": edge(0),
            "End": edge(-1),
            "Ctrl+Return": self.go_to_unanswered,
            "Ctrl+Enter": self.go_to_unanswered,
        }

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
        self.side.model.show_answers(self._current.answers())
        self._show_members()
        self._show_all()

    def _answer_changed(self, key: str) -> None:
        if self._loaded is None:
            return
        if self.side.model.show_answer(key, self._current.answer(key)):
            self._outdated = self.side.filtered.narrowed
            self.side.show_progress()
        if key == self._key:
            self._show_answer()

    def _answers_changed(self) -> None:
        if self._loaded is None:
            return
        if self._loaded is not self._current.dossier:
            self._loaded = None
            self.refresh()
            return
        self.side.model.show_answers(self._current.answers())
        self._outdated = self.side.filtered.narrowed
        self._show_all()

    def _aim_changed(self) -> None:
        if self._loaded is self._current.dossier and self._indicator() is not None:
            self.view.aim.show_aim(self._current.dossier.aim(self._key))

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
