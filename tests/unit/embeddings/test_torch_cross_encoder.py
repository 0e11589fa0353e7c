"""A real cross-encoder, though a tiny one: what it scores, and which folders are refused."""

import json
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from safetensors.numpy import load_file, save_file

from embeddings.errors import BadWeights
from embeddings.torch_cross_encoder import TorchCrossEncoder
from tests.factories import write_cross_encoder

QUESTION = "What was resolved on the bridge at Ebbfold?"
TEXTS = [
    "RESOLVED: that the report on the bridge at Ebbfold be noted.",
    "Apologies were received from two members.",
    "The bridge had been closed to lorries since the autumn.",
    "Parking charges rise to £1.20 an hour.",
    "The next meeting is in June.",
    "Members asked how long the works would last and what they would cost.",
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_cross_encoder(tmp_path_factory.mktemp("whole"))


@pytest.fixture(scope="module")
def model(folder: Path) -> TorchCrossEncoder:
    return TorchCrossEncoder(folder)


@pytest.fixture
def broken(folder: Path, tmp_path: Path) -> Path:
    """Return a copy of the model for a test to spoil."""
    return Path(shutil.copytree(folder, tmp_path / "broken"))


def test_texts_are_put_in_the_order_of_the_library_itself(model: TorchCrossEncoder, folder: Path) -> None:
    from sentence_transformers import CrossEncoder as Library  # noqa: PLC0415

    library = Library(str(folder), device="cpu", local_files_only=True)
    direct = library.predict([(QUESTION, text) for text in TEXTS], show_progress_bar=False)
    scores = model.scores(QUESTION, TEXTS)
    assert scores.shape == (len(TEXTS),)
    assert scores.dtype == np.float32
    assert len(set(scores.tolist())) == len(TEXTS)
    assert np.argsort(-scores).tolist() == np.argsort(-direct).tolist() != list(range(len(TEXTS)))


def test_no_text_has_no_score(model: TorchCrossEncoder) -> None:
    scores = model.scores(QUESTION, [])
    assert scores.shape == (0,)
    assert scores.dtype == np.float32


def test_texts_that_fit_very_well_are_still_told_apart(tmp_path: Path) -> None:
    scores = TorchCrossEncoder(write_cross_encoder(tmp_path, bias=40.0)).scores(QUESTION, TEXTS)
    assert len(set(scores.tolist())) == len(TEXTS)


def test_equal_texts_have_equal_scores_whatever_they_are_read_with(model: TorchCrossEncoder) -> None:
    company = [f"{text} {text} {number}" for number in range(3) for text in TEXTS]
    for size in range(1, len(company)):
        first, *_, last = model.scores(QUESTION, [TEXTS[0], *company[:size], TEXTS[0]])
        assert first == last


def test_of_a_text_beyond_the_limit_the_beginning_is_read(model: TorchCrossEncoder) -> None:
    long = "The bridge had been closed to lorries. " * 200
    first, second, other = model.scores(QUESTION, [f"{long} Yes.", f"{long} No.", f"No. {long}"])
    # Read in one batch, equal rows may differ in their last digit.
    assert first == pytest.approx(second, abs=1e-6)
    assert other != pytest.approx(first, abs=1e-5)


def test_several_questions_at_once_are_scored_as_one_by_one(folder: Path) -> None:
    model = TorchCrossEncoder(folder)
    questions = [f"What was said of road {number}?" for number in range(24)]
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda question: model.scores(question, TEXTS), questions))
    for question, scores in zip(questions, found, strict=True):
        assert np.allclose(scores, model.scores(question, TEXTS), atol=1e-5)


def test_opening_prints_nothing(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    TorchCrossEncoder(folder).scores(QUESTION, TEXTS)
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("name", ["config.json", "tokenizer.json", "model.safetensors"])
def test_missing_files_are_named(broken: Path, name: str) -> None:
    (broken / name).unlink()
    with pytest.raises(BadWeights, match=rf"broken: {name} missing; set QA_RERANKER to a folder"):
        TorchCrossEncoder(broken)


@pytest.mark.parametrize("name", ["nowhere", "file"])
def test_what_is_no_folder_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(BadWeights, match=rf"{name}: config\.json.* missing; set QA_RERANKER"):
        TorchCrossEncoder(tmp_path / name)


def test_a_model_of_two_outputs_is_refused(tmp_path: Path) -> None:
    write_cross_encoder(tmp_path, outputs=2)
    with pytest.raises(BadWeights, match="has 2 outputs and not one; set QA_RERANKER"):
        TorchCrossEncoder(tmp_path)


@pytest.mark.parametrize("name", ["config.json", "tokenizer.json", "model.safetensors"])
def test_damaged_files_are_refused(broken: Path, name: str) -> None:
    (broken / name).write_bytes((broken / name).read_bytes()[:300])
    with pytest.raises(BadWeights, match=r"cannot be loaded \(.+\); set QA_RERANKER"):
        TorchCrossEncoder(broken)


@pytest.mark.parametrize("values", [{"hidden_size": 64}, {"hidden_act": "unheard of"}])
def test_a_configuration_that_does_not_fit_is_refused(broken: Path, values: dict[str, object]) -> None:
    _configured(broken, **values)
    with pytest.raises(BadWeights, match=r"cannot be loaded \(.+\); set QA_RERANKER"):
        TorchCrossEncoder(broken)


def test_weights_that_are_not_there_are_not_drawn_by_chance(broken: Path) -> None:
    weights = load_file(broken / "model.safetensors")
    del weights["classifier.weight"]
    save_file(weights, broken / "model.safetensors", {"format": "pt"})
    with pytest.raises(BadWeights, match=r"model\.safetensors lacks classifier\.weight; set QA_RERANKER"):
        TorchCrossEncoder(broken)


def test_weights_that_give_no_numbers_are_refused(tmp_path: Path) -> None:
    write_cross_encoder(tmp_path, weight=float("nan"))
    with pytest.raises(BadWeights, match="scores that are no numbers; set QA_RERANKER"):
        TorchCrossEncoder(tmp_path)


def test_a_limit_beyond_the_models_own_is_found_at_opening_and_not_at_a_question(tmp_path: Path) -> None:
    from transformers import RobertaConfig, RobertaForSequenceClassification  # noqa: PLC0415

    write_cross_encoder(tmp_path)
    (tmp_path / "tokenizer_config.json").unlink()  # it names the limit
    sizes = {"hidden_size": 32, "num_hidden_layers": 1, "num_attention_heads": 4, "intermediate_size": 64}
    # This kind of model keeps two of its positions to itself, which the library does not know.
    limits = {"vocab_size": 30522, "type_vocab_size": 2, "max_position_embeddings": 64, "num_labels": 1}
    settings: dict[str, Any] = sizes | limits
    RobertaForSequenceClassification(RobertaConfig(**settings)).save_pretrained(tmp_path)
    with pytest.raises(BadWeights, match=r"index 64 is out of bounds.+; set QA_RERANKER"):
        TorchCrossEncoder(tmp_path)


def test_code_that_lies_in_the_folder_is_not_run(broken: Path) -> None:
    _configured(broken, model_type="own", auto_map={"AutoConfig": "own.Own"})
    (broken / "own.py").write_text(f"import pathlib\npathlib.Path({str(broken / 'ran')!r}).touch()\n")
    with pytest.raises(BadWeights, match=r"cannot be loaded .+; set QA_RERANKER"):
        TorchCrossEncoder(broken)
    assert not (broken / "ran").exists()


def _configured(folder: Path, **values: object) -> None:
    path = folder / "config.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | values))
