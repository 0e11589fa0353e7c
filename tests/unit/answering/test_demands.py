"""What a question demands, and whether a text gives it: the right subject alone is no answer."""

import pytest

from qa_service.answering.demands import Demand, demands_of, in_words
from qa_service.answering.given import gives, giving
from qa_service.domain.passages import UnitKind
from tests.unit.answering.weighing_cases import weighed


@pytest.mark.parametrize(
    ("question", "demand"),
    [
        ("How much does a stall at the fair cost?", Demand.MONEY),
        ("What did the harbour pay the divers?", Demand.MONEY),
        ("What fine was the ferryman given?", Demand.MONEY),
        ("What's the bill for the new slipway?", Demand.MONEY),
        ("How much money went to the band?", Demand.MONEY),
        ("How much did last June's regatta of the old lifeboat crews at Tarn Barracks cost?", Demand.MONEY),
        ("How many boats are moored?", Demand.NUMBER),
        ("What height is the mast?", Demand.NUMBER),
        ("What share of tenants replied?", Demand.SHARE),
        ("How big a crowd came to the regatta?", Demand.NUMBER),
        ("When will the lido open?", Demand.TIME),
        ("What is the cut-off for bids?", Demand.TIME),
        ("What was the closing date of the survey?", Demand.TIME),
        ("What is the name of the harbour master?", Demand.NAME),
        ("What is the new ferry called?", Demand.NAME),
        ("Which two firms bid for the slipway?", Demand.NAME),
        ("What do the ferrymen get paid?", Demand.MONEY),
        ("By when must bids come in?", Demand.TIME),
        ("How long will the lido be shut?", Demand.DURATION),
        ("How often is the quay swept?", Demand.FREQUENCY),
        ("Which company helps the harbour find crews?", Demand.NAME),
        ("Which nearby towns does the ferry serve?", Demand.NAME),
        ("Which other county is in the ferry trust?", Demand.NAME),
        ("Who is the harbour setting up a ferry with?", Demand.NAME),
        ("Why was the ferry late?", Demand.REASON),
        ("Who is the clerk of the harbour board?", Demand.PERSON),
        ("Who was the chair of the Ferry Panel?", Demand.PERSON),
        ("Which members sent their apologies in May?", Demand.PERSON),
        ("Who took the chair in May?", Demand.PERSON),
        ("Who was the vice-chairman in May?", Demand.PERSON),
        ("Who was elected vice-chair of the Ferry Panel?", Demand.PERSON),
        ("Who was co-opted to the Ferry Panel?", Demand.PERSON),
        ("Who was awarded the ferry contract?", Demand.NAME),
        ("What's the name of the harbour's chief social worker?", Demand.PERSON),
        ("What was the name of the member whose boat sank?", Demand.PERSON),
        ("What are the names of the two ferry drivers?", Demand.PERSON),
        ("What is the name of the boat that the officer sold?", Demand.NAME),
        ("What is the name of the residents' group at Tarn?", Demand.NAME),
        ("Are rows over moorings getting more or less common?", Demand.CHANGE),
        ("Has the rent of the kiosk gone up or down?", Demand.CHANGE),
    ],
)
def test_what_a_question_demands(question: str, demand: Demand) -> None:
    assert demands_of(question) == {demand}


@pytest.mark.parametrize(
    "question",
    [
        "What did the harbour say of the divers?",
        "How much of the quay is closed?",
        "How much longer will the works go on?",
        "When the lido opens, will it be heated?",
        "What will the grant pay for?",
        "What do people who pay for a mooring get?",
        "Which bodies are called statutory consultees?",
        "Which budgets were named?",
        "Which are the bank accounts of the harbour?",
        "Which bank holidays is the lido open on?",
        "Which three towns does the ferry serve?",
        "Which council services run the lido?",
    ],
)
def test_what_demands_nothing_that_words_could_show(question: str) -> None:
    assert demands_of(question) == frozenset()


def test_only_the_sentence_that_asks_demands() -> None:
    assert demands_of("I know how much it cost. Who agreed it?") == frozenset()


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("How much does a stall cost?", "A stall is £12 a day."),
        ("How much does a stall cost?", "Stalls are free to charities."),
        ("How many boats are moored?", "4.2 Forty boats are moored in the basin."),
        ("How many boats are moored?", "None of the boats was moored."),
        ("How many boats are moored?", "- 31 per cent of the boats are moored all year"),
        ("What age group has left the club?", "Members aged 16 to 24 have left the club."),
        ("What height is the mast?", "The mast stands nine metres above the deck."),
        ("How big was the overspend?", "The treasurer reported an overspend of £2.4 million."),
        ("When can the harbour master board a boat?", "He may board a boat if it is adrift."),
        ("When can the harbour master board a boat?", "He may board boats from 1 May."),
        ("How many days was the lido shut?", "The lido was shut for nine days."),
        ("How much will moorings go up by?", "Moorings are to rise by 4 per cent."),
        ("Which two firms bid for the slipway?", "Bids came from Tarn & Sons and from Gullwing."),
        ("What share of tenants replied?", "Two in five of the tenants replied."),
        ("When will the lido open?", "The lido, shut since March, is to open in June."),
        ("When was the quay laid out?", "The quay was laid out about 1790."),
        ("In what century was the quay laid out?", "The quay was laid out in the 18th century."),
        ("What is the name of the harbour master?", "The harbour master, Mrs Aldous, was thanked."),
        ("Are rows over moorings getting more or less common?", "There were 63 disputes, after 49 in May."),
        ("Are rows over moorings getting more or less common?", "Disputes have stayed at the same level."),
        ("What is a flat-bottomed boat called?", "Flat-bottomed boats, known as punts, are let by the hour."),
        ("When was the quay laid out?", "The quay was laid out in the early 1790s."),
        ("When was the quay laid out?", "The quay goes back to the reign of the second duke."),
        ("Why was the ferry late?", "The ferry waited for the tide."),
        ("Who is the clerk of the harbour board?", "The minutes were taken by Mrs Aldous."),
        ("Who is the clerk of the harbour board?", "Josiah Tern, who writes its letters, was thanked."),
        ("Why was Mr Aldous absent?", "Mr Aldous was absent owing to illness."),
        ("Why do walkers stay away from the ford?", "The lane to the ford floods in most winters."),
        ("By when must bids come in?", "Bids must come in by the end of May."),
        ("By when must bids come in?", "Bids must come in within six weeks."),
        ("How long will the lido be shut?", "The lido will be shut until the boiler is mended."),
        ("How long will the lido be shut?", "The works take several weeks."),
        ("How long is the quay?", "The quay is 90 metres long."),
        ("How often is the quay swept?", "The quay is swept twice a week."),
        ("How often is the quay swept?", "A quarterly sweep of the quay is done."),
        ("Which nearby towns does the ferry serve?", "The ferry calls at Otterfleet and at Tarn."),
        ("Who is the harbour setting up a ferry with?", "A ferry is set up with Gullwing Trust."),
        ("Who took the chair?", "Una Prewitt took the chair."),
        ("What do the ferrymen get paid?", "Ferrymen earn £14 an hour."),
        ("Who agreed it?", "It was agreed."),
    ],
)
def test_a_text_that_gives_it(question: str, text: str) -> None:
    assert gives(text, demands_of(question), question)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("How much does a stall cost?", "Stalls are let by the day to 40 traders."),
        ("How many boats are moored?", "4.2 On 3 May 2024 boats were moored in the basin (see paragraph 6)."),
        ("How many boats are moored?", "Members saw the boats at half past three."),
        ("How many boats are moored?", "Boats are moored by boys aged 12 to 16 and by the over-60s."),
        ("How many boats are moored?", "The 18-25 team moors the boats."),
        ("When will the lido open?", "The lido will be one for the 21st century."),
        ("How many boats are moored?", 'Boats were moored on the 12" February, 2019 by their owners.'),
        ("How many boats are moored?", "All boats are moored by their owners."),
        ("How many boats are moored?", "A boat may be moored for nine days at £12."),
        ("How much does a stall cost?", "Stalls are let to charities in 40 per cent of weeks."),
        ("Which two firms bid for the slipway?", "Two firms bid for the slipway in Tarn Street."),
        ("How many of the 40 boats are moored?", "The 40 boats belong to the club."),
        ("What share of tenants replied?", "Tenants replied by post."),
        ("When will the lido reopen?", "The lido has been shut since March."),
        ("When will the lido reopen?", "The lido will reopen if the boiler can be mended."),
        ("When can the harbour master board a boat?", "He boarded a boat and was thanked."),
        ("How many boats are moored?", "Recommendation 1 was met: boats are moored again."),
        ("Who is the clerk of the harbour board?", "The Clerk of Tarn Ferry Trust wrote to the board."),
        ("Who is the clerk of the harbour board?", "The Annual Report was signed by the Clerk."),
        ("Who sent apologies?", "To receive any apologies for absence."),
        ("When can the harbour master board a boat?", "He may board boats where the quay is wide."),
        ("When does the harbour master board a boat?", "He boards a boat if it is adrift."),
        ("How many boats were sold?", "Boats of £12 were sold."),
        ("How old is the quay?", "The quay cost £3 million."),
        (
            "What is the name of the harbour master?",
            "The Harbour Master (HM) reported to the Advisory Panel.",
        ),
        ("By when must bids come in?", "Bids must be as low as in the budget for 2024-25."),
        ("How long will the lido be shut?", "The lido will be shut, since its boiler burst."),
        ("How often is the quay swept?", "The quay is swept by the harbour's own men."),
        (
            "What is the name of the principal ferry officer?",
            "By the Aldous report of 2011 Local Authorities should appoint a Principal Ferry Officer.",
        ),
        (
            "Are rows over moorings getting more or less common?",
            "The commonest complaint was of ropes cut in the night, in one instance by a swan.",
        ),
        (
            "What is the name of the monitoring officer?",
            "Mr Aldous proposed and Mrs Tern seconded: that it be left to the Monitoring Officer.",
        ),
        ("What is the name of the member whose boat sank?", "A member's boat sank in May off the quay."),
        ("How many sailors fell ill?", "The presentation told how Covid-19 had struck the sailors."),
        ("How many boats are moored?", "The one exception was a boat moored by its owner."),
        ("How many boats are moored?", "Boats are moored by boys until the day they turn 16."),
        ("Which nearby towns does the ferry serve?", "The ferry serves towns on both banks."),
        ("Who is the harbour setting up a ferry with?", "The harbour was concerned about the ferry."),
        ("Who took the chair?", "The Chair moved the item up with the agreement of the Chair."),
        ("What do the ferrymen get paid?", "Ferrymen are paid by the month."),
        ("Why was Mr Aldous absent?", "* Councillor Aldous\nCouncillor Tern"),
        ("Why was Mr Aldous absent?", "Apologies were received from Mr Aldous and from Mrs Tern."),
        ("Why was the ferry late?", "Ferry, Quay, Lido"),
        ("How much did the harbour take out of its chest?", "The chest be not opened before 3 May 2024."),
    ],
)
def test_a_text_that_does_not(question: str, text: str) -> None:
    assert not gives(text, demands_of(question), question)


def test_any_figure_of_a_table_row_may_be_of_what_is_asked() -> None:
    question = "How much does a stall cost?"
    assert gives("Stall, a day\t12.00", demands_of(question), question, row=True)
    assert not gives("Stall, a day\t-", demands_of(question), question, row=True)


def test_of_two_demands_one_is_enough() -> None:
    question = "When does the lido open, and how much is charged?"
    assert demands_of(question) == {Demand.TIME, Demand.MONEY}
    assert gives("It opens in June.", demands_of(question), question)


def test_what_is_lacking_is_said_in_plain_words() -> None:
    assert in_words({Demand.TIME, Demand.MONEY}) == "no sum of money and no date or time"
    assert in_words(demands_of("How much did the harbour take out of its chest?")) == "no figure"


@pytest.mark.parametrize("text", ["£40 was taken.", "A third of it was.", "Forty crowns were."])
def test_any_figure_tells_how_much_where_no_price_is_asked(text: str) -> None:
    question = "How much did the harbour take out of its chest?"
    assert gives(text, demands_of(question), question)


def test_how_much_somebody_knew_demands_no_figure() -> None:
    assert demands_of("How much did the harbour master know of it?") == frozenset()


_COST = "How much did the gauge cost?"
_KINDS = (UnitKind.SENTENCE,) * 2


def test_a_sentence_that_gives_it_goes_before_a_slightly_better_one_that_does_not() -> None:
    units = weighed(("The gauge was costly.", "The gauge was bought for £84."), _KINDS, (1.3, 1.1))
    assert giving(units, demands_of(_COST), _COST) == (units[1],)


def test_a_sentence_far_from_the_question_is_no_stopgap() -> None:
    units = weighed(("The gauge was costly.", "The flags were bought for £84."), _KINDS, (1.3, 0.2))
    assert giving(units, demands_of(_COST), _COST) == ()


def test_what_is_quoted_together_gives_it_together() -> None:
    kinds = (UnitKind.LEAD_IN, UnitKind.LIST_ITEM)
    units = weighed(("The gauge was bought for:", "a sum of £84 in all."), kinds, (1.3, 0.2))
    assert giving(units, demands_of(_COST), _COST) == tuple(units)


def test_a_list_that_a_page_break_parts_from_what_introduces_it_is_quoted_with_it() -> None:
    kinds = (UnitKind.SENTENCE, UnitKind.LEAD_IN, UnitKind.LIST_ITEM)
    units = weighed(("Mooring.", "The gauge was bought for:", "- a sum of £84."), kinds, (0.1, 1.3, 0.2))
    assert giving(units, demands_of(_COST), _COST) == tuple(units)


def test_where_nothing_is_demanded_the_order_stays() -> None:
    units = weighed(("The gauge was costly.", "The gauge was bought for £84."), _KINDS, (1.3, 1.1))
    assert giving(units, frozenset(), "What of the gauge?") == tuple(units)


_PROSE = (UnitKind.SENTENCE,) * 3
_ROWS = (UnitKind.SENTENCE, UnitKind.ROW, UnitKind.ROW)
_NOTICE = "What length of notice must I give?"
_PATIENTS = "How many patients came to the clinic?"


@pytest.mark.parametrize(
    ("question", "texts", "kinds", "also"),
    [
        (_COST, ("There is a set fee for the gauge.", "For a boat it is £84.", "It floats."), _PROSE, (1,)),
        (_COST, ("There’s a fee for the gauge.", "It is old.", "For a boat it is £84."), _PROSE, (1, 2)),
        (_COST, ("The charge for the gauge depends on the boat.", "Punt: £84", "Ferry: £90"), _ROWS, (1, 2)),
        (_NOTICE, ("You must give notice.", "1 year: a week", "2 years: 4 weeks"), _ROWS, (1, 2)),
        ("How long can I moor?", ("There is a time limit.", "It is a week.", "Boats float."), _PROSE, (1,)),
        (_PATIENTS, ("The clinic is new.", "It saw 1,601 patients.", "They came."), _PROSE, (1,)),
    ],
)
def test_what_a_sentence_announces_is_given_under_it(
    question: str, texts: tuple[str, ...], kinds: tuple[UnitKind, ...], also: tuple[int, ...]
) -> None:
    units = weighed(texts, kinds, (2.0, 0.2, 0.1))
    told = giving(units, demands_of(question), question)
    assert [(each.index, each.also) for each in told] == [(0, also), (1, ()), (2, ())]


@pytest.mark.parametrize(
    ("question", "texts"),
    [
        # Not announced, another measure, another paragraph's length away, other things counted, not the best.
        (_COST, ("The gauge was dear.", "The flags were £84.", "They flew.")),
        (_COST, ("There is a time limit for the gauge.", "The flags were £84.", "They flew.")),
        (_COST, ("There is a fee for the gauge.", "It is " + "very " * 120 + "old.", "The flags were £84.")),
        (_NOTICE, ("You must pay a deposit.", "It is due in 4 weeks.", "It is kept.")),
        (_PATIENTS, ("The clinic is new.", "It saw 1,601 gulls.", "They came.")),
    ],
)
def test_what_stands_under_a_sentence_that_announces_nothing_is_of_another_matter(
    question: str, texts: tuple[str, ...]
) -> None:
    assert giving(weighed(texts, _PROSE, (2.0, 0.2, 0.1)), demands_of(question), question) == ()


def test_things_are_counted_under_the_best_sentence_alone() -> None:
    units = weighed(("The clinic was opened.", "It is light.", "A fair."), _PROSE, (2.0, 0.0, 0.0))
    other = weighed(("The clinic is new.", "It saw 1,601 patients."), _KINDS, (1.8, 0.1))
    assert giving([units[0], *other], demands_of(_PATIENTS), _PATIENTS) == ()
