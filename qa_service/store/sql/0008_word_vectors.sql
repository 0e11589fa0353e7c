-- What late interaction compares: one vector a word piece of every unit, in two bits a number, behind their counts.
-- Passages stored before have none until their paper is read again, which the next ingest does.
ALTER TABLE passage ADD COLUMN word_vectors BLOB NOT NULL DEFAULT x'';
