"""What narrows a search is read from the question's words, and only where they mean it."""

from dataclasses import replace
from datetime import date

import pytest

from qa_service.domain.answers import Filters, Question
from qa_service.retrieval.intents import Intent, asks_for_all, asks_for_several, intent_of
from qa_service.retrieval.places import names_another_council, place_of, short_of
from qa_service.retrieval.question import read_question
from qa_service.retrieval.topic import topic_of
from qa_service.store.catalogue import Catalogue, CataloguedMeeting

COUNTY, CITY = "Kent County Council", "Southampton City Council"
PANEL, CABINET = "Children and Learning Panel", "Cabinet"
CATALOGUE = Catalogue(
    documents=3,
    councils=(COUNTY, CITY),
    bodies=((COUNTY, CABINET), (COUNTY, PANEL)),
    meetings=(
        CataloguedMeeting(COUNTY, PANEL, date(2024, 1, 23)),
        CataloguedMeeting(CITY, None, date(2023, 12, 5)),
    ),
    acronyms={"IRS": {"Independent Reviewing Service": frozenset()}},
)
TODAY = date(2024, 5, 10)


def filters_of(text: str) -> Filters:
    return read_question(Question(text), CATALOGUE, TODAY).filters


@pytest.mark.parametrize(
    "text",
    [
        "What did Kent decide?",
        "What did Kent's panel decide?",
        "what did kent decide",
        "At Kent County Council?",
    ],
)
def test_a_council_is_known_by_its_place(text: str) -> None:
    assert filters_of(text).councils == {COUNTY}


def test_a_place_inside_another_name_is_no_council() -> None:
    assert filters_of("What did Kent Police say about speeding?").councils == frozenset()


def test_a_body_named_in_full_narrows_the_search() -> None:
    assert filters_of("What did the Children and Learning Panel note?").bodies == {PANEL}


def test_a_filter_that_the_asker_set_is_kept() -> None:
    asked = Question("What did Kent decide?", Filters(councils=frozenset({CITY})))
    assert read_question(asked, CATALOGUE, TODAY).filters.councils == {CITY}


def test_the_scrutiny_panel_is_no_panel_that_does_not_scrutinise() -> None:
    assert filters_of("What did the panel say?").bodies == {PANEL}
    assert filters_of("Who leads the scrutiny panel?").bodies == frozenset()
    select = replace(CATALOGUE, bodies=((COUNTY, "Roads Select Panel"), (COUNTY, CABINET)))
    read = read_question(Question("Who leads the scrutiny panel?"), select, TODAY)
    assert read.filters.bodies == {"Roads Select Panel"}


def test_full_council_is_the_body_that_is_the_council_itself() -> None:
    bodies = ((COUNTY, "County Council"), (COUNTY, CABINET), (CITY, CITY), (CITY, "Council Housing Board"))
    held = replace(CATALOGUE, bodies=bodies)
    read = read_question(Question("What did full council say of the ferry?"), held, TODAY)
    assert read.filters.bodies == {"County Council", CITY}
    assert filters_of("What did full council say of the ferry?").bodies == frozenset()


def test_a_day_on_which_a_meeting_was_held_is_that_meeting() -> None:
    filters = filters_of("What was decided on 23 January 2024?")
    assert (filters.held_from, filters.held_to) == (date(2024, 1, 23), date(2024, 1, 23))


def test_a_year_that_belongs_to_the_subject_does_not_filter() -> None:
    assert filters_of("How many foster carers were there in 2019?").held_from is None


def test_a_month_in_which_the_named_council_did_not_meet_leaves_nothing_to_search() -> None:
    filters = filters_of("What was the Kent panel told in December 2023?")
    assert (filters.held_from, filters.held_to) == (date(2023, 12, 1), date(2023, 12, 31))


def test_an_open_stretch_without_a_meeting_does_not_filter() -> None:
    assert filters_of("Where does it go after the March 2024 panel?").held_from is None


def test_a_council_without_papers_here_is_named_as_missing() -> None:
    reading = read_question(Question("What did Portsmouth's committee agree?"), CATALOGUE, TODAY)
    assert reading.missing == "Portsmouth"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Is Portsmouth a point of entry?", None),
        ("How many officers does Leeds employ?", "Leeds"),
        ("What did the Kent panel say?", None),
        ("What was decided at the 13 March County Council?", None),
    ],
)
def test_a_place_is_another_council_only_where_it_owns_a_body_or_acts(text: str, found: str | None) -> None:
    assert names_another_council(text, [COUNTY]) == found


def test_the_place_of_a_council_is_its_name_without_its_kind() -> None:
    assert place_of("Royal Borough of Windsor and Maidenhead") == "Windsor and Maidenhead"


def test_what_members_call_a_party_is_searched_for_as_papers_call_it() -> None:
    reading = read_question(Question("What did the Lib Dems and the tories want?"), CATALOGUE, TODAY)
    assert reading.expanded == (("Lib Dems", "Liberal Democrats"), ("tories", "Conservatives"))
    assert reading.words.endswith("Liberal Democrats Conservatives")


def test_an_acronym_is_expanded_by_what_the_papers_say() -> None:
    reading = read_question(Question("What about the IRS?"), CATALOGUE, TODAY)
    assert reading.expanded == (("IRS", "Independent Reviewing Service"),)
    assert "Independent Reviewing Service" in reading.words


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("What was resolved on school meals?", Intent.RESOLUTION),
        ("What does EHCP stand for?", Intent.ACRONYM),
        ("EHCP - what is that?", Intent.ACRONYM),
        ("They kept on about the EHCP, what's that?", Intent.ACRONYM),
        ("What is the EHCP backlog, and what is the plan?", Intent.FACT),
        ("Who sent apologies?", Intent.ATTENDANCE),
        ("Which members were there only online?", Intent.ATTENDANCE),
        ("Which officers dialled in remotely?", Intent.ATTENDANCE),
        ("Which officer is to write about voting and meeting online?", Intent.PERSON),
        ("What did officers recommend?", Intent.RECOMMENDATION),
        ("How many beds are there?", Intent.NUMBER),
        ("Tell me of the pier", Intent.FACT),
        ("What are the grounds for calling in a decision?", Intent.LIST),
        ("What are the options open to the board once a decision is made?", Intent.LIST),
        ("What were the options for the pier that the panel agreed?", Intent.RESOLUTION),
        ("What were the decisions on the options for the pier?", Intent.RESOLUTION),
    ],
)
def test_the_intent_is_read_from_the_words(text: str, intent: Intent) -> None:
    assert intent_of(text) is intent


def test_the_topic_is_what_is_left_when_scope_and_wish_are_taken_out() -> None:
    topic = topic_of("What did the Children and Learning Panel resolve on the lollipop patrols?", (PANEL,))
    assert topic == "lollipop patrols"


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("What did councillors do about the pier when they met in May 2024?", Intent.RESOLUTION),
        ("How did the talk on fostering end?", Intent.RESOLUTION),
        ("What became of the vouchers?", Intent.RESOLUTION),
        ("Is the pier at Saxby going ahead?", Intent.RESOLUTION),
        ("Who said that the pier was going ahead?", Intent.PERSON),
        ("Were more people signed off with stress?", Intent.FACT),
        ("Why can't they look in on children who stay away?", Intent.FACT),
        ("What did officers want instead?", Intent.RECOMMENDATION),
        ("How many beds did the panel allow?", Intent.RESOLUTION),
        ("Who stood in for Councillor Hale?", Intent.ATTENDANCE),
        ("Was Ivo Hale at the meeting?", Intent.ATTENDANCE),
        ("When somebody leaves, who is told?", Intent.PERSON),
        ("How did members vote on the pier?", Intent.VOTE),
        ("What did members ask about the pier?", Intent.FACT),
        ("What did members ask the Director to do?", Intent.RESOLUTION),
        ("Was the decision on the pier called in?", Intent.FACT),
    ],
)
def test_a_question_word_asks_only_where_it_opens_a_clause(text: str, intent: Intent) -> None:
    assert intent_of(text) is intent


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("What was decided about the pier?", True),
        ("What exactly did members resolve on the pier?", True),
        ("On the pier, what did members settle?", True),
        ("What was asked of the harbour master?", False),
        ("By when must the director report?", False),
    ],
)
def test_some_questions_about_a_decision_want_one_clause_of_it(text: str, *, whole: bool) -> None:
    assert asks_for_all(text) is whole


def test_the_county_is_the_one_county_council_held() -> None:
    assert filters_of("How many carers has the county recruited?").councils == {COUNTY}


def test_a_short_name_of_a_body_is_known_by_its_noun_and_its_words() -> None:
    assert filters_of("What did the children's panel say?").bodies == {PANEL}
    assert filters_of("What did the Child Death Overview Panel say?").bodies == frozenset()


def test_what_is_done_at_meetings_is_asked_for_by_their_month_or_season() -> None:
    first, last = date(2023, 12, 1), date(2024, 2, 29)
    assert filters_of("What was decided on meals in January 2024?").held_from == date(2024, 1, 1)
    season = filters_of("What did they decide on meals in winter 2023/24?")
    assert (season.held_from, season.held_to) == (first, last)
    assert filters_of("What did meals cost in January 2024?").held_from is None


def test_a_limit_that_the_asker_took_away_is_not_read() -> None:
    asked = Question("What did Kent decide in January 2024?", wide=frozenset({"council", "dates"}))
    filters = read_question(asked, CATALOGUE, TODAY).filters
    assert (filters.councils, filters.held_from) == (frozenset(), None)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("What did Ambleford's committee agree?", "Ambleford"),
        ("Has Wiltshire built any homes?", "Wiltshire"),
        ("What did Ambleford Town Council pay?", "Ambleford"),
        ("What did Councillor Hale's panel say?", None),
        ("What did the Chairman's committee say?", None),
        ("What did Kent's committee agree?", None),
        ("Is Wiltshire near the coast?", None),
    ],
)
def test_another_council_need_not_stand_on_any_list(text: str, found: str | None) -> None:
    assert names_another_council(text, [COUNTY, CABINET]) == found


@pytest.mark.parametrize(
    "text",
    [
        "What was decided on parking before 2024?",
        "What was decided on parking between June and December 2023?",
    ],
)
def test_a_stretch_of_time_limits_what_is_done_at_meetings(text: str) -> None:
    filters = filters_of(text)
    assert filters.held_to == date(2023, 12, 31)


def test_a_due_date_or_a_budget_year_limits_no_meeting() -> None:
    for text in ("What was decided on charges until March 2024?", "What was decided on the 2023 budget?"):
        filters = filters_of(text)
        assert (filters.held_from, filters.held_to) == (None, None)


@pytest.mark.parametrize(
    ("text", "latest"),
    [
        ("What had the county last decided about parking?", True),
        ("What is the latest forecast?", True),
        ("What has been agreed so far?", True),
        ("What was decided at last?", False),
        ("How long did the last bus take?", False),
    ],
)
def test_the_newest_is_asked_for_by_its_words(text: str, *, latest: bool) -> None:
    assert read_question(Question(text), CATALOGUE, TODAY).latest is latest


@pytest.mark.parametrize(
    "text", ["Which lanes were salted?", "What are the steps?", "What reasons were given?"]
)
def test_a_plural_asks_for_several(text: str) -> None:
    assert asks_for_several(text)


@pytest.mark.parametrize("text", ["Which area was slowest?", "What is the charge?", "Which panel has met?"])
def test_a_singular_asks_for_one(text: str) -> None:
    assert not asks_for_several(text)


def test_two_kinds_of_council_are_no_part_of_a_place() -> None:
    both = "Ebbfold City and County Council"
    assert place_of(both) == "Ebbfold"
    assert place_of("Sallow and Tarn City Council") == "Sallow and Tarn"
    named = replace(CATALOGUE, councils=(both, "Ebbfold County Council"))
    read = read_question(Question("What did Ebbfold's council agree?"), named, TODAY)
    assert read.filters.councils == {both, "Ebbfold County Council"}


@pytest.mark.parametrize(
    "text",
    [
        "Did the minister put off the May 2023 county council elections?",
        "What did the council's fund earn over the six months to September 2023?",
    ],
)
def test_a_month_of_the_subject_limits_no_meeting(text: str) -> None:
    assert filters_of(text).held_from is None


def test_a_month_that_names_a_budget_meeting_limits_to_it() -> None:
    assert filters_of("Who spoke at the January 2024 council budget meeting?").held_from == date(2024, 1, 1)


def test_the_last_meeting_of_a_month_is_none_after_the_asked_day() -> None:
    later = (*CATALOGUE.meetings, CataloguedMeeting(COUNTY, PANEL, date(2023, 1, 24)))
    held = replace(CATALOGUE, meetings=later)
    for as_of, year in ((None, 2024), (date(2023, 6, 1), 2023)):
        question = Question("What did the panel decide in January?", as_of=as_of)
        assert read_question(question, held, TODAY).filters.held_from == date(year, 1, 1)


def test_a_month_without_a_meeting_is_still_one_where_a_meeting_is_named_by_it() -> None:
    assert filters_of("What was said at the May 2023 county council?").held_from == date(2023, 5, 1)


def test_who_adopts_a_child_decides_nothing() -> None:
    assert intent_of("What helps people adopt?") is Intent.FACT
    assert intent_of("Did Cabinet adopt the plan?") is Intent.RESOLUTION


def test_a_council_is_known_by_the_first_part_of_its_place() -> None:
    held = ["Royal Borough of Kingston upon Thames"]
    text = "What did Kingston decide about the crossing?"
    assert names_another_council(text, held) is None
    assert names_another_council(text, [COUNTY]) == "Kingston"
    assert short_of(place_of(held[0])) == "Kingston"
    assert short_of("Stratford-on-Marle") == "Stratford"
    assert short_of("Kent") == "Kent"


def test_from_a_day_limits_meetings_only_where_it_is_asked_what_they_did() -> None:
    assert filters_of("Did the panel raise fares from January 2024?").held_from is None
    assert filters_of("What did the panel decide from January 2024 on?").held_from == date(2024, 1, 1)


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("What did the report ask Cabinet to agree?", Intent.RECOMMENDATION),
        ("What did Cabinet ask the Director to agree?", Intent.RESOLUTION),
    ],
)
def test_what_papers_ask_members_to_agree_is_advice(text: str, intent: Intent) -> None:
    assert intent_of(text) is intent


def test_the_kind_of_a_meeting_is_no_subject() -> None:
    read = read_question(Question("What did the special meeting agree on special needs?"), CATALOGUE, TODAY)
    assert read.topic == "special needs"


def test_the_council_is_no_subject() -> None:
    assert topic_of("What did the county's panel say of bees?", ()) == "bees"
    assert topic_of("Has the county agreed to keep bees?", ()) == "keep bees"


def test_adoption_is_a_subject_and_to_adopt_a_thing_is_none() -> None:
    assert topic_of("What did they decide about adoption?", ()) == "adoption"
    assert topic_of("Was the plan for bees adopted?", ()) == "plan bees"


@pytest.mark.parametrize("word", ["last", "latest", "most recent"])
def test_how_new_the_answer_is_to_be_is_no_subject(word: str) -> None:
    assert topic_of(f"What was the {word} decision on bees?", ()).split()[-1] == "bees"
    assert not {"last", "latest", "recent"} & set(
        topic_of(f"What was the {word} decision on bees?", ()).split()
    )
    assert topic_of("Which minutes did they sign?", ()) == "minutes sign"


def test_a_year_right_behind_what_was_done_is_that_of_the_meeting() -> None:
    held = read_question(Question("Was the plan for bees adopted in 2023?"), CATALOGUE, TODAY)
    assert (held.filters.held_from, held.filters.held_to) == (date(2023, 1, 1), date(2023, 12, 31))
    unmet = read_question(Question("Was the plan for bees adopted in 2019?"), CATALOGUE, TODAY).unmet
    assert unmet is not None
    assert (unmet.first, unmet.last) == (date(2019, 1, 1), date(2019, 12, 31))


@pytest.mark.parametrize(
    "text", ["Was the 2019 plan for bees adopted?", "Was a plan for bees in 2019 adopted?"]
)
def test_a_year_that_is_the_plans_own_is_no_meetings(text: str) -> None:
    reading = read_question(Question(text), CATALOGUE, TODAY)
    assert (reading.filters.held_from, reading.unmet) == (None, None)
