"""The tables of a workspace, the same on SQLite and PostgreSQL (docs/formats.md).

Times are ISO 8601 text in UTC with microseconds, so that they sort as text and no driver converts
them. Rows that only ever grow carry `seq`, the order of arrival. Revisions are appended and never
changed; which of them are heads follows from their parents and is found in memory (decision 0007).
Changing a table raises `version.SCHEMA_VERSION`.
"""

from typing import Final

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
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
    Column("created", Text, nullable=False),
    Column("demo", Boolean, nullable=False),
    # How many revisions there are, and the XOR of their digests: a row that is lost is missed.
    Column("revisions", Integer, nullable=False),
    Column("digest", Text, nullable=False),
)

person: Final = Table(
    "person",
    metadata,
    Column("seq", _Sequence, primary_key=True, autoincrement=True),
    Column("assessment", Text, ForeignKey("assessment.id"), nullable=False),
    Column("id", Text, nullable=False),
    # No reference to anything: revisions name both, and these rows may be erased.
    Column("member", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("contact", Text, nullable=False),
    UniqueConstraint("assessment", "id"),
)

change_set: Final = Table(
    "change_set",
    metadata,
    Column("seq", _Sequence, primary_key=True, autoincrement=True),
    Column("id", Text, nullable=False, unique=True),
    Column("assessment", Text, ForeignKey("assessment.id"), nullable=False),
    Column("writer", Text, nullable=False),
    Column("member", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("label", Text, nullable=False),
    Column("undoes", Text),
    # Known here only: the change-set of the merge with which it came.
    Column("merged_by", Text),
    # The time of an assessment's last change is the far end of this index.
    Index(None, "assessment", "at"),
    # Undoing looks for what a merge brought; most change-sets came with none and cost nothing here.
    # A server's index holds the empty ones too: to tell it would import its dialect for every file.
    Index(None, "merged_by", sqlite_where=text("merged_by IS NOT NULL")),
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
    Column("field", Text, nullable=False),
    # Ids separated by spaces: read with the row, where a table of links would cost a join.
    Column("parents", Text, nullable=False),
    Column("member", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("value", Text),
    Column("format", Integer, nullable=False),
    # Of all columns but `seq` and this one: SQLite does not see a byte changed inside a value.
    Column("digest", Text, nullable=False),
    # Alone in its index, so that an assessment is read in the order in which it lies on the disk.
    Index(None, "assessment"),
    Index(None, "change_set"),
    Index(None, "key", "scope"),
)
