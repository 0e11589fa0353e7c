"""Which line ends of a paper's text mean something: the others are where the printed line was full.

Only the look of the page depends on it: the text that is shown keeps every character.
"""

import re
from itertools import accumulate, pairwise

_MARKER = re.compile(
    r"\s*(?:[•●▪◦·*–-]\s|\(?(?:[ivxlc]{1,5}|[a-z]|\d{1,3})[.)]\s|\d{1,3}(?:\.\d{1,3})+\.?\s|[A-Z]\.\s)",
)
# Word writes its bullets as characters of its own symbol font: no other font has a picture of them.
_SYMBOL = re.compile(r"([\uf000-\uf0ff])")
_HEADING = re.compile(r"\s*#{1,6}[ \t]+(?=\S)")
_RUNS_ON = re.compile(r".*[^\s.;:!?][ \t]*")
_SMALL = re.compile(r"[ \t]*[a-z]")
_LONG, _SHOWN = 900, 500  # characters of a quotation in a list
_FEW = 2  # lines: too few to tell their width without the first
_NARROW = 40  # characters: running text is printed wider, the cells of a table are not
_FULL = 0.72  # of the longest line: a shorter one ended before the edge
_PROSE = 0.35  # of the lines are full, in running text


def lines(text: str) -> list[str]:
    """Return the text cut behind the line ends that mean something; joined, the parts are the text."""
    points = break_points(text)
    return [text[start:end] for start, end in zip([0, *points], [*points, len(text)], strict=True)]


def opening(text: str) -> tuple[list[str], list[str]]:
    """Return the lines that a list shows at once and those that it folds away; joined, they are the text.

    What is but a little longer than a list shows is shown whole.
    """
    parts = lines(text)
    if len(text) <= _LONG:
        return parts, []
    ends = list(accumulate(map(len, parts)))
    shown = 1 + sum(end <= _SHOWN for end in ends[1:])
    return parts[:shown], parts[shown:]


def symbols(line: str) -> list[tuple[str, bool]]:
    """Return the line in runs: (text, whether it is a sign of some symbol font, a bullet nearly always)."""
    return [(run, bool(_SYMBOL.match(run))) for run in _SYMBOL.split(line) if run]


def heading_mark(line: str) -> str:
    """Return the signs before a heading in Markdown and in the text of web pages; "" for any other line."""
    found = _HEADING.match(line)
    return found[0] if found else ""


def break_points(text: str) -> list[int]:
    """Return the offsets behind such line ends, ascending."""
    printed = text.split("\n")
    # A quotation may begin in the middle of a printed line, and our own words may stand before it.
    rest = max((len(line.strip()) for line in printed[1:]), default=0)
    whole = printed[1:] if len(printed) > _FEW and rest >= _NARROW else printed
    full = _FULL * max(len(line.strip()) for line in whole)
    said = [line for line in whole if line.strip()]
    if sum(len(line.strip()) >= full for line in said) < _PROSE * len(said):
        full = float("inf")  # cells of a table, a line each
    points = []
    at = 0
    for line, following in pairwise(printed):
        at += len(line) + 1
        runs_on = at == len(line) + 1 and _RUNS_ON.fullmatch(line) and _SMALL.match(following)
        if (not runs_on and _ends(line.strip(), following.strip(), full)) or _MARKER.match(following):
            points.append(at)
    return _without_gaps(text, [point for point in points if point < len(text)])


def _without_gaps(text: str, points: list[int]) -> list[int]:
    """Return the points without those inside a run of blank lines: the end of a page leaves a large hole."""
    said = [bool(text[start:end].strip()) for start, end in pairwise([0, *points, len(text)])]
    return [point for point, (before, after) in zip(points, pairwise(said), strict=True) if before or after]


def _ends(line: str, following: str, full: float) -> bool:
    if not line or not following or len(line) < full:
        return True
    return line.isupper() != following.isupper()
