from datetime import date
from urllib.parse import parse_qsl, urlsplit

import pytest
from starlette.datastructures import QueryParams

from qa_service.domain.documents import DocumentKind
from qa_service.web.ask_form import AskForm


def test_an_address_is_read_into_a_form_and_back() -> None:
    query = (
        "q=Who+was+there%3F&council=Fenwick&council=Orme&body=Trees+Panel&kinds=minutes&held_from=2024-01-23"
        "&wide=dates&after=a1"
    )
    form = AskForm.of(QueryParams(query))
    assert form.question == "Who was there?"
    assert form.council == ("Fenwick", "Orme")
    assert form.kinds == (DocumentKind.MINUTES,)
    assert form.held_from == date(2024, 1, 23)
    assert AskForm.of(QueryParams(urlsplit(form.url()).query)) == form


def test_empty_fields_are_no_limits() -> None:
    form = AskForm.of(QueryParams("q=Who&council=&body=&held_from=&held_to=&as_of="))
    assert form == AskForm(question="Who")
    assert not form.narrowed


def test_a_date_that_is_none_is_said_to_be_none() -> None:
    form = AskForm.of(QueryParams("q=Who&held_from=next+week"))
    assert form.errors == {"held_from": "“Meetings from” must be a date like 23 January 2024"}


@pytest.mark.parametrize("typed", ["23 January 2024", "23rd Jan 2024", "23/1/2024", " 2024-01-23 "])
def test_a_date_may_be_typed_as_people_write_it(typed: str) -> None:
    form = AskForm.of(QueryParams({"q": "Who", "held_from": typed}))
    assert (form.held_from, form.errors) == (date(2024, 1, 23), {})


@pytest.mark.parametrize("typed", ["January 2024", "31/2/2024", "23 January 2024 or so", "2024"])
def test_less_than_a_date_or_more_is_none(typed: str) -> None:
    assert list(AskForm.of(QueryParams({"q": "Who", "held_from": typed})).errors) == ["held_from"]


def test_a_last_day_before_the_first_is_an_error() -> None:
    form = AskForm.of(QueryParams("q=Who&held_from=2024-02-01&held_to=2024-01-01"))
    assert list(form.errors) == ["held_to"]


def test_a_form_becomes_the_request_that_the_api_takes() -> None:
    form = AskForm(question="Who?", council=("Fenwick",), held_to=date(2024, 1, 1), wide=("body",))
    body = form.request([])
    assert body.filters.council == ["Fenwick"]
    assert body.filters.held_to == date(2024, 1, 1)
    assert body.wide == ["body"]
    assert AskForm.of_request(body) == form


def test_only_the_last_five_turns_of_a_conversation_are_carried() -> None:
    query = "&".join(f"after=a{number}" for number in range(9))
    assert AskForm.of(QueryParams(query)).after == ("a4", "a5", "a6", "a7", "a8")


def test_unknown_kinds_and_limits_are_left_out() -> None:
    form = AskForm.of(QueryParams("q=x&kinds=poem&wide=everything"))
    assert (form.kinds, form.wide) == ((), ())


def test_the_fields_but_the_question_are_those_of_the_address() -> None:
    form = AskForm(question="Who?", body=("Trees Panel",), as_of=date(2024, 1, 1))
    pairs = parse_qsl(urlsplit(form.url()).query)
    assert pairs == [("q", "Who?"), *form.fields()]
