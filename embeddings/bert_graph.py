"""Writes the ONNX graph of a BERT model straight from its weights: torch would take 8 s to say the same."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper
from safetensors.numpy import load_file

_OPSET = 17
_IR_VERSION = 8
_HIDDEN, _LOGITS = "last_hidden_state", "logits"
_INPUTS = ("input_ids", "attention_mask", "token_type_ids")
_NO_WEIGHT = float(np.finfo(np.float32).min)  # added to a score, it leaves a padded token nothing
# What the graph below is: a model that says otherwise of itself is left to torch.
_UNDERSTOOD = {"model_type": "bert", "hidden_act": "gelu", "position_embedding_type": "absolute"}


def is_plain_bert(config: Path) -> bool:
    """Return whether the model that this `config.json` describes is one that `bert_graph` can write."""
    settings = json.loads(config.read_text(encoding="utf-8"))
    return all(settings.get(name, wanted) == wanted for name, wanted in _UNDERSTOOD.items())


def bert_graph(config: Path, weights: Path) -> onnx.ModelProto:
    """Return the fp32 graph: ids, mask and types in, shape (texts, tokens); the last hidden state out.

    Raises KeyError where the weights are not those of a plain BERT.
    """
    settings = json.loads(config.read_text(encoding="utf-8"))
    return _Writer(load_file(weights), settings["num_attention_heads"], settings["layer_norm_eps"]).model(
        settings["num_hidden_layers"]
    )


def classifier_graph(weights: dict[str, NDArray[np.float32]], heads: int, epsilon: float) -> onnx.ModelProto:
    """Return the fp32 graph of a BERT with one output over its pooled first token: logits, shape (texts, 1).

    `weights` have the names of `transformers`' BertForSequenceClassification, without "bert." before them.
    Raises KeyError where one is missing.
    """
    return _Writer(weights, heads, epsilon).classifier(layers_of(weights))


def layers_of(weights: Iterable[str]) -> int:
    """Return how many layers a BERT has whose weights have these names."""
    prefix = "encoder.layer."
    return 1 + max(
        int(name.removeprefix(prefix).split(".")[0]) for name in weights if name.startswith(prefix)
    )


@dataclass(slots=True)
class _Writer:
    """Collects the nodes of one graph. Every method returns the name of what its last node gives."""

    weights: dict[str, NDArray[np.float32]]
    heads: int
    epsilon: float
    nodes: list[onnx.NodeProto] = field(default_factory=list)
    constants: dict[str, onnx.TensorProto] = field(default_factory=dict)

    def model(self, layers: int) -> onnx.ModelProto:
        """Return the model that gives the last hidden state."""
        self._node("Identity", [self._encoded(layers)], _HIDDEN)
        return self._made(_HIDDEN, ["texts", "tokens", self._width])

    def classifier(self, layers: int) -> onnx.ModelProto:
        """Return the model that gives one number a text."""
        hidden = self._encoded(layers)
        first = self._node("Gather", [hidden, self._integers("first_token", 0)], axis=1)
        flat = self._node("Squeeze", [first, self._integers("token_axis", 1)])
        pooled = self._node("Tanh", [self._linear("pooler.dense", flat)])
        self._node("Identity", [self._linear("classifier", pooled)], _LOGITS)
        return self._made(_LOGITS, ["texts", 1])

    @property
    def _width(self) -> int:
        return int(self.weights["embeddings.word_embeddings.weight"].shape[1])

    def _encoded(self, layers: int) -> str:
        hidden, masked = self._embeddings(), self._masked()
        for layer in range(layers):
            hidden = self._layer(f"encoder.layer.{layer}", hidden, masked, self._width // self.heads)
        return hidden

    def _made(self, output: str, shape: Sequence[str | int]) -> onnx.ModelProto:
        wide = ["texts", "tokens"]
        inputs = [helper.make_tensor_value_info(name, TensorProto.INT64, wide) for name in _INPUTS]
        given = helper.make_tensor_value_info(output, TensorProto.FLOAT, list(shape))
        graph = helper.make_graph(self.nodes, "bert", inputs, [given], list(self.constants.values()))
        opset = helper.make_opsetid("", _OPSET)
        return helper.make_model(graph, opset_imports=[opset], ir_version=_IR_VERSION)

    def _node(self, kind: str, inputs: Sequence[str], output: str = "", **attributes: Any) -> str:  # noqa: ANN401 - what the operator takes
        name = output or f"{kind}_{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, list(inputs), [name], name=f"/{name}", **attributes))
        return name

    def _constant(self, name: str, value: NDArray[np.generic]) -> str:
        self.constants[name] = numpy_helper.from_array(np.ascontiguousarray(value), name)
        return name

    def _weight(self, name: str) -> str:
        return self._constant(name, self.weights[name])

    def _number(self, name: str, value: float) -> str:
        return self._constant(name, np.array([value], dtype=np.float32))

    def _integers(self, name: str, *values: int) -> str:
        return self._constant(name, np.array(values, dtype=np.int64))

    def _embeddings(self) -> str:
        tokens = self._node("Gather", [self._weight("embeddings.word_embeddings.weight"), "input_ids"])
        kinds = self._node(
            "Gather", [self._weight("embeddings.token_type_embeddings.weight"), "token_type_ids"]
        )
        table = self._weight("embeddings.position_embeddings.weight")
        length = self._node("Gather", [self._node("Shape", ["input_ids"]), self._integers("one", 1)])
        counted = self._integers("counted", *range(self.weights[table].shape[0]))
        first = self._integers("first", 0)
        places = self._node("Gather", [table, self._node("Slice", [counted, first, length, first])])
        both = self._node("Add", [tokens, kinds])
        return self._normed("embeddings.LayerNorm", self._node("Add", [both, places]))

    def _masked(self) -> str:
        """Return what is added to attention scores: nothing for a token, the least number for padding."""
        wide = self._node("Unsqueeze", ["attention_mask", self._integers("heads_and_queries", 1, 2)])
        number = self._node("Cast", [wide], to=TensorProto.FLOAT)
        absent = self._node("Sub", [self._number("present", 1.0), number])
        return self._node("Mul", [absent, self._number("no_weight", _NO_WEIGHT)])

    def _layer(self, at: str, hidden: str, masked: str, size: int) -> str:
        attended = self._attention(f"{at}.attention.self", hidden, masked, size)
        mixed = self._linear(f"{at}.attention.output.dense", attended)
        hidden = self._normed(f"{at}.attention.output.LayerNorm", self._node("Add", [mixed, hidden]))
        inner = self._gelu(self._linear(f"{at}.intermediate.dense", hidden))
        outer = self._linear(f"{at}.output.dense", inner)
        return self._normed(f"{at}.output.LayerNorm", self._node("Add", [outer, hidden]))

    def _attention(self, at: str, hidden: str, masked: str, size: int) -> str:
        split = self._integers("split", 0, 0, self.heads, size)
        query, key, value = (
            self._node("Reshape", [self._linear(f"{at}.{name}", hidden), split])
            for name in ("query", "key", "value")
        )
        queries = self._node("Transpose", [query], perm=[0, 2, 1, 3])
        keys = self._node("Transpose", [key], perm=[0, 2, 3, 1])
        values = self._node("Transpose", [value], perm=[0, 2, 1, 3])
        scale = self._number("scale", size**-0.5)
        scores = self._node("Mul", [self._node("MatMul", [queries, keys]), scale])
        shares = self._node("Softmax", [self._node("Add", [scores, masked])], axis=-1)
        found = self._node("Transpose", [self._node("MatMul", [shares, values])], perm=[0, 2, 1, 3])
        # Knowing the shape, the runtime would merge the next sum into the normalisation: another last bit,
        # and after int8 rounding other vectors than those of torch's export.
        return self._node("Reshape", [found, self._node("Shape", [hidden])])

    def _linear(self, at: str, hidden: str) -> str:
        turned = self._constant(f"{at}.turned", self.weights[f"{at}.weight"].T)
        return self._node("Add", [self._weight(f"{at}.bias"), self._node("MatMul", [hidden, turned])])

    def _normed(self, at: str, hidden: str) -> str:
        inputs = [hidden, self._weight(f"{at}.weight"), self._weight(f"{at}.bias")]
        return self._node("LayerNormalization", inputs, axis=-1, epsilon=self.epsilon)

    def _gelu(self, hidden: str) -> str:
        """Return the exact GELU: x / 2 * (1 + erf(x / sqrt 2))."""
        root = self._number("root_two", 2**0.5)
        error = self._node("Erf", [self._node("Div", [hidden, root])])
        more = self._node("Add", [error, self._number("present", 1.0)])
        doubled = self._node("Mul", [hidden, more])
        return self._node("Mul", [doubled, self._number("half", 0.5)])
