from evals.jsonl import JsonObject
from evals.targets import CONDITIONAL, SEEDS, reached


def figure(mean: float) -> JsonObject:
    return {"mean": mean, "low": mean - 0.05, "high": mean + 0.05, "n": 30, "reason": ""}


def summary(**means: float) -> JsonObject:
    kinds = {"page_not_in_corpus": {"refused_at_90_kept": figure(0.7)}}
    return {
        "measures": {name.replace("_at_", "@"): figure(mean) for name, mean in means.items()},
        "by_kind": kinds,
    }


def test_a_target_is_met_missed_or_not_measured() -> None:
    found = {
        one.target.measure: one
        for one in reached(SEEDS, summary(evidence_cited=0.93, refused_answerable=0.1))
    }
    assert found["evidence_cited"].met is True
    assert found["refused_answerable"].met is False
    assert found["first_citation_right"].met is None
    assert found["first_citation_right"].note.startswith("not measured")


def test_a_target_of_one_kind_reads_the_figure_of_that_kind() -> None:
    found = {one.target.measure: one for one in reached(CONDITIONAL, summary(best_sentence_gold=0.2))}
    assert found["refused_at_90_kept"].value == 0.7
    assert found["refused_at_90_kept"].met is False


def test_finding_whole_papers_reaches_no_target() -> None:
    short = {
        one.target.measure: one
        for one in reached(CONDITIONAL, summary(hit_at_5=0.99, passage_characters=900))
    }
    long = {
        one.target.measure: one
        for one in reached(CONDITIONAL, summary(hit_at_5=0.99, passage_characters=4600))
    }
    assert short["hit@5"].met is True
    assert long["hit@5"].met is None
    assert "not comparable: passages of 4600 characters" in long["hit@5"].note


def test_a_set_without_targets_has_none() -> None:
    assert list(reached("own", summary())) == []
