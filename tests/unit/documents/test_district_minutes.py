"""Minutes as Irish councils print them: header in capitals, roll with posts, movers above decisions."""

from datetime import date

import pytest

from qa_service.documents.bodies import body_name
from qa_service.documents.dates import first_date
from qa_service.documents.publishers import publisher
from qa_service.documents.structure import read_paper
from qa_service.domain.documents import AttendanceState, DocumentKind
from qa_service.domain.papers import Paper
from qa_service.domain.resolutions import Outcome, Resolution, Standing, Verb

HEADER = """**MINUTES OF PROCEEDINGS AT MONTHLY MEETING OF THE MUNICIPAL DISTRICT OF NORTHVALE-**
**EASTVALE HELD IN THE COURT HOUSE, QUAY STREET, NORTHVALE, ON MONDAY, 15TH** **MAY, 2023 AT 9.45 A.M.**
"""
ROLL = """
**PRESENT IN THE CHAIR:**

Councillor A. Weir, An Cathaoirleach.

**MEMBERS PRESENT:**

Councillors Ashe, Bray (J), Bray
(M), Cmhlr. Ó Dubh and Hale.
Apologies for his inability to attend the Meeting were received from Councillor Finch.

**OFFICIALS IN ATTENDANCE:**

Director, Roads and Bridges (Mr. T. Mole), Meetings Administrator (Ms. U. Reed), Clerk (Mr. O’Dell).

"""
BUSINESS = """**1.**

**Adoption of Minutes**

Circulated, copy of draft Minutes of Meeting held on 17th April, 2023.

Proposed by Councillor Ashe;
Seconded by Councillor Bray (J);
And Resolved:
“That the draft Minutes, as circulated, be taken as read and adopted and signed.”
Members spoke of the weather at some length and of the floods that had come with it in the spring.

(i) Circulated, copy of a letter from the mill.

**2.Gifts**

On the proposal of Councillor Hale, seconded by Cmhlr. Ó Dubh, it was agreed to give €400 to the ford.

**3.Notice of Motion submitted by Councillor C. Finch (to be referred to the**
**Bridges Committee)**

***I will move at the next Meeting that the weir be mended before the salmon come.***

The Notice of Motion was proposed by Councillor Finch, seconded by Councillor Hale and agreed.

**4.Notice of Motion submitted by Councillor Ashe**

| will move at the next Meeting that a lamp be put up at the mill.

**Proposed: Councillor Ashe**
**Seconded: Councillor Hale**

REPLY: The matter will be looked at.
"""


def read(text: str) -> Paper:
    return read_paper(text.encode(), file_name="a.md", document_id="d", council="Northvale County Council")


def paper() -> Paper:
    return read(HEADER + ROLL + BUSINESS)


def decisions(minute: str) -> list[Resolution]:
    return [one for one in paper().resolutions if one.minute == minute]


def words(one: Resolution) -> str:
    return " ".join(one.clauses[0].span.of(paper().document.text).split())


def test_a_header_in_capitals_names_the_district_and_the_day() -> None:
    document = paper().document
    assert (document.kind, document.held_on) == (DocumentKind.MINUTES, date(2023, 5, 15))
    assert document.body == "Municipal District of Northvale-Eastvale"


def test_a_header_of_one_word_a_line_is_read_whole() -> None:
    spread = "\n\n".join(HEADER.replace("*", "").split())
    document = read(f"{spread}\n\nPRESENT IN THE CHAIR:\n\nCouncillor A. Weir.\n").document
    assert (document.body, document.held_on) == (
        "Municipal District of Northvale-Eastvale",
        date(2023, 5, 15),
    )


def test_minutes_of_proceedings_without_a_roll_are_minutes_still() -> None:
    document = read(f"{HEADER}\nAt the outset the Clerk welcomed members.\n").document
    assert (document.kind, document.body) == (
        DocumentKind.MINUTES,
        "Municipal District of Northvale-Eastvale",
    )


def test_a_day_without_its_year_leaves_minutes_undated() -> None:
    document = read((HEADER + ROLL).replace("MAY, 2023", "MAY")).document
    assert (document.kind, document.held_on) == (DocumentKind.MINUTES, None)


@pytest.mark.parametrize(
    ("header", "body"),
    [
        (
            "MINUTES OF PROCEEDINGS AT JOINT POLICING SUB COMMITTEE MEETING OF THE MUNICIPAL DISTRICT OF EBB",
            "Joint Policing Sub-Committee of the Municipal District of Ebb",
        ),
        (
            "MINUTES OF PROCEEDINGS AT DRAFT BUDGETARY PLAN 2024 MEETING OF THE MUNICIPAL DISTRICT OF EBB",
            None,
        ),
        ("MINUTES OF PROCEEDINGS AT ADJOURNED PLAN MEETING FOR THE METROPOLITAN DISTRICT OF EBB", None),
        ("Minutes of the Planning Committee meeting of Northvale County Council", "Planning Committee"),
        ("MINUTES OF THE MEETING OF NORTHVALE CITY & COUNTY COUNCIL’S ROADS SPC", None),
    ],
)
def test_bodies_stand_in_several_places_of_a_header(header: str, body: str | None) -> None:
    document = read(
        f"{header} HELD IN EBB ON MONDAY, 15TH MAY, 2023.\n\nPRESENT: Councillor A. Weir.\n"
    ).document
    found = (
        body
        or {
            "PLAN 2024": "Municipal District of Ebb",
            "ADJOURNED": "Metropolitan District of Ebb",
            "ROADS SPC": "Roads Strategic Policy Committee",
        }[next(key for key in ("PLAN 2024", "ADJOURNED", "ROADS SPC") if key in header)]
    )
    assert document.body == found


def test_a_sentence_that_a_meeting_was_held_heads_minutes_where_a_roll_follows() -> None:
    sentence = "A meeting of the Roads Committee was held in the Court House on Monday 15th May, 2023\n"
    roll = (
        "The following were in attendance:\n\nIN THE CHAIR:\n\nCllr. A. Weir\n\nPRESENT:\n\nCllr. B. Ashe\n"
    )
    held = read(sentence + roll)
    assert (held.document.body, held.document.held_on) == ("Roads Committee", date(2023, 5, 15))
    assert [(one.name, one.role) for one in held.attendance] == [
        ("A. Weir", "Chairman"),
        ("B. Ashe", "Councillor"),
    ]
    report = read(
        f"{sentence}It was a long one.\n" + "The lamps were lit. Nobody spoke of them.\n" * 9 + roll
    )
    assert report.document.kind is DocumentKind.OTHER


def test_a_link_above_a_header_dates_nothing_and_a_title_may_run_into_a_sentence() -> None:
    text = (
        "[Original file](https://mill.example/2023-05/minutes-22-may-2023.pdf)\n"
        "MINUTES OF MEETING OF NORTHVALE COUNTY COUNCIL ROADS AND BRIDGES\nSPC\n"
        "A meeting of the Council's members was held on the 2nd of May.\n\nPRESENT: Councillor Ashe\n"
    )
    document = read(text).document
    assert (document.kind, document.held_on) == (DocumentKind.MINUTES, None)
    assert document.body == "Roads and Bridges Strategic Policy Committee"


def test_the_roll_tells_members_with_initials_officials_with_posts_and_apologies() -> None:
    found = [(one.name, one.state, one.role) for one in paper().attendance]
    present, away, there = AttendanceState.PRESENT, AttendanceState.APOLOGIES, AttendanceState.IN_ATTENDANCE
    assert found == [
        ("A. Weir", present, "Chairman"),
        ("Ashe", present, "Councillor"),
        ("Bray (J)", present, "Councillor"),
        ("Bray (M)", present, "Councillor"),
        ("Ó Dubh", present, "Councillor"),
        ("Hale", present, "Councillor"),
        ("Mr. T. Mole", there, "Director, Roads and Bridges"),
        ("Ms. U. Reed", there, "Meetings Administrator"),
        ("Mr. O’Dell", there, "Clerk"),
        ("Finch", away, "Councillor"),
    ]


def test_who_stands_above_a_resolution_moved_it_and_its_quotation_ends_it() -> None:
    (adopted,) = decisions("1")
    assert (adopted.proposer, adopted.seconder) == ("Councillor Ashe", "Councillor Bray (J)")
    assert (adopted.verb, adopted.standing) == (Verb.APPROVED, Standing.RESOLVED)
    assert words(adopted).endswith("adopted and signed.”")
    assert len(adopted.clauses) == 1


def test_what_was_agreed_on_a_proposal_is_told_with_its_movers() -> None:
    (gift,) = decisions("2")
    assert (gift.proposer, gift.seconder, gift.outcome) == (
        "Councillor Hale",
        "Cmhlr. Ó Dubh",
        Outcome.CARRIED,
    )
    assert words(gift).startswith("to give €400")


def test_a_notice_of_motion_that_was_agreed_is_decided_once() -> None:
    (motion,) = decisions("3")
    assert (motion.proposer, motion.seconder) == ("Councillor Finch", "Councillor Hale")
    assert (motion.standing, motion.outcome) == (Standing.RESOLVED, Outcome.CARRIED)
    assert motion.heading is not None
    assert motion.heading.endswith("Bridges Committee)")


def test_a_notice_of_motion_whose_fate_is_not_told_stays_proposed() -> None:
    (motion,) = decisions("4")
    assert (motion.proposer, motion.seconder) == ("Councillor Ashe", "Councillor Hale")
    assert (motion.standing, motion.outcome) == (Standing.PROPOSED, Outcome.UNSTATED)


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("& County Council", None),
        ("COUNCIL Northvale City and County Council", None),
        ("Council", "Northvale City and County Council"),
        ("Ebb Municipal District", "Municipal District of Ebb"),
        ("To Each Member of Northvale Policing Committee", None),
        ("Roads SPC", "Roads Strategic Policy Committee"),
    ],
)
def test_bodies_have_one_name(printed: str, name: str | None) -> None:
    assert body_name(printed, "Northvale City and County Council") == name


@pytest.mark.parametrize(
    ("printed", "day"),
    [
        ('11°" June, 2019', date(2019, 6, 11)),
        ("11™ June, 2019", date(2019, 6, 11)),
        ("Tuesday, 11% June, 2019", date(2019, 6, 11)),
        ("a rise of 11% June, 2019", None),
    ],
)
def test_ordinals_that_a_scan_misread_are_days(printed: str, day: date | None) -> None:
    assert first_date(printed) == day


def test_an_irish_domain_names_its_council() -> None:
    assert (
        publisher("Write to roads@kerrycoco.ie, or see www.kerrycoco.ie for more.") == "Kerry County Council"
    )
    assert publisher("Write to roads@mill.ie.") is None
