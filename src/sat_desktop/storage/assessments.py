"""Assessments with their members and responses."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import bindparam, delete, func, select, update

from sat_desktop.domain.answers import Assessment, Member, Response, ResponseKind, Unit
from sat_desktop.domain.questionnaire import UnitKind
from sat_desktop.errors import SatError
from sat_desktop.storage.history import time_of, time_text
from sat_desktop.storage.statements import Statement, addition
from sat_desktop.storage.tables import assessment as assessment_table
from sat_desktop.storage.tables import change_set, replaced, revision
from sat_desktop.storage.tables import member as member_table
from sat_desktop.storage.tables import response as response_table
from sat_desktop.storage.transaction import Transaction

_a = assessment_table.c
_COLUMNS: Final = (
    _a.id, _a.unit_name, _a.unit_kind, _a.unit_teryt, _a.unit_population, _a.edition, _a.period,
    _a.language, _a.created, _a.demo,
)  # fmt: skip
_LAST_CHANGE: Final = func.coalesce(
    select(func.max(change_set.c.at)).where(change_set.c.assessment == _a.id).scalar_subquery(),
    _a.created,
)

_ADD: Final = addition(assessment_table)
_GET: Final = Statement(select(*_COLUMNS).where(_a.id == bindparam("id")))
_ALL: Final = Statement(
    select(_LAST_CHANGE.label("changed"), *_COLUMNS).order_by(_LAST_CHANGE.desc(), _a.seq.desc())
)
_PARTICULARS: Final = (
    "unit_name", "unit_kind", "unit_teryt", "unit_population", "period", "language",
)  # fmt: skip
_UPDATE: Final = Statement(
    update(assessment_table)
    .where(_a.id == bindparam("which"))
    .values({name: bindparam(name) for name in _PARTICULARS})
)
_MEMBER_FIELDS: Final = ("name", "contact", "department", "role", "dimensions")
_PUT_MEMBER: Final = addition(
    member_table,
    unless="assessment, id",
    instead=", ".join(f"{name} = excluded.{name}" for name in _MEMBER_FIELDS),
)
_MEMBERS: Final = Statement(
    select(member_table.c.id, *(member_table.c[name] for name in _MEMBER_FIELDS))
    .where(member_table.c.assessment == bindparam("assessment"))
    .order_by(member_table.c.seq)
)
_ADD_RESPONSE: Final = addition(response_table, unless="assessment, id")
_RESPONSES: Final = Statement(
    select(response_table.c.id, response_table.c.kind, response_table.c.member)
    .where(response_table.c.assessment == bindparam("assessment"))
    .order_by(response_table.c.seq)
)
# What refers to something goes before it.
_REMOVALS: Final = (
    *(
        Statement(delete(table).where(table.c.assessment == bindparam("assessment")))
        for table in (replaced, revision, change_set, response_table, member_table)
    ),
    Statement(delete(assessment_table).where(_a.id == bindparam("assessment"))),
)


class SqlAssessments:
    """The port `Assessments`."""

    __slots__ = ("_transaction",)

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def add(
        self, assessment: Assessment, members: Sequence[Member], responses: Sequence[Response]
    ) -> None:
        """Store a new assessment."""
        self._transaction.write(
            _ADD,
            {
                "id": assessment.id,
                "edition": assessment.questionnaire,
                "created": time_text(assessment.created),
                "demo": assessment.demo,
                **_particulars(assessment),
            },
        )
        for member in members:
            self.put_member(assessment.id, member)
        for response in responses:
            self.add_response(assessment.id, response)

    def get(self, assessment: str) -> Assessment:
        """Return one; SatError `assessment-unknown` if there is none."""
        rows = self._transaction.rows(_GET, {"id": assessment})
        if not rows:
            raise SatError("assessment-unknown", id=assessment)
        return _assessment(rows[0])

    def all(self) -> Sequence[tuple[Assessment, datetime]]:
        """Return all with the time of their last change, the last changed first."""
        rows = self._transaction.rows(_ALL, {})
        return [(_assessment(row[1:]), time_of(row[0])) for row in rows]

    def update(self, assessment: Assessment) -> None:
        """Replace the particulars (unit, period, language); the edition stays."""
        self.get(assessment.id)
        self._transaction.write(_UPDATE, {"which": assessment.id, **_particulars(assessment)})

    def remove(self, assessment: str) -> None:
        """Delete one with everything that belongs to it; its edition stays."""
        self.get(assessment)
        for statement in _REMOVALS:
            self._transaction.write(statement, {"assessment": assessment})

    def members(self, assessment: str) -> Sequence[Member]:
        """Return the members in the order of adding."""
        rows = self._transaction.rows(_MEMBERS, {"assessment": assessment})
        return [
            Member(id_, name, contact, department, role, tuple(json.loads(dimensions)))
            for id_, name, contact, department, role, dimensions in rows
        ]

    def put_member(self, assessment: str, member: Member) -> None:
        """Add a member, or overwrite the one row that holds name and contact."""
        self._transaction.write(
            _PUT_MEMBER,
            {
                "assessment": assessment,
                "id": member.id,
                "name": _storable(member.name),
                "contact": _storable(member.contact),
                "department": _storable(member.department),
                "role": _storable(member.role),
                "dimensions": json.dumps(member.dimensions),
            },
        )

    def responses(self, assessment: str) -> Sequence[Response]:
        """Return the responses in the order of adding; exactly one is the agreed one."""
        rows = self._transaction.rows(_RESPONSES, {"assessment": assessment})
        return [Response(id_, ResponseKind(kind), member) for id_, kind, member in rows]

    def add_response(self, assessment: str, response: Response) -> None:
        """Add an individual response; one that is there already stays as it is."""
        self._transaction.write(
            _ADD_RESPONSE,
            {
                "assessment": assessment,
                "id": response.id,
                "kind": response.kind.value,
                "member": response.member,
            },
        )


def _storable(text: str) -> str:
    """Refuse what PostgreSQL's text cannot hold on every database, so that all can be copied."""
    if "\0" in text:
        raise SatError("value-unstorable")
    return text


def _particulars(assessment: Assessment) -> dict[str, object]:
    return {
        "unit_name": _storable(assessment.unit.name),
        "unit_kind": assessment.unit.kind.value,
        "unit_teryt": assessment.unit.teryt,
        "unit_population": assessment.unit.population,
        "period": _storable(assessment.period),
        "language": _storable(assessment.language),
    }


def _assessment(row: Any) -> Assessment:
    id_, name, kind, teryt, population, edition, period, language, created, demo = row
    return Assessment(
        id=id_,
        unit=Unit(name, UnitKind(kind), teryt, population),
        questionnaire=edition,
        period=period,
        language=language,
        created=time_of(created),
        demo=bool(demo),
    )
