"""The assessment that the window works on: one object between pages and use cases.

Pages call its methods and listen to its signals; it decides nothing. Every change is on disk when
the call returns; what fails is told through `failed`, and the dossier stays as it was. The window
makes it before its first paint, so the use cases are imported where they are called.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from sat_desktop.errors import SatError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import datetime

    from sat_desktop.domain.answers import Answer, Change, Evidence, Item
    from sat_desktop.domain.coherence import Incoherence
    from sat_desktop.domain.completeness import Finding
    from sat_desktop.domain.gaps import Aim
    from sat_desktop.domain.plan import (
        Action,
        Chapter,
        DevelopmentPlan,
        Goal,
        Plan,
        Risk,
        Undertaking,
    )
    from sat_desktop.domain.questionnaire import Group
    from sat_desktop.domain.scores import Scores
    from sat_desktop.services.answering import Respondent
    from sat_desktop.services.derived import Results
    from sat_desktop.services.dossier import Dossier
    from sat_desktop.services.ports import GivenAnswer, Workspace
    from sat_desktop.services.searching import SearchIndex
    from sat_desktop.ui.searching import Searching


class CurrentAssessment(QObject):
    """The open assessment, or none.

    Signals:
        opened(): another assessment is open now (or none), or this one by another edition.
        respondent_changed(): answers of another response are shown and written.
        answer_changed(str): the answer to an indicator changed, in the response shown.
        answers_changed(): several answers may have changed (undo, import).
        results_changed(): numbers may have changed: answers or aims.
        plan_changed(): the plan may have changed.
        history_changed(): what undo and redo would do has changed.
        saved(datetime): everything is on disk, at this time (UTC).
        unwritten(bool): somebody is typing what is not on disk yet (true), or took it back.
        search_ready(): the search index that was asked for can be had now.
        failed(SatError): something could not be done; nothing was changed.
    """

    opened = Signal()
    respondent_changed = Signal()
    answer_changed = Signal(str)
    answers_changed = Signal()
    results_changed = Signal()
    plan_changed = Signal()
    history_changed = Signal()
    saved = Signal(object)
    unwritten = Signal(bool)
    search_ready = Signal()
    failed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace: Workspace | None = None
        self._dossier: Dossier | None = None
        self._respondent: Respondent | None = None
        self._results: Results | None = None
        self._searching: Searching | None = None

    # What is open

    @property
    def is_open(self) -> bool:
        """Whether there is an assessment."""
        return self._dossier is not None

    @property
    def dossier(self) -> Dossier:
        """The open assessment; asking for it when there is none is a mistake of the caller."""
        if self._dossier is None:
            raise LookupError("no assessment is open")
        return self._dossier

    @property
    def workspace(self) -> Workspace:
        """The workspace that the assessment lies in."""
        if self._workspace is None:
            raise LookupError("no workspace is open")
        return self._workspace

    @property
    def respondent(self) -> Respondent:
        """Whose answers are shown and written."""
        if self._respondent is None:
            from sat_desktop.services.answering import Respondent

            self._respondent = Respondent("")
        return self._respondent

    def open(self, workspace: Workspace, assessment: str) -> bool:
        """Open an assessment by id, showing the agreed answers; tell whether that went well."""
        from sat_desktop.services.dossier import open_dossier

        try:
            dossier = open_dossier(workspace, assessment)
        except SatError as error:
            self.failed.emit(error)
            return False
        self.show_dossier(workspace, dossier)
        return True

    def show_dossier(self, workspace: Workspace, dossier: Dossier) -> None:
        """Take over an assessment that was loaded elsewhere."""
        from sat_desktop.services.answering import Respondent

        self._workspace, self._dossier = workspace, dossier
        self._respondent = Respondent(dossier.agreed.id)
        self._results = None
        self.opened.emit()

    def close(self) -> None:
        """Show no assessment."""
        self._workspace = self._dossier = self._results = None
        self._respondent = None
        self.opened.emit()

    def reload(self) -> None:
        """Load the open assessment again, after a command changed it as a whole."""
        from sat_desktop.services.dossier import open_dossier

        response, edition = self.respondent, self.dossier.edition.edition
        self._dossier = open_dossier(self.workspace, self.dossier.assessment.id)
        if any(r.id == response.response for r in self._dossier.responses):
            self._respondent = response
        self._everything_changed(edition)

    @property
    def shown_member(self) -> str:
        """The id of the member whose answers are shown, empty for the agreed ones."""
        return self.respondent.member

    def respond_as(self, member: str | None) -> None:
        """Show and write the answers of a member (who gets a response), or the agreed ones.

        Raises:
            SatError: the member is unknown, or the response could not be stored.
        """
        from sat_desktop.services.answering import Respondent

        if member is None:
            response = self.dossier.agreed
        else:
            from sat_desktop.services.assessments import response_for

            response = response_for(self.workspace, self.dossier, self.dossier.member(member).id)
        self._respondent = Respondent(response.id, member or "")
        self.respondent_changed.emit()
        self.history_changed.emit()

    # Reading

    def answer(self, indicator: str) -> Answer:
        """Return the answer shown for an indicator."""
        return self.dossier.answer(self.respondent.response, indicator)

    def answers(self) -> Mapping[str, Answer]:
        """Return the answers of the response shown."""
        return self.dossier.answers(self.respondent.response)

    def incoherence(self) -> tuple[Incoherence, ...]:
        """Return the answers of the response shown that sit oddly together."""
        from sat_desktop.domain.coherence import find_incoherence

        return find_incoherence(self.dossier.questionnaire, self.answers())

    def results(self) -> Results:
        """Return all numbers, computed once after each change."""
        from sat_desktop.services.derived import Derived

        if self._results is None:
            self._results = Derived(self.dossier).results
        return self._results

    def plan(self) -> DevelopmentPlan:
        """Return the plan."""
        return self.dossier.plan()

    def projection(self) -> Mapping[int, Scores]:
        """Return the projected numbers by year."""
        from sat_desktop.services.derived import Derived

        return Derived(self.dossier).projection

    def findings(self) -> tuple[Finding, ...]:
        """Return what the plan lacks."""
        from sat_desktop.services.derived import Derived

        return Derived(self.dossier).findings

    def search_index(self, language: str) -> SearchIndex | None:
        """Return the index over all texts of the questionnaire; None while it is being read.

        `search_ready` then tells when it can be had. Another questionnaire, another index.
        """
        if self._searching is None:
            from sat_desktop.ui.searching import Searching

            self._searching = Searching(self)
            self._searching.ready.connect(self.search_ready)
            self.opened.connect(self._drop_other_index)
        return self._searching.index(self.dossier.questionnaire, language)

    def _drop_other_index(self) -> None:
        if self._searching is not None:
            self._searching.keep_only(self._dossier.questionnaire if self._dossier else None)

    def undo_and_redo(self) -> tuple[str | None, str | None]:
        """Return the labels of what undo and redo would do, None where there is nothing."""
        from sat_desktop.services import changes

        if self._dossier is None:
            return None, None
        return changes.available(self.workspace, self._dossier, self.respondent.member)

    @property
    def has_orphans(self) -> bool:
        """Whether there are answers that the edition in use does not ask for."""
        from sat_desktop.domain.answers import UNANSWERED

        asked = self.dossier.questionnaire.indicators
        return any(
            key not in asked and answer != UNANSWERED
            for response in self.dossier.responses
            for key, answer in self.dossier.answers(response.id).items()
        )

    # Answering

    def tick(self, indicator: str, criterion: str, *, met: bool) -> bool:
        """Mark a criterion met or not."""
        from sat_desktop.services import answering

        return self._answer(
            indicator,
            lambda d, x, w: answering.tick_criterion(d, x, w, indicator, criterion, met=met),
        )

    def choose_level(self, indicator: str, level: int) -> bool:
        """Choose a level, 0..n."""
        from sat_desktop.services import answering

        return self._answer(
            indicator, lambda d, x, w: answering.set_level(d, x, w, indicator, level)
        )

    def clear(self, indicator: str) -> bool:
        """Make an indicator unanswered."""
        from sat_desktop.services import answering

        return self._answer(indicator, lambda d, x, w: answering.clear_answer(d, x, w, indicator))

    def set_not_applicable(self, indicators: Iterable[str], reason: str) -> bool:
        """Mark indicators not applicable, in one go."""
        from sat_desktop.services import answering

        keys = tuple(indicators)
        return self._answer(
            keys[0] if len(keys) == 1 else None,
            lambda d, x, w: answering.set_not_applicable(d, x, w, keys, reason),
        )

    def set_note(self, indicator: str, note: str) -> bool:
        """Replace the note."""
        from sat_desktop.services import answering

        return self._answer(indicator, lambda d, x, w: answering.set_note(d, x, w, indicator, note))

    def set_evidence(self, indicator: str, evidence: Iterable[Evidence]) -> bool:
        """Replace the evidence list."""
        from sat_desktop.services import answering

        listed = tuple(evidence)
        return self._answer(
            indicator, lambda d, x, w: answering.set_evidence(d, x, w, indicator, listed)
        )

    def set_confidence(self, indicator: str, confidence: int | None) -> bool:
        """Say how sure the answer is."""
        from sat_desktop.services import answering

        return self._answer(
            indicator, lambda d, x, w: answering.set_confidence(d, x, w, indicator, confidence)
        )

    def set_to_discuss(self, indicator: str, *, flag: bool) -> bool:
        """Flag an indicator for the meeting."""
        from sat_desktop.services import answering

        return self._answer(
            indicator, lambda d, x, w: answering.set_to_discuss(d, x, w, indicator, flag=flag)
        )

    def import_answers(self, read: Callable[[], Iterable[GivenAnswer]]) -> int:
        """Take over what `read` gives, as one change of the response shown; count what is new.

        Raises:
            SatError: the file or some rows are bad, all of them named at once; nothing is changed.
        """
        from sat_desktop.services import answering

        try:
            given = tuple(read())
        except SatError as error:
            # Rows that could be read are checked along, so that one message names every bad row.
            readable = getattr(error, "readable", ())
            answering.check_given(self.dossier, readable, error.problems)
            raise
        change = answering.import_answers(self.workspace, self.dossier, self.respondent, given)
        changed = len(change.items)
        if changed:
            self._results = None
            self.answers_changed.emit()
            self.results_changed.emit()
            self._told_saved()
        return changed

    def set_aim(self, indicator: str, aim: Aim) -> bool:
        """Set wanted level, importance and effort."""
        from sat_desktop.services import answering

        done = self._attempt(
            lambda: answering.set_aim(self.workspace, self.dossier, indicator, aim)
        )
        if done:
            self._results = None
            self.results_changed.emit()
            self._told_saved()
        return done

    # The plan

    def draft_plan(self, goal_title: Callable[[Group], str]) -> bool:
        """Add drafts for the open gaps."""
        from sat_desktop.services import planning

        done = self._plan(lambda: planning.draft_plan(self.workspace, self.dossier, goal_title))
        if done:
            self._results = None
            self.results_changed.emit()
        return done

    def set_plan_head(self, head: Plan) -> bool:
        """Replace the plan's head."""
        from sat_desktop.services import planning

        return self._plan(lambda: planning.set_head(self.workspace, self.dossier, head))

    def set_chapter(self, chapter: str, text: Chapter) -> bool:
        """Replace the narrative of a chapter."""
        from sat_desktop.services import planning

        return self._plan(lambda: planning.set_chapter(self.workspace, self.dossier, chapter, text))

    def put(self, *parts: Goal | Action | Undertaking | Risk) -> bool:
        """Add or replace parts of the plan."""
        from sat_desktop.services import planning

        return self._plan(lambda: planning.put(self.workspace, self.dossier, *parts))

    def remove(self, part: Goal | Action | Undertaking | Risk) -> bool:
        """Remove a part with all below it."""
        from sat_desktop.services import planning

        return self._plan(lambda: planning.remove(self.workspace, self.dossier, part))

    def move(self, part: Goal | Action | Undertaking | Risk, step: int) -> bool:
        """Move a part among its siblings."""
        from sat_desktop.services import planning

        return self._plan(lambda: planning.move(self.workspace, self.dossier, part, step))

    # The edition

    def upgrade(self, edition: str) -> bool:
        """Go by another edition of the questionnaire from now on."""
        from sat_desktop.services import upgrading

        before, member = self.dossier.edition.edition, self.respondent.member
        if not self._attempt(
            lambda: upgrading.upgrade(self.workspace, self.dossier, edition, member)
        ):
            return False
        self._everything_changed(before)
        self._told_saved()
        return True

    # Undo

    def undo(self) -> bool:
        """Take back the last change."""
        from sat_desktop.services import changes

        return self._step_back(changes.undo)

    def redo(self) -> bool:
        """Bring back what was undone last."""
        from sat_desktop.services import changes

        return self._step_back(changes.redo)

    def value(self, item: Item) -> object | None:
        """Return the present value of any item."""
        return self.dossier.value(item)

    def _step_back(self, step: Callable[[Workspace, Dossier, str], Change]) -> bool:
        taken: list[Change] = []
        edition = self.dossier.edition.edition if self.is_open else ""
        if not self.is_open or not self._attempt(
            lambda: taken.append(step(self.workspace, self.dossier, self.respondent.member))
        ):
            return False
        if not taken[0]:
            return False
        self._everything_changed(edition)
        self._told_saved()
        return True

    def _answer(
        self, indicator: str | None, act: Callable[[Workspace, Dossier, Respondent], object]
    ) -> bool:
        if not self._attempt(lambda: act(self.workspace, self.dossier, self.respondent)):
            return False
        self._results = None
        if indicator is None:
            self.answers_changed.emit()
        else:
            self.answer_changed.emit(indicator)
        self.results_changed.emit()
        self._told_saved()
        return True

    def _plan(self, act: Callable[[], object]) -> bool:
        if not self._attempt(act):
            return False
        self.plan_changed.emit()
        self._told_saved()
        return True

    def _attempt(self, act: Callable[[], object]) -> bool:
        try:
            act()
        except SatError as error:
            self.failed.emit(error)
            return False
        return True

    def _everything_changed(self, edition: str) -> None:
        """Tell of it; whoever holds parts of the edition of before is to read all of it anew."""
        self._results = None
        if self.dossier.edition.edition != edition:
            self._dossier = replace(self.dossier)
            self.opened.emit()
        self.answers_changed.emit()
        self.results_changed.emit()
        self.plan_changed.emit()
        self.history_changed.emit()

    def _told_saved(self) -> None:
        now: datetime = self.workspace.clock()
        self.saved.emit(now)
        self.history_changed.emit()
