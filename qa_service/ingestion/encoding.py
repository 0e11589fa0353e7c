"""Turns passages into vectors: windows of long ones, units, and nothing that was encoded before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from embeddings.chunking import pack
from embeddings.encoder import Encoder, Vectors
from qa_service.domain.documents import Document
from qa_service.domain.passages import Passage, Unit
from qa_service.store.database import Connection
from qa_service.store.vectors import KnownVector, encoded_hash, known_vectors


@dataclass(frozen=True, slots=True)
class EncodedPassage:
    """A passage with its vectors. `keys` name the encoded windows; `unit_vectors` has a row a unit."""

    passage: Passage
    keys: tuple[bytes, ...]
    vectors: Vectors
    unit_vectors: Vectors


def encode(
    passages: Sequence[Passage], document: Document, encoder: Encoder, reader: Connection
) -> list[EncodedPassage]:
    """Return the passages of a document with their vectors, encoding each text once and none that is stored.

    Reproduced minutes and re-published packs are common: a passage that stands in another paper of the same
    access level brings its vectors, and those of its units, from there.
    """
    windows = [_windows(passage, document.text, encoder) for passage in passages]
    keys = [[encoded_hash(encoder.fingerprint, window) for window in of_one] for of_one in windows]
    units = [[_unit_text(unit, document.text, encoder) for unit in passage.units] for passage in passages]
    known = known_vectors(reader, [key for of_one in keys for key in of_one], frozenset({document.access}))
    vectors = {
        window: known[key].vector
        for of_one, names in zip(windows, keys, strict=True)
        for window, key in zip(of_one, names, strict=True)
        if key in known
    }
    reused = [_known_units(names, known, len(of_one)) for names, of_one in zip(keys, units, strict=True)]
    wanted = [window for of_one in windows for window in of_one]
    wanted += [unit for of_one, rows in zip(units, reused, strict=True) if rows is None for unit in of_one]
    pending = [text for text in dict.fromkeys(wanted) if text not in vectors]
    vectors |= dict(zip(pending, encoder.encode_passages(pending), strict=True))
    return [
        EncodedPassage(
            passage,
            tuple(names),
            np.stack([vectors[window] for window in of_one]),
            rows if rows is not None else np.stack([vectors[unit] for unit in unit_texts]),
        )
        for passage, names, of_one, unit_texts, rows in zip(
            passages, keys, windows, units, reused, strict=True
        )
    ]


def _known_units(names: Sequence[bytes], known: Mapping[bytes, KnownVector], count: int) -> Vectors | None:
    """Return the unit vectors of a stored passage of the very same words; None if there is none.

    One window holds all units, a line each, so equal windows have equal units, but for where a header ends.
    """
    found = known.get(names[0]) if len(names) == 1 else None
    return found.units if found and found.units is not None and len(found.units) == count else None


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
