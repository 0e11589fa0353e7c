"""When a body meets next: the notice of a meeting to come, else what its newest papers say of the next one.

Minutes that say when the next meeting is say it of their own day. Where papers of that day or a later one are
held, that meeting is no longer to come, and nothing held says which is.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from qa_service.answering.drafts import Draft
from qa_service.answering.meeting_times import sentence_around, tells_day
from qa_service.answering.reasons import of_names
from qa_service.answering.refusal import Judgement
from qa_service.answering.signals import content_stems
from qa_service.documents.dates import dates_in
from qa_service.domain.access import Access
from qa_service.domain.documents import Part, SegmentKind
from qa_service.domain.spans import Span
from qa_service.retrieval.next_asked import asks_for_next_meeting
from qa_service.retrieval.question import Reading
from qa_service.store.database import Connection
from qa_service.store.documents import meetings
from qa_service.store.meeting_lines import MeetingText, texts_of_meetings

_SURE, _UNSURE = Judgement(0.95, ""), 0.1
_SCORE = 9.0
_MOST_TEXTS = 600
# Days behind its own meeting that a paper may name as the next one, and characters before that day.
_FARTHEST, _WITHIN = timedelta(days=400), 220

_NEXT = re.compile(
    r"""\bnext\s+(?P<kind>(?:[\w&’',/-]+\s+){0,8}?)(?:meeting|session)s?\b | \bnext\s+meets?\b
    | \bmeets?\s+(?:again|next)\b | \b(?:future|forthcoming|upcoming)\s+meetings\b | \bmeeting\s+dates\b""",
    re.IGNORECASE | re.VERBOSE,
)
# Between "next meeting" and a day these say that the day is of something else.
_OF_SOMETHING_ELSE = re.compile(
    r"""[.!?]\s+[A-Z] | \n\s*\n\s*\n | \b(?:that|if|whether|why|how|which|when|update|motion|report|regarding|
    consider\w*|discuss\w*|following|since)\b""",
    re.IGNORECASE | re.VERBOSE,
)
_GIVES_NOTICE = re.compile(r"\b(?:ask|move|call|raise|question)\b[^.]{0,30}\Z", re.IGNORECASE)
_CANCELLED = re.compile(r"\b(?:cancell?ed|postponed)\b", re.IGNORECASE)
_NAME_OF_A_BODY = re.compile(
    r"(?:[A-Z][\w&’'-]*,?\s+(?:(?:and|of|&|the|for)\s+)*){1,8}"
    r"(?:(?:Sub-?)?Committee|Panel|Forum|Board|Group|Council|Cabinet|Partnership|District)\b"
)
_SENTENCE = re.compile(r"(?:\A|[.!?]\s+|\n\s*\n)(?=[^.!?]*\Z)")
# Words that stand in any body's name, or beside one.
_GENERAL = frozenset(
    content_stems(
        "the of and committee panel board cabinet council group forum county city borough district town "
        "parish community municipal meeting meetings ordinary monthly quarterly scheduled formal full "
        "public date next agreed confirmed future sub"
    )
)
# ... and words of a question that name no subject.
_ASKING = frozenset(
    content_stems(
        "next again meet meets meeting meetings session sitting sit sits day date dates time when scheduled "
        "due planned set fixed held hold take place happen going called known it they"
    )
)
_ANNOUNCING = frozenset(
    ("next%meeting", "next%session", "next%meet", "meet%again", "meet%next", "% meetings%", "meeting dates")
)
_FRONTS = frozenset({SegmentKind.COVER, SegmentKind.MINUTES_HEADER})
_PARTS = frozenset({Part.COVER, Part.AGENDA, Part.MINUTES, Part.WEB_PAGE})

_Body = tuple[str | None, str | None]


@dataclass(frozen=True, slots=True)
class _Announced:
    """A place that says on which day a body meets after the meeting of the paper."""

    text: MeetingText
    place: Span
    day: date


def next_meeting(
    reader: Connection, reading: Reading, allowed: frozenset[Access]
) -> tuple[list[Draft], Judgement, list[str]] | None:
    """Return the line that says when a body meets next, or why none does, with notes.

    None where something else is asked, and where no paper of a dated meeting is in scope.
    """
    today = reading.asked_on
    if today is None or not asks_for_next_meeting(reading.own) or not _is_all(reading):
        return None
    held = _held(reader, reading, allowed)
    if not held:
        return None
    if len(held) > 1 and not reading.limits.bodies:
        reason = "papers of several bodies are held here: say whose next meeting is meant"
        return [], Judgement(_UNSURE, reason), []
    if coming := _coming(reader, reading, held, allowed):
        return coming, _SURE, []
    newest = {body: max(days) for body, days in held.items()}
    whose, last = of_names({body or council or "" for council, body in held}), max(newest.values())
    announced = [
        each
        for each in _newest_of_each(_announced(reader, reading, allowed))
        if each.day > newest.get((each.text.council, each.text.body), last)
    ]
    if not announced:
        reason = (
            f"no line of the papers of {whose} was found that names a meeting after {last:%-d %B %Y}, "
            "the newest held"
        )
        return [], Judgement(_UNSURE, reason), []
    past = all(each.day < today for each in announced)
    newest_held = f"the newest papers of {whose} that are held here are of {last:%-d %B %Y}"
    notes = [f"that day is past: {newest_held}"] * past
    drafts = [
        Draft(each.text.document_id, sentence_around(reader, each.text, each.place, allowed), _SCORE)
        for each in announced
    ]
    return drafts, _SURE, notes


def _is_all(reading: Reading) -> bool:
    """Return whether a question names nothing but the body."""
    names = {
        stem for name in (*reading.limits.bodies, *reading.limits.councils) for stem in content_stems(name)
    }
    return set(content_stems(reading.topic)) <= _ASKING | _GENERAL | names


def _held(reader: Connection, reading: Reading, allowed: frozenset[Access]) -> dict[_Body, list[date]]:
    """Return the days of the meetings in scope of which papers are held, by body."""
    found: dict[_Body, list[date]] = {}
    for row in meetings(reader, allowed, reading.limits):
        if row["held_on"] and row["body"]:
            found.setdefault((row["council"], row["body"]), []).append(date.fromisoformat(row["held_on"]))
    return found


def _coming(
    reader: Connection, reading: Reading, held: Mapping[_Body, list[date]], allowed: frozenset[Access]
) -> list[Draft]:
    """Return the line of the first notice of a meeting still to come; none where no such paper is held."""
    days = sorted({day for days in held.values() for day in days if day >= (reading.asked_on or day)})
    for day in days:
        limits = replace(reading.limits, held_from=day, held_to=day)
        for text in texts_of_meetings(reader, _PARTS, _FRONTS, (), limits, allowed, _MOST_TEXTS):
            named = tells_day(text.text, day)
            if named is not None and not _CANCELLED.search(text.text):
                place = named.shifted(text.span.start)
                return [Draft(text.document_id, sentence_around(reader, text, place, allowed), _SCORE)]
    return []


def _announced(reader: Connection, reading: Reading, allowed: frozenset[Access]) -> Iterator[_Announced]:
    """Yield what papers say of the next meeting of their own body, the newest paper first."""
    texts = texts_of_meetings(reader, _PARTS, (), _ANNOUNCING, reading.limits, allowed, _MOST_TEXTS)
    for text in texts:
        for match in _NEXT.finditer(text.text):
            found = _day_behind(text, match)
            if found is not None:
                yield _Announced(text, Span(match.start(), found[0]).shifted(text.span.start), found[1])


def _day_behind(text: MeetingText, match: re.Match[str]) -> tuple[int, date] | None:
    """Return where the day ends that is named for the next meeting, and the day; None where none is."""
    mention = next(iter(dates_in(text.text, match.end(), match.end() + _WITHIN)), None)
    if mention is None or mention.day is None:
        return None
    if _OF_SOMETHING_ELSE.search(text.text, match.end(), mention.span.start):
        return None
    before = text.text[: match.start()]
    if _GIVES_NOTICE.search(before) or _of_another_body(text, match, mention.span.start):
        return None
    first = text.held_on
    day = mention.value if first is None else mention.within(first + timedelta(days=1), first + _FARTHEST)
    return None if day is None or (first is not None and day <= first) else (mention.span.end, day)


def _of_another_body(text: MeetingText, match: re.Match[str], end: int) -> bool:
    """Return whether the words name a body that is not the paper's own."""
    own = _GENERAL | {stem for name in (text.body, text.council) for stem in content_stems(name or "")}
    sentence = [each.end() for each in _SENTENCE.finditer(text.text, 0, match.start())]
    said = text.text[sentence[-1] if sentence else 0 : end]
    names = [*_NAME_OF_A_BODY.findall(said), match["kind"] or ""]
    return any(not own.issuperset(content_stems(name)) for name in names)


def _newest_of_each(announced: Iterable[_Announced]) -> list[_Announced]:
    """Return the first of each body."""
    firsts: dict[_Body, _Announced] = {}
    for each in announced:
        firsts.setdefault((each.text.council, each.text.body), each)
    return list(firsts.values())
