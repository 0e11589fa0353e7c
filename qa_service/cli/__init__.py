"""The command `qa`: papers in, answers out, the service up."""

import logging
import sys
from typing import NoReturn

import typer

from qa_service.cli import asking, papers, registers, serving
from qa_service.cli.output import fail
from qa_service.errors import BadRequest, QAServiceError

app = typer.Typer(
    help="Ask council papers plain questions; get verbatim, page-exact citations.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
for module in (asking, papers, registers, serving):
    module.register(app)


def main() -> NoReturn:
    """Run one command. Exit 0 done, 1 failed, 2 wrong usage; errors are one line on standard error."""
    from embeddings.errors import EmbeddingsError  # noqa: PLC0415 - numpy comes with it, and --help needs neither

    try:
        app()
    except BadRequest as error:
        fail(str(error), 2, error.code)
    except (QAServiceError, EmbeddingsError) as error:
        fail(str(error), 1, getattr(error, "code", None))
    except Exception as error:
        logging.getLogger(__name__).debug("unexpected", exc_info=True)
        fail(f"unexpected {type(error).__name__}: {error}; run again with QA_LOG_LEVEL=DEBUG", 1)
    sys.exit(0)
