"""For those who evaluate: the latest report, how runs went over time, and questions to label."""

import json
from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import FileResponse, HTMLResponse, RedirectResponse, Response

from qa_service.api.asking import asked, replayed
from qa_service.api.bodies import ReplyBody
from qa_service.api.dependencies import ServicesDep
from qa_service.api.question_bodies import AskBody
from qa_service.bootstrap import Services
from qa_service.domain.access import PUBLIC_ONLY
from qa_service.web.contents import OverviewDep
from qa_service.web.labels import LabelForm, gold_row, offered
from qa_service.web.plots import trend
from qa_service.web.rendering import page
from qa_service.web.reports import SetResult, history, read_reports, readable_reports, report_path
from qa_service.web.sessions import SessionsDep, require_officer

router = APIRouter(prefix="/evaluation", include_in_schema=False, dependencies=[Depends(require_officer)])

_FIRST_CHOICE = "evidence_cited"


@router.get("")
def evaluation_page(
    request: Request, services: ServicesDep, set_name: str = "", measure: str = ""
) -> HTMLResponse:
    """Show the latest report in figures, the trend of one measure, and the labelled questions."""
    reports, strange = read_reports(services.settings.data_dir)
    sets = history(reports)
    name = set_name if set_name in sets else next(iter(sets), "")
    results = sets.get(name, [])
    measures = {each.measure: each.told for result in results for each in result.headline}
    chosen = next((each for each in (measure, _FIRST_CHOICE, *measures) if each in measures), "")
    runs = [
        (result, found)
        for result in results
        for found in result.headline
        if found.measure == chosen and found.mean is not None
    ]
    context = {
        "sets": list(sets),
        "set_name": name,
        "measures": measures,
        "measure": chosen,
        "latest": results[-1] if results else None,
        "runs": runs,
        "trend": trend(
            [
                (name, found.mean or 0.0)
                for name, (_, found) in zip(_run_names([each for each, _ in runs]), runs, strict=True)
            ]
        ),
        "opinions": len(services.kept().feedback()),
        "strange": strange,
        "readable": readable_reports(services.settings.data_dir),
        "labels": [{**row, "row": json.loads(row["row"])} for row in services.kept().labels()],
        "token": request.app.state.sessions.form_token(request),
    }
    return page(request, "evaluation.html", context)


@router.get("/reports/{name}")
def get_report(name: str, services: ServicesDep) -> FileResponse:
    """Return a report to download: it was written for a browser of its own, not for this site."""
    path = report_path(services.settings.data_dir, name)
    headers = {"Content-Security-Policy": "sandbox"}
    return FileResponse(path, filename=name, media_type="application/octet-stream", headers=headers)


@router.get("/label")
def label_page(request: Request, services: ServicesDep, answer: str = "") -> HTMLResponse:
    """Show the form that labels a question, filled in from an answer where one is named."""
    request_body, reply = _answer(services, answer)
    form = LabelForm(question=request_body.question if request_body else "", answer_id=answer)
    return _form(request, form, reply, {}, 200)


@router.post("/label")
def post_label(
    request: Request,
    services: ServicesDep,
    sessions: SessionsDep,
    overview: OverviewDep,
    form: Annotated[LabelForm, Form()],
) -> Response:
    """Keep a labelled question, once its words are found in the papers."""
    sessions.check_form(request, form.token)
    request_body, reply = _answer(services, form.answer_id)
    with services.database.reading() as reader:
        row, errors = gold_row(reader, overview, form, offered(reply), request_body)
    if row is None:
        return _form(request, form, reply, errors, 422)
    services.kept().keep_label(json.dumps(row, ensure_ascii=False))
    return RedirectResponse("/evaluation#labels", 303)


@router.post("/labels/{label_id}/drop")
def drop_label(
    request: Request,
    label_id: str,
    services: ServicesDep,
    sessions: SessionsDep,
    token: Annotated[str, Form()] = "",
) -> Response:
    """Delete a labelled question."""
    sessions.check_form(request, token)
    services.kept().drop_label(label_id)
    return RedirectResponse("/evaluation#labels", 303)


@router.get("/labels.jsonl")
def get_labels(services: ServicesDep) -> Response:
    """Return the labelled questions as the evaluation's loader reads them, a line each."""
    rows = services.kept().labels()
    lines = "".join(
        json.dumps({"qid": f"labelled-{each['id']}", **json.loads(each["row"])}, ensure_ascii=False) + "\n"
        for each in rows
    )
    headers = {"Content-Disposition": 'attachment; filename="labelled.jsonl"'}
    return Response(lines, media_type="application/x-ndjson", headers=headers)


@router.get("/feedback.jsonl")
def get_feedback(services: ServicesDep) -> Response:
    """Return what readers said of answers, with question and reply, as `qa-eval label feedback` reads it."""
    lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in services.kept().feedback())
    headers = {"Content-Disposition": 'attachment; filename="feedback.jsonl"'}
    return Response(lines, media_type="application/x-ndjson", headers=headers)


def _run_names(results: Sequence[SetResult]) -> list[str]:
    """Return the day of each run, with the time where two are of one day; its number where unknown."""
    days = [result.record.finished[:10] for result in results]
    stamps = [result.record.finished[:16].replace("T", " ") for result in results]
    names = days if len(set(days)) == len(days) else stamps
    return [name or str(number) for number, name in enumerate(names, start=1)]


def _answer(services: Services, answer_id: str) -> tuple[AskBody | None, ReplyBody | None]:
    if not answer_id:
        return None, None
    return asked(services, answer_id, PUBLIC_ONLY), replayed(services, answer_id, PUBLIC_ONLY)


def _form(
    request: Request, form: LabelForm, reply: ReplyBody | None, errors: dict[str, str], status: int
) -> HTMLResponse:
    context = {
        "form": form,
        "errors": errors,
        "passages": offered(reply),
        "token": request.app.state.sessions.form_token(request),
    }
    return page(request, "label.html", context, status=status)
