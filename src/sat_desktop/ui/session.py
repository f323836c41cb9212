"""The assessment that the window works on, and the one way by which the window changes it.

Pages read the dossier and what is derived from it. They ask for changes by `run` and learn from
`changed` and `failed` how that went, as everybody else does: no page looks at what a write returns,
so that a write may take its time.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Concatenate, Final, ParamSpec

from PySide6.QtCore import QObject, Signal

from sat_desktop.domain.answers import Answer
from sat_desktop.domain.history import Change, joined
from sat_desktop.domain.questionnaire import Questionnaire
from sat_desktop.errors import SatError
from sat_desktop.services import changes
from sat_desktop.services.answering import Respondent
from sat_desktop.services.assessments import response_for
from sat_desktop.services.derived import Derived
from sat_desktop.services.dossier import Dossier, open_dossier
from sat_desktop.services.ports import Workspace
from sat_desktop.ui.computing import Computing
from sat_desktop.ui.searching import Searching

if TYPE_CHECKING:
    from sat_desktop.services.searching import SearchableTexts

Given = ParamSpec("Given")

_LARGE: Final = 10_000
"""Answers of all members together from which on going through them would be felt."""


def _spare_the_collector(dossier: Dossier) -> None:
    """Keep a large assessment, and what was made of it so far, out of full collections.

    It lives as long as it is open. To go through it holds all threads up, whichever collects: 0.15
    to 0.6 s at 43,000 answers.
    """
    if len(dossier.responses) * len(dossier.questionnaire.indicators) > _LARGE:
        gc.freeze()


class AssessmentSession(QObject):
    """The open assessment, or none.

    Attributes:
        computing: has made in a thread what `derived` would take long to make.

    Signals:
        opened(): another assessment is open now (or none), or this one by another edition.
        respondent_changed(): answers of another response are shown and written.
        changed(Change): that was written; it may be empty, where nothing of what was asked is new.
        failed(SatError): something could not be done; nothing was changed.
        interrupting(): what others wrote comes in next, or the last change is taken back: what is being
            typed is written first, over what was shown to its author, so that nothing of it is lost
            and nothing of others is replaced unseen.
        unwritten(bool): somebody is typing what is not on disk yet (true), or took it back.
    """

    opened = Signal()
    respondent_changed = Signal()
    changed = Signal(object)
    failed = Signal(object)
    unwritten = Signal(bool)
    interrupting = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.computing = Computing(self)
        self._open: tuple[Workspace, Dossier, Derived] | None = None
        self._respondent: Respondent | None = None
        self._searching = Searching(self)
        self.opened.connect(self._drop_other_texts)
        self.computing.arrived.connect(lambda: _spare_the_collector(self.dossier))

    # Reading

    @property
    def is_open(self) -> bool:
        """Whether there is an assessment."""
        return self._open is not None

    @property
    def workspace(self) -> Workspace:
        """The workspace that the assessment lies in."""
        return self._require()[0]

    @property
    def dossier(self) -> Dossier:
        """The open assessment; asking for it when there is none is a mistake of the caller."""
        return self._require()[1]

    @property
    def derived(self) -> Derived:
        """What follows from the assessment as it is now."""
        return self._require()[2]

    @property
    def respondent(self) -> Respondent:
        """Whose answers are shown and written."""
        if self._respondent is None:
            raise LookupError("no assessment is open")
        return self._respondent

    @property
    def answers(self) -> Mapping[str, Answer]:
        """The answers shown, by indicator; unanswered ones may be missing."""
        return self.dossier.answers(self.respondent.response)

    def answer(self, indicator: str) -> Answer:
        """Return the answer shown for an indicator."""
        return self.dossier.answer(self.respondent.response, indicator)

    def undo_and_redo(self) -> tuple[str | None, str | None]:
        """Return the labels of what undo and redo would do, None where there is nothing."""
        if self._open is None:
            return None, None
        return changes.available(self.workspace, self.dossier)

    def searchable_texts(self, language: str) -> SearchableTexts:
        """Return the texts of the questionnaire to search in."""
        return self._searching.texts(self.dossier.questionnaire, language)

    # What is open

    def open(self, workspace: Workspace, assessment: str) -> None:
        """Open an assessment by id, showing the agreed answers."""
        try:
            dossier = open_dossier(workspace, assessment)
        except SatError as error:
            self.failed.emit(error)
        else:
            self.show(workspace, dossier)

    def show(self, workspace: Workspace, dossier: Dossier) -> None:
        """Take over an assessment that was loaded elsewhere."""
        self._open = workspace, dossier, Derived(dossier)
        gc.unfreeze()
        _spare_the_collector(dossier)
        self.computing.serve(self.derived)
        self._respondent = Respondent(dossier.agreed.id)
        self.opened.emit()

    def close(self) -> None:
        """Show no assessment."""
        self._open = self._respondent = None
        gc.unfreeze()
        self.computing.serve(None)
        self.opened.emit()

    def respond_as(self, member: str | None) -> None:
        """Show and write the answers of a member (who gets a response), or the agreed ones."""
        dossier = self.dossier
        try:
            response = (
                dossier.agreed
                if member is None
                else response_for(self.workspace, dossier, dossier.member(member).id)
            )
        except SatError as error:
            self.failed.emit(error)
            return
        self._respondent = Respondent(response.id, member or "")
        self.respondent_changed.emit()

    # Changing

    def run(
        self,
        use_case: Callable[Concatenate[Workspace, Dossier, Given], Change],
        *args: Given.args,
        **facts: Given.kwargs,
    ) -> None:
        """Have a use case change the assessment; `changed` or `failed` tells how that went."""
        workspace, dossier, _ = self._require()
        edition = dossier.edition
        try:
            change = use_case(workspace, dossier, *args, **facts)
        except SatError as error:
            self.failed.emit(error)
            return
        self._tell(change, edition)

    def take_over(self, arrived: Sequence[Change], cursor: int) -> tuple[Change, ...]:
        """Take over what a look at the database found (`changes.look`); return what others wrote."""
        workspace, dossier, _ = self._require()
        if any(change.change_set.id not in dossier.own for change in arrived):
            self.interrupting.emit()
        edition = dossier.edition
        foreign = changes.take_over(workspace, dossier, arrived, cursor)
        if foreign:
            self._tell(joined(foreign), edition)
        return foreign

    def _tell(self, change: Change, edition: Questionnaire) -> None:
        _, dossier, derived = self._require()
        derived.apply(change)
        if dossier.edition is not edition:
            # Pages that hold parts of the former edition read all of it anew.
            self.opened.emit()
        self.changed.emit(change)

    def undo(self) -> None:
        """Take back the last change."""
        if self.is_open:
            self.interrupting.emit()
            self.run(changes.undo)

    def redo(self) -> None:
        """Bring back what was undone last."""
        if self.is_open:
            self.interrupting.emit()
            self.run(changes.redo)

    def _drop_other_texts(self) -> None:
        self._searching.keep_only(self.dossier.questionnaire if self.is_open else None)

    def _require(self) -> tuple[Workspace, Dossier, Derived]:
        if self._open is None:
            raise LookupError("no assessment is open")
        return self._open
