"""A question that names a meeting and nothing else is answered from all that structure found of it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from embeddings.hashing import HashingEncoder
from qa_service.bootstrap import Services, open_services
from qa_service.config import Settings
from qa_service.domain.access import PUBLIC_ONLY
from qa_service.domain.answers import Answer, Question, Reply
from qa_service.domain.explanations import Route
from qa_service.domain.resolutions import Standing
from qa_service.sample import papers_directory
from tests.factories import ingest

_MINUTES = """ASHMERE COUNTY COUNCIL

{body}

MINUTES of a meeting of the {name} held on {held_on}.

PRESENT: Ada Quill (Chairman), Tom Hask, Una Prewitt

IN ATTENDANCE: Gwen Aldous (Treasurer)

APOLOGIES: Bea Orme

1. Peat

The treasurer said that the peat could be sold for {peat} pounds.

RESOLVED that the peat be left in the ground.

2. Weirs

RESOLVED:

(a) that the {weir} weir be mended before the winter; and

(b) that its keeper be paid by the month.
"""


def minutes(body: str, held_on: str, weir: str, peat: int = 40) -> str:
    return _MINUTES.format(body=body.upper(), name=body, held_on=held_on, weir=weir, peat=peat)


WEIR = "(a) that the {} weir be mended before the winter; and (b) that its keeper be paid by the month."
LONG = "\n\n".join(
    [
        "ASHMERE COUNTY COUNCIL",
        "RIVERS PANEL",
        "MINUTES of a meeting of the Rivers Panel held on 5 June 2024.",
        "PRESENT: Ada Quill (Chairman), Tom Hask",
        *(
            f"{number}. Bridge {number}\n\nRESOLVED that bridge {number} be painted in colour {number}."
            for number in range(1, 24)
        ),
    ]
)


@pytest.fixture(scope="module")
def ashmere(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    folder = tmp_path_factory.mktemp("meetings")
    papers = {
        "jan23.txt": minutes("Cabinet", "10 January 2023", "Tarn"),
        "jan24.txt": minutes("Cabinet", "9 January 2024", "Saxby"),
        "jan24-again.txt": minutes("Cabinet", "9 January 2024", "Saxby", 41),
        "march24.txt": minutes("Cabinet", "12 March 2024", "Mossop"),
        "council.txt": minutes("County Council", "20 March 2024", "Otter"),
        "long.txt": LONG,
    }
    for name, text in papers.items():
        (folder / name).write_text(text, encoding="utf-8")
    ingest(folder / "data", *(folder / name for name in papers))
    with open_services(Settings(data_dir=folder / "data"), HashingEncoder(64)) as opened:
        yield opened


@pytest.fixture(scope="module")
def marlshire(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    data_dir = tmp_path_factory.mktemp("agenda") / "data"
    ingest(data_dir, Path(papers_directory()) / "marlshire-cabinet-2024-01-18-agenda-pack.pdf")
    with open_services(Settings(data_dir=data_dir), HashingEncoder(64)) as opened:
        yield opened


def asked(services: Services, text: str, most: int | None = None) -> Reply:
    return services.answerer.answer(Question(text, max_statements=most), PUBLIC_ONLY)


def told(reply: Reply) -> list[str]:
    assert isinstance(reply.outcome, Answer), reply.outcome
    return [" ".join(each.text.split()) for each in reply.outcome.statements]


@pytest.mark.parametrize(
    ("question", "weirs"),
    [
        ("What was decided at Cabinet on 9 January 2024?", ["Saxby"]),
        ("What did Cabinet decide in January?", ["Saxby"]),
        ("What was agreed at the Cabinet meeting of 10 January 2023?", ["Tarn"]),
        ("What decisions were taken at the last Cabinet meeting?", ["Mossop"]),
        ("What happened at Cabinet in March 2024?", ["Mossop"]),
        ("List all decisions made by Cabinet between January 2024 and March 2024", ["Saxby", "Mossop"]),
        ("What was discussed at the County Council in March 2024?", ["Otter"]),
    ],
)
def test_every_decision_of_the_meetings_meant_is_told_once_and_in_order(
    ashmere: Services, question: str, weirs: list[str]
) -> None:
    reply = asked(ashmere, question)
    assert told(reply) == [
        words
        for weir in weirs
        for words in (
            "that the peat be left in the ground.",
            WEIR.format(weir),
        )
    ]
    assert isinstance(reply.outcome, Answer)
    assert {each.standing for each in reply.outcome.statements} == {Standing.RESOLVED}
    assert any("decisions found in the records of" in note for note in reply.understood.notes)


def test_a_meeting_named_with_a_subject_is_asked_about_the_subject(ashmere: Services) -> None:
    found = told(asked(ashmere, "What was decided about weirs at Cabinet on 9 January 2024?"))
    assert not any("peat" in words for words in found)


def test_more_decisions_than_a_list_may_have_are_told_in_one_and_none_is_lost(
    ashmere: Services,
) -> None:
    question = "What was decided at the Rivers Panel on 5 June 2024?"
    (statement,) = told(asked(ashmere, question))
    assert [number for number in range(1, 24) if f"bridge {number} be painted" in statement] == [
        *range(1, 24)
    ]
    (statement,) = told(asked(ashmere, "What was decided at Cabinet on 9 January 2024?", most=1))
    assert "peat" in statement
    assert "Saxby weir" in statement


@pytest.mark.parametrize(
    "question",
    [
        "How many members attended Cabinet on 9 January 2024?",
        "How many councillors were at the last Cabinet, present or not?",
        "How many councillors were at the Cabinet on 9 January 2024?",
    ],
)
def test_how_many_came_is_told_by_the_roll_that_names_them(ashmere: Services, question: str) -> None:
    reply = asked(ashmere, question)
    assert told(reply) == ["PRESENT: Ada Quill (Chairman), Tom Hask, Una Prewitt"]
    assert any("the roll names 3 as present at Cabinet" in note for note in reply.understood.notes)


@pytest.mark.parametrize(
    "question",
    [
        "How many members sent apologies to Cabinet on 9 January 2024?",
        "How many councillors were absent from the Cabinet on 9 January 2024?",
    ],
)
def test_how_many_were_away_is_told_by_the_roll_that_names_them(ashmere: Services, question: str) -> None:
    reply = asked(ashmere, question)
    (line,) = told(reply)
    assert line.endswith("APOLOGIES: Bea Orme")
    assert any("the roll names 1 as away from Cabinet" in note for note in reply.understood.notes)


def test_how_many_came_to_something_else_is_not_told_by_a_roll(ashmere: Services) -> None:
    reply = asked(ashmere, "How many people attended the weir keepers' supper after Cabinet in January 2024?")
    assert not any("roll names" in note for note in reply.understood.notes)


def test_an_agenda_is_quoted_whole_from_the_paper_that_has_most_of_it(marlshire: Services) -> None:
    question = Question("What was on the agenda of Cabinet on 18 January 2024?")
    reply, explanation = marlshire.answerer.explained(question, PUBLIC_ONLY)
    (agenda,) = told(reply)
    assert explanation.tried[-1].route is Route.AGENDA
    assert [agenda.count(f" {number}. ") for number in range(2, 8)] == [1] * 6
    assert "the agenda of Cabinet, 18 January 2024" in reply.understood.notes


def test_an_agenda_that_is_not_held_is_not_told_by_decisions(
    ashmere: Services,
) -> None:
    reply = asked(ashmere, "What was on the agenda of Cabinet on 9 January 2024?")
    assert not any("decisions found" in note for note in reply.understood.notes)


def test_a_list_of_more_papers_than_statements_says_what_it_leaves_out(ashmere: Services) -> None:
    reply = asked(ashmere, "List all decisions made by Cabinet between January 2023 and March 2024", most=2)
    assert len(told(reply)) == 2
    assert "1 more statements are left out: name a shorter time" in reply.understood.notes


def test_a_meeting_whose_council_no_paper_names_takes_nothing_of_another(tmp_path: Path) -> None:
    named = minutes("Cabinet", "9 January 2024", "Saxby")
    unnamed = named.replace("ASHMERE COUNTY COUNCIL\n\n", "").replace("Saxby", "Mossop")
    for name, text in {"named.txt": named, "unnamed.txt": unnamed}.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    ingest(tmp_path / "data", tmp_path / "named.txt", tmp_path / "unnamed.txt")
    with open_services(Settings(data_dir=tmp_path / "data"), HashingEncoder(64)) as services:
        with services.database.reading() as reader:
            councils = {row["council"] for row in reader.query("SELECT DISTINCT council FROM resolution")}
        assert councils == {"Ashmere County Council", None}, "each paper names its council: nothing is tried"
        found = told(asked(services, "What was decided at Cabinet on 9 January 2024?"))
    assert [sum(weir in words for words in found) for weir in ("Saxby", "Mossop")] == [1, 1]


AUDIT = """ASHMERE COUNTY COUNCIL

AUDIT PANEL

MINUTES of a meeting of the Audit Panel held on 2 May 2024.

PRESENT: Ada Quill (Chairman), Tom Hask

1. Locks

RESOLVED that the report on the locks be noted.

2. Weirs

RESOLVED that the plan for the weirs be approved.
"""


def test_what_was_noted_is_told_by_what_was_decided_and_not_by_the_agenda(tmp_path: Path) -> None:
    (tmp_path / "audit.txt").write_text(AUDIT, encoding="utf-8")
    ingest(tmp_path / "data", tmp_path / "audit.txt")
    with open_services(Settings(data_dir=tmp_path / "data"), HashingEncoder(64)) as opened:
        noted = asked(opened, "Which reports did the Audit Panel note in May 2024?")
        approved = asked(opened, "What plans did the Audit Panel approve in May 2024?")
    assert told(noted) == ["that the report on the locks be noted."]
    assert told(approved) == ["that the plan for the weirs be approved."]
