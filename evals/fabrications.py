"""Cheap forgeries of true citations: every one must be caught by a gate, and named for what it is."""

from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from evals.anchoring import Topic, located_one
from evals.cases import Case
from evals.corpus import Corpus, StoredDocument
from evals.errors import BadDataset
from evals.jsonl import JsonObject, numbered_rows
from evals.measures import MEASURES
from evals.questions import Question, Quoted, first_fault
from evals.reference_systems import answer_json, citation_json
from evals.replies import reply_of
from evals.results import Label


class Forged(BaseModel):
    """What a forgery changes in a true citation; what is not named stays true."""

    model_config = ConfigDict(extra="forbid")
    quote: str | None = None
    file: str | None = None
    page: int | None = None
    council: str | None = None
    body: str | None = None
    held_on: str | None = None
    document_id: str | None = None
    start: int | None = None
    end: int | None = None


class _Row(BaseModel):
    model_config = ConfigDict(extra="ignore")
    id: str
    file: str
    true_quote: str = Field(min_length=1)
    page: int | None = None
    fabricated: Forged
    label: str


@dataclass(frozen=True, slots=True)
class Detection:
    """What the gates said of one forgery. `gates` is empty where it passed unseen."""

    id: str
    gates: tuple[str, ...]
    labels: tuple[Label, ...]
    expected: str

    @property
    def caught(self) -> bool:
        """Whether some gate missed."""
        return bool(self.gates)

    @property
    def named(self) -> bool:
        """Whether the label is the one that the forger expected."""
        return self.expected.replace("_", " ") in {label.value for label in self.labels}


def files_named(path: Path) -> set[str]:
    """Return the files that forgeries are made from or put in the mouth of. Raises BadDataset."""
    rows = [_row(path, number, raw) for number, raw in numbered_rows(path)]
    return {name for row in rows for name in (row.file, row.fabricated.file) if name}


def detections(path: Path, corpus: Corpus) -> list[Detection]:
    """Return what the gates say of each forgery. Raises BadDataset for a true quote that is none."""
    return [_detection(path, number, _row(path, number, raw), corpus) for number, raw in numbered_rows(path)]


def _row(path: Path, number: int, raw: JsonObject) -> _Row:
    try:
        return _Row.model_validate(raw)
    except ValidationError as error:
        raise first_fault(path.name, number, error) from error


def _detection(path: Path, number: int, row: _Row, corpus: Corpus) -> Detection:
    quoted = Quoted(row.file, row.true_quote, 0, row.page)
    place = located_one(quoted, corpus, path.name, number, "true_quote")
    document = corpus.documents[place.document_id]
    case = Case(Topic(Question(row.id, "", answerable=True), ()), corpus, None)
    true = answer_json("", [(document, place.span)], None)
    if missed := _missed(replace(case, reply=reply_of(true))):
        raise BadDataset(path.name, f"the true citation already fails {missed[0][0]}", number, "true_quote")
    citation = _forged(citation_json(document, place.span, 1), row.fabricated, corpus)
    false = true | {"citations": [citation]}
    false["statements"] = [{"text": citation["quote"], "standing": "reported", "citations": [1]}]
    missed = _missed(replace(case, reply=reply_of(false)))
    labels = dict.fromkeys(label for _, found in missed for label in found)
    return Detection(row.id, tuple(name for name, _ in missed), tuple(labels), row.label)


def _missed(case: Case) -> list[tuple[str, tuple[Label, ...]]]:
    scores = [(measure.name, measure.of(case)) for measure in MEASURES if measure.is_gate]
    return [(name, score.labels) for name, score in scores if score.value == 0]


def _forged(citation: JsonObject, forged: Forged, corpus: Corpus) -> JsonObject:
    """Return the citation with its lies. A forger mends the hash, so no gate may lean on that alone."""
    if forged.file is not None:
        citation["document"] = _shown(corpus.of_file(forged.file), citation["document"])
    if forged.document_id is not None:
        citation["document"]["id"] = forged.document_id
    for name in ("council", "body"):
        if getattr(forged, name) is not None:
            citation["document"][name] = getattr(forged, name)
    if forged.held_on is not None:
        citation["meeting"] = {"id": None, "body": None, "held_on": forged.held_on, "status": "unknown"}
    if forged.page is not None:
        citation["page"] = {"number": forged.page, "label": _label(forged, citation, corpus)}
    for name in ("quote", "start", "end"):
        if getattr(forged, name) is not None:
            citation[name] = getattr(forged, name)
    citation["sha256"] = sha256(citation["quote"].encode("utf-8", "surrogatepass")).hexdigest()
    return citation


def _shown(document: StoredDocument, like: JsonObject) -> JsonObject:
    return {name: getattr(document, name) for name in like}


def _label(forged: Forged, citation: JsonObject, corpus: Corpus) -> str | None:
    document = corpus.get(str(citation["document"]["id"]))
    page = document.page(forged.page) if document and forged.page else None
    return page.label if page else str(forged.page)
