"""What the asker set as limits holds for everything that is shown, by whatever route it was found."""

from datetime import date

from qa_service.domain.answers import Citation, Filters, Statement


def within_asked(statement: Statement, asked: Filters, as_of: date | None) -> bool:
    """Return whether all that a statement cites lies within the limits set by hand, and not after a day.

    What a paper does not say of itself is outside a limit on it; an undated paper breaks no `as_of`.
    """
    return all(
        _is_of(each, asked) and in_days(each.segment.held_on, asked, as_of) for each in statement.citations
    )


def in_days(held_on: date | None, asked: Filters, as_of: date | None = None) -> bool:
    """Return whether a meeting's day lies within the days asked for; no day only where none are."""
    if held_on is None:
        return asked.held_from is None and asked.held_to is None
    last = min((day for day in (asked.held_to, as_of) if day is not None), default=held_on)
    return (asked.held_from or held_on) <= held_on <= last


def _is_of(citation: Citation, asked: Filters) -> bool:
    document, segment = citation.document, citation.segment
    return (
        (not asked.councils or bool({document.council, segment.council} & asked.councils))
        and (not asked.bodies or bool({document.body, segment.body} & asked.bodies))
        and (not asked.kinds or document.kind in asked.kinds)
        and (not asked.documents or document.id in asked.documents)
    )
