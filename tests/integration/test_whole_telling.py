"""What a paragraph goes on to say comes with a sentence, and never a decision or another item."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from embeddings.hashing import HashingEncoder
from qa_service.answering.drafts import EARLIER, Draft, stated
from qa_service.answering.whole_telling import paragraph_of, told_whole
from qa_service.api.bodies import ReplyBody
from qa_service.bootstrap import Services, open_services
from qa_service.config import Settings
from qa_service.domain.access import PUBLIC_ONLY
from qa_service.domain.answers import Answer, Question
from qa_service.domain.resolutions import Standing
from qa_service.domain.spans import Span
from qa_service.web.ask_form import AskForm
from qa_service.web.reply_view import reply_view
from tests.factories import ingest

PIPE = "Pipe {} was found to be cracked along its whole length."
LONG = " ".join(PIPE.format(number) for number in range(1, 21))
MAIN = "Main {} was found to be " + "so very " * 26 + "old."
MAINS = " ".join(MAIN.format(number) for number in range(1, 4))
PAPER = f"""ASHMERE COUNTY COUNCIL

RIVERS PANEL

MINUTES of a meeting of the Rivers Panel held on 5 June 2024.

PRESENT: Ada Quill (Chairman), Tom Hask

1. Weirs

The panel heard of the Tarn weir. The gate was shut on 6 January. The water had filled the pipes.
It will be opened again in May.

The keeper of the Saxby weir has left. His house stands empty.

1.1 The Otter weir leaks. The leak is small.
1.2 The Mossop weir does not leak.

2. Peat

The peat has been dug for a year. It was agreed that the peat be left in the ground from now on.
The diggers were thanked.

3. Pipes

{LONG}

4. Mains

{MAINS}
"""

# Figures alone on a line are read as footnotes: the units of a passage do not stand in the paper's order.
COUNTED = """# Minutes of the Monthly Meeting of Ashmere County Council held on Monday, 16th July, 2018

**3. Question submitted by Councillor T. Hask**

***I will ask at the next Meeting how many stray cats were caught.***

Cats caught in the town:

**118**

Claimed by their owner

**4**

Given away:

**7**

Set free as the rules of the shelter want it: **100**

Still kept in the shelter at Tarn Lane:

**7**
"""


@pytest.fixture(scope="module")
def services(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    folder = tmp_path_factory.mktemp("paragraphs")
    (folder / "minutes.txt").write_text(PAPER, encoding="utf-8")
    ingest(folder / "data", folder / "minutes.txt")
    with open_services(Settings(data_dir=folder / "data"), HashingEncoder(64)) as opened:
        yield opened


def quoted(services: Services, words: str) -> str:
    start = PAPER.index(words)
    with services.database.reading() as reader:
        document = reader.value("SELECT id FROM document")
        span = paragraph_of(reader, document, Span(start, start + len(words)), PUBLIC_ONLY)
    return " ".join(PAPER[span.start : span.end].split())


GATE = "The gate was shut on 6 January."
PIPES = "The water had filled the pipes."
KEEPER = "The keeper of the Saxby weir has left."
MAY = "It will be opened again in May."


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        (GATE, f"{GATE} {PIPES} {MAY}"),
        (PIPES, f"{PIPES} {MAY}"),
        (MAY, f"{PIPES} {MAY}"),
        (KEEPER, f"{KEEPER} His house stands empty."),
        ("1.1 The Otter weir leaks.", "1.1 The Otter weir leaks. The leak is small."),
        ("The leak is small.", "The leak is small."),
    ],
)
def test_what_follows_in_the_paragraph_comes_with_a_sentence_and_what_it_points_back_to(
    services: Services, sentence: str, told: str
) -> None:
    assert quoted(services, sentence) == told


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("The peat has been dug for a year.", "The peat has been dug for a year."),
        (
            "It was agreed that the peat be left in the ground from now on.",
            "It was agreed that the peat be left in the ground from now on.",
        ),
    ],
)
def test_a_decision_neither_grows_nor_is_grown_by(services: Services, sentence: str, told: str) -> None:
    assert quoted(services, sentence) == told


def test_a_long_paragraph_is_quoted_as_far_as_is_read_at_a_glance(
    services: Services,
) -> None:
    assert quoted(services, PIPE.format(1)) == " ".join(PIPE.format(number) for number in (1, 2, 3))
    assert quoted(services, MAIN.format(1)) == " ".join(MAIN.format(number) for number in (1, 2))


def test_what_stands_before_a_sentence_does_not_follow_it(tmp_path: Path) -> None:
    (tmp_path / "counted.md").write_text(COUNTED, encoding="utf-8")
    ingest(tmp_path / "data", tmp_path / "counted.md")
    words = "Set free as the rules of the shelter want it: **100**"
    span = Span(start := COUNTED.index(words), start + len(words))
    with (
        open_services(Settings(data_dir=tmp_path / "data"), HashingEncoder(64)) as opened,
        opened.database.reading() as reader,
    ):
        assert paragraph_of(reader, reader.value("SELECT id FROM document"), span, PUBLIC_ONLY) == span


def test_a_part_of_a_sentence_stays_one(services: Services) -> None:
    assert quoted(services, GATE[:-9]) == GATE[:-9]


def test_a_sentence_is_quoted_with_its_paragraph_and_marked_in_it(services: Services) -> None:
    reply = services.answerer.answer(Question("Did frost or flood shut a gate?"), PUBLIC_ONLY)
    assert isinstance(reply.outcome, Answer)
    (statement,) = reply.outcome.statements
    assert " ".join(statement.text.split()) == f"{GATE} {PIPES} {MAY}"
    (citation,) = statement.citations
    assert PAPER[citation.span.start : citation.span.end] == citation.quote
    assert citation.focus is not None
    assert PAPER[citation.focus.start : citation.focus.end] == GATE
    body = ReplyBody.of("a", reply).citations[0]
    assert body.focus is not None
    assert PAPER[body.focus.start : body.focus.end] == GATE


def test_a_sentence_quoted_alone_has_no_focus(services: Services) -> None:
    reply = services.answerer.answer(Question("How long has the peat been dug?"), PUBLIC_ONLY)
    assert isinstance(reply.outcome, Answer)
    (citation,) = reply.outcome.statements[0].citations
    assert citation.quote == "The peat has been dug for a year."
    assert citation.focus is None


def test_what_is_said_of_a_sentence_keeps_to_it(services: Services) -> None:
    start = PAPER.index(GATE)
    span = Span(start, start + len(GATE))
    with services.database.reading() as reader:
        draft = Draft(reader.value("SELECT id FROM document"), (span,), 1.0, focus=span)
        assert told_whole(reader, draft, PUBLIC_ONLY).spans != draft.spans
        for other in (
            replace(draft, template=EARLIER),
            replace(draft, standing=Standing.REPORTED),
            replace(draft, focus=None),
            replace(draft, spans=(span, Span(span.end + 1, span.end + 9))),
        ):
            assert told_whole(reader, other, PUBLIC_ONLY) == other


def test_the_best_of_two_places_is_cited_first_and_both_are_shown_as_they_stand(services: Services) -> None:
    header, row = (Span(start, start + len(words)) for words in (GATE, MAY) for start in [PAPER.index(words)])
    asked = services.answerer.answer(Question("How long has the peat been dug?"), PUBLIC_ONLY)
    with services.database.reading() as reader:
        draft = Draft(reader.value("SELECT id FROM document"), (header, row), 1.0, focus=row)
        statement = stated(reader, draft, PUBLIC_ONLY)
    assert [each.span for each in statement.citations] == [row, header]
    assert statement.text == f"{GATE}\n{MAY}"
    body = ReplyBody.of("a", replace(asked, outcome=Answer((statement,))))
    view = reply_view(services.database, body, AskForm(question=body.question), "", {})
    shown = view.groups[0].statements[0]
    assert shown.quoted
    assert [place.body.quote for place in shown.places] == [GATE, MAY]
