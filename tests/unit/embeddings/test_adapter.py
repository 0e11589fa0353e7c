"""What training adds to the packaged cross-encoder, and whether what ships fits what it is added to."""

import json
import re
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import load_file, save_file

from embeddings.adapter import ADAPTER, Numbers, adapted, load_adapter, load_probes
from embeddings.models import find_cross_encoder
from embeddings.quantised_weights import read_weights

WEIGHTS: Numbers = {
    "pooler.dense.weight": np.array([[1, 2, 3], [4, 5, 6]], dtype=np.float32),
    "pooler.dense.bias": np.array([1, 2], dtype=np.float32),
    "classifier.weight": np.array([[7, 8]], dtype=np.float32),
    "classifier.bias": np.array([9], dtype=np.float32),
}
PRODUCT: Numbers = {
    "pooler.dense.up": np.array([[1, 0], [0, 2]], dtype=np.float32),
    "pooler.dense.down": np.array([[10, 20, 30], [1, 1, 1]], dtype=np.float32),
}


def test_a_matrix_has_the_product_of_up_and_down_added_and_all_else_stays() -> None:
    before = {name: value.copy() for name, value in WEIGHTS.items()}
    found = adapted(WEIGHTS, PRODUCT)
    assert found["pooler.dense.weight"].tolist() == [[11, 22, 33], [6, 7, 8]]
    assert found.keys() == WEIGHTS.keys()
    for name in WEIGHTS.keys() - {"pooler.dense.weight"}:
        assert found[name] is WEIGHTS[name]
    for name, value in before.items():
        assert WEIGHTS[name].tolist() == value.tolist()


def test_a_bias_or_a_row_has_its_difference_added() -> None:
    more: Numbers = {
        "pooler.dense.bias.more": np.array([0.5, -1], dtype=np.float32),
        "classifier.weight.more": np.array([[1, 2]], dtype=np.float32),
    }
    found = adapted(WEIGHTS, more)
    assert found["pooler.dense.bias"].tolist() == [1.5, 1]
    assert found["classifier.weight"].tolist() == [[8, 10]]
    assert found["pooler.dense.weight"] is WEIGHTS["pooler.dense.weight"]
    assert {value.dtype for value in found.values()} == {np.dtype(np.float32)}


@pytest.mark.parametrize(
    ("adapter", "told"),
    [
        ({"pooler.dance.up": PRODUCT["pooler.dense.up"]}, "pooler.dance.up without pooler.dance.down"),
        ({"pooler.dense.up": PRODUCT["pooler.dense.up"]}, "pooler.dense.up without pooler.dense.down"),
        ({"pooler.dense.down": PRODUCT["pooler.dense.down"]}, "pooler.dense.down without pooler.dense.up"),
        ({name.replace("dense", "dance"): each for name, each in PRODUCT.items()}, "pooler.dance.weight"),
        ({"pooler.bias.more": WEIGHTS["pooler.dense.bias"]}, "adds to pooler.bias, which the model does not"),
        ({"pooler.dense.bias": WEIGHTS["pooler.dense.bias"]}, "pooler.dense.bias, which is nothing"),
        ({"pooler.dense.sideways": WEIGHTS["pooler.dense.bias"]}, "pooler.dense.sideways"),
    ],
)
def test_what_is_not_known_or_only_half_there_is_refused_by_its_name(adapter: Numbers, told: str) -> None:
    with pytest.raises(KeyError, match=re.escape(told)):
        adapted(WEIGHTS, adapter)


@pytest.mark.parametrize(
    ("adapter", "told"),
    [
        ({"pooler.dense.bias.more": WEIGHTS["classifier.bias"]}, r"\(1,\) to pooler.dense.bias, .* \(2,\)"),
        (
            PRODUCT | {"pooler.dense.down": np.ones((2, 1), dtype=np.float32)},
            r"\(2, 1\) to pooler.dense.weight, .* \(2, 3\)",
        ),
    ],
)
def test_what_would_be_spread_over_a_larger_weight_is_refused(adapter: Numbers, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        adapted(WEIGHTS, adapter)


def test_an_adapter_is_read_as_float32(tmp_path: Path) -> None:
    written = {name: value.astype(np.float16) for name, value in PRODUCT.items()}
    save_file(written, tmp_path / "adapter.safetensors")
    found = load_adapter(tmp_path / "adapter.safetensors")
    assert {name: (value.dtype, value.tolist()) for name, value in found.items()} == {
        name: (np.dtype(np.float32), value.tolist()) for name, value in PRODUCT.items()
    }


def test_probes_are_read_from_the_card(tmp_path: Path) -> None:
    probe = {"question": "Who?", "text": "Nobody.", "output": -3}
    (tmp_path / "card.json").write_text(json.dumps({"probes": [probe], "fitted": {}}))
    assert load_probes(tmp_path / "card.json") == [("Who?", "Nobody.", -3.0)]


def test_what_ships_is_small_and_in_half_precision() -> None:
    assert ADAPTER.stat().st_size < 4_000_000
    shipped = load_file(ADAPTER)
    assert shipped
    assert {value.dtype for value in shipped.values()} == {np.dtype(np.float16)}
    assert all(np.isfinite(value).all() for value in shipped.values())


def test_what_ships_fits_the_packaged_weights_and_changes_them() -> None:
    packaged = read_weights(find_cross_encoder().weights)
    found = adapted(packaged, load_adapter())
    assert {name: value.shape for name, value in found.items()} == {
        name: value.shape for name, value in packaged.items()
    }
    assert any((found[name] != packaged[name]).any() for name in packaged)


def test_the_probes_that_ship_are_whole() -> None:
    probes = load_probes()
    assert len(set(probes)) == len(probes) >= 6
    assert all(question.strip() and text.strip() for question, text, _ in probes)
    outputs = [output for *_, output in probes]
    assert np.isfinite(outputs).all()
    # Of what answers and of what does not: an export that says the same of everything is off.
    assert min(outputs) < 0 < max(outputs)
