"""The search page: a box, an answer with its citations, a refusal with what was searched."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse
from fastapi.templating import Jinja2Templates
from jinja2 import Environment, PackageLoader, select_autoescape

from qa_service.api.asking import ask
from qa_service.api.bodies import AskBody
from qa_service.api.dependencies import ServicesDep
from qa_service.domain.access import PUBLIC_ONLY
from qa_service.errors import BadRequest

router = APIRouter(include_in_schema=False)
templates = Jinja2Templates(
    env=Environment(loader=PackageLoader("qa_service.web"), autoescape=select_autoescape(default=True))
)


@router.get("/", response_class=HTMLResponse)
def search_page(request: Request, services: ServicesDep, q: Annotated[str, Query()] = "") -> HTMLResponse:
    """Show the box, and below it the reply to `q` if there is one."""
    reply, problem = None, None
    if q:
        try:
            reply = ask(services, AskBody(question=q), PUBLIC_ONLY)
        except BadRequest as error:
            problem = str(error)
    citations = {citation.n: citation for citation in reply.citations} if reply else {}
    return templates.TemplateResponse(
        request,
        "ask.html",
        {"question": q, "reply": reply, "citations": citations, "problem": problem},
        status_code=422 if problem else 200,
    )
