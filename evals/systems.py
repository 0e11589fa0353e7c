"""The systems under test: the only place of the harness that speaks with the service."""

import hashlib
import json
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields
from enum import StrEnum
from pathlib import Path
from typing import Any, Protocol

from embeddings.encoder import Encoder
from evals.corpus import StoredSegment
from evals.datasets import Dataset
from evals.errors import SystemFailed
from evals.index_cache import cached_encoder, indexed
from evals.jsonl import JsonObject
from evals.reference_systems import OracleSystem, RandomSystem, RefusingSystem, corpus_of, topics_of
from qa_service.answering.drafts import TEMPLATES
from qa_service.api.asking import ask, search
from qa_service.api.documents import PaperBody, get_document, get_text
from qa_service.api.question_bodies import AskBody
from qa_service.bootstrap import Services, make_encoder, open_services
from qa_service.config import Settings
from qa_service.domain.access import PUBLIC_ONLY, Access
from qa_service.store.documents import find_document, segments_of, visible_documents
from qa_service.store.generations import current_number

TIMEOUT_SECONDS = 120.0


class System(Protocol):
    """What can be asked questions. Every method raises SystemFailed where the system does not answer."""

    def ask(self, request: JsonObject) -> JsonObject:
        """Return the reply to a request, both as of `POST /v1/answers`."""

    def search(self, query: JsonObject) -> JsonObject:
        """Return hits as of `GET /v1/search`; `query` holds q, k and filters by name."""

    def documents(self) -> list[JsonObject]:
        """Return at least id, file_name and sha256 of every document held."""

    def document(self, document_id: str) -> JsonObject:
        """Return the metadata of one document, with its pages."""

    def document_text(self, document_id: str) -> str:
        """Return the stored text of one document."""

    def segments(self, document_id: str) -> list[JsonObject]:
        """Return what is stored of each stretch of a document; [] where the system does not tell.

        Each has the fields of `evals.corpus.StoredSegment`.
        """

    def describe(self) -> JsonObject:
        """Return what a run records: kind, settings, encoder fingerprint, generation, templates."""


class HttpSystem:
    """A running server, spoken to as any client would."""

    def __init__(self, url: str, key: str | None = None, timeout: float = TIMEOUT_SECONDS) -> None:
        if urllib.parse.urlsplit(url).scheme not in {"http", "https"}:
            raise SystemFailed("open", f"{url!r} is no http or https address")
        self.url, self.key, self.timeout = url.rstrip("/"), key, timeout

    def ask(self, request: JsonObject) -> JsonObject:
        """Return the reply to a request."""
        return self._json("POST", "/v1/answers", request)

    def search(self, query: JsonObject) -> JsonObject:
        """Return hits; a list becomes a parameter given several times."""
        return self._json("GET", "/v1/search?" + urllib.parse.urlencode(query, doseq=True))

    def documents(self) -> list[JsonObject]:
        """Return every document, page after page of the list."""
        return list(self._listed())

    def _listed(self) -> Iterator[JsonObject]:
        query: JsonObject = {}
        while True:
            page = self._json("GET", "/v1/documents?" + urllib.parse.urlencode(query))
            yield from page["documents"]
            if not page.get("next"):
                return
            query["cursor"] = page["next"]

    def document(self, document_id: str) -> JsonObject:
        """Return the metadata of one document."""
        return self._json("GET", f"/v1/documents/{urllib.parse.quote(document_id, safe='')}")

    def document_text(self, document_id: str) -> str:
        """Return the stored text of one document."""
        body = self._json("GET", f"/v1/documents/{urllib.parse.quote(document_id, safe='')}/text")
        return str(body["text"])

    def segments(self, document_id: str) -> list[JsonObject]:
        """Return the segments; [] where the server has no such route."""
        try:
            body = self._json("GET", f"/v1/documents/{urllib.parse.quote(document_id, safe='')}/segments")
        except SystemFailed as error:
            if error.why.startswith("404 "):
                return []
            raise
        return [_segment(one) for one in body["segments"]]

    def describe(self) -> JsonObject:
        """Return what the server says of itself at /readyz, and the words that this checkout lets it use."""
        return {"kind": "http", "url": self.url, "templates": list(TEMPLATES), **self._json("GET", "/readyz")}

    def _json(self, method: str, path: str, body: JsonObject | None = None) -> JsonObject:
        data = None if body is None else json.dumps(body).encode()
        headers = {"Accept": "application/json", "Content-Type": "application/json"}
        if self.key:
            headers["X-Admin-Key"] = self.key
        request = urllib.request.Request(self.url + path, data, headers, method=method)  # noqa: S310 - checked
        try:
            with urllib.request.urlopen(request, timeout=self.timeout) as answer:  # noqa: S310 - checked
                value: Any = json.loads(answer.read())
        except urllib.error.HTTPError as error:
            detail = error.read(2000).decode("utf-8", "replace")
            raise SystemFailed(f"{method} {path}", f"{error.code} {detail}") from error
        except (OSError, ValueError) as error:
            raise SystemFailed(f"{method} {path}", str(error)) from error
        if not isinstance(value, dict):
            raise SystemFailed(f"{method} {path}", "the answer is no JSON object")
        return value


_SEGMENT_FIELDS = tuple(field.name for field in fields(StoredSegment))


def _segment(raw: JsonObject) -> JsonObject:
    """Return the fields of a segment that scoring reads, a date as text."""
    values = {name: raw.get(name) for name in _SEGMENT_FIELDS}
    return values | {"held_on": str(values["held_on"]) if values["held_on"] else None}


_PROBES = ("What was resolved?", "The report was noted, subject to two amendments.")


def _described(encoder: Encoder) -> JsonObject:
    """Return what a run records of the service: who made its vectors, and the words it may use.

    `arithmetic` is a digest of two vectors: the same weights round differently on another kind of processor,
    and a gate must know whether it compares like with like.
    """
    arithmetic = hashlib.sha256(encoder.encode_queries(list(_PROBES)).tobytes()).hexdigest()[:16]
    return {"encoder": encoder.fingerprint, "arithmetic": arithmetic, "templates": list(TEMPLATES)}


class ServiceSystem:
    """The service in this process, called as its API calls it."""

    def __init__(self, services: Services, description: JsonObject) -> None:
        self._services, self._description = services, description

    def ask(self, request: JsonObject) -> JsonObject:
        """Return the reply to a request."""
        with _named("ask"):
            return ask(self._services, AskBody.model_validate(request), PUBLIC_ONLY).model_dump(mode="json")

    def search(self, query: JsonObject) -> JsonObject:
        """Return hits."""
        filters = {name: value for name, value in query.items() if name not in {"q", "k", "as_of"}}
        request = {"question": query["q"], "filters": filters, "as_of": query.get("as_of")}
        with _named("search"):
            found = search(self._services, AskBody.model_validate(request), query["k"], PUBLIC_ONLY)
            return found.model_dump(mode="json")

    def documents(self) -> list[JsonObject]:
        """Return the metadata of every document."""
        with _named("documents"), self._services.database.reading() as reader:
            rows = visible_documents(reader, PUBLIC_ONLY)
        return [PaperBody.of(row).model_dump(mode="json") for row in rows]

    def document(self, document_id: str) -> JsonObject:
        """Return the metadata of one document."""
        with _named("document"):
            return get_document(document_id, self._services).model_dump(mode="json")

    def document_text(self, document_id: str) -> str:
        """Return the stored text of one document."""
        with _named("document text"):
            return get_text(document_id, self._services).text

    def segments(self, document_id: str) -> list[JsonObject]:
        """Return the segments of one document."""
        with _named("segments"), self._services.database.reading() as reader:
            found = segments_of(reader, find_document(reader, document_id, PUBLIC_ONLY))
        values = ({name: getattr(one, name, None) for name in _SEGMENT_FIELDS} for one in found)
        spans = ({"start": one.span.start, "end": one.span.end} for one in found)
        return [_segment(of | span) for of, span in zip(values, spans, strict=True)]

    def describe(self) -> JsonObject:
        """Return settings, encoder and generation."""
        settings = self._services.settings.model_dump(mode="json", exclude={"admin_key", "data_dir"})
        with self._services.database.reading() as reader:
            generation = current_number(reader, Access.PUBLIC)
        return {"kind": "in process", "settings": settings, "generation": generation, **self._description}


@contextmanager
def _named(action: str) -> Iterator[None]:
    """Turn whatever the system under test raises into its failure: a row of its own, not our crash."""
    try:
        yield
    except Exception as error:  # the system under test is foreign code here, as a document is in the sandbox
        raise SystemFailed(action, f"{type(error).__name__}: {error}") from error


class SystemKind(StrEnum):
    """What can be asked: the service, or a system whose score is known beforehand."""

    SERVICE = "service"
    ORACLE = "oracle"
    RANDOM = "random"
    REFUSING = "refusing"


@dataclass(frozen=True, slots=True)
class Choice:
    """Which system to open: a server at `url`, the papers in `data_dir`, or an index made under `work`."""

    kind: SystemKind = SystemKind.SERVICE
    url: str | None = None
    key: str | None = None
    data_dir: Path | None = None
    work: Path = Path(".cache/qa-eval")


@contextmanager
def opened(choice: Choice, dataset: Dataset | None) -> Iterator[System]:
    """Open the chosen system for a set's papers, and close it.

    Raises SystemFailed where there is nothing to open, BadDataset where papers cannot be read.
    """
    if choice.kind is not SystemKind.SERVICE:
        yield _reference_system(choice.kind, dataset)
    elif choice.url is not None:
        yield HttpSystem(choice.url, choice.key)
    elif choice.data_dir is not None:
        settings = Settings(data_dir=choice.data_dir)
        encoder = make_encoder(settings)
        with open_services(settings, encoder) as services:
            yield ServiceSystem(services, _described(encoder))
    elif dataset is not None and dataset.sources:
        with cached_encoder(choice.work) as encoder:
            data_dir = indexed(dataset, choice.work, encoder)
            with open_services(Settings(data_dir=data_dir), encoder) as services:
                yield ServiceSystem(services, _described(encoder))
    else:
        raise SystemFailed("open", "nothing to ask; give --papers, --data-dir or --url")


def _reference_system(kind: SystemKind, dataset: Dataset | None) -> System:
    if dataset is None or not dataset.sources:
        raise SystemFailed("open", f"the {kind.value} system needs a set with its papers")
    papers = corpus_of(dataset)
    if kind is SystemKind.ORACLE:
        return OracleSystem(papers, topics_of(dataset, papers))
    return RandomSystem(papers) if kind is SystemKind.RANDOM else RefusingSystem(papers)
