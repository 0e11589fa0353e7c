"""The Ask page, answers kept for replay, and what readers say of them."""

from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from qa_service.api.answers import FeedbackBody, VerdictBody, verify_answer
from qa_service.api.asking import ask, asked, replayed
from qa_service.api.bodies import ReplyBody
from qa_service.api.dependencies import ServicesDep
from qa_service.api.question_bodies import TurnBody
from qa_service.bootstrap import Services
from qa_service.domain.access import PUBLIC_ONLY
from qa_service.domain.documents import DocumentKind
from qa_service.errors import BadRequest, NotFound
from qa_service.store.overview import Overview
from qa_service.web import words
from qa_service.web.ask_form import AskForm
from qa_service.web.contents import OverviewDep, examples_of
from qa_service.web.rendering import page
from qa_service.web.reply_view import PlaceView, place_view, reply_view
from qa_service.web.sessions import SessionsDep

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)


@dataclass(frozen=True, slots=True)
class CheckedView:
    """What became of one quote of an answer."""

    n: int
    verdict: str
    now: PlaceView | None


@router.get("/")
def ask_page(
    request: Request,
    services: ServicesDep,
    overview: OverviewDep,
    sessions: SessionsDep,
    *,
    explain: bool = False,
) -> HTMLResponse:
    """Show the box; below it the reply, where a question was asked, and to officers how it came about."""
    form = AskForm.of(request.query_params)
    history, forgotten = _history(services, form.after)
    reply, errors = None, dict(form.errors)
    if form.question and not errors:
        try:
            wanted = form.request(history)
            wanted.explain = explain and sessions.is_open(request)
            reply = ask(services, wanted, PUBLIC_ONLY)
        except BadRequest as error:
            errors["q"] = words.sentence(str(error))
    elif "q" in request.query_params and not form.question:
        errors["q"] = "Type a question"
    return _shown(
        request,
        services,
        form,
        reply,
        {
            "overview": overview,
            "errors": errors,
            "history": history,
            "forgotten": forgotten,
            "examples": () if form.question else examples_of(request),
        },
    )


@router.get("/answers/{answer_id}")
def answer_page(
    request: Request, answer_id: str, services: ServicesDep, overview: OverviewDep, *, check: bool = False
) -> HTMLResponse:
    """Show an answer as it was given; with `check`, what became of its quotes since."""
    reply = replayed(services, answer_id, PUBLIC_ONLY)
    request_body = asked(services, answer_id, PUBLIC_ONLY)
    checked = [_checked(services, each) for each in verify_answer(answer_id, services)] if check else []
    return _shown(
        request,
        services,
        AskForm.of_request(request_body),
        reply,
        {
            "overview": overview,
            "errors": {},
            "history": request_body.history,
            "forgotten": 0,
            "examples": (),
            "replay": True,
            "checked": checked,
        },
    )


@router.post("/feedback")
def post_feedback(
    request: Request,
    services: ServicesDep,
    sessions: SessionsDep,
    answer_id: Annotated[str, Form()],
    token: Annotated[str, Form()] = "",
    verdict: Annotated[str, Form()] = "",
    comment: Annotated[str, Form()] = "",
) -> HTMLResponse:
    """Keep what somebody thought of an answer, and say thank you."""
    sessions.check_form(request, token)
    reply = replayed(services, answer_id, PUBLIC_ONLY)
    longest = 2000
    errors = {}
    if verdict not in words.VERDICT:
        errors["verdict"] = "Choose what you think of the answer"
    if len(comment) > longest:
        errors["comment"] = f"Write at most {longest} characters"
    if errors:
        context = {"reply": reply, "errors": errors, "verdict": verdict, "comment": comment}
        return page(request, "feedback.html", _feedback(request, sessions, context), status=422)
    body = FeedbackBody(answer_id=answer_id, verdict=verdict, comment=comment)
    services.kept().keep_feedback(body.answer_id, body.verdict, body.comment)
    return RedirectResponse(f"/answers/{answer_id}/thanks", 303)  # type: ignore[return-value]


@router.get("/answers/{answer_id}/thanks")
def thanks_page(request: Request, answer_id: str, services: ServicesDep) -> HTMLResponse:
    """Say that feedback was kept."""
    return page(request, "thanks.html", {"reply": replayed(services, answer_id, PUBLIC_ONLY)})


def _shown(
    request: Request,
    services: Services,
    form: AskForm,
    reply: ReplyBody | None,
    context: dict[str, Any],
) -> HTMLResponse:
    titles = _titles(context["overview"], form)
    link = f"{request.base_url}answers/{reply.id}" if reply else ""
    view = reply_view(services.database, reply, form, link, titles) if reply else None
    given = {
        "link": link,
        "titles": titles,
        "several_councils": len(context["overview"].councils) > 1,
        "form": form,
        "view": view,
        "kinds": [kind.value for kind in DocumentKind],
        "verdicts": words.VERDICT,
        "verdict": "",
        "comment": "",
        "replay": False,
        "checked": [],
        "keep_days": services.settings.keep_answers_days,
        "token": request.app.state.sessions.form_token(request) if reply else "",
        **context,
    }
    return page(request, "ask.html", given, status=422 if given["errors"] else 200)


def _feedback(request: Request, sessions: SessionsDep, context: dict[str, Any]) -> dict[str, Any]:
    return {"verdicts": words.VERDICT, "token": sessions.form_token(request), **context}


def _titles(overview: Overview, form: AskForm) -> dict[str, str]:
    """Return the titles of the papers that alone are searched, by id."""
    return {each.id: each.title for each in overview.papers if each.id in form.documents}


def _history(services: Services, ids: tuple[str, ...]) -> tuple[list[TurnBody], int]:
    """Return the earlier questions of a conversation, and how many are no longer kept."""
    turns = []
    for id_ in ids:
        try:
            turns.append(TurnBody(question=asked(services, id_, PUBLIC_ONLY).question, answer_id=id_))
        except NotFound:
            continue
    return turns, len(ids) - len(turns)


def _checked(services: Services, body: VerdictBody) -> CheckedView:
    meaning = {
        "unchanged": "unchanged: the same words stand at the same place",
        "moved": "moved: the same words stand elsewhere in the newer paper",
        "altered": "altered: the words no longer stand there",
        "withdrawn": "withdrawn: the paper is no longer held here",
    }[body.verdict.value]
    return CheckedView(body.n, meaning, place_view(services.database, body.now) if body.now else None)
