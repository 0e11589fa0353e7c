from collections.abc import Callable

import pytest

from qa_service.domain.access import PUBLIC_ONLY, Access
from qa_service.errors import IntegrityFailure
from qa_service.store.database import Connection
from qa_service.store.documents import visible_documents
from qa_service.store.generations import (
    Generation,
    current_generation,
    current_number,
    discard_unpublished,
    setting,
    store_setting,
    switch,
)
from qa_service.store.papers import close_documents, insert_paper
from tests.factories import block, make_paper


@pytest.fixture
def publish(writer: Connection) -> Callable[[int], None]:
    def to(number: int) -> None:
        with writer.transaction():
            switch(writer, Generation(Access.PUBLIC, number, "abc", 1, 2, 3, "hashing/64", 1))

    return to


def test_before_the_first_publication_there_is_none(writer: Connection) -> None:
    assert current_number(writer, Access.PUBLIC) == 0
    assert current_generation(writer, Access.PUBLIC) is None


def test_the_generation_in_force_is_the_last_switched_to(
    writer: Connection, publish: Callable[[int], None]
) -> None:
    publish(1)
    publish(2)
    found = current_generation(writer, Access.PUBLIC)
    assert found == Generation(Access.PUBLIC, 2, "abc", 1, 2, 3, "hashing/64", 1)
    assert current_generation(writer, Access.EXEMPT) is None


@pytest.mark.parametrize("number", [1, 3])
def test_only_the_next_number_can_be_switched_to(
    writer: Connection, publish: Callable[[int], None], number: int
) -> None:
    publish(1)
    with pytest.raises(IntegrityFailure, match="not the next"):
        publish(number)
    assert current_number(writer, Access.PUBLIC) == 1


def test_what_was_written_and_never_published_is_undone(
    writer: Connection, publish: Callable[[int], None]
) -> None:
    old = insert_paper(writer, make_paper([block("Old.")]), "x", 1)
    publish(1)
    insert_paper(writer, make_paper([block("New.")], id_="d2"), "x", 2)
    close_documents(writer, [old], 2)
    assert discard_unpublished(writer) == 1
    assert discard_unpublished(writer) == 0
    publish(2)
    assert [row["id"] for row in visible_documents(writer, PUBLIC_ONLY)] == ["d1"]


def test_a_setting_is_the_value_last_stored(writer: Connection) -> None:
    assert setting(writer, "encoder") is None
    store_setting(writer, "encoder", "one")
    store_setting(writer, "encoder", "two")
    assert setting(writer, "encoder") == "two"
