-- Papers that say that they replace one sent out before, and the passages of the older paper that they differ
-- from: these are derived with every publication, like copies.
CREATE TABLE reissue (
    document_row INTEGER PRIMARY KEY REFERENCES document (row) ON DELETE CASCADE,
    start        INTEGER NOT NULL,
    "end"        INTEGER NOT NULL
) STRICT;
CREATE TABLE passage_superseded (
    passage_row INTEGER PRIMARY KEY REFERENCES passage (row) ON DELETE CASCADE,
    by_row      INTEGER NOT NULL REFERENCES passage (row) ON DELETE CASCADE
) STRICT;
