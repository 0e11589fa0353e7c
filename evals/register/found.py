"""The register of a data directory, read as the API gives it out, and whether its citations hold."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from evals.anchoring import Place
from qa_service.api.bodies import CitationBody
from qa_service.api.register_bodies import CommitmentBody, CopyBody, ResolutionBody
from qa_service.api.register_conflicts import conflicts
from qa_service.api.registering import every_commitment, every_resolution
from qa_service.domain.access import PUBLIC_ONLY
from qa_service.domain.register import RegisterQuery, Verdicts
from qa_service.domain.spans import Span
from qa_service.store.database import Connection, Database
from qa_service.store.documents import pages_of, sha256_of, text_of, visible_documents


@dataclass(frozen=True, slots=True)
class StoredPaper:
    """A paper as stored. `page_starts`: offset of each page by its number; empty where it has no pages."""

    id: str
    file_name: str
    text: str
    page_starts: dict[int, int]


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the register: every place that prints it, and what the register says of it by field."""

    id: str
    places: tuple[Place, ...]
    facts: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Link:
    """A place of a later paper that the register takes for a report on a commitment."""

    commitment: Row
    place: Place
    says: str


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Places that the register says do not agree."""

    kind: str
    note: str
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Register:
    """What a data directory holds. `uncited` names the rows whose words are not the paper's at that place."""

    papers: tuple[StoredPaper, ...]
    resolutions: tuple[Row, ...]
    commitments: tuple[Row, ...]
    links: tuple[Link, ...]
    conflicts: tuple[Disagreement, ...]
    uncited: tuple[str, ...] = field(default=())

    def words(self, place: Place) -> str:
        """Return what stands at a place, white space folded; "" for a paper that is not here."""
        text = next((paper.text for paper in self.papers if paper.id == place.document_id), "")
        return " ".join(place.span.of(text).split()) if place.span.end <= len(text) else ""


def read_register(data_dir: Path, days: Sequence[date]) -> Register:
    """Return the register as it stands, with the state of each commitment on some days.

    Raises StoreError for what is no data directory.
    """
    database = Database(data_dir)
    try:
        with database.reading() as reader:
            return _read(reader, days)
    finally:
        database.close()


def _read(reader: Connection, days: Sequence[date]) -> Register:
    papers = {row["id"]: _paper(reader, row) for row in visible_documents(reader, PUBLIC_ONLY)}
    everything = RegisterQuery()
    decided = list(every_resolution(reader, everything, PUBLIC_ONLY))
    promised = list(every_commitment(reader, everything, Verdicts(), date.max, PUBLIC_ONLY))
    states = _states(reader, days)
    differing = conflicts(reader, everything, [], PUBLIC_ONLY).conflicts
    rows = {body.id: _commitment(body, states[body.id]) for body in promised}
    cited = [
        *((body.id, body.citation) for body in decided),
        *((body.id, body.citation) for body in promised),
        *((f"link of {body.id}", link.citation) for body in promised for link in body.follow_ups),
        *((f"conflict: {body.note}", citation) for body in differing for citation in body.citations),
    ]
    return Register(
        papers=tuple(papers.values()),
        resolutions=tuple(_resolution(body) for body in decided),
        commitments=tuple(rows.values()),
        links=tuple(
            Link(rows[body.id], _place(link.citation), link.says.value)
            for body in promised
            for link in body.follow_ups
        ),
        conflicts=tuple(
            Disagreement(body.kind, body.note, tuple(_place(each) for each in body.citations))
            for body in differing
        ),
        uncited=tuple(uncited(cited, papers)),
    )


def _paper(reader: Connection, row: dict[str, Any]) -> StoredPaper:
    starts = {page["number"]: page["start"] for page in pages_of(reader, row["row"])}
    return StoredPaper(row["id"], row["file_name"], text_of(reader, row["row"]), starts)


def _states(reader: Connection, days: Sequence[date]) -> dict[str, dict[str, str]]:
    states: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for day in days:
        for body in every_commitment(reader, RegisterQuery(), Verdicts(), day, PUBLIC_ONLY):
            states[body.id][day.isoformat()] = body.state.value
    return states


def uncited(cited: Sequence[tuple[str, CitationBody]], papers: Mapping[str, StoredPaper]) -> Iterator[str]:
    """Yield the names of citations whose words or hash are not those of their paper (by id) at the place."""
    for name, citation in cited:
        paper = papers.get(citation.document.id)
        words = paper.text[citation.start : citation.end] if paper else ""
        if not words.strip() or words != citation.quote or sha256_of(words) != citation.sha256:
            yield name


def _resolution(body: ResolutionBody) -> Row:
    facts = {
        "standing": body.standing.value,
        "council": body.council,
        "body": body.body,
        "held_on": body.held_on and body.held_on.isoformat(),
        "minute": body.minute,
    }
    return Row(body.id, _places(body.citation, body.also_in), facts)


def _commitment(body: CommitmentBody, states: dict[str, str]) -> Row:
    facts = {
        "standing": body.standing.value,
        "council": body.council,
        "body": body.body,
        "made_at": body.made_at and body.made_at.isoformat(),
        "due": body.due and body.due.isoformat(),
        "owner": body.owner,
        "states": states,
    }
    return Row(body.id, _places(body.citation, body.also_in), facts)


def _places(citation: CitationBody, copies: Sequence[CopyBody]) -> tuple[Place, ...]:
    return _place(citation), *(Place(copy.document, Span(copy.start, copy.end)) for copy in copies)


def _place(citation: CitationBody) -> Place:
    return Place(citation.document.id, Span(citation.start, citation.end))
