import base64
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa_service.api.pagination import decode_cursor, encode_cursor
from qa_service.errors import BadFilter


@given(st.integers(min_value=0, max_value=10**9))
def test_a_cursor_that_was_given_out_is_read_again(position: int) -> None:
    assert decode_cursor(encode_cursor(position)) == position


def test_no_cursor_is_the_beginning() -> None:
    assert decode_cursor(None) == 0


@given(st.text())
def test_anything_else_is_refused(text: str) -> None:
    with suppress(BadFilter):
        assert decode_cursor(text) >= 0


def test_a_position_of_thousands_of_digits_is_no_cursor() -> None:
    forged = base64.urlsafe_b64encode(b"at:" + b"9" * 6000).decode()
    with pytest.raises(BadFilter):
        decode_cursor(forged)
