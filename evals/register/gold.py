"""Rows read by hand, tied to the stored texts: by quotes for papers of our own, by offsets for real ones."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from evals.anchoring import Place
from evals.errors import BadDataset
from evals.jsonl import JsonObject, read_json
from evals.register.found import StoredPaper
from qa_service.domain.spans import Span
from qa_service.store.documents import sha256_of

# Characters that a footer between two pages puts into a sentence at most.
_FOOTER = 60
_SHORT = 16  # characters of a hash that tell a moved text


@dataclass(frozen=True, slots=True)
class GoldRow:
    """A row that the register should hold, at any of its places; where not `required` it may be left out."""

    id: str
    places: tuple[Place, ...]
    facts: JsonObject
    required: bool = True


@dataclass(frozen=True, slots=True)
class GoldLink:
    """Places that report one thing of a commitment: the paper that came and its minute. Either will do."""

    id: str
    commitment: str
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class GoldConflict:
    """Places that do not agree: each side is any of its places."""

    id: str
    kind: str
    sides: tuple[tuple[Place, ...], ...]


@dataclass(frozen=True, slots=True)
class Gold:
    """The rows of some papers, complete: what the register holds of `documents` and is not here is wrong."""

    name: str
    documents: frozenset[str]
    resolutions: tuple[GoldRow, ...]
    commitments: tuple[GoldRow, ...]
    links: tuple[GoldLink, ...]
    conflicts: tuple[GoldConflict, ...]


def days_of(path: Path) -> tuple[date, ...]:
    """Return the days for which a file says how commitments stand. Raises BadDataset."""
    return tuple(date.fromisoformat(day) for day in read_json(path).get("state_dates", ()))


def load_gold(path: Path, papers: Mapping[str, StoredPaper]) -> Gold | None:
    """Return the gold of a file for papers by file name; None where none of its papers is here.

    Rows of papers that are not here are left out. Raises BadDataset where a place does not hold its words.
    """
    raw = read_json(path)
    here = frozenset(raw["papers"]) & papers.keys()
    if not here:
        return None
    find = _Finder(path.name, {name: papers[name] for name in here})
    resolutions = {row["id"]: row for row in raw["resolutions"] if _is_here(row, here)}
    commitments = {row["id"]: row for row in raw["commitments"] if _is_here(row, here)}
    decided = {id_: find.row(row) for id_, row in resolutions.items()}
    return Gold(
        name=path.stem,
        documents=frozenset(papers[name].id for name in here),
        resolutions=tuple(decided.values()),
        commitments=tuple(find.row(row) for row in commitments.values()),
        links=tuple(
            GoldLink(row["id"], row["from"], tuple(find.reports(row)))
            for row in raw["links"]
            if row["from"] in commitments and row["to"]["file"] in here
        ),
        conflicts=(*_printed(raw, here, find), *_worded(raw, decided)),
    )


def _is_here(row: JsonObject, here: frozenset[str]) -> bool:
    return row["file"] in here


def _printed(raw: JsonObject, here: frozenset[str], find: "_Finder") -> Iterator[GoldConflict]:
    for number, row in enumerate(raw["discrepancies"], start=1):
        if all(place["file"] in here for place in row["places"]):
            id_ = row.get("id", f"dis-{number:03}")
            yield GoldConflict(id_, row["kind"], tuple((find.place(id_, place),) for place in row["places"]))


def _worded(raw: JsonObject, decided: Mapping[str, GoldRow]) -> Iterator[GoldConflict]:
    """Yield the decisions that differ from what was recommended, each pair named by its two rows."""
    for row in raw.get("wording", ()):
        pair = [decided.get(row[name]) for name in ("recommended", "resolved")]
        if all(pair):
            id_ = f"{row['recommended']} {row['resolved']}"
            yield GoldConflict(id_, "wording", tuple(side.places for side in pair if side))


class _Finder:
    """Finds the words of gold in the stored papers."""

    def __init__(self, file: str, papers: Mapping[str, StoredPaper]) -> None:
        self._file, self._papers = file, papers

    def row(self, row: JsonObject) -> GoldRow:
        also = [{"quote": row.get("quote"), **place} for place in row.get("also_in", ())]
        places = [self.place(row["id"], place) for place in (row, *also) if place["file"] in self._papers]
        return GoldRow(row["id"], tuple(places), row, row.get("required", True))

    def reports(self, row: JsonObject) -> Iterator[Place]:
        """Yield the places of a link that are here."""
        for place in (row["to"], *row.get("also_in", ())):
            if place["file"] in self._papers:
                yield self.place(row["id"], place)

    def place(self, id_: str, place: JsonObject) -> Place:
        paper = self._papers[place["file"]]
        span = self._given(paper, place) if "start" in place else self._quoted(paper, place)
        if span is None:
            raise BadDataset(self._file, f"{id_}: {paper.file_name} does not hold its words there")
        return Place(paper.id, span)

    @staticmethod
    def _given(paper: StoredPaper, place: JsonObject) -> Span | None:
        words = " ".join(paper.text[place["start"] : place["end"]].split())
        held = sha256_of(words)[:_SHORT] == place["sha256"]
        return Span(place["start"], place["end"]) if held else None

    @staticmethod
    def _quoted(paper: StoredPaper, place: JsonObject) -> Span | None:
        words = [re.escape(word) for word in place["quote"].split()]
        start = paper.page_starts.get(place.get("page") or 0, 0)
        for between in (r"\s+", rf"[\s\S]{{1,{_FOOTER}}}?"):
            if found := re.compile(between.join(words)).search(paper.text, start):
                return Span(found.start(), found.end())
        return None


def gold_place(paper: StoredPaper, span: Span) -> dict[str, Any]:
    """Return a place as gold of real papers keeps it: its offsets and the hash of its words, no word."""
    digest = sha256_of(" ".join(span.of(paper.text).split()))[:_SHORT]
    return {"file": paper.file_name, "start": span.start, "end": span.end, "sha256": digest}
