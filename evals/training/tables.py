"""Feature tables of training sets, made once and kept while features, retrieval and papers stay the same."""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import TypeVar

import numpy as np

from evals.anchoring import Topic, anchored
from evals.corpus import Corpus
from evals.datasets import Dataset
from evals.errors import BadDataset
from evals.index_cache import cached_encoder, indexed
from evals.jsonl import digest
from evals.provenance import ROOT, index_code_sha256
from evals.questions import Question
from evals.runner import corpus_of_files
from evals.systems import ServiceSystem
from evals.training.lists import CandidateList, ListMaker, restored, saved
from qa_service.answering.ranker import load_ranker
from qa_service.answering.weigher import Weigher
from qa_service.api.question_bodies import AskBody
from qa_service.bootstrap import open_services, packaged_cross_encoder
from qa_service.config import NO_RERANKER, Settings
from qa_service.domain.access import PUBLIC_ONLY
from qa_service.retrieval.question import Reading, read_question
from qa_service.store.catalogue import read_catalogue
from qa_service.store.database import Connection

# What decides the values of a feature, beyond what decides the index.
_MAKES_FEATURES = (
    "evals/training/lists.py",
    *(f"qa_service/answering/{name}.py" for name in ("evidence", "features", "signals", "structure")),
    *(f"qa_service/answering/{name}.py" for name in ("weigher", "weighing", "reranking")),
    "embeddings/onnx_cross_encoder.py",
    "embeddings/reranker_adapter.safetensors",
    "qa_service/retrieval",
    "qa_service/store/lexical_index.py",
)
Made = TypeVar("Made")
_TODAY = date(2026, 11, 25)  # what "last month" means must not move with the day of fitting


def tables_of(
    dataset: Dataset, work: Path, *, sentences: bool, say: Callable[[str], None], read: bool = True
) -> list[CandidateList]:
    """Return the candidate lists of a set, from the cache under `work` where nothing changed.

    `read` False: without the second reading, for questions that its model was trained on. A question whose
    gold is not in the stored text is left out, and counted aloud. Raises BadDataset.
    """
    made_of = {
        "data": dataset.data_sha256,
        "gold": dataset.gold_sha256,
        "code": index_code_sha256(),
        "features": _features_sha256(),
        "read": read,
    }
    path = work / "tables" / f"{dataset.name}-{digest(made_of)[:12]}.npz"
    if not path.is_file():
        path.parent.mkdir(parents=True, exist_ok=True)
        model = packaged_cross_encoder(Settings(data_dir=work / "encoder")) if read else None

        def lists(maker: ListMaker, topic: Topic, reading: Reading) -> Iterator[CandidateList]:
            return maker.lists(topic, reading, model, sentences=sentences)

        made = made_of_questions(dataset, work, lists, say)
        with path.open("wb") as file:
            np.savez(file, allow_pickle=False, **saved(made))
    with np.load(path, allow_pickle=False) as arrays:
        return restored(dict(arrays))


def _features_sha256() -> str:
    hasher = hashlib.sha256()
    for name in _MAKES_FEATURES:
        found = sorted((ROOT / name).rglob("*.*")) if (ROOT / name).is_dir() else [ROOT / name]
        for path in found:
            if path.suffix in {".py", ".txt", ".safetensors"}:
                hasher.update(path.read_bytes())
    return hasher.hexdigest()


def made_of_questions(
    dataset: Dataset,
    work: Path,
    make: Callable[[ListMaker, Topic, Reading], Iterable[Made]],
    say: Callable[[str], None],
) -> list[Made]:
    """Return what `make` makes of each question of a set, asked of its papers. Raises BadDataset."""
    made: list[Made] = []
    with cached_encoder(work) as encoder:
        settings = Settings(data_dir=indexed(dataset, work, encoder), reranker=NO_RERANKER)
        with open_services(settings, encoder) as services, services.database.reading() as reader:
            files = [source.file_name for source in dataset.sources]
            corpus = corpus_of_files(ServiceSystem(services, {}), files)
            texts = {id_: document.text for id_, document in corpus.documents.items()}
            weigher = Weigher(services.retriever, settings.retrieval.candidates, load_ranker())
            maker = ListMaker(weigher, reader, texts)
            lost = 0
            for question in dataset.questions:
                topic = _topic(question, corpus)
                if topic is None:
                    lost += 1
                    continue
                made += make(maker, topic, _reading(question, dataset, corpus, reader))
    say(f"{dataset.name}: {len(made)} lists of {len(dataset.questions) - lost} questions, {lost} left out")
    return made


def _topic(question: Question, corpus: Corpus) -> Topic | None:
    try:
        return anchored(question, corpus, question.set)
    except BadDataset:
        return None


def _reading(question: Question, dataset: Dataset, corpus: Corpus, reader: Connection) -> Reading:
    """Return the question as the service reads it, with the turns before it."""
    by_id = {each.qid: each for each in dataset.questions}
    history = [*question.history, *_before(question, by_id)]
    filters = dict(question.filters)
    if names := filters.get("documents"):
        filters["documents"] = [corpus.of_file(name).id for name in names]
    body = AskBody.model_validate(
        {
            "question": question.question,
            "history": [{"question": text} for text in history],
            "filters": filters,
            "as_of": question.as_of,
        }
    )
    return read_question(body.value(), read_catalogue(reader, PUBLIC_ONLY), _TODAY)


def _before(question: Question, by_id: dict[str, Question]) -> Iterator[str]:
    if question.parent is not None and question.parent in by_id:
        parent = by_id[question.parent]
        yield from _before(parent, by_id)
        yield parent.question
