"""Letters that call members to a meeting: whose, when, and what stays unread."""

from datetime import date

import pytest

from qa_service.documents.structure import read_paper
from qa_service.documents.summons import notice_in, summons_in
from qa_service.domain.documents import DocumentKind, SegmentKind, Status
from qa_service.domain.papers import Paper

COUNCIL = "Northvale City and County Council"
LETTER = """Corporate Services,
Northvale City and County Council,
Quay Street,
Northvale.

2" May, 2023

To: The Mayor and Each Member of the Metropolitan District of Northvale

Dear Councillor,

You are requested to attend a Meeting of the Metropolitan District of Northvale to be held in the Court
House, Quay Street, Northvale, on {day} at 9.45 a.m. The business to be transacted is set out on the Agenda.

Ada Weir,
Meetings Administrator.

AGENDA

1. Minutes

To adopt Minutes of Meeting of the Metropolitan District of Northvale held on 17th April, 2023.

2. Disposal of Land

To note the disposal of a yard.

7. Notice of Motion submitted by Councillor Hale

I will move at the next Meeting that the weir be mended before the salmon come.
"""


def letter(day: str) -> Paper:
    return read_paper(LETTER.format(day=day).encode(), file_name="a.md", document_id="d", council=COUNCIL)


@pytest.mark.parametrize("day", ["Monday, 15th May, 2023", 'Monday, 15"* May, 2023', "Monday, 15% May, 2023"])
def test_a_summons_is_an_agenda_of_the_body_and_day_that_it_names(day: str) -> None:
    document = letter(day).document
    assert (document.kind, document.council) == (DocumentKind.AGENDA_PACK, COUNCIL)
    assert (document.body, document.held_on) == ("Metropolitan District of Northvale", date(2023, 5, 15))


def test_what_it_calls_to_is_yet_to_come() -> None:
    assert {one.status for one in letter("Monday, 15th May, 2023").segments} == {Status.FUTURE}


def test_a_day_without_its_year_is_read_by_its_weekday_and_the_letters_own_date() -> None:
    assert letter("Monday, 15th May").document.held_on == date(2023, 5, 15)
    assert letter("15th May").document.held_on is None


@pytest.mark.parametrize(
    "day", ["Tuesday, 15th May, 2023", "Monday, ig May, 2023", "17th April, 2023", '"5 May, 2023']
)
def test_a_day_that_was_misread_is_left_out_and_no_other_date_stands_in(day: str) -> None:
    document = letter(day).document
    assert (document.body, document.held_on) == ("Metropolitan District of Northvale", None)


def test_business_behind_a_lost_number_is_text_and_no_signature() -> None:
    paper = letter("Monday, 15th May, 2023")
    motion = next(one for one in paper.segments if "salmon" in one.span.of(paper.document.text))
    assert motion.kind is SegmentKind.TEXT


def test_a_letter_without_a_list_keeps_its_business_as_text() -> None:
    text = (
        LETTER.format(day="Monday, 15th May, 2023").split("AGENDA\n")[0] + "1. Minutes of April to be read."
    )
    paper = read_paper(text.encode(), file_name="a.md", document_id="d", council=COUNCIL)
    assert paper.document.kind is DocumentKind.AGENDA_PACK
    last = paper.segments[-1]
    assert last.kind is SegmentKind.TEXT


@pytest.mark.parametrize(
    ("words", "body"),
    [
        (
            "The Mayor has called a Special Meeting of Northvale City and County Council to be held",
            COUNCIL,
        ),
        (
            "You are hereby summoned to attend a meeting of Ebbfold Parish Council to be held",
            "Ebbfold Parish Council",
        ),
        ("You are requested to attend the Annual Meeting of the Municipal District of Ebb on Monday", None),
        (
            "You are asked to come, as summoned to attend a Meeting of the Roads SPC to be held",
            "Roads Strategic Policy Committee",
        ),
    ],
)
def test_members_are_called_in_several_ways(words: str, body: str | None) -> None:
    found = summons_in(f"{words}, 15th May, 2023", COUNCIL)
    assert found is not None
    assert body is None or found.body == body


def test_a_committee_of_a_district_is_named_in_one_order() -> None:
    found = summons_in(
        "requested to attend a Meeting of the Municipal District of Ebb JPC Subcommittee to be held", None
    )
    assert found is not None
    assert found.body == "Joint Policing Sub-Committee of the Municipal District of Ebb"


def test_a_notice_reads_short_forms_and_blanks_lost_before_bold_type() -> None:
    words = "A meeting of the Housing & Ageing SPC will be heldon Monday, 15th May, 2023 at 2pm."
    found = notice_in(words, COUNCIL)
    assert found is not None
    assert (found.body, found.held_on) == ("Housing and Ageing Strategic Policy Committee", date(2023, 5, 15))


def test_dates_of_the_minutes_to_be_adopted_are_not_the_meetings() -> None:
    found = summons_in(
        "requested to attend a Meeting of the Council to be held. The business: Minutes of 1 May, 2023",
        COUNCIL,
    )
    assert found is not None
    assert found.held_on is None


def test_a_letterhead_is_no_body() -> None:
    text = f"Dear Member,\n{COUNCIL}\n& County Council\nAGENDA\n1. Apologies\n2. Minutes\n"
    paper = read_paper(text.encode(), file_name="a.md", document_id="d", council=COUNCIL)
    assert (paper.document.kind, paper.document.body) == (DocumentKind.AGENDA_PACK, None)


def test_the_day_of_a_letter_that_calls_unreadably_is_not_the_meetings() -> None:
    lines = [
        "2nd May, 2023",
        "TO EACH MEMBER OF EBBFOLD ROADS COMMITTEE",
        "AGENDA",
        "1. Apologies",
        "2. Minutes",
    ]
    text = "\n".join(lines)
    document = read_paper(text.encode(), file_name="a.md", document_id="d").document
    assert (document.kind, document.held_on) == (DocumentKind.AGENDA_PACK, None)


def test_the_sender_is_not_the_body_where_the_sentence_is_broken_by_a_letterhead() -> None:
    broken = "You are requested to attend a Meeting of the Municipal District\nOffice.\nQuay Street. Co. Ebb."
    text = f"2nd May, 2023\n{COUNCIL}\n{broken}\nAGENDA\n1. Apologies\n2. Minutes\n"
    document = read_paper(text.encode(), file_name="a.md", document_id="d", council=COUNCIL).document
    assert (document.kind, document.body, document.held_on) == (DocumentKind.AGENDA_PACK, None, None)
