"""Takes weights out of an ONNX graph that holds them in int8, as `quantize_dynamic` writes it."""

from pathlib import Path

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import numpy_helper

Weights = dict[str, NDArray[np.float32]]

_QUANTISED, _SCALE, _ZERO_POINT = "_quantized", "_scale", "_zero_point"
_PREFIX = "bert."


def read_weights(path: Path) -> Weights:
    """Return float32 weights and biases by the names that `transformers` gives them, without "bert.".

    A matrix has a row for each output, as torch keeps it. Raises KeyError where a scale or zero point is
    missing.
    """
    graph = onnx.load(path).graph
    held = {each.name: numpy_helper.to_array(each) for each in graph.initializer}
    found = {name: value for name, value in held.items() if _is_plain(name, value)}
    for name in held:
        if name.startswith(f"{_PREFIX}embeddings.") and name.endswith(f".weight{_QUANTISED}"):
            found[name.removesuffix(_QUANTISED)] = _real(held, name)
    for node in graph.node:
        if node.op_type == "MatMulInteger":
            found[f"{_module(node.name)}.weight"] = np.ascontiguousarray(_real(held, node.input[1]).T)
    return {name.removeprefix(_PREFIX): value for name, value in found.items()}


def _is_plain(name: str, value: NDArray[np.generic]) -> bool:
    return value.dtype == np.float32 and (name.endswith(".bias") or "LayerNorm" in name)


def _real(held: dict[str, NDArray[np.generic]], name: str) -> NDArray[np.float32]:
    """Return what integers stand for: (integer - zero point) * scale."""
    of = name.removesuffix(_QUANTISED)
    shifted = held[name].astype(np.float32) - held[of + _ZERO_POINT].astype(np.float32)
    real: NDArray[np.float32] = shifted * held[of + _SCALE].astype(np.float32)
    return real


def _module(node: str) -> str:
    """Return the module whose product a node is: "/bert/encoder/layer.0/output/dense/MatMul_quant"."""
    return node.strip("/").rsplit("/", 1)[0].replace("/", ".")
