"""Routes that ask, search, replay and check."""

from datetime import date
from typing import Annotated, Literal

from fastapi import APIRouter, Query
from pydantic import Field

from qa_service.answering.citations import cite
from qa_service.answering.verification import Verdict, verify
from qa_service.api.asking import ask, replayed
from qa_service.api.bodies import (
    AskBody,
    Body,
    CitationBody,
    FiltersBody,
    ReplyBody,
    UnderstoodBody,
)
from qa_service.api.dependencies import ServicesDep
from qa_service.domain.access import PUBLIC_ONLY
from qa_service.domain.documents import DocumentKind

router = APIRouter(prefix="/v1")


class HitBody(CitationBody):
    """A ranked passage. `text` is `quote`: the exact slice [start, end) of the document's text."""

    passage_id: str
    rank: int
    score: float
    text: str


class SearchBody(Body):
    """Ranked passages, best first."""

    hits: list[HitBody]
    understood: UnderstoodBody
    generation: int


class VerdictBody(Body):
    """What became of a quote: unchanged, moved, altered or withdrawn; and where it stands now."""

    n: int
    verdict: Verdict
    now: CitationBody | None


class FeedbackBody(Body):
    """What somebody thought of an answer."""

    answer_id: str
    verdict: Literal["right", "wrong", "incomplete", "should_have_answered", "should_have_refused"]
    comment: str = Field(default="", max_length=2000)


class FeedbackKept(Body):
    """The id under which feedback was kept."""

    id: str


@router.post("/answers")
def post_answer(body: AskBody, services: ServicesDep) -> ReplyBody:
    """Answer a question from the council's papers, with citations, or say that they do not hold it."""
    # A plain `def`: encoding and SQLite block, so Starlette gives it a thread. QAServiceError becomes an
    # RFC 9457 problem in app.py, once for all routes.
    return ask(services, body, PUBLIC_ONLY)


@router.get("/answers/{answer_id}")
def get_answer(answer_id: str, services: ServicesDep) -> ReplyBody:
    """Return an answer as it was given."""
    return replayed(services, answer_id, PUBLIC_ONLY)


@router.post("/answers/{answer_id}/verify")
def verify_answer(answer_id: str, services: ServicesDep) -> list[VerdictBody]:
    """Check every quote of an answer against the papers as they are now."""
    reply = replayed(services, answer_id, PUBLIC_ONLY)
    with services.database.reading() as reader:
        bodies = []
        for citation in reply.citations:
            verdict, now = verify(reader, citation.document.id, citation.start, citation.quote, PUBLIC_ONLY)
            bodies.append(
                VerdictBody(n=citation.n, verdict=verdict, now=now and CitationBody.of(citation.n, now))
            )
        return bodies


@router.get("/search")
def get_search(  # noqa: PLR0913 - one parameter a filter, as in a query string
    services: ServicesDep,
    q: Annotated[str, Query(description="words or a question")],
    *,
    k: Annotated[int, Query(ge=1, le=100)] = 10,
    council: Annotated[list[str], Query()] = [],  # noqa: B006 - FastAPI reads, never writes it
    body: Annotated[list[str], Query()] = [],  # noqa: B006
    held_from: date | None = None,
    held_to: date | None = None,
    kinds: Annotated[list[DocumentKind], Query()] = [],  # noqa: B006
    documents: Annotated[list[str], Query()] = [],  # noqa: B006
) -> SearchBody:
    """Return passages ranked by both legs, each with its place."""
    filters = FiltersBody(
        council=council, body=body, held_from=held_from, held_to=held_to, kinds=kinds, documents=documents
    )
    return search(services, AskBody(question=q, filters=filters), k)


def search(services: "ServicesDep", body: AskBody, k: int) -> SearchBody:
    """Return at most k passages for a question, ranked as answering ranks them."""
    found = services.answerer.search(body.value(), k, PUBLIC_ONLY)
    with services.database.reading() as reader:
        hits = []
        for rank, candidate in enumerate(found.candidates, start=1):
            passage = candidate.passage
            citation = cite(reader, passage.document_id, passage.span, PUBLIC_ONLY)
            hits.append(
                HitBody(
                    **dict(CitationBody.of(rank, citation)),
                    passage_id=passage.id,
                    rank=rank,
                    score=candidate.score,
                    text=citation.quote,
                )
            )
    return SearchBody(hits=hits, understood=UnderstoodBody.of(found.understood), generation=found.generation)


@router.post("/feedback", status_code=201)
def post_feedback(body: FeedbackBody, services: ServicesDep) -> FeedbackKept:
    """Keep what somebody thought of an answer."""
    replayed(services, body.answer_id, PUBLIC_ONLY)
    return FeedbackKept(id=services.kept().keep_feedback(body.answer_id, body.verdict, body.comment))
