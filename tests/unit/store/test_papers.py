from datetime import date

import pytest

from qa_service.domain.access import PUBLIC_ONLY, Access
from qa_service.domain.answers import Filters
from qa_service.domain.documents import DocumentKind, Page, Part, SegmentKind
from qa_service.domain.papers import Paper
from qa_service.domain.spans import Span
from qa_service.errors import IntegrityFailure, NotFound
from qa_service.store.database import Connection
from qa_service.store.documents import (
    document_from,
    find_document,
    find_meeting,
    meetings,
    pages_of,
    segments_of,
    slice_of,
    successor_of,
    text_of,
    visible_documents,
)
from qa_service.store.generations import Generation, current_number, switch
from qa_service.store.papers import close_documents, discard_closed, insert_paper, kept_originals
from tests.factories import BODY, COUNCIL, block, make_paper

CLP = "Children's Life Panel"


def publish_rows(writer: Connection, access: Access = Access.PUBLIC) -> None:
    """Switch to the next generation, without index files."""
    number = current_number(writer, access) + 1
    with writer.transaction():
        switch(writer, Generation(access, number, "", 0, 0, 0, "", 1))


def pack() -> Paper:
    return make_paper(
        [
            block("Agenda for 6 February 2024", SegmentKind.COVER, part=Part.COVER),
            block("The works cost £2,300 – a third more.", new_page=True, part=Part.REPORT, item="8"),
            block("RESOLVED that it be noted.", SegmentKind.RESOLUTION, minute="12", new_page=True),
            block("A paper of the panel.", body=CLP, held_on=None, part=Part.APPENDIX),
        ],
        kind=DocumentKind.AGENDA_PACK,
    )


@pytest.fixture
def stored(writer: Connection) -> Paper:
    paper = pack()
    insert_paper(writer, paper, "/papers/pack.pdf", 1)
    publish_rows(writer)
    return paper


def test_a_paper_comes_back_as_it_went_in(writer: Connection, stored: Paper) -> None:
    row = find_document(writer, "d1", PUBLIC_ONLY)
    assert document_from(writer, row) == stored.document
    assert segments_of(writer, row) == list(stored.segments)


def test_every_slice_is_the_slice_of_the_whole_text_across_pages_too(
    writer: Connection, stored: Paper
) -> None:
    row, text = find_document(writer, "d1", PUBLIC_ONLY)["row"], stored.document.text
    for start in range(0, len(text), 5):
        for end in (start + 1, start + 30, len(text)):
            span = Span(start, min(end, len(text)))
            assert slice_of(writer, row, span) == text[span.start : span.end]


def test_a_source_without_pages_invents_none(writer: Connection) -> None:
    paper = make_paper([block("One web page.")], paged=False)
    row = insert_paper(writer, paper, "page.html", 1)
    assert [page["number"] for page in pages_of(writer, row)] == [None]
    assert text_of(writer, row) == paper.document.text


def test_pages_that_do_not_tile_the_text_are_refused(writer: Connection) -> None:
    paper = make_paper([block("One."), block("Two.", new_page=True)])
    gap = (paper.document.pages[0], Page(2, None, Span(6, len(paper.document.text))))
    object.__setattr__(paper.document, "pages", gap)
    with pytest.raises(ValueError, match="do not tile"):
        insert_paper(writer, paper, "x", 1)


@pytest.mark.usefixtures("stored")
def test_a_changed_page_is_withheld_and_its_neighbours_are_not(writer: Connection) -> None:
    row = find_document(writer, "d1", PUBLIC_ONLY)["row"]
    writer.execute("UPDATE page SET text = replace(text, '2,300', '2,400') WHERE number = 2")
    span = Span(pages_of_start(writer, 2) + 4, pages_of_start(writer, 2) + 20)
    with pytest.raises(IntegrityFailure, match="is withheld; run 'qa check'"):
        slice_of(writer, row, span)
    assert slice_of(writer, row, Span(0, 6)) == "Agenda"
    with pytest.raises(IntegrityFailure):
        text_of(writer, row)
    with pytest.raises(IntegrityFailure):
        pages_of(writer, row)


def pages_of_start(writer: Connection, number: int) -> int:
    return int(writer.value("SELECT start FROM page WHERE number = :number", {"number": number}))


def test_a_paper_is_invisible_until_its_generation_is_published(writer: Connection) -> None:
    insert_paper(writer, pack(), "pack.pdf", 1)
    with pytest.raises(NotFound):
        find_document(writer, "d1", PUBLIC_ONLY)
    publish_rows(writer)
    assert find_document(writer, "d1", PUBLIC_ONLY)["file_name"] == "d1.pdf"


def test_an_exempt_paper_looks_like_none_to_the_public(writer: Connection) -> None:
    insert_paper(writer, make_paper([block("Exempt.")], access=Access.EXEMPT), "x", 1)
    publish_rows(writer, Access.EXEMPT)
    with pytest.raises(NotFound) as hidden:
        find_document(writer, "d1", PUBLIC_ONLY)
    with pytest.raises(NotFound) as unknown:
        find_document(writer, "d2", PUBLIC_ONLY)
    assert str(hidden.value).replace("d1", "d2") == str(unknown.value)
    assert visible_documents(writer, PUBLIC_ONLY) == []
    assert meetings(writer, PUBLIC_ONLY) == []
    assert len(visible_documents(writer, frozenset({Access.EXEMPT}))) == 1


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        (Filters(), True),
        (Filters(councils=frozenset({COUNCIL})), True),
        (Filters(councils=frozenset({"Marlport City Council"})), False),
        (Filters(bodies=frozenset({CLP})), True),
        (Filters(kinds=frozenset({DocumentKind.REPORT})), True),
        (Filters(kinds=frozenset({DocumentKind.WEB_PAGE})), False),
        (Filters(held_from=date(2024, 2, 6), held_to=date(2024, 2, 6)), True),
        (Filters(held_from=date(2024, 2, 7)), False),
        # One segment must satisfy all: the panel's own paper is undated.
        (Filters(bodies=frozenset({CLP}), held_to=date(2024, 2, 6)), False),
        (Filters(documents=frozenset({"d9"})), False),
    ],
)
@pytest.mark.usefixtures("stored")
def test_papers_are_listed_where_a_segment_lies_within_all_filters(
    writer: Connection, filters: Filters, *, found: bool
) -> None:
    assert [row["id"] for row in visible_documents(writer, PUBLIC_ONLY, filters)] == (["d1"] if found else [])


@pytest.mark.usefixtures("stored")
def test_meetings_are_those_of_segments_newest_first_and_undated_last(writer: Connection) -> None:
    insert_paper(writer, make_paper([block("Older.", held_on=date(2023, 5, 4))], id_="d2"), "y", 2)
    publish_rows(writer)
    found = [(row["body"], row["held_on"], row["documents"]) for row in meetings(writer, PUBLIC_ONLY)]
    assert found == [(BODY, "2024-02-06", 1), (BODY, "2023-05-04", 1), (CLP, None, 1)]
    only = meetings(writer, PUBLIC_ONLY, Filters(bodies=frozenset({CLP})))
    assert [row["body"] for row in only] == [CLP]


def test_the_same_meeting_in_two_papers_is_one_meeting(writer: Connection, stored: Paper) -> None:
    insert_paper(writer, make_paper([block("Again.")], id_="d2"), "y", 2)
    publish_rows(writer)
    assert meetings(writer, PUBLIC_ONLY)[0]["documents"] == 2
    meeting = find_meeting(writer, stored.segments[0], Access.PUBLIC)
    assert meeting is not None
    assert (meeting.council, meeting.body) == (COUNCIL, BODY)


@pytest.mark.usefixtures("stored")
def test_a_replaced_paper_is_gone_for_good_but_leads_to_its_successor(writer: Connection) -> None:
    old = find_document(writer, "d1", PUBLIC_ONLY)["row"]
    insert_paper(writer, make_paper([block("Corrected.")], id_="d2"), "/papers/pack.pdf", 2)
    close_documents(writer, [old], 2)
    assert find_document(writer, "d1", PUBLIC_ONLY)["row"] == old
    assert discard_closed(writer) == 0
    publish_rows(writer)
    assert discard_closed(writer) == 1
    assert discard_closed(writer) == 0
    successor = successor_of(writer, "d1", PUBLIC_ONLY)
    assert successor is not None
    assert successor["id"] == "d2"
    assert writer.value("SELECT count(*) FROM page WHERE document_row = :row", {"row": old}) == 0


def test_originals_are_needed_while_a_paper_is_shown_or_about_to_be(
    writer: Connection, stored: Paper
) -> None:
    coming = make_paper([block("Coming.")], id_="d2")
    insert_paper(writer, coming, "y", 2)
    close_documents(writer, [find_document(writer, "d1", PUBLIC_ONLY)["row"]], 2)
    both = {stored.document.source.sha256, coming.document.source.sha256}
    assert kept_originals(writer) == both
    publish_rows(writer)
    assert kept_originals(writer) == {coming.document.source.sha256}
