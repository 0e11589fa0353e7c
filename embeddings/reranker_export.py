"""Writes the cross-encoder as it is served: the packaged weights with our adapter added, in int8 again.

Run as a process of its own (`python -m embeddings.reranker_export FOLDER`): what writes graphs and takes
300 MB stays out of the service.
"""

import sys
import warnings
from pathlib import Path

import numpy as np

from embeddings.adapter import ADAPTER, CARD, adapted, load_adapter, load_probes
from embeddings.errors import BadWeights, ExportFailed
from embeddings.exporting import exported_weights, in_int8, run_apart, settle, with_manifest, working_folder
from embeddings.files import file_sha256
from embeddings.models import CrossEncoderFiles, find_cross_encoder
from embeddings.onnx_cross_encoder import OnnxCrossEncoder

# Of ms-marco-MiniLM-L-12-v2, whose weights say nothing of either.
_HEADS, _EPSILON = 12, 1e-12
# Mean difference to the outputs of the fp32 model, in points of raw output, above which an export is refused.
# Of 200 real pairs it is .33 with weights of eight bits and .34 with seven; of the eight probes .28 and .52.
# Another adapter's outputs are points away.
_MOST_OFF = 0.75
_WITHOUT = "QA_RERANKER=none serves without it"


def export_cross_encoder(folder: Path) -> None:
    """Write `folder` with the adapted weights and a manifest, whole or not at all. A child process takes 5 s.

    Raises BadWeights for what is packaged, ExportFailed.
    """
    find_cross_encoder()  # raises here what would be the child's last words
    if complaint := run_apart("embeddings.reranker_export", str(folder)):
        raise ExportFailed(complaint, _WITHOUT)


def adapter_sha256() -> str:
    """Return the SHA-256 of the adapter that ships."""
    return file_sha256(ADAPTER)


def open_cross_encoder(folder: Path) -> OnnxCrossEncoder:
    """Return the cross-encoder exported here. Raises BadWeights."""
    weights, facts = exported_weights(folder, "adapter_sha256")
    if facts["adapter_sha256"] != adapter_sha256():
        raise BadWeights(folder, "exported with another adapter; delete the folder, it is exported again")
    return OnnxCrossEncoder(CrossEncoderFiles(weights, find_cross_encoder().tokenizer))


def _export_here(folder: Path) -> None:
    from embeddings.bert_graph import classifier_graph  # noqa: PLC0415 - only this process needs onnx
    from embeddings.quantised_weights import read_weights  # noqa: PLC0415

    files = find_cross_encoder()
    weights = adapted(read_weights(files.weights), load_adapter(ADAPTER))
    with working_folder(folder) as working:
        file = in_int8(classifier_graph(weights, _HEADS, _EPSILON), working, reduced=True)
        made = with_manifest(file, {"adapter_sha256": adapter_sha256()})
        _check(open_cross_encoder(made))
        settle(made, folder)


def _check(exported: OnnxCrossEncoder) -> None:
    """Raise ExportFailed where the export says other things of the probes than the fp32 model."""
    off = [
        abs(float(exported.scores(question, [text])[0]) - told) for question, text, told in load_probes(CARD)
    ]
    if not np.mean(off) < _MOST_OFF:
        raise ExportFailed(f"outputs are {np.mean(off):.2f} off on average", _WITHOUT)


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    try:
        _export_here(Path(sys.argv[1]))
    except ExportFailed as error:
        sys.exit(error.why)
    except (BadWeights, KeyError, ValueError, RuntimeError, OSError) as error:
        sys.exit(f"{type(error).__name__}: {error}")
