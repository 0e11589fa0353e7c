"""What our training adds to the weights of the packaged cross-encoder: a low-rank adapter.

For a matrix W the sum W + up @ down is served (LoRA: Hu et al. 2021, arXiv 2106.09685); for a bias or a
single row, its value plus a difference. Made by `python -m evals.training.reranker`, which says in the card
what it was made of.
"""

import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load_file

Numbers = dict[str, NDArray[np.float32]]

ADAPTER = Path(__file__).with_name("reranker_adapter.safetensors")
CARD = ADAPTER.with_suffix(".json")
_UP, _DOWN, _MORE = "up", "down", "more"
_OTHER_HALF = {_UP: _DOWN, _DOWN: _UP}


def load_adapter(path: Path = ADAPTER) -> Numbers:
    """Return the adapter's arrays in float32; in the file they are float16.

    "MODULE.up" (outputs, rank) and "MODULE.down" (rank, inputs) for a matrix; "NAME.more" for what is added
    as it is.
    """
    return {name: value.astype(np.float32) for name, value in load_file(path).items()}


def load_probes(path: Path = CARD) -> list[tuple[str, str, float]]:
    """Return question, text and output of the adapted fp32 model, for pairs that an export is held to."""
    card = json.loads(path.read_text(encoding="utf-8"))
    return [(str(each["question"]), str(each["text"]), float(each["output"])) for each in card["probes"]]


def adapted(weights: Numbers, adapter: Numbers) -> Numbers:
    """Return weights with the adapter added; what it does not name is the same array.

    Raises KeyError where it names what is not there, ValueError where it does not fit what is.
    """
    found = dict(weights)
    for name, more in _additions(adapter):
        if name not in weights:
            raise KeyError(f"the adapter adds to {name}, which the model does not have")
        # numpy would spread a row over a matrix without a word.
        if more.shape != weights[name].shape:
            raise ValueError(f"the adapter adds {more.shape} to {name}, which is {weights[name].shape}")
        found[name] = weights[name] + more
    return found


def _additions(adapter: Numbers) -> Iterator[tuple[str, NDArray[np.float32]]]:
    """Yield the name of each weight and what is added to it. Raises KeyError for half a product."""
    for name, value in adapter.items():
        module, _, kind = name.rpartition(".")
        if kind in _OTHER_HALF and (other := f"{module}.{_OTHER_HALF[kind]}") not in adapter:
            raise KeyError(f"the adapter has {name} without {other}")
        if kind == _UP:
            yield f"{module}.weight", value @ adapter[f"{module}.{_DOWN}"]
        elif kind == _MORE:
            yield module, value
        elif kind != _DOWN:
            raise KeyError(f"the adapter has {name}, which is nothing that is added")
