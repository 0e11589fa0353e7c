"""When a subject was dealt with is answered by the minutes of the meetings that name it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from embeddings.hashing import HashingEncoder
from qa_service.answering.drafts import LATER, ONLY_LISTED
from qa_service.bootstrap import Services, open_ingestion, open_services
from qa_service.config import Settings
from qa_service.domain.access import PUBLIC_ONLY, Access
from qa_service.domain.answers import Answer, Question, Refusal, Reply, Statement, Turn
from qa_service.domain.resolutions import Standing
from qa_service.ingestion.pipeline import SourceInput
from tests.factories import ingest

_MINUTES = """ASHMERE COUNTY COUNCIL

{body}

MINUTES of a meeting of the {name} held on {held_on}.

PRESENT: Ada Quill (Chairman), Tom Hask, Una Prewitt

1. {title}

{text}

2. Any other business

{other}
"""
_REPORT = """ASHMERE COUNTY COUNCIL

RIVERS PANEL

Report to the Rivers Panel, 3 December 2024

Subject: The saltmarsh ferry

The panel last discussed the saltmarsh ferry at length, and the saltmarsh ferry is discussed in this report.
"""
_AGENDA = """ASHMERE COUNTY COUNCIL

RIVERS PANEL

Agenda for a meeting of the Rivers Panel to be held on 4 February 2025 at 2.00 pm in the County Hall, Ashmere.

AGENDA

1. To receive apologies for absence.

2. The otter census.

3. The saltmarsh ferry.
"""
NOTHING = "There was no other business to be taken at this meeting."


def minutes(held_on: str, title: str, text: str, other: str = NOTHING, body: str = "Rivers Panel") -> str:
    return _MINUTES.format(body=body.upper(), name=body, held_on=held_on, title=title, text=text, other=other)


def opened(folder: Path, papers: dict[str, str]) -> Iterator[Services]:
    for name, text in papers.items():
        (folder / name).write_text(text, encoding="utf-8")
    ingest(folder / "data", *(folder / name for name in papers), encoder=HashingEncoder(256))
    with open_services(Settings(data_dir=folder / "data"), HashingEncoder(256)) as services:
        yield services


@pytest.fixture(scope="module")
def ashmere(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    ferry = "The harbour master told the panel how the boat had fared over the winter."
    yield from opened(
        tmp_path_factory.mktemp("talked"),
        {
            "mar.txt": minutes(
                "5 March 2024", "Peat", "The peat was wet.", "Tom Hask asked after the saltmarsh ferry."
            ),
            "jun.txt": minutes("4 June 2024", "The Saltmarsh Ferry", ferry),
            "sep.txt": minutes("3 September 2024", "Saltmarsh Ferry: new hull", "The hull was of oak."),
            "oct.txt": minutes("1 October 2024", "Weirs", "One weir leaked.", "The ferry at Tarn was shut."),
            "nov.txt": minutes(
                "5 November 2024", "Toll", "Una Prewitt said that the toll of the saltmarsh ferry was high."
            ),
            "cab.txt": minutes(
                "8 October 2024", "Lamps", "The lamps in Mill Lane were lit at four.", body="Cabinet"
            ),
            "report.txt": _REPORT,
            "agenda.txt": _AGENDA,
        },
    )


def reply(services: Services, text: str) -> Reply:
    return services.answerer.answer(Question(text), PUBLIC_ONLY)


def stated(services: Services, text: str) -> list[Statement]:
    outcome = reply(services, text).outcome
    assert isinstance(outcome, Answer), outcome
    return list(outcome.statements)


def days(statements: list[Statement]) -> list[str]:
    return [str(each.citations[0].segment.held_on) for each in statements]


def test_the_last_meeting_is_that_whose_heading_names_it_and_then_a_later_mention(ashmere: Services) -> None:
    told = stated(ashmere, "When did the Rivers Panel last discuss the saltmarsh ferry?")
    assert days(told) == ["2024-09-03", "2024-11-05"]
    assert "Saltmarsh Ferry: new hull" in told[0].text
    assert "The hull was of oak." in told[0].text
    assert told[1].text.startswith(LATER.format(quote=""))


def test_the_first_meeting_is_that_whose_heading_names_it_and_then_an_earlier_mention(
    ashmere: Services,
) -> None:
    assert days(stated(ashmere, "When did the saltmarsh ferry first come up?")) == [
        "2024-06-04",
        "2024-03-05",
    ]


def test_each_meeting_is_shown_newest_first_and_no_report_or_agenda(ashmere: Services) -> None:
    told = stated(ashmere, "Which meetings discussed the saltmarsh ferry?")
    assert days(told) == ["2024-11-05", "2024-09-03", "2024-06-04", "2024-03-05"]
    assert {each.standing for each in told} == {Standing.MINUTED}
    notes = reply(ashmere, "Which meetings discussed the saltmarsh ferry?").understood.notes
    assert any("minutes are held here" in note for note in notes)


def test_a_time_of_meetings_in_the_question_holds(ashmere: Services) -> None:
    assert days(stated(ashmere, "When was the saltmarsh ferry last discussed before September 2024?")) == [
        "2024-06-04"
    ]


def test_half_of_a_subject_is_not_the_subject(ashmere: Services) -> None:
    told = stated(ashmere, "How often has the saltmarsh ferry been discussed?")
    assert "2024-10-01" not in days(told)


def test_what_only_an_agenda_lists_is_called_so(ashmere: Services) -> None:
    (told,) = stated(ashmere, "When was the otter census discussed?")
    assert told.text.startswith(ONLY_LISTED.format(quote=""))
    assert told.standing is Standing.LISTED


def test_what_stood_on_an_agenda_is_what_is_asked_after_there(ashmere: Services) -> None:
    (told,) = stated(ashmere, "When was the otter census last on the agenda?")
    assert told.text.strip().startswith(("2. The otter census", "The otter census"))


def test_a_follow_up_is_on_what_was_asked_before_or_on_its_own_subject(ashmere: Services) -> None:
    for before, text in {
        "What was said of the saltmarsh ferry?": "When was it first discussed?",
        "What was said of the weirs?": "When was the saltmarsh ferry first discussed?",
    }.items():
        outcome = ashmere.answerer.answer(Question(text, history=(Turn(before),)), PUBLIC_ONLY).outcome
        assert isinstance(outcome, Answer), outcome
        assert days(list(outcome.statements)) == ["2024-06-04", "2024-03-05"]


def test_a_year_that_is_the_subjects_limits_no_meetings_and_is_not_passed_over(ashmere: Services) -> None:
    for note in reply(ashmere, "When was the 1920 saltmarsh ferry discussed?").understood.notes:
        assert "are shown" not in note


def test_a_body_in_the_question_holds(ashmere: Services) -> None:
    told = stated(ashmere, "When did Cabinet last discuss the lamps?")
    assert days(told) == ["2024-10-08"]


def test_a_motion_is_quoted_with_what_says_that_it_was_moved(tmp_path: Path) -> None:
    moved = (
        "Tom Hask moved:\n\n“That the swan pond be sold.”\n\nRESOLVED that the swan pond be kept for ever."
    )
    papers = {"swan.txt": minutes("5 March 2024", "Swan pond", moved, body="County Council")}
    for services in opened(tmp_path, papers):
        (told,) = stated(services, "When was the swan pond last discussed?")
        assert " ".join(told.text.split()) == "1. Swan pond Tom Hask moved: “That the swan pond be sold.”"
        assert told.standing is Standing.MINUTED


def test_a_sentence_is_worth_what_it_is_and_not_what_its_heading_is(tmp_path: Path) -> None:
    resolved = "RESOLVED that the swan pond be kept for ever."
    for services in opened(tmp_path, {"swan.txt": minutes("5 March 2024", "Swan pond", resolved)}):
        (told,) = stated(services, "When was the swan pond last discussed?")
        assert " ".join(told.text.split()) == f"1. Swan pond {resolved}"
        assert told.standing is Standing.RESOLVED


def test_a_short_form_is_no_verb(tmp_path: Path) -> None:
    papers = {
        "may.txt": minutes("7 May 2024", "Schools", "The teachers of SEND pupils were thanked by the panel."),
        "jun.txt": minutes("4 June 2024", "Post", "The clerk was asked to send the letters by boat."),
    }
    for services in opened(tmp_path, papers):
        assert days(stated(services, "Which meetings discussed SEND?")) == ["2024-05-07"]


def test_two_asides_under_like_titles_make_no_subject(tmp_path: Path) -> None:
    papers = {
        "may.txt": minutes("7 May 2024", "Otter holt annual report", "The report was read to the panel."),
        "jun.txt": minutes("4 June 2024", "Adder annual report", "The holt of last year was an aside here."),
    }
    for services in opened(tmp_path, papers):
        told = stated(services, "Which meetings considered the holt annual report?")
        assert days(told) == ["2024-05-07"]


def test_a_rare_word_alone_is_no_subject_of_two(tmp_path: Path) -> None:
    weirs = "The weir was low. Another weir was high."
    papers = {
        f"{number}.txt": minutes(
            f"{number} May 2024", f"Weir {number}", weirs, "The weir was mended at last."
        )
        for number in range(6, 12)
    }
    papers["jun.txt"] = minutes("4 June 2024", "Doors", "An adder lay before the door of the clerk.")
    for services in opened(tmp_path, papers):
        for note in reply(services, "Which meetings discussed the adder weir?").understood.notes:
            assert "are shown" not in note


def test_words_far_apart_in_a_sentence_name_no_subject(tmp_path: Path) -> None:
    apart = (
        "An otter was seen by the clerk on the road to the old mill, where the miller, who was away "
        "that day for the fair at Saxby, had let the whole of the lower holt to his cousin."
    )
    near = "The clerk said that the otter holt was wet."
    papers = {
        "may.txt": minutes("7 May 2024", "Mills", apart),
        "jun.txt": minutes("4 June 2024", "Banks", near),
    }
    for services in opened(tmp_path, papers):
        assert days(stated(services, "Which meetings discussed the otter holt?")) == ["2024-06-04"]


@pytest.mark.parametrize("kind", ["minutes", "agenda"])
def test_a_restricted_paper_is_shown_to_nobody_else(tmp_path: Path, kind: str) -> None:
    shut = minutes("2 April 2024", "Swan pond", "The pond was dry.")
    if kind == "agenda":
        shut = _AGENDA.replace("The otter census", "The swan pond")
    (tmp_path / "open.txt").write_text(minutes("5 March 2024", "Peat", "The peat was wet."), encoding="utf-8")
    (tmp_path / "shut.txt").write_text(shut, encoding="utf-8")
    settings, encoder = Settings(data_dir=tmp_path / "data"), HashingEncoder(256)
    ingest(settings.data_dir, tmp_path / "open.txt", encoder=encoder)
    with open_ingestion(settings, encoder) as ingestion:
        ingestion.run([SourceInput(tmp_path / "shut.txt", "shut", "shut.txt", access=Access.EXEMPT)])
    with open_services(settings, encoder) as services:
        asked = Question("When was the swan pond last discussed?")
        public, every = (
            services.answerer.answer(asked, who).outcome for who in (PUBLIC_ONLY, frozenset(Access))
        )
    assert isinstance(every, Answer)
    assert days(list(every.statements)) == ["2024-04-02" if kind == "minutes" else "2025-02-04"]
    assert isinstance(public, Refusal) or "2025-02-04" not in days(list(public.statements))
    assert "swan" not in str(public).lower() or isinstance(public, Refusal)


def test_what_is_named_nowhere_is_not_answered_from_here(ashmere: Services) -> None:
    for note in reply(ashmere, "When did the panel last discuss the lighthouse?").understood.notes:
        assert "are shown" not in note


def without_day(text: str) -> str:
    """Return minutes that do not say of which day they are."""
    return text.replace(" held on 5 March 2024", " held in the County Hall, Ashmere")


@pytest.mark.parametrize(
    "question",
    [
        "Which meetings discussed the swan pond?",
        "When was the swan pond last discussed?",
        "Which meetings discussed the swan pond in 2024?",
    ],
)
def test_minutes_without_a_date_that_name_it_are_counted_and_given_no_day(
    tmp_path: Path, question: str
) -> None:
    undated = without_day(minutes("5 March 2024", "Swan pond", "The swans had left the pond."))
    papers = {
        "may.txt": minutes("7 May 2024", "Swan pond", "The pond was dry."),
        "one.txt": undated,
        "two.txt": undated.replace("The swans had left", "Nobody had seen a swan at"),
        "weir.txt": without_day(minutes("5 March 2024", "Weirs", "One weir leaked.")),
    }
    for services in opened(tmp_path, papers):
        assert days(stated(services, question)) == ["2024-05-07"]
        notes = reply(services, question).understood.notes
        assert "2 papers of minutes that name this too bear no date and are not shown" in notes


def test_no_undated_minutes_are_told_of_where_none_names_it_or_none_may_be_seen(tmp_path: Path) -> None:
    undated = without_day(minutes("5 March 2024", "Swan pond", "The swans had left the pond."))
    weirs = without_day(minutes("5 March 2024", "Weirs", "One weir leaked."))
    dated = minutes("7 May 2024", "Swan pond", "The pond was dry.")
    for name, text in {"shut.txt": undated, "weir.txt": weirs, "may.txt": dated}.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    settings, encoder = Settings(data_dir=tmp_path / "data"), HashingEncoder(256)
    ingest(settings.data_dir, tmp_path / "weir.txt", tmp_path / "may.txt", encoder=encoder)
    with open_ingestion(settings, encoder) as ingestion:
        ingestion.run([SourceInput(tmp_path / "shut.txt", "shut", "shut.txt", access=Access.EXEMPT)])
    with open_services(settings, encoder) as services:
        asked = Question("Which meetings discussed the swan pond?")
        public, every = (
            " ".join(services.answerer.answer(asked, who).understood.notes)
            for who in (PUBLIC_ONLY, frozenset(Access))
        )
    assert "one paper of minutes that names this too bears no date and is not shown" in every
    assert "no date" not in public


def test_a_year_of_the_subject_is_no_time_of_meetings_and_a_month_alone_at_the_end_is(
    ashmere: Services,
) -> None:
    for note in reply(
        ashmere, "Which meetings discussed tolls in the 2019 saltmarsh ferry plan?"
    ).understood.notes:
        assert "are shown" not in note
    told = stated(ashmere, "Which meetings talked about the saltmarsh ferry, June 2024?")
    assert days(told) == ["2024-06-04"]
