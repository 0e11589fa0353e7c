-- One paper filed several times: derived from what is published, anew with every publication.
CREATE TABLE passage_copy (
    passage_row   INTEGER PRIMARY KEY REFERENCES passage (row) ON DELETE CASCADE,
    canonical_row INTEGER NOT NULL REFERENCES passage (row) ON DELETE CASCADE
) STRICT;
CREATE INDEX passage_copy_by_canonical ON passage_copy (canonical_row);
ALTER TABLE passage DROP COLUMN copy_of;
