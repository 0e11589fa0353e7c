"""The model of sentences: which of many rows is right, as a softmax over what their features say.

A weighted sum beside a layer of rectified units (`qa_service.answering.ranker.Sentences`), fitted together by
small steps on the same likelihood as `listwise.fit`. Features that stand for the papers' structure are drawn
towards given weights, keep their sign, and are in no bend. The same lists in the same order give the same
numbers on one machine; on another the last digits differ.
"""

from collections.abc import Iterator, Mapping

import numpy as np
import torch
from numpy.typing import NDArray

from evals.training.listwise import Lists
from qa_service.answering.features import NAMES
from qa_service.answering.ranker import Bends, Sentences, in_order

# Tried on one document in five: 48 and 96 units, shares of .4 and .5 dropped, 20 and 40 rounds are alike
# within a question or two; a sum alone puts the right sentence first less often (ARCHITECTURE.md).
_UNITS, _DROPPED, _ROUNDS = 48, 0.4, 20
_STEP, _DECAY = 4e-3, 0.1
_FEWEST, _LISTS = 8, 256  # learned from at once: a twentieth of all, within these
_DRAWN = 1e-4  # pull of a weight towards what it is drawn to, a list
_LEFT = 0.2  # share of what a weight is drawn to that must be left of it
_UNLIKELY = -1e9


class _Net(torch.nn.Module):
    """`goal`: what each weight is drawn to, 0 for those without; `held`: which stay there."""

    def __init__(self, goal: torch.Tensor, held: torch.Tensor) -> None:
        super().__init__()
        self.goal, self.held = goal, held
        self.free = torch.nonzero(goal == 0)[:, 0]
        self.weights = torch.nn.Parameter(goal.clone())
        self.into = torch.nn.Linear(len(self.free), _UNITS)
        self.adds = torch.nn.Linear(_UNITS, 1, bias=False)
        self.dropped = torch.nn.Dropout(_DROPPED)
        torch.nn.init.zeros_(self.adds.weight)

    def summed(self) -> torch.Tensor:
        """Return the weights of the sum."""
        return torch.where(self.held, self.goal, self.weights)

    def forward(self, values: torch.Tensor) -> torch.Tensor:
        """Return the score of each row."""
        bent: torch.Tensor = self.adds(self.dropped(torch.relu(self.into(values[:, self.free]))))[:, 0]
        return values @ self.summed() + bent


def fit_sentences(lists: Lists, drawn_to: Mapping[str, float]) -> Sentences:
    """Return the model fitted on these lists; one of the weights drawn to alone where there are none.

    A weight that would turn from what it is drawn to, or come to nearly nothing, stays there, and the others
    are fitted to that.
    """
    if not len(lists.starts):
        return Sentences(dict.fromkeys(NAMES, 0.0) | dict(drawn_to), {})
    found = _fitted(lists, drawn_to, frozenset())
    turned = frozenset(name for name, goal in drawn_to.items() if found.weights[name] / goal < _LEFT)
    return _fitted(lists, drawn_to, turned) if turned else found


def _fitted(lists: Lists, drawn_to: Mapping[str, float], held: frozenset[str]) -> Sentences:
    usual = lists.values.mean(axis=0)
    spread = lists.values.std(axis=0)
    spread[spread < 1e-9] = 1.0  # noqa: PLR2004 - no spread at all
    goal = torch.tensor(in_order(drawn_to, NAMES) * spread, dtype=torch.float32)
    values = torch.tensor((lists.values - usual) / spread, dtype=torch.float32)
    with torch.random.fork_rng():
        torch.manual_seed(0)
        net = _Net(goal, torch.tensor([name in held for name in NAMES]))
        _taught(net, values, lists)
    return _read_off(net, usual, spread)


def _taught(net: _Net, values: torch.Tensor, lists: Lists) -> None:
    layers = [net.into.weight, net.into.bias, net.adds.weight]
    optimiser = torch.optim.AdamW(
        [{"params": layers, "weight_decay": _DECAY}, {"params": [net.weights], "weight_decay": 0.0}],
        lr=_STEP,
    )
    worth = torch.tensor(lists.worth / lists.worth.mean(), dtype=torch.float32)
    right = torch.tensor(lists.right)
    drawn = list(_batches(lists))
    for step, batch in enumerate(drawn):
        for group in optimiser.param_groups:
            group["lr"] = _STEP * (1 - step / len(drawn))
        rows, of = _rows(lists, batch)
        lacking = _unlikely(net(values[rows]), right[rows], of, len(batch))
        pulled = _DRAWN * ((net.weights - net.goal) ** 2).sum()
        loss = (lacking * worth[batch]).mean() + pulled
        optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call] # torch gives this method no types
        optimiser.step()
    net.eval()


def _batches(lists: Lists) -> Iterator[NDArray[np.int64]]:
    draw = np.random.default_rng(0)
    size = min(max(len(lists.starts) // 20, _FEWEST), _LISTS)
    for _ in range(_ROUNDS):
        order = draw.permutation(len(lists.starts))
        yield from np.array_split(order, max(1, len(order) // size))


def _rows(lists: Lists, batch: NDArray[np.int64]) -> tuple[torch.Tensor, torch.Tensor]:
    """Return the rows of some lists, and for each row which of these lists it is of."""
    ends = np.append(lists.starts[1:], len(lists.right))
    rows = np.concatenate([np.arange(lists.starts[at], ends[at]) for at in batch])
    of = np.repeat(np.arange(len(batch)), [ends[at] - lists.starts[at] for at in batch])
    return torch.tensor(rows), torch.tensor(of)


def _unlikely(scores: torch.Tensor, right: torch.Tensor, of: torch.Tensor, count: int) -> torch.Tensor:
    """Return for each list how unlikely it is that a right row comes first, as -log of the chance."""
    among_right = torch.where(right, scores, torch.full_like(scores, _UNLIKELY))
    return _log_sum(scores, of, count) - _log_sum(among_right, of, count)


def _log_sum(scores: torch.Tensor, of: torch.Tensor, count: int) -> torch.Tensor:
    most = torch.full((count,), _UNLIKELY).scatter_reduce(0, of, scores.detach(), "amax")
    return most + torch.zeros(count).scatter_add(0, of, torch.exp(scores - most[of])).log()


def _read_off(net: _Net, usual: NDArray[np.float64], spread: NDArray[np.float64]) -> Sentences:
    """Return the model on features as they are."""
    with torch.no_grad():
        weights = net.summed().numpy() / spread
        into = np.zeros((len(NAMES), _UNITS))
        free = net.free.numpy()
        into[free] = net.into.weight.numpy().T / spread[free, None]
        bends = Bends(
            net.into.bias.numpy().copy(), net.adds.weight.numpy()[0].copy(), into.astype(np.float32)
        )
    by_weight, by_usual = (dict(zip(NAMES, map(float, each), strict=True)) for each in (weights, usual))
    return Sentences(by_weight, by_usual, bends)
