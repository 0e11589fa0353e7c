from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from evals import cli
from evals.cases import Case
from evals.diagnose import as_text, worst_first
from evals.diagnosis import Diagnosis, Held, Lost, by_stage, diagnosed
from evals.errors import SystemFailed
from evals.excerpts import WITHHELD, Clearance
from evals.jsonl import JsonObject, write_rows
from evals.measures import MEASURES
from evals.questions import Quoted
from evals.reference_systems import refusal_json
from tests.unit.evals.papers import CHARGES, PAYER, STANDS, citation, corpus, failed, replied, reply_with
from tests.unit.evals.running import ScriptedSystem

RIGHT = ("minutes.pdf", "RESOLVED: that the charges stay as they are until April 2025.")
BESIDE = ("report.pdf", "Officers recommend that the charges rise by ten pence")
STAND = ("minutes.pdf", "that forty cycle stands be bought for £12,500")
REFUSED = refusal_json(CHARGES.question, "nothing found", 0.1)


def explained(
    reply: JsonObject,
    *sentences: tuple[tuple[str, str], float, dict[str, float]],
    candidates: tuple[tuple[str, str], ...] = (),
    stage: str = "answered",
    route: str | None = "sentences",
) -> Any:  # noqa: ANN401 - a system
    """A system that gives this reply to everything, and says that it weighed these sentences."""
    papers = corpus()
    weighed = [
        citation(papers, *place, number)
        | {"score": score, "features": [{"name": name, "added": added} for name, added in of.items()]}
        for number, (place, score, of) in enumerate(sentences, start=1)
    ]
    found = [citation(papers, *place, number) for number, place in enumerate(candidates, start=1)]
    search = {"words": "", "candidates": found, "sentences": weighed}
    explain = {"stage": stage, "route": route, "searches": [search]}

    class Explaining(ScriptedSystem):
        def ask(self, request: JsonObject) -> JsonObject:
            super().ask(request)
            return reply | {"explain": explain} if request.get("explain") else reply

    return Explaining(papers)


def of_reply(reply: JsonObject, *given: Any, **named: Any) -> Diagnosis:  # noqa: ANN401 - passed on
    return diagnosed(
        replied(CHARGES, reply), {"question": CHARGES.question}, explained(reply, *given, **named)
    )


WRONG = reply_with(citation(corpus(), *BESIDE))


def test_a_sentence_behind_others_has_its_rank_and_what_holds_it_back() -> None:
    first = (BESIDE, 2.0, {"words": 1.5, "length": 0.5, "short": -0.2})
    gold = (RIGHT, 0.5, {"words": 0.5, "length": 0.4, "is_row": 0.3})
    found = of_reply(WRONG, first, gold)
    assert (found.lost, found.rank, found.behind, found.route) == (Lost.OUTRANKED, 2, 1.5, "sentences")
    assert [each.name for each in found.held] == ["words", "length"]
    assert found.held[0].behind == pytest.approx(1.0)


def test_a_sentence_that_came_first_was_overruled_or_refused() -> None:
    assert of_reply(WRONG, (RIGHT, 1.0, {})).lost is Lost.OVERRULED
    refused = of_reply(REFUSED, (RIGHT, 1.0, {}), stage="refused by calibration", route=None)
    assert (refused.lost, refused.stage) == (Lost.REFUSED, "refused by calibration")


def test_what_was_not_weighed_was_found_or_not() -> None:
    assert of_reply(WRONG, (BESIDE, 1.0, {}), candidates=(BESIDE, RIGHT)).lost is Lost.NOT_WEIGHED
    assert of_reply(WRONG, (BESIDE, 1.0, {}), candidates=(BESIDE,)).lost is Lost.NOT_FOUND


def test_evidence_that_was_cited_was_not_lost_by_rank() -> None:
    reply = reply_with(citation(corpus(), *STAND))
    system = explained(reply, (BESIDE, 2.0, {}), (STAND, 1.0, {}))
    assert diagnosed(replied(STANDS, reply), {"question": STANDS.question}, system).lost is Lost.NOT_WHOLE


def test_an_answer_to_what_nothing_answers_and_no_reply_are_told_apart() -> None:
    invented = diagnosed(replied(PAYER, WRONG), {"question": PAYER.question}, explained(WRONG))
    assert invented.lost is Lost.ANSWERED_ANYWAY
    assert diagnosed(failed(CHARGES), {}, explained(WRONG)).lost is Lost.NO_REPLY


def test_a_refusal_of_what_nothing_answers_was_no_answer_whatever_else_is_wrong() -> None:
    assert (
        diagnosed(replied(PAYER, REFUSED), {"question": PAYER.question}, explained(REFUSED)).lost
        is Lost.AMISS
    )


def test_a_system_that_explains_nothing_or_changed_its_mind_is_not_diagnosed() -> None:
    request = {"question": CHARGES.question}
    with pytest.raises(SystemFailed, match="no explanation"):
        diagnosed(replied(CHARGES, WRONG), request, ScriptedSystem(corpus()))
    with pytest.raises(SystemFailed, match="otherwise than in the run"):
        diagnosed(replied(CHARGES, WRONG), request, explained(REFUSED))


def test_every_stage_is_counted_once() -> None:
    cases = [Diagnosis(failed(CHARGES), lost) for lost in (*Lost, Lost.REFUSED)]
    counts = by_stage(cases)
    assert list(counts) == list(Lost)
    assert counts[Lost.REFUSED] == 2
    assert sum(counts.values()) == len(cases)


def scores_of(*cases: Case) -> dict[str, Any]:
    return {case.qid: {each.name: each.of(case) for each in MEASURES} for case in cases}


def test_the_worst_come_first_and_what_is_right_not_at_all() -> None:
    right = replied(CHARGES, reply_with(citation(corpus(), *RIGHT)))
    partly = replied(STANDS, reply_with(citation(corpus(), *STAND)))
    harmless = replied(replace(CHARGES, qid="a harmless one"), REFUSED)
    harmful = replied(PAYER, WRONG)
    surer = replied(replace(PAYER, qid="surer of itself"), WRONG | {"confidence": 0.9})
    broken = failed(replace(CHARGES, qid="z broken"))
    cases = [right, partly, harmless, harmful, surer, broken]
    ordered = worst_first(cases, scores_of(*cases))
    assert [case.qid for case in ordered] == [
        "z broken",
        "surer of itself",
        "payer",
        "a harmless one",
        "stands",
    ]


def told(case: Case, **named: Any) -> str:  # noqa: ANN401 - passed on
    return as_text(
        "own", 3, [Diagnosis(case, Lost.OUTRANKED, "answered", "sentences", 2, 1.5, **named)], 20, Clearance()
    )


def test_the_file_tells_question_gold_answer_and_stage() -> None:
    text = told(replied(CHARGES, WRONG), held=(Held("words", 1.0),))
    assert "1 of 3 questions were not fully correct." in text
    assert f"| {Lost.OUTRANKED.value} | 1 |" in text
    assert CHARGES.question in text
    assert f"wanted: minutes.pdf: “{RIGHT[1]}”" in text
    assert "said (resolved; report.pdf)" in text
    assert "it came 2., 1.5 log-odds behind the first (words 1.0); route: sentences" in text
    assert "- refused: nothing found" in told(replied(CHARGES, REFUSED))


def test_words_of_a_paper_that_is_not_public_are_withheld() -> None:
    private = "The contractor asked for a settlement of nine thousand pounds in private."
    case = replied(replace(CHARGES, evidence=(Quoted("exempt.pdf", private),)), WRONG)
    text = told(case)
    assert WITHHELD in text
    assert "settlement" not in text


def test_the_command_asks_again_and_writes_the_file(tmp_path: Path) -> None:
    papers = tmp_path / "papers"
    papers.mkdir()
    lines = (
        "Minutes of the Ferry Committee of Eastmere Council, 4 March 2024",
        "1. TOLLS",
        "RESOLVED that the toll for bicycles stay at forty pence.",
    )
    (papers / "minutes.txt").write_text("\n\n".join(lines), encoding="utf-8")
    gold = tmp_path / "own.jsonl"
    evidence = [{"file": "minutes.txt", "quote": lines[0]}]
    row = {"qid": "toll", "question": "What was resolved about tolls?", "answerable": True}
    write_rows(gold, [row | {"evidence": evidence, "split": "dev"}])
    run, out, invoke = str(tmp_path / "run"), tmp_path / "worst.md", CliRunner().invoke
    of_papers = ["--papers", str(papers), "--work", str(tmp_path / "work")]
    assert invoke(cli.app, ["run", str(gold), *of_papers, "--out", run]).exit_code == 0
    assert invoke(cli.app, ["score", run]).exit_code == 0
    done = invoke(cli.app, ["diagnose", run, "--out", str(out), "--split", "dev", *of_papers])
    assert done.exit_code == 0, done.output
    assert "1 of 1 questions not fully correct" in done.output
    text = out.read_text(encoding="utf-8")
    assert "route: decision" in text
    assert "the toll for bicycles stay at forty pence." in text
    nobody = invoke(cli.app, ["diagnose", run, "--out", str(out), "--split", "test", *of_papers])
    assert "no question of the split 'test'" in str(nobody.exception)
