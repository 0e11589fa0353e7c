"""Page numbers as papers print them: which are the page's, and which only look so."""

from qa_service.documents.lines import lines_of
from qa_service.documents.page_marks import page_marks
from qa_service.domain.documents import Page, SegmentKind
from qa_service.domain.spans import Span

MARK = "@"  # where a page's own words go
THINGS = ("bridge", "school", "library", "depot", "road", "bus", "park", "market", "harbour", "canal")


def body(place: int) -> str:
    """Return three lines of text that no other page has."""
    what = f"{THINGS[place % 10]} and the {THINGS[place // 10 % 10]}"
    return f"The {what} were closed.\nMembers asked when the {what} open.\nNo answer on the {what} came."


def labels(*pages: str) -> list[str | None]:
    """Return the label read off each page, and make sure that no line of content was taken for a mark.

    MARK in a page stands for three lines of words that it shares with no other.
    """
    text, spans = "", []
    for place, form in enumerate(pages):
        page = form.replace(MARK, body(place))
        spans.append(Span(len(text), len(text) + len(page) + 1))
        text += f"{page}\n"
    numbered = [Page(number, None, span) for number, span in enumerate(spans, start=1)]
    lines = lines_of(text, numbered)
    marks = page_marks(lines, numbered)
    for index, line in enumerate(lines):
        assert not line.plain.startswith(("The ", "Members ", "No ")) or index not in marks.kinds
    return [marks.labels.get(place) for place in range(len(pages))]


def test_a_number_between_dashes_is_the_pages_label() -> None:
    assert labels("@\n- 14 -", "@\n- 15 -") == ["14", "15"]


def test_a_number_that_closes_a_running_foot_is_the_pages_label() -> None:
    foot = "Local Plan, Appraisal Report | R1 | 21/02/2025"
    pages = [f"{foot} {number}\n@" for number in range(3, 9)]
    assert labels("Title", *pages) == [None, "3", "4", "5", "6", "7", "8"]


def test_a_running_head_that_counts_something_else_numbers_no_page() -> None:
    questions = [1, None, 2, 3, 4, None, 5, 6, None, 7, None, 8]
    pages = [f"Question {number}\n@" if number else MARK for number in questions]
    assert labels(*pages) == [None] * len(pages)


def test_a_number_below_a_running_head_is_the_pages_label() -> None:
    pages = [f"Appendix 2\nHalf-year report\n{number}\n@" for number in (1, 2, 3)]
    assert labels(*pages) == ["1", "2", "3"]


def test_numbers_that_keep_step_on_a_few_pages_of_many_are_labels_and_others_are_not() -> None:
    pages = [f"Outcome {place}\n{place}\n@" if place % 4 == 0 else MARK for place in range(1, 41)]
    pages[5] = "Outcome 6\n31\n@"
    assert labels(*pages) == [str(place) if place % 4 == 0 else None for place in range(1, 41)]


def test_a_stamp_of_the_pack_counts_before_the_papers_own_number() -> None:
    pages = [f"@\n{number}\nPage {number + 40}" for number in range(1, 5)]
    assert labels(*pages) == ["41", "42", "43", "44"]


def test_a_number_in_the_midst_of_a_page_is_content() -> None:
    text = f"{body(1)}\n{body(2)}\n2\n{body(3)}\n{body(4)}"
    lines = lines_of(text, [Page(1, None, Span(0, len(text)))])
    assert SegmentKind.PAGE_MARK not in page_marks(lines, [Page(1, None, Span(0, len(text)))]).kinds.values()


def test_the_notice_on_a_paper_of_the_sample_is_no_part_of_what_stands_before_it() -> None:
    notice = "Specimen paper of a fictional council, written for software testing. No real council is meant."
    text = f"(iii) that the manager return in June.\n{notice}\n"
    pages = [Page(1, None, Span(0, len(text)))]
    marks = page_marks(lines_of(text, pages), pages)
    assert marks.kinds == {1: SegmentKind.PAGE_MARK}
