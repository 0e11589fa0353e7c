from datetime import date

import pytest
from starlette.datastructures import QueryParams

from qa_service.api.register_bodies import CommitmentsQueryBody, ResolutionsQueryBody
from qa_service.domain.resolutions import CommitmentState
from qa_service.web.register_form import FilledForm, filled_form, pages_of


def filled(address: str) -> FilledForm[CommitmentsQueryBody]:
    return filled_form(QueryParams(address), CommitmentsQueryBody)


def test_what_an_address_holds_is_the_query_of_the_api() -> None:
    form = filled("text=+bridge++ends&council=A&council=B&state=overdue&due_to=2024-06-30&on=&body=&fbclid=1")
    assert form.query == CommitmentsQueryBody(
        text="bridge ends",
        council=["A", "B"],
        state=[CommitmentState.OVERDUE],
        due_to=date(2024, 6, 30),
    )
    assert form.errors == {}
    assert form.narrowed
    assert not filled("text=&state=&sort=oldest").narrowed


@pytest.mark.parametrize(
    ("address", "field"),
    [
        ("held_from=yesterday", "held_from"),
        ("state=lost", "state"),
        ("due_from=2024-06-02&due_to=2024-06-01", "due_to"),
        ("held_from=2024-06-02&held_to=2024-06-01", "held_to"),
    ],
)
def test_a_field_that_cannot_be_read_is_named_and_the_others_count(address: str, field: str) -> None:
    form = filled(f"{address}&text=bridge")
    assert list(form.errors) == [field]
    assert form.query.text == "bridge"


def test_an_address_keeps_every_field_and_changes_those_given() -> None:
    form = filled_form(QueryParams("text=a+b&council=A&council=B&page=3"), ResolutionsQueryBody)
    assert form.url("/x") == "/x?text=a+b&council=A&council=B"
    assert form.url("/x", council="", format="csv") == "/x?text=a+b&format=csv"
    assert filled_form(QueryParams(""), ResolutionsQueryBody).url("/x") == "/x"


@pytest.mark.parametrize(
    ("page", "number", "before", "after"),
    [
        ("1", 1, None, "/x?page=2"),
        ("2", 2, "/x?page=1", "/x?page=3"),
        ("99", 3, "/x?page=2", None),
        ("0", 1, None, "/x?page=2"),
        ("last", 1, None, "/x?page=2"),
        ("9999999999", 1, None, "/x?page=2"),
    ],
)
def test_pages_have_neighbours_and_beyond_the_last_is_the_last(
    page: str, number: int, before: str | None, after: str | None
) -> None:
    found = pages_of(filled(f"page={page}"), "/x", 41, 20)
    assert (found.number, found.before, found.after) == (number, before, after)
    assert found.pages == 3
