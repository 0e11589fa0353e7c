"""A report behind its header: sections, numbered paragraphs, recommendations, the corporate block."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from qa_service.documents.blocks import Block, Context
from qa_service.documents.boilerplate import corporate_block, opens_corporate_block
from qa_service.documents.decisions import drafted
from qa_service.documents.headings import is_heading
from qa_service.documents.layout import Layout
from qa_service.documents.markers import Style
from qa_service.documents.paragraphs import Paragraph
from qa_service.documents.recommendations import (
    asks_at_once,
    is_recommendation_title,
    opens_inline,
    recommendation_at,
)
from qa_service.documents.slides import slides_start
from qa_service.documents.text_blocks import next_block
from qa_service.domain.documents import SegmentKind
from qa_service.domain.resolutions import Resolution, Standing

_CONTACTS = re.compile(
    r"(?:contact (?:details|officers?)|(?:report )?authors?|lead (?:officer|director)s?):?", re.IGNORECASE
)
_CONTACT_WORDS = 30


@dataclass(slots=True)
class ReportText:
    """What reading a report yields; `deck` is the line where slides behind it begin, left to the caller."""

    blocks: list[Block] = field(default_factory=list)
    resolutions: list[Resolution] = field(default_factory=list)
    deck: int | None = None


def report_text(layout: Layout, first: int, end: int, context: Context) -> ReportText:
    """Return the blocks and recommendations of the report on the lines from `first` up to `end`."""
    found = ReportText()
    paragraphs = layout.paragraphs(first, end)
    corporate = next(
        (p for p, par in enumerate(paragraphs) if opens_corporate_block(par.words)), len(paragraphs)
    )
    _read_body(layout, paragraphs[:corporate], context, found)
    behind = paragraphs[corporate:]
    slides = slides_start(layout, behind)
    _read_corporate(behind[:slides], context, found)
    if behind[slides:]:
        found.deck = behind[slides].first
    return found


def _read_body(layout: Layout, paragraphs: Sequence[Paragraph], context: Context, found: ReportText) -> None:
    place = 0
    asking = False
    while place < len(paragraphs):
        paragraph = paragraphs[place]
        below = paragraphs[place + 1] if place + 1 < len(paragraphs) else None
        titled = is_recommendation_title(paragraph)
        if titled:
            context = replace(context, heading=paragraph.text.strip(" :"), paragraph=None)
            found.blocks.append(Block(SegmentKind.HEADING, paragraph.first, context))
            asking = True
            place += 1
            continue
        contacts = _contacts_end(paragraphs, place)
        if contacts > place:
            context = replace(context, heading=paragraph.text.strip(" :"), paragraph=None)
            found.blocks.append(Block(SegmentKind.TEXT, paragraph.first, context))
            place, asking = contacts, False
            continue
        at_once = place == 0 and asks_at_once(paragraph)  # a report may ask before any title
        if asking or at_once or opens_inline(paragraph):
            taken = _recommend(layout, paragraphs, place, context, found)
            if taken:
                place = taken
                continue
        asking = asking and not is_heading(paragraph, below)
        place, block, context = next_block(paragraphs, place, context)
        found.blocks.append(block)


def _recommend(
    layout: Layout, paragraphs: Sequence[Paragraph], place: int, context: Context, found: ReportText
) -> int:
    """Add the recommendation that starts at `place`; return the place behind it, 0 where there is none."""
    asked = recommendation_at(layout, paragraphs, place, context.council)
    if asked is None:
        return 0
    placed = replace(context, paragraph=asked.paragraph)
    found.blocks.append(Block(SegmentKind.RECOMMENDATION, paragraphs[place].first, placed))
    titled = replace(placed, heading=context.item_title)
    entry = drafted(titled, asked.span, asked.clauses, asked.verb, Standing.RECOMMENDED)
    to = asked.addressed_to or context.addressed_to or context.body
    words = _letters(layout, entry)
    if all(_letters(layout, other) != words for other in found.resolutions):
        found.resolutions.append(replace(entry, addressed_to=to))  # many reports print theirs twice
    return asked.last + 1


def _letters(layout: Layout, entry: Resolution) -> str:
    words = "".join(clause.span.of(layout.text) for clause in entry.clauses)
    return "".join(letter for letter in words.lower() if letter.isalnum())


def _contacts_end(paragraphs: Sequence[Paragraph], place: int) -> int:
    """Return the end of the contacts that a report closes with: names, posts, numbers, one block."""
    if not _CONTACTS.fullmatch(paragraphs[place].text):
        return place
    end = place + 1
    while end < len(paragraphs) and len(paragraphs[end].words.split()) <= _CONTACT_WORDS:
        marker = paragraphs[end].marker
        if marker is not None and marker.style is Style.NUMBER:
            break
        end += 1
    return end


def _read_corporate(paragraphs: Sequence[Paragraph], context: Context, found: ReportText) -> None:
    context = replace(context, paragraph=None)
    for place, standing in enumerate(corporate_block(paragraphs)):
        paragraph = standing.paragraph
        if opens_corporate_block(paragraph.text):
            context = replace(context, heading=paragraph.text.strip(" :"))
        below = paragraphs[place + 1] if place + 1 < len(paragraphs) else None
        kind = SegmentKind.BOILERPLATE if standing.standing else SegmentKind.TEXT
        if not standing.standing and is_heading(paragraph, below):
            kind = SegmentKind.HEADING
            context = replace(context, heading=paragraph.text)
        last = found.blocks[-1] if found.blocks else None
        if (
            last is None
            or kind is not SegmentKind.BOILERPLATE
            or (last.kind, last.context) != (kind, context)
        ):
            found.blocks.append(Block(kind, paragraph.first, context))
