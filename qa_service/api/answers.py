"""Routes that ask, search, replay and check."""

from datetime import date
from typing import Annotated, Literal

from fastapi import APIRouter, Query
from pydantic import Field

from qa_service.answering.verification import Verdict, verify
from qa_service.api.asking import ask, passage, replayed, search
from qa_service.api.bodies import CitationBody, PassageBody, ReplyBody, SearchBody
from qa_service.api.dependencies import ServicesDep
from qa_service.api.explanations import ExplainedReplyBody
from qa_service.api.question_bodies import AskBody, Body, FiltersBody, Words
from qa_service.domain.access import PUBLIC_ONLY

router = APIRouter(prefix="/v1")


class VerdictBody(Body):
    """What became of a quote: unchanged, moved, altered or withdrawn; and where it stands now."""

    n: int
    verdict: Verdict
    now: CitationBody | None


class FeedbackBody(Body):
    """What somebody thought of an answer."""

    answer_id: Words
    verdict: Literal["right", "wrong", "incomplete", "should_have_answered", "should_have_refused"]
    comment: Words = Field(default="", max_length=2000)


class FeedbackKept(Body):
    """The id under which feedback was kept."""

    id: str


@router.post("/answers")
def post_answer(body: AskBody, services: ServicesDep) -> ExplainedReplyBody | ReplyBody:
    """Answer a question from the council's papers, with citations, or say that they do not hold it.

    With `explain` the reply carries the candidates, the sentences weighed and the stage that decided.
    """
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


class SearchQuery(FiltersBody):
    """Words or a question, and what narrows the search."""

    q: Words
    k: int = Field(default=10, ge=1, le=100)
    as_of: date | None = None

    def asked(self) -> AskBody:
        """Return the question."""
        filters = FiltersBody(**self.model_dump(exclude={"q", "k", "as_of"}))
        return AskBody(question=self.q, filters=filters, as_of=self.as_of)


@router.get("/search")
def get_search(services: ServicesDep, query: Annotated[SearchQuery, Query()]) -> SearchBody:
    """Return passages ranked by both legs, each with its place."""
    return search(services, query.asked(), query.k, PUBLIC_ONLY)


@router.get("/passages/{passage_id}")
def get_passage(passage_id: str, services: ServicesDep) -> PassageBody:
    """Return a passage and its place."""
    return passage(services, passage_id, PUBLIC_ONLY)


@router.post("/feedback", status_code=201)
def post_feedback(body: FeedbackBody, services: ServicesDep) -> FeedbackKept:
    """Keep what somebody thought of an answer."""
    replayed(services, body.answer_id, PUBLIC_ONLY)
    return FeedbackKept(id=services.kept().keep_feedback(body.answer_id, body.verdict, body.comment))
