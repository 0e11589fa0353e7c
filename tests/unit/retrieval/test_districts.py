"""A body that a question names by its part of the area alone."""

from datetime import date

import pytest

from qa_service.domain.answers import Filters, Question
from qa_service.retrieval.districts import bodies_of_parts
from qa_service.retrieval.question import read_question
from qa_service.store.catalogue import Catalogue

TODAY = date(2024, 5, 10)
COUNCIL = "Ashmere County Council"
SAXBY, TARN, WHOLE = "Municipal District of Saxby-Wold", "Tarn Vale Area Committee", "District of Ashmere"
BODIES = (SAXBY, TARN, WHOLE, "Cabinet")


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("What did Saxby-Wold resolve on the ford?", SAXBY),
        ("Has Saxby Wold agreed to the plan?", SAXBY),
        ("What did the Saxby-Wold district say of parking?", SAXBY),
        ("Who spoke at the Tarn Vale meeting?", TARN),
        ("What do Tarn Vale members want?", TARN),
        ("Who is the chairman of Saxby Wold?", SAXBY),
    ],
)
def test_a_part_that_acts_or_meets_is_its_body(text: str, body: str) -> None:
    assert bodies_of_parts(text, BODIES, [COUNCIL]) == [body]


@pytest.mark.parametrize(
    "text",
    [
        "Is the road in Saxby-Wold to be mended?",
        "What was agreed on the ford at Tarn Vale?",
        "Did Saxby-Wold get its bus back?",
        "Is there a chair of iron at Saxby-Wold?",
        "What did Ashmere resolve on the ford?",
    ],
)
def test_a_part_where_things_happen_is_no_body(text: str) -> None:
    assert bodies_of_parts(text, BODIES, [COUNCIL]) == []


def test_such_a_body_narrows_the_search_and_its_part_is_no_subject() -> None:
    catalogue = Catalogue(
        documents=1,
        councils=(COUNCIL,),
        bodies=((COUNCIL, SAXBY), (COUNCIL, "Cabinet")),
        meetings=(),
        acronyms={},
    )
    for named in ("Saxby-Wold", "the Saxby-Wold district"):
        read = read_question(Question(f"What did {named} resolve on the ford?"), catalogue, TODAY)
        assert read.filters == Filters(bodies=frozenset({SAXBY}))
        assert read.topic == "ford"
