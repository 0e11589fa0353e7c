"""A matter over time as numbers ready to be drawn: a lane a body, a numbered dot a step."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import count

_LEFT, _RIGHT = 30.0, 30.0
_NARROWEST, _WIDEST, _A_STEP = 270.0, 520.0, 60.0  # few steps fit the width of a phone
_HEAD, _LANE = 30.0, 52.0
_LETTER = 6.6  # the mean width of one, for the names of bodies
_NAME = 18.0  # the name of a body stands so far above its line
_APART = 22.0  # between the middles of two dots of a lane
_A_TICK = 72.0  # the least width for the name of a month
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
    name_y: float
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
    whole = min(_WIDEST, max(_NARROWEST, _A_STEP * len(steps)))
    wide = whole - (_APART * 2 if undated else 0)
    scale = wide / max(1, (last - first).days)
    lanes: dict[str, list[Dot]] = {}
    for number, (day, body, decided) in enumerate(steps, start=1):
        x = _LEFT + (scale * (day - first).days if day else whole)
        dots = lanes.setdefault(body, [])
        if dots:
            x = max(x, dots[-1].x + _APART)
        dots.append(Dot(number, round(x, 1), decided))
    furthest = max((dot.x for dots in lanes.values() for dot in dots), default=_LEFT)
    return Timeline(
        round(max(max(_LEFT + whole, furthest) + _RIGHT, *(_LETTER * len(name) for name in lanes)), 1),
        _HEAD + _LANE * len(lanes),
        tuple(
            _apart(
                (name, round(_LEFT + scale * (day - first).days, 1))
                for name, day in _ticks(first, last, int(wide // _A_TICK))
            )
        )
        if days
        else (),
        tuple(
            Lane(name, y, y - _NAME, tuple(dots))
            for (name, dots), y in zip(lanes.items(), count(_HEAD + _LANE - _NAME, _LANE), strict=False)
        ),
        _LEFT + whole if undated else None,
    )


def _apart(ticks: Iterable[tuple[str, float]]) -> Iterable[tuple[str, float]]:
    """Yield the ticks whose names do not cover the one before: a matter may begin at the end of a month."""
    end = 0.0
    for name, x in ticks:
        if x - _A_TICK / 2 >= end or not end:
            end = x + _A_TICK / 2
            yield name, x


def _ticks(first: date, last: date, most: int) -> Iterable[tuple[str, date]]:
    """Yield the first days of months, evenly apart and few enough to be read; the first month always."""
    months = (last.year - first.year) * _MONTHS + last.month - first.month
    step = next((each for each in _STEPS if months // each < most), _STEPS[-1])
    yield f"{first:%b %Y}", first
    for more in range(step, months + 1, step):
        year, month = divmod(first.year * _MONTHS + first.month - 1 + more, _MONTHS)
        yield f"{date(year, month + 1, 1):%b %Y}", date(year, month + 1, 1)
