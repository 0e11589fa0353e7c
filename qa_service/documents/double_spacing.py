"""Text that a converter spaced out: each line of a page followed by a blank one, sentences running across.

The blank lines then part nothing. Each is taken into the line before it, so that lines still tile the text.
Where not all of a paper is spaced so, a blank line is taken where the words above it cannot end there.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from qa_service.documents.lines import Line
from qa_service.documents.markers import marker_at
from qa_service.documents.paragraphs import HANGING, LONG_LINE, typical_width

_SPACED = 0.8  # of the lines stand between single blank lines; a page's number stands close to its rule
_RUNNING = 2  # so many sentences run on over a blank line,
_TIMES = 10  # and so many times as many as without one
_ENDS = (".", ":", ";", "?", "!")
_FULL = 0.85  # of the width, with the word that had no room: an address has lines that end in commas too
_BROKEN_WORD = re.compile(r"[a-z]-$")


def closed_up(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Return the lines without the blank ones of double spacing; unchanged where there is none."""
    spaced, width = _is_spaced(lines), typical_width(lines)
    kept: list[Line] = []
    for number, line in enumerate(lines):
        after_blank = number > 0 and lines[number - 1].blank
        if line.blank and kept and not after_blank and (spaced or _parts_nothing(lines, number, width)):
            kept[-1] = replace(kept[-1], next=line.next)
        else:
            kept.append(line)
    return tuple(kept)


def _parts_nothing(lines: Sequence[Line], number: int, width: int) -> bool:
    """Return whether a full line above a blank one ends in a word that goes on below, as "of the" does."""
    if number + 1 == len(lines) or width > LONG_LINE:
        return False
    above, below = lines[number - 1], lines[number + 1]
    if below.blank or below.plain[0] in "|(":
        return False
    needed = len(above.plain) + 1 + len(below.plain.split()[0])
    hangs = HANGING.search(above.plain) or _BROKEN_WORD.search(above.plain)
    return hangs is not None and needed > _FULL * width and marker_at(below.plain) is None


def _is_spaced(lines: Sequence[Line]) -> bool:
    """Return whether nearly all lines are set apart by one blank line that sentences run across."""
    filled = [
        number for number, line in enumerate(lines) if not line.blank and not line.plain.startswith("|")
    ]
    pairs = list(pairwise(filled))
    apart = [(above, below) for above, below in pairs if below - above == 2]  # noqa: PLR2004  (a blank between)
    close = [(above, below) for above, below in pairs if below - above == 1]
    runs = sum(_runs_on(lines[above], lines[below]) for above, below in apart)
    runs_close = sum(_runs_on(lines[above], lines[below]) for above, below in close)
    return len(apart) >= _SPACED * len(pairs) and runs >= _RUNNING and runs >= _TIMES * runs_close


def _runs_on(above: Line, below: Line) -> bool:
    return below.plain[:1].islower() and not above.plain.endswith(_ENDS)
