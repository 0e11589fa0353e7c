"""Why a question is refused, in words: which limit left nothing, whose papers do not name a thing."""

from collections.abc import Iterable, Sequence

from qa_service.domain.answers import Filters
from qa_service.retrieval.question import Reading


def of_names(names: Iterable[str]) -> str:
    """Return names in alphabetical order, with commas."""
    return ", ".join(sorted(names))


def unnamed(reading: Reading, absent: Sequence[str]) -> str:
    """Say whose papers do not mention what the question names."""
    of = of_names({*reading.filters.bodies, *reading.filters.councils})
    return f"no paper{' of ' + of if of else ' held here'} names {of_names(absent)}"


def nothing_in_scope(reading: Reading) -> str:
    """Say which limit left nothing to search."""
    dated = reading.filters.held_from or reading.filters.held_to
    found = "are held" if dated else "match the limits of the question"
    return f"no papers{within(reading.filters)} {found}"


def within(filters: Filters) -> str:
    """Say whose papers some filters admit, and of which time: " of Cabinet for a meeting between ..."."""
    of = of_names({*filters.bodies, *filters.councils})
    words = f" of {of}" if of else ""
    if filters.held_from or filters.held_to:
        first, last = filters.held_from or "the beginning", filters.held_to or "now"
        words += f" for a meeting between {first} and {last}"
    return words
