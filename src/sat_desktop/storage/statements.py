"""The statements of the daily work as SQLite takes them. Written by `make statements`: do not edit.

Running them needs no SQLAlchemy, which takes longer to import than the rest of a start takes.
"""

from typing import Final

from sat_desktop.storage.database import Statement

ADD_META: Final = Statement(
    "ADD_META",
    "INSERT INTO meta (name, value) VALUES (:name, :value)",
)

ADD_EDITION: Final = Statement(
    "ADD_EDITION",
    "INSERT INTO edition (id, fingerprint, content) VALUES (:id, :fingerprint, :content) ON "
    "CONFLICT (id) DO NOTHING",
)

FINGERPRINT: Final = Statement(
    "FINGERPRINT",
    "SELECT edition.fingerprint FROM edition WHERE edition.id = :id",
)

EDITION: Final = Statement(
    "EDITION",
    "SELECT edition.content FROM edition WHERE edition.id = :id",
)

EDITIONS: Final = Statement(
    "EDITIONS",
    "SELECT edition.id FROM edition ORDER BY edition.seq",
)

ADD_ASSESSMENT: Final = Statement(
    "ADD_ASSESSMENT",
    "INSERT INTO assessment (id, edition, unit_name, unit_kind, unit_teryt, "
    "unit_population, period, language, created, demo) VALUES (:id, :edition, :unit_name, "
    ":unit_kind, :unit_teryt, :unit_population, :period, :language, :created, :demo)",
)

ASSESSMENT: Final = Statement(
    "ASSESSMENT",
    "SELECT assessment.id, assessment.unit_name, assessment.unit_kind, "
    "assessment.unit_teryt, assessment.unit_population, assessment.edition, "
    "assessment.period, assessment.language, assessment.created, assessment.demo FROM "
    "assessment WHERE assessment.id = :id",
)

ASSESSMENTS: Final = Statement(
    "ASSESSMENTS",
    "SELECT coalesce((SELECT max(change_set.at) AS max_1 FROM change_set WHERE "
    "change_set.assessment = assessment.id), assessment.created) AS changed, assessment.id, "
    "assessment.unit_name, assessment.unit_kind, assessment.unit_teryt, "
    "assessment.unit_population, assessment.edition, assessment.period, "
    "assessment.language, assessment.created, assessment.demo FROM assessment ORDER BY "
    "coalesce((SELECT max(change_set.at) AS max_1 FROM change_set WHERE "
    "change_set.assessment = assessment.id), assessment.created) DESC, assessment.seq DESC",
)

UPDATE_ASSESSMENT: Final = Statement(
    "UPDATE_ASSESSMENT",
    "UPDATE assessment SET unit_name=:unit_name, unit_kind=:unit_kind, "
    "unit_teryt=:unit_teryt, unit_population=:unit_population, period=:period, "
    "language=:language WHERE assessment.id = :which",
)

PUT_MEMBER: Final = Statement(
    "PUT_MEMBER",
    "INSERT INTO member (assessment, id, name, contact, department, role, dimensions) "
    "VALUES (:assessment, :id, :name, :contact, :department, :role, :dimensions) ON "
    "CONFLICT (assessment, id) DO UPDATE SET name = excluded.name, contact = "
    "excluded.contact, department = excluded.department, role = excluded.role, dimensions = "
    "excluded.dimensions",
)

MEMBERS: Final = Statement(
    "MEMBERS",
    "SELECT member.id, member.name, member.contact, member.department, member.role, "
    "member.dimensions FROM member WHERE member.assessment = :assessment ORDER BY "
    "member.seq",
)

ADD_RESPONSE: Final = Statement(
    "ADD_RESPONSE",
    "INSERT INTO response (assessment, id, kind, member) VALUES (:assessment, :id, :kind, "
    ":member) ON CONFLICT (assessment, id) DO NOTHING",
)

RESPONSES: Final = Statement(
    "RESPONSES",
    "SELECT response.id, response.kind, response.member FROM response WHERE "
    "response.assessment = :assessment ORDER BY response.seq",
)

REMOVE_REPLACED: Final = Statement(
    "REMOVE_REPLACED",
    "DELETE FROM replaced WHERE replaced.assessment = :assessment",
)

REMOVE_REVISIONS: Final = Statement(
    "REMOVE_REVISIONS",
    "DELETE FROM revision WHERE revision.assessment = :assessment",
)

REMOVE_CHANGE_SETS: Final = Statement(
    "REMOVE_CHANGE_SETS",
    "DELETE FROM change_set WHERE change_set.assessment = :assessment",
)

REMOVE_RESPONSES: Final = Statement(
    "REMOVE_RESPONSES",
    "DELETE FROM response WHERE response.assessment = :assessment",
)

REMOVE_MEMBERS: Final = Statement(
    "REMOVE_MEMBERS",
    "DELETE FROM member WHERE member.assessment = :assessment",
)

REMOVE_ASSESSMENT: Final = Statement(
    "REMOVE_ASSESSMENT",
    "DELETE FROM assessment WHERE assessment.id = :assessment",
)

ADD_CHANGE_SET: Final = Statement(
    "ADD_CHANGE_SET",
    "INSERT INTO change_set (id, assessment, member, at, label, undoes) VALUES (:id, "
    ":assessment, :member, :at, :label, :undoes) ON CONFLICT (id) DO NOTHING",
)

ADD_REVISION: Final = Statement(
    "ADD_REVISION",
    'INSERT INTO revision (id, assessment, change_set, kind, scope, "key", parents, member, '
    "at, value, format) VALUES (:id, :assessment, :change_set, :kind, :scope, :key, "
    ":parents, :member, :at, :value, :format) ON CONFLICT (id) DO NOTHING",
)

ADD_REPLACED: Final = Statement(
    "ADD_REPLACED",
    "INSERT INTO replaced (assessment, revision) VALUES (:assessment, :revision) ON "
    "CONFLICT (assessment, revision) DO NOTHING",
)

HEADS: Final = Statement(
    "HEADS",
    'SELECT revision.id, revision.kind, revision.scope, revision."key", revision.parents, '
    "revision.change_set, revision.member, revision.at, revision.value, revision.format "
    "FROM revision WHERE revision.assessment = :assessment AND NOT (EXISTS (SELECT 1 FROM "
    "replaced WHERE replaced.assessment = revision.assessment AND replaced.revision = "
    "revision.id))",
)

HEADS_OF_ITEM: Final = Statement(
    "HEADS_OF_ITEM",
    'SELECT revision.id, revision.kind, revision.scope, revision."key", revision.parents, '
    "revision.change_set, revision.member, revision.at, revision.value, revision.format "
    'FROM revision WHERE revision."key" = :key AND revision.scope = :scope AND '
    "revision.kind = :kind AND revision.assessment = :assessment AND NOT (EXISTS (SELECT 1 "
    "FROM replaced WHERE replaced.assessment = revision.assessment AND replaced.revision = "
    "revision.id))",
)

REVISIONS: Final = Statement(
    "REVISIONS",
    'SELECT revision.id, revision.kind, revision.scope, revision."key", revision.parents, '
    "revision.change_set, revision.member, revision.at, revision.value, revision.format "
    "FROM revision WHERE revision.assessment = :assessment ORDER BY revision.seq",
)

REVISIONS_OF_ITEM: Final = Statement(
    "REVISIONS_OF_ITEM",
    'SELECT revision.id, revision.kind, revision.scope, revision."key", revision.parents, '
    "revision.change_set, revision.member, revision.at, revision.value, revision.format "
    'FROM revision WHERE revision."key" = :key AND revision.scope = :scope AND '
    "revision.kind = :kind AND revision.assessment = :assessment ORDER BY revision.seq",
)

REVISIONS_OF_CHANGE_SET: Final = Statement(
    "REVISIONS_OF_CHANGE_SET",
    'SELECT revision.id, revision.kind, revision.scope, revision."key", revision.parents, '
    "revision.change_set, revision.member, revision.at, revision.value, revision.format "
    "FROM revision WHERE revision.change_set = :change_set ORDER BY revision.seq",
)

REVISIONS_BY_ID: Final = Statement(
    "REVISIONS_BY_ID",
    'SELECT revision.id, revision.kind, revision.scope, revision."key", revision.parents, '
    "revision.change_set, revision.member, revision.at, revision.value, revision.format "
    "FROM revision WHERE revision.id IN (:id_0, :id_1, :id_2, :id_3, :id_4, :id_5, :id_6, "
    ":id_7, :id_8, :id_9, :id_10, :id_11, :id_12, :id_13, :id_14, :id_15, :id_16, :id_17, "
    ":id_18, :id_19, :id_20, :id_21, :id_22, :id_23, :id_24, :id_25, :id_26, :id_27, "
    ":id_28, :id_29, :id_30, :id_31, :id_32, :id_33, :id_34, :id_35, :id_36, :id_37, "
    ":id_38, :id_39, :id_40, :id_41, :id_42, :id_43, :id_44, :id_45, :id_46, :id_47, "
    ":id_48, :id_49)",
)

CHANGE_SETS: Final = Statement(
    "CHANGE_SETS",
    "SELECT change_set.id, change_set.member, change_set.at, change_set.label, "
    "change_set.undoes FROM change_set WHERE change_set.assessment = :assessment ORDER BY "
    "change_set.seq",
)

TABLES: Final = (
    (
        "CREATE TABLE edition ( seq INTEGER NOT NULL, id TEXT NOT NULL, fingerprint TEXT NOT "
        "NULL, content BLOB NOT NULL, CONSTRAINT pk_edition PRIMARY KEY (seq), CONSTRAINT "
        "uq_edition_id UNIQUE (id) )"
    ),
    (
        "CREATE TABLE meta ( name TEXT NOT NULL, value TEXT NOT NULL, CONSTRAINT pk_meta "
        "PRIMARY KEY (name) )"
    ),
    (
        "CREATE TABLE assessment ( seq INTEGER NOT NULL, id TEXT NOT NULL, edition TEXT NOT "
        "NULL, unit_name TEXT NOT NULL, unit_kind TEXT NOT NULL, unit_teryt TEXT NOT NULL, "
        "unit_population BIGINT, period TEXT NOT NULL, language TEXT NOT NULL, created TEXT NOT "
        "NULL, demo BOOLEAN NOT NULL, CONSTRAINT pk_assessment PRIMARY KEY (seq), CONSTRAINT "
        "uq_assessment_id UNIQUE (id), CONSTRAINT fk_assessment_edition FOREIGN KEY(edition) "
        "REFERENCES edition (id) )"
    ),
    (
        "CREATE TABLE change_set ( seq INTEGER NOT NULL, id TEXT NOT NULL, assessment TEXT NOT "
        "NULL, member TEXT NOT NULL, at TEXT NOT NULL, label TEXT NOT NULL, undoes TEXT, "
        "CONSTRAINT pk_change_set PRIMARY KEY (seq), CONSTRAINT uq_change_set_id UNIQUE (id), "
        "CONSTRAINT fk_change_set_assessment FOREIGN KEY(assessment) REFERENCES assessment (id) "
        ")"
    ),
    "CREATE INDEX ix_change_set_assessment_at ON change_set (assessment, at)",
    (
        "CREATE TABLE member ( seq INTEGER NOT NULL, assessment TEXT NOT NULL, id TEXT NOT "
        "NULL, name TEXT NOT NULL, contact TEXT NOT NULL, department TEXT NOT NULL, role TEXT "
        "NOT NULL, dimensions TEXT NOT NULL, CONSTRAINT pk_member PRIMARY KEY (seq), CONSTRAINT "
        "uq_member_assessment_id UNIQUE (assessment, id), CONSTRAINT fk_member_assessment "
        "FOREIGN KEY(assessment) REFERENCES assessment (id) )"
    ),
    (
        "CREATE TABLE replaced ( assessment TEXT NOT NULL, revision TEXT NOT NULL, CONSTRAINT "
        "pk_replaced PRIMARY KEY (assessment, revision), CONSTRAINT fk_replaced_assessment "
        "FOREIGN KEY(assessment) REFERENCES assessment (id) ) WITHOUT ROWID"
    ),
    (
        "CREATE TABLE response ( seq INTEGER NOT NULL, assessment TEXT NOT NULL, id TEXT NOT "
        "NULL, kind TEXT NOT NULL, member TEXT, CONSTRAINT pk_response PRIMARY KEY (seq), "
        "CONSTRAINT uq_response_assessment_id UNIQUE (assessment, id), CONSTRAINT "
        "uq_response_assessment_member UNIQUE (assessment, member), CONSTRAINT "
        "fk_response_assessment_member FOREIGN KEY(assessment, member) REFERENCES member "
        "(assessment, id), CONSTRAINT fk_response_assessment FOREIGN KEY(assessment) REFERENCES "
        "assessment (id) )"
    ),
    (
        "CREATE TABLE revision ( seq INTEGER NOT NULL, id TEXT NOT NULL, assessment TEXT NOT "
        'NULL, change_set TEXT NOT NULL, kind TEXT NOT NULL, scope TEXT NOT NULL, "key" TEXT '
        "NOT NULL, parents TEXT NOT NULL, member TEXT NOT NULL, at TEXT NOT NULL, value TEXT, "
        "format INTEGER DEFAULT 1 NOT NULL, CONSTRAINT pk_revision PRIMARY KEY (seq), "
        "CONSTRAINT uq_revision_id UNIQUE (id), CONSTRAINT fk_revision_assessment FOREIGN "
        "KEY(assessment) REFERENCES assessment (id), CONSTRAINT fk_revision_change_set FOREIGN "
        "KEY(change_set) REFERENCES change_set (id) )"
    ),
    "CREATE INDEX ix_revision_assessment ON revision (assessment)",
    "CREATE INDEX ix_revision_change_set ON revision (change_set)",
    'CREATE INDEX ix_revision_key_scope ON revision ("key", scope)',
)
"""What makes the tables of a new file, in order."""
