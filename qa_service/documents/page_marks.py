"""What belongs to the page and not to the paper: stamps, page numbers, running heads, blank pages."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto

from qa_service.documents.lines import Line
from qa_service.domain.documents import Page, SegmentKind

_STAMP = re.compile(r"Page (\d{1,4})", re.IGNORECASE)
_OF = re.compile(r"(?:Page )?(\d{1,4}) of (\d{1,4})|(?:Page )?(\d{1,4})/(\d{1,4})", re.IGNORECASE)
_FRAMED = re.compile(r"\|?\s*[-\u2013\u2014] ?(\d{1,4}) ?[-\u2013\u2014]\s*(?:\|[\s|]*)?")
_BARE = re.compile(r"\d{1,4}")
_CLOSING = re.compile(r"\s(\d{1,4})$")
_DIVIDER = re.compile(r"Agenda Item (?:No\.? ?)?(\d{1,3}[a-z]?)\.?", re.IGNORECASE)
_BLANK_PAGE = re.compile(
    r"This page is (?:intentionally|left intentionally|deliberately) (?:left )?blank\.?", re.IGNORECASE
)
_SPECIMEN = re.compile(r"Specimen (?:paper|page) of a fictional council\b.*")  # on each paper of the sample
_RULE = re.compile(r"(?:[-_*\u2013] ?){3,}|\|[\s:|-]*-[\s:|-]*\|?")
_STRUCTURE = re.compile(r"\((?:Item|Pages)\b|RESOLVED\b|Recommend|\(?\w{1,3}[.)]\s", re.IGNORECASE)
_DIGITS = re.compile(r"\d+")
_TOP, _BOTTOM = 3, 4  # lines at a page's edges where marks stand
_REPEATS = 3  # a running head stands on so many pages at least
_SHARE = 0.4  # and on such a part of them
_MANY = 6  # so many pages keep step by no chance, however many others carry no number
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
        elif (
            words and (_STAMP.fullmatch(words) or _FRAMED.fullmatch(words) or _SPECIMEN.fullmatch(words))
        ) or (words and _RULE.fullmatch(words) and not _in_table(lines, index)):
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
    """Mark the paper's own page numbers: "Page 3 of 54", "- 3 -", or one that keeps step with the pages.

    The last stands alone, or closes a line that is otherwise the same on every page.
    """
    heads = _running_heads(lines, edges, count, marks)
    found = [
        number
        for page, sides in edges.items()
        for side, repeated in zip(sides, heads, strict=True)
        for number in _numbers(lines, page, side, repeated)
    ]
    for number in (each for each in found if each.said is _Said.OUTRIGHT):
        _take(number, marks)
    alone = _in_step(each for each in found if each.said is _Said.ALONE and each.index not in marks.kinds)
    pages = len({number.page for number in alone})
    step_of_one = count == 1 and all(number.label == "1" for number in alone)
    steady = pages >= max(2, _STEADY * (count - 2)) or pages >= _MANY or step_of_one
    outermost = {index for edge in edges.values() for side in edge for index in side[:1]}
    for number in alone:
        if steady or (pages >= _REPEATS - 1 and number.index in outermost):
            _take(number, marks)
    closing = _in_step(each for each in found if each.said is _Said.CLOSING)
    if len({number.page for number in closing}) >= max(_REPEATS, _STEADY * (count - 2)):
        for number in closing:
            _take(number, marks)


def _take(number: "_Number", marks: PageMarks) -> None:
    marks.kinds.setdefault(number.index, SegmentKind.PAGE_MARK)
    marks.labels.setdefault(number.page, number.label)


def _in_step(numbers: Iterable["_Number"]) -> list["_Number"]:
    """Return the numbers that differ from the count of pages by the constant that most of them share."""
    steps: defaultdict[int, list[_Number]] = defaultdict(list)
    for number in numbers:
        steps[int(number.label) - number.page].append(number)
    return max(steps.items(), key=lambda found: (len(found[1]), -abs(found[0])))[1] if steps else []


class _Said(Enum):
    """How a line numbers its page: by its form, by its only word, or by its last behind a running head."""

    OUTRIGHT = auto()
    ALONE = auto()
    CLOSING = auto()


@dataclass(frozen=True, slots=True)
class _Number:
    page: int
    index: int
    label: str
    said: _Said


def _numbers(lines: Sequence[Line], page: int, side: Sequence[int], repeated: set[str]) -> Iterator[_Number]:
    """Yield what may number a page on one of its edges, outermost first; running heads count no place."""
    place = 0
    for index in side:
        words = lines[index].plain
        if (of := _OF.fullmatch(words)) and 1 <= int(of[1] or of[3]) <= int(of[2] or of[4]):
            yield _Number(page, index, of[1] or of[3], _Said.OUTRIGHT)
        elif framed := _FRAMED.fullmatch(words):
            yield _Number(page, index, framed[1], _Said.OUTRIGHT)
        elif _BARE.fullmatch(words):
            if place <= 1:
                yield _Number(page, index, words, _Said.ALONE)
        elif _folded(lines[index]) in repeated:
            if closing := _CLOSING.search(words):
                yield _Number(page, index, closing[1], _Said.CLOSING)
            continue
        place += 1


def _running_heads(
    lines: Sequence[Line], edges: Mapping[int, tuple[list[int], list[int]]], count: int, marks: PageMarks
) -> tuple[set[str], set[str]]:
    """Return the lines, folded, that stand on so many pages' tops, and bottoms, that they are the pages'."""
    needed = max(_REPEATS, int(_SHARE * count))
    found: list[set[str]] = []
    for side in (0, 1):
        seen: Counter[str] = Counter()
        for edge in edges.values():
            seen.update({_folded(lines[index]) for index in _unmarked(edge[side], marks)[:2]})
        found.append({words for words, times in seen.items() if times >= needed})
    return found[0], found[1]


def _mark_running_heads(
    lines: Sequence[Line], edges: Mapping[int, tuple[list[int], list[int]]], count: int, marks: PageMarks
) -> None:
    for side, heads in enumerate(_running_heads(lines, edges, count, marks)):
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
