"""Exports a model to the serving runtime, quantises it and checks it once against the encoder of record.

Run as a process of its own (`python -m embeddings.optimise MODEL FOLDER PRECISION`), so that the service
never loads torch.
"""

import sys
import warnings
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from embeddings.encoder import Vectors, normalised
from embeddings.errors import ExportFailed
from embeddings.exporting import in_int8, run_apart, settle, with_manifest, working_folder
from embeddings.models import ModelFiles, find_model
from embeddings.onnx_encoder import OnnxEncoder
from embeddings.probes import PROBES, recorded_vectors
from embeddings.tokens import load_tokenizer

if TYPE_CHECKING:
    import onnx

PRECISIONS = ("int8", "fp32")
# Mean cosine to the reference on the probes below which an export is refused. Measured: int8 per channel
# .994, fp32 1.0, int8 per tensor .952 (shared/design/performance.md, section 1).
_LEAST_COSINE = {"int8": 0.985, "fp32": 0.9999}


def export(model: ModelFiles, folder: Path, precision: str) -> None:
    """Write `folder` with the exported weights and a manifest, whole or not at all.

    Runs a child process (3 CPU-seconds for the pinned weights, 10 where it needs torch, which must not be
    loaded here). Raises ExportFailed.
    """
    if complaint := run_apart("embeddings.optimise", model.name, str(folder), precision):
        raise ExportFailed(complaint)


def _export_here(model: ModelFiles, folder: Path, precision: str) -> None:
    with working_folder(folder) as working:
        graph, reference = _graph(model, working)
        weights = _written(graph, working, precision)
        facts = {"source": model.name, "source_sha256": model.sha256, "precision": precision}
        made = with_manifest(weights, facts)
        _check(OnnxEncoder(made, model).encode_passages(PROBES), reference, precision)
        settle(made, folder)


def _graph(model: ModelFiles, working: Path) -> "tuple[onnx.ModelProto, Vectors]":
    """Return the fp32 graph, and what the encoder of record makes of the probes."""
    import onnx  # noqa: PLC0415 - only this process needs it

    from embeddings.bert_graph import bert_graph, is_plain_bert  # noqa: PLC0415

    config = model.directory / "config.json"
    recorded = recorded_vectors(model.sha256)
    if recorded is not None and is_plain_bert(config):
        return bert_graph(config, model.directory / "model.safetensors"), recorded
    traced = working / "traced.onnx"
    reference = _traced(model, traced)
    return onnx.load(traced), reference


def _traced(model: ModelFiles, path: Path) -> Vectors:
    """Let torch write the fp32 graph to `path`; return what it makes of the probes, pooled as MiniLM is.

    A test marked `model` holds these to sentence-transformers' own vectors; importing that package here
    would cost first start another 5 s.
    """
    import torch  # noqa: PLC0415 - only this process pays for torch
    from transformers import AutoModel  # noqa: PLC0415

    # The eager attention is the one that the exporter can trace with free lengths.
    bert = AutoModel.from_pretrained(model.directory, attn_implementation="eager")

    class LastHiddenState(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.bert = bert

        def forward(self, ids: torch.Tensor, mask: torch.Tensor, types: torch.Tensor) -> torch.Tensor:
            hidden: torch.Tensor = self.bert(input_ids=ids, attention_mask=mask, token_type_ids=types)[0]
            return hidden

    hidden_state = LastHiddenState().eval()
    names = ["input_ids", "attention_mask", "token_type_ids"]
    example = torch.ones(2, 8, dtype=torch.long)
    # The older exporter: 2 s against 7, and torch is pinned, so that its going is no surprise.
    torch.onnx.export(
        hidden_state,
        (example, example, torch.zeros_like(example)),
        str(path),
        input_names=names,
        output_names=["last_hidden_state"],
        dynamic_axes={name: {0: "texts", 1: "tokens"} for name in [*names, "last_hidden_state"]},
        opset_version=17,
        dynamo=False,
    )
    tokenizer = load_tokenizer(model.tokenizer)
    rows = []
    for probe in PROBES:
        ids = torch.tensor([tokenizer.encode(probe).ids])
        with torch.inference_mode():
            rows.append(hidden_state(ids, torch.ones_like(ids), torch.zeros_like(ids))[0].mean(dim=0).numpy())
    return normalised(np.stack(rows))


def _written(graph: "onnx.ModelProto", folder: Path, precision: str) -> Path:
    import onnx  # noqa: PLC0415

    if precision == "int8":
        return in_int8(graph, folder)
    path = folder / "model.onnx"
    onnx.save(graph, path)
    return path


def _check(exported: Vectors, reference: Vectors, precision: str) -> None:
    cosine = float(np.mean(np.sum(reference * exported, axis=1)))
    if not cosine >= _LEAST_COSINE[precision]:  # nor is what is no number
        raise ExportFailed(f"{precision} vectors have mean cosine {cosine:.4f} to the reference")


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    try:
        _export_here(find_model(sys.argv[1]), Path(sys.argv[2]), sys.argv[3])
    except ExportFailed as error:
        sys.exit(error.why)
    except (RuntimeError, OSError) as error:
        sys.exit(f"{type(error).__name__}: {error}")
