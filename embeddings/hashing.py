"""A deterministic encoder without weights: a baseline to beat, and the encoder of fast tests."""

import hashlib
import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from embeddings.encoder import EncodedQuestion, EncodedText, Vectors, normalised
from embeddings.errors import TextTooLong

_WORD = re.compile(r"\w+")
_WORD_DIM = 64


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
    def word_dim(self) -> int:
        """How many numbers the vector of a word has."""
        return _WORD_DIM

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

    def encode_in_context(self, texts: Sequence[str]) -> list[EncodedText]:
        """Return the vector of each text and one of each word. Raises TextTooLong beyond `limit` words."""
        vectors = self.encode_passages(texts)
        return [
            EncodedText(vector, _words(text), _places(text))
            for vector, text in zip(vectors, texts, strict=True)
        ]

    def encode_question(self, text: str) -> EncodedQuestion:
        """Return the vector of a question and one of each word; every word counts alike."""
        words = _words(text)
        shares = np.full(len(words), 1 / max(len(words), 1), dtype=np.float32)
        return EncodedQuestion(self.encode_queries([text])[0], words, shares)


def _words(text: str) -> Vectors:
    """Return signs for each word: the same for the same word, nearly at right angles to others."""
    found = _WORD.findall(text.lower())
    digests = [hashlib.blake2b(word.encode(), digest_size=_WORD_DIM // 8).digest() for word in found]
    bits = np.unpackbits(np.frombuffer(b"".join(digests), dtype=np.uint8)).reshape(len(found), _WORD_DIM)
    return normalised(bits * 2.0 - 1.0)


def _places(text: str) -> NDArray[np.int32]:
    return np.array([word.span() for word in _WORD.finditer(text)], dtype=np.int32).reshape(-1, 2)
