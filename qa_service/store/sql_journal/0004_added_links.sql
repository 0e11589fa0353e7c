-- Links that people made where the register found none. The place is kept by the bytes of its paper and by its
-- words: papers may be read again and the link still fits. Rows are only ever added; a verdict on the same keys
-- corrects or rejects one.

CREATE TABLE added_link (
    row           INTEGER PRIMARY KEY,
    made_at       TEXT NOT NULL,
    commitment    TEXT NOT NULL,           -- key of the commitment
    evidence      TEXT NOT NULL,           -- key of the place that reports on it
    sha256        TEXT NOT NULL,           -- of the paper's original
    quote         TEXT NOT NULL,           -- the words, as the paper prints them
    says          TEXT NOT NULL,           -- what they say of the commitment
    reported_on   TEXT,                    -- day of their meeting
    note          TEXT NOT NULL,
    editor        TEXT NOT NULL
) STRICT;
CREATE INDEX added_link_by_commitment ON added_link (commitment, row);
CREATE TRIGGER added_link_stays BEFORE UPDATE ON added_link
BEGIN SELECT raise(ABORT, 'links are only added'); END;
CREATE TRIGGER added_link_is_kept BEFORE DELETE ON added_link
BEGIN SELECT raise(ABORT, 'links are only added'); END;
