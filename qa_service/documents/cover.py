"""The cover of a pack, or the letter around a supplement: which meeting the papers travel to."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from qa_service.documents.blocks import Block, Context
from qa_service.documents.bodies import body_name, council_in
from qa_service.documents.boilerplate import is_standing_text
from qa_service.documents.dates import dates_in
from qa_service.documents.layout import Layout
from qa_service.documents.summons import calls_members, notice_in, summons_in
from qa_service.domain.documents import SegmentKind

_BODY_LABEL = re.compile(r"(?:Meeting|Committee|Panel|Body)\s*:?", re.IGNORECASE)
_MEETING_TAB = re.compile(r"Meeting\s*:?\s+(?=[A-Z])")
_BODY_DASH = re.compile(
    r"(?P<body>[^\u2013-]{4,90}?)\s*[\u2013-]\s*(?P<date>(?:\w+day,? )?\d.{4,40})", re.IGNORECASE
)
_LETTER = re.compile(
    r"Dear (?:Member|Councillor|Sir|Colleague|All)|To: All Members|To ?[:/]? ?.{0,60}\beach member of\b",
    re.IGNORECASE,
)
_SENT = re.compile(r"Date:\s*(?P<date>\d.{5,40})")
_LINES = 60


@dataclass(frozen=True, slots=True)
class Cover:
    """What the cover says of the meeting. `letter` calls members to it, or goes round a supplement.

    `sent_on` is the day it was sent, `called` the line that ends the sentence which calls members,
    `summons` whether it asks them to attend and does not only give notice.
    """

    body: str | None = None
    held_on: date | None = None
    letter: bool = False
    sent_on: date | None = None
    called: int | None = None
    summons: bool = False


def cover_of(layout: Layout, end: int, council: str | None) -> Cover:
    """Return what stands before the line `end`, where the first item or the first paper begins."""
    indexes = layout.content_between(0, end)[:_LINES]
    words = layout.words(indexes)
    summons = summons_in(words, council)
    if summons is not None:
        called = _line_at(layout, indexes, summons.end)
        return Cover(
            summons.body, summons.held_on, letter=summons.body is not None, called=called, summons=True
        )
    notice = notice_in(words, council)
    body, held_on = (notice.body, notice.held_on) if notice else (None, None)
    letter = calls_members(words)
    for place, index in enumerate(indexes):
        plain = layout.lines[index].plain
        letter = letter or _LETTER.match(plain) is not None
        dash = _BODY_DASH.fullmatch(plain)
        if body is None and dash and (name := body_name(dash["body"], council)):
            body, held_on = name, _first(dash["date"])
        value = _labelled(layout, indexes, place)
        body = body or (body_name(value, council) if value else None)
    body = body or _titled(layout, indexes, council, letter=letter)
    sent = _SENT.search(words)
    day = held_on or (None if notice else _meeting_date(words, letter=letter))
    letter = letter and (held_on is not None or notice is not None)
    return Cover(
        body,
        day,
        letter,
        _first(sent["date"]) if sent else None,
        _line_at(layout, indexes, notice.end) if letter and notice else None,
    )


def _line_at(layout: Layout, indexes: Sequence[int], offset: int) -> int:
    """Return the line that holds an offset in the words of some lines."""
    behind = 0
    for index in indexes:
        behind += len(layout.lines[index].plain) + 1
        if behind > offset:
            return index
    return indexes[-1]


def _titled(layout: Layout, indexes: Sequence[int], council: str | None, *, letter: bool) -> str | None:
    """Return the body that a line of its own names; a council's name right above a body is no body.

    In a letter the council's whole name is that of the sender.
    """
    plain = [layout.lines[index].plain for index in indexes]
    named = [(n, name) for n, words in enumerate(plain) if (name := body_name(words, council))]
    if letter:
        named = [(n, name) for n, name in named if council is None or council_in(plain[n]) != council]
    if len(named) > 1:
        (place, _), (below, body) = named[:2]
        heads = council_in(plain[place]) is not None
        if heads and below == place + 1:
            return body
    return named[0][1] if named else None


def _first(words: str) -> date | None:
    return next((mention.value for mention in dates_in(words) if mention.value), None)


def _labelled(layout: Layout, indexes: Sequence[int], place: int) -> str | None:
    """Return the value of a "Meeting" label: on its own line, or behind a tab."""
    line = layout.lines[indexes[place]]
    if _BODY_LABEL.fullmatch(line.plain) and place + 1 < len(indexes):
        return layout.lines[indexes[place + 1]].plain
    label = _MEETING_TAB.match(line.plain)
    return line.plain[label.end() :] if label and line.tabs else None


def _meeting_date(words: str, *, letter: bool) -> date | None:
    """Return the first date with a weekday, else the first date, unless that may be a letter's own."""
    mentions = [mention for mention in dates_in(words) if mention.value]
    with_weekday = [mention for mention in mentions if mention.weekday is not None]
    return next((mention.value for mention in (*with_weekday, *(() if letter else mentions))), None)


def cover_blocks(layout: Layout, end: int, context: Context) -> Iterator[Block]:
    """Yield the blocks before the line `end`: the cover as one, filming notices and the like apart."""
    kind: SegmentKind | None = None
    for paragraph in layout.paragraphs(0, end):
        found = SegmentKind.BOILERPLATE if is_standing_text(paragraph.words) else SegmentKind.COVER
        if found is not kind:
            yield Block(found, paragraph.first, context)
        kind = found
