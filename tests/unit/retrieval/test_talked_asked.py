"""Whether a question asks when, or at which meetings, a subject was dealt with."""

import pytest

from qa_service.retrieval.talked_asked import TalkedAsked, Which, talked_asked, without_asking


@pytest.mark.parametrize(
    ("text", "which"),
    [
        ("When did Ashmere County Council last discuss the ferry?", Which.LAST),
        ("When was the ferry most recently considered?", Which.LAST),
        ("When was the ferry discussed for the last time?", Which.LAST),
        ("When was the last time anybody raised the ferry?", Which.LAST),
        ("What was the most recent meeting to look at the ferry?", Which.LAST),
        ("When did the panel first hear about the ferry?", Which.FIRST),
        ("When did the ferry first come up?", Which.FIRST),
        ("Which was the first meeting that dealt with the ferry?", Which.FIRST),
        ("when was the ferry debated", Which.EACH),
        ("Which committee meetings discussed the ferry?", Which.EACH),
        ("At which meeting was the ferry considered?", Which.EACH),
        ("In what meetings did the ferry come up?", Which.EACH),
        ("How often has the ferry been discussed?", Which.EACH),
        ("How many times did the council talk about the ferry?", Which.EACH),
        ("Has the ferry come up before?", Which.EACH),
        ("Has the ferry been raised at any earlier meeting?", Which.EACH),
        ("Has the council ever discussed the ferry?", Which.EACH),
    ],
)
def test_a_question_of_when_a_subject_was_dealt_with_is_told(text: str, which: Which) -> None:
    assert talked_asked(text) == TalkedAsked(which, listed=False)


def test_an_agenda_that_is_asked_after_is_told() -> None:
    assert talked_asked("When was the ferry last on the agenda?") == TalkedAsked(Which.LAST, listed=True)


@pytest.mark.parametrize(
    "text",
    [
        "When will the ferry be discussed?",
        "When is the ferry discussed?",
        "How often does the panel discuss the ferry?",
        "When did the ferry last sail?",
        "When was the ferry first painted?",
        "When did Mr Hask last raise the ferry?",
        "When did Councillor Orme mention the ferry first?",
        "When did the council discuss the ferry and what did it decide?",
        "When was the ferry discussed, and who spoke?",
        "Which meeting approved the ferry?",
        "At which meeting was it resolved that the ferry be considered?",
        "When did the council consider that the ferry was lost?",
        "What did the panel discuss about the ferry?",
        "When did the panel first hear about the ferry being sold?",
        "What was discussed at the last meeting?",
        "Was the ferry discussed with residents?",
        "Did the panel consider the ferry?",
        "Who last discussed the ferry?",
    ],
)
def test_a_question_of_what_is_told_asks_for_no_meeting(text: str) -> None:
    assert talked_asked(text) is None


def test_the_words_that_ask_for_a_meeting_are_no_part_of_the_subject() -> None:
    assert without_asking("ferry timetable last discussed before agenda") == "ferry timetable"
