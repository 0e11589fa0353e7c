"""What stands in the sample papers, which are ours: bodies, reports, recommendations, the fate of motions."""

from functools import cache

import pytest

from qa_service.documents.structure import read_paper
from qa_service.domain.documents import Part, Segment, SegmentKind
from qa_service.domain.papers import Paper
from qa_service.domain.resolutions import Outcome, Resolution, Standing
from qa_service.sample import papers_directory

HIGHWAYS = "Highways and Flood Risk Committee"
SCRUTINY = "Children and Learning Scrutiny Panel"


@cache
def paper(name: str) -> Paper:
    data = (papers_directory() / name).read_bytes()
    return read_paper(data, file_name=name, document_id="d")


def words(found: Paper, resolution: Resolution) -> str:
    return " ".join(resolution.span.of(found.document.text).split())


def reports(found: Paper) -> list[Segment]:
    return [segment for segment in found.segments if segment.kind is SegmentKind.REPORT_HEADER]


def recommended(found: Paper) -> list[Resolution]:
    return [each for each in found.resolutions if each.standing is Standing.RECOMMENDED]


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("marlshire-hfrc-2024-02-06-agenda-pack.pdf", HIGHWAYS),  # council behind the body
        ("marlshire-cabinet-2024-01-18-agenda-pack.pdf", "Cabinet"),  # council on the line above the body
        ("marlport-clsp-2024-03-12-agenda-pack.pdf", SCRUTINY),
        ("marlshire-clp-2024-01-23-agenda-pack.pdf", "Children and Learning Panel"),
        ("marlshire-county-council-2024-02-22-minutes.pdf", "County Council"),
    ],
)
def test_the_body_is_not_its_council(name: str, body: str) -> None:
    assert paper(name).document.body == body


@pytest.mark.parametrize(
    ("name", "items"),
    [
        ("marlshire-hfrc-2024-02-06-agenda-pack.pdf", ["5", "6", "7", "8"]),
        ("marlshire-cabinet-2024-01-18-agenda-pack.pdf", ["4", "5", "6", "7"]),
        ("marlport-clsp-2024-03-12-agenda-pack.pdf", ["6", "7", "8", "9"]),
    ],
)
def test_reports_to_the_packs_own_body_are_no_appendices(name: str, items: list[str]) -> None:
    found = [one for one in reports(paper(name)) if one.part is not Part.DECISION_RECORD]
    assert [(one.item, one.part, one.addressed_to) for one in found] == [
        (item, Part.REPORT, None) for item in items
    ]


def test_a_proposed_record_inside_a_pack_proposes_and_resolves_nothing() -> None:
    found = paper("marlshire-cabinet-2024-01-18-agenda-pack.pdf")
    (header,) = [one for one in reports(found) if one.part is Part.DECISION_RECORD]
    (record,) = [
        each for each in found.resolutions if each.span.start > header.span.start and each.item == "5"
    ]
    assert (header.item, record.standing) == ("5", Standing.PROPOSED)


@pytest.mark.parametrize(
    ("name", "item", "body", "markers"),
    [
        ("marlport-clsp-2024-03-12-agenda-pack.pdf", "7", SCRUTINY, ["(i)", "(ii)"]),
        ("marlshire-clp-2024-01-23-agenda-pack.pdf", "8", "Children and Learning Panel", ["2.1.", "2.2."]),
    ],
)
def test_the_first_recommendation_of_a_list_is_kept(
    name: str, item: str, body: str, markers: list[str]
) -> None:
    (found,) = [each for each in recommended(paper(name)) if each.item == item and each.addressed_to == body]
    assert [clause.marker for clause in found.clauses] == markers


def test_a_report_that_travels_in_the_pack_of_another_body_asks_its_own() -> None:
    found = recommended(paper("marlshire-clp-2024-01-23-agenda-pack.pdf"))
    asked = [each for each in found if each.addressed_to == "Corporate Parenting Forum"]
    assert [[clause.marker for clause in each.clauses] for each in asked] == [["1.1.", "1.2."]]


def test_a_recommendation_to_the_committee_names_the_committee() -> None:
    found = recommended(paper("marlshire-hfrc-2024-02-06-agenda-pack.pdf"))
    assert {each.addressed_to for each in found} == {HIGHWAYS}


def test_each_amendment_has_its_own_vote_and_fate() -> None:
    minutes = paper("marlshire-county-council-2024-02-22-minutes.pdf")
    amendments = [
        each
        for each in minutes.resolutions
        if each.standing is Standing.PROPOSED and "amendment" in words(minutes, each)
    ]
    votes = [
        (each.outcome, each.vote and (each.vote.for_count, each.vote.against_count)) for each in amendments
    ]
    assert votes == [
        (Outcome.CARRIED, (15, 11)),
        (Outcome.LOST, (9, 16)),
        (Outcome.WITHDRAWN, None),
        (Outcome.CARRIED, None),  # on a show of hands: no vote is made up
    ]


def test_the_vote_on_the_motion_as_amended_is_the_resolutions() -> None:
    minutes = paper("marlshire-county-council-2024-02-22-minutes.pdf")
    (resolved,) = [
        each
        for each in minutes.resolutions
        if each.minute == "75" and each.standing is Standing.RESOLVED and each.vote
    ]
    assert resolved.vote is not None
    assert (resolved.vote.for_count, len(resolved.vote.supporters)) == (19, 19)


@pytest.mark.parametrize(
    ("name", "item", "title"),
    [
        ("marlshire-clp-2023-09-19-agenda-pack.pdf", "9", None),
        ("marlshire-clp-2024-01-23-agenda-pack.pdf", "9", "Young carers in Marlshire"),
        ("marlshire-clp-2024-06-18-agenda-pack.pdf", "9", None),
    ],
)
def test_slides_behind_a_page_that_is_only_stamped_are_of_the_stamped_item(
    name: str, item: str, title: str | None
) -> None:
    found = paper(name)
    slides = [segment for segment in found.segments if segment.kind is SegmentKind.SLIDE]
    assert {segment.item for segment in slides} == {item}
    if title is not None:
        assert slides[0].span.of(found.document.text).startswith(title)
