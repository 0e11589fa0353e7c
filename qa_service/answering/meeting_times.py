"""At what time a meeting began and ended: answered by the lines of its papers that hold a time of day."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from qa_service.answering.drafts import Draft
from qa_service.answering.reasons import within
from qa_service.answering.refusal import Judgement
from qa_service.answering.signals import content_stems
from qa_service.domain.access import Access
from qa_service.domain.documents import Part, SegmentKind
from qa_service.domain.spans import Span
from qa_service.retrieval.hours_asked import Hours, asks_what_was_planned, hours_asked
from qa_service.retrieval.question import Reading
from qa_service.store.database import Connection
from qa_service.store.meeting_lines import MeetingText, texts_of_meetings
from qa_service.store.passages import passage_at

_SURE, _LESS_SURE, _UNSURE = Judgement(0.95, ""), Judgement(0.45, ""), 0.1
_MOST_TEXTS, _MOST_MEETINGS = 2000, 6
_SCORE = 9.0

# A time of day that is one whatever stands before it, and one that is only behind "at": "at 7.30".
_CLOCK = (
    r"(?<![\d.,:£€$])(?:\d{1,2}(?:[.:]\d\d)?[\s*]{0,8}(?:[ap]\.?\s?m\b|noon\b|o['’]clock)|"
    r"(?:12\s+)?\b(?:noon|midday|midnight)\b|\d{4}\s?(?:hrs|hours)\b|\d{1,2}[.:]\d\d\s?(?:hrs|hours)\b|"
    r"\b(?:half|(?:a\s+)?quarter)\s+(?:past|to)\s+\w+)"
)
_AT = rf"(?:{_CLOCK}|(?<![\d.,:£€$])\d{{1,2}}[.:]\d\d(?![\d.:%]))"
_HELD_AT = re.compile(rf"{_CLOCK}|\b(?:at|am|time)[\s:*]+(?:\d{{1,2}}[.:]\d\d)(?![\d.:%])", re.IGNORECASE)
_MEETING = r"(?:meeting|session|proceedings|business|council|committee|panel|cabinet|board)"
_THEN = r"(?:\s+(?:was|were|is|had|been|then|duly|formally|officially|being|declared|itself|finally))*"
_BY_WHOM = r"(?:\s+by\s+(?:the\s+)?[\w.’']+(?:\s+[\w.’']+){0,2}?)?"
_BEGIN = r"(?:start(?:ed|s)?|began|begins|begun|open(?:ed|s)?|commenced?|commences|convened)"
_END = r"(?:clos(?:ed|es)|end(?:ed|s)?|finish(?:ed|es)?|conclud(?:ed|es)|terminated?|adjourned|rose|over)"


def _told_as(done: str) -> re.Pattern[str]:
    """Return the pattern of a sentence or line that says when a meeting did a thing."""
    return re.compile(
        rf"""\b{_MEETING}\b{_THEN}\s+{done}\b{_BY_WHOM}(?:\s+(?:promptly|shortly\ (?:after|before)))?
            \W{{0,4}}(?:\b(?:at|by)\b)?\W{{0,4}}{_AT}
        | \b{done}\s+(?:the|this|its)\s+(?:\w+\s+)?{_MEETING}\b(?:\s+(?:promptly|formally))?\W{{0,4}}
            (?:\bat\b)?\W{{0,4}}{_AT}
        | ^[ \t*(]*(?:meeting\s+)?(?:time\s+)?{done}(?:\s+time)?[ \t]*:[\s*]*{_AT}""",
        re.IGNORECASE | re.VERBOSE | re.MULTILINE,
    )


_BEGAN, _ENDED = _told_as(_BEGIN), _told_as(_END)
_LASTED = re.compile(
    rf"\b{_MEETING}{_THEN}\s+(?:{_BEGIN}\s+(?:at\s+)?{_AT}\W+(?:and\s+)?)?"
    rf"lasted\b(?:[^.\n]*\b(?:hours?|minutes?)\b|\s+from\s+{_AT})",
    re.IGNORECASE,
)
_TO_END = re.compile(
    rf"\b(?:scheduled|due|expected|planned|intended)\s+to\s+(?:end|finish|close|conclude)\s+(?:at|by)\s+{_AT}",
    re.IGNORECASE,
)
# A pause: the meeting went on.
_PAUSED = re.compile(r"\A[^.]*(?:\.\s[^.]*)?\b(?:reconven|resum|lunch|for\s+a\s+break)", re.IGNORECASE)
_LABEL = re.compile(r"\btime\b[\s:*]*\Z", re.IGNORECASE)
# Characters before and behind an hour within which a title page names the day of the meeting.
_BEFORE, _BEHIND = 60, 40

# Words of a question that name no subject put to the meeting.
_OF_MEETINGS = frozenset(
    content_stems(
        """
        meet meets met meeting meetings held hold holding sit sits sat sitting gather gathered take takes took
        taking place time times day date clock hour hours exact exactly start starts started starting begin
        begins began begun beginning open opened opening commence commenced kick kicked off get got going way
        underway end ended ending finish finished finishing close closed closing conclude concluded adjourn
        adjourned terminate terminated wrap wrapped break broke rise rose over last lasts lasted latest long
        go went on run ran due scheduled supposed expected meant planned session order called
        county city borough district town parish community council committee panel cabinet board
        special extraordinary annual ordinary monthly quarterly full recent newest most
        day night evening morning afternoon attend attended attending present chaired chair there"""
    )
)
_LATEST = re.compile(r"\b(?:last|latest|newest|most recent)\b", re.IGNORECASE)
_FRONTS = frozenset({SegmentKind.COVER, SegmentKind.MINUTES_HEADER})
_RECORDS = frozenset({Part.MINUTES, Part.WEB_PAGE})
_PARTS = frozenset({Part.COVER, Part.AGENDA, Part.MINUTES, Part.WEB_PAGE})
_VERBS = frozenset(
    "start began begun open commenc conven clos end finish conclud terminat adjourn rose over lasted".split()
)


@dataclass(frozen=True, slots=True)
class _Told:
    """A place that gives an hour: of better record the lower `rank`."""

    rank: int
    text: MeetingText
    match: re.Match[str]
    of_beginning: bool = False
    planned: bool = False


def hours_of_meeting(
    reader: Connection, reading: Reading, allowed: frozenset[Access]
) -> tuple[list[Draft], Judgement, list[str]] | None:
    """Return the lines that give the hours asked for, or why there are none, with notes.

    None where no meeting's hours are asked for: a question that names a subject asks of that, and one
    without a day, or "the last" of a body, names no meeting; nor does a day on which several bodies met.
    """
    asked = hours_asked(reading.own)
    if asked is None or not _names_a_meeting(reading):
        return None
    texts = texts_of_meetings(reader, _PARTS, _FRONTS, _VERBS, reading.limits, allowed, _MOST_TEXTS)
    meetings = _by_meeting(texts, newest=reading.is_undated)
    if not meetings or (len(meetings) > 1 and not reading.limits.bodies):
        return None
    told = [each for of_one in meetings for each in _hours(of_one, asked)]
    if not told:
        reason = f"no line of the papers{within(reading.limits)} was found that says {asked.value}"
        return [], Judgement(_UNSURE, reason), []
    drafts = [_draft(reader, each, allowed) for each in told]
    judged = _LESS_SURE if _planned_alone(told, reading) else _SURE
    return drafts, judged, list(_notes(told, asked, reading))


def _planned_alone(told: list[_Told], reading: Reading) -> bool:
    """Return whether only the hour set beforehand is told of an end that is asked for as it was."""
    return any(each.planned for each in told) and not asks_what_was_planned(reading.own)


def _notes(told: list[_Told], asked: Hours, reading: Reading) -> Iterator[str]:
    """Yield what has to be said beside the lines: which meeting is meant, and which hour they do not give."""
    if reading.is_undated:
        newest = told[0].text
        assert newest.held_on is not None  # only meetings with a day are told of
        day = f"{newest.held_on:%-d %B %Y}"
        yield f"taken to be the newest meeting held here: {newest.body or 'a meeting'}, {day}"
    if _planned_alone(told, reading):
        yield "the papers say when the meeting was to end, and not when it did"
    of_ends = [each for each in told if not each.of_beginning]
    if asked is Hours.BOTH and (not of_ends or len(of_ends) == len(told)):
        missing = Hours.BEGINNING if of_ends else Hours.END
        yield f"no line of the papers was found that says {missing.value}"


def tells_day(text: str, day: date) -> Span | None:
    """Return where a text names a day of the calendar, with or without its year; None where it does not."""
    month = f"(?:{day:%B}|{day:%b})"
    ordinal = rf"(?<!\d)0?{day.day}(?:\s?(?:st|nd|rd|th))?"
    figures = rf"(?<!\d)0?{day.day}[./-]0?{day.month}[./-](?:{day.year}|{day:%y})(?!\d)"
    named = rf"{ordinal}\W{{0,8}}(?:(?:day\s+)?of\s+)?{month}\b|\b{month}\s+{ordinal}(?!\d)|{figures}"
    found = re.search(rf"{named}|{day.isoformat()}", text, re.IGNORECASE)
    return None if found is None else Span(*found.span())


def tells_clock(text: str) -> bool:
    """Return whether a text holds a time of day."""
    return _HELD_AT.search(text) is not None


def _names_a_meeting(reading: Reading) -> bool:
    limits = reading.limits
    if reading.is_undated and not (limits.bodies and _LATEST.search(reading.own)):
        return False
    names = {stem for name in (*limits.bodies, *limits.councils) for stem in content_stems(name)}
    return set(content_stems(reading.topic)) <= _OF_MEETINGS | names


def _by_meeting(texts: Iterable[MeetingText], *, newest: bool) -> list[list[MeetingText]]:
    """Return the texts of each dated meeting, the newest first; of the newest alone where that is meant."""
    meetings: dict[tuple[str | None, str | None, date], list[MeetingText]] = {}
    for text in texts:
        if text.held_on is not None:
            meetings.setdefault((text.council, text.body, text.held_on), []).append(text)
    return list(meetings.values())[: 1 if newest else _MOST_MEETINGS]


def _hours(texts: list[MeetingText], asked: Hours) -> list[_Told]:
    """Return the best place for each hour asked for; none where a length lacks one of its ends."""
    if asked is Hours.LENGTH and (lasted := [_Told(0, *each) for each in _matches(texts, _LASTED)]):
        return lasted[:1]
    began = min(_beginnings(texts), key=lambda each: each.rank, default=None)
    ended = max(_ends(texts), key=lambda each: (-each.rank, each.text.span.start), default=None)
    wanted = {Hours.BEGINNING: [began], Hours.END: [ended]}.get(asked, [began, ended])
    if asked is Hours.LENGTH and (began is None or ended is None):
        return []
    return [each for each in wanted if each is not None]


def _beginnings(texts: list[MeetingText]) -> Iterator[_Told]:
    """Yield where it is said when a meeting began: in words, at the head of its minutes, on its front."""
    for text, match in _matches(texts, _BEGAN):
        if text.part in _RECORDS:
            yield _Told(0, text, match, of_beginning=True)
    for text, match in _matches([each for each in texts if each.kind in _FRONTS], _HELD_AT):
        if text.kind is SegmentKind.MINUTES_HEADER:
            yield _Told(1, text, match, of_beginning=True)
        elif text.held_on is not None:
            around = text.text[max(0, match.start() - _BEFORE) : match.end() + _BEHIND]
            if tells_day(around, text.held_on) or _LABEL.search(text.text[: match.start()]):
                yield _Told(2, text, match, of_beginning=True)


def _ends(texts: list[MeetingText]) -> Iterator[_Told]:
    """Yield where it is said when a meeting ended, and where only when it was to end."""
    for text, match in _matches(texts, _ENDED):
        if text.part in _RECORDS and not _PAUSED.search(text.text[match.end() :]):
            yield _Told(0, text, match)
    for text, match in _matches([each for each in texts if each.kind in _FRONTS], _TO_END):
        yield _Told(1, text, match, planned=True)


def _matches(
    texts: Iterable[MeetingText], pattern: re.Pattern[str]
) -> Iterator[tuple[MeetingText, re.Match[str]]]:
    for text in texts:
        for match in pattern.finditer(text.text):
            yield text, match


def _draft(reader: Connection, told: _Told, allowed: frozenset[Access]) -> Draft:
    text, match = told.text, told.match
    place = Span(*match.span()).shifted(text.span.start)
    return Draft(text.document_id, sentence_around(reader, text, place, allowed), _SCORE)


def sentence_around(
    reader: Connection, text: MeetingText, place: Span, allowed: frozenset[Access]
) -> tuple[Span, ...]:
    """Return the spans of the sentence or row that holds a place; its lines where no one sentence does."""
    passage = passage_at(reader, text.document_row, place.start, allowed)
    for unit in passage.units if passage is not None else ():
        if unit.start <= place.start and place.end <= unit.end:
            return unit.spans
    start = text.text.rfind("\n", 0, place.start - text.span.start) + 1
    end = text.text.find("\n", place.end - text.span.start)
    line = text.text[start : len(text.text) if end == -1 else end]
    lead = len(line) - len(line.lstrip())
    return (Span(start + lead, start + len(line.rstrip())).shifted(text.span.start),)
