"""Totals of tables that do not add up, and percentages that do not follow from their two figures.

A total is held against the rows above it only where another column of the same rows does add up: that shows
that the rows were read as they were meant. Percentages are worked out with what rounding may have hidden.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from qa_service.domain.documents import Discrepancy
from qa_service.domain.spans import Span

_CELL = re.compile(
    r"(?P<minus>[-\u2212(])?\+?\u00a3?(?P<value>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(?:[mk]\b)?\)?"
)
_EMPTY = frozenset("-\u2013\u2014")
_TOTAL = re.compile(r"(?:(?:net|grand|overall)\s+)?totals?\b|sum\b", re.IGNORECASE)
_PART = re.compile(r"\b(?:of\s+which|includ\w+|sub-?total|total|net|less)\b", re.IGNORECASE)
_LABEL_WORDS = 12  # words of a row's label at most: beyond, it is prose
_LEAST_ROWS = 2
_ROUNDED_FROM = 1000  # whole numbers as large may stand for thousands
_FAR = Decimal("0.05")  # of a sum: a total that is further off was never meant as one

_NUMBER = r"(?!(?:19|20)\d\d\b)(?:\u00a3?\d{1,3}(?:,\d{3})+(?:\.\d+)?|\u00a3?\d+(?:\.\d+)?)"
_SCALE = r"(?:\s?(?:million|billion|thousand|m|bn|k)\b)"
_WHEN = r"(?:\s+(?:in|at|on|during|for)\s+[^.;%]{3,40}?)?"
_CHANGE = r"(?:decrease|increase|reduction|rise|fall|drop|growth)"
_PERCENT = rf"(?:{_CHANGE}\s+of\s+(?P<percent>\d+(?:\.\d+)?)%|(?P<percent2>\d+(?:\.\d+)?)%\s+{_CHANGE})"
_FROM_TO = re.compile(
    rf"\bfrom\s+(?P<old>{_NUMBER})(?P<scale>{_SCALE}?){_WHEN}\s+to\s+(?P<new>{_NUMBER})(?P<scale2>{_SCALE}?)"
    rf"(?!\d|,\d|\s*%)[^%.;]{{0,80}}?,?\s+(?:an?|the)\s+{_PERCENT}"
)
_AGAINST = re.compile(
    rf"(?<![\w.,])(?P<new>{_NUMBER})(?P<scale2>{_SCALE}?)(?!\s*%)[^%.;\d]{{3,80}}?,\s+(?:against|compared\s+with)\s+"
    rf"(?P<old>{_NUMBER})(?P<scale>{_SCALE}?)(?!\s*%)[^%.;]{{0,60}}?,\s+an?\s+{_PERCENT}"
)
_WAS_WAS = re.compile(
    rf"\bwas\s+(?P<old>{_NUMBER})(?P<scale>{_SCALE}?)\.\s[^.%]{{0,90}}?\bwas\s+(?P<new>{_NUMBER})(?P<scale2>{_SCALE}?)"
    rf"\s+which\s+(?:represents|is)\s+an?\s+{_PERCENT}"
)


@dataclass(frozen=True, slots=True)
class _Row:
    label: str
    cells: tuple[Decimal, ...]
    printed: tuple[str, ...]
    span: Span


def sums_that_differ(text: str) -> Iterator[Discrepancy]:
    """Yield the total rows of which a column is not the sum of the rows above, while another column is."""
    above: list[_Row] = []
    for row in _rows(text):
        if above and (len(row.cells) != len(above[-1].cells) or row.span.start - above[-1].span.end > 1):
            above = []
        if not _TOTAL.match(row.label):
            above.append(row)
            continue
        if len(above) >= _LEAST_ROWS and not any(_PART.search(each.label) for each in above):
            yield from _judged(above, row)
        above = []


def _judged(above: Sequence[_Row], total: _Row) -> Iterator[Discrepancy]:
    """Yield what a total row says otherwise than its rows; nothing where none of its columns adds up."""
    sums = [sum((row.cells[at] for row in above), Decimal()) for at in range(len(total.cells))]
    same = [added == said and added for added, said in zip(sums, total.cells, strict=True)]
    off = [at for at, (added, said) in enumerate(zip(sums, total.cells, strict=True)) if added != said]
    near = [at for at in off if abs(sums[at] - total.cells[at]) <= _FAR * abs(sums[at])]
    if not any(same) or not off or near != off:
        return
    added = " and ".join(f"{sums[at]:,}" for at in off)
    said = " and ".join(total.printed[at] for at in off)
    hidden = all(abs(sums[at] - total.cells[at]) <= _rounding(above, at) for at in off)
    note = f"the {len(above)} rows above add up to {added}, the total says {said}"
    yield Discrepancy("arithmetic", f"{note}; rounding may explain it" if hidden else note, (total.span,))


def _rounding(rows: Sequence[_Row], at: int) -> Decimal:
    """Return how far a column's sum may be off because its figures are rounded; 0 for counts below 1,000."""
    places = max(max(0, -_exponent(row.cells[at])) for row in rows)
    if not places and max(abs(row.cells[at]) for row in rows) < _ROUNDED_FROM:
        return Decimal(0)
    return Decimal(len(rows) + 1) / 2 * Decimal(10) ** -places


def _exponent(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return exponent if isinstance(exponent, int) else 0


def _rows(text: str) -> Iterator[_Row]:
    """Yield runs of a label and its figures, on one line or one cell a line: two figures at least."""
    label: list[tuple[int, list[str]]] = []
    cells: list[tuple[Decimal, str]] = []
    end = at = 0
    for line in [*text.splitlines(keepends=True), ""]:
        words, values = _split(line)
        if cells and (words or not line.strip()):
            if len(cells) > 1 and label:
                values_of, printed = zip(*cells, strict=True)
                named = " ".join(word for _, each in label for word in each)
                yield _Row(named, values_of, printed, Span(label[0][0], end))
            label, cells = [], []
        if words:
            label = _last_words([*label, (at + len(line) - len(line.lstrip()), words)])
        if values:
            cells += values
            end = at + len(line.rstrip())
        elif not words:
            label = []
        at += len(line)


def _last_words(label: list[tuple[int, list[str]]]) -> list[tuple[int, list[str]]]:
    """Return the last lines of a label that are few words together; what stands above is no part of it."""
    while sum(len(words) for _, words in label) > _LABEL_WORDS:
        label = label[1:]
    return label


def _split(line: str) -> tuple[list[str], list[tuple[Decimal, str]]]:
    """Return the words of a line and the figures at its end."""
    tokens = line.replace("|", " ").split()
    values: list[tuple[Decimal, str]] = []
    while tokens and (value := _value(tokens[-1])) is not None:
        values.insert(0, (value, tokens.pop()))
    return tokens, values


def _value(token: str) -> Decimal | None:
    if token in _EMPTY:
        return Decimal(0)
    match = _CELL.fullmatch(token)
    if match is None:
        return None
    value = Decimal(match["value"].replace(",", ""))
    return -value if match["minus"] else value


def percentages_that_differ(text: str) -> Iterator[Discrepancy]:
    """Yield changes whose printed percentage is not that of their two figures, however these were rounded."""
    for form in (_FROM_TO, _AGAINST, _WAS_WAS):
        for match in form.finditer(text):
            if match["scale"].strip() != match["scale2"].strip():
                continue
            percent = match["percent"] or match["percent2"]
            old, new = match["old"], match["new"]
            low, high = _change_between(old, new, scaled=bool(match["scale"]))
            decimals = len(percent.partition(".")[2])
            slack = 0.51 * 10**-decimals + 0.05
            if low - slack <= float(percent) <= high + slack:
                continue
            actual = f"{(low + high) / 2:.{max(1, decimals)}f}"
            note = f"{old} to {new} is {actual}%, the paper says {percent}%"
            yield Discrepancy("arithmetic", note, (Span(match.start(), match.end()),))


def _change_between(old: str, new: str, *, scaled: bool) -> tuple[float, float]:
    """Return the least and the greatest change in percent that two printed figures may stand for."""
    (low_old, high_old), (low_new, high_new) = _limits(old, scaled=scaled), _limits(new, scaled=scaled)
    if low_old <= 0:
        return 0.0, float("inf")
    changes = [
        abs(later - earlier) / earlier * 100
        for earlier in (low_old, high_old)
        for later in (low_new, high_new)
    ]
    return min(changes), max(changes)


def _limits(figure: str, *, scaled: bool) -> tuple[float, float]:
    """Return what a figure may have been before it was rounded: itself alone where it is a plain count."""
    digits = figure.replace(",", "").lstrip("\u00a3")
    decimals = len(digits.partition(".")[2])
    half = 0.5 * 10**-decimals if decimals or scaled else 0.0
    return float(digits) - half, float(digits) + half
