"""Questions in everyday words about papers of our own invention: for fitting, and for trying what was fitted.

The halves are split by document: nothing of `dev` is known from `train`.
"""

import hashlib
import re
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from evals.datasets import Dataset, Source
from evals.errors import BadDataset
from evals.jsonl import JsonObject, numbered_rows
from evals.questions import Question, Quoted, checked, first_fault
from qa_service.domain.spans import Span

FOLDER = Path(__file__).parent / "data" / "everyday"
# What stands in a line of its own in a paper: clauses, bullets, numbered paragraphs, actions.
_OWN_LINE = re.compile(r"^(?:-|\(\w+\)|[A-Z]?\d+(?:\.\d+)?\.?)\s")
_Row = TypeVar("_Row", bound=BaseModel)


class Half(StrEnum):
    """Which documents: those to fit on, or those to try the fit on."""

    TRAIN = "train"
    DEV = "dev"


class _Passage(BaseModel):
    model_config = ConfigDict(extra="forbid")
    heading: str = Field(min_length=1)
    sentences: list[str] = Field(min_length=1)


class _Document(BaseModel):
    model_config = ConfigDict(extra="forbid")
    document: str = Field(pattern=r"^[a-z0-9-]+$")
    title: str = Field(min_length=1)
    passages: list[_Passage] = Field(min_length=1)


class _Asked(BaseModel):
    model_config = ConfigDict(extra="forbid")
    id: str = Field(min_length=1)
    document: str
    question: str = Field(min_length=1)
    answers: list[tuple[int, int]]
    kind: str = Field(min_length=1)
    style: Literal["lay", "plain"]


@dataclass(frozen=True, slots=True)
class _Paper:
    """A document as text, and where each sentence stands, by (passage, sentence)."""

    text: str
    places: dict[tuple[int, int], Span]


def load_everyday(half: Half, folder: Path = FOLDER) -> Dataset:
    """Return the questions of a half with its documents, in the order of the files.

    The sentences that answer a question are one group: any one of them will do, but for a list, which needs
    them all. Raises BadDataset, naming file and line.
    """
    written = [_read(_Document, "documents.jsonl", *row) for row in numbered_rows(folder / "documents.jsonl")]
    papers = {row.document: _paper(row) for row in written}
    name = f"{half}.jsonl"
    questions, lines = [], []
    for number, raw in numbered_rows(folder / name):
        row = _read(_Asked, name, number, raw)
        questions.append(_question(row, papers, name, number))
        lines.append((row.id, name, number))
    used = {question.cluster for question in questions}
    sources = tuple(
        Source(_file(row.document), _sha256(text), text=text, title=row.title)
        for row in written
        if _file(row.document) in used and (text := papers[row.document].text)
    )
    label = f"everyday-{half}"
    return Dataset(label, checked(label, questions), sources, tuple(lines))


def _read(model: type[_Row], file: str, number: int, raw: JsonObject) -> _Row:
    try:
        return model.model_validate(raw)
    except ValidationError as error:
        raise first_fault(file, number, error) from error


def _paper(row: _Document) -> _Paper:
    text, places = row.title, {}
    for at, passage in enumerate(row.passages):
        text += f"\n\n{passage.heading}\n"
        for number, sentence in enumerate(passage.sentences):
            text += "\n" if _OWN_LINE.match(sentence) or not number else " "
            places[at, number] = Span(len(text), len(text) + len(sentence))
            text += sentence
    return _Paper(text + "\n", places)


def _question(row: _Asked, papers: dict[str, _Paper], file: str, number: int) -> Question:
    paper = papers.get(row.document)
    if paper is None:
        raise BadDataset(file, f"no document {row.document!r} in documents.jsonl", number, "document")
    evidence = []
    for group, place in enumerate(row.answers):
        span = paper.places.get(place)
        if span is None:
            raise BadDataset(file, f"{row.document} has no sentence {list(place)}", number, "answers")
        own = group if row.kind == "list" else 0
        evidence.append(Quoted(_file(row.document), paper.text[span.start : span.end], own, None, span))
    return Question(
        qid=row.id,
        question=row.question,
        answerable=bool(evidence),
        evidence=tuple(evidence),
        set=file.removesuffix(".jsonl"),
        kind=row.kind,
        unanswerable_kind=None if evidence else "not_in_papers",
        cluster=_file(row.document),
        split=file.removesuffix(".jsonl"),
        lay=row.style == "lay",
    )


def _file(document: str) -> str:
    return f"{document}.txt"


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
