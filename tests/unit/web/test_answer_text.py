from qa_service.api.bodies import (
    ConflictBody,
    NotFoundBody,
    ReplyBody,
    SearchedBody,
    StatementBody,
    UnderstoodBody,
)
from qa_service.web.answer_text import pasted
from tests.unit.web.test_reply_view import said

LINK = "http://papers.example/answers/a1"


def reply(**given: object) -> ReplyBody:
    nothing: dict[str, object] = {
        "statements": [],
        "citations": [],
        "conflicts": [],
        "not_found": None,
        "confidence": None,
    }
    understood = UnderstoodBody(intent="fact", filters={}, expanded={})
    fixed = {
        "id": "a1",
        "question": "What of the oaks?",
        "understood": understood,
        "generation": 1,
        "seconds": 0.1,
    }
    return ReplyBody.model_validate({**nothing, **fixed, "notice": "Quotations only.", **given})


def test_an_answer_is_pasted_with_its_standing_its_sources_and_its_address() -> None:
    stated = StatementBody(text="the oaks\nbe kept", standing="resolved", citations=[1, 2])
    differ = ConflictBody(about="the number of oaks", citations=[1, 2])
    cited = [said(1, "the oaks"), said(2, "be kept")]
    text = pasted(reply(status="answered", statements=[stated], citations=cited, conflicts=[differ]), LINK)
    assert text.split("\n\n") == [
        "Question: What of the oaks?",
        "Resolved: “the oaks be kept” [1] [2]",
        "The papers differ: the number of oaks [1] [2]",
        "[1] A\n[2] A",
        f"Quotations only. {LINK}",
    ]


def test_a_refusal_is_pasted_as_one() -> None:
    searched = SearchedBody(documents=1, bodies=[], held_from=None, held_to=None)
    refused = NotFoundBody(reason="no paper speaks of it", searched=searched, nearest=[said(1, "elms")])
    text = pasted(reply(status="not_found", not_found=refused), LINK)
    assert "Not found in 1 paper searched. No paper speaks of it." in text
    assert "elms" not in text


def test_an_answer_that_little_speaks_for_says_so_before_all_else() -> None:
    stated = StatementBody(text="the oaks be kept", standing="resolved", citations=[1])
    given = {"status": "answered", "statements": [stated], "citations": [said(1, "the oaks")]}
    doubts = {confidence: reply(**given, confidence=confidence).doubt for confidence in (None, 0.49, 0.5)}
    assert {confidence: bool(doubt) for confidence, doubt in doubts.items()} == {
        None: False,
        0.49: True,
        0.5: False,
    }
    assert pasted(reply(**given, confidence=0.49), LINK).split("\n\n")[1] == doubts[0.49]
    searched = SearchedBody(documents=1, bodies=[], held_from=None, held_to=None)
    refused = NotFoundBody(reason="no paper speaks of it", searched=searched, nearest=[])
    assert reply(status="not_found", not_found=refused, confidence=0.1).doubt == ""
