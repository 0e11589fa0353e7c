"""Who wrote a report, sent it and answers for it: told by the lines of the report that bears the title."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from embeddings.hashing import HashingEncoder
from qa_service.bootstrap import Services, open_ingestion, open_services
from qa_service.config import Settings
from qa_service.domain.access import PUBLIC_ONLY, Access
from qa_service.domain.answers import Answer, Question, Refusal, Reply, Turn
from qa_service.ingestion.pipeline import SourceInput
from qa_service.retrieval.authors_asked import AskedOfReport, Role, author_asked
from qa_service.sample import papers_directory
from tests.factories import ingest

_REPORT = """ASHMERE COUNTY COUNCIL

From: Councillor Ada Quill, Cabinet Member for Rivers

To: Cabinet, 9 January 2024

Subject: {title}

Status: Unrestricted

1. Purpose

1.1 Cabinet is asked to note what has been done on the rivers of the county in the last year.

2. Recommendation

Cabinet is asked to note the report.

3. Contact details

Report Author:
{author}
Weir Engineer
01632 960 177

Relevant Director:
Tom Hask
Director of Rivers
"""


@pytest.fixture(scope="module")
def councils(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    folder = tmp_path_factory.mktemp("authors")
    papers = [
        Path(papers_directory()) / f"{name}.pdf"
        for name in (
            "marlshire-clp-2023-09-19-agenda-pack",
            "marlshire-cabinet-2024-01-18-agenda-pack",
            "marlport-clsp-2024-03-12-agenda-pack",
        )
    ]
    titles = ("Mending of Otter Weir", "Painting of Otter Weir", "Otter Weir Fees", "Otter Weir Fees Waived")
    for at, title in enumerate(titles):
        papers.append(folder / f"weir{at}.txt")
        papers[-1].write_text(_REPORT.format(title=title, author=f"Una Prewitt{'e' * at}"), encoding="utf-8")
    ingest(folder / "data", *papers)
    closed = folder / "closed.txt"
    closed.write_text(_REPORT.format(title="Sale of Otter Weir", author="Bea Orme"), encoding="utf-8")
    with open_ingestion(Settings(data_dir=folder / "data"), HashingEncoder(64)) as ingestion:
        ingestion.run([SourceInput(closed, "closed", "closed.txt", access=Access.EXEMPT)])
    with open_services(Settings(data_dir=folder / "data"), HashingEncoder(64)) as opened:
        yield opened


def reply_to(services: Services, text: str, *before: str) -> Reply:
    return services.answerer.answer(Question(text, history=tuple(map(Turn, before))), PUBLIC_ONLY)


def quoted(reply: Reply) -> list[str]:
    assert isinstance(reply.outcome, Answer), reply.outcome
    return [" ".join(each.text.split()) for each in reply.outcome.statements]


_CONTACT = "CONTACT: Euan Prothero, 01632 960 224"
_SENDER = "From: Ingrid Solberg-Hale, Director of Place"
_AUTHOR = "Report Author: Una Prewitt Weir Engineer 01632 960 177"


@pytest.mark.parametrize(
    ("question", "block"),
    [
        ("Who wrote the report on the mending of Otter Weir?", _AUTHOR),
        ("Who is the author of the mending of Otter Weir report?", _AUTHOR),
        ("Which officer prepared the report on mending Otter Weir?", _AUTHOR),
        (
            "Who should I contact about the report on mending Otter Weir?",
            f"3. Contact details {_AUTHOR} Relevant Director: Tom Hask Director of Rivers",
        ),
        (
            "Who is the report on mending Otter Weir from?",
            "From: Councillor Ada Quill, Cabinet Member for Rivers",
        ),
        (
            "Who is the contact for the speech and language therapy report?",
            "CONTACT: Euan Prothero, 01632 960 224",
        ),
        (
            "Who wrote the report on on-street parking charges?",
            "From: Ingrid Solberg-Hale, Director of Place",
        ),
    ],
)
def test_the_block_that_names_whom_is_asked_for_is_quoted(
    councils: Services, question: str, block: str
) -> None:
    assert quoted(reply_to(councils, question)) == [block]


def test_that_a_report_names_no_author_is_said_beside_whom_it_is_from(councils: Services) -> None:
    reply = reply_to(councils, "Who wrote the report on elective home education?")
    (statement,) = quoted(reply)
    assert "Report From: Director of Children's Services" in statement
    assert "Gideon Marsh-Pellew" in statement
    assert any("names no author" in note for note in reply.understood.notes)
    assert "ELECTIVE HOME EDUCATION" in " ".join(reply.understood.notes)


def test_a_follow_up_asks_of_the_report_before(councils: Services) -> None:
    before = "What does the report on the mending of Otter Weir say?"
    assert quoted(reply_to(councils, "Who wrote it?", before)) == [_AUTHOR]


def test_a_title_that_is_all_that_is_asked_goes_before_those_that_hold_more(councils: Services) -> None:
    assert quoted(reply_to(councils, "Who wrote the Otter Weir fees report?")) == [
        _AUTHOR.replace("Prewitt", "Prewittee")
    ]


def test_which_of_many_reports_is_meant_must_be_said(councils: Services) -> None:
    outcome = reply_to(councils, "Who wrote the report on Otter Weir?").outcome
    assert isinstance(outcome, Refusal)
    assert outcome.reason.startswith("the titles of 4 reports name this, say which of them is meant: ")
    assert "Otter Weir Fees" in outcome.reason


@pytest.mark.parametrize(
    "question",
    [
        "Who wrote to the leader about the report on Otter Weir?",
        "Who introduced the report on Otter Weir?",
        "Who wrote the letter on Otter Weir?",
        "Who is the contact for Otter Weir?",
        "Who did the council write to about the report?",
        "Who wrote the report?",
        "When was the report on Otter Weir written?",
    ],
)
def test_other_questions_ask_for_no_author(question: str) -> None:
    assert author_asked(question) is None


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("Who wrote the weirs report?", AskedOfReport("weirs", Role.AUTHOR)),
        ("Who was the report on weirs written by?", AskedOfReport("weirs", Role.AUTHOR)),
        ("Which officer's report is the weirs report?", AskedOfReport("weirs", Role.AUTHOR)),
        ("whom can I ring about the paper on weirs", AskedOfReport("weirs", Role.CONTACT)),
        (
            "who is the contact officer for the report on weirs",
            AskedOfReport("weirs", Role.CONTACT),
        ),
    ],
)
def test_the_report_and_the_role_are_read(question: str, asked: AskedOfReport) -> None:
    assert author_asked(question) == asked


def test_a_report_of_no_such_title_is_left_to_what_sentences_say(councils: Services) -> None:
    reply = reply_to(councils, "Who wrote the report on the coronation?")
    assert not any("taken to be asked" in note for note in reply.understood.notes)


def test_an_exempt_report_names_its_author_to_those_alone_who_may_see_it(councils: Services) -> None:
    question = Question("Who wrote the report on the sale of Otter Weir?")
    shown = councils.answerer.answer(question, frozenset(Access))
    assert quoted(shown) == [_AUTHOR.replace("Una Prewitt", "Bea Orme")]
    hidden = councils.answerer.answer(question, PUBLIC_ONLY)
    assert not any("taken to be asked" in note for note in hidden.understood.notes)
    assert "Orme" not in str(hidden.outcome)
