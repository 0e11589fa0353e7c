"""Lines that hold several things of the record: a decision behind a narrative, clauses one behind another.

"The amendment was lost. RESOLVED: (a) that ...; (b) that ... The Chair thanked ..." is one line as printed,
or in a wrapped text several whose ends part nothing. Such lines are parted where what was decided begins,
where each clause does and where the narrative goes on, so that all that reads line by line finds them.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from qa_service.documents.lines import Line, line_of
from qa_service.documents.markers import letter_value, marker_at

_BEHIND = r"(?<=[.!?;:)\"\u201d'\u2019])[ \t]+"
_DECIDED = re.compile(
    rf"{_BEHIND}(?P<opens>(?:It was (?:unanimously )?|And (?:it was )?)?"
    r"(?:RESOLVED\b|(?:Resolved|RECOMMENDED|Decision)(?=:)))"
)
_REASON = re.compile(rf"{_BEHIND}(?P<opens>Reasons?(?: for (?:the )?decision)?:(?=\s))")
_RECORD = re.compile(r"\s*Decision:")
# "Councillors A, B and C. Officers: D (Clerk)." is two lines of a roll.
_ROLL = re.compile(
    r"(?<=[\w)]\.)[ \t]+(?P<opens>(?:Officers(?: in attendance| present)?|Also (?:present|in attendance)|"
    r"In attendance|Apologies(?: for absence)?|Absent):(?=\s))"
)
_ROLL_LINE = re.compile(r"\s*(?:Present|Councillors|Cllrs|Members|Officers)\b")
# What leads in clauses that follow in the line; a reference, "in paragraph 3 (a) and (b)", leads in none.
_LEADS_IN = re.compile(
    r"\b(?:RESOLVED|RECOMMENDED|AGREED|Resolved|Decision|[Rr]ecommend(?:ed|s)?|agreed|resolved|asked|invited|"
    r"That (?:the )?(?:Cabinet|Council|Committee|Panel|Board|Executive))\b"
    r"(?P<lead>[^.;()]{0,100}?)\s(?=\((?:a|i|1)\)\s)"
)
_REFERENCE = re.compile(
    r"\b(?:paragraphs?|sections?|schedules?|regulations?|items?|minutes?|rules?|parts?|clauses?|options?|"
    r"appendix|\d+[A-Z]?)$",
    re.IGNORECASE,
)
_NEXT_CLAUSE = r"(?:[;.,:]|[;,] ?(?:and|or|but))\s+(?P<opens>\({label}\))\s"
_STOP = re.compile(
    r"(?<!\bCllr)(?<!\bCllrs)(?<!\bMr)(?<!\bMrs)(?<!\bMs)(?<!\bDr)(?<!\bSt)(?<!\bNo)(?<![ (.][A-Z])"
    r"[.?!][\"\u201d)]*(?=\s+[A-Z(\"\u201c])"
)
_GOES_ON = re.compile(r"\s+(?:That|To|And that|Subject to)\b")
_BLANK_LINE = re.compile(r"\n[ \t]*\n")
_FEWEST_WORDS = 4  # before a decision in its line: less is a label or a name
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")


def parted(text: str, lines: Sequence[Line]) -> tuple[Line, ...]:
    """Return the lines, those that hold several things as several; they still tile the text.

    A line that was parted off has `opens` set: it begins a paragraph whatever the line before ends in.
    """
    places = sorted(set(_places(text, lines)))
    if not places:
        return tuple(lines)
    done: list[Line] = []
    for line in lines:
        inside = [at for at in places if line.start < at < line.end and text[line.start : at].strip()]
        bounds = [line.start, *inside, line.next]
        done.extend(_pieces(text, line, bounds) if inside else [line])
    return tuple(done)


def _pieces(text: str, line: Line, bounds: Sequence[int]) -> Iterator[Line]:
    for number, (start, after) in enumerate(pairwise(bounds)):
        end = line.end if after == line.next else after
        piece = line_of(text[start:end].rstrip(), start, after, line.page)
        level = line.level if number == 0 else 0
        yield replace(piece, level=level, opens=number > 0)


def _places(text: str, lines: Sequence[Line]) -> Iterator[int]:
    """Yield where lines are parted, in no order; some twice."""
    starts = [line.start for line in lines]

    def line_at(place: int) -> Line:
        return lines[bisect_right(starts, place) - 1]

    for match in _DECIDED.finditer(text):
        if _says_before(text, line_at(match.start()), match.start()):
            yield match.start("opens")
            yield from _narrative_behind(text, match.start("opens"))
    for match in _LEADS_IN.finditer(text):
        if not _REFERENCE.search(match["lead"].rstrip()) and not _is_row(line_at(match.start())):
            yield from _listed(text, match)
    for match in (*_ROLL.finditer(text), *_REASON.finditer(text)):
        first = line_at(match.start()).start
        of_roll = match.re is _ROLL and _ROLL_LINE.match(text, first)
        of_record = match.re is _REASON and (
            _RECORD.match(text, first) or _DECIDED.search(text, first, match.start())
        )
        if of_roll or of_record:
            yield match.start("opens")


def _listed(text: str, lead: re.Match[str]) -> Iterator[int]:
    """Yield where the clauses of a list begin, and what follows it where it begins in its lead-in's line."""
    clauses = list(_clauses_at(text, lead.end(), _end_of_chunk(text, lead.end())))
    yield from clauses
    if clauses and lead[0].startswith("RESOLVED") and "\n" not in lead[0]:
        yield from _narrative_behind(text, lead.start())


def _says_before(text: str, line: Line, end: int) -> bool:
    """Return whether a line says something before the offset: more than a marker or a label."""
    before = text[line.start : end].strip()
    marker = marker_at(before)
    words = before[marker.length :] if marker else before
    return len(words.split()) >= _FEWEST_WORDS and not _is_row(line)


def _is_row(line: Line) -> bool:
    return line.plain.startswith("|") or line.tabs > 0


def _end_of_chunk(text: str, at: int) -> int:
    """Return where the next blank line begins, or the next decision in a line."""
    ends = [match.start() for form in (_BLANK_LINE, _DECIDED) if (match := form.search(text, at + 1))]
    return min([*ends, len(text)])


def _clauses_at(text: str, first: int, end: int) -> Iterator[int]:
    """Yield where the clauses begin whose first one, "(a)", stands at an offset; none if it is alone."""
    found, label = [first], text[first + 1]
    while following := _following(label, len(found)):
        form = re.compile(_NEXT_CLAUSE.format(label=following))
        match = form.search(text, found[-1], end)
        if match is None:
            break
        found.append(match.start("opens"))
    if len(found) > 1:
        yield from found


def _following(first: str, number: int) -> str | None:
    """Return the label of the clause behind so many, counted as the first one is."""
    if first == "1":
        return str(number + 1)
    if first == "i":
        return _ROMAN[number] if number < len(_ROMAN) else None
    letter = letter_value(first) + number
    return chr(ord("a") + letter - 1) if letter <= letter_value("z") else None


def _narrative_behind(text: str, at: int) -> Iterator[int]:
    """Yield where the narrative goes on behind a decision that stands in a line; nothing where none does."""
    end = _end_of_chunk(text, at)
    lead = _LEADS_IN.match(text, at)
    clauses = list(_clauses_at(text, lead.end(), end)) if lead else []
    stop = _STOP.search(text, clauses[-1] if clauses else at, end)
    while stop and _GOES_ON.match(text, stop.end()):
        stop = _STOP.search(text, stop.end(), end)
    if stop and (behind := re.compile(r"[ \t]+(?=\S)").match(text, stop.end(), end)):
        yield behind.end()
