"""What was decided on a neighbouring matter is no answer, however near it is."""

from collections.abc import Iterator

import pytest

from embeddings.encoder import Encoder
from qa_service.bootstrap import Services, open_services
from qa_service.config import Settings
from qa_service.domain.access import PUBLIC_ONLY
from qa_service.domain.answers import SURE, Answer, Question, Refusal, Reply
from tests.factories import ingest

NOVEMBER = """BRACKMOOR BOROUGH COUNCIL

EXECUTIVE

MINUTES of a meeting of the Executive held on 9 November 2023.

PRESENT: Nell Barrow (Leader), Owen Tarn, Petra Voss

41. Museum Strategy 2024 to 2029
(Item 3)

The Director of Culture said that the three museums had drawn more schools than ever.

RESOLVED that the Museum Strategy 2024 to 2029 be adopted.

42. Youth Justice Report
(Item 4)

The Director of Children's Services presented the report. Fewer young people had come before a court.

RESOLVED that the report be noted.

43. Street lighting
(Item 5)

The Director of Place said that a third of the columns were past their age.

RESOLVED that four hundred columns be renewed before March.

44. Skating rink
(Item 6)

The lease ran out at Christmas.

RESOLVED that the lease of the skating rink be renewed for seven years.

45. Playground at Harrowfold
(Item 7)

A swing and a slide had been broken.

RESOLVED that the playground at Harrowfold be closed until it is mended.

46. Tourism, Festivals and Events
(Item 8)

Owen Tarn spoke of the lantern parade.

RESOLVED that two thousand pounds be given to the lantern parade.

47. Matters arising
(Item 9)

The Clerk had a quotation for new hedges along the allotments.

It was agreed that the lowest quotation be accepted.

A letter had come about bats in the chapel.

It was agreed that the letter be answered in the new year.

48. Weirs
(Item 10)

SLUICES

The sluices had stuck in the frost.

BANKS

The banks were sound.

RESOLVED that every gate be greased each autumn.
"""
DECEMBER = """BRACKMOOR BOROUGH COUNCIL

EXECUTIVE

MINUTES of a meeting of the Executive held on 7 December 2023.

PRESENT: Nell Barrow (Leader), Owen Tarn, Petra Voss

51. Towpath Plan 3
(Item 3)

The Director of Place said that half of the towpath was gravel.

RESOLVED that Towpath Plan 3 be adopted.
"""
SUPPLEMENT = """BRACKMOOR BOROUGH COUNCIL

REPORT

Committee: Executive
Date: 9 November 2023
Title: What the borough looks after
Report From: Director of Place

Background

1. The orchards are looked after by volunteers, and a strategy for orchards is being written in the county.

2. The car parks took less than in the year before.

3. The playground in Nettlecombe was painted by parents.
"""


@pytest.fixture(scope="module")
def services(onnx: Encoder, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    folder = tmp_path_factory.mktemp("brackmoor")
    papers = {"november.txt": NOVEMBER, "december.txt": DECEMBER, "supplement.txt": SUPPLEMENT}
    for name, text in papers.items():
        (folder / name).write_text(text, encoding="utf-8")
    ingest(folder / "data", *(folder / name for name in papers), encoder=onnx)
    with open_services(Settings(data_dir=folder / "data"), onnx) as opened:
        yield opened


def asked(services: Services, text: str) -> Reply:
    return services.answerer.answer(Question(text), PUBLIC_ONLY)


def sure_of(services: Services, text: str) -> float:
    confidence = asked(services, text).confidence
    assert confidence is not None
    return confidence


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("Has the museum strategy been approved?", "that the Museum Strategy 2024 to 2029 be adopted."),
        ("Was the plan for the museums adopted?", "that the Museum Strategy 2024 to 2029 be adopted."),
        ("What was decided about street lamps?", "that four hundred columns be renewed before March."),
        ("What did the Executive decide about the youth justice report?", "that the report be noted."),
        (
            "Was the lease of the ice rink renewed?",
            "that the lease of the skating rink be renewed for seven years.",
        ),
        ("What was agreed about the hedges?", "that the lowest quotation be accepted."),
        ("Was Towpath Plan 3 adopted?", "that Towpath Plan 3 be adopted."),
        ("What was decided about the sluices?", "that every gate be greased each autumn."),
    ],
)
def test_a_matter_that_was_decided_is_found_in_its_own_words_or_in_near_ones(
    services: Services, text: str, quote: str
) -> None:
    reply = asked(services, text)
    assert isinstance(reply.outcome, Answer), reply.outcome
    assert quote in " ".join(reply.outcome.statements[0].text.split())


@pytest.mark.parametrize(
    "text",
    [
        "Has the library strategy been approved?",
        "What did the Executive decide about the youth club report?",
        "Was the lease of the bakery agreed?",
        "What was decided about the playground in Nettlecombe?",
        "Was the gambling policy approved?",
        "What was agreed about the drains?",
        "Was Towpath Plan 4 adopted?",
    ],
)
def test_what_was_decided_on_a_neighbour_is_not_told(services: Services, text: str) -> None:
    assert isinstance(asked(services, text).outcome, Refusal)


def test_the_refusal_says_on_what_nothing_was_decided_and_under_what_the_nearest_stands(
    services: Services,
) -> None:
    outcome = asked(services, "What did the Executive decide about the youth club report?").outcome
    assert isinstance(outcome, Refusal)
    assert outcome.reason == (
        "no decision on “youth”, “club” was found; the nearest stands under “Youth Justice Report”"
    )
    assert outcome.nearest


def test_a_word_that_is_near_beside_one_that_is_held_leaves_none(services: Services) -> None:
    assert sure_of(services, "What was decided about street lamps?") >= SURE


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("What was agreed about the allotments?", "that the lowest quotation be accepted."),
        ("What was agreed about the chapel?", "that the letter be answered in the new year."),
    ],
)
def test_of_an_item_with_several_decisions_each_is_on_what_stands_before_it(
    services: Services, text: str, quote: str
) -> None:
    outcome = asked(services, text).outcome
    assert isinstance(outcome, Answer)
    assert [statement.text for statement in outcome.statements] == [quote]


def test_a_word_that_is_only_near_leaves_a_doubt(services: Services) -> None:
    assert sure_of(services, "Was the lease of the football pitch agreed?") < SURE
    assert sure_of(services, "Was the lease of the skating rink agreed?") >= SURE


@pytest.mark.parametrize(
    "text", ["Was the lantern strategy adopted?", "Has the orchards strategy been approved?"]
)
def test_where_no_such_strategy_was_decided_on_the_answer_is_unsure_at_most(
    services: Services, text: str
) -> None:
    assert sure_of(services, text) < SURE
