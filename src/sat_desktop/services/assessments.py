"""Setting up assessments: create, find, change particulars, remove; members and responses."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sat_desktop.domain.assessment import (
    Assessment,
    Member,
    Membership,
    Particulars,
    Person,
    Response,
    Unit,
)
from sat_desktop.domain.history import Change, ChangeSet, Register, Revision
from sat_desktop.domain.kinds import ASSESSMENT, MEMBER
from sat_desktop.domain.questionnaire import Questionnaire, version_order
from sat_desktop.errors import SatError
from sat_desktop.services.changes import record, write
from sat_desktop.services.dossier import Dossier, assessment_of, particulars_of
from sat_desktop.services.ports import AssessmentRow, Workspace

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
    """Set up an assessment with its default member.

    Args:
        questionnaire: a stored edition, `ID@VERSION`.
        coordinator: name of the default member.

    Raises:
        SatError: the edition is unknown, or the period is blank.
    """
    if not period.strip():
        raise SatError("period-missing")
    row = AssessmentRow(workspace.new_id(), workspace.clock(), demo)
    said = Particulars(
        unit.name, unit.kind, unit.teryt, unit.population, period.strip(), language, questionnaire
    )
    person = Person(workspace.new_id(), workspace.new_id(), coordinator)
    membership = Membership(person.member, person.id)
    # Of no writer: an assessment is removed, its beginning is not undone.
    change_set = ChangeSet(workspace.new_id(), "", person.member, row.created, "setup")
    written = [
        (Register(*kind.item(key), field), value)
        for kind, key, record in (
            (ASSESSMENT, "", said),
            (MEMBER, person.member, membership),
        )
        for field, value in kind.fields_of(record).items()
        if value is not None
    ]
    revisions = [
        Revision(workspace.new_id(), register, (), change_set.id, person.member, row.created, value)
        for register, value in written
    ]
    with workspace.store.begin() as work:
        work.editions.get(questionnaire)
        work.assessments.add(row)
        work.assessments.put_persons(row.id, [person])
        work.history.append(row.id, change_set, revisions)
        work.commit()
    return assessment_of(row, said)


def list_assessments(workspace: Workspace) -> tuple[Summary, ...]:
    """Return all assessments, the last changed first."""
    with workspace.store.begin() as work:
        said = work.history.particulars()
        return tuple(
            Summary(assessment_of(row, particulars_of(said[row.id])), changed)
            for row, changed in work.assessments.all()
        )


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
    said = replace(
        dossier.particulars,
        name=unit.name,
        teryt=unit.teryt,
        population=unit.population,
        period=period.strip(),
        language=language,
    )
    return record(workspace, dossier, "particulars", {ASSESSMENT.item(): said})


def add_member(
    workspace: Workspace,
    dossier: Dossier,
    name: str,
    department: str = "",
    role: str = "",
    dimensions: Sequence[str] = (),
) -> Change:
    """Add a team member; SatError if the name is blank or taken."""
    member = Member(workspace.new_id(), name, "", department, role, tuple(dimensions))
    return _put_member(workspace, dossier, "member-add", member)


def change_member(workspace: Workspace, dossier: Dossier, member: Member) -> Change:
    """Replace what is known of a member; SatError if the name is blank or another's."""
    dossier.member(member.id)
    return _put_member(workspace, dossier, "member", member)


def erase_member(workspace: Workspace, dossier: Dossier, member: str) -> Change:
    """Erase a member's name and contact for ever; the answers stay, of a person without a name.

    Undoing it brings no name back, and no merge does.
    """
    known = dossier.membership(dossier.member(member).id)
    shown = dossier.heads.shown(MEMBER.item(member))
    fields = MEMBER.fields_of(replace(known, name="", erased=True), shown)
    said = {
        Register(*MEMBER.item(member), field): value
        for field, value in fields.items()
        if value != shown.get(field)
    }
    return write(workspace, dossier, "member-erase", said, erased=(member,))


def _put_member(workspace: Workspace, dossier: Dossier, label: str, member: Member) -> Change:
    name = member.name.strip()
    if not name:
        raise SatError("member-name-missing")
    if any(m.name == name for m in dossier.members if m.id != member.id):
        raise SatError("member-exists", name=name)
    shown = dossier.heads.shown(MEMBER.item(member.id))
    present = dossier.persons.get(str(shown.get("name", "")))
    persons: tuple[Person, ...] = ()
    if present is None or (present.name, present.contact) != (name, member.contact):
        present = Person(workspace.new_id(), member.id, name, member.contact)
        persons = (present,)
    membership = Membership(
        member.id, present.id, member.department, member.role, member.dimensions
    )
    said = {
        Register(*MEMBER.item(member.id), field): value
        for field, value in MEMBER.fields_of(membership, shown).items()
        if value != shown.get(field)
    }
    return write(workspace, dossier, label, said, persons=persons)


def response_for(workspace: Workspace, dossier: Dossier, name: str) -> Response:
    """Return the individual response of the member with a name, who is added if missing."""
    if not name.strip():
        raise SatError("member-name-missing")
    member = next((m.id for m in dossier.members if name.strip() in {m.name, m.id}), None)
    if member is None:
        member = add_member(workspace, dossier, name).items[0].key
    return dossier.response_of(member)
