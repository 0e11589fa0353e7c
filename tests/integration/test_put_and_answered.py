"""A question put in writing is told as one, and the reply below it answers whoever asks the same."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from embeddings.encoder import Encoder
from qa_service.bootstrap import Services, open_services
from qa_service.config import Settings
from qa_service.domain.access import PUBLIC_ONLY
from qa_service.domain.answers import Answer, Question, Statement
from tests.factories import ingest

PUT = """ASHMERE FERRIES PANEL

MINUTES of a meeting of the Ferries Panel held on 6 June 2024.

PRESENT: Ada Quill (Chairman), Tom Hask

1. Questions put and answered

Question 1

Question by Ada Quill to Tom Hask,
Cabinet Member for Ferries and Quays

On 3 May I rowed from Tarn Quay to Saxby and counted around 40 rotten planks along Tarn Quay, and in my view
many of the rotten planks of Tarn Quay are a danger to all who land there. The keeper of Tarn Quay has told me
that he is tired of the rotten planks.
Can the Cabinet Member explain what is going on?

Answer

Thank you for your question.

The rotten planks of Tarn Quay are known to all.

A carpenter has been taken on, and the present intention is that he is done with the work by the end of
August.

Question 2

Question by Una Prewitt to Tom Hask,
Cabinet Member for Ferries and Quays

Why has the night ferry to Saxby been withdrawn since the spring?

Answer

The crew of the boat had fallen ill. Two more hands for the night ferry to Saxby are sought.

Thursday 6 June 2024

Public question from Otto Lund to Tom Hask, Cabinet Member for Ferries and Quays

Will the toll at Saxby be raised?

Answer

Thank you for asking about the toll at Saxby. The charge stays as it is until 2026.

Question 4

Question by Rob Oakes to Tom Hask, Cabinet Member for Ferries and Quays

The weir at Mossop was last painted in May 2009, I believe. Is it to be painted again?

Answer

I am told that the painters will let us know by the end of June 2024.

Question 5

Question by Rob Oakes to Tom Hask, Cabinet Member for Ferries and Quays

What is to be done with the gulls on Saxby pier?

2. Bells

Answer

The bells of Saxby were cast in 1788.
"""
# The same paper as it was sent out, on which no day stands.
COPY = PUT[PUT.index("Question 1") : PUT.index("2. Bells")]
MINUTES = """# Minutes of the Monthly Meeting of Ashmere County Council held on Monday, 16th July, 2018

**QUESTIONS**

**3. Question submitted by Councillor T. Hask**

***I will ask at the next Meeting when the lamp at Otter Lane, Mossop will be mended.***

**REPLY**: The lamp at Otter Lane is due to be mended in October 2018.

It was put up in 1962. Of such lamps there are:

46

**4.**

**Question submitted by Councillor U. Prewitt**

***I will ask at the next Meeting how many geese were counted on Mossop Green.***

**NOTICE OF MOTION**

**5. Notice of Motion submitted by Councillor T. Hask**

***I will move at the next Meeting that the geese be fed.***

REPLY: The geese have been fed since May.

**6. Question submitted by Councillor U. Prewitt**

***I will ask at the next Meeting for news of the bird hide at Gull Point, as £15,000 was granted for it.***

**REPLY**: A meeting has been asked for with the wardens. They are fond of birds.

Members said that nobody had seen the bird hide.

**7. Question submitted by Councillor U. Prewitt**

***I will ask at the next Meeting why the swing bridge at Tarn was shut.***

**REPLY**: The swing bridge of Tarn was closed on the grounds of safety. In 1998 the swing bridge at Tarn was
shut for ten days.
"""

# Nothing here was put in writing.
TALK = "\n".join(
    [
        "ASHMERE RIVERS PANEL",
        "MINUTES of a meeting of the Rivers Panel held on 5 June 2024.",
        "PRESENT: Ada Quill (Chairman), Tom Hask",
        "1. Weirs",
        "The weir at Mossop was painted red on 7 May 2019.",
        "2. Birds",
        *(f"Members asked about the wardens and birds of {name} Marsh." for name in "ABCDEFGHIJ"),
    ]
).replace("\n", "\n\n")


@pytest.fixture(scope="module")
def services(onnx: Encoder, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    folder = tmp_path_factory.mktemp("put")
    papers = {"copy.txt": COPY, "minutes.md": MINUTES, "put.txt": PUT, "talk.txt": TALK}
    for name, text in papers.items():
        (folder / name).write_text(text, encoding="utf-8")
    ingest(folder / "data", *sorted(folder.iterdir()), encoder=onnx)
    with open_services(Settings(data_dir=folder / "data"), onnx) as opened:
        yield opened


def told(services: Services, text: str) -> list[Statement]:
    outcome = services.answerer.answer(Question(text), PUBLIC_ONLY).outcome
    return list(outcome.statements) if isinstance(outcome, Answer) else []


def first(services: Services, text: str) -> str:
    return " ".join(told(services, text)[0].text.split())


def test_the_reply_answers_though_it_shares_no_word_with_what_is_asked(services: Services) -> None:
    said = first(services, "When will the rotten planks of Tarn Quay be replaced?")
    assert said.startswith("A carpenter")
    assert "by the end of August" in said


def test_a_figure_that_the_asker_gives_is_his_own(services: Services) -> None:
    assert "around 40 rotten planks" in first(
        services, "How many rotten planks were counted along Tarn Quay?"
    )


def test_what_is_asked_of_the_asker_is_told_in_his_words(services: Services) -> None:
    said = first(services, "What did Ada Quill say of the rotten planks of Tarn Quay?")
    assert "I rowed" in said or "has told me that he is tired" in said
    assert "carpenter" not in said


def test_a_reply_is_told_under_the_name_of_who_asked(services: Services) -> None:
    (said,) = told(services, "What was the answer to the question about the rotten planks?")
    assert said.text.startswith("Question by Ada Quill to Tom Hask")
    assert "carpenter" in said.text
    assert "rowed" not in said.text
    assert "Una Prewitt" not in said.text


def test_what_heads_the_next_question_is_no_part_of_a_reply(services: Services) -> None:
    said = first(services, "What was the answer to the question about the night ferry?")
    assert said.endswith("are sought.")


def test_who_asked_is_told_with_the_question(services: Services) -> None:
    (said,) = told(services, "Who asked about the night ferry?")
    assert said.text.startswith("Question by Una Prewitt")
    assert "withdrawn" in said.text
    assert "fallen ill" not in said.text


def test_only_questions_of_the_person_named_are_listed(services: Services) -> None:
    listed = told(services, "What questions did Councillor Hask put?")
    assert [" ".join(each.text.split())[:42] for each in listed] == [
        "Question submitted by Councillor T. Hask *"
    ]


def test_who_replied_is_named_in_the_heading(services: Services) -> None:
    assert "fallen ill" in first(services, "What did Tom Hask answer about the night ferry?")
    assert "fallen ill" not in first(services, "What did Rob Hask answer about the night ferry?")


def test_a_question_without_a_reply_borrows_none_from_the_next_item(services: Services) -> None:
    replies = told(services, "What was the reply to the question about geese on Mossop Green?")
    assert not any("Prewitt" in each.text and "fed" in each.text for each in replies)


def test_members_are_not_the_public(services: Services) -> None:
    said = told(services, "What did the public ask about the night ferry?")
    assert not any(
        each.text.startswith("Question by Una Prewitt to") and "withdrawn" in each.text for each in said
    )


def test_minutes_with_labels_in_bold_are_read_alike(services: Services) -> None:
    said = first(services, "What was the reply to the question on the lamp at Otter Lane?")
    assert said.startswith("Question submitted by Councillor T. Hask")
    assert said.endswith("October 2018. It was put up in 1962. Of such lamps there are: 46")


def test_of_two_copies_the_one_of_a_dated_meeting_is_told(services: Services) -> None:
    for text in (
        "When will the rotten planks of Tarn Quay be replaced?",
        "Who asked about the rotten planks?",
    ):
        (said, *_) = told(services, text)
        assert said.citations[0].segment.held_on == date(2024, 6, 6)


def test_a_question_of_the_public_is_told_as_theirs(services: Services) -> None:
    (said,) = told(services, "What did the public ask about the toll at Saxby?")
    assert said.text.startswith("Public question from Otto Lund")


def test_a_reply_begins_with_what_it_has_to_say(services: Services) -> None:
    said = first(services, "Why was the swing bridge at Tarn shut?")
    assert said.startswith("**REPLY**: The swing bridge of Tarn was closed")


def test_thanks_for_a_question_are_no_reply(services: Services) -> None:
    assert first(services, "Will the toll at Saxby be raised?").startswith("The charge stays")


def test_what_another_paper_tells_goes_before_a_reply_that_does_not(services: Services) -> None:
    assert "7 May 2019" in first(services, "When was the weir at Mossop last painted?")


def test_a_sum_that_only_the_question_gives_is_told(services: Services) -> None:
    assert "15,000" in first(services, "How much was granted for the bird hide at Gull Point?")


def test_what_members_said_to_a_reply_is_no_part_of_it(services: Services) -> None:
    said = first(services, "What was the reply to the question about the bird hide?")
    assert said.endswith("They are fond of birds.")


def test_another_minute_holds_no_reply(services: Services) -> None:
    replies = told(services, "What was the reply to Rob Oakes's question about the gulls on Saxby pier?")
    assert not any("Rob Oakes" in each.text and "1788" in each.text for each in replies)


def test_who_asked_is_not_told_by_the_words_of_a_reply(services: Services) -> None:
    said = told(services, "Who asked about the ill crew?")
    assert not any(
        each.text.startswith("Question by Una Prewitt") and "withdrawn" in each.text for each in said
    )


def test_what_was_asked_aloud_is_told_by_the_minutes(services: Services) -> None:
    assert "Marsh" in first(services, "What did members ask about birds?")


def test_a_place_that_no_question_names_is_not_answered_for(services: Services) -> None:
    said = told(services, "What was the reply to the question about rotten planks at Penwith Quay?")
    assert not any(each.text.startswith("Question by") for each in said)


def test_of_a_long_reply_the_beginning_is_quoted_and_said_to_go_on(onnx: Encoder, tmp_path: Path) -> None:
    more = " ".join(f"Buoy {number} of the night ferry was painted again." for number in range(1, 30))
    (tmp_path / "long.txt").write_text(PUT.replace("Two more hands", f"{more} Two more hands"), "utf-8")
    ingest(tmp_path / "data", tmp_path / "long.txt", encoder=onnx)
    asked = "What was the answer to the question about the {}?"
    with open_services(Settings(data_dir=tmp_path / "data"), onnx) as opened:
        of_long, of_short = (
            opened.answerer.answer(Question(asked.format(subject)), PUBLIC_ONLY)
            for subject in ("night ferry", "rotten planks")
        )
    goes_on = "what is quoted goes on in the paper: follow the citation for the rest"
    assert goes_on in of_long.understood.notes
    assert goes_on not in of_short.understood.notes
    assert isinstance(of_long.outcome, Answer)
    assert "fallen ill" in of_long.outcome.statements[0].text
    assert "are sought" not in of_long.outcome.statements[0].text


SAILS = "Its crew will be back on board on 4 October."


@pytest.fixture(scope="module")
def long_reply(onnx: Encoder, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    folder = tmp_path_factory.mktemp("long")
    more = " ".join(f"Buoy {number} of the night ferry was painted again in May." for number in range(1, 30))
    rest = f"The night ferry sailed again on 2 June. {SAILS} It carried 212 geese to Saxby."
    insured = "The night ferry is insured."
    (folder / "long.txt").write_text(PUT.replace("Two more", f"{more} {rest} {insured} Two more"), "utf-8")
    ingest(folder / "data", folder / "long.txt", encoder=onnx)
    with open_services(Settings(data_dir=folder / "data"), onnx) as opened:
        yield opened


@pytest.mark.parametrize(
    ("asked", "given"),
    [
        (
            "When will the night ferry sail again, by the reply to Una Prewitt's question?",
            f"The night ferry sailed again on 2 June. {SAILS}",
        ),
        (
            "How many geese did the reply to the question about the night ferry speak of?",
            f"{SAILS} It carried 212 geese to Saxby.",
        ),
        (
            "Did the reply to the question from Una Prewitt on the night ferry say that it is insured?",
            "The night ferry is insured.",
        ),
    ],
)
def test_of_a_long_reply_the_sentence_that_gives_what_is_asked_is_quoted(
    long_reply: Services, asked: str, given: str
) -> None:
    said = first(long_reply, asked)
    assert said.startswith("Question by Una Prewitt to Tom Hask")
    assert said.endswith(f"Quays {given}")
    reply = long_reply.answerer.answer(Question(asked), PUBLIC_ONLY)
    assert "what is quoted goes on in the paper: follow the citation for the rest" in reply.understood.notes


def test_a_long_reply_that_gives_nothing_of_what_is_asked_is_quoted_from_its_beginning(
    long_reply: Services,
) -> None:
    asked = "What was the reply to Una Prewitt's question on the night ferry, and what percentage was it?"
    assert "The crew of the boat had fallen ill." in first(long_reply, asked)
