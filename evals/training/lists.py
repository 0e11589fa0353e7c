"""Candidate lists: what the service's own retriever and features make of a question, with gold beside it.

A list is made on the serving path (`Weigher`), so that a weight means in use what it meant in fitting. Beside
the list of a question stand lists in which its answer cannot be: its document left out, its sentence taken
away, another document asked, a name or figure exchanged. They teach when to refuse.
"""

import random
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from embeddings.cross_encoder import CrossEncoder
from evals.anchoring import Topic
from evals.cases import matching
from qa_service.answering.features import NAMES, FeatureTable
from qa_service.answering.reranking import relevance_of
from qa_service.answering.signals import Signals
from qa_service.answering.weigher import Weigher
from qa_service.answering.weighing import Weighed, weigh
from qa_service.domain.access import PUBLIC_ONLY
from qa_service.domain.passages import UnitKind
from qa_service.domain.spans import Span
from qa_service.retrieval.hybrid import Candidate
from qa_service.retrieval.question import Reading
from qa_service.store.database import Connection

# Of each candidate these many sentences are kept, the likeliest by plain signals, and all gold.
_KEPT_OF_A_PASSAGE = 5
# Of each list these many are read again, more than are served: a ranker fitted anew finds others the best.
_READ = 9
_SWAPPABLE = re.compile(r"\b(?:[A-Z][\w'’&-]+(?:\s+[A-Z][\w'’&-]+)*|\d[\d,.]*\d|\d)\b")


class ListKind(StrEnum):
    """Whether the answer is among the candidates, and if not, why not."""

    ANSWERABLE = "answerable"
    PAGE_HELD_OUT = "page held out"
    OTHER_DOCUMENT = "other document"
    SENTENCE_GONE = "sentence gone"
    SWAPPED = "name or figure exchanged"
    UNANSWERABLE = "unanswerable"  # as gold of our own says


@dataclass(frozen=True, slots=True)
class CandidateList:
    """One question's rows. `values`: float32, (rows, len(NAMES)); `passages`: candidate number of each row.

    `gold`: rows that answer; `gold_passage`: rows of passages that hold evidence; both bool, (rows,).
    `relevance`: float32, (rows,), what the second reading says of a row; NaN where it read none.
    """

    set: str
    qid: str
    kind: ListKind
    cluster: str
    values: NDArray[np.float32]
    passages: NDArray[np.int32]
    gold: NDArray[np.bool_]
    gold_passage: NDArray[np.bool_]
    relevance: NDArray[np.float32]

    @property
    def table(self) -> FeatureTable:
        """The rows as the ranker and the refusal take them."""
        return FeatureTable(self.values, tuple((int(at), row) for row, at in enumerate(self.passages)))


class ListMaker:
    """Makes the lists of one set's questions from one index."""

    def __init__(self, weigher: Weigher, reader: Connection, texts: dict[str, str]) -> None:
        self._weigher, self._reader, self._texts = weigher, reader, texts

    def lists(
        self, topic: Topic, reading: Reading, model: CrossEncoder | None, *, sentences: bool
    ) -> Iterator[CandidateList]:
        """Yield the list of a question and, for an answerable one, those in which nothing answers.

        `model` None: no second reading. `sentences` as in `weighings`.
        """
        for kind, asked, weighed in self.weighings(topic, reading, sentences=sentences):
            yield _list(asked, kind, weighed, model)

    def weighings(
        self, topic: Topic, reading: Reading, *, sentences: bool
    ) -> Iterator[tuple[ListKind, Topic, Weighed]]:
        """Yield the weighings that lists are made of, each with its kind and the topic left to it.

        `sentences` False: gold names passages only, so that no sentence can be taken away.
        """
        signals = self._weigher.signals(self._reader, reading.words, PUBLIC_ONLY)
        found = self._found(signals, reading)
        weighed = weigh(signals, found, reading.intent, self._weigher.ranker)
        if not topic.question.answerable:
            yield ListKind.UNANSWERABLE, topic, weighed
            return
        yield ListKind.ANSWERABLE, topic, weighed
        for kind, made in self._without_answer(topic, reading, signals, found, sentences=sentences):
            if made.candidates:
                yield kind, replace(topic, evidence=()), made

    def _without_answer(
        self,
        topic: Topic,
        reading: Reading,
        signals: Signals,
        found: Sequence[Candidate],
        *,
        sentences: bool,
    ) -> Iterator[tuple[ListKind, Weighed]]:
        # One of the other kinds a question, in turn by chance: three lists a question are enough to fit on.
        random_ = random.Random(topic.question.qid)  # noqa: S311 - drawn anew alike, no secret
        size = self._weigher.candidates
        documents = topic.documents
        more = self._found(signals, reading, size * 3)
        away = [each for each in more if each.passage.document_id not in documents][:size]
        yield ListKind.PAGE_HELD_OUT, weigh(signals, away, reading.intent, self._weigher.ranker)
        kinds = (ListKind.OTHER_DOCUMENT, ListKind.SENTENCE_GONE, ListKind.SWAPPED)
        kind = random_.choice(kinds) if sentences else ListKind.OTHER_DOCUMENT
        made = self._made(kind, topic, reading, signals, found, random_)
        if made is not None:
            yield kind, made

    def _made(
        self,
        kind: ListKind,
        topic: Topic,
        reading: Reading,
        signals: Signals,
        found: Sequence[Candidate],
        random_: random.Random,
    ) -> Weighed | None:
        """Return the list of a kind, None where the question or the papers give no room for one."""
        if kind is ListKind.OTHER_DOCUMENT:
            others = sorted(self._texts.keys() - topic.documents)
            if not others:
                return None
            other = frozenset({random_.choice(others)})
            reading = replace(reading, filters=replace(reading.filters, documents=other))
            found = self._found(signals, reading)
        elif kind is ListKind.SENTENCE_GONE:
            found = [left for each in found if (left := _without(each, topic)) is not None]
        else:
            swapped = exchanged(reading.words, self._texts[min(topic.documents)], random_)
            if swapped is None:
                return None
            signals = self._weigher.signals(self._reader, swapped, PUBLIC_ONLY)
            found = self._found(signals, reading)
        return weigh(signals, found, reading.intent, self._weigher.ranker)

    def _found(self, signals: Signals, reading: Reading, size: int | None = None) -> list[Candidate]:
        return self._weigher.found(
            self._reader,
            signals,
            size or self._weigher.candidates,
            filters=reading.limits,
            allowed=PUBLIC_ONLY,
        )


def _without(candidate: Candidate, topic: Topic) -> Candidate | None:
    """Return a candidate without its gold sentences; None where nothing else is left."""
    passage = candidate.passage
    kept = [
        at
        for at, unit in enumerate(passage.units)
        if not matching(topic.evidence, passage.document_id, Span(unit.start, unit.end))
    ]
    if not kept:
        return None
    place = {at: new for new, at in enumerate(kept)}
    units = tuple(
        replace(
            passage.units[at], lead=place.get(lead) if (lead := passage.units[at].lead) is not None else None
        )
        for at in kept
    )
    return replace(
        candidate,
        passage=replace(
            passage,
            units=units,
            unit_vectors=passage.unit_vectors[kept],
            unit_words=passage.unit_words.of(kept),
        ),
    )


def exchanged(words: str, text: str, random_: random.Random) -> str | None:
    """Return the question with one name or figure exchanged for another of the document; None without one."""
    first_word = words.find(" ") + 1
    asked = list(_SWAPPABLE.finditer(words, first_word)) if first_word else []
    if not asked:
        return None
    old = random_.choice(asked)
    figure = old.group()[0].isdigit()
    others = sorted(
        {
            each
            for each in _SWAPPABLE.findall(text)
            if each[0].isdigit() == figure
            and each.lower() not in words.lower()
            and abs(len(each) - len(old.group())) <= len(old.group())
        }
    )
    return words[: old.start()] + random_.choice(others) + words[old.end() :] if others else None


def _list(topic: Topic, kind: ListKind, weighed: Weighed, model: CrossEncoder | None) -> CandidateList:
    gold, of_gold_passage, quotable = [], [], []
    for at, index in weighed.table.places:
        passage = weighed.candidates[at].passage
        unit = passage.units[index]
        gold.append(bool(matching(topic.evidence, passage.document_id, Span(unit.start, unit.end))))
        of_gold_passage.append(bool(matching(topic.evidence, passage.document_id, passage.span)))
        quotable.append(unit.kind is not UnitKind.HEADING)
    rows = _kept_rows(weighed.table, np.array(gold, dtype=np.bool_), np.array(quotable, dtype=np.bool_))
    return CandidateList(
        set=topic.question.set,
        qid=topic.question.qid,
        kind=kind,
        cluster=topic.cluster,
        values=weighed.table.values[rows],
        passages=np.array([weighed.table.places[row][0] for row in rows], dtype=np.int32),
        gold=np.array(gold, dtype=np.bool_)[rows],
        gold_passage=np.array(of_gold_passage, dtype=np.bool_)[rows],
        relevance=_relevance(weighed, model)[rows],
    )


def _relevance(weighed: Weighed, model: CrossEncoder | None) -> NDArray[np.float32]:
    if model is None:
        return np.full(len(weighed.scores), np.nan, dtype=np.float32)
    return relevance_of(weighed, weighed.units[:_READ], model)


def _kept_rows(
    table: FeatureTable, gold: NDArray[np.bool_], quotable: NDArray[np.bool_]
) -> NDArray[np.int64]:
    """Return the rows to keep, in order: the likeliest of each passage, and gold; headings are no answers."""
    likely = table.column("unit_cosine") + table.column("unit_cover") if len(table.values) else np.zeros(0)
    of_passage: defaultdict[int, list[int]] = defaultdict(list)
    for row in np.argsort(-likely, kind="stable"):
        if quotable[row]:
            of_passage[table.places[row][0]].append(int(row))
    kept = {row for rows in of_passage.values() for row in rows[:_KEPT_OF_A_PASSAGE]}
    kept |= set(np.flatnonzero(gold & quotable).tolist())
    return np.array(sorted(kept), dtype=np.int64)


def saved(lists: Sequence[CandidateList]) -> dict[str, NDArray[np.generic]]:
    """Return lists as arrays that `np.savez` writes."""
    ends = np.cumsum([len(each.values) for each in lists], dtype=np.int64)
    return {
        "names": np.array(NAMES),
        "about": np.array([[each.set, each.qid, each.kind.value, each.cluster] for each in lists]),
        "ends": ends,
        "values": np.concatenate([each.values for each in lists]),
        "passages": np.concatenate([each.passages for each in lists]),
        "gold": np.concatenate([each.gold for each in lists]),
        "gold_passage": np.concatenate([each.gold_passage for each in lists]),
        "relevance": np.concatenate([each.relevance for each in lists]),
    }


def restored(arrays: dict[str, NDArray[np.generic]]) -> list[CandidateList]:
    """Return the lists that `saved` made arrays of."""
    starts = np.concatenate([[0], arrays["ends"][:-1]]).astype(np.int64)
    return [
        CandidateList(
            str(set_),
            str(qid),
            ListKind(str(kind)),
            str(cluster),
            arrays["values"][start:end].astype(np.float32),
            arrays["passages"][start:end].astype(np.int32),
            arrays["gold"][start:end].astype(np.bool_),
            arrays["gold_passage"][start:end].astype(np.bool_),
            arrays["relevance"][start:end].astype(np.float32),
        )
        for (set_, qid, kind, cluster), start, end in zip(
            arrays["about"], starts, arrays["ends"].astype(np.int64), strict=True
        )
    ]
