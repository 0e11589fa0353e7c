"""What there is to look through: papers and meetings of one published generation, read once and kept.

A generation never changes, so pages that list and count need no query of their own.
"""

import threading
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date

from qa_service.domain.access import Access
from qa_service.domain.papers import GAP_CODES
from qa_service.errors import NotFound
from qa_service.store.database import Connection
from qa_service.store.documents import among, day
from qa_service.store.generations import current_generation


@dataclass(frozen=True, slots=True)
class PaperLine:
    """One paper as lists show it. `pages` is 0 for a source without pages."""

    id: str
    file_name: str
    title: str
    kind: str
    council: str | None
    body: str | None
    held_on: date | None
    language: str
    added_at: str
    pages: int
    problems: int


@dataclass(frozen=True, slots=True)
class MeetingLine:
    """One meeting with the papers that record it or were written for it. `statuses` are its minutes'."""

    id: str
    council: str | None
    body: str | None
    held_on: date | None
    papers: tuple[PaperLine, ...]
    statuses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Overview:
    """Papers by file name; meetings newest first, undated ones last."""

    papers: tuple[PaperLine, ...]
    meetings: tuple[MeetingLine, ...]

    @property
    def councils(self) -> tuple[str, ...]:
        """Councils by name."""
        return tuple(sorted({each.council for each in self.meetings if each.council}))

    @property
    def bodies(self) -> tuple[tuple[str | None, str], ...]:
        """(council, body), by council and then by body; a body whose council is not known has None."""
        found = {(each.council, each.body) for each in self.meetings if each.body}
        return tuple(sorted(found, key=lambda named: (named[0] is None, named[0] or "", named[1])))

    @property
    def dates(self) -> tuple[date, ...]:
        """The days on which meetings were held, ascending."""
        return tuple(sorted({each.held_on for each in self.meetings if each.held_on}))

    def meeting_of(self, paper_id: str) -> MeetingLine | None:
        """Return the meeting that a paper was written for or records; None where it tells neither."""
        return next(
            (
                meeting
                for meeting in self.meetings
                for paper in meeting.papers
                if paper.id == paper_id
                and (paper.council, paper.body, paper.held_on)
                == (meeting.council, meeting.body, meeting.held_on)
            ),
            None,
        )

    def meeting(self, id_: str) -> MeetingLine:
        """Return a meeting. Raises NotFound."""
        for each in self.meetings:
            if each.id == id_:
                return each
        raise NotFound("meeting", id_)


class Overviews:
    """Keeps the overview of the newest generation that was asked for. Thread-safe."""

    def __init__(self) -> None:
        self._kept: tuple[object, Overview] | None = None
        self._lock = threading.Lock()

    def current(self, reader: Connection, allowed: frozenset[Access]) -> Overview:
        """Return the overview of what one may see in the generation that the transaction sees."""
        found = (current_generation(reader, access) for access in sorted(allowed))
        key = tuple((each.access, each.number) for each in found if each is not None)
        with self._lock:
            if self._kept is None or self._kept[0] != key:
                self._kept = (key, read_overview(reader, allowed))
            return self._kept[1]


def read_overview(reader: Connection, allowed: frozenset[Access]) -> Overview:
    """Return the overview, read from the rows (about a second for a hundred thousand passages)."""
    papers = _papers(reader, allowed)
    return Overview(tuple(papers.values()), tuple(_meetings(reader, allowed, papers)))


def _papers(reader: Connection, allowed: frozenset[Access]) -> dict[int, PaperLine]:
    pages = _counts(reader, "SELECT document_row, count(number) AS n FROM page GROUP BY document_row")
    problems = _counts(
        reader,
        f"SELECT document_row, count(*) AS n FROM problem WHERE code IN {GAP_CODES} GROUP BY document_row",  # noqa: S608 - constants
    )
    return {
        row["row"]: PaperLine(
            row["id"],
            row["file_name"],
            row["title"],
            row["kind"],
            row["council"],
            row["body"],
            day(row["held_on"]),
            row["language"],
            row["added_at"],
            pages[row["row"]],
            problems[row["row"]],
        )
        for row in reader.query(
            f"SELECT * FROM visible_document WHERE access IN {among(allowed)} ORDER BY file_name, id"  # noqa: S608 - an enumeration
        )
    }


def _counts(reader: Connection, sql: str) -> Counter[int]:
    return Counter({row["document_row"]: row["n"] for row in reader.query(sql)})


def _meetings(
    reader: Connection, allowed: frozenset[Access], papers: dict[int, PaperLine]
) -> list[MeetingLine]:
    held: defaultdict[tuple[str | None, ...], set[int]] = defaultdict(set)
    statuses: defaultdict[tuple[str | None, ...], set[str]] = defaultdict(set)
    for row in reader.query(
        "SELECT DISTINCT document_row, council, body, held_on, status, part FROM segment"
    ):
        if row["document_row"] in papers:
            key = (row["council"], row["body"], row["held_on"])
            held[key].add(row["document_row"])
            if row["part"] == "minutes":
                statuses[key].add(row["status"])
    found = []
    for row in reader.query(f"SELECT * FROM meeting WHERE access IN {among(allowed)}"):  # noqa: S608
        key = (row["council"], row["body"], row["held_on"])
        lines = sorted((papers[each] for each in held[key]), key=lambda paper: (paper.title, paper.id))
        if lines:
            found.append(
                MeetingLine(row["id"], *key[:2], day(key[2]), tuple(lines), tuple(sorted(statuses[key])))
            )
    return sorted(found, key=_newest_first)


def _newest_first(meeting: MeetingLine) -> tuple[float, str, str, str]:
    age = -meeting.held_on.toordinal() if meeting.held_on else float("inf")
    return age, meeting.council or "", meeting.body or "", meeting.id
