"""Looking for damage in everything, when there is time."""

from collections.abc import Iterator

from sqlalchemy import Connection, func, select

from sat_desktop.domain.answers import ItemKind
from sat_desktop.errors import Problem, SatError
from sat_desktop.formats.questionnaire_json import decode_questionnaire, fingerprint
from sat_desktop.formats.revisions import decode_value
from sat_desktop.storage.database import Database
from sat_desktop.storage.failures import expected_failures
from sat_desktop.storage.tables import assessment, edition, replaced, response, revision


def check_fully(database: Database) -> None:
    """Look at everything, values and references included.

    Raises:
        SatError: `database-defects` (path, count) with one problem for each: `where` is the table
            and the row's id. `database-damaged` where it cannot be read at all.

    """
    place = database.place
    with expected_failures(place), database.reading() as connection:
        problems = database.kind.defects(connection) or list(_content_problems(connection))
    if problems:
        raise SatError("database-defects", problems, path=place, count=len(problems))


def _content_problems(connection: Connection) -> Iterator[Problem]:
    yield from _edition_problems(connection)
    yield from _response_problems(connection)
    yield from _revision_problems(connection)


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


def _response_problems(connection: Connection) -> Iterator[Problem]:
    """Every assessment has exactly one agreed response."""
    agreed = func.count(response.c.id)
    query = (
        select(assessment.c.id, agreed)
        .outerjoin_from(
            assessment,
            response,
            (response.c.assessment == assessment.c.id) & response.c.member.is_(None),
        )
        .group_by(assessment.c.id)
        .having(agreed != 1)
    )
    for name, count in connection.execute(query):
        yield Problem("agreed-response-count", f"assessment {name}", {"count": count})


def _revision_problems(connection: Connection) -> Iterator[Problem]:
    """Values are readable, and what a revision replaces is known to be replaced.

    A parent need not be there (it may come with a later merge), but without its row in `replaced`
    it would stand as a head again.
    """
    links: set[tuple[str, str]] = set()
    query = select(
        revision.c.id,
        revision.c.assessment,
        revision.c.kind,
        revision.c.parents,
        revision.c.value,
        revision.c.format,
    )
    for name, owner, kind, parents, value, version in connection.execute(query):
        links.update((owner, parent) for parent in parents.split())
        if kind not in set(ItemKind):
            yield Problem("revision-kind-unknown", f"revision {name}", {"kind": kind})
        elif value is not None:
            try:
                decode_value(ItemKind(kind), value, version)
            except SatError as error:
                yield Problem(error.code, f"revision {name}", error.facts)
    known = {
        (owner, parent)
        for owner, parent in connection.execute(select(replaced.c.assessment, replaced.c.revision))
    }
    for _, parent in sorted(links ^ known):
        yield Problem("replacement-lost", f"revision {parent}", {"id": parent})
