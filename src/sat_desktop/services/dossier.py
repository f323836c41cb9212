"""An open assessment: everything of it that the screens and documents read, kept up to date.

A `Dossier` is loaded once and follows the database: every use case that changes something writes
first and updates the dossier after the commit, so that it never shows what is not on disk.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from sat_desktop.domain.answers import (
    EDITION_ITEM,
    UNANSWERED,
    Answer,
    Assessment,
    Change,
    ChangeSet,
    EditionInUse,
    Item,
    ItemKind,
    Member,
    Response,
    ResponseKind,
    Revision,
    find_conflicts,
    precedence,
)
from sat_desktop.domain.gaps import NO_AIM, Aim
from sat_desktop.domain.plan import Action, Chapter, DevelopmentPlan, Goal, Plan, Risk, Undertaking
from sat_desktop.domain.questionnaire import Questionnaire
from sat_desktop.errors import SatError
from sat_desktop.services.ports import Workspace

PLAN_KINDS = frozenset(ItemKind) - {ItemKind.EDITION, ItemKind.ANSWER, ItemKind.AIM}
"""Kinds of items that belong to the plan."""

DEFAULT_SPAN = 4
"""Years of a plan whose head nobody has set yet, beginning with the year after the assessment."""


@dataclass
class Dossier:
    """One open assessment.

    Attributes:
        questionnaire: as it applies to the unit's kind; all numbers are made from it.
        edition: the whole edition as stored.
        heads: the present revisions of every item; changed only by the use cases.
        changes: the change-sets in the order of writing, None until undo asks for them.
    """

    assessment: Assessment
    questionnaire: Questionnaire
    edition: Questionnaire
    members: tuple[Member, ...]
    responses: tuple[Response, ...]
    heads: dict[Item, tuple[Revision, ...]]
    changes: list[ChangeSet] | None = None

    def __post_init__(self) -> None:
        """Sort the answers by response."""
        self._answers: dict[str, dict[str, Answer]] = {r.id: {} for r in self.responses}
        for item, found in self.heads.items():
            self._note(item, found[-1].value)

    @property
    def agreed(self) -> Response:
        """The team's response."""
        return next(r for r in self.responses if r.kind is ResponseKind.AGREED)

    @property
    def individual(self) -> Mapping[str, Mapping[str, Answer]]:
        """The individual responses: member id to answers."""
        return {r.member: self._answers[r.id] for r in self.responses if r.member is not None}

    def response_of(self, member: str | None) -> Response:
        """Return the response of a member, or the agreed one for None."""
        for response in self.responses:
            if response.member == member:
                return response
        raise SatError("response-unknown", member=member)

    def member(self, member: str) -> Member:
        """Return a member by id."""
        for found in self.members:
            if found.id == member:
                return found
        raise SatError("member-unknown", name=member)

    def answers(self, response: str) -> Mapping[str, Answer]:
        """Return the answers of a response by indicator id; unanswered ones may be missing."""
        return self._answers[response]

    def answer(self, response: str, indicator: str) -> Answer:
        """Return one answer, the unanswered one if nothing was said."""
        return self._answers[response].get(indicator, UNANSWERED)

    def value(self, item: Item) -> object | None:
        """Return the present value of an item, None if there is none."""
        found = self.heads.get(item)
        return found[-1].value if found else None

    def aims(self) -> dict[str, Aim]:
        """Return what was said of indicators' wanted levels, by indicator id."""
        return {i.key: v for i, v in self._values(ItemKind.AIM) if isinstance(v, Aim)}

    def aim(self, indicator: str) -> Aim:
        """Return the aim for one indicator, the default one if nothing was said."""
        found = self.value(Item(ItemKind.AIM, "", indicator))
        return found if isinstance(found, Aim) else NO_AIM

    def plan(self) -> DevelopmentPlan:
        """Return the development plan with all its parts in order."""
        kinds: dict[ItemKind, list[object]] = {}
        chapters: dict[str, Chapter] = {}
        for item, found in self.heads.items():
            value = found[-1].value
            if item.kind not in PLAN_KINDS or value is None:
                continue
            if isinstance(value, Chapter):
                chapters[item.key] = value
            else:
                kinds.setdefault(item.kind, []).append(value)

        return DevelopmentPlan(
            head=next((p for p in kinds.get(ItemKind.PLAN, ()) if isinstance(p, Plan)), None)
            or self.default_plan(),
            chapters=chapters,
            goals=_in_order(g for g in kinds.get(ItemKind.GOAL, ()) if isinstance(g, Goal)),
            actions=_in_order(a for a in kinds.get(ItemKind.ACTION, ()) if isinstance(a, Action)),
            undertakings=_in_order(
                u for u in kinds.get(ItemKind.UNDERTAKING, ()) if isinstance(u, Undertaking)
            ),
            risks=_in_order(r for r in kinds.get(ItemKind.RISK, ()) if isinstance(r, Risk)),
        )

    def default_plan(self) -> Plan:
        """Return the head of a plan that nobody has set yet."""
        first = self.assessment.created.year + 1
        return Plan(first, first + DEFAULT_SPAN - 1)

    def conflicts(self) -> tuple[Item, ...]:
        """Return the items about which two revisions disagree."""
        return find_conflicts(self.heads)

    def add_response(self, response: Response) -> None:
        """Take over a response that has just been stored."""
        self.responses += (response,)
        self._answers[response.id] = {}

    def use_edition(self, edition: Questionnaire) -> None:
        """Read everything by another edition from now on."""
        self.edition = edition
        self.questionnaire = edition.applicable_to(self.assessment.unit.kind)
        self.assessment = replace(self.assessment, questionnaire=edition.edition)

    def apply(self, change: Change) -> None:
        """Take over a change that has just been written."""
        replaced = {parent for r in change.revisions for parent in r.parents}
        arrived: dict[Item, list[Revision]] = {}
        for revision in change.revisions:
            arrived.setdefault(revision.item, []).append(revision)
        for item, new in arrived.items():
            found = [r for r in (*self.heads.get(item, ()), *new) if r.id not in replaced]
            self.heads[item] = tuple(sorted(found, key=precedence))
            self._note(item, self.heads[item][-1].value)

    def _note(self, item: Item, value: object | None) -> None:
        if item.kind is not ItemKind.ANSWER or item.scope not in self._answers:
            return
        if isinstance(value, Answer):
            self._answers[item.scope][item.key] = value
        else:
            self._answers[item.scope].pop(item.key, None)

    def _values(self, kind: ItemKind) -> Iterable[tuple[Item, object | None]]:
        return ((i, found[-1].value) for i, found in self.heads.items() if i.kind is kind)


PlanPart = TypeVar("PlanPart", Goal, Action, Undertaking, Risk)


def _in_order(parts: Iterable[PlanPart]) -> tuple[PlanPart, ...]:
    return tuple(sorted(parts, key=lambda p: (p.position, p.id)))


def open_dossier(workspace: Workspace, assessment: str) -> Dossier:
    """Load an assessment by its id; SatError `assessment-unknown` if there is none."""
    with workspace.store.begin() as work:
        found = work.assessments.get(assessment)
        heads = dict(work.history.heads(found.id))
        edition = work.editions.get(edition_in_use(found, heads))
        return Dossier(
            assessment=replace(found, questionnaire=edition.edition),
            questionnaire=edition.applicable_to(found.unit.kind),
            edition=edition,
            members=tuple(work.assessments.members(found.id)),
            responses=tuple(work.assessments.responses(found.id)),
            heads=heads,
        )


def edition_in_use(assessment: Assessment, heads: Mapping[Item, Sequence[Revision]]) -> str:
    """Return the edition by which an assessment, as it is stored, goes now."""
    found = heads.get(EDITION_ITEM)
    chosen = found[-1].value if found else None
    return chosen.edition if isinstance(chosen, EditionInUse) else assessment.questionnaire
