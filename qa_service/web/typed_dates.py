"""Dates as people type them into a field: 23 January 2024, 23/1/2024, or as a date field sends them."""

from datetime import date

from qa_service.documents.dates import dates_in

LIKE = "must be a date like 23 January 2024"


def typed_date(text: str) -> date | None:
    """Return the date that a field holds; None where it holds anything else, or a date and more."""
    text = text.strip()
    return next((each.value for each in dates_in(text) if len(each.span) == len(text)), None)
