"""A question that a person labels: which words of which papers answer it, or that none do."""

import re
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from qa_service.api.bodies import CitationBody, ReplyBody
from qa_service.api.question_bodies import AskBody
from qa_service.domain.access import PUBLIC_ONLY
from qa_service.errors import NotFound
from qa_service.store.database import Connection
from qa_service.store.overview import Overview
from qa_service.store.quoted_words import quoted_words

_LONGEST = 4000
_ADDRESS = re.compile(r"/documents/(d\w+)")
Text = Annotated[str, StringConstraints(strip_whitespace=True, max_length=_LONGEST)]


class LabelForm(BaseModel):
    """The fields of the form. `chosen` are numbers of the offered passages that answer the question.

    `document` is a paper's file name, or the address of one of its pages.
    """

    model_config = ConfigDict(frozen=True)

    question: Text = ""
    answerable: Text = ""
    chosen: list[Annotated[int, Field(ge=1, le=1000)]] = []
    document: Text = ""
    words: Text = ""
    needed: Text = "any"
    answer: Text = ""
    notes: Text = ""
    answer_id: Text = ""
    token: Text = ""


def offered(reply: ReplyBody | None) -> list[CitationBody]:
    """Return the passages of a reply that a person may call right: cited, or nearest where it refused."""
    if reply is None:
        return []
    return [*reply.citations, *(reply.not_found.nearest if reply.not_found else ())]


def gold_row(
    reader: Connection,
    overview: Overview,
    form: LabelForm,
    passages: list[CitationBody],
    asked: AskBody | None,
) -> tuple[dict[str, Any] | None, dict[str, str]]:
    """Return (the row of gold that the form makes, None if it makes none; what is wrong, by field)."""
    errors: dict[str, str] = {}
    if not form.question:
        errors["question"] = "Write the question"
    if form.answerable not in {"yes", "no"}:
        errors["answerable"] = "Choose whether the papers answer the question"
    places = [_place(passages[n - 1]) for n in form.chosen if n <= len(passages)]
    if form.words or form.document:
        own = _own_words(reader, overview, form, errors)
        places += [own] if own else []
    if form.answerable == "yes" and not places and not errors:
        errors["words"] = "Choose a passage, or copy the words of a paper that answer the question"
    if errors:
        return None, errors
    row: dict[str, Any] = {
        "question": form.question,
        "set": "labelled",
        "answerable": form.answerable == "yes",
        "evidence": _grouped(places, form.needed) if form.answerable == "yes" else [],
        "filters": _filters(asked),
        "notes": form.notes,
    }
    if form.answerable == "yes":
        row["answer"] = form.answer or None
    else:
        row["unanswerable_kind"] = "said by a person"
    return row, {}


def paper_named(overview: Overview, typed: str) -> str:
    """Return the id of the paper that a file name or the address of a page means; else what was typed."""
    address = _ADDRESS.search(typed)
    named = (each.id for each in overview.papers if each.file_name == typed)
    return address[1] if address else next(named, typed)


def _place(citation: CitationBody) -> dict[str, Any]:
    return {
        "file": citation.document.file_name,
        "quote": citation.quote,
        "page": citation.page.number if citation.page else None,
    }


def _own_words(
    reader: Connection, overview: Overview, form: LabelForm, errors: dict[str, str]
) -> dict[str, Any] | None:
    """Return the place of the words that were typed, as the paper prints them."""
    if not form.words or not form.document:
        errors["words" if not form.words else "document"] = "Give both the paper and its words"
        return None
    try:
        found = quoted_words(reader, paper_named(overview, form.document), form.words, PUBLIC_ONLY)
    except NotFound:
        errors["document"] = "No paper here has this file name or address"
        return None
    if found is None:
        errors["words"] = "These words do not stand in that paper: copy them exactly (line ends may differ)"
        return None
    paper, _, quote, page = found
    return {"file": paper["file_name"], "quote": quote, "page": page}


def _grouped(places: list[dict[str, Any]], needed: str) -> list[dict[str, Any]]:
    """Return the places; where any one of them is enough they share a group."""
    return [place | {"group": 0 if needed == "any" else n} for n, place in enumerate(places)]


def _filters(asked: AskBody | None) -> dict[str, Any]:
    if asked is None:
        return {}
    given = asked.filters.model_dump(mode="json")
    return {name: value for name, value in given.items() if value and name != "documents"}
