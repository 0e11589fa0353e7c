"""A small council decides on its ferry three times: which decision is meant, and what of it answers."""

from collections.abc import Iterator

import pytest

from embeddings.encoder import Encoder
from qa_service.bootstrap import Services, open_services
from qa_service.config import Settings
from qa_service.domain.access import PUBLIC_ONLY
from qa_service.domain.answers import Answer, Question, Reply
from qa_service.domain.resolutions import Standing
from tests.factories import ingest

OCTOBER = """ASHMERE COUNTY COUNCIL

CABINET

MINUTES of a meeting of the Cabinet held on 12 October 2023.

PRESENT: Ada Quill (Leader), Tom Hask, Una Prewitt

11. Minutes

RESOLVED that the minutes of the meeting of 13 July 2023 be confirmed and signed by the Leader.

12. Ferry fares

The Director of Place said that the ferry had lost money for six years.

RESOLVED that passengers be asked what they think of dearer fares before Christmas.

13. Tenders for the ferry buildings

The Director of Place presented the report.

RESOLVED that:

(a) bids be sought for three landing stages;

(b) bids be judged by the time that the work would take; and

(c) a report on painting be brought in the spring.

14. Slow lanes

RESOLVED that:

(a) slow lanes be marked at all villages from May;

(b) Upper Ebb be looked at again in June with a costed plan; and

(c) no lane be marked on the Harbour Road.
"""
JANUARY = """ASHMERE COUNTY COUNCIL

CABINET

MINUTES of a meeting of the Cabinet held on 18 January 2024.

PRESENT: Ada Quill (Leader), Tom Hask, Una Prewitt

21. Ferry fares
(Item 4)

Part A: what passengers said

Half of the passengers had answered, and most were against dearer fares.

Part B: the timetable

Winter boats would run to the quarry only.

RESOLVED that single fares go up by ten pence, and that children under twelve travel free.

22. Swimming bath
(Item 5)

Tom Hask moved that the question be now put.

RESOLVED that the question be now put.

RESOLVED that the swimming bath be opened on Sundays from Whitsun.
"""
MARCH = """ASHMERE COUNTY COUNCIL

CABINET

MINUTES of a meeting of the Cabinet held on 14 March 2024.

PRESENT: Ada Quill (Leader), Tom Hask, Una Prewitt

31. Ferry at Sandwick

The Cabinet took decision 24/00077, the terms of which are in the published record of decision.

32. Bridge tolls

HEAVY LORRIES

Most heavy lorries crossed before dawn.

VANS OF BAKERS

Vans of bakers crossed all day.

RESOLVED that every toll be halved on Sundays and on Good Friday.
"""
RECORD = """ASHMERE COUNTY COUNCIL
RECORD OF DECISION
Decision taken by:
Cabinet
Date of decision:
14 March 2024
Decision number:
24/00077
Title:
Ferry at Sandwick
Decision
The Cabinet agreed to:
A) run the ferry at Sandwick on Saturdays from 1 June 2024; and
B) ask the Director of Place to report on takings by 30 November 2024.
Reasons for the decision
The ferry is full all the summer.
"""


APRIL = """ASHMERE COUNTY COUNCIL

CABINET

MINUTES of a meeting of the Cabinet held on 18 April 2024.

PRESENT: Ada Quill (Leader), Tom Hask, Una Prewitt

41. Library fines
(Item 4)

The Leader said that the recommended rise in library fines of 5p a day would
bring in £900, but that nobody had asked for it.

RESOLVED that library fines be abolished from 1 June 2024.

42. Visitors to the castle
(Item 5)

The Head of Tourism reported a number of 41,000 visitors to the castle. The Harbour Users Forum would talk
of library fines in May.

RESOLVED that the number of visitors to the castle be noted.

43. Yearly settlement of rents, tolls and mooring dues
(Item 6)

RESOLVED that:

(a) cottage rents go up by two per cent;

(b) garage rents stay as they are;

(c) the toll for hay carts be ended;

(d) the toll for horses be ended;

(e) mooring dues at the quay be paid in two halves;

(f) the Treasurer print the list; and

(g) the list be hung in the hall.

44. Papers of the Treasurer
(Item 7)

RESOLVED that the overdraft be renewed for twelve months.

The 2024-2029 Angling Plan was deferred to the May meeting, so that anglers might be asked.

On the proposal of Tom Hask, the Rowing Plan was deferred to the June meeting.

The auditors' charter was approved by the bank in March.

RESOLVED that the auditors' charter be adopted.
"""
MAY = """ASHMERE COUNTY COUNCIL

CABINET

MINUTES of a meeting of the Cabinet held on 9 May 2024.

PRESENT: Ada Quill (Leader), Tom Hask, Una Prewitt

51. Management plan for the moor
(Item 4)

The Head of Countryside presented the plan.

RESOLVED that Cabinet:

(a) notes the map of burrows that goes with the management plan for the moor;

(b) adopts the management plan for the moor; and

(c) delegates the printing of it to the Head of Countryside.
"""
PROPOSED = """ASHMERE COUNTY COUNCIL
PROPOSED RECORD OF DECISION
Decision to be taken by:
Cabinet
Decision number:
24/00091
Title:
Swings in the park
Decision
The Cabinet agree to:
A) buy six swings for the park; and
B) close the park at dusk.
Reasons for the decision
The swings are old.
"""
SWINGS = """ASHMERE COUNTY COUNCIL

REPORT

Committee: Cabinet
Date: 16 May 2024
Title: Swings in the park
Report From: Director of Place

Recommendation

1. That Cabinet agrees to buy swings for the park and to shut its gate at night.

Background

2. The swings in the park were put up in 1986.
"""


@pytest.fixture(scope="module")
def services(onnx: Encoder, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    folder = tmp_path_factory.mktemp("ashmere")
    papers = {"october.txt": OCTOBER, "january.txt": JANUARY, "march.txt": MARCH, "record.txt": RECORD}
    papers |= {"april.txt": APRIL, "may.txt": MAY, "proposed.txt": PROPOSED, "swings.txt": SWINGS}
    for name, text in papers.items():
        (folder / name).write_text(text, encoding="utf-8")
    ingest(folder / "data", *(folder / name for name in papers), encoder=onnx)
    with open_services(Settings(data_dir=folder / "data"), onnx) as opened:
        yield opened


def asked(services: Services, text: str) -> tuple[list[str], Reply]:
    """Return the words quoted, without line ends, and the reply."""
    reply = services.answerer.answer(Question(text), PUBLIC_ONLY)
    assert isinstance(reply.outcome, Answer), reply.outcome
    quoted = [each.quote for statement in reply.outcome.statements for each in statement.citations]
    return [" ".join(quote.split()) for quote in quoted], reply


def test_minutes_that_only_point_to_a_record_of_decision_give_way_to_the_record(services: Services) -> None:
    quotes, _ = asked(services, "What did Cabinet decide about the ferry in March 2024?")
    assert [quote[:2] for quote in quotes] == ["A)", "B)"]


def test_of_a_matter_decided_thrice_the_latest_is_shown_and_those_before_are_named(
    services: Services,
) -> None:
    quotes, reply = asked(services, "What was decided about the ferry?")
    assert [quote[:2] for quote in quotes] == ["A)", "B)"]
    (note,) = reply.understood.notes
    assert note.endswith("decided on it before: Cabinet, 12 October 2023; Cabinet, 18 January 2024")


def test_a_question_with_a_time_gets_the_decision_of_that_time(services: Services) -> None:
    quotes, reply = asked(services, "What was decided about ferry fares in October 2023?")
    assert quotes == ["that passengers be asked what they think of dearer fares before Christmas."]
    assert reply.understood.notes == ()


def test_the_parts_of_one_minute_are_one_matter(services: Services) -> None:
    quotes, _ = asked(services, "What was decided in March 2024 about heavy lorries?")
    assert quotes == ["that every toll be halved on Sundays and on Good Friday."]


def test_a_subject_of_which_minutes_only_say_what_became_is_not_told_by_the_decisions_beside_it(
    services: Services,
) -> None:
    quotes, reply = asked(services, "Was the 2024-2029 Angling Plan adopted at the April 2024 meeting?")
    assert quotes == [
        "The 2024-2029 Angling Plan was deferred to the May meeting, so that anglers might be asked."
    ]
    assert isinstance(reply.outcome, Answer)
    assert [each.standing for each in reply.outcome.statements] == [Standing.MINUTED]


def test_what_minutes_only_say_became_of_a_subject_is_resolved_where_members_did_it(
    services: Services,
) -> None:
    quotes, reply = asked(services, "Was the Rowing Plan adopted at the April 2024 meeting?")
    assert quotes == ["On the proposal of Tom Hask, the Rowing Plan was deferred to the June meeting."]
    assert isinstance(reply.outcome, Answer)
    assert [each.standing for each in reply.outcome.statements] == [Standing.RESOLVED]


def test_of_decisions_under_one_heading_that_names_none_of_them_those_on_the_subject_are_told(
    services: Services,
) -> None:
    quotes, _ = asked(services, "What was decided on the auditors' charter in April 2024?")
    assert quotes == ["that the auditors' charter be adopted."]


def test_what_a_meeting_decides_on_its_own_debate_is_no_decision_on_the_matter(services: Services) -> None:
    quotes, _ = asked(services, "What was decided about the swimming bath?")
    assert quotes == ["that the swimming bath be opened on Sundays from Whitsun."]


@pytest.mark.parametrize(
    ("text", "clause"),
    [
        ("What did Cabinet resolve on how bids for the ferry buildings are to be judged?", "(b)"),
        ("What did Cabinet resolve on the number of landing stages in the ferry tenders?", "(a)"),
    ],
)
def test_a_question_on_one_thing_within_a_decision_gets_its_clause(
    services: Services, text: str, clause: str
) -> None:
    quotes, _ = asked(services, text)
    assert [quote[:3] for quote in quotes] == [clause]


def test_what_was_decided_for_a_place_is_told_by_the_clause_that_names_it(services: Services) -> None:
    quotes, _ = asked(
        services, "What did Cabinet settle on in October 2023 for Upper Ebb and the slow lanes?"
    )
    assert quotes == ["(b) Upper Ebb be looked at again in June with a costed plan; and"]


def test_whether_a_thing_was_done_is_told_by_the_clause_that_does_it(services: Services) -> None:
    quotes, _ = asked(services, "Was the moor's management plan adopted?")
    assert quotes == ["(b) adopts the management plan for the moor; and"]


def test_a_clause_that_does_it_to_another_thing_does_not_stand_alone(services: Services) -> None:
    quotes, _ = asked(services, "Was the map of the moor's burrows delegated?")
    assert quotes == ["(a) notes the map of burrows that goes with the management plan for the moor;"]


def test_minutes_are_a_subject_where_they_were_confirmed(services: Services) -> None:
    quotes, _ = asked(services, "Which minutes did the county's Cabinet confirm in October 2023?")
    assert quotes == [
        "that the minutes of the meeting of 13 July 2023 be confirmed and signed by the Leader."
    ]


def test_whether_a_proposed_rise_came_is_told_by_the_decision_and_not_by_who_spoke_of_it(
    services: Services,
) -> None:
    quotes, _ = asked(services, "Did library fines go up by 5p a day?")
    assert quotes == ["that library fines be abolished from 1 June 2024."]


def test_what_a_proposed_rise_would_have_brought_is_told_by_who_spoke_of_it(services: Services) -> None:
    quotes, _ = asked(services, "How much would the rise in library fines bring in?")
    assert "£900" in quotes[0]


def test_a_fact_is_told_by_its_sentence_and_not_by_a_clause_that_notes_it(services: Services) -> None:
    quotes, _ = asked(services, "What was the number of visitors to the castle?")
    assert "41,000" in quotes[0]


def test_what_a_body_decided_that_is_not_held_is_not_told_by_anothers_decision(services: Services) -> None:
    quotes, _ = asked(
        services, "Has the Harbour Users Forum agreed that library fines be abolished from June?"
    )
    assert all("Harbour Users Forum" in quote for quote in quotes)


def test_of_a_long_decision_the_clauses_that_name_the_subject_are_quoted(services: Services) -> None:
    quotes, _ = asked(services, "What was decided about the mooring dues?")
    assert [quote[:3] for quote in quotes] == ["(e)"]


def test_what_a_proposed_record_asks_is_told_by_the_record_and_not_by_the_report(services: Services) -> None:
    quotes, _ = asked(services, "What did the proposed decision on swings in the park ask Cabinet to agree?")
    assert [quote[:2] for quote in quotes[:2]] == ["A)", "B)"]
