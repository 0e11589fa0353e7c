"""What minutes say of earlier minutes: confirmed where they say so, of their own body, and not otherwise."""

import pytest

from qa_service.documents.structure import read_paper
from qa_service.domain.documents import SegmentKind, Status
from qa_service.domain.papers import Paper

MINUTES = """MARLSHIRE COUNTY COUNCIL

{banner}

MINUTES of a meeting of the Highways and Flood Risk Committee held on Tuesday, 6 February 2024.

PRESENT: Ada Quill (Chair), Tom Hask, Una Prewitt

1. Minutes of the previous meeting

{told}

2. Report on the ford at Sallow

The officer introduced the report.
"""


def read(told: str, banner: str = "") -> Paper:
    text = MINUTES.format(told=told, banner=banner)
    return read_paper(text.encode(), file_name="minutes.txt", document_id="d")


def confirmed(told: str) -> list[str]:
    paper = read(told)
    for each in paper.confirmations:
        assert each.span.of(paper.document.text).lower().startswith("minutes")
    return [each.held_on.isoformat() for each in paper.confirmations]


@pytest.mark.parametrize(
    ("told", "days"),
    [
        ("The minutes of 14 November 2023 were agreed as a correct record.", ["2023-11-14"]),
        ("The minutes of 14 November 2023 were confirmed and signed by the Chairman.", ["2023-11-14"]),
        (
            "RESOLVED that the minutes of the meetings on 3 October 2023 and 14 November 2023 be approved.",
            ["2023-10-03", "2023-11-14"],
        ),
        ("RESOLVED that the minutes of 14 November 2023 were a correct record.", ["2023-11-14"]),
        ("It was agreed, that the minutes of the 9th January, as typed, were correct.", ["2024-01-09"]),
        ("The minutes of the Highways and Flood Risk Committee of 3 May 2023 were approved.", ["2023-05-03"]),
    ],
)
def test_minutes_that_are_said_to_be_right_are_confirmed(told: str, days: list[str]) -> None:
    assert confirmed(told) == days


@pytest.mark.parametrize(
    "told",
    [
        "The minutes of 14 November 2023 were not agreed.",
        "The minutes of 14 November 2023 were received and noted.",
        "The minutes of 14 November 2023 were to be approved as a correct record in March.",
        "The minutes of 14 November 2023 would be confirmed at the next meeting.",
        "The minutes of the previous meeting were agreed as a correct record.",
        "RESOLVED that the minutes of the Corporate Parenting Panel of 14 November 2023 be approved.",
        "The minutes of 14 November 2023 were confirmed, subject to minute 3 being altered.",
        "Corrections were made. It was agreed that the minutes of 14 November 2023 were correct.",
        "The minutes of 14 May 2024 were agreed as a correct record.",
        "The Committee noted the minutes. The report of 14 November 2023 was approved.",
    ],
)
def test_nothing_else_confirms_them(told: str) -> None:
    """Not a denial, an intention, a day that is not told, another body, a correction, or a day to come."""
    assert confirmed(told) == []


@pytest.mark.parametrize(
    ("banner", "status"),
    [
        ("", Status.UNKNOWN),
        ("DRAFT", Status.DRAFT),
        ("DRAFT MINUTES: not yet confirmed by the Committee", Status.DRAFT),
        ("Unconfirmed minutes", Status.DRAFT),
        ("CONFIRMED MINUTES", Status.CONFIRMED),
        ("The draft plan is confirmed", Status.UNKNOWN),
    ],
)
def test_a_banner_above_the_header_states_the_standing(banner: str, status: Status) -> None:
    segments = read("None.", banner).segments
    assert {each.status for each in segments if each.kind is SegmentKind.HEADING} == {status}
