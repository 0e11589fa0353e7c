"""Turns passages into vectors: windows of long ones, units, and nothing that was encoded before."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from embeddings.chunking import pack
from embeddings.encoder import Encoder, Vectors
from qa_service.domain.passages import Passage, Unit
from qa_service.store.database import Connection
from qa_service.store.vectors import encoded_hash, known_vectors

# A text without a blank to cut at (a long address, a line of dots) is cut here, in characters.
_LONGEST_WORD = 200


@dataclass(frozen=True, slots=True)
class EncodedPassage:
    """A passage with its vectors. `keys` name the encoded windows; `unit_vectors` has a row a unit."""

    passage: Passage
    keys: tuple[bytes, ...]
    vectors: Vectors
    unit_vectors: Vectors


def encode(
    passages: Sequence[Passage], text: str, encoder: Encoder, reader: Connection
) -> list[EncodedPassage]:
    """Return the passages of one document with their vectors, encoding only what is not stored yet.

    Batches are formed by the encoder, shortest first, over all texts of the document.
    """
    windows = [_windows(passage, text, encoder) for passage in passages]
    units = [[_unit_text(unit, text, encoder) for unit in passage.units] for passage in passages]
    keys = [[encoded_hash(encoder.fingerprint, window) for window in of_one] for of_one in windows]
    known = known_vectors(reader, [key for of_one in keys for key in of_one])
    pending = {
        key: window
        for of_one, names in zip(windows, keys, strict=True)
        for window, key in zip(of_one, names, strict=True)
        if key not in known
    }
    texts = [*pending.values(), *(unit for of_one in units for unit in of_one)]
    vectors = encoder.encode_passages(texts)
    known |= dict(zip(pending, vectors, strict=False))
    at = len(pending)
    encoded = []
    for passage, names, of_one in zip(passages, keys, units, strict=True):
        rows = np.stack([known[name] for name in names])
        encoded.append(EncodedPassage(passage, tuple(names), rows, vectors[at : at + len(of_one)]))
        at += len(of_one)
    return encoded


def _windows(passage: Passage, text: str, encoder: Encoder) -> list[str]:
    """Return what is encoded for a passage: its header and words, in as many windows as the limit asks."""
    header = _cut(passage.header, encoder, encoder.limit // 3)[0] if passage.header else ""
    parts = [_words(unit, text) for unit in passage.units]
    whole = "\n".join([header, *parts]) if header else "\n".join(parts)
    if encoder.count(whole) <= encoder.limit:
        return [whole]
    room = encoder.limit - encoder.count(header) if header else encoder.limit
    pieces = [piece for part in parts for piece in _cut(part, encoder, room)]
    joined = "".join(piece + "\n" for piece in pieces)
    ends, at = [], 0
    for piece in pieces:
        at += len(piece) + 1
        ends.append(at)
    chunks = pack(joined, ends, encoder.count, room)
    bodies = [joined[chunk.start : chunk.end].rstrip("\n") for chunk in chunks]
    return [f"{header}\n{body}" if header else body for body in bodies]


def _unit_text(unit: Unit, text: str, encoder: Encoder) -> str:
    """Return the words of a unit as encoded; of one beyond the model's limit, its beginning.

    The beginning serves to rank the unit; what is quoted is always the whole.
    """
    return _cut(_words(unit, text), encoder, encoder.limit)[0]


def _words(unit: Unit, text: str) -> str:
    return " ".join(" ".join(span.of(text).split()) for span in unit.spans)


def _cut(words: str, encoder: Encoder, limit: int) -> list[str]:
    """Return the words in runs that each cost at most `limit` tokens."""
    if encoder.count(words) <= limit:
        return [words]
    pieces = [
        word[at : at + _LONGEST_WORD]
        for word in words.split(" ")
        for at in range(0, len(word) or 1, _LONGEST_WORD)
    ]
    ends, at = [], 0
    for piece in pieces:
        at += len(piece) + 1
        ends.append(at)
    joined = "".join(piece + " " for piece in pieces)
    return [joined[chunk.start : chunk.end].rstrip() for chunk in pack(joined, ends, encoder.count, limit)]
