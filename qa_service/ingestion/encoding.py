"""Turns passages into vectors: windows of long ones, units, and nothing that was encoded before."""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import TypeVar

import numpy as np

from embeddings.chunking import pack
from embeddings.encoder import EncodedText, Encoder, Vectors
from qa_service.domain.documents import Document
from qa_service.domain.passages import Passage, Unit
from qa_service.store.database import Connection
from qa_service.store.unit_vectors import UnitVectors, words_out
from qa_service.store.vectors import KnownVector, encoded_hash, known_vectors

Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class EncodedPassage:
    """A passage with its vectors. `keys` name the encoded windows; `units` has a row a unit."""

    passage: Passage
    keys: tuple[bytes, ...]
    vectors: Vectors
    units: UnitVectors


@dataclass(frozen=True, slots=True)
class Window:
    """A text that is encoded for a passage. `parts`: (unit, start, end), where words of which unit stand."""

    text: str
    parts: tuple[tuple[int, int, int], ...]


def encode(
    passages: Sequence[Passage], document: Document, encoder: Encoder, reader: Connection
) -> list[EncodedPassage]:
    """Return the passages of a document with their vectors, encoding each text once and none that is stored.

    Reproduced minutes and re-published packs are common: a passage that stands in another paper of the same
    access level brings its vectors, and those of its units, from there.
    """
    windows = [_windows(passage, document.text, encoder) for passage in passages]
    keys = [tuple(encoded_hash(encoder.fingerprint, window.text) for window in of_one) for of_one in windows]
    units = [[_unit_text(unit, document.text, encoder) for unit in passage.units] for passage in passages]
    known = known_vectors(reader, [key for of_one in keys for key in of_one], frozenset({document.access}))
    reused = [_known_units(names, known, len(of_one)) for names, of_one in zip(keys, units, strict=True)]
    new = [at for at, rows in enumerate(reused) if rows is None]
    read = _once([window.text for at in new for window in windows[at]], encoder.encode_in_context)
    vectors = _once([unit for at in new for unit in units[at]], encoder.encode_passages)
    found = []
    for at, (passage, kept) in enumerate(zip(passages, reused, strict=True)):
        if kept is not None:
            found.append(
                EncodedPassage(passage, keys[at], np.stack([known[key].vector for key in keys[at]]), kept)
            )
            continue
        of_windows = [read[window.text] for window in windows[at]]
        words = words_out(_unit_words(windows[at], of_windows, len(units[at])))
        made = UnitVectors(np.stack([vectors[unit] for unit in units[at]]), words)
        found.append(EncodedPassage(passage, keys[at], np.stack([each.vector for each in of_windows]), made))
    return found


def _once(texts: Sequence[str], encode_: Callable[[Sequence[str]], Iterable[Made]]) -> dict[str, Made]:
    """Return what encoding makes of each text, each text encoded once."""
    different = list(dict.fromkeys(texts))
    return dict(zip(different, encode_(different), strict=True))


def _unit_words(windows: Sequence[Window], read: Sequence[EncodedText], count: int) -> list[Vectors]:
    """Return the word vectors of each unit, as the encoder read them among the words of their window."""
    pieces: list[list[Vectors]] = [[] for _ in range(count)]
    for window, encoded in zip(windows, read, strict=True):
        for unit, start, end in window.parts:
            first, last = np.searchsorted(encoded.places[:, 0], (start, end))
            pieces[unit].append(encoded.words[first:last])
    return [np.concatenate(of_one) for of_one in pieces]


def _known_units(
    names: Sequence[bytes], known: Mapping[bytes, KnownVector], count: int
) -> UnitVectors | None:
    """Return the unit vectors of a stored passage of the very same words; None if there is none.

    One window holds all units, a line each, so equal windows have equal units, but for where a header ends.
    """
    found = known.get(names[0]) if len(names) == 1 else None
    return found.units if found and found.units is not None and len(found.units.sentences) == count else None


def _windows(passage: Passage, text: str, encoder: Encoder) -> list[Window]:
    """Return what is encoded for a passage: its header and words, in as many windows as the limit asks."""
    header = _cut(passage.header, encoder, encoder.limit // 3)[0] if passage.header else ""
    parts = [(at, _words(unit, text)) for at, unit in enumerate(passage.units)]
    whole = _window(header, parts)
    if encoder.count(whole.text) <= encoder.limit:
        return [whole]
    room = encoder.limit - encoder.count(header) if header else encoder.limit
    pieces = [(at, piece) for at, part in parts for piece in _cut(part, encoder, room)]
    joined = "".join(piece + "\n" for _, piece in pieces)
    ends = list(accumulate(len(piece) + 1 for _, piece in pieces))
    return [
        _window(header, pieces[bisect_left(ends, chunk.start + 1) : bisect_left(ends, chunk.end) + 1])
        for chunk in pack(joined, ends, encoder.count, room)
    ]


def _window(header: str, pieces: Sequence[tuple[int, str]]) -> Window:
    """Return the window of a header and of pieces of units, a line each."""
    lines = [header] if header else []
    at = len(header) + 1 if header else 0
    parts = []
    for unit, words in pieces:
        parts.append((unit, at, at + len(words)))
        lines.append(words)
        at += len(words) + 1
    return Window("\n".join(lines), tuple(parts))


def _unit_text(unit: Unit, text: str, encoder: Encoder) -> str:
    """Return the words of a unit as encoded; of one beyond the model's limit, its beginning.

    The beginning serves to rank the unit; what is quoted is always the whole.
    """
    return _cut(_words(unit, text), encoder, encoder.limit)[0]


def _words(unit: Unit, text: str) -> str:
    return " ".join(" ".join(span.of(text).split()) for span in unit.spans)


def _cut(words: str, encoder: Encoder, limit: int) -> list[str]:
    """Return the words in runs that each cost at most `limit` tokens; a word beyond that is cut too."""
    if encoder.count(words) <= limit:
        return [words]
    pieces = [piece for word in words.split(" ") for piece in _pieces(word, encoder, limit)]
    ends, at = [], 0
    for piece in pieces:
        at += len(piece) + 1
        ends.append(at)
    joined = "".join(piece + " " for piece in pieces)
    return [joined[chunk.start : chunk.end].rstrip() for chunk in pack(joined, ends, encoder.count, limit)]


def _pieces(word: str, encoder: Encoder, limit: int) -> list[str]:
    """Return a word whole, or, of a long address or a line of dots, pieces within the limit."""
    # No character costs more than three tokens: a Hangul syllable falls into its letters.
    length = max(1, (limit - encoder.count("")) // 3)
    if len(word) <= length or encoder.count(word) <= limit:
        return [word]
    return [word[at : at + length] for at in range(0, len(word), length)]
