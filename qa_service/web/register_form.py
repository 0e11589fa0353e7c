"""What narrows a page of the register, as its address carries it: the fields of the API, none required."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar, get_origin
from urllib.parse import urlencode

from pydantic import ValidationError
from starlette.datastructures import QueryParams

from qa_service.api.invalid import misfits
from qa_service.api.question_bodies import Body
from qa_service.web.typed_dates import LIKE, typed_date

Query = TypeVar("Query", bound=Body)

# The fields that hold dates.
_NAMES = {
    "held_from": "Meetings from",
    "held_to": "Meetings to",
    "due_from": "Due from",
    "due_to": "Due by",
    "on": "As things stood on",
}
_NOT_ON_THE_FORM = frozenset({"cursor", "limit"})


@dataclass(frozen=True, slots=True)
class FilledForm(Generic[Query]):
    """A form as filled in. `query` is what of it could be read; `errors` say what could not, by field."""

    query: Query
    given: Mapping[str, Sequence[str]]
    number: int
    errors: dict[str, str] = field(default_factory=dict)

    def first(self, name: str) -> str:
        """Return what was typed or chosen in a field, "" where nothing was."""
        return next(iter(self.given.get(name, ())), "")

    @property
    def narrowed(self) -> bool:
        """Whether a limit was set."""
        return any(name != "sort" for name in self.given)

    def url(self, path: str, **others: str) -> str:
        """Return an address that asks the same, but for `others`; an empty one takes a field away."""
        kept = {name: list(values) for name, values in self.given.items()}
        kept |= {name: [value] if value else [] for name, value in others.items()}
        pairs = urlencode([(name, value) for name, values in kept.items() for value in values])
        return f"{path}?{pairs}" if pairs else path


@dataclass(frozen=True, slots=True)
class PageNumbers:
    """Where one is in a list of pages, and the addresses of the neighbours."""

    number: int
    pages: int
    before: str | None
    after: str | None


def filled_form(params: QueryParams, kind: type[Query]) -> FilledForm[Query]:
    """Return the form that an address holds. Empty fields set no limit; names of no field are left out."""
    fields = [name for name in kind.model_fields if name not in _NOT_ON_THE_FORM]
    typed = {name: [" ".join(each.split()) for each in params.getlist(name)] for name in fields}
    given = {name: [each for each in values if each] for name, values in typed.items() if any(values)}
    number = params.get("page", "")
    page = int(number) if number.isdecimal() and len(number) <= 6 and int(number) else 1  # noqa: PLR2004
    errors: dict[str, str] = {}
    readable = {name: _value(kind, name, values) for name, values in given.items()}
    try:
        query = kind.model_validate(readable)
    except ValidationError as error:
        for place, why in misfits(error.errors()):
            name = place.partition(".")[0]
            errors[name] = f"“{_NAMES.get(name, name)}” {LIKE if name in _NAMES else why}"
        query = kind.model_validate({name: each for name, each in readable.items() if name not in errors})
    _in_order(query, errors)
    return FilledForm(query, given, page, errors)


def pages_of(form: FilledForm[Any], path: str, total: int, most: int) -> PageNumbers:
    """Return the page asked for, or the last one where there are fewer, and its neighbours."""
    pages = max(1, -(-total // most))
    number = min(form.number, pages)
    return PageNumbers(
        number,
        pages,
        form.url(path, page=str(number - 1)) if number > 1 else None,
        form.url(path, page=str(number + 1)) if number < pages else None,
    )


def _value(kind: type[Body], name: str, values: list[str]) -> list[str] | str:
    if get_origin(kind.model_fields[name].annotation) is list:
        return values
    found = typed_date(values[-1]) if name in _NAMES else None
    return found.isoformat() if found else values[-1]


def _in_order(query: Body, errors: dict[str, str]) -> None:
    for first, last in (("held_from", "held_to"), ("due_from", "due_to")):
        one, other = getattr(query, first, None), getattr(query, last, None)
        if one and other and one > other:
            errors[last] = "The last day must not be before the first day"
