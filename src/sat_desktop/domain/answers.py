"""What was said of an indicator: answers with their evidence, and how far a response has got."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from sat_desktop.domain.questionnaire import Indicator, Questionnaire
from sat_desktop.errors import SatError


class State(StrEnum):
    """Whether an indicator has been dealt with; stored, never guessed (model, rule 2)."""

    UNANSWERED = "unanswered"
    RATED = "rated"
    NOT_APPLICABLE = "not_applicable"


class EvidenceKind(StrEnum):
    """What an evidence entry points at."""

    FILE = "file"
    LINK = "link"
    REFERENCE = "reference"


@dataclass(frozen=True, slots=True)
class Evidence:
    """A document that proves an answer.

    Attributes:
        reference: file name, address, or case or resolution number.
        valid_until: "YYYY-MM-DD", empty when it does not expire.
        id: tells the entry from others of the answer; empty until it is written.
    """

    title: str
    kind: EvidenceKind = EvidenceKind.REFERENCE
    reference: str = ""
    valid_until: str = ""
    id: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Answer:
    """One indicator in one response.

    Attributes:
        met: ids of the criteria that are met; empty unless the indicator is rated.
        reason: why the indicator does not apply; never blank when it does not.
        confidence: 1 (guess) to 3 (sure), None when not said.
    """

    state: State = State.UNANSWERED
    met: frozenset[str] = frozenset()
    reason: str = ""
    note: str = ""
    evidence: tuple[Evidence, ...] = ()
    confidence: int | None = None
    to_discuss: bool = False

    def __post_init__(self) -> None:
        """Refuse combinations that rule 2 excludes."""
        if self.met and self.state is not State.RATED:
            raise SatError("criteria-without-rating")
        if self.state is State.NOT_APPLICABLE:
            if not self.reason.strip():
                raise SatError("reason-missing")
        elif self.reason:
            raise SatError("reason-without-exemption")
        if self.confidence is not None and not 1 <= self.confidence <= 3:
            raise SatError("confidence-range", value=self.confidence)


UNANSWERED = Answer()


def tick(answer: Answer, criterion: str, *, met: bool) -> Answer:
    """Mark one criterion met or not; any tick makes the indicator rated, unticking keeps it so."""
    kept = answer.met | {criterion} if met else answer.met - {criterion}
    return replace(answer, state=State.RATED, met=kept, reason="")


def rate(answer: Answer, met: Iterable[str]) -> Answer:
    """Rate the indicator by exactly these criteria, none of them meaning level 0."""
    return replace(answer, state=State.RATED, met=frozenset(met), reason="")


def choose_level(answer: Answer, indicator: Indicator, level: int) -> Answer:
    """Set a level by hand: criteria of levels 1..`level` met, those above not (rule 1)."""
    if not 0 <= level <= len(indicator.levels):
        raise SatError(
            "level-out-of-range", level=level, highest=len(indicator.levels), id=indicator.id
        )
    return rate(answer, indicator.criteria_up_to(level))


def ticks_lost(answer: Answer, indicator: Indicator, level: int) -> frozenset[str]:
    """Return the criteria marked met now that choosing `level` would unmark."""
    return answer.met - indicator.criteria_up_to(level)


def mark_not_applicable(answer: Answer, reason: str) -> Answer:
    """Mark the indicator not applicable; it keeps no criteria and needs a reason."""
    return replace(answer, state=State.NOT_APPLICABLE, met=frozenset(), reason=reason)


def clear(answer: Answer) -> Answer:
    """Make the indicator unanswered again; note, evidence, confidence and flag stay."""
    return replace(answer, state=State.UNANSWERED, met=frozenset(), reason="")


@dataclass(frozen=True, slots=True)
class Completeness:
    """How far a response has got, counted over indicators."""

    rated: int
    not_applicable: int
    unanswered: int
    to_discuss: int
    without_evidence: int

    @property
    def dealt_with(self) -> int:
        """Indicators that need no further answer."""
        return self.rated + self.not_applicable

    @property
    def total(self) -> int:
        """All indicators counted."""
        return self.dealt_with + self.unanswered


def completeness(indicators: Iterable[str], answers: Mapping[str, Answer]) -> Completeness:
    """Count the states of `indicators` in a response; one without an answer is unanswered."""
    found = [answers.get(i, UNANSWERED) for i in indicators]
    states = [a.state for a in found]
    return Completeness(
        rated=states.count(State.RATED),
        not_applicable=states.count(State.NOT_APPLICABLE),
        unanswered=states.count(State.UNANSWERED),
        to_discuss=sum(a.to_discuss for a in found),
        without_evidence=sum(a.state is State.RATED and not a.evidence for a in found),
    )


def unknown_criteria(questionnaire: Questionnaire, answers: Mapping[str, Answer]) -> set[str]:
    """Return criteria marked met that their indicator does not have (foreign or orphaned data)."""
    strays: set[str] = set()
    for key, answer in answers.items():
        indicator = questionnaire.indicators.get(key)
        strays |= answer.met - set(indicator.criteria if indicator else ())
    return strays
