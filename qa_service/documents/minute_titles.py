"""The titles of the minutes: where one minute ends and the next begins."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from qa_service.documents.attendance import is_roll_label
from qa_service.documents.decisions import opens_decision
from qa_service.documents.headings import is_capitals, is_heading, split_item
from qa_service.documents.layout import Layout
from qa_service.documents.markers import Style, close_number, marker_at
from qa_service.documents.paragraphs import Paragraph
from qa_service.documents.people import names_official

_ITEM = re.compile(r".*\(Item (?:No\.? )?\w{1,5}\)$", re.IGNORECASE)
_TITLE_LINES = 5
_TITLE_WORDS = 25
_BUSINESS = re.compile(r"(?:Notice of Motion|Question)s? (?:submitted|given|from|by)\b", re.IGNORECASE)
_MEMBER = re.compile(r"(?:Councillors?|Cllrs?|Mr|Mrs|Ms|Miss|Dr)\b")
_SHORT = 0.75  # of the page's width, where a line is short enough for a title
_SKIPPED = 5  # minute numbers that a converter may have lost between two


@dataclass(frozen=True, slots=True)
class MinuteHeading:
    """The title of one minute on the lines `first` to `last`; `number` and `item` as printed."""

    first: int
    last: int
    number: str | None
    title: str
    item: str | None


def minute_headings(layout: Layout, first: int, end: int) -> list[MinuteHeading]:
    """Return the titles of the minutes: numbered, or with "(Item 3)"; plain ones where there is neither."""
    found: list[MinuteHeading] = []
    indexes = layout.content_between(first, end)
    number = 0
    place = 0
    while place < len(indexes):
        heading = _numbered(layout, indexes, place, number) or _with_item(layout, indexes, place)
        if heading is None:
            place += 1
            continue
        found.append(heading)
        number = int(heading.number) if heading.number else number
        place = indexes.index(heading.last, place) + 1
    return found or _plain_titles(layout, first, end)


def _numbered(layout: Layout, indexes: Sequence[int], place: int, last: int) -> MinuteHeading | None:
    """Return the title that a number opens, if the number follows the last minute's."""
    line = layout.lines[indexes[place]]
    marker = marker_at(line.plain) or close_number(line.plain)
    if marker is None or marker.style is not Style.NUMBER:
        return None
    if last and not last < marker.value <= last + _SKIPPED:
        return None
    rest = line.plain[marker.length :].strip()
    titled = _title(layout, indexes, place + (not rest), rest or None, strong=bool(line.level or line.bold))
    if titled is None:
        return None
    title, end = titled
    title, item = split_item(title)
    return MinuteHeading(indexes[place], end, marker.label, title.strip(" :"), item)


def _title(
    layout: Layout, indexes: Sequence[int], place: int, rest: str | None, *, strong: bool
) -> tuple[str, int] | None:
    """Return a title and its last line: words up to "(Item 3)", words in capitals, or one title-like line."""
    if place >= len(indexes):
        return None
    taken: list[str] = []
    above = indexes[place]
    for index in indexes[place : place + _TITLE_LINES]:
        words = rest if rest is not None and not taken else layout.lines[index].plain
        parted = index - above > 1 and not words.startswith("(Item")
        if taken and (marker_at(words) is not None or parted or taken[-1].endswith(".")):
            break
        above = index
        taken.append(words)
        if _ITEM.match(words):
            return " ".join(taken), index
    capitals: list[str] = []
    last = indexes[place]
    for words, index in zip(taken, indexes[place:], strict=False):
        if not is_capitals(words) or opens_words(words):
            break
        capitals.append(words)
        last = index
    if capitals:
        return " ".join(capitals), last
    own = layout.lines[indexes[place]]
    if _BUSINESS.match(taken[0]):
        return _in_brackets(taken, indexes[place:])
    if strong or own.level or own.bold or _is_title_line(layout, indexes, place, taken[0]):
        return taken[0], indexes[place]
    return None


def _in_brackets(taken: Sequence[str], indexes: Sequence[int]) -> tuple[str, int]:
    """Return the first line, and those that a bracket opened in it runs over: "(to be referred to ...)"."""
    title, last = taken[0], 0
    while title.count("(") > title.count(")") and last + 1 < len(taken):
        last += 1
        title = f"{title} {taken[last]}"
    return (title, indexes[last]) if title.count("(") == title.count(")") else (taken[0], indexes[0])


def opens_words(words: str) -> bool:
    """Return whether capitals open a decision or a vote, and so no title."""
    return words.startswith(("RESOLVED", "RECOMMENDED", "AGREED", "PRESENT", "VOTE"))


def _is_title_line(layout: Layout, indexes: Sequence[int], place: int, words: str) -> bool:
    """Return whether a line in mixed case is a title: short, no sentence, set apart."""
    if (
        len(words.split()) > _TITLE_WORDS // 2
        or words.endswith((".", ";", ",", ":"))
        or not words[:1].isupper()
    ):
        return False
    if opens_words(words.upper()) or re.search(r"\b(?:was|were|had|will|is|are)\b", words):
        return False
    line = layout.lines[indexes[place]]
    spaced = layout.text.count("\n", line.end, line.next) > 1  # as all lines of its text are
    apart = layout.text[line.next : line.next + 40].startswith(("\n", " \n", "  \n"))
    return apart or len(words) < layout.width // 2 or (spaced and len(words) < _SHORT * layout.width)


def _with_item(layout: Layout, indexes: Sequence[int], place: int) -> MinuteHeading | None:
    """Return an unnumbered title whose next line, or end, says "(Item 3)"."""
    first = indexes[place]
    line = layout.lines[first]
    if marker_at(line.plain) is not None or not line.plain[:1].isupper() or line.plain.startswith("(Item"):
        return None
    for count in range(1, 4):
        run = indexes[place : place + count]
        words = layout.words(run)
        if marker_at(layout.lines[run[-1]].plain) is not None:
            return None
        if _ITEM.match(words) and len(words.split()) <= _TITLE_WORDS and not words.startswith("("):
            title, item = split_item(words)
            above = layout.lines[indexes[place - 1]].plain if place else ""
            return None if _runs_from(above) else MinuteHeading(first, run[-1], None, title, item)
        if len(run) < count or layout.lines[run[-1]].plain.endswith("."):
            return None
    return None


def _runs_from(above: str) -> bool:
    """Return whether the line above is the first half of a title, or of a sentence."""
    return bool(above) and not above.endswith((".", ":", ";", ")", "?")) and len(above.split()) > 3  # noqa: PLR2004


def _plain_titles(layout: Layout, first: int, end: int) -> list[MinuteHeading]:
    """Return unnumbered titles, for minutes that number nothing."""
    paragraphs = layout.paragraphs(first, end)
    found = []
    for place, paragraph in enumerate(paragraphs):
        below = paragraphs[place + 1] if place + 1 < len(paragraphs) else None
        if below is None or paragraph.marker or opens_decision(paragraph) or _is_in_roll(paragraph, below):
            continue
        if is_heading(paragraph, below) or _heads_sentence(paragraph, below):
            found.append(MinuteHeading(paragraph.first, paragraph.last, None, paragraph.text, None))
    return found


def _is_in_roll(paragraph: Paragraph, below: Paragraph) -> bool:
    """Return whether a line is a roll's: its label, or a member or an official under one."""
    words = paragraph.words
    if is_roll_label(words):
        return words.endswith(":") or not below.words.endswith(".")
    return names_official(words) or (_MEMBER.match(words) is not None and is_roll_label(below.words))


def _heads_sentence(paragraph: Paragraph, below: Paragraph) -> bool:
    """Return whether a line is the title of a sentence below it, however short that sentence is."""
    words = paragraph.words
    short = len(words.split()) <= _TITLE_WORDS // 2 and paragraph.first == paragraph.last
    return short and words[:1].isupper() and not paragraph.ended and below.words.endswith((".", ":"))
