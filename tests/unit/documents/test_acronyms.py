"""Short forms as the text explains them: the first place counts, two senses stay two."""

import pytest

from qa_service.documents.acronyms import acronyms_in


def learned(text: str) -> list[tuple[str, str]]:
    return [(each.short, each.long) for each in acronyms_in(text)]


def test_two_senses_of_one_short_form_are_two_and_spellings_of_one_sense_are_one() -> None:
    text = (
        "The Independent Reviewing Service (IRS) met. The Internal Revenue Service (IRS) is a tax office. "
        "The independent reviewing service (IRS) meets, and the Independent Reviewing Services (IRSs) too."
    )
    found = acronyms_in(text)
    assert learned(text) == [
        ("IRS", "Independent Reviewing Service"),
        ("IRS", "Internal Revenue Service"),
    ]
    assert [text[each.span.start :].startswith(each.long) for each in found] == [True, True]


@pytest.mark.parametrize(
    ("text", "long"),
    [
        ("gathered by our Special Education Needs teams (SEN) and others", "Special Education Needs"),
        ("the LADO (Local Authority Designated Officer) reviews", "Local Authority Designated Officer"),
        ("at Prior Court School (PCS) though", "Prior Court School"),
        ("(market town grants, or MTG) are few", "market town grants"),
        ("a Safer Streets Plan, known as the SSP, was read", "Safer Streets Plan"),
        ("the Family Support Service Teams (FSST) met", "Family Support Service Teams"),
    ],
)
def test_the_long_form_is_what_the_letters_stand_for(text: str, long: str) -> None:
    assert [each for _, each in learned(text)] == [long]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "It went to BMT (the weekly meeting of managers) in May.",
            ("BMT", "the weekly meeting of managers"),
        ),
        (
            "It met. The ferrymen of Oxhey, Tarn and Saxby, known locally as \u2018OTS\u2019, met.",
            ("OTS", "The ferrymen of Oxhey, Tarn and Saxby"),
        ),
    ],
)
def test_what_a_text_calls_by_a_short_form_need_not_give_its_letters(
    text: str, found: tuple[str, str]
) -> None:
    assert learned(text) == [found]


def test_what_is_spelt_out_anywhere_is_not_glossed() -> None:
    assert learned("BMT (the managers) met. The Branch Management Team (BMT) met.") == [
        ("BMT", "Branch Management Team")
    ]


@pytest.mark.parametrize(
    "text",
    ["the Chairman (Cllr Quill MBE)", "in the year (IV)", "see the map (PDF)", "(ABC)", "by train, or BBC"],
)
def test_what_is_not_spelled_out_is_not_learned(text: str) -> None:
    assert learned(text) == []
