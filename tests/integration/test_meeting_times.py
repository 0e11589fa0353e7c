"""At what time a meeting began, ended and how long it was: told by lines that hold a time of day."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from embeddings.hashing import HashingEncoder
from qa_service.answering.elsewhere import has_subject
from qa_service.bootstrap import Services, open_services
from qa_service.config import Settings
from qa_service.domain.access import PUBLIC_ONLY
from qa_service.domain.answers import SURE, Answer, Question, Refusal, Reply, Turn
from qa_service.domain.explanations import Route
from tests.factories import ingest

_FRONT = """NOTICE OF MEETING

Questions must reach the clerk by 5.00 pm on 3 June 2024.

Date: 29 May 2024

Meeting

Cabinet

Date and Time

Tuesday, 11th June, 2024 at 10.15 am

Place

Loom Room, Moot Hall, Wendlebury. The meeting is scheduled to end by 1.30 pm.

AGENDA

1. APOLOGIES
To receive apologies.

2. WEIRS (Pages 3 - 6)
To consider a report on weirs of Ashmere County Council.
"""
_MINUTES = """ASHMERE COUNTY COUNCIL

{body}

MINUTES of a meeting of the {name} held {at}on {held_on} in the Loom Room.

PRESENT: Ada Quill (Chairman), Tom Hask, Una Prewitt

1. Weirs

The Panel heard that the ferry office had opened at 6.30 am and closed at 11.45 pm.

The meeting adjourned at 11.30 am for lunch and reconvened at 12.30 pm.

RESOLVED that the weir be mended.

2. Close

{close}
"""


def _minutes(body: str, held_on: str, close: str, at: str = "") -> str:
    return _MINUTES.format(body=body.upper(), name=body, held_on=held_on, close=close, at=at)


@pytest.fixture(scope="module")
def ashmere(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    folder: Path = tmp_path_factory.mktemp("hours")
    papers = {
        "front.txt": _FRONT,
        "cabinet.txt": _minutes("Cabinet", "9 January 2024", "There was no other business.", "at 10.00 am "),
        "rivers.txt": _minutes(
            "Rivers Panel",
            "5 March 2024",
            "As there was no other business, the Chairman thanked everyone and closed the meeting at 8.55pm.",
            "at 7.30pm ",
        ),
        "roads.txt": _minutes("Roads Panel", "6 March 2024", "The meeting ended at 4.05 pm."),
        "ferry.txt": _minutes(
            "Ferry Committee", "7 March 2024", "The meeting opened at 6.02 pm, and lasted two hours."
        ),
    }
    for name, text in papers.items():
        (folder / name).write_text(text, encoding="utf-8")
    ingest(folder / "data", *(folder / name for name in papers))
    with open_services(Settings(data_dir=folder / "data"), HashingEncoder(64)) as opened:
        yield opened


def reply_to(services: Services, text: str, *before: str) -> Reply:
    return services.answerer.answer(Question(text, history=tuple(map(Turn, before))), PUBLIC_ONLY)


def told(reply: Reply) -> list[str]:
    assert isinstance(reply.outcome, Answer), reply.outcome
    return [" ".join(each.text.split()) for each in reply.outcome.statements]


_CLOSED = "As there was no other business, the Chairman thanked everyone and closed the meeting at 8.55pm."


@pytest.mark.parametrize(
    ("question", "lines"),
    [
        ("What time did the Rivers Panel meeting of 5 March 2024 start?", ["at 7.30pm on 5 March 2024"]),
        ("When did the March 2024 meeting of the Rivers Panel finish?", [_CLOSED]),
        ("How long did the Rivers Panel meeting on 5 March 2024 last?", ["at 7.30pm on", _CLOSED]),
        ("At what time did the last meeting of the Rivers Panel close?", [_CLOSED]),
        ("When did the Roads Panel meeting on 6 March 2024 end?", ["The meeting ended at 4.05 pm."]),
        ("When did the Ferry Committee meeting in March 2024 begin?", ["The meeting opened at 6.02 pm"]),
        ("How long was the meeting of the Ferry Committee on 7 March 2024?", ["lasted two hours"]),
        ("What time is the June 2024 Cabinet meeting?", ["Tuesday, 11th June, 2024 at 10.15 am"]),
        ("When did the meeting of 5 March 2024 end?", [_CLOSED]),
    ],
)
def test_the_lines_with_a_time_of_day_are_quoted(ashmere: Services, question: str, lines: list[str]) -> None:
    found = told(reply_to(ashmere, question))
    assert len(found) == len(lines)
    assert all(line in said for line, said in zip(lines, found, strict=True)), found


def test_a_follow_up_asks_of_the_same_meeting(ashmere: Services) -> None:
    found = told(reply_to(ashmere, "When did it finish?", "Who was at the Rivers Panel on 5 March 2024?"))
    assert found == [_CLOSED]


@pytest.mark.parametrize(
    ("question", "hour"),
    [
        ("When did the Cabinet meeting of 9 January 2024 finish?", "ended"),
        ("How long did the Cabinet meeting of 9 January 2024 last?", "ended"),
        ("What time did the Roads Panel meeting on 6 March 2024 start?", "began"),
    ],
)
def test_what_no_line_gives_is_refused_and_not_told_by_a_pause_or_a_date(
    ashmere: Services, question: str, hour: str
) -> None:
    outcome = reply_to(ashmere, question).outcome
    assert isinstance(outcome, Refusal)
    assert f"found that says at what time it {hour}" in outcome.reason


def test_the_hour_that_no_line_gives_is_named_beside_the_one_that_is(ashmere: Services) -> None:
    reply = reply_to(ashmere, "When did the Roads Panel meeting on 6 March 2024 begin and end?")
    assert told(reply) == ["The meeting ended at 4.05 pm."]
    assert "no line of the papers was found that says at what time it began" in reply.understood.notes


def test_an_end_that_was_only_planned_is_told_as_such(ashmere: Services) -> None:
    note = "the papers say when the meeting was to end, and not when it did"
    did = reply_to(ashmere, "When did the June 2024 Cabinet meeting end?")
    assert any("scheduled to end by 1.30 pm" in each for each in told(did))
    assert note in did.understood.notes
    assert (did.confidence or 0) < SURE
    due = reply_to(ashmere, "When is the June 2024 Cabinet meeting due to end?")
    assert any("scheduled to end by 1.30 pm" in each for each in told(due))
    assert note not in due.understood.notes
    assert (due.confidence or 0) >= SURE


def test_the_date_of_a_letter_is_not_that_of_the_meeting(ashmere: Services) -> None:
    for question in (
        "When was the June 2024 Cabinet meeting held?",
        "Where and at what time is the June 2024 Cabinet meeting held?",
    ):
        found = told(reply_to(ashmere, question))
        assert any("11th June, 2024" in each for each in found), found
        assert not any("29 May 2024" in each and "11th" not in each for each in found), found


@pytest.mark.parametrize(
    "question",
    [
        "When did the ferry office close in March 2024?",
        "At what time did the Rivers Panel vote at its meeting on 5 March 2024?",
        "When was the weir closed by the Rivers Panel on 5 March 2024?",
    ],
)
def test_hours_of_other_things_are_not_those_of_the_meeting(ashmere: Services, question: str) -> None:
    _, how = ashmere.answerer.explained(Question(question), PUBLIC_ONLY)
    assert Route.ROLL not in {each.route for each in how.tried}


def test_the_hours_of_a_meeting_are_no_subject_that_other_papers_could_tell() -> None:
    assert not has_subject("finish")
    assert has_subject("ferry finish")
