"""Routes for those who keep the service running."""

from fastapi import APIRouter, Response
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from qa_service.api.dependencies import ServicesDep
from qa_service.api.question_bodies import Body
from qa_service.domain.access import PUBLIC_ONLY
from qa_service.store.database import sqlite_version
from qa_service.store.papers import read_before

router = APIRouter()


class HealthBody(Body):
    """The process is alive."""

    status: str = "ok"


class ReadyBody(Body):
    """What the service answers from.

    `read_before`: papers that an older version read; they rank lower until `qa ingest` reads them again.
    """

    status: str = "ready"
    generation: int
    documents: int
    passages: int
    read_before: int
    encoder: str
    sqlite: str


@router.get("/healthz")
def healthz() -> HealthBody:
    """Say that the process is alive."""
    return HealthBody()


@router.get("/readyz")
def readyz(services: ServicesDep) -> ReadyBody:
    """Say that questions can be answered, and from what. 503 while an index is rebuilt."""
    with services.database.reading() as reader:
        snapshots = services.retriever.snapshots(reader, PUBLIC_ONLY)
        older = read_before(reader, PUBLIC_ONLY)
    generations = [snapshot.generation for snapshot in snapshots]
    return ReadyBody(
        generation=max((each.number for each in generations), default=0),
        documents=sum(each.documents for each in generations),
        passages=sum(each.passages for each in generations),
        read_before=older,
        encoder=services.retriever.fingerprint,
        sqlite=sqlite_version(),
    )


@router.get("/metrics", response_class=Response)
def metrics() -> Response:
    """Return counters in Prometheus' text format: how many, how fast; never what was asked."""
    return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)
