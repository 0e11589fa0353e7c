"""The encoder of record, by sentence-transformers: what the serving runtime is measured against."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from embeddings.encoder import EncodedQuestion, EncodedText, Vectors, normalised
from embeddings.errors import TextTooLong
from embeddings.late_interaction import projection_for
from embeddings.models import ModelFiles


class SentenceTransformerEncoder:
    """The reference: exact, slow to start (about 10 s) and heavy (about 500 MiB)."""

    def __init__(self, model: ModelFiles) -> None:
        from sentence_transformers import SentenceTransformer  # noqa: PLC0415 - imports torch: never on a query path

        self._files = model
        self._model: Any = SentenceTransformer(str(model.directory), device="cpu", local_files_only=True)
        self._model.max_seq_length = model.limit
        self._projection = projection_for(model.sha256, model.dim)

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
    def word_dim(self) -> int:
        """How many numbers the vector of a word piece has."""
        return self._projection.dim

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
        self._require_room(texts)
        return self.encode_queries(texts)

    def encode_in_context(self, texts: Sequence[str]) -> list[EncodedText]:
        """Return vector and word vectors of each text. Raises TextTooLong where the model would truncate."""
        self._require_room(texts)
        vectors, states = self.encode_queries(texts), self._states(texts)
        places = [self._places(text) for text in texts]
        return [
            EncodedText(vector, self._projection.words(of_one), at)
            for vector, of_one, at in zip(vectors, states, places, strict=True)
        ]

    def encode_question(self, text: str) -> EncodedQuestion:
        """Return vector, word vectors and what each word piece counts. Reads up to `limit` word pieces."""
        (states,) = self._states([text])
        vector = self.encode_queries([text])[0]
        return EncodedQuestion(vector, self._projection.words(states), self._projection.shares(states))

    def _states(self, texts: Sequence[str]) -> list[Vectors]:
        """Return the last hidden state of each text's own pieces, shape (pieces, dim)."""
        found = self._model.encode(list(texts), output_value="token_embeddings", show_progress_bar=False)
        return [np.asarray(states.cpu(), dtype=np.float32)[1:-1] for states in found]

    def _places(self, text: str) -> NDArray[np.int32]:
        offsets = self._model.tokenizer(text, return_offsets_mapping=True)["offset_mapping"][1:-1]
        return np.array(offsets, dtype=np.int32).reshape(-1, 2)

    def _require_room(self, texts: Sequence[str]) -> None:
        for text in texts:
            if (tokens := self.count(text)) > self.limit:
                raise TextTooLong(tokens, self.limit)
