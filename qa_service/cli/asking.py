"""`qa ask` and `qa search`."""

from typing import TYPE_CHECKING, Annotated, Any, TypeVar, cast

import typer

from qa_service.cli.options import (
    AsJson,
    Body,
    Council,
    DataDir,
    HeldFrom,
    HeldTo,
    Kind,
    filters_of,
    settings_of,
)
from qa_service.cli.output import err, out, print_explanation, print_json, print_place, print_reply
from qa_service.cli.papers import tell_of_export

if TYPE_CHECKING:
    from collections.abc import Callable

    from qa_service.api.explanations import ExplainedReplyBody
    from qa_service.bootstrap import Services
    from qa_service.config import Settings

Found = TypeVar("Found")


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("ask")(ask)
    app.command("search")(search)


def ask(  # noqa: PLR0913 - one parameter an option
    question: Annotated[str, typer.Argument(help="A question in plain words.")],
    *,
    data_dir: DataDir = None,
    council: Council = None,
    body: Body = None,
    held_from: HeldFrom = None,
    held_to: HeldTo = None,
    kind: Kind = None,
    as_of: Annotated[str | None, typer.Option(help="Hide every meeting after this day.")] = None,
    max_statements: Annotated[
        int | None, typer.Option(help="At most so many statements; unset: 5, of a list 20.")
    ] = None,
    explain: Annotated[bool, typer.Option(help="Show the candidates and what decided.")] = False,
    as_json: AsJson = False,
) -> None:
    """Answer a question, with citations, or say that the papers do not hold the answer."""
    from qa_service.api.asking import ask as answer  # noqa: PLC0415 - numpy and the rest, not for --help
    from qa_service.domain.access import PUBLIC_ONLY  # noqa: PLC0415

    request = {
        "question": question,
        "filters": filters_of(council, body, held_from, held_to, kind),
        "as_of": as_of,
        "max_statements": max_statements,
        "explain": explain,
    }
    reply = _with_services(
        settings_of(data_dir), lambda services: answer(services, _read(request), PUBLIC_ONLY)
    )
    if as_json:
        print_json(reply.model_dump_json(indent=1))
        return
    print_reply(reply)
    if explain:
        print_explanation(cast("ExplainedReplyBody", reply).explain)


def search(  # noqa: PLR0913
    words: Annotated[str, typer.Argument(help="Words or a question.")],
    *,
    data_dir: DataDir = None,
    council: Council = None,
    body: Body = None,
    held_from: HeldFrom = None,
    held_to: HeldTo = None,
    kind: Kind = None,
    k: Annotated[int, typer.Option("--k", help="At most so many passages.", min=1, max=100)] = 10,
    as_json: AsJson = False,
) -> None:
    """Rank passages, without weighing whether they answer."""
    from qa_service.api.asking import search as find  # noqa: PLC0415
    from qa_service.domain.access import PUBLIC_ONLY  # noqa: PLC0415

    request = {"question": words, "filters": filters_of(council, body, held_from, held_to, kind)}
    found = _with_services(
        settings_of(data_dir), lambda services: find(services, _read(request), k, PUBLIC_ONLY)
    )
    if as_json:
        print_json(found.model_dump_json(indent=1))
        return
    for hit in found.hits:
        out.print(f"{hit.rank}. ({hit.score:.2f})")
        print_place(hit)


def _with_services(settings: "Settings", work: "Callable[[Services], Found]") -> "Found":
    """Return what the work returns; index files found damaged are rebuilt first, then it is done again."""
    from qa_service.bootstrap import open_ingestion, open_services  # noqa: PLC0415
    from qa_service.errors import IndexUnavailable  # noqa: PLC0415

    tell_of_export(settings)

    try:
        with open_services(settings) as services:
            return work(services)
    except IndexUnavailable:
        err.print("index files are damaged: they are rebuilt from the stored papers")
        with open_ingestion(settings):  # opening recovers
            pass
        with open_services(settings) as services:
            return work(services)


def _read(request: dict[str, Any]) -> Any:  # noqa: ANN401 - an AskBody, imported only when a command runs
    from pydantic import ValidationError  # noqa: PLC0415

    from qa_service.api.invalid import as_error  # noqa: PLC0415
    from qa_service.api.question_bodies import AskBody  # noqa: PLC0415

    try:
        return AskBody.model_validate(request)
    except ValidationError as error:
        raise as_error(error.errors()) from error
