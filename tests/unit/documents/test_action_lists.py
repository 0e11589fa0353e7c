"""Lists of actions in reports are commitments without a day; a report's own recommendations are none."""

import pytest

from qa_service.documents.commitments import commitments_in
from qa_service.domain.documents import Part, SegmentKind
from tests.factories import Block, block, make_paper

TRAINING = "The training of wardens will be reviewed so that each voice is heard."
REVIEWED = f"1. {TRAINING}\n"


def found(*blocks: Block) -> list[tuple[str, str | None]]:
    paper = make_paper(blocks)
    made = commitments_in("d1", paper.document.text, paper.segments, ())
    return [(" ".join(each.span.of(paper.document.text).split()), each.owner) for each in made]


def text(words: str, heading: str, kind: SegmentKind = SegmentKind.TEXT) -> Block:
    return block(words, kind, part=Part.REPORT, heading=heading)


@pytest.mark.parametrize("heading", ["Recommendations from the review", "Actions", "Agreed actions"])
def test_what_stands_under_a_title_of_actions_needs_no_day(heading: str) -> None:
    assert found(text(REVIEWED, heading)) == [(TRAINING, None)]


@pytest.mark.parametrize("heading", ["Background", "What was done", "Actions that nobody took in years"])
def test_elsewhere_it_does(heading: str) -> None:
    assert found(text(REVIEWED, heading)) == []


def test_what_stands_under_the_reports_own_recommendations_is_no_action() -> None:
    asked = text("That the report be noted.", "Recommendations", SegmentKind.RECOMMENDATION)
    assert found(asked, text(REVIEWED, "Recommendations")) == []


def test_a_lead_in_opens_a_list_that_ends_with_its_section() -> None:
    lead = "Use has grown. The following actions were agreed by the Management Team:\n"
    listed = "\u2022 Lead wardens will ensure that boats are counted.\n"
    after = "The ferry will be painted by someone or other.\n"
    told = found(text(lead, "Growth"), text(listed, "Growth"), text(after, "Conclusion"))
    assert [words for words, _ in told] == [listed.strip()]


@pytest.mark.parametrize(
    "words",
    [
        "1. The ford will continue to be watched by wardens.\n",
        "1. The county's wardens could be trained if money is found.\n",
        "1. The ford was painted and the boats were counted.\n",
    ],
)
def test_what_promises_nothing_is_no_action(words: str) -> None:
    assert found(text(words, "Actions")) == []


def test_what_is_done_names_nobody_who_does_it() -> None:
    audit = "1. The Boat Audit will be repeated and updated.\n"
    warden = "1. The Head of Boats will review the audit.\n"
    assert [owner for _, owner in found(text(audit, "Actions"), text(warden, "Actions"))] == [
        None,
        "The Head of Boats",
    ]
