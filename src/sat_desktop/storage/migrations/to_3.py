"""Version 3: a revision is of one field of an item, and carries a digest.

What becomes of the rows is told by `registers_of_records`; here they are read and written. The
particulars of an assessment and its team become revisions too; what is left of a member's row is
`person`, which can be erased. Responses need no table any more, their ids follow from whose they
are; nor does `replaced`.
"""

from collections.abc import Iterator
from typing import Final

import sqlalchemy as sa
from alembic.operations import Operations

from sat_desktop.storage.migrations.registers_of_records import migrated
from sat_desktop.storage.migrations.rows_2_and_3 import (
    NewRows,
    OldAssessment,
    OldChangeSet,
    OldMember,
    OldResponse,
    OldRevision,
    OldRows,
)

_GOING: Final = ("replaced", "revision", "change_set", "response", "member", "assessment")
"""What is dropped, whatever refers to something before it; some come again with other columns."""

_metadata: Final = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)
_Sequence: Final = sa.BigInteger().with_variant(sa.Integer, "sqlite")

_assessment: Final = sa.Table(
    "assessment",
    _metadata,
    sa.Column("seq", _Sequence, primary_key=True, autoincrement=True),
    sa.Column("id", sa.Text, nullable=False, unique=True),
    sa.Column("created", sa.Text, nullable=False),
    sa.Column("demo", sa.Boolean, nullable=False),
    sa.Column("revisions", sa.Integer, nullable=False),
    sa.Column("digest", sa.Text, nullable=False),
)
_person: Final = sa.Table(
    "person",
    _metadata,
    sa.Column("seq", _Sequence, primary_key=True, autoincrement=True),
    sa.Column("assessment", sa.Text, sa.ForeignKey("assessment.id"), nullable=False),
    sa.Column("id", sa.Text, nullable=False),
    sa.Column("member", sa.Text, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("contact", sa.Text, nullable=False),
    sa.UniqueConstraint("assessment", "id"),
)
_change_set: Final = sa.Table(
    "change_set",
    _metadata,
    sa.Column("seq", _Sequence, primary_key=True, autoincrement=True),
    sa.Column("id", sa.Text, nullable=False, unique=True),
    sa.Column("assessment", sa.Text, sa.ForeignKey("assessment.id"), nullable=False),
    sa.Column("writer", sa.Text, nullable=False),
    sa.Column("member", sa.Text, nullable=False),
    sa.Column("at", sa.Text, nullable=False),
    sa.Column("label", sa.Text, nullable=False),
    sa.Column("undoes", sa.Text),
    sa.Column("merged_by", sa.Text),
    sa.Index(None, "assessment", "at"),
    sa.Index(
        None,
        "merged_by",
        sqlite_where=sa.text("merged_by IS NOT NULL"),
    ),
)
_revision: Final = sa.Table(
    "revision",
    _metadata,
    sa.Column("seq", _Sequence, primary_key=True, autoincrement=True),
    sa.Column("id", sa.Text, nullable=False, unique=True),
    sa.Column("assessment", sa.Text, sa.ForeignKey("assessment.id"), nullable=False),
    sa.Column("change_set", sa.Text, sa.ForeignKey("change_set.id"), nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("scope", sa.Text, nullable=False),
    sa.Column("key", sa.Text, nullable=False),
    sa.Column("field", sa.Text, nullable=False),
    sa.Column("parents", sa.Text, nullable=False),
    sa.Column("member", sa.Text, nullable=False),
    sa.Column("at", sa.Text, nullable=False),
    sa.Column("value", sa.Text),
    sa.Column("format", sa.Integer, nullable=False),
    sa.Column("digest", sa.Text, nullable=False),
    sa.Index(None, "assessment"),
    sa.Index(None, "change_set"),
    sa.Index(None, "key", "scope"),
)


def upgrade(op: Operations) -> None:
    """Bring the tables of schema 2 to schema 3, their rows with them.

    The caller's transaction makes it whole or not at all.

    Raises:
        ValueError: a stored value cannot be read; see `registers_of_records.migrated`.

    """
    connection = op.get_bind()
    found = [migrated(old) for old in _read(connection)]
    for table in _GOING:
        op.drop_table(table)
    _metadata.create_all(connection, checkfirst=False)
    for rows in found:
        _write(connection, rows)


def _read(connection: sa.Connection) -> Iterator[OldRows]:
    """Yield the rows of schema 2, assessment by assessment in the order of their making."""
    assessments = connection.execute(
        sa.text(
            "SELECT id, edition, unit_name, unit_kind, unit_teryt, unit_population, period,"
            " language, created, demo FROM assessment ORDER BY seq"
        )
    ).all()
    for row in assessments:
        of = {"assessment": row.id}
        yield OldRows(
            OldAssessment(*row),
            [OldMember(*r) for r in connection.execute(_MEMBERS, of)],
            [OldResponse(*r) for r in connection.execute(_RESPONSES, of)],
            [OldChangeSet(*r) for r in connection.execute(_CHANGE_SETS, of)],
            [OldRevision(*r) for r in connection.execute(_REVISIONS, of)],
        )


def _of_assessment(table: str, columns: str) -> sa.TextClause:
    # Both are written below; nothing comes from outside.
    return sa.text(f"SELECT {columns} FROM {table} WHERE assessment = :assessment ORDER BY seq")  # noqa: S608


_MEMBERS: Final = _of_assessment("member", "id, name, contact, department, role, dimensions")
_RESPONSES: Final = _of_assessment("response", "id, member")
_CHANGE_SETS: Final = _of_assessment("change_set", "id, member, at, label, undoes")
_REVISIONS: Final = _of_assessment(
    "revision", "id, change_set, kind, scope, key, parents, member, at, value"
)


def _write(connection: sa.Connection, rows: NewRows) -> None:
    connection.execute(
        sa.insert(_assessment),
        {
            "id": rows.id,
            "created": rows.created,
            "demo": bool(rows.demo),
            "revisions": len(rows.revisions),
            "digest": rows.digest,
        },
    )
    for table, made in (
        (_person, rows.people),
        (_change_set, rows.change_sets),
        (_revision, rows.revisions),
    ):
        if made:
            connection.execute(sa.insert(table).inline(), [row._asdict() for row in made])
