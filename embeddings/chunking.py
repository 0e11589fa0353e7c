"""Packs whole segments of a text into chunks within a token budget. Where to cut, the caller knows."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Chunk:
    """Characters `start <= i < end` of the text that was packed."""

    start: int
    end: int


def pack(text: str, boundaries: Sequence[int], count: Callable[[str], int], limit: int) -> Iterator[Chunk]:
    """Yield chunks that tile `text`, cut only at `boundaries`, each as long as `limit` tokens allow.

    `boundaries` are ascending ends of segments, the last one the end of the text. A segment that alone is
    over the limit becomes a chunk of its own, uncut: cutting it is the caller's knowledge.
    """
    start = end = 0
    for boundary in boundaries:
        if end > start and count(text[start:boundary]) > limit:
            yield Chunk(start, end)
            start = end
        end = boundary
    if end > start:
        yield Chunk(start, end)
