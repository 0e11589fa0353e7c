"""What the visible papers are about: councils, bodies, meetings and acronyms, for reading a question."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from qa_service.domain.access import Access
from qa_service.store.database import Connection
from qa_service.store.documents import among, day


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

    @property
    def held(self) -> tuple[date, ...]:
        """The dates of all meetings, ascending, each once."""
        return tuple(sorted({meeting.held_on for meeting in self.meetings if meeting.held_on}))


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
    )
