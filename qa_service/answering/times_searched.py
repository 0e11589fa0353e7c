"""The stretches of time that are searched apart: few papers of one year are found among those of many."""

from dataclasses import replace
from datetime import timedelta

from qa_service.answering.two_ends import within_ends
from qa_service.answering.years import within_years
from qa_service.domain.answers import Filters
from qa_service.retrieval.over_time import over_time
from qa_service.retrieval.question import Reading

# A sum set once a year stands in the papers of the last year and a few weeks.
_NEWEST_DAYS = 400


def within_times(reading: Reading, filters: Filters) -> list[Filters]:
    """Return the limits themselves and, narrower, those of each time that a question asks of."""
    return [
        filters,
        *within_ends(reading, filters),
        *within_years(reading, filters),
        *_newest(reading, filters),
    ]


def _newest(reading: Reading, filters: Filters) -> list[Filters]:
    """Return limits to the last year of the papers where the newest word is asked for, or what changed."""
    if reading.newest is None or over_time(reading.text) is None:
        return []
    begun = reading.newest - timedelta(days=_NEWEST_DAYS)
    if filters.held_from is not None and filters.held_from >= begun:
        return []
    return [replace(filters, held_from=begun)]
