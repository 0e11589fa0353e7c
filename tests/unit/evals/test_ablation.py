"""Each part can be taken out, and the table says what that did."""

from pathlib import Path

import numpy as np
import pytest

from embeddings.hashing import HashingEncoder
from evals.ablation import SHOWN, WHOLE, Ablated, Headerless, table, variants
from evals.compare import Change
from qa_service.answering.features import NAMES
from qa_service.answering.parts import Parts
from qa_service.domain.passages import UnitKind
from qa_service.retrieval.intents import Intent
from tests.unit.answering.weighing_cases import weighed, weighing

COSINE = {1: 0.9, 2: 0.5, 3: 0.4}
BM25 = {3: 8.0, 2: 7.9, 1: 0.0}


def without(part: str) -> Parts:
    (found,) = [each.parts for each in variants() if each.without.startswith(part)]
    return found


def order(parts: Parts) -> list[int]:
    return [id_ for id_, _ in parts.fuse(COSINE, BM25, 0.0)]


def test_the_whole_comes_first_and_each_part_is_missing_once() -> None:
    names = [each.without for each in variants()]
    assert names[0] == WHOLE
    assert len(names) == len(set(names)) == 11
    assert [each.headers for each in variants()].count(False) == 1
    assert [each.scoped for each in variants()].count(False) == 1


def test_without_a_leg_the_other_ranks_and_no_feature_of_it_counts() -> None:
    assert order(without("BM25")) == [1, 2, 3]
    assert order(without("dense")) == [3, 2, 1]
    for part, leg in (("BM25", "bm25"), ("dense", "cosine"), ("late", "words")):
        ranker = without(part).ranker
        sentences = ranker.sentences
        assert all(weight == 0.0 for name, weight in sentences.weights.items() if leg in name)
        assert any(sentences.weights.values())
        of_leg = np.array([leg in name for name in NAMES])
        assert not sentences.bends.into[of_leg].any()
        assert sentences.bends.into[~of_leg].any()


def test_without_the_second_reading_a_weighing_stays_as_it_is() -> None:
    given = weighing(
        "Why was the bridge closed?", ["The bridge was closed in June.", "It rained."], [1.0, 0.9]
    )
    for part in ("second reading", "ranker and second reading"):
        rerank = without(part).rerank
        assert rerank is not None
        assert rerank(given) is given


def test_reciprocal_ranks_see_no_distance() -> None:
    fuse = without("fusion").fuse
    far, near = fuse({1: 0.9, 2: 0.1}, {2: 1.0}, 0.0), fuse({1: 0.9, 2: 0.8}, {2: 9.0}, 0.0)
    assert far == near


def test_without_a_selector_one_sentence_answers() -> None:
    words = ["The bridge was mended in May.", "The bridge was closed in June."]
    units = weighed(words, [UnitKind.SENTENCE] * 2, [2.0, 1.9])
    assert len(without("selector").select(units, Intent.LIST, 5, "Which are these?")) == 1


def test_without_refusal_nothing_is_too_unsure() -> None:
    assert without("refusal").least == 0.0


def test_a_passage_is_encoded_without_its_header_and_not_taken_for_one_with_it(tmp_path: Path) -> None:
    encoder = HashingEncoder(64)
    with Headerless(encoder, tmp_path / "vectors.sqlite") as headerless:
        assert headerless.fingerprint != encoder.fingerprint
        bare, headed = headerless.encode_in_context(["It is wet.", "The bridge | May\nIt is wet."])
    assert np.array_equal(bare.vector, headed.vector)
    assert (headed.places[0] == [17, 19]).all()


@pytest.mark.parametrize(("p", "starred"), [(0.01, True), (0.2, False)])
def test_a_change_beyond_chance_is_starred(p: float, starred: bool) -> None:  # noqa: FBT001 - a case's outcome
    change = Change(SHOWN[0], "t", 9, 0.5, 0.2, None, None, p, None, None, lower_is_better=False)
    line = table([Ablated("own", "BM25", dict.fromkeys(SHOWN, 0.2), (change,))]).splitlines()[-1]
    assert ("0.200 *" in line) is starred
