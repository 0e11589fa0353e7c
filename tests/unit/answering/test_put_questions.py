"""A question that somebody puts in a paper gives way to what is told."""

import pytest

from qa_service.answering.put_questions import telling
from qa_service.answering.weighing import WeighedUnit
from qa_service.domain.passages import UnitKind
from tests.unit.answering.weighing_cases import weighed

PUT = "I will ask at the next meeting why the slip at Tarn Quay was closed."
REPLY = "The slip was closed since its timbers had rotted."
WHY = "Why was the slip at Tarn Quay closed?"


def units(*texts: str, behind: float) -> list[WeighedUnit]:
    """Return sentences, the first the best by `behind` log-odds."""
    scores = [1.0, *(1.0 - behind for _ in texts[1:])]
    return weighed(texts, (UnitKind.SENTENCE,) * len(texts), scores)


@pytest.mark.parametrize(
    "put",
    [
        PUT,
        f"***{PUT}***",
        "4. We will be asking why the slip was closed.",
        "Why was the slip closed to boats?",
        "Question from Una Prewitt on the slip at Tarn Quay",
        "To ask the harbour master why the slip was closed.",
    ],
)
def test_what_is_told_goes_before_a_question_put(put: str) -> None:
    assert [each.text for each in telling(units(put, REPLY, behind=1.5), WHY)] == [REPLY]


def test_a_question_put_stays_where_nothing_near_it_tells() -> None:
    found = units(PUT, REPLY, behind=2.5)
    assert telling(found, WHY) == tuple(found)


def test_what_tells_and_is_best_stays_with_all_behind_it() -> None:
    found = units(REPLY, PUT, behind=0.5)
    assert telling(found, WHY) == tuple(found)


@pytest.mark.parametrize(
    "asked", ["What did Una Prewitt ask about the slip?", "Who raised the slip at Tarn Quay?"]
)
def test_whoever_asks_what_was_asked_is_told_the_question(asked: str) -> None:
    found = units(PUT, REPLY, behind=0.5)
    assert telling(found, asked) == tuple(found)


def test_nothing_found_is_nothing() -> None:
    assert telling([], WHY) == ()
