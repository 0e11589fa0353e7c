"""Question sets as values: questions, and the papers that they are asked of.

Three shapes are read: a folder with corpus.jsonl and questions*.jsonl (the public sets, whose gold counts
characters), gold files of our own or of a user (JSON Lines or CSV, whose gold quotes words), and a folder of
papers beside them.
"""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from evals.errors import BadDataset
from evals.jsonl import JsonObject, digest, numbered_rows
from evals.questions import Question, Quoted, checked, first_fault, question_from_row, row_of
from evals.user_files import in_columns, rows_of_csv
from qa_service.domain.spans import Span

FABRICATIONS = "fabrications.jsonl"
Row = TypeVar("Row", bound=BaseModel)
WRONG_SCOPE = "wrong_meeting_scope"
ADVERSARIAL = "adversarial_in_document"


class Scope(StrEnum):
    """Whether a question is asked of everything, or of the one paper that gold says it is about.

    The gap between the two runs is the value of reading scope out of the question.
    """

    NONE = "none"
    GOLD = "gold"


class Wording(StrEnum):
    """Which wording of a question is asked where a set holds two."""

    FULL = "full"
    SHORT = "short"


@dataclass(frozen=True, slots=True)
class Source:
    """One paper to be ingested: a file, or text to be written to a file of that name."""

    file_name: str
    sha256: str
    path: Path | None = None
    text: str | None = None
    title: str | None = None

    def written(self, folder: Path) -> Path:
        """Return the path of the paper; text is first written under `folder`, unchanged, as UTF-8."""
        if self.path is not None:
            return self.path
        target = folder / self.file_name
        target.write_text(self.text or "", encoding="utf-8", newline="")
        return target


@dataclass(frozen=True, slots=True)
class Dataset:
    """A named set of questions. `sources` is empty where the papers are already in the system."""

    name: str
    questions: tuple[Question, ...]
    sources: tuple[Source, ...] = ()
    lines: tuple[tuple[str, str, int], ...] = ()

    @property
    def gold_sha256(self) -> str:
        """Digest of the questions and their gold, whatever their order."""
        return digest([row_of(one) for one in sorted(self.questions, key=lambda one: one.qid)])

    @property
    def data_sha256(self) -> str:
        """Digest of the names and bytes of the papers, whatever their order."""
        return digest(sorted([source.file_name, source.sha256] for source in self.sources))

    def line_of(self, qid: str) -> tuple[str, int | None]:
        """Return (file, line from 1) where a question was read."""
        return next(((file, line) for id_, file, line in self.lines if id_ == qid), (self.name, None))


@dataclass(frozen=True, slots=True)
class Listed:
    """A set that can be run: its name as `Dataset.name` will be, and how it is read."""

    name: str
    read: Callable[[], Dataset]


class _Span(BaseModel):
    model_config = ConfigDict(extra="ignore")
    doc_id: str
    start: int = Field(ge=0)
    end: int = Field(ge=1)
    group: int | None = None
    text: str | None = None


class _CorpusRow(BaseModel):
    model_config = ConfigDict(extra="ignore")
    doc_id: str = Field(pattern=r"^[^/\\]+$")
    title: str
    text: str


class _SetRow(BaseModel):
    model_config = ConfigDict(extra="ignore")
    qid: str
    question: str = Field(min_length=1)
    answerable: bool
    evidence: list[_Span] = []
    answers: list[str] = []
    short_question: str | None = None
    conditions: list[list[str]] = []
    scope_doc_id: str | None = None
    true_doc_id: str | None = None
    unanswerable_kind: str | None = None
    kind: str = "question"
    split: str = ""
    paragraph: _Span | None = None


def load_span_set(folder: Path, scope: Scope = Scope.NONE, wording: Wording = Wording.FULL) -> Dataset:
    """Return a set given as corpus.jsonl and questions*.jsonl in one folder.

    A question asked of the wrong meeting is always scoped: that is what makes it unanswerable.
    Raises BadDataset, naming file, line and field, also where a span does not hold the words it should.
    """
    texts = {row.doc_id: row for row in _corpus_rows(folder / "corpus.jsonl")}
    questions: list[Question] = []
    lines: list[tuple[str, str, int]] = []
    for path in sorted(folder.glob("questions*.jsonl")):
        for number, raw in numbered_rows(path):
            row = _validated(_SetRow, path.name, number, raw)
            question = _span_question(row, texts, path.name, number)
            questions.append(_scoped(_worded(question, row, wording), scope))
            lines.append((question.qid, path.name, number))
    if not questions:
        raise BadDataset(str(folder), "no questions*.jsonl with a question in it")
    sources = tuple(
        Source(_file(row.doc_id), _sha256(row.text.encode()), text=row.text, title=row.title)
        for row in texts.values()
    )
    return Dataset(
        _variant(folder.name, scope, wording), checked(folder.name, questions), sources, tuple(lines)
    )


def _variant(name: str, scope: Scope, wording: Wording) -> str:
    suffixes = [":scoped"] * (scope is Scope.GOLD) + [":short"] * (wording is Wording.SHORT)
    return name + "".join(suffixes)


def _corpus_rows(path: Path) -> list[_CorpusRow]:
    return [_validated(_CorpusRow, path.name, number, raw) for number, raw in numbered_rows(path)]


def _validated(model: type[Row], file: str, number: int, raw: JsonObject) -> Row:
    try:
        return model.model_validate(raw)
    except ValidationError as error:
        raise first_fault(file, number, error) from error


def _file(doc_id: str) -> str:
    return f"{doc_id}.txt"


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _span_question(row: _SetRow, texts: dict[str, _CorpusRow], file: str, number: int) -> Question:
    """Evidence without `group`: alternatives where a paragraph was annotated, else each its own group."""
    evidence = tuple(
        _span_evidence(span, 0 if row.paragraph else position, texts, file, number)
        for position, span in enumerate(row.evidence)
    )
    about = row.scope_doc_id or row.true_doc_id or (row.paragraph.doc_id if row.paragraph else None)
    kind = row.unanswerable_kind or (ADVERSARIAL if row.paragraph else "unanswerable")
    return Question(
        qid=row.qid,
        question=row.question,
        answerable=row.answerable,
        evidence=evidence,
        answers=tuple(row.answers),
        set=file.removesuffix(".jsonl"),
        kind=row.kind,
        unanswerable_kind=None if row.answerable else kind,
        conditions=tuple(dict.fromkeys(words for group in row.conditions for words in group)),
        scope_file=_file(row.scope_doc_id) if row.scope_doc_id else None,
        cluster=_file(about) if about else None,
        split=row.split,
    )


def _span_evidence(span: _Span, group: int, texts: dict[str, _CorpusRow], file: str, number: int) -> Quoted:
    row = texts.get(span.doc_id)
    if row is None:
        raise BadDataset(file, f"no document {span.doc_id!r} in corpus.jsonl", number, "evidence.doc_id")
    if not span.start < span.end <= len(row.text):
        raise BadDataset(
            file, f"[{span.start}, {span.end}) is no span of {span.doc_id}", number, "evidence.start"
        )
    words = row.text[span.start : span.end]
    if span.text is not None and words != span.text:
        raise BadDataset(
            file, f"{span.text[:60]!r} is not at [{span.start}, {span.end})", number, "evidence.text"
        )
    group = group if span.group is None else span.group
    return Quoted(_file(span.doc_id), words, group, None, Span(span.start, span.end))


def _worded(question: Question, row: _SetRow, wording: Wording) -> Question:
    if wording is Wording.SHORT and row.short_question:
        return replace(question, question=row.short_question)
    return question


def _scoped(question: Question, scope: Scope) -> Question:
    wanted = scope is Scope.GOLD or question.unanswerable_kind == WRONG_SCOPE
    if wanted and question.scope_file:
        return replace(question, filters={"documents": [question.scope_file]})
    return question


def load_gold(files: Sequence[Path], papers: Path | None = None, name: str | None = None) -> Dataset:
    """Return the questions of gold files (.jsonl, .csv), and the papers in a folder.

    Without `papers` the questions are asked of whatever the system holds. Raises BadDataset.
    """
    questions: list[Question] = []
    lines: list[tuple[str, str, int]] = []
    for path in files:
        read = rows_of_csv(path) if path.suffix.lower() == ".csv" else numbered_rows(path)
        for number, raw in read:
            question = _question(path.name, number, raw)
            questions.append(question if question.set else replace(question, set=path.stem))
            lines.append((question.qid, path.name, number))
    label = name or "+".join(path.stem for path in files)
    if not questions:
        raise BadDataset(", ".join(path.name for path in files), "holds no question")
    sources = () if papers is None else papers_in(papers)
    return Dataset(label, checked(label, questions), sources, tuple(lines))


def _question(file: str, number: int, raw: JsonObject) -> Question:
    try:
        return question_from_row(file, number, raw)
    except BadDataset as error:
        raise in_columns(error) from error


def papers_in(folder: Path) -> tuple[Source, ...]:
    """Every visible file under a folder, by name. Raises BadDataset where there is none."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file() and not path.name.startswith("."))
    if not paths:
        raise BadDataset(str(folder), "holds no papers")
    return tuple(Source(path.name, _sha256(path.read_bytes()), path=path) for path in paths)


def gold_files(folder: Path) -> list[Path]:
    """Return the gold files of a folder, the fabrications apart: those are citations, not questions."""
    return sorted(path for path in folder.glob("*.jsonl") if path.name != FABRICATIONS)


def load(
    path: Path, papers: Path | None = None, scope: Scope = Scope.NONE, wording: Wording = Wording.FULL
) -> Dataset:
    """Return the set at a path: a folder with corpus.jsonl, a folder of gold files, or one gold file.

    Raises BadDataset.
    """
    if (path / "corpus.jsonl").is_file():
        return load_span_set(path, scope, wording)
    if path.is_dir():
        files = gold_files(path)
        if not files:
            raise BadDataset(str(path), "holds neither corpus.jsonl nor gold files (*.jsonl)")
        return load_gold(files, papers, path.name)
    if path.suffix.lower() not in {".jsonl", ".csv"}:
        raise BadDataset(str(path), "is no .jsonl or .csv file and no folder")
    return load_gold([path], papers)
