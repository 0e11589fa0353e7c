"""A BERT with one output, far smaller than any that is served, its weights always drawn alike."""

import zlib
from pathlib import Path

import numpy as np
import onnx
from onnxruntime.quantization import QuantType, quantize_dynamic

from embeddings.adapter import Numbers
from embeddings.bert_graph import classifier_graph

# Of as many heads as the cross-encoder that ships.
HEADS, WIDTH, INNER, LAYERS, PLACES = 12, 24, 40, 2, 64
EPSILON = 1e-12
_NORMED = ("attention.output.LayerNorm", "output.LayerNorm")
_DENSE = {
    "attention.self.query": (WIDTH, WIDTH),
    "attention.self.key": (WIDTH, WIDTH),
    "attention.self.value": (WIDTH, WIDTH),
    "attention.output.dense": (WIDTH, WIDTH),
    "intermediate.dense": (INNER, WIDTH),
    "output.dense": (WIDTH, INNER),
}


def drawn_weights(words: int) -> Numbers:
    """Return weights by the names that `transformers` gives them, without "bert."."""
    layers = [f"encoder.layer.{number}" for number in range(LAYERS)]
    matrices = {
        "embeddings.word_embeddings": (words, WIDTH),
        "embeddings.position_embeddings": (PLACES, WIDTH),
        "embeddings.token_type_embeddings": (2, WIDTH),
        **{f"{layer}.{name}": shape for layer in layers for name, shape in _DENSE.items()},
        "pooler.dense": (WIDTH, WIDTH),
        "classifier": (1, WIDTH),
    }
    normed = ["embeddings.LayerNorm", *(f"{layer}.{name}" for layer in layers for name in _NORMED)]
    chance = np.random.default_rng(7)
    weights = {f"{name}.weight": chance.normal(0, 0.2, shape) for name, shape in matrices.items()}
    weights |= {
        f"{name}.bias": chance.normal(0, 0.2, shape[0])
        for name, shape in matrices.items()
        if not name.startswith("embeddings.")
    }
    for name in normed:
        weights[f"{name}.weight"] = chance.normal(1, 0.2, WIDTH)
        weights[f"{name}.bias"] = chance.normal(0, 0.2, WIDTH)
    return {name: value.astype(np.float32) for name, value in weights.items()}


def write_quantised(path: Path, weights: Numbers, kind: QuantType = QuantType.QInt8) -> Path:
    """Write the model in integers, its parts named as in the packaged cross-encoder; return the file."""
    model = classifier_graph(weights, HEADS, EPSILON)
    names = {each.name: _named(each.name, weights) for each in model.graph.initializer}
    for node in model.graph.node:
        if node.op_type == "MatMul" and node.input[1] in names:
            # A module has a folder, but "layer.0" is one.
            folder = _own(node.input[1].removesuffix(".turned")).replace(".", "/").replace("layer/", "layer.")
            node.name = f"/{folder}/MatMul"
        for at, name in enumerate(node.input):
            node.input[at] = names.get(name, name)
    for each in model.graph.initializer:
        each.name = names[each.name]
    onnx.checker.check_model(model)
    quantize_dynamic(model, str(path), weight_type=kind)
    return path


def _named(name: str, weights: Numbers) -> str:
    if name in weights:
        return _own(name)
    # A matrix that was turned has lost its name.
    return f"onnx::MatMul_{zlib.crc32(name.encode())}" if name.endswith(".turned") else name


def _own(name: str) -> str:
    return name if name.startswith("classifier.") or name == "classifier" else f"bert.{name}"
