"""The tables of a workspace, the same on SQLite and PostgreSQL (docs/formats-database.md).

Times are ISO 8601 text in UTC with microseconds, so that they sort as text and no driver converts
them. Rows that only ever grow carry `seq`, the order of writing. Revisions are appended and never
changed: which of them are heads follows from `replaced`, the set of the ids that some revision
names as a parent (decision 0004). Changing a table raises `version.SCHEMA_VERSION`.
"""

from typing import Final

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    text,
)

metadata: Final = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

_Sequence: Final = BigInteger().with_variant(Integer, "sqlite")
"""SQLite numbers rows by itself only in a column of exactly the type INTEGER."""

meta: Final = Table(
    "meta",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
)

edition: Final = Table(
    "edition",
    metadata,
    Column("seq", _Sequence, primary_key=True, autoincrement=True),
    Column("id", Text, nullable=False, unique=True),
    Column("fingerprint", Text, nullable=False),
    Column("content", LargeBinary, nullable=False),
)

assessment: Final = Table(
    "assessment",
    metadata,
    Column("seq", _Sequence, primary_key=True, autoincrement=True),
    Column("id", Text, nullable=False, unique=True),
    Column("edition", Text, ForeignKey("edition.id"), nullable=False),
    Column("unit_name", Text, nullable=False),
    Column("unit_kind", Text, nullable=False),
    Column("unit_teryt", Text, nullable=False),
    Column("unit_population", BigInteger),
    Column("period", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("created", Text, nullable=False),
    Column("demo", Boolean, nullable=False),
)

member: Final = Table(
    "member",
    metadata,
    Column("seq", _Sequence, primary_key=True, autoincrement=True),
    Column("assessment", Text, ForeignKey("assessment.id"), nullable=False),
    Column("id", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("contact", Text, nullable=False),
    Column("department", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("dimensions", Text, nullable=False),
    UniqueConstraint("assessment", "id"),
)

response: Final = Table(
    "response",
    metadata,
    Column("seq", _Sequence, primary_key=True, autoincrement=True),
    Column("assessment", Text, ForeignKey("assessment.id"), nullable=False),
    Column("id", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("member", Text),
    UniqueConstraint("assessment", "id"),
    UniqueConstraint("assessment", "member"),
    ForeignKeyConstraint(["assessment", "member"], ["member.assessment", "member.id"]),
)

change_set: Final = Table(
    "change_set",
    metadata,
    Column("seq", _Sequence, primary_key=True, autoincrement=True),
    Column("id", Text, nullable=False, unique=True),
    Column("assessment", Text, ForeignKey("assessment.id"), nullable=False),
    Column("member", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("label", Text, nullable=False),
    Column("undoes", Text),
    # The time of an assessment's last change is the far end of this index.
    Index(None, "assessment", "at"),
)

revision: Final = Table(
    "revision",
    metadata,
    Column("seq", _Sequence, primary_key=True, autoincrement=True),
    Column("id", Text, nullable=False, unique=True),
    Column("assessment", Text, ForeignKey("assessment.id"), nullable=False),
    Column("change_set", Text, ForeignKey("change_set.id"), nullable=False),
    Column("kind", Text, nullable=False),
    Column("scope", Text, nullable=False),
    Column("key", Text, nullable=False),
    # Ids separated by spaces: read with the row, where a table of links would cost a join.
    Column("parents", Text, nullable=False),
    # No reference to `member`: what somebody said must not be lost for want of their name.
    Column("member", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("value", Text),
    Column("format", Integer, nullable=False, server_default=text("1")),
    # Alone in its index, so that an assessment is read in the order in which it lies on the disk.
    Index(None, "assessment"),
    Index(None, "change_set"),
    Index(None, "key", "scope"),
)

replaced: Final = Table(
    "replaced",
    metadata,
    Column("assessment", Text, ForeignKey("assessment.id"), primary_key=True),
    # No reference to `revision`: a child may arrive before its parent.
    Column("revision", Text, primary_key=True),
    sqlite_with_rowid=False,
)
