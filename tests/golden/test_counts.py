"""What stands in the five seeds, counted by hand (domain.md, A1): our numbers, labels and offsets only."""

from collections.abc import Iterable
from datetime import date
from itertools import groupby

import pytest

from qa_service.domain.documents import DocumentKind, Part, Segment, SegmentKind, Status
from qa_service.domain.papers import Paper
from qa_service.domain.resolutions import Clause, Resolution, Standing, Verb
from tests.golden.conftest import Seed

HAMPSHIRE, SOUTHAMPTON = "Hampshire County Council", "Southampton City Council"
ADVISORY, SCRUTINY = "Children and Families Advisory Panel", "Children and Families Scrutiny Panel"
SELECT = "Children and Young People Select Committee"


def of_kind(paper: Paper, kind: SegmentKind) -> list[Segment]:
    return [segment for segment in paper.segments if segment.kind is kind]


def minute_numbers(paper: Paper) -> list[str]:
    return list(dict.fromkeys(segment.minute for segment in paper.segments if segment.minute))


def with_standing(paper: Paper, standing: Standing) -> list[Resolution]:
    return [each for each in paper.resolutions if each.standing is standing]


def words(paper: Paper, resolution: Resolution) -> str:
    return resolution.span.of(paper.document.text)


def decks(paper: Paper) -> list[str | None]:
    """Return the item of each run of slides."""
    parts = groupby(paper.segments, key=lambda segment: (segment.part, segment.item))
    return [item for (part, item), _ in parts if part is Part.SLIDES]


def markers(clauses: Iterable[Clause]) -> list[object]:
    return [[each.marker, markers(each.children)] if each.children else each.marker for each in clauses]


@pytest.mark.parametrize(
    ("number", "kind", "council", "body", "held_on"),
    [
        ("000", DocumentKind.MINUTES, HAMPSHIRE, ADVISORY, date(2021, 2, 9)),
        ("001", DocumentKind.AGENDA_PACK, HAMPSHIRE, ADVISORY, date(2021, 2, 9)),
        ("002", DocumentKind.AGENDA_PACK, HAMPSHIRE, ADVISORY, date(2023, 2, 6)),
        ("003", DocumentKind.MINUTES, SOUTHAMPTON, SCRUTINY, date(2020, 12, 3)),
        ("004", DocumentKind.WEB_PAGE, HAMPSHIRE, SELECT, None),
    ],
)
def test_what_the_paper_is(
    seed: Seed, number: str, kind: DocumentKind, council: str, body: str, held_on: date | None
) -> None:
    document = seed(number).document
    assert (document.kind, document.council, document.body, document.held_on) == (
        kind,
        council,
        body,
        held_on,
    )


@pytest.mark.parametrize(
    ("number", "ranges"),
    [
        ("000", []),
        ("001", ["1", "2", "3: 3-6", "4", "5", "6: 7-14", "7: 15-20", "8: 21-32", "9: 33-56"]),
        ("002", ["1", "2", "3: 5-10", "4", "5", "6: 11-30", "7: 31-46", "8: 47-56", "9: 57-64"]),
        ("003", []),
        ("004", []),
    ],
)
def test_agenda_items_with_their_pages(seed: Seed, number: str, ranges: list[str]) -> None:
    found = [
        f"{item.number}: {item.first_page}-{item.last_page}" if item.first_page else item.number
        for item in seed(number).items
    ]
    assert found == ranges


@pytest.mark.parametrize(
    ("number", "dividers"), [("000", []), ("001", ["3", "6", "7", "8", "9"]), ("002", ["3"]), ("003", [])]
)
def test_dividers(seed: Seed, number: str, dividers: list[str]) -> None:
    assert [segment.item for segment in of_kind(seed(number), SegmentKind.DIVIDER)] == dividers


@pytest.mark.parametrize(
    ("number", "minutes"),
    [
        ("000", []),
        ("001", [str(minute) for minute in range(84, 93)]),
        ("002", [str(minute) for minute in range(25, 34)]),
        ("003", [str(minute) for minute in range(22, 28)]),
        ("004", []),
    ],
)
def test_minute_numbers(seed: Seed, number: str, minutes: list[str]) -> None:
    assert minute_numbers(seed(number)) == minutes


@pytest.mark.parametrize(("number", "headings"), [("000", 9), ("001", 9), ("002", 9), ("003", 6)])
def test_headings_of_the_minutes(seed: Seed, number: str, headings: int) -> None:
    found = [one for one in of_kind(seed(number), SegmentKind.HEADING) if one.part is Part.MINUTES]
    assert len(found) == headings


@pytest.mark.parametrize(
    ("number", "resolved"),
    [
        ("000", [(None, [None])] * 4),
        ("001", [("89", [None]), ("90", [None]), ("91", [None]), ("92", [None])]),
        ("002", [("30", [None]), ("31", [None]), ("32", [None]), ("33", [None])]),
        (
            "003",
            [
                ("23", [None]),
                ("25", [["(i)", ["a.", "b.", "c."]], "(ii)"]),
                ("26", ["(i)", "(ii)"]),
            ],
        ),
        ("004", [(None, ["i)", "ii)"])]),
    ],
)
def test_resolutions_with_minute_and_clauses(
    seed: Seed, number: str, resolved: list[tuple[str | None, list[object]]]
) -> None:
    found = with_standing(seed(number), Standing.RESOLVED)
    marked = [each for each in found if "resolved" in words(seed(number), each).lower()]
    assert [(each.minute, markers(each.clauses)) for each in marked] == resolved


@pytest.mark.parametrize(
    ("number", "starts"), [("000", [1593]), ("001", [4176]), ("002", [4965]), ("003", []), ("004", [])]
)
def test_agreements_that_a_sentence_states_are_told_apart_from_what_is_marked(
    seed: Seed, number: str, starts: list[int]
) -> None:
    found = with_standing(seed(number), Standing.RESOLVED)
    stated = [each for each in found if "resolved" not in words(seed(number), each).lower()]
    assert [(each.span.start, each.verb) for each in stated] == [(start, Verb.AGREED) for start in starts]


@pytest.mark.parametrize(
    ("number", "headers"),
    [
        ("001", [("report", "6"), ("report", "7"), ("report", "8"), ("report", "9")]),
        (
            "002",
            [("report", "6"), ("report", "7"), ("appendix", "7"), ("appendix", "7"), ("report", "8")],
        ),
        ("003", []),
    ],
)
def test_reports_and_appendices_written_for_other_bodies(
    seed: Seed, number: str, headers: list[tuple[str, str]]
) -> None:
    found = of_kind(seed(number), SegmentKind.REPORT_HEADER)
    assert [(segment.part.value, segment.item) for segment in found] == headers
    foreign = {segment.addressed_to for segment in found if segment.part is Part.APPENDIX}
    assert foreign <= {"Corporate Parenting Board"}


@pytest.mark.parametrize(("number", "items"), [("000", []), ("001", ["9"]), ("002", ["6", "9"]), ("003", [])])
def test_slide_decks(seed: Seed, number: str, items: list[str]) -> None:
    assert decks(seed(number)) == items


@pytest.mark.parametrize(
    ("number", "held_on", "start"), [("001", date(2020, 10, 13), 2658), ("002", date(2022, 10, 10), 4089)]
)
def test_minutes_inside_a_pack_are_of_another_meeting(
    seed: Seed, number: str, held_on: date, start: int
) -> None:
    paper = seed(number)
    (header,) = of_kind(paper, SegmentKind.MINUTES_HEADER)
    assert (header.span.start, header.held_on, header.status) == (start, held_on, Status.DRAFT)
    assert {one.held_on for one in paper.segments if one.part is Part.MINUTES} == {held_on}
    assert {each.held_on for each in with_standing(paper, Standing.RESOLVED)} == {held_on}


def test_the_web_page_of_one_item_says_which(seed: Seed) -> None:
    paper = seed("004")
    (heading,) = of_kind(paper, SegmentKind.HEADING)
    assert (heading.span.start, heading.span.end) == (13, 63)
    assert {one.heading for one in paper.segments if one.kind is SegmentKind.TEXT} == {heading.heading}
