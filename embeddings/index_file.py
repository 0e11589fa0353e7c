"""Writes an index beside its manifest, and loads only what the manifest vouches for."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from embeddings.encoder import Vectors
from embeddings.errors import BadIndexFile
from embeddings.files import file_sha256, fsync
from embeddings.vector_index import VectorIndex

_FORMAT = 1
_VECTORS, _IDS, _MANIFEST = "vectors.faiss", "ids.npy", "manifest.json"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What an index directory holds: file names (relative) with their SHA-256, and who made the vectors."""

    fingerprint: str
    dim: int
    count: int
    files: dict[str, str]
    format: int = _FORMAT


def write_index(folder: Path, ids: NDArray[np.int64], vectors: Vectors) -> None:
    """Write the vectors' files into an existing folder. `seal` then writes the manifest over all files."""
    VectorIndex.build(ids, vectors).write(folder / _VECTORS)
    np.save(folder / _IDS, ids, allow_pickle=False)


def seal(folder: Path, fingerprint: str, dim: int, count: int) -> str:
    """Hash and fsync every file of the folder, write its manifest, fsync; return the manifest's SHA-256."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    manifest = Manifest(
        fingerprint, dim, count, {str(path.relative_to(folder)): file_sha256(path) for path in files}
    )
    path = folder / _MANIFEST
    path.write_text(json.dumps(asdict(manifest), indent=1, sort_keys=True), encoding="utf-8")
    for file in (*files, path, *{file.parent for file in files}, folder):
        fsync(file)
    return file_sha256(path)


def read_manifest(folder: Path, sha256: str) -> Manifest:
    """Return the manifest after checking it and every file against their SHA-256. Raises BadIndexFile."""
    path = folder / _MANIFEST
    if not path.is_file():
        raise BadIndexFile(folder, "has no manifest")
    if file_sha256(path) != sha256:
        raise BadIndexFile(path, "is not the manifest that was published")
    facts = json.loads(path.read_text(encoding="utf-8"))
    if facts["format"] != _FORMAT:
        raise BadIndexFile(path, f"has format {facts['format']}, this version reads {_FORMAT}")
    manifest = Manifest(**facts)
    for name, digest in manifest.files.items():
        file = folder / name
        if not file.is_file():
            raise BadIndexFile(file, "is missing")
        if file_sha256(file) != digest:
            raise BadIndexFile(file, "fails its SHA-256")
    return manifest


def read_index(folder: Path) -> VectorIndex:
    """Return the vectors of a folder whose manifest has been read. Raises BadIndexFile."""
    return VectorIndex.read(folder / _VECTORS, np.load(folder / _IDS, allow_pickle=False))
