"""What rose did not fall."""

import numpy as np
import pytest

from qa_service.answering.directions import of_that_direction
from qa_service.answering.features import NAMES, FeatureTable
from qa_service.answering.weighing import Weighed
from qa_service.domain.answers import Filters
from qa_service.domain.passages import UnitKind
from qa_service.retrieval.intents import Intent
from qa_service.retrieval.question import Reading
from tests.unit.answering.weighing_cases import asked, weighed

_ROSE, _FELL = "Ferry fares rose by 4%.", "Ferry fares fell by 4%."
_NEITHER = "Ferry fares are paid on board."
_WHY = "what was found on this tells of a rise, not of a fall"


def told(
    question: str, *texts: str, scores: tuple[float, ...] = (), unsaid: str | None = None
) -> tuple[list[str], str | None]:
    reading = Reading(question, question, "fares", Intent.FACT, Filters(), None, own=question)
    table = FeatureTable(np.zeros((0, len(NAMES)), dtype=np.float32), ())
    given = scores or tuple(-0.1 * at for at in range(len(texts)))
    units = tuple(weighed(texts, (UnitKind.SENTENCE,) * len(texts), given))
    whole = Weighed(units, table, np.zeros(0, dtype=np.float32), asked(question), ())
    found, why = of_that_direction(reading, whole, unsaid)
    return [each.text for each in found.units], why


@pytest.mark.parametrize(
    "question",
    [
        "Why did ferry fares fall?",
        "By how much were ferry fares cut?",
        "How far have ferry fares gone down?",
        "When did the council lower ferry fares?",
        "What were the reasons for which fares dropped?",
    ],
)
def test_a_rise_does_not_explain_a_fall(question: str) -> None:
    assert told(question, _ROSE, _NEITHER) == ([], _WHY)
    assert told(question, _ROSE, _FELL) == ([_FELL], None)
    assert told(question, _FELL, _NEITHER) == ([_FELL, _NEITHER], None)


def test_a_fall_does_not_explain_a_rise() -> None:
    assert told("Why did ferry fares rise?", _FELL) == (
        [],
        "what was found on this tells of a fall, not of a rise",
    )


@pytest.mark.parametrize(
    "question",
    [
        "Did ferry fares fall?",  # asks whether they did
        "Why could ferry fares fall?",
        "Why did ferry fares not fall?",
        "Why did my ferry fare fall?",
        "Why did fares rise when passengers fell?",  # both
        "When did the ferry start?",
    ],
)
def test_where_no_one_way_is_taken_for_granted_all_is_kept(question: str) -> None:
    assert told(question, _ROSE, _NEITHER) == ([_ROSE, _NEITHER], None)


def test_what_may_tell_of_a_fall_is_kept() -> None:
    both = "The saving was used up as costs rose."
    assert told("Why did ferry fares fall?", both) == ([both], None)


def test_what_tells_of_a_rise_far_behind_the_best_refuses_nothing() -> None:
    assert told("Why did ferry fares fall?", _NEITHER, _ROSE, scores=(2.0, 0.5)) == ([_NEITHER], None)


def test_what_tells_of_a_fall_far_behind_the_best_is_of_something_else() -> None:
    assert told("Why did ferry fares fall?", _ROSE, _FELL, scores=(2.0, 0.5)) == ([], _WHY)


@pytest.mark.parametrize(
    ("text", "rise"),
    [
        ("The bill has gone from £2.1 million to £4.7 million.", True),
        ("The bill has gone from £2.1 million to £4.7 million, less than feared.", True),
        ("The bill has gone from £4.7 million in 2020/21 to £2.1 million in 2022/23.", False),
        ("The bill has gone from £900 to £1 million.", False),  # figures of two units
        ("The ferry ran from 2019 to 2023.", False),
        ("The bill was £2.1 million.", False),
    ],
)
def test_figures_tell_of_a_rise(text: str, rise: bool) -> None:  # noqa: FBT001
    assert told("Why did the ferry's bill fall?", text) == (([], _WHY) if rise else ([text], None))


def test_what_was_refused_before_stays_refused() -> None:
    assert told("Why did ferry fares fall?", _ROSE, unsaid="nobody said") == ([_ROSE], "nobody said")
