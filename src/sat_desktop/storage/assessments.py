"""Assessments, and the names of their members."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, Final

from sat_desktop.domain.assessment import Person
from sat_desktop.errors import SatError
from sat_desktop.services.ports import AssessmentRow
from sat_desktop.storage.history import time_of, time_text
from sat_desktop.storage.seal import EMPTY
from sat_desktop.storage.statements import (
    ADD_ASSESSMENT,
    ADD_PERSON,
    ASSESSMENT,
    ASSESSMENTS,
    ERASE_PERSONS,
    PERSONS,
    REMOVALS,
    SEAL,
)
from sat_desktop.storage.transaction import Transaction

_NUL: Final = "\0"


class SqlAssessments:
    """The port `Assessments`."""

    __slots__ = ("_transaction",)

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def add(self, assessment: AssessmentRow) -> None:
        """Store a new assessment, of which nothing is said yet."""
        self._transaction.write(
            ADD_ASSESSMENT,
            {
                "id": assessment.id,
                "created": time_text(assessment.created),
                "demo": assessment.demo,
                "revisions": EMPTY.number,
                "digest": EMPTY.sum,
            },
        )

    def get(self, assessment: str) -> AssessmentRow:
        """Return one; SatError `assessment-unknown` if there is none."""
        rows = self._transaction.rows(ASSESSMENT, {"id": assessment})
        if not rows:
            raise SatError("assessment-unknown", id=assessment)
        return _row(rows[0])

    def all(self) -> Sequence[tuple[AssessmentRow, datetime]]:
        """Return all with the time of their last change, the last changed first."""
        rows = self._transaction.rows(ASSESSMENTS, {})
        return [(_row(row[1:]), time_of(row[0])) for row in rows]

    def remove(self, assessment: str) -> None:
        """Delete one with everything that belongs to it; its edition stays."""
        # Held from here on, so that nobody appends to it meanwhile.
        if not self._transaction.rows(SEAL, {"assessment": assessment}, writing=True):
            raise SatError("assessment-unknown", id=assessment)
        for statement in REMOVALS:
            self._transaction.write(statement, {"assessment": assessment})

    def persons(self, assessment: str) -> Sequence[Person]:
        """Return the names that are known, in the order of adding."""
        rows = self._transaction.rows(PERSONS, {"assessment": assessment})
        return [Person(*row) for row in rows]

    def put_persons(self, assessment: str, persons: Iterable[Person]) -> None:
        """Add names; those that are there already stay as they are."""
        rows = [
            {
                "assessment": assessment,
                "id": p.id,
                "member": p.member,
                "name": _storable(p.name),
                "contact": _storable(p.contact),
            }
            for p in persons
        ]
        self._transaction.write(ADD_PERSON, *rows)

    def erase(self, assessment: str, members: Iterable[str]) -> None:
        """Delete every name and contact of these members."""
        rows = [{"assessment": assessment, "member": member} for member in members]
        self._transaction.write(ERASE_PERSONS, *rows)


def _storable(text: str) -> str:
    """Refuse what PostgreSQL's text cannot hold on every database, so that all can be copied."""
    if _NUL in text:
        raise SatError("value-unstorable")
    return text


def _row(row: Any) -> AssessmentRow:
    identifier, created, demo = row
    return AssessmentRow(identifier, time_of(created), bool(demo))
