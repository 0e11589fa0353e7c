"""Lines to paragraphs: where one ends, where a page break only interrupts it, what marker it carries."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from qa_service.documents.lines import Line
from qa_service.documents.markers import Marker, Style, as_letter, marker_at

LONG_LINE = 160
"""Characters: a soft-wrapped page has no longer lines, a paragraph kept on one line soon has."""
_LONG_SHARE = 0.3
# Breaks in the middle of a sentence tell by themselves where there are some: in web pages kept a paragraph or
# list item a line under half of them were at the width, in scans of Limerick over six tenths.
_LEAST_BREAKS = 5
_AT_WIDTH = 0.6  # of the typical width
_ENDED = re.compile(r"[.:;?!][\"'\u2019\u201d)\]]*$")
_SENTENCE_ENDED = re.compile(r"[.?!][\"'\u2019\u201d)\]]*$")
_QUOTED_OUT = re.compile(r"\u201d\.?$")  # the end of a quotation
# A title or an initial behind one ends no sentence: "seconded by Cllr. D." goes on in the next line.
_TITLE_ENDS = re.compile(r"\b(?:Cllrs?|Cyng|Mr|Mrs|Ms|Dr|Prof|Rev)\.?(?: [A-Z]\.)*\.?$")
HANGING = re.compile(
    r"(?:,|(?:^|\s)(?:Mr|Mrs|Ms|Miss|Dr|Sir|Cllr|Councillors?|County|and|or|the|of|to|for|in|on|a|an|by|with|"
    r"at|from|that))$"
)
"""The end of words that cannot be the end of anything."""
_NOTE_NUMBER = re.compile(r"\d{1,2}")  # alone on its line: a footnote's
_OPENERS = re.compile(  # words of the record that open a paragraph wherever they begin a line
    r"(?:RESOLVED|RECOMMENDED|AGREED)\b|(?:Resolved|Recommended|Agreed)(?:\s*:|$)|Agreed unanimously|"
    r"(?:The )?(?:[Ss]ubstantive )?(?:[Mm]otion|[Aa]mendment) (?:was )?"
    r"(?:[Cc]arried|[Ll]ost|[Aa]greed|[Ww]ithdrawn|[Ff]ell|[Dd]efeated)\b|"
    r"(?:For|Against|Abstain(?:ed)?|Abstentions?) \(\d+\)$|"
    r"There were no abstentions\b|(?:And )?(?:Resolved|RESOLVED)\s*:|"
    r"(?:Propos|Second)ed(?: by:?|:) (?=[A-Z\u00c0-\u00de])"
)
# A side of a recorded vote and a count of its members, each alone on its line.
_SIDE = re.compile(
    r"(?:For|In [Ff]avour|Against|Abstain|Abstentions?|IN FAVOUR|AGAINST|ABSTAIN)"
    r"(?: (?:of )?(?:the )?[A-Za-z ]{3,30})?:?(?: ?\(?\d{1,3}\)?)?"
)
_COUNT = re.compile(r"\(\d{1,3}\)\.?")
_COUNT_ENDS = re.compile(r"\s\(\d{1,3}\)\.?$")
_MEMBERS = ("Councillor", "Cllr", "Cmhlr", "Mayor")
# Alone on its line: a cell of a flattened table.
_FIGURE_CELL = re.compile(r"[(\u00a3\u2212+-]*\d[\d,.]*%?\)?")
_DASHES = frozenset(
    {"-", "\u2013", "\u2014", "\u2212", "*"}
)  # also punctuation, where a line wraps before one
_FULL = 0.75  # of the page's width: a shorter line that ends a sentence ends a paragraph
_TITLE_WIDTH = 0.6
_TITLE_WORDS = 10
_LABEL_WORDS = 5
_TYPICAL = 0.9  # the width that nine lines in ten do not pass


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines `first` to `last` (indexes, inclusive). `words` has no markup; `gap` is the blank lines before.

    `stacked` holds further markers that stand alone above the words, as columns flatten: which belongs to
    which words is then unknown. `row` says that the lines are table rows.
    `fill` is the part of the text's width that the lines take on the mean.
    """

    first: int
    last: int
    words: str
    marker: Marker | None = None
    gap: int = 0
    level: int = 0
    bold: bool = False
    row: bool = False
    stacked: tuple[Marker, ...] = ()
    lines: int = 1
    fill: float = 1.0

    @property
    def text(self) -> str:
        """The words without the marker."""
        return self.words[self.marker.length :].strip() if self.marker else self.words

    @property
    def ended(self) -> bool:
        """Whether the words end as a sentence or a lead-in ends."""
        return _ENDED.search(self.words) is not None

    @property
    def is_list_item(self) -> bool:
        """Whether the marker is one of a list inside a paragraph: a letter, a roman numeral, a bullet."""
        return self.marker is not None and self.marker.style in {Style.LETTER, Style.ROMAN, Style.BULLET}


@dataclass(slots=True)
class _Open:
    """The paragraph that is being collected."""

    first: int
    gap: int
    marker: Marker | None
    row: bool
    lines: list[int] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    stacked: list[Marker] = field(default_factory=list)


def is_wrapped(lines: Sequence[Line], *, paged: bool) -> bool:
    """Return whether lines are broken at a page's width, so that a line end alone ends nothing.

    `paged`: a page's tables break lines in the middle of a sentence too, each at the width of its cell.
    """
    total = sum(len(line.plain) for line in lines)
    long = sum(
        len(line.plain) for line in lines if len(line.plain) > LONG_LINE and not line.plain.startswith("|")
    )
    return long < _LONG_SHARE * total and (paged or not _breaks_early(lines))


def _breaks_early(lines: Sequence[Line]) -> bool:
    """Return whether most line ends without a stop, before a small letter, come long before the width."""
    width = min(typical_width(lines), LONG_LINE)
    ends = [
        len(above.plain) < _AT_WIDTH * width
        for above, below in pairwise(lines)
        if _runs_on(above.plain) and below.plain[:1].islower()
    ]
    return len(ends) >= _LEAST_BREAKS and sum(ends) > len(ends) / 2


def _runs_on(words: str) -> bool:
    stopped = words.endswith(",") or _ENDED.search(words) is not None
    return bool(words) and not stopped and not words.startswith("|")


def typical_width(lines: Sequence[Line]) -> int:
    """Return the width that nine lines of running text in ten keep to; at least 40."""
    lengths = sorted(len(line.plain) for line in lines if len(line.plain) > 20)  # noqa: PLR2004  (titles, cells)
    return max(40, lengths[int(len(lengths) * _TYPICAL)]) if lengths else 40


class Splitter:
    """Splits the content lines of one region into paragraphs."""

    def __init__(self, lines: Sequence[Line], *, wrapped: bool, width: int) -> None:
        self.lines, self.wrapped, self.width = lines, wrapped, width
        self._done: list[Paragraph] = []
        self._open: _Open | None = None
        self._gap = 0
        self._below: Line | None = None
        self._last: dict[Style, Marker] = {}

    def split(self, indexes: Iterable[int]) -> list[Paragraph]:
        """Return the paragraphs of the lines with these indexes, in order; page marks are not among them."""
        ordered = list(indexes)
        for index, below in zip(ordered, [*ordered, None][1:], strict=True):
            line = self.lines[index]
            if line.blank:
                self._gap += 1
                continue
            marker = None if _is_row(line) else marker_at(line.plain)
            self._below = self.lines[below] if below is not None else None
            if self._open is None or self._starts(line, marker):
                self._close()
                self._open = _Open(index, self._gap, marker, _is_row(line))
            elif marker is not None and marker.length >= len(line.plain) and self._is_bare():
                self._open.stacked.append(marker)
            self._add(index, line)
            self._gap = 0
        self._close()
        done, self._done = self._done, []
        self._gap, self._last = 0, {}
        return done

    def _add(self, index: int, line: Line) -> None:
        if self._open is not None:
            self._open.lines.append(index)
            self._open.words.append(line.plain)

    def _close(self) -> None:
        current, self._open = self._open, None
        if current is None:
            return
        for reading in (current.marker, as_letter(current.marker) if current.marker else None):
            if reading is not None:
                self._last[reading.style] = reading
        first = self.lines[current.first]
        self._done.append(
            Paragraph(
                current.first,
                current.lines[-1],
                " ".join(current.words),
                current.marker,
                current.gap,
                first.level,
                bold=all(self.lines[index].bold for index in current.lines),
                row=current.row,
                stacked=tuple(current.stacked),
                lines=len(current.lines),
                fill=self._fill(current.words),
            )
        )

    def _fill(self, words: Sequence[str]) -> float:
        """Return the part of the width that lines take; 1 where no width broke them, as in a list."""
        return sum(map(len, words)) / (len(words) * self.width) if self.wrapped else 1.0

    def _is_bare(self) -> bool:
        """Return whether the open paragraph is markers alone so far."""
        current = self._open
        return (
            current is not None
            and current.marker is not None
            and len(current.words) == 1 + len(current.stacked)
            and current.marker.length >= len(current.words[0])
        )

    def _starts(self, line: Line, marker: Marker | None) -> bool:
        current = self._open
        if current is None:
            return True
        above = self.lines[current.lines[-1]]
        if _is_row(line) or current.row:
            return not (_is_row(line) and current.row)
        if line.opens or line.level or above.level or self._is_side(line):
            return True
        if self._is_bare():
            return marker is not None and marker.length < len(line.plain)
        return self._starts_text(line, marker, above)

    def _is_side(self, line: Line) -> bool:
        """Return whether a line names a side of a vote above its members; "For" alone may open a sentence."""
        if _SIDE.fullmatch(line.plain) is None:
            return False
        below = self._below.plain[:1] if self._below is not None else ""
        says_more = (" " in line.plain or ":" in line.plain) and not below.islower()
        return line.bold or below.isupper() or says_more

    def _is_counted(self, above: Line) -> bool:
        """Return whether the line above ends a side of a vote: the count of its members."""
        named = self._open is not None and self._open.words[0].startswith(_MEMBERS)
        return _COUNT.fullmatch(above.plain) is not None or (
            named and _COUNT_ENDS.search(above.plain) is not None
        )

    def _starts_text(self, line: Line, marker: Marker | None, above: Line) -> bool:
        if _OPENERS.match(line.plain) or (marker is not None and self._accepts(line, marker, above)):
            return True
        if self._gap:
            return not self._continues(line, above)
        if _TITLE_ENDS.search(above.plain):
            return False
        if line.plain[:1].isupper() and self._is_counted(above):
            return True
        return self._breaks_wrapped(line, above) if self.wrapped else self._breaks_unwrapped(line, above)

    def _accepts(self, line: Line, marker: Marker, above: Line) -> bool:
        """Return whether a marker at a line's start is one, not a figure that wrapped there."""
        if self._gap or _ENDED.search(above.plain) or self._stands_alone(line, marker):
            return True
        if marker.style is Style.BULLET:
            return marker.printed not in _DASHES or self._is_open_with(marker.printed) or not self.wrapped
        if marker.style in {Style.NUMBER, Style.SECTION} and HANGING.search(above.plain):
            return False
        below_cell = marker.style is Style.SECTION and _FIGURE_CELL.fullmatch(above.plain) is not None
        words = line.plain[marker.length :].split()
        if below_cell and not words:  # the next cell
            return False
        opens = below_cell and len(words) > 1 and words[0][0].isupper()
        if opens or (marker.value == 1 and self._is_title(above)):
            return True
        readings = [reading for reading in (marker, as_letter(marker)) if reading is not None]
        return any(self._is_next(reading) for reading in readings)

    def _is_next(self, marker: Marker) -> bool:
        """Return whether a marker counts on from the last of its style; a cell "1.2" does not from "4.1"."""
        last = self._last_of(marker.style)
        if last is None:
            return marker.value == 1
        return marker.value == last.value + 1 and (
            marker.style is not Style.SECTION or marker.parent == last.parent
        )

    def _last_of(self, style: Style) -> Marker | None:
        """Return the last marker of a style; "(i)" counts as roman and as a letter."""
        if self._open is not None and self._open.marker is not None:
            for reading in (self._open.marker, as_letter(self._open.marker)):
                if reading is not None and reading.style is style:
                    return reading
        return self._last.get(style)

    def _stands_alone(self, line: Line, marker: Marker) -> bool:
        """Return whether the line is a number alone, its words below a blank line, as columns flatten."""
        return (
            marker.length >= len(line.plain)
            and marker.value > 0
            and self._below is not None
            and self._below.blank
        )

    def _is_open_with(self, printed: str) -> bool:
        marker = self._open.marker if self._open is not None else None
        return marker is not None and marker.printed == printed

    def _continues(self, line: Line, above: Line) -> bool:
        """Return whether the words run on over blank lines, as over the break of a page."""
        if _ENDED.search(above.plain):
            return False
        if line.plain[:1].islower():
            return True
        return line.page != above.page and HANGING.search(above.plain) is not None

    def _breaks_unwrapped(self, line: Line, above: Line) -> bool:
        """Return whether a line starts a paragraph in a text that keeps a paragraph on a line."""
        return not (line.indent or line.plain[:1].islower()) and not self._hard_break(above)

    def _breaks_wrapped(self, line: Line, above: Line) -> bool:
        """Return whether a new paragraph starts without a blank line before it."""
        if _NOTE_NUMBER.fullmatch(line.plain):
            return True
        if line.plain[:1].islower():
            return _NOTE_NUMBER.fullmatch(above.plain) is not None
        if not line.plain[:1].isalpha():
            return False
        return (
            line.bold != above.bold
            or self._has_ended(line, above)
            or self._is_title(above)
            or self._is_title_between(line, above)
        )

    def _has_ended(self, line: Line, above: Line) -> bool:
        """Return whether the line above ends its paragraph: a short last line, or a step to the right."""
        if self._is_short(above) and _SENTENCE_ENDED.search(above.plain):
            return True
        if _ENDED.search(above.plain) and line.indent > above.indent == 0:
            return True
        if self._is_quoted() and _QUOTED_OUT.search(above.plain):
            return True
        is_label = line.plain.endswith(":") and len(line.plain.split()) <= _LABEL_WORDS
        return is_label and self._is_short(above)

    def _is_quoted(self) -> bool:
        """Return whether the open paragraph is a quotation, behind "Resolved:" or the like at most."""
        words = self._open.words if self._open is not None else [""]
        led_in = words[0].endswith(":") and len(words) > 1
        return words[led_in].startswith("\u201c")

    def _is_short(self, line: Line) -> bool:
        return len(line.plain) < _FULL * self.width

    def _is_title_between(self, line: Line, above: Line) -> bool:
        """Return whether a line without a blank before it is the title of what follows it."""
        below = self._below
        if below is None or HANGING.search(above.plain):
            return False
        if not (_ENDED.search(above.plain) or len(above.plain) < _TITLE_WIDTH * self.width):
            return False
        short = len(line.plain) < _TITLE_WIDTH * self.width and len(line.plain.split()) <= _TITLE_WORDS
        return short and not _ENDED.search(line.plain) and (below.blank or marker_at(below.plain) is not None)

    def _hard_break(self, above: Line) -> bool:
        """Return whether the line above ends in Markdown's two blanks: a line break inside a paragraph."""
        return above.trail > 1 and not _ENDED.search(above.plain)

    def _is_title(self, above: Line) -> bool:
        """Return whether the open paragraph is one short line that reads as a title."""
        current = self._open
        if current is None or len(current.words) > 1 or HANGING.search(above.plain):
            return False
        words, first = above.plain.split(), above.plain[:1]
        short = len(above.plain) < _TITLE_WIDTH * self.width and len(words) <= _TITLE_WORDS
        return short and (first.isupper() or first.isdigit())


def _is_row(line: Line) -> bool:
    return line.tabs > 0 or (line.plain.startswith("|") and line.plain.count("|") > 1)
