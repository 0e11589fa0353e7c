"""Questions reworded by machine as people send them, each by a pure function of the question and its id.

Chance is drawn from the hash of the id, and the word lists belong to the harness: a question is reworded
alike on every machine and after every change of the service, so that runs of one rewording stay comparable.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from enum import StrEnum
from hashlib import sha256
from typing import TypeVar

from evals.datasets import Dataset
from evals.indirect import AUXILIARIES, DETERMINERS, PREPOSITIONS, PRONOUNS, QUESTION_WORDS, indirect

Drawn = TypeVar("Drawn")


class Rewording(StrEnum):
    """How a question is reworded.

    slip: one typing mistake in one word; small: small letters, no question mark; polite: asked as a
    favour; indirect: after "Do you know"; words: without function words.
    """

    SLIP = "slip"
    SMALL = "small"
    POLITE = "polite"
    INDIRECT = "indirect"
    WORDS = "words"


# Prepositions of time and place carry sense in a search ("before March"), and "not" and "no" turn it round.
_KEPT = frozenset(
    """above across after against ahead along among around away back before behind below beneath beside
    between beyond down during near off out outside over past since through towards under until up
    within without""".split()
)
FUNCTION_WORDS = (
    (PREPOSITIONS - _KEPT)
    | (DETERMINERS - {"all", "both", "each", "every", "no"})
    | PRONOUNS
    | AUXILIARIES
    | frozenset(
        "and as be been being but had having her him if me my or so than them then us you your".split()
    )
)
_OPENERS = QUESTION_WORDS | FUNCTION_WORDS | _KEPT | frozenset("apart compared".split())
_NOT_ASKED = frozenset("and but describe explain find give list name or please show so tell".split())
_PUNCTUATION = "\"'‘’“”()[].,;:?!"
# Five letters or more, no part of "couldn't" and no acronym.
_LONG_WORD = re.compile(r"(?<![\w'’])[^\W\d_]{5,}(?!\w|['’]t\b)")
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_BESIDE = {
    key: row[max(0, at - 1) : at] + row[at + 1 : at + 2] for row in _ROWS for at, key in enumerate(row)
}


def slip(text: str, qid: str) -> str:
    """Return the question with one typing mistake in one content word of five letters or more.

    A letter left out, doubled, swapped with the next, or the key beside it; never the first of a word.
    The mistake may make another word ("county", "count"), as it does on a phone.
    """
    words = [found for found in _LONG_WORD.finditer(text) if _can_slip(found[0])]
    if not words:
        return text
    found = _drawn(words, qid, "word")
    ways = [way for way in _slips(found[0]) if way]
    mistyped = _drawn(_drawn(ways, qid, "way"), qid, "place")
    return text[: found.start()] + mistyped + text[found.end() :]


def _can_slip(word: str) -> bool:
    return not word.isupper() and word.lower() not in _OPENERS


def _slips(word: str) -> list[list[str]]:
    """Return what a word becomes by each way of mistyping it; every one differs from the word."""
    inner = range(1, len(word) - 1)
    ways = [
        [word[:at] + word[at + 1 :] for at in inner],
        [word[:at] + word[at] + word[at:] for at in inner],
        [word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in inner],
        [word[:at] + key + word[at + 1 :] for at in inner for key in _BESIDE.get(word[at], "")],
    ]
    return [[mistyped for mistyped in way if mistyped != word] for way in ways]


def _drawn(among: Sequence[Drawn], qid: str, what: str) -> Drawn:
    """Return one of some things, always the same for an id."""
    return among[int.from_bytes(sha256(f"{what}\0{qid}".encode()).digest()) % len(among)]


def small(text: str, qid: str) -> str:
    """Return the question in small letters without its question mark."""
    del qid
    return text.lower().replace("?", "").rstrip()


def polite(text: str, qid: str) -> str:
    """Return the question after "Please can you tell me", its own order kept.

    What is no question by its first word ("Name the streets", "And how long?") stays.
    """
    del qid
    first = text.split(maxsplit=1)[0].strip(_PUNCTUATION).lower()
    if first in _NOT_ASKED:
        return text
    opened = text[0].lower() + text[1:] if first in _OPENERS else text
    return f"Please can you tell me {opened}"


def in_indirect_order(text: str, qid: str) -> str:
    """Return the question after "Do you know", in indirect order where `evals.indirect` is sure of it."""
    del qid
    return indirect(text)


def words_alone(text: str, qid: str) -> str:
    """Return the question without its function words, question words kept; as it is if nothing is left."""
    del qid
    kept = [word for word in text.split() if _core(word) not in FUNCTION_WORDS]
    return " ".join(kept) if any(_core(word) not in QUESTION_WORDS for word in kept) else text


def _core(word: str) -> str:
    return word.strip(_PUNCTUATION).lower()


REWORDINGS: Mapping[Rewording, Callable[[str, str], str]] = {
    Rewording.SLIP: slip,
    Rewording.SMALL: small,
    Rewording.POLITE: polite,
    Rewording.INDIRECT: in_indirect_order,
    Rewording.WORDS: words_alone,
}


def reworded(dataset: Dataset, rewording: Rewording) -> Dataset:
    """Return the set with every question reworded, its gold as it was; the name says how.

    A follow-up is asked after its parent as reworded; earlier questions that stand in the gold as text stay.
    """
    reword = REWORDINGS[rewording]
    questions = tuple(replace(one, question=reword(one.question, one.qid)) for one in dataset.questions)
    return replace(dataset, name=f"{dataset.name}:{rewording.value}", questions=questions)
