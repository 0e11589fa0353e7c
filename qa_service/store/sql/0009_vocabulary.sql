-- How the papers print their words: derived, and replaced with every publication of their access level.
CREATE TABLE vocabulary (
    access    TEXT NOT NULL,
    word      TEXT NOT NULL, -- in lower case
    form      TEXT NOT NULL, -- as it is printed most often
    passages  INTEGER NOT NULL,
    is_name   INTEGER NOT NULL CHECK (is_name IN (0, 1)),
    is_person INTEGER NOT NULL CHECK (is_person IN (0, 1)),
    PRIMARY KEY (access, word)
) STRICT, WITHOUT ROWID;
