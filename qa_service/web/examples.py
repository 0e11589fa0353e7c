"""Questions to begin with, made of what the papers themselves are about."""

import re
import threading
from collections.abc import Iterator, Sequence

from qa_service.documents.bodies import title_case
from qa_service.domain.access import Access
from qa_service.store.database import Connection
from qa_service.store.generations import current_number
from qa_service.store.overview import Overview
from qa_service.store.subjects import (
    Subject,
    attended_meetings,
    decided_subjects,
    reported_subjects,
    short_forms,
)
from qa_service.web import words

_MOST = 5
_LONGEST_TITLE = 90
_SHORT_FORM = re.compile(r"\(\w+\)")
# What stands on every agenda is nobody's question.
_STANDING_ITEM = re.compile(
    r"apolog|absence|declaration|interest|minutes|deputation|announcement|exclusion|urgent|membership|"
    r"next meeting|agenda|public participation|questions|appendix|recommendation|purpose|introduction|"
    r"conclusion|background|summary|contents|chair|resolved|decision",
    re.IGNORECASE,
)


class Examples:
    """Keeps the examples of the newest generation that was asked for. Thread-safe."""

    def __init__(self) -> None:
        self._kept: tuple[object, tuple[str, ...]] | None = None
        self._lock = threading.Lock()

    def current(self, reader: Connection, overview: Overview, allowed: frozenset[Access]) -> tuple[str, ...]:
        """Return at most five questions, each of another sort where the papers allow."""
        key = tuple(current_number(reader, access) for access in sorted(allowed))
        with self._lock:
            if self._kept is None or self._kept[0] != key:
                self._kept = (key, example_questions(reader, overview, allowed))
            return self._kept[1]


def example_questions(reader: Connection, overview: Overview, allowed: frozenset[Access]) -> tuple[str, ...]:
    """Return at most five questions that the papers have something to say on."""
    decided = _titled(decided_subjects(reader, allowed))
    reported = _titled(reported_subjects(reader, allowed))
    attended = attended_meetings(reader, allowed)
    found = [
        *(f"What was resolved on “{title}”?" for title in decided[:2]),
        *(f"What does the report on “{title}” say?" for title in reported if title not in decided[:2]),
    ][:3]
    found += [f"Who attended the {each.body} meeting on {words.day(each.held_on)}?" for each in attended[:1]]
    found += [f"What does {short} stand for?" for short in short_forms(reader, allowed)[:1]]
    found += _about_meetings(overview)
    return tuple(dict.fromkeys(found))[:_MOST]


def _titled(subjects: Sequence[Subject]) -> list[str]:
    """Return titles worth asking about, each once, one of each body before a second of any."""
    by_body: dict[str | None, list[str]] = {}
    for subject in subjects:
        title = " ".join(subject.title.split()).strip(" .:–-")
        if not title or len(title) > _LONGEST_TITLE or _STANDING_ITEM.search(title):
            continue
        title = (
            _SHORT_FORM.sub(lambda found: found[0].upper(), title_case(title)) if title.isupper() else title
        )
        titles = by_body.setdefault(subject.body, [])
        if title not in titles:
            titles.append(title)
    return list(dict.fromkeys(_in_turn(list(by_body.values()))))


def _in_turn(lists: list[list[str]]) -> Iterator[str]:
    for place in range(max(map(len, lists), default=0)):
        yield from (each[place] for each in lists if place < len(each))


def _about_meetings(overview: Overview) -> Iterator[str]:
    for meeting in overview.meetings:
        if meeting.body and meeting.held_on:
            yield f"What was decided by the {meeting.body} on {words.day(meeting.held_on)}?"
