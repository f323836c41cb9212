"""Assessments with their members and responses."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sat_desktop.domain.answers import Assessment, Member, Response, ResponseKind, Unit
from sat_desktop.domain.questionnaire import UnitKind
from sat_desktop.errors import SatError
from sat_desktop.storage.history import time_of, time_text
from sat_desktop.storage.statements import (
    ADD_ASSESSMENT,
    ADD_RESPONSE,
    ASSESSMENT,
    ASSESSMENTS,
    MEMBERS,
    PUT_MEMBER,
    REMOVALS,
    RESPONSES,
    UPDATE_ASSESSMENT,
)
from sat_desktop.storage.transaction import Transaction


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
            ADD_ASSESSMENT,
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
        rows = self._transaction.rows(ASSESSMENT, {"id": assessment})
        if not rows:
            raise SatError("assessment-unknown", id=assessment)
        return _assessment(rows[0])

    def all(self) -> Sequence[tuple[Assessment, datetime]]:
        """Return all with the time of their last change, the last changed first."""
        rows = self._transaction.rows(ASSESSMENTS, {})
        return [(_assessment(row[1:]), time_of(row[0])) for row in rows]

    def update(self, assessment: Assessment) -> None:
        """Replace the particulars (unit, period, language); the edition stays."""
        self.get(assessment.id)
        self._transaction.write(
            UPDATE_ASSESSMENT, {"which": assessment.id, **_particulars(assessment)}
        )

    def remove(self, assessment: str) -> None:
        """Delete one with everything that belongs to it; its edition stays."""
        self.get(assessment)
        for statement in REMOVALS:
            self._transaction.write(statement, {"assessment": assessment})

    def members(self, assessment: str) -> Sequence[Member]:
        """Return the members in the order of adding."""
        rows = self._transaction.rows(MEMBERS, {"assessment": assessment})
        return [
            Member(id_, name, contact, department, role, tuple(json.loads(dimensions)))
            for id_, name, contact, department, role, dimensions in rows
        ]

    def put_member(self, assessment: str, member: Member) -> None:
        """Add a member, or overwrite the one row that holds name and contact."""
        self._transaction.write(
            PUT_MEMBER,
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
        rows = self._transaction.rows(RESPONSES, {"assessment": assessment})
        return [Response(id_, ResponseKind(kind), member) for id_, kind, member in rows]

    def add_response(self, assessment: str, response: Response) -> None:
        """Add an individual response; one that is there already stays as it is."""
        self._transaction.write(
            ADD_RESPONSE,
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
        demo=demo,
    )
