"""A short name that was searched for in full is not missing from papers that print the full one."""

import numpy as np

from qa_service.answering.absence import unmentioned
from qa_service.answering.features import NAMES, FeatureTable
from qa_service.answering.weighing import Weighed
from qa_service.domain.answers import Filters
from qa_service.domain.passages import UnitKind
from qa_service.retrieval.intents import Intent
from qa_service.retrieval.question import Reading
from tests.unit.answering.weighing_cases import asked, weighed

QUESTION = "What did the Lib Dems want for the ferry?"


def missing(expanded: tuple[tuple[str, str], ...]) -> list[str]:
    units = weighed(["The Liberal Democrats asked for a second ferry."], [UnitKind.SENTENCE], [1.0])
    reading = Reading(QUESTION, QUESTION, "", Intent.FACT, Filters(), None, expanded)
    table = FeatureTable(np.zeros((0, len(NAMES)), dtype=np.float32), ())
    empty = np.zeros(0, dtype=np.float32)
    return unmentioned(reading, Weighed(tuple(units), table, empty, asked(QUESTION), ()))


def test_a_name_in_no_paper_is_missing_unless_papers_call_it_otherwise() -> None:
    assert missing(()) == ["Lib Dems"]
    assert missing((("Lib Dems", "Liberal Democrats"),)) == []
