"""What exactly is wrong with a quote that is not what it says: the labels of a misquotation."""

import re
from difflib import SequenceMatcher

from evals.corpus import Corpus, StoredDocument
from evals.folding import folded
from evals.replies import Citation
from evals.results import Label

_ELLIPSIS = re.compile(r"\s*(?:\[\s*(?:\.{3}|…)\s*\]|\.{3}|…)\s*")
_WORD = re.compile(r"\w+")
PIECE_WORDS = 4  # a piece of a stitched quote: shorter ones occur anywhere by chance
MOST_PIECES = 6
ALTERED_LIKENESS = 0.7  # share of words kept, by Ratcliff and Obershelp


def words_in(text: str) -> int:
    """Return how many words a text has; marks of punctuation alone are no words, in any script."""
    return len(_WORD.findall(text))


def misquotation(citation: Citation, corpus: Corpus) -> Label | None:
    """Return what is wrong with a quote, None where the stored text at its offsets is the quote.

    Compared under the white-space rule of `evals.folding`. A quote that stands in another document is
    misattributed however true its words are: who said it is part of what is cited.
    """
    document = corpus.get(citation.document.id)
    if document is None:
        return Label.UNRESOLVED
    words = folded(citation.quote)
    stored = document.at(citation.start, citation.end)
    if not words_in(words):
        return Label.TOO_SHORT
    if stored is not None and folded(stored) == words:
        return None
    return _where_else(words, document, corpus)


def _where_else(words: str, document: StoredDocument, corpus: Corpus) -> Label:
    """Say what became of words that do not stand where they are said to."""
    if words in corpus.folded(document).text:
        return Label.MISPLACED
    if corpus.containing(words):
        return Label.MISATTRIBUTED
    if _is_stitched(words, corpus):
        return Label.STITCHED
    return Label.ALTERED if _is_altered(words, document, corpus) else Label.NOT_FOUND


def _is_stitched(words: str, corpus: Corpus) -> bool:
    """Whether the words are pieces of the papers, put together with or without an ellipsis."""
    parts = [part for part in _ELLIPSIS.split(words) if words_in(part)]
    if len(parts) > 1:
        return all(corpus.containing(part) for part in parts)
    rest = words.split()
    pieces = 0
    while rest and pieces < MOST_PIECES:
        taken = _longest_start(rest, corpus)
        if taken < PIECE_WORDS:
            return False
        rest = rest[taken:]
        pieces += 1
    return not rest and pieces > 1


def _longest_start(words: list[str], corpus: Corpus) -> int:
    """How many of the first words stand together in one paper (binary search: a part of a match is one)."""
    low, high = 0, len(words)
    while low < high:
        middle = (low + high + 1) // 2
        if corpus.containing(" ".join(words[:middle])):
            low = middle
        else:
            high = middle - 1
    return low


def _is_altered(words: str, document: StoredDocument, corpus: Corpus) -> bool:
    """Whether some window of the cited paper keeps most of the words in their order."""
    quote = words.split()
    paper = corpus.folded(document).text.split()
    block = SequenceMatcher(None, paper, quote, autojunk=False).find_longest_match()
    start = max(0, block.a - block.b)
    window = paper[start : start + len(quote)]
    if SequenceMatcher(None, window, quote, autojunk=False).ratio() >= ALTERED_LIKENESS:
        return True
    likeness = SequenceMatcher(None, " ".join(window), words, autojunk=False)
    return (
        block.size > 0 and likeness.quick_ratio() >= ALTERED_LIKENESS and likeness.ratio() >= ALTERED_LIKENESS
    )
