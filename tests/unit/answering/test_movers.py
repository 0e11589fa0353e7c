"""Whose motion is asked about: a motion that somebody seconded is not theirs."""

from dataclasses import replace

import pytest

from qa_service.answering.movers import did_it, motion_of


@pytest.mark.parametrize(
    ("text", "name", "did"),
    [
        ("Mr Hask proposed, and Mrs Lund seconded, the following amendment:", "Lund", "seconded"),
        ("It was proposed by Councillor Ann Hask and seconded by Mrs Lund.", "Hask", "proposed"),
        ("The motion was moved by Cllr Hask.", "Hask", "proposed"),
    ],
)
def test_a_text_says_that_somebody_did_it(text: str, name: str, did: str) -> None:
    assert did_it(text, name, did)


@pytest.mark.parametrize(
    ("text", "name", "did"),
    [
        ("Mr Hask proposed, and Mrs Lund seconded, the following amendment:", "Hask", "seconded"),
        ("It was seconded by Mrs Lund.", "Hask", "seconded"),
        ("Mr Hask seconded it.", "Hask", "proposed"),
    ],
)
def test_a_text_does_not_say_so(text: str, name: str, did: str) -> None:
    assert not did_it(text, name, did)


def test_a_motion_is_of_somebody_on_something() -> None:
    asked = motion_of("Who seconded Mr Hask's amendment on lifeboats?")
    assert asked is not None
    assert (asked.name, asked.did) == ("Hask", "seconded")
    assert "lifeboat" in " ".join(asked.subject)
    assert motion_of("Who seconded the amendment on lifeboats?") is None
    assert motion_of("Who seconded Mr Hask's friend?") is None
    assert replace(asked, did="proposed") == motion_of("Who proposed Mr Hask's amendment on lifeboats?")
