-- Questions that people labelled: rows of gold for the evaluation, as its loader reads them.

CREATE TABLE label (
    id      TEXT PRIMARY KEY,
    made_at TEXT NOT NULL,
    row     TEXT NOT NULL                  -- JSON
) STRICT, WITHOUT ROWID;
