"""Laws of passages, over papers put together at random from the kinds of block that real ones have."""

from collections import Counter
from itertools import count as numbers
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from qa_service.domain.documents import Part, Segment, SegmentKind, Status
from qa_service.domain.papers import Paper
from qa_service.domain.passages import Passage, UnitKind
from qa_service.domain.resolutions import Clause, Resolution, Standing, Verb
from qa_service.domain.spans import Span
from qa_service.ingestion.passages import header_of, passages_of
from tests.factories import Block, block, make_paper

SILENT = {
    SegmentKind.PAGE_MARK,
    SegmentKind.BLANK,
    SegmentKind.CHROME,
    SegmentKind.DIVIDER,
    SegmentKind.SIGNATURE,
}
WORDS = "the bridge at Ebbfold was closed because of floods and members asked when lorries may cross".split()

sentences = st.lists(st.sampled_from(WORDS), min_size=3, max_size=14).map(lambda words: " ".join(words) + ".")
texts = st.lists(sentences, min_size=1, max_size=4).map("\n".join)
kinds = st.sampled_from(
    [
        *[SegmentKind.TEXT] * 6,
        SegmentKind.HEADING,
        SegmentKind.RESOLUTION,
        SegmentKind.RECOMMENDATION,
        SegmentKind.TABLE,
        SegmentKind.FOOTNOTE,
        SegmentKind.BOILERPLATE,
        *SILENT,
    ]
)
places: st.SearchStrategy[dict[str, Any]] = st.sampled_from(
    [
        {"part": Part.MINUTES, "minute": "12", "heading": "Bridges"},
        {"part": Part.MINUTES, "minute": "13", "heading": "Bridges"},
        {"part": Part.REPORT, "item": "8", "heading": "Floods"},
        {"part": Part.REPORT, "item": "9", "heading": "Floods"},
        {"part": Part.REPORT, "item": "9", "heading": "Floods", "language": "cy"},
    ]
)
runs = st.tuples(places, st.lists(st.tuples(kinds, texts, st.booleans()), min_size=1, max_size=6))


def paper_of(given_runs: list[tuple[dict[str, Any], list[tuple[SegmentKind, str, bool]]]]) -> Paper:
    blocks: list[Block] = []
    for facts, inside in given_runs:
        blocks += [block(text, kind, new_page=new_page, **facts) for kind, text, new_page in inside]
    return make_paper(blocks)


papers = st.lists(runs, min_size=1, max_size=5).map(paper_of)


def words(text: str) -> int:
    return len(text.split())


def cut(paper: Paper, limit: int = 40) -> list[Passage]:
    ids = numbers(1)
    return list(passages_of(paper, words, limit, lambda: f"p{next(ids)}"))


def segments_under(paper: Paper, passage: Passage) -> list[Segment]:
    return [
        segment
        for segment in paper.segments
        if any(span.overlaps(segment.span) for unit in passage.units for span in unit.spans)
    ]


@given(papers)
def test_no_passage_crosses_a_minute_an_item_or_a_paper(paper: Paper) -> None:
    for passage in cut(paper):
        belongs = {
            (segment.part, segment.item, segment.minute, segment.held_on, segment.language)
            for segment in segments_under(paper, passage)
        }
        assert len(belongs) == 1


@given(papers)
def test_every_unit_lies_in_content_and_no_page_mark_is_ever_quoted(paper: Paper) -> None:
    for passage in cut(paper):
        for unit in passage.units:
            for span in unit.spans:
                assert passage.span.contains(span)
                inside = [segment for segment in paper.segments if segment.span.overlaps(span)]
                assert not SILENT & {segment.kind for segment in inside}
                assert len(inside) == 1


@given(papers)
def test_no_word_of_content_is_lost_or_quoted_twice(paper: Paper) -> None:
    text = paper.document.text
    wanted = Counter(
        word
        for segment in paper.segments
        if segment.kind not in SILENT
        for word in segment.span.of(text).split()
    )
    quoted = Counter(
        word
        for passage in cut(paper)
        for unit in passage.units
        for span in unit.spans
        for word in span.of(text).split()
    )
    assert quoted == wanted


@given(papers)
def test_spans_of_a_unit_are_in_order_apart_and_without_blanks_at_their_ends(paper: Paper) -> None:
    text = paper.document.text
    for passage in cut(paper):
        for unit in passage.units:
            edges = [edge for span in unit.spans for edge in (span.start, span.end)]
            assert edges == sorted(edges)
            assert all(span.of(text) == span.of(text).strip() for span in unit.spans)


@given(papers)
def test_units_follow_the_text_but_for_footnotes_which_follow_what_they_interrupt(paper: Paper) -> None:
    notes = [segment.span for segment in paper.segments if segment.kind is SegmentKind.FOOTNOTE]
    for passage in cut(paper):
        starts = [unit.start for unit in passage.units if not any(n.overlaps(unit.spans[0]) for n in notes)]
        assert starts == sorted(starts)


@given(papers)
def test_a_unit_that_leans_on_another_leans_on_one_before_it_in_its_passage(paper: Paper) -> None:
    for passage in cut(paper):
        for place, unit in enumerate(passage.units):
            assert unit.lead is None or 0 <= unit.lead < place


@given(papers)
def test_boilerplate_is_flagged_and_never_shares_a_passage(paper: Paper) -> None:
    for passage in cut(paper):
        found = {segment.kind is SegmentKind.BOILERPLATE for segment in segments_under(paper, passage)}
        assert found == {passage.boilerplate}


@given(papers)
def test_a_resolution_is_a_passage_of_its_own_and_whole(paper: Paper) -> None:
    decisions = {SegmentKind.RESOLUTION, SegmentKind.RECOMMENDATION}
    for passage in cut(paper, limit=8):
        under = {segment.kind for segment in segments_under(paper, passage)}
        assert len(under) == 1 or not decisions & under
    for segment in paper.segments:
        if segment.kind in decisions:
            holding = [p for p in cut(paper, limit=8) if segment in segments_under(paper, p)]
            assert len(holding) == 1


def test_blocks_share_a_passage_while_they_fit_and_a_longer_one_stays_whole() -> None:
    blocks = [block(" ".join(WORDS[:length]) + ".") for length in (4, 4, 14, 3)]
    header = words(header_of(make_paper(blocks), make_paper(blocks).segments[0]))
    passages = cut(make_paper(blocks), limit=header + 9)
    assert [words(passage.span.of(make_paper(blocks).document.text)) for passage in passages] == [8, 14, 3]


def test_a_paragraph_that_a_page_break_cuts_is_one_unit_of_two_spans_around_the_mark() -> None:
    paper = make_paper(
        [
            block("The works on the bridge will take"),
            block("Page 7", SegmentKind.PAGE_MARK),
            block("until the spring. Lorries must wait.", new_page=True),
        ]
    )
    (passage,) = cut(paper)
    quotes = [[span.of(paper.document.text) for span in unit.spans] for unit in passage.units]
    assert quotes == [["The works on the bridge will take", "until the spring."], ["Lorries must wait."]]


def test_a_finished_sentence_before_a_page_break_is_not_joined_to_the_next_page() -> None:
    mark = block("Page 7", SegmentKind.PAGE_MARK)
    paper = make_paper([block("It is closed."), mark, block("Lorries must wait.", new_page=True)])
    (passage,) = cut(paper)
    assert [len(unit.spans) for unit in passage.units] == [1, 1]


def test_a_heading_goes_with_what_follows_it() -> None:
    heading = block("Bridges", SegmentKind.HEADING, heading="Bridges")
    body = [block(f"Sentence {n} has exactly seven words here.", heading="Bridges") for n in range(4)]
    passages = cut(make_paper([heading, *body]), limit=28)
    assert [unit.kind for unit in passages[0].units][:2] == [UnitKind.HEADING, UnitKind.SENTENCE]
    assert all(passage.units[0].kind is not UnitKind.HEADING for passage in passages[1:])


RESOLVED = "RESOLVED: (a) that it be noted; and (b) that works begin. The vote was taken by a show of hands."


def resolution(text: str) -> Resolution:
    first, second = text.index("(a)"), text.index("(b)")
    clauses = (
        Clause(Span(first, text.index("; and") + 1), "(a)", ()),
        Clause(Span(second, text.index(". The") + 1), "(b)", ()),
    )
    return Resolution(
        "r1",
        Verb.RESOLVED,
        Standing.RESOLVED,
        clauses,
        Span(0, clauses[-1].span.end),
        None,
        None,
        None,
        Status.CONFIRMED,
    )


def test_a_resolution_is_cut_at_its_clauses_and_keeps_what_stands_after_them() -> None:
    paper = make_paper([block(RESOLVED, SegmentKind.RESOLUTION)])
    object.__setattr__(paper, "resolutions", (resolution(RESOLVED),))
    (passage,) = cut(paper)
    quotes = [
        (unit.kind, " ".join(span.of(paper.document.text) for span in unit.spans), unit.lead)
        for unit in passage.units
    ]
    assert quotes == [
        (UnitKind.LEAD_IN, "RESOLVED:", None),
        (UnitKind.CLAUSE, "(a) that it be noted;", 0),
        (UnitKind.CLAUSE, "(b) that works begin.", 0),
        (UnitKind.SENTENCE, "The vote was taken by a show of hands.", None),
    ]


def test_the_header_says_who_met_when_and_on_what() -> None:
    paper = make_paper([block("x", item_title="Bridges", heading="Costs")])
    assert header_of(paper, paper.segments[0]) == (
        "Marlshire County Council | Highways and Flood Risk Committee | 6 February 2024 | Bridges | Costs"
    )


def test_the_header_of_an_undated_paper_gives_no_date_and_of_a_nameless_one_its_title() -> None:
    paper = make_paper([block("x", held_on=None, body=None, council=None)])
    assert header_of(paper, paper.segments[0]) == "Minutes"


@given(papers)
def test_passages_are_the_same_on_every_reading(paper: Paper) -> None:
    assert cut(paper) == cut(paper)
