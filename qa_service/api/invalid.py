"""Says in plain words what of a request does not fit the contract."""

from collections.abc import Iterable, Mapping
from typing import Any

from qa_service.api.question_bodies import AskBody, FiltersBody
from qa_service.errors import BadFilter, BadRequest, QAServiceError

_PLACES = {"body", "query", "path", "header"}


def misfits(errors: Iterable[Mapping[str, Any]]) -> list[tuple[str, str]]:
    """Return (field, why) of pydantic's errors; an unknown field is told which ones there are."""
    return [(_field(error), _why(error)) for error in errors]


def as_error(errors: Iterable[Mapping[str, Any]]) -> QAServiceError:
    """Return the error of a request that does not fit: BadFilter where a filter is to blame."""
    given = list(errors)
    named = misfits(given)
    if len(named) == 1 and _in_filters(given[0]):
        return BadFilter(_filter_named(given[0]), named[0][1])
    return BadRequest(f"the request cannot be read: {'; '.join(f'{field}: {why}' for field, why in named)}")


def _field(error: Mapping[str, Any]) -> str:
    steps = [str(step) for step in error["loc"]]
    if steps and steps[0] in _PLACES:
        steps = steps[1:]
    return ".".join(steps) or "body"


def _filter_named(error: Mapping[str, Any]) -> str:
    """Return the filter's own name, without where in the request and in its list the misfit stands."""
    return next(str(step) for step in reversed(error["loc"]) if isinstance(step, str))


def _why(error: Mapping[str, Any]) -> str:
    if error["type"] == "enum":
        return f"must be {error['ctx']['expected']}"
    if error["type"].startswith("date"):
        return "must be a date like 2021-02-09"
    if error["type"] != "extra_forbidden":
        return str(error["msg"])
    known = FiltersBody if _in_filters(error) else AskBody
    return f"there is no such field; there are {', '.join(known.model_fields)}"


def _in_filters(error: Mapping[str, Any]) -> bool:
    return "filters" in error["loc"] or error["loc"][:1] == ("query",)
