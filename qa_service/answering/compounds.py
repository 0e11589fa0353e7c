"""Words written as one or as two: "coastguard" and "Coast Guard" are one thing."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from qa_service.store.lexical_index import query_words, stems

# Letters of a part: shorter ones stand beside each other by chance.
_LEAST = 3
# "The south end" of a car park is not Southend.
_PLACING = frozenset("north south east west mid new old great little high low upper lower".split())


def written_otherwise(words: Sequence[str], texts: Iterable[str]) -> set[str]:
    """Return which words, in the order of a phrase, texts join with the one beside them, or part in two."""
    running = [f" {' '.join(query_words(text))} " for text in texts]
    held = {stem for text in running for stem in stems(text)}
    joined = {
        word
        for pair in pairwise(words)
        if _may_join(*pair) and not held.isdisjoint(stems("".join(pair)))
        for word in pair
    }
    return joined | {word for word in words if any(_parted(word, text) for text in running)}


def _may_join(one: str, other: str) -> bool:
    return min(len(one), len(other)) >= _LEAST and one not in _PLACING


def _parted(word: str, running: str) -> bool:
    """Return whether two words beside each other make a word, in the plural or not."""
    stem = word.removesuffix("s")
    parts = [(stem[:cut], stem[cut:]) for cut in range(_LEAST, len(stem) - _LEAST + 1)]
    return any(
        f" {one} {other}{end}" in running
        for one, other in parts
        if _may_join(one, other)
        for end in (" ", "s ")
    )
