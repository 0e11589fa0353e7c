from dataclasses import replace
from datetime import date

import pytest

from qa_service.documents.commitments import commitments_in
from qa_service.domain.documents import Part, SegmentKind, Status
from qa_service.domain.resolutions import Clause, Commitment, Outcome, Resolution, Standing, Verb
from qa_service.domain.spans import Span
from tests.factories import block, make_paper

MADE = date(2024, 2, 6)


def said(text: str, part: Part = Part.MINUTES, kind: SegmentKind = SegmentKind.TEXT) -> list[str]:
    return [words for words, _ in found(text, part, kind)]


def found(
    text: str, part: Part = Part.MINUTES, kind: SegmentKind = SegmentKind.TEXT
) -> list[tuple[str, Commitment]]:
    paper = make_paper([block(text, kind, part=part)])
    made = commitments_in("d1", paper.document.text, paper.segments, ())
    return [(each.span.of(paper.document.text), each) for each in made]


def resolved(text: str, **facts: object) -> list[Commitment]:
    span = Span(0, len(text))
    decision = Resolution(
        "r",
        Verb.AGREED,
        Standing.RESOLVED,
        (Clause(span),),
        span,
        "C",
        "Panel",
        MADE,
        Status.DRAFT,
        minute="4",
    )
    paper = make_paper([block(text, SegmentKind.RESOLUTION)])
    return list(commitments_in("d1", paper.document.text, paper.segments, [replace(decision, **facts)]))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("sentence", "owner"),
    [
        (
            "The Head of Bridges undertook to bring a report to the Panel in the autumn.",
            "The Head of Bridges",
        ),
        ("Councillor Quill promised that the figures would be sent to members.", "Councillor Quill"),
        ("The Director agreed to circulate the table by 12 July 2024.", "The Director"),
        ("It was confirmed that the card would be launched by Easter 2024.", None),
        ("A survey was due to be circulated in March 2024.", None),
        ("The Chairman replied that he would find out.", "The Chairman"),
        ("ACTION: Ada Quill to circulate the map.", None),
        ("By June 2024 the bridge would be rebuilt.", None),
        ("The trust would come back with a drawing.", None),
        ("The Leader said that each director had been asked for proposals by June 2024.", "each director"),
    ],
)
def test_what_somebody_undertakes_in_a_meeting_is_a_commitment(sentence: str, owner: str | None) -> None:
    ((words, made),) = found(sentence)
    assert words == sentence
    assert made.standing is Standing.MINUTED
    assert made.owner == owner


@pytest.mark.parametrize(
    "sentence",
    [
        "Members asked whether the report would be brought back in the autumn.",
        "The Panel hoped that a report would be presented by June 2024.",
        "If the grant came, the bridge would be rebuilt by June 2024.",
        "It was suggested that a letter would be sent.",
        "The bridge would cost £2,300 to mend.",
        "The next meeting would be held on 12 March 2024.",
        "No lorry would be asked to leave.",
        "Work was being undertaken to develop new arrangements.",
        "Support was being offered to staff throughout the winter.",
        "The policy would bring the parishes together.",
        "The Government would announce its decision by June 2024.",
        "I will be at the gate by June 2024.",
        "Savings of £2,000 would be made by June 2024.",
        "The fair was to be held in June 2024, when children would dance.",
    ],
)
def test_what_only_sounds_like_a_promise_is_none(sentence: str) -> None:
    assert said(sentence) == []


def test_a_plan_in_a_report_needs_a_day() -> None:
    assert said("The bridge will be completed by June 2024.", Part.REPORT) != []
    assert said("The bridge will be completed.", Part.REPORT) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "By the meeting of June 2024 the ferries that the Trust owns, all of them old, will be listed.",
        "The bridge is expected to last until June 2024.",
        "The keys will be handed over when the tenants leave.",
        "In the plan of the year to June 2024, which the Cabinet has seen, a bridge will be painted.",
    ],
)
def test_a_day_that_is_not_that_of_what_will_be_done_makes_no_plan(sentence: str) -> None:
    assert said(sentence, Part.REPORT) == []


def test_a_paper_of_unknown_kind_promises_only_in_the_words_of_minutes() -> None:
    assert said("Officers would circulate the map by June 2024.", Part.OTHER) != []
    assert said("Officers will circulate the map by June 2024.", Part.OTHER) == []


def test_a_plan_is_reported_and_never_resolved() -> None:
    ((_, made),) = found("The plan is for the bridge to be ready by June 2024.", Part.REPORT)
    assert made.standing is Standing.REPORTED
    assert made.due == date(2024, 6, 30)


def test_the_autumn_of_a_report_tabled_long_before_it_is_left_as_written() -> None:
    ((_, made),) = found("An audit will be undertaken in the autumn.", Part.REPORT)
    assert (made.due_as_written, made.due) == ("in the autumn", None)


@pytest.mark.parametrize(
    ("clause", "owner", "due"),
    [
        (
            "That the Director of Place report on the cost by 4 June 2024.",
            "the Director of Place",
            "2024-06-04",
        ),
        ("That Marle Water be asked to account to the Panel on 4 June 2024.", "Marle Water", "2024-06-04"),
        ("That a further report be brought to the Panel on 4 June 2024.", None, "2024-06-04"),
        ("That the matter be deferred until the meeting on 4 June 2024.", None, "2024-06-04"),
        ("That the plan would be presented at the next meeting on 4 June 2024.", None, "2024-06-04"),
    ],
)
def test_a_clause_that_tells_somebody_to_act_is_a_commitment(
    clause: str, owner: str | None, due: str
) -> None:
    (made,) = resolved(clause)
    assert made.standing is Standing.RESOLVED
    assert made.owner == owner
    assert str(made.due) == due
    assert made.minute == "4"


@pytest.mark.parametrize(
    "clause",
    [
        "That the report be noted.",
        "That the annual report be received.",
        "That the press and public be excluded while the matter is deferred.",
        "That the budget for 2024/25 be approved.",
        "That the Director be given delegated authority to sign by 4 June 2024.",
        "That the Director's report be noted.",
    ],
)
def test_a_clause_that_asks_nobody_to_act_is_none(clause: str) -> None:
    assert resolved(clause) == []


def test_what_a_report_recommends_or_a_vote_lost_commits_nobody() -> None:
    clause = "That the Director report by 4 June 2024."
    assert resolved(clause, standing=Standing.RECOMMENDED, minute=None) == []
    assert resolved(clause, standing=Standing.PROPOSED) == []
    assert resolved(clause, outcome=Outcome.LOST) == []


def test_the_rows_of_an_action_plan_have_owner_and_day() -> None:
    table = (
        "Action\nWho\nBy when\nBuild the pier\nHead of Piers\nJune 2024\nPaint it\nHead of Paint\nMay 2024"
    )
    made = [each for _, each in found(table, Part.APPENDIX)]
    assert [(each.owner, str(each.due)) for each in made] == [
        ("Head of Piers", "2024-06-30"),
        ("Head of Paint", "2024-05-31"),
    ]


def test_a_log_of_what_became_of_actions_promises_nothing() -> None:
    table = "Action\nBy when\nState\nBuild the pier\nJune 2024\nDone\nPaint it\nMay 2024\nOutstanding"
    assert found(table, Part.APPENDIX) == []


def test_no_commitment_lies_inside_another_and_each_is_numbered() -> None:
    text = "The Director undertook to report by 4 June 2024. The Chairman promised to write to members."
    made = [each for _, each in found(text)]
    assert [each.id for each in made] == ["d1-c1", "d1-c2"]
    assert made[0].span.end <= made[1].span.start


def test_whatever_is_nobody() -> None:
    ((_, made),) = found(
        "Whatever is recommended will go to Cabinet on 14 March 2024.",
        part=Part.REPORT,
        kind=SegmentKind.TEXT,
    )
    assert made.owner is None


@pytest.mark.parametrize(
    "sentence",
    [
        "This item was deferred to the next appropriate meeting of Full Council.",
        "In March 2025, the Council was also scheduled to host its French colleagues.",
        "The strategy was expected to be published in the summer of 2025.",
        "The Leader advised that the Council would be making representations to ministers.",
        "An analyst would be placed in the hub so that an understanding could be obtained.",
        "- A specialist team will be recruited.",
    ],
)
def test_ways_in_which_minutes_put_what_is_to_come(sentence: str) -> None:
    assert [words for words, _ in found(sentence)] == [sentence]


@pytest.mark.parametrize(
    "sentence", ["Costs were expected to rise in March 2025.", "Fares could be reviewed."]
)
def test_what_is_expected_or_could_be_is_no_promise(sentence: str) -> None:
    assert found(sentence) == []
