"""Repeats, medians and ratios: contenders take turns, so that a busy machine slows them alike."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import TypeVar

Measured = TypeVar("Measured")
WARM_UPS = 1
FEWEST_REPEATS = 5


@dataclass(frozen=True, slots=True)
class Spread:
    """Median and extremes of repeated measurements."""

    median: float
    low: float
    high: float
    repeats: int


def spread(values: Sequence[float]) -> Spread:
    """Return median, lowest and highest. Raises ValueError for none."""
    if not values:
        raise ValueError("nothing was measured")
    return Spread(median(values), min(values), max(values), len(values))


def in_turns(
    contenders: Mapping[str, Callable[[], Measured]], repeats: int, warm_ups: int = WARM_UPS
) -> dict[str, list[Measured]]:
    """Return what each contender measured in each repeat, in the order A B A B, warm-ups thrown away.

    Every second round runs backwards, so that none is always first. Raises ValueError for fewer than five
    repeats: a median of less says little.
    """
    if repeats < FEWEST_REPEATS:
        raise ValueError(f"at least {FEWEST_REPEATS} repeats are needed, {repeats} asked for")
    for _ in range(warm_ups):
        for measure in contenders.values():
            measure()
    found: dict[str, list[Measured]] = {name: [] for name in contenders}
    for number in range(repeats):
        names = list(contenders)
        for name in names if number % 2 == 0 else reversed(names):
            found[name].append(contenders[name]())
    return found


def ratios(found: Mapping[str, Sequence[float]], of: str, to: str) -> Spread:
    """Return the spread of one contender's measurement over another's, repeat by repeat."""
    return spread([one / other for one, other in zip(found[of], found[to], strict=True)])


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value below which a share of the values lies (nearest rank). Raises ValueError for none."""
    if not values:
        raise ValueError("nothing was measured")
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
