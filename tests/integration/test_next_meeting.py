"""When a body meets next: told by a notice of a meeting to come, or by its newest papers."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from embeddings.hashing import HashingEncoder
from qa_service.bootstrap import Services, open_ingestion, open_services
from qa_service.config import Settings
from qa_service.domain.access import PUBLIC_ONLY, Access
from qa_service.domain.answers import Answer, Question, Refusal, Reply, Turn
from qa_service.ingestion.pipeline import SourceInput
from tests.factories import ingest

_MINUTES = """ASHMERE COUNTY COUNCIL

{body}

MINUTES of a meeting of the {name} held on {held_on} in the Loom Room.

PRESENT: Ada Quill (Chairman), Tom Hask, Una Prewitt

1. Weirs

The Panel noted that the weir had been mended.

2. Close

{close}
"""
_NOTICE = """NOTICE OF MEETING

Meeting

Mill Board

Date and Time

Monday, {day} at 10.15 am{state}

Place

Loom Room, Moot Hall, Wendlebury

AGENDA

1. APOLOGIES
To receive apologies.

2. WEIRS (Pages 3 - 6)
To consider a report on weirs of Ashmere County Council.
"""


def _minutes(body: str, held_on: str, close: str) -> str:
    return _MINUTES.format(body=body.upper(), name=body, held_on=held_on, close=close)


_CLOSED = "The next meeting will be held on 4 June 2024 behind closed doors."
_FIRST = "Next meeting: 5 March 2024, Loom Room."
_NEXT = "The next meeting of the Rivers Panel would be held on Tuesday 9 April 2024 at 6 pm."


@pytest.fixture(scope="module")
def ashmere(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    folder: Path = tmp_path_factory.mktemp("next")
    papers = {
        "rivers-jan.txt": _minutes(
            "Rivers Panel", "9 January 2024", "Next meeting: 5 March 2024, Loom Room."
        ),
        "rivers-march.txt": _minutes("Rivers Panel", "5 March 2024", _NEXT),
        "roads-jan.txt": _minutes("Roads Panel", "16 January 2024", "Date of next meeting: 6 February 2024"),
        "roads-feb.txt": _minutes(
            "Roads Panel",
            "6 February 2024",
            "The next meeting of the Ferry Committee would be held on 3 May 2024.\n\n"
            "Mr Hask said that he would ask at the next meeting for the figures of 18 May 2024.",
        ),
        "mill.txt": _minutes("Mill Board", "7 February 2024", "The next meeting is on 4 March 2024."),
        "mill-first.txt": _NOTICE.format(day="1st June, 2099", state="\n\nCANCELLED"),
        "mill-second.txt": _NOTICE.format(day="6th July, 2099", state=""),
    }
    for name, text in papers.items():
        (folder / name).write_text(text, encoding="utf-8")
    ingest(folder / "data", *(folder / name for name in papers))
    closed = folder / "closed.txt"
    closed.write_text(_minutes("Rivers Panel", "2 April 2024", _CLOSED), encoding="utf-8")
    with open_ingestion(Settings(data_dir=folder / "data"), HashingEncoder(64)) as ingestion:
        ingestion.run([SourceInput(closed, "closed", "closed.txt", access=Access.EXEMPT)])
    with open_services(Settings(data_dir=folder / "data"), HashingEncoder(64)) as opened:
        yield opened


def reply_to(services: Services, text: str, *before: str, as_of: date | None = None) -> Reply:
    question = Question(text, history=tuple(map(Turn, before)), as_of=as_of)
    return services.answerer.answer(question, PUBLIC_ONLY)


def told(reply: Reply) -> list[str]:
    assert isinstance(reply.outcome, Answer), reply.outcome
    return [" ".join(each.text.split()) for each in reply.outcome.statements]


@pytest.mark.parametrize(
    "question",
    [
        "When is the next meeting of the Rivers Panel?",
        "When does the Rivers Panel meet next?",
        "What is the date of the next Rivers Panel meeting?",
        "when will the rivers panel meet again?",
    ],
)
def test_the_newest_paper_that_names_a_later_day_is_quoted_and_its_age_is_told(
    ashmere: Services, question: str
) -> None:
    reply = reply_to(ashmere, question)
    assert told(reply) == [_NEXT]
    assert reply.understood.notes[-1] == (
        "that day is past: the newest papers of Rivers Panel that are held here are of 5 March 2024"
    )


def test_a_follow_up_asks_of_the_body_before(ashmere: Services) -> None:
    reply = reply_to(ashmere, "When do they meet next?", "Who was at the Rivers Panel in January 2024?")
    assert told(reply) == [_NEXT]


def test_a_day_to_come_is_not_called_past(ashmere: Services) -> None:
    reply = reply_to(ashmere, "When is the next meeting of the Rivers Panel?", as_of=date(2024, 2, 1))
    assert told(reply) == [_FIRST]
    assert not any("past" in note for note in reply.understood.notes)


def test_a_notice_of_a_meeting_to_come_goes_before_minutes_and_a_cancelled_one_is_passed_over(
    ashmere: Services,
) -> None:
    (line,) = told(reply_to(ashmere, "When is the next meeting of the Mill Board?"))
    assert "6th July, 2099" in line
    assert "June" not in line


def test_a_meeting_of_which_papers_are_held_is_not_the_next_nor_is_that_of_another_body(
    ashmere: Services,
) -> None:
    outcome = reply_to(ashmere, "When is the next meeting of the Roads Panel?").outcome
    assert isinstance(outcome, Refusal)
    assert outcome.reason == (
        "no line of the papers of Roads Panel was found that names a meeting after 6 February 2024, "
        "the newest held"
    )


def test_whose_meeting_is_meant_must_be_said_where_several_bodies_meet(ashmere: Services) -> None:
    outcome = reply_to(ashmere, "When do they meet next?").outcome
    assert isinstance(outcome, Refusal)
    assert outcome.reason == "papers of several bodies are held here: say whose next meeting is meant"


@pytest.mark.parametrize(
    "question",
    [
        "What will be discussed at the next meeting of the Rivers Panel?",
        "When is the next meeting about weirs at the Rivers Panel?",
        "When was the next meeting of the Rivers Panel after 9 January 2024?",
        "When did the Rivers Panel mend the weir?",
    ],
)
def test_other_questions_do_not_ask_when_a_body_meets_next(ashmere: Services, question: str) -> None:
    reply = reply_to(ashmere, question)
    assert not any("that day is past" in note for note in reply.understood.notes)
    assert isinstance(reply.outcome, Answer) or "the newest held" not in reply.outcome.reason


def test_exempt_minutes_tell_the_next_meeting_to_those_alone_who_may_see_them(ashmere: Services) -> None:
    question = Question("When is the next meeting of the Rivers Panel?")
    assert told(ashmere.answerer.answer(question, frozenset(Access))) == [_CLOSED]
    assert told(ashmere.answerer.answer(question, PUBLIC_ONLY)) == [_NEXT]
