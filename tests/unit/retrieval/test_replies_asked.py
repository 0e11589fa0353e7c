"""Questions about questions put in writing are told from those that only sound like them."""

import pytest

from qa_service.retrieval.replies_asked import RepliesAsked, Wanted, replies_asked


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("What was the answer to the question on the ferry?", RepliesAsked(Wanted.REPLY)),
        ("What did Tom Hask answer about the ferry?", RepliesAsked(Wanted.REPLY, to="Tom Hask")),
        ("What was Tom Hask's reply on the ferry?", RepliesAsked(Wanted.REPLY, to="Tom Hask")),
        (
            "What was the reply to Councillor Quill's question about the ferry?",
            RepliesAsked(Wanted.REPLY, by="Councillor Quill"),
        ),
        (
            "What answer did Cllr Quill get when she asked about the ferry?",
            RepliesAsked(Wanted.REPLY, by="Cllr Quill"),
        ),
        (
            "What answer did Tom Hask give to the question on the ferry?",
            RepliesAsked(Wanted.REPLY, to="Tom Hask"),
        ),
        ("What was Ada Quill told about the ferry?", RepliesAsked(Wanted.REPLY, by="Ada Quill")),
        ("How was the question about the ferry answered?", RepliesAsked(Wanted.REPLY)),
        ("What questions did Ada Quill put?", RepliesAsked(Wanted.QUESTION, by="Ada Quill")),
        ("What did Ada Quill ask about the ferry?", RepliesAsked(Wanted.QUESTION, by="Ada Quill")),
        ("What did members ask about the ferry?", RepliesAsked(Wanted.QUESTION)),
        ("What did the public ask about the ferry?", RepliesAsked(Wanted.QUESTION, public=True)),
        ("Who asked about the ferry?", RepliesAsked(Wanted.ASKER)),
        ("Who asked Tom Hask about the ferry?", RepliesAsked(Wanted.ASKER, to="Tom Hask")),
        ("Which councillor put a question on the ferry?", RepliesAsked(Wanted.ASKER)),
    ],
)
def test_what_is_wanted_and_of_whom(text: str, asked: RepliesAsked) -> None:
    assert replies_asked(text) == asked


@pytest.mark.parametrize(
    "text",
    [
        "When does the ferry run?",
        "What was the response to the consultation question on the ferry?",
        "What was the response to concerns about the ferry?",
        "Who asked for the ferry to be painted?",
        "Who raised the price of the ferry?",
        "What did members ask officers to do about the ferry?",
        "How do I ask a question at a meeting?",
        "Who answered the question about the ferry?",
    ],
)
def test_what_only_sounds_like_it(text: str) -> None:
    assert replies_asked(text) is None
