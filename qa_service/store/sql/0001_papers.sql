-- The papers, what reading found in them, their vectors, and which of all this is visible.
-- Ids handed out (columns named id) are random text; rows are ours alone and never leave the service.

CREATE TABLE setting (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE document (
    row            INTEGER PRIMARY KEY,
    id             TEXT NOT NULL UNIQUE,
    sha256         TEXT NOT NULL,
    file_name      TEXT NOT NULL,
    media_type     TEXT NOT NULL,
    size           INTEGER NOT NULL,
    url            TEXT,
    fetched_at     TEXT,
    origin         TEXT NOT NULL,          -- where it was ingested from; one visible document an origin
    kind           TEXT NOT NULL,
    title          TEXT NOT NULL,
    council        TEXT,
    body           TEXT,
    held_on        TEXT,
    language       TEXT NOT NULL,
    access         TEXT NOT NULL,
    supersedes     TEXT,
    characters     INTEGER NOT NULL,
    parser_version INTEGER NOT NULL,
    added_at       TEXT NOT NULL,
    from_gen       INTEGER NOT NULL,
    to_gen         INTEGER
) STRICT;
CREATE INDEX document_by_origin ON document (origin);
CREATE INDEX document_by_sha256 ON document (sha256);

-- One row a page; a source without pages has one row whose number is NULL. Rows tile the text.
CREATE TABLE page (
    document_row INTEGER NOT NULL REFERENCES document (row) ON DELETE CASCADE,
    ordinal      INTEGER NOT NULL,
    number       INTEGER,
    label        TEXT,
    start        INTEGER NOT NULL,
    "end"        INTEGER NOT NULL,
    text         TEXT NOT NULL,
    sha256       TEXT NOT NULL,
    PRIMARY KEY (document_row, ordinal)
) STRICT, WITHOUT ROWID;

CREATE TABLE segment (
    document_row INTEGER NOT NULL REFERENCES document (row) ON DELETE CASCADE,
    ordinal      INTEGER NOT NULL,
    kind         TEXT NOT NULL,
    part         TEXT NOT NULL,
    start        INTEGER NOT NULL,
    "end"        INTEGER NOT NULL,
    council      TEXT,
    body         TEXT,
    held_on      TEXT,
    status       TEXT NOT NULL,
    item         TEXT,
    item_title   TEXT,
    minute       TEXT,
    paragraph    TEXT,
    heading      TEXT,
    addressed_to TEXT,
    language     TEXT NOT NULL,
    PRIMARY KEY (document_row, ordinal)
) STRICT, WITHOUT ROWID;

-- What is ranked. `units` are the quotable sentences, clauses and rows; `unit_vectors` theirs, int8.
CREATE TABLE passage (
    row          INTEGER PRIMARY KEY,
    id           TEXT NOT NULL UNIQUE,
    document_row INTEGER NOT NULL REFERENCES document (row) ON DELETE CASCADE,
    segment      INTEGER NOT NULL,         -- ordinal of its first segment
    start        INTEGER NOT NULL,
    "end"        INTEGER NOT NULL,
    header       TEXT NOT NULL,
    text         TEXT NOT NULL,
    boilerplate  INTEGER NOT NULL,
    tokens       INTEGER NOT NULL,         -- what it costs an LLM, in cl100k tokens
    units        TEXT NOT NULL,            -- JSON
    unit_vectors BLOB NOT NULL,
    sha256       BLOB NOT NULL,            -- of header, text, units and unit_vectors
    copy_of      INTEGER REFERENCES passage (row)
) STRICT;
CREATE INDEX passage_by_document ON passage (document_row, start);

-- A passage too long for the encoder has a vector a window.
CREATE TABLE vector (
    row            INTEGER PRIMARY KEY,
    passage_row    INTEGER NOT NULL REFERENCES passage (row) ON DELETE CASCADE,
    encoded_sha256 BLOB NOT NULL,
    vector         BLOB NOT NULL,          -- float16, little-endian
    sha256         BLOB NOT NULL
) STRICT;
CREATE INDEX vector_by_passage ON vector (passage_row);
CREATE INDEX vector_by_encoded ON vector (encoded_sha256);

CREATE TABLE meeting (
    id      TEXT PRIMARY KEY,
    access  TEXT NOT NULL,
    council TEXT,
    body    TEXT,
    held_on TEXT
) STRICT;
CREATE UNIQUE INDEX meeting_is_unique ON meeting (
    access, coalesce(council, ''), coalesce(body, ''), coalesce(held_on, '')
);

CREATE TABLE agenda_item (
    document_row INTEGER NOT NULL REFERENCES document (row) ON DELETE CASCADE,
    ordinal      INTEGER NOT NULL,
    number       TEXT NOT NULL,
    title        TEXT NOT NULL,
    start        INTEGER NOT NULL,
    "end"        INTEGER NOT NULL,
    first_page   TEXT,
    last_page    TEXT,
    PRIMARY KEY (document_row, ordinal)
) STRICT, WITHOUT ROWID;

CREATE TABLE attendance (
    document_row INTEGER NOT NULL REFERENCES document (row) ON DELETE CASCADE,
    ordinal      INTEGER NOT NULL,
    name         TEXT NOT NULL,
    state        TEXT NOT NULL,
    start        INTEGER NOT NULL,
    "end"        INTEGER NOT NULL,
    council      TEXT,
    body         TEXT,
    held_on      TEXT,
    role         TEXT,
    party        TEXT,
    minute       TEXT,
    item         TEXT,
    PRIMARY KEY (document_row, ordinal)
) STRICT, WITHOUT ROWID;

CREATE TABLE resolution (
    row          INTEGER PRIMARY KEY,
    id           TEXT NOT NULL UNIQUE,
    document_row INTEGER NOT NULL REFERENCES document (row) ON DELETE CASCADE,
    verb         TEXT NOT NULL,
    standing     TEXT NOT NULL,
    start        INTEGER NOT NULL,
    "end"        INTEGER NOT NULL,
    clauses      TEXT NOT NULL,            -- JSON, nested
    council      TEXT,
    body         TEXT,
    held_on      TEXT,
    status       TEXT NOT NULL,
    minute       TEXT,
    item         TEXT,
    paragraph    TEXT,
    heading      TEXT,
    addressed_to TEXT,
    proposer     TEXT,
    seconder     TEXT,
    vote         TEXT,                     -- JSON
    outcome      TEXT NOT NULL
) STRICT;
CREATE INDEX resolution_by_document ON resolution (document_row, start);

CREATE TABLE acronym (
    document_row INTEGER NOT NULL REFERENCES document (row) ON DELETE CASCADE,
    ordinal      INTEGER NOT NULL,
    short        TEXT NOT NULL,
    long         TEXT NOT NULL,
    start        INTEGER NOT NULL,
    "end"        INTEGER NOT NULL,
    PRIMARY KEY (document_row, ordinal)
) STRICT, WITHOUT ROWID;
CREATE INDEX acronym_by_short ON acronym (short);

CREATE TABLE discrepancy (
    document_row INTEGER NOT NULL REFERENCES document (row) ON DELETE CASCADE,
    ordinal      INTEGER NOT NULL,
    kind         TEXT NOT NULL,
    note         TEXT NOT NULL,
    spans        TEXT NOT NULL,            -- JSON
    PRIMARY KEY (document_row, ordinal)
) STRICT, WITHOUT ROWID;

CREATE TABLE problem (
    document_row INTEGER NOT NULL REFERENCES document (row) ON DELETE CASCADE,
    ordinal      INTEGER NOT NULL,
    code         TEXT NOT NULL,
    detail       TEXT NOT NULL,
    page         INTEGER,
    PRIMARY KEY (document_row, ordinal)
) STRICT, WITHOUT ROWID;

-- A generation is built whole, verified, then switched to by one commit; never edited.
CREATE TABLE generation (
    access          TEXT NOT NULL,
    number          INTEGER NOT NULL,
    manifest_sha256 TEXT NOT NULL,
    documents       INTEGER NOT NULL,
    passages        INTEGER NOT NULL,
    vectors         INTEGER NOT NULL,
    fingerprint     TEXT NOT NULL,
    parser_version  INTEGER NOT NULL,
    created_at      TEXT NOT NULL,
    PRIMARY KEY (access, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE current_generation (
    access TEXT PRIMARY KEY,
    number INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- The one place where visibility is decided.
CREATE VIEW visible_document AS
SELECT document.*
FROM document
JOIN current_generation AS now ON now.access = document.access
WHERE document.from_gen <= now.number
  AND (document.to_gen IS NULL OR document.to_gen > now.number);
