import pytest

from qa_service.register.differences import alike, changes, differs, other_year

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
    assert alike("FERRIES", "RESOLVED that the ferry be sunk.", offers) == 1
    assert alike("Apologies", "RESOLVED that they be received.", offers) is None
    assert alike("Ferries", "RESOLVED that the ferry be sunk.", []) is None


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
