"""The statements of the daily work, in SQLAlchemy Core, the same for both kinds of database.

`statements` is written from here (`make statements`) and a test holds the two together. They must
not need types converted on the way in or out, because they are run as text.
"""

from dataclasses import dataclass
from typing import Final

from sqlalchemy import Dialect, Table, bindparam, delete, func, insert, select, update
from sqlalchemy.sql import ClauseElement

from sat_desktop.storage.tables import (
    assessment,
    change_set,
    edition,
    member,
    meta,
    replaced,
    response,
    revision,
)
from sat_desktop.storage.transaction import IDS_AT_ONCE


@dataclass(frozen=True, slots=True)
class Definition:
    """A statement with named parameters.

    Attributes:
        core: what Core has words for.
        tail: text that both databases understand and Core has no common word for.

    """

    core: ClauseElement
    tail: str = ""

    def text(self, dialect: Dialect) -> str:
        """Return it as the driver of a dialect takes it."""
        return str(self.core.compile(dialect=dialect)) + self.tail


def _addition(table: Table, unless: str = "", instead: str = "") -> Definition:
    """Return the insertion of a row of all columns but the numbering one.

    Args:
        table: where to.
        unless: columns that identify a row; one that is there already is left as it is.
        instead: what to set in the row that is there, where `excluded` is the new one.

    """
    names = [c.name for c in table.columns if c.name != "seq"]
    core = insert(table).inline().values({name: bindparam(name) for name in names})
    if not unless:
        return Definition(core)
    return Definition(
        core, f" ON CONFLICT ({unless}) DO {f'UPDATE SET {instead}' if instead else 'NOTHING'}"
    )


_a = assessment.c
_ASSESSMENT_COLUMNS: Final = (
    _a.id, _a.unit_name, _a.unit_kind, _a.unit_teryt, _a.unit_population, _a.edition, _a.period,
    _a.language, _a.created, _a.demo,
)  # fmt: skip
_LAST_CHANGE: Final = func.coalesce(
    select(func.max(change_set.c.at)).where(change_set.c.assessment == _a.id).scalar_subquery(),
    _a.created,
)
_PARTICULARS: Final = (
    "unit_name", "unit_kind", "unit_teryt", "unit_population", "period", "language",
)  # fmt: skip
_MEMBER_FIELDS: Final = ("name", "contact", "department", "role", "dimensions")

_r = revision.c
_REVISION_COLUMNS: Final = (
    _r.id, _r.kind, _r.scope, _r.key, _r.parents, _r.change_set, _r.member, _r.at, _r.value,
    _r.format,
)  # fmt: skip
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


def _removal(table: Table) -> Definition:
    return Definition(delete(table).where(table.c.assessment == bindparam("assessment")))


DEFINITIONS: Final = {
    "ADD_META": _addition(meta),
    # editions
    "ADD_EDITION": _addition(edition, unless="id"),
    "FINGERPRINT": Definition(select(edition.c.fingerprint).where(edition.c.id == bindparam("id"))),
    "EDITION": Definition(select(edition.c.content).where(edition.c.id == bindparam("id"))),
    "EDITIONS": Definition(select(edition.c.id).order_by(edition.c.seq)),
    # assessments
    "ADD_ASSESSMENT": _addition(assessment),
    "ASSESSMENT": Definition(select(*_ASSESSMENT_COLUMNS).where(_a.id == bindparam("id"))),
    "ASSESSMENTS": Definition(
        select(_LAST_CHANGE.label("changed"), *_ASSESSMENT_COLUMNS).order_by(
            _LAST_CHANGE.desc(), _a.seq.desc()
        )
    ),
    "UPDATE_ASSESSMENT": Definition(
        update(assessment)
        .where(_a.id == bindparam("which"))
        .values({name: bindparam(name) for name in _PARTICULARS})
    ),
    "PUT_MEMBER": _addition(
        member,
        unless="assessment, id",
        instead=", ".join(f"{name} = excluded.{name}" for name in _MEMBER_FIELDS),
    ),
    "MEMBERS": Definition(
        select(member.c.id, *(member.c[name] for name in _MEMBER_FIELDS))
        .where(member.c.assessment == bindparam("assessment"))
        .order_by(member.c.seq)
    ),
    "ADD_RESPONSE": _addition(response, unless="assessment, id"),
    "RESPONSES": Definition(
        select(response.c.id, response.c.kind, response.c.member)
        .where(response.c.assessment == bindparam("assessment"))
        .order_by(response.c.seq)
    ),
    "REMOVE_REPLACED": _removal(replaced),
    "REMOVE_REVISIONS": _removal(revision),
    "REMOVE_CHANGE_SETS": _removal(change_set),
    "REMOVE_RESPONSES": _removal(response),
    "REMOVE_MEMBERS": _removal(member),
    "REMOVE_ASSESSMENT": Definition(delete(assessment).where(_a.id == bindparam("assessment"))),
    # history
    "ADD_CHANGE_SET": _addition(change_set, unless="id"),
    "ADD_REVISION": _addition(revision, unless="id"),
    "ADD_REPLACED": _addition(replaced, unless="assessment, revision"),
    "HEADS": Definition(select(*_REVISION_COLUMNS).where(_OF_ASSESSMENT & _IS_HEAD)),
    "HEADS_OF_ITEM": Definition(select(*_REVISION_COLUMNS).where(_OF_ITEM & _IS_HEAD)),
    "REVISIONS": Definition(select(*_REVISION_COLUMNS).where(_OF_ASSESSMENT).order_by(_r.seq)),
    "REVISIONS_OF_ITEM": Definition(select(*_REVISION_COLUMNS).where(_OF_ITEM).order_by(_r.seq)),
    "REVISIONS_OF_CHANGE_SET": Definition(
        select(*_REVISION_COLUMNS).where(_r.change_set == bindparam("change_set")).order_by(_r.seq)
    ),
    "REVISIONS_BY_ID": Definition(
        select(*_REVISION_COLUMNS).where(
            _r.id.in_([bindparam(f"id_{n}") for n in range(IDS_AT_ONCE)])
        )
    ),
    "CHANGE_SETS": Definition(
        select(
            change_set.c.id,
            change_set.c.member,
            change_set.c.at,
            change_set.c.label,
            change_set.c.undoes,
        )
        .where(change_set.c.assessment == bindparam("assessment"))
        .order_by(change_set.c.seq)
    ),
}
"""By name, as `statements` has them."""
