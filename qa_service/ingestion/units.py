"""Cuts blocks of a paper into the units that may be quoted: whole sentences, clauses and rows.

Work is done on a joined text, in which the pieces of a block stand one after the other without the page
marks between them; every cut is mapped back to spans of the document.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from qa_service.documents.markers import GLYPHS
from qa_service.domain.documents import SegmentKind
from qa_service.domain.passages import Unit, UnitKind
from qa_service.domain.resolutions import Clause, Resolution
from qa_service.domain.spans import Span, trimmed
from qa_service.ingestion.markup import bare, is_laid_out, partings

# A blank line parts two paragraphs, unless a page break made it in the middle of a sentence.
_BLANK_LINE = re.compile(r"\n[ \t]*\n\s*")
_MID_SENTENCE = re.compile(r"[a-z,]\s*\n[ \t]*\n\s*[a-z]")
# A glyph is a bullet even glued to its text; a dash or a star is one only before a blank: "-5%", "*Present".
_ITEM_START = re.compile(
    r"(?m)^[ \t>]*(?:(?:[-–—*]|\(?(?:[ivx]{1,5}|[a-z]|\d{1,3})[.)]|\d{1,3}(?:\.\d{1,3}){1,3}\.?)"
    rf"(?=[ \t\xa0]+\S)|[{GLYPHS}](?=[ \t\xa0]*\S)|o(?=[ \t\xa0]+[A-Z]))"
)
_SENTENCE_END = re.compile(r"[.!?][\"'”’)\]]*(?=\s+[\"'“‘(\[]?[A-Z0-9£])")
_STOP = re.compile(r"[.!?][\"'”’)\]]*[*_]*$")
# Titles and the like never end a sentence; a lone capital is an initial unless it names an appendix; a
# number or letter at the very start is the marker of an entry.
_TITLES = (
    "Mr|Mrs|Ms|Mx|Dr|Prof|Cllrs?|Cyng|Ald|Revd?|Rev'd|Hon|Rt|St|Sgt|Supt|Insp|Capt|Lt|Cpl|Cdr|Col|Maj|"
    "Gen|Gov|Snr|Jnr|Messrs|vs?|viz|cf|approx|Ltd|Co|e\\.g|i\\.e|al|incl|Dept|Asst"
)
_ABBREVIATION = re.compile(
    rf"(?:\b(?:{_TITLES})|(?<!Appendix )(?<!Annex )(?<!Schedule )(?<!Option )(?<!Part )(?<!Group )\b[A-Z]|"
    r"^\s*(?:[-•*]\s*)?\(?(?:\d{1,3}(?:\.\d{1,3})*|[ivx]{1,5}|[a-z]))\.$"
)
# These stand before a number: "para. 5", but "state of the art. The Panel".
_REFERENCE = re.compile(
    r"\b(?:no|nos|para|paras|pp?|ss?|sch|arts?|cl|regs?|ch|vol|figs?|tab|ref|tel|ext|min|max|c|ca|circa)\.$",
    re.IGNORECASE,
)
_FIGURE = re.compile(r"\s+[\"'“‘(\[]?[\d£]")
_NUMBERS_ONLY = re.compile(r"[\d\s.,%£$€+*/()–-]+")
_CELL_END = re.compile(r"[\t\n]")
_TABLE_RULE = re.compile(r"[\s|:+=_-]+")
# A "sentence" longer than this is a list or a table that lost its marks: it is cut at its lines.
_LONGEST_SENTENCE = 900
# ... and a cell of a table that lost its grid is no longer than this many characters.
_LONGEST_CELL = 400
_LEAST_WORDS = 4
_SAYS_ITSELF = 5  # words of a row that may be quoted without a header
_DIGIT = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Joined:
    """The pieces of a block, in order, joined by line ends.

    `wraps` is where lines begin in the text that only a page's width parts from the line above.
    """

    text: str
    pieces: tuple[Span, ...]
    wraps: frozenset[int] = frozenset()

    @classmethod
    def of(cls, document_text: str, pieces: Sequence[Span], wraps: Sequence[int] = ()) -> "Joined":
        """Return the joined text of pieces of a document; `wraps` counts in the document's characters."""
        within: set[int] = set()
        at = 0
        for piece in pieces:
            inside = wraps[bisect_left(wraps, piece.start) : bisect_left(wraps, piece.end)]
            within.update(start - piece.start + at for start in inside)
            at += len(piece) + 1
        return cls("\n".join(piece.of(document_text) for piece in pieces), tuple(pieces), frozenset(within))

    def spans(self, start: int, end: int) -> tuple[Span, ...]:
        """Return the document's spans of `text[start:end]`, one a piece, no blanks or tags at the ends."""
        start, end = bare(self.text, start, end)
        found = []
        at = 0
        for piece in self.pieces:
            low, high = max(start, at), min(end, at + len(piece))
            if low < high and (part := trimmed(self.text, low, high)):
                found.append(part.shifted(piece.start - at))
            at += len(piece) + 1
        return tuple(found)


def cut(joined: Joined, kind: SegmentKind) -> list[Unit]:
    """Return the units of a block in order; leads are indices into the list returned."""
    if kind is SegmentKind.TABLE:
        return _sentences(joined, cells=True) if is_laid_out(joined.text) else _rows(joined)
    if kind is SegmentKind.HEADING:
        return [Unit(UnitKind.HEADING, spans)] if (spans := joined.spans(0, len(joined.text))) else []
    return _sentences(joined)


def cut_resolution(resolution: Resolution, pieces: Sequence[Span], document_text: str) -> list[Unit]:
    """Return the marker with its lead-in, then every clause that has none below it, in order."""
    units: list[Unit] = []
    first = resolution.clauses[0].span.start if resolution.clauses else resolution.span.end
    lead = _add(units, UnitKind.LEAD_IN, resolution.span.start, first, None, pieces, document_text)
    for clause in resolution.clauses:
        _add_clause(units, clause, lead, pieces, document_text)
    return units


def with_rest(units: Sequence[Unit], pieces: Sequence[Span], document_text: str) -> list[Unit]:
    """Return the units with sentences added for what none of them covers, in the order of the text.

    A resolution's clauses need not be all that its segment says: a vote or a reason may stand between them.
    What has fewer words than a sentence, like the "and" between two clauses, is left out.
    """
    covered = sorted(span for unit in units for span in unit.spans)
    found: list[tuple[int | None, Unit]] = list(enumerate(units))
    for piece in pieces:
        within = [span for span in covered if span.overlaps(piece)]
        edges = [piece.start, *(edge for span in within for edge in (span.start, span.end)), piece.end]
        for start, end in zip(edges[::2], edges[1::2], strict=True):
            rest = trimmed(document_text, start, end) if start < end else None
            if rest and len(rest.of(document_text).split()) >= _LEAST_WORDS:
                sentences = _sentences(Joined.of(document_text, [rest]))
                found += [(None, replace(unit, lead=None)) for unit in sentences]
    found.sort(key=lambda numbered: numbered[1].start)
    now = {before: after for after, (before, _) in enumerate(found) if before is not None}
    return [
        unit if before is None or unit.lead is None else replace(unit, lead=now[unit.lead])
        for before, unit in found
    ]


def _add_clause(
    units: list[Unit], clause: Clause, lead: int | None, pieces: Sequence[Span], document_text: str
) -> None:
    if not clause.children:
        _add(units, UnitKind.CLAUSE, clause.span.start, clause.span.end, lead, pieces, document_text)
        return
    first = clause.children[0].span.start
    own = _add(units, UnitKind.LEAD_IN, clause.span.start, first, lead, pieces, document_text)
    for child in clause.children:
        _add_clause(units, child, own if own is not None else lead, pieces, document_text)


def _add(
    units: list[Unit],
    kind: UnitKind,
    start: int,
    end: int,
    lead: int | None,
    pieces: Sequence[Span],
    document_text: str,
) -> int | None:
    """Append the unit of [start, end) within the pieces, if any of it is text; return its index."""
    spans = tuple(
        part
        for piece in pieces
        if (part := trimmed(document_text, max(start, piece.start), min(end, piece.end))) is not None
    )
    if not spans:
        return None
    units.append(Unit(kind, spans, lead))
    return len(units) - 1


def _sentences(joined: Joined, *, cells: bool = False) -> list[Unit]:
    units: list[Unit] = []
    lead: int | None = None
    for start, end, is_item in _paragraphs(joined, cells=cells):
        for low, high in _cut_sentences(joined.text, start, end):
            spans = joined.spans(low, high)
            if not spans:
                continue
            introduces = joined.text[slice(*bare(joined.text, low, high))].rstrip().endswith(":")
            if introduces and not is_item:
                lead = None
            kind = UnitKind.LEAD_IN if introduces else UnitKind.LIST_ITEM if is_item else UnitKind.SENTENCE
            units.append(Unit(kind, spans, lead))
            if introduces:
                lead = len(units) - 1
    return units


def _paragraphs(joined: Joined, *, cells: bool) -> Iterator[tuple[int, int, bool]]:
    """Yield (start, end, is a list item) of the blocks between blank lines, list markers and tags.

    `cells`: each cell of a table that only places texts on a page is a block too.
    """
    text = joined.text
    tagged = dict(partings(text))
    cuts = {0, len(text), *tagged}
    cuts.update(match.end() for match in _BLANK_LINE.finditer(text) if not _goes_on(joined, match))
    if cells:
        cuts.update(match.end() for match in _CELL_END.finditer(text))
    entries = {match.start() for match in _ITEM_START.finditer(text)}
    entries.update(start for start, is_entry in tagged.items() if is_entry)
    for start, end in pairwise(sorted(cuts | entries)):
        yield start, end, start in entries


def _goes_on(joined: Joined, blank: re.Match[str]) -> bool:
    """Return whether a sentence goes on over a blank line."""
    if _MID_SENTENCE.match(joined.text, max(blank.start() - 1, 0)):
        return True
    if blank.end() not in joined.wraps:
        return False
    line = joined.text.rfind("\n", 0, blank.start()) + 1
    stop = _STOP.search(joined.text, line, blank.start())
    return stop is None or joined.text[blank.end()].islower() or _is_inside(joined.text, line, stop)


def _cut_sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    at = start
    for match in _SENTENCE_END.finditer(text, start, end):
        if not _is_inside(text, at, match):
            yield from _short_enough(text, at, match.end())
            at = match.end()
    yield from _short_enough(text, at, end)


def _is_inside(text: str, start: int, stop: re.Match[str]) -> bool:
    """Return whether a full stop belongs to a short form, and the sentence from `start` goes on."""
    words = text[start : stop.start() + 1]
    if _ABBREVIATION.search(words):
        return True
    return _REFERENCE.search(words) is not None and _FIGURE.match(text, stop.end()) is not None


def _short_enough(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the range whole, or line by line where it is far too long to be a sentence."""
    if end - start <= _LONGEST_SENTENCE:
        yield start, end
        return
    at = start
    for line in text[start:end].splitlines(keepends=True):
        yield at, at + len(line)
        at += len(line)


def _rows(joined: Joined) -> list[Unit]:
    """Return a unit a row; the first is the header and leads the others, unless it is a row like them.

    In a table flattened to one cell a line, lines of numbers belong to the label above them, and a line in
    small letters goes on from the one before: half a cell says nothing. Cells of several sentences are cut.
    """
    rows: list[tuple[int, int]] = []
    joint: set[int] = set()
    at = 0
    for line in joined.text.splitlines(keepends=True):
        stripped = line.strip()
        if stripped and not _TABLE_RULE.fullmatch(stripped):
            goes_on = bool(rows) and stripped[0].islower() and at - rows[-1][0] < _LONGEST_CELL
            if rows and (goes_on or _NUMBERS_ONLY.fullmatch(stripped)):
                rows[-1] = (rows[-1][0], at + len(line))
                joint |= {len(rows) - 1} if goes_on else set()
            else:
                rows.append((at, at + len(line)))
        at += len(line)
    units: list[Unit] = []
    headed = not _labels_itself([joined.text[start:end] for start, end in rows[:2]])
    for number, (start, end) in enumerate(rows):
        pieces = _cut_sentences(joined.text, start, end) if number in joint else [(start, end)]
        for low, high in pieces:
            if spans := joined.spans(low, high):
                units.append(Unit(UnitKind.ROW, spans, 0 if units and headed else None))
    return units


def _labels_itself(rows: Sequence[str]) -> bool:
    """Return whether the first of two rows has figures with the words that the second has with its own.

    "Ford | 310 visits" above "Weir | 95 visits" is no header: its cells say what they hold.
    """
    cells = [[cell.strip() for cell in row.strip().strip("|").split("|")] for row in rows]
    if len(cells) == 1 or len(cells[0]) != len(cells[1]):
        return False
    if any(len(row.replace("|", " ").split()) < _SAYS_ITSELF for row in rows):
        return False
    pairs = list(zip(cells[0], cells[1], strict=True))[1:]
    return any(
        _DIGIT.search(one) and _DIGIT.search(other) and _worded(one) == _worded(other) != ""
        for one, other in pairs
    )


def _worded(cell: str) -> str:
    """Return the words of a cell without its figures and the signs on them."""
    return " ".join(re.findall(r"[^\W\d_]{2,}", cell)).casefold()
