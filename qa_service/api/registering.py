"""One use case for API, pages and command line: pages of the register, with citations."""

from collections.abc import Iterator
from datetime import date

from qa_service.api.pagination import decode_cursor, encode_cursor
from qa_service.api.register_bodies import CommitmentBody, CommitmentsBody, ResolutionBody, ResolutionsBody
from qa_service.domain.access import Access
from qa_service.domain.register import RegisterQuery, Verdicts
from qa_service.errors import NotFound
from qa_service.store.database import Connection
from qa_service.store.register_lists import (
    count_resolutions,
    list_commitments,
    list_resolutions,
    page_of_commitments,
)

_EXPORT_PAGE = 500


def resolutions(
    reader: Connection, query: RegisterQuery, cursor: str | None, limit: int, allowed: frozenset[Access]
) -> ResolutionsBody:
    """Return a page of decisions. Raises BadFilter for a cursor that no list gave out."""
    skip = decode_cursor(cursor)
    total = count_resolutions(reader, query, allowed)
    listed = list_resolutions(reader, query, allowed, skip, limit)
    return ResolutionsBody(
        resolutions=[ResolutionBody.of(reader, each, allowed) for each in listed],
        total=total,
        next=_next(skip, limit, total),
    )


def every_resolution(
    reader: Connection, query: RegisterQuery, allowed: frozenset[Access]
) -> Iterator[ResolutionBody]:
    """Yield all decisions that a query admits, in the order of the list."""
    skip = 0
    while listed := list_resolutions(reader, query, allowed, skip, _EXPORT_PAGE):
        yield from (ResolutionBody.of(reader, each, allowed) for each in listed)
        skip += len(listed)


def commitments(
    reader: Connection,
    query: RegisterQuery,
    verdicts: Verdicts,
    on: date,
    cursor: str | None,
    limit: int,
    allowed: frozenset[Access],
) -> CommitmentsBody:
    """Return a page of commitments as they stand on a day. Raises BadFilter for a foreign cursor."""
    skip = decode_cursor(cursor)
    listed, counts = page_of_commitments(reader, query, allowed, on, verdicts, slice(skip, skip + limit))
    total = sum(counts[state] for state in query.states or counts)
    return CommitmentsBody(
        commitments=[CommitmentBody.of(reader, each, allowed) for each in listed],
        on=on,
        total=total,
        next=_next(skip, limit, total),
    )


def commitment(
    reader: Connection, key: str, verdicts: Verdicts, on: date, allowed: frozenset[Access]
) -> CommitmentBody:
    """Return one commitment by its key, as it stands on a day. Raises NotFound."""
    found = list_commitments(reader, RegisterQuery(key=key), allowed, on, verdicts) if key else []
    if not found:
        raise NotFound("commitment", key)
    return CommitmentBody.of(reader, found[0], allowed)


def every_commitment(
    reader: Connection, query: RegisterQuery, verdicts: Verdicts, on: date, allowed: frozenset[Access]
) -> Iterator[CommitmentBody]:
    """Yield all commitments that a query admits, in the order of the list."""
    for each in list_commitments(reader, query, allowed, on, verdicts):
        yield CommitmentBody.of(reader, each, allowed)


def _next(skip: int, limit: int, total: int) -> str | None:
    return encode_cursor(skip + limit) if skip + limit < total else None
