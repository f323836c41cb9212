"""What was said, by whom and when: answers, responses, revisions, completeness, merge.

Second stage of the flow. Nothing is overwritten: every change is an appended `Revision` that names
the revisions it replaces. The current value of an item is its head, the revision that no other
replaces; two heads are a conflict. Undo, history, merge and shared work all read the same
revisions, and a merge is nothing but the union of two sets of them.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from sat_desktop.domain.questionnaire import Indicator, Questionnaire, UnitKind
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
    """

    title: str
    kind: EvidenceKind = EvidenceKind.REFERENCE
    reference: str = ""
    valid_until: str = ""


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


class ResponseKind(StrEnum):
    """Whose set of answers a response is."""

    INDIVIDUAL = "individual"
    AGREED = "agreed"


@dataclass(frozen=True, slots=True)
class Unit:
    """A local-government unit (JST).

    Attributes:
        teryt: official code as text, 4 digits for a powiat or a city, 7 for a gmina; leading
            zeros count. The code alone does not tell the kind.
        population: inhabitants, None when not given.
    """

    name: str
    kind: UnitKind
    teryt: str
    population: int | None = None

    def __post_init__(self) -> None:
        """Refuse a unit that could not be told from another."""
        if not self.name.strip():
            raise SatError("unit-name-missing")
        if not (self.teryt.isascii() and self.teryt.isdigit() and len(self.teryt) in {4, 7}):
            raise SatError("teryt-malformed", value=self.teryt)


@dataclass(frozen=True, slots=True)
class Member:
    """A person in the self-assessment team; name and contact can be erased, the id stays.

    Attributes:
        dimensions: ids of the groups assigned to the person; empty means all.
    """

    id: str
    name: str
    contact: str = ""
    department: str = ""
    role: str = ""
    dimensions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Response:
    """One set of answers: of one member, or the team's agreed one (`member` is None)."""

    id: str
    kind: ResponseKind
    member: str | None = None


@dataclass(frozen=True, slots=True)
class Assessment:
    """A self-assessment: one unit, one questionnaire edition, one period, one language.

    Attributes:
        questionnaire: the edition in use, `ID@VERSION`; as stored, the one it was set up with.
        period: the time the answers speak of, in the office's own words ("2026").
        language: "pl" or "en", of drafts and documents.
        created: when it was set up (UTC).
    """

    id: str
    unit: Unit
    questionnaire: str
    period: str
    language: str
    created: datetime
    demo: bool = False


@dataclass(frozen=True, slots=True)
class EditionInUse:
    """That an assessment goes by another edition, `ID@VERSION`, than it was set up with."""

    edition: str


class ItemKind(StrEnum):
    """What a revision can be of."""

    EDITION = "edition"
    ANSWER = "answer"
    AIM = "aim"
    PLAN = "plan"
    CHAPTER = "chapter"
    GOAL = "goal"
    ACTION = "action"
    UNDERTAKING = "undertaking"
    RISK = "risk"


class Item(NamedTuple):
    """Identity of what is revised, the same on every machine.

    Attributes:
        scope: response id for answers, empty otherwise.
        key: indicator id for answers and aims, chapter id for chapters, the item's own id for
            goals, actions, undertakings and risks; empty for the plan itself and the edition.
    """

    kind: ItemKind
    scope: str
    key: str


EDITION_ITEM = Item(ItemKind.EDITION, "", "")


@dataclass(frozen=True, slots=True)
class Revision:
    """One state of one item, appended and never changed.

    Attributes:
        parents: ids of the revisions of the same item that this one replaces.
        value: the item's value, None when the item is deleted.
        at: when it was written (UTC); for display only, because clocks lie.
    """

    id: str
    item: Item
    parents: tuple[str, ...]
    change_set: str
    member: str
    at: datetime
    value: object | None


@dataclass(frozen=True, slots=True)
class ChangeSet:
    """What a user did in one go; undone as one.

    Attributes:
        label: a code of what was done, worded at the edge.
        undoes: the change-set that this one takes back, None for an original change.
    """

    id: str
    member: str
    at: datetime
    label: str
    undoes: str | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """What one change-set wrote: what a use case returns, and what follows it reads.

    It is false where nothing was new and so nothing was written.
    """

    change_set: ChangeSet
    revisions: tuple[Revision, ...]

    def __bool__(self) -> bool:
        """Tell whether anything was written."""
        return bool(self.revisions)

    @property
    def items(self) -> tuple[Item, ...]:
        """The items that were written, each once, in the order of writing."""
        return tuple(dict.fromkeys(revision.item for revision in self.revisions))

    def touches(
        self, kind: str | None = None, scope: str | None = None, key: str | None = None
    ) -> bool:
        """Tell whether an item of this kind, scope and key was written; None stands for any."""
        return any(
            kind in {None, item.kind} and scope in {None, item.scope} and key in {None, item.key}
            for item in (revision.item for revision in self.revisions)
        )

    @staticmethod
    def joined(changes: Sequence["Change"]) -> "Change":
        """Return several changes, one after the other, as one under the last one's change-set."""
        return Change(changes[-1].change_set, tuple(r for c in changes for r in c.revisions))


def find_heads(revisions: Iterable[Revision]) -> dict[Item, tuple[Revision, ...]]:
    """Return for every item the revisions that no other replaces, the same for any order of input.

    The last of several heads (by time, then id) is the one shown until the conflict is settled.
    """
    by_id = {r.id: r for r in revisions}
    replaced = {parent for r in by_id.values() for parent in r.parents}
    heads: defaultdict[Item, list[Revision]] = defaultdict(list)
    for revision in by_id.values():
        if revision.id not in replaced:
            heads[revision.item].append(revision)
    return {item: tuple(sorted(found, key=precedence)) for item, found in heads.items()}


def precedence(revision: Revision) -> tuple[datetime, str]:
    """Return the key by which concurrent heads are ordered; the last one is shown."""
    return revision.at, revision.id


def find_conflicts(heads: Mapping[Item, Sequence[Revision]]) -> tuple[Item, ...]:
    """Return the items whose concurrent heads say different things, sorted."""
    return tuple(
        sorted(
            item
            for item, found in heads.items()
            if any(r.value != found[0].value for r in found[1:])
        )
    )


def merge(*histories: Iterable[Revision]) -> dict[str, Revision]:
    """Unite histories: commutative, associative, idempotent, by revision id.

    A revision never changes, so an id means the same everywhere; should a damaged file say
    otherwise, what was there first stands.
    """
    united: dict[str, Revision] = {}
    for history in histories:
        for revision in history:
            united.setdefault(revision.id, revision)
    return united


def undo_and_redo(change_sets: Sequence[ChangeSet], member: str) -> tuple[str | None, str | None]:
    """Return the change-set that undo would take back and the one that redo would.

    `change_sets` are in the order of writing. A redo is the undoing of an undoing. A new change of
    the member empties what could be redone; changes of others do not. One person at two machines
    may take back what is not on top once both histories are merged; it is then gone from where it
    stood, and is not offered again.
    """
    done: dict[str, None] = {}  # an ordered set, the last one on top
    undone: dict[str, None] = {}
    for change in change_sets:
        if change.member != member:
            continue
        if change.undoes in done:
            del done[change.undoes]
            undone[change.id] = None
        elif change.undoes in undone:
            del undone[change.undoes]
            done[change.id] = None
        else:
            done[change.id] = None
            undone.clear()
    return next(reversed(done), None), next(reversed(undone), None)


def take_back(
    change: Sequence[Revision],
    earlier: Mapping[str, Revision],
    heads: Mapping[Item, Sequence[Revision]],
    write: Callable[[Item, tuple[str, ...], object | None], Revision],
) -> tuple[Revision, ...]:
    """Return the revisions that restore what stood before a change-set.

    Every item has to stand as the change-set left it; by the same revisions or by later ones that
    restored it, so that several changes of one item can be taken back one after the other.

    Args:
        change: the revisions of the change-set.
        earlier: the parents of those revisions, by id.
        heads: the present heads of the items concerned.
        write: makes a revision of an item with parents and a value.

    Raises:
        SatError: somebody changed one of the items since; their work is not overwritten, and
            nothing was asked of `write`.
    """
    written: defaultdict[Item, list[Revision]] = defaultdict(list)
    for revision in change:
        written[revision.item].append(revision)
    for item, revisions in written.items():
        # Undoing the settlement of a conflict wrote one head for each side of it.
        left = [r.value for r in revisions]
        present = [r.value for r in heads.get(item, ())]
        if any(left.count(value) != present.count(value) for value in left + present):
            raise SatError("undo-overtaken", item=item.key)
    restored = []
    for item, revisions in written.items():
        parents = dict.fromkeys(p for r in revisions for p in r.parents)
        values = [earlier[p].value for p in parents] or [None]
        replaced = tuple(r.id for r in heads[item])
        # Several parents were a conflict that the change settled: each comes back as a head.
        restored += [write(item, replaced, value) for value in values]
    return tuple(restored)


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
