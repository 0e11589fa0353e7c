"""Statements say each thing once, and only in quoted or listed words."""

from datetime import date

from qa_service.answering.drafts import TEMPLATES, Draft, at_most, without_copies, without_overlaps
from qa_service.domain.answers import Citation, DocumentFacts, Statement
from qa_service.domain.documents import DocumentKind, Part, Segment, SegmentKind, Status
from qa_service.domain.resolutions import Standing
from qa_service.domain.spans import Span


def statement(document: str, status: Status, text: str = "That the report be noted.") -> Statement:
    span = Span(0, len(text))
    segment = Segment(
        document, SegmentKind.RESOLUTION, Part.MINUTES, span, "A", "B", date(2024, 1, 1), status
    )
    facts = DocumentFacts(document, "f", "t", DocumentKind.MINUTES, "A", "B", "0", paged=False)
    return Statement(text, Standing.RESOLVED, (Citation(facts, segment, None, span, text, "0", None),))


def test_minutes_filed_twice_say_one_thing_by_the_copy_of_most_authority() -> None:
    draft, confirmed = statement("d1", Status.DRAFT), statement("d2", Status.CONFIRMED)
    assert without_copies([draft, confirmed]) == [confirmed]


def test_different_words_are_both_kept_in_order() -> None:
    first, second = statement("d1", Status.DRAFT), statement("d1", Status.DRAFT, "That it be approved.")
    assert without_copies([first, second]) == [first, second]


def test_characters_are_quoted_once() -> None:
    whole, part = Draft("d", (Span(0, 50),), 2.0), Draft("d", (Span(10, 20),), 1.0)
    elsewhere = Draft("e", (Span(10, 20),), 0.5)
    assert without_overlaps([whole, part, elsewhere]) == [whole, elsewhere]


def test_every_template_has_room_for_its_quotation() -> None:
    assert all("{quote}" in template for template in TEMPLATES)


def test_more_than_asked_for_are_told_as_one_of_each_paper_and_standing() -> None:
    first, second = (Draft("d", (Span(at, at + 5),), 1.0, standing=Standing.RESOLVED) for at in (0, 10))
    put = Draft("d", (Span(20, 25),), 1.0, standing=Standing.PROPOSED)
    assert at_most([first, second, put], 3) == ([first, second, put], [])
    (decided, proposed), notes = at_most([first, second, put], 2)
    assert (decided.spans, decided.standing) == ((Span(0, 5), Span(10, 15)), Standing.RESOLVED)
    assert (proposed, notes) == (put, [])


def test_what_is_left_out_of_a_list_is_said() -> None:
    drafts = [Draft(f"d{number}", (Span(0, 5),), 1.0) for number in range(5)]
    kept, notes = at_most(drafts, 2)
    assert kept == drafts[:2]
    assert notes == ["3 more statements are left out: name a shorter time"]
