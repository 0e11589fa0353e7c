from qa_service.domain.access import PUBLIC_ONLY, Access
from qa_service.store.catalogue import Catalogues
from qa_service.store.database import Connection
from qa_service.store.papers import insert_paper
from tests.factories import BODY, block, make_paper
from tests.unit.store.test_papers import publish_rows

EVERYBODY = frozenset(Access)


def add(writer: Connection, id_: str, body: str, access: Access = Access.PUBLIC) -> None:
    insert_paper(writer, make_paper([block("A", body=body)], id_=id_, access=access), id_, 1)


def bodies(catalogues: Catalogues, writer: Connection, allowed: frozenset[Access]) -> set[str]:
    return {name for _, name in catalogues.current(writer, allowed).bodies}


def test_a_catalogue_is_read_once_a_generation(writer: Connection) -> None:
    add(writer, "d1", BODY)
    publish_rows(writer)
    catalogues = Catalogues()
    first = catalogues.current(writer, PUBLIC_ONLY)
    assert catalogues.current(writer, PUBLIC_ONLY) is first
    add(writer, "d2", "Trees Panel")
    publish_rows(writer)
    assert bodies(catalogues, writer, PUBLIC_ONLY) == {BODY, "Trees Panel"}


def test_what_one_may_see_is_never_taken_from_what_another_may_see(writer: Connection) -> None:
    others = next(access for access in Access if access is not Access.PUBLIC)
    add(writer, "d1", BODY)
    add(writer, "d2", "Secret Panel", others)
    publish_rows(writer)
    publish_rows(writer, others)
    catalogues = Catalogues()
    assert bodies(catalogues, writer, EVERYBODY) == {BODY, "Secret Panel"}
    assert bodies(catalogues, writer, PUBLIC_ONLY) == {BODY}
