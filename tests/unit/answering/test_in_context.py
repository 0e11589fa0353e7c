"""A unit that says little alone is read with what stands before it; what it is, is marked."""

import pytest

from qa_service.answering.in_context import in_context
from qa_service.answering.weighing import WeighedUnit
from qa_service.domain.passages import UnitKind
from tests.unit.answering.weighing_cases import weighed

LONG = "The ferry at Ebbfold was out of use for nearly three weeks in the spring of the year before last."
SENTENCE, ROW, CLAUSE = UnitKind.SENTENCE, UnitKind.ROW, UnitKind.CLAUSE


def unit(at: int, *texts: str, kinds: tuple[UnitKind, ...] = (), headed: bool = False) -> WeighedUnit:
    """Return one unit of a passage of these texts."""
    units = weighed(texts, kinds or (SENTENCE,) * len(texts), [0.0] * len(texts), headed=headed)
    return next(each for each in units if each.index == at)


def read(at: int, *texts: str, kinds: tuple[UnitKind, ...] = (), headed: bool = False) -> str:
    """Return what is read of it, without the header above."""
    return in_context(unit(at, *texts, kinds=kinds, headed=headed)).partition("\n")[2]


def test_a_sentence_that_says_of_what_it_speaks_is_read_alone_behind_the_mark() -> None:
    assert read(1, "Mr Hale spoke of the mill.", LONG) == f"» {LONG}"
    assert read(0, "The motion was lost.") == "» The motion was lost."


@pytest.mark.parametrize(
    "leaning",
    [
        "The motion was lost.",
        "It was to be kept at the lower landing until the county had looked at all of its many timbers.",
        "(b) to ask the county surveyor for a report on every landing of the river before the year ends.",
        "In reply the clerk said he knew of no other ferry in the county that was let to a club of rowers.",
        "Adult day return with one dog and one bicycle on any sailing before noon | £2.10 | £2.40",
    ],
)
def test_one_that_leans_on_what_stands_before_is_read_with_it(leaning: str) -> None:
    assert read(1, LONG, leaning) == f"{' '.join(LONG.split()[-24:])} » {leaning}"


def test_of_what_stands_before_the_end_is_read() -> None:
    before = f"{LONG} {LONG}"
    assert read(1, before, "It was lost.") == f"{' '.join(before.split()[-24:])} » It was lost."


@pytest.mark.parametrize("kind", [ROW, CLAUSE])
def test_a_row_and_a_clause_are_read_below_what_introduces_them_however_long(kind: UnitKind) -> None:
    texts = ("RESOLVED: That", "Adult 2.10", LONG)
    told = read(2, *texts, kinds=(UnitKind.LEAD_IN, kind, kind))
    assert told == f"RESOLVED: That » {LONG}"


def test_the_header_of_a_table_is_read_with_its_row() -> None:
    texts = ("Fare | 2023 | 2024", "Adult | £2.10 | £2.40", "Child | £1.05 | £1.20")
    assert read(2, *texts, kinds=(ROW,) * 3, headed=True) == f"{texts[0]} » {texts[2]}"
    assert read(0, *texts, kinds=(ROW,) * 3, headed=True) == f"» {texts[0]}"


def test_a_long_header_of_a_table_leaves_room_for_its_row() -> None:
    header = " | ".join(f"Ward {number}" for number in range(60))
    told = read(1, header, "Adult | £2.10 | £2.40", kinds=(ROW, ROW), headed=True)
    before, _, row = told.partition(" » ")
    assert len(before.split()) == 48
    assert header.endswith(before)
    assert row == "Adult | £2.10 | £2.40"


def test_the_words_above_the_passage_come_first() -> None:
    one = unit(1, LONG, "It was lost.")
    assert in_context(one).startswith(f"{one.passage.header}\n")
