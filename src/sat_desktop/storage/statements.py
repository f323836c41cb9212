"""The statements of the daily work, in SQLAlchemy Core: made once, compiled once for each database."""

from collections.abc import Sequence
from typing import Final

from sqlalchemy import Delete, Dialect, Table, bindparam, delete, func, insert, select, update

from sat_desktop.storage.tables import (
    assessment,
    change_set,
    edition,
    member,
    replaced,
    response,
    revision,
)


class Addition:
    """The insertion of rows; one that is there already is left as it is, or renewed.

    Core has no common word for the second half, though both databases say it in the same words. And
    every answer is three of these: text that is made once saves a third of what Core costs.

    Args:
        table: where to.
        identity: names of the columns that tell whether a row is there; none where it cannot be.
        renewed: names of the columns that are then overwritten.

    """

    __slots__ = ("_core", "_tail", "_texts")

    def __init__(
        self, table: Table, identity: Sequence[str] = (), renewed: Sequence[str] = ()
    ) -> None:
        names = [c.name for c in table.columns if c.name != "seq"]
        self._core = insert(table).inline().values({name: bindparam(name) for name in names})
        self._tail = ""
        if identity:
            renewal = ", ".join(f"{name} = excluded.{name}" for name in renewed)
            what = f"UPDATE SET {renewal}" if renewal else "NOTHING"
            self._tail = f" ON CONFLICT ({', '.join(identity)}) DO {what}"
        self._texts: dict[str, str] = {}

    def text(self, dialect: Dialect) -> str:
        """Return it as the driver of a dialect takes it, with the columns' names for parameters."""
        text = self._texts.get(dialect.name)
        if text is None:
            text = self._texts[dialect.name] = f"{self._core.compile(dialect=dialect)}{self._tail}"
        return text


def _removal(table: Table) -> Delete:
    return delete(table).where(table.c.assessment == bindparam("assessment"))


# editions

ADD_EDITION: Final = Addition(edition, ["id"])
FINGERPRINT: Final = select(edition.c.fingerprint).where(edition.c.id == bindparam("id"))
EDITION: Final = select(edition.c.content).where(edition.c.id == bindparam("id"))
EDITIONS: Final = select(edition.c.id).order_by(edition.c.seq)

# assessments

_a: Final = assessment.c
_ASSESSMENT_COLUMNS: Final = (
    _a.id, _a.unit_name, _a.unit_kind, _a.unit_teryt, _a.unit_population, _a.edition, _a.period,
    _a.language, _a.created, _a.demo,
)  # fmt: skip
_LAST_CHANGE: Final = func.coalesce(
    select(func.max(change_set.c.at)).where(change_set.c.assessment == _a.id).scalar_subquery(),
    _a.created,
)
_MEMBER_FIELDS: Final = ("name", "contact", "department", "role", "dimensions")

ADD_ASSESSMENT: Final = Addition(assessment)
ASSESSMENT: Final = select(*_ASSESSMENT_COLUMNS).where(_a.id == bindparam("id"))
ASSESSMENTS: Final = select(_LAST_CHANGE.label("changed"), *_ASSESSMENT_COLUMNS).order_by(
    _LAST_CHANGE.desc(), _a.seq.desc()
)
# What it sets are the columns that it is given values for.
UPDATE_ASSESSMENT: Final = update(assessment).where(_a.id == bindparam("which"))
PUT_MEMBER: Final = Addition(member, ["assessment", "id"], renewed=_MEMBER_FIELDS)
MEMBERS: Final = (
    select(member.c.id, *(member.c[name] for name in _MEMBER_FIELDS))
    .where(member.c.assessment == bindparam("assessment"))
    .order_by(member.c.seq)
)
ADD_RESPONSE: Final = Addition(response, ["assessment", "id"])
RESPONSES: Final = (
    select(response.c.id, response.c.kind, response.c.member)
    .where(response.c.assessment == bindparam("assessment"))
    .order_by(response.c.seq)
)
REMOVALS: Final = (
    *(_removal(table) for table in (replaced, revision, change_set, response, member)),
    delete(assessment).where(_a.id == bindparam("assessment")),
)
"""Everything of an assessment; what refers to something goes before it."""

# history

_r: Final = revision.c
_OF_ASSESSMENT: Final = _r.assessment == bindparam("assessment")
_OF_ITEM: Final = (
    (_r.key == bindparam("key"))
    & (_r.scope == bindparam("scope"))
    & (_r.kind == bindparam("kind"))
    & _OF_ASSESSMENT
)
_IS_HEAD: Final = ~(
    select(1)
    .where((replaced.c.assessment == _r.assessment) & (replaced.c.revision == _r.id))
    .exists()
)
_REVISIONS: Final = select(
    _r.id, _r.kind, _r.scope, _r.key, _r.parents, _r.change_set, _r.member, _r.at, _r.value,
    _r.format,
)  # fmt: skip

ADD_CHANGE_SET: Final = Addition(change_set, ["id"])
ADD_REVISION: Final = Addition(revision, ["id"])
ADD_REPLACED: Final = Addition(replaced, ["assessment", "revision"])
HEADS: Final = _REVISIONS.where(_OF_ASSESSMENT & _IS_HEAD)
HEADS_OF_ITEM: Final = _REVISIONS.where(_OF_ITEM & _IS_HEAD)
REVISIONS: Final = _REVISIONS.where(_OF_ASSESSMENT).order_by(_r.seq)
REVISIONS_OF_ITEM: Final = _REVISIONS.where(_OF_ITEM).order_by(_r.seq)
REVISIONS_OF_CHANGE_SET: Final = _REVISIONS.where(
    _r.change_set == bindparam("change_set")
).order_by(_r.seq)
REVISIONS_BY_ID: Final = _REVISIONS.where(_r.id.in_(bindparam("ids", expanding=True)))
CHANGE_SETS: Final = (
    select(
        change_set.c.id, change_set.c.member, change_set.c.at, change_set.c.label,
        change_set.c.undoes,
    )
    .where(change_set.c.assessment == bindparam("assessment"))
    .order_by(change_set.c.seq)
)  # fmt: skip
