"""An open assessment: everything of it that the screens and documents read, kept up to date.

A `Dossier` is loaded once and follows the database: whatever changes the assessment, this window or
another computer, is written first and arrives here as a `Change` (`apply`), so that a dossier never
shows what is not on disk. Records are put together from their registers on first use.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from sat_desktop.domain.answers import UNANSWERED, Answer
from sat_desktop.domain.assessment import (
    Assessment,
    Member,
    Membership,
    Particulars,
    Person,
    Response,
    ResponseKind,
    Unit,
)
from sat_desktop.domain.gaps import Aim
from sat_desktop.domain.history import (
    PRESENCE,
    Change,
    ChangeSet,
    Conflict,
    Heads,
    Item,
    Register,
    response_id,
)
from sat_desktop.domain.kinds import (
    ACTION,
    AIM,
    ANSWER,
    ASSESSMENT,
    CHAPTER,
    GOAL,
    KINDS,
    MEMBER,
    PLAN,
    PLAN_KINDS,
    RISK,
    UNDERTAKING,
    Kind,
)
from sat_desktop.domain.plan import Action, DevelopmentPlan, Goal, Plan, Risk, Undertaking
from sat_desktop.domain.questionnaire import Questionnaire
from sat_desktop.errors import SatError
from sat_desktop.services.ports import AssessmentRow, Workspace

DEFAULT_SPAN = 4
"""Years of a plan whose head nobody has set yet, beginning with the year after the assessment."""


@dataclass
class Dossier:
    """One open assessment.

    Attributes:
        row: what never changes of it.
        edition: the whole edition in use, as stored.
        heads: the present state of every register; changed by `apply` only.
        persons: names of members, by the id that their registers say.
        cursor: number of arrival up to which changes of others are known.
        changes: the change-sets in the order of arrival, None until undo asks for them.
    """

    row: AssessmentRow
    edition: Questionnaire
    heads: Heads
    persons: Mapping[str, Person]
    cursor: int = 0
    changes: list[ChangeSet] | None = None
    own: set[str] = field(default_factory=set)
    _answers: dict[str, dict[str, Answer]] = field(default_factory=dict)
    _kept: dict[str, Any] = field(default_factory=dict)

    # The assessment, its team

    @property
    def particulars(self) -> Particulars:
        """What is said of the assessment as a whole."""
        found: Particulars = self._once("particulars", lambda: particulars_of(self.heads))
        return found

    @property
    def assessment(self) -> Assessment:
        """The assessment as it is now."""
        found: Assessment = self._once(
            "assessment", lambda: assessment_of(self.row, self.particulars)
        )
        return found

    @property
    def questionnaire(self) -> Questionnaire:
        """The edition in use as it applies to the unit's kind; all numbers are made from it."""
        found: Questionnaire = self._once(
            "questionnaire", lambda: self.edition.applicable_to(self.particulars.kind)
        )
        return found

    @property
    def members(self) -> tuple[Member, ...]:
        """The team, in the order in which its members were added."""
        found: tuple[Member, ...] = self._once("members", self._team)
        return found

    @property
    def responses(self) -> tuple[Response, ...]:
        """The agreed response, then one of each member."""
        individual = ResponseKind.INDIVIDUAL
        found: tuple[Response, ...] = self._once(
            "responses",
            lambda: (
                Response(response_id(self.row.id, None), ResponseKind.AGREED),
                *(Response(response_id(self.row.id, m.id), individual, m.id) for m in self.members),
            ),
        )
        return found

    @property
    def agreed(self) -> Response:
        """The team's response."""
        return self.responses[0]

    @property
    def individual(self) -> Mapping[str, Mapping[str, Answer]]:
        """The individual responses: member id to answers."""
        return {r.member: self.answers(r.id) for r in self.responses if r.member is not None}

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

    def membership(self, member: str) -> Membership:
        """Return what revisions say of a member."""
        found: Membership = self._record(MEMBER, member)
        return found

    # Answers and aims

    def answers(self, response: str) -> Mapping[str, Answer]:
        """Return the answers of a response by indicator id; unanswered ones may be missing."""
        if response not in self._answers:
            self._answers[response] = self._records(ANSWER, response)
        return self._answers[response]

    def answer(self, response: str, indicator: str) -> Answer:
        """Return one answer, the unanswered one if nothing was said."""
        return self.answers(response).get(indicator, UNANSWERED)

    def aims(self) -> Mapping[str, Aim]:
        """Return what was said of indicators' wanted levels, by indicator id."""
        found: dict[str, Aim] = self._once("aims", lambda: self._records(AIM))
        return found

    def aim(self, indicator: str) -> Aim:
        """Return the aim for one indicator, the default one if nothing was said."""
        found: Aim = self._record(AIM, indicator)
        return found

    # Items of any kind

    def value(self, item: Item) -> Any:
        """Return the present record of an item, None where it was deleted or never made.

        Of kinds that are never deleted: None where nothing is said.
        """
        kind = KINDS[item.kind]
        if kind.removable:
            return self._record(kind, item.key) if self.heads.is_present(item) else None
        shown = self.heads.shown(item)
        return kind.record_of(item.key, shown) if shown else None

    def items(self, kind: Kind, scope: str = "") -> tuple[Any, ...]:
        """Return the records of all items of a kind that are there."""
        return tuple(self._records(kind, scope).values())

    def others(self) -> dict[str, tuple[object, ...]]:
        """Return the items of kinds that open data list in plain form, by kind."""
        return {
            kind.name: tuple(
                record
                for scope in self.heads.scopes(kind.name)
                for record in self.items(kind, scope)
            )
            for kind in KINDS.values()
            if kind.open_data
        }

    @property
    def conflicts(self) -> tuple[Conflict, ...]:
        """What two people said differently and nobody has settled."""
        return self.heads.conflicts

    # The plan

    def plan(self) -> DevelopmentPlan:
        """Return the development plan with all its parts in order."""
        found: DevelopmentPlan = self._once("plan", self._plan)
        return found

    def default_plan(self) -> Plan:
        """Return the head of a plan that nobody has set yet."""
        first = self.row.created.year + 1
        return Plan(first, first + DEFAULT_SPAN - 1)

    # Following the database

    def apply(self, change: Change) -> None:
        """Take over a change that is on the disk, no matter who wrote it."""
        self.heads.take_in(change.revisions)
        if self.changes is not None:
            self.changes.append(change.change_set)
        for kind, scope, key in change.items:
            if kind == ANSWER.name:
                if scope in self._answers:
                    self._answers[scope].pop(key, None)
                    if (answer := self.value(ANSWER.item(key, scope))) is not None:
                        self._answers[scope][key] = answer
            elif kind in PLAN_KINDS:
                self._kept.pop("plan", None)
            elif kind == AIM.name:
                self._kept.pop("aims", None)
            elif kind == MEMBER.name:
                self.forget_members()
            elif kind == ASSESSMENT.name:
                for name in ("particulars", "assessment", "questionnaire"):
                    self._kept.pop(name, None)

    def use_edition(self, edition: Questionnaire) -> None:
        """Read everything by another edition from now on."""
        self.edition = edition
        self._kept.pop("questionnaire", None)

    def use_persons(self, persons: Iterable[Person]) -> None:
        """Know the members by other names from now on."""
        self.persons = {p.id: p for p in persons}
        self.forget_members()

    def forget_members(self) -> None:
        """Put the team together anew when it is asked for."""
        self._kept.pop("members", None)
        self._kept.pop("responses", None)

    def _once(self, name: str, make: Any) -> Any:
        if name not in self._kept:
            self._kept[name] = make()
        return self._kept[name]

    def _records(self, kind: Kind, scope: str = "") -> dict[str, Any]:
        """Return the records of all items of a kind of which anything is said, by key."""
        return {
            key: record
            for key in self.heads.keys(kind.name, scope)
            if (record := self.value(kind.item(key, scope))) is not None
        }

    def _record(self, kind: Kind, key: str, scope: str = "") -> Any:
        return kind.record_of(key, self.heads.shown(kind.item(key, scope)))

    def _team(self) -> tuple[Member, ...]:
        found = []
        for key in self.heads.keys(MEMBER.name):
            item = MEMBER.item(key)
            if not self.heads.is_present(item):
                continue
            said: Membership = self._record(MEMBER, key)
            person = None if said.erased else self.persons.get(said.name)
            added = self.heads.of(Register(*item, PRESENCE))[0]
            member = Member(
                key,
                person.name if person else "",
                person.contact if person else "",
                said.department,
                said.role,
                said.dimensions,
                said.erased,
            )
            # Who set the assessment up stands first, whatever the clocks of others say: nobody else
            # was added in their own name.
            found.append(((added.member != key, added.at, key), member))
        return tuple(member for _, member in sorted(found, key=lambda m: m[0]))

    def _plan(self) -> DevelopmentPlan:
        head: Plan = PLAN.record_of("", self.heads.shown(PLAN.item()), self.default_plan())
        return DevelopmentPlan(
            head=head,
            chapters=self._records(CHAPTER),
            goals=_in_order(self.items(GOAL)),
            actions=_in_order(self.items(ACTION)),
            undertakings=_in_order(self.items(UNDERTAKING)),
            risks=_in_order(self.items(RISK)),
        )


PlanPart = TypeVar("PlanPart", Goal, Action, Undertaking, Risk)


def _in_order(parts: Iterable[PlanPart]) -> tuple[PlanPart, ...]:
    return tuple(sorted(parts, key=lambda p: (p.position, p.id)))


def particulars_of(heads: Heads) -> Particulars:
    """Return what the registers say of an assessment as a whole."""
    found: Particulars = ASSESSMENT.record_of("", heads.shown(ASSESSMENT.item()))
    return found


def assessment_of(row: AssessmentRow, said: Particulars) -> Assessment:
    """Return an assessment as its row and its particulars have it."""
    return Assessment(
        id=row.id,
        unit=Unit(said.name, said.kind, said.teryt, said.population),
        questionnaire=said.edition,
        period=said.period,
        language=said.language,
        created=row.created,
        demo=row.demo,
    )


def open_dossier(workspace: Workspace, assessment: str) -> Dossier:
    """Load an assessment by its id.

    Raises:
        SatError: `assessment-unknown`; `revisions-altered` where its rows were changed or lost
            outside of the program.
    """
    with workspace.store.begin() as work:
        row = work.assessments.get(assessment)
        heads, cursor = work.history.present(row.id)
        return Dossier(
            row,
            work.editions.get(particulars_of(heads).edition),
            heads,
            {p.id: p for p in work.assessments.persons(row.id)},
            cursor,
        )
