"""What the exports share: each runs in a process of its own, and writes its folder whole or not at all."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from embeddings.errors import BadWeights
from embeddings.files import file_sha256, fsync

if TYPE_CHECKING:
    import onnx

_MANIFEST = "manifest.json"
_DELETE = "delete the folder, it is exported again"


def run_apart(module: str, *arguments: str) -> str | None:
    """Run a module of this package as a process; return None, or the last line of what it complains of."""
    # The child must find this very package, installed or not, whatever lies where the service was started.
    command = [sys.executable, "-P", "-m", module, *arguments]
    paths = [str(Path(__file__).parent.parent), os.environ.get("PYTHONPATH", "")]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, paths)), "HF_HUB_OFFLINE": "1"}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)  # noqa: S603
    if not done.returncode:
        return None
    return done.stderr.strip().splitlines()[-1] if done.stderr.strip() else "no message"


@contextmanager
def working_folder(folder: Path) -> Iterator[Path]:
    """Yield an empty folder beside the one to be made; it is gone at the end, whatever happened."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".tmp-export-") as temporary:
        yield Path(temporary)


def in_int8(graph: "onnx.ModelProto", folder: Path, *, reduced: bool = False) -> Path:
    """Write the graph with its weights in int8; return the file.

    `reduced`: weights of seven bits. A processor without VNNI adds two products of eight bits in sixteen,
    which overflow: the same file says other things there (ONNX Runtime's documentation of quantisation).
    """
    from onnxruntime.quantization import QuantType, quantize_dynamic  # noqa: PLC0415 - only exports need it

    path = folder / "model.int8.onnx"
    # Per channel always: per tensor costs .04 of cosine (shared/design/performance.md, section 1).
    quantize_dynamic(graph, str(path), per_channel=True, weight_type=QuantType.QInt8, reduce_range=reduced)
    return path


def with_manifest(weights: Path, facts: Mapping[str, str]) -> Path:
    """Move a file of weights into a folder beside it, with a manifest of these facts; return that folder."""
    made = weights.parent / "made"
    made.mkdir()
    manifest = {"file": weights.name, "sha256": file_sha256(weights), **facts}
    weights.rename(made / weights.name)
    (made / _MANIFEST).write_text(json.dumps(manifest, indent=1), encoding="utf-8")
    return made


def settle(made: Path, folder: Path) -> None:
    """Let a finished folder take the place of `folder`, durably."""
    if folder.exists():
        shutil.rmtree(folder)
    for path in (*made.iterdir(), made):
        fsync(path)
    made.rename(folder)


def is_exported(folder: Path) -> bool:
    """Return whether an export was finished here."""
    return (folder / _MANIFEST).is_file()


def exported_weights(folder: Path, *names: str) -> tuple[Path, dict[str, str]]:
    """Return the exported file, checked by its SHA-256, and what the manifest says under these names.

    Raises BadWeights.
    """
    try:
        facts = json.loads((folder / _MANIFEST).read_text(encoding="utf-8"))
        told = {name: str(facts[name]) for name in ("file", "sha256", *names)}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BadWeights(folder, f"has no readable {_MANIFEST}; {_DELETE}") from error
    weights = folder / told["file"]
    if not weights.is_file() or file_sha256(weights) != told["sha256"]:
        raise BadWeights(weights, f"fails its SHA-256; {_DELETE}")
    return weights, told
