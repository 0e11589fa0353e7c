"""Officers judge the links of the register, and make links that it did not find."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from pydantic import BaseModel, ConfigDict, StringConstraints

from qa_service.api.dependencies import ServicesDep
from qa_service.api.register import today
from qa_service.api.register_links import BadLink, NewLinkBody, VerdictBody, add_link, judge_link
from qa_service.bootstrap import Services
from qa_service.domain.register import Says
from qa_service.errors import NotFound
from qa_service.web.commitment import view_of
from qa_service.web.contents import OverviewDep
from qa_service.web.labels import paper_named
from qa_service.web.register_view import SAYS, FollowUpView
from qa_service.web.rendering import page
from qa_service.web.sessions import SessionsDep, require_officer

router = APIRouter(prefix="/officers/links", include_in_schema=False, dependencies=[Depends(require_officer)])

_Short = Annotated[str, StringConstraints(strip_whitespace=True, max_length=100)]
_Note = Annotated[str, StringConstraints(strip_whitespace=True, max_length=500)]
_Words = Annotated[str, StringConstraints(strip_whitespace=True, max_length=2000)]
_VERDICTS = {
    "confirmed": "It is right",
    "corrected": "The paper does report on this, but says something else",
    "rejected": "The paper does not report on this",
}
_WHICH = {says.value: f"It {what}" for says, what in SAYS.items()}


class _Signed(BaseModel):
    """What every form of these pages asks: who says so, and why."""

    model_config = ConfigDict(frozen=True)

    says: _Short = ""
    note: _Note = ""
    editor: _Short = ""
    token: str = ""

    def missing(self, *, needs_says: bool) -> dict[str, str]:
        """Return what is wrong, by field."""
        errors = {}
        if needs_says and self.says not in _WHICH:
            errors["says"] = "Choose what the paper says"
        if not self.editor:
            errors["editor"] = "Write your name"
        return errors


class VerdictForm(_Signed):
    """What an officer says of a link."""

    verdict: _Short = ""


class LinkForm(_Signed):
    """A link to make. `document` is a file name or the address of a page; `words` are those of the paper."""

    document: Annotated[str, StringConstraints(strip_whitespace=True, max_length=400)] = ""
    words: _Words = ""


@router.get("/{key}/add")
def add_page(request: Request, key: str, services: ServicesDep) -> HTMLResponse:
    """Show the form that links a commitment to a later paper."""
    return _add_form(request, services, key, LinkForm(), {}, 200)


@router.post("/{key}/add")
def post_link(
    request: Request,
    key: str,
    services: ServicesDep,
    sessions: SessionsDep,
    overview: OverviewDep,
    form: Annotated[LinkForm, Form()],
) -> Response:
    """Keep the link, and go back to the commitment."""
    sessions.check_form(request, form.token)
    errors = form.missing(needs_says=True)
    errors |= {} if form.document else {"document": "Give the file name or the address of the paper"}
    errors |= {} if form.words else {"words": "Copy the words that report on this"}
    if not errors:
        errors = _added(services, key, form, paper_named(overview, form.document))
    if errors:
        return _add_form(request, services, key, form, errors, 422)
    return RedirectResponse(f"/register/commitments/{key}#history", 303)


@router.get("/{key}/{evidence}")
def check_page(request: Request, key: str, evidence: str, services: ServicesDep) -> HTMLResponse:
    """Show the form that judges a link."""
    return _check_form(request, services, (key, evidence), VerdictForm(), {}, 200)


@router.post("/{key}/{evidence}")
def post_verdict(
    request: Request,
    key: str,
    evidence: str,
    services: ServicesDep,
    sessions: SessionsDep,
    form: Annotated[VerdictForm, Form()],
) -> Response:
    """Keep the verdict, and go back to the commitment."""
    sessions.check_form(request, form.token)
    corrects = form.verdict == "corrected"
    errors = {} if form.verdict in _VERDICTS else {"verdict": "Choose what is the case"}
    errors |= form.missing(needs_says=corrects)
    if errors:
        return _check_form(request, services, (key, evidence), form, errors, 422)
    says = form.says if corrects else None
    given = {"verdict": form.verdict, "says": says, "note": form.note, "editor": form.editor}
    judge_link(
        services, VerdictBody.model_validate({"commitment": key, "evidence": evidence, **given}), today()
    )
    return RedirectResponse(f"/register/commitments/{key}#history", 303)


def _added(services: Services, key: str, form: LinkForm, document: str) -> dict[str, str]:
    """Make the link; return what is wrong, by field."""
    new = NewLinkBody(
        commitment=key,
        document=document[:64],
        words=form.words,
        says=Says(form.says),
        note=form.note,
        editor=form.editor,
    )
    view_of(services, key)  # no such commitment is no fault of the paper's field
    try:
        add_link(services, new, today())
    except BadLink as error:
        return {error.field: str(error)[:1].upper() + str(error)[1:]}
    except NotFound:
        return {"document": "No paper here has this file name or address"}
    return {}


def _add_form(
    request: Request, services: Services, key: str, form: LinkForm, errors: dict[str, str], status: int
) -> HTMLResponse:
    context = {"each": view_of(services, key), "form": form, "errors": errors}
    return _shown(request, services, "link_add.html", context, status)


def _check_form(
    request: Request,
    services: Services,
    keys: tuple[str, str],
    form: VerdictForm,
    errors: dict[str, str],
    status: int,
) -> HTMLResponse:
    view = view_of(services, keys[0])
    links: dict[str, FollowUpView] = {each.body.key: each for each in (*view.follow_ups, *view.rejected)}
    if keys[1] not in links:
        raise NotFound("link", keys[1])
    context = {"each": view, "link": links[keys[1]], "verdicts": _VERDICTS, "form": form, "errors": errors}
    return _shown(request, services, "link_check.html", context, status)


def _shown(
    request: Request, services: Services, name: str, context: dict[str, Any], status: int
) -> HTMLResponse:
    given = {
        "choices": _WHICH,
        "editors": sorted({row["editor"] for row in services.kept().verdict_history()}),
        "token": request.app.state.sessions.form_token(request),
        **context,
    }
    return page(request, name, given, status=status)
