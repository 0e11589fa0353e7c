"""The cross-encoder as torch trains it: packaged weights held still, low-rank matrices beside them learning.

Source: LoRA (Hu et al. 2021, arXiv 2106.09685); that biases learn as well is from BitFit (Ben Zaken et al.
2022, arXiv 2106.10199), which alone taught nothing here.
"""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch import nn
from transformers import BertConfig, BertForSequenceClassification

from embeddings.adapter import Numbers
from embeddings.bert_graph import layers_of

_RANK = 8
# What a matrix learns counts so many times: LoRA's alpha / r.
_SCALE = 2.0
_HEADS = 12
_BERT = "bert."
_LEARNING = (
    "attention.self.query",
    "attention.self.key",
    "attention.self.value",
    "attention.output.dense",
    "intermediate.dense",
    "output.dense",
    "pooler.dense",
)


class _LowRank(nn.Module):
    """A linear layer and what is added to it."""

    def __init__(self, layer: nn.Linear) -> None:
        super().__init__()
        self.layer = layer
        self.down = nn.Parameter(torch.randn(_RANK, layer.in_features) / layer.in_features**0.5)
        self.up = nn.Parameter(torch.zeros(layer.out_features, _RANK))

    def forward(self, states: torch.Tensor) -> torch.Tensor:
        """Return the layer's outputs with what was learnt."""
        plain: torch.Tensor = self.layer(states)
        return plain + (states @ self.down.T) @ self.up.T * _SCALE


class Reader:
    """Scores pairs as the served model does, in fp32, and can be taught."""

    def __init__(self, weights: Numbers, tokenizer: Tokenizer, limit: int) -> None:
        self._base, self._tokenizer, self._limit = weights, tokenizer, limit
        self.model = _model(weights)
        for parameter in self.model.parameters():
            parameter.requires_grad = False
        self._layers = dict(_put_in(self.model))
        self._plain = {
            name: parameter
            for name, parameter in self.model.named_parameters()
            if name.endswith(".bias") or name == "classifier.weight"
        }
        for parameter in self._plain.values():
            parameter.requires_grad = True

    def learning(self) -> list[nn.Parameter]:
        """Return the parameters that are taught."""
        return [parameter for parameter in self.model.parameters() if parameter.requires_grad]

    def teach(self, *, learning: bool) -> None:
        """Say whether it learns now."""
        self.model.train(learning)

    def outputs(self, pairs: Sequence[tuple[str, str]]) -> torch.Tensor:
        """Return the raw output for each pair of question and text, shape (len(pairs),)."""
        encoded = [self._tokenizer.encode(question, text) for question, text in pairs]
        length = min(self._limit, max(len(each.ids) for each in encoded))
        ids, kinds, mask = (torch.zeros(len(pairs), length, dtype=torch.long) for _ in range(3))
        for row, each in enumerate(encoded):
            size = min(len(each.ids), length)
            # Of a long pair the end is left out, and the mark that closes it stays, as where it is served.
            ids[row, :size] = torch.tensor([*each.ids[: size - 1], each.ids[-1]])
            kinds[row, :size] = torch.tensor([*each.type_ids[: size - 1], each.type_ids[-1]])
            mask[row, :size] = 1
        logits: torch.Tensor = self.model(input_ids=ids, token_type_ids=kinds, attention_mask=mask).logits
        return logits[:, 0]

    def go_on(self, learnt: Numbers, share: float) -> None:
        """Begin with what was learnt before, given as `adapter` returned it for `share`."""
        with torch.no_grad():
            for name, layer in self._layers.items():
                layer.up.copy_(torch.tensor(learnt[f"{name}.up"]) / (_SCALE * share))
                layer.down.copy_(torch.tensor(learnt[f"{name}.down"]))
            for name, parameter in self._plain.items():
                more = torch.tensor(learnt[f"{_plain(name)}.more"]) / share
                parameter.add_(more.reshape(parameter.shape))

    def adapter(self, share: float = 1.0) -> dict[str, NDArray[np.float16]]:
        """Return a share of what was learnt, as `embeddings.adapter` reads it."""
        found: dict[str, NDArray[np.floating[Any]]] = {}
        for name, layer in self._layers.items():
            found[f"{name}.up"] = layer.up.detach().numpy() * _SCALE * share
            found[f"{name}.down"] = layer.down.detach().numpy()
        for name, parameter in self._plain.items():
            plain = _plain(name)
            base = self._base[plain]
            found[f"{plain}.more"] = share * (parameter.detach().numpy().reshape(base.shape) - base)
        return {name: np.ascontiguousarray(value.astype(np.float16)) for name, value in found.items()}


def _plain(name: str) -> str:
    """Return a parameter's name without the layer that learns around it and without "bert."."""
    return name.replace(".layer.bias", ".bias").removeprefix(_BERT)


def _model(weights: Numbers) -> BertForSequenceClassification:
    """Return torch's model with these weights. Nothing is dropped by chance: each question is seen once.

    Raises KeyError where a weight is missing: torch would draw it.
    """
    words, width = weights["embeddings.word_embeddings.weight"].shape
    config = BertConfig(
        vocab_size=words,
        hidden_size=width,
        num_hidden_layers=layers_of(weights),
        num_attention_heads=_HEADS,
        intermediate_size=weights["encoder.layer.0.intermediate.dense.bias"].shape[0],
        hidden_dropout_prob=0.0,
        attention_probs_dropout_prob=0.0,
    )
    config.num_labels = 1
    model = BertForSequenceClassification(config)
    model.load_state_dict(
        {
            name: torch.tensor(weights[name.removeprefix(_BERT)]).reshape(value.shape)
            for name, value in model.state_dict().items()
        }
    )
    return model


def _put_in(model: BertForSequenceClassification) -> Iterator[tuple[str, _LowRank]]:
    """Yield every layer that learns, by its name without "bert.", put in place of what it was."""
    for name, layer in list(model.named_modules()):
        if isinstance(layer, nn.Linear) and name.endswith(_LEARNING):
            parent, _, own = name.rpartition(".")
            learning = _LowRank(layer)
            setattr(model.get_submodule(parent), own, learning)
            yield name.removeprefix(_BERT), learning
