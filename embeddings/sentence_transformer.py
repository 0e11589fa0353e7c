"""The encoder of record, by sentence-transformers: what the serving runtime is measured against."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from embeddings.encoder import Vectors, normalised
from embeddings.errors import TextTooLong
from embeddings.models import ModelFiles


class SentenceTransformerEncoder:
    """The reference: exact, slow to start (about 10 s) and heavy (about 500 MiB)."""

    def __init__(self, model: ModelFiles) -> None:
        from sentence_transformers import SentenceTransformer  # noqa: PLC0415 - imports torch: never on a query path

        self._files = model
        self._model: Any = SentenceTransformer(str(model.directory), device="cpu", local_files_only=True)
        self._model.max_seq_length = model.limit

    @property
    def fingerprint(self) -> str:
        """Model, first digits of its weights' SHA-256, precision, dimension and limit."""
        files = self._files
        return f"{files.name}@{files.sha256[:12]}/torch/{files.dim}/{files.limit}"

    @property
    def dim(self) -> int:
        """How many numbers a vector has."""
        return self._files.dim

    @property
    def limit(self) -> int:
        """How many word pieces a text may have, special tokens included."""
        return self._files.limit

    def count(self, text: str) -> int:
        """Return how many word pieces the text has, special tokens included."""
        return len(self._model.tokenizer(text, truncation=False, verbose=False)["input_ids"])

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Return float32, shape (len(texts), dim), rows of norm 1. Reads up to `limit` word pieces."""
        if not texts:
            return np.zeros((0, self.dim), dtype=np.float32)
        return normalised(self._model.encode(list(texts), convert_to_numpy=True, show_progress_bar=False))

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """As encode_queries. Raises TextTooLong where the model would truncate."""
        for text in texts:
            if (tokens := self.count(text)) > self.limit:
                raise TextTooLong(tokens, self.limit)
        return self.encode_queries(texts)
