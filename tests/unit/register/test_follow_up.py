from dataclasses import replace
from datetime import date

import pytest

from embeddings.hashing import HashingEncoder
from qa_service.domain.documents import Part
from qa_service.domain.register import Says
from qa_service.domain.resolutions import Standing
from qa_service.domain.spans import Span
from qa_service.register.evidence import (
    BY_PAPER,
    BY_REFERENCE,
    BY_RESULT,
    BY_TARGET,
    Link,
    Place,
    Promise,
    Stretch,
    Vector,
)
from qa_service.register.follow_up import FollowUps

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
    plain = Stretch(2, 0, "\n".join(texts), "C", "Panel", LATER, Part.MINUTES, "BRIDGES", "", tuple(places))
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


def test_a_report_on_the_agenda_of_the_meeting_that_was_to_have_it_came() -> None:
    paper = stretch(
        "This report says how the swing bridge may be mended and at what price.",
        "The swing bridge has been looked at by an engineer from the county.",
        part=Part.REPORT,
        heading="Purpose",
        item="BRIDGES",
    )
    assert [(link.says, link.why, link.span.start) for link in links([promise()], paper)] == [
        (Says.DONE, BY_PAPER, 0)
    ]
    other_item = replace(paper, item="FERRIES AND FORDS")
    assert links([promise()], other_item) == []


def test_a_report_that_came_twice_came_the_first_time() -> None:
    words = "This report says how the swing bridge may be mended and at what price."
    facts = {"part": Part.REPORT, "heading": "Purpose", "item": "BRIDGES"}
    due = promise(due=date(2024, 7, 1))
    twice = [stretch(words, **facts), stretch(words, **facts, document_row=3, held_on=date(2024, 9, 1))]
    assert [link.stretch.document_row for link in links([due], *twice)] == [2]


TARGET = "60% of spans painted within 20 weeks, Head of Bridges, April 2024"


@pytest.mark.parametrize(
    ("told", "says"),
    [
        ("That it be noted with regret that 60% was not reached by April 2024.", [Says.NOT_DONE]),
        ("The goal takes the place of the one of 60% by April 2024.", [Says.SUPERSEDED]),
        ("That it be noted with regret that 75% was not reached by April 2024.", []),
        ("That it be noted with regret that 60% was not reached by May 2024.", []),
        ("In April 2024 the goal was 60% for the second year.", []),
    ],
)
def test_a_target_is_told_by_its_figure_and_month(told: str, says: list[Says]) -> None:
    target = promise(TARGET, due=date(2024, 4, 30), heading="")
    found = links([target], stretch(told, part=Part.REPORT, heading="Spans", item="BRIDGES"))
    assert [link.says for link in found] == says
    assert all(link.why == BY_TARGET for link in found)


def test_the_month_of_a_target_may_stand_in_the_sentence_before() -> None:
    target = promise(TARGET, due=date(2024, 4, 30), heading="")
    told = ("In April 2024, 52% of spans were painted.", "The plan had aimed at 60%.")
    (link,) = links([target], stretch(*told, part=Part.REPORT, heading="Spans"))
    assert (link.says, link.text) == (Says.NOT_DONE, told[1])


def test_a_consultation_whose_result_is_reported_was_held() -> None:
    held = promise("that a consultation on tolls be held from May to June;", heading="BRIDGE TOLLS", due=None)
    told = stretch("The Leader presented the result of the consultation.", heading="BRIDGE TOLLS")
    assert [(link.says, link.why) for link in links([held], told)] == [(Says.DONE, BY_RESULT)]
    assert links([held], replace(told, heading="FERRY FARES")) == []
    survey = replace(held, text="that a survey of tolls be carried out by June;")
    assert links([survey], told) == []


def test_what_refers_to_the_meeting_that_asked_needs_no_second_place() -> None:
    paper = stretch(
        "To report, as the Panel asked on 23 January 2024, on the swing bridge.", part=Part.REPORT
    )
    had = stretch("The Panel considered a report of the Director.", document_row=3)
    assert [link.stretch.document_row for link in links([promise()], paper, had)] == [2]
    assert [link.stretch.document_row for link in links([promise()], had)] == [3]


def test_a_decision_put_off_is_settled_by_the_sentence_that_decides() -> None:
    put_off = promise("that a decision on the swing bridge be deferred to 18 June 2024;", heading="BRIDGES")
    told = (
        "The engineer explained the plans, which had been put off.",
        "The Panel took the decision that is printed below.",
    )
    (link,) = links([put_off], stretch(*told))
    assert link.text == told[1]


STORM = "That a full report be made to the meeting of 18 June 2024."


def test_a_report_on_the_same_event_is_what_was_due_on_that_day() -> None:
    asked = promise(STORM, heading="STORM OF 2 NOVEMBER 2023")
    words = "To tell what the inquiry found on the water that the storm of 2 November 2023 left."
    report = stretch(words, part=Part.REPORT, heading="WATER AT THE QUAY", item="WATER AT THE QUAY")
    assert [link.why for link in links([asked], report)] == [BY_PAPER]
    other = stretch(
        words.replace("2 November", "3 May"),
        part=Part.REPORT,
        heading="WATER AT THE QUAY",
        item="WATER AT THE QUAY",
    )
    assert links([asked], other) == []


def test_the_day_of_a_meeting_is_no_event() -> None:
    asked = promise(STORM, heading="MATTERS FROM 23 JANUARY 2024")
    words = "To tell what the inquiry found on the storm, as minuted on 23 January 2024."
    report = stretch(words, part=Part.REPORT, heading="WATER AT THE QUAY", item="WATER AT THE QUAY")
    assert links([asked], report) == []


def test_a_request_is_known_by_the_month_of_its_meeting() -> None:
    asked = promise("That each member bring forward savings on the swing bridge by 1 March 2024.", due=None)
    told = "Savings on the swing bridge had been offered in answer to the request made in January."
    assert [link.why for link in links([asked], stretch(told, heading="BUDGET"))] == [BY_REFERENCE]
    assert BY_REFERENCE not in {
        link.why for link in links([asked], stretch(told.replace("January", "May"), heading="BUDGET"))
    }
