"""White space folded, with the way back to the offsets: the one rule under which quotes are compared."""

import unicodedata
from bisect import bisect_right

from qa_service.domain.spans import Span


def folded(text: str) -> str:
    """Return text in NFC with each run of white space as one blank and none at its ends.

    This is the documented white-space rule. Letters are never dropped, of whatever script: a rule that
    keeps only a-z makes two different Welsh or Arabic quotes equal.
    """
    return " ".join(unicodedata.normalize("NFC", text).split())


class FoldedText:
    """A text with white space folded, where every offset leads back to the text it was made from."""

    def __init__(self, source: str) -> None:
        words: list[str] = []
        self._here: list[int] = []  # where each word starts in the folded text
        self._there: list[int] = []  # and in the source
        at = here = 0
        for word in source.split():
            at = source.index(word, at)
            self._here.append(here)
            self._there.append(at)
            words.append(word)
            at += len(word)
            here += len(word) + 1
        self.text = " ".join(words)

    def source_span(self, start: int, end: int) -> Span:
        """Return the span of the source that the folded characters [start, end) stand for."""
        return Span(self._source_offset(start), self._source_offset(end - 1) + 1)

    def _source_offset(self, offset: int) -> int:
        word = bisect_right(self._here, offset) - 1
        return self._there[word] + offset - self._here[word]

    def spans_of(self, words: str) -> list[Span]:
        """Return where folded words occur in the source, in order; they may overlap; [] for no words."""
        found: list[Span] = []
        at = self.text.find(words) if words else -1
        while at != -1:
            found.append(self.source_span(at, at + len(words)))
            at = self.text.find(words, at + 1)
        return found
