"""Welsh minutes of Manordeilo beside the English ones: the pairs as read by hand from the papers' own heads.

The files are named by number and year, or by the English day: names pair them, which the reading never sees.
"""

import re
from pathlib import Path

import pytest

from qa_service.store.database import Database
from tests.factories import ingest

# The English minutes of the first five meetings of 2015 are not among the papers.
ALONE = {f"2015_{number}-15_cy.pdf" for number in range(1, 6)}
# The English minutes of December 2019 were kept twice, under two days that are neither the meeting's.
TWICE = {"2019_12-19_cy.pdf": {"2019_19-11-10.pdf", "2019_19-11-12.pdf"}}
MISNAMED = {"2015_7-15_cy.pdf": "2015_15-07-05.pdf"}
_WELSH = re.compile(r"(?P<year>\d{4})_(?P<month>\d{1,2})-\d\d(?P<special>_EM)?_cy\.pdf")


def expected(welsh: str, english: set[str]) -> set[str]:
    if welsh in ALONE:
        return set()
    if welsh in TWICE or welsh in MISNAMED:
        return TWICE.get(welsh) or {MISNAMED[welsh]}
    match = _WELSH.fullmatch(welsh)
    assert match is not None, welsh
    start = f"{match['year']}_{match['year'][2:]}-{int(match['month']):02}-"
    return {
        name
        for name in english
        if name.startswith(start) and ("_EM" in name) == (match["special"] is not None)
    }


@pytest.mark.slow
def test_every_welsh_paper_is_paired_with_its_english_one_and_with_no_other(
    corpus: Path, tmp_path: Path
) -> None:
    ingest(tmp_path / "data", corpus / "manordeilo")
    database = Database(tmp_path / "data")
    with database.reading() as reader:
        names = {row["file_name"] for row in reader.query("SELECT file_name FROM visible_document")}
        rows = reader.query(
            """SELECT one.file_name AS one, other.file_name AS other FROM other_language
               JOIN visible_document AS one ON one.row = document_row
               JOIN visible_document AS other ON other.row = other_row"""
        )
    database.close()
    welsh = {name for name in names if name.endswith("_cy.pdf")}
    pairs = {(name, other) for name in welsh for other in expected(name, names - welsh)}
    found = {(row["one"], row["other"]) for row in rows}
    assert {pair for pair in found if pair[0] in welsh} == pairs
    assert {(other, one) for one, other in pairs} == {pair for pair in found if pair[0] not in welsh}
    assert len(pairs) == 51
