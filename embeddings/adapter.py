"""What our training adds to the weights of the packaged cross-encoder: a low-rank adapter.

For a matrix W the sum W + up @ down is served (LoRA: Hu et al. 2021, arXiv 2106.09685); for a bias, its value
plus a difference. Made by `python -m evals.training.reranker`, which says in the card what it was made of.
"""

import json
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load_file

Numbers = dict[str, NDArray[np.float32]]

ADAPTER = Path(__file__).with_name("reranker_adapter.safetensors")
CARD = ADAPTER.with_suffix(".json")
_UP, _DOWN, _MORE = ".up", ".down", ".more"


def load_adapter(path: Path = ADAPTER) -> Numbers:
    """Return the adapter's arrays in float32; in the file they are float16.

    "MODULE.up" (outputs, rank) and "MODULE.down" (rank, inputs) for a matrix; "NAME.more" for a bias.
    """
    return {name: value.astype(np.float32) for name, value in load_file(path).items()}


def load_probes() -> list[tuple[str, str, float]]:
    """Return question, text and output of the adapted fp32 model, for pairs that an export is held to."""
    card = json.loads(CARD.read_text(encoding="utf-8"))
    return [(str(each["question"]), str(each["text"]), float(each["output"])) for each in card["probes"]]


def adapted(weights: Numbers, adapter: Numbers) -> Numbers:
    """Return weights with the adapter added. Raises KeyError where it adds to a weight that is not there."""
    found = dict(weights)
    for name, value in adapter.items():
        if name.endswith(_UP):
            module = name.removesuffix(_UP)
            found[f"{module}.weight"] = weights[f"{module}.weight"] + value @ adapter[module + _DOWN]
        elif name.endswith(_MORE):
            found[name.removesuffix(_MORE)] = weights[name.removesuffix(_MORE)] + value
    return found
