from qa_service.documents.structure import read_paper
from qa_service.domain.resolutions import Standing, Verb

RECORD = """MARLSHIRE COUNTY COUNCIL
RECORD OF DECISION
Decision taken by:
Cabinet
Date of decision:
14 March 2024
Call-in:
to be claimed by 5.00 pm on 25 March 2024
Decision
The Cabinet agreed to:
A) charge for the ferry from 1 July 2024; and
B) ask the Director of Place to report on trade by 31 January 2025.
Reasons for the decision
The ferry is full all the summer.
"""


def test_a_field_that_stands_alone_on_its_line_begins_whatever_stands_above_it() -> None:
    paper = read_paper(RECORD.encode(), file_name="record.txt", document_id="d1")
    (decision,) = paper.resolutions
    assert (decision.standing, decision.verb) == (Standing.RESOLVED, Verb.AGREED)
    assert [clause.marker for clause in decision.clauses] == ["A)", "B)"]
    assert decision.span.of(paper.document.text).endswith("31 January 2025.")
    (promise,) = paper.commitments
    assert promise.owner == "the Director of Place"


def test_a_record_belongs_to_the_council_whose_name_stands_alone_above_it() -> None:
    paper = read_paper(RECORD.encode(), file_name="record.txt", document_id="d1")
    assert paper.document.council == "Marlshire County Council"
    assert [decision.council for decision in paper.resolutions] == ["Marlshire County Council"]
