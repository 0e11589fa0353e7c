-- What the running service writes: answers to replay, feedback, upload jobs. Apart from the papers, so that
-- answering never waits for the writer of papers.

CREATE TABLE answer (
    id         TEXT PRIMARY KEY,
    asked_at   TEXT NOT NULL,
    access     TEXT NOT NULL,              -- levels that the asker was cleared for, comma-separated
    request    TEXT NOT NULL,              -- JSON, as asked
    reply      TEXT NOT NULL               -- JSON, as answered
) STRICT, WITHOUT ROWID;
CREATE INDEX answer_by_time ON answer (asked_at);

CREATE TABLE feedback (
    id         TEXT PRIMARY KEY,
    answer_id  TEXT NOT NULL REFERENCES answer (id) ON DELETE CASCADE,
    given_at   TEXT NOT NULL,
    verdict    TEXT NOT NULL,
    comment    TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE job (
    id         TEXT PRIMARY KEY,
    made_at    TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    kind       TEXT NOT NULL,              -- ingest or remove
    file_name  TEXT NOT NULL,
    target     TEXT NOT NULL,              -- SHA-256 of the stored upload, or id of the document to remove
    state      TEXT NOT NULL,              -- queued, running, done, failed
    stage      TEXT NOT NULL,
    code       TEXT,
    detail     TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX job_by_state ON job (state, made_at);
