import json
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from threadpoolctl import threadpool_info, threadpool_limits

from embeddings.encoder import Encoder
from embeddings.errors import BadWeights, TextTooLong
from embeddings.models import find_model
from embeddings.onnx_encoder import OnnxEncoder

TEXTS = [
    "The bridge is closed.",
    "Flood",
    "A report on library opening hours would come to the next meeting.",
]


@pytest.fixture
def copied(exported: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(exported, tmp_path / "exported"))


def test_rows_have_norm_one_and_the_shape_promised(onnx: Encoder) -> None:
    vectors = onnx.encode_passages(TEXTS)
    assert vectors.shape == (3, 384)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx([1, 1, 1], abs=1e-5)
    assert onnx.encode_queries([]).shape == (0, 384)


def test_the_company_of_a_text_does_not_change_its_vector_by_a_bit(onnx: Encoder) -> None:
    together = onnx.encode_passages(TEXTS)
    alone = [onnx.encode_passages([text])[0] for text in TEXTS]
    assert all((row == other).all() for row, other in zip(together, alone, strict=True))


def test_rows_come_in_the_order_of_the_texts_however_many_threads_work(onnx: Encoder, exported: Path) -> None:
    texts = [f"{text} Number {number} of the list." for number in range(9) for text in TEXTS]
    one_thread = OnnxEncoder(exported, find_model(), threads=1)
    assert (onnx.encode_passages(texts) == one_thread.encode_passages(texts)).all()


def test_an_encoder_keeps_products_to_one_core(exported: Path) -> None:
    with threadpool_limits(limits=2, user_api="blas"):
        assert max(each["num_threads"] for each in threadpool_info() if each["user_api"] == "blas") == 2
        OnnxEncoder(exported, find_model(), threads=1)
        assert {each["num_threads"] for each in threadpool_info() if each["user_api"] == "blas"} == {1}


def test_near_texts_are_nearer_than_far_ones(onnx: Encoder) -> None:
    near, far = onnx.encode_passages(["Councillors met to vote.", "The recipe needs two eggs."])
    query = onnx.encode_queries(["Members of the council held a ballot."])[0]
    assert query @ near > query @ far + 0.2


def test_a_passage_of_exactly_the_limit_is_read_and_one_more_word_is_refused(onnx: Encoder) -> None:
    passage = "road " * (onnx.limit - 2)  # two special tokens
    assert onnx.count(passage) == onnx.limit
    assert onnx.encode_passages([passage]).shape == (1, 384)
    with pytest.raises(TextTooLong):
        onnx.encode_passages([passage + "road"])


def test_a_question_beyond_the_limit_is_read_up_to_it(onnx: Encoder) -> None:
    long = "road " * 1000
    assert onnx.encode_queries([long]).shape == (1, 384)


def test_weights_with_one_changed_bit_are_refused(copied: Path) -> None:
    weights = next(copied.glob("*.onnx"))
    content = bytearray(weights.read_bytes())
    content[len(content) // 2] ^= 1
    weights.write_bytes(content)
    with pytest.raises(BadWeights, match=r"fails its SHA-256; delete the folder"):
        OnnxEncoder(copied, find_model())


def test_an_export_of_other_weights_is_refused(copied: Path) -> None:
    with pytest.raises(BadWeights, match="exported from other weights"):
        OnnxEncoder(copied, replace(find_model(), sha256="0" * 64))


@pytest.mark.parametrize("manifest", ["", "[]", json.dumps({"file": "model.onnx"})])
def test_an_export_without_a_readable_manifest_is_refused(copied: Path, manifest: str) -> None:
    (copied / "manifest.json").write_text(manifest)
    with pytest.raises(BadWeights, match=r"manifest\.json"):
        OnnxEncoder(copied, find_model())


def test_the_fingerprint_names_model_weights_precision_dimension_and_limit(onnx: Encoder) -> None:
    assert onnx.fingerprint == "sentence-transformers/all-MiniLM-L6-v2@53aa51172d14/int8/384/256"
