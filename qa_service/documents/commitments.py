"""Commitments: who will do what by when, told apart by who stands behind them.

A clause that members resolved, a sentence in which somebody undertook a thing in a meeting, and a plan with a
day in a report are three standings. What a report merely recommends is no commitment.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from qa_service.documents.action_lists import action_lists, is_action
from qa_service.documents.dates import dates_in
from qa_service.documents.due_dates import Due, due_in
from qa_service.documents.planned_rows import planned_rows
from qa_service.documents.undertakings import (
    ACTION_LINE,
    ADDED,
    ASKED,
    DATED,
    HANDED,
    INSTRUCTION,
    NOBODY,
    NOT_PROMISED,
    NOT_TOLD,
    PLANNED,
    SPEAKER,
    TOLD,
    UNDERTAKEN,
)
from qa_service.domain.documents import Part, Segment, SegmentKind
from qa_service.domain.resolutions import Clause, Commitment, Outcome, Resolution, Standing
from qa_service.domain.spans import Span, trimmed

_SENTENCE_END = re.compile(
    r"[.?!](?=[\"\u201d')\]]?\s+[\"\u201c'(\[]?[A-Z0-9*\u2022-]|[\"\u201d')\]]?\s*$)|;(?=\s)|\n\s*\n"
)
_ITEM = re.compile(r"\n\s*(?=(?:[-\u2022\u25aa\u25cf\u00b7*]|o\s|\(?(?:[ivx]{1,5}|[a-z]|\d{1,2})[.)])\s)")
_ABBREVIATED = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|St|No|Cllr|Rev|Prof|Nos|e\.g|i\.e|para|paras|approx|[A-Z])\.$")
_NEXT_MEETING = re.compile(
    r"\b(?:date\s+of\s+)?(?:the\s+)?next\s+(?:ordinary\s+)?meeting\b[^.]{0,90}?(?=\d|\b(?:Mon|Tues|Wednes|Thurs|Fri)day)",
    re.IGNORECASE,
)
_TEXT = frozenset({SegmentKind.TEXT})
_KINDS = {
    **dict.fromkeys((Part.MINUTES, Part.WEB_PAGE, Part.OTHER, Part.REPORT, Part.APPENDIX), _TEXT),
    Part.SLIDES: frozenset({SegmentKind.TEXT, SegmentKind.SLIDE}),
}
_STANDINGS = {
    Part.MINUTES: Standing.MINUTED,
    Part.WEB_PAGE: Standing.MINUTED,
    Part.OTHER: Standing.MINUTED,
    Part.REPORT: Standing.REPORTED,
    Part.APPENDIX: Standing.REPORTED,
    Part.SLIDES: Standing.PRESENTED,
}
# What a thing is done for may be open; that it is done is not.
_PURPOSE = re.compile(r",?\s+so\s+that\b.*$", re.DOTALL)
# "The audit will be repeated" names what is repeated, not who repeats it.
_IS_DONE_TO = re.compile(r"\s+(?:will|would|shall)\s+(?:\w+\s+)?be\s+(?!\w+ing\b)")
_LONGEST, _FEWEST_WORDS = 900, 4
_NEAR_DAYS = 215
_REACH, _OPENING = 110, 8  # characters between what is done and its day
_DATE_BEHIND = 60  # characters behind "next meeting" in which its day stands


@dataclass(frozen=True, slots=True)
class _Paper:
    """What every finder looks at."""

    text: str
    next_meetings: dict[date | None, date | None]


def commitments_in(
    document_id: str, text: str, segments: Sequence[Segment], resolutions: Sequence[Resolution]
) -> tuple[Commitment, ...]:
    """Return the commitments of a paper in the order of its text, none inside another.

    Spans are whole clauses and sentences of one segment, so that each can be quoted by itself.
    """
    paper = _Paper(text, _next_meetings(text, segments))
    kept: list[Commitment] = []
    for found in (_resolved(paper, resolutions), planned_rows(text, segments), _said(paper, segments)):
        kept += [each for each in found if not any(each.span.overlaps(other.span) for other in kept)]
    kept.sort(key=lambda each: each.span)
    return tuple(replace(each, id=f"{document_id}-c{number}") for number, each in enumerate(kept, start=1))


def _resolved(paper: _Paper, resolutions: Iterable[Resolution]) -> Iterator[Commitment]:
    """Yield the clauses by which members told somebody to do something."""
    for resolution in resolutions:
        by_members = resolution.standing is Standing.RESOLVED or (
            resolution.standing is Standing.RECOMMENDED and resolution.minute is not None
        )
        if not by_members or resolution.outcome in {Outcome.LOST, Outcome.WITHDRAWN}:
            continue
        for span in _leaves(paper.text, resolution.clauses):
            words = " ".join(span.of(paper.text).split())
            told = INSTRUCTION.search(words) or TOLD.search(words) or _is_set_for_a_day(words)
            if not told or NOT_TOLD.search(words):
                continue
            due = _due(paper, span, resolution.held_on)
            owner = _owner(paper.text, span, (TOLD, HANDED))
            yield Commitment(
                id="",
                span=span,
                standing=resolution.standing,
                council=resolution.council,
                body=resolution.body,
                made_at=resolution.held_on,
                owner=owner.name if owner else None,
                owner_span=owner.span if owner else None,
                due_as_written=_written(paper.text, due),
                due=due.day if due else None,
                minute=resolution.minute,
                item=resolution.item,
                paragraph=resolution.paragraph,
                heading=resolution.heading,
            )


def _is_set_for_a_day(words: str) -> bool:
    """Return whether a clause sets something for a day to come: "be held from 23 October to 1 December"."""
    return bool(re.search(r"\bbe\s+(?:held|published|opened|launched)\b", words)) and bool(dates_in(words))


def _leaves(text: str, clauses: Iterable[Clause]) -> Iterator[Span]:
    """Yield the least clauses, and the words of a clause before those below it."""
    for clause in clauses:
        if not clause.children:
            yield clause.span
            continue
        if lead := trimmed(text, clause.span.start, clause.children[0].span.start):
            yield lead
        yield from _leaves(text, clause.children)


def _said(paper: _Paper, segments: Sequence[Segment]) -> Iterator[Commitment]:
    """Yield the sentences of minutes and reports that promise or plan."""
    listed = action_lists(paper.text, segments)
    for segment in segments:
        if segment.kind not in _KINDS.get(segment.part, ()) or segment.language != "en":
            continue
        standing = _STANDINGS[segment.part]
        for span in sentences(paper.text, segment.span):
            words = " ".join(span.of(paper.text).split())
            due = _due(paper, span, segment.held_on)
            if standing is not Standing.MINUTED:
                due = _surely(due, segment.held_on)
            when = _written(paper.text, due)
            promised = _TESTS[standing](words, due, when) and _may_promise(segment.part, words, due)
            if not promised and not is_action(words, span, listed):
                continue
            owner = _owner(paper.text, span, (ASKED, SPEAKER))
            yield Commitment(
                id="",
                span=span,
                standing=standing,
                council=segment.council,
                body=segment.body,
                made_at=segment.held_on,
                owner=owner.name if owner else None,
                owner_span=owner.span if owner else None,
                due_as_written=when,
                due=due.day if due else None,
                minute=segment.minute,
                item=segment.item,
                paragraph=segment.paragraph,
                heading=segment.heading,
            )


def _may_promise(part: Part, words: str, due: Due | None) -> bool:
    """Return whether a sentence of such a paper can promise: of an unknown kind, in the words of minutes."""
    return part is not Part.OTHER or (due is not None and " would " in words)


def _is_shown(words: str, due: Due | None, when: str | None) -> bool:
    """Return whether a slide plans: in a whole sentence, since bullets stand apart from what they mean."""
    return words.endswith(".") and _is_plan(words, due, when)


def _is_promise(words: str, _due: Due | None, when: str | None) -> bool:
    if ACTION_LINE.match(words):
        return True
    if NOT_PROMISED.search(_PURPOSE.sub("", words)):
        return False
    if ADDED.search(words) or UNDERTAKEN.search(words):
        return True
    return _is_followed(DATED.search(words), words, when)


def _is_plan(words: str, due: Due | None, when: str | None) -> bool:
    settled = due is not None and not due.event and not NOT_PROMISED.search(words)
    return settled and _is_followed(PLANNED.search(words), words, when)


def _is_followed(match: re.Match[str] | None, words: str, when: str | None) -> bool:
    """Return whether a day follows what will be done, near enough to be its own, or opens the sentence."""
    if match is None or when is None:
        return False
    at = words.find(when)
    return match.start() < at <= match.end() + _REACH or 0 <= at <= _OPENING


def _surely(due: Due | None, held_on: date | None) -> Due | None:
    """Return when a report's plan is due; its day only where the year is printed or the day is near.

    Reports are tabled months after they were written: "the autumn" of one tabled in February may be past.
    """
    if due and due.day and due.year_read and held_on and (due.day - held_on).days > _NEAR_DAYS:
        return Due(due.span, None, year_read=True)
    return due


_TESTS = {Standing.MINUTED: _is_promise, Standing.REPORTED: _is_plan, Standing.PRESENTED: _is_shown}


def _due(paper: _Paper, span: Span, made_at: date | None) -> Due | None:
    return due_in(paper.text, span.start, span.end, made_at, paper.next_meetings.get(made_at))


@dataclass(frozen=True, slots=True)
class _Owner:
    name: str
    span: Span


def _owner(text: str, span: Span, forms: Iterable[re.Pattern[str]]) -> _Owner | None:
    """Return who is to do it, and where the paper says so; None where it names nobody."""
    words = _PURPOSE.sub("", span.of(text))
    for form in forms:
        match = form.search(words)
        if match is None or _IS_DONE_TO.match(words, match.end("owner")):
            continue
        if not NOBODY.match(" ".join(match["owner"].split())):
            at = Span(span.start + match.start("owner"), span.start + match.end("owner"))
            return _Owner(" ".join(match["owner"].split()), at)
    return None


def _written(text: str, due: Due | None) -> str | None:
    return " ".join(due.span.of(text).split()) if due else None


def sentences(text: str, within: Span) -> Iterator[Span]:
    """Yield the sentences and list items of a stretch of text, trimmed, the very long ones left out."""
    start = within.start
    cuts = sorted(
        {
            match.end()
            for match in _SENTENCE_END.finditer(text, within.start, within.end)
            if _ends(text, match)
        }
        | {match.end() for match in _ITEM.finditer(text, within.start, within.end)}
    )
    for end in [*cuts, within.end]:
        span = trimmed(text, start, end) if start < end else None
        start = end
        if span and len(span) <= _LONGEST and len(span.of(text).split()) >= _FEWEST_WORDS:
            yield span


def _ends(text: str, match: re.Match[str]) -> bool:
    return match[0] != "." or not _ABBREVIATED.search(text[max(0, match.end() - 8) : match.end()])


def _next_meetings(text: str, segments: Iterable[Segment]) -> dict[date | None, date | None]:
    """Return the day of the next meeting by the day of the meeting whose paper prints it."""
    found: dict[date | None, date | None] = {}
    for segment in segments:
        for match in _NEXT_MEETING.finditer(text, segment.span.start, segment.span.end):
            behind = dates_in(text, match.end(), min(len(text), match.end() + _DATE_BEHIND))
            day = next((mention.value for mention in behind if mention.value), None)
            if day and segment.held_on and day > segment.held_on:
                found.setdefault(segment.held_on, day)
    return found
