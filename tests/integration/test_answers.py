"""The sample council is asked, and what structure knows decides the answer: standing, scope, refusal."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from embeddings.encoder import Encoder
from qa_service.answering.conflicts import CORRECTED, EARLIER
from qa_service.answering.drafts import NO_RESOLUTION, ONLY_RECOMMENDED, OVERDUE, REPORTED_SINCE
from qa_service.bootstrap import Services, open_services
from qa_service.config import Settings
from qa_service.domain.access import PUBLIC_ONLY
from qa_service.domain.answers import SURE, Answer, Filters, Question, Refusal, Reply, Turn
from qa_service.domain.explanations import Stage
from qa_service.domain.resolutions import Standing
from tests.factories import ingest


@pytest.fixture(scope="module")
def services(sample: Path, onnx: Encoder) -> Iterator[Services]:
    with open_services(Settings(data_dir=sample), onnx) as opened:
        yield opened


def refused(services: Services, text: str) -> Refusal:
    outcome = services.answerer.answer(Question(text), PUBLIC_ONLY).outcome
    assert isinstance(outcome, Refusal), outcome
    return outcome


def answered(services: Services, text: str) -> Answer:
    outcome = services.answerer.answer(Question(text), PUBLIC_ONLY).outcome
    assert isinstance(outcome, Answer), outcome
    return outcome


def quotes(answer: Answer) -> list[str]:
    """The words quoted, without line ends."""
    return [
        " ".join(citation.quote.split())
        for statement in answer.statements
        for citation in statement.citations
    ]


def test_a_report_finds_the_matter_and_the_minutes_answer(services: Services) -> None:
    answer = answered(services, "What was decided about children taught by their own parents?")
    (quote,) = quotes(answer)
    assert "compulsory register of children not in school" in quote
    assert [statement.standing for statement in answer.statements] == [Standing.RESOLVED]


def test_every_clause_of_a_decision_is_brought_and_nothing_else(services: Services) -> None:
    answer = answered(services, "What did Cabinet decide about Tolbury Library in January 2024?")
    assert [quote[:3] for quote in quotes(answer)] == ["(a)", "(b)", "(c)"]


def test_a_subject_that_one_clause_names_brings_that_clause(services: Services) -> None:
    answer = answered(services, "What did Cabinet resolve on the hold on vacancies in January 2024?")
    (quote,) = quotes(answer)
    assert "eased for social workers and gritter drivers only" in quote


def test_what_was_only_recommended_gives_way_to_what_was_decided(services: Services) -> None:
    answer = answered(services, "Is Tolbury Library closing on 30 September 2024?")
    assert answer.statements[0].standing is Standing.RESOLVED
    assert "be not closed" in quotes(answer)[0]


@pytest.mark.parametrize(
    "text",
    [
        "Did the Council declare the river an emergency?",
        "What did the Council in the end decide about sewage in the Marle?",
    ],
)
def test_a_carried_amendment_gives_way_to_what_was_then_resolved(services: Services, text: str) -> None:
    answer = answered(services, text)
    (quote,) = quotes(answer)
    assert "this Council invites the water company and the Environment Agency" in quote
    assert [statement.standing for statement in answer.statements] == [Standing.RESOLVED]


def test_officers_advice_is_given_as_advice(services: Services) -> None:
    answer = answered(services, "What did officers recommend on Tolbury Library in January 2024?")
    assert {statement.standing for statement in answer.statements} == {Standing.RECOMMENDED}


def test_a_recommendation_without_minutes_is_called_one(services: Services) -> None:
    answer = answered(
        services, "What did the panel decide on the Independent Reviewing Service report in January 2025?"
    )
    start = ONLY_RECOMMENDED.partition("{")[0]
    assert all(statement.text.startswith(start) for statement in answer.statements)


def test_what_another_body_was_asked_is_shown_as_advice_to_it(services: Services) -> None:
    answer = answered(
        services, "Did the Schools Forum approve giving half a per cent to the High Needs Block?"
    )
    (quote,) = quotes(answer)
    assert "the Forum agrees" in quote
    assert answer.statements[0].text.startswith(ONLY_RECOMMENDED.partition("{")[0])


def test_advice_to_the_meetings_own_body_comes_without_that_of_an_appendix(services: Services) -> None:
    asked = "What did officers recommend on how timely the care plans were in September 2023?"
    (quote,) = quotes(answered(services, asked))
    assert "the Children and Learning Panel notes" in quote


def test_an_item_that_ends_without_a_decision_is_said_to(services: Services) -> None:
    asked = "What did the Children and Learning Panel decide on care plans in June 2023?"
    answer = answered(services, asked)
    (statement,) = answer.statements
    assert statement.text.startswith(NO_RESOLUTION.partition("{")[0])
    assert statement.standing is Standing.MINUTED


def test_minutes_that_deny_a_decision_are_quoted(services: Services) -> None:
    answer = answered(services, "Did Marlport's panel come to any view on the Quayside exclusions?")
    assert "No decision was taken." in quotes(answer)[0]


def test_two_councils_that_decided_are_both_named(services: Services) -> None:
    answer = answered(services, "What was decided about parking charges in January 2024?")
    councils = {citation.segment.council for each in answer.statements for citation in each.citations}
    assert councils == {"Marlshire County Council", "Marlport City Council"}


def test_a_month_without_a_meeting_is_refused_and_named(services: Services) -> None:
    reply = services.answerer.answer(Question("What did Cabinet decide in August 2023?"), PUBLIC_ONLY)
    assert isinstance(reply.outcome, Refusal)
    assert "2023-08-01" in reply.outcome.reason


def test_nothing_after_the_asked_day_is_decided(services: Services) -> None:
    asked = Question("What had been decided about Tolbury Library?", as_of=date(2023, 12, 31))
    outcome = services.answerer.answer(asked, PUBLIC_ONLY).outcome
    assert isinstance(outcome, Answer)
    assert all("deferred" in quote for quote in quotes(outcome))


def test_an_acronym_is_answered_by_the_sentence_that_spells_it_out(services: Services) -> None:
    (quote,) = quotes(answered(services, "What is an IRO?"))
    assert "an independent reviewing officer (IRO), whose task is" in quote


def test_of_two_senses_the_surroundings_of_the_question_choose_one(services: Services) -> None:
    (of_quarry,) = quotes(answered(services, "What does TAP mean when the quarry asks for one?"))
    assert "Temporary Access Permit (TAP) be granted to the operator" in of_quarry
    (of_slides,) = quotes(answered(services, "On the disabled children's slides, what is the TAP?"))
    assert "Transition to Adulthood Programme (TAP)" in of_slides


def test_without_surroundings_every_sense_is_given(services: Services) -> None:
    given = " ".join(quotes(answered(services, "What does TAP stand for?")))
    assert "Temporary Access Permit" in given
    assert "Transition to Adulthood Programme" in given


@pytest.mark.parametrize(
    "text", ["How often do the trams in Birmingham run?", "What does a bus to Mars cost?"]
)
def test_what_no_paper_names_is_refused_by_name(services: Services, text: str) -> None:
    refusal = refused(services, text)
    assert refusal.reason == f"no paper held here names {'Mars' if 'Mars' in text else 'Birmingham'}"
    assert refusal.nearest


def test_a_name_of_another_council_is_refused_and_shown_where_it_stands(services: Services) -> None:
    refusal = refused(services, "What did Marlport decide about Tolbury Library?")
    assert refusal.reason == "no paper of Marlport City Council names Tolbury Library"
    assert {citation.document.council for citation in refusal.nearest} == {"Marlshire County Council"}


def test_a_body_read_from_the_words_gives_way_openly_to_one_that_names_the_subject(
    services: Services,
) -> None:
    asked = Question("What was Cabinet told about Larkfield House?")
    reply = services.answerer.answer(asked, PUBLIC_ONLY)
    assert isinstance(reply.outcome, Answer)
    assert "Larkfield House" in quotes(reply.outcome)[0]
    assert reply.understood.filters.bodies == frozenset()
    assert "names Larkfield House" in reply.understood.notes[0]
    of_meeting = Question("What did Cabinet resolve about Larkfield House?")
    assert isinstance(services.answerer.answer(of_meeting, PUBLIC_ONLY).outcome, Refusal)


@pytest.mark.parametrize(
    "text",
    [
        "How did Marlport's councillors vote on the mobile library?",
        "What did Marlport decide about Tolbury Library?",
        "What did Cabinet decide about home care in October 2023?",
        "How many families has Marlshire put up in hotels and guest houses?",
    ],
)
def test_what_other_papers_tell_is_not_answered_from_those_that_are_named(
    services: Services, text: str
) -> None:
    refusal = refused(services, text)
    assert refusal.nearest


def test_another_councils_decision_of_like_title_is_not_told_beside_one_that_the_words_name(
    services: Services,
) -> None:
    answer = answered(services, "What was resolved on the IRS annual report?")
    councils = {each.document.council for statement in answer.statements for each in statement.citations}
    assert councils == {"Marlshire County Council"}


def test_what_says_that_no_decision_was_found_is_no_surer_for_naming_the_matter(services: Services) -> None:
    asked = (
        "What was resolved on the IRS annual report?",
        "What did Marlport's panel decide about two more caseworkers?",
    )
    found, only_put = (services.answerer.answer(Question(text), PUBLIC_ONLY).confidence for text in asked)
    assert found is not None
    assert only_put is not None
    assert found > SURE + 0.05
    assert only_put < SURE + 0.05


def test_another_subjects_decision_does_not_stand_for_one_that_only_was_put(services: Services) -> None:
    answer = answered(services, "What did Marlport's panel decide about two more caseworkers?")
    assert all(statement.standing is Standing.RECOMMENDED for statement in answer.statements)
    assert answer.statements[0].text.startswith(ONLY_RECOMMENDED.partition("{")[0])


def test_who_attended_brings_the_roll_and_nothing_else(services: Services) -> None:
    (roll,) = quotes(answered(services, "Who was present at Marlport's Executive in October 2023?"))
    assert roll.startswith("Present: Councillors Strand (Leader), Bhatt, Cullimore and Ekwueme")
    roll = " ".join(quotes(answered(services, "Who attended Cabinet in January 2024?")))
    assert "PRESENT: Councillors J Sarsfield" in roll
    assert "IN ATTENDANCE: Councillors M Chaudhry" in roll


def test_who_came_by_screen_brings_that_line_alone(services: Services) -> None:
    (line,) = quotes(answered(services, "Who came to the January 2024 Cabinet by screen?"))
    assert "IN ATTENDANCE VIRTUALLY: Dr L Farrow" in line
    assert "PRESENT:" not in line


def test_who_is_on_no_roll_is_told_of_by_the_sentence_that_says_so(services: Services) -> None:
    (said,) = quotes(answered(services, "Was Lavinia Rook in the room for Cabinet in January 2024?"))
    assert "L Rook had sent her apologies" in " ".join(said.split())


def test_who_excused_themselves_is_answered_by_the_apologies(services: Services) -> None:
    (line,) = quotes(answered(services, "Who excused themselves from the January 2024 children's panel?"))
    assert line == "Apologies were received from Councillors Fergus Lorimer and Tobias Quarmby."


def test_what_the_papers_say_of_another_year_is_no_answer(services: Services) -> None:
    refusal = refused(services, "How many reviews did the county's reviewing officers hold in 2019/20?")
    assert refusal.reason == "what the papers say of this is not of 2019/20"
    assert refusal.nearest


def test_what_they_say_of_the_year_asked_is(services: Services) -> None:
    asked = "What share of the county's reviews were held in time in 2022/23?"
    assert any("2022/23" in quote or "%" in quote for quote in quotes(answered(services, asked)))


def test_what_is_overdue_is_answered_from_the_register(services: Services) -> None:
    answer = answered(services, "Which actions of the Children and Learning Panel are overdue?")
    assert len(answer.statements) > 1
    assert all(statement.text.startswith(OVERDUE[:20]) for statement in answer.statements)
    bodies = {statement.citations[0].segment.body for statement in answer.statements}
    assert bodies == {"Children and Learning Panel"}


def test_whether_a_thing_has_come_back_shows_the_promise_and_the_later_paper(services: Services) -> None:
    answer = answered(services, "Has the Independent Reviewing Service caseload update come back?")
    assert any("caseloads" in quote for quote in quotes(answer))
    days = [statement.citations[0].segment.held_on for statement in answer.statements]
    assert len(days) >= 2
    assert days[0] is not None
    assert all(day is None or day > days[0] for day in days[1:])


def test_what_changed_from_the_recommendation_shows_both(services: Services) -> None:
    text = "What changed between the recommendation and the resolution on street lamps?"
    answer = answered(services, text)
    assert [statement.standing for statement in answer.statements] == [
        Standing.RECOMMENDED,
        Standing.RESOLVED,
    ]


def test_two_figures_for_one_fact_come_back_together(services: Services) -> None:
    answer = answered(services, "How many Marlshire children were learning at home in July 2023?")
    (conflict,) = answer.conflicts
    assert conflict.about == EARLIER
    assert [("1,240" in each.quote, "1,204" in each.quote) for each in conflict.citations] == [
        (True, False),
        (False, True),
    ]
    assert len(answer.statements) == 2


def test_a_place_that_says_that_another_is_wrong_is_the_reason_to_prefer_it(services: Services) -> None:
    answer = answered(services, "How many homes were flooded at Otterfleet on 2 November 2023?")
    (conflict,) = answer.conflicts
    assert conflict.about == CORRECTED
    assert "134 homes" in conflict.citations[0].quote
    assert "143 homes" in conflict.citations[1].quote


def test_a_forecast_that_moved_between_meetings_is_no_conflict(services: Services) -> None:
    answer = answered(services, "What overspend did Marlshire's Cabinet hear of in October 2023?")
    assert answer.conflicts == ()


def test_what_no_roll_has_a_line_for_is_told_by_the_sentences_of_the_minutes(services: Services) -> None:
    answer = answered(services, "Who couldn't make the June 2023 meeting, and who came instead?")
    assert quotes(answer) == [
        "Councillor Oswin Pell sent his apologies.",
        "Councillor Silas Wragg was there as his deputy.",
    ]


def test_the_sentence_that_tells_of_a_deputy_comes_without_the_roll(services: Services) -> None:
    answer = answered(services, "Who stood in for Councillor Hartnell in September 2023?")
    assert quotes(answer) == ["Councillor Silas Wragg sat as deputy for Councillor Hartnell."]


def test_a_sentence_that_hardly_answers_does_not_tell_it_elsewhere(services: Services) -> None:
    said = quotes(answered(services, "On which day in June 2023 did the Children and Learning Panel meet?"))
    assert any("12 June 2023" in " ".join(each.split()) for each in said)


def test_the_last_decision_is_of_the_newest_meeting_and_a_stretch_of_time_limits(services: Services) -> None:
    (last,) = quotes(answered(services, "What had Marlport last decided about parking?"))
    assert "resident's permit" in last
    (earlier,) = quotes(answered(services, "Before 2024, what had Marlport decided on parking?"))
    assert "frozen until 31 March 2024" in earlier


def test_an_earlier_decision_is_named_however_far_it_ranks_below_the_latest(services: Services) -> None:
    reply = services.answerer.answer(Question("What was decided about Tolbury Library?"), PUBLIC_ONLY)
    (note,) = reply.understood.notes
    assert note.endswith("decided on it before: Cabinet, 12 October 2023")


def test_minutes_corrected_before_they_were_confirmed_contradict_nothing(services: Services) -> None:
    answer = answered(services, "Are the Children and Learning Panel's minutes of 23 January 2024 confirmed?")
    assert answer.conflicts == ()


@pytest.mark.parametrize(
    ("question", "starts", "ends"),
    [
        ("Who voted against the budget as finally put?", "Against (7)", "Tierney and Trembath"),
        ("How many voted against keeping the mobile library?", "Against (11)", "Thackray and Umeh"),
        ("Who voted against the second amendment?", "Against (16)", "Umeh and Wedderburn"),
        ("How did Councillor Umeh vote on the budget?", "For (19)", "Wedderburn and Wragg"),
    ],
)
def test_one_side_of_a_recorded_vote_is_quoted_with_its_label(
    services: Services, question: str, starts: str, ends: str
) -> None:
    (quote,) = quotes(answered(services, question))
    assert quote.startswith(starts)
    assert quote.endswith(ends)


def test_a_question_for_no_side_is_told_the_whole_vote(services: Services) -> None:
    (quote,) = quotes(answered(services, "How did members vote on the potholes amendment?"))
    assert quote.startswith("(7) The Chairman put Amendment 2 to the vote. For (9)")
    assert quote.endswith("Amendment 2 was lost by 9 votes to 16.")


def test_a_side_too_short_to_say_anything_comes_with_the_whole_vote(services: Services) -> None:
    (quote,) = quotes(answered(services, "Who abstained on the mobile library?"))
    assert "Abstain (1) Councillor Mossop" in quote
    assert quote.startswith("(4) The Chairman put Amendment 1 to the vote.")


def test_every_amendment_is_told_with_what_was_put(services: Services) -> None:
    answer = answered(services, "Who voted against the amendments to the budget?")
    assert [" ".join(statement.citations[0].quote.split()) for statement in answer.statements] == [
        "(4) The Chairman put Amendment 1 to the vote.",
        "(7) The Chairman put Amendment 2 to the vote.",
    ]
    assert all(statement.citations[1].quote.startswith("Against (") for statement in answer.statements)


def test_a_person_on_no_side_is_said_to_be_on_none(services: Services) -> None:
    outcome = refused(services, "How did Mrs Dunmore vote on the mobile library?")
    assert outcome.reason == "no vote recorded on this in the papers lists Dunmore"


def test_a_voter_whom_no_paper_names_is_said_to_be_named_by_none(services: Services) -> None:
    outcome = refused(services, "How did Councillor Zephaniah vote on the mobile library?")
    assert outcome.reason == "no paper held here names Councillor Zephaniah"


def test_who_left_before_a_vote_is_told_by_the_minutes_and_not_by_the_sides(services: Services) -> None:
    (quote,) = quotes(answered(services, "How did Councillor Lorimer vote on the mobile library?"))
    assert "left the Chamber for the vote on Amendment 1" in quote


def after(services: Services, text: str, *before: str, as_of: date | None = None) -> Reply:
    asked = Question(text, history=tuple(Turn(each) for each in before), as_of=as_of)
    return services.answerer.answer(asked, PUBLIC_ONLY)


def said(reply: Reply) -> list[str]:
    assert isinstance(reply.outcome, Answer), reply.outcome
    return quotes(reply.outcome)


def test_a_follow_up_is_answered_from_the_matter_before(services: Services) -> None:
    before = "What did Cabinet decide about Tolbury Library in January 2024?"
    (quote,) = said(after(services, "And how long will the van keep coming?", before))
    assert "until the roof is mended" in quote


def test_a_follow_up_keeps_to_the_council_that_was_answered_from_and_shows_it(services: Services) -> None:
    reply = after(services, "And how long will the van keep coming?", "Is Tolbury Library closing?")
    assert reply.understood.filters.councils == {"Marlshire County Council"}
    assert any("Is Tolbury Library closing?" in note for note in reply.understood.notes)
    assert any("Tolbury Library, Cabinet, 2024-01-18" in note for note in reply.understood.notes)


def test_what_came_of_a_promise_is_told_by_the_later_paper(services: Services) -> None:
    reply = after(services, "Did the update come?", "What was resolved on the IRS annual report?")
    assert any("Outstanding" in quote for quote in said(reply))
    assert isinstance(reply.outcome, Answer)
    assert all(each.text.startswith(REPORTED_SINCE.partition("{")[0]) for each in reply.outcome.statements)


def test_what_came_of_a_promise_after_the_asked_day_is_not_told(services: Services) -> None:
    before = "What was resolved on the IRS annual report?"
    reply = after(services, "Did the update come?", before, as_of=date(2024, 2, 1))
    outcome = reply.outcome
    cited = [] if isinstance(outcome, Refusal) else [c for each in outcome.statements for c in each.citations]
    assert all(c.segment.held_on is None or c.segment.held_on <= date(2024, 2, 1) for c in cited)


def test_a_proposed_record_gives_way_to_the_record_of_the_decision(services: Services) -> None:
    answer = answered(services, "From what date do visitors pay on the sea front at Otterfleet?")
    assert answer.statements[0].standing is Standing.RESOLVED
    assert "from 1 July 2024" in quotes(answer)[0]


@pytest.mark.parametrize(
    ("question", "entry"),
    [
        ("Who chaired Cabinet in January 2024?", "J Sarsfield (Leader, in the Chair)"),
        ("Who is the Director of Finance?", "Mr H Tansley (Director of Finance)"),
        ("Who was the Chairman of the County Council?", "E Mossop (Chairman)"),
    ],
)
def test_who_held_an_office_is_read_from_the_roll(services: Services, question: str, entry: str) -> None:
    (quote,) = quotes(answered(services, question))
    assert entry in quote


def test_of_as_many_things_as_are_asked_for_the_list_of_as_many_is_quoted_whole(services: Services) -> None:
    told = "What three things were members told about youngsters in trouble with the law in June 2023?"
    lead, members = quotes(answered(services, told))
    assert lead.endswith("officers said that:")
    assert members.count("•") == 3
    settled = "Which four things did Cabinet settle about the homecare contract in January 2024?"
    assert [quote[:3] for quote in quotes(answered(services, settled))] == ["(a)", "(b)", "(c)", "(d)"]


def test_a_list_near_the_best_sentence_answers_who_asks_for_several_things(services: Services) -> None:
    (table,) = quotes(answered(services, "Which directorates are over their budget, and by how much?"))
    assert "Children's Services 171.4 176.9 +5.5" in table
    assert "Adult Social Care and Health 203.8 204.6 +0.8" in table


def test_each_part_of_a_question_is_answered(services: Services) -> None:
    asked = "What does Tolbury Library cost to run, and what would it cost to mend its roof?"
    running, mending = quotes(answered(services, asked))
    assert "£148,000 a year to run" in running
    assert mending.startswith("Mending the roof would cost £410,000")


def test_a_sentence_that_answers_both_parts_is_quoted_alone(services: Services) -> None:
    asked = "What are farmers paid for clearing snow, and how many of them do it?"
    (quote,) = quotes(answered(services, asked))
    assert "£38 an hour, and there were 57 of them" in quote


def test_what_was_replied_stands_behind_what_was_asked(services: Services) -> None:
    asked = "Who asked about the overspend on gritting at Cabinet in January 2024, and what was the answer?"
    told = "\n".join(quotes(answered(services, asked)))
    assert 0 <= told.index("Councillor Trembath asked") < told.index("Officers explained")
    asked = "Who asked about cuts in October 2023 and what was she told?"
    told = "\n".join(quotes(answered(services, asked)))
    assert 0 <= told.index("Councillor Chaudhry asked") < told.index("She was told")


def test_who_came_is_not_answered_from_a_report_where_no_minutes_are_held(services: Services) -> None:
    outcome = refused(services, "Who sent apologies to the Children and Learning Panel in January 2025?")
    assert "only they say who came" in outcome.reason


def test_what_a_decision_was_grown_by_is_not_said_to_be_resolved(services: Services) -> None:
    answer = answered(services, "Which job on the panel's list had nothing to show by June 2024?")
    grown = [each for each in answer.statements if "not good enough" in each.text]
    assert all(each.standing is not Standing.RESOLVED for each in grown)


TOLD = """EBBFOLD COMMUNITY COUNCIL

MEETING 14th October 2015

Ebbfold Community Council held their meeting on the 14th October 2015 at the Hall.
PRESENT
Councillors Anna Reed, Tom Hask and Una Prewitt.

1. WELCOME AND APOLOGIES
Cllr. T. Hask took the Chair and welcomed everyone to the meeting.

2. PRECEPT
It was proposed by Cllr. A. Reed, seconded by Cllr. U. Prewitt and unanimously agreed that
the precept remain £10,500.
"""


@pytest.fixture
def told(onnx: Encoder, tmp_path: Path) -> Iterator[Services]:
    (tmp_path / "minutes.txt").write_text(TOLD, encoding="utf-8")
    ingest(tmp_path / "data", tmp_path / "minutes.txt", encoder=onnx)
    with open_services(Settings(data_dir=tmp_path / "data"), onnx) as opened:
        yield opened


def test_who_chaired_is_told_by_the_minutes_where_no_roll_gives_it(told: Services) -> None:
    (quote,) = quotes(answered(told, "Who chaired Ebbfold Community Council in October 2015?"))
    assert quote.startswith("Cllr. T. Hask took the Chair")


def test_a_decision_told_in_a_sentence_stands_as_resolved(told: Services) -> None:
    answer = answered(told, "How much was the precept?")
    assert [each.standing for each in answer.statements] == [Standing.RESOLVED]


TWO_ITEMS = """MARLSHIRE COUNTY COUNCIL

HIGHWAYS AND FLOOD RISK COMMITTEE

MINUTES of a meeting of the Highways and Flood Risk Committee held on 6 February 2024.

PRESENT: Ada Quill (Chair), Tom Hask, Una Prewitt

31. Bridge government update

The officer spoke of the talks with the government about the bridge.

RESOLVED:

That the talks about the bridge be noted by this committee.

32. Governance update

The officer spoke of the rules of the committee.

RESOLVED:

That the rules of the committee be changed from the first of May.
"""


def test_two_minutes_of_one_record_are_two_matters_however_alike(onnx: Encoder, tmp_path: Path) -> None:
    (tmp_path / "minutes.txt").write_text(TWO_ITEMS, encoding="utf-8")
    ingest(tmp_path / "data", tmp_path / "minutes.txt", encoder=onnx)
    with open_services(Settings(data_dir=tmp_path / "data"), onnx) as opened:
        answer = answered(opened, "What was resolved on the bridge government update?")
    assert [" ".join(quote.split()) for quote in quotes(answer)] == [
        "That the talks about the bridge be noted by this committee."
    ]


def test_what_members_recommend_elsewhere_is_not_shown_as_resolved(services: Services) -> None:
    answer = answered(
        services,
        "What changed between the recommendation and the resolution on the post-16 transport policy?",
    )
    assert [statement.standing for statement in answer.statements] == [Standing.RECOMMENDED] * 2
    assert "Option B" in answer.statements[0].text
    assert "Option A" in answer.statements[1].text


def test_who_promised_is_no_part_of_what_was_promised(services: Services) -> None:
    for who in ("we", "the Children and Learning Panel", "the Scrutiny Panel's officers"):
        answer = answered(services, f"What did {who} promise on children educated at home?")
        assert "write to the Secretary of State" in answer.statements[0].text


@pytest.mark.parametrize(
    ("question", "where"),
    [
        ("How many of Marlport's street lamps will be switched off at night?", "Marlshire County Council"),
        ("When does Marlshire's evening charge in the Harbour Quarter begin?", "Marlport City Council"),
        ("How many Marlport children took part in the participation audit?", "Marlshire County Council"),
    ],
)
def test_what_only_another_council_tells_is_refused_and_shown_as_no_answer(
    services: Services, question: str, where: str
) -> None:
    refusal = refused(services, question)
    assert refusal.reason.endswith(f"do not tell this; what is nearest to it is of {where}")
    assert refusal.nearest[0].segment.council == where


def test_a_council_that_was_chosen_beside_the_question_answers_where_another_tells_nearly_as_well(
    services: Services,
) -> None:
    chosen = Filters(councils=frozenset({"Marlshire County Council"}), held_from=date(2024, 3, 14))
    asked = Question("How far off budget is the year expected to end?", chosen)
    outcome = services.answerer.answer(asked, PUBLIC_ONLY).outcome
    assert isinstance(outcome, Answer), outcome
    assert "a forecast overspend of" in quotes(outcome)[0]


def test_what_only_another_meeting_tells_is_refused(services: Services) -> None:
    asked = "What did the Children and Learning Panel decide about post-16 transport in September 2023?"
    assert "do not tell this; what is nearest to it is of" in refused(services, asked).reason


def test_what_both_councils_tell_is_answered_from_the_one_that_is_named(services: Services) -> None:
    answer = answered(services, "What did Marlport decide about parking charges in January 2024?")
    assert {citation.segment.council for citation in answer.statements[0].citations} == {
        "Marlport City Council"
    }


def test_a_month_without_a_meeting_names_the_meetings_next_to_it(services: Services) -> None:
    reason = refused(services, "What did Cabinet decide in August 2023?").reason
    assert reason.endswith("between 2023-08-01 and 2023-08-31 are held; the nearest are of 2023-10-12")


def test_a_month_without_a_meeting_is_not_answered_from_another(services: Services) -> None:
    reason = refused(services, "What was decided about Tolbury Library in May 2023?").reason
    assert "no papers for a meeting between 2023-05-01 and 2023-05-31 are held" in reason


def test_a_month_that_the_decision_itself_names_is_no_meeting(services: Services) -> None:
    answer = answered(services, "Which parking charges were agreed for May 2024?")
    assert any("May 2024" in quote for quote in quotes(answer))


def test_a_date_that_belongs_to_the_subject_limits_no_meeting(services: Services) -> None:
    answer = answered(services, "Did work on the Cawley Magna cycle route get the go-ahead for April 2024?")
    assert "be not begun until" in quotes(answer)[0]
    answer = answered(services, "On what day of the week was Marlport's Executive of January 2024 held?")
    assert "TUESDAY" in quotes(answer)[0] or "WEDNESDAY" in quotes(answer)[0]


def test_a_list_that_stands_in_a_table_comes_with_every_row(services: Services) -> None:
    asked = "What reasons do families give for teaching their children themselves?"
    (quote,) = quotes(answered(services, asked))
    assert quote.startswith("Main reason given by parents Share of families Way of life or belief 24%")
    assert quote.endswith("No reason given 12%")


def test_a_stretch_of_time_brings_what_each_meeting_in_it_decided(services: Services) -> None:
    answer = answered(services, "What did Marlport decide on parking between January and March 2024?")
    days = [statement.citations[0].segment.held_on for statement in answer.statements]
    assert days == [date(2024, 1, 16), date(2024, 3, 19)]
    both = answered(
        services, "Which decisions on post-16 transport were taken between January and March 2024?"
    )
    bodies = {statement.citations[0].segment.body for statement in both.statements}
    assert bodies == {"Children and Learning Panel", "Cabinet"}


def test_the_date_of_a_target_is_no_meeting(services: Services) -> None:
    asked = "Since the target of April 2024 was missed, what has the county's panel resolved?"
    assert "60% was not reached by April 2024" in " ".join(quotes(answered(services, asked)))


@pytest.mark.parametrize(
    ("question", "stage"),
    [
        ("How many of Marlport's street lamps will be switched off at night?", Stage.TOLD_ELSEWHERE),
        ("What was decided about Tolbury Library in May 2023?", Stage.NO_MEETING),
        ("What did Cabinet decide in August 2023?", Stage.SCOPE_EMPTIED),
    ],
)
def test_a_wrong_scope_is_the_stage_that_decided(services: Services, question: str, stage: Stage) -> None:
    assert services.answerer.explained(Question(question), PUBLIC_ONLY)[1].stage is stage


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Who moved that Councillor Quarmby be elected?", "On the motion of Councillor Thackray"),
        ("Who proposed the amendment on potholes?", "Councillor Trembath proposed"),
        ("Which member spoke for the traders on the sea front?", "Councillor Trembath, speaking"),
        ("Who was appointed vice-chairman of the panel in June 2023?", "Councillor Tobias Quarmby"),
        ("Did anybody declare a family tie with a school in September 2023?", "Councillor Lorimer declared"),
        ("Who is the contact for the report on high needs?", "Contact name: Rufus Kettleburgh"),
        ("Who wrote the report on school places?", "Report From: Director of Children's Services"),
    ],
)
def test_who_did_a_thing_is_told_in_the_words_of_the_deed(
    services: Services, question: str, words: str
) -> None:
    assert words in quotes(answered(services, question))[0]


def test_an_interest_brings_what_else_the_paper_tells_of_it(services: Services) -> None:
    found = quotes(answered(services, "Who left the room for Nether Cawley?"))
    assert [quote.split(" ")[2] for quote in found] == ["left", "declared"]


def test_who_came_for_one_item_is_read_from_the_roll_of_that_item(services: Services) -> None:
    (quote,) = quotes(answered(services, "Who from the police came when the city discussed reviews?"))
    assert "Sergeant Lowri Maddox" in quote
    (quote,) = quotes(answered(services, "Which outsiders joined the panel for the transport item?"))
    assert quote.startswith("Joss Penhaligon-Reeve")


OFFICES = """EBBFOLD COUNTY COUNCIL

CABINET

Monday, 3 March 2025 at 10.00 am

From: Una Prewitt, Deputy Leader and Cabinet Member for Roads

To: Cabinet, 3 March 2025

Subject: Winter salt

1. Introduction
1.1 The Director of Roads, Mr T. Hask, has bought 400 tonnes of salt.
1.2 Anna Reed MBE, Leader of the Council, opened the new barn.
"""


def test_who_holds_an_office_is_told_where_it_is_printed_beside_a_name(onnx: Encoder, tmp_path: Path) -> None:
    (tmp_path / "report.txt").write_text(OFFICES, encoding="utf-8")
    ingest(tmp_path / "data", tmp_path / "report.txt", encoder=onnx)
    with open_services(Settings(data_dir=tmp_path / "data"), onnx) as opened:
        for office, name in (
            ("leader", "Anna Reed MBE"),
            ("deputy leader", "Una Prewitt"),
            ("Cabinet Member for Roads", "Una Prewitt"),
            ("Director of Roads", "Mr T. Hask"),
        ):
            (quote,) = quotes(answered(opened, f"Who is the {office}?"))
            assert name in quote
