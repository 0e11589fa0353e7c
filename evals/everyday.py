"""Questions in everyday words about papers of our own invention: for fitting, and for trying what was fitted.

Three collections of one form: `everyday`, short papers that stand alone; `committees`, the papers of councils
that follow each other, where many sentences speak of one matter and few answer; `report_packs`, longer and
drier ones, each council's asked about by themselves. The halves are split by council: nothing of `dev` is
known from `train`.
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
COMMITTEES = Path(__file__).parent / "data" / "committees"
REPORT_PACKS = Path(__file__).parent / "data" / "report_packs"
# What stands in a line of its own in a paper: clauses, bullets, numbered paragraphs, actions.
_OWN_LINE = re.compile(r"^(?:-|\(\w+\)|[A-Z]?\d+(?:\.\d+)?\.?)\s")
# Between the cells of a row of a table. Run together, rows would be one sentence, and none could be quoted.
_CELLS = " | "
_STOPPED = re.compile(r"(?:[.!?:;][\"'”)\]]*|[;,] (?:and|or))$")
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
    also: list[tuple[str, int, int]] = []  # places of other papers of the council that answer as well
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
        if _council(row.document) in used and (text := papers[row.document].text)
    )
    label = f"{folder.name}-{half}"
    return Dataset(label, checked(label, questions), sources, tuple(lines))


def as_asked(half: Half, folder: Path) -> list[Dataset]:
    """Return the questions of a half as they are asked: those of `report_packs` of one council's papers each.

    They seldom name their council: nobody does who holds the papers of one. Raises BadDataset.
    """
    whole = load_everyday(half, folder)
    if folder != REPORT_PACKS:
        return [whole]
    councils = sorted({_council(source.file_name) for source in whole.sources})
    return [_of_council(whole, council) for council in councils]


def _of_council(whole: Dataset, council: str) -> Dataset:
    questions = tuple(each for each in whole.questions if each.cluster == council)
    sources = tuple(each for each in whole.sources if _council(each.file_name) == council)
    asked = {each.qid for each in questions}
    lines = tuple(line for line in whole.lines if line[0] in asked)
    return Dataset(f"{whole.name}-{council}", questions, sources, lines)


def _read(model: type[_Row], file: str, number: int, raw: JsonObject) -> _Row:
    try:
        return model.model_validate(raw)
    except ValidationError as error:
        raise first_fault(file, number, error) from error


def _paper(row: _Document) -> _Paper:
    text, places = row.title, {}
    for at, passage in enumerate(row.passages):
        text += f"\n\n{passage.heading}\n"
        before: str | None = None
        for number, sentence in enumerate(passage.sentences):
            # As readers of Word and web papers write a row.
            opened, closed = ("| ", " |") if _CELLS in sentence else ("", "")
            text += _parting(before, sentence) + opened
            places[at, number] = Span(len(text), len(text) + len(sentence))
            text += sentence + closed
            before = sentence
    return _Paper(text + "\n", places)


def _parting(before: str | None, sentence: str) -> str:
    """Return the white space between a sentence and the one before, which is None at the start."""
    if before is None or _OWN_LINE.match(sentence):
        return "\n"
    row, below_row = _CELLS in sentence, _CELLS in before
    if row and below_row:
        return "\n"
    return "\n\n" if row or below_row or not _STOPPED.search(before) else " "


def _question(row: _Asked, papers: dict[str, _Paper], file: str, number: int) -> Question:
    if row.document not in papers:
        raise BadDataset(file, f"no document {row.document!r} in documents.jsonl", number, "document")
    places = [(row.document, *place) for place in row.answers] + row.also
    evidence = []
    for group, (document, *place) in enumerate(places):
        paper = papers.get(document)
        span = paper.places.get((place[0], place[1])) if paper else None
        if paper is None or span is None:
            raise BadDataset(file, f"{document} has no sentence {place}", number, "answers")
        own = group if row.kind == "list" else 0
        evidence.append(Quoted(_file(document), paper.text[span.start : span.end], own, None, span))
    return Question(
        qid=row.id,
        question=row.question,
        answerable=bool(evidence),
        evidence=tuple(evidence),
        set=file.removesuffix(".jsonl"),
        kind=row.kind,
        unanswerable_kind=None if evidence else "not_in_papers",
        cluster=_council(row.document),
        split=file.removesuffix(".jsonl"),
        lay=row.style == "lay",
    )


def _council(document: str) -> str:
    """Return what a document's questions stand or fall with: its council, "COUNCIL--PAPER", or itself."""
    return document.partition("--")[0]


def _file(document: str) -> str:
    return f"{document}.txt"


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
