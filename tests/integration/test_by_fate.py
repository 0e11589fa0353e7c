"""All that met one fate is listed, each with its fate, and nothing is concluded where none is recorded."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from embeddings.encoder import Encoder
from embeddings.hashing import HashingEncoder
from qa_service.answering.drafts import CARRIED, NOT_CARRIED, WITHDRAWN
from qa_service.bootstrap import Services, open_ingestion, open_services
from qa_service.config import Settings
from qa_service.domain.access import PUBLIC_ONLY, Access
from qa_service.domain.answers import Answer, Question, Refusal, Reply
from qa_service.domain.explanations import Route
from qa_service.domain.resolutions import Standing
from qa_service.ingestion.pipeline import SourceInput
from tests.factories import ingest

BUDGET = """ASHMERE COUNTY COUNCIL

COUNTY COUNCIL

{status}MINUTES of a meeting of the County Council held on 22 February 2024.

PRESENT: Ada Quill (Chairman), Tom Hask, Una Prewitt

41. Revenue budget 2024/25
(Item 6)

(1) Councillor Quill proposed, and Councillor Hask seconded, the recommendations of Cabinet:
"That the County Council is asked to agree a net revenue budget of £88 million."

(2) Councillor Prewitt proposed, and Councillor Orme seconded, the following amendment:
"That the lollipop patrols be kept, to be met from the sale of two pool cars."

(3) The Chairman put Amendment 1 to the vote.

Amendment 1 was carried by 2 votes to 1.

(4) Councillor Sallow proposed, and Councillor Orme seconded, the following amendment:
"That eight bus shelters be mended with money from the general balance."

(5) The Chairman put Amendment 2 to the vote.

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

(2) The Chairman put the motion to the vote. The motion was lost by 1 vote to 2.
"""
LATER = """ASHMERE COUNTY COUNCIL

COUNTY COUNCIL

MINUTES of a meeting of the County Council held on 6 June 2024.

PRESENT: Ada Quill (Chairman), Tom Hask, Una Prewitt

51. Slipway
(Item 3)

This item was deferred to the next meeting.

52. Mooring rings
(Item 4)

RESOLVED:

(a) that 40 mooring rings be bought before the regatta; and

(b) that the petition on the jetty, deferred from February, be referred to the Harbour Panel.

53. Lighthouse
(Item 5)

The Treasurer spoke of income deferred to the next year and of the paragraph referred to in her report.

(1) Councillor Sallow moved, and Councillor Hask seconded:
"That the lighthouse be painted in stripes of red and white."

(2) The Chairman put the motion to the vote. The motion was carried by 3 votes to 0.

(3) Councillor Orme moved, and Councillor Hask seconded:
"That the lamp of the lighthouse be lent to the museum."

54. Ducks on the green pond
(Item 6)

With the consent of the meeting, Councillor Orme withdrew her motion. The baker had withdrawn his bread.
Members agreed that it was a fair request to postpone the feeding.

It was noted that the motion on geese was withdrawn at the May meeting. At the previous meeting the motion on
swans was withdrawn.

55. Weather vanes
(Item 7)

At the Chairman's wish, the report on the weather vanes was put off. The gilding was put off by rain.
"""
REGATTA = """ASHMERE COUNTY COUNCIL

HARBOUR PANEL

MINUTES of a meeting of the Harbour Panel held on 3 July 2024.

PRESENT: Una Prewitt, Tom Hask

2. Reports of the Harbour Master
(Item 2)

The Harbour Master gave a talk on the tide.

It was agreed to defer the report on eels. It was agreed to defer the report on crabs until the autumn.

3. Regatta

The regatta was postponed by the wind.
"""
RIVERS = """ASHMERE COUNTY COUNCIL

RIVERS PANEL

MINUTES of a meeting of the Rivers Panel held on 3 October 2024.

PRESENT: Una Prewitt, Tom Hask

1. Tolls

The Treasurer said that a boat had paid four pounds.

RESOLVED that this item be deferred to the winter meeting.

2. Sluice at the upper mill
(Item 2)

(1) Councillor Hask moved, and Councillor Orme seconded:
"That the sluice be opened on Sundays."

(2) The proposer and seconder of the motion agreed to an amendment, which became the substantive motion:

"That the sluice be opened on Mondays."

(3) Councillor Sallow moved, and Councillor Hask seconded:
"That the question be now put."

The motion was carried.

(4) The Chairman put the substantive motion to the vote. The motion was carried by 3 votes to 0.

(5) RESOLVED that the sluice be opened on Mondays.

3. Charges at the ferry
(Item 3)

RESOLVED that the charges that were postponed from May be noted.

4. Weir
(Item 4)

After a talk it was proposed by Councillor Hask, seconded by Councillor Orme and agreed to defer
the weir plan.

5. Eel traps
(Item 5)

(1) Councillor Hask moved, and Councillor Orme seconded:
"That the decision on the eel traps be deferred to the spring."

(2) The Chairman put the motion to the vote. The motion was lost by 1 vote to 2.
"""
CLOSED = """ASHMERE COUNTY COUNCIL

COUNTY COUNCIL

MINUTES of a meeting of the County Council held on 22 February 2024.

PRESENT: Ada Quill (Chairman), Tom Hask

43. Motion for debate: treasure
(Item 8)

(1) Councillor Hask moved, and Councillor Orme seconded:
"That the treasure of the lake be dug up by night."

(2) The Chairman put the motion to the vote. The motion was lost by 1 vote to 2.
"""
SURE_OF_LISTS = 0.95
BUS, LOLLIPOP = "eight bus shelters", "the lollipop patrols be kept"
VANES = "55. Weather vanes (Item 7) At the Chairman's wish, the report on the weather vanes was put off."
OTTERS, STRIPES = "fence the otters out", "painted in stripes"


@pytest.fixture(scope="module")
def services(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    folder = tmp_path_factory.mktemp("fates")
    (folder / "papers").mkdir()
    (folder / "papers" / "1.txt").write_text(
        BUDGET.format(status="DRAFT ").replace("with money", "with the money")
    )
    (folder / "papers" / "2.txt").write_text(BUDGET.format(status=""))
    (folder / "papers" / "3.txt").write_text(LATER)
    (folder / "papers" / "4.txt").write_text(REGATTA)
    (folder / "papers" / "5.txt").write_text(RIVERS)
    ingest(folder / "data", folder / "papers", encoder=HashingEncoder())
    (folder / "closed.txt").write_text(CLOSED)
    closed = SourceInput(folder / "closed.txt", "closed", "closed.txt", access=Access.EXEMPT)
    with open_ingestion(Settings(data_dir=folder / "data"), HashingEncoder()) as ingestion:
        ingestion.run([closed])
    with open_services(Settings(data_dir=folder / "data"), HashingEncoder()) as opened:
        yield opened


def asked(services: Services, question: str) -> Reply:
    return services.answerer.answer(Question(question), PUBLIC_ONLY)


def told(services: Services, question: str) -> list[str]:
    outcome = asked(services, question).outcome
    assert isinstance(outcome, Answer), question
    return [" ".join(each.text.split()) for each in outcome.statements]


def opening(template: str) -> str:
    return template.partition("{")[0]


@pytest.mark.parametrize(
    ("question", "template", "holds"),
    [
        ("Which amendments were lost on 22 February 2024?", NOT_CARRIED, [BUS]),
        ("Did any amendments to the budget fail?", NOT_CARRIED, [BUS]),
        ("Which amendments got through in February 2024?", CARRIED, [LOLLIPOP]),
        ("List the motions voted down in February 2024", NOT_CARRIED, [OTTERS]),
        ("Which motions were not carried in February 2024?", NOT_CARRIED, [OTTERS]),
        ("Any proposals thrown out in February 2024?", NOT_CARRIED, [BUS, OTTERS]),
        ("Did any motions pass at the last council?", CARRIED, [STRIPES]),
        ("Which motions were carried at the last County Council meeting?", CARRIED, [STRIPES]),
        ("Were any amendments withdrawn in February 2024?", WITHDRAWN, ["an amendment on swans"]),
        ("Which of Councillor Sallow's amendments were lost?", NOT_CARRIED, [BUS]),
    ],
)
def test_what_was_moved_and_met_a_fate_is_listed_once(
    services: Services, question: str, template: str, holds: list[str]
) -> None:
    outcome = asked(services, question).outcome
    assert isinstance(outcome, Answer)
    said = told(services, question)
    assert len(said) == len(holds)
    for text, words in zip(said, holds, strict=True):
        assert text.startswith(opening(template))
        assert words in text
    assert {each.standing for each in outcome.statements} <= {Standing.PROPOSED, Standing.RESOLVED}


def test_what_was_lost_stands_as_proposed(services: Services) -> None:
    outcome = asked(services, "Which proposals were lost in February 2024?").outcome
    assert isinstance(outcome, Answer)
    assert [each.standing for each in outcome.statements] == [Standing.PROPOSED, Standing.PROPOSED]


def test_the_sentence_on_its_fate_stands_beside_what_was_moved(services: Services) -> None:
    (said,) = told(services, "Which amendments were lost on 22 February 2024?")
    assert said.endswith("Amendment 2 was lost by 1 vote to 2.")


def test_what_was_put_off_is_told_with_its_heading(services: Services) -> None:
    assert told(services, "Was anything put off in June 2024?") == [
        "51. Slipway (Item 3) This item was deferred to the next meeting.",
        VANES,
    ]
    outcome = asked(services, "Was anything put off in June 2024?").outcome
    assert isinstance(outcome, Answer)
    assert [each.standing for each in outcome.statements] == [Standing.RESOLVED, Standing.MINUTED]


def test_a_decision_to_put_off_is_told_without_what_was_said_before(services: Services) -> None:
    outcome = asked(services, "Was anything deferred by the Rivers Panel?").outcome
    assert isinstance(outcome, Answer)
    tolls, weir = outcome.statements
    assert " ".join(tolls.text.split()) == "RESOLVED that this item be deferred to the winter meeting."
    assert "the weir plan" in weir.text
    assert {tolls.standing, weir.standing} == {Standing.RESOLVED}


def test_what_a_motion_became_is_a_motion_and_the_end_of_debate_none(services: Services) -> None:
    question = "Which motions were carried at the Rivers Panel in October 2024?"
    assert asked(services, question).confidence == SURE_OF_LISTS
    said = told(services, question)
    assert not any("question be now put" in each for each in said)
    assert any("Mondays" in each and each.startswith(opening(CARRIED)) for each in said)


def test_two_things_put_off_under_one_heading_are_both_told(services: Services) -> None:
    outcome = asked(services, "What did the Harbour Panel defer in July 2024?").outcome
    assert isinstance(outcome, Answer)
    said = " ".join(each.text for each in outcome.statements)
    assert "eels" in said
    assert "crabs" in said
    assert "regatta" not in said


def test_what_a_sentence_tells_and_no_decision_holds_is_told_as_minuted(services: Services) -> None:
    outcome = asked(services, "Were any motions withdrawn in June 2024?").outcome
    assert isinstance(outcome, Answer)
    (said,) = outcome.statements
    assert " ".join(said.text.split()) == (
        "54. Ducks on the green pond (Item 6) "
        "With the consent of the meeting, Councillor Orme withdrew her motion."
    )
    assert said.standing is Standing.MINUTED


def test_that_another_council_lost_amendments_does_not_stand_for_an_answer(
    sample: Path, onnx: Encoder
) -> None:
    with open_services(Settings(data_dir=sample), onnx) as opened:
        outcome = asked(opened, "Which amendments were defeated at Marlport in January 2024?").outcome
    assert isinstance(outcome, Refusal)
    assert outcome.reason.startswith("no amendment that was lost was found in the minutes of Marlport")


def test_what_closed_minutes_tell_is_told_to_nobody_else(services: Services) -> None:
    question = Question("Which proposals were lost in February 2024?")
    public = services.answerer.answer(question, PUBLIC_ONLY).outcome
    every = services.answerer.answer(question, frozenset(Access)).outcome
    assert isinstance(public, Answer)
    assert isinstance(every, Answer)
    assert not any("treasure" in each.text for each in public.statements)
    assert any("treasure" in each.text for each in every.statements)


def test_only_the_clause_that_refers_is_told(services: Services) -> None:
    (said,) = told(services, "What was referred to another committee in June 2024?")
    assert (
        said
        == "(b) that the petition on the jetty, deferred from February, be referred to the Harbour Panel."
    )


def test_amendments_answer_for_motions_where_no_motion_met_the_fate(services: Services) -> None:
    reply = asked(services, "Which motions on the budget were lost?")
    assert isinstance(reply.outcome, Answer)
    assert [BUS in each.text for each in reply.outcome.statements] == [True]
    assert any("what is listed are amendments" in note for note in reply.understood.notes)


def test_no_amendment_that_was_carried_answers_for_motions(services: Services) -> None:
    reply = asked(services, "Which motions on lollipop patrols were carried?")
    assert not any("what is listed are amendments" in note for note in reply.understood.notes)


def test_motions_whose_fate_is_not_stated_are_counted(services: Services) -> None:
    reply = asked(services, "Which motions were carried at the last County Council meeting?")
    assert any("1 more motion(s)" in note for note in reply.understood.notes)
    reply = asked(services, "Which motions were lost in February 2024?")
    assert not any("more motion(s)" in note for note in reply.understood.notes)


def test_that_no_motion_is_known_to_be_carried_is_not_said(services: Services) -> None:
    outcome = asked(services, "Which motions were carried by the Harbour Panel in July 2024?").outcome
    assert isinstance(outcome, Answer) or "was found in the minutes" not in outcome.reason


def test_a_sentence_on_another_subject_is_not_told(services: Services) -> None:
    outcome = asked(services, "Were any motions on geese withdrawn in June 2024?").outcome
    assert isinstance(outcome, Refusal) or not any("her motion" in each.text for each in outcome.statements)


def test_a_day_to_which_a_thing_was_put_off_is_no_day_of_its_meeting(services: Services) -> None:
    reply, explained = services.answerer.explained(
        Question("What was deferred to the 6 June 2024 meeting of the County Council?"), PUBLIC_ONLY
    )
    assert explained.tried[0].route is not Route.DECISION
    assert not (isinstance(reply.outcome, Answer) and len(reply.outcome.statements) > 1)


def test_where_nothing_met_the_fate_the_refusal_concludes_nothing(services: Services) -> None:
    reply = asked(services, "Which motions were lost in June 2024?")
    assert isinstance(reply.outcome, Refusal)
    assert reply.outcome.reason.startswith("no motion that was lost was found in the minutes")


def test_a_subject_that_nothing_moved_holds_is_left_to_the_sentences(services: Services) -> None:
    _, explained = services.answerer.explained(
        Question("Which amendments to the constitution were carried?"), PUBLIC_ONLY
    )
    assert Route.SENTENCES in {each.route for each in explained.tried}
