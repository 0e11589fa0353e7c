"""What the visible papers are about: councils, bodies, meetings, acronyms, words, for reading a question."""

import threading
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from qa_service.domain.access import Access
from qa_service.store.database import Connection
from qa_service.store.documents import among, day
from qa_service.store.generations import current_number
from qa_service.store.vocabulary import Vocabulary, read_vocabulary


@dataclass(frozen=True, slots=True)
class CataloguedMeeting:
    """A meeting that at least one visible segment records or is written for."""

    council: str | None
    body: str | None
    held_on: date | None


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Names as stored. `acronyms` gives, for a short form, each long form with the bodies that define it."""

    documents: int
    councils: tuple[str, ...]
    bodies: tuple[tuple[str | None, str], ...]
    meetings: tuple[CataloguedMeeting, ...]
    acronyms: Mapping[str, Mapping[str, frozenset[str]]]
    vocabulary: Vocabulary = field(default_factory=Vocabulary)

    @property
    def held(self) -> tuple[date, ...]:
        """The dates of all meetings, ascending, each once."""
        return tuple(sorted({meeting.held_on for meeting in self.meetings if meeting.held_on}))


class Catalogues:
    """Keeps the catalogue of the newest generation that was asked for, for each set of levels. Thread-safe.

    Read anew it costs 90 ms of each question at 100,000 passages.
    """

    def __init__(self) -> None:
        self._kept: dict[frozenset[Access], tuple[tuple[int, ...], Catalogue]] = {}
        self._lock = threading.Lock()

    def current(self, reader: Connection, allowed: frozenset[Access]) -> Catalogue:
        """Return the catalogue of what one may see in the generation that the transaction sees."""
        key = tuple(current_number(reader, access) for access in sorted(allowed))
        with self._lock:
            kept = self._kept.get(allowed)
            if kept is None or kept[0] != key:
                kept = self._kept[allowed] = (key, read_catalogue(reader, allowed))
            return kept[1]


def read_catalogue(reader: Connection, allowed: frozenset[Access]) -> Catalogue:
    """Return the catalogue of what one may see."""
    meetings = [
        CataloguedMeeting(row["council"], row["body"], day(row["held_on"]))
        for row in reader.query(
            f"""SELECT DISTINCT segment.council, segment.body, segment.held_on
                FROM segment JOIN visible_document AS d ON d.row = segment.document_row
                WHERE d.access IN {among(allowed)}
                  AND (segment.council IS NOT NULL OR segment.body IS NOT NULL)"""  # noqa: S608 - an enumeration
        )
    ]
    acronyms: defaultdict[str, defaultdict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for row in reader.query(
        f"""SELECT acronym.short, acronym.long, d.council, d.body
            FROM acronym JOIN visible_document AS d ON d.row = acronym.document_row
            WHERE d.access IN {among(allowed)}"""  # noqa: S608
    ):
        acronyms[row["short"]][row["long"]].add(f"{row['council'] or ''}|{row['body'] or ''}")
    return Catalogue(
        documents=int(
            reader.value(f"SELECT count(*) FROM visible_document WHERE access IN {among(allowed)}")  # noqa: S608
        ),
        councils=tuple(sorted({each.council for each in meetings if each.council})),
        bodies=tuple(
            sorted(
                {(each.council, each.body) for each in meetings if each.body},
                key=lambda b: (b[1], b[0] or ""),
            )
        ),
        meetings=tuple(meetings),
        acronyms={
            short: {long: frozenset(where) for long, where in longs.items()}
            for short, longs in acronyms.items()
        },
        vocabulary=read_vocabulary(reader, allowed),
    )
