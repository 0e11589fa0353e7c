"""Who held an office: answered from the rolls of meetings, where a paper gives the role beside the name."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from qa_service.answering.drafts import Draft
from qa_service.answering.rolls import drafts_of
from qa_service.answering.signals import content_stems
from qa_service.answering.weighing import Weighed
from qa_service.domain.access import Access
from qa_service.domain.answers import Filters
from qa_service.domain.documents import AttendanceState, Part
from qa_service.domain.spans import Span
from qa_service.retrieval.question import Reading
from qa_service.store.database import Connection
from qa_service.store.documents import slice_of
from qa_service.store.findings import FoundAttendance, attendance_within

_CHAIRED = re.compile(
    r"^(?:and |so )?who\b[^?]*\b(?:chaired|presided|(?:was|sat|is) in the chair|took the chair)\b"
    r"|^(?:and |so )?who(?:['’]s| is| was)(?: the)? chair(?:man|woman|person)?\b",
    re.IGNORECASE,
)
_TOOK_THE_CHAIR = re.compile(
    r"\b(?:(?:took|in|assumed) the chair|presided|chaired the meeting)\b", re.IGNORECASE
)
_CHAIRS = frozenset({"chair", "chairman", "chairwoman", "chairperson"})
_NO_CHAIRS = frozenset({"vice", "deputy", "co"})
_OF_CHAIRING = frozenset(content_stems("chair chairman chairwoman chairperson chaired presided took sat"))
_OFFICE = re.compile(
    r"^(?:and |so )?who(?:['’]s| is| was| are| were) (?:the|our) (?P<office>[^?]+)", re.IGNORECASE
)
# What stands behind an office and is no part of it: "... who came to the meeting".
_REST = re.compile(r"\b(?:who|that|which|when|at|during|in)\b.*", re.IGNORECASE)
_ENTRY = re.compile(r"[^,;()]+\([^()]+\)")
# "... of Kent County Council": whose office it is limits the papers, and is not printed beside the name.
_OF_WHOM = re.compile(
    r"^[\w-]+['’]s\s+|\s+(?:of|for|at) (?:the |this |our )?(?:[\w'’-]+ )*council\b.*", re.IGNORECASE
)
_HONOURS = re.compile(r"(?:,?\s+[A-Z]{2,5})+$")
_NAME = (
    r"(?:(?:Councillor|Cllr\.?|Mr|Mrs|Ms|Miss|Dr|Sir|Dame|Lord|Lady|Professor)\s+(?:[A-Z][\w.]*\s+){0,2}"
    r"[A-Z][\w’'-]+|[A-Z][a-z]+\s+(?:[A-Z]\.?\s+)?[A-Z][a-z][\w’'-]*)(?:,?\s+[A-Z]{2,5}\b)*"
)
# "Mr Hale, Deputy Leader and Cabinet Member for Roads" holds two.
_OTHER_OFFICE = r"(?:[A-Z]\w+(?:\s+\w+){0,3}\s+and\s+)?"
_LEAST_WORDS = 2  # "the leader", "the officer": too many bear such a name
_MORE_WORDS = 1  # that the paper's name of the office may have more: "Acting", "Corporate"


def holding_office(
    reader: Connection, reading: Reading, weighed: Weighed, filters: Filters, allowed: frozenset[Access]
) -> list[Draft]:
    """Return the lines of the rolls on who held the office that a question names, newest meeting first.

    Each person comes once. None where the question names no office, or no roll gives it beside a name.
    Who chaired is told by a sentence too ("A took the Chair") where no roll gives it.
    """
    text, topic = reading.text, reading.topic
    if _CHAIRED.search(text) and set(content_stems(topic)) <= _OF_CHAIRING:
        lines = [line for line in attendance_within(reader, filters, allowed) if _chairs(line)]
        return _drafts(reader, lines) or _told(weighed)
    asked = _OFFICE.match(text)
    if asked is None:
        return []
    title = _OF_WHOM.sub("", _REST.sub("", asked["office"]))
    office = set(content_stems(title))
    if len(office) < _LEAST_WORDS:
        return _beside_a_name(weighed, title)
    held = [
        (len(more), line)
        for line in attendance_within(reader, filters, allowed)
        if line.role is not None
        and office <= (role := set(content_stems(line.role)))
        and len(more := role - office) <= _MORE_WORDS
    ]
    closest = min((more for more, _ in held), default=0)
    found = _drafts(reader, [line for more, line in held if more == closest])
    return found or _beside_a_name(weighed, title)


def _beside_a_name(weighed: Weighed, office: str) -> list[Draft]:
    """Return the sentences and lines that print an office beside a name, newest first, each person once."""
    if not office.split():
        return []
    title = r"\s+".join(map(re.escape, office.split())) + r"\b(?!\s+(?:for|of)\s+(?!the\s+Council))"
    printed = re.compile(
        rf"(?P<before>{_NAME}),?\s+(?:the\s+)?{_OTHER_OFFICE}(?i:{title})|(?i:{title}),?\s+(?P<behind>{_NAME})"
    )
    found: list[tuple[str, str, Draft]] = []
    for each in weighed.units:
        if (match := printed.search(each.text)) is not None:
            surname = _HONOURS.sub("", match["before"] or match["behind"]).split()[-1].lower()
            held_on = each.passage.segment.held_on
            draft = Draft(each.passage.document_id, each.unit.spans, each.score)
            found.append((held_on.isoformat() if held_on else "", surname, draft))
    firsts: dict[str, Draft] = {}
    for _, surname, draft in sorted(found, key=lambda one: one[0], reverse=True):
        firsts.setdefault(surname, draft)
    return list(firsts.values())


def _told(weighed: Weighed) -> list[Draft]:
    """Return the best sentence of minutes that says who took the chair."""
    for each in weighed.units:
        if each.passage.segment.part is Part.MINUTES and _TOOK_THE_CHAIR.search(each.text):
            return [Draft(each.passage.document_id, each.unit.spans, each.score)]
    return []


def _chairs(line: FoundAttendance) -> bool:
    words = set(re.findall(r"\w+", (line.role or "").lower()))
    return line.state is AttendanceState.PRESENT and bool(words & _CHAIRS) and not words & _NO_CHAIRS


def _drafts(reader: Connection, lines: Sequence[FoundAttendance]) -> list[Draft]:
    """Return drafts of the first line of each person's, known by surname."""
    firsts: dict[str, FoundAttendance] = {}
    for line in lines:
        firsts.setdefault(line.name.split()[-1].lower(), line)
    found = drafts_of(reader, list(firsts.values()), len(firsts))
    return [_narrowed(reader, each, firsts.values()) for each in found]


def _narrowed(reader: Connection, draft: Draft, lines: Iterable[FoundAttendance]) -> Draft:
    """Return the draft cut to one person's entry, where the paper prints the office in brackets behind it."""
    whole = draft.spans[0]
    inside = [each for each in lines if each.document_id == draft.document_id and whole.overlaps(each.span)]
    if len(inside) != 1:
        return draft
    start = inside[0].span.start
    rest = slice_of(reader, inside[0].document_row, Span(start, whole.end))
    entry = _ENTRY.match(rest)
    return replace(draft, spans=(Span(start, start + entry.end()),)) if entry else draft
