"""A listwise model: which of many rows is the right one, as a softmax over a weighted sum of features.

Fitted by Newton's method on the likelihood that the row in first place is a right one, with a ridge. No
chance is involved: the same lists give the same weights.
Source: the softmax loss of Cao et al., ICML 2007 (ListNet); several right rows are summed in the logarithm.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float64]
_STEPS = 40
_ENOUGH = 1e-6


@dataclass(frozen=True, slots=True)
class Lists:
    """Rows of many lists under each other. `starts`: first row of each list, none empty.

    `right`: bool, (rows,), at least one a list. `worth`: weight of each list.
    """

    values: Matrix
    right: NDArray[np.bool_]
    starts: NDArray[np.int64]
    worth: Matrix

    @classmethod
    def of(
        cls, tables: Sequence[Matrix], right: Sequence[NDArray[np.bool_]], worth: Sequence[float]
    ) -> "Lists":
        """Return lists of tables; those without a right row, or with nothing else, are left out."""
        kept = [at for at, each in enumerate(right) if each.any() and not each.all()]
        sizes = [len(tables[at]) for at in kept]
        return cls(
            np.concatenate([tables[at] for at in kept]).astype(np.float64),
            np.concatenate([right[at] for at in kept]),
            np.concatenate([[0], np.cumsum(sizes)[:-1]]).astype(np.int64),
            np.array([worth[at] for at in kept], dtype=np.float64),
        )


def fit(lists: Lists, ridge: float) -> Matrix:
    """Return the weights, one a column, of the columns as they are.

    `ridge` counts in lists of weight 1 and acts on columns brought to one spread: it means the same for each.
    A column without spread has the weight 0.
    """
    spread = lists.values.std(axis=0)
    flat = spread < 1e-9  # noqa: PLR2004 - no spread at all
    scale = np.where(flat, 1.0, spread)
    values = lists.values / scale
    values[:, flat] = 0.0
    weights = np.zeros(values.shape[1])
    loss = _loss(lists, values, weights, ridge)
    for _ in range(_STEPS):
        step = _newton_step(lists, values, weights, ridge)
        size = 1.0
        while (after := _loss(lists, values, weights - size * step, ridge)) > loss and size > 1e-4:  # noqa: PLR2004
            size /= 2
        if after > loss:
            break
        weights = weights - size * step
        if loss - after < _ENOUGH * (1 + abs(loss)):
            break
        loss = after
    return weights / scale


def _newton_step(lists: Lists, values: Matrix, weights: Matrix, ridge: float) -> Matrix:
    """Return gradient / curvature; the right rows' own curvature is left out, which keeps it positive."""
    scores = values @ weights
    likely = _softmax(lists, scores, np.ones(len(scores), dtype=np.bool_))
    wanted = _softmax(lists, scores, lists.right)
    worth = np.repeat(lists.worth, _sizes(lists))
    gradient = values.T @ (worth * (likely - wanted)) + ridge * weights
    weighted = values * likely[:, None]
    means = np.add.reduceat(weighted, lists.starts, axis=0)
    curvature = (weighted * worth[:, None]).T @ values - (means * lists.worth[:, None]).T @ means
    step = np.linalg.solve(curvature + ridge * np.eye(len(weights)), gradient)
    return step.astype(np.float64)


def _loss(lists: Lists, values: Matrix, weights: Matrix, ridge: float) -> float:
    scores = values @ weights
    everything = _log_sum(lists, scores, np.ones(len(scores), dtype=np.bool_))
    right = _log_sum(lists, scores, lists.right)
    pulled: float = 0.5 * ridge * float((weights**2).sum())
    return float((lists.worth * (everything - right)).sum()) + pulled


def _sizes(lists: Lists) -> NDArray[np.int64]:
    return np.diff(np.concatenate([lists.starts, [len(lists.right)]]))


def _log_sum(lists: Lists, scores: Matrix, among: NDArray[np.bool_]) -> Matrix:
    masked = np.where(among, scores, -np.inf)
    most = np.maximum.reduceat(masked, lists.starts)
    total: Matrix = np.add.reduceat(np.exp(masked - np.repeat(most, _sizes(lists))), lists.starts)
    return most + np.log(total)


def _softmax(lists: Lists, scores: Matrix, among: NDArray[np.bool_]) -> Matrix:
    shares: Matrix = np.exp(
        np.where(among, scores, -np.inf) - np.repeat(_log_sum(lists, scores, among), _sizes(lists))
    )
    return shares
