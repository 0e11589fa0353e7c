import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from embeddings.encoder import Encoder, normalised
from embeddings.errors import ExportFailed
from embeddings.models import find_model
from embeddings.onnx_encoder import OnnxEncoder
from embeddings.optimise import _check, export
from embeddings.probes import PROBES, recorded_vectors
from embeddings.sentence_transformer import SentenceTransformerEncoder

TEXTS = [
    "The committee resolved that the annual report be noted.",
    "Parking charges in the market town rise to £1.20 an hour from 1 April.",
    "Apologies were received from two members.",
    "1.2 The forecast overspend is 3.4 per cent of the revenue budget, chiefly on placements.",
]


def test_an_export_that_is_not_faithful_is_refused() -> None:
    reference = normalised(np.eye(4))
    spoilt = normalised(np.eye(4) + np.array([0.3, 0, 0, 0]))
    for vectors in (spoilt, reference * np.float32(np.nan)):
        with pytest.raises(ExportFailed, match="mean cosine"):
            _check(vectors, reference, "int8")


def test_a_failing_export_says_why_and_leaves_nothing_behind(tmp_path: Path) -> None:
    broken = tmp_path / "model"
    shutil.copytree(find_model().directory, broken)
    (broken / "model.safetensors").write_bytes(b"no weights")
    model = replace(find_model(), name=str(broken), directory=broken)
    with pytest.raises(
        ExportFailed, match=r"failed: .+; QA_PRECISION=torch serves with the slower reference instead$"
    ):
        export(model, tmp_path / "models" / "int8", "int8")
    assert list((tmp_path / "models").iterdir()) == []


@pytest.mark.model
def test_the_exported_weights_agree_with_the_reference(onnx: Encoder, tmp_path: Path) -> None:
    model = find_model()
    reference = SentenceTransformerEncoder(model)
    exact = tmp_path / "fp32"
    export(model, exact, "fp32")
    wanted = reference.encode_passages(TEXTS)
    fp32 = OnnxEncoder(exact, model).encode_passages(TEXTS)
    assert np.sum(fp32 * wanted, axis=1).min() > 0.9999
    assert np.sum(onnx.encode_passages(TEXTS) * wanted, axis=1).mean() > 0.985
    assert [reference.count(text) for text in TEXTS] == [onnx.count(text) for text in TEXTS]


@pytest.mark.model
def test_what_is_recorded_of_the_probes_is_what_the_encoder_of_record_makes_of_them() -> None:
    model = find_model()
    recorded = recorded_vectors(model.sha256)
    assert recorded is not None
    assert np.abs(recorded - SentenceTransformerEncoder(model).encode_passages(PROBES)).max() < 1e-5


@pytest.mark.model
def test_weights_that_are_not_recorded_are_exported_by_torch_and_held_to_it(tmp_path: Path) -> None:
    own = tmp_path / "model"
    shutil.copytree(find_model().directory, own)
    weights = bytearray((own / "model.safetensors").read_bytes())
    weights[-4:] = np.float32(0.5).tobytes()
    (own / "model.safetensors").write_bytes(weights)
    model = find_model(str(own))
    assert recorded_vectors(model.sha256) is None
    export(model, tmp_path / "fp32", "fp32")
    vectors = OnnxEncoder(tmp_path / "fp32", model).encode_passages(TEXTS)
    assert np.sum(vectors * SentenceTransformerEncoder(model).encode_passages(TEXTS), axis=1).min() > 0.9999
