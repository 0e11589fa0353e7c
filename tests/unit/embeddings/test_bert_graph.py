import json
from pathlib import Path

import numpy as np
import onnxruntime
import pytest
from numpy.typing import NDArray
from safetensors.numpy import save_file

from embeddings.adapter import Numbers
from embeddings.bert_graph import bert_graph, classifier_graph, is_plain_bert, layers_of
from embeddings.models import find_model
from tests.unit.embeddings.tiny_bert import EPSILON, HEADS, INNER, LAYERS, PLACES, WIDTH, drawn_weights

SETTINGS = {
    "model_type": "bert",
    "hidden_act": "gelu",
    "num_attention_heads": HEADS,
    "num_hidden_layers": LAYERS,
    "layer_norm_eps": EPSILON,
}


@pytest.fixture
def session(tmp_path: Path) -> onnxruntime.InferenceSession:
    """Return the graph of a small model with weights drawn at random."""
    save_file(drawn_weights(words=30), tmp_path / "model.safetensors")
    (tmp_path / "config.json").write_text(json.dumps(SETTINGS))
    graph = bert_graph(tmp_path / "config.json", tmp_path / "model.safetensors")
    return onnxruntime.InferenceSession(graph.SerializeToString())


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


def test_the_classifier_is_the_one_that_transformers_runs() -> None:
    import torch  # noqa: PLC0415 - seconds, for this test alone
    from transformers import BertConfig, BertForSequenceClassification  # noqa: PLC0415

    # Wider than any real one, so that it is seen to count.
    weights, words, epsilon = drawn_weights(words=30), 30, 0.05
    config = BertConfig(
        vocab_size=words,
        hidden_size=WIDTH,
        num_hidden_layers=LAYERS,
        num_attention_heads=HEADS,
        intermediate_size=INNER,
        max_position_embeddings=PLACES,
        layer_norm_eps=epsilon,
    )
    config.num_labels = 1
    model = BertForSequenceClassification(config)
    model.train(mode=False)
    names = {name.removeprefix("bert."): name for name in model.state_dict()}
    model.load_state_dict({names.pop(name): torch.tensor(value) for name, value in weights.items()})
    assert not names
    lengths = [PLACES, 1, 2, 17, 40]
    chance = np.random.default_rng(3)
    feed = {
        "input_ids": chance.integers(words, size=(len(lengths), PLACES)),
        "attention_mask": (np.arange(PLACES) < np.array(lengths)[:, None]).astype(np.int64),
        "token_type_ids": chance.integers(2, size=(len(lengths), PLACES)),
    }
    with torch.inference_mode():
        wanted = model(**{name: torch.tensor(value) for name, value in feed.items()}).logits.numpy()
    assert np.ptp(wanted) > 0.1
    session = _classifier(weights, epsilon)
    (found,) = session.run(None, feed)
    assert found.shape == (len(lengths), 1)
    np.testing.assert_allclose(found, wanted, rtol=0, atol=1e-4)
    for row, length in enumerate(lengths):
        (alone,) = session.run(None, {name: value[row : row + 1, :length] for name, value in feed.items()})
        np.testing.assert_allclose(alone, wanted[row : row + 1], rtol=0, atol=1e-4)


@pytest.mark.parametrize(
    "lost", ["pooler.dense.weight", "classifier.bias", "encoder.layer.1.output.dense.bias"]
)
def test_a_classifier_that_lacks_a_weight_is_refused_by_its_name(lost: str) -> None:
    weights = drawn_weights(words=30)
    del weights[lost]
    with pytest.raises(KeyError, match=lost):
        _classifier(weights)


def test_layers_are_counted_by_number() -> None:
    assert layers_of(["pooler.dense.bias", "encoder.layer.9.output.x", "encoder.layer.11.output.x"]) == 12
    assert layers_of(drawn_weights(words=30)) == LAYERS


def _classifier(weights: Numbers, epsilon: float = EPSILON) -> onnxruntime.InferenceSession:
    return onnxruntime.InferenceSession(classifier_graph(weights, HEADS, epsilon).SerializeToString())
