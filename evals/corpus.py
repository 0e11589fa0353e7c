"""The papers as the system under test stores them: texts, pages, metadata; what scoring reads."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from functools import lru_cache

from evals.errors import BadDataset
from evals.folding import FoldedText
from evals.jsonl import JsonObject
from qa_service.domain.access import Access
from qa_service.domain.spans import Span


@dataclass(frozen=True, slots=True)
class StoredPage:
    """One page as stored: `number` counts from 1 in the file, `label` is as printed."""

    number: int
    label: str | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class StoredSegment:
    """What the store says of one stretch of a document: whose it is, of which meeting, and where in it.

    `part` is the paper inside the file, a value of `qa_service.domain.documents.Part`.
    """

    start: int
    end: int
    council: str | None = None
    body: str | None = None
    held_on: str | None = None
    item: str | None = None
    minute: str | None = None
    paragraph: str | None = None
    part: str | None = None


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """One document as stored, with its normalised text. `access` is a level of `qa_service.domain.access`.

    `segments` is empty where the system does not tell them.
    """

    id: str
    file_name: str
    title: str
    text: str
    sha256: str
    kind: str | None = None
    council: str | None = None
    body: str | None = None
    held_on: str | None = None
    access: str = Access.PUBLIC.value
    pages: tuple[StoredPage, ...] = ()
    segments: tuple[StoredSegment, ...] = ()

    def segment_at(self, offset: int) -> StoredSegment | None:
        """Return the segment in which a character lies, None where the system does not tell."""
        return next((one for one in self.segments if one.start <= offset < one.end), None)

    def page(self, number: int) -> StoredPage | None:
        """Return the page of that number, None where there is none."""
        return next((page for page in self.pages if page.number == number), None)

    def page_at(self, offset: int) -> StoredPage | None:
        """Return the page on which a character lies, None for a source without pages."""
        return next((page for page in self.pages if page.start <= offset < page.end), None)

    def at(self, start: int, end: int) -> str | None:
        """Return the slice, None where [start, end) is no span of this text."""
        return self.text[start:end] if 0 <= start < end <= len(self.text) else None


def document_from_json(meta: JsonObject, text: str) -> StoredDocument:
    """Return a document from its metadata (`GET /v1/documents/{id}`) and its text.

    `pages` may name `start`, `end` beside each page or a `span` of both.
    """
    pages = tuple(
        StoredPage(int(page["number"]), page.get("label"), *_ends(page)) for page in meta.get("pages") or ()
    )
    return StoredDocument(
        id=str(meta["id"]),
        file_name=str(meta["file_name"]),
        title=str(meta.get("title") or meta["file_name"]),
        text=text,
        sha256=str(meta.get("sha256") or ""),
        kind=meta.get("kind"),
        council=meta.get("council"),
        body=meta.get("body"),
        held_on=meta.get("held_on"),
        access=str(meta.get("access") or Access.PUBLIC.value),
        pages=pages,
        segments=tuple(StoredSegment(**segment) for segment in meta.get("segments") or ()),
    )


def _ends(page: JsonObject) -> tuple[int, int]:
    span = page.get("span") or page
    return (int(span["start"]), int(span["end"]))


def metadata_of(document: StoredDocument) -> JsonObject:
    """Return the metadata from which `document_from_json` makes the document again."""
    return {
        "id": document.id,
        "file_name": document.file_name,
        "title": document.title,
        "sha256": document.sha256,
        "kind": document.kind,
        "council": document.council,
        "body": document.body,
        "held_on": document.held_on,
        "access": document.access,
        "pages": [
            {"number": page.number, "label": page.label, "start": page.start, "end": page.end}
            for page in document.pages
        ],
        "segments": [asdict(segment) for segment in document.segments],
    }


class Corpus:
    """The stored documents that gold or a reply names, by id and by file name."""

    def __init__(self, documents: Iterable[StoredDocument]) -> None:
        self.documents = {document.id: document for document in documents}
        self._by_file: dict[str, list[StoredDocument]] = {}
        for document in self.documents.values():
            self._by_file.setdefault(document.file_name, []).append(document)

    def get(self, document_id: str) -> StoredDocument | None:
        """Return the document of that id, None where the index holds none."""
        return self.documents.get(document_id)

    def of_file(self, file: str) -> StoredDocument:
        """Return the one document read from a file of this name.

        Raises BadDataset where there is none, or several with different bytes.
        """
        found = self._by_file.get(file, [])
        if not found:
            raise BadDataset(file, "the system under test holds no such file; ingest it, or mend the name")
        if len({document.sha256 for document in found}) > 1:
            raise BadDataset(
                file, f"{len(found)} different documents have this name; gold cannot tell them apart"
            )
        return found[0]

    def holds(self, file: str) -> bool:
        """Return whether a document was read from a file of this name."""
        return file in self._by_file

    def folded(self, document: StoredDocument) -> FoldedText:
        """Return the text of a document with white space folded, made once."""
        return _folded(document.text)

    def containing(self, words: str) -> list[StoredDocument]:
        """Return every document in whose folded text the folded words occur, by file name."""
        return sorted(
            (document for document in self.documents.values() if words in self.folded(document).text),
            key=lambda document: document.file_name,
        )


@lru_cache(maxsize=2048)
def _folded(text: str) -> FoldedText:
    return FoldedText(text)


def span_of(document: StoredDocument, start: int, end: int) -> Span | None:
    """Return the span, None where the offsets are no span of the document's text."""
    return Span(start, end) if 0 <= start < end <= len(document.text) else None
