"""How answers are made and their limits, and the accessibility statement."""

from pathlib import Path

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from embeddings.models import RERANKER
from qa_service.api.dependencies import ServicesDep
from qa_service.config import NO_RERANKER
from qa_service.domain.resolutions import Standing
from qa_service.web import words
from qa_service.web.contents import OverviewDep
from qa_service.web.rendering import page

router = APIRouter(prefix="/about", include_in_schema=False)


@router.get("/how-answers-are-made")
def how_page(request: Request, services: ServicesDep, overview: OverviewDep) -> HTMLResponse:
    """Show the record of the tool, in the form of the UK's algorithmic transparency record."""
    settings = services.settings
    context = {
        "standings": [(standing.value, words.STANDING[standing]) for standing in Standing],
        "encoder": settings.encoder,
        "precision": settings.precision,
        "reranker": _reranker(settings.reranker),
        "keep_days": settings.keep_answers_days,
        "papers": len(overview.papers),
        "incomplete": sum(bool(each.problems) for each in overview.papers),
        "councils": overview.councils,
    }
    return page(request, "how.html", context)


@router.get("/accessibility")
def accessibility_page(request: Request) -> HTMLResponse:
    """Show the accessibility statement."""
    return page(request, "accessibility.html", {})


def _reranker(named: str) -> str | None:
    """Return the cross-encoder's name; of an operator's own its folder's name alone. None without one."""
    if named == NO_RERANKER:
        return None
    return named if named == RERANKER else Path(named).name
