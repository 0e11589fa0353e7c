"""Long papers on a subject stand before the minutes in which it was voted on, or left undecided."""

from collections.abc import Iterator
from itertools import product

import pytest

from embeddings.encoder import Encoder
from qa_service.answering.drafts import CARRIED, NO_RESOLUTION
from qa_service.bootstrap import Services, open_services
from qa_service.config import Settings
from qa_service.domain.access import PUBLIC_ONLY
from qa_service.domain.answers import Answer, Question, Refusal, Statement
from qa_service.domain.resolutions import Standing
from tests.factories import ingest

_VOTE = """ASHMERE COUNTY COUNCIL

COUNTY COUNCIL

MINUTES of a meeting of the County Council held on {held_on}.

PRESENT: Ada Quill (Chairman), Tom Hask, Una Prewitt, Bea Orme

17. Dredging programme and harbour dues
(Item 5)

(1) Councillor Hask moved, and Councillor Prewitt seconded:
"That the programme be adopted and the dues be raised by four pence."

(2) The Chairman put the motion to the vote.

For ({ayes})
Councillors {for_}

Against ({noes})
Councillors {against}

The motion was carried by {ayes} votes to {noes}.

(3) RESOLVED that the programme be adopted and the dues be raised by four pence.

18. Ferry slipways
(Item 6)

(1) Councillor Orme moved, and Councillor Quill seconded:
"That the slipways be tarred."

(2) Councillor Prewitt moved, and Councillor Hask seconded, an amendment to leave
out "tarred" and to put in "limewashed".

(3) The amendment was carried on a show of hands.

(4) RESOLVED that the slipways be limewashed.

19. Pay of the clerk
(Item 7)

(1) Councillor Hask moved, and Councillor Orme seconded:
"That the clerk of harbour dues be paid by the hour."

(2) The Chairman put the motion to the vote.

For (1)
Councillors Hask

Against (3)
Councillors Quill, Prewitt and Orme

The motion was lost by 1 vote to 3.

20. Buoys
(Item 8)

(1) Councillor Orme moved, and Councillor Quill seconded:
"That the buoys be painted yellow and lit from dusk until midnight."

(2) Councillor Prewitt moved, and Councillor Hask seconded, an amendment to leave
out "yellow" and to put in "orange".

(3) The amendment was carried on a show of hands.

(4) RESOLVED that the motion on the buoys be now put to the vote.
"""
FIRST = _VOTE.format(
    held_on="20 February 2023", ayes=1, for_="Hask", noes=3, against="Quill, Prewitt and Orme"
).replace("carried by 1 votes to 3", "lost by 1 vote to 3")
LAST = _VOTE.format(
    held_on="22 February 2024", ayes=3, for_="Quill, Hask and Prewitt", noes=1, against="Orme"
)
_SECTION = """{number}. Harbour dues of {boats} at {quay}

Harbour dues of {boats} at {quay} are {number} pence a night. Whoever holds harbour dues to be too high
for {boats} may write to the clerk of harbour dues, who asks the harbour master of {quay} what harbour dues
were before.

Harbour dues of {boats} are not owed at {quay} in a storm, nor by the lifeboat, and harbour dues paid
twice are given back within the month by the clerk of harbour dues.
"""
BOATS = "punts smacks barges yawls ketches tugs luggers cutters".split()
QUAYS = "Sallow Ebbfold Tarn Mossop Kelver Dunmouth Saxby Otter".split()
BOOK = "THE BOOK OF HARBOUR DUES\n\n" + "\n".join(
    _SECTION.format(number=number, boats=boats, quay=quay)
    for number, (boats, quay) in enumerate(product(BOATS, QUAYS), start=3)
)
UNDECIDED = """ASHMERE COUNTY COUNCIL

CABINET

MINUTES of a meeting of the Cabinet held on 9 January 2024.

PRESENT: Ada Quill (Chairman), Tom Hask

4. White paper

(1) The Chief Executive told members what the joining of the two counties might mean for Ashmere, and said
that the two counties would be asked for their views on being joined by the summer.

(2) Members asked who would pay for the joining of the counties.

5. Peat

RESOLVED that the peat be left in the ground.

6. Towpath

(1) The Chief Executive told members of the towpath and of the geese that have made it their own.

(2) After a long debate members RESOLVED on a show of hands to leave the towpath to the geese.
"""
TIDES = """ASHMERE COUNTY COUNCIL

To: Cabinet, 30 January 2024
From: Gwen Aldous, Harbour Master
Subject: Almanac of tides

1. Recommendation

1.1 That the contents of this report on the almanac of tides be noted by the Cabinet.

2. The almanac

2.1 The almanac of tides will be printed again in the autumn by the lifeboat crew.
"""
REPORT = """ASHMERE COUNTY COUNCIL

To: Cabinet, 30 January 2024
From: Gwen Aldous, Treasurer
Subject: Estimates for the year

1. Recommendations

Cabinet is asked to:

a) consider what the committees would change in the draft estimates; and

b) endorse the draft estimates for the meeting of the full council in March.

2. What may upset them

2.1 If the two counties are joined, the estimates will not outlive the joining of the two counties.

2.2 The joining of the counties has no money set aside for it.
"""


@pytest.fixture(scope="module")
def services(onnx: Encoder, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    folder = tmp_path_factory.mktemp("neighbours")
    papers = {
        "first.txt": FIRST,
        "last.txt": LAST,
        "book.txt": BOOK,
        "cabinet.txt": UNDECIDED,
        "estimates.txt": REPORT,
        "tides.txt": TIDES,
    }
    for name, text in papers.items():
        (folder / name).write_text(text, encoding="utf-8")
    ingest(folder / "data", *(folder / name for name in papers), encoder=onnx)
    with open_services(Settings(data_dir=folder / "data"), onnx) as opened:
        yield opened


def stated(services: Services, text: str) -> list[Statement]:
    outcome = services.answerer.answer(Question(text), PUBLIC_ONLY).outcome
    assert isinstance(outcome, Answer), outcome
    return list(outcome.statements)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Who voted against harbour dues?", "Against (1) Councillors Orme"),
        ("Who opposed harbour dues in the vote?", "Against (1) Councillors Orme"),
        ("How did Councillor Prewitt vote on harbour dues?", "For (3) Councillors Quill, Hask and Prewitt"),
    ],
)
def test_of_the_votes_that_name_a_subject_the_last_whose_title_does_is_told(
    services: Services, question: str, told: str
) -> None:
    (statement,) = stated(services, question)
    assert told in " ".join(statement.text.split())
    assert statement.citations[0].document.file_name == "last.txt"


def test_where_no_amendment_met_the_fate_asked_after_what_became_of_them_says_so(services: Services) -> None:
    statements = stated(services, "Which amendments on the slipways were lost in February 2024?")
    assert [each.text.startswith(CARRIED.partition("{")[0]) for each in statements] == [True]
    assert "limewashed" in statements[0].text


def test_beside_a_motion_that_was_carried_none_is_called_only_a_proposal_nor_the_end_of_debate_a_decision(
    services: Services,
) -> None:
    statements = stated(services, "Was the motion on the buoys passed in February 2024?")
    texts = [" ".join(each.text.split()) for each in statements]
    assert any("orange" in text for text in texts)
    assert not any("be now put" in text or text.startswith("Only a proposal") for text in texts)


def test_a_decision_on_what_no_paper_speaks_of_is_not_told_by_another(services: Services) -> None:
    outcome = services.answerer.answer(
        Question("Did the council agree to buy a submarine in February 2024?"), PUBLIC_ONLY
    ).outcome
    assert isinstance(outcome, Refusal)
    assert outcome.reason == "none of the papers searched says “buy”, “submarine”"


def test_what_comes_of_a_thing_is_not_told_by_a_report_that_asks_to_be_noted(services: Services) -> None:
    (statement,) = stated(services, "What will happen with the almanac of tides?")
    assert "printed again in the autumn" in statement.text
    (statement,) = stated(services, "What was resolved on the almanac of tides?")
    assert "be noted" in statement.text


def test_what_another_report_asks_for_does_not_stand_in_for_what_was_left_undecided(
    services: Services,
) -> None:
    (statement,) = stated(services, "What did Cabinet decide about joining the two counties?")
    assert statement.text.startswith(NO_RESOLUTION.partition("{")[0])
    assert statement.standing is Standing.MINUTED


def test_words_of_a_decision_are_not_passed_over_because_structure_missed_them(services: Services) -> None:
    (statement,) = stated(services, "What did Cabinet decide about the towpath in January 2024?")
    assert "RESOLVED on a show of hands to leave the towpath to the geese" in " ".join(statement.text.split())
    assert statement.standing is Standing.RESOLVED
