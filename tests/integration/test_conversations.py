"""A follow-up is told by the very item that was quoted before, or refused: never by another matter."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from embeddings.encoder import Encoder
from qa_service.bootstrap import Services, open_services
from qa_service.config import Settings
from qa_service.domain.access import PUBLIC_ONLY
from qa_service.domain.answers import Answer, Citation, Question, Refusal, Reply, Turn
from qa_service.domain.resolutions import Standing
from tests.factories import ingest

SEWAGE = "What did the county council agree about sewage in the River Marle?"
MOBILE = "Who moved the amendment on the mobile library at full council in February 2024?"
LIGHTS = "What was decided about street lighting in February 2024?"
PLANS = "What did the Children and Learning Panel promise on education, health and care plans?"
BEDS = "What did Cabinet agree on reablement beds at Saxby Heath?"
PANEL = "What did the panel decide on the IRS annual report in September 2023?"


@pytest.fixture(scope="module")
def services(sample: Path, onnx: Encoder) -> Iterator[Services]:
    with open_services(Settings(data_dir=sample), onnx) as opened:
        yield opened


def after(services: Services, text: str, *before: str) -> Reply:
    turns = tuple(Turn(each) for each in before)
    return services.answerer.answer(Question(text, history=turns), PUBLIC_ONLY)


def cited(reply: Reply) -> list[Citation]:
    assert isinstance(reply.outcome, Answer), reply.outcome
    return [citation for statement in reply.outcome.statements for citation in statement.citations]


def said(reply: Reply) -> str:
    return " ".join(" ".join(each.quote.split()) for each in cited(reply))


def reason(reply: Reply) -> str:
    assert isinstance(reply.outcome, Refusal), reply.outcome
    return reply.outcome.reason


def test_the_vote_is_that_on_what_was_quoted(services: Services) -> None:
    assert said(after(services, "how many voted for it?", MOBILE)).startswith("For (15)")
    assert said(after(services, "and against?", MOBILE, "how many voted for it?")).startswith("Against (11)")
    assert "Pell" in said(after(services, "how did Councillor Pell vote?", MOBILE))


@pytest.mark.parametrize("text", ["and the vote?", "how many voted against it?", "was it put to a vote?"])
@pytest.mark.parametrize("before", [SEWAGE, LIGHTS])
def test_no_vote_on_record_is_no_vote_on_another_matter(services: Services, text: str, before: str) -> None:
    assert reason(after(services, text, before)).startswith("no vote is recorded in the papers held here on")


def test_whoever_is_on_no_side_of_the_vote_is_told_of_by_no_other_vote(services: Services) -> None:
    told = reason(after(services, "how did Councillor Zephaniah vote?", MOBILE))
    assert told.startswith(("the vote that is recorded does not tell this", "no paper"))


def test_what_became_of_a_motion_is_its_own_fate(services: Services) -> None:
    (one,) = after(services, "was it carried?", MOBILE, "who seconded it?").outcome.statements  # type: ignore[union-attr]
    assert one.text.startswith("Put forward and carried: ")
    assert "mobile library" in one.text
    assert one.standing is Standing.PROPOSED


def test_a_decision_that_was_quoted_was_agreed(services: Services) -> None:
    reply = after(services, "was it agreed?", BEDS)
    assert "twelve reablement beds" in said(reply)
    assert {each.standing for each in reply.outcome.statements} == {Standing.RESOLVED}  # type: ignore[union-attr]


def test_all_who_moved_something_under_the_item_are_shown(services: Services) -> None:
    reply = after(services, "who proposed it?", SEWAGE)
    assert "Councillor Keogh moved" in said(reply)
    assert "Councillor Umeh moved" in said(reply)
    assert "more than one thing was moved under this item: each is shown" in reply.understood.notes


def test_who_moved_what_was_quoted_is_told_by_the_words_quoted(services: Services) -> None:
    (one,) = cited(after(services, "who seconded it?", MOBILE))
    assert "Councillor Wragg seconded" in one.quote


def test_where_no_words_of_the_item_say_who_moved_it_nobody_did(services: Services) -> None:
    assert reason(after(services, "who seconded it?", BEDS)).startswith(
        "no words under this item say who seconded"
    )


def test_the_day_is_that_of_what_was_promised_in_the_words_quoted(services: Services) -> None:
    assert "before the end of June 2024" in said(after(services, "when is it due?", SEWAGE, "and the vote?"))
    transport = "What did Cabinet decide about post-16 transport?"
    reply = after(services, "whn is it due?", transport)
    assert said(reply) == "(c) the Head of Pupil Transport report on solo taxis to Cabinet on 11 July 2024."
    assert "read as: When is it due?" in reply.understood.notes


def test_who_is_to_do_it_is_named_by_the_words_quoted(services: Services) -> None:
    taxis = said(
        after(services, "who is responsible for it?", "What did Cabinet decide about post-16 transport?")
    )
    assert taxis == "(c) the Head of Pupil Transport report on solo taxis to Cabinet on 11 July 2024."
    assert reason(after(services, "who is responsible for it?", BEDS)).startswith(
        "the words quoted name nobody"
    )


def test_of_each_promise_quoted_what_came_of_it_is_told(services: Services) -> None:
    told = said(after(services, "was that followed up?", PLANS, "when is it due?"))
    assert "had been sent to all members on 27 October 2023" in told


def test_words_of_the_same_meeting_say_nothing_of_what_came_later(services: Services) -> None:
    assert reason(after(services, "was that followed up?", BEDS)).startswith("no later paper held here says")


def test_what_happened_after_that_is_told_by_the_later_meeting(services: Services) -> None:
    reply = after(services, "what happened to it after that?", PANEL, "who was there?")
    assert {str(each.segment.held_on) for each in cited(reply)} == {"2024-01-23"}


def test_who_was_there_is_told_by_the_roll_of_that_meeting(services: Services) -> None:
    reply = after(services, "who was there?", PANEL)
    assert {str(each.segment.held_on) for each in cited(reply)} == {"2023-09-19"}
    assert "Councillor Imogen Thackray" in said(reply)


def test_of_another_meeting_the_same_is_asked_again(services: Services) -> None:
    chaired = "Who chaired the Children and Learning Panel in January 2024?"
    reply = after(services, "and in June 2024?", chaired, "who sent apologies?")
    assert "read as: Who sent apologies?" in reply.understood.notes
    assert {str(each.segment.held_on) for each in cited(reply)} == {"2024-06-18"}
    assert "Apologies" in said(reply)


def test_the_page_is_that_of_what_was_quoted(services: Services) -> None:
    again = cited(after(services, "what page is that on", SEWAGE))
    first = cited(after(services, SEWAGE))
    assert [(each.span, each.page) for each in again] == [(each.span, each.page) for each in first]


def test_another_one_is_not_guessed(services: Services) -> None:
    before = "What did Marlport's executive decide on Pier House?"
    told = reason(after(services, "and the one before that", before))
    assert told.startswith("it is not clear which other one is meant: the answer before was about PIER HOUSE")


def test_what_was_not_answered_is_gone_on_from_by_nothing(services: Services) -> None:
    refused = "What did Cabinet decide about Tolbury Library in January 2019?"
    assert isinstance(after(services, refused).outcome, Refusal)
    for text in ("who was there?", "and the vote?", "what page is that on"):
        assert reason(after(services, text, refused)).startswith("what this goes on from was not answered")


def test_a_new_question_is_not_pulled_back_to_the_old_matter(services: Services) -> None:
    reply = after(services, "What did Cabinet decide about foster carers?", LIGHTS, "how many voted for it?")
    assert reply.understood.notes == ()
    assert "fostering household" in said(reply)


def test_a_name_put_in_place_of_another_must_be_told_of(services: Services) -> None:
    gullies = "What is happening with gully cleansing at Otterfleet?"
    for turns in ((gullies,), (gullies, "when will it be done?")):
        assert "Brindlesham" in reason(after(services, "and Brindlesham?", *turns))
    strays = reason(after(services, "why?", gullies, "and Brindlesham?"))
    assert strays.startswith("what this goes on from was not answered")


_MINUTES = """ASHMERE COUNTY COUNCIL

RIVERS PANEL

MINUTES of a meeting of the Rivers Panel held on {held_on}.

PRESENT: Ada Quill (Chairman), Tom Hask, Una Prewitt

3. Correspondence

{letter}

4. Weirs

Councillor Hask moved, and Councillor Prewitt seconded, that the weir be painted green.

For (1)
Councillors Hask

Against (2)
Councillors Quill, Prewitt

The motion was lost.

RESOLVED that the weir be left as it is.

5. Notice of motion by Councillor Quill

Councillor Quill moved, and Councillor Hask seconded, that the towpath be gravelled before winter.

Members spoke of the puddles on it.

6. Notice of motion by Councillor Prewitt

Councillor Prewitt moved, and Councillor Orme seconded, that the lock cottage be let to the keeper.
"""


@pytest.fixture(scope="module")
def rivers(onnx: Encoder, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    letters = {
        "5 June 2024": "RESOLVED that a letter on the otter ladder at Nettle Bridge go to the mill.",
        "3 July 2024": "A letter on the otter stamps and the mill calendar had come from the museum.",
    }
    folder = tmp_path_factory.mktemp("rivers")
    for number, (held_on, letter) in enumerate(letters.items()):
        (folder / f"{number}.txt").write_text(
            _MINUTES.format(held_on=held_on, letter=letter), encoding="utf-8"
        )
    ingest(folder / "data", *folder.glob("*.txt"), encoder=onnx)
    with open_services(Settings(data_dir=folder / "data"), onnx) as opened:
        yield opened


def test_a_vote_on_something_else_under_the_item_is_not_the_decisions(rivers: Services) -> None:
    weir = "What did the Rivers Panel resolve on the weir on 5 June 2024?"
    assert "left as it is" in said(after(rivers, weir))
    told = reason(after(rivers, "how many voted for it?", weir))
    assert told.startswith("the votes recorded under this item were on something else that was moved")


def test_correspondence_of_a_later_meeting_is_another_matter(rivers: Services) -> None:
    letter = "What did the Rivers Panel resolve on the otter ladder at Nettle Bridge in June 2024?"
    assert "otter ladder" in said(after(rivers, letter))
    told = reason(after(rivers, "was that followed up?", letter))
    assert told.startswith("no later paper held here says what came of")


TOWPATH = "Who moved that the towpath be gravelled at the Rivers Panel on 5 June 2024?"


def test_what_another_minute_moves_under_a_like_title_is_another_motion(rivers: Services) -> None:
    puddles = "What was said of the puddles at the Rivers Panel on 5 June 2024?"
    assert "puddles" in said(after(rivers, puddles))
    (one,) = cited(after(rivers, "who seconded it?", puddles))
    assert "Councillor Hask seconded, that the towpath" in " ".join(one.quote.split())


def test_what_was_moved_is_no_answer_to_whether_it_was_carried(rivers: Services) -> None:
    outcome = after(rivers, "was it carried?", TOWPATH).outcome
    assert isinstance(outcome, Answer)
    assert [
        each.text.startswith("Only a proposal was found, not a decision: ") for each in outcome.statements
    ] == [True]


def test_the_other_side_is_of_the_same_vote(services: Services) -> None:
    before = "How many voted for the mobile library in February 2024?"
    assert said(after(services, before)).startswith("For (15)")
    assert said(after(services, "and the other side?", before)).startswith("Against (11)")


def test_of_several_promises_quoted_that_on_the_matter_asked_of_before_is_due(services: Services) -> None:
    told = said(after(services, "when was that due?", PLANS))
    assert "a report on the time taken to issue" in told
    assert "milestones" not in told
