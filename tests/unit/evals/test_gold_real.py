"""Questions on real papers: ours are the questions, and of the papers there are places and hashes alone."""

import hashlib
import io
import json
import re
import tarfile
from collections import Counter
from pathlib import Path

import pytest

from evals.errors import BadDataset
from evals.questions import question_from_row, row_of
from evals.real_papers import (
    LIMERICK_NAMES,
    LIMERICK_PAPERS,
    REAL_FOLDERS,
    REAL_GOLD,
    SEEDS_PAPERS,
    TAUGHT_GOLD,
    TAUGHT_NAMES,
    TAUGHT_PLACES,
    real_sets,
    taught_real,
)
from evals.targets import CONDITIONAL, MEETINGS, SEEDS
from evals.tiers import OWN, Tier, sets_of, unseen_councils
from tests.golden.conftest import CORPUS

FILES = sorted(REAL_GOLD.glob("*.jsonl"))
ROWS = [json.loads(line) for file in FILES for line in file.read_text(encoding="utf-8").splitlines()]
TAUGHT = {
    place: [
        json.loads(line) for line in (TAUGHT_GOLD / f"{place}.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    for place in TAUGHT_PLACES
}
_OF_A_PLACE = {"file", "page", "group", "start", "end", "words", "sha256"}
_RUN = 8  # words


def test_there_are_as_many_as_the_card_says() -> None:
    assert {file.stem for file in FILES} == {*REAL_FOLDERS, SEEDS_PAPERS, LIMERICK_PAPERS}
    assert Counter((row["split"], row["answerable"]) for row in ROWS) == {
        ("dev", True): 294,
        ("test", True): 226,
        ("dev", False): 62,
        ("test", False): 50,
    }
    assert len({row["qid"] for row in ROWS}) == len(ROWS)


def test_no_word_of_a_paper_is_among_them() -> None:
    known = {"qid", "kind", "question", "answerable", "split", "evidence", "unanswerable_kind", "parent"}
    assert {name for row in ROWS for name in row} == known
    places = [place for row in ROWS for place in row["evidence"]]
    assert {name for place in places for name in place} == _OF_A_PLACE


def test_each_is_read_and_written_back_as_the_same_question() -> None:
    for number, row in enumerate(ROWS, start=1):
        question = question_from_row("real.jsonl", number, row)
        assert question_from_row("real.jsonl", number, row_of(question)) == question


@pytest.mark.parametrize("missing", ["start", "end", "words", "sha256"])
def test_a_place_without_words_needs_all_that_stands_for_them(missing: str) -> None:
    row = next(row for row in ROWS if row["evidence"])
    place = {name: value for name, value in row["evidence"][0].items() if name != missing}
    with pytest.raises(BadDataset, match="a place needs its quote"):
        question_from_row("real.jsonl", 1, row | {"evidence": [place]})


@pytest.fixture(scope="module")
def papers() -> list[str]:
    """Return the words of the real papers that are texts as they lie; skips where they are absent."""
    if not CORPUS.is_dir():
        pytest.skip(f"the real papers are not here: {CORPUS}")
    return [path.read_text(encoding="utf-8") for path in sorted((CORPUS / "seeds").glob("*.txt"))]


def test_no_question_repeats_a_run_of_words_of_the_seeds(papers: list[str]) -> None:
    runs = {run for text in papers for run in _runs(text)}
    assert [row["qid"] for row in ROWS if runs & set(_runs(row["question"]))] == []


def test_they_are_asked_in_the_full_tier_alone() -> None:
    if not CORPUS.is_dir():
        pytest.skip(f"the real papers are not here: {CORPUS}")
    shared = CORPUS.parent
    names = {tier: {listed.name for listed in sets_of(tier, shared)} for tier in Tier}
    assert {"real", "real:seeds", "real:limerick"} <= names[Tier.FULL] - names[Tier.FAST]
    ours = {listed.name for listed in unseen_councils()}
    assert len(ours) == 5
    assert names[Tier.FAST] - names[Tier.CI] == {MEETINGS, f"{MEETINGS}:scoped"} | ours
    assert names[Tier.CI] == {OWN, SEEDS, CONDITIONAL}


def _runs(text: str) -> list[str]:
    words = re.findall(r"\w+", text.lower())
    return [" ".join(words[at : at + _RUN]) for at in range(len(words) - _RUN + 1)]


def test_every_named_paper_lies_in_its_folder() -> None:
    if not CORPUS.is_dir():
        pytest.skip(f"the real papers are not here: {CORPUS}")
    listed = {line.rsplit("/", 1)[1] for line in LIMERICK_NAMES.read_text(encoding="utf-8").splitlines()}
    for file in FILES:
        packed = file.stem == LIMERICK_PAPERS
        held = listed if packed else {path.name for path in (CORPUS / file.stem).iterdir()}
        rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
        assert {place["file"] for row in rows for place in row["evidence"]} <= held


def test_the_packed_papers_are_read_whole_and_one_that_is_missing_is_told(tmp_path: Path) -> None:
    names = LIMERICK_NAMES.read_text(encoding="utf-8").splitlines()
    for missing in (0, 1):
        corpus = tmp_path / str(missing)
        corpus.mkdir()
        with tarfile.open(corpus / "limerick.tar.gz", "w:gz") as packed:
            for name in [*names[missing:], "limerick/README.md"]:
                data = f"# Paper {name}\r\n".encode()
                member = tarfile.TarInfo(name)
                member.size = len(data)
                packed.addfile(member, io.BytesIO(data))
        (only,) = real_sets(corpus)
        if missing:
            with pytest.raises(BadDataset, match="1 papers named in limerick_papers"):
                only.read()
        else:
            sources = only.read().sources
            assert len(sources) == len(names)
            written = sources[0].written(tmp_path).read_bytes()
            assert hashlib.sha256(written).hexdigest() == sources[0].sha256


def test_what_is_fitted_on_is_not_what_is_judged() -> None:
    taught = [row for rows in TAUGHT.values() for row in rows]
    assert Counter((place, row["answerable"]) for place, rows in TAUGHT.items() for row in rows) == {
        ("kent", True): 593,
        ("kent", False): 101,
        ("limerick", True): 630,
        ("limerick", False): 120,
    }
    assert not {row["question"].lower() for row in taught} & {row["question"].lower() for row in ROWS}
    assert not {row["qid"] for row in taught} & {row["qid"] for row in ROWS}
    judged, fitted_on = (
        set(names.read_text(encoding="utf-8").splitlines()) for names in (LIMERICK_NAMES, TAUGHT_NAMES)
    )
    assert len(fitted_on) == 120
    assert not {name.rsplit("/", 1)[0] for name in judged} & {name.rsplit("/", 1)[0] for name in fitted_on}


def test_no_word_of_a_paper_is_among_what_is_fitted_on() -> None:
    rows = [row for of in TAUGHT.values() for row in of]
    kept = {"qid", "kind", "question", "answerable", "split", "cluster", "evidence", "unanswerable_kind"}
    assert {name for row in rows for name in row} == kept
    assert {name for row in rows for place in row["evidence"] for name in place} == _OF_A_PLACE
    if not CORPUS.is_dir():
        pytest.skip(f"the real papers are not here: {CORPUS}")
    of_place = dict(zip(TAUGHT_PLACES, taught_real(CORPUS), strict=True))
    runs = {run for source in of_place["limerick"].sources if source.text for run in _runs(source.text)}
    assert runs
    assert [row["qid"] for row in TAUGHT["limerick"] if runs & set(_runs(row["question"]))] == []
    for place, gold in of_place.items():
        held = {source.file_name for source in gold.sources}
        assert {one["file"] for row in TAUGHT[place] for one in row["evidence"]} <= held
        assert len(gold.questions) == len(TAUGHT[place])
