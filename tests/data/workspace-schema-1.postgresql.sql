-- The tables of schema version 1 on PostgreSQL, as version 1 made them.
CREATE TABLE edition (
    seq BIGSERIAL NOT NULL,
    id TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    content BYTEA NOT NULL,
    CONSTRAINT pk_edition PRIMARY KEY (seq),
    CONSTRAINT uq_edition_id UNIQUE (id)
);
CREATE TABLE meta (
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    CONSTRAINT pk_meta PRIMARY KEY (name)
);
CREATE TABLE assessment (
    seq BIGSERIAL NOT NULL,
    id TEXT NOT NULL,
    edition TEXT NOT NULL,
    unit_name TEXT NOT NULL,
    unit_kind TEXT NOT NULL,
    unit_teryt TEXT NOT NULL,
    unit_population BIGINT,
    period TEXT NOT NULL,
    language TEXT NOT NULL,
    created TEXT NOT NULL,
    demo BOOLEAN NOT NULL,
    CONSTRAINT pk_assessment PRIMARY KEY (seq),
    CONSTRAINT uq_assessment_id UNIQUE (id),
    CONSTRAINT fk_assessment_edition FOREIGN KEY(edition) REFERENCES edition (id)
);
CREATE TABLE change_set (
    seq BIGSERIAL NOT NULL,
    id TEXT NOT NULL,
    assessment TEXT NOT NULL,
    member TEXT NOT NULL,
    at TEXT NOT NULL,
    label TEXT NOT NULL,
    undoes TEXT,
    CONSTRAINT pk_change_set PRIMARY KEY (seq),
    CONSTRAINT uq_change_set_id UNIQUE (id),
    CONSTRAINT fk_change_set_assessment FOREIGN KEY(assessment) REFERENCES assessment (id)
);
CREATE INDEX ix_change_set_assessment ON change_set (assessment);
CREATE TABLE member (
    seq BIGSERIAL NOT NULL,
    assessment TEXT NOT NULL,
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    contact TEXT NOT NULL,
    department TEXT NOT NULL,
    role TEXT NOT NULL,
    dimensions TEXT NOT NULL,
    CONSTRAINT pk_member PRIMARY KEY (seq),
    CONSTRAINT uq_member_assessment_id UNIQUE (assessment, id),
    CONSTRAINT fk_member_assessment FOREIGN KEY(assessment) REFERENCES assessment (id)
);
CREATE TABLE replaced (
    assessment TEXT NOT NULL,
    revision TEXT NOT NULL,
    CONSTRAINT pk_replaced PRIMARY KEY (assessment, revision),
    CONSTRAINT fk_replaced_assessment FOREIGN KEY(assessment) REFERENCES assessment (id)
);
CREATE TABLE response (
    seq BIGSERIAL NOT NULL,
    assessment TEXT NOT NULL,
    id TEXT NOT NULL,
    kind TEXT NOT NULL,
    member TEXT,
    CONSTRAINT pk_response PRIMARY KEY (seq),
    CONSTRAINT uq_response_assessment_id UNIQUE (assessment, id),
    CONSTRAINT uq_response_assessment_member UNIQUE (assessment, member),
    CONSTRAINT fk_response_assessment_member FOREIGN KEY(assessment, member) REFERENCES member (assessment, id),
    CONSTRAINT fk_response_assessment FOREIGN KEY(assessment) REFERENCES assessment (id)
);
CREATE TABLE revision (
    seq BIGSERIAL NOT NULL,
    id TEXT NOT NULL,
    assessment TEXT NOT NULL,
    change_set TEXT NOT NULL,
    kind TEXT NOT NULL,
    scope TEXT NOT NULL,
    key TEXT NOT NULL,
    parents TEXT NOT NULL,
    member TEXT NOT NULL,
    at TEXT NOT NULL,
    value TEXT,
    CONSTRAINT pk_revision PRIMARY KEY (seq),
    CONSTRAINT uq_revision_id UNIQUE (id),
    CONSTRAINT fk_revision_assessment FOREIGN KEY(assessment) REFERENCES assessment (id),
    CONSTRAINT fk_revision_change_set FOREIGN KEY(change_set) REFERENCES change_set (id)
);
CREATE INDEX ix_revision_assessment ON revision (assessment);
CREATE INDEX ix_revision_change_set ON revision (change_set);
CREATE INDEX ix_revision_key_scope ON revision (key, scope);
INSERT INTO meta (name, value) VALUES ('program', 'sat-desktop'), ('schema_version', '1');
