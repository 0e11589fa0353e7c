"""Who voted is told with the side that they took, of the vote that was found, and with no other side."""

from collections.abc import Iterator
from datetime import date

import pytest

from embeddings.hashing import HashingEncoder
from qa_service.answering.drafts import Draft
from qa_service.answering.explaining import Trace
from qa_service.answering.request import Request
from qa_service.answering.under_side import told_with_side
from qa_service.bootstrap import Services, open_services
from qa_service.config import Settings
from qa_service.domain.access import PUBLIC_ONLY
from qa_service.domain.answers import Question
from qa_service.domain.resolutions import Standing
from qa_service.domain.spans import Span
from qa_service.retrieval.question import read_question
from qa_service.store.catalogue import Catalogue
from tests.factories import ingest

PUT = "The Chairman put to the vote the proposal to drain the mill pond and the voting was as follows:"
FOR, AGAINST = "For (5)", "Against (3)"
SUPPORTERS = "Mr Hask, Mrs Lund, Mr Oakes, Miss Prewitt, Ms Quill"
OPPONENTS = "Mr Mossop, Mrs Saxby, Mr Tarn"
AFTER = "Members then spoke of the ducks, which have nowhere else to go in the winter."
PAPER = f"""ASHMERE COUNTY COUNCIL

RIVERS PANEL

MINUTES of a meeting of the Rivers Panel held on 5 June 2024.

PRESENT: Ada Quill (Chairman), Tom Hask

4. Mill pond

The pond had been talked of before, and the members could not agree on it.

{PUT}

{FOR}

{SUPPORTERS}

{AGAINST}

{OPPONENTS}

{AFTER}
"""


@pytest.fixture(scope="module")
def services(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    folder = tmp_path_factory.mktemp("sides")
    (folder / "minutes.txt").write_text(PAPER, encoding="utf-8")
    ingest(folder / "data", folder / "minutes.txt")
    with open_services(Settings(data_dir=folder / "data"), HashingEncoder(64)) as opened:
        yield opened


def quoted(services: Services, question: str, words: str, *, standing: Standing | None = None) -> list[str]:
    start = PAPER.index(words)
    span = Span(start, start + len(words))
    reading = read_question(Question(question), Catalogue(0, (), (), (), {}), date(2024, 7, 1))
    with services.database.reading() as reader:
        document = reader.value("SELECT id FROM document")
        request = Request(reader, reading, PUBLIC_ONLY, None, Trace())
        told = told_with_side(request, Draft(document, (span,), 1.0, standing=standing, focus=span))
    return [line for span in told.spans for line in PAPER[span.start : span.end].split("\n") if line]


def test_names_come_with_the_side_above_them_and_with_what_was_put(services: Services) -> None:
    asked = "Who voted against draining the mill pond?"
    assert quoted(services, asked, OPPONENTS) == [PUT, AGAINST, OPPONENTS]


@pytest.mark.parametrize("found", [SUPPORTERS, FOR])
def test_those_of_the_side_that_is_asked_for_are_told_whichever_was_found(
    services: Services, found: str
) -> None:
    asked = "Which members opposed draining the mill pond?"
    assert quoted(services, asked, found) == [PUT, AGAINST, OPPONENTS]


def test_whose_vote_is_asked_is_told_by_the_side_that_lists_them(services: Services) -> None:
    asked = "Did Mr Hask vote against the plan?"
    assert quoted(services, asked, SUPPORTERS) == [PUT, FOR, SUPPORTERS]


@pytest.mark.parametrize("asked", ["How did members vote?", "What was the vote on the plan for the pond?"])
def test_where_no_side_is_asked_for_all_are_told(services: Services, asked: str) -> None:
    assert quoted(services, asked, OPPONENTS) == [PUT, FOR, SUPPORTERS, AGAINST, OPPONENTS]


def test_where_nobody_took_the_side_that_is_asked_for_the_other_comes_under_its_own_name(
    services: Services,
) -> None:
    asked = "Who abstained on the mill pond?"
    assert quoted(services, asked, OPPONENTS) == [PUT, AGAINST, OPPONENTS]


def test_what_lists_no_voters_and_what_a_vote_is_known_for_stays_as_it_is(services: Services) -> None:
    asked = "Who voted against draining the mill pond?"
    assert quoted(services, asked, AFTER) == [AFTER]
    assert quoted(services, asked, PUT) == [PUT]
    assert quoted(services, asked, OPPONENTS, standing=Standing.MINUTED) == [OPPONENTS]
