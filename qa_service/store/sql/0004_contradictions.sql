-- Places of two papers that give two figures for one fact: derived from what is published, anew with every publication.
CREATE TABLE contradiction (
    row    INTEGER PRIMARY KEY,
    access TEXT NOT NULL,
    note   TEXT NOT NULL                   -- what differs, in words
) STRICT;
CREATE TABLE contradiction_place (
    contradiction_row INTEGER NOT NULL REFERENCES contradiction (row) ON DELETE CASCADE,
    ordinal      INTEGER NOT NULL,
    document_row INTEGER NOT NULL REFERENCES document (row) ON DELETE CASCADE,
    start        INTEGER NOT NULL,
    "end"        INTEGER NOT NULL,
    council      TEXT,
    body         TEXT,
    held_on      TEXT,
    PRIMARY KEY (contradiction_row, ordinal)
) STRICT, WITHOUT ROWID;
CREATE INDEX contradiction_place_by_document ON contradiction_place (document_row);
-- One side alone contradicts nothing, and the note quotes both.
CREATE TRIGGER contradiction_goes AFTER DELETE ON contradiction_place
BEGIN DELETE FROM contradiction WHERE row = old.contradiction_row; END;
