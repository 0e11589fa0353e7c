"""A short name that was searched for in full is not missing from papers that print the full one."""

import numpy as np

from qa_service.answering.absence import said_nowhere, unmentioned
from qa_service.answering.features import NAMES, FeatureTable
from qa_service.answering.weighing import Weighed
from qa_service.domain.answers import Filters
from qa_service.domain.passages import UnitKind
from qa_service.retrieval.intents import Intent
from qa_service.retrieval.question import Reading
from tests.unit.answering.weighing_cases import asked, weighed

QUESTION = "What did the Lib Dems want for the ferry?"


def of_one(text: str, question: str) -> Weighed:
    units = weighed([text], [UnitKind.SENTENCE], [1.0])
    table = FeatureTable(np.zeros((0, len(NAMES)), dtype=np.float32), ())
    empty = np.zeros(0, dtype=np.float32)
    return Weighed(tuple(units), table, empty, asked(question), (units[0].candidate,))


def missing(text: str, question: str = QUESTION, expanded: tuple[tuple[str, str], ...] = ()) -> list[str]:
    reading = Reading(question, question, "", Intent.FACT, Filters(), None, expanded)
    return unmentioned(reading, of_one(text, question))


def test_a_name_in_no_paper_is_missing_unless_papers_call_it_otherwise() -> None:
    text = "The Liberal Democrats asked for a second ferry."
    assert missing(text) == ["Lib Dems"]
    assert missing(text, expanded=(("Lib Dems", "Liberal Democrats"),)) == []


def test_a_name_in_two_words_is_not_missing_where_a_paper_writes_it_in_one() -> None:
    asked_of = "What did the Coast Guard want for the ferry?"
    assert missing("The coastguard asked for a second ferry.", asked_of) == []
    assert missing("The harbour master asked for a second ferry.", asked_of) == ["Coast Guard"]
    assert missing("The coast guard asked for a second ferry.", "What did the Coastguard want?") == []
    assert missing("A guard of the ferry was hired.", "What did the Coastguard want?") == ["Coastguard"]


def test_a_word_that_papers_write_in_two_is_said() -> None:
    subject = "skatepark"
    assert said_nowhere(subject, of_one("A skate park was built.", subject)) == []
    assert said_nowhere(subject, of_one("They skate in the park.", subject)) == ["skatepark"]
