import pytest

from qa_service.register.differences import LEAST_ALIKE, changes, differs, likeness, other_year

ASKED = "2. That the Panel notes the annual report and in particular the view that it works."


def marked(recommended: str, decided: str) -> str:
    form = {"same": "{}", "dropped": "[{}]", "added": "+{}+"}
    return " ".join(form[each.kind].format(each.words) for each in changes(recommended, decided))


def test_a_diff_shows_every_word_once() -> None:
    assert (
        marked("That six areas be let.", "That four areas be let soon.")
        == ("That [six] +four+ areas be [let.] +let soon.+")
        or marked("That six areas be let.", "That four areas be let soon.")
        == "That [six] +four+ areas be let +soon.+"
    )


@pytest.mark.parametrize(
    "decided",
    [
        "RESOLVED: That the Panel notes the annual report and in particular the view that it works.",
        "RESOLVED that the annual report and in particular the view that it works be noted.",
    ],
)
def test_another_dress_is_no_difference(decided: str) -> None:
    assert not differs(changes(ASKED, decided))


@pytest.mark.parametrize(
    "decided",
    [
        "RESOLVED that the Panel notes the annual report.",
        "RESOLVED that the annual report be not noted for 2023.",
    ],
)
def test_words_that_were_dropped_or_added_are_a_difference(decided: str) -> None:
    assert differs(changes(ASKED, decided))


def test_a_decision_is_set_beside_the_recommendation_on_its_own_subject() -> None:
    offers = [("Kilns", "That the kiln be lit."), ("Ferries", "That the ferry be painted.")]
    kiln, ferry = likeness("FERRIES", "RESOLVED that the ferry be sunk.", offers)
    assert ferry >= LEAST_ALIKE > kiln
    assert max(likeness("Apologies", "RESOLVED that they be received.", offers)) < LEAST_ALIKE
    assert likeness("Ferries", "RESOLVED that the ferry be sunk.", []) == []


def test_a_year_that_differs_from_the_title_is_told() -> None:
    assert other_year("Winter Plan 2023/24", "That the Winter Plan 2022/23 be endorsed.") == (
        "2023/24",
        "2022/23",
    )
    assert other_year("Winter Plan 2023/24", "That the Winter Plan 2023-24 be endorsed.") is None
    assert other_year("Winter Plan", "That the Winter Plan 2022/23 be endorsed.") is None


def test_a_list_that_is_only_noted_was_only_put_to_be_noted() -> None:
    asked = "1. The Panel is asked to note how matters stand."
    assert not differs(changes(asked, "The list was noted."))
    assert not differs(changes(asked, "RESOLVED that the report be noted."))
    assert differs(changes(asked, "The list was noted with alarm."))
    more = "1. The Panel is asked to note how matters stand and endorse the list."
    assert differs(changes(more, "The list was noted."))
    stress = "1. The Panel is asked to note the report and in particular its view."
    assert differs(changes(stress, "RESOLVED that the report be noted."))


def test_the_number_of_a_paragraph_is_no_figure_of_the_recommendation() -> None:
    asked = "2.1. That the Panel note this report on the annual work of the ferry."
    assert not differs(changes(asked, "RESOLVED: That the Panel notes the annual report of the ferry."))
    money = "2.1 million pounds be spent on the ferry."
    assert differs(changes(f"That {money}", "RESOLVED that 2.4 million pounds be spent on the ferry."))


@pytest.mark.parametrize(
    ("asked", "decided"),
    [
        ("County Council is asked to: (1) Note the update.", "RESOLVED that Council notes the update."),
        (
            "Members are requested to agree to any non- material change.",
            "Members agree to any non-material change.",
        ),
        (
            "Cabinet is asked to: A. DELEGATE powers to Ann.",
            "RESOLVED that delegated powers be given to Ann.",
        ),
    ],
)
def test_a_council_that_is_asked_does_what_it_was_asked(asked: str, decided: str) -> None:
    assert not differs(changes(asked, decided))


def test_to_endorse_is_more_than_to_note() -> None:
    assert differs(
        changes("Council is asked to note the report.", "RESOLVED that Council endorses the report.")
    )
    assert not differs(changes("Council is asked to note the report.", "RESOLVED that the report be noted."))
