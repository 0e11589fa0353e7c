"""A deed that a question takes for granted is told of, or there is no answer."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from qa_service.answering.features import NAMES, FeatureTable
from qa_service.answering.presumed import tells, told_as_presumed
from qa_service.answering.weighing import Weighed, WeighedUnit
from qa_service.domain.answers import Filters
from qa_service.domain.passages import UnitKind
from qa_service.retrieval.intents import Intent
from qa_service.retrieval.presumed import Deed
from qa_service.retrieval.question import Reading
from tests.unit.answering.weighing_cases import asked, weighed

_WHEN, _WHY = "When did the council close the pier?", "Why did the council close the pier?"
_DONE, _NOT_DONE = "The pier was closed in May.", "RESOLVED that the pier be not closed."
_REASON = "Its piles were rotten."


def told(question: str, units: Sequence[WeighedUnit]) -> tuple[list[str], str | None]:
    reading = Reading(question, question, "pier", Intent.FACT, Filters(), None, own=question)
    table = FeatureTable(np.zeros((0, len(NAMES)), dtype=np.float32), ())
    whole = Weighed(tuple(units), table, np.zeros(0, dtype=np.float32), asked(question), ())
    found, why = told_as_presumed(reading, whole)
    return [each.text for each in found.units], why


def units(*texts: str, scores: Sequence[float]) -> list[WeighedUnit]:
    return weighed(texts, (UnitKind.SENTENCE,) * len(texts), scores)


def test_what_tells_of_the_deed_goes_before_what_does_not() -> None:
    found, why = told(_WHEN, units(_DONE, "The pier was painted in June.", scores=(0.0, 1.0)))
    assert (found, why) == ([_DONE], None)


def test_nothing_answers_where_nothing_tells_of_the_deed() -> None:
    found, why = told(_WHEN, units("The pier was painted in June.", "It is long.", scores=(1.0, 0.5)))
    assert (found, why) == ([], "nothing that was found on this says that it was closed")


def test_nothing_answers_where_what_says_that_it_was_not_done_is_best() -> None:
    assert told(_WHEN, units(_NOT_DONE, _DONE, scores=(1.0, 0.5)))[0] == []
    assert told(_WHEN, units(_NOT_DONE, _DONE, scores=(0.5, 1.0)))[0] == [_DONE]


def test_reasons_stand_beside_the_deed_and_dates_do_not() -> None:
    beside = units(_REASON, _DONE, scores=(1.0, 0.0))
    assert told(_WHY, beside)[0] == [_REASON, _DONE]
    assert told(_WHEN, beside)[0] == [_DONE]


def test_reasons_stand_no_further_off_than_three_sentences() -> None:
    between = ("A band played.", "It rained.", "Tea was had.")
    far = units(_REASON, *between, _DONE, scores=(1.0, -9.0, -9.0, -9.0, 0.0))
    assert told(_WHY, far)[0] == [_DONE]


def test_a_deed_told_of_something_else_is_not_the_deed() -> None:
    shop = units("The shop was closed in May.", scores=(1.0,))
    assert told(_WHEN, shop)[0] == []
    headed = [
        replace(
            each, candidate=replace(each.candidate, passage=replace(each.passage, header="The pier's shop"))
        )
        for each in shop
    ]
    assert told(_WHEN, headed)[0] == ["The shop was closed in May."]


def test_what_is_far_behind_the_best_is_not_asked() -> None:
    assert told(_WHEN, units("The pier was painted.", _DONE, scores=(5.0, 0.9)))[0] == []
    beside = units(_REASON, _DONE, "The pier was painted.", scores=(1.0, -9.0, 3.0))
    assert told(_WHY, beside)[0] == ["The pier was painted."]


def test_what_was_agreed_may_be_told_in_any_words_but_those_of_a_rejection() -> None:
    question = "When did the council approve the pier's repair?"
    assert told(question, units("The pier be mended in May.", scores=(1.0,)))[0] == [
        "The pier be mended in May."
    ]
    assert told(question, units("The repair of the pier was rejected.", scores=(1.0,)))[0] == []
    assert told(question, units("The repair was not approved.", scores=(1.0,)))[0] == []


def test_a_question_that_takes_nothing_for_granted_keeps_all() -> None:
    found, why = told("When was the pier painted?", units("It is long.", scores=(1.0,)))
    assert (found, why) == (["It is long."], None)


@pytest.mark.parametrize(
    ("text", "deed", "does"),
    [
        ("The plan was turned firmly down.", Deed.REJECTED, True),
        ("Amendment 2 was lost by 9 votes to 16.", Deed.REJECTED, True),
        ("It was agreed not to proceed.", Deed.REJECTED, True),
        ("The objectives were met.", Deed.REJECTED, False),
        ("Nobody may reject it; the plan was not rejected.", Deed.REJECTED, True),
        ("There were no objections.", Deed.REJECTED, False),
        ("Alternatives considered and rejected: none.", Deed.REJECTED, False),
        ("The decision has not been carried out.", Deed.REJECTED, False),
        ("The ferry was discontinued.", Deed.DROPPED, True),
        ("The closing date is 4 May.", Deed.CLOSED, False),
        ("The Chairman closed the meeting at noon.", Deed.CLOSED, False),
        ("The freehold went to a trust.", Deed.SOLD, True),
        ("The pier will not be sold.", Deed.SOLD, False),
        ("The vote was held over to June.", Deed.DELAYED, True),
        ("Elected members sailed.", Deed.CHOSEN, False),
        ("Fares went from £2 to £4.20.", Deed.MULTIPLIED, True),
        ("Fares went from £4 to £1.90.", Deed.MULTIPLIED, True),
        ("Fares went from £2 to £2.20.", Deed.MULTIPLIED, False),
        ("Ms Lund was elected.", Deed.CHOSEN, True),
    ],
)
def test_a_text_tells_of_a_deed_or_does_not(text: str, deed: Deed, does: bool) -> None:  # noqa: FBT001
    assert tells(text, deed) is does
