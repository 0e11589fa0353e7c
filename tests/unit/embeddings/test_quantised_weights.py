from pathlib import Path

import numpy as np
import onnx
import pytest
from onnxruntime.quantization import QuantType

from embeddings.models import find_cross_encoder
from embeddings.quantised_weights import read_weights
from tests.unit.embeddings.tiny_bert import drawn_weights, write_quantised

# A range that lies askew of nothing has a zero point of its own: unsigned integers are drawn up so.
KINDS = {"signed": QuantType.QInt8, "unsigned": QuantType.QUInt8}


@pytest.mark.parametrize("kind", KINDS)
def test_weights_come_out_of_integers_within_one_step(tmp_path: Path, kind: str) -> None:
    weights = drawn_weights(words=30)
    weights["pooler.dense.weight"] += 1.0
    found = read_weights(write_quantised(tmp_path / "model.onnx", weights, KINDS[kind]))
    assert found.keys() == weights.keys()
    for name, value in weights.items():
        assert (found[name].shape, found[name].dtype) == (value.shape, value.dtype), name
        off = np.abs(found[name] - value).max()
        if name.endswith(".bias") or "LayerNorm" in name:
            assert off == 0, name
        else:
            assert 0 < off <= 2 * np.abs(value).max() / 254, name


@pytest.mark.parametrize("lost", ["_scale", "_zero_point"])
def test_integers_that_do_not_say_what_they_stand_for_are_refused(tmp_path: Path, lost: str) -> None:
    model = onnx.load(write_quantised(tmp_path / "model.onnx", drawn_weights(words=30)))
    name = f"bert.embeddings.word_embeddings.weight{lost}"
    (each,) = (each for each in model.graph.initializer if each.name == name)
    model.graph.initializer.remove(each)
    onnx.save(model, tmp_path / "model.onnx")
    with pytest.raises(KeyError, match=lost):
        read_weights(tmp_path / "model.onnx")


def test_the_packaged_model_gives_every_weight_of_a_bert_with_one_output() -> None:
    found = read_weights(find_cross_encoder().weights)
    small = drawn_weights(words=30)
    layers = {name for name in small if name.startswith("encoder.layer.0.")}
    wanted = {name.replace(".0.", f".{number}.", 1) for name in layers for number in range(12)}
    wanted |= {name for name in small if not name.startswith("encoder.")}
    assert found.keys() == wanted
    assert found["encoder.layer.11.intermediate.dense.weight"].shape == (1536, 384)
    assert found["classifier.weight"].shape == (1, 384)
