"""Each rewording changes what it says and nothing else, and always alike."""

from difflib import SequenceMatcher

import pytest

from evals.datasets import Dataset
from evals.rewording import REWORDINGS, Rewording, polite, reworded, slip, small, words_alone
from tests.unit.evals.papers import ALL, STANDS

QUESTION = "What did Northmoor's Parking Committee decide about the cycle stands, in May 2024?"
IDS = [f"q-{number}" for number in range(200)]


def changed_words(text: str) -> list[tuple[str, str]]:
    return [pair for pair in zip(QUESTION.split(), text.split(), strict=True) if pair[0] != pair[1]]


def is_one_slip(word: str, mistyped: str) -> bool:
    """Whether one letter is gone, stands twice, changed places with the next, or is another."""
    steps = [
        step
        for step in SequenceMatcher(None, word, mistyped, autojunk=False).get_opcodes()
        if step[0] != "equal"
    ]
    if len(word) != len(mistyped):
        return len(steps) == 1 and abs(len(word) - len(mistyped)) == 1
    unlike = [at for at, (one, other) in enumerate(zip(word, mistyped, strict=True)) if one != other]
    swapped = len(unlike) == 2 and sorted(word) == sorted(mistyped) and unlike[1] == unlike[0] + 1
    return len(unlike) == 1 or swapped


def test_every_rewording_is_the_same_each_time() -> None:
    assert set(REWORDINGS) == set(Rewording)
    for reword in REWORDINGS.values():
        assert reword(QUESTION, "q-1") == reword(QUESTION, "q-1")
    # Held to the letter: a machine or a version that draws otherwise asks other questions.
    assert slip(QUESTION, "q-1") == QUESTION.replace("Northmoor", "Northmooor")


def test_a_slip_is_one_mistake_in_one_long_word_of_content() -> None:
    for qid in IDS:
        ((word, mistyped),) = changed_words(slip(QUESTION, qid))
        assert len(word.strip("?,")) >= 5
        assert word != "about"
        assert mistyped[0] == word[0]
        assert is_one_slip(word, mistyped)


def test_slips_are_of_every_make_and_in_every_long_word() -> None:
    pairs = [changed_words(slip(QUESTION, qid))[0] for qid in IDS]
    assert {word for word, _ in pairs} == {
        "Northmoor's",
        "Parking",
        "Committee",
        "decide",
        "cycle",
        "stands,",
    }
    assert {len(mistyped) - len(word) for word, mistyped in pairs} == {-1, 0, 1}
    kept = {sorted(word) == sorted(mistyped) for word, mistyped in pairs if len(word) == len(mistyped)}
    assert kept == {True, False}


@pytest.mark.parametrize(
    "text", ["Who paid for it?", "Why couldn't they?", "What is the UNISON fee?", "About which?"]
)
def test_without_a_fitting_word_no_slip_is_made(text: str) -> None:
    assert {slip(text, qid) for qid in IDS} == {text}


def test_small_letters_and_no_question_mark() -> None:
    wanted = "what did northmoor's parking committee decide about the cycle stands, in may 2024"
    assert small(QUESTION, "a") == wanted
    assert small(wanted, "a") == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("What was agreed?", "Please can you tell me what was agreed?"),
        ("Did Northmoor agree?", "Please can you tell me did Northmoor agree?"),
        ("Northmoor's fee is how much?", "Please can you tell me Northmoor's fee is how much?"),
        ("Name the streets.", "Name the streets."),
        ("And how long will it last?", "And how long will it last?"),
    ],
)
def test_a_polite_question_keeps_its_order(text: str, wanted: str) -> None:
    assert polite(text, "a") == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("What was decided about the stands?", "What decided stands?"),
        ("How much did they pay for the £12,500 stands?", "How much pay £12,500 stands?"),
        ("Was it not agreed before March?", "not agreed before March?"),
        ("Who was there?", "Who was there?"),
    ],
)
def test_function_words_go_and_question_words_stay(text: str, wanted: str) -> None:
    assert words_alone(text, "a") == wanted


def test_a_set_keeps_its_gold_and_says_how_it_was_reworded() -> None:
    found = reworded(Dataset("fictional", ALL), Rewording.SMALL)
    assert found.name == "fictional:small"
    assert [one.qid for one in found.questions] == [one.qid for one in ALL]
    stands = found.questions[1]
    assert stands.question == "what was decided about cycle stands, and on what condition"
    assert (stands.evidence, stands.kind) == (STANDS.evidence, STANDS.kind)
