"""Setting up assessments: create, find, change particulars, remove; members and responses."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sat_desktop.domain.answers import (
    EDITION_ITEM,
    Assessment,
    Change,
    ChangeSet,
    Member,
    Response,
    ResponseKind,
    Unit,
)
from sat_desktop.domain.questionnaire import Questionnaire, version_order
from sat_desktop.errors import SatError
from sat_desktop.services.dossier import Dossier, edition_in_use
from sat_desktop.services.ports import Workspace

LAST = "last"
"""In place of an id: the assessment changed last."""


@dataclass(frozen=True, slots=True)
class Summary:
    """One line of the list of assessments."""

    assessment: Assessment
    changed: datetime


def add_edition(workspace: Workspace, questionnaire: Questionnaire) -> None:
    """Store an edition; SatError `edition-differs` if it is there with another content."""
    with workspace.store.begin() as work:
        work.editions.add(questionnaire)
        work.commit()


def list_editions(workspace: Workspace) -> tuple[str, ...]:
    """Return the stored editions, `ID@VERSION`."""
    with workspace.store.begin() as work:
        return tuple(work.editions.all())


def newest_editions(workspace: Workspace) -> dict[str, str]:
    """Return the newest stored edition of every questionnaire, by the questionnaire's id."""
    stored = sorted(list_editions(workspace), key=version_order)
    return {edition.split("@")[0]: edition for edition in stored}


def find_edition(workspace: Workspace, wanted: str) -> Questionnaire:
    """Return a stored edition by `ID@VERSION`, or the newest one by `ID`."""
    with workspace.store.begin() as work:
        stored = work.editions.all()
        if "@" not in wanted:
            of_id = [e for e in stored if e.split("@")[0] == wanted]
            if not of_id:
                raise SatError("edition-unknown", edition=wanted)
            wanted = max(of_id, key=version_order)
        return work.editions.get(wanted)


def create_assessment(
    workspace: Workspace,
    unit: Unit,
    questionnaire: str,
    period: str,
    language: str,
    coordinator: str,
    *,
    demo: bool = False,
) -> Assessment:
    """Set up an assessment with its default member and the agreed response.

    Args:
        questionnaire: a stored edition, `ID@VERSION`.
        coordinator: name of the default member.

    Raises:
        SatError: the edition is unknown, or the period is blank.
    """
    if not period.strip():
        raise SatError("period-missing")
    assessment = Assessment(
        id=workspace.new_id(),
        unit=unit,
        questionnaire=questionnaire,
        period=period.strip(),
        language=language,
        created=workspace.clock(),
        demo=demo,
    )
    with workspace.store.begin() as work:
        work.editions.get(questionnaire)
        work.assessments.add(
            assessment,
            [Member(workspace.new_id(), coordinator)],
            [Response(workspace.new_id(), ResponseKind.AGREED)],
        )
        work.commit()
    return assessment


def list_assessments(workspace: Workspace) -> tuple[Summary, ...]:
    """Return all assessments, the last changed first."""
    with workspace.store.begin() as work:
        found = []
        for stored, changed in work.assessments.all():
            heads = work.history.heads_of(stored.id, [EDITION_ITEM])
            present = replace(stored, questionnaire=edition_in_use(stored, heads))
            found.append(Summary(present, changed))
        return tuple(found)


def find_assessment(workspace: Workspace, wanted: str) -> str:
    """Return the id meant by an id, a unique prefix of one, or `last`.

    Raises:
        SatError: there is none, or several begin like this.
    """
    known = [s.assessment.id for s in list_assessments(workspace)]
    if wanted == LAST:
        if not known:
            raise SatError("no-assessments")
        return known[0]
    if wanted in known:
        return wanted
    found = [k for k in known if wanted and k.startswith(wanted)]
    if len(found) > 1:
        raise SatError("assessment-ambiguous", id=wanted, count=len(found))
    if not found:
        raise SatError("assessment-unknown", id=wanted)
    return found[0]


def remove_assessment(workspace: Workspace, assessment: str) -> None:
    """Delete an assessment with everything that belongs to it."""
    with workspace.store.begin() as work:
        work.assessments.remove(assessment)
        work.commit()


def change_particulars(
    workspace: Workspace, dossier: Dossier, unit: Unit, period: str, language: str
) -> Change:
    """Replace unit, period and language; the kind of unit stays, since answers depend on it."""
    if unit.kind is not dossier.assessment.unit.kind:
        raise SatError("kind-fixed")
    if not period.strip():
        raise SatError("period-missing")
    changed = replace(dossier.assessment, unit=unit, period=period.strip(), language=language)
    with workspace.store.begin() as work:
        work.assessments.update(changed)
        work.commit()
    dossier.assessment = changed
    return _unrevised(workspace, dossier, "particulars")


def add_member(
    workspace: Workspace,
    dossier: Dossier,
    name: str,
    department: str = "",
    role: str = "",
    dimensions: Sequence[str] = (),
) -> Change:
    """Add a team member with an individual response; SatError if the name is blank or taken."""
    if not name.strip():
        raise SatError("member-name-missing")
    if any(m.name == name.strip() for m in dossier.members):
        raise SatError("member-exists", name=name.strip())
    member = Member(
        workspace.new_id(),
        name.strip(),
        department=department,
        role=role,
        dimensions=tuple(dimensions),
    )
    response = Response(workspace.new_id(), ResponseKind.INDIVIDUAL, member.id)
    with workspace.store.begin() as work:
        work.assessments.put_member(dossier.assessment.id, member)
        work.assessments.add_response(dossier.assessment.id, response)
        work.commit()
    dossier.members += (member,)
    dossier.add_response(response)
    return _unrevised(workspace, dossier, "member")


def change_member(workspace: Workspace, dossier: Dossier, member: Member) -> Change:
    """Replace what is known of a member; SatError if the name is blank or another's."""
    dossier.member(member.id)
    if not member.name.strip():
        raise SatError("member-name-missing")
    if any(m.name == member.name.strip() for m in dossier.members if m.id != member.id):
        raise SatError("member-exists", name=member.name.strip())
    changed = replace(member, name=member.name.strip())
    with workspace.store.begin() as work:
        work.assessments.put_member(dossier.assessment.id, changed)
        work.commit()
    dossier.members = tuple(changed if m.id == changed.id else m for m in dossier.members)
    return _unrevised(workspace, dossier, "member")


def _unrevised(workspace: Workspace, dossier: Dossier, label: str) -> Change:
    """Return the change of what is stored without revisions."""
    author = dossier.members[0].id
    return Change(ChangeSet(workspace.new_id(), author, workspace.clock(), label), ())


def response_for(workspace: Workspace, dossier: Dossier, name: str) -> Response:
    """Return the individual response of the member with a name, who is added if missing."""
    member = next((m for m in dossier.members if name.strip() in {m.name, m.id}), None)
    if member is None:
        add_member(workspace, dossier, name)
        member = dossier.members[-1]
    if all(r.member != member.id for r in dossier.responses):
        response = Response(workspace.new_id(), ResponseKind.INDIVIDUAL, member.id)
        with workspace.store.begin() as work:
            work.assessments.add_response(dossier.assessment.id, response)
            work.commit()
        dossier.add_response(response)
    return dossier.response_of(member.id)
