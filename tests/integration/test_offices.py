"""Who holds an office, takes calls or gave a talk: read from fronts, feet, headers and slides of papers."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from embeddings.encoder import Encoder
from embeddings.hashing import HashingEncoder
from qa_service.bootstrap import Services, open_services
from qa_service.config import Settings
from qa_service.domain.access import PUBLIC_ONLY
from qa_service.domain.answers import Answer, Question, Refusal, Turn
from qa_service.domain.explanations import Route
from tests.factories import ingest

_AGENDA = """NOTICE OF MEETING

Meeting

Schools and Families Panel

Date and Time

Tuesday, {day} at 1.30 pm

Place

Weaver Room, Shire Hall, Thornby

Enquiries to

panels@eldshire.example

{chief}
Chief Executive
Shire Hall, Thornby TH4 2QQ

AGENDA

1. APOLOGIES FOR ABSENCE
To receive any apologies.

2. CHAIRMAN'S ANNOUNCEMENTS
To receive any announcements.

3. ADOPTION (Pages 3 - 6)
To consider a report of the Director of Children's Services of Eldshire County Council.
"""


_FRONT_SHEET = """AGENDA

ROADS COMMITTEE

Thursday, 6th June, 2024, at 10.00 am Ask for: Isolde Farrant
Committee Room 2,
Moot Hall, Wendlebury
Telephone: 01632 960 200

UNRESTRICTED ITEMS

1. Apologies
2. Declarations of Interest
3. Minutes of the Meeting held on 4 April 2024 (Pages 1 - 4)
4. Pothole Repairs (Pages 5 - 9)

EXEMPT ITEMS

(At the time of preparing the agenda there were no exempt items.)

Corwin Hathersage
General Counsel
01632 960 201

Wednesday, 29 May 2024
"""


@pytest.fixture(scope="module")
def front_sheet(onnx: Encoder, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    root = tmp_path_factory.mktemp("front")
    (root / "sheet.txt").write_text(_FRONT_SHEET, encoding="utf-8")
    ingest(root / "data", root / "sheet.txt", encoder=onnx)
    with open_services(Settings(data_dir=root / "data"), onnx) as opened:
        yield opened


@pytest.fixture(scope="module")
def two_agendas(onnx: Encoder, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    root = tmp_path_factory.mktemp("offices")
    papers = root / "papers"
    papers.mkdir()
    for name, day, chief in (
        ("old.txt", "9th March, 2021", "Rowan Tidewell CBE"),
        ("new.txt", "14th March, 2023", "Petra Anstruther FCPFA"),
    ):
        (papers / name).write_text(_AGENDA.format(day=day, chief=chief), encoding="utf-8")
    ingest(root / "data", papers, encoder=onnx)
    with open_services(Settings(data_dir=root / "data"), onnx) as opened:
        yield opened


@pytest.fixture(scope="module")
def sample(onnx: Encoder, repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    data_dir = tmp_path_factory.mktemp("sample") / "data"
    ingest(data_dir, repository / "qa_service" / "sample" / "papers", encoder=onnx)
    with open_services(Settings(data_dir=data_dir), onnx) as opened:
        yield opened


def quotes(services: Services, text: str, before: str | None = None) -> list[str]:
    """The words quoted in answer to a question, without line ends."""
    question = Question(text, history=(Turn(before),) if before else ())
    outcome = services.answerer.answer(question, PUBLIC_ONLY).outcome
    assert isinstance(outcome, Answer), outcome
    return [
        " ".join(citation.quote.split())
        for statement in outcome.statements
        for citation in statement.citations
    ]


_ASKED = "Who was down on the March 2021 agenda as the council's chief executive?"


def test_the_signature_at_the_head_of_an_agenda_tells_who_held_the_office(two_agendas: Services) -> None:
    assert quotes(two_agendas, _ASKED) == ["Rowan Tidewell CBE Chief Executive"]


def test_the_office_is_followed_to_the_agenda_of_another_year(two_agendas: Services) -> None:
    assert quotes(two_agendas, "And two years later?", _ASKED) == ["Petra Anstruther FCPFA Chief Executive"]


def test_without_a_year_every_holder_comes_once_the_newest_first(two_agendas: Services) -> None:
    found = quotes(two_agendas, "Whose name do the agendas give as chief executive?")
    assert [quote.split()[0] for quote in found] == ["Petra", "Rowan"]


@pytest.mark.parametrize(
    ("question", "quote"),
    [
        (
            "Whose name is at the foot of the January 2024 Cabinet agenda as chief executive?",
            "Annabel Crowther Chief Executive Wednesday, 10 January 2024",
        ),
        (
            "Whose name is at the bottom of the January 2024 Cabinet agenda?",
            "Annabel Crowther Chief Executive",
        ),
        ("Who is chief executive of Marlshire?", "A Crowther (Chief Executive)"),
        ("Who chairs the Children and Learning Panel?", "Councillor Imogen Thackray"),
        ("Who came to Cabinet in October 2023 as its monitoring officer?", "(Monitoring Officer)"),
        ("Who in the Cabinet looks after libraries?", "Councillor E Sallis, Communities and Libraries"),
        ("Who runs adult social care for the county?", "Gwendolen Faraday, Director of Adult Social Care"),
        ("Whom should I ring about the Cabinet meeting of January 2024?", "Ask for: Ottilie Brandreth"),
        ("Who gave the talk about respite for disabled youngsters?", "Anouk Teasdale, Disabled Children's"),
        ("Who presented the result on parking to Cabinet in January 2024?", "Councillor Umeh presented"),
        ("Who signed the January 2024 report on care at home?", "From: Gwendolen Faraday, Director"),
    ],
)
def test_a_name_beside_an_office_or_label_answers(sample: Services, question: str, quote: str) -> None:
    (said,) = quotes(sample, question)
    assert quote in said


@pytest.mark.parametrize(
    ("office", "now", "then"),
    [
        ("Who was the chairman of the Highways and Flood Risk Committee", "2023", "2015"),
        ("Who was the Director of Finance", "2024", "2015"),
    ],
)
def test_whoever_held_an_office_at_other_times_did_not_at_the_time_asked(
    sample: Services, office: str, now: str, then: str
) -> None:
    assert quotes(sample, f"{office} in {now}?")
    reply = sample.answerer.answer(Question(f"{office} in {then}?"), PUBLIC_ONLY)
    assert isinstance(reply.outcome, Refusal), reply.outcome


def test_a_day_on_which_two_bodies_met_names_no_meeting(tmp_path: Path) -> None:
    for body, room in (("Cabinet", "Sail Loft"), ("Rivers Panel", "Rope Walk")):
        (tmp_path / f"{room}.txt").write_text(
            f"ASHMERE COUNTY COUNCIL\n\n{body.upper()}\n\nMINUTES of a meeting of the {body} held in "
            f"the {room} on 9 January 2024.\n\nPRESENT: Ada Quill (Chairman), Tom Hask\n\n1. Peat\n\nSold.\n",
            encoding="utf-8",
        )
    ingest(tmp_path / "data", *tmp_path.glob("*.txt"))
    with open_services(Settings(data_dir=tmp_path / "data"), HashingEncoder(64)) as opened:
        asked = Question("Where was the meeting on 9 January 2024 held?")
        named = Question("Where was the Rivers Panel's meeting on 9 January 2024 held?")
        _, of_two = opened.answerer.explained(asked, PUBLIC_ONLY)
        _, of_one = opened.answerer.explained(named, PUBLIC_ONLY)
    assert Route.ROLL not in [each.route for each in of_two.tried if each.drafts]
    assert Route.ROLL in [each.route for each in of_one.tried if each.drafts]


def test_a_chief_executive_is_no_executive_of_councillors(sample: Services) -> None:
    reply = sample.answerer.answer(Question("Who is the chief executive?"), PUBLIC_ONLY)
    assert reply.understood.filters.bodies == frozenset()


def test_a_signature_that_no_passage_holds_tells_who_held_the_office(front_sheet: Services) -> None:
    (quote,) = quotes(front_sheet, "Who signs the Roads Committee agenda of June 2024 as general counsel?")
    assert quote.startswith("Corwin Hathersage General Counsel")


def test_whom_to_ask_for_is_found_behind_other_words_of_its_line(front_sheet: Services) -> None:
    (quote,) = quotes(front_sheet, "Whom should I ring about the Roads Committee meeting of June 2024?")
    assert "Ask for: Isolde Farrant" in quote


def test_a_notice_without_labels_tells_where_and_when_the_meeting_is(front_sheet: Services) -> None:
    (quote,) = quotes(front_sheet, "Where and when is the Roads Committee meeting in June 2024?")
    assert quote.startswith("Thursday, 6th June, 2024, at 10.00 am")
    assert "Moot Hall" in quote


def test_where_and_when_a_meeting_is_held_is_read_from_its_notice(sample: Services) -> None:
    asked = "Where and when was the Highways committee to meet in February 2024?"
    assert quotes(sample, asked) == [
        "Date and Time: Tuesday, 6th February, 2024 at 2.00 pm",
        "Place: Assembly Room, Town Hall, Otterfleet",
    ]
    (where,) = quotes(sample, "In which room did the Highways committee meet in February 2024?")
    assert where.startswith("Place:")
    assert quotes(sample, "Where was the meeting on 6 February 2024 held?") == [where]


def test_which_officers_came_is_read_from_those_in_attendance(sample: Services) -> None:
    told = " ".join(quotes(sample, "Which officers came to Cabinet in January 2024?"))
    assert "Mr H Tansley (Director of Finance)" in told
    assert "Dr L Farrow" in told


def test_who_sits_on_a_body_is_its_newest_roll_with_those_away(sample: Services) -> None:
    roll = " ".join(quotes(sample, "Who sits on the Highways and Flood Risk Committee?"))
    assert "Cormac Tierney" in roll
    assert "Lettice Drabble" in roll


_PARISH = """DUNMOUTH PARISH COUNCIL

MINUTES of a meeting of the Parish Council held on 6 February 2024.

PRESENT: Ada Quill (Chairman), Tom Hask

3. Training

Councillor Hask would go to the workshop at Sallow Mill, Clerk to arrange, and the Clerk sent the briefing.

4. Payments

Mrs Gwen Aldous, Clerk, was paid for February: £410.00 by cheque.
"""


def test_what_an_officer_is_to_do_is_nobodys_name(
    onnx: Encoder, tmp_path_factory: pytest.TempPathFactory
) -> None:
    root = tmp_path_factory.mktemp("parish")
    (root / "minutes.txt").write_text(_PARISH, encoding="utf-8")
    ingest(root / "data", root / "minutes.txt", encoder=onnx)
    with open_services(Settings(data_dir=root / "data"), onnx) as opened:
        (quote,) = quotes(opened, "Who is the clerk?")
    assert quote.startswith("Mrs Gwen Aldous, Clerk")
