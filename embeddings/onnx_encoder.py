"""The serving runtime: exported weights under ONNX Runtime, without torch."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from embeddings.encoder import Vectors, normalised
from embeddings.errors import BadWeights, TextTooLong
from embeddings.models import ModelFiles, file_sha256
from embeddings.tokens import load_tokenizer

# Tokens in one run of the model, padding included. Measured here at two threads on 1,733 sentences: 16,300
# tokens a second at 1024, 12,400 at 4096, 10,200 at 8192; larger ones also let the
# runtime's memory arena grow.
_BATCH_TOKENS = 1024


class OnnxEncoder:
    """Mean-pooled, normalised vectors of an exported model, checked by its manifest's SHA-256."""

    def __init__(self, exported: Path, model: ModelFiles, threads: int = 1) -> None:
        manifest = exported / "manifest.json"
        if not manifest.is_file():
            raise BadWeights(exported, "no manifest.json; delete the folder, it is exported again")
        facts = json.loads(manifest.read_text(encoding="utf-8"))
        weights = exported / facts["file"]
        if facts["source_sha256"] != model.sha256:
            raise BadWeights(exported, "exported from other weights; delete the folder, it is exported again")
        if not weights.is_file() or file_sha256(weights) != facts["sha256"]:
            raise BadWeights(weights, "fails its SHA-256; delete the folder, it is exported again")
        self._model = model
        self._precision: str = facts["precision"]
        self._tokenizer = load_tokenizer(model.tokenizer)
        self._session = _session(weights, threads)

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
        out = np.zeros((len(ids), self.dim), dtype=np.float32)
        for rows in _batches(ids):
            out[rows] = self._run([ids[row] for row in rows])
        return out

    def _run(self, batch: Sequence[Sequence[int]]) -> Vectors:
        longest = max(map(len, batch))
        tokens = np.zeros((len(batch), longest), dtype=np.int64)
        mask = np.zeros_like(tokens)
        for row, ids in enumerate(batch):
            tokens[row, : len(ids)] = ids
            mask[row, : len(ids)] = 1
        feed = {"input_ids": tokens, "attention_mask": mask, "token_type_ids": np.zeros_like(tokens)}
        hidden: NDArray[np.float32] = self._session.run(None, feed)[0]
        weights = mask[:, :, np.newaxis].astype(np.float32)
        return normalised((hidden * weights).sum(axis=1) / weights.sum(axis=1))


def _session(weights: Path, threads: int) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(str(weights), options, providers=["CPUExecutionProvider"])


def _batches(ids: Sequence[Sequence[int]]) -> Iterator[list[int]]:
    """Yield row numbers, shortest texts first, so that little padding is computed."""
    batch: list[int] = []
    for row in sorted(range(len(ids)), key=lambda row: len(ids[row])):
        if batch and (len(batch) + 1) * len(ids[row]) > _BATCH_TOKENS:
            yield batch
            batch = []
        batch.append(row)
    if batch:
        yield batch
