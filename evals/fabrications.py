"""Cheap forgeries of true citations: every one must be caught by a gate, and named for what it is."""

from copy import deepcopy
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from evals.anchoring import Topic, located_one
from evals.cases import Case
from evals.corpus import Corpus, StoredDocument
from evals.jsonl import JsonObject, numbered_rows
from evals.measures import MEASURES
from evals.questions import FilterName, Question, Quoted, first_fault
from evals.reference_systems import citation_json
from evals.replies import Reply, reply_of
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
    """A true citation with what the cited place says of itself, what was asked, and the lies."""

    model_config = ConfigDict(extra="forbid")
    id: str
    file: str
    true_quote: str = Field(min_length=1)
    page: int | None = None
    council: str | None = None
    body: str | None = None
    held_on: str | None = None
    filters: dict[FilterName | Literal["as_of"], Any] = {}
    fabricated: Forged
    label: str
    how: str = ""


# The forgers' words for what the gates tell apart more finely.
_SAME = {
    "unresolved": {Label.UNRESOLVED, Label.WRONG_PAGE},
    "misattributed": {Label.MISATTRIBUTED, Label.WRONG_PAGE, Label.WRONG_METADATA, Label.MISPLACED},
    "not_found": {Label.NOT_FOUND, Label.ALTERED},
}


@dataclass(frozen=True, slots=True)
class Detection:
    """What the gates said of one forgery. `gates` is empty where it passed unseen.

    `true_fails` names gates that the true citation misses already: then the store is wrong about the place.
    """

    id: str
    gates: tuple[str, ...]
    labels: tuple[Label, ...]
    expected: str
    true_fails: tuple[str, ...] = ()

    @property
    def caught(self) -> bool:
        """Whether some gate missed."""
        return bool(self.gates)

    @property
    def named(self) -> bool:
        """Whether the label is the one that the forger expected."""
        alike = _SAME.get(self.expected, set()) | {self.expected.replace("_", " ")}
        return any(label in alike for label in self.labels)


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
    citation = _as_shown(citation_json(document, place.span, 1), row, corpus)
    asked = Question(row.id, "", answerable=True)
    true_fails = tuple(name for name, _ in _missed(Case(Topic(asked, ()), corpus, _reply(citation))))
    filters = {str(name): value for name, value in row.filters.items()}
    scoped = Topic(replace(asked, as_of=filters.pop("as_of", None), filters=filters), ())
    missed = _missed(Case(scoped, corpus, _reply(_forged(citation, row.fabricated, corpus))))
    labels = dict.fromkeys(label for _, found in missed for label in found)
    return Detection(row.id, tuple(name for name, _ in missed), tuple(labels), row.label, true_fails)


def _as_shown(citation: JsonObject, row: _Row, corpus: Corpus) -> JsonObject:
    """Return the true citation with the cited place's own council, body and date, where given."""
    for name in ("council", "body"):
        citation["document"][name] = getattr(row, name) or citation["document"][name]
    if row.held_on is not None:
        citation["meeting"] = {"id": None, "body": row.body, "held_on": row.held_on, "status": "unknown"}
    segment = corpus.documents[citation["document"]["id"]].segment_at(citation["start"])
    if segment is not None:
        citation |= {"minute": segment.minute, "paragraph": segment.paragraph}
        citation["item"] = {"number": segment.item, "title": None} if segment.item else None
    return citation


def _reply(citation: JsonObject) -> Reply:
    statement = {"text": citation["quote"], "standing": "reported", "citations": [1]}
    return reply_of({"status": "answered", "statements": [statement], "citations": [citation]})


def _missed(case: Case) -> list[tuple[str, tuple[Label, ...]]]:
    scores = [(measure.name, measure.of(case)) for measure in MEASURES if measure.is_gate]
    return [(name, score.labels) for name, score in scores if score.value == 0]


def _forged(citation: JsonObject, forged: Forged, corpus: Corpus) -> JsonObject:
    """Return the citation with its lies. A forger mends the hash, so no gate may lean on that alone."""
    citation = deepcopy(citation)
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
