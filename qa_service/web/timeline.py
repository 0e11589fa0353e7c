"""A matter over time as numbers ready to be drawn: a lane a body, a numbered dot a step."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

_LABELS, _WIDE, _RIGHT = 200.0, 520.0, 24.0
_HEAD, _LANE = 30.0, 44.0
_APART = 22.0  # between the middles of two dots of a lane
_MOST_TICKS = 7
_STEPS = (1, 2, 3, 6, 12, 24, 60, 120)  # months between two ticks
_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Dot:
    """One step: its number in the table below the picture. `decided`: members resolved it there."""

    number: int
    x: float
    decided: bool


@dataclass(frozen=True, slots=True)
class Lane:
    """One body and its steps."""

    name: str
    y: float
    dots: tuple[Dot, ...]


@dataclass(frozen=True, slots=True)
class Timeline:
    """The picture. `ticks` are (name of a month, x); `undated` is the x of the steps without a date."""

    width: float
    height: float
    ticks: tuple[tuple[str, float], ...]
    lanes: tuple[Lane, ...]
    undated: float | None


def timeline(steps: Sequence[tuple[date | None, str, bool]]) -> Timeline:
    """Return the picture of (day, body, whether it was decided), in the order of the steps, from number 1.

    Steps of one lane that would cover each other are moved apart to the right: the table has the days.
    """
    days = [day for day, _, _ in steps if day]
    first, last = (min(days), max(days)) if days else (date.min, date.min)
    undated = len(days) < len(steps)
    wide = _WIDE - (_APART * 2 if undated else 0)
    scale = wide / max(1, (last - first).days)
    lanes: dict[str, list[Dot]] = {}
    for number, (day, body, decided) in enumerate(steps, start=1):
        x = _LABELS + (scale * (day - first).days if day else _WIDE)
        dots = lanes.setdefault(body, [])
        if dots:
            x = max(x, dots[-1].x + _APART)
        dots.append(Dot(number, round(x, 1), decided))
    furthest = max((dot.x for dots in lanes.values() for dot in dots), default=_LABELS)
    return Timeline(
        round(max(_LABELS + _WIDE, furthest) + _RIGHT, 1),
        _HEAD + _LANE * len(lanes),
        tuple((name, round(_LABELS + scale * (day - first).days, 1)) for name, day in _ticks(first, last))
        if days
        else (),
        tuple(
            Lane(name, _HEAD + _LANE * (at + 0.5), tuple(dots))
            for at, (name, dots) in enumerate(lanes.items())
        ),
        _LABELS + _WIDE if undated else None,
    )


def _ticks(first: date, last: date) -> Iterable[tuple[str, date]]:
    """Yield the first days of months, evenly apart and few enough to be read; the first month always."""
    months = (last.year - first.year) * _MONTHS + last.month - first.month
    step = next((each for each in _STEPS if months // each < _MOST_TICKS), _STEPS[-1])
    yield f"{first:%b %Y}", first
    for more in range(step, months + 1, step):
        year, month = divmod(first.year * _MONTHS + first.month - 1 + more, _MONTHS)
        yield f"{date(year, month + 1, 1):%b %Y}", date(year, month + 1, 1)
