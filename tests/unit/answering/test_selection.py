"""The best unit answers, with the list that it introduces, and with what is nearly as good."""

from collections.abc import Sequence
from datetime import date

import numpy as np

from qa_service.answering.selection import select
from qa_service.answering.weighing import WeighedUnit
from qa_service.domain.documents import DocumentKind, Part, Segment, SegmentKind, Status
from qa_service.domain.passages import Unit, UnitKind
from qa_service.domain.spans import Span
from qa_service.retrieval.hybrid import Candidate
from qa_service.retrieval.intents import Intent
from qa_service.store.passages import StoredPassage

LIST = ("Whoever crosses the bridge must", "lead the mule by its rope,", "keep to the left side.")
KINDS = (UnitKind.LEAD_IN, UnitKind.LIST_ITEM, UnitKind.LIST_ITEM)


def weighed(texts: Sequence[str], kinds: Sequence[UnitKind], scores: Sequence[float]) -> list[WeighedUnit]:
    """Return the units of one passage, best first; all but the first stand under the first where it leads."""
    text = "\n".join(texts)
    spans: list[Span] = []
    for each in texts:
        start = spans[-1].end + 1 if spans else 0
        spans.append(Span(start, start + len(each)))
    whole = Span(0, len(text))
    segment = Segment("d", SegmentKind.TEXT, Part.MINUTES, whole, "A", "B", date(2024, 1, 1), Status.DRAFT)
    lead = 0 if kinds[0] is UnitKind.LEAD_IN else None
    units = tuple(
        Unit(kind, (span,), lead if at else None)
        for at, (kind, span) in enumerate(zip(kinds, spans, strict=True))
    )
    vectors = np.zeros((len(units), 2), dtype=np.float32)
    kind = DocumentKind.MINUTES
    passage = StoredPassage(1, "p", 1, "d", "f", "t", kind, segment, whole, "", text, units, vectors, False)  # noqa: FBT003
    candidate = Candidate(passage, 0.5, 1.0, 1.0)
    found = [WeighedUnit(candidate, at, score, at) for at, score in enumerate(scores)]
    return sorted(found, key=lambda unit: -unit.score)


def quotes(units: Sequence[WeighedUnit], intent: Intent) -> list[list[str]]:
    text = units[0].passage.text
    return [[text[span.start : span.end] for span in draft.spans] for draft in select(units, intent, 5)]


def test_nothing_is_made_of_nothing() -> None:
    assert select([], Intent.FACT, 5) == []


def test_a_unit_nearly_as_good_belongs_to_the_answer_and_a_worse_one_does_not() -> None:
    units = weighed(["One is here.", "Two is here.", "Three is."], [UnitKind.SENTENCE] * 3, [2.0, 1.9, 1.0])
    assert quotes(units, Intent.FACT) == [["One is here."], ["Two is here."]]


def test_what_introduces_a_list_answers_first_and_the_list_follows() -> None:
    units = weighed(LIST, KINDS, [2.0, 0.0, 0.0])
    assert quotes(units, Intent.FACT) == [[LIST[0], "\n".join(LIST[1:])]]


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
