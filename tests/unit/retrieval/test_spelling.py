import pytest

from qa_service.domain.answers import Question, Turn
from qa_service.retrieval.spelling import TYPED, as_spelt, spelt
from qa_service.store.catalogue import Catalogue
from qa_service.store.vocabulary import Vocabulary, vocabulary_of

_PAPERS = [
    "The library at Quorndale was closed, and those who live near Quorndale asked for a van.",
    "The Committee agreed the annual report and the recommendation on housing, planning and rubbish.",
    "Councillor Okafor and Councillor Parker spoke. Councillor Johnson did not.",
    "People of the town who speak of the IRS mean the colour of its harbour, and of that of Fécamp.",
    "A tape was cut. Minutes were confirmed. The minutes of the meeting were signed.",
    "A bump in the bridge was delayed.",
    "The committee meets when the library, the planning officer and the annual budget allow. A harder mark.",
]
_VOCABULARY = Vocabulary(vocabulary_of([*_PAPERS, *(_PAPERS[6:] * 60)]))
_BODIES = ("Quorndale Town Council", "Rivers Panel")


def read(text: str) -> str:
    return spelt(text, _VOCABULARY, _BODIES).text


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("What about the libary?", "What about the library?"),  # left out
        ("What about the librarry?", "What about the library?"),  # put in
        ("What about the libraty?", "What about the library?"),  # exchanged
        ("What about the lirbary?", "What about the library?"),  # swapped
        ("What about the lirbaey?", "What about the lirbaey?"),  # two, in a short word
        ("Who made the recomendatoin?", "Who made the recommendation?"),  # two, in a long one
        ("What of the Comittee?", "What of the Committee?"),
        ("What of the Planing Committee?", "What of the Planning Committee?"),
        ("What of Quorndael?", "What of Quorndale?"),
        ("What of Quorndele?", "What of Quorndale?"),
        ("What of Quorndale's libary?", "What of Quorndale's library?"),
        ("What of Fecamp?", "What of Fécamp?"),
        ("What of the hosing report?", "What of the housing report?"),  # a rare word for a common one
        ("Were the minuets signed?", "Were the minutes signed?"),
        ("What color is it?", "What colour is it?"),
        ("What of a dely?", "What of a dely?"),  # four letters: only plain slips
        ("What of the deelay?", "What of the delay?"),  # another form of "delayed"
        ("What of the bamp?", "What of the bamp?"),
        ("What of the bymp?", "What of the bump?"),  # the key beside it
        ("Whats the plan, and who isnt here?", "What's the plan, and who isn't here?"),
    ],
)
def test_a_slip_is_read_as_the_papers_spell_it(typed: str, meant: str) -> None:
    assert read(typed) == meant


@pytest.mark.parametrize(
    "typed",
    [
        "What about the ferry?",  # an English word that no paper holds
        "Who was fined?",
        "Is there a vape shop?",
        "Is there gritting?",
        "Is there vaping?",  # and no "taping", though the papers have a tape
        "Are there navs?",
        "What does the IRQ mean?",  # letters that stand for something
        "What about Larkfield?",  # a name that is near nothing
        "What did Mr O'Brien say?",
        "Beth yw dyddiad y cyfarfod nesaf yn Quorndale?",  # in another language
    ],
)
def test_what_may_have_been_meant_stays(typed: str) -> None:
    found = spelt(typed, _VOCABULARY, _BODIES)
    assert (found.text, found.read_as) == (typed, ())


@pytest.mark.parametrize("typed", ["Johnston", "Barker", "Okafer"])
def test_a_persons_name_is_never_exchanged_for_one_of_other_letters(typed: str) -> None:
    found = spelt(f"What did Cllr {typed} say?", _VOCABULARY)
    assert (found.text, found.read_as) == (f"What did Cllr {typed} say?", ())


def test_a_persons_name_near_an_unknown_one_is_offered() -> None:
    found = spelt("What did Cllr Okafer say?", _VOCABULARY)
    assert found.offered == (("Okafer", ("Okafor",)),)
    assert found.notes == ("no paper here says “Okafer”; written nearly so is “Okafor”",)


def test_all_names_that_are_equally_near_are_offered() -> None:
    papers = ["Councillor Sheahan spoke.", "Councillor Sheehan spoke.", "Councillor Sheen spoke."]
    found = spelt("What did Cllr Shehan say?", Vocabulary(vocabulary_of(papers)))
    assert found.offered == (("Shehan", ("Sheahan", "Sheehan")),)
    assert found.notes == ("no paper here says “Shehan”; written nearly so is “Sheahan” or “Sheehan”",)


@pytest.mark.parametrize("typed", ["Okafro", "Okaffor", "okafro"])
def test_a_persons_name_of_the_same_letters_is_read(typed: str) -> None:
    assert read(f"What did Cllr {typed} say?") == "What did Cllr Okafor say?"


def test_a_name_that_no_paper_holds_does_not_become_a_common_word() -> None:
    assert read("What did Cllr Hardet say?") == "What did Cllr Hardet say?"
    assert read("what did cllr hardet say") == "What did cllr Hardet say"
    assert read("Is the mark hardet?") == "Is the mark harder?"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("what did the irs tell quorndale", "What did the IRS tell Quorndale"),
        ("WHAT DID THE IRS TELL QUORNDALE?", "What did the IRS tell Quorndale?"),
        ("did cllr parker speak at the rivers panel", "Did cllr Parker speak at the Rivers Panel"),
        ("has wiltshire a view? i ask", "Has Wiltshire a view? I ask"),
        ("what was the report on the committee", "What was the report on the committee"),
        ("library budget", "Library budget"),
    ],
)
def test_a_text_without_capital_letters_gets_those_of_the_papers(typed: str, meant: str) -> None:
    found = spelt(typed, _VOCABULARY, _BODIES)
    assert (found.text, found.read_as) == (meant, ())


@pytest.mark.parametrize("misprint", ["planing", "plannning"])
def test_what_a_passage_misprints_is_still_a_slip_and_what_many_print_is_none(misprint: str) -> None:
    many = ["The planning officer came."] * 60
    misprinted = Vocabulary(vocabulary_of([*many, f"The {misprint} officer came."]))
    assert spelt(f"What of {misprint}?", misprinted).text == "What of planning?"
    printed = Vocabulary(vocabulary_of([*many, *[f"The {misprint} officer came."] * 3]))
    assert spelt(f"What of {misprint}?", printed).text == f"What of {misprint}?"


def test_a_text_of_which_most_words_are_strange_is_left_alone() -> None:
    assert read("Pryd mae cyfarfod nesaf y libarry?") == "Pryd mae cyfarfod nesaf y libarry?"


def test_what_is_nearer_to_a_word_that_no_paper_holds_was_not_meant_of_the_papers() -> None:
    papers = Vocabulary(vocabulary_of(["The lantering was mended."]))
    assert spelt("What of the lanterxn?", papers).text == "What of the lanterxn?"


def test_a_rare_short_word_is_no_slip_for_a_shorter_one() -> None:
    papers = Vocabulary(vocabulary_of(["They save money."] * 60))
    assert spelt("Is the stave here?", papers).text == "Is the stave here?"


def test_what_was_exchanged_is_told_as_it_was_typed() -> None:
    found = spelt("whats the libary budgte in quorndael", _VOCABULARY)
    assert found.read_as == (("libary", "library"), ("budgte", "budget"), ("quorndael", "Quorndale"))


def _catalogue(vocabulary: Vocabulary) -> Catalogue:
    return Catalogue(1, ("Quorndale Town Council",), (), (), {}, vocabulary)


def test_the_questions_before_are_read_so_too() -> None:
    asked = Question("And the libary?", history=(Turn("What of the anual report?"),))
    question, found = as_spelt(asked, _catalogue(_VOCABULARY))
    assert question.text == found.text == "And the library?"
    assert [turn.question for turn in question.history] == ["What of the annual report?"]


def test_who_took_it_back_is_asked_of_as_typed() -> None:
    asked = Question("What about the libary?", wide=frozenset({TYPED}))
    question, found = as_spelt(asked, _catalogue(_VOCABULARY))
    assert question is asked
    assert found.read_as == ()


def test_without_papers_nothing_is_exchanged() -> None:
    asked = Question("What about the libary?")
    assert as_spelt(asked, _catalogue(Vocabulary()))[0] is asked
