"""Heads of one line: what the paper is, whose, of which meeting; what they leave out stays unknown."""

from datetime import date

import pytest

from qa_service.documents.structure import read_paper
from qa_service.domain.documents import Document, DocumentKind, SegmentKind
from qa_service.domain.papers import Paper

TEXT = """

{heading}
Councillors Ann Hale (Chair) and Bo Reed.

1. Roads
The clerk told members that the lane at Ebbfold would be closed for a week while the drain is laid.
"""
DAY = date(2024, 6, 4)
MINUTES, REPORT, OTHER = DocumentKind.MINUTES, DocumentKind.REPORT, DocumentKind.OTHER
RECORD, AGENDA = DocumentKind.DECISION_RECORD, DocumentKind.AGENDA_PACK


def paper(title: str, heading: str = "Those there") -> Paper:
    text = title + TEXT.format(heading=heading)
    return read_paper(text.encode(), file_name="paper.txt", document_id="d")


def head(document: Document) -> tuple[DocumentKind, str | None, str | None, date | None]:
    return document.kind, document.council, document.body, document.held_on


@pytest.mark.parametrize(
    ("title", "kind", "council", "body"),
    [
        (
            "Ebbshire Council, Roads Committee, Minutes of the Meeting held on Tuesday 4 June 2024",
            MINUTES,
            "Ebbshire Council",
            "Roads Committee",
        ),
        (
            "Ebbshire Council, minutes of the Roads Committee held in the hall on Tuesday 4 June 2024",
            MINUTES,
            "Ebbshire Council",
            "Roads Committee",
        ),
        (
            "Ebbshire County Council: Minutes of the Annual Budget Meeting for 2025 held on 4 June 2024",
            MINUTES,
            "Ebbshire County Council",
            "County Council",
        ),
        (
            "Roads Committee, Ebbshire County Council: minutes of 4 June 2024",
            MINUTES,
            "Ebbshire County Council",
            "Roads Committee",
        ),
        (
            "Ebbshire Combined Fire and Pensions Authority, minutes of the Local Pension Board, 4 June 2024",
            MINUTES,
            "Ebbshire Combined Fire and Pensions Authority",
            "Local Pension Board",
        ),
        (
            "Ebbshire Council \u2013 Minutes of the Roads Committee held on Tuesday 4 June 2024 in the hall",
            MINUTES,
            "Ebbshire Council",
            "Roads Committee",
        ),
        (
            "EBBSHIRE COUNCIL - PLANNING COMMITTEE - MINUTES - 4 JUNE 2024",
            MINUTES,
            "Ebbshire Council",
            "Planning Committee",
        ),
        (
            "Minute of Meeting of the Roads and Fords Committee of Ebbshire Council held on 4 June 2024",
            MINUTES,
            "Ebbshire Council",
            "Roads and Fords Committee",
        ),
        (
            "Minutes of a Special Meeting of Ebbshire Council held on 4 June 2024",
            MINUTES,
            "Ebbshire Council",
            "Ebbshire Council",
        ),
        (
            "Cyngor Tref Aberwen / Aberwen Town Council: Minutes of Full Council held on Tuesday 4 June 2024",
            MINUTES,
            "Aberwen Town Council",
            "Town Council",
        ),
        (
            "Ebbfold Parish Council: Minutes of the meeting held on Tuesday 4 June 2024",
            MINUTES,
            "Ebbfold Parish Council",
            "Parish Council",
        ),
        (
            "Report to the Audit Committee of Ebbfold City Council, Tuesday 4 June 2024: Fraud",
            REPORT,
            "Ebbfold City Council",
            "Audit Committee",
        ),
        (
            "Report of the Cabinet to the County Council of Ebbshire, Tuesday 4 June 2024: Budget",
            REPORT,
            "Ebbshire County Council",
            "County Council",
        ),
        (
            "Ebbshire Council \u2013 Roads Committee, 4 June 2024 \u2013 Annual Report of the Surveyor",
            REPORT,
            "Ebbshire Council",
            "Roads Committee",
        ),
        (
            "Ebbfold District Council \u2013 Cabinet \u2013 Record of Decisions taken on Tuesday 4 June 2024",
            RECORD,
            "Ebbfold District Council",
            "Cabinet",
        ),
        (
            "Ebbfold Parish Council: Agenda of the Amenities Committee, Tuesday 4 June 2024",
            AGENDA,
            "Ebbfold Parish Council",
            "Amenities Committee",
        ),
        (
            "Ebbshire County Council: Written answers for the meeting of the full Council on 4 June 2024",
            OTHER,
            "Ebbshire County Council",
            "County Council",
        ),
        (
            "Ebb and Downland Fire and Rescue Authority: Minutes of the Local Pension Board, 4 June 2024",
            MINUTES,
            "Ebb and Downland Fire and Rescue Authority",
            "Local Pension Board",
        ),
        (
            "Ebb Internal Drainage Board: Report of the Engineer to the Board for its meeting on 4 June 2024",
            REPORT,
            "Ebb Internal Drainage Board",
            "Ebb Internal Drainage Board",
        ),
        (
            "Royal Borough of Ebbfold \u2013 Report to Cabinet, Tuesday 4 June 2024: Housing",
            REPORT,
            "Royal Borough of Ebbfold",
            "Cabinet",
        ),
        (
            "Ebbshire Council\nMinutes of the Roads Committee\nheld on Tuesday 4 June 2024",
            MINUTES,
            "Ebbshire Council",
            "Roads Committee",
        ),
    ],
)
def test_one_line_says_kind_council_body_and_day(
    title: str, kind: DocumentKind, council: str, body: str
) -> None:
    read = paper(title)
    assert head(read.document) == (kind, council, body, DAY)
    assert {(each.council, each.body, each.held_on) for each in read.segments} == {(council, body, DAY)}


@pytest.mark.parametrize(
    "title",
    [
        "Ebbfold Parish Council: Clerk's Report, published on 4 June 2024",
        "Ebbfold Parish Council: Allotment Policy, issued on Tuesday 4 June 2024",
        "Ebbfold Parish Council: Standing Orders adopted on 4 June 2024",
        "Ebbfold Parish Council: Accounts for the year ended 4 June 2024",
        "Ebbfold Parish Council \u2013 Roads Committee \u2013 Report, published on Tuesday 4 June 2024",
        "Ebbfold Parish Council: Minutes of the meetings held on 4 June 2024 and held on 11 June 2024",
    ],
)
def test_a_day_of_something_else_and_two_days_are_no_day_of_a_meeting(title: str) -> None:
    document = paper(title).document
    assert (document.council, document.held_on) == ("Ebbfold Parish Council", None)


@pytest.mark.parametrize(
    "title",
    [
        "Minutes of the Joint Waste Committee of Ebb Town Council and Ulm Town Council held on 4 June 2024",
        "Minutes of the Joint Waste Committee, Ebbfold and Upland, held on Tuesday 4 June 2024",
    ],
)
def test_a_joint_committees_paper_is_no_councils(title: str) -> None:
    often = "Ebbfold Borough Council sent no word. " * 6
    assert head(paper(title, often).document) == (MINUTES, None, "Joint Waste Committee", DAY)


def test_the_council_in_whose_offices_a_meeting_was_is_not_its_council() -> None:
    title = (
        "Minutes of the Scrutiny Panel held at the offices of Upland District Council on Tuesday 4 June 2024"
    )
    assert head(paper(title).document) == (MINUTES, None, "Scrutiny Panel", DAY)


@pytest.mark.parametrize(
    "words",
    [
        "Ebbshire County Council",
        "Ebbshire County Council and Upland District Council are at work on a plan for the lane",
        "Ebbshire County Council reports that the lane is open again",
        "Response of Ebbshire County Council to the consultation of Upland District Council, 4 June 2024",
        "Letter to Ebbshire County Council, 4 June 2024",
    ],
)
def test_a_sentence_on_a_council_and_a_letterhead_are_no_head(words: str) -> None:
    assert head(paper(words).document) == (OTHER, None, None, None)


def test_a_parish_meetings_council_is_told_only_where_the_paper_names_it() -> None:
    title = "Notes of the Annual Parish Meeting of Ebbfold and Ulm held on Tuesday 4 June 2024"
    assert head(paper(title).document) == (MINUTES, None, "Annual Parish Meeting", DAY)
    named = paper(title, "Clerk to Ebbfold and Ulm Parish Council")
    assert named.document.council == "Ebbfold and Ulm Parish Council"


def test_a_report_is_called_by_its_subject() -> None:
    title = (
        "Ebbshire Council \u2013 Report to the Roads Committee, 4 June 2024 \u2013 Lanes: Mending and Closing"
    )
    assert paper(title).document.title == "Lanes: Mending and Closing"


def test_a_heading_below_a_records_title_opens_no_second_record() -> None:
    title = "Ebbshire Council \u2013 Cabinet \u2013 Record of Decisions taken on Tuesday 4 June 2024"
    read = paper(title, "Record of Decisions")
    assert [each.kind for each in read.segments].count(SegmentKind.REPORT_HEADER) == 1
    assert any(each.kind is SegmentKind.HEADING for each in read.segments)
