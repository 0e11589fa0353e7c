"""The lines of a text with what classification needs: their words without markup, where they stand."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from qa_service.domain.documents import Page

_HEADING = re.compile(r"(#{1,6})\s+")
_TAGS = re.compile(r"</?(?:b|strong|i|em|u|sup|sub|small|p|br|ul|li|span|div|font)\s*/?>", re.IGNORECASE)
_BOLD = re.compile(r"(?:\*\*|__|<b>)\s*\S.*?\s*(?:\*\*|__|</b>):?", re.IGNORECASE)
_EMPHASIS = re.compile(r"\*\*|__|(?<![\w\\])\*(?=\S)|(?<=[^\s\\])\*(?!\w)")
_ESCAPES = re.compile(r"\\([*_#\[\]().+-])")
_GLYPHS = re.compile("[\uf020-\uf0ff]")
_MARKUP = re.compile(r"[*_<\\\uf020-\uf0ff#]")


@dataclass(frozen=True, slots=True)
class Line:
    """One line. `start` to `end` are its characters without the line feed, `next` where the next begins.

    `plain` is its words without markup, blanks folded; `level` a Markdown heading's level or 0; `indent` and
    `trail` count the blanks at its ends; `page` is the index of its page, 0 where there are none. `opens`:
    it was parted off within a printed line and begins a paragraph (`run_on.py`).
    """

    start: int
    end: int
    next: int
    plain: str
    level: int
    bold: bool
    indent: int
    trail: int
    tabs: int
    page: int
    opens: bool = False

    @property
    def blank(self) -> bool:
        """Whether the line has no words."""
        return not self.plain


def lines_of(text: str, pages: Sequence[Page]) -> tuple[Line, ...]:
    """Return the text's lines; they tile it."""
    starts = [page.span.start for page in pages]
    lines: list[Line] = []
    at = 0
    while at < len(text):
        feed = text.find("\n", at)
        end = len(text) if feed == -1 else feed
        after = min(end + 1, len(text))
        lines.append(line_of(text[at:end], at, after, max(0, bisect_right(starts, at) - 1)))
        at = after
    return tuple(lines)


def line_of(raw: str, start: int, after: int, page: int) -> Line:
    """Return the line of these characters that stands at `start`; `after` is where the next one begins."""
    stripped = raw.strip()
    indent = len(raw) - len(raw.lstrip())
    level, bold, plain = 0, False, stripped
    if _MARKUP.search(stripped):
        heading = _HEADING.match(stripped)
        if heading:
            level = len(heading[1])
            plain = plain[heading.end() :]
        bold = _BOLD.fullmatch(plain.strip()) is not None
        plain = plain_words(plain)
    plain = " ".join(plain.split())
    trail = len(raw) - len(raw.rstrip())
    return Line(start, start + len(raw), after, plain, level, bold, indent, trail, stripped.count("\t"), page)


def plain_words(marked: str) -> str:
    """Return words without Markdown's emphasis, HTML's tags and private glyphs, which become bullets."""
    words = _GLYPHS.sub("\u2022", _TAGS.sub(" ", marked))
    words = _EMPHASIS.sub("", words)
    return _ESCAPES.sub(r"\1", words)
