-- The same minutes in another language: derived with every publication, each way.
CREATE TABLE other_language (
    document_row INTEGER NOT NULL REFERENCES document (row) ON DELETE CASCADE,
    other_row    INTEGER NOT NULL REFERENCES document (row) ON DELETE CASCADE,
    PRIMARY KEY (document_row, other_row)
) STRICT, WITHOUT ROWID;
