"""The harness against the service itself, in this process, with an encoder that needs no weights."""

from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path

import pytest

from embeddings.hashing import HashingEncoder
from evals.datasets import Dataset, load_gold, papers_in
from evals.index_cache import CachedEncoder, indexed
from evals.jsonl import write_rows
from evals.reworded import asked_each_way
from evals.rewording import Rewording, reworded
from evals.runner import corpus_of_files, run
from evals.runs import open_run, read_scores
from evals.scoring import score_run
from evals.systems import ServiceSystem
from qa_service.bootstrap import open_services
from qa_service.config import Settings

MINUTES = """NORTHMOOR BOROUGH COUNCIL
AT A MEETING of the Parking Committee held on Tuesday, 5th March, 2024

12. PARKING CHARGES
The Committee considered the charges for the town's car parks.
RESOLVED: That the parking charges stay as they are until April 2025.

13. CYCLE STANDS
The Committee considered a request for cycle stands.
RESOLVED: That forty cycle stands be bought for £12,500.
"""
REPORT = """NORTHMOOR BOROUGH COUNCIL
Report to the Parking Committee, 5 March 2024
2.1 Officers recommend that the parking charges rise by ten pence from April 2024.
"""


class Counting(HashingEncoder):
    """Counts the texts that it is asked to encode."""

    def __init__(self) -> None:
        super().__init__()
        self.encoded = 0

    def encode_passages(self, texts):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201 - as inherited
        self.encoded += len(texts)
        return super().encode_passages(texts)


@pytest.fixture
def dataset(tmp_path: Path) -> Dataset:
    papers = tmp_path / "papers"
    papers.mkdir()
    (papers / "minutes.txt").write_text(MINUTES, encoding="utf-8")
    (papers / "report.txt").write_text(REPORT, encoding="utf-8")
    gold = tmp_path / "gold.jsonl"
    quote = "That the parking charges stay as they are until April 2025."
    write_rows(
        gold,
        [
            {
                "qid": "charges",
                "question": "What did the Parking Committee resolve about parking charges?",
                "answerable": True,
                "evidence": [{"file": "minutes.txt", "quote": quote}],
            },
            {
                "qid": "scoped",
                "question": "What about parking charges?",
                "answerable": True,
                "evidence": [{"file": "minutes.txt", "quote": quote}],
                "filters": {"documents": ["report.txt"]},
            },
            {"qid": "nothing", "question": "Who won the regatta?", "answerable": False},
        ],
    )
    return load_gold([gold], papers)


@pytest.fixture
def system(dataset: Dataset, tmp_path: Path) -> Iterator[ServiceSystem]:
    with CachedEncoder(HashingEncoder(), tmp_path / "vectors.sqlite") as encoder:
        settings = Settings(data_dir=indexed(dataset, tmp_path / "work", encoder))
        with open_services(settings, encoder) as services:
            yield ServiceSystem(services, {"encoder": encoder.fingerprint, "templates": []})


def test_a_run_asks_searches_and_scores_without_error(
    dataset: Dataset, system: ServiceSystem, tmp_path: Path
) -> None:
    folder = run(dataset, system, tmp_path / "run")
    summary = score_run(folder)
    assert summary["errors"] == []
    assert summary["measures"]["ndcg@10"]["n"] == 2
    assert open_run(folder).record["system"]["encoder"] == HashingEncoder().fingerprint


@pytest.mark.parametrize(
    "gate",
    [
        "replied",
        "quote_exact",
        "quote_strict",
        "source_resolves",
        "page_consistent",
        "scope_respected",
        "deterministic",
    ],
)
def test_the_exact_gates_hold_on_every_question(
    dataset: Dataset, system: ServiceSystem, tmp_path: Path, gate: str
) -> None:
    folder = run(dataset, system, tmp_path / "run")
    score_run(folder)
    assert {of[gate].value for of in read_scores(folder).values()} <= {1.0, None}


def test_plain_text_is_stored_unchanged_so_offsets_of_gold_stay_valid(system: ServiceSystem) -> None:
    corpus = corpus_of_files(system, ["minutes.txt", "report.txt"])
    assert corpus.of_file("minutes.txt").text == MINUTES
    assert corpus.of_file("report.txt").text == REPORT


def test_the_papers_of_the_system_have_the_hashes_of_the_set(
    dataset: Dataset, system: ServiceSystem, tmp_path: Path
) -> None:
    folder = run(dataset, system, tmp_path / "run")
    assert open_run(folder).record["data_sha256"] == dataset.data_sha256


def test_an_index_is_made_once_and_its_vectors_outlive_it(dataset: Dataset, tmp_path: Path) -> None:
    counting = Counting()
    with CachedEncoder(counting, tmp_path / "vectors.sqlite") as encoder:
        first = indexed(dataset, tmp_path / "work", encoder)
        encoded = counting.encoded
        assert indexed(dataset, tmp_path / "work", encoder) == first
        again = indexed(Dataset("renamed", (), papers_in(tmp_path / "papers")), tmp_path / "work", encoder)
    assert encoded > 0
    assert again != first
    assert counting.encoded == encoded


def test_reworded_questions_are_asked_of_the_same_papers(
    dataset: Dataset, system: ServiceSystem, tmp_path: Path
) -> None:
    ways, runs = list(Rewording), tmp_path / "runs"
    found = asked_each_way(dataset, ways, lambda _asked: nullcontext(system), runs, print)
    assert [one.questions for one in found] == [3] * (1 + len(ways))
    for way in ways:
        run_of_way = open_run(runs / f"gold-{way}")
        wanted = [one.question for one in reworded(dataset, way).questions]
        assert [one.question for one in run_of_way.questions] == wanted
        assert [row["request"]["question"] for row in run_of_way.answers.values()] == wanted
        assert run_of_way.record["data_sha256"] == dataset.data_sha256


def test_a_reworded_set_takes_the_index_that_is_there(dataset: Dataset, tmp_path: Path) -> None:
    with CachedEncoder(HashingEncoder(), tmp_path / "vectors.sqlite") as encoder:
        first = indexed(dataset, tmp_path / "work", encoder)
        assert indexed(reworded(dataset, Rewording.SLIP), tmp_path / "work", encoder) == first
