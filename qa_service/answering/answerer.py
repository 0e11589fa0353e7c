"""From a question to a cited reply or an honest refusal."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from qa_service.answering.citations import cite
from qa_service.answering.extractive import WeighedUnit, stem_weights, weigh
from qa_service.answering.standing import standing_of
from qa_service.domain.access import Access
from qa_service.domain.answers import (
    Answer,
    Citation,
    Question,
    Refusal,
    Reply,
    Searched,
    Statement,
    Understood,
)
from qa_service.errors import EmptyQuestion, QuestionTooLong
from qa_service.retrieval.hybrid import Candidate, HybridRetriever
from qa_service.retrieval.question import Reading, read_question
from qa_service.store.catalogue import Catalogue, read_catalogue
from qa_service.store.database import Connection, Database
from qa_service.store.lexical_index import STOP_WORDS, query_words, stems

_LEAST_SCORE = 0.75


@dataclass(frozen=True, slots=True)
class Found:
    """What a search brought, and how the question was understood."""

    candidates: list[Candidate]
    understood: Understood
    generation: int


class Answerer:
    """Answers questions from the visible papers. Thread-safe: all state is in immutable snapshots."""

    def __init__(
        self,
        database: Database,
        retriever: HybridRetriever,
        candidates: int,
        longest: int,
        today: Callable[[], date] = date.today,
    ) -> None:
        self._database, self._retriever = database, retriever
        self._candidates, self._longest, self._today = candidates, longest, today

    def answer(self, question: Question, allowed: frozenset[Access]) -> Reply:
        """Return the reply. Raises EmptyQuestion or QuestionTooLong."""
        started = time.perf_counter()
        check(question.text, self._longest)
        with self._database.reading() as reader:
            catalogue = read_catalogue(reader, allowed)
            reading = read_question(question, catalogue, self._today())
            units = self._weighed(reader, reading, allowed)
            best = units[0] if units else None
            outcome: Answer | Refusal
            if reading.missing is None and best is not None and best.score >= _LEAST_SCORE:
                outcome = Answer(tuple(self._statements(reader, units, question.max_statements, allowed)))
            else:
                outcome = self._refusal(reader, reading, catalogue, units, allowed)
            generation = self._retriever.generation(reader, allowed)
        return Reply(
            question,
            _understood(reading),
            outcome,
            generation,
            confidence=best.score if best else 0.0,
            seconds=time.perf_counter() - started,
        )

    def search(self, question: Question, k: int, allowed: frozenset[Access]) -> Found:
        """Return at most k passages, best first, as answering ranks them."""
        check(question.text, self._longest)
        with self._database.reading() as reader:
            reading = read_question(question, read_catalogue(reader, allowed), self._today())
            vector = self._retriever.encode(reading.words)
            candidates = self._retriever.retrieve(
                reader, reading.words, vector, k, filters=reading.filters, allowed=allowed
            )
            return Found(candidates, _understood(reading), self._retriever.generation(reader, allowed))

    def _weighed(self, reader: Connection, reading: Reading, allowed: frozenset[Access]) -> list[WeighedUnit]:
        vector = self._retriever.encode(reading.words)
        candidates = self._retriever.retrieve(
            reader, reading.words, vector, self._candidates, filters=reading.filters, allowed=allowed
        )
        content = [stem for stem in dict.fromkeys(stems(reading.words)) if stem not in STOP_WORDS]
        frequencies, total = self._retriever.document_frequencies(reader, content, allowed)
        return weigh(candidates, reading.words, vector, stem_weights(reading.words, frequencies, total))

    def _statements(
        self, reader: Connection, units: Sequence[WeighedUnit], most: int, allowed: frozenset[Access]
    ) -> list[Statement]:
        statements: list[Statement] = []
        for weighed in units[:most]:
            passage = weighed.candidate.passage
            citations = tuple(cite(reader, passage.document_id, span, allowed) for span in weighed.unit.spans)
            text = "\n".join(citation.quote for citation in citations)
            standing = standing_of(citations[0].segment, passage.kind)
            statements.append(Statement(text, standing, citations))
        return statements

    def _refusal(
        self,
        reader: Connection,
        reading: Reading,
        catalogue: Catalogue,
        units: Sequence[WeighedUnit],
        allowed: frozenset[Access],
    ) -> Refusal:
        nearest: list[Citation] = [
            cite(reader, weighed.candidate.passage.document_id, weighed.unit.spans[0], allowed)
            for weighed in units[:3]
        ]
        reason = (
            f"no papers of a council of {reading.missing} are held here"
            if reading.missing
            else "no passage answers this question"
        )
        held = catalogue.held
        searched = Searched(
            catalogue.documents,
            tuple(sorted({body for _, body in catalogue.bodies})),
            held[0] if held else None,
            held[-1] if held else None,
        )
        return Refusal(reason, searched, tuple(nearest))


def _understood(reading: Reading) -> Understood:
    return Understood(
        reading.intent.value, reading.filters, reading.as_of, reading.expanded, notes=reading.notes
    )


def check(text: str, longest: int) -> None:
    """Raise EmptyQuestion for a question without a word, QuestionTooLong for one beyond the limit."""
    if len(text) > longest:
        raise QuestionTooLong(len(text), longest)
    if not query_words(text):
        raise EmptyQuestion
