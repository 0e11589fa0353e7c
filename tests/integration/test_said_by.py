"""What somebody said is told by their own words; those of others on the same matter are none."""

from collections.abc import Iterator
from datetime import date

import pytest

from embeddings.hashing import HashingEncoder
from qa_service.answering.reasons import unnamed
from qa_service.answering.said_by import speakers_asked
from qa_service.bootstrap import Services, open_services
from qa_service.config import Settings
from qa_service.domain.access import PUBLIC_ONLY
from qa_service.domain.answers import Answer, Question, Refusal
from qa_service.retrieval.question import read_question
from qa_service.store.catalogue import Catalogue
from tests.factories import ingest

_MINUTES = """ASHMERE COUNTY COUNCIL

RIVERS PANEL

MINUTES of a meeting of the Rivers Panel held on 5 March 2024.

PRESENT: Councillor Ada Quilter (Chairman), Councillor Tom Hask, Mr Orme

1. Embankment

Councillor Hask said that the embankment at Sallowby would cost too much to strengthen with timber.

Councillor Quilter said that stone had been looked at. She added that it would last longer in stone.

Mrs Lund replied that pumps were dear. Councillor Hask thanked her.

Costs of slate roofs:

2. Question from Mr Pell to the Chairman

Question by Joan Pell to Ada Quilter

On Sunday I walked the towpath and counted forty holes in its gravel.

Reply

The towpath gravel will be laid anew in June, and its holes filled.
"""


@pytest.fixture(scope="module")
def services(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    folder = tmp_path_factory.mktemp("said")
    (folder / "minutes.txt").write_text(_MINUTES, encoding="utf-8")
    ingest(folder / "data", folder / "minutes.txt")
    with open_services(Settings(data_dir=folder / "data"), HashingEncoder(64)) as opened:
        yield opened


def told(services: Services, text: str) -> str:
    outcome = services.answerer.answer(Question(text), PUBLIC_ONLY).outcome
    assert isinstance(outcome, Answer), outcome
    return " ".join(" ".join(each.text.split()) for each in outcome.statements)


def test_each_speaker_is_told_by_their_own_words(services: Services) -> None:
    assert "too much to strengthen" in told(services, "What did Councillor Hask say about the embankment?")
    stone = told(services, "What did Councillor Quilter say about the embankment at Sallowby and timber?")
    assert "stone" in stone
    assert "Hask" not in stone


def test_what_follows_with_nobody_named_between_is_still_theirs(services: Services) -> None:
    longer = told(services, "What did Councillor Quilter say about how long the embankment would last?")
    assert "last longer in stone" in longer


def test_whoever_said_nothing_on_it_is_refused_and_others_words_are_none(services: Services) -> None:
    outcome = services.answerer.answer(
        Question("What did Mr Orme say about the embankment at Sallowby?"), PUBLIC_ONLY
    ).outcome
    assert isinstance(outcome, Refusal)
    assert outcome.reason == "nothing that was found on this tells what Orme said"


def test_a_question_put_is_its_askers_words_and_the_reply_is_not(services: Services) -> None:
    walked = told(services, "What did Mrs Pell say about the holes in the gravel of the towpath?")
    assert "counted forty holes" in walked
    assert "Question by" not in walked.partition("On Sunday")[0]
    assert not walked.startswith("The towpath gravel")


def test_a_name_whose_words_some_paper_holds_is_not_said_to_be_in_none() -> None:
    reading = read_question(Question("What of Cllr Sole?"), Catalogue(0, (), (), (), {}), date(2024, 3, 5))
    assert unnamed(reading, ["Cllr Sole"]) == "no paper held here names Cllr Sole"
    held = unnamed(reading, ["Cllr Sole"], {"cllr", "sole"})
    assert held == "nothing that was found on this names Cllr Sole"


@pytest.mark.parametrize(
    ("asked", "of_others"),
    [
        ("What did Mrs Pell say about when the gravel will be laid anew in June?", "laid anew"),
        ("What did Councillor Quilter say about pumps being dear?", "pumps were dear"),
        ("What did Councillor Hask say about the costs of slate roofs?", "Costs of slate"),
    ],
)
def test_a_reply_what_another_said_next_and_a_heading_are_not_theirs(
    services: Services, asked: str, of_others: str
) -> None:
    outcome = services.answerer.answer(Question(asked), PUBLIC_ONLY).outcome
    said = " ".join(each.text for each in outcome.statements) if isinstance(outcome, Answer) else ""
    assert of_others not in said


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ("What did Councillor Ada Quilter say about the weir?", ("Quilter",)),
        ("What was Mr Hask's view on the weir?", ("Hask",)),
        ("What did Cllr Hask have to say on the weir?", ("Hask",)),
        ("What did the Panel say about Councillor Hask?", ()),
        ("What did Councillor Hask propose?", ()),
        ("Who told Councillor Hask what to say?", ()),
    ],
)
def test_whose_words_are_asked_for_is_read_from_the_question(asked: str, names: tuple[str, ...]) -> None:
    assert speakers_asked(asked) == names
