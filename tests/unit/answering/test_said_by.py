"""Whose a sentence is, by who is named in it and before it."""

import pytest

from qa_service.answering.said_by import is_of
from qa_service.domain.passages import UnitKind
from tests.unit.answering.weighing_cases import weighed

_HASK = "Mr Hask said that the weir was old."


@pytest.mark.parametrize(
    ("texts", "his"),
    [
        ((_HASK, "He asked for a new one."), True),
        ((_HASK, "Mrs Lund wished for two."), False),
        ((_HASK, "Proposed purpose:"), False),
        (("Question by Tom Hask to the Chairman", "The weir leaks."), True),
        (("Question by Tom Hask to the Chairman", "The weir leaks.", "Reply", "It was mended."), False),
        (("Question by Ann Lund to the Chairman", "The weir leaks."), False),
        (("The weir leaks.", "Proposer: Mr Hask"), False),
        (("The weir leaks.", "Present: Mr Hask"), False),
    ],
)
def test_the_last_sentence_is_his_or_not(texts: tuple[str, ...], his: bool) -> None:  # noqa: FBT001
    units = weighed(texts, (UnitKind.SENTENCE,) * len(texts), tuple(range(len(texts))))
    (last,) = (each for each in units if each.text == texts[-1])
    assert is_of(last, {"Hask"}) is his
