"""What somebody asks, as the address of the Ask page carries it: every filter can be seen and taken away."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal, Self, get_args
from urllib.parse import urlencode

from starlette.datastructures import QueryParams

from qa_service.api.question_bodies import AskBody, FiltersBody, TurnBody
from qa_service.domain.documents import DocumentKind
from qa_service.web.typed_dates import LIKE, typed_date

Limit = Literal["council", "body", "dates", "spelling"]
_LIMITS: tuple[Limit, ...] = get_args(Limit)
_MOST_TURNS = 5
_DATES = {
    "held_from": "Meetings from",
    "held_to": "Meetings to",
    "as_of": "As the papers stood on",
}


@dataclass(frozen=True, slots=True)
class AskForm:
    """The fields of the form. `after` are ids of earlier answers of the conversation, oldest first."""

    question: str = ""
    council: tuple[str, ...] = ()
    body: tuple[str, ...] = ()
    kinds: tuple[DocumentKind, ...] = ()
    documents: tuple[str, ...] = ()
    held_from: date | None = None
    held_to: date | None = None
    as_of: date | None = None
    wide: tuple[Limit, ...] = ()
    after: tuple[str, ...] = ()
    errors: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, query: QueryParams) -> Self:
        """Return the form that an address holds; what cannot be read is in `errors`, by field."""
        errors: dict[str, str] = {}
        dates = {name: _date(name, query.get(name, ""), errors) for name in _DATES}
        if dates["held_from"] and dates["held_to"] and dates["held_from"] > dates["held_to"]:
            errors["held_to"] = "The last day must not be before the first day"
        kinds = [kind for kind in DocumentKind if kind.value in query.getlist("kinds")]
        return cls(
            question=" ".join(query.get("q", "").split()),
            council=_given(query, "council"),
            body=_given(query, "body"),
            kinds=tuple(kinds),
            documents=_given(query, "documents"),
            wide=tuple(limit for limit in _LIMITS if limit in query.getlist("wide")),
            after=_given(query, "after")[-_MOST_TURNS:],
            errors=errors,
            **dates,
        )

    @classmethod
    def of_request(cls, body: AskBody) -> Self:
        """Return the form that a stored request would have been sent by."""
        filters = body.filters
        return cls(
            question=body.question,
            council=tuple(filters.council),
            body=tuple(filters.body),
            kinds=tuple(filters.kinds),
            documents=tuple(filters.documents),
            held_from=filters.held_from,
            held_to=filters.held_to,
            as_of=body.as_of,
            wide=tuple(body.wide),
            after=tuple(turn.answer_id for turn in body.history if turn.answer_id),
        )

    @property
    def narrowed(self) -> bool:
        """Whether a limit was set by hand."""
        return replace(self, question="", after=(), wide=(), errors={}) != AskForm()

    def request(self, history: Sequence[TurnBody]) -> AskBody:
        """Return the request that the API would be sent."""
        filters = FiltersBody(
            council=list(self.council),
            body=list(self.body),
            held_from=self.held_from,
            held_to=self.held_to,
            kinds=list(self.kinds),
            documents=list(self.documents),
        )
        return AskBody(
            question=self.question,
            history=list(history),
            filters=filters,
            as_of=self.as_of,
            wide=list(self.wide),
        )

    def fields(self) -> list[tuple[str, str]]:
        """Return (name, value) of everything but the question, as an address or hidden fields carry it."""
        pairs: list[tuple[str, str]] = []
        for name in ("council", "body", "kinds", "documents", "wide", "after"):
            pairs += [(name, str(value)) for value in getattr(self, name)]
        pairs += [(name, value.isoformat()) for name in _DATES if (value := getattr(self, name))]
        return pairs

    def url(self, **more: str) -> str:
        """Return the address that asks this, with more fields if given, and shows the answer."""
        return f"/?{urlencode([('q', self.question), *self.fields(), *more.items()])}#answer"


@dataclass(frozen=True, slots=True)
class Chip:
    """One limit in force: what it says, whether it was read out of the question, and how to be rid of it."""

    name: str
    value: str
    inferred: bool
    url: str


def _given(query: QueryParams, name: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value.strip() for value in query.getlist(name) if value.strip()))


def _date(name: str, value: str, errors: dict[str, str]) -> date | None:
    """Return the date; None for an empty field."""
    found = typed_date(value)
    if found is None and value.strip():
        errors[name] = f"“{_DATES[name]}” {LIKE}"
    return found
