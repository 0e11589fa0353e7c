"""Who was there: answered from the rolls, in the paper's own words, never from silence."""

import re
from collections.abc import Sequence

from qa_service.answering.drafts import Draft
from qa_service.domain.access import Access
from qa_service.domain.answers import Filters
from qa_service.domain.documents import AttendanceState
from qa_service.domain.spans import Span, trimmed
from qa_service.store.database import Connection
from qa_service.store.documents import slice_of
from qa_service.store.findings import FoundAttendance, attendance_within

_STATES = (
    (
        re.compile(r"\b(?:apolog\w+|sent (?:their|his|her) regrets)\b", re.IGNORECASE),
        {AttendanceState.APOLOGIES},
    ),
    (
        re.compile(
            r"\b(?:absent|missing|missed|away|not (?:there|present)|didn['’]t (?:come|attend|turn up))\b",
            re.IGNORECASE,
        ),
        {AttendanceState.ABSENT, AttendanceState.APOLOGIES},
    ),
    (
        re.compile(r"\b(?:deput\w+|stands?[ -]in|stood in|substitut\w+|in place of)\b", re.IGNORECASE),
        {AttendanceState.DEPUTY},
    ),
)
_TITLES = frozenset(
    "councillor cllr mr mrs ms miss dr sir dame lord lady professor prof mbe obe cbe the and chairman".split()
)
_SCORE = 9.0  # what a roll says is no matter of likeness


def attended(
    reader: Connection, text: str, filters: Filters, allowed: frozenset[Access], most: int
) -> list[Draft]:
    """Return drafts of the lines on the rolls that the question asks for; none where it names nobody.

    A question names a person ("Was Councillor Hale there?") or a state ("Who sent apologies?"); for a state
    one meeting must be meant.
    """
    lines = attendance_within(reader, filters, allowed)
    named = [line for line in lines if _names(text, line.name)]
    if named:
        return _drafts(reader, named, most)
    wanted = next((states for pattern, states in _STATES if pattern.search(text)), None)
    if wanted is None or len({(line.council, line.body, line.held_on) for line in lines}) != 1:
        return []
    return _drafts(reader, [line for line in lines if line.state in wanted], most)


def _names(text: str, name: str) -> bool:
    """Return whether the question holds the surname, and no other first name before it."""
    words = [word for word in re.findall(r"[\w'’-]+", name) if word.lower().strip(".") not in _TITLES]
    if not words:
        return False
    surname = words[-1]
    match = re.search(rf"(?:\b([A-Z][\w'’-]*)\s+)?\b{re.escape(surname)}\b", text)
    if match is None:
        return False
    before = match[1]
    known = {word.lower() for word in words[:-1]} | _TITLES
    return before is None or before.lower() in known or len(words) == 1 or before.lower() in _STARTERS


_STARTERS = frozenset("was did were is has had who when and or of by with for".split())


def _drafts(reader: Connection, lines: Sequence[FoundAttendance], most: int) -> list[Draft]:
    drafts: dict[tuple[str, Span], Draft] = {}
    for line in lines:
        span = _whole(reader, line)
        drafts.setdefault((line.document_id, span), Draft(line.document_id, (span,), _SCORE))
    return list(drafts.values())[:most]


def _whole(reader: Connection, line: FoundAttendance) -> Span:
    """Return the sentence or line of the roll in which the person stands."""
    segment = reader.query(
        'SELECT start, "end" FROM segment WHERE document_row = :row AND start <= :at AND "end" > :at',
        {"row": line.document_row, "at": line.span.start},
    )[0]
    text = slice_of(reader, line.document_row, Span(segment["start"], segment["end"]))
    at = line.span.start - segment["start"]
    start = max(text.rfind(mark, 0, at) for mark in ("\n\n", ". ", ".\n", ";")) + 1
    ends = [found for mark in ("\n\n", ". ", ".\n", ";") if (found := text.find(mark, at)) != -1]
    end = min(ends, default=len(text) - 1) + 1
    whole = trimmed(text, start, end)
    assert whole is not None  # the person's name lies in it
    return whole.shifted(segment["start"])
