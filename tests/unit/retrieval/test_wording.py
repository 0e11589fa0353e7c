"""What is asked is read without the words around it, and what is no wrapping stays."""

import time
from datetime import date

import pytest

from qa_service.domain.answers import Question, Turn
from qa_service.retrieval.intents import Intent
from qa_service.retrieval.question import read_question
from qa_service.retrieval.wording import plain_words
from qa_service.store.catalogue import Catalogue

TODAY = date(2025, 6, 2)
EMPTY = Catalogue(0, (), (), (), {})


@pytest.mark.parametrize(
    "wrapped",
    [
        "Please can you tell me who mended the weir?",
        "can you please tell me who mended the weir",
        "Can anyone tell me who mended the weir?",
        "Could you kindly remind me who mended the weir?",
        "Would you mind telling me who mended the weir?",
        "Are you able to say who mended the weir?",
        "I'd like to know who mended the weir.",
        "I would be most grateful if you could tell me who mended the weir.",
        "We want to find out who mended the weir",
        "I was wondering if you could tell me who mended the weir.",
        "I wonder if anyone knows who mended the weir.",
        "Just wondering who mended the weir",
        "I'm trying to find out who mended the weir",
        "I can't remember who mended the weir",
        "Do you happen to know who mended the weir?",
        "Does anyone know who mended the weir?",
        "Anyone know who mended the weir?",
        "Do we know who mended the weir?",
        "Any idea who mended the weir?",
        "Have you any idea who mended the weir?",
        "Could the council tell us who mended the weir?",
        "Is it known who mended the weir?",
        "Would it be possible to find out who mended the weir?",
        "Do the minutes say who mended the weir?",
        "May I ask who mended the weir?",
        "Tell me who mended the weir.",
        "Tell us please, who mended the weir?",
        "Please let me know who mended the weir. Many thanks",
        "What I want to know is who mended the weir.",
        "My question is: who mended the weir?",
        "Please, who mended the weir?",
        "Who mended the weir please?",
        "Who mended the weir, please? Thanks in advance!",
        "Who mended the weir? thank you",
        "Who mended the weir, do you know?",
        "Who mended the weir? Does anyone know?",
        "Hi, quick question: who mended the weir?",
        "Hello there, who mended the weir?",
        "Good morning. Hope you are well. Who mended the weir?",
        "Dear Clerk, could you tell me who mended the weir? Kind regards",
        "Sorry to bother you but who mended the weir?",
        "I have a question: who mended the weir?",
        "According to the minutes, who mended the weir?",
        "In the papers who mended the weir?",
        "Who mended the weir, according to the council's records?",
    ],
)
def test_the_words_around_a_question_are_left_out(wrapped: str) -> None:
    assert plain_words(wrapped) == "Who mended the weir?"


@pytest.mark.parametrize(
    ("wrapped", "plain"),
    [
        ("Can you tell me when the next meeting is?", "When is the next meeting?"),
        ("Tell me where the May meeting was held", "Where was the May meeting held?"),
        ("Do you know who the chair was?", "Who was the chair?"),
        ("Do you know how many people attended?", "How many people attended?"),
        ("Do you know what was decided on the weir?", "What was decided on the weir?"),
        ("Do you know how often does the board meet?", "How often does the board meet?"),
        ("Can you tell me was the weir mended?", "Was the weir mended?"),
        ("Do you know whether the weir was mended?", "Was the weir mended?"),
        ("Can you say whether or not the weir has been mended?", "Has the weir been mended?"),
        ("Do you know if anyone objected?", "Did anyone object?"),
        ("Let me know if there's a meeting in May", "Is there a meeting in May?"),
        ("Whether the weir was mended?", "Was the weir mended?"),
        ("Is it true that the board refused the lease?", "Did the board refuse the lease?"),
        ("Can you confirm the lease was refused?", "Was the lease refused?"),
        ("Could you explain how the levy is worked out?", "How is the levy worked out?"),
        ("I'd like to know by when the weir must be mended", "By when must the weir be mended?"),
        ("Do you know where and when the board met?", "Where and when did the board meet?"),
        ("Tell me, in May, what did the board decide?", "In May, what did the board decide?"),
        ("Do you know, if they refuse, who will pay?", "If they refuse, who will pay?"),
        (
            "I need to know the minutes of which meeting were signed",
            "The minutes of which meeting were signed?",
        ),
        ("And can you tell me who seconded it?", "And who seconded it?"),
        ("Can you tell me the date of the next meeting?", "What is the date of the next meeting?"),
        ("Does anyone have the date of the next meeting?", "What is the date of the next meeting?"),
        ("Please give me the names of the members", "What are the names of the members?"),
        ("Do you know the chair of the board?", "Who is the chair of the board?"),
        ("Tell me about the weir.", "What is there on the weir?"),
        ("What can you tell me about the weir?", "What is there on the weir?"),
        ("In the papers, is there anything on the weir?", "What is there on the weir?"),
        ("Do you have any information about the weir?", "What is there on the weir?"),
        ("Can you tell me about the May meeting?", "What happened at the May meeting?"),
        ("Could you please summarise the May meeting?", "Summarise the May meeting"),
        ("I live by the weir. Can you tell me if it was mended?", "I live by the weir. Was it mended?"),
        ("I live by the weir. I'd like to know who mends it.", "I live by the weir. Who mends it?"),
        ("Hello, I live by the weir and was wondering if it leaks", "I live by the weir. Does it leak?"),
        ("Do you know who came and whether the weir leaked?", "Who came and did the weir leak?"),
        ("I want to know who spoke and can you tell me where?", "Who spoke and can you tell me where?"),
        ("Thanks, and when was that?", "And when was that?"),
        ("Great, thanks. And can you tell me who seconded it?", "And who seconded it?"),
        ("and can you tell me about the weir?", "and what is there on the weir?"),
        ("Can you tell me if Cllr. Hask came?", "Did Cllr. Hask come?"),
    ],
)
def test_a_clause_is_put_in_the_order_of_a_question(wrapped: str, plain: str) -> None:
    assert plain_words(wrapped) == plain


@pytest.mark.parametrize(
    "text",
    [
        "Who mended the weir?",
        "Can you claim expenses?",
        "Can I appeal?",
        "Can anyone check the accounts?",
        "Can I have the minutes sent to me?",
        "Can I ask a question at the meeting?",
        "Is it possible to speak at a meeting?",
        "Do you have to register to speak?",
        "Did the panel ask whether the weir was safe?",
        "Does the board know whether the weir is safe?",
        "Who told the council that the weir had failed?",
        "What did the Leader say when asked whether she knew?",
        "Does anyone object to the lease?",
        "If the lease was refused, who objected?",
        "What were the votes of thanks?",
        "Did the board give a vote of thanks",
        "What does the scheme do to please?",
        "According to the January report, what was the overspend?",
        "In the October minutes, who was absent?",
        "In the county's papers, what was decided on the weir?",
        "Hi-vis jackets: who pays for them?",
        "Tell me more about it",
        "I live by the weir. It leaks. Who mends it?",
        "Do you know the weir was mended?",
        "Can you confirm the minutes of the meeting held in May?",
        "Tell me, May attendance figures",
        "Thanks!",
        "Please",
        "  spaced   out  ",
    ],
)
def test_what_is_no_wrapping_stays_as_it_is(text: str) -> None:
    assert plain_words(text) == text


@pytest.mark.parametrize("many", ["please ", ", ", "thanks? ", "can you just ", "- ", "tell me the ", "? "])
def test_no_question_takes_long_to_read(many: str) -> None:
    started = time.perf_counter()
    plain_words(many * (2000 // len(many)))
    assert time.perf_counter() - started < 1


def test_a_wrapped_question_is_read_as_the_plain_one() -> None:
    reading = read_question(Question("Please can you tell me who the chair was?"), EMPTY, TODAY)
    assert (reading.text, reading.intent) == ("Who was the chair?", Intent.PERSON)


def test_what_a_wrapped_question_before_asked_is_carried_on() -> None:
    asked = Question("and in 2024?", history=(Turn("Could you tell me what the weir cost in 2023, please?"),))
    assert read_question(asked, EMPTY, TODAY).text == "What did the weir cost in 2024?"
