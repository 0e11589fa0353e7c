"""A text whose paragraphs and list items stand a line each, as copied web pages do, is read as no page."""

import pytest

from qa_service.documents.structure import read_paper
from qa_service.domain.documents import SegmentKind

PAGE = """Looking after a borrowed boat
Before you take the boat
Before you are given the key the harbour office must show you:
the chart of the river
where the oars are kept
how to call for help
When you bring it back
You have to bring the boat back on the day on which you took it, or tell the harbour office in the morning.
The office can ask you for money if:
the boat is scratched
an oar is gone
you left it at another quay
the key was lost on the way
Boats with a motor
You need a paper that says:
that you are sixteen
who taught you
how long you were taught
"""
# The same words broken at the edge of a page.
WRAPPED = """HARBOUR COMMITTEE

The harbour office has to show whoever takes a boat the chart of the
river, the place where the oars are kept and the way to call for help
before the key is given out. Whoever took the boat has to bring it back
on the day on which it was taken, or else to tell the harbour office of
it in the morning. The office can ask for money where the boat has been
scratched, where an oar is gone, or where the boat was left at another
quay, since somebody must then be sent to fetch it.
"""


def kinds(text: str) -> list[tuple[SegmentKind, str]]:
    paper = read_paper(text.encode(), file_name="boats.txt", document_id="b")
    return [(each.kind, each.span.of(paper.document.text).strip()) for each in paper.segments]


def test_lists_without_bullets_are_no_cells_of_a_table() -> None:
    assert SegmentKind.TABLE not in {kind for kind, _ in kinds(PAGE)}


def test_a_list_stays_with_what_introduces_it_and_ends_where_a_line_begins_anew() -> None:
    said = [words for _, words in kinds(PAGE)]
    assert (
        "Before you are given the key the harbour office must show you:\nthe chart of the river\n"
        "where the oars are kept\nhow to call for help"
    ) in said
    assert "When you bring it back" in said


def test_lines_broken_at_a_width_stay_one_paragraph() -> None:
    said = [words for _, words in kinds(WRAPPED)]
    assert len(said) == 2
    assert said[1].startswith("The harbour office has to show")
    assert said[1].endswith("to fetch it.")


@pytest.mark.parametrize("items", [1, 2])
def test_a_few_early_breaks_tell_nothing(items: int) -> None:
    text = WRAPPED + "\nThe office lends:\n" + "a boat\nan oar\n" * items
    assert [words for _, words in kinds(text)][1].endswith("to fetch it.")
