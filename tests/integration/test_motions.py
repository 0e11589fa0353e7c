"""A council debates its budget: what was moved is answered with what became of it."""

from collections.abc import Iterator

import pytest

from embeddings.encoder import Encoder
from qa_service.answering.drafts import CARRIED, NOT_CARRIED, ONLY_PROPOSED, WITHDRAWN
from qa_service.bootstrap import Services, open_services
from qa_service.config import Settings
from qa_service.domain.access import PUBLIC_ONLY
from qa_service.domain.answers import Answer, Question, Statement
from qa_service.domain.resolutions import Standing
from tests.factories import ingest

MINUTES = """ASHMERE COUNTY COUNCIL

COUNTY COUNCIL

MINUTES of a meeting of the County Council held on 22 February 2024.

PRESENT: Ada Quill (Chairman), Tom Hask, Una Prewitt

41. Revenue budget 2024/25
(Item 6)

(1) Councillor Quill proposed, and Councillor Hask seconded, the recommendations of Cabinet:
"That the County Council is asked to agree a net revenue budget of £88 million."

Amendment 1: lollipop patrols

(2) Councillor Prewitt proposed, and Councillor Orme seconded, the following amendment:
"That the lollipop patrols be kept, to be met from the sale of two pool cars."

(3) The Chairman put Amendment 1 to the vote.

For (2)
Councillors Prewitt and Orme

Against (1)
Councillor Quill

Amendment 1 was carried by 2 votes to 1.

Amendment 2: bus shelters

(4) Councillor Sallow proposed, and Councillor Orme seconded, the following amendment:
"That eight bus shelters be mended with money from the general balance."

(5) The Chairman put Amendment 2 to the vote.

For (1)
Councillor Sallow

Against (2)
Councillors Quill and Hask

Amendment 2 was lost by 1 vote to 2.

(6) Councillor Orme gave notice of an amendment on swans and, having heard that the county would feed them,
withdrew it.

(7) The motion as amended was put to the vote. The motion was carried by 3 votes to 1.

(8) RESOLVED that the County Council agrees a net revenue budget of £88 million and keeps
the lollipop patrols.

42. Motion for debate: otters in the mere
(Item 7)

(1) Councillor Hask moved, and Councillor Orme seconded:
"That this Council asks the angling club to fence the otters out of the mere."

(2) Councillor Sallow moved, and Councillor Prewitt seconded, an amendment to leave
out all the words after "That this Council" and to put in: "welcomes the otters of the mere."

(3) The amendment was carried on a show of hands.

(4) RESOLVED that this Council welcomes the otters of the mere.

(5) Councillor Orme wished it to be put on record that her vote was against the motion on otters.
"""
LOST = "Amendment 2 was lost by 1 vote to 2."
HANDED_IN = """Ashmere County Council

Budget Amendment

Amendment 2: bus shelters

Proposer: Councillor Sallow
Seconder: Councillor Orme

Motion:
That eight bus shelters be mended with money from the general balance, first that by the lighthouse.
"""
UNDECIDED = """Ashmere County Council

Budget Amendment

Amendment 3: weather vanes

Proposer: Ivo Tern
Seconder: Bea Orme

Motion:
That the gilded weather vanes of the county be cleaned at a cost of £4,000.

Keep the vane of the town hall as it was, unless a storm blows it down.

The vanes were last cleaned in 1997, and 23 of them had lost their gold leaf by the spring.
"""
CHAIRED = """ASHMERE COUNTY COUNCIL

HARBOUR PANEL

MINUTES of a meeting of the Harbour Panel held on 5 March 2024.

PRESENT: Una Prewitt, Tom Hask

1. Election of a chair

In the absence of the Chairman it was resolved that Councillor Prewitt be elected to chair the meeting.

2. Harbour leaders

The meeting of the harbour leaders, chaired by Bea Mossop of the ferry firm, was held in March 2024.

3. Quay

The quay had 62 mooring rings when they were last counted, the Harbour Master said.
"""
RINGS = """Ashmere County Council

Budget Amendment

Amendment 4: slipway

Proposer: Una Prewitt
Seconder: Bea Orme

Motion:
That a roof be built over the slipway.

The quay had 90 mooring rings when they were last counted.
"""


@pytest.fixture(scope="module")
def services(onnx: Encoder, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    folder = tmp_path_factory.mktemp("motions")
    papers = {
        "minutes.txt": MINUTES,
        "bus-shelters.txt": HANDED_IN,
        "weather-vanes.txt": UNDECIDED,
        "harbour.txt": CHAIRED,
        "slipway.txt": RINGS,
    }
    for name, text in papers.items():
        (folder / name).write_text(text, encoding="utf-8")
    ingest(folder / "data", *(folder / name for name in papers), encoder=onnx)
    with open_services(Settings(data_dir=folder / "data"), onnx) as opened:
        yield opened


def stated(services: Services, text: str, most: int = 5) -> list[Statement]:
    outcome = services.answerer.answer(Question(text, max_statements=most), PUBLIC_ONLY).outcome
    assert isinstance(outcome, Answer), outcome
    return list(outcome.statements)


def begins(template: str) -> str:
    return template.partition("{")[0]


def test_what_amendments_were_proposed_lists_each_with_its_fate(services: Services) -> None:
    statements = stated(services, "What amendments were proposed to the budget?")
    told = [statement.text.partition(": ")[0] + ": " for statement in statements]
    assert told == [begins(CARRIED), begins(NOT_CARRIED), begins(WITHDRAWN)]
    assert all(statement.standing is Standing.PROPOSED for statement in statements)


def test_more_amendments_than_statements_asked_for_are_told_in_one(services: Services) -> None:
    (statement,) = stated(services, "What amendments were proposed to the budget?", most=2)
    assert len(statement.citations) >= 3
    assert "lollipop" in statement.text
    assert "swans" in statement.text


@pytest.mark.parametrize(
    ("text", "template", "fate"),
    [
        ("Did the amendment on lollipop patrols carry?", CARRIED, "Amendment 1 was carried by 2 votes to 1."),
        ("What happened to the bus shelters amendment?", NOT_CARRIED, LOST),
        ("Which amendments to the budget fell?", NOT_CARRIED, LOST),
        ("Did Councillor Sallow's budget amendment pass?", NOT_CARRIED, LOST),
        ("What became of the second amendment to the budget?", NOT_CARRIED, LOST),
    ],
)
def test_the_fate_of_an_amendment_is_quoted_with_it(
    services: Services, text: str, template: str, fate: str
) -> None:
    (statement,) = stated(services, text)
    assert statement.text.startswith(begins(template))
    assert fate in statement.text
    assert statement.standing is Standing.PROPOSED


def test_a_motion_handed_in_on_paper_gives_way_to_the_minutes_that_tell_its_fate(
    services: Services,
) -> None:
    (statement,) = stated(services, "What happened to the amendment on the shelter by the lighthouse?")
    assert LOST in statement.text


def test_whoever_asks_whether_it_was_carried_is_told_that_only_a_proposal_is_held(services: Services) -> None:
    (statement,) = stated(services, "Was the amendment on the weather vanes carried?")
    assert statement.text.startswith(begins(ONLY_PROPOSED))
    (statement,) = stated(services, "What does the amendment on the weather vanes say?")
    assert not statement.text.startswith(begins(ONLY_PROPOSED))


def test_who_proposed_is_read_from_the_form_that_was_handed_in(services: Services) -> None:
    (statement,) = stated(services, "Who proposed the amendment on the weather vanes?")
    assert "Ivo Tern" in statement.text


def test_who_chaired_a_meeting_is_whoever_was_elected_to_for_it(services: Services) -> None:
    (statement,) = stated(services, "Who chaired the Harbour Panel meeting in March 2024?")
    assert "Councillor Prewitt be elected" in statement.text


def test_how_things_stand_is_no_proposal_though_a_motion_tells_it(services: Services) -> None:
    (statement,) = stated(services, "How many weather vanes had lost their gold leaf?")
    assert "23 of them" in statement.text
    assert not statement.text.startswith(begins(ONLY_PROPOSED))


def test_what_a_motion_would_keep_as_it_was_is_a_proposal(services: Services) -> None:
    (statement,) = stated(services, "What is to become of the vane of the town hall?")
    assert "as it was" in statement.text
    assert statement.text.startswith(begins(ONLY_PROPOSED))


def test_minutes_tell_how_things_stand_before_a_motion_does(services: Services) -> None:
    (statement, *_) = stated(
        services, "How many mooring rings did the quay have when they were last counted?"
    )
    assert "62 mooring rings" in statement.text


def test_what_no_motion_names_is_not_answered_by_another_motion(services: Services) -> None:
    outcome = services.answerer.answer(
        Question("What motion was passed on dog kennels?"), PUBLIC_ONLY
    ).outcome
    assert not isinstance(outcome, Answer) or all(
        each.standing is not Standing.PROPOSED for each in outcome.statements
    )


def test_one_that_was_withdrawn_does_not_borrow_the_fate_of_the_next(services: Services) -> None:
    (statement,) = stated(services, "What happened to the amendment on swans?")
    assert statement.text.startswith(begins(WITHDRAWN))
    assert len(statement.citations) == 1


def test_a_motion_that_was_amended_comes_with_what_was_resolved(services: Services) -> None:
    *_, last = stated(services, "Was the motion on otters passed as first moved?")
    assert last.standing is Standing.RESOLVED
    assert "welcomes the otters" in last.text


def test_what_was_moved_is_told_without_what_was_resolved(services: Services) -> None:
    statements = stated(services, "What motion did Councillor Hask move on otters?")
    assert [statement.standing for statement in statements] == [Standing.PROPOSED]
    assert "fence the otters out" in statements[0].text


def test_whose_vote_was_put_on_record_is_not_who_put_the_motion(services: Services) -> None:
    told = stated(services, "Whose vote against the otters motion was put on record?")
    assert "Councillor Orme wished" in told[0].text
    moved = stated(services, "Whose motion was it that the angling club fence the otters out?")
    assert "Councillor Hask moved" in moved[0].text
