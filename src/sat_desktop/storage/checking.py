"""Looking for damage in everything, when there is time."""

from collections.abc import Iterator
from typing import Final

from sqlalchemy import Connection, select

from sat_desktop.domain.history import Register
from sat_desktop.domain.kinds import KINDS
from sat_desktop.errors import Problem, SatError
from sat_desktop.formats.questionnaire_json import decode_questionnaire, fingerprint
from sat_desktop.formats.revisions import decode_value
from sat_desktop.storage.database import Database
from sat_desktop.storage.failures import expected_failures
from sat_desktop.storage.seal import Inspection, Seal
from sat_desktop.storage.statements import REVISIONS
from sat_desktop.storage.tables import assessment, edition

_UNREADABLE: Final = "damage-found"
"""The kind of defect after which nothing more can be said of the rows."""


def check_fully(database: Database) -> None:
    """Look at everything, values and references included.

    Raises:
        SatError: `database-defects` (path, count) with one problem for each: `where` is the table
            and the row's id. `database-damaged` where it cannot be read at all.

    """
    place = database.place
    with expected_failures(place), database.reading() as connection:
        problems = database.kind.defects(connection)
        if all(p.code != _UNREADABLE for p in problems):
            problems += _content_problems(connection)
    if problems:
        raise SatError("database-defects", problems, path=place, count=len(problems))


def _content_problems(connection: Connection) -> Iterator[Problem]:
    yield from _edition_problems(connection)
    for name, number, total in connection.execute(
        select(assessment.c.id, assessment.c.revisions, assessment.c.digest)
    ):
        yield from _revision_problems(connection, name, Seal(number, total))


def _edition_problems(connection: Connection) -> Iterator[Problem]:
    for name, mark, content in connection.execute(
        select(edition.c.id, edition.c.fingerprint, edition.c.content)
    ):
        try:
            found = decode_questionnaire(content)
        except SatError as error:
            yield Problem(error.code, f"edition {name}", error.facts)
            continue
        if found.edition != name or fingerprint(found) != mark:
            yield Problem("edition-altered", f"edition {name}", {"edition": name})


def _revision_problems(connection: Connection, owner: str, seal: Seal) -> Iterator[Problem]:
    """Rows are as they were written, none is missing, and every value can be read.

    A parent need not be there: it may come with a later merge.
    """
    rows = connection.execute(REVISIONS.core, {"assessment": owner}).all()
    inspection = Inspection()
    inspection.look_at(rows)
    for name in inspection.altered:
        yield Problem("revision-altered", f"revision {name}", {"id": name})
    if inspection.misses(seal):
        facts = {"found": len(rows), "expected": seal.number}
        yield Problem("revisions-lost", f"assessment {owner}", facts)
    altered = set(inspection.altered)
    for row in rows:
        if row[0] in altered:
            continue
        name, register, value, version = row[0], Register(*row[3:7]), row[10], row[11]
        if register.kind not in KINDS:
            yield Problem("revision-kind-unknown", f"revision {name}", {"kind": register.kind})
        elif value is not None:
            try:
                decode_value(register, value, version)
            except SatError as error:
                yield Problem(error.code, f"revision {name}", error.facts)
