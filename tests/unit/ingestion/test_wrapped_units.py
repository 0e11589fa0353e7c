"""Units of text that has a blank line behind each line of the page: sentences are whole, and exact slices."""

from itertools import count

import pytest

from qa_service.documents.structure import read_paper
from qa_service.domain.documents import SegmentKind
from qa_service.domain.passages import UnitKind
from qa_service.domain.spans import Span
from qa_service.ingestion.passages import passages_of
from qa_service.ingestion.units import Joined, cut


def units(lines: list[str]) -> list[str]:
    """Return the units of lines with a blank one behind each, all but the first wrapped."""
    text = "\n\n".join(lines) + "\n"
    starts = [text.index(line) for line in lines[1:]]
    found = cut(Joined.of(text, [Span(0, len(text))], starts), SegmentKind.TEXT)
    return [" ".join(" ".join(span.of(text) for span in unit.spans).split()) for unit in found]


@pytest.mark.parametrize(
    "lines",
    [
        ["The grant of £40,000 was held back under the Act of", "1962 (as amended)", "and the Rules."],
        ["***Members asked for a crossing at the***", "***Marle Road school.***"],
        ["The motion was put by the Mayor and seconded by Cllr.", "Strand after a pause."],
        ["Letters came from Mr. E. Bell and from Mrs. A.", "Pell of the mill."],
        ["Orders are made under Standing Order No.", "14 of the Council."],
        ["The yard kept a total of 11 no.", "hulls that year."],
    ],
)
def test_a_sentence_goes_on_over_a_blank_line(lines: list[str]) -> None:
    assert units(lines) == [" ".join(lines)]


@pytest.mark.parametrize(
    "lines",
    [
        ["The Clerk was thanked for her long report.", "Members left."],
        ["***The slip was closed for the whole winter.***", "***Buses ran.***"],
        ["Nobody had been asked “what is it for?”", "Members left."],
    ],
)
def test_a_sentence_that_ends_with_its_line_ends_there(lines: list[str]) -> None:
    assert units(lines) == lines


def test_a_blank_line_that_no_width_made_parts() -> None:
    text = "The grant was held back under the Act of\n\n1962 was the year of it.\n"
    found = cut(Joined.of(text, [Span(0, len(text))]), SegmentKind.TEXT)
    assert len(found) == 2


def test_wraps_behind_a_page_mark_are_found_in_the_joined_text() -> None:
    text = "The slip was let to the\n---\n2\nFerry Society and to the\n\nMill.\n"
    pieces = [Span(0, text.index("---")), Span(text.index("Ferry"), len(text))]
    found = cut(Joined.of(text, pieces, [text.index("Ferry"), text.index("Mill")]), SegmentKind.TEXT)
    assert [[span.of(text) for span in unit.spans] for unit in found] == [
        ["The slip was let to the", "Ferry Society and to the\n\nMill."]
    ]


SPACED = """# Marle Harbour Board

Members heard that the ferry at Ebbfold had been out of the water since the

middle of March, and that the work on it would be paid for by the Ebbfold and

Northvale Ferry Fund. They asked that both of the schools be told of this and

that the bus go round by Marle.

Bus shelters

The Clerk told the Members that the new shelter had been ordered in the spring

by Councillor Strand.
"""


def test_a_paper_is_quoted_in_whole_sentences_that_are_slices_of_it() -> None:
    ids = count()
    paper = read_paper(SPACED.encode(), file_name="board.md", document_id="d")
    passages = passages_of(paper, lambda text: len(text.split()), 200, lambda: f"p{next(ids)}")
    told = [unit for passage in passages for unit in passage.units if unit.kind is UnitKind.SENTENCE]
    assert [SPACED[unit.start : unit.end] for unit in told] == [unit.spans[0].of(SPACED) for unit in told]
    quotes = [" ".join(SPACED[unit.start : unit.end].split()) for unit in told]
    ferry = (
        "Members heard that the ferry at Ebbfold had been out of the water since the middle of March, and"
        " that the work on it would be paid for by the Ebbfold and Northvale Ferry Fund."
    )
    shelter = "The Clerk told the Members that the new shelter had been ordered in the spring by Councillor"
    assert {ferry, f"{shelter} Strand."} <= set(quotes)


def test_a_wrap_of_one_piece_is_none_of_the_next() -> None:
    text = "one two\n\nthree four"
    assert Joined.of(text, (Span(0, 7), Span(9, 19)), (4,)).wraps == {4}
