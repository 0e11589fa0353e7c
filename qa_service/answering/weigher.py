"""From words to weighed sentences: what answering, searching and training all go through."""

from collections.abc import Sequence
from dataclasses import dataclass

from qa_service.answering.ranker import Ranker
from qa_service.answering.refusal import said_by_none
from qa_service.answering.reranking import Rerank
from qa_service.answering.signals import (
    Signals,
    content_stems,
    signals_of,
    stem_weights,
)
from qa_service.answering.weighing import Weighed, ranked, weigh
from qa_service.domain.access import Access
from qa_service.domain.answers import Filters
from qa_service.retrieval.asking import asking_sentence
from qa_service.retrieval.hybrid import Candidate, HybridRetriever
from qa_service.retrieval.intents import Intent
from qa_service.store.database import Connection


@dataclass(frozen=True, slots=True)
class Weigher:
    """Finds `candidates` passages for words and weighs their sentences. Immutable, hence thread-safe.

    `rerank` reads the best sentences again, only where they are to answer: it costs as much as a search, and
    what else compares scores was set on those of the ranker alone.
    """

    retriever: HybridRetriever
    candidates: int
    ranker: Ranker
    rerank: Rerank | None = None

    def weighed(
        self,
        reader: Connection,
        words: str,
        intent: Intent,
        *,
        within: Sequence[Filters],
        allowed: frozenset[Access],
    ) -> Weighed:
        """Return the sentences of the best passages for these words, best first.

        `within`: each of these limits brings its own best passages.
        """
        signals = self.signals(reader, words, allowed)
        found: dict[int, Candidate] = {}
        for filters in within:
            for each in self.found(reader, signals, self.candidates, filters=filters, allowed=allowed):
                found.setdefault(each.passage.row, each)
        return weigh(signals, list(found.values()), intent, self.ranker)

    def again(
        self,
        reader: Connection,
        words: str,
        intent: Intent,
        candidates: Sequence[Candidate],
        allowed: frozenset[Access],
    ) -> Weighed:
        """Return the sentences of passages that other words found, weighed for these, best first."""
        return weigh(self.signals(reader, words, allowed), candidates, intent, self.ranker)

    def read_again(self, weighed: Weighed) -> Weighed:
        """Return a weighing whose best sentences were read beside the question, where something does so."""
        return weighed if self.rerank is None or not weighed.units else self.rerank(weighed)

    def passages(
        self,
        reader: Connection,
        words: str,
        intent: Intent,
        k: int,
        *,
        filters: Filters,
        allowed: frozenset[Access],
    ) -> list[Candidate]:
        """Return at most k passages for these words, best first by what their sentences say."""
        signals = self.signals(reader, words, allowed)
        size = max(k, self.candidates)
        found = self.found(reader, signals, size, filters=filters, allowed=allowed)
        return ranked(self.read_again(weigh(signals, found, intent, self.ranker)), self.ranker)[:k]

    def signals(self, reader: Connection, words: str, allowed: frozenset[Access]) -> Signals:
        """Return words prepared for weighing: vectors, and what each stem is worth among these papers."""
        key = (Weigher.signals, self.retriever, words, allowed)
        return reader.once(key, lambda: self._signals(reader, words, allowed))

    def _signals(self, reader: Connection, words: str, allowed: frozenset[Access]) -> Signals:
        frequencies, total = self.retriever.document_frequencies(reader, content_stems(words), allowed)
        ask = asking_sentence(words)
        sense = self.retriever.encode(words)
        ask_sense = None if ask == words.strip() else self.retriever.encode(ask)
        return signals_of(words, sense, stem_weights(frequencies, total), ask_sense)

    def found(
        self, reader: Connection, signals: Signals, k: int, *, filters: Filters, allowed: frozenset[Access]
    ) -> list[Candidate]:
        """Return at most k passages, as the retriever ranks them."""
        return self.retriever.retrieve(
            reader, signals.text, signals.sense.vector, k, filters=filters, allowed=allowed
        )

    def unsaid(
        self, reader: Connection, weighed: Weighed, topic: str, allowed: frozenset[Access]
    ) -> list[str]:
        """Return the weighty words of a question's topic that no passage holds that may be seen, in any form.

        That no paper says "decided" or "latest" tells nothing: those are words of the wish.
        """
        wanted = set(content_stems(topic))
        words = [word for word in said_by_none(weighed) if not wanted.isdisjoint(content_stems(word))]
        counts, _ = self.retriever.document_frequencies(reader, content_stems(" ".join(words)), allowed)
        return [word for word in words if not any(counts.get(stem) for stem in content_stems(word))]

    def likest(self, words: Sequence[str], others: Sequence[str]) -> dict[str, float]:
        """Return the cosine of each word and the likest of some others; nothing where there are none."""
        return self.retriever.likest(words, others)
