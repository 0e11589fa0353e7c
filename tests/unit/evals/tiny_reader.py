"""A cross-encoder of the packaged one's make with few and random weights, and small things to teach it."""

import numpy as np
import torch
from transformers import BertConfig, BertForSequenceClassification

from embeddings.adapter import Numbers
from embeddings.models import find_cross_encoder
from embeddings.onnx_cross_encoder import pair_tokenizer
from evals.training.exercises import Exercise
from evals.training.low_rank import Reader

TOKENIZER = pair_tokenizer(find_cross_encoder())
_LIMIT = 64


def plain_model() -> BertForSequenceClassification:
    """Return torch's own model with weights drawn alike every time, not learning."""
    torch.manual_seed(11)
    config = BertConfig(
        vocab_size=TOKENIZER.get_vocab_size(),
        hidden_size=24,
        num_hidden_layers=2,
        num_attention_heads=12,
        intermediate_size=48,
        # Drawn as narrowly as is usual, weights would give every text nearly the same output.
        initializer_range=0.3,
    )
    config.num_labels = 1
    model = BertForSequenceClassification(config)
    model.train(mode=False)
    return model


def tiny_weights() -> Numbers:
    """Return the weights of `plain_model` by the names that the packaged ones have."""
    return {
        name.removeprefix("bert."): value.numpy().copy() for name, value in plain_model().state_dict().items()
    }


def reader(weights: Numbers | None = None, *, seed: int = 5) -> Reader:
    """Return the tiny model as it is taught; `seed` draws its low-rank matrices and what is dropped."""
    given = weights or tiny_weights()
    torch.manual_seed(seed)
    made = Reader(given, TOKENIZER, _LIMIT)
    made.teach(learning=False)
    return made


def exercise(
    *texts: str, gold: int | None = 0, scores: tuple[float, ...] | None = None, of: str = "made up"
) -> Exercise:
    """Return an exercise on some texts, of which one answers; None: none does."""
    told = np.array(scores or [0.0] * len(texts), dtype=np.float32)
    right = np.array([at == gold for at in range(len(texts))], dtype=np.bool_)
    return Exercise(of, "When does the ferry sail?", texts, told, right)
