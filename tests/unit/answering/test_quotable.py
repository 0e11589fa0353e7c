"""A quotation is long enough to say something: short units are joined with their neighbours, rows are not."""

from datetime import date

import numpy as np
import pytest

from qa_service.answering.quotable import can_be_quoted, grown, is_quotable
from qa_service.domain.documents import DocumentKind, Part, Segment, SegmentKind, Status
from qa_service.domain.passages import Unit, UnitKind
from qa_service.domain.spans import Span
from qa_service.store.passages import StoredPassage
from tests.factories import NO_WORDS

FROM = 100  # the passage begins in the middle of its document


def passage(*units: tuple[UnitKind, str], between: str = "\n") -> tuple[StoredPassage, list[Span]]:
    """A passage of these units, and where each stands."""
    text = between.join(words for _, words in units)
    spans: list[Span] = []
    at = FROM
    for _, words in units:
        spans.append(Span(at, at + len(words)))
        at += len(words) + len(between)
    whole = Span(FROM, FROM + len(text))
    segment = Segment(
        "d", SegmentKind.TEXT, Part.MINUTES, whole, "A", "B", date(2024, 1, 1), Status.CONFIRMED
    )
    stored = tuple(Unit(kind, (span,)) for (kind, _), span in zip(units, spans, strict=True))
    vectors = np.zeros((len(units), 2), dtype=np.float32)
    kind = DocumentKind.MINUTES
    found = StoredPassage(
        1, "p", 1, "d", "f", "t", kind, segment, whole, "", text, stored, vectors, NO_WORDS, boilerplate=False
    )
    return found, spans


@pytest.mark.parametrize("text", ["five words are long enough", "2019 | 34", "April\t12"])
def test_five_words_or_two_cells_may_be_quoted(text: str) -> None:
    assert is_quotable(text)


@pytest.mark.parametrize("text", ["Year", "It was agreed.", "- Solihull"])
def test_fewer_may_not(text: str) -> None:
    assert not is_quotable(text)


def test_a_short_sentence_is_quoted_with_the_one_before_it() -> None:
    found, (before, short, _) = passage(
        (UnitKind.SENTENCE, "The ford floods in most winters."),
        (UnitKind.SENTENCE, "It was closed."),
        (UnitKind.SENTENCE, "Nobody was hurt in all those years."),
    )
    assert grown(found, short) == Span(before.start, short.end)


def test_a_short_heading_at_the_top_is_quoted_with_what_follows() -> None:
    found, (heading, first) = passage(
        (UnitKind.HEADING, "Fords"), (UnitKind.SENTENCE, "The ford floods in most winters.")
    )
    assert grown(found, heading) == Span(heading.start, first.end)


def test_nothing_is_joined_across_words_that_belong_to_no_unit() -> None:
    found, (_, short) = passage(
        (UnitKind.SENTENCE, "The ford floods in most winters."),
        (UnitKind.SENTENCE, "It was closed."),
        between="\nPage 7\n",
    )
    assert grown(found, short) == short


def test_a_row_of_cells_stands_by_itself() -> None:
    found, (_, row) = passage((UnitKind.ROW, "2019\n34"), (UnitKind.ROW, "2020\n41"))
    assert grown(found, row) == row


def test_a_web_address_with_its_title_is_no_answer() -> None:
    title = "4.2 The plan for quays 2021-2024 "
    address = "https://www.ebbfold.gov.uk/papers/plan-for-\nthe-quays-and-slipways-2021-2024.pdf"
    found, _ = passage(
        (UnitKind.SENTENCE, title + address), (UnitKind.SENTENCE, f"{title * 5} {address[:40]}")
    )
    assert [can_be_quoted(found, unit) for unit in found.units] == [False, True]
