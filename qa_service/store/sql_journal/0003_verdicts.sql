-- What people said of links that the register made. Apart from what was extracted, by content and not by row:
-- papers may be read again and the verdict still fits. Rows are only ever added: the newest counts, the others
-- are the audit.

CREATE TABLE link_verdict (
    row           INTEGER PRIMARY KEY,
    made_at       TEXT NOT NULL,
    commitment    TEXT NOT NULL,           -- key of the commitment
    evidence      TEXT NOT NULL,           -- key of the place that reports on it
    verdict       TEXT NOT NULL CHECK (verdict IN ('confirmed', 'corrected', 'rejected')),
    says          TEXT,                    -- what the place says instead, where corrected
    note          TEXT NOT NULL,
    editor        TEXT NOT NULL
) STRICT;
CREATE INDEX link_verdict_by_link ON link_verdict (commitment, evidence, row);
CREATE TRIGGER link_verdict_stays BEFORE UPDATE ON link_verdict
BEGIN SELECT raise(ABORT, 'verdicts are only added'); END;
CREATE TRIGGER link_verdict_is_kept BEFORE DELETE ON link_verdict
BEGIN SELECT raise(ABORT, 'verdicts are only added'); END;
