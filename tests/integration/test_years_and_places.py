"""A year asked of brings that year's meetings, and a place told of is no council whose papers are missing."""

from collections.abc import Iterator

import pytest

from embeddings.hashing import HashingEncoder
from qa_service.bootstrap import Services, open_services
from qa_service.config import Settings
from qa_service.domain.access import PUBLIC_ONLY
from qa_service.domain.answers import Answer, Question, Refusal
from tests.factories import ingest

_PAPER = """ASHMERE COUNTY COUNCIL

RIVERS PANEL

MINUTES of a meeting of the Rivers Panel held on {held_on}.

PRESENT: Ada Quill (Chairman), Tom Hask

1. Insurance

The clerk said why the insurance premium of the weirs had risen: {why}.
"""
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "September", "October", "November")
_TOLD = "The clerk had heard that Wrexham got £64 a head for its weirs."


@pytest.fixture(scope="module")
def services(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    folder = tmp_path_factory.mktemp("years")
    for year in (2015, 2016, 2017, 2019, 2020):
        for month in _MONTHS:
            why = f"the weirs were insured for more, the insurance premium of the clerk told in {month}"
            text = _PAPER.format(held_on=f"5 {month} {year}", why=why)
            (folder / f"{year}-{month}.txt").write_text(text, encoding="utf-8")
    old = _PAPER.format(held_on="6 June 2018", why="four gauges had been bought") + f"\n{_TOLD}\n"
    (folder / "2018.txt").write_text(old, encoding="utf-8")
    ingest(folder / "data", *sorted(folder.glob("*.txt")))
    with open_services(Settings(data_dir=folder / "data"), HashingEncoder(64)) as opened:
        yield opened


def test_the_one_meeting_of_a_year_is_found_among_many_of_others(services: Services) -> None:
    question = Question("Why did the clerk say that the insurance premium of the weirs rose in 2018?")
    outcome = services.answerer.answer(question, PUBLIC_ONLY).outcome
    assert isinstance(outcome, Answer), outcome
    assert "four gauges had been bought" in " ".join(outcome.statements[0].text.split())


def test_what_the_papers_tell_of_another_place_is_no_question_of_another_council(services: Services) -> None:
    outcome = services.answerer.answer(
        Question("What had the clerk heard of how much Wrexham got a head for its weirs?"), PUBLIC_ONLY
    ).outcome
    assert isinstance(outcome, Answer), outcome
    assert _TOLD in " ".join(outcome.statements[0].text.split())


@pytest.mark.parametrize(
    "asked",
    [
        "What did Wrexham Council decide on its weirs?",
        "How much did Wrexham spend on painting its town hall?",
    ],
)
def test_another_councils_own_matters_are_refused(services: Services, asked: str) -> None:
    outcome = services.answerer.answer(Question(asked), PUBLIC_ONLY).outcome
    assert isinstance(outcome, Refusal)
    assert "Wrexham" in outcome.reason
