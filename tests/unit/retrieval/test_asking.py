"""The sentence that asks is found among those that tell what led to it."""

import pytest

from qa_service.retrieval.asking import asking_sentence
from qa_service.retrieval.intents import Intent, intent_of


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("Who mends bridges?", "Who mends bridges?"),
        ("My mule is lame. Who mends bridges?", "Who mends bridges?"),
        ("I asked before. Who mends bridges? It is urgent.", "Who mends bridges?"),
        ("My mule is lame Who mends bridges?", "Who mends bridges?"),
        ("Is it dear? And when does it open?", "And when does it open?"),
        ("The bridge cost £1.5 million. Was it approved?", "Was it approved?"),
        ("the cost of the bridge", "the cost of the bridge"),
        ("Tell me about the bridge. It was dear.", "Tell me about the bridge. It was dear."),
        ("Did Who Cares Ltd apply?", "Did Who Cares Ltd apply?"),
        ("What was said in the May meeting?", "What was said in the May meeting?"),
        ("What became of Cllr. Hask's motion?", "What became of Cllr. Hask's motion?"),
    ],
)
def test_the_last_sentence_with_a_question_mark_asks(text: str, asks: str) -> None:
    assert asking_sentence(f" {text} ") == asks


def test_what_led_to_a_question_does_not_decide_what_it_asks_for() -> None:
    told = "The committee agreed to shut the bridge. How many carts cross it?"
    assert intent_of(asking_sentence(told)) is Intent.NUMBER
