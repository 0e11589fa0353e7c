"""The best unit answers, with the list that it introduces, and with what is as good."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from qa_service.answering.selection import select
from qa_service.answering.weighing import WeighedUnit
from qa_service.domain.passages import UnitKind
from qa_service.retrieval.intents import Intent
from tests.unit.answering.weighing_cases import weighed

LIST = ("Whoever crosses the bridge must", "lead the mule by its rope,", "keep to the left side.")
KINDS = (UnitKind.LEAD_IN, UnitKind.LIST_ITEM, UnitKind.LIST_ITEM)


def quotes(units: Sequence[WeighedUnit], intent: Intent) -> list[list[str]]:
    text = units[0].passage.text
    return [[text[span.start : span.end] for span in draft.spans] for draft in select(units, intent, 5)]


def test_nothing_is_made_of_nothing() -> None:
    assert select([], Intent.FACT, 5) == []


def test_a_unit_as_good_belongs_to_the_answer_and_a_worse_one_does_not() -> None:
    units = weighed(["One is here.", "Two is here.", "Three is."], [UnitKind.SENTENCE] * 3, [2.0, 2.0, 1.9])
    assert quotes(units, Intent.FACT) == [["One is here."], ["Two is here."]]


def test_what_introduces_a_list_answers_first_and_the_list_follows() -> None:
    units = weighed(LIST, KINDS, [2.0, 0.0, 0.0])
    assert quotes(units, Intent.FACT) == [[LIST[0], "\n".join(LIST[1:])]]


def test_what_introduces_a_list_says_alone_when_it_gives_the_day_that_is_asked_for() -> None:
    dated = ("On 4 May 2024 the mule crosses with", *LIST[1:])
    assert quotes(weighed(dated, KINDS, [2.0, 0.0, 0.0]), Intent.DATE) == [[dated[0]]]
    undated = weighed(LIST, KINDS, [2.0, 0.0, 0.0])
    assert quotes(undated, Intent.DATE) == [[LIST[0], "\n".join(LIST[1:])]]


def test_a_list_that_was_asked_for_comes_whole_whichever_part_was_found() -> None:
    for scores in ([2.0, 0.0, 0.0], [0.0, 0.0, 2.0]):
        assert quotes(weighed(LIST, KINDS, scores), Intent.LIST) == [["\n".join(LIST)]]


def test_one_item_answers_alone_where_no_list_was_asked_for() -> None:
    assert quotes(weighed(LIST, KINDS, [0.0, 0.0, 2.0]), Intent.FACT) == [[LIST[2]]]


def test_a_list_too_long_to_quote_gives_way_to_its_best_part() -> None:
    long = (LIST[0], "x" * 2000, "y")
    assert quotes(weighed(long, KINDS, [2.0, 0.0, 0.0]), Intent.FACT) == [[LIST[0]]]


def test_what_is_too_short_to_be_quoted_neither_answers_nor_follows() -> None:
    whole = weighed(["The bridge was mended in the spring."], [UnitKind.SENTENCE], [2.0])
    for score in (2.1, 1.9):
        short = weighed(["Bridge: spring"], [UnitKind.SENTENCE], [score])
        units = sorted([*whole, *short], key=lambda unit: -unit.score)
        assert [draft.spans for draft in select(units, Intent.FACT, 5)] == [whole[0].unit.spans]


@pytest.mark.parametrize(
    ("asked", "table"),
    [
        ("Which bridges are old, and how much do they cost?", True),
        ("Which bridges are old?", False),
        ("Which ferries are old, and how much do they cost?", False),
    ],
)
def test_a_table_with_a_word_for_what_is_asked_and_how_much_goes_before_a_better_sentence(
    asked: str, *, table: bool
) -> None:
    texts = ("The old ones are many.", "Bridge\nCost", "Ebbfold\n£40", "Tarn\n£90")
    kinds = [UnitKind.SENTENCE, UnitKind.ROW, UnitKind.ROW, UnitKind.ROW]
    units = weighed(texts, kinds, [3.0, 0.0, 1.0, 0.5])
    units = sorted(units, key=lambda unit: -unit.score)
    (first, *_) = select(units, Intent.LIST, 5, asked)
    said = [units[0].passage.text[span.start : span.end] for span in first.spans]
    assert ("Ebbfold" in "".join(said)) is table


def test_what_a_sentence_announces_is_quoted_with_it() -> None:
    texts = ("There is a fee for crossing.", "For a mule it is £4.", "The bridge is old and narrow.")
    best, *rest = weighed(texts, [UnitKind.SENTENCE] * 3, [2.0, 0.0, 0.0])
    assert quotes([replace(best, also=(1,)), *rest], Intent.FACT) == [["\n".join(texts[:2])]]


def test_a_header_is_quoted_with_its_rows_as_far_as_they_are_short() -> None:
    texts = ("Whoever crosses the bridge: toll", "Mule: £4", "Goose: 10p", "x" * 600)
    kinds = [UnitKind.SENTENCE, UnitKind.ROW, UnitKind.ROW, UnitKind.ROW]
    units = weighed(texts, kinds, [2.0, 0.0, 0.0, 0.0], headed=True)
    assert quotes(units, Intent.FACT) == [["\n".join(texts[:3])]]
