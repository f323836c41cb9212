"""Another edition of the questionnaire for a running assessment: seen beforehand, undone like any change.

The edition in use is a register of the assessment, so history, undo and merge know of it. No answer is deleted: those that the edition does not ask for are orphaned, and readable.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from sat_desktop.domain.answers import UNANSWERED, Answer
from sat_desktop.domain.history import Change, Item
from sat_desktop.domain.kinds import ANSWER, ASSESSMENT
from sat_desktop.domain.questionnaire import Indicator, Questionnaire, version_order
from sat_desktop.domain.scores import Scores, score
from sat_desktop.domain.succession import CriterionChange, Succession, carry_over, compare
from sat_desktop.errors import SatError
from sat_desktop.services.changes import record
from sat_desktop.services.dossier import Dossier
from sat_desktop.services.ports import Workspace


@dataclass(frozen=True, slots=True)
class Orphan:
    """An answer to what the edition in use does not ask.

    Attributes:
        response: id of the response it belongs to.
        key: id of the indicator.
        indicator: as the last stored edition has it that asks for it, None where none does.
    """

    response: str
    key: str
    indicator: Indicator | None
    answer: Answer


@dataclass(frozen=True, slots=True)
class Upgrade:
    """What another edition would change.

    Attributes:
        target: the other edition, as it applies to the unit.
        succession: what becomes of the indicators that apply to the unit.
        before, after: the agreed response's numbers under both.
        orphaned: the answers that would no longer be asked for, in the order of the present edition.
        carried: answers that have to be written so that moved criteria stay met.
    """

    target: Questionnaire
    succession: Succession
    before: Scores
    after: Scores
    orphaned: tuple[Orphan, ...]
    carried: Mapping[Item, Answer]


@dataclass(frozen=True, slots=True)
class LevelChange:
    """An indicator that has another level under the other edition, though nobody answered anew.

    Attributes:
        before, after: its levels.
        because: the criteria that make the difference: not met, they keep it from the next level
            after (where it falls), or no longer keep it from the next level before (where it rises).
    """

    id: str
    before: int
    after: int
    because: tuple[CriterionChange, ...]


def other_editions(workspace: Workspace, dossier: Dossier) -> tuple[str, ...]:
    """Return the other stored editions of the same questionnaire, the newest first."""
    with workspace.store.begin() as work:
        stored = work.editions.all()
    present = dossier.edition
    others = [e for e in stored if e.split("@")[0] == present.id and e != present.edition]
    return tuple(sorted(others, key=version_order, reverse=True))


def preview_upgrade(workspace: Workspace, dossier: Dossier, edition: str) -> Upgrade:
    """Return what using another edition would change; nothing is written.

    Raises:
        SatError: `edition-unknown`; `edition-foreign` where it is of another questionnaire,
            `edition-in-use` where it is the present one.

    """
    with workspace.store.begin() as work:
        whole = work.editions.get(edition)
    if whole.id != dossier.edition.id:
        raise SatError("edition-foreign", edition=edition, present=dossier.edition.edition)
    if whole.edition == dossier.edition.edition:
        raise SatError("edition-in-use", edition=edition)
    present, target = dossier.questionnaire, whole.applicable_to(dossier.assessment.unit.kind)
    carried = {
        ANSWER.item(key, response.id): answer
        for response in dossier.responses
        for key, answer in carry_over(dossier.answers(response.id), present, target).items()
    }
    agreed = dossier.agreed.id
    taken = {item.key: answer for item, answer in carried.items() if item.scope == agreed}
    return Upgrade(
        target,
        compare(present, target),
        before=score(present, dossier.answers(agreed)),
        after=score(target, {**dossier.answers(agreed), **taken}),
        orphaned=_orphans(dossier, target, (present,)),
        carried=carried,
    )


def upgrade(workspace: Workspace, dossier: Dossier, edition: str, member: str = "") -> Change:
    """Use another edition from now on, as one change.

    Raises:
        SatError: as `preview_upgrade`.

    """
    found = preview_upgrade(workspace, dossier, edition)
    said = replace(dossier.particulars, edition=edition)
    values: dict[Item, object | None] = {ASSESSMENT.item(): said, **found.carried}
    return record(workspace, dossier, "upgrade", values, member)


def level_changes(found: Upgrade) -> tuple[LevelChange, ...]:
    """Return the indicators whose level differs, with the reason, in the other edition's order."""
    changed = []
    for change in found.succession.indicators:
        if change.before is None or change.after is None:
            continue
        was, now = found.before.ratings[change.id], found.after.ratings[change.id]
        if was.level is None or now.level is None or was.level == now.level:
            continue
        if now.level < was.level:
            missing = change.after.criteria_by_level[now.level] - set(now.met)
        else:
            missing = change.before.criteria_by_level[was.level] - set(was.met)
        because = tuple(c for c in change.criteria if c.id in missing)
        changed.append(LevelChange(change.id, was.level, now.level, because))
    return tuple(changed)


def has_orphans(dossier: Dossier) -> bool:
    """Tell whether there are answers that the edition in use does not ask for."""
    asked = dossier.questionnaire.indicators
    return any(
        key not in asked and answer != UNANSWERED
        for response in dossier.responses
        for key, answer in dossier.answers(response.id).items()
    )


def orphaned_answers(workspace: Workspace, dossier: Dossier) -> tuple[Orphan, ...]:
    """Return all answers that the edition in use does not ask for."""
    with workspace.store.begin() as work:
        names = [e for e in work.editions.all() if e.split("@")[0] == dossier.edition.id]
        newest = sorted(names, key=version_order, reverse=True)
        editions = tuple(work.editions.get(name) for name in newest)
    return _orphans(dossier, dossier.questionnaire, editions)


def _orphans(
    dossier: Dossier, target: Questionnaire, editions: tuple[Questionnaire, ...]
) -> tuple[Orphan, ...]:
    found = []
    for response in dossier.responses:
        answers = dossier.answers(response.id)
        for key, answer in answers.items():
            if key in target.indicators or answer == UNANSWERED:
                continue
            asked = (e.indicators[key] for e in editions if key in e.indicators)
            found.append(Orphan(response.id, key, next(asked, None), answer))
    order = {key: place for e in reversed(editions) for place, key in enumerate(e.indicators)}
    return tuple(sorted(found, key=lambda o: (order.get(o.key, len(order)), o.key)))
