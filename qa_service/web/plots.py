"""Plots as numbers ready to be drawn: the templates write them as SVG, with a table of the same content."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from qa_service.store.overview import MeetingLine

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

_LABELS = 250.0  # width of the names on the left
_CELL = 44.0
_ROW = 38.0
_HEAD = 24.0
_TREND_WIDTH, _TREND_HEIGHT, _LEFT, _BOTTOM, _TOP = 720.0, 260.0, 44.0, 28.0, 12.0


@dataclass(frozen=True, slots=True)
class Cell:
    """A month of a body: a square whose side grows with the root of the count, and the count in it."""

    x: float
    y: float
    side: float
    count: int


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """One body's meetings, January to December, as counts and as squares."""

    name: str
    council: str | None
    y: float
    counts: tuple[int, ...]
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class CoveragePlot:
    """Meetings by body and month of one year. `rows` are the bodies from number `first`, of `bodies`."""

    width: float
    height: float
    months: tuple[tuple[str, float], ...]
    rows: tuple[CoverageRow, ...]
    page: int
    first: int
    bodies: int


def coverage_plot(
    meetings: Iterable[MeetingLine], year: int, page: int = 1, most_rows: int = 30
) -> CoveragePlot:
    """Return one page of the plot of the meetings of a year; bodies by council and name.

    Pages count from 1; beyond the last page is the last.
    """
    counts: Counter[tuple[str, str, int]] = Counter()
    for meeting in meetings:
        if meeting.held_on and meeting.held_on.year == year:
            counts[meeting.council or "", meeting.body or "Committee not stated", meeting.held_on.month] += 1
    bodies = sorted({(council, body) for council, body, _ in counts})
    most = max(counts.values(), default=1)
    page = min(page, max(1, -(-len(bodies) // most_rows)))
    first = most_rows * (page - 1)
    shown = bodies[first : first + most_rows]
    rows = []
    for index, (council, body) in enumerate(shown):
        y = _HEAD + index * _ROW
        numbers = tuple(counts[council, body, month] for month in range(1, 13))
        cells = tuple(_square(month, y, count, most) for month, count in enumerate(numbers) if count)
        rows.append(CoverageRow(body, council or None, y + _ROW / 2, numbers, cells))
    months = tuple((name, _LABELS + (index + 0.5) * _CELL) for index, name in enumerate(MONTHS))
    size = _LABELS + 12 * _CELL, _HEAD + len(shown) * _ROW
    return CoveragePlot(*size, months, tuple(rows), page, first + 1, len(bodies))


def _square(month: int, y: float, count: int, most: int) -> Cell:
    side = 16.0 + 10.0 * (count / most) ** 0.5
    return Cell(_LABELS + (month + 0.5) * _CELL - side / 2, y + (_ROW - side) / 2, side, count)


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """One run on a trend: where it is drawn, and what it says."""

    x: float
    y: float
    name: str
    value: float


@dataclass(frozen=True, slots=True)
class Trend:
    """A measure between 0 and 1 over runs, oldest first. `path` joins the points."""

    width: float
    height: float
    left: float
    rules: tuple[tuple[float, str], ...]
    points: tuple[TrendPoint, ...]
    path: str


def trend(runs: Sequence[tuple[str, float]]) -> Trend:
    """Return the trend of (name of a run, value between 0 and 1)."""
    wide = _TREND_WIDTH - _LEFT - 20
    high = _TREND_HEIGHT - _TOP - _BOTTOM
    step = wide / max(1, len(runs) - 1)
    points = tuple(
        TrendPoint(
            round(_LEFT + 10 + (index * step if len(runs) > 1 else wide / 2), 1),
            round(_TOP + (1 - min(1.0, max(0.0, value))) * high, 1),
            name,
            value,
        )
        for index, (name, value) in enumerate(runs)
    )
    rules = tuple((round(_TOP + (1 - at) * high, 1), f"{at:.2f}") for at in (0.0, 0.25, 0.5, 0.75, 1.0))
    path = " ".join(f"{'L' if index else 'M'}{p.x} {p.y}" for index, p in enumerate(points))
    return Trend(_TREND_WIDTH, _TREND_HEIGHT, _LEFT, rules, points, path)


def years_of(meetings: Iterable[MeetingLine]) -> tuple[int, ...]:
    """Return the years in which meetings were held, newest first."""
    return tuple(sorted(_by_year(meetings), reverse=True))


def telling_year(meetings: Iterable[MeetingLine]) -> int | None:
    """Return the newest year with at least a quarter of the fullest year's meetings; None for no meetings.

    A year that has just begun, or of which a single paper came in early, says little at first sight.
    """
    counts = _by_year(meetings)
    fullest = max(counts.values(), default=0)
    return max((year for year, count in counts.items() if 4 * count >= fullest), default=None)


def _by_year(meetings: Iterable[MeetingLine]) -> Counter[int]:
    return Counter(meeting.held_on.year for meeting in meetings if isinstance(meeting.held_on, date))
