"""What follows from an assessment: results, projection, findings, the document; each made once.

Pages, exports and commands read the same `Derived`. Whatever it makes is kept with what it was made
from, and is made anew only when that was replaced: a note does not score anything again, and what
one member answers leaves the agreed numbers alone. A `Snapshot` never changes, so it can be worked
on in another thread; what was made there is taken over where it still holds.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final, Literal, TypeVar

from sat_desktop.domain.answers import UNANSWERED, Answer
from sat_desktop.domain.assessment import Assessment, Member
from sat_desktop.domain.completeness import Finding, check_plan
from sat_desktop.domain.consensus import Consensus, find_consensus
from sat_desktop.domain.document import PlanDocument, compose
from sat_desktop.domain.gaps import Aim, Gaps, find_gaps
from sat_desktop.domain.history import PRESENCE, Change, Conflict
from sat_desktop.domain.kinds import AIM, ANSWER, KINDS, MEMBER, PLAN_KINDS
from sat_desktop.domain.plan import DevelopmentPlan
from sat_desktop.domain.projection import project
from sat_desktop.domain.questionnaire import Questionnaire
from sat_desktop.domain.scores import Scores, score
from sat_desktop.services.dossier import Dossier

Part = Literal["results", "projection", "findings", "document"]
"""What somebody may wait for."""

Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class Results:
    """Scores and gaps of the agreed response, and the consensus of the individual ones."""

    questionnaire: Questionnaire
    scores: Scores
    gaps: Gaps
    consensus: Mapping[str, Consensus]


@dataclass(frozen=True, slots=True)
class Sources:
    """All that something is made from, as it is at one moment.

    Attributes:
        answers: the agreed response.
        ratings: the agreed response as it was when a state or a criterion in it changed last: the
            same to all numbers, and the same object while only notes and the like are written.
        individual: the individual responses by member, of which the same is true.
    """

    assessment: Assessment
    members: tuple[Member, ...]
    questionnaire: Questionnaire
    answers: Mapping[str, Answer]
    ratings: Mapping[str, Answer]
    individual: Mapping[str, Mapping[str, Answer]]
    aims: Mapping[str, Aim]
    plan: DevelopmentPlan
    conflicts: tuple[Conflict, ...]
    others: Mapping[str, tuple[object, ...]]


_SOURCES: Final[Mapping[str, tuple[str, ...]]] = {
    "scores": ("questionnaire", "ratings"),
    "gaps": ("questionnaire", "ratings", "aims"),
    "consensus": ("questionnaire", "individual"),
    "results": ("questionnaire", "ratings", "aims", "individual"),
    "projection": ("questionnaire", "ratings", "plan"),
    "findings": ("questionnaire", "ratings", "aims", "plan", "conflicts"),
    "document": (
        "assessment",
        "members",
        "questionnaire",
        "answers",
        "ratings",
        "individual",
        "aims",
        "plan",
        "conflicts",
        "others",
    ),
}
"""The fields of a state that each thing is made from."""


class Snapshot:
    """One state and what follows from it, each thing made on first use; for any thread.

    Attributes:
        made: what is made so far, behind what it was made from.
    """

    def __init__(
        self, state: Sources, made: Mapping[str, tuple[tuple[object, ...], Any]] | None = None
    ) -> None:
        """Take what was made of other states too: what it was made from stands beside it."""
        self.state = state
        self.made = dict(made or {})

    @property
    def scores(self) -> Scores:
        """The numbers of the agreed response."""
        state = self.state
        return self._once("scores", lambda: score(state.questionnaire, state.ratings))

    @property
    def gaps(self) -> Gaps:
        """What is missing to the wanted levels."""
        state = self.state
        return self._once("gaps", lambda: find_gaps(state.questionnaire, self.scores, state.aims))

    @property
    def consensus(self) -> Mapping[str, Consensus]:
        """Where the members agree."""
        state = self.state
        return self._once(
            "consensus", lambda: find_consensus(state.questionnaire, state.individual)
        )

    @property
    def results(self) -> Results:
        """Every number of the model about the present."""
        return self._once(
            "results",
            lambda: Results(self.state.questionnaire, self.scores, self.gaps, self.consensus),
        )

    @property
    def projection(self) -> Mapping[int, Scores]:
        """The numbers at the end of every year of the plan."""
        state = self.state
        return self._once(
            "projection", lambda: project(state.questionnaire, state.ratings, state.plan)
        )

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What the plan lacks, each finding with the item to jump to."""
        state = self.state
        return self._once(
            "findings",
            lambda: check_plan(
                state.questionnaire, self.scores, self.gaps, state.plan, state.conflicts
            ),
        )

    def document(self, today: date) -> PlanDocument:
        """Return the content of the plan's document.

        The date on its first page is the one set in the plan's head, else `today`.
        """
        head = self.state.plan.head
        day = date.fromisoformat(head.date) if head.date else today
        made = self._once("document", lambda: self._compose(day))
        return made if made.day == day else replace(made, day=day)

    def make(self, part: Part) -> None:
        """Make something now, so that it is at hand."""
        if part == "document":
            # Of some day: a reader gives the day of the reading.
            self.document(self.state.assessment.created.date())
        else:
            getattr(self, part)

    def has(self, part: Part) -> bool:
        """Tell whether something is made already."""
        return self._holds(part, self.made.get(part))

    def take_over(self, other: "Snapshot") -> None:
        """Take what another snapshot has made where it is the same here."""
        for part, made in dict(other.made).items():
            if self._holds(part, made):
                self.made[part] = made

    def follow(self, state: Sources) -> "Snapshot":
        """Return a snapshot of a later state, with what is made already and still holds there."""
        return Snapshot(state, self.made)

    def _compose(self, day: date) -> PlanDocument:
        state = self.state
        return compose(
            state.assessment,
            state.questionnaire,
            state.members,
            state.answers,
            self.scores,
            self.gaps,
            self.consensus,
            state.plan,
            self.projection,
            self.findings,
            day,
            state.others,
        )

    def _once(self, part: str, make: Callable[[], Made]) -> Made:
        made = self.made.get(part)
        if made is None or not self._holds(part, made):
            made = self.made[part] = (self._sources(part), make())
        value: Made = made[1]
        return value

    def _holds(self, part: str, made: tuple[tuple[object, ...], Any] | None) -> bool:
        return made is not None and all(
            mine is its for mine, its in zip(self._sources(part), made[0], strict=True)
        )

    def _sources(self, part: str) -> tuple[object, ...]:
        return tuple(getattr(self.state, name) for name in _SOURCES[part])


class Derived:
    """What follows from an open assessment as it is now."""

    def __init__(self, dossier: Dossier) -> None:
        self._dossier = dossier
        answers = dict(dossier.answers(dossier.agreed.id))
        individual = {member: dict(said) for member, said in dossier.individual.items()}
        self._now = Snapshot(
            Sources(
                dossier.assessment,
                dossier.members,
                dossier.questionnaire,
                answers,
                answers,
                individual,
                dossier.aims(),
                dossier.plan(),
                dossier.conflicts,
                dossier.others(),
            )
        )

    @property
    def results(self) -> Results:
        """Every number of the model about the present."""
        return self._now.results

    @property
    def projection(self) -> Mapping[int, Scores]:
        """The numbers at the end of every year of the plan."""
        return self._now.projection

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What the plan lacks, each finding with the item to jump to."""
        return self._now.findings

    @property
    def plan(self) -> DevelopmentPlan:
        """The plan with all its parts in order."""
        return self._now.state.plan

    def document(self, today: date) -> PlanDocument:
        """Return the content of the plan's document, of its own date or else of `today`."""
        return self._now.document(today)

    def snapshot(self) -> Snapshot:
        """Return the present state with what follows from it, to be worked on in any thread."""
        return self._now

    def take_over(self, snapshot: Snapshot) -> None:
        """Take what was made from a snapshot, where no change since has touched it."""
        self._now.take_over(snapshot)

    def apply(self, change: Change) -> None:
        """Follow a change that the dossier has applied; what it does not touch is not made again."""
        was, dossier = self._now.state, self._dossier
        kinds = {item.kind for item in change.items}
        answers, ratings = was.answers, was.ratings
        if change.touches(ANSWER.name, dossier.agreed.id):
            answers = dict(dossier.answers(dossier.agreed.id))
            if _rated_otherwise(ratings, answers, _keys(change, dossier.agreed.id)):
                ratings = answers
        self._now = self._now.follow(
            Sources(
                dossier.assessment,
                dossier.members,
                dossier.questionnaire,
                answers,
                ratings,
                self._individual(change) if kinds & {ANSWER.name, MEMBER.name} else was.individual,
                dossier.aims() if AIM.name in kinds else was.aims,
                dossier.plan() if kinds & PLAN_KINDS else was.plan,
                was.conflicts if dossier.conflicts == was.conflicts else dossier.conflicts,
                dossier.others() if kinds & _listed_kinds() else was.others,
            )
        )

    def _individual(self, change: Change) -> Mapping[str, Mapping[str, Answer]]:
        """Return the individual responses, the same object where nobody rated otherwise."""
        was = self._now.state.individual
        if change.touches(MEMBER.name, field=PRESENCE):
            return {member: dict(said) for member, said in self._dossier.individual.items()}
        changed = {
            response.member: dict(self._dossier.answers(response.id))
            for response in self._dossier.responses
            if response.member is not None
            and _rated_otherwise(
                was.get(response.member, {}),
                self._dossier.answers(response.id),
                _keys(change, response.id),
            )
        }
        return {**was, **changed} if changed else was


def _listed_kinds() -> set[str]:
    """Return the kinds that open data list in plain form."""
    return {kind.name for kind in KINDS.values() if kind.open_data}


def _keys(change: Change, response: str) -> Iterable[str]:
    return (i.key for i in change.items if i.kind == ANSWER.name and i.scope == response)


def _rated_otherwise(
    before: Mapping[str, Answer], after: Mapping[str, Answer], keys: Iterable[str]
) -> bool:
    """Tell whether a state or a criterion differs: nothing else of an answer is counted."""
    pairs = ((before.get(key, UNANSWERED), after.get(key, UNANSWERED)) for key in keys)
    return any(old.state is not new.state or old.met != new.met for old, new in pairs)
