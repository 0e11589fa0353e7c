"""Clauses in indirect order are put in the order of a question where subject and verb are plain to see."""

import pytest

from qa_service.retrieval.indirect import asked_as_yes_or_no, asked_directly
from qa_service.retrieval.verb_forms import past_form, present_form


@pytest.mark.parametrize(
    ("clause", "asks"),
    [
        ("when the next meeting is", "when is the next meeting"),
        ("who Mr Hask is", "who is Mr Hask"),
        ("what it costs", "what does it cost"),
        ("what EHE stands for", "what does EHE stand for"),
        ("what the board did about the weir", "what did the board do about the weir"),
        ("what members decided on who pays", "what did members decide on who pays"),
        ("what the board decided on which plan to back", "what did the board decide on which plan to back"),
        ("why the plan was not approved", "why was the plan not approved"),
        ("why charges in the town went up", "why did charges in the town go up"),
        ("how long the lease runs for", "how long does the lease run for"),
        ("for how long the weir was shut", "for how long was the weir shut"),
        ("how I can appeal", "how can I appeal"),
        ("how I claim", "how do I claim"),
        ("how many posts the board has filled", "how many posts has the board filled"),
        ("which lanes officers wanted to shut", "which lanes did officers want to shut"),
        ("which minutes Ashmere's Board signed", "which minutes did Ashmere's Board sign"),
        ("what kent's budget was", "what was kent's budget"),
        ("what Kent's leader told the press", "what did Kent's leader tell the press"),
        ("what kent last decided", "what did kent last decide"),
        ("what kent has decided on the weir", "what has kent decided on the weir"),
        ("which motion Councillor Hask moved", "which motion did Councillor Hask move"),
        ("when the May meeting was held", "when was the May meeting held"),
        ("what the vote was on the May plan", "what was the vote on the May plan"),
    ],
)
def test_the_verb_moves_before_its_subject(clause: str, asks: str) -> None:
    assert asked_directly(clause) == asks


@pytest.mark.parametrize(
    "clause",
    [
        "who chaired the meeting",
        "what happened at the weir",
        "what was decided",
        "which committee members came",
        "which Labour councillor objected to the lease",
        "what progress has been made",
        "what figure did they give",
        "what Kent's officers did the panel follow",
        "what share of the county's lamps are lit",
        "how many people attended the meeting when the weir was shut",
        "how many lorries a day did the board allow",
        "how far off budget is the year",
        "how to appeal",
        "when is the meeting",
        "the weir was mended",
    ],
)
def test_what_asks_already_or_is_not_plain_stays(clause: str) -> None:
    assert asked_directly(clause) is None


@pytest.mark.parametrize(
    ("clause", "asks"),
    [
        ("the plan was approved", "was the plan approved"),
        ("the plan was approved or not", "was the plan approved"),
        ("there is any news", "is there any news"),
        ("it's shut", "is it shut"),
        ("the board has a policy on trees", "does the board have a policy on trees"),
        ("the board has agreed a policy", "has the board agreed a policy"),
        ("people have to pay", "do people have to pay"),
        ("you know who came", "do you know who came"),
        ("the weir that was mended in May was safe", "was the weir that was mended in May safe"),
        ("anyone who objected was heard", "was anyone who objected heard"),
        ("the plan agreed in May was dropped", "was the plan agreed in May dropped"),
        ("the board agreed the plan should go ahead", "did the board agree the plan should go ahead"),
        ("the agreed plan went ahead", "did the agreed plan go ahead"),
        ("Hask's promised letter came", "did Hask's promised letter come"),
        ("the number of homes told to the board went up", "did the number of homes told to the board go up"),
        ("it leaks", "does it leak"),
        ("they sue us", "do they sue us"),
        ("parking charges go up", "do parking charges go up"),
    ],
)
def test_what_yes_or_no_answers_opens_with_its_verb(clause: str, asks: str) -> None:
    assert asked_as_yes_or_no(clause) == asks


@pytest.mark.parametrize(
    "clause", ["to close", "possible", "they refuse, who will pay", "the weir, the bridge", ""]
)
def test_a_clause_without_a_plain_verb_is_not_turned(clause: str) -> None:
    assert asked_as_yes_or_no(clause) is None


@pytest.mark.parametrize(
    ("past", "base"),
    [
        ("agreed", "agree"),
        ("approved", "approve"),
        ("carried", "carry"),
        ("dropped", "drop"),
        ("noted", "note"),
        ("opened", "open"),
        ("passed", "pass"),
        ("settled", "settle"),
        ("shared", "share"),
        ("treated", "treat"),
        ("visited", "visit"),
        ("went", "go"),
    ],
)
def test_a_past_form_has_its_base(past: str, base: str) -> None:
    form = past_form(past)
    assert form is not None
    assert (form.base, form.auxiliary) == (base, "did")


def test_present_forms_ask_with_do_and_does() -> None:
    found = [present_form(word) for word in ("meets", "meet", "costs", "weir")]
    assert [form and (form.base, form.auxiliary, form.surely) for form in found] == [
        ("meet", "does", True),
        ("meet", "do", True),
        ("cost", "does", False),
        None,
    ]
