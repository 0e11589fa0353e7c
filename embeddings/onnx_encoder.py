"""The serving runtime: exported weights under ONNX Runtime, without torch."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits
from tokenizers import Encoding

from embeddings.encoder import EncodedQuestion, EncodedText, Vectors, normalised
from embeddings.errors import BadWeights, TextTooLong
from embeddings.exporting import exported_weights
from embeddings.late_interaction import projection_for
from embeddings.models import ModelFiles
from embeddings.tokens import load_tokenizer

States = NDArray[np.float32]
Kept = TypeVar("Kept")


class OnnxEncoder:
    """Mean-pooled, normalised vectors of an exported model, checked by its manifest's SHA-256.

    Every text is run alone, so that its vector depends on nothing but the text: int8 scales a run's
    activations by the widest of them all, and in a batch the company of other texts moves a vector by .01 of
    cosine on average, .04 at worst. Passages cost nothing more so (7,970 tokens a CPU-second against 7,780),
    sentences half as much again. `threads` texts run side by side, each on one core: splitting one run
    between two cores costs 1.8 times the CPU. For the same reason numpy's products keep to one core in every
    process that makes an encoder: word vectors on two cost 2.1 times the CPU of reading a passage.
    """

    def __init__(self, exported: Path, model: ModelFiles, threads: int = 1) -> None:
        weights, facts = exported_weights(exported, "source_sha256", "precision")
        if facts["source_sha256"] != model.sha256:
            raise BadWeights(exported, "exported from other weights; delete the folder, it is exported again")
        self._model, self._threads = model, threads
        self._precision: str = facts["precision"]
        self._tokenizer = load_tokenizer(model.tokenizer)
        self._session = open_session(weights)
        threadpool_limits(limits=1, user_api="blas")
        self._projection = projection_for(model.sha256, model.dim)

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
    def word_dim(self) -> int:
        """How many numbers the vector of a word piece has."""
        return self._projection.dim

    @property
    def limit(self) -> int:
        """How many word pieces a text may have, special tokens included."""
        return self._model.limit

    def count(self, text: str) -> int:
        """Return how many word pieces the text has, special tokens included."""
        return len(self._tokenizer.encode(text).ids)

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Return float32, shape (len(texts), dim), rows of norm 1. Reads up to `limit` word pieces."""
        return self._pooled([encoding.ids[: self.limit] for encoding in self._tokenizer.encode_batch(texts)])

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """As encode_queries. Raises TextTooLong where the model would truncate."""
        return self._pooled([encoding.ids for encoding in self._whole(texts)])

    def encode_in_context(self, texts: Sequence[str]) -> list[EncodedText]:
        """Return vector and word vectors of each text. Raises TextTooLong where the model would truncate."""
        encodings = self._whole(texts)
        read = self._runs([encoding.ids for encoding in encodings], self._read)
        return [
            EncodedText(vector, words, _places(encoding))
            for (vector, words), encoding in zip(read, encodings, strict=True)
        ]

    def encode_question(self, text: str) -> EncodedQuestion:
        """Return vector, word vectors and what each word piece counts. Reads up to `limit` word pieces."""
        hidden = self._run(self._tokenizer.encode(text).ids[: self.limit])
        return EncodedQuestion(*self._read(hidden), self._projection.shares(_between(hidden)))

    def hidden_states(self, texts: Sequence[str]) -> list[tuple[States, NDArray[np.int32]]]:
        """Return the last hidden states of each text's pieces, shape (pieces, dim), and their places.

        Places as in `EncodedText`. Reads up to `limit` word pieces.
        """
        encodings = self._tokenizer.encode_batch(texts)
        states = self._runs([encoding.ids[: self.limit] for encoding in encodings], _between)
        return [
            (of_one, _places(encoding)[: len(of_one)])
            for of_one, encoding in zip(states, encodings, strict=True)
        ]

    def _read(self, hidden: States) -> tuple[Vectors, Vectors]:
        """Return the vector of a text and those of its pieces."""
        return normalised(hidden.mean(axis=0)[np.newaxis])[0], self._projection.words(_between(hidden))

    def _whole(self, texts: Sequence[str]) -> list[Encoding]:
        encodings = self._tokenizer.encode_batch(texts)
        longest = max((len(encoding.ids) for encoding in encodings), default=0)
        if longest > self.limit:
            raise TextTooLong(longest, self.limit)
        return encodings

    def _pooled(self, ids: Sequence[Sequence[int]]) -> Vectors:
        """Return the mean of each text's hidden states, normalised."""
        rows = self._runs(ids, lambda hidden: hidden.mean(axis=0))
        return normalised(np.stack(rows)) if rows else np.zeros((0, self.dim), dtype=np.float32)

    def _runs(self, ids: Sequence[Sequence[int]], keep: Callable[[States], Kept]) -> list[Kept]:
        """Return what `keep` makes of each text's states: a paper's states together fill the memory."""

        def run(each: Sequence[int]) -> Kept:
            return keep(self._run(each))

        if self._threads == 1 or len(ids) < 2 * self._threads:
            return [run(each) for each in ids]
        with ThreadPoolExecutor(self._threads) as pool:
            return list(pool.map(run, ids))

    def _run(self, ids: Sequence[int]) -> States:
        """Return the last hidden state of one text."""
        tokens = np.array([ids], dtype=np.int64)
        feed = {
            "input_ids": tokens,
            "attention_mask": np.ones_like(tokens),
            "token_type_ids": np.zeros_like(tokens),
        }
        hidden: States = self._session.run(None, feed)[0][0]
        return hidden


def _between(hidden: States) -> States:
    """Return the states of a text's own pieces, without those of the marks at its ends."""
    return hidden[1:-1]


def _places(encoding: Encoding) -> NDArray[np.int32]:
    return np.array(encoding.offsets[1:-1], dtype=np.int32).reshape(-1, 2)


def open_session(weights: Path) -> onnxruntime.InferenceSession:
    """Return a session that runs each text on one core: two would cost 1.8 times the CPU."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(str(weights), options, providers=["CPUExecutionProvider"])
