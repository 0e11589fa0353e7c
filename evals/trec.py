"""TREC run and qrels files of a run, for any tool that reads them.

Scores in the run file fall strictly with the rank: tools that sort by score break ties by id and so grade
another ranking than the one given. Unanswerable questions are in neither file: an empty qrels entry scores
0 in one tool and spoils later queries in another.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

from evals.cases import Case
from evals.metrics.ranking import coverage

RUN_TAG = "qa-eval"
NOT_INDEXED = "evidence-not-in-the-index"


def ranked_cases(cases: Sequence[Case]) -> list[Case]:
    """Return the cases that ranking measures apply to: with evidence, searched, and not in error."""
    return [case for case in cases if case.topic.evidence and case.hits is not None and case.error is None]


def run_lines(cases: Sequence[Case]) -> Iterator[str]:
    """Yield `topic Q0 passage rank score tag` for each hit, scores made from ranks."""
    for case in ranked_cases(cases):
        hits = case.hits or ()
        for rank, hit in enumerate(hits, start=1):
            yield f"{_word(case.qid)} Q0 {_word(hit.passage_id)} {rank} {len(hits) - rank + 1}.0 {RUN_TAG}"


def qrels_lines(cases: Sequence[Case]) -> Iterator[str]:
    """Yield `topic 0 passage 1` for each relevant passage of the index.

    Evidence that no passage of the index shows stands under an id that no run can hold, so that the topic
    counts as missed elsewhere too.
    """
    for case in ranked_cases(cases):
        for passage_id in sorted(coverage(case)) or [NOT_INDEXED]:
            yield f"{_word(case.qid)} 0 {_word(passage_id)} 1"


def _word(id_: str) -> str:
    """Return an id without blanks, which end a field in these files."""
    return "_".join(id_.split()) or "_"


def export(cases: Sequence[Case], folder: Path) -> tuple[Path, Path]:
    """Write run.trec and qrels.trec into a folder and return both paths."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = folder / "run.trec", folder / "qrels.trec"
    for path, lines in zip(paths, (run_lines(cases), qrels_lines(cases)), strict=True):
        path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8", newline="\n")
    return paths
