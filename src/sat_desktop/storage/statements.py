"""The statements of the daily work, in SQLAlchemy Core: made once, compiled once for each database."""

from typing import Final, cast

from sqlalchemy import (
    ClauseElement,
    ColumnElement,
    Delete,
    Dialect,
    Executable,
    Table,
    bindparam,
    delete,
    func,
    insert,
    literal_column,
    select,
    update,
)

from sat_desktop.storage.tables import assessment, change_set, edition, person, revision


class Prepared:
    """A statement whose text is made once for each database and then handed to the driver.

    Every answer is five of these. What Core does anew for each costs more than SQLite's own work.
    Values are parameters or stand in the text: none is kept beside it.

    Attributes:
        core: what it says, where the text does not do.

    Args:
        core: what it says.
        tail: what Core has no common word for, though both databases say it in the same words.

    """

    __slots__ = ("_tail", "_texts", "core")

    def __init__(self, core: Executable, tail: str = "") -> None:
        self.core = core
        self._tail = tail
        self._texts: dict[str, str] = {}

    def text(self, dialect: Dialect) -> str:
        """Return it as the driver of a dialect takes it, with the values' names for parameters."""
        text = self._texts.get(dialect.name)
        if text is None:
            core = cast("ClauseElement", self.core).compile(dialect=dialect)
            text = self._texts[dialect.name] = f"{core}{self._tail}"
        return text


def _addition(table: Table, *identity: str) -> Prepared:
    """Return the insertion of rows; one that is there already is left as it is.

    Args:
        table: where to.
        identity: names of the columns that tell whether a row is there; none where it cannot be.

    """
    names = [c.name for c in table.columns if c.name != "seq"]
    core = insert(table).inline().values({name: bindparam(name) for name in names})
    tail = f" ON CONFLICT ({', '.join(identity)}) DO NOTHING" if identity else ""
    return Prepared(core, tail)


def _removal(table: Table) -> Delete:
    return delete(table).where(table.c.assessment == bindparam("assessment"))


# editions

ADD_EDITION: Final = _addition(edition, "id")
FINGERPRINT: Final = Prepared(select(edition.c.fingerprint).where(edition.c.id == bindparam("id")))
EDITION: Final = Prepared(select(edition.c.content).where(edition.c.id == bindparam("id")))
EDITIONS: Final = Prepared(select(edition.c.id).order_by(edition.c.seq))

# assessments

_a: Final = assessment.c
_LAST_CHANGE: Final = func.coalesce(
    select(func.max(change_set.c.at)).where(change_set.c.assessment == _a.id).scalar_subquery(),
    _a.created,
)
_ROW: Final = (_a.id, _a.created, _a.demo)

ADD_ASSESSMENT: Final = _addition(assessment)
ASSESSMENT: Final = Prepared(select(*_ROW).where(_a.id == bindparam("id")))
ASSESSMENTS: Final = Prepared(
    select(_LAST_CHANGE.label("changed"), *_ROW).order_by(_LAST_CHANGE.desc(), _a.seq.desc())
)
ADD_PERSON: Final = _addition(person, "assessment", "id")
PERSONS: Final = Prepared(
    select(person.c.id, person.c.member, person.c.name, person.c.contact)
    .where(person.c.assessment == bindparam("assessment"))
    .order_by(person.c.seq)
)
ERASE_PERSONS: Final = Prepared(_removal(person).where(person.c.member == bindparam("member")))
REMOVALS: Final = (
    *(Prepared(_removal(table)) for table in (revision, change_set, person)),
    Prepared(delete(assessment).where(_a.id == bindparam("assessment"))),
)
"""Everything of an assessment; what refers to something goes before it."""

# history

_c: Final = change_set.c
_r: Final = revision.c
REVISION_COLUMNS: Final = tuple(c for c in _r if c.name not in {"seq", "digest"})
"""What a revision's digest is made of, in this order."""

_EMPTY: Final[ColumnElement[str]] = literal_column("''")
_OF_ASSESSMENT: Final = _r.assessment == bindparam("assessment")
_REVISIONS: Final = select(*REVISION_COLUMNS, _r.digest)
_CHANGE_SETS: Final = select(_c.seq, _c.id, _c.writer, _c.member, _c.at, _c.label, _c.undoes).where(
    _c.assessment == bindparam("assessment")
)
_LATER: Final = _c.seq > bindparam("cursor")

ADD_CHANGE_SET: Final = _addition(change_set, "id")
ADD_REVISION: Final = _addition(revision, "id")
DIGESTS_OF_CHANGE_SET: Final = Prepared(
    select(_r.digest).where(_r.change_set == bindparam("change_set"))
)
# A writer holds the assessment's row until the end: numbers are then in order of commits. Not
# held against rows that refer to it: two who add a name first would wait for each other for ever.
_SEAL: Final = select(_a.revisions, _a.digest).where(_a.id == bindparam("assessment"))
PRESENT_SEAL: Final = Prepared(_SEAL)
SEAL: Final = Prepared(_SEAL.with_for_update(key_share=True))
RENEW_SEAL: Final = Prepared(
    update(assessment)
    .where(_a.id == bindparam("assessment"))
    .values(revisions=bindparam("number"), digest=bindparam("sum"))
)
REVISIONS: Final = Prepared(_REVISIONS.where(_OF_ASSESSMENT).order_by(_r.seq))
REVISIONS_BACKWARDS: Final = Prepared(_REVISIONS.where(_OF_ASSESSMENT).order_by(_r.seq.desc()))
REVISIONS_OF_REGISTER: Final = Prepared(
    _REVISIONS.where(
        (_r.key == bindparam("key"))
        & (_r.scope == bindparam("scope"))
        & (_r.kind == bindparam("kind"))
        & (_r.field == bindparam("field"))
        & _OF_ASSESSMENT
    ).order_by(_r.seq)
)
REVISIONS_OF_CHANGE_SET: Final = Prepared(
    _REVISIONS.join(change_set, _c.id == _r.change_set)
    .where((_c.id == bindparam("change_set")) | (_c.merged_by == bindparam("change_set")))
    .order_by(_r.seq)
)
PARTICULARS: Final = Prepared(
    _REVISIONS.where(
        (_r.key == _EMPTY) & (_r.scope == _EMPTY) & (_r.kind == bindparam("kind"))
    ).order_by(_r.seq)
)
CHANGE_SETS: Final = Prepared(_CHANGE_SETS.order_by(_c.seq))
LATER_CHANGE_SETS: Final = Prepared(_CHANGE_SETS.where(_LATER).order_by(_c.seq))
LATER_REVISIONS: Final = Prepared(
    _REVISIONS.join(change_set, _c.id == _r.change_set)
    .where((_c.assessment == bindparam("assessment")) & _LATER)
    .order_by(_r.seq)
)
LAST_NUMBER: Final = Prepared(
    select(func.coalesce(func.max(_c.seq), literal_column("0"))).where(
        _c.assessment == bindparam("assessment")
    )
)
