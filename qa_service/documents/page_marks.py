"""What belongs to the page and not to the paper: stamps, page numbers, running heads, blank pages."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from qa_service.documents.lines import Line
from qa_service.domain.documents import Page, SegmentKind

_STAMP = re.compile(r"Page (\d{1,4})", re.IGNORECASE)
_OF = re.compile(r"(?:Page )?(\d{1,4}) of (\d{1,4})|(?:Page )?(\d{1,4})/(\d{1,4})", re.IGNORECASE)
_FRAMED = re.compile(r"\|?\s*[-\u2013\u2014] ?(\d{1,4}) ?[-\u2013\u2014]\s*(?:\|[\s|]*)?")
_BARE = re.compile(r"\d{1,4}|[ivxlc]{1,6}")
_DIVIDER = re.compile(r"Agenda Item (?:No\.? ?)?(\d{1,3}[a-z]?)\.?", re.IGNORECASE)
_BLANK_PAGE = re.compile(
    r"This page is (?:intentionally|left intentionally|deliberately) (?:left )?blank\.?", re.IGNORECASE
)
_RULE = re.compile(r"(?:[-_*\u2013] ?){3,}|\|[\s:|-]*-[\s:|-]*\|?")
_STRUCTURE = re.compile(r"\((?:Item|Pages)\b|RESOLVED\b|Recommend|\(?\w{1,3}[.)]\s", re.IGNORECASE)
_DIGITS = re.compile(r"\d+")
_TOP, _BOTTOM = 3, 4  # lines at a page's edges where marks stand
_REPEATS = 3  # a running head stands on so many pages at least
_SHARE = 0.4  # and on such a part of them
_STEADY = 0.6  # page numbers differ from the count of pages by one constant on such a part of the pages
_TABLE_HEAD = 3  # so many repeated lines on top are the head of a table that runs over pages


@dataclass(slots=True)
class PageMarks:
    """`kinds` gives each line that is no content its kind; `stamps` a page, by index, its stamped item."""

    kinds: dict[int, SegmentKind] = field(default_factory=dict)
    labels: dict[int, str] = field(default_factory=dict)
    stamps: dict[int, str] = field(default_factory=dict)


def page_marks(lines: Sequence[Line], pages: Sequence[Page]) -> PageMarks:
    """Return the marks of a paper. A label stamped by the pack counts before a number of the paper's own."""
    marks = PageMarks()
    _mark_anywhere(lines, marks)
    if pages:
        edges = _edges(lines, marks)
        _mark_empty_pages(lines, len(pages), marks)
        _mark_stamps(lines, edges, marks)
        _mark_numbers(lines, edges, len(pages), marks)
        _mark_running_heads(lines, edges, len(pages), marks)
    return marks


def divider_item(line: Line) -> str | None:
    """Return the item of a line that says "Agenda Item 8" and no more."""
    match = _DIVIDER.fullmatch(line.plain)
    return match[1] if match else None


def _mark_anywhere(lines: Sequence[Line], marks: PageMarks) -> None:
    for index, line in enumerate(lines):
        words = line.plain
        if _BLANK_PAGE.fullmatch(words):
            marks.kinds[index] = SegmentKind.BLANK
        elif (words and (_STAMP.fullmatch(words) or _FRAMED.fullmatch(words))) or (
            words and _RULE.fullmatch(words) and not _in_table(lines, index)
        ):
            marks.kinds[index] = SegmentKind.PAGE_MARK


def _in_table(lines: Sequence[Line], index: int) -> bool:
    """Return whether a rule of dashes is the second line of a Markdown table with words in its head."""
    above = lines[index - 1].plain if index else ""
    is_head = "|" in above and not _FRAMED.fullmatch(above) and not _RULE.fullmatch(above)
    return lines[index].plain.startswith("|") and is_head


def _mark_empty_pages(lines: Sequence[Line], count: int, marks: PageMarks) -> None:
    filled = {line.page for line in lines if not line.blank}
    seen: set[int] = set()
    for index, line in enumerate(lines):
        if line.page not in filled and line.page not in seen and count > 1:
            seen.add(line.page)
            marks.kinds[index] = SegmentKind.BLANK


def _edges(lines: Sequence[Line], marks: PageMarks) -> dict[int, tuple[list[int], list[int]]]:
    """Return, for each page, the indexes of its first and of its last lines with words, outermost first."""
    filled: defaultdict[int, list[int]] = defaultdict(list)
    for index, line in enumerate(lines):
        if not line.blank and marks.kinds.get(index) is not SegmentKind.BLANK:
            filled[line.page].append(index)
    return {page: (found[:_TOP], found[: -_BOTTOM - 1 : -1]) for page, found in filled.items()}


def _mark_stamps(
    lines: Sequence[Line], edges: Mapping[int, tuple[list[int], list[int]]], marks: PageMarks
) -> None:
    for page, (top, bottom) in edges.items():
        for index in (*bottom, *top):
            words = lines[index].plain
            if stamp := _STAMP.fullmatch(words):
                marks.labels.setdefault(page, stamp[1])
            elif (item := divider_item(lines[index])) is not None and index in (*bottom[:2], *top[:2]):
                marks.kinds[index] = SegmentKind.DIVIDER
                marks.stamps.setdefault(page, item)


def _mark_numbers(
    lines: Sequence[Line], edges: Mapping[int, tuple[list[int], list[int]]], count: int, marks: PageMarks
) -> None:
    """Mark the paper's own page numbers: "Page 3 of 54", or a bare number that keeps step with the pages."""
    bare: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for page, (top, bottom) in edges.items():
        for place, index in (*enumerate(top), *enumerate(bottom)):
            words = lines[index].plain
            if (of := _OF.fullmatch(words)) and 1 <= int(of[1] or of[3]) <= int(of[2] or of[4]):
                marks.kinds.setdefault(index, SegmentKind.PAGE_MARK)
                marks.labels.setdefault(page, of[1] or of[3])
            elif place <= 1 and _BARE.fullmatch(words) and words.isdigit() and index not in marks.kinds:
                bare[int(words) - page].append((page, index))
    if not bare:
        return
    step, numbered = max(bare.items(), key=lambda found: (len(found[1]), -abs(found[0])))
    pages_numbered = {page for page, _ in numbered}
    steady = len(pages_numbered) >= max(2, _STEADY * (count - 2)) or (count == 1 and step == 1)
    if steady or len(pages_numbered) >= _REPEATS - 1:
        outermost = {index for edge in edges.values() for side in edge for index in side[:1]}
        for page, index in numbered:
            if not steady and index not in outermost:
                continue
            marks.kinds[index] = SegmentKind.PAGE_MARK
            marks.labels.setdefault(page, lines[index].plain)


def _mark_running_heads(
    lines: Sequence[Line], edges: Mapping[int, tuple[list[int], list[int]]], count: int, marks: PageMarks
) -> None:
    needed = max(_REPEATS, int(_SHARE * count))
    for side in (0, 1):
        seen: Counter[str] = Counter()
        for edge in edges.values():
            seen.update({_folded(lines[index]) for index in _unmarked(edge[side], marks)[:2]})
        heads = {words for words, times in seen.items() if times >= needed}
        for edge in edges.values():
            run = list(_repeated(lines, _unmarked(edge[side], marks), heads))
            if side == 1 or len(run) < _TABLE_HEAD:
                marks.kinds.update(dict.fromkeys(run, SegmentKind.PAGE_MARK))


def _unmarked(indexes: Sequence[int], marks: PageMarks) -> list[int]:
    return [index for index in indexes if index not in marks.kinds]


def _is_structure(words: str) -> bool:
    """Return whether a line says where in the meeting it stands, however often such lines open pages."""
    return _STRUCTURE.match(words) is not None


def _repeated(lines: Sequence[Line], edge: Sequence[int], heads: set[str]) -> Iterator[int]:
    for index in edge:
        if _folded(lines[index]) not in heads or _is_structure(lines[index].plain):
            return
        yield index


def _folded(line: Line) -> str:
    return _DIGITS.sub("#", line.plain.lower())
