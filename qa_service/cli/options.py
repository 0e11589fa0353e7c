"""Options that several commands share, and the settings that they give."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from qa_service.config import Settings

DataDir = Annotated[
    Path | None,
    typer.Option("--data-dir", help="Where everything is stored (QA_DATA_DIR).", show_default=False),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON, the same as the API gives.")]
Council = Annotated[list[str] | None, typer.Option("--council", help="Only papers of this council.")]
Body = Annotated[list[str] | None, typer.Option("--body", help="Only papers of this body.")]
HeldFrom = Annotated[
    str | None, typer.Option("--from", help="Only meetings on or after this day, 2021-02-09.")
]
HeldTo = Annotated[str | None, typer.Option("--to", help="Only meetings up to this day.")]
Kind = Annotated[
    list[str] | None, typer.Option("--kind", help="Only papers of this kind: minutes, report, ...")
]


def settings_of(data_dir: Path | None, **given: Any) -> "Settings":  # noqa: ANN401 - any setting
    """Return the settings in force: options first, then QA_* variables, then defaults; start logging.

    Raises BadSetting.
    """
    from pydantic import ValidationError  # noqa: PLC0415 - not needed to print help
    from pydantic_settings import SettingsError  # noqa: PLC0415

    from qa_service.config import Settings  # noqa: PLC0415
    from qa_service.errors import BadSetting  # noqa: PLC0415
    from qa_service.logs import configure  # noqa: PLC0415

    chosen = {name: value for name, value in given.items() if value is not None}
    if data_dir is not None:
        chosen["data_dir"] = data_dir
    try:
        settings = Settings(**chosen)
    except ValidationError as error:
        first = error.errors(include_input=False)[0]
        name = "QA_" + "__".join(str(step) for step in first["loc"]).upper()
        raise BadSetting(name, first["msg"]) from None  # what was given may be a key: it is not repeated
    except SettingsError as error:
        raise BadSetting("of a QA_* variable", str(error)) from None
    configure(settings.log_level, settings.log_format)
    return settings


def filters_of(
    council: list[str] | None,
    body: list[str] | None,
    held_from: str | None,
    held_to: str | None,
    kind: list[str] | None,
) -> dict[str, Any]:
    """Return the filters as the API takes them."""
    return {
        "council": council or [],
        "body": body or [],
        "held_from": held_from,
        "held_to": held_to,
        "kinds": kind or [],
    }
