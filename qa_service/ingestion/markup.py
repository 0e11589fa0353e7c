"""HTML that a paper prints among its words: what it parts, and what of it says nothing at an edge."""

import re
from collections.abc import Iterator

# A line that ends in the middle of a sentence parts nothing: "the lower<br>town".
_WORDS_BEFORE = r"(?-i:(?<=[a-z,]<)|(?<=[a-z,] <))"
_PARTING = re.compile(
    rf"<(?:(?P<end>/(?:p|li|ul|ol|div)|(?!{_WORDS_BEFORE}br\b[^<>\n]*>\s*(?-i:[a-z]))br)|"
    r"(?P<item>li)|p|ul|ol|div)\b[^<>\n]*>",
    re.IGNORECASE,
)
_TEXTS = re.compile(r"<(?:p|li)\b[^<>\n]*>", re.IGNORECASE)
_GRID_ROW = re.compile(r"[ \t]*\|")
_NAME = r"p|li|ul|ol|div|br|span|font|b|strong|i|em|u|small|sup|sub"
_FIRST = re.compile(rf"\s*<(?P<close>/?)(?P<name>{_NAME})\b[^<>]*>", re.IGNORECASE)
_LAST = re.compile(rf"<(?P<close>/?)(?P<name>{_NAME})\b[^<>]*>\s*\Z", re.IGNORECASE)
_MOST_TAGS = 16  # at the edges: a paper may be nothing but tags
_COLUMNS = 3  # with fewer, a label stands beside what it labels
_LABEL_WORDS = 3  # on the mean, in the cells of a row that is a header


def partings(text: str) -> Iterator[tuple[int, bool]]:
    """Yield where paragraphs, entries and lines begin and end that tags mark; a row of a grid stays whole.

    Each place comes with whether an entry of a list begins there.
    """
    at = 0
    for line in text.splitlines(keepends=True):
        if _GRID_ROW.match(line) is None:
            for tag in _PARTING.finditer(text, at, at + len(line)):
                yield (tag.end(), False) if tag["end"] else (tag.start(), tag["item"] is not None)
        at += len(line)


def is_laid_out(table: str) -> bool:
    """Return whether a table only places texts on a page: paragraphs in its cells, and no header above."""
    rows = [line.split("\t") for line in table.splitlines() if line.strip()]
    if not rows or min(map(len, rows)) < _COLUMNS or _TEXTS.search(table) is None:
        return False
    first = [cell.split() for cell in rows[0] if cell.strip()]
    return sum(map(len, first)) > _LABEL_WORDS * len(first)


def bare(text: str, start: int, end: int) -> tuple[int, int]:
    """Return where `text[start:end]` begins and ends without the tags at its edges.

    Emphasis that begins or ends within stays whole: "<b>Date:</b> 6 May" keeps both of its tags.
    """
    for _ in range(_MOST_TAGS):
        words = text[start:end]
        first, last = _FIRST.match(words), _LAST.search(words)
        if first and last and _is_pair(first, last, words):
            start, end = start + first.end(), start + last.start()
        elif first and _is_loose(first, words[first.end() :], "/"):
            start += first.end()
        elif last and _is_loose(last, words[: last.start()], ""):
            end = start + last.start()
        else:
            break
    return start, end


def _is_pair(first: re.Match[str], last: re.Match[str], words: str) -> bool:
    """Return whether two tags at the edges open and close one emphasis of all that stands between."""
    same = first["name"].lower() == last["name"].lower() and not first["close"] and bool(last["close"])
    return same and first.end() <= last.start() and not _holds(words[first.end() : last.start()], "/", first)


def _is_loose(tag: re.Match[str], rest: str, other: str) -> bool:
    """Return whether a tag at an edge has no other half in the rest, which `other` begins."""
    return tag["close"] == other or not _holds(rest, other, tag)


def _holds(words: str, close: str, tag: re.Match[str]) -> bool:
    return re.search(rf"<{close}{tag['name']}\b", words, re.IGNORECASE) is not None
