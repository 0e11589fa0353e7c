"""What a question names and no paper in scope mentions: then nothing there answers it."""

import re
from collections.abc import Collection, Sequence

from qa_service.answering.compounds import written_otherwise
from qa_service.answering.weighing import Weighed
from qa_service.retrieval.asking import asking_sentence
from qa_service.retrieval.names import GENERAL, names_in
from qa_service.retrieval.own_case import circumstances
from qa_service.retrieval.question import Reading
from qa_service.store.lexical_index import STOP_WORDS, query_words, stems

# Share of a subject's weight.
_MOST = 0.5
_COMMON = re.compile(r"\b[a-z]\w+")


def unmentioned(reading: Reading, weighed: Weighed) -> list[str]:
    """Return the names in a question of which no word stands in any candidate.

    A rare word brings its passages before all others: what no candidate holds, no passage in scope does.
    Names of the councils and bodies searched are no subject, and short ones were searched for in full.
    """
    filters = reading.filters
    # Whoever stands in what led to the question need not stand in the papers.
    called = (short for short, _ in reading.expanded)
    names = names_in(asking_sentence(reading.text), (*filters.councils, *filters.bodies, *called))
    if not names:
        return []
    passages = {each.passage.row: each.passage for each in weighed.units}.values()
    texts = [f"{each.title} {each.header} {each.text}" for each in passages]
    held = {stem for text in texts for stem in stems(text)}
    common = {word for text in texts for word in _COMMON.findall(text)}
    return [name for name in names if not _mentioned(name, texts, held, common)]


def barring(reading: Reading, weighed: Weighed) -> list[str]:
    """Return the names, of those that no candidate mentions, without which nothing answers the question."""
    absent = unmentioned(reading, weighed)
    own = circumstances(reading.text, absent)
    return [name for name in absent if name not in own]


def said_nowhere(words: str, weighed: Weighed) -> list[str]:
    """Return the words of a subject that no candidate says, where they are most of its weight; else none.

    A lay word for what the papers call otherwise is seldom most of a subject, and no decision is found by it.
    """
    texts = [f"{each.passage.header} {each.passage.text}" for each in weighed.candidates]
    held = {stem for text in texts for stem in stems(text)}
    asked = query_words(asking_sentence(words))
    weights = {word: _weight(word, weighed) for word in asked if word not in STOP_WORDS}
    absent = [word for word in weights if weights[word] and held.isdisjoint(stems(word))]
    if absent:
        otherwise = written_otherwise(asked, texts)
        absent = [word for word in absent if word not in otherwise]
    return absent if sum(weights[word] for word in absent) >= _MOST * sum(weights.values()) else []


def _weight(word: str, weighed: Weighed) -> float:
    return max((weighed.signals.weights.get(stem, 0.0) for stem in stems(word)), default=0.0)


def _mentioned(name: str, texts: Sequence[str], held: Collection[str], common: Collection[str]) -> bool:
    """Return whether a word that tells a name from others stands in texts, as it is or written otherwise."""
    telling = _telling(name, common)
    if any(stem in held for word in telling for stem in stems(word)):
        return True
    return not telling.isdisjoint(written_otherwise(query_words(name), texts))


def _telling(name: str, common: Collection[str]) -> set[str]:
    """Return the words that tell a name from others: neither "House", a common word, nor a title."""
    words = [word for word in query_words(name) if len(word) > 1 and word not in STOP_WORDS | GENERAL]
    own = [word for word in words if word not in common]
    return set(own or words)
