-- Where minutes say that earlier minutes were confirmed, and the standing that follows from it: derived with
-- every publication, so that it does not depend on which paper came first, and goes with the paper that says so.
CREATE TABLE confirmation (
    document_row INTEGER NOT NULL REFERENCES document (row) ON DELETE CASCADE,
    ordinal      INTEGER NOT NULL,
    start        INTEGER NOT NULL,
    "end"        INTEGER NOT NULL,
    council      TEXT,
    body         TEXT NOT NULL,
    held_on      TEXT NOT NULL,            -- the meeting whose minutes were confirmed
    told_on      TEXT NOT NULL,            -- the meeting that confirmed them
    PRIMARY KEY (document_row, ordinal)
) STRICT, WITHOUT ROWID;
CREATE INDEX confirmation_by_meeting ON confirmation (held_on, body);

-- The status that the paper itself gives, where another paper's confirmation has taken its place.
ALTER TABLE segment ADD COLUMN stated TEXT;
ALTER TABLE resolution ADD COLUMN stated TEXT;
