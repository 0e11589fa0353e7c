"""The traps that concern structure which domain.md (A2) lists, by its numbers, on the files themselves."""

from datetime import date
from itertools import count

import pytest

from qa_service.domain.documents import Part, Segment, SegmentKind, Status
from qa_service.domain.papers import Paper
from qa_service.domain.passages import Passage
from qa_service.domain.resolutions import Standing, Verb
from qa_service.ingestion.passages import passages_of
from tests.golden.conftest import Seed


def at(paper: Paper, offset: int) -> Segment:
    return next(segment for segment in paper.segments if segment.span.start <= offset < segment.span.end)


def passages(paper: Paper) -> list[Passage]:
    ids = count()
    return list(passages_of(paper, lambda text: len(text.split()), 150, lambda: f"p{next(ids)}"))


def test_1_two_dates_of_one_meeting_are_both_kept_and_the_heading_is_believed(seed: Seed) -> None:
    paper = seed("001")
    (found,) = [each for each in paper.discrepancies if each.kind == "meeting date"]
    assert [(span.start, span.end) for span in found.spans] == [(1385, 1400), (2758, 2785)]
    assert at(paper, 2758).held_on == date(2020, 10, 13)


def test_3_an_undated_page_stays_undated(seed: Seed) -> None:
    paper = seed("004")
    assert paper.document.held_on is None
    assert {segment.held_on for segment in paper.segments} == {None}
    assert {each.held_on for each in paper.resolutions} == {None}


@pytest.mark.parametrize("number", ["001", "002"])
def test_15_a_pack_holds_no_decision_of_its_own_meeting(seed: Seed, number: str) -> None:
    paper = seed(number)
    own = [each for each in paper.resolutions if each.held_on == paper.document.held_on]
    assert {each.standing for each in own} == {Standing.RECOMMENDED}
    assert {each.status for each in own} == {Status.FUTURE}
    assert len(own) == 4


def test_17_actions_of_a_service_are_no_recommendations_to_a_body(seed: Seed) -> None:
    paper = seed("002")
    places = [at(paper, 52850), at(paper, 59489)]
    assert [(place.kind, place.paragraph) for place in places] == [
        (SegmentKind.TEXT, "3"),
        (SegmentKind.TEXT, "22"),
    ]
    assert not any(each.span.overlaps(place.span) for each in paper.resolutions for place in places)


@pytest.mark.parametrize(("number", "offset"), [("001", 50703), ("002", 48197)])
def test_19_what_officers_agreed_is_no_decision(seed: Seed, number: str, offset: int) -> None:
    paper = seed(number)
    assert at(paper, offset).kind is SegmentKind.TEXT
    assert not any(each.span.start <= offset < each.span.end for each in paper.resolutions)


def test_21_no_announcement_is_followed_by_one(seed: Seed) -> None:
    place = at(seed("002"), 6048)
    assert (place.kind, place.minute) == (SegmentKind.TEXT, "29")


@pytest.mark.parametrize(
    ("number", "start", "verb"),
    [
        ("000", 3141, Verb.NOTED),
        ("002", 8971, Verb.NOTED),
        ("002", 12310, Verb.NOTED),
        ("003", 504, Verb.APPROVED),
        ("003", 4725, Verb.RESOLVED),
        ("004", 5993, Verb.NOTED),
    ],
)
def test_23_every_spelling_of_the_marker_is_read_and_noting_is_not_approving(
    seed: Seed, number: str, start: int, verb: Verb
) -> None:
    (found,) = [each for each in seed(number).resolutions if each.span.start == start]
    assert (found.verb, found.standing) == (verb, Standing.RESOLVED)


@pytest.mark.parametrize(
    ("number", "offset"),
    [
        ("001", 19726),  # 25: the alternative of a template that nobody deleted
        ("002", 24253),
        ("001", 19668),  # 63: four labels, then four values
        ("001", 20644),  # the duty printed in every report
        ("001", 29701),
        ("001", 3280),  # 45: a minute of standing words with no outcome
        ("000", 800),
    ],
)
def test_standing_words_are_marked_and_their_passages_too(seed: Seed, number: str, offset: int) -> None:
    paper = seed(number)
    assert at(paper, offset).kind is SegmentKind.BOILERPLATE
    holders = [one for one in passages(paper) if one.span.start <= offset < one.span.end]
    assert holders
    assert all(one.boilerplate for one in holders)


def test_45_a_stated_nil_return_is_content(seed: Seed) -> None:
    place = at(seed("002"), 5938)
    assert (place.kind, place.minute) == (SegmentKind.TEXT, "27")


@pytest.mark.parametrize(
    ("number", "kind", "starts"),
    [
        ("001", "arithmetic", [[34501]]),  # 29: a percentage on the wrong base
        ("001", "figure", [[60820]]),  # 33: a slip of a digit
        ("002", "figure", [[38730, 54370]]),  # 27: two counts of one thing
        ("002", "year", [[10034]]),
        ("003", "figure", []),
    ],
)
def test_figures_that_cannot_be_right_are_recorded(
    seed: Seed, number: str, kind: str, starts: list[list[int]]
) -> None:
    found = [each for each in seed(number).discrepancies if each.kind == kind]
    assert [[span.start for span in each.spans] for each in found] == starts


@pytest.mark.parametrize("number", ["000", "001", "002", "003", "004"])
def test_41_43_the_council_is_the_papers_and_not_a_word_in_it(seed: Seed, number: str) -> None:
    paper = seed(number)
    assert {segment.council for segment in paper.segments} == {paper.document.council}


def test_57_items_are_found_without_their_dividers(seed: Seed) -> None:
    paper = seed("002")
    starts = {
        item: next(
            segment.span.start
            for segment in paper.segments
            if segment.item == item and segment.part not in {Part.AGENDA, Part.COVER}
        )
        for item in "6789"
    }
    assert starts == {"6": 12465, "7": 34317, "8": 60709, "9": 79126}


def test_59_numbers_stacked_apart_from_their_text_name_no_paragraph(seed: Seed) -> None:
    paper = seed("001")
    assert at(paper, 45016).paragraph is None
    heading = at(paper, 45808)
    assert (heading.kind, heading.paragraph) == (SegmentKind.HEADING, "8.5")


@pytest.mark.parametrize(
    ("number", "starts"), [("001", [9419, 9797, 17986, 17989]), ("002", [62168]), ("003", [])]
)
def test_61_notes_are_cut_out_of_the_paragraphs_they_interrupt(
    seed: Seed, number: str, starts: list[int]
) -> None:
    notes = [one for one in seed(number).segments if one.kind is SegmentKind.FOOTNOTE]
    assert [note.span.start for note in notes] == starts


@pytest.mark.parametrize("number", ["001", "002", "003"])
def test_no_quotable_unit_holds_a_page_mark(seed: Seed, number: str) -> None:
    paper = seed(number)
    marks = [one.span for one in paper.segments if one.kind is SegmentKind.PAGE_MARK]
    spans = [span for passage in passages(paper) for unit in passage.units for span in unit.spans]
    assert marks
    assert not any(span.overlaps(mark) for span in spans for mark in marks)


def test_67_the_web_pages_own_words_are_no_content(seed: Seed) -> None:
    paper = seed("000")
    assert [at(paper, offset).kind for offset in (92, 107, 117, 121, 124, 595, 7403, 7423)] == [
        SegmentKind.CHROME
    ] * 8


def test_69_short_forms_come_from_the_papers_and_what_is_never_expanded_stays_out(seed: Seed) -> None:
    places = {each.short: each.span.start for each in seed("001").acronyms}
    assert places["IRS"] == 31695
    assert not places.keys() & {"PAG", "C2C", "CRT", "ICON", "TAF", "TAFs", "EPMS"}
    assert len(places) == len(seed("001").acronyms)
