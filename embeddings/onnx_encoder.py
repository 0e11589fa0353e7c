"""The serving runtime: exported weights under ONNX Runtime, without torch."""

import json
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from embeddings.encoder import Vectors, normalised
from embeddings.errors import BadWeights, TextTooLong
from embeddings.files import file_sha256
from embeddings.models import ModelFiles
from embeddings.tokens import load_tokenizer


class OnnxEncoder:
    """Mean-pooled, normalised vectors of an exported model, checked by its manifest's SHA-256.

    Every text is run alone, so that its vector depends on nothing but the text: int8 scales a run's
    activations by the widest of them all, and in a batch the company of other texts moves a vector by .01 of
    cosine on average, .04 at worst. Passages cost nothing more so (7,970 tokens a CPU-second against 7,780),
    sentences half as much again. `threads` texts run side by side, each on one core: splitting one run
    between two cores costs 1.8 times the CPU.
    """

    def __init__(self, exported: Path, model: ModelFiles, threads: int = 1) -> None:
        facts = _facts(exported)
        weights = exported / facts["file"]
        if facts["source_sha256"] != model.sha256:
            raise BadWeights(exported, "exported from other weights; delete the folder, it is exported again")
        if not weights.is_file() or file_sha256(weights) != facts["sha256"]:
            raise BadWeights(weights, "fails its SHA-256; delete the folder, it is exported again")
        self._model, self._threads = model, threads
        self._precision: str = facts["precision"]
        self._tokenizer = load_tokenizer(model.tokenizer)
        self._session = _session(weights)

    @property
    def fingerprint(self) -> str:
        """Model, first digits of its weights' SHA-256, precision, dimension and limit."""
        model = self._model
        return f"{model.name}@{model.sha256[:12]}/{self._precision}/{model.dim}/{model.limit}"

    @property
    def dim(self) -> int:
        """How many numbers a vector has."""
        return self._model.dim

    @property
    def limit(self) -> int:
        """How many word pieces a text may have, special tokens included."""
        return self._model.limit

    def count(self, text: str) -> int:
        """Return how many word pieces the text has, special tokens included."""
        return len(self._tokenizer.encode(text).ids)

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Return float32, shape (len(texts), dim), rows of norm 1. Reads up to `limit` word pieces."""
        return self._encode([encoding.ids[: self.limit] for encoding in self._tokenizer.encode_batch(texts)])

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """As encode_queries. Raises TextTooLong where the model would truncate."""
        ids = [encoding.ids for encoding in self._tokenizer.encode_batch(texts)]
        longest = max(map(len, ids), default=0)
        if longest > self.limit:
            raise TextTooLong(longest, self.limit)
        return self._encode(ids)

    def _encode(self, ids: Sequence[Sequence[int]]) -> Vectors:
        if self._threads == 1 or len(ids) < 2 * self._threads:
            rows = [self._vector(each) for each in ids]
        else:
            with ThreadPoolExecutor(self._threads) as pool:
                rows = list(pool.map(self._vector, ids))
        return normalised(np.stack(rows)) if rows else np.zeros((0, self.dim), dtype=np.float32)

    def _vector(self, ids: Sequence[int]) -> NDArray[np.float32]:
        """Return the mean of the text's token vectors, not yet normalised."""
        tokens = np.array([ids], dtype=np.int64)
        feed = {
            "input_ids": tokens,
            "attention_mask": np.ones_like(tokens),
            "token_type_ids": np.zeros_like(tokens),
        }
        hidden: NDArray[np.float32] = self._session.run(None, feed)[0]
        mean: NDArray[np.float32] = hidden[0].mean(axis=0)
        return mean


def _facts(exported: Path) -> dict[str, str]:
    """Return what the export wrote of itself. Raises BadWeights."""
    manifest = exported / "manifest.json"
    try:
        facts = json.loads(manifest.read_text(encoding="utf-8"))
        return {name: str(facts[name]) for name in ("file", "sha256", "source_sha256", "precision")}
    except (OSError, ValueError, KeyError, TypeError) as error:
        why = "has no readable manifest.json; delete the folder, it is exported again"
        raise BadWeights(exported, why) from error


def _session(weights: Path) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(str(weights), options, providers=["CPUExecutionProvider"])
