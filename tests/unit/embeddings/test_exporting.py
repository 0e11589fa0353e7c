"""What both exports share: a process of its own, a folder whole or not there, a manifest that holds."""

import json
from collections.abc import Mapping
from pathlib import Path

import onnx
import pytest
from onnx import numpy_helper

import embeddings
from embeddings.bert_graph import classifier_graph
from embeddings.errors import BadWeights
from embeddings.exporting import (
    exported_weights,
    in_int8,
    is_exported,
    run_apart,
    settle,
    with_manifest,
    working_folder,
)
from tests.unit.embeddings.tiny_bert import EPSILON, HEADS, LAYERS, WIDTH, drawn_weights


@pytest.fixture
def made(tmp_path: Path) -> Path:
    """Return a finished folder of weights that were never a model."""
    return export(tmp_path / "models" / "int8", b"weights", {"of": "ours"})


def export(folder: Path, content: bytes, facts: Mapping[str, str], *, settled: bool = True) -> Path:
    with working_folder(folder) as working:
        (working / "model.onnx").write_bytes(content)
        made = with_manifest(working / "model.onnx", facts)
        if not settled:
            raise OSError
        settle(made, folder)
    return folder


def test_a_finished_export_gives_its_file_and_what_is_asked_of_its_manifest(made: Path) -> None:
    assert is_exported(made)
    weights, facts = exported_weights(made, "of")
    assert (weights.parent, weights.read_bytes(), facts["of"]) == (made, b"weights", "ours")
    assert [each.name for each in made.parent.iterdir()] == ["int8"]


def test_an_export_takes_the_place_of_an_older_one(made: Path) -> None:
    (made / "of-old.onnx").touch()
    export(made, b"others", {"of": "others"})
    weights, facts = exported_weights(made, "of")
    assert (weights.read_bytes(), facts["of"]) == (b"others", "others")
    assert {each.name for each in made.iterdir()} == {"model.onnx", "manifest.json"}


def test_an_export_that_fails_leaves_nothing_behind_and_the_older_one_as_it_was(made: Path) -> None:
    for folder in (made, made.with_name("new")):
        with pytest.raises(OSError):
            export(folder, b"x", {"of": "others"}, settled=False)
    assert [each.name for each in made.parent.iterdir()] == ["int8"]
    assert exported_weights(made, "of")[1]["of"] == "ours"


@pytest.mark.parametrize("change", [b"weighty", b"weight", b"weights and more", None])
def test_weights_that_were_changed_after_the_export_are_refused(made: Path, change: bytes | None) -> None:
    weights, _ = exported_weights(made)
    weights.unlink() if change is None else weights.write_bytes(change)
    with pytest.raises(BadWeights, match=r"int8/model\.onnx: fails its SHA-256; delete the folder, it is"):
        exported_weights(made)


@pytest.mark.parametrize("manifest", [None, "", "no JSON", "[]", "null", '{"file": "model.onnx"}'])
def test_a_folder_without_a_readable_manifest_is_refused(made: Path, manifest: str | None) -> None:
    path = made / "manifest.json"
    path.unlink() if manifest is None else path.write_text(manifest)
    assert is_exported(made) is (manifest is not None)
    with pytest.raises(BadWeights, match=r"int8: has no readable manifest\.json; delete the folder, it is"):
        exported_weights(made)


def test_a_manifest_that_says_nothing_of_what_is_asked_is_refused(made: Path) -> None:
    with pytest.raises(BadWeights, match=r"no readable manifest\.json"):
        exported_weights(made, "precision")


def test_weights_are_written_in_int8_with_a_scale_for_each_output(tmp_path: Path) -> None:
    weights = drawn_weights(words=30)
    path = in_int8(classifier_graph(weights, HEADS, EPSILON), tmp_path)
    held = {each.name: numpy_helper.to_array(each) for each in onnx.load(path).graph.initializer}
    matrices = [name for name in held if name.endswith(".turned_quantized")]
    assert len(matrices) == 6 * LAYERS + 2
    assert {held[name].dtype.name for name in matrices} == {"int8"}
    assert held["encoder.layer.1.output.dense.turned_scale"].shape == (WIDTH,)
    assert len(set(held["encoder.layer.1.output.dense.turned_scale"].tolist())) > 1


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("", None),
        ("import sys; print('aside'); sys.exit('first\\nlast: of all\\n')", "last: of all"),
        ("raise KeyError('pooler')", "KeyError: 'pooler'"),
        ("import os; os._exit(9)", "no message"),
    ],
    ids=["done", "complaining", "raising", "dying"],
)
def test_what_runs_apart_says_its_last_word(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: str, told: str | None
) -> None:
    (tmp_path / "child_of_ours.py").write_text(code)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    assert run_apart("child_of_ours") == told


def test_what_runs_apart_is_this_package_told_to_stay_offline(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "embeddings").mkdir()
    (tmp_path / "embeddings" / "__init__.py").touch()
    (tmp_path / "child_of_ours.py").write_text(
        "import json, os, sys, embeddings\n"
        "hub = os.environ['HF_HUB_OFFLINE']\n"
        "sys.exit(json.dumps({'package': embeddings.__file__, 'hub': hub, 'told': sys.argv[1:]}))"
    )
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    found = json.loads(run_apart("child_of_ours", "a folder", "int8") or "{}")
    assert found == {"package": embeddings.__file__, "hub": "1", "told": ["a folder", "int8"]}
