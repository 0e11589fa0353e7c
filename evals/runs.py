"""A run as a folder of plain files: what was asked, what came back, and the texts that scoring reads.

    run.json          what the run stands on: data, settings, encoder, generation, code
    questions.jsonl   the gold as it was when asked
    answers.jsonl     one row a question: request, raw reply, search hits, seconds, error
    documents.jsonl   metadata of the documents that gold or a reply names
    texts/<sha256>    their stored texts
    scores.jsonl      one row a question and measure        (written by `score`)
    summary.json      one entry a measure, with denominators (written by `score`)

Scoring reads nothing else, so old answers can be scored again, offline, by newer measures.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evals.anchoring import Topic, anchored
from evals.corpus import Corpus, StoredDocument, document_from_json, metadata_of
from evals.errors import BadRun
from evals.jsonl import JsonObject, numbered_rows, rows, write_json, write_rows
from evals.questions import Question, question_from_row, row_of
from evals.results import Score, Summary, score_from_row, score_row, summary_from_json

RECORD, QUESTIONS, ANSWERS = "run.json", "questions.jsonl", "answers.jsonl"
DOCUMENTS, TEXTS, SCORES, SUMMARY = "documents.jsonl", "texts", "scores.jsonl", "summary.json"
COMPLETE = "complete"


@dataclass(frozen=True, slots=True)
class Run:
    """A finished run, read back. `answers` has one row for every question, in the order of the gold."""

    folder: Path
    record: JsonObject
    questions: tuple[Question, ...]
    answers: Mapping[str, JsonObject]
    corpus: Corpus

    @property
    def name(self) -> str:
        """The name of the set asked."""
        return str(self.record["name"])

    def topics(self) -> list[Topic]:
        """Return the questions with their gold located. Raises BadDataset."""
        file = f"{self.name}/{QUESTIONS}"
        return [anchored(one, self.corpus, file, line) for line, one in enumerate(self.questions, start=1)]


def open_run(folder: Path) -> Run:
    """Return the run of a folder.

    Raises BadRun where a file is missing, the run was not finished, a text does not have its hash, or a
    question has no row or a row no question.
    """
    record = _json(folder, RECORD)
    if record.get("state") != COMPLETE:
        raise BadRun(str(folder), "the run was not finished; run it again")
    questions = tuple(
        question_from_row(QUESTIONS, number, row) for number, row in numbered_rows(_file(folder, QUESTIONS))
    )
    answers = {str(row["qid"]): row for row in rows(_file(folder, ANSWERS))}
    unlike = {question.qid for question in questions} ^ set(answers)
    if unlike:
        raise BadRun(str(folder), f"{len(unlike)} questions without a row or rows without a question")
    documents = [_document(folder, row) for row in rows(_file(folder, DOCUMENTS))]
    return Run(folder, record, questions, answers, Corpus(documents))


def _document(folder: Path, row: JsonObject) -> StoredDocument:
    name = str(row["text_sha256"])
    data = _file(folder, f"{TEXTS}/{name}").read_bytes()
    if hashlib.sha256(data).hexdigest() != name:
        raise BadRun(str(folder), f"the text {name[:12]} was changed after the run")
    return document_from_json(row, data.decode("utf-8", "surrogatepass"))


def _file(folder: Path, name: str) -> Path:
    path = folder / name
    if not path.is_file():
        raise BadRun(str(folder), f"no {name}; is this the folder of a run?")
    return path


def _json(folder: Path, name: str) -> JsonObject:
    try:
        value: JsonObject = json.loads(_file(folder, name).read_text(encoding="utf-8"))
    except json.JSONDecodeError as error:
        raise BadRun(str(folder), f"{name} is no JSON") from error
    return value


class RunWriter:
    """Writes a run folder row by row, so that an interrupted run shows how far it came."""

    def __init__(self, folder: Path, record: JsonObject, questions: Iterable[Question]) -> None:
        if (folder / RECORD).exists():
            raise BadRun(str(folder), "already holds a run; give another --out, or remove it")
        (folder / TEXTS).mkdir(parents=True, exist_ok=True)
        self.folder, self.record = folder, record
        self._documents: dict[str, JsonObject] = {}
        write_rows(folder / QUESTIONS, (row_of(question) for question in questions))
        (folder / ANSWERS).write_text("", encoding="utf-8")
        write_json(folder / RECORD, record | {"state": "running"})

    def add_answer(self, row: JsonObject) -> None:
        """Append one row, at once."""
        with (self.folder / ANSWERS).open("a", encoding="utf-8", newline="\n") as out:
            out.write(json.dumps(row, ensure_ascii=False) + "\n")

    def add_document(self, document: StoredDocument) -> None:
        """Keep a document's metadata and text; once is enough."""
        if document.id in self._documents:
            return
        data = document.text.encode("utf-8", "surrogatepass")
        name = hashlib.sha256(data).hexdigest()
        (self.folder / TEXTS / name).write_bytes(data)
        self._documents[document.id] = metadata_of(document) | {"text_sha256": name}

    def finish(self, more: Mapping[str, Any]) -> None:
        """Write the documents and mark the run complete: until then it cannot be scored."""
        write_rows(self.folder / DOCUMENTS, (self._documents[id_] for id_ in sorted(self._documents)))
        write_json(self.folder / RECORD, self.record | dict(more) | {"state": COMPLETE})


Scores = Mapping[str, Mapping[str, Score]]


def write_scores(folder: Path, scores: Scores, summary: JsonObject) -> None:
    """Write scores.jsonl and summary.json into a run's folder."""
    lines = (
        score_row(qid, name, score) for qid in sorted(scores) for name, score in sorted(scores[qid].items())
    )
    write_rows(folder / SCORES, lines)
    write_json(folder / SUMMARY, summary)


def read_scores(folder: Path) -> dict[str, dict[str, Score]]:
    """Return the scores of a run by question and measure. Raises BadRun where it was not scored."""
    found: dict[str, dict[str, Score]] = {}
    for row in rows(_scored(folder, SCORES)):
        found.setdefault(str(row["qid"]), {})[str(row["measure"])] = score_from_row(row)
    return found


def read_summary(folder: Path) -> tuple[dict[str, Summary], JsonObject]:
    """Return the summaries by measure, and the whole of summary.json. Raises BadRun where not scored."""
    _scored(folder, SUMMARY)
    raw = _json(folder, SUMMARY)
    return {name: summary_from_json(one) for name, one in raw["measures"].items()}, raw


def _scored(folder: Path, name: str) -> Path:
    if not (folder / name).is_file():
        raise BadRun(str(folder), "was not scored; run 'qa-eval score' on it first")
    return folder / name
