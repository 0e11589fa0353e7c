"""BM25 by tantivy, with filters applied before ranking."""

import math
import re
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache, lru_cache
from pathlib import Path

import tantivy

from qa_service.domain.answers import Filters
from qa_service.store.passages import IndexedPassage

_WORD = re.compile(r"[^\W_]+")  # as tantivy's own tokenizer splits
_NO_DATE = 0
LEXICAL_FOLDER = "lexical"
_HEAP = 64 * 2**20
# Words that carry no subject: dropping them changes no rank worth having and saves their postings
# (shared/design/performance.md, section 4).
STOP_WORDS = frozenset(
    """a about above after again all also am an and any are as at be because been before being below
    between both but by can could did do does doing down during each few for from further had has have having
    he her here hers him his how i if in into is it its itself just me more most my no nor not now of off on
    once only or other our out over own same she should so some such than that the their them then there these
    they this those through to too under until up us very was we were what when where which while who whom why
    will with would you your""".split()
)


class LexicalIndex:
    """An immutable tantivy directory: headers and content of passages, found by passage row."""

    def __init__(self, folder: Path) -> None:
        self._index = tantivy.Index.open(str(folder))
        self._searcher = self._index.searcher()

    @staticmethod
    def build(folder: Path, passages: Iterable[IndexedPassage]) -> int:
        """Write an index of the passages into a new folder; return how many there are."""
        folder.mkdir()
        index = tantivy.Index(_schema(), str(folder), reuse=False)
        # One thread keeps the order of rows, and with it ties, the same in every build.
        writer = index.writer(heap_size=_HEAP, num_threads=1)
        count = 0
        for count, passage in enumerate(passages, start=1):  # noqa: B007 - the count is what is wanted
            writer.add_document(_document(passage))
        writer.commit()
        writer.wait_merging_threads()
        return count

    def search(
        self, words: str, k: int, filters: Filters | None = None, rows: Sequence[int] | None = None
    ) -> list[tuple[int, float]]:
        """Return at most k (passage row, BM25), best first, ties by row, of passages holding any word.

        `rows` narrows the search to some passages, without changing what a word is worth.

        Words are literals: no character of a question is query syntax. Source of BM25: Robertson and
        Zaragoza, "The Probabilistic Relevance Framework", 2009, with tantivy's k1 = 1.2, b = 0.75.
        """
        terms = _terms(words)
        if not terms:
            return []
        query = self._index.parse_query(" ".join(terms), ["content", "header"], {"header": 0.5})
        limits = self._limits(filters) if filters else []
        if rows is not None:
            limits.append(tantivy.Query.term_set_query(self._index.schema, "row", list(rows)))
        if limits:
            # A limit admits or not; it must not add to the score.
            unscored = [(tantivy.Occur.Must, tantivy.Query.const_score_query(limit, 0.0)) for limit in limits]
            query = tantivy.Query.boolean_query([(tantivy.Occur.Must, query), *unscored])
        hits = self._searcher.search(query, limit=k, count=False).hits
        at = [address for _, address in hits]
        # An integer field gives integers, whatever the stubs allow for.
        found_rows: list[int] = self._searcher.fast_field_values("row", at)  # type: ignore[assignment]
        found = [(row, float(score)) for row, (score, _) in zip(found_rows, hits, strict=True)]
        return sorted(found, key=lambda hit: (-hit[1], hit[0]))

    def weight(self, words: str) -> float:
        """Return what the words are worth together: the inverse document frequencies of their stems, added.

        A word that no passage holds is worth the most. 0 for no words.
        """
        total = len(self)
        counts = [self.document_frequency(stem) for stem in set(stems(" ".join(_terms(words))))]
        return sum(math.log1p((total - count + 0.5) / (count + 0.5)) for count in counts)

    def document_frequency(self, stem: str) -> int:
        """Return how many passages hold a word of this stem."""
        return int(self._searcher.doc_freq("content", stem))

    def __len__(self) -> int:
        return int(self._searcher.num_docs)

    def _limits(self, filters: Filters) -> list[tantivy.Query]:
        schema = self._index.schema
        limits = [
            tantivy.Query.term_set_query(schema, field, sorted(values))
            for field, values in (
                ("council", filters.councils),
                ("body", filters.bodies),
                ("kind", {kind.value for kind in filters.kinds}),
                ("document", filters.documents),
            )
            if values
        ]
        if filters.held_from or filters.held_to:
            first = filters.held_from.toordinal() if filters.held_from else _NO_DATE + 1
            last = filters.held_to.toordinal() if filters.held_to else None
            limits.append(
                tantivy.Query.range_query(schema, "held_on", tantivy.FieldType.Integer, first, last)
            )
        return limits


def stems(text: str) -> list[str]:
    """Return the stems of a text's words, in order, just as the index stems them."""
    return _analyser().analyze(text)


# Titles and sentences share most of their words.
@lru_cache(maxsize=20_000)
def stems_of_word(word: str) -> tuple[str, ...]:
    """Return the stems of one word as `stems` does."""
    return tuple(stems(word))


@cache
def _analyser() -> tantivy.TextAnalyzer:
    # What tantivy registers as "en_stem".
    return (
        tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
        .filter(tantivy.Filter.remove_long(40))
        .filter(tantivy.Filter.lowercase())
        .filter(tantivy.Filter.stemmer("english"))
        .build()
    )


def query_words(text: str) -> list[str]:
    """Return the words of a text in lower case, in order."""
    return [word.lower() for word in _WORD.findall(text)]


def _terms(words: str) -> list[str]:
    """Return the words that are searched for: those with a subject, or all where none has one."""
    every = query_words(words)
    return [word for word in every if word not in STOP_WORDS] or every


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_integer_field("row", fast=True, indexed=True)
    builder.add_text_field("content", tokenizer_name="en_stem")
    builder.add_text_field("header", tokenizer_name="en_stem")
    for name in ("council", "body", "kind", "document"):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    builder.add_integer_field("held_on", indexed=True, fast=True)
    return builder.build()


def _document(passage: IndexedPassage) -> tantivy.Document:
    document = tantivy.Document()
    document.add_integer("row", passage.row)
    document.add_text("content", passage.content)
    document.add_text("header", passage.header)
    for field, value in (
        ("council", passage.council),
        ("body", passage.body),
        ("document", passage.document),
    ):
        if value is not None:
            document.add_text(field, value)
    for kind in passage.kinds:
        document.add_text("kind", kind.value)
    document.add_integer("held_on", day_number(passage.held_on))
    return document


def day_number(held_on: str | None) -> int:
    """Return a stored date as a number of days that orders; 0 for none, which no date filter admits."""
    return date.fromisoformat(held_on).toordinal() if held_on else _NO_DATE
