"""Slide decks: short lines under titles. A slide without words says nothing, and nothing is read from it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from qa_service.documents.blocks import Block, Context
from qa_service.documents.layout import Layout
from qa_service.documents.paragraphs import Paragraph
from qa_service.documents.tables import table_end
from qa_service.domain.documents import SegmentKind

_MIN_PARAGRAPHS = 8
_TITLE_WORDS = 12
_DECK_TITLES = 2  # Markdown titles of the first level that make a deck
_BULLETS = 0.12  # of a deck's lines at least
_FIGURE_SHARE = 0.2  # of the words: more figures make a table
_MIN_SLIDES = 3
_SLIDE_CHARACTERS = 900  # a page; a page of prose has about 2,500
_SHORT = 0.75  # of the width: the middle line of a deck is shorter
_PROSE_LINES = 4
_FIGURES = re.compile(r"[\d\W]*|\w{3}-\d\d")
_CLOSING = re.compile(r"(?:thank you|any questions|questions\??|and)\b.{0,30}", re.IGNORECASE)


def slides_start(layout: Layout, paragraphs: Sequence[Paragraph]) -> int:
    """Return the place of the first paragraph of a deck that ends a report; their number where none does."""
    for place, paragraph in enumerate(paragraphs):
        rest = paragraphs[place:]
        if paragraph.level == 1 and sum(p.level == 1 for p in rest) >= _DECK_TITLES:
            return place
        opens = (
            paragraph.words == "Agenda" or layout.marks.kinds.get(paragraph.first - 1) is SegmentKind.BLANK
        )
        if opens and looks_like_slides(layout, rest):
            return place
    return len(paragraphs)


def looks_like_slides(layout: Layout, paragraphs: Sequence[Paragraph]) -> bool:
    """Return whether paragraphs are a deck: many, short, bulleted."""
    if len(paragraphs) < _MIN_PARAGRAPHS:
        return False
    if sum(paragraph.level == 1 for paragraph in paragraphs) >= _DECK_TITLES:
        return True
    lines = [
        layout.lines[i].plain for p in paragraphs for i in range(p.first, p.last + 1) if layout.lines[i].plain
    ]
    if layout.paged and not _pages_are_slides(layout, paragraphs, sum(len(words) for words in lines)):
        return False
    tokens = " ".join(lines).split()
    if sum(_FIGURES.fullmatch(token) is not None for token in tokens) > _FIGURE_SHARE * len(tokens):
        return False
    bullets = sum(words.startswith(("\u2022", "-", "\u2713")) for words in lines)
    lengths = sorted(len(words) for words in lines)
    return bullets >= _BULLETS * len(lines) and lengths[len(lengths) // 2] < _SHORT * layout.width


def _pages_are_slides(layout: Layout, paragraphs: Sequence[Paragraph], characters: int) -> bool:
    """Return whether the pages are as bare as slides, and several."""
    pages = {layout.lines[paragraph.first].page for paragraph in paragraphs}
    return len(pages) >= _MIN_SLIDES and characters < _SLIDE_CHARACTERS * len(pages)


def slide_blocks(layout: Layout, first: int, end: int, context: Context) -> Iterator[Block]:
    """Yield one block a slide, its title as heading."""
    paragraphs = layout.paragraphs(first, end)
    by_level = sum(paragraph.level == 1 for paragraph in paragraphs) >= _DECK_TITLES
    place = 0
    in_table = False
    while place < len(paragraphs):
        paragraph = paragraphs[place]
        table = _without_prose(paragraphs, place, table_end(paragraphs, place))
        if table > place:
            yield Block(SegmentKind.TABLE, paragraph.first, context)
            place, in_table = table, True
            continue
        is_title = paragraph.level == 1 if by_level else _is_title(paragraphs, place)
        is_title = is_title and not (by_level and place and _is_subtitle(paragraphs[place - 1], paragraph))
        if is_title:
            context = replace(context, heading=paragraph.text.rstrip(" :."))
        if is_title or in_table or place == 0:
            yield Block(SegmentKind.SLIDE, paragraph.first, context)
        in_table = False
        place += 1


def _without_prose(paragraphs: Sequence[Paragraph], place: int, end: int) -> int:
    """Return the end of a table without the sentences beside it, which a converter puts behind its cells."""
    while end - 1 > place and not paragraphs[end - 1].row and paragraphs[end - 1].lines >= _PROSE_LINES:
        end -= 1
    return end


def _is_subtitle(above: Paragraph, paragraph: Paragraph) -> bool:
    """Return whether a title of the first level directly below another belongs to the same slide."""
    return above.level == 1 and paragraph.first - above.last <= 1


def _is_title(paragraphs: Sequence[Paragraph], place: int) -> bool:
    """Return whether a paragraph of plain text opens a slide: a short line above longer or bulleted ones."""
    paragraph = paragraphs[place]
    words = paragraph.words
    if paragraph.marker is not None or len(words.split()) > _TITLE_WORDS or _FIGURES.fullmatch(words):
        return False
    if (
        not words[:1].isupper()
        or words.endswith((".", ",", ";", "?"))
        or paragraph.last > paragraph.first + 1
    ):
        return False
    if _CLOSING.fullmatch(words):
        return words.lower().startswith("thank")
    below = paragraphs[place + 1] if place + 1 < len(paragraphs) else None
    if words.endswith(":") and table_end(paragraphs, place + 1) > place + 1:
        return True
    if below is None or (paragraph.gap == 0 and place):
        return False
    return len(below.words) > len(words) or below.marker is not None
