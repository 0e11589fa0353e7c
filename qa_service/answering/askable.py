"""What can be asked at all: a question of words, and not too long."""

from qa_service.errors import EmptyQuestion, QuestionTooLong
from qa_service.store.lexical_index import query_words


def check(text: str, longest: int) -> None:
    """Raise EmptyQuestion for a question without a word, QuestionTooLong for one beyond the limit."""
    if len(text) > longest:
        raise QuestionTooLong(len(text), longest)
    if not query_words(text):
        raise EmptyQuestion
