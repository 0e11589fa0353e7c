from dataclasses import replace

import pytest

from evals.cases import Case
from evals.metrics import answers, facts
from evals.metrics.dates import is_printed
from tests.unit.evals.papers import CHARGES, answered, citation, corpus, replied, reply_with

RIGHT = ("minutes.pdf", "RESOLVED: that the charges stay as they are until April 2025.")
STANDS = (
    "minutes.pdf",
    "RESOLVED: that forty cycle stands be bought for £12,500, subject to a safety audit.",
)


def said(text: str, *places: tuple[str, str]) -> Case:
    papers = corpus()
    cited = [citation(papers, *place, number=n) for n, place in enumerate(places or (STANDS,), start=1)]
    return replied(CHARGES, reply_with(*cited, text=text))


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        ("The panel doesn't accept that it's so.", []),
        ("The panel doesn't like the members' plan.", []),
        ('They said "no more stands" and left.', ["no more stands"]),
        ("They said \u201cno more stands\u201d and left.", ["no more stands"]),
        ("They said \u2018no more stands\u2019 and left.", ["no more stands"]),
        ("They said 'no more stands' and left.", ["no more stands"]),
        ("They said 'it isn't so' and left.", ["it isn't so"]),
        ("The members\u2019 charges and the council\u2019s stands", []),
        ('The word "stand" alone is a name.', []),
    ],
)
def test_quote_marks_are_told_from_apostrophes(text: str, quotes: list[str]) -> None:
    assert facts.quoted_spans(text) == quotes


def test_words_in_quote_marks_must_stand_in_what_the_statement_cites() -> None:
    right = said('They bought "forty cycle stands" in March.')
    wrong = said('They bought "fifty cycle stands" in March.')
    assert facts.quotes_match(right).value == 1.0
    assert facts.quotes_match(wrong).value == 0.0


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("The stands cost £12,500.", 1.0),
        ("The stands cost 12500 pounds.", 1.0),
        ("The stands cost £12,600.", 0.0),
        ("On 5 March 2024 the Parking Committee bought the stands.", 1.0),
        ("On 6 March 2024 the stands were bought.", 1 / 3),
        ("The stands went to Eastmoor.", 0.0),
        ("Nothing is said in figures.", None),
    ],
)
def test_numbers_dates_and_names_must_stand_in_what_is_cited(text: str, value: float | None) -> None:
    score = facts.facts_match(said(text))
    assert score.value == (None if value is None else pytest.approx(value))


def test_an_answer_of_quotes_alone_passes() -> None:
    case = answered(CHARGES, RIGHT)
    assert facts.facts_match(case).value == 1.0
    assert facts.flips(case).value == 0.0


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Forty stands be bought.", 0.0),
        ("Forty stands will not be bought.", 1.0),
        ("Forty stands must be bought.", 1.0),
    ],
)
def test_a_negation_or_a_modal_that_the_source_lacks_is_flagged(text: str, value: float) -> None:
    assert facts.flips(said(text)).value == value


def test_the_words_of_a_fixed_template_are_no_flip() -> None:
    text = f"The minutes record no resolution under this item: {STANDS[1]}"
    assert facts.flips(said(text)).value == 1.0
    known = replace(said(text), templates=("The minutes record no resolution under this item: {quote}",))
    assert facts.flips(known).value == 0.0


def test_a_lost_negation_is_flagged() -> None:
    place = ("minutes.pdf", "charges had not changed since 2019")
    assert facts.flips(said("Charges had changed since 2019.", place)).value == 1.0


def test_citation_numbers_that_lead_nowhere_are_a_share_of_all() -> None:
    papers = corpus()
    raw = reply_with(citation(papers, *RIGHT), numbers=[1, 9, 1])
    assert answers.invalid_citations(replied(CHARGES, raw)).value == pytest.approx(1 / 3)
    assert answers.statements_backed(replied(CHARGES, raw)).value == 1.0


@pytest.mark.parametrize(
    "text",
    [
        "held on 5 March 2024",
        "held on Tuesday, 5th March, 2024",
        "held on 05/03/2024",
        "held on 5.3.24",
        "2024-03-05",
        "March 5, 2024",
        "5 Mar 2024",
        "5ed o Fawrth 2024",
        "on 5th March\nAnnual plan 2024",
    ],
)
def test_a_date_is_found_however_it_is_printed(text: str) -> None:
    assert is_printed("2024-03-05", text)


@pytest.mark.parametrize("text", ["15 March 2024", "5 May 2024", "5 March", "25/03/2024", "no date", ""])
def test_another_date_is_not_taken_for_it(text: str) -> None:
    assert not is_printed("2024-03-05", text)


def test_what_is_no_date_is_not_printed() -> None:
    assert not is_printed("soon", "soon")
