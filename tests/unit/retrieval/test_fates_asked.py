"""Which fates a question asks for, of which kind, and which questions ask for something else."""

import pytest

from qa_service.retrieval.fates_asked import Fate, Sought, fates_asked


@pytest.mark.parametrize(
    ("question", "fate", "kind"),
    [
        ("Which motions were lost in May?", Fate.LOST, Sought.MOTION),
        ("Which amendments to the budget did not pass?", Fate.LOST, Sought.AMENDMENT),
        ("What motions were voted down at the last council?", Fate.LOST, Sought.MOTION),
        ("Did any motion fall at the last council?", Fate.LOST, Sought.MOTION),
        ("Which of the amendments weren't carried?", Fate.LOST, Sought.AMENDMENT),
        ("Have any proposals been thrown out?", Fate.LOST, Sought.PROPOSAL),
        ("List all the amendments that got through", Fate.CARRIED, Sought.AMENDMENT),
        ("Any amendments passed in June?", Fate.CARRIED, Sought.AMENDMENT),
        ("Was anything turned down at the last council?", Fate.LOST, Sought.ANYTHING),
        ("What was withdrawn?", Fate.WITHDRAWN, Sought.ANYTHING),
        ("Was anything deferred at the March meeting?", Fate.DEFERRED, Sought.ANYTHING),
        ("Which items were carried over?", Fate.DEFERRED, Sought.ANYTHING),
        ("What did the panel put off in May?", Fate.DEFERRED, Sought.ANYTHING),
        ("What was referred to another committee?", Fate.REFERRED, Sought.ANYTHING),
        ("Which motions were passed to a different panel?", Fate.REFERRED, Sought.MOTION),
    ],
)
def test_a_fate_is_read_in_everyday_words(question: str, fate: Fate, kind: Sought) -> None:
    asked = fates_asked(question)
    assert asked is not None
    assert (asked.fates, asked.kind) == (frozenset({fate}), kind)


def test_two_fates_are_both_asked_for() -> None:
    asked = fates_asked("Which motions were lost or withdrawn?")
    assert asked is not None
    assert asked.fates == {Fate.LOST, Fate.WITHDRAWN}


@pytest.mark.parametrize(
    "question",
    [
        "Was the motion on otters carried?",
        "Which amendments were lost and who proposed them?",
        "Who voted against the motion that was lost?",
        "Which councillors opposed the motion that was lost?",
        "Which motions were carried by a majority?",
        "Which services were withdrawn in June?",
        "Which motions were not withdrawn in June?",
        "Which decisions were carried in June?",
        "Which reports were lost?",
        "Was anything lost in the flood?",
        "What was passed at the last meeting?",
        "What did the report refer to in 2024?",
        "Which children were referred to the clinic?",
        "How was the amendment lost?",
    ],
)
def test_other_questions_ask_for_no_such_list(question: str) -> None:
    assert fates_asked(question) is None
