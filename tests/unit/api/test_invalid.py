import pytest
from pydantic import ValidationError

from qa_service.api.invalid import as_error, misfits
from qa_service.api.question_bodies import AskBody
from qa_service.errors import BadFilter, BadRequest


def errors_of(**request: object) -> ValidationError:
    with pytest.raises(ValidationError) as caught:
        AskBody.model_validate(request)
    return caught.value


def test_an_unknown_filter_names_those_that_exist() -> None:
    error = as_error(errors_of(question="x", filters={"cuncil": ["y"]}).errors())
    assert isinstance(error, BadFilter)
    assert error.field == "cuncil"
    assert "there are council, body, held_from" in error.why


@pytest.mark.parametrize(
    ("filters", "said"),
    [
        ({"kinds": ["minutes", "gossip"]}, "filter 'kinds': must be 'agenda pack', 'minutes'"),
        ({"held_from": "yesterday"}, "filter 'held_from': must be a date like 2021-02-09"),
        ({"held_to": 7}, "filter 'held_to': must be a date"),
    ],
)
def test_a_value_that_cannot_be_read_is_told_what_it_must_be(filters: dict[str, object], said: str) -> None:
    assert said in str(as_error(errors_of(question="x", filters=filters).errors()))


def test_an_unknown_field_of_the_request_names_those_that_exist() -> None:
    error = as_error(errors_of(question="x", filter={}).errors())
    assert type(error) is BadRequest
    assert "filter: there is no such field; there are question, history, filters" in str(error)


def test_every_misfit_is_named_with_its_place() -> None:
    found = misfits(errors_of(history=[{"question": 1}], as_of="soon").errors())
    assert {field for field, _ in found} == {"question", "history.0.question", "as_of"}


def test_a_request_that_is_no_object_is_called_the_body() -> None:
    with pytest.raises(ValidationError) as caught:
        AskBody.model_validate([])
    assert [field for field, _ in misfits(caught.value.errors())] == ["body"]
