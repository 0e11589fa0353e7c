"""Who held an office: answered from the rolls of meetings, where a paper gives the role beside the name."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from qa_service.answering.drafts import Draft
from qa_service.answering.printed_offices import in_charge, printed_beside_a_name, signatures
from qa_service.answering.rolls import drafts_of
from qa_service.answering.signals import content_stems
from qa_service.answering.weighing import Weighed, text_of
from qa_service.domain.access import Access
from qa_service.domain.answers import Filters
from qa_service.domain.documents import AttendanceState, Part
from qa_service.domain.passages import UnitKind
from qa_service.domain.spans import Span
from qa_service.retrieval.chair_asked import asks_who_chaired
from qa_service.retrieval.places import place_of
from qa_service.retrieval.question import Reading
from qa_service.store.database import Connection
from qa_service.store.documents import slice_of
from qa_service.store.findings import FoundAttendance, attendance_within
from qa_service.store.minuted import minutes_holding

_CHAIR = r"chair(?:man|woman|person)?"
TOOK_THE_CHAIR = re.compile(
    r"\b(?:(?:took|in|assumed) the chair|presided|chaired the meeting)\b", re.IGNORECASE
)
# Told where nothing else is: who was elected at that meeting, or is named as its chair in a sentence.
_NAMED_CHAIR = re.compile(
    rf"\b(?:elected|appointed)\s+(?:(?:as|to|be|the)\s+)*{_CHAIR}\b"
    rf"(?!\s+of\s+(?!the\s+(?:panel|committee|council|board|cabinet|meeting)\b))"
    rf"|\bthe\s+{_CHAIR},\s+(?:councillor|cllr|mr|mrs|ms|miss|dr)\b|\belect(?:ed)?\b[^.]*\bto\s+the\s+chair\b",
    re.IGNORECASE,
)
_MOST_PASSAGES = 200
_IN_THE_CHAIR = re.compile(r"\bin the chair\b")  # a vice-chair too
_CHAIRS = frozenset({"chair", "chairman", "chairwoman", "chairperson"})
_NO_CHAIRS = frozenset({"vice", "deputy", "co"})
OF_CHAIRING = frozenset(
    content_stems(
        "chair chairman chairwoman chairperson chaired chairs presided presides presiding took sat ran run "
        "runs running led lead leads leading headed hosted charge control overall gavel "
        "special annual ordinary extraordinary monthly"
    )
)
_OFFICE = re.compile(
    r"^(?:and |so )?who(?:['’]s| is| was| are| were) (?:the|our) (?P<office>[^?]+)", re.IGNORECASE
)
# "Who is chief executive of Kent?": two small words at least, for a name is no office.
_BARE_OFFICE = re.compile(
    r"^(?:and |so )?who(?:['’]s| is| was) (?P<office>(?!in\b|on\b|at\b)(?-i:[a-z][a-z-]+ [a-z][a-z-]+)\b"
    r"[^?]*)",
    re.IGNORECASE,
)
# "Whose name is on the agenda as its clerk?", "Who came to Cabinet as monitoring officer?"
_AS_OFFICE = re.compile(
    r"^(?:and |so )?(?:who|whose|which (?:person|officer|councillor|member))\b[^?]*?\bas "
    r"(?:(?:the|its|our|their|an?) )?(?P<office>[^?]+)",
    re.IGNORECASE,
)
_SITS_ON = re.compile(
    r"^(?:and |so )?(?:who|which (?:councillors|members))(?: all)?\s+(?:sits?|sat|serves?|served|is|are)"
    r"\s+on\b"
    r"|^(?:and |so )?who\s+(?:are|were)\s+(?:all\s+)?(?:the\s+)?members\b",
    re.IGNORECASE,
)
_SIGNED = re.compile(
    r"^(?:and |so )?(?:whose (?:name|signature)|who (?:signed|signs|issued|issues|sent out))\b[^?]*"
    r"\b(?:agenda|notice|summons)\b",
    re.IGNORECASE,
)
_OF_THE_BODY = frozenset({AttendanceState.PRESENT, AttendanceState.APOLOGIES, AttendanceState.ABSENT})
_ON_A_FRONT = re.compile(r"\b(?:agenda|notice|front|cover|summons|head|foot)\b", re.IGNORECASE)
# What stands behind an office and is no part of it: "... who came to the meeting".
_REST = re.compile(r"\b(?:who|that|which|when|at|during|in|on)\b.*", re.IGNORECASE)
_ENTRY = re.compile(r"[^,;()]+\([^()]+\)")
# "Chairman:" above or before one name.
_CHAIR_LABEL = re.compile(
    rf"^[ \t*]*(?:(?:present )?in (?:the )?)?{_CHAIR}\s*:[\s*\\]*(?:(?:Councillor|Cllr\.?)\s+)?\Z",
    re.IGNORECASE | re.MULTILINE,
)
# "... of Kent County Council": whose office it is limits the papers, and is not printed beside the name.
_OF_WHOM = re.compile(
    r"^[\w-]+['’]s\s+|\s+(?:of|for|at) (?:the |this |our )?(?:[\w'’-]+ )*council\b.*", re.IGNORECASE
)
_LEAST_WORDS = 2  # "the leader", "the officer": too many bear such a name
_MORE_WORDS = 1  # that the paper's name of the office may have more: "Acting", "Corporate"


def holding_office(
    reader: Connection, reading: Reading, weighed: Weighed, filters: Filters, allowed: frozenset[Access]
) -> list[Draft]:
    """Return the lines of the rolls on who held the office that a question names, newest meeting first.

    Each person comes once. None where the question names no office, or no roll gives it beside a name.
    Who chaired is told by a sentence too ("A took the Chair") where no roll gives it.
    """
    text = reading.text
    if asks_for_chair(reading):
        lines = [line for line in attendance_within(reader, filters, allowed) if chairs(line)]
        return _drafts(reader, lines) or _told(reader, weighed, filters, allowed)
    if filters.bodies and _SITS_ON.search(text):
        return _members(reader, attendance_within(reader, filters, allowed))
    asked = _OFFICE.match(text) or _AS_OFFICE.match(text) or _BARE_OFFICE.match(text)
    if asked is None:
        return signatures(reader, weighed) if _SIGNED.search(text) else in_charge(weighed, text)
    title = _OF_WHOM.sub("", _REST.sub("", _without_places(asked["office"], filters)))
    office = set(content_stems(title))
    on_fronts = _ON_A_FRONT.search(text) is not None
    if len(office) < _LEAST_WORDS or on_fronts:
        found = printed_beside_a_name(reader, weighed, title, on_fronts=on_fronts)
        return found or in_charge(weighed, text)
    held = [
        (len(more), line)
        for line in attendance_within(reader, filters, allowed)
        if line.role is not None
        and office <= (role := set(content_stems(line.role)))
        and len(more := role - office) <= _MORE_WORDS
    ]
    closest = min((more for more, _ in held), default=0)
    found = _drafts(reader, [line for more, line in held if more == closest])
    return found or printed_beside_a_name(reader, weighed, title) or in_charge(weighed, text)


def asks_for_chair(reading: Reading) -> bool:
    """Return whether a question asks who chaired a meeting and names nothing but that meeting."""
    scope = (*reading.filters.bodies, *reading.filters.councils)
    of_scope = {stem for name in scope for stem in content_stems(name)}
    return asks_who_chaired(reading.text) and set(content_stems(reading.topic)) <= OF_CHAIRING | of_scope


def _told(reader: Connection, weighed: Weighed, filters: Filters, allowed: frozenset[Access]) -> list[Draft]:
    """Return the best sentence of minutes that says who took the chair.

    Where none was found, the first that their text has; of a meeting whose day is named also who was elected.
    """
    for each in weighed.units:
        if each.passage.segment.part is Part.MINUTES and TOOK_THE_CHAIR.search(each.text):
            return [Draft(each.passage.document_id, each.unit.spans, each.score)]
    if not (filters.held_from or filters.held_to):
        return []
    passages = minutes_holding(reader, ("chair", "presid"), filters, allowed, _MOST_PASSAGES)
    units = [(one, unit) for one in passages for unit in one.units if unit.kind is not UnitKind.HEADING]
    for told in (TOOK_THE_CHAIR, _NAMED_CHAIR):
        for passage, unit in units:
            if told.search(text_of(passage, unit)):
                return [Draft(passage.document_id, unit.spans, 0.0)]
    return []


def chairs(line: FoundAttendance) -> bool:
    """Return whether a line of a roll gives who was in the chair."""
    role = (line.role or "").lower()
    words = set(re.findall(r"\w+", role))
    named = bool(words & _CHAIRS) and not words & _NO_CHAIRS
    return line.state is AttendanceState.PRESENT and (named or _IN_THE_CHAIR.search(role) is not None)


def _without_places(office: str, filters: Filters) -> str:
    """Return an office without the council that its holder serves: "chief executive of Kent"."""
    for council in filters.councils:
        for name in (council, place_of(council)):
            if name:
                office = re.sub(rf"\s+(?:of|for|at|in)\s+(?:the\s+)?{re.escape(name)}\b.*", "", office)
    return office


def _members(reader: Connection, lines: Sequence[FoundAttendance]) -> list[Draft]:
    """Return the roll of the newest meeting, those away with those present: whoever sits on the body."""
    newest = [line for line in lines if line.held_on == lines[0].held_on and line.body == lines[0].body]
    members = [line for line in newest if line.state in _OF_THE_BODY and line.minute is None]
    return drafts_of(reader, members, len(members))


def _drafts(reader: Connection, lines: Sequence[FoundAttendance]) -> list[Draft]:
    """Return drafts of the first line of each person's, known by surname."""
    firsts: dict[str, FoundAttendance] = {}
    for line in lines:
        firsts.setdefault(line.name.split()[-1].lower(), line)
    found = drafts_of(reader, list(firsts.values()), len(firsts))
    return [narrowed(reader, each, firsts.values()) for each in found]


def narrowed(reader: Connection, draft: Draft, lines: Iterable[FoundAttendance]) -> Draft:
    """Return the draft cut to one person's entry, where the paper prints the office in brackets behind it."""
    whole = draft.spans[0]
    inside = [each for each in lines if each.document_id == draft.document_id and whole.overlaps(each.span)]
    if len(inside) != 1:
        return draft
    start, row = inside[0].span.start, inside[0].document_row
    rest = slice_of(reader, row, Span(start, whole.end))
    if (entry := _ENTRY.match(rest)) is not None:
        return replace(draft, spans=(Span(start, start + entry.end()),))
    label = (
        _CHAIR_LABEL.search(slice_of(reader, row, Span(whole.start, start))) if start > whole.start else None
    )
    line = len(rest.partition("\n")[0].rstrip())
    return replace(draft, spans=(Span(whole.start + label.start(), start + line),)) if label else draft
