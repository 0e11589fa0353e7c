"""With QA_RERANKER=FOLDER a cross-encoder of the operator's own orders the best sentences that answer."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from subprocess import CompletedProcess

import numpy as np
import pytest
from starlette.testclient import TestClient

from embeddings.hashing import HashingEncoder
from embeddings.torch_cross_encoder import TorchCrossEncoder
from evals.systems import Choice, opened
from qa_service.answering.explaining import RERANKER
from qa_service.answering.ranker import load_ranker
from qa_service.answering.reranking import RERANKED, OwnOrder
from qa_service.answering.weigher import Weigher
from qa_service.answering.weighing import Weighed
from qa_service.app import make_app
from qa_service.bootstrap import Services, open_ingestion, open_services
from qa_service.config import Settings
from qa_service.domain.access import PUBLIC_ONLY, Access
from qa_service.domain.answers import Filters, Question
from qa_service.domain.explanations import Explanation
from qa_service.ingestion.pipeline import SourceInput
from qa_service.retrieval.intents import Intent
from tests.factories import RememberingCrossEncoder, ingest, minutes, write_cross_encoder, write_minutes

ENCODER = HashingEncoder(64)
BRIDGE = "What did members ask about the bridge at Ebbfold?"
SUBJECTS = ("the bridge at Ebbfold", "the ford at Sallow", "the weir at Ebbfold", "the lane at Quorn")


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_cross_encoder(tmp_path_factory.mktemp("model"))


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a data directory of several public minutes and of exempt ones of the same subject."""
    root = tmp_path_factory.mktemp("papers")
    for subject in SUBJECTS:
        write_minutes(root / "public", f"{subject.split()[1]}.txt", subject)
    (root / "secret.txt").write_text(minutes(f"{SUBJECTS[0]} and its Zanderlock contract"), encoding="utf-8")
    ingest(root / "data", root / "public", encoder=ENCODER)
    with open_ingestion(Settings(data_dir=root / "data"), ENCODER) as ingestion:
        ingestion.run([SourceInput(root / "secret.txt", "secret", "secret.txt", access=Access.EXEMPT)])
    return root / "data"


@pytest.fixture(scope="module")
def plain(stored: Path) -> Iterator[Services]:
    with open_services(Settings(data_dir=stored, reranker="none"), ENCODER, journal=True) as services:
        yield services


@pytest.fixture(scope="module")
def ordered(stored: Path, model: Path) -> Iterator[Services]:
    """Yield the service over the same papers, with a cross-encoder."""
    with open_services(Settings(data_dir=stored, reranker=str(model)), ENCODER, journal=True) as services:
        yield services


def weighers(services: Services, model: Path) -> tuple[Weigher, Weigher]:
    """Return what weighs without a cross-encoder and with it."""
    parts = services.retriever, services.settings.retrieval.candidates, load_ranker()
    return Weigher(*parts), Weigher(*parts, OwnOrder(TorchCrossEncoder(model)))


def weighed_by(weigher: Weigher, services: Services, allowed: frozenset[Access] = PUBLIC_ONLY) -> Weighed:
    """Return what is weighed for a question of the bridge, and read again where something does so."""
    with services.database.reading() as reader:
        weighed = weigher.weighed(reader, BRIDGE, Intent.FACT, within=[Filters()], allowed=allowed)
    return weigher.read_again(weighed)


def wanted(model: Path, before: Weighed) -> list[str]:
    """Return the best texts in the order of the library itself, called directly."""
    from sentence_transformers import CrossEncoder as Library  # noqa: PLC0415

    best = before.units[:RERANKED]
    texts = [f"{each.passage.header}\n{each.text}" for each in best]
    library = Library(str(model), device="cpu", local_files_only=True)
    scores = library.predict([(BRIDGE, text) for text in texts], show_progress_bar=False)
    return [best[at].text for at in np.argsort(-scores, kind="stable")]


def explained(services: Services, text: str) -> Explanation:
    return services.answerer.explained(Question(text, Filters()), PUBLIC_ONLY)[1]


def names(explanation: Explanation) -> set[str]:
    """Return the names of all that scores are made of."""
    sentences = [sentence for search in explanation.searches for sentence in search.sentences]
    return {feature.name for sentence in sentences for feature in sentence.features}


def test_the_best_sentences_are_in_the_cross_encoders_order_and_no_score_is_new(
    plain: Services, model: Path
) -> None:
    without, with_it = weighers(plain, model)
    before, after = weighed_by(without, plain), weighed_by(with_it, plain)
    assert len(before.units) > RERANKED
    assert [each.text for each in after.units[:RERANKED]] == wanted(model, before)
    assert [each.row for each in after.units] != [each.row for each in before.units]
    assert [each.score for each in after.units] == [each.score for each in before.units]
    assert sorted(after.scores.tolist()) == sorted(before.scores.tolist())


def test_weighing_alone_orders_nothing_and_has_nothing_read(plain: Services) -> None:
    remembering = RememberingCrossEncoder()
    parts = plain.retriever, plain.settings.retrieval.candidates, load_ranker()
    without, with_it = Weigher(*parts), Weigher(*parts, OwnOrder(remembering))
    with plain.database.reading() as reader:
        before, after = (
            of.weighed(reader, BRIDGE, Intent.FACT, within=[Filters()], allowed=PUBLIC_ONLY)
            for of in (without, with_it)
        )
        again = with_it.again(reader, f"{BRIDGE} And why?", Intent.FACT, before.candidates, PUBLIC_ONLY)
    assert [(each.row, each.score) for each in after.units] == [(at.row, at.score) for at in before.units]
    assert again.units
    assert remembering.asked == []
    with_it.read_again(after)
    assert remembering.asked == [BRIDGE]


def test_passages_rank_by_the_sentences_that_come_first_now(plain: Services, ordered: Services) -> None:
    question = Question(BRIDGE, Filters())
    before = plain.answerer.search(question, 40, PUBLIC_ONLY).candidates
    after = ordered.answerer.search(question, 40, PUBLIC_ONLY).candidates
    assert [each.passage.id for each in after] != [each.passage.id for each in before]
    assert {each.passage.id for each in after} == {each.passage.id for each in before}
    (first, *_) = explained(ordered, BRIDGE).searches[0].sentences
    best = after[0].passage
    assert first.citation.document.id == best.document_id
    assert first.citation.quote in best.text


def test_the_parts_of_a_score_add_up_with_what_the_order_gave(ordered: Services) -> None:
    explanation = explained(ordered, BRIDGE)
    assert RERANKER in names(explanation)
    for sentence in (each for search in explanation.searches for each in search.sentences):
        added = [feature.added for feature in sentence.features]
        assert sum(added) + load_ranker().bias == pytest.approx(sentence.score, abs=1e-3)
        assert added == sorted(added, key=lambda each: -abs(each))


def test_with_none_set_no_score_has_such_a_part(plain: Services, model: Path) -> None:
    assert RERANKER not in names(explained(plain, BRIDGE))
    with_it = weighed_by(weighers(plain, model)[1], plain)
    shown = [each.citation.quote for each in explained(plain, BRIDGE).searches[0].sentences]
    assert shown != [each.text for each in with_it.units[:RERANKED]]


def test_the_cross_encoder_reads_what_the_asker_may_see_and_no_heading(plain: Services) -> None:
    remembering = RememberingCrossEncoder()
    candidates = plain.settings.retrieval.candidates
    weigher = Weigher(plain.retriever, candidates, load_ranker(), OwnOrder(remembering))
    weighed_by(weigher, plain)
    assert len(remembering.read) == RERANKED
    assert "Zanderlock" not in "".join(remembering.read)
    assert all("Highways and Flood Risk Committee" in text.partition("\n")[0] for text in remembering.read)
    assert not any(text.endswith(f"Report on {SUBJECTS[0]}") for text in remembering.read)
    weighed_by(weigher, plain, frozenset(Access))
    assert "Zanderlock" in "".join(remembering.read)


def test_how_answers_are_made_names_the_second_model(plain: Services, ordered: Services, model: Path) -> None:
    pages = []
    for services in (plain, ordered):
        with TestClient(make_app(services)) as client:
            pages.append(client.get("/about/how-answers-are-made").text)
    assert [model.name in page for page in pages] == [False, True]
    assert ["Second model" in page for page in pages] == [False, True]
    assert not any(str(model.parent) in page for page in pages)


def test_an_evaluation_asks_with_the_cross_encoder_that_the_environment_names(
    monkeypatch: pytest.MonkeyPatch, served: Path, model: Path
) -> None:
    monkeypatch.setenv("QA_RERANKER", str(model))
    with opened(Choice(data_dir=served), None) as system:
        assert system.describe()["settings"]["reranker"] == str(model)
        searches = system.ask({"question": BRIDGE, "explain": True})["explain"]["searches"]
    features = [feature for sentence in searches[0]["sentences"] for feature in sentence["features"]]
    assert RERANKER in {feature["name"] for feature in features}


def test_a_model_that_cannot_be_loaded_is_told_in_one_line(
    qa: Callable[..., "CompletedProcess[str]"], served: Path, tmp_path: Path
) -> None:
    config = write_cross_encoder(tmp_path) / "config.json"
    config.write_text(json.dumps(json.loads(config.read_text()) | {"hidden_size": 64}))
    done = qa("ask", BRIDGE, "--data-dir", served, QA_RERANKER=str(tmp_path))
    assert (done.returncode, done.stdout) == (1, "")
    assert re.search(r"cannot be loaded \(RuntimeError: .+\); set QA_RERANKER to a folder", done.stderr)
    assert done.stderr.count("\n") == 1


def test_a_folder_without_a_model_is_told_before_anything_is_loaded(
    qa: Callable[..., "CompletedProcess[str]"], served: Path, tmp_path: Path
) -> None:
    done = qa("ask", BRIDGE, "--data-dir", served, QA_RERANKER=str(tmp_path))
    assert (done.returncode, done.stdout) == (1, "")
    assert "missing; set QA_RERANKER to a folder" in done.stderr
    assert done.stderr.count("\n") == 1
