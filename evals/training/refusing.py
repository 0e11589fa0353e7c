"""A logistic model of whether a question is answered at all, fitted by Newton's method with a ridge."""

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float64]
_STEPS = 50
_ENOUGH = 1e-8
_POWERS = np.arange(0.2, 3.0, 0.01)
_LEAST = 1e-6  # a confidence of nought or of one would be infinitely sure


def fit_logistic(
    values: Matrix, right: NDArray[np.bool_], worth: Matrix, ridge: float
) -> tuple[float, Matrix]:
    """Return (bias, weights) for the columns as they are; `ridge` acts on columns brought to one spread."""
    spread = values.std(axis=0)
    scale = np.where(spread < 1e-9, 1.0, spread)  # noqa: PLR2004 - no spread at all
    middle = values.mean(axis=0)
    columns = np.column_stack([(values - middle) / scale, np.ones(len(values))])
    pull = np.append(np.full(values.shape[1], ridge), 0.0)
    weights = np.zeros(columns.shape[1])
    for _ in range(_STEPS):
        likely = 1 / (1 + np.exp(-(columns @ weights)))
        gradient = columns.T @ (worth * (likely - right)) + pull * weights
        curvature = (columns * (worth * likely * (1 - likely))[:, None]).T @ columns + np.diag(pull)
        step = np.linalg.solve(curvature, gradient)
        weights = weights - step
        if float(np.abs(step).max()) < _ENOUGH:
            break
    found = weights[:-1] / scale
    return float(weights[-1] - found @ middle), found


def calibrating_power(confidence: Matrix, right: NDArray[np.bool_], worth: Matrix) -> float:
    """Return the power, .2 to 3, to which these confidences say most likely how many replies are right."""
    sure = np.log(np.clip(confidence, _LEAST, 1 - _LEAST))

    def unlikely(power: float) -> float:
        not_so = np.log1p(-np.exp(power * sure))
        return -float((worth * np.where(right, power * sure, not_so)).sum())

    return float(min(_POWERS, key=unlikely))


def kept_threshold(confidence: Matrix, kept: float) -> float:
    """Return the highest confidence that `kept` of these answerable questions reach."""
    ordered = np.sort(confidence)
    return float(ordered[int((1 - kept) * len(ordered))])
