"""Converted Markdown: blank lines between all lines, and what stands below the rules between pages."""

import pytest

from qa_service.documents.layout import layout_of
from qa_service.documents.structure import read_paper
from qa_service.domain.documents import SegmentKind

SPACED = """The Clerk told members that the bridge over the Ebb would be closed to all

traffic from the first week of May, and that buses would be sent by Lower

Ebb Road while the works went on.

Bridge works

Members asked what this would cost, and were told that the sum set aside in

the budget was enough."""


def test_sentences_run_on_over_the_blank_lines_of_double_spacing() -> None:
    layout = layout_of(SPACED, ())
    words = [paragraph.words for paragraph in layout.paragraphs(0, len(layout.lines))]
    assert words[0].endswith("by Lower Ebb Road while the works went on.")
    assert words[-1].startswith(
        "Members asked what this would cost, and were told that the sum set aside in the"
    )


def test_lines_closed_up_still_tile_the_text() -> None:
    lines = layout_of(SPACED, ()).lines
    assert [line.next for line in lines[:-1]] == [line.start for line in lines[1:]]
    assert lines[-1].next == len(SPACED)


def test_paragraphs_of_one_line_each_keep_their_blank_lines() -> None:
    text = "\n\n".join(["The hall was let.", "The roof was mended.", "The Clerk was thanked."] * 4)
    assert len(layout_of(text, ()).lines) == 23


CLOSE = """The Clerk told members that the ferry at Ebbfold would be taken out of the
water in the first week of May, and that buses would be sent by Lower Ebb Road
while the work went on.

Members asked what this would cost, and were told that the sum set aside in it
was enough.

"""


def paragraphs(text: str) -> list[str]:
    layout = layout_of(CLOSE + text, ())
    return [paragraph.words for paragraph in layout.paragraphs(0, len(layout.lines))][2:]


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ("Members are asked to come to a meeting of the Harbour Board to be held in the", "Marle Hall."),
        ("The grant for the ferry was made under the Harbours and Ferries (Upkeep) Act,", "1962."),
        ("To adopt the minutes of the joint meeting of the harbours of Ebbfold and Upper-", "Northvale."),
    ],
)
def test_a_full_line_that_cannot_end_there_goes_on_over_one_blank_line(above: str, below: str) -> None:
    assert paragraphs(f"{above}\n\n{below}") == [f"{above} {below}"]


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ("The Old Ferry House, Lower Ebb Road,", "Marle, Marlshire."),  # an address
        ("To hear what has been done about the floods of the winter at Lower Ebb Road,", "(Copy sent)"),
        ("To hear what has been done about the floods of the winter at Lower Ebb Road,", "2. Ferry"),
        ("Members are asked to come to a meeting of the Harbour Board to be held in the", "# Agenda"),
        ("Members are asked to come to a meeting of the Harbour Board to be held in the", "\nMarle Hall."),
        ("Members are asked to come to the meeting of the Harbour Board in Marle Hall so", "Nobody came."),
    ],
)
def test_what_may_end_above_a_blank_line_ends_there(above: str, below: str) -> None:
    assert len(paragraphs(f"{above}\n\n{below}")) == 2


def test_rows_with_a_blank_line_between_them_keep_it() -> None:
    row = "| Harbours of Ebbfold and Northvale | to be mended in the spring of the year and"
    assert sum(line.blank for line in layout_of(f"{CLOSE}{row}\n\n{row}", ()).lines) == 3


def test_a_text_may_end_in_a_blank_line() -> None:
    cut_off = "Members are asked to come to a meeting of the Harbour Board to be held in the"
    assert paragraphs(f"{cut_off}\n\n") == [cut_off]


def test_entries_of_a_text_that_no_width_breaks_keep_their_blank_lines() -> None:
    entry = "Buses to Ebbfold " + "and to the mills of the vale " * 6 + "and"
    assert len(layout_of(f"{entry}\n\nFerries {entry}\n\nTrains {entry}", ()).lines) == 5


RULED = """Members heard that the weir would be
---
2

*Scanned page*
mended in the spring, and that the mill
---
3

*Scanned page*
would pay half of it.
---
9
Streets
"""


def test_a_page_number_below_a_rule_interrupts_no_sentence_where_it_counts_with_the_rules() -> None:
    layout = layout_of(RULED, ())
    marked = {layout.lines[index].plain for index, kind in layout.marks.kinds.items() if kind}
    assert marked == {"---", "2", "3"}
    paper = read_paper(RULED.encode(), file_name="a.md", document_id="d")
    pages = [one.span.of(RULED).split() for one in paper.segments if one.kind is SegmentKind.PAGE_MARK]
    assert ["---", "2"] in pages


def test_a_line_that_stands_below_every_rule_is_no_part_of_the_text() -> None:
    text = "One.\n---\nNorthvale papers\nTwo.\n---\nNorthvale papers\nThree.\n"
    layout = layout_of(text, ())
    assert "Northvale papers" not in layout.words(layout.content)
