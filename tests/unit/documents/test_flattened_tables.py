"""A table that the converter wrote one cell a line ends where the numbered paragraphs go on."""

from qa_service.documents.structure import read_paper
from qa_service.domain.documents import SegmentKind

REPORT = """FERRY COMMITTEE
Report of the Harbour Master
1. Purpose
1.1 To tell members how the ferry was used in the year, and what it cost the Council
to keep it running.
2. Use
2.1 Passengers were counted by the crew on every crossing of the river, as they were
in the two years before.
Year
Crossings
Passengers
Bicycles
2021/22
4,130
38,700
2,940
2022/23
2,280
27,100
2,015
2023/24
2,640
29,900
2,260
2.2 The busiest day was the regatta, when the second boat was borrowed from the club
and ran until midnight.
Rating
Crossings
Value (\u00a3m)
On time
31
10.4
Late
12
4.3
Not made
4
2.3
Total
47
17.0
2.3 The crew asked for a second boat.
"""


CELLS = REPORT.replace("31\n10.4", "31\n1.4").replace("12\n4.3", "12\n2.1")
SECTIONS = """FERRY COMMITTEE
Report of the Harbour Master
1. Purpose
1.1 To tell members how the ferry was used in the year.
2. Use
2.1 Passengers were counted by the crew on every crossing of the river.
3. Fares
Fare
Pence
Adult
240
Child
120
3.1 Both fares have stayed as they were since the second boat was bought.
"""


def read(report: str = REPORT) -> list[tuple[SegmentKind, str | None, str]]:
    """Return kind, paragraph and words of each segment."""
    paper = read_paper(report.encode(), file_name="ferry.txt", document_id="d")
    return [(each.kind, each.paragraph, each.span.of(paper.document.text).strip()) for each in paper.segments]


def test_the_paragraph_below_a_table_is_none_of_its_rows() -> None:
    found = {paragraph: words for kind, paragraph, words in read() if kind is SegmentKind.TEXT}
    assert found["2.2"].startswith("2.2 The busiest day was the regatta")
    assert found["2.3"] == "2.3 The crew asked for a second boat."


def test_a_cell_that_looks_like_a_number_of_a_paragraph_is_a_cell() -> None:
    tables = [words for kind, _, words in read() if kind is SegmentKind.TABLE]
    assert [table.splitlines()[-1] for table in tables] == ["2,260", "17.0"]


def test_a_cell_that_would_count_on_is_a_cell_too() -> None:
    *_, ratings = [words for kind, _, words in read(CELLS) if kind is SegmentKind.TABLE]
    assert ratings.startswith("Rating\nCrossings")
    assert "31\n1.4\nLate\n12\n2.1\nNot made" in ratings


def test_the_first_paragraph_of_a_section_may_stand_below_its_table() -> None:
    (fares,) = [words for _, paragraph, words in read(SECTIONS) if paragraph == "3.1"]
    assert fares.startswith("3.1 Both fares")
