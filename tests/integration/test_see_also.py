"""Beside an answer that little speaks for stand the next best places, as no part of it."""

from collections.abc import Iterator
from datetime import date

import pytest

from embeddings.hashing import HashingEncoder
from qa_service.api.bodies import ReplyBody
from qa_service.bootstrap import Services, open_services
from qa_service.config import Settings
from qa_service.domain.access import PUBLIC_ONLY
from qa_service.domain.answers import SURE, Answer, Filters, Question, Reply
from tests.factories import ingest

_PAPER = """ASHMERE COUNTY COUNCIL

RIVERS PANEL

MINUTES of a meeting of the Rivers Panel held on {held_on}.

PRESENT: Ada Quill (Chairman), Tom Hask

1. Weirs

The panel heard how often the {weir} weir is greased, and by whom it is greased.

The {weir} weir is looked after by a keeper who lives beside it with his two geese.
"""
QUESTION = "Is the weir greased against sticking?"


@pytest.fixture(scope="module")
def services(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    folder = tmp_path_factory.mktemp("beside")
    weirs = {"2022": "Tarn", "2023": "Saxby", "2024": "Mossop", "2025": "Otter"}
    for year, weir in weirs.items():
        text = _PAPER.format(held_on=f"5 June {year}", weir=weir)
        (folder / f"{year}.txt").write_text(text, encoding="utf-8")
    (folder / "2025-again.txt").write_text((folder / "2025.txt").read_text() + "\n", encoding="utf-8")
    ingest(folder / "data", *sorted(folder.glob("*.txt")))
    with open_services(Settings(data_dir=folder / "data"), HashingEncoder(64)) as opened:
        yield opened


def asked(services: Services, text: str) -> tuple[Reply, Answer]:
    reply = services.answerer.answer(Question(text), PUBLIC_ONLY)
    assert isinstance(reply.outcome, Answer), reply.outcome
    return reply, reply.outcome


def test_an_unsure_answer_brings_three_other_places_that_repeat_neither_it_nor_each_other(
    services: Services,
) -> None:
    reply, answer = asked(services, QUESTION)
    assert reply.confidence is not None
    assert reply.confidence < SURE
    words = [" ".join(each.quote.split()) for each in answer.see_also]
    assert len(words) == 3
    stated = [" ".join(each.text.split()) for each in answer.statements]
    everything = [*words, *stated]
    assert not any(one in other for one in everything for other in everything if one is not other)
    with services.database.reading() as reader:
        rows = reader.query("SELECT d.id, p.text FROM document AS d JOIN page AS p ON p.document_row = d.row")
    text = {row["id"]: row["text"] for row in rows}
    for each in answer.see_also:
        assert text[each.document.id][each.span.start : each.span.end] == each.quote


def test_an_unsure_answer_says_which_weighty_words_no_paper_says(services: Services) -> None:
    reply, _ = asked(services, QUESTION)
    (note,) = reply.understood.notes
    assert note.startswith("no passage of the papers here says ")
    assert "“sticking”" in note
    assert "weir" not in note
    sure, _ = asked(services, "How many members attended the Rivers Panel on 5 June 2024?")
    assert not any("no passage" in note for note in sure.understood.notes)


def test_words_of_the_wish_are_not_among_them(services: Services) -> None:
    reply, _ = asked(services, "Is the latest weir greased against sticking?")
    assert reply.confidence is not None
    assert reply.confidence < SURE
    assert not any("latest" in note for note in reply.understood.notes)


def test_what_only_a_paper_outside_the_limits_says_is_not_said_by_none(services: Services) -> None:
    day = date(2022, 6, 5)
    asked_of_all = "Is the weir greased against sticking by the otter keeper?"
    question = Question(asked_of_all, Filters(held_from=day, held_to=day))
    reply = services.answerer.answer(question, PUBLIC_ONLY)
    assert isinstance(reply.outcome, Answer), reply.outcome
    (note,) = reply.understood.notes
    assert "“sticking”" in note
    assert "otter" not in note


def test_they_are_numbered_by_themselves_and_cited_by_no_statement(services: Services) -> None:
    body = ReplyBody.of("a", asked(services, QUESTION)[0])
    assert [each.n for each in body.see_also] == [1, 2, 3]
    cited = {each.sha256 for each in body.citations}
    assert cited.isdisjoint(each.sha256 for each in body.see_also)


def test_what_structure_tells_needs_no_other_place(services: Services) -> None:
    reply, answer = asked(services, "How many members attended the Rivers Panel on 5 June 2024?")
    assert reply.confidence is not None
    assert reply.confidence >= SURE
    assert answer.see_also == ()
