"""Places of different papers that give two figures for one fact. Pure over values.

That a clerk can trust what is shown, a pair needs one time named by both, or one meeting; one thing counted;
and one more sign that both tell the same: all that one says the other says too, a figure that is the other
with its digits changed about, or a second figure on which both agree. Forecasts move, and are left out.
"""

import re
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from qa_service.domain.documents import Part
from qa_service.domain.spans import Span
from qa_service.register.figures import Figure, figures_in, periods_in
from qa_service.store.lexical_index import STOP_WORDS, stems

_MOST_FIGURES = 4  # a row of more counts many things
_SHARED, _SHARE = 4, 0.7  # stems that both hold, and their least share of the shorter
_PAIR_SHARED = 3
_NEAR = 1.25
_PAIR_NEAR = 1.1
_LEAST_AGREED = 10  # a figure that agrees by chance tells nothing
_SEASON_DAYS = 120
_MOST_TELLINGS = 150  # sentences of one time and unit: beyond, the unit names no one thing
_LEAST_WORDS, _MOST_WORDS, _MOST_CHANGED = 8, 60, 3
_MOVES = re.compile(
    r"\b(?:forecast\w*|budget\w*|propos\w+|draft|estimat\w+|plan(?:s|ned|ning)?|expect\w*|project(?:ed|ions?)|anticipat\w+|"
    r"will|would|should|could|may|might|must|if|up\s+to|target\w*|aims?|at\s+least|no\s+more\s+than|approximately|"
    r"about|around|nearly|almost|over|under|more\s+than|fewer\s+than|less\s+than)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]{2,}")
_NAME = re.compile(r"(?<=[a-z,;:] )[A-Z][\w'\u2019-]+")
_COMMON_NAMES = frozenset(
    "Council County City Panel Committee Cabinet Board Executive Members Officers".split()
)
_TOKEN = re.compile(r"[^\s.,;:()\u201c\u201d\"]+")
_MARKER = re.compile(r"^\s*(?:\(?\w{1,4}[).]|[^\w\s(\u00a3]+)\s+")
_MEASURE = re.compile(
    r"(?:day|week|fortnight|month|quarter|year|hour|minute|pound|pence|mile|kilometre|metre|acre|hectare|tonne|per|percent|"
    r"million|billion|thousand|hundred)s?$",
    re.IGNORECASE,
)
_COUNT = re.compile(
    r"\d|^(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|hundred|"
    r"thousand|half|double|twice)$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Telling:
    """A sentence of a paper, as told of a meeting. `text` has its white space folded."""

    document_row: int
    span: Span
    text: str
    body: str | None
    held_on: date | None
    part: Part


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two places that give two figures for one fact, the earlier meeting's first; what differs, in words."""

    note: str
    first: Telling
    second: Telling


@dataclass(frozen=True, slots=True)
class _Read:
    told: Telling
    stems: frozenset[str]
    periods: frozenset[str]
    figures: tuple[Figure, ...]
    names: frozenset[str]


def contradictions(told: Sequence[Telling]) -> list[Contradiction]:
    """Return the contradictions among the sentences of one council's papers, each pair of figures once."""
    found: dict[Hashable, Contradiction] = {}
    in_order = sorted(told, key=lambda each: (each.held_on or date.max, each.document_row, each.span.start))
    reads = [read for read in map(_read, in_order) if read is not None]
    for one, other in _candidates(reads):
        figures = _two_figures(one, other)
        if figures is not None:
            note = f"{_printed(figures[0])} in one place, {_printed(figures[1])} in the other"
            key = frozenset((figures[0].value, figures[1].value)), figures[0].unit
            found.setdefault(key, Contradiction(note, one.told, other.told))
    for each in _versions(in_order):
        found.setdefault((each.first.text, each.second.text), each)
    return list(found.values())


def _read(told: Telling) -> _Read | None:
    """Return a sentence with its figures, times and names; None for one that no other could contradict."""
    if _MOVES.search(told.text):
        return None
    figures = tuple(figure for figure in figures_in(told.text) if figure.unit)
    if not 0 < len(figures) <= _MOST_FIGURES:
        return None
    periods = frozenset(periods_in(told.text))
    words = (word for word in _WORD.findall(told.text) if word.lower() not in STOP_WORDS)
    said = frozenset(stem for word in words for stem in stems(word))
    names = frozenset(_NAME.findall(told.text)) - _COMMON_NAMES
    return _Read(told, said, periods, figures, names)


def _candidates(reads: Sequence[_Read]) -> Iterator[tuple[_Read, _Read]]:
    """Yield pairs of sentences that count one thing at one time, or count another thing alike."""
    groups: defaultdict[Hashable, list[_Read]] = defaultdict(list)
    for read in reads:
        for unit in {figure.unit for figure in read.figures}:
            for period in read.periods:
                groups[unit, period].append(read)
            for figure in read.figures:
                if figure.unit != unit:
                    groups[unit, figure].append(read)
    seen: set[tuple[int, int]] = set()
    for group in groups.values():
        for one, other in combinations(group if len(group) <= _MOST_TELLINGS else (), 2):
            key = id(one), id(other)
            if one.told.text != other.told.text and key not in seen:
                seen.add(key)
                yield one, other


def _two_figures(one: _Read, other: _Read) -> tuple[Figure, Figure] | None:
    """Return the figures that two sentences give of one thing; None where both may be right."""
    apart = [
        (mine, theirs)
        for mine in one.figures
        for theirs in other.figures
        if mine.unit == theirs.unit and mine.value != theirs.value
    ]
    agreed = {figure for figure in one.figures if figure in other.figures}
    apart = [pair for pair in apart if not agreed & set(pair)]
    names_fit = one.names <= other.names or other.names <= one.names
    if len(apart) != 1 or not names_fit:
        return None
    mine, theirs = apart[0]
    ratio = max(mine.value, theirs.value) / max(1e-9, min(mine.value, theirs.value))
    both = one.stems & other.stems
    if (
        one.periods == other.periods
        and one.periods
        and ratio <= _NEAR
        and _tell_the_same(one, other, mine, theirs)
    ):
        return mine, theirs
    sure = any(figure.value >= _LEAST_AGREED and figure.unit != mine.unit for figure in agreed)
    if sure and _of_one_time(one, other) and ratio <= _PAIR_NEAR and len(both) >= _PAIR_SHARED:
        return mine, theirs
    return None


def _of_one_time(one: _Read, other: _Read) -> bool:
    """Return whether two sentences name one time, or, where one names none, were told within a season."""
    if one.periods and other.periods:
        return bool(one.periods & other.periods)
    told, against = one.told.held_on, other.told.held_on
    return told is not None and against is not None and abs((told - against).days) <= _SEASON_DAYS


def _tell_the_same(one: _Read, other: _Read, mine: Figure, theirs: Figure) -> bool:
    """Return whether two sentences of one time say the same, but for the figure."""
    both = one.stems & other.stems
    shorter = min(len(one.stems), len(other.stems))
    if len(both) < _SHARED or len(both) < _SHARE * shorter:
        return False
    return len(both) == shorter or _changed_about(mine, theirs)


def _changed_about(one: Figure, other: Figure) -> bool:
    """Return whether two figures of three digits or more are made of the same digits."""
    digits, others = (sorted(f"{figure.value:g}".replace(".", "")) for figure in (one, other))
    return len(digits) > 2 and digits == others  # noqa: PLR2004 - 12 and 21 are no slip


def _printed(figure: Figure) -> str:
    """Return a figure as a person reads it."""
    value = f"{figure.value:,.10g}" if figure.value % 1 else f"{figure.value:,.0f}"
    return f"\u00a3{value}" if figure.unit == "\u00a3" else f"{value}{'%' if figure.unit == '%' else ''}"


def _versions(told: Iterable[Telling]) -> Iterator[Contradiction]:
    """Yield sentences of two versions of one meeting's minutes that differ in a count or its measure."""
    meetings: defaultdict[Hashable, list[tuple[Telling, list[str]]]] = defaultdict(list)
    held: set[tuple[int, tuple[str, ...]]] = set()
    for each in told:
        tokens = _TOKEN.findall(_MARKER.sub("", each.text))
        if each.part is Part.MINUTES and each.held_on and _LEAST_WORDS <= len(tokens) <= _MOST_WORDS:
            held.add((each.document_row, tuple(tokens)))
            for key in {("opens", *tokens[:4]), ("ends", *tokens[-4:])}:
                meetings[each.body, each.held_on, key].append((each, tokens))
    for sentences in meetings.values():
        for (one, mine), (other, theirs) in combinations(sentences, 2):
            rows = one.document_row, other.document_row
            in_both = (rows[1], tuple(mine)) in held or (rows[0], tuple(theirs)) in held
            changed = None if rows[0] == rows[1] or in_both else _changed_count(mine, theirs)
            if changed is not None:
                note = "two versions of one meeting's minutes: \u201c{}\u201d and \u201c{}\u201d".format(
                    *changed
                )
                yield Contradiction(note, one, other)


def _changed_count(one: Sequence[str], other: Sequence[str]) -> tuple[str, str] | None:
    """Return the few words in which two sentences differ, where they count something; None otherwise."""
    head = 0
    while head < min(len(one), len(other)) and one[head] == other[head]:
        head += 1
    tail = 0
    while tail < min(len(one), len(other)) - head and one[-1 - tail].lower() == other[-1 - tail].lower():
        tail += 1
    mine, theirs = one[head : len(one) - tail], other[head : len(other) - tail]
    if not (0 < len(mine) <= _MOST_CHANGED and 0 < len(theirs) <= _MOST_CHANGED):
        return None
    counted = any(_COUNT.search(word) for word in (*mine, *theirs))
    measured = len(mine) == len(theirs) == 1 and all(_MEASURE.match(word) for word in (*mine, *theirs))
    if head and measured and _COUNT.search(one[head - 1]):
        counted, mine, theirs = True, [one[head - 1], *mine], [one[head - 1], *theirs]
    return (" ".join(mine), " ".join(theirs)) if counted else None
