"""What a question names and no paper in scope mentions: then nothing there answers it."""

from collections.abc import Iterable

from qa_service.answering.weighing import Weighed
from qa_service.retrieval.names import names_in
from qa_service.retrieval.question import Reading
from qa_service.store.lexical_index import STOP_WORDS, stems


def unmentioned(reading: Reading, weighed: Weighed) -> list[str]:
    """Return the names in a question of which no word stands in any candidate.

    A rare word brings its passages before all others: what no candidate holds, no passage in scope does.
    Names of the councils and bodies searched are no subject.
    """
    filters = reading.filters
    passages = {each.passage.row: each.passage for each in weighed.units}.values()
    held = {stem for each in passages for stem in stems(f"{each.title} {each.header} {each.text}")}
    names = names_in(reading.text, (*filters.councils, *filters.bodies))
    return [name for name in names if not held & _telling(stems(name))]


def _telling(words: Iterable[str]) -> set[str]:
    return {word for word in words if len(word) > 1 and word not in STOP_WORDS}
