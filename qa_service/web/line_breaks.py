"""Which line ends of a paper's text mean something: the others are where the printed line was full.

Only the look of the page depends on it: the text that is shown keeps every character.
"""

import re
from itertools import pairwise

_MARKER = re.compile(
    r"\s*(?:[•●▪◦·*–-]\s|\(?(?:[ivxlc]{1,5}|[a-z]|\d{1,3})[.)]\s|\d{1,3}(?:\.\d{1,3})+\.?\s|[A-Z]\.\s)",
)
_HEADING = re.compile(r"\s*#{1,6}[ \t]+(?=\S)")
_FULL = 0.72  # of the longest line: a shorter one ended before the edge
_PROSE = 0.35  # of the lines are full, in running text


def lines(text: str) -> list[str]:
    """Return the text cut behind the line ends that mean something; joined, the parts are the text."""
    points = break_points(text)
    return [text[start:end] for start, end in zip([0, *points], [*points, len(text)], strict=True)]


def heading_mark(line: str) -> str:
    """Return the signs before a heading in Markdown and in the text of web pages; "" for any other line."""
    found = _HEADING.match(line)
    return found[0] if found else ""


def break_points(text: str) -> list[int]:
    """Return the offsets behind such line ends, ascending."""
    printed = text.split("\n")
    full = _FULL * max(len(line.strip()) for line in printed)
    said = [line for line in printed if line.strip()]
    if sum(len(line.strip()) >= full for line in said) < _PROSE * len(said):
        full = float("inf")  # cells of a table, a line each
    points = []
    at = 0
    for line, following in pairwise(printed):
        at += len(line) + 1
        if _ends(line.strip(), following.strip(), full) or _MARKER.match(following):
            points.append(at)
    return [point for point in points if point < len(text)]


def _ends(line: str, following: str, full: float) -> bool:
    if not line or not following or len(line) < full:
        return True
    return line.isupper() != following.isupper()
