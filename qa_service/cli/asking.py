"""`qa ask` and `qa search`."""

from typing import Annotated, Any

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
from qa_service.cli.output import out, print_place, print_reply


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
    max_statements: Annotated[int, typer.Option(help="At most so many statements.")] = 5,
    explain: Annotated[bool, typer.Option(help="Show the candidates and what decided.")] = False,
    as_json: AsJson = False,
) -> None:
    """Answer a question, with citations, or say that the papers do not hold the answer."""
    from qa_service.api.asking import ask as answer  # noqa: PLC0415 - numpy and the rest, not for --help
    from qa_service.bootstrap import open_services  # noqa: PLC0415
    from qa_service.domain.access import PUBLIC_ONLY  # noqa: PLC0415

    request = {
        "question": question,
        "filters": filters_of(council, body, held_from, held_to, kind),
        "as_of": as_of,
        "max_statements": max_statements,
        "explain": explain,
    }
    with open_services(settings_of(data_dir)) as services:
        reply = answer(services, _read(request), PUBLIC_ONLY)
    if as_json:
        out.print(reply.model_dump_json(indent=1), markup=False)
    else:
        print_reply(reply)


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
    from qa_service.api.answers import search as find  # noqa: PLC0415
    from qa_service.bootstrap import open_services  # noqa: PLC0415

    request = {"question": words, "filters": filters_of(council, body, held_from, held_to, kind)}
    with open_services(settings_of(data_dir)) as services:
        found = find(services, _read(request), k)
    if as_json:
        out.print(found.model_dump_json(indent=1), markup=False)
        return
    for hit in found.hits:
        out.print(f"{hit.rank}. ({hit.score:.2f})", markup=False)
        print_place(hit)


def _read(request: dict[str, Any]) -> Any:  # noqa: ANN401 - an AskBody, imported only when a command runs
    from pydantic import ValidationError  # noqa: PLC0415

    from qa_service.api.bodies import AskBody  # noqa: PLC0415
    from qa_service.errors import BadFilter  # noqa: PLC0415

    try:
        return AskBody.model_validate(request)
    except ValidationError as error:
        first = error.errors()[0]
        raise BadFilter(".".join(str(part) for part in first["loc"]), first["msg"]) from error
