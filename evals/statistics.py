"""Honest arithmetic on paired questions: tests, intervals, and what could have been seen at all.

Everything is seeded and independent of the order of its input: rows are sorted by topic before use.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil, sqrt
from statistics import NormalDist

import numpy as np
import numpy.typing as npt

SEED = 20261122
FLIPS = 10_000
RESAMPLES = 10_000
_BLOCK = 4_000_000  # cells of random numbers held at a time: 32 MB

Vector = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Interval:
    """A 95 % interval and on how many clusters it stands."""

    low: float
    high: float
    clusters: int


def paired_randomisation(
    one: Mapping[str, tuple[float, float]],
    other: Mapping[str, tuple[float, float]],
    flips: int = FLIPS,
    seed: int = SEED,
) -> float:
    """Return the two-sided p of `other` - `one`: how often swapping runs at random gives as much.

    Both give (part, whole) of the same topics; a mean has wholes of 1, a pooled share the true ones.
    p = (1 + hits) / (1 + flips), never 0; 1.0 where nothing differs. Raises ValueError for unlike topics.
    Source: Smucker, Allan and Carterette, CIKM 2007 (Fisher's randomisation test); the added 1 is Davison
    and Hinkley, Bootstrap Methods (1997), section 4.2.
    """
    if one.keys() != other.keys():
        raise ValueError("a paired test needs the same topics on both sides")
    topics = sorted(one)
    first = np.asarray([one[topic] for topic in topics], dtype=np.float64).reshape(-1, 2)
    second = np.asarray([other[topic] for topic in topics], dtype=np.float64).reshape(-1, 2)
    change = second - first
    if not change.any():
        return 1.0
    sums = first.sum(axis=0), second.sum(axis=0)
    observed = abs(_ratio(sums[1]) - _ratio(sums[0])) - 1e-12  # the last bit depends on the order of sums
    moving = change[change.any(axis=1)]
    random = np.random.default_rng(seed)
    hits = 0
    for rows in _blocks(flips, len(moving)):
        moved = random.integers(0, 2, size=(rows, len(moving)), dtype=np.int8) @ moving
        hits += int((np.abs(_ratios(sums[1] - moved) - _ratios(sums[0] + moved)) >= observed).sum())
    return (1 + hits) / (1 + flips)


def _ratio(sums: Vector) -> float:
    return float(sums[0] / sums[1]) if sums[1] else 0.0


def _ratios(sums: Vector) -> Vector:
    parts, wholes = sums[:, 0], sums[:, 1]
    return np.divide(parts, wholes, out=np.zeros(len(sums)), where=wholes != 0)


def _blocks(rows: int, columns: int) -> list[int]:
    step = max(1, _BLOCK // max(1, columns))
    return [min(step, rows - done) for done in range(0, rows, step)]


def cluster_interval(
    parts: Mapping[str, tuple[float, float]],
    clusters: Mapping[str, str],
    resamples: int = RESAMPLES,
    seed: int = SEED,
) -> Interval:
    """Return the 95 % percentile interval of sum(part) / sum(whole), resampling whole clusters.

    `parts` gives (part, whole) of each topic; for a mean, (value, 1). Questions about one paper stand or
    fall together, so papers are drawn, not questions. With one cluster the interval is all that is known:
    [0, 1] stretched to the value. Raises ValueError for no topics.
    Source: Davison and Hinkley (1997), section 3.8; Field and Welsh, JRSS B 69 (2007).
    """
    if not parts:
        raise ValueError("no topic to resample")
    sums: dict[str, list[float]] = {}
    for topic in sorted(parts):
        total = sums.setdefault(clusters.get(topic, topic), [0.0, 0.0])
        total[0] += parts[topic][0]
        total[1] += parts[topic][1]
    table = np.asarray([sums[name] for name in sorted(sums)], dtype=np.float64)
    if len(table) == 1:
        value = _ratio(table[0])
        return Interval(min(0.0, value), max(1.0, value), 1)
    ratios = _resampled_ratios(table, resamples, seed)
    low, high = np.percentile(ratios, [2.5, 97.5])
    return Interval(float(low), float(high), len(table))


def _resampled_ratios(table: Vector, resamples: int, seed: int) -> Vector:
    random = np.random.default_rng(seed)
    blocks = _blocks(resamples, len(table))
    drawn = [table[random.integers(0, len(table), size=(rows, len(table)))].sum(axis=1) for rows in blocks]
    return _ratios(np.concatenate(drawn))


def difference_interval(
    one: Mapping[str, tuple[float, float]],
    other: Mapping[str, tuple[float, float]],
    clusters: Mapping[str, str],
    resamples: int = RESAMPLES,
    seed: int = SEED,
) -> Interval | None:
    """Return the 95 % percentile interval of `other` - `one`, the same clusters drawn for both.

    None where all topics lie in one cluster. Raises ValueError for unlike topics. Source: as
    `cluster_interval`.
    """
    if one.keys() != other.keys():
        raise ValueError("a paired interval needs the same topics on both sides")
    sums: dict[str, Vector] = {}
    for topic in sorted(one):
        name = clusters.get(topic, topic)
        sums[name] = sums.get(name, np.zeros(4)) + np.asarray([*one[topic], *other[topic]])
    if len(sums) < 2:  # noqa: PLR2004 - one cluster cannot be resampled
        return None
    table = np.stack([sums[name] for name in sorted(sums)])
    random = np.random.default_rng(seed)
    blocks = _blocks(resamples, len(table))
    drawn = np.concatenate(
        [table[random.integers(0, len(table), size=(rows, len(table)))].sum(axis=1) for rows in blocks]
    )
    low, high = np.percentile(_ratios(drawn[:, 2:]) - _ratios(drawn[:, :2]), [2.5, 97.5])
    return Interval(float(low), float(high), len(table))


def statistic_interval(
    topics: Sequence[str],
    clusters: Mapping[str, str],
    statistic: Callable[[Sequence[str]], float | None],
    resamples: int = 1_000,
    seed: int = SEED,
) -> Interval | None:
    """Return the 95 % percentile interval of any statistic of a list of topics, by whole clusters.

    Draws for which the statistic is None (no unanswerable question among them, say) are left out; None
    where fewer than half can be used or there is one cluster only. Source: as `cluster_interval`.
    """
    members: dict[str, list[str]] = {}
    for topic in sorted(topics):
        members.setdefault(clusters.get(topic, topic), []).append(topic)
    names = sorted(members)
    random = np.random.default_rng(seed)
    found: list[float] = []
    rows = resamples if len(names) > 1 else 0
    for drawn in random.integers(0, max(1, len(names)), size=(rows, len(names))).tolist():
        value = statistic([topic for index in drawn for topic in members[names[index]]])
        if value is not None:
            found.append(value)
    if len(found) < resamples / 2:
        return None
    low, high = np.percentile(found, [2.5, 97.5])
    return Interval(float(low), float(high), len(names))


def holm(p_values: Mapping[str, float]) -> dict[str, float]:
    """Return p values adjusted for testing them all together, never above 1.

    Source: Holm, Scandinavian Journal of Statistics 6 (1979).
    """
    adjusted: dict[str, float] = {}
    running = 0.0
    ordered = sorted(p_values, key=lambda name: (p_values[name], name))
    for rank, name in enumerate(ordered):
        running = max(running, min(1.0, p_values[name] * (len(ordered) - rank)))
        adjusted[name] = running
    return adjusted


def smallest_detectable(
    differences: Sequence[float], alpha: float = 0.05, power: float = 0.8
) -> float | None:
    """Return the mean paired difference that would be found with 80 % power, given this spread.

    Never below what the test itself can call significant: with k differences of 1, all one way, the
    two-sided p is 2 / 2^k, so at least 6 questions must change for p < 0.05. None for no questions.
    Source: normal approximation of the paired test, Cohen, Statistical Power Analysis (1988), chapter 2.
    """
    if not differences:
        return None
    normal = NormalDist()
    spread = float(np.std(np.asarray(differences, dtype=np.float64), ddof=1)) if len(differences) > 1 else 1.0
    by_spread = (normal.inv_cdf(1 - alpha / 2) + normal.inv_cdf(power)) * spread / sqrt(len(differences))
    return min(1.0, max(by_spread, fewest_changes(alpha) / len(differences)))


def fewest_changes(alpha: float = 0.05) -> int:
    """Return how many questions must change, all one way, before a sign-flip test can reach alpha."""
    return ceil(1 - float(np.log2(alpha)))


def spread_of_one_run(values: Sequence[float]) -> list[float]:
    """Return differences as spread as those of two unrelated runs like this one: the worst case.

    Two runs of one harness agree on most questions, so a comparison sees smaller differences than this.
    """
    mean = sum(values) / len(values) if values else 0.0
    return [sqrt(2.0) * (value - mean) for value in values]
