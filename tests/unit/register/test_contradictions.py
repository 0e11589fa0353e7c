"""Two figures for one fact are told, and what may both be right is not."""

from dataclasses import replace
from datetime import date

import pytest

from qa_service.domain.documents import Part
from qa_service.domain.spans import Span
from qa_service.register.contradictions import Telling, contradictions

JANUARY, JUNE = date(2024, 1, 23), date(2024, 6, 18)


def telling(text: str, row: int = 1, **facts: object) -> Telling:
    plain = Telling(row, Span(0, len(text)), text, "Panel", JANUARY, Part.REPORT)
    return replace(plain, **facts)  # type: ignore[arg-type]


def notes(*texts: str) -> list[str]:
    told = [telling(text, row) for row, text in enumerate(texts)]
    return [each.note for each in contradictions(told)]


FERRY = "On 31 March 2023 the average ferry carried 68 people on each crossing of the ford, down from 71."


def test_one_fact_with_two_figures_is_told_with_both_places() -> None:
    other = FERRY.replace("68", "74").replace("down", "up")
    (found,) = contradictions([telling(FERRY, 2, held_on=JUNE), telling(other, 1)])
    assert found.note == "74 in one place, 68 in the other"
    assert (found.first.document_row, found.second.document_row) == (1, 2), "the earlier meeting comes first"


@pytest.mark.parametrize(
    "other",
    [
        FERRY,
        FERRY.replace("2023", "2022").replace("68", "74"),
        FERRY.replace("68 people", "74 carts"),
        FERRY.replace("68", "174"),
        FERRY.replace("the average ferry", "the average barge at Sallow Staithe").replace("68", "74"),
        FERRY.replace("carried", "was forecast to carry").replace("68", "74"),
        FERRY.replace("ferry", "barge").replace("crossing", "trip").replace("68", "74"),
    ],
)
def test_what_may_both_be_right_is_not_told(other: str) -> None:
    assert notes(FERRY, other) == []


def test_digits_changed_about_are_a_slip_though_the_words_differ() -> None:
    one = "At the end of the summer term of 2023 the Council knew of 1,204 pupils taught at home by parents."
    slip = "At the end of the summer term of 2023 some 1,240 pupils were being educated at home by parents."
    assert notes(one, slip) == ["1,204 in one place, 1,240 in the other"]
    assert notes(one, slip.replace("1,240", "1,310")) == []


def test_a_second_figure_on_which_both_agree_shows_that_they_tell_the_same() -> None:
    one = "At Sallow 134 homes and 26 shops had been flooded by the tide."
    other = "Flooding has since been confirmed at 143 homes and 26 shops."
    assert notes(one, other) == ["134 in one place, 143 in the other"]
    assert notes(one, other.replace("26 shops", "31 shops")) == []
    late = contradictions([telling(one, 1), telling(other, 2, held_on=date(2025, 1, 1))])
    assert late == []


DRAFT = "Members heard that every household that resigned would be offered a talk within six months."


def versions(one: str, other: str) -> list[str]:
    told = [telling(text, row, part=Part.MINUTES) for row, text in ((1, one), (2, other))]
    return [each.note for each in contradictions(told)]


def test_two_versions_of_minutes_that_count_otherwise_are_told() -> None:
    said = versions(DRAFT, DRAFT.replace("months", "weeks"))
    assert said == ["two versions of one meeting's minutes: “six months” and “six weeks”"]
    assert versions(DRAFT, DRAFT.replace("six", "nine")) == [
        "two versions of one meeting's minutes: “six” and “nine”"
    ]


@pytest.mark.parametrize(
    "other",
    [
        DRAFT.replace("Members", "(14) Members"),
        DRAFT.replace("household", "family"),
        DRAFT.replace("offered a talk within six months", "asked why they went and thanked in writing"),
    ],
)
def test_another_number_in_front_or_another_word_is_no_other_count(other: str) -> None:
    assert versions(DRAFT, other) == []


def test_sentences_of_one_paper_are_no_two_versions() -> None:
    told = [telling(text, 1, part=Part.MINUTES) for text in (DRAFT, DRAFT.replace("six", "nine"))]
    assert contradictions(told) == []


def test_a_sentence_that_both_versions_hold_is_no_other_version_of_its_neighbour() -> None:
    boys, girls = (
        f"The officer said that {who} pupils of the school walked there every day." for who in ("40", "50")
    )
    told = [telling(text, row, part=Part.MINUTES) for row in (1, 2) for text in (boys, girls)]
    assert contradictions(told) == []


def test_two_statements_of_one_bank_do_not_contradict_each_other() -> None:
    one = "Harbourbank Statement dated 15/06/2023, Sheet No 299, Credit Balance £621.49 was noted."
    assert notes(one, one.replace("15/06", "15/07").replace("299", "300")) == []
    told_twice = one.replace("£621.49", "£621.94")
    assert notes(one, told_twice) == ["£621.49 in one place, £621.94 in the other"]


def test_titles_of_two_meetings_of_one_day_do_not_contradict_each_other() -> None:
    title = "MINUTES OF THE TOWN COUNCIL OF SALLOWMERE MEETING 6TH FEBRUARY 2024"
    other = title.replace("MEETING 6TH", "SPECIAL MEETING 6th")
    told = [telling(text, row, part=Part.MINUTES) for row, text in enumerate((title, other))]
    assert contradictions(told) == []
