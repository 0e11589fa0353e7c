"""What gold says: questions, the words that answer them, and places that must not be cited.

Rows of JSON Lines are checked here, at the edge; everything behind works on frozen values.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from evals.errors import BadDataset
from evals.jsonl import JsonObject
from qa_service.domain.resolutions import Standing
from qa_service.domain.spans import Span


@dataclass(frozen=True, slots=True)
class Quoted:
    """Words of one file, as gold names them.

    Evidence of one `group` are alternatives: any one of them covers the group; distinct groups must each
    be covered. `span` is given where gold counts characters of the source; else the words are searched.
    `sha256`, with the count of `words`, stands for words that we may not ship: 16 digits of the hash of the
    words, white space folded.
    """

    file: str
    quote: str
    group: int = 0
    page: int | None = None
    span: Span | None = None
    why: str = ""
    sha256: str = ""
    words: int = 0


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a person said of a cited place that gold does not mention."""

    quoted: Quoted
    correct: bool


@dataclass(frozen=True, slots=True)
class Question:
    """One question with its gold.

    `may_cite` are places that are right to cite and not needed. `scope_file` names the one paper or meeting
    that the question is asked of.
    """

    qid: str
    question: str
    answerable: bool
    evidence: tuple[Quoted, ...] = ()
    answers: tuple[str, ...] = ()
    set: str = ""
    kind: str = ""
    unanswerable_kind: str | None = None
    answer: str = ""
    standing: str | None = None
    filters: JsonObject = field(default_factory=dict)
    as_of: str | None = None
    history: tuple[str, ...] = ()
    parent: str | None = None
    must_not_cite: tuple[Quoted, ...] = ()
    may_cite: tuple[Quoted, ...] = ()
    conditions: tuple[str, ...] = ()
    scope_file: str | None = None
    cluster: str | None = None
    notes: str = ""
    split: str = ""
    lay: bool = False
    judged: tuple[Judgement, ...] = ()


class EvidenceRow(BaseModel):
    """One place in a gold row. Without `group` every place is a group of its own.

    In the place of its words a place may have their offsets, their count and a hash.
    """

    model_config = ConfigDict(extra="forbid")
    file: str = Field(min_length=1)
    quote: str = ""
    page: int | None = Field(default=None, ge=1)
    group: int | None = None
    start: int | None = Field(default=None, ge=0)
    end: int | None = Field(default=None, ge=1)
    sha256: str = Field(default="", pattern=r"^(?:[0-9a-f]{16})?$")
    words: int = Field(default=0, ge=0)

    @model_validator(mode="after")
    def _named(self) -> Self:
        hashed = self.sha256 and self.words and self.start is not None and self.end is not None
        if not self.quote and not hashed:
            raise ValueError("a place needs its quote, or start, end, words and sha256 of the words")
        return self

    def quoted(self, own_group: int) -> Quoted:
        """Return the place; `own_group` is its group where none is given."""
        span = Span(self.start, self.end) if self.start is not None and self.end is not None else None
        group = own_group if self.group is None else self.group
        return Quoted(self.file, self.quote, group, self.page, span, sha256=self.sha256, words=self.words)


class PlaceRow(BaseModel):
    """A place that an answer must not cite, or may, and why: superseded, another council, the same again."""

    model_config = ConfigDict(extra="forbid")
    file: str = Field(min_length=1)
    quote: str = Field(min_length=1)
    page: int | None = Field(default=None, ge=1)
    why: str = ""

    def quoted(self) -> Quoted:
        """Return the place."""
        return Quoted(self.file, self.quote, 0, self.page, None, self.why)


class ExchangeRow(BaseModel):
    """An earlier question of the same conversation."""

    model_config = ConfigDict(extra="ignore")
    question: str = Field(min_length=1)


FilterName = Literal["council", "body", "held_from", "held_to", "kinds", "documents"]


class GoldRow(BaseModel):
    """One line of gold: our own, the seeds', or a user's. Only `question` is required."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)
    question: str = Field(min_length=1)
    qid: str | None = Field(default=None, min_length=1)
    answerable: bool | None = None
    evidence: list[EvidenceRow] = []
    answers: list[str] = []
    answers_alt: list[str] = []
    set: str = ""
    kind: str = ""
    unanswerable_kind: str | None = None
    answer: str | None = None
    standing: Standing | None = None
    filters: dict[FilterName, Any] | None = None
    as_of: date | None = None
    history: list[ExchangeRow | str] | None = None
    parent: str | None = None
    must_not_cite: list[PlaceRow] = []
    may_cite: list[PlaceRow] = []
    conditions: list[str] = []
    scope_file: str | None = None
    cluster: str | None = None
    notes: str | None = None
    split: str | None = None
    lay: bool | None = None

    @model_validator(mode="after")
    def _evidence_agrees(self) -> Self:
        if self.answerable and not self.evidence:
            raise ValueError("answerable is true, so at least one evidence {file, quote} is needed")
        return self

    def question_of(self, number: int) -> Question:
        """Return the question; the line's number makes an id where none is given."""
        answerable = bool(self.evidence) if self.answerable is None else self.answerable
        first_free = 1 + max((row.group for row in self.evidence if row.group is not None), default=-1)
        history = tuple(turn if isinstance(turn, str) else turn.question for turn in self.history or ())
        return Question(
            qid=self.qid or f"q{number:04d}",
            question=self.question,
            answerable=answerable,
            evidence=tuple(row.quoted(own) for own, row in enumerate(self.evidence, start=first_free)),
            answers=tuple(dict.fromkeys([*self.answers, *self.answers_alt])),
            set=self.set,
            kind=self.kind,
            unanswerable_kind=self.unanswerable_kind or (None if answerable else self.kind or "unanswerable"),
            answer=self.answer or "",
            standing=self.standing.value if self.standing else None,
            filters={str(name): value for name, value in (self.filters or {}).items() if value},
            as_of=self.as_of.isoformat() if self.as_of else None,
            history=history,
            parent=self.parent,
            must_not_cite=tuple(row.quoted() for row in self.must_not_cite),
            may_cite=tuple(row.quoted() for row in self.may_cite),
            conditions=tuple(self.conditions),
            scope_file=self.scope_file,
            cluster=self.cluster,
            notes=self.notes or "",
            split=self.split or "",
            lay=bool(self.lay),
        )


def question_from_row(file: str, number: int, row: JsonObject) -> Question:
    """Return the question of one gold row. Raises BadDataset with line and field."""
    try:
        return GoldRow.model_validate(row).question_of(number)
    except ValidationError as error:
        raise first_fault(file, number, error) from error


def first_fault(file: str, number: int, error: ValidationError) -> BadDataset:
    """Return the first fault of a row as an error that names line and field."""
    fault = error.errors()[0]
    name = ".".join(str(part) for part in fault["loc"]) or None
    why = fault["msg"].removeprefix("Value error, ")
    if fault["type"] == "extra_forbidden":
        why = "no such field; see 'qa-eval template' for the fields that are read"
    return BadDataset(file, why[:1].lower() + why[1:], number, name)


def row_of(question: Question) -> JsonObject:
    """Return the gold row that `question_from_row` reads back as the same question, judgements apart."""
    row: JsonObject = {
        "qid": question.qid,
        "set": question.set,
        "kind": question.kind,
        "question": question.question,
        "answerable": question.answerable,
        "evidence": [_evidence_row(quoted) for quoted in question.evidence],
        "answer": question.answer,
        "answers": list(question.answers),
        "standing": question.standing,
        "filters": question.filters,
        "as_of": question.as_of,
        "history": [{"question": text} for text in question.history],
        "parent": question.parent,
        "unanswerable_kind": question.unanswerable_kind,
        "must_not_cite": [_place_row(quoted) for quoted in question.must_not_cite],
        "may_cite": [_place_row(quoted) for quoted in question.may_cite],
        "conditions": list(question.conditions),
        "scope_file": question.scope_file,
        "cluster": question.cluster,
        "notes": question.notes,
        "split": question.split,
        "lay": question.lay,
    }
    return row


def _place_row(quoted: Quoted) -> JsonObject:
    return {"file": quoted.file, "quote": quoted.quote, "page": quoted.page, "why": quoted.why}


def _evidence_row(quoted: Quoted) -> JsonObject:
    row: JsonObject = {
        "file": quoted.file,
        "quote": quoted.quote,
        "page": quoted.page,
        "group": quoted.group,
    }
    if quoted.span:
        row |= {"start": quoted.span.start, "end": quoted.span.end}
    if quoted.sha256:
        row |= {"sha256": quoted.sha256, "words": quoted.words}
    return row


def checked(file: str, questions: list[Question]) -> tuple[Question, ...]:
    """Return the questions. Raises BadDataset for an id used twice or a parent that is not there."""
    seen: set[str] = set()
    for question in questions:
        if question.qid in seen:
            raise BadDataset(file, f"qid {question.qid!r} is used twice", field="qid")
        seen.add(question.qid)
    for question in questions:
        if question.parent is not None and question.parent not in seen:
            raise BadDataset(file, f"{question.qid}: no question {question.parent!r}", field="parent")
    return tuple(questions)
