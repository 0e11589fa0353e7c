from dataclasses import replace
from datetime import date

import pytest

from embeddings.hashing import HashingEncoder
from qa_service.domain.documents import Part
from qa_service.domain.register import Says
from qa_service.domain.resolutions import Standing
from qa_service.domain.spans import Span
from qa_service.register.follow_up import FollowUps, Link, Place, Promise, Stretch, Vector

EARLIER, ASKED, LATER = date(2023, 9, 1), date(2024, 1, 23), date(2024, 6, 18)
ENCODER = HashingEncoder(256)
WORDS = (
    "That the Head of Bridges bring a report on the swing bridge at Ebbfold to the meeting on 18 June 2024."
)


def vector(text: str) -> Vector:
    found: Vector = ENCODER.encode_passages([text])[0]
    return found


def promise(text: str = WORDS, row: int = 1, **facts: object) -> Promise:
    plain = Promise(
        row,
        1,
        Span(0, len(text)),
        "C",
        "Panel",
        ASKED,
        LATER,
        Standing.RESOLVED,
        "26",
        "BRIDGES",
        text,
        vector(text),
    )
    return replace(plain, **facts)  # type: ignore[arg-type]


def stretch(*texts: str, **facts: object) -> Stretch:
    places, at = [], 0
    for text in texts:
        places.append(Place(Span(at, at + len(text)), " ".join(text.split()), vector(text)))
        at += len(text) + 1
    plain = Stretch(2, 0, "\n".join(texts), "C", "Panel", LATER, Part.MINUTES, "BRIDGES", tuple(places))
    return replace(plain, **facts)  # type: ignore[arg-type]


# Other business, so that some words are rare and some are not.
SUBJECTS = ("ferry", "park", "kiln", "mill")
OTHERS = [
    stretch(f"The {word} was looked at by members.", heading=word, document_row=9)
    for word in ("ferry", "park", "kiln", "mill")
]


def links(promises: list[Promise], *stretches: Stretch) -> list[Link]:
    return list(FollowUps(promises, [*stretches, *OTHERS]).links())


def test_a_report_that_came_before_the_body_that_asked_for_it_is_done() -> None:
    (link,) = links([promise()], stretch("The Panel considered a report on the swing bridge at Ebbfold."))
    assert link.says is Says.DONE


def test_the_same_words_at_an_earlier_meeting_report_nothing() -> None:
    early = stretch("The Panel considered a report on the swing bridge at Ebbfold.", held_on=EARLIER)
    assert links([promise()], early) == []


def test_another_body_and_another_subject_report_nothing() -> None:
    words = "The Panel considered a report on the swing bridge at Ebbfold."
    assert links([promise()], stretch(words, body="Board")) == []
    assert links([promise()], stretch("The Panel considered a report on newts.", heading="NEWTS")) == []


def test_an_entry_of_a_log_is_tied_by_its_meeting_and_minute() -> None:
    log = stretch(
        "Meeting and minute\nWhat was to be done\nDue\nState\n23 January 2024, minute 26\nReport on the "
        "swing bridge\n18 June 2024\nOutstanding\n23 January 2024, minute 27\nPaint the ferry\n"
        "Done on 3 May 2024\n",
        part=Part.REPORT,
    )
    ferry = promise("That the ferry be painted by May.", 2, minute="27", heading="FERRY")
    said = {link.promise.row: link.says for link in links([promise(), ferry], log)}
    assert said == {1: Says.NOT_DONE, 2: Says.DONE}


def test_a_paper_that_names_the_meeting_is_tied_to_what_was_due_at_its_own() -> None:
    other = promise(
        "That milestones for the swing bridge report be sent by March 2024.", 2, due=date(2024, 3, 1)
    )
    report = stretch(
        "To report, as the Panel asked on 23 January 2024, on the swing bridge.", part=Part.REPORT
    )
    assert [link.promise.row for link in links([promise(), other], report)] == [1]


def test_a_promise_made_again_with_a_day_takes_the_place_of_the_first() -> None:
    first = promise("That the Head of Bridges report to the Panel on the swing bridge at Ebbfold.", due=LATER)
    words = "That the Head of Bridges report to the Panel on the swing bridge at Ebbfold by 1 May 2024."
    again = promise(words, 2, document_row=2, made_at=date(2024, 3, 1), due=date(2024, 5, 1))
    said = links([first, again], stretch(words, held_on=date(2024, 3, 1)))
    assert [(link.promise.row, link.says) for link in said] == [(1, Says.SUPERSEDED)]


@pytest.mark.parametrize("part", [Part.AGENDA, Part.COVER])
def test_an_agenda_that_lists_a_report_does_not_say_that_it_came(part: Part) -> None:
    listed = stretch("To consider a report on the swing bridge, deferred from 23 January 2024.", part=part)
    assert links([promise()], listed) == []
