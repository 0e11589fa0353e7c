"""A deterministic encoder without weights: a baseline to beat, and the encoder of fast tests."""

import hashlib
import re
from collections.abc import Sequence

import numpy as np

from embeddings.encoder import Vectors, normalised
from embeddings.errors import TextTooLong

_WORD = re.compile(r"\w+")


class HashingEncoder:
    """Signed feature hashing of lower-cased words.

    Source: Weinberger et al., "Feature Hashing for Large Scale Multitask Learning", ICML 2009.
    """

    def __init__(self, dim: int = 256, limit: int = 256) -> None:
        self._dim, self._limit = dim, limit

    @property
    def fingerprint(self) -> str:
        """The dimension says all: there are no weights."""
        return f"hashing/{self._dim}/{self._limit}"

    @property
    def dim(self) -> int:
        """How many numbers a vector has."""
        return self._dim

    @property
    def limit(self) -> int:
        """How many words a passage may have."""
        return self._limit

    def count(self, text: str) -> int:
        """Return the number of words."""
        return len(_WORD.findall(text))

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Return float32, shape (len(texts), dim), rows of norm 1, or 0 for a text without words."""
        rows = np.zeros((len(texts), self._dim), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            for word in _WORD.findall(text.lower())[: self._limit]:
                digest = hashlib.blake2b(word.encode(), digest_size=8).digest()
                row[int.from_bytes(digest[:4], "big") % self._dim] += 1 if digest[4] & 1 else -1
        return normalised(rows)

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """As encode_queries. Raises TextTooLong beyond `limit` words."""
        for text in texts:
            if (tokens := self.count(text)) > self._limit:
                raise TextTooLong(tokens, self._limit)
        return self.encode_queries(texts)
