"""Runs of small sets over the fictional papers, and a system that can be told to misbehave."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from evals.corpus import Corpus
from evals.datasets import Dataset
from evals.errors import SystemFailed
from evals.jsonl import JsonObject
from evals.questions import Question
from evals.reference_systems import OracleSystem
from evals.runner import RunOptions, run
from evals.runs import read_scores
from evals.scoring import score_run
from tests.unit.evals.papers import ALL, corpus, topic

Figures = dict[str, Any]


class ScriptedSystem(OracleSystem):
    """An oracle whose reply to some questions is replaced, or which fails on them."""

    def __init__(
        self,
        papers: Corpus,
        questions: Sequence[Question] = ALL,
        *,
        replies: Mapping[str, Callable[[JsonObject], JsonObject]] | None = None,
        fails: Sequence[str] = (),
    ) -> None:
        super().__init__(papers, [topic(question, papers) for question in questions])
        self.replies, self.fails = dict(replies or {}), set(fails)
        self.requests: list[JsonObject] = []

    def ask(self, request: JsonObject) -> JsonObject:
        self.requests.append(request)
        found = self.topic(request["question"], request.get("filters") or {})
        qid = found.question.qid if found else ""
        if qid in self.fails:
            raise SystemFailed("ask", "out of memory")
        raw = super().ask(request)
        return self.replies[qid](raw) if qid in self.replies else raw


def dataset(questions: Sequence[Question] = ALL) -> Dataset:
    return Dataset("fictional", tuple(questions))


def ran(
    folder: Path,
    system: Any = None,  # noqa: ANN401 - any of the systems
    questions: Sequence[Question] = ALL,
    *,
    twice: int = 0,
) -> Path:
    """The folder of a scored run; of the oracle where no system is given."""
    asked = system if system is not None else ScriptedSystem(corpus(), questions)
    run(dataset(questions), asked, folder, RunOptions(twice=twice))
    score_run(folder)
    return folder


def figures(folder: Path) -> Figures:
    """Every score of a run as plain numbers."""
    return {qid: {name: one.value for name, one in of.items()} for qid, of in read_scores(folder).items()}
