"""The register of real papers against rows read by hand: offsets and labels of ours, none of their words."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from evals.jsonl import read_json
from evals.register.command import GOLD
from evals.register.found import read_register
from evals.register.gold import load_gold
from evals.register.score import Score, score
from tests.factories import ingest

REAL = next(path for path in GOLD if path.stem == "register_real")
LONGEST = 60  # characters of a name; a sentence is longer


@pytest.fixture(scope="module")
def scored(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Score:
    """Return the score of the seeds and of two meetings of Kent, read with an encoder without weights."""
    names = read_json(REAL)["papers"]
    paths = [path for name in names for path in corpus.rglob(name)]
    data = tmp_path_factory.mktemp("real") / "data"
    ingest(data, *paths)
    held = read_register(data, [])
    gold = load_gold(REAL, {paper.file_name: paper for paper in held.papers})
    assert gold is not None
    assert len(gold.documents) == len(names)
    return score(held, gold)


@pytest.mark.parametrize("kind", ["resolutions", "commitments"])
def test_rows_of_real_papers_reach_their_targets(scored: Score, kind: str) -> None:
    tally = next(each for each in scored.tallies if each.kind == kind)
    assert tally.shown > 20
    assert tally.met, tally.mistakes


def test_conflicts_of_real_papers_are_real(scored: Score) -> None:
    tally = next(each for each in scored.tallies if each.kind == "conflicts")
    assert tally.precision == 1.0, tally.mistakes
    assert tally.found >= 7


def test_no_row_lacks_a_citation_and_no_recommendation_is_resolved(scored: Score) -> None:
    assert scored.broken == ()
    standing = next(each for each in scored.fields if each.field == "resolutions standing")
    assert standing.right == standing.of


def strings(value: Any) -> Iterator[str]:  # noqa: ANN401 - JSON is of any type
    if isinstance(value, str):
        yield value
    for each in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from strings(each)


def test_the_gold_holds_no_sentence_of_the_papers() -> None:
    gold = read_json(REAL)
    names = set(gold["papers"])
    told = [each for name, rows in gold.items() if name != "note" for each in strings(rows)]
    assert all(each in names or len(each) <= LONGEST for each in told)
    places = [place for kind in ("resolutions", "commitments") for place in gold[kind]]
    assert all(place["end"] > place["start"] and len(place["sha256"]) == 16 for place in places)
