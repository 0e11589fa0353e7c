from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256

import pytest

from evals.cases import Case
from evals.corpus import Corpus, StoredSegment
from evals.jsonl import JsonObject
from evals.metrics import gates
from evals.results import Label, Score
from tests.unit.evals.papers import (
    CHARGES,
    NORTH,
    answered,
    citation,
    corpus,
    failed,
    refused,
    replied,
    reply_with,
)
from tests.unit.evals.papers import (
    CHARGES as QUESTION,
)

RESOLVED = "RESOLVED: that the charges stay as they are until April 2025."
EVERY_GATE = (
    gates.replied,
    gates.quote_exact,
    gates.quote_strict,
    gates.span_contiguous,
    gates.source_resolves,
    gates.statement_cited,
    gates.page_consistent,
    gates.metadata_consistent,
    gates.template_only,
    gates.min_evidence,
)


def true() -> JsonObject:
    return citation(corpus(), "minutes.pdf", RESOLVED)


def judged(gate: Callable[[Case], Score], raw: JsonObject) -> Score:
    return gate(replied(QUESTION, reply_with(raw)))


@pytest.mark.parametrize("gate", EVERY_GATE)
def test_a_true_citation_passes_every_gate(gate: Callable[[Case], Score]) -> None:
    assert judged(gate, true()).value == 1.0


def test_one_changed_digit_is_an_altered_quote() -> None:
    score = judged(gates.quote_exact, true() | {"quote": RESOLVED.replace("2025", "2026")})
    assert (score.value, score.labels) == (0.0, (Label.ALTERED,))


def test_a_quote_of_another_paper_is_misattributed_however_true_its_words() -> None:
    elsewhere = citation(corpus(), "other.pdf", "The Panel agreed that parking charges rise by five pence")
    score = judged(gates.quote_exact, true() | {"quote": elsewhere["quote"]})
    assert (score.value, score.labels) == (0.0, (Label.MISATTRIBUTED,))


def test_a_quote_from_elsewhere_in_the_cited_paper_is_misplaced() -> None:
    score = judged(gates.quote_exact, true() | {"start": 0, "end": 30})
    assert (score.value, score.labels) == (0.0, (Label.MISPLACED,))


def test_words_that_nobody_wrote_are_not_found() -> None:
    score = judged(gates.quote_exact, true() | {"quote": "Bananas were planted beside every lamp post."})
    assert (score.value, score.labels) == (0.0, (Label.NOT_FOUND,))


@pytest.mark.parametrize(
    "quote",
    [
        "The Committee heard that charges had not changed RESOLVED: that forty cycle stands be bought",
        "charges had not changed since 2019 ... that forty cycle stands be bought",
        "charges had not changed since 2019 […] that forty cycle stands be bought",
    ],
)
def test_pieces_of_two_places_in_one_quote_are_stitched(quote: str) -> None:
    raw = true() | {"quote": quote}
    assert judged(gates.quote_exact, raw).labels == (Label.STITCHED,)
    assert judged(gates.span_contiguous, raw).value == 0.0


@pytest.mark.parametrize("moved", [-1, 1])
def test_what_a_citation_says_answers_best_lies_within_its_quote(moved: int) -> None:
    raw = true()
    whole = {"start": raw["start"], "end": raw["end"]}
    assert judged(gates.span_contiguous, raw | {"focus": whole}).value == 1.0
    beyond = {name: at + moved for name, at in whole.items()}
    assert judged(gates.span_contiguous, raw | {"focus": beyond}).value == 0.0


@pytest.mark.parametrize("quote", ["", "—", "..."])
def test_a_quote_of_punctuation_alone_is_no_quote(quote: str) -> None:
    raw = true() | {"quote": quote, "start": 10, "end": 11}
    assert judged(gates.quote_exact, raw).labels == (Label.TOO_SHORT,)


def test_an_id_that_the_index_does_not_hold_is_unresolved() -> None:
    raw = true()
    raw["document"]["id"] = "d-invented"
    assert judged(gates.source_resolves, raw).labels == (Label.UNRESOLVED,)
    assert judged(gates.quote_exact, raw).labels == (Label.UNRESOLVED,)


def test_other_bytes_under_the_same_id_do_not_resolve() -> None:
    raw = true()
    raw["document"]["sha256"] = "0" * 64
    assert judged(gates.source_resolves, raw).value == 0.0


def test_folded_white_space_passes_the_exact_gate_and_not_the_strict_one() -> None:
    raw = true() | {"quote": RESOLVED.replace(" ", "  ")}
    assert judged(gates.quote_exact, raw).value == 1.0
    assert judged(gates.quote_strict, raw).value == 0.0


def test_the_hash_must_be_that_of_the_slice() -> None:
    assert judged(gates.quote_strict, true() | {"sha256": sha256(b"other").hexdigest()}).value == 0.0


def test_one_bad_citation_among_good_ones_misses_and_is_named() -> None:
    good, bad = true(), true() | {"n": 2, "quote": "Bananas were planted beside every lamp post."}
    score = gates.quote_exact(replied(QUESTION, reply_with(good, bad)))
    assert score.value == 0.0
    assert [place[:3] for place in score.evidence] == ["[2]"]


def test_the_nearest_passages_of_a_refusal_are_held_to_the_same_rule() -> None:
    raw = reply_with()
    raw |= {"status": "not_found", "statements": []}
    raw["not_found"] = {"reason": "", "nearest": [true() | {"quote": "Bananas were planted."}]}
    assert gates.quote_exact(replied(QUESTION, raw)).value == 0.0


def test_a_statement_without_a_citation_misses() -> None:
    raw = reply_with(true())
    raw["statements"].append({"text": "Charges are fair.", "standing": "reported", "citations": []})
    assert gates.statement_cited(replied(QUESTION, raw)).labels == (Label.UNCITED,)


def test_an_answer_without_a_statement_misses() -> None:
    assert gates.statement_cited(replied(QUESTION, reply_with() | {"statements": []})).value == 0.0


def test_a_refusal_states_nothing_and_is_left_out() -> None:
    assert gates.statement_cited(refused(QUESTION)).value is None


@pytest.mark.parametrize("page", [{"number": 2, "label": "12"}, {"number": 1, "label": "12"}, None])
def test_another_page_another_label_or_none_misses(page: JsonObject | None) -> None:
    assert judged(gates.page_consistent, true() | {"page": page}).labels == (Label.WRONG_PAGE,)


def test_a_paragraph_number_must_stand_before_the_quote() -> None:
    raw = citation(corpus(), "report.pdf", "Officers recommend that the charges rise by ten pence")
    assert judged(gates.page_consistent, raw | {"paragraph": "2.1"}).value == 1.0
    assert judged(gates.page_consistent, raw | {"paragraph": "2.2"}).value == 0.0


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("council", "SOUTHMOOR DISTRICT COUNCIL"),
        ("body", "FINANCE COMMITTEE"),
        ("kind", "report"),
        ("title", "Another title"),
        ("council", None),
    ],
)
def test_metadata_that_the_store_and_the_paper_do_not_hold_misses(name: str, value: str | None) -> None:
    raw = true()
    raw["document"][name] = value
    assert judged(gates.metadata_consistent, raw).labels == (Label.WRONG_METADATA,)


def test_a_body_printed_in_the_paper_may_be_shown_for_the_cited_place() -> None:
    raw = true()
    raw["document"]["body"] = "The Committee"
    assert judged(gates.metadata_consistent, raw).value == 1.0


def test_a_date_that_is_printed_nowhere_misses() -> None:
    raw = true()
    raw["meeting"]["held_on"] = "2024-03-06"
    assert judged(gates.metadata_consistent, raw).labels == (Label.WRONG_METADATA,)


@pytest.mark.parametrize(
    ("filters", "as_of", "value"),
    [
        ({"council": ["Northmoor Borough Council"]}, None, 1.0),
        ({"council": ["Southmoor District Council"]}, None, 0.0),
        ({"body": ["parking committee"]}, None, 1.0),
        ({"held_from": "2024-03-05", "held_to": "2024-03-05"}, None, 1.0),
        ({"held_from": "2024-03-06"}, None, 0.0),
        ({"held_to": "2024-03-04"}, None, 0.0),
        ({"kinds": ["report"]}, None, 0.0),
        ({"documents": ["report.pdf"]}, None, 0.0),
        ({}, "2024-03-04", 0.0),
        ({}, "2024-03-05", 1.0),
    ],
)
def test_nothing_outside_what_was_asked_for(filters: JsonObject, as_of: str | None, value: float) -> None:
    question = replace(CHARGES, filters=filters, as_of=as_of)
    assert gates.scope_respected(answered(question, ("minutes.pdf", RESOLVED))).value == value


def test_an_undated_paper_is_outside_a_range_of_dates_and_breaks_no_as_of() -> None:
    words = "Penderfynwyd bod y ffioedd yn aros fel y maent"
    ranged = answered(replace(CHARGES, filters={"held_from": "2024-01-01"}), ("welsh.pdf", words))
    as_of = answered(replace(CHARGES, as_of="2024-01-01"), ("welsh.pdf", words))
    assert gates.scope_respected(ranged).value == 0.0
    assert gates.scope_respected(as_of).value == 1.0


def test_words_of_the_systems_own_are_no_template() -> None:
    case = replied(QUESTION, reply_with(true(), text=f"The council wisely decided: {RESOLVED}"))
    assert gates.template_only(case).value == 0.0


def test_a_template_may_hold_quotes_and_what_the_citation_shows() -> None:
    text = f"The PARKING COMMITTEE on 5 March 2024: “{RESOLVED}”"
    case = replied(QUESTION, reply_with(true(), text=text))
    with_templates = replace(case, templates=("The {body} on {date}: “{quote}”",))
    assert gates.template_only(with_templates).value == 1.0


@pytest.mark.parametrize(
    "text", ["The FINANCE COMMITTEE on 5 March 2024: “{}”", "The PARKING COMMITTEE on 6 March 2024: “{}”"]
)
def test_a_slot_of_a_template_holds_no_invention(text: str) -> None:
    case = replied(QUESTION, reply_with(true(), text=text.replace("{}", RESOLVED)))
    with_templates = replace(case, templates=("The {body} on {date}: “{quote}”",))
    assert gates.template_only(with_templates).value == 0.0


def test_four_words_are_too_short_to_be_evidence() -> None:
    assert gates.min_evidence(answered(QUESTION, ("minutes.pdf", "until April 2025."))).labels == (
        Label.TOO_SHORT,
    )


def test_a_table_row_with_its_header_is_evidence() -> None:
    assert gates.min_evidence(answered(QUESTION, ("minutes.pdf", "12. PARKING CHARGES\nThe"))).value == 1.0


def test_a_reply_that_changes_when_asked_again_misses() -> None:
    case = answered(QUESTION, ("minutes.pdf", RESOLVED))
    assert gates.deterministic(replace(case, same_twice=False)).value == 0.0
    assert gates.deterministic(replace(case, same_twice=True)).value == 1.0
    assert gates.deterministic(case).value is None


def test_an_error_misses_the_gate_of_replies() -> None:
    assert gates.replied(failed(QUESTION)).labels == (Label.ERROR,)


@pytest.mark.parametrize(
    ("confidence", "value"), [(0.0, 1.0), (1.0, 1.0), (1.2, 0.0), (-0.1, 0.0), (None, None)]
)
def test_a_confidence_is_a_share(confidence: float | None, value: float | None) -> None:
    case = replied(QUESTION, reply_with(true()) | {"confidence": confidence})
    assert gates.confidence_valid(case).value == value


def packed(**of_stretch: str | None) -> Case:
    """A case whose paper is a pack: the cited stretch is of another meeting than the document."""
    papers = corpus()
    minutes = papers.of_file("minutes.pdf")
    values = {
        "council": NORTH[0],
        "body": "LICENSING PANEL",
        "held_on": "2023-11-14",
        "minute": "12",
    } | of_stretch
    segment = StoredSegment(0, len(minutes.text), **values)
    pack = Corpus(
        [replace(minutes, segments=(segment,)), *(d for d in papers.documents.values() if d != minutes)]
    )
    shown = true()
    shown["document"]["body"] = "LICENSING PANEL"
    shown["meeting"]["held_on"] = "2023-11-14"
    return replied(QUESTION, reply_with(shown | {"minute": "12"}), pack)


def test_a_pack_is_cited_with_the_meeting_of_the_cited_stretch() -> None:
    assert gates.metadata_consistent(packed()).value == 1.0


@pytest.mark.parametrize(
    "of_stretch",
    [
        {"held_on": "2024-03-05"},
        {"held_on": None},
        {"body": "PARKING COMMITTEE"},
        {"minute": "13"},
        {"item": "4"},
    ],
)
def test_another_meeting_or_number_printed_in_the_same_pack_misses(of_stretch: dict[str, str | None]) -> None:
    assert gates.metadata_consistent(packed(**of_stretch)).labels == (Label.WRONG_METADATA,)
