"""A reply made ready for its page: limits that can be taken away, places in words, languages marked."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from qa_service.api.bodies import CitationBody, ReplyBody, StatementBody
from qa_service.domain.access import PUBLIC_ONLY
from qa_service.domain.resolutions import Standing
from qa_service.store.database import Database
from qa_service.store.reading import segment_at
from qa_service.web import words
from qa_service.web.answer_text import pasted
from qa_service.web.ask_form import AskForm, Chip, Limit

_LONGEST_TITLE = 120


@dataclass(frozen=True, slots=True)
class PlaceView:
    """A citation with its place in words. `language` is marked where it is not English.

    `council` is empty where the place names it already, or nobody knows it.
    """

    body: CitationBody
    council: str
    place: str
    page: str | None
    status: str
    language: str | None


@dataclass(frozen=True, slots=True)
class StatementView:
    """A statement with its citations. `quoted`: the text is nothing but their quotes."""

    text: str
    standing: str
    meaning: str
    places: tuple[PlaceView, ...]
    quoted: bool


@dataclass(frozen=True, slots=True)
class StatementGroup:
    """Statements, one after another, of one standing and from one place: clauses of one resolution."""

    standing: str
    meaning: str
    council: str
    place: str
    status: str
    statements: tuple[StatementView, ...]


@dataclass(frozen=True, slots=True)
class ConflictView:
    """What differs, and the places to be seen side by side."""

    about: str
    places: tuple[PlaceView, ...]


@dataclass(frozen=True, slots=True)
class ReplyView:
    """Everything that the answer's part of a page shows. `references`: each line with its places.

    `pasted` is the whole as text, to be put into a letter or a report.
    """

    body: ReplyBody
    groups: tuple[StatementGroup, ...]
    references: tuple[tuple[str, tuple[PlaceView, ...]], ...]
    conflicts: tuple[ConflictView, ...]
    nearest: tuple[PlaceView, ...]
    see_also: tuple[PlaceView, ...]
    chips: tuple[Chip, ...]
    as_typed: str
    intent: str
    summary: str
    pasted: str


def reply_view(
    database: Database, reply: ReplyBody, form: AskForm, link: str, titles: Mapping[str, str]
) -> ReplyView:
    """Return the view of a reply to a form.

    `link`: where it can be seen again; `titles` are those of the papers that alone were searched, by id.
    """
    places = {citation.n: place_view(database, citation) for citation in reply.citations}
    refusal = reply.not_found
    return ReplyView(
        body=reply,
        groups=tuple(_grouped(_statement(each, places) for each in reply.statements)),
        references=tuple(_references(places.values())),
        conflicts=tuple(
            ConflictView(each.about, tuple(places[n] for n in each.citations)) for each in reply.conflicts
        ),
        nearest=tuple(place_view(database, each) for each in different(refusal.nearest)) if refusal else (),
        see_also=tuple(place_view(database, each) for each in reply.see_also),
        chips=tuple(_chips(reply.understood.filters, form, titles)),
        as_typed=_widened(form, "spelling"),
        intent=words.INTENT.get(reply.understood.intent, reply.understood.intent),
        summary=_summary(reply),
        pasted=pasted(reply, link),
    )


def place_view(database: Database, citation: CitationBody) -> PlaceView:
    """Return a citation with its place in words."""
    with database.reading() as reader:
        language, heading = segment_at(reader, citation.document.id, citation.start, PUBLIC_ONLY)
    meeting, page = citation.meeting, citation.page
    title = _title(citation, heading)
    council, body = citation.document.council, (meeting and meeting.body) or citation.document.body
    parts = [
        body or council or citation.document.title,
        words.day(meeting.held_on) if meeting else None,
        f"item {citation.item.number}" if citation.item else None,
        f"minute {citation.minute}" if citation.minute else None,
        f"paragraph {citation.paragraph}" if citation.paragraph else None,
        f"“{title}”" if title else None,
    ]
    return PlaceView(
        citation,
        council if council and body and not body.startswith(council) else "",
        ", ".join(part for part in parts if part),
        words.page_name(page.number, page.label) if page else None,
        words.STATUS.get(meeting.status, meeting.status) if meeting else "",
        language if language not in {None, "en"} else None,
    )


def _title(citation: CitationBody, heading: str | None) -> str | None:
    """Return under which heading the words stand, where the words themselves do not say it."""
    title = " ".join((heading or (citation.item and citation.item.title) or "").split())
    if (
        not title
        or len(title) > _LONGEST_TITLE
        or title.casefold() in " ".join(citation.quote.split()).casefold()
    ):
        return None
    return title


def different(citations: Iterable[CitationBody]) -> list[CitationBody]:
    """Return the citations without those whose words another has said already: reports share whole pages."""
    first: dict[str, CitationBody] = {}
    for each in citations:
        first.setdefault(" ".join(each.quote.split()), each)
    return list(first.values())


def _statement(statement: StatementBody, places: dict[int, PlaceView]) -> StatementView:
    """Return the view of a statement, its places as the paper has them: the best one may be cited first."""
    cited = tuple(sorted((places[n] for n in statement.citations), key=_stands))
    return StatementView(
        statement.text,
        statement.standing,
        words.STANDING[Standing(statement.standing)],
        cited,
        quoted=statement.text == "\n".join(place.body.quote for place in cited),
    )


def _stands(place: PlaceView) -> tuple[str, int]:
    return place.body.document.id, place.body.start


def _grouped(statements: Iterable[StatementView]) -> Iterator[StatementGroup]:
    for place, found in groupby(statements, _place_of):
        yield StatementGroup(*place, tuple(found))


def _references(places: Iterable[PlaceView]) -> Iterator[tuple[str, tuple[PlaceView, ...]]]:
    by_line: dict[str, list[PlaceView]] = {}
    for place in places:
        by_line.setdefault(place.body.reference, []).append(place)
    for line, found in by_line.items():
        yield line, tuple(found)


def _place_of(statement: StatementView) -> tuple[str, str, str, str, str]:
    first = statement.places[0]
    return statement.standing, statement.meaning, first.council, first.place, first.status


def _chips(filters: dict[str, Any], form: AskForm, titles: Mapping[str, str]) -> list[Chip]:
    """Return the limits in force, each with the address that asks the same without it."""
    return [
        *_name_chips("council", "Council", filters.get("council", ()), form.council, form),
        *_name_chips("body", "Committee", filters.get("body", ()), form.body, form),
        *_date_chips(filters, form),
        *(
            Chip("Kind of paper", kind, inferred=False, url=_without(form, "kinds", kind))
            for kind in form.kinds
        ),
        *(
            Chip(
                "Paper",
                titles.get(each, "one that is no longer here"),
                inferred=False,
                url=_without(form, "documents", each),
            )
            for each in form.documents
        ),
        *(
            [Chip("As of", words.day(form.as_of), inferred=False, url=replace(form, as_of=None).url())]
            if form.as_of
            else []
        ),
    ]


def _name_chips(
    limit: Limit, label: str, names: Sequence[str], chosen: Sequence[str], form: AskForm
) -> list[Chip]:
    return [
        Chip(label, name, inferred=False, url=_without(form, limit, name))
        if name in chosen
        else Chip(label, name, inferred=True, url=_widened(form, limit))
        for name in names
    ]


def _date_chips(filters: dict[str, Any], form: AskForm) -> list[Chip]:
    first, last = filters.get("held_from"), filters.get("held_to")
    if not first and not last:
        return []
    if first == last:
        value = words.day(first)
    else:
        value = " ".join(
            [*(["from", words.day(first)] if first else []), *(["to", words.day(last)] if last else [])]
        )
    if form.held_from or form.held_to:
        return [
            Chip("Meetings", value, inferred=False, url=replace(form, held_from=None, held_to=None).url())
        ]
    return [Chip("Meetings", value, inferred=True, url=_widened(form, "dates"))]


def _without(form: AskForm, name: str, value: str) -> str:
    left: dict[str, Any] = {name: tuple(each for each in getattr(form, name) if each != value)}
    return replace(form, **left).url()


def _widened(form: AskForm, limit: Limit) -> str:
    return replace(form, wide=tuple(dict.fromkeys((*form.wide, limit)))).url()


def _summary(reply: ReplyBody) -> str:
    """Return one line for those who listen: what came, before they read it."""
    if reply.status == "not_found":
        return "Not found in the papers. What was searched is listed on this page."
    papers = {citation.document.id for citation in reply.citations}
    differ = " The papers differ." if reply.conflicts else ""
    return (
        f"{words.counted(len(reply.statements), 'statement')} found in "
        f"{words.counted(len(papers), 'paper')}.{differ}"
    )
