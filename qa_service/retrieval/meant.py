"""A question as it was meant: spelt as the papers spell, without courtesies, and key words in full."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from qa_service.domain.answers import Question
from qa_service.retrieval.asking import with_question_mark
from qa_service.retrieval.key_words import are_key_words, in_full
from qa_service.retrieval.spelling import as_spelt
from qa_service.retrieval.wording import plain_words
from qa_service.store.catalogue import Catalogue


@dataclass(frozen=True, slots=True)
class Meant:
    """A question and those before it as they are read, and what the asker is told of that.

    `read_as`: (word as typed, as read); `key_words`: whether bare key words were typed, and no question.
    """

    question: Question
    read_as: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]
    key_words: bool


def as_meant(question: Question, catalogue: Catalogue) -> Meant:
    """Return how a question is read. The words as typed stay with the reply."""
    question, spelling = as_spelt(question, catalogue)
    plain = _each(question, plain_words)
    full = in_full(plain, catalogue)
    # What changes in nothing but capital letters is not worth a note.
    notes = () if full.text.lower() == plain.text.lower() else (f"read as: {full.text}",)
    # Last, since "who attended june" is no question for its mark.
    asked = _each(full, with_question_mark)
    return Meant(asked, spelling.read_as, (*spelling.notes, *notes), are_key_words(plain.text))


def _each(question: Question, read: Callable[[str], str]) -> Question:
    turns = tuple(replace(turn, question=read(turn.question)) for turn in question.history)
    return replace(question, text=read(question.text), history=turns)
