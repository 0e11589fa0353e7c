"""What a paper is called: by its record, its own title unless that is another's, or by its file's name."""

import pytest

from qa_service.documents.structure import read_paper

RECORD = """MARLSHIRE COUNTY COUNCIL - {kind}RECORD OF DECISION
DECISION TO BE TAKEN BY:
Cabinet
DECISION NO:
24/00115
For publication: Yes
Title of Decision:
Adoption of the Ferry Plan
Decision:
The Cabinet agree to:
A) adopt the plan.
"""
PAGE = "<html><title>{title}</title><body><p>The tables follow.</p></body></html>"


@pytest.mark.parametrize(
    ("kind", "title"),
    [
        ("", "Record of decision 24/00115: Adoption of the Ferry Plan"),
        ("PROPOSED ", "Proposed record of decision 24/00115: Adoption of the Ferry Plan"),
    ],
)
def test_a_record_is_called_by_its_number_and_subject(kind: str, title: str) -> None:
    paper = read_paper(RECORD.format(kind=kind).encode(), file_name="PROD.txt", document_id="d")
    assert paper.document.title == title


@pytest.mark.parametrize(
    ("own", "file_name", "title"),
    [
        ("Capital Strategy", "2025-02-13__Appendix_O.html", "Capital Strategy"),
        ("Appendix D", "2025-02-13__Appendix_D_-_Revenue_Plan.html", "Appendix D - Revenue Plan"),
        ("Appendix E - Annual Statement", "Appendix_O_-_MRP.html", "Appendix O - MRP"),
        ("Appendix O - Annual Statement", "Appendix_O_-_MRP.html", "Appendix O - Annual Statement"),
        ("Appendix 1", "2025-03-13__Appendix_1.html", "2025-03-13 Appendix 1"),
        ("Untitled", "2025-03-13__Ferry_Plan.html", "Ferry Plan"),
    ],
)
def test_a_files_own_title_counts_unless_it_is_a_label_alone_or_anothers(
    own: str, file_name: str, title: str
) -> None:
    paper = read_paper(PAGE.format(title=own).encode(), file_name=file_name, document_id="d")
    assert paper.document.title == title
