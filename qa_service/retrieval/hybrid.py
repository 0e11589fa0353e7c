"""Both legs over every snapshot that one may see, fused: from words to ranked passages."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from embeddings.encoder import EncodedQuestion, Encoder, Vectors
from qa_service.domain.access import Access
from qa_service.domain.answers import Filters
from qa_service.retrieval.fusion import Fuse, fused
from qa_service.retrieval.snapshot import Snapshot, Snapshots
from qa_service.store.copies import canonical_rows
from qa_service.store.database import Connection
from qa_service.store.passages import StoredPassage, fetch_passages


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage with what each leg says of it. `bm25` is that leg's own scale; `score` orders."""

    passage: StoredPassage
    cosine: float
    bm25: float
    score: float


class HybridRetriever:
    """Dense and lexical search with filters applied before ranking, fused by score."""

    def __init__(self, encoder: Encoder, snapshots: Snapshots, depth: int, fuse: Fuse = fused) -> None:
        self._encoder, self._snapshots, self._depth = encoder, snapshots, depth
        self._fuse = fuse

    def encode(self, text: str) -> EncodedQuestion:
        """Return the question's vector and those of its word pieces."""
        return self._encoder.encode_question(text)

    def likest(self, words: Sequence[str], others: Sequence[str]) -> dict[str, float]:
        """Return the cosine of each word and the likest of some others; nothing where there are none."""
        if not words or not others:
            return {}
        vectors = self._encoder.encode_passages([*words, *others])
        likeness = (vectors[: len(words)] @ vectors[len(words) :].T).max(axis=1)
        return {word: float(each) for word, each in zip(words, likeness, strict=True)}

    def retrieve(
        self,
        reader: Connection,
        words: str,
        vector: Vectors,
        k: int,
        *,
        filters: Filters,
        allowed: frozenset[Access],
    ) -> list[Candidate]:
        """Return at most k candidates, best first. `allowed` levels are searched, each in its own indexes."""
        snapshots = self._snapshots.current(reader, allowed)
        legs = [self._search(snapshot, words, vector, filters) for snapshot in snapshots]
        cosine = {row: score for dense, _ in legs for row, score in dense.items()}
        bm25 = {row: score for _, lexical in legs for row, score in lexical.items()}
        asked = max((snapshot.lexical.weight(words) for snapshot in snapshots), default=0.0)
        ranked = _once(reader, self._fuse(cosine, bm25, asked))[:k]
        passages = fetch_passages(reader, [row for row, _ in ranked], allowed)
        return [
            Candidate(passages[row], cosine.get(row, 0.0), bm25.get(row, 0.0), score)
            for row, score in ranked
            if row in passages
        ]

    @property
    def fingerprint(self) -> str:
        """The encoder's."""
        return self._encoder.fingerprint

    def snapshots(self, reader: Connection, allowed: frozenset[Access]) -> list[Snapshot]:
        """Return the snapshots that a request of these levels is answered from."""
        return self._snapshots.current(reader, allowed)

    def generation(self, reader: Connection, allowed: frozenset[Access]) -> int:
        """Return the number of the newest generation among the levels allowed; 0 without papers."""
        return max((each.generation.number for each in self._snapshots.current(reader, allowed)), default=0)

    def document_frequencies(
        self, reader: Connection, stems: Sequence[str], allowed: frozenset[Access]
    ) -> tuple[dict[str, int], int]:
        """Return (passages holding each stem, passages in all) over the levels allowed."""
        snapshots = self._snapshots.current(reader, allowed)
        counts = {stem: sum(each.lexical.document_frequency(stem) for each in snapshots) for stem in stems}
        return counts, sum(len(each.lexical) for each in snapshots)

    def _search(
        self, snapshot: Snapshot, words: str, vector: Vectors, filters: Filters
    ) -> tuple[dict[int, float], dict[int, float]]:
        """Return (cosine, BM25) by passage row for the union of the two legs' best."""
        mask = snapshot.columns.mask(filters)
        dense = dict(snapshot.vectors.search(vector, self._depth, mask))
        lexical = dict(snapshot.lexical.search(words, self._depth, filters))
        # What only one leg found gets the other's score too: both are exact, and absent is not zero.
        if only_lexical := [row for row in lexical if row not in dense]:
            # All are wanted: asked for no more than there are, a search would begin with too few vectors.
            every = len(snapshot.vectors)
            dense |= snapshot.vectors.search(vector, every, np.isin(snapshot.vectors.ids, only_lexical))
        if only_dense := [row for row in dense if row not in lexical]:
            lexical |= snapshot.lexical.search(words, len(only_dense), rows=only_dense)
        return dense, lexical


def _once(reader: Connection, ranked: Sequence[tuple[int, float]]) -> list[tuple[int, float]]:
    """Return the ranking with each paper once, however often it was filed: by what stands for the copies.

    A copy whose original the filters shut out stays: whoever asks of one file is answered from it.
    """
    copies = canonical_rows(reader, [row for row, _ in ranked])
    found = {row for row, _ in ranked}
    kept: dict[int, tuple[int, float]] = {}
    for row, score in ranked:
        original = copies.get(row, row)
        kept.setdefault(original, (original if original in found else row, score))
    return list(kept.values())
