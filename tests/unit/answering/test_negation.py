"""Where what is not so is asked, what denies goes first."""

import numpy as np
import pytest

from qa_service.answering.features import NAMES, FeatureTable
from qa_service.answering.negation import denying_first
from qa_service.answering.weighing import Weighed
from qa_service.domain.answers import Filters
from qa_service.domain.passages import UnitKind
from qa_service.retrieval.intents import Intent
from qa_service.retrieval.question import Reading
from tests.unit.answering.weighing_cases import asked, weighed

_MOORED, _NOT_MOORED = "Twelve boats are moored.", "Two boats were left out."


def told(question: str, scores: tuple[float, float]) -> list[str]:
    reading = Reading(question, question, "boats", Intent.FACT, Filters(), None, own=question)
    table = FeatureTable(np.zeros((0, len(NAMES)), dtype=np.float32), ())
    units = tuple(weighed((_MOORED, _NOT_MOORED), (UnitKind.SENTENCE,) * 2, scores))
    whole = Weighed(units, table, np.zeros(0, dtype=np.float32), asked(question), ())
    return [each.text for each in denying_first(reading, whole).units]


@pytest.mark.parametrize(
    ("question", "scores", "first"),
    [
        ("Which boats are not moored?", (1.0, 0.5), _NOT_MOORED),
        ("Which boats are not moored?", (2.0, 0.5), _MOORED),  # too far behind
        ("Which boats are moored?", (1.0, 0.5), _MOORED),
    ],
)
def test_what_denies_goes_first_where_it_is_near(
    question: str, scores: tuple[float, float], first: str
) -> None:
    assert told(question, scores)[0] == first
