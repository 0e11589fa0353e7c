"""What is a title and what only looks like one: a row of a table, a line of a list of contents."""

import pytest

from qa_service.documents.structure import read_paper
from qa_service.domain.documents import SegmentKind

PROSE = (
    "The Council keeps the account of the fund open until the last of the collecting authorities has made "
    "its return, and tells members of the outcome in the spring."
)


def headings(text: str) -> list[str]:
    paper = read_paper(text.encode(), file_name="paper.txt", document_id="d")
    return [
        " ".join(each.span.of(text).split()) for each in paper.segments if each.kind is SegmentKind.HEADING
    ]


@pytest.mark.parametrize(
    "row",
    [
        "Collection fund 0.0 313.3 313.3",
        "Sallow 11 77",
        "Prefer not to answer 285 28%",
        "Ford \u00a316 \u00a38",
    ],
)
def test_a_row_of_figures_is_no_title(row: str) -> None:
    assert headings(f"{PROSE}\n\n{row}\n\n{PROSE}\n") == []


@pytest.mark.parametrize("title", ["Collection Fund", "Executive Summary 1", "Quarter 3"])
def test_a_title_with_one_number_is_one(title: str) -> None:
    assert headings(f"{PROSE}\n\n{title}\n\n{PROSE}\n") == [title]


def test_the_end_of_a_bracket_that_began_elsewhere_is_no_title() -> None:
    assert headings(f"{PROSE}\n\nRegulation)\n\n{PROSE}\n") == []
    assert headings(f"{PROSE}\n\nThe Plan (Draft)\n\n{PROSE}\n") == ["The Plan (Draft)"]


def test_lines_of_a_list_of_contents_are_no_titles() -> None:
    contents = "1.1. Background 3\n\n1.2. The Ferry Plan 4\n\n1.3. What the plan changes 4\n\n1.4. Map 14\n\n"
    found = headings(f"{contents}{PROSE}\n")
    assert "1.1. Background 3" not in found
    assert "1.3. What the plan changes 4" not in found
