"""Pages of ModernGov and the Open Council Network: content apart from chrome, undated where undated."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from qa_service.documents.attendance import roll_of
from qa_service.documents.blocks import Block, Context
from qa_service.documents.bodies import body_name, council_in
from qa_service.documents.dates import dates_in
from qa_service.documents.layout import Layout
from qa_service.documents.minutes import Record, minutes_record, read_minute
from qa_service.domain.documents import AgendaItem, DocumentKind, Part, SegmentKind
from qa_service.domain.resolutions import Resolution
from qa_service.domain.spans import Span

_MEETING_OF = re.compile(
    r"This is a meeting of the (?P<body>.{3,90}?) of (?P<council>.{3,60}?) (?:held|scheduled|"
    r"to be held) on (?P<date>[^.]+)\."
)
_TITLE = re.compile(r"(?P<body>.{3,110}?) - (?P<date>(?:\w+day,? )?\d{1,2}\w* \w+,? \d{4}.*)")
_PAGE_KINDS = re.compile(
    r"(?:Agenda(?:, decisions and minutes|, decisions|and draft minutes| item| and minutes)?|Agenda, .*|"
    r"Meeting|Decisions?|Minutes|Printed minutes|Issue(?: details)?|Decision details)$"
)
_FIELD = re.compile(
    r"(?P<name>Minutes|Decision|Decision status|Supporting documents|Additional documents|Attendance):$"
)
_CHROME = re.compile(
    r"(?:Confirmed|Yes|No|Upload|Sign in|Agenda items?|Items|No\.|Item|Media|Join the Discussion|"
    r"Attendees|Watch Council meetings "
    r"here|View directions|Supporting documents:|Additional documents:|Minutes:|Decision:|Share|Print|"
    r"Webcast:.*|No recordings "
    r"submitted yet\..*|You need to be signed in.*|Last updated:.*|Last meeting:.*|Next meeting:.*|"
    r"You can view the individual "
    r"reports.*|view the full minutes.*|Contact:.*|(?:Proposed )?[Vv]enue:.*|"
    r"Agenda, decisions and minutes|Remote meeting|"
    r"No documents are available.*)",
)
_NUMBER = re.compile(r"(\d{1,3})\.")
_DOCUMENT = re.compile(r"(?:- )?.{3,160} PDF \d+(?:\.\d+)? [KM]B\.?$")
_PDF = re.compile(r"\s+PDF \d+(?:\.\d+)? [KM]B$")
_HEAD_LINES = 25
_LINK_LINES = 12


@dataclass(slots=True)
class WebPage:
    """A page as read: what it is, whose, when; `record` holds what its minutes yield."""

    kind: DocumentKind
    council: str | None
    body: str | None
    held_on: date | None
    title: str | None = None
    record: Record = field(default_factory=Record)
    items: list[AgendaItem] = field(default_factory=list)


def web_page(layout: Layout, context: Context) -> WebPage | None:
    """Return the page as read; None where the text is no page of either system."""
    return _network_page(layout, context) or _modern_gov_page(layout, context)


def _network_page(layout: Layout, context: Context) -> WebPage | None:
    """Read an Open Council Network meeting page, whose sentence names body, council and date.

    Its "Confirmed" has lost its label, and tells of the meeting, which might be provisional: not of minutes.
    """
    for index in layout.content[:_HEAD_LINES]:
        match = _MEETING_OF.search(layout.lines[index].plain)
        if match is None:
            continue
        council = council_in(match["council"]) or match["council"]
        held = dates_in(match["date"])
        placed = replace(
            context,
            part=Part.MINUTES,
            council=council,
            body=body_name(match["body"], council) or match["body"],
            held_on=held[0].value if held else None,
        )
        page = WebPage(DocumentKind.MINUTES, placed.council, placed.body, placed.held_on)
        _read_network(layout, index, placed, page)
        return page
    return None


def _read_network(layout: Layout, sentence: int, context: Context, page: WebPage) -> None:
    head = [index for index in layout.content if index <= sentence]
    blocks = page.record.blocks
    for index in head:
        kind = SegmentKind.CHROME if _CHROME.fullmatch(layout.lines[index].plain) else SegmentKind.COVER
        blocks.append(Block(kind, index, replace(context, part=Part.WEB_PAGE)))
    rest = [index for index in layout.content if index > sentence]
    roll_end = _roll_end(layout, rest)
    roll = [index for index in rest if index < roll_end and not _CHROME.fullmatch(layout.lines[index].plain)]
    for index in rest:
        if index < roll_end and index not in roll:
            blocks.append(Block(SegmentKind.CHROME, index, replace(context, part=Part.WEB_PAGE)))
    if roll:
        blocks.append(Block(SegmentKind.ATTENDANCE, roll[0], context))
        page.record.attendance.extend(roll_of(layout, roll[0], roll[-1], context))
    end = _chrome_tail(layout, rest)
    found = minutes_record(layout, roll_end, end, context)
    blocks.extend(block for block in found.blocks)
    page.record.resolutions.extend(found.resolutions)
    page.record.attendance.extend(found.attendance)
    for index in layout.content_between(end, len(layout.lines)):
        blocks.append(Block(SegmentKind.CHROME, index, replace(context, part=Part.WEB_PAGE)))


def _roll_end(layout: Layout, rest: Sequence[int]) -> int:
    """Return the line behind the roll and the prompts around it: the first title of the minutes."""
    states = [
        i
        for i in rest
        if layout.lines[i].plain.lower() in {"absent", "not required", "present, as expected", "apologies"}
    ]
    prompts = [i for i in rest if layout.lines[i].plain.startswith(("No recordings", "Upload"))]
    last = max([*states, *prompts], default=-1)
    return next((index for index in rest if index > last), len(layout.lines))


def _chrome_tail(layout: Layout, rest: Sequence[int]) -> int:
    """Return the line where the page's closing chrome begins."""
    end = len(layout.lines)
    for index in reversed(rest):
        if not _CHROME.fullmatch(layout.lines[index].plain):
            return end
        end = index
    return end


def _modern_gov_page(layout: Layout, context: Context) -> WebPage | None:
    """Read a ModernGov page: one item, or a meeting with its list of items."""
    top = _top(layout)
    first = layout.lines[layout.content[top]].plain if layout.content else ""
    if not _PAGE_KINDS.match(first):
        return None
    titles = [
        index for index in layout.content[top + 1 : top + 6] if _TITLE.fullmatch(layout.lines[index].plain)
    ]
    fields = [i for i in layout.content if _FIELD.fullmatch(layout.lines[i].plain)]
    if not titles and not (first == "Agenda item" and fields):
        return None
    match = _TITLE.fullmatch(layout.lines[titles[0]].plain) if titles else None
    held = dates_in(match["date"]) if match else ()
    body = body_name(match["body"], context.council) if match else _named_body(layout, context)
    placed = replace(context, part=Part.WEB_PAGE, body=body, held_on=held[0].value if held else None)
    numbered = [index for index in layout.content if _NUMBER.fullmatch(layout.lines[index].plain)]
    has_minutes = any(layout.lines[index].plain == "Minutes:" for index in fields)
    kind = DocumentKind.MINUTES if numbered and has_minutes else DocumentKind.WEB_PAGE
    page = WebPage(kind, placed.council, placed.body, placed.held_on)
    if numbered:
        _read_meeting(layout, numbered, placed, page)
    else:
        _read_item(layout, top, placed, page)
    return page


def _top(layout: Layout) -> int:
    """Return the place of the line that says what a page is: links may stand above "Agenda item"."""
    for place, index in enumerate(layout.content[:_LINK_LINES]):
        words = layout.lines[index].plain
        if words == "Agenda item":
            return place
        if words.endswith((".", ";", ":")):
            break
    return 0


def _named_body(layout: Layout, context: Context) -> str | None:
    """Return the one body that the page's resolutions name: "That the ... Select Committee note"."""
    words = layout.words(layout.content)
    named = {
        name
        for match in re.finditer(
            r"\b[Tt]hat the ([A-Z][\w&' ]{3,80}? (?:Committee|Panel|Board|Cabinet|Forum))\b", words
        )
        if (name := body_name(match[1], context.council))
    }
    return named.pop() if len(named) == 1 else None


def _read_item(layout: Layout, top: int, context: Context, page: WebPage) -> None:
    """Read the page of a single item: title, purpose, minutes."""
    first, *rest = layout.content[top:]
    page.record.blocks.extend(
        Block(SegmentKind.CHROME, index, context) for index in layout.content[: top + 1]
    )
    title = layout.lines[rest[0]].plain if rest else None
    context = replace(context, heading=title, item_title=title)
    page.title = title
    if rest:
        page.record.blocks.append(Block(SegmentKind.HEADING, rest[0], context))
    _read_fields(layout, rest[0] + 1 if rest else first + 1, len(layout.lines), context, page)


def _read_meeting(layout: Layout, numbered: Sequence[int], context: Context, page: WebPage) -> None:
    for index in layout.content_between(0, numbered[0]):
        plain = layout.lines[index].plain
        chrome = _CHROME.fullmatch(plain) or _PAGE_KINDS.match(plain)
        page.record.blocks.append(Block(SegmentKind.CHROME if chrome else SegmentKind.COVER, index, context))
    for start, end in zip(numbered, [*numbered[1:], len(layout.lines)], strict=True):
        number = layout.lines[start].plain.rstrip(".")
        content = layout.content_between(start + 1, end)
        title = _PDF.sub("", layout.lines[content[0]].plain) if content else ""
        last = layout.lines[content[0]].end if content else layout.lines[start].end
        page.items.append(AgendaItem(number, title, Span(layout.lines[start].start, last)))
        placed = replace(context, item=number, item_title=title, heading=title)
        page.record.blocks.append(Block(SegmentKind.AGENDA_ITEM, start, placed))
        _read_fields(layout, content[0] + 1 if content else start + 1, end, placed, page)


def _read_fields(layout: Layout, first: int, end: int, context: Context, page: WebPage) -> None:
    """Read what stands under a title: the purpose, then "Decision:", "Minutes:", "Supporting documents:"."""
    labels = [
        index for index in layout.content_between(first, end) if _FIELD.fullmatch(layout.lines[index].plain)
    ]
    stops = [*labels, end]
    _read_purpose(layout, first, stops[0], context, page)
    for label, stop in zip(labels, stops[1:], strict=True):
        name = layout.lines[label].plain.rstrip(":")
        page.record.blocks.append(Block(SegmentKind.CHROME, label, replace(context, part=Part.WEB_PAGE)))
        if name in {"Minutes", "Decision"}:
            minuted = replace(context, part=Part.MINUTES)
            read_minute(layout, label + 1, stop, minuted, page.record)
        else:
            _read_purpose(layout, label + 1, stop, context, page)
    page.record.resolutions = _told_once(layout, page.record.resolutions)


def _told_once(layout: Layout, resolutions: Sequence[Resolution]) -> list[Resolution]:
    """Return the resolutions without those that "Minutes:" repeats word for word from "Decision:"."""
    kept: dict[tuple[str | None, str], Resolution] = {}
    for resolution in resolutions:
        words = " ".join(clause.span.of(layout.text) for clause in resolution.clauses)
        kept.setdefault((resolution.item, " ".join(words.split()).casefold()), resolution)
    return list(kept.values())


def _read_purpose(layout: Layout, first: int, end: int, context: Context, page: WebPage) -> None:
    for paragraph in layout.paragraphs(first, end):
        is_chrome = _CHROME.fullmatch(paragraph.words) or _DOCUMENT.fullmatch(paragraph.words)
        kind = SegmentKind.CHROME if is_chrome else SegmentKind.TEXT
        page.record.blocks.append(Block(kind, paragraph.first, context))
