"""Questions typed on a phone are answered as if they were typed well, and the reply says how it read them."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from embeddings.hashing import HashingEncoder
from qa_service.app import make_app
from qa_service.bootstrap import Services, open_ingestion, open_services
from qa_service.config import Settings
from qa_service.domain.access import PUBLIC_ONLY, Access
from qa_service.domain.answers import Answer, Question, Refusal, Reply
from qa_service.ingestion.pipeline import Ingestion, SourceInput
from qa_service.store.database import Database, open_writer
from qa_service.store.vocabulary import read_vocabulary
from tests.factories import ingest

_MINUTES = """ASHMERE COUNTY COUNCIL

RIVERS PANEL

MINUTES of a meeting of the Rivers Panel held on 5 March 2024.

PRESENT: Councillors Ada Quilter (Chairman), Tom Hask

1. Embankment

Councillor Quilter said that the embankment at Sallowby would be strengthened with timber in the autumn.

RESOLVED: That the embankment report be noted.
"""
_RESTRICTED = _MINUTES.replace("Quilter", "Threlkeldsen").replace("Sallowby", "Brackendalby")
_ASKED = "What will the embankment at Sallowby be strengthened with?"


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("typed")
    (folder / "minutes.txt").write_text(_MINUTES, encoding="utf-8")
    ingest(folder / "data", folder / "minutes.txt")
    return folder / "data"


@pytest.fixture(scope="module")
def services(data: Path) -> Iterator[Services]:
    with open_services(Settings(data_dir=data), HashingEncoder(64)) as opened:
        yield opened


def asked(services: Services, text: str, wide: frozenset[str] = frozenset()) -> Reply:
    return services.answerer.answer(Question(text, wide=wide), PUBLIC_ONLY)


@pytest.mark.parametrize(
    "typed",
    [
        "What will the embankmnet at Sallowby be strengthened with?",
        "what will the embankment at salowby be strengthend with",
        "WHAT WILL THE EMBANKMENT AT SALLOWBY BE STRENGTHENED WITH",
    ],
)
def test_a_question_typed_badly_gets_the_answer_of_one_typed_well(services: Services, typed: str) -> None:
    well, badly = asked(services, _ASKED).outcome, asked(services, typed).outcome
    assert isinstance(well, Answer)
    assert isinstance(badly, Answer), badly
    assert badly.statements[0].text == well.statements[0].text


def test_what_was_read_otherwise_is_told_and_the_question_stays_as_typed(services: Services) -> None:
    typed = "What will the embankmnet at Sallowby be strengthened with?"
    reply = asked(services, typed)
    assert reply.question.text == typed
    assert reply.understood.read_as == (("embankmnet", "embankment"),)


def test_it_can_be_asked_as_typed(services: Services) -> None:
    reply = asked(services, "What did Cllr Qiulter say of Salowby?", frozenset({"spelling"}))
    assert reply.understood.read_as == ()
    assert isinstance(reply.outcome, Refusal)
    assert "Salowby" in reply.outcome.reason


def test_an_unknown_name_near_a_persons_is_refused_and_the_person_offered(services: Services) -> None:
    reply = asked(services, "What did Councillor Quiltar say about the embankment?")
    assert isinstance(reply.outcome, Refusal)
    assert "Quiltar" in reply.outcome.reason
    assert any("“Quilter”" in note for note in reply.understood.notes)


def test_the_words_of_a_restricted_paper_correct_no_public_question(
    services: Services, data: Path, tmp_path: Path
) -> None:
    copy = Path(shutil.copytree(data, tmp_path / "data"))
    (tmp_path / "secret.txt").write_text(_RESTRICTED, encoding="utf-8")
    source = SourceInput(tmp_path / "secret.txt", "secret", "secret.txt", access=Access.EXEMPT)
    with open_ingestion(Settings(data_dir=copy), HashingEncoder(64)) as ingestion:
        ingestion.run([source])
    with open_services(Settings(data_dir=copy), HashingEncoder(64)) as opened:
        question = Question("What was said about Brackendablymoor and Brackendalbey?")
        public = opened.answerer.answer(question, PUBLIC_ONLY)
        assert public.understood == asked(services, question.text).understood
        reader_of_all = opened.answerer.answer(question, frozenset(Access))
        assert reader_of_all.understood.read_as == (("Brackendalbey", "Brackendalby"),)


def test_papers_read_before_words_were_kept_get_their_words_when_next_written(
    data: Path, tmp_path: Path
) -> None:
    copy = Path(shutil.copytree(data, tmp_path / "data"))
    with open_writer(copy) as writer:
        with writer.transaction():
            writer.execute("DELETE FROM vocabulary")
        Ingestion(writer, copy, lambda: pytest.fail("the encoder was asked for")).recover()
    database = Database(copy)
    with database.reading() as reader:
        assert "embankment" in read_vocabulary(reader, PUBLIC_ONLY).words
    database.close()


def test_the_page_says_how_a_word_was_read_and_offers_it_as_typed(data: Path) -> None:
    with (
        open_services(Settings(data_dir=data), HashingEncoder(64), journal=True) as opened,
        TestClient(make_app(opened)) as client,
    ):
        page = client.get("/", params={"q": "What will the embankmnet be strengthened with?"}).text
        assert "“embankmnet” was read as <strong>embankment</strong>" in page
        assert "wide=spelling" in page
        body = client.post(
            "/v1/answers", json={"question": "What of the embankmnet?", "wide": ["spelling"]}
        ).json()
        assert body["understood"]["read_as"] == {}
