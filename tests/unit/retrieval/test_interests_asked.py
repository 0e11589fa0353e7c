"""Whether a question asks who declared an interest, or who had to leave for one."""

import pytest

from qa_service.retrieval.interests_asked import interests_asked


@pytest.mark.parametrize(
    "text",
    [
        "Who declared an interest?",
        "Did anyone declare an interest at the February meeting?",
        "What interests has Councillor Hale declared?",
        "What interests has Councillor Hale had to declare?",
        "Did any member admit a personal link before the ferry item?",
        "Does anybody on the board have a family tie to the mill?",
        "Were any interests owned up to in May?",
        "Any conflicts of interest?",
        "Were there any declarations of pecuniary interest in May?",
        "Did Mrs Hale declare a conflict?",
        "Did Councillor Hale declare anything in May?",
        "What did Councillor Hale declare?",
        "Did anyone declare an interest in the pay policy?",
    ],
)
def test_who_declared_an_interest_is_asked_in_many_words(text: str) -> None:
    asked = interests_asked(text)
    assert asked is not None
    assert not asked.left


@pytest.mark.parametrize(
    "text",
    [
        "Who had to leave the room when the ferry came up?",
        "Who left while the ferry was talked about?",
        "Which member walked out for the ferry vote?",
        "Did anyone have to step outside during the ferry item?",
        "Which councillor sat the ferry debate out?",
        "Who kept out of the debate on the ferry?",
        "Who took no part in the ferry item?",
        "Did anybody withdraw or was anyone asked to step out over the ferry?",
    ],
)
def test_who_left_the_room_is_asked_in_many_words(text: str) -> None:
    asked = interests_asked(text)
    assert asked is not None
    assert asked.left


@pytest.mark.parametrize(
    "text",
    [
        "Did the council declare a climate emergency?",
        "Was an emergency declared in the public interest?",
        "Did the council declare a halt in the interests of safety?",
        "What interest rate did the report declare?",
        "Which firms expressed an interest in the site?",
        "Was there much interest in the ferry?",
        "Must members declare an interest in schools?",
        "How do members declare an interest?",
        "What is a disclosable pecuniary interest?",
        "What does the code of conduct say on declarations of interest?",
        "Is there a conflict of interest policy?",
        "Are governors asked to declare interests?",
        "Who helps children keep family ties with their parents?",
        "Did officers admit a link between damp and asthma?",
        "Who left the council in 2021?",
        "Who withdrew the motion on the ferry?",
        "How many were kept out of school?",
    ],
)
def test_rules_rates_and_other_leaving_ask_for_no_declaration(text: str) -> None:
    assert interests_asked(text) is None
