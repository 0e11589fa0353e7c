"""Passages: what is ranked, with its quotable units and their vectors."""

import hashlib
import json
import logging
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from qa_service.domain.access import Access
from qa_service.domain.documents import DocumentKind, Part, Segment, Status
from qa_service.domain.passages import Passage, Unit, UnitKind
from qa_service.domain.spans import Span
from qa_service.store.database import Connection, Row
from qa_service.store.documents import KIND_OF_PART, among, segment_from
from qa_service.store.unit_vectors import UnitVectors, WordVectors, sentences_in, sentences_out, words_in

log = logging.getLogger(__name__)

# So many passages are kept of one read transaction at most; a question reads a few hundred.
_MOST_KEPT = 1000


@dataclass(frozen=True, slots=True)
class StoredPassage:
    """A passage as ranking needs it: its row, its text and units, and the units' vectors.

    `unit_vectors`: float32, shape (len(units), dim), norm 1 to within the 1/127 of int8 storage.
    `unit_words`: those of the units' word pieces.
    """

    row: int
    id: str
    document_row: int
    document_id: str
    file_name: str
    title: str
    kind: DocumentKind
    segment: Segment
    span: Span
    header: str
    text: str
    units: tuple[Unit, ...]
    unit_vectors: NDArray[np.float32]
    unit_words: WordVectors
    boilerplate: bool


def insert_passage(
    writer: Connection,
    document_row: int,
    passage: Passage,
    text: str,
    tokens: int,
    vectors: UnitVectors,
) -> int:
    """Write one passage; return its row. `text` is the exact slice that its span covers."""
    units = _units_out(passage.units)
    sentences = sentences_out(vectors.sentences)
    return writer.execute(
        """INSERT INTO passage (id, document_row, segment, start, "end", header, text, boilerplate, tokens,
                                units, unit_vectors, word_vectors, sha256)
           VALUES (:id, :document_row, :segment, :start, :end, :header, :text, :boilerplate, :tokens,
                   :units, :unit_vectors, :word_vectors, :sha256)""",
        {
            "id": passage.id,
            "document_row": document_row,
            "segment": passage.segment_ordinal,
            "start": passage.span.start,
            "end": passage.span.end,
            "header": passage.header,
            "text": text,
            "boilerplate": int(passage.boilerplate),
            "tokens": tokens,
            "units": units,
            "unit_vectors": sentences,
            "word_vectors": vectors.words,
            "sha256": _sha256(passage.header, text, units, sentences, vectors.words),
        },
    )


def fetch_passages(
    reader: Connection, rows: Sequence[int], allowed: frozenset[Access]
) -> dict[int, StoredPassage]:
    """Return passages by row; those that are not visible, or not allowed, are left out.

    One that is not what was stored is withheld, and logged. In one read transaction each is read once.
    """
    kept: dict[int, StoredPassage | None] = reader.once((fetch_passages, allowed), dict)
    if len(kept) > _MOST_KEPT:
        kept.clear()
    if wanted := [row for row in rows if row not in kept]:
        kept |= dict.fromkeys(wanted) | _read(reader, wanted, allowed)
    found = {row: kept[row] for row in sorted(rows)}
    return {row: passage for row, passage in found.items() if passage is not None}


def _read(reader: Connection, rows: Sequence[int], allowed: frozenset[Access]) -> dict[int, StoredPassage]:
    found = reader.query(
        f"""SELECT passage.row AS passage_row, passage.id AS passage_id, passage.start AS from_,
                   passage."end" AS to_, passage.header, passage.text, passage.boilerplate, passage.units,
                   passage.unit_vectors, passage.word_vectors, passage.sha256 AS passage_sha256,
                   d.row AS document_row, d.id AS document_id, d.file_name, d.title,
                   d.kind AS document_kind, segment.*
            FROM passage
            JOIN visible_document AS d ON d.row = passage.document_row
            JOIN segment ON segment.document_row = d.row AND segment.ordinal = passage.segment
            WHERE passage.row IN (SELECT value FROM json_each(:rows)) AND d.access IN {among(allowed)}""",  # noqa: S608
        {"rows": json.dumps(list(rows))},
    )
    return {row["passage_row"]: _stored(row) for row in found if _is_whole(row, row["passage_sha256"])}


def damaged_passages(reader: Connection) -> Iterator[str]:
    """Yield the id of every passage that is not what was stored."""
    columns = "id, header, text, units, unit_vectors, word_vectors, sha256"
    for row in reader.stream(f"SELECT {columns} FROM passage"):  # noqa: S608 - names alone
        if not _is_whole(row, row["sha256"]):
            yield row["id"]


def passages_of_minute(
    reader: Connection, passage: StoredPassage, allowed: frozenset[Access]
) -> list[StoredPassage]:
    """Return the passages of the minute that a passage stands in, itself among them, in order."""
    segment = passage.segment
    rows = reader.query(
        """SELECT passage.row FROM passage
           JOIN segment ON segment.document_row = passage.document_row AND segment.ordinal = passage.segment
           WHERE passage.document_row = :document AND segment.part = :part AND segment.held_on IS :held_on
             AND segment.minute IS :minute AND segment.item IS :item AND segment.heading IS :heading
           ORDER BY passage.start""",
        {
            "document": passage.document_row,
            "part": segment.part.value,
            "held_on": segment.held_on.isoformat() if segment.held_on else None,
            "minute": segment.minute,
            "item": segment.item,
            "heading": segment.heading,
        },
    )
    found = fetch_passages(reader, [row["row"] for row in rows], allowed)
    return [found[row["row"]] for row in rows if row["row"] in found]


def passage_at(
    reader: Connection, document_row: int, offset: int, allowed: frozenset[Access]
) -> StoredPassage | None:
    """Return the passage in which a character of a document lies; None where none holds it."""
    row = reader.value(
        """SELECT row FROM passage WHERE document_row = :document AND start <= :at AND "end" > :at
           ORDER BY start DESC LIMIT 1""",
        {"document": document_row, "at": offset},
    )
    return None if row is None else fetch_passages(reader, [row], allowed).get(row)


def passages_at(
    reader: Connection, places: Sequence[tuple[int, int]], allowed: frozenset[Access]
) -> list[StoredPassage | None]:
    """Return as `passage_at` of each (row of a document, offset): all are read at once."""
    rows = reader.query(
        """SELECT (SELECT row FROM passage WHERE document_row = json_extract(place.value, '$[0]')
                     AND start <= json_extract(place.value, '$[1]')
                     AND "end" > json_extract(place.value, '$[1]')
                   ORDER BY start DESC LIMIT 1) AS row
           FROM json_each(:places) AS place ORDER BY place.key""",
        {"places": json.dumps(list(places))},
    )
    found = fetch_passages(reader, [row["row"] for row in rows if row["row"] is not None], allowed)
    return [found.get(row["row"]) for row in rows]


def passages_between(
    reader: Connection, document_row: int, span: Span, allowed: frozenset[Access]
) -> list[StoredPassage]:
    """Return the passages of a document that reach into a span, in order."""
    rows = reader.query(
        """SELECT row FROM passage WHERE document_row = :document AND start < :to AND "end" > :since
           ORDER BY start""",
        {"document": document_row, "since": span.start, "to": span.end},
    )
    found = fetch_passages(reader, [row["row"] for row in rows], allowed)
    return [found[row["row"]] for row in rows if row["row"] in found]


def opening_passages(
    reader: Connection, document_row: int, most: int, allowed: frozenset[Access]
) -> list[StoredPassage]:
    """Return at most `most` passages with which a document begins, in order."""
    rows = reader.query(
        "SELECT row FROM passage WHERE document_row = :document ORDER BY start LIMIT :most",
        {"document": document_row, "most": most},
    )
    found = fetch_passages(reader, [row["row"] for row in rows], allowed)
    return [found[row["row"]] for row in rows if row["row"] in found]


def find_passage_row(reader: Connection, passage_id: str) -> int | None:
    """Return the row of a passage id; None if unknown. Visibility is fetch_passages' to check."""
    row: int | None = reader.value("SELECT row FROM passage WHERE id = :id", {"id": passage_id})
    return row


@dataclass(frozen=True, slots=True)
class IndexedPassage:
    """What the indexes of a generation hold of a passage."""

    row: int
    document: str
    council: str | None
    body: str | None
    held_on: str | None
    kinds: frozenset[DocumentKind]
    boilerplate: bool
    header: str
    content: str
    part: Part = Part.OTHER
    item: str | None = None
    status: Status = Status.UNKNOWN
    is_reissue: bool = False
    language: str = "en"

    @property
    def item_of_paper(self) -> str | None:
        """The item whose paper this is; None in minutes, which are one paper whatever the item."""
        return None if self.part is Part.MINUTES else self.item


def passages_to_index(writer: Connection, access: Access, generation: int) -> Iterator[IndexedPassage]:
    """Yield every passage visible in a generation that is being built, by row."""
    rows = writer.stream(
        """SELECT passage.row, passage.header, passage.text, passage.start AS from_, passage.units,
                  passage.boilerplate, d.id AS document, d.kind, segment.council, segment.body,
                  segment.held_on, segment.part, segment.item, segment.status, segment.language,
                  EXISTS (SELECT 1 FROM reissue WHERE reissue.document_row = d.row) AS is_reissue
           FROM passage
           JOIN document AS d ON d.row = passage.document_row
           JOIN segment ON segment.document_row = d.row AND segment.ordinal = passage.segment
           WHERE d.access = :access AND d.from_gen <= :generation
             AND (d.to_gen IS NULL OR d.to_gen > :generation)
           ORDER BY passage.row""",
        {"access": access.value, "generation": generation},
    )
    for row in rows:
        kinds = {DocumentKind(row["kind"]), KIND_OF_PART[Part(row["part"])]}
        yield IndexedPassage(
            row["row"],
            row["document"],
            row["council"],
            row["body"],
            row["held_on"],
            frozenset(kinds),
            bool(row["boilerplate"]),
            row["header"],
            content_of(row["text"], row["from_"], units_in(row["units"])),
            Part(row["part"]),
            row["item"],
            Status(row["status"]),
            bool(row["is_reissue"]),
            row["language"],
        )


def content_of(text: str, start: int, units: Iterable[Unit]) -> str:
    """Return the units' words without the page marks between them. `text` begins at `start`."""
    return "\n".join(text[span.start - start : span.end - start] for unit in units for span in unit.spans)


def _is_whole(row: Row, sha256: bytes) -> bool:
    parts = (row["header"], row["text"], row["units"], row["unit_vectors"], row["word_vectors"])
    whole = _sha256(*parts) == sha256
    if not whole:
        log.error("integrity failure: passage withheld", extra={"passage": row.get("passage_id")})
    return whole


def _stored(row: Row) -> StoredPassage:
    units = units_in(row["units"])
    return StoredPassage(
        row["passage_row"],
        row["passage_id"],
        row["document_row"],
        row["document_id"],
        row["file_name"],
        row["title"],
        DocumentKind(row["document_kind"]),
        segment_from(row, row["document_id"]),
        Span(row["from_"], row["to_"]),
        row["header"],
        row["text"],
        units,
        sentences_in(row["unit_vectors"], len(row["unit_vectors"]) // max(len(units), 1)),
        words_in(row["word_vectors"], len(units)),
        bool(row["boilerplate"]),
    )


def _sha256(header: str, text: str, units: str, sentences: bytes, words: bytes) -> bytes:
    """Return the SHA-256 of what a passage is, each part behind its length: no two passages read alike."""
    digest = hashlib.sha256()
    for part in (header.encode(), text.encode(), units.encode(), sentences, *([words] if words else [])):
        digest.update(len(part).to_bytes(8, "big") + part)
    return digest.digest()


def _units_out(units: Iterable[Unit]) -> str:
    return json.dumps(
        [[unit.kind.value, unit.lead, [[span.start, span.end] for span in unit.spans]] for unit in units],
        separators=(",", ":"),
    )


_UNIT_KINDS = {kind.value: kind for kind in UnitKind}


def units_in(text: str) -> tuple[Unit, ...]:
    """Return the units of a passage, in order, as its row holds them."""
    return tuple(
        Unit(_UNIT_KINDS[kind], tuple(Span(start, end) for start, end in spans), lead)
        for kind, lead, spans in json.loads(text)
    )
