"""The cross-encoder that ships: weights from a Python package, run by ONNX Runtime, without torch."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from embeddings.models import CrossEncoderFiles
from embeddings.onnx_encoder import open_session

# Word pieces of question and text together. The model would read 512, and cost as much more; a sentence with
# the header above it has 50 on average.
_LIMIT = 256
# Of a long question, with what led to it, so many pieces are read: the rest of the limit is the text's.
_QUESTION_LIMIT = 160


class OnnxCrossEncoder:
    """Raw output of an exported sequence-classification model with one output.

    Every text is run alone, beside one other on the second core: in a batch int8 would scale it by its
    company, and padding would cost more than is saved. Thread-safe: the session and the tokenizer are.
    """

    def __init__(self, files: CrossEncoderFiles, threads: int = 2) -> None:
        self._session = open_session(files.weights)
        self._tokenizer = pair_tokenizer(files)
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="cross-encoder")

    def scores(self, question: str, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return the raw output for each text; see the port. Of a long text the beginning is read."""
        asked = self._pieces(question)[:_QUESTION_LIMIT]
        once = list(dict.fromkeys(texts))
        read = self._pool.map(partial(self._score, asked), once)
        of_text = dict(zip(once, read, strict=True))
        return np.array([of_text[text] for text in texts], dtype=np.float32)

    def _pieces(self, text: str) -> list[int]:
        return list(self._tokenizer.encode(text, add_special_tokens=False).ids)

    def _score(self, asked: Sequence[int], text: str) -> float:
        start, end = self._tokenizer.token_to_id("[CLS]"), self._tokenizer.token_to_id("[SEP]")
        first = [start, *asked, end]
        second = [*self._pieces(text)[: _LIMIT - len(first) - 1], end]
        ids = np.array([first + second], dtype=np.int64)
        kinds = np.array([[0] * len(first) + [1] * len(second)], dtype=np.int64)
        feed = {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": kinds}
        (logits,) = self._session.run(None, feed)
        return float(logits[0, 0])


def pair_tokenizer(files: CrossEncoderFiles) -> Tokenizer:
    """Return the model's tokenizer, which neither pads nor cuts off."""
    tokenizer = Tokenizer.from_file(str(files.tokenizer))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    # "[SEP]" in a paper is five characters of it and ends nothing.
    tokenizer.encode_special_tokens = True
    return tokenizer
