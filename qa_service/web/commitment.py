"""One commitment on a page of its own: its state, what is linked to it, and what officers said of that."""

from dataclasses import dataclass

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from qa_service.api.dependencies import ServicesDep
from qa_service.api.register import today, verdicts_of
from qa_service.api.register_links import KeptVerdictBody
from qa_service.api.registering import commitment
from qa_service.bootstrap import Services
from qa_service.domain.access import PUBLIC_ONLY
from qa_service.web.contents import OverviewDep
from qa_service.web.register_view import SAYS, TAGS, CommitmentView, commitment_view
from qa_service.web.rendering import page
from qa_service.web.words import day, upper_first

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)


@dataclass(frozen=True, slots=True)
class SaidView:
    """What an officer did about a link: `about` is the paper at its other end."""

    kept: KeptVerdictBody
    what: str
    about: str


@router.get("/register/commitments/{key}")
def commitment_page(request: Request, key: str, services: ServicesDep, overview: OverviewDep) -> HTMLResponse:
    """Show a commitment and its links; to officers also what was said of them, by whom and when."""
    view = view_of(services, key)
    context = {
        "each": view,
        "tags": TAGS,
        "on": today(),
        "history": history_of(services, view),
        "several_councils": len(overview.councils) > 1,
    }
    return page(request, "register_commitment.html", context)


def view_of(services: Services, key: str) -> CommitmentView:
    """Return the view of a commitment as it stands today. Raises NotFound."""
    with services.database.reading() as reader:
        body = commitment(reader, key, verdicts_of(services), today(), PUBLIC_ONLY)
    return commitment_view(services.database, body)


def history_of(services: Services, view: CommitmentView) -> list[SaidView]:
    """Return what officers said of the links of a commitment, oldest first."""
    papers = {
        link.body.key: f"the paper of {day(link.body.reported_on)}"
        for link in (*view.follow_ups, *view.rejected)
    }
    rows = services.journal.verdict_history() if services.journal is not None else []
    kept = [KeptVerdictBody.of(row) for row in rows if row["commitment"] == view.body.key]
    return [
        SaidView(each, _what(each), papers.get(each.evidence, "a paper that is no longer here"))
        for each in kept
    ]


def _what(kept: KeptVerdictBody) -> str:
    verdict = upper_first(kept.verdict)
    return f"{verdict}: the paper {SAYS[kept.says]}" if kept.says else verdict
