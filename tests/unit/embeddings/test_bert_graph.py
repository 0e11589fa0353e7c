import json
from pathlib import Path

import numpy as np
import onnxruntime
import pytest
from numpy.typing import NDArray
from safetensors.numpy import save_file

from embeddings.bert_graph import bert_graph, is_plain_bert
from embeddings.models import find_model

WIDTH, HEADS, INNER, WORDS, PLACES = 8, 2, 16, 30, 12
SETTINGS = {
    "model_type": "bert",
    "hidden_act": "gelu",
    "num_attention_heads": HEADS,
    "num_hidden_layers": 2,
    "layer_norm_eps": 1e-12,
}


@pytest.fixture
def session(tmp_path: Path) -> onnxruntime.InferenceSession:
    """Return the graph of a small model with weights drawn at random."""
    chance = np.random.default_rng(7)
    shapes: dict[str, tuple[int, ...]] = {
        "embeddings.word_embeddings.weight": (WORDS, WIDTH),
        "embeddings.position_embeddings.weight": (PLACES, WIDTH),
        "embeddings.token_type_embeddings.weight": (2, WIDTH),
    }
    for name in (
        "embeddings.LayerNorm",
        *(f"encoder.layer.{n}.{at}.LayerNorm" for n in (0, 1) for at in NORMED),
    ):
        shapes |= {f"{name}.weight": (WIDTH,), f"{name}.bias": (WIDTH,)}
    for n in (0, 1):
        for at, (out, into) in DENSE.items():
            shapes |= {f"encoder.layer.{n}.{at}.weight": (out, into), f"encoder.layer.{n}.{at}.bias": (out,)}
    weights = {name: chance.normal(size=shape).astype(np.float32) for name, shape in shapes.items()}
    save_file(weights, tmp_path / "model.safetensors")
    (tmp_path / "config.json").write_text(json.dumps(SETTINGS))
    graph = bert_graph(tmp_path / "config.json", tmp_path / "model.safetensors")
    return onnxruntime.InferenceSession(graph.SerializeToString())


NORMED = ("attention.output", "output")
DENSE = {
    "attention.self.query": (WIDTH, WIDTH),
    "attention.self.key": (WIDTH, WIDTH),
    "attention.self.value": (WIDTH, WIDTH),
    "attention.output.dense": (WIDTH, WIDTH),
    "intermediate.dense": (INNER, WIDTH),
    "output.dense": (WIDTH, INNER),
}


def hidden(
    session: onnxruntime.InferenceSession, ids: list[list[int]], mask: list[list[int]]
) -> NDArray[np.float32]:
    tokens = np.array(ids, dtype=np.int64)
    feed = {
        "input_ids": tokens,
        "attention_mask": np.array(mask, dtype=np.int64),
        "token_type_ids": np.zeros_like(tokens),
    }
    found: NDArray[np.float32] = session.run(None, feed)[0]
    return found


def test_padding_changes_nothing_of_what_a_text_is(session: onnxruntime.InferenceSession) -> None:
    alone = hidden(session, [[3, 9, 4]], [[1, 1, 1]])
    padded = hidden(session, [[3, 9, 4, 0, 0], [5, 6, 7, 8, 2]], [[1, 1, 1, 0, 0], [1, 1, 1, 1, 1]])
    assert np.abs(padded[0, :3] - alone[0]).max() < 1e-5


def test_the_order_of_words_counts(session: onnxruntime.InferenceSession) -> None:
    forth, back = hidden(session, [[3, 9, 4]], [[1, 1, 1]]), hidden(session, [[4, 9, 3]], [[1, 1, 1]])
    assert np.abs(forth[0].mean(axis=0) - back[0].mean(axis=0)).max() > 0.01


def test_a_model_of_another_make_is_left_to_torch(tmp_path: Path) -> None:
    config = tmp_path / "config.json"
    for changed in (
        {"model_type": "roberta"},
        {"hidden_act": "relu"},
        {"position_embedding_type": "relative_key"},
    ):
        config.write_text(json.dumps(SETTINGS | changed))
        assert not is_plain_bert(config), changed
    assert is_plain_bert(find_model().directory / "config.json")
