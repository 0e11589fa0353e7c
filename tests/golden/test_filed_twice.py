"""Which real papers of Kent were filed several times, and which was replaced: found by hand."""

import shutil
from pathlib import Path

import pytest

from qa_service.store.database import Database
from tests.factories import ingest

JANUARY, FEBRUARY, MARCH = "2025-01-30__", "2025-02-13__", "2025-03-13__"
OLD_REPORT = (
    f"{JANUARY}24-00109_-_Transfer_the_18-25_section_of_the_Strengthening_Independence_Service_-_Report.pdf"
)
NEW_REPORT = (
    f"{JANUARY}Item_7_-_Supplementary_-_24-00109_-_Transfer_the_18-25_section_of_the_Strengthening_"
    "Independence_Ser.pdf"
)
SUPPLEMENT = (
    f"{JANUARY}Item_7_-_Supplementary_-_2400109_-_Transfer_the_18-25_section_of_the_Strengthening_"
    "Independence_Ser.pdf"
)
TWICE = {  # copy -> what stands for it; word for word the same, minutes and amendments, whole files
    f"{FEBRUARY}9_January_2025_-_County_Council_minutes.pdf":
        "2025-01-09__Printed_minutes_09th-Jan-2025_10.00_County_Council.pdf",
    "2025-03-04__Minutes_of_Previous_Meeting.pdf":
        f"{JANUARY}Printed_minutes_30th-Jan-2025_10.00_Cabinet.pdf",
    f"{MARCH}Minutes_of_Previous_Meeting.pdf":
        f"{FEBRUARY}Printed_minutes_13th-Feb-2025_09.30_County_Council.pdf",
    f"{FEBRUARY}Appendix_C_-_Potential_Capital_Projects.pdf":
        f"{JANUARY}Appendix_C_-_Potential_Capital_Projects.pdf",
    "3_-_Amendment_-_Liberal_Democrats_-_LEVI_capital_funding_1.pdf":
        f"{FEBRUARY}3_-_Amendment_-_Liberal_Democrats_-_LEVI_capital_funding.pdf",
    "4_-_Amendment_-_Liberal_Democrats_-_Highway_Asset_Maintenance_1.pdf":
        f"{FEBRUARY}4_-_Amendment_-_Liberal_Democrats_-_Highway_Asset_Maintenance.pdf",
}  # fmt: skip

COPIES = """SELECT d.file_name AS copy, original.file_name AS original, count(*) AS passages,
                   (SELECT count(*) FROM passage WHERE document_row = d.row AND NOT boilerplate) AS of
            FROM passage_copy JOIN passage ON passage.row = passage_row
            JOIN visible_document AS d ON d.row = passage.document_row
            JOIN passage AS first ON first.row = canonical_row
            JOIN visible_document AS original ON original.row = first.document_row
            GROUP BY d.row, original.row"""
REPLACED = """SELECT DISTINCT d.file_name AS old, reissue.file_name AS new FROM passage_superseded
              JOIN passage ON passage.row = passage_row
              JOIN visible_document AS d ON d.row = passage.document_row
              JOIN passage AS place ON place.row = by_row
              JOIN visible_document AS reissue ON reissue.row = place.document_row"""


@pytest.mark.slow
def test_what_kent_filed_twice_is_found_and_what_it_replaced_is_superseded(
    corpus: Path, tmp_path: Path
) -> None:
    papers = tmp_path / "papers"
    papers.mkdir()
    for name in {*TWICE, *TWICE.values(), OLD_REPORT, NEW_REPORT, SUPPLEMENT}:
        shutil.copy(corpus / "kent" / name, papers)
    for name in TWICE.values():  # they come first, whatever the order of names
        ingest(tmp_path / "data", papers / name)
    ingest(tmp_path / "data", papers)
    database = Database(tmp_path / "data")
    with database.reading() as reader:
        copies, replaced = reader.query(COPIES), reader.query(REPLACED)
    database.close()
    whole = {each["copy"]: each["original"] for each in copies if each["copy"] in TWICE}
    assert whole == TWICE
    assert all(each["passages"] == each["of"] for each in copies if each["copy"] in TWICE)
    shared = {each["copy"]: each["original"] for each in copies if each["copy"] not in TWICE}
    assert shared == {OLD_REPORT: SUPPLEMENT, NEW_REPORT: SUPPLEMENT}
    assert (OLD_REPORT, SUPPLEMENT) in {(each["old"], each["new"]) for each in replaced}
