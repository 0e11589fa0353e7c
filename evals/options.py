"""Options that several commands take, each said to the reader in the same words."""

from pathlib import Path
from typing import Annotated

import typer

from qa_service.domain.access import Access

Folder = Annotated[Path, typer.Argument(help="folder of a run", exists=True, file_okay=False)]
Folders = Annotated[list[Path], typer.Argument(help="folders of runs", exists=True, file_okay=False)]
Url = Annotated[str | None, typer.Option(help="ask a running server at this address")]
Key = Annotated[
    str | None, typer.Option(envvar="QA_ADMIN_KEY", help="the server's key, where it asks for one")
]
DataDir = Annotated[Path | None, typer.Option(help="ask the papers already in this data directory")]
Papers = Annotated[Path | None, typer.Option(help="folder of papers that the questions are about")]
Work = Annotated[
    Path,
    typer.Option(envvar="QA_EVAL_WORK", help="where indexes and vectors are kept and used again"),
]
Runs = Annotated[Path, typer.Option(help="where the runs of sets are kept")]
Shared = Annotated[Path, typer.Argument(help="the folder that holds eval/ and corpus/")]
Levels = Annotated[list[Access], typer.Option("--clearance", help="access level that the report may show")]
Baselines = Annotated[Path, typer.Option(help="folder of recorded baselines")]
DEFAULT_WORK = Path(".cache/qa-eval")
DEFAULT_RUNS = DEFAULT_WORK / "runs"
DEFAULT_SHARED = Path("../shared")
