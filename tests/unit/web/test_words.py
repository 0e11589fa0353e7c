from datetime import date

import pytest

from qa_service.domain.resolutions import Standing
from qa_service.errors import NotFound
from qa_service.web import words


@pytest.mark.parametrize(
    ("given", "said"),
    [(date(2024, 3, 5), "5 March 2024"), ("2024-03-05", "5 March 2024"), (None, "undated")],
)
def test_a_date_is_written_as_in_a_letter(given: date | str | None, said: str) -> None:
    assert words.day(given) == said


@pytest.mark.parametrize(
    ("number", "label", "name"),
    [
        (23, "24", "page 24 (PDF page 23)"),
        (3, None, "page 3"),
        (3, "3", "page 3"),
        (1, "iv", "page iv (PDF page 1)"),
    ],
)
def test_a_page_has_both_its_numbers_where_they_differ(number: int, label: str | None, name: str) -> None:
    assert words.page_name(number, label) == name


def test_counts_agree_with_their_nouns() -> None:
    assert [words.counted(n, "paper") for n in (0, 1, 1203)] == ["0 papers", "1 paper", "1,203 papers"]


def test_a_sentence_gets_a_capital_and_a_stop_and_keeps_the_rest() -> None:
    assert words.sentence("the IRS is named ") == "The IRS is named."
    assert words.sentence("Why?") == "Why?"


def test_every_standing_is_explained() -> None:
    assert set(words.STANDING) == set(Standing)


def test_only_what_was_resolved_is_called_decided() -> None:
    decided = [standing for standing, said in words.STANDING.items() if said.startswith("Decided")]
    assert decided == [Standing.RESOLVED]


def test_there_is_advice_for_every_reason_a_file_is_left_out() -> None:
    from qa_service import errors  # noqa: PLC0415 - the classes are walked

    def leaves(kind: type[errors.QAServiceError]) -> set[type[errors.QAServiceError]]:
        return {kind}.union(*(leaves(each) for each in kind.__subclasses__()))

    codes = {kind.code for kind in leaves(errors.SourceError)} - {"source_error", "pictures_busy"}
    codes |= {"parse_timeout", "parse_memory", "parser_crash", NotFound.code}
    assert codes <= set(words.ADVICE)


@pytest.mark.parametrize(
    ("body", "held_on", "name"),
    [
        ("Trees Panel", date(2024, 3, 5), "Trees Panel, 5 March 2024"),
        ("Trees Panel", None, "Trees Panel, undated"),
        (None, date(2024, 3, 5), "Committee not stated, 5 March 2024"),
        (None, None, "Papers without committee or date"),
    ],
)
def test_papers_that_name_no_meeting_are_not_called_one(
    body: str | None, held_on: date | None, name: str
) -> None:
    assert words.meeting_name(body, held_on) == name


def test_a_file_name_may_break_behind_its_underscores_and_loses_none() -> None:
    assert words.breakable("_a__b-c_d.pdf") == ["_", "a__", "b-c_", "d.pdf"]
    assert words.breakable("plain.pdf") == ["plain.pdf"]


def test_states_of_a_roll_are_counted_in_words_that_fit_the_number() -> None:
    said = [
        words.in_state(number, state) for state in ("apologies", "deputy", "present") for number in (1, 2)
    ]
    assert said == ["1 apology", "2 apologies", "1 deputy", "2 deputies", "1 present", "2 present"]
