"""The original bytes of every paper, by SHA-256: for download, page pictures and reading again."""

import hashlib
import os
import secrets
from collections.abc import Iterable
from pathlib import Path

from qa_service.errors import NotFound, SourceTooLarge

BLOBS_FOLDER = "blobs"
_STAGING_FOLDER = "staging"
_CHUNK = 1 << 20


def blob_path(data_dir: Path, sha256: str) -> Path:
    """Return where the bytes lie. Raises NotFound if they are not kept."""
    path = data_dir / BLOBS_FOLDER / sha256
    if not path.is_file():
        raise NotFound("original file", sha256[:12])
    return path


def keep_file(data_dir: Path, path: Path) -> str:
    """Keep a copy of a file's bytes; return their SHA-256."""
    with path.open("rb") as file:
        return keep_stream(data_dir, iter(lambda: file.read(_CHUNK), b""), path.name, None)


def keep_stream(data_dir: Path, chunks: Iterable[bytes], name: str, limit: int | None) -> str:
    """Keep the bytes that come, durable when this returns; return their SHA-256.

    They are written aside and renamed, so that a crash leaves a stray part and never half a file. Raises
    SourceTooLarge beyond `limit` bytes.
    """
    blobs, staging = data_dir / BLOBS_FOLDER, data_dir / _STAGING_FOLDER
    for folder in (blobs, staging):
        folder.mkdir(parents=True, exist_ok=True)
    part = staging / f"{secrets.token_hex(8)}.part"
    digest, size = hashlib.sha256(), 0
    try:
        with part.open("wb") as file:
            for chunk in chunks:
                size += len(chunk)
                if limit is not None and size > limit:
                    raise SourceTooLarge(name, "bytes", limit)
                digest.update(chunk)
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
        final = blobs / digest.hexdigest()
        part.replace(final)
    finally:
        part.unlink(missing_ok=True)
    descriptor = os.open(blobs, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    return final.name


def discard_strays(data_dir: Path, wanted: frozenset[str]) -> int:
    """Delete what a crash or a removal left: staged parts, and bytes that no paper has; return how many."""
    strays = [*(data_dir / _STAGING_FOLDER).glob("*.part")]
    strays += [path for path in (data_dir / BLOBS_FOLDER).glob("*") if path.name not in wanted]
    for path in strays:
        path.unlink()
    return len(strays)
