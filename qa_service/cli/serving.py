"""`qa serve` and `qa config`."""

import socket
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qa_service.cli.options import DataDir, settings_of
from qa_service.cli.output import err, out, print_reply
from qa_service.cli.papers import run_ingestion, tell_of_export, tell_older
from qa_service.errors import CannotListen

if TYPE_CHECKING:
    from qa_service.bootstrap import Services
    from qa_service.config import Settings

_FIRST_QUESTION = "What was resolved on the IRS annual report?"


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("serve")(serve)
    app.command("config")(config)


def serve(
    *,
    data_dir: DataDir = None,
    host: Annotated[str | None, typer.Option(help="Address to listen on; 127.0.0.1 unless told.")] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on.")] = None,
    sample: Annotated[bool, typer.Option(help="Serve the papers of the fictional sample council.")] = False,
) -> None:
    """Serve pages and API. It sees papers that are ingested meanwhile, without a restart."""
    import uvicorn  # noqa: PLC0415

    from qa_service.app import make_app  # noqa: PLC0415
    from qa_service.bootstrap import open_services  # noqa: PLC0415
    from qa_service.domain.access import Access  # noqa: PLC0415
    from qa_service.store.papers import read_before  # noqa: PLC0415

    settings = settings_of(data_dir, host=host, port=port)
    if sample:
        settings = _with_sample(settings)
    tell_of_export(settings)
    with open_services(settings, journal=True) as services:
        listener = _listen(settings.host, settings.port)
        address, chosen = listener.getsockname()[:2]
        with services.database.reading() as reader:
            tell_older(read_before(reader, frozenset(Access)))
        if sample:
            _show_first_answer(services)
        out.print(f"Paperclerk is ready on http://{address}:{chosen}/ (stop it with Ctrl+C)")
        server = uvicorn.Server(
            uvicorn.Config(make_app(services), log_config=None, server_header=False, access_log=False)
        )
        server.run(sockets=[listener])


def _listen(host: str, port: int) -> socket.socket:
    """Return a socket that listens already: what connects from now on waits and is not refused."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except OSError as error:
        why = (error.strerror or str(error)).partition(" (while")[0]  # Python adds the address, again
        raise CannotListen(host, port, why) from error


def config(*, data_dir: DataDir = None) -> None:
    """Print the settings in force; a misspelt variable shows by what is missing here."""
    settings = settings_of(data_dir)
    for name, value in settings.model_dump().items():
        out.print(f"{name} = {value}")


def _with_sample(settings: "Settings") -> "Settings":
    """Return settings that serve the sample's papers, which are indexed on first use and kept."""
    from qa_service.sample import papers_directory  # noqa: PLC0415

    chosen = settings.model_copy(update={"data_dir": settings.data_dir / "sample"})
    err.print("Reading the sample council's papers (on first use: half a minute at most)")
    run_ingestion(chosen, [Path(papers_directory())], prune=True)
    return chosen


def _show_first_answer(services: "Services") -> None:
    from qa_service.api.asking import ask  # noqa: PLC0415
    from qa_service.api.question_bodies import AskBody  # noqa: PLC0415
    from qa_service.domain.access import PUBLIC_ONLY  # noqa: PLC0415

    out.print(f"\n{_FIRST_QUESTION}")
    print_reply(ask(services, AskBody(question=_FIRST_QUESTION), PUBLIC_ONLY))
    out.print()
