-- The register: decisions that can be looked up, commitments, and what later papers say of them.
-- Tables of the second half are derived from rows by 'relink' after every publication and hold nothing else.

ALTER TABLE resolution ADD COLUMN key TEXT NOT NULL DEFAULT '';   -- hash of content: survives re-ingest
CREATE INDEX resolution_by_day ON resolution (held_on DESC, document_row, start);
CREATE INDEX resolution_by_body ON resolution (body, held_on DESC, document_row, start);
CREATE INDEX resolution_by_verb ON resolution (verb, held_on DESC, document_row, start);
CREATE INDEX resolution_by_standing ON resolution (standing, held_on DESC, document_row, start);
CREATE INDEX resolution_by_council ON resolution (council, held_on DESC, document_row, start);
CREATE INDEX resolution_by_key ON resolution (key);
CREATE INDEX attendance_by_name ON attendance (name, held_on DESC);

CREATE TABLE commitment (
    row            INTEGER PRIMARY KEY,
    id             TEXT NOT NULL UNIQUE,
    document_row   INTEGER NOT NULL REFERENCES document (row) ON DELETE CASCADE,
    key            TEXT NOT NULL,
    standing       TEXT NOT NULL,
    start          INTEGER NOT NULL,
    "end"          INTEGER NOT NULL,
    council        TEXT,
    body           TEXT,
    made_at        TEXT,
    owner          TEXT,
    owner_start    INTEGER,
    owner_end      INTEGER,
    due_as_written TEXT,
    due            TEXT,
    minute         TEXT,
    item           TEXT,
    paragraph      TEXT,
    heading        TEXT
) STRICT;
CREATE INDEX commitment_by_document ON commitment (document_row, start);
CREATE INDEX commitment_by_due ON commitment (due, document_row, start);
CREATE INDEX commitment_by_key ON commitment (key);

-- Words to search by. Only whether a row matches is ever asked, never a score: scores would tell of rows that
-- one may not see. 'secure-delete' so that the words of a removed paper are gone with it.
CREATE VIRTUAL TABLE resolution_words USING fts5 (words, people, tokenize = 'porter unicode61');
INSERT INTO resolution_words (resolution_words, rank) VALUES ('secure-delete', 1);
CREATE VIRTUAL TABLE commitment_words USING fts5 (words, people, tokenize = 'porter unicode61');
INSERT INTO commitment_words (commitment_words, rank) VALUES ('secure-delete', 1);
CREATE TRIGGER resolution_words_go AFTER DELETE ON resolution
BEGIN DELETE FROM resolution_words WHERE rowid = old.row; END;
CREATE TRIGGER commitment_words_go AFTER DELETE ON commitment
BEGIN DELETE FROM commitment_words WHERE rowid = old.row; END;

-- The same minutes filed twice: the row that is shown stands for the others.
CREATE TABLE register_copy (
    kind   TEXT NOT NULL,                  -- resolution or commitment
    row    INTEGER NOT NULL,
    of_row INTEGER NOT NULL,
    PRIMARY KEY (kind, row)
) STRICT, WITHOUT ROWID;
CREATE INDEX register_copy_by_first ON register_copy (kind, of_row);

-- Where a later paper reports on a commitment.
CREATE TABLE follow_up (
    commitment_row INTEGER NOT NULL REFERENCES commitment (row) ON DELETE CASCADE,
    document_row   INTEGER NOT NULL REFERENCES document (row) ON DELETE CASCADE,
    start          INTEGER NOT NULL,
    "end"          INTEGER NOT NULL,
    key            TEXT NOT NULL,          -- hash of what it says and of the meeting
    says           TEXT NOT NULL,          -- done, partly done, not done, superseded, progress
    reported_on    TEXT,
    why            TEXT NOT NULL,          -- what ties the two together, in fixed words
    PRIMARY KEY (commitment_row, document_row, start)
) STRICT, WITHOUT ROWID;
CREATE INDEX follow_up_by_document ON follow_up (document_row);

-- One subject across meetings.
CREATE TABLE matter (
    row     INTEGER PRIMARY KEY,
    id      TEXT NOT NULL UNIQUE,          -- made of its first step's content: stable across re-ingest
    access  TEXT NOT NULL,
    council TEXT,
    title   TEXT NOT NULL,
    first_on TEXT,
    last_on  TEXT
) STRICT;
CREATE TABLE matter_step (
    matter_row   INTEGER NOT NULL REFERENCES matter (row) ON DELETE CASCADE,
    ordinal      INTEGER NOT NULL,
    document_row INTEGER NOT NULL REFERENCES document (row) ON DELETE CASCADE,
    start        INTEGER NOT NULL,
    "end"        INTEGER NOT NULL,
    body         TEXT,
    held_on      TEXT,
    what         TEXT NOT NULL,            -- resolved, recommended, promised, reported done, ...
    heading      TEXT,
    PRIMARY KEY (matter_row, ordinal)
) STRICT, WITHOUT ROWID;
CREATE INDEX matter_step_by_document ON matter_step (document_row);
