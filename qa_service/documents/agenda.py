"""The agenda list of a pack: which items, on which pages, with which purpose."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from qa_service.documents.blocks import Block, Context
from qa_service.documents.boilerplate import is_standing_text
from qa_service.documents.headings import is_capitals
from qa_service.documents.layout import Layout
from qa_service.documents.markers import Style, marker_at
from qa_service.domain.documents import AgendaItem, SegmentKind
from qa_service.domain.spans import Span

_AGENDA = re.compile(r"A ?G ?E ?N ?D ?A|Agenda Item No\.?|Items? of business|Items No\. Item", re.IGNORECASE)
_PAGES = re.compile(
    r"\(\s*Pages?\s+(?P<first>\w{1,6})(?:\s*[-\u2013to]*\s*(?P<last>\w{1,6}))?\s*\)", re.IGNORECASE
)
_BARE_NUMBER = re.compile(r"(\d{1,3})\s+(?=[A-Z0-9])")
_PURPOSE = re.compile(
    r"(?:To (?:receive|consider|confirm|note|approve|agree|adopt|authorise|review|sign|appoint|deal|"
    r"discuss|hear|elect|"
    r"determine|endorse|answer|scrutinise|make|address)|For the|All Members|Members (?:are|who|should)|"
    r"The (?:Panel|Committee"
    r"|Board|Cabinet)|A (?:report|presentation|period)|See supplement|- To follow|Report of)\b"
)
_END = re.compile(
    r"(?:ABOUT THIS (?:AGENDA|MEETING)|EXEMPT ITEMS|UNRESTRICTED ITEMS|PART (?:II|B|2)\b|Yours sincerely|"
    r"EXCLUSION OF)",
    re.IGNORECASE,
)
_CONTACT = re.compile(
    r"\d{5} ?\d{5,6}|(?:[A-Z][\w.'-]*,? ){0,4}(?:Chief Executive|General Counsel|Monitoring Officer|"
    r"Proper Officer|"
    r"Head of [A-Z]\w+|(?:Assistant |Corporate |Service )?Director(?: of [A-Z]\w+)?|(?:Town |"
    r"Parish )?Clerk)\b.{0,40}$"
)
_FORMAL = re.compile(
    r"\bapolog|\bdeclaration|\bminutes\b|\binterests?\b|\burgent\b|\bchair|\bto (?:consider|adopt|receive)\b|"
    r"ymddiheur|cofnodion",
    re.IGNORECASE,
)
_SIGNED_WORDS = 8
_MIN_ITEMS = 2


@dataclass(frozen=True, slots=True)
class Agenda:
    """An agenda list: `first` is its heading's line, `last` its last; `starts` the lines of the items."""

    first: int
    last: int
    items: tuple[AgendaItem, ...]
    starts: tuple[int, ...]


def agenda_of(layout: Layout, end: int) -> Agenda | None:
    """Return the agenda list that stands before the line `end`; None where none does."""
    for head in layout.content:
        if head >= end:
            return None
        if not _AGENDA.fullmatch(layout.lines[head].plain):
            continue
        starts = list(_starts(layout, head, end))
        if not starts:
            continue
        last = _last_line(layout, starts[-1], end)
        items = tuple(_item(layout, a, b) for a, b in zip(starts, [*starts, last + 1][1:], strict=True))
        if _is_agenda(layout.lines[head].plain, items):
            return Agenda(head, last, items, tuple(starts))
    return None


def _is_agenda(head: str, items: Sequence[AgendaItem]) -> bool:
    """Return whether items are a meeting's business, not a talk's contents: pages, apologies, minutes."""
    if "Item No" in head:
        return True
    formal = any(item.first_page or _FORMAL.search(item.title) for item in items)
    return formal and len(items) >= _MIN_ITEMS


def _starts(layout: Layout, head: int, end: int) -> Iterator[int]:
    """Yield the lines where items start: numbers that follow one another."""
    bare_allowed = "Item No" in layout.lines[head].plain
    expected: int | None = None
    for index in layout.content:
        if index <= head or index >= end:
            continue
        line = layout.lines[index]
        marker = marker_at(line.plain)
        number = marker.value if marker is not None and marker.style is Style.NUMBER else None
        if number is None and bare_allowed and (bare := _BARE_NUMBER.match(line.plain)):
            number = int(bare[1])
        if number is not None and (expected is None or number == expected):
            yield index
            expected = number + 1
        elif _END.match(line.plain) and expected is not None:
            return


def _last_line(layout: Layout, start: int, end: int) -> int:
    """Return the last line of the last item: its title, pages and purpose, before signatures and notices."""
    last = start
    gap = 0
    for index in range(start + 1, end):
        line = layout.lines[index]
        if index in layout.marks.kinds:
            break
        if line.blank:
            gap += 1
            continue
        if _END.match(line.plain) or _CONTACT.match(line.plain) or gap > 3 or line.level:  # noqa: PLR2004
            break
        if (
            gap
            and last != start
            and not (_PAGES.match(line.plain) or _PURPOSE.match(line.plain) or _bare(layout, start))
        ):
            break
        last, gap = index, 0
    return last


def _bare(layout: Layout, start: int) -> bool:
    """Return whether the number stands alone on its line, its title below a blank."""
    marker = marker_at(layout.lines[start].plain)
    return marker is not None and marker.length >= len(layout.lines[start].plain)


def _item(layout: Layout, start: int, after: int) -> AgendaItem:
    indexes = layout.content_between(start, after)
    first = layout.lines[start].plain
    marker = marker_at(first)
    number = marker.label if marker is not None else first.split()[0]
    rest = first[marker.length :].strip() if marker is not None else first.split(maxsplit=1)[1]
    title, pages = _title(rest, [layout.lines[index].plain for index in indexes[1:]])
    last = layout.lines[indexes[-1]]
    return AgendaItem(
        number,
        title,
        Span(layout.lines[start].start, last.end),
        first_page=pages["first"] if pages else None,
        last_page=(pages["last"] or pages["first"]) if pages else None,
    )


def _title(first: str, following: Sequence[str]) -> tuple[str, re.Match[str] | None]:
    """Return an item's title without pages and purpose, and the match of its pages."""
    pages = _PAGES.search(" ".join([first, *following]))
    taken: list[str] = []
    for words in (first, *following):
        if not words:
            continue
        if taken and (
            _PURPOSE.match(words) or (is_capitals(taken[0]) and not is_capitals(_without_pages(words)))
        ):
            break
        if (at := words.find("(Page")) != -1:
            taken.append(words[:at])
            break
        taken.append(words)
        if not pages and not is_capitals(taken[0]) and len(taken) > 1:
            break
    return " ".join(" ".join(taken).split()), pages


def _without_pages(words: str) -> str:
    return words.split("(Page", maxsplit=1)[0] or "PAGES"


def agenda_blocks(layout: Layout, agenda: Agenda, end: int, context: Context) -> Iterator[Block]:
    """Yield the blocks of the agenda list, one an item, up to the line `end`."""
    yield Block(SegmentKind.HEADING, agenda.first, replace(context, heading=layout.lines[agenda.first].plain))
    for paragraph in layout.paragraphs(agenda.first + 1, agenda.starts[0]):
        kind = SegmentKind.BOILERPLATE if _END.match(paragraph.words) else SegmentKind.COVER
        yield Block(kind, paragraph.first, context)
    for item, start, after in zip(
        agenda.items, agenda.starts, [*agenda.starts, agenda.last + 1][1:], strict=True
    ):
        placed = replace(context, item=item.number, item_title=item.title)
        yield Block(SegmentKind.AGENDA_ITEM, start, placed)
        yield from _standing_text_in(layout, start, after, placed)
    for paragraph in layout.paragraphs(agenda.last + 1, end):
        short = len(paragraph.words.split()) <= _SIGNED_WORDS and not _END.match(paragraph.words)
        yield Block(SegmentKind.SIGNATURE if short else SegmentKind.BOILERPLATE, paragraph.first, context)


def _standing_text_in(layout: Layout, start: int, after: int, context: Context) -> Iterator[Block]:
    """Yield the standing text inside an item, as the rules on declarations printed in full."""
    for index in layout.content_between(start + 1, after):
        if is_standing_text(layout.words(range(index, min(index + 3, after)))):
            yield Block(SegmentKind.BOILERPLATE, index, context)
            return
