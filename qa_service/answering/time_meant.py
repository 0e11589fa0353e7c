"""The time at which a question says that a thing was so, or was done at a meeting."""

import re
from dataclasses import replace

from qa_service.domain.answers import Filters
from qa_service.retrieval.question import Reading
from qa_service.retrieval.question_dates import DateMention

# What stands behind a time that is a meeting's: nothing, or the name of a body.
_OF_A_MEETING = re.compile(
    r"(?:['’]s\b)?\s*(?:$|[?.,;:]|(?:[\w’'&-]+\s+){0,6}(?:meeting|panel|committee|cabinet|council|board|forum)\b)",
    re.IGNORECASE,
)


def time_meant(reading: Reading) -> DateMention | None:
    """Return the first stretch of time that is a meeting's; None where none is named.

    "An interest in the March budget" names a time of the subject, "since March" an open one.
    """
    return next(
        (
            each
            for each in reading.mentions
            if not each.is_open and _OF_A_MEETING.match(reading.text, each.end)
        ),
        None,
    )


def within_time(reading: Reading, filters: Filters) -> Filters:
    """Return filters that also limit meetings to the time meant; as they are where they limit it already."""
    time = time_meant(reading)
    if time is None or filters.held_from or filters.held_to:
        return filters
    return replace(filters, held_from=time.first, held_to=time.last)
