"""Who declared an interest, who left for one, who chaired and who stayed away: as minutes tell it."""

from collections.abc import Iterator

import pytest

from embeddings.encoder import Encoder
from qa_service.bootstrap import Services, open_ingestion, open_services
from qa_service.config import Settings
from qa_service.domain.access import PUBLIC_ONLY, Access
from qa_service.domain.answers import Answer, Question, Refusal
from qa_service.domain.explanations import Route, Stage
from qa_service.domain.resolutions import Standing
from qa_service.ingestion.pipeline import SourceInput

_MINUTES = """QUILLMERE BOROUGH COUNCIL

HARBOUR PANEL

MINUTES of a meeting of the Harbour Panel held in the Sail Loft, Quillmere on {day}.

{roll}

1. APOLOGIES

{apologies}

2. DECLARATIONS OF INTEREST

Members were mindful that where they believed they had a Disclosable Pecuniary Interest in any matter they
must declare that interest at the time of the debate.

{declarations}

3. FERRY FARES

{ferry}The Panel considered a report of the Harbour Master on fares for the Sallow ferry.

RESOLVED that the fare be held at £3.

4. OYSTER BEDS

{oysters}The Panel heard that the oyster beds at Nether Quill were leased until 2031.

RESOLVED that the report be noted.
"""
_MAY = _MINUTES.format(
    day="Tuesday, 7 May 2024",
    roll="PRESENT: Councillors B Hale (Chairman), V Orrin, T Wick and R Sedge",
    apologies="Apologies were received from Councillor Amos Penn.",
    declarations="Councillor Hale declared a personal interest in item 4, as he works at the fish market.\n\n"
    "Councillor Orrin declared a pecuniary interest in the Sallow ferry, of which her son is the skipper.",
    ferry="Councillor Orrin left the room while the ferry was discussed. ",
    oysters="",
)
_JULY = _MINUTES.format(
    day="Tuesday, 9 July 2024",
    roll="PRESENT: Councillors V Orrin (Vice-Chairman), T Wick and R Sedge",
    apologies="The apologies of Councillor Hale were noted. Councillor Orrin in the Chair.",
    declarations="No interests were declared.",
    ferry="",
    oysters="",
)
_SEPTEMBER = _MINUTES.format(
    day="Tuesday, 10 September 2024",
    roll="PRESENT: Councillors V Orrin, T Wick and R Sedge",
    apologies="There were none.",
    declarations="",
    ferry="",
    oysters="Councillor Wick declared a prejudicial interest, since his sister holds the lease. ",
)
_EXEMPT = _SEPTEMBER.replace("10 September", "8 October").replace("Councillor Wick", "Councillor Sedge")


@pytest.fixture(scope="module")
def services(onnx: Encoder, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    """Yield a service with three public minutes of one panel, and exempt ones of a fourth meeting."""
    root = tmp_path_factory.mktemp("declared")
    papers = {"may.txt": _MAY, "may-copy.txt": _MAY, "july.txt": _JULY, "september.txt": _SEPTEMBER}
    with open_ingestion(Settings(data_dir=root / "data"), onnx) as ingestion:
        for name, text in papers.items():
            (root / name).write_text(text, encoding="utf-8")
            ingestion.run([SourceInput(root / name, name, name)])
        (root / "closed.txt").write_text(_EXEMPT, encoding="utf-8")
        ingestion.run([SourceInput(root / "closed.txt", "closed", "closed.txt", access=Access.EXEMPT)])
    with open_services(Settings(data_dir=root / "data"), onnx) as opened:
        yield opened


def statements(
    services: Services, text: str, most: int | None = None, allowed: frozenset[Access] = PUBLIC_ONLY
) -> list[str]:
    """The quotations of each statement, without line ends."""
    outcome = services.answerer.answer(Question(text, max_statements=most), allowed).outcome
    assert isinstance(outcome, Answer), outcome
    return [
        " ".join(" ".join(citation.quote for citation in statement.citations).split())
        for statement in outcome.statements
    ]


def outcome_of(services: Services, text: str) -> Answer | Refusal:
    return services.answerer.answer(Question(text), PUBLIC_ONLY).outcome


HALE = "Councillor Hale declared a personal interest in item 4, as he works at the fish market."
ORRIN = "Councillor Orrin declared a pecuniary interest in the Sallow ferry, of which her son is the skipper."
WICK = "Councillor Wick declared a prejudicial interest, since his sister holds the lease."
LEFT = "Councillor Orrin left the room while the ferry was discussed."
NONE = "No interests were declared."


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Who declared an interest?", [WICK, HALE, ORRIN]),
        ("Any conflicts of interest at the harbour panel in May 2024?", [HALE, ORRIN]),
        ("Did anyone declare an interest in May 2024?", [HALE, ORRIN]),
        ("Did anybody declare an interest at the July 2024 panel?", [NONE]),
        ("Who declared an interest at the panel's last meeting?", [WICK]),
        ("What interests has Councillor Orrin declared?", [ORRIN]),
        ("What interests did members declare in 2024?", [WICK, HALE, ORRIN]),
        ("Did Councillor Wick declare an interest in July 2024?", [NONE]),
        ("What interests has Victor Wick declared?", [WICK]),
        ("Has Councillor Vera Orrin ever declared an interest?", [ORRIN]),
        ("Did any member admit a personal link before the oyster item in September 2024?", [WICK]),
    ],
)
def test_every_declaration_within_the_scope_is_told_and_no_rule(
    services: Services, text: str, told: list[str]
) -> None:
    assert statements(services, text) == told


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("Did anyone declare an interest in August 2024?", "August 2024"),
        ("Who declared an interest in 2022?", "2022"),
    ],
)
def test_what_other_meetings_record_does_not_answer_for_a_time_without_one(
    services: Services, text: str, time: str
) -> None:
    outcome = outcome_of(services, text)
    assert isinstance(outcome, Refusal)
    assert f"no minutes of {time}" in outcome.reason


def test_a_time_of_the_subject_is_no_meetings(services: Services) -> None:
    assert ORRIN in statements(services, "Who declared an interest in the 2022 ferry contract?")


def test_declarations_are_minuted_and_found_by_the_route_of_deeds(services: Services) -> None:
    reply, explanation = services.answerer.explained(Question("Who declared an interest?"), PUBLIC_ONLY)
    assert isinstance(reply.outcome, Answer)
    assert {each.standing for each in reply.outcome.statements} == {Standing.MINUTED}
    assert [each.route for each in explanation.tried] == [Route.DEED]


def test_a_subject_is_met_in_the_sentence_or_in_the_heading_above_it(services: Services) -> None:
    assert statements(services, "Who declared an interest in the ferry?") == [ORRIN]
    assert WICK in statements(services, "Who declared an interest in the oysters?")


def test_an_item_that_is_named_by_its_number_is_looked_up(services: Services) -> None:
    assert statements(services, "Who declared an interest in the oyster beds in May 2024?") == [HALE]


def test_a_declaration_that_shares_far_less_of_the_subject_than_another_is_not_told(
    services: Services,
) -> None:
    asked = "Who declared an interest through a skipper, a son or a sister?"
    assert statements(services, asked) == [ORRIN]


def test_of_a_meeting_all_are_told_where_none_is_on_the_subject(services: Services) -> None:
    assert statements(services, "Did anyone declare an interest in noise in May 2024?") == [HALE, ORRIN]


def test_without_a_meeting_no_declaration_answers_for_another_subject(services: Services) -> None:
    asked = Question("Did anyone declare an interest in the fare of £3?")
    _, explanation = services.answerer.explained(asked, PUBLIC_ONLY)
    assert Route.DEED not in [each.route for each in explanation.tried if each.drafts]


def test_whoever_left_is_told_before_the_interest(services: Services) -> None:
    assert statements(services, "Who had to leave the room when the ferry came up?") == [LEFT, ORRIN]


def test_whoever_left_is_told_only_where_minutes_say_so_or_a_subject_is_named(services: Services) -> None:
    assert statements(services, "Who had to leave the room at the panel in May 2024?") == [LEFT, ORRIN]
    _, explanation = services.answerer.explained(
        Question("Who had to leave the room at the panel in September 2024?"), PUBLIC_ONLY
    )
    assert explanation.tried[0].route is not Route.DEED


@pytest.mark.parametrize("text", ["Who ran the meeting?", "Who missed the meeting?"])
def test_of_several_meetings_one_must_be_named(services: Services, text: str) -> None:
    assert services.answerer.explained(Question(text), PUBLIC_ONLY)[1].stage is Stage.NO_SUBJECT


def test_more_than_a_list_may_have_are_joined_by_paper_and_the_rest_is_said(services: Services) -> None:
    joined = statements(services, "Who declared an interest?", 2)
    assert joined == [WICK, f"{HALE} {ORRIN}"]
    reply = services.answerer.answer(Question("Who declared an interest?", max_statements=1), PUBLIC_ONLY)
    assert "1 more statements are left out: name a shorter time" in reply.understood.notes


def test_exempt_minutes_are_told_to_those_alone_who_may_see_them(services: Services) -> None:
    asked = "Who declared an interest at the panel in October 2024?"
    shown = statements(services, asked, allowed=frozenset(Access))
    assert shown == [WICK.replace("Wick", "Sedge")]
    outcome = outcome_of(services, asked)
    assert isinstance(outcome, Refusal)
    assert "Sedge" not in str(outcome)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Who ran the harbour panel meeting in May 2024?", "B Hale (Chairman)"),
        ("Who was running the panel in May 2024?", "B Hale (Chairman)"),
        ("Who was in charge of the panel meeting in July 2024?", "Councillor Orrin in the Chair."),
        ("Who presided over the harbour panel in July 2024?", "Councillor Orrin in the Chair."),
    ],
)
def test_whoever_ran_a_meeting_is_who_chaired_it(services: Services, text: str, told: str) -> None:
    (quote,) = statements(services, text)
    assert quote.endswith(told)


@pytest.mark.parametrize(
    "text", ["Who ran the panel in September 2024?", "Who was in the chair at the panel in September 2024?"]
)
def test_where_minutes_name_no_chair_none_is_told(services: Services, text: str) -> None:
    outcome = outcome_of(services, text)
    assert isinstance(outcome, Refusal)
    assert outcome.reason.endswith("say who was in the chair")


@pytest.mark.parametrize(
    "text", ["Who skipped the panel in May 2024?", "Did anybody miss the panel in May 2024?"]
)
def test_whoever_missed_a_meeting_is_told_by_the_apologies(services: Services, text: str) -> None:
    assert statements(services, text) == ["Apologies were received from Councillor Amos Penn."]


_JANUARY = """QUILLMERE BOROUGH COUNCIL

HARBOUR AND FERRIES PANEL

MINUTES of a meeting of the Harbour and Ferries Panel held in the Sail Loft on Tuesday, 14 January 2025.

PRESENT IN THE CHAIR: Councillor D. Sedge.

PRESENT: Councillors V Orrin and T Wick

1. VOTE

In the absence of agreement the Panel voted on the fare.
"""
_MARCH = """QUILLMERE BOROUGH COUNCIL

HARBOUR AND FERRIES PANEL

MINUTES of a meeting of the Harbour and Ferries Panel held in the Sail Loft on Tuesday, 11 March 2025.

Chairman:
* Councillor Vera Orrin
* Councillor Tom Wick
  Councillor Bryn Hale

*Present

1. APOLOGIES

Councillor Hale sent word from his sick bed that he was unable to come.

2. FARES

The Panel considered a report on fares.
"""
_APRIL = """QUILLMERE BOROUGH COUNCIL

HARBOUR AND FERRIES PANEL

MINUTES of a meeting of the Harbour and Ferries Panel held in the Sail Loft on Tuesday, 8 April 2025.

PRESENT: Councillors V Orrin and T Wick

1. REGATTA

Councillor Orrin was elected Chairman of the Regatta Trust.

2. ELECTION

Councillor Wick was elected Chairman for the ensuing year.
"""


_JUNE = """Quillmere Borough Council: Minutes of the Ropes Committee held on Tuesday 10 June 2025

Present

Councillors Ada Wick (Vice-Chair, in the chair), Bo Hale and Cy Orrin. Officers: Di Vane (Clerk).

1. Ropes

The Clerk said that the ropes had been tarred.

2. Declarations

Councillor Hale declared that he was the owner of Tarry Barrels and would speak but not vote on item 3.

3. Tarry Barrels

The Clerk said that the barrels leaked. RESOLVED, by two votes to none: That Tarry Barrels be paid for six.
"""


@pytest.fixture(scope="module")
def chairs(onnx: Encoder, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    root = tmp_path_factory.mktemp("chairs")
    papers = {"january.txt": _JANUARY, "march.txt": _MARCH, "april.txt": _APRIL, "june.txt": _JUNE}
    with open_ingestion(Settings(data_dir=root / "data"), onnx) as ingestion:
        for name, text in papers.items():
            (root / name).write_text(text, encoding="utf-8")
            ingestion.run([SourceInput(root / name, name, name)])
    with open_services(Settings(data_dir=root / "data"), onnx) as opened:
        yield opened


def test_an_initial_ends_no_line_of_a_roll(chairs: Services) -> None:
    (quote,) = statements(chairs, "Who ran the panel meeting in January 2025?")
    assert quote == "PRESENT IN THE CHAIR: Councillor D. Sedge."


def test_of_a_roll_below_the_label_of_the_chair_only_the_first_is_told(chairs: Services) -> None:
    (quote,) = statements(chairs, "Who ran the ferries panel meeting in March 2025?")
    assert quote.endswith("Chairman: * Councillor Vera Orrin")


def test_a_vice_chair_in_the_chair_is_told_and_not_the_officers(chairs: Services) -> None:
    (quote,) = statements(chairs, "Who ran the June 2025 ropes committee meeting?")
    assert quote == "Ada Wick (Vice-Chair, in the chair)"


def test_who_could_not_vote_is_not_told_by_a_count_of_votes(chairs: Services) -> None:
    told = statements(chairs, "Who couldn't vote on Tarry Barrels in June 2025 because of being its owner?")
    assert told[0].startswith("Councillor Hale declared that he was the owner of Tarry Barrels")


def test_whoever_was_elected_to_the_chair_is_told_where_no_roll_does(chairs: Services) -> None:
    told = statements(chairs, "Who ran the panel meeting in April 2025?")
    assert told == ["Councillor Wick was elected Chairman for the ensuing year."]


def test_whoever_is_only_listed_is_told_by_the_sentence_on_why(chairs: Services) -> None:
    told = statements(chairs, "Was Councillor Hale away on 11 March 2025?")
    assert told == ["Councillor Hale sent word from his sick bed that he was unable to come."]


def test_the_absence_of_agreement_is_nobodys(chairs: Services) -> None:
    outcome = outcome_of(chairs, "Who was missing from the panel on 14 January 2025?")
    assert "absence of agreement" not in str(outcome.statements if isinstance(outcome, Answer) else "")


_PAGE = """Quillmere Borough Council Harbour Panel Meeting
5 Nov 2024, 1:30 p.m.
Confirmed
This is a meeting of the Harbour Panel of Quillmere Borough Council held on 5th Nov 2024.
Attendees
Councillor Bryn Hale
Ind
Present, as expected
Councillor Vera Orrin
CON
Absent
Councillor Tom Wick
LAB
Not required
No recordings submitted yet. Upload
Apologies for absence
There were no apologies.
Ferry fares
The Panel considered a report on fares.
"""


@pytest.fixture(scope="module")
def page(onnx: Encoder, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    root = tmp_path_factory.mktemp("page")
    (root / "page.txt").write_text(_PAGE, encoding="utf-8")
    with open_ingestion(Settings(data_dir=root / "data"), onnx) as ingestion:
        ingestion.run([SourceInput(root / "page.txt", "page", "page.txt")])
    with open_services(Settings(data_dir=root / "data"), onnx) as opened:
        yield opened


def test_a_page_tells_who_was_absent_beside_that_nobody_apologised(page: Services) -> None:
    told = statements(page, "Did anybody miss the panel on 5 November 2024?")
    assert told[0] == "Councillor Vera Orrin CON Absent"
    assert told[1].endswith("There were no apologies.")


def test_of_one_person_the_page_tells_that_persons_entry(page: Services) -> None:
    asked = "Was Councillor Wick away on 5 November 2024?"
    assert statements(page, asked) == ["Councillor Tom Wick LAB Not required"]
