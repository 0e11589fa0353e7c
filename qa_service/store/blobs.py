"""The original bytes of every paper, by SHA-256: for download, page pictures and reading again."""

import hashlib
import os
import secrets
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from embeddings.files import file_sha256, fsync
from qa_service.errors import NotFound, SourceTooLarge, UnreadableSource
from qa_service.store.disk import disk_errors

BLOBS_FOLDER = "blobs"
STAGING_FOLDER = "staging"
_CHUNK = 1 << 20
# Younger ones may belong to an upload that is being kept just now and is not queued yet.
_STRAY_AFTER_SECONDS = 3600


def blob_path(data_dir: Path, sha256: str) -> Path:
    """Return where the bytes lie. Raises NotFound if they are not kept."""
    path = data_dir / BLOBS_FOLDER / sha256
    if not path.is_file():
        raise NotFound("original file", sha256[:12])
    return path


def keep_file(data_dir: Path, path: Path, name: str) -> str:
    """Keep a copy of a file's bytes; return their SHA-256. Raises UnreadableSource, StoreError."""
    return keep_stream(data_dir, _chunks(path, name), name, None)


def keep_stream(data_dir: Path, chunks: Iterable[bytes], name: str, limit: int | None) -> str:
    """Keep the bytes that come, durable when this returns; return their SHA-256.

    They are written aside and renamed, so that a crash leaves a stray part and never half a file. Raises
    SourceTooLarge beyond `limit` bytes, StoreError where the disk refuses them.
    """
    blobs, staging = data_dir / BLOBS_FOLDER, data_dir / STAGING_FOLDER
    with disk_errors(data_dir):
        for folder in (blobs, staging):
            if not folder.exists():
                folder.mkdir(parents=True, exist_ok=True)
                fsync(data_dir)
        part = staging / f"{secrets.token_hex(8)}.part"
        try:
            sha256 = _write(part, chunks, name, limit)
            part.replace(blobs / sha256)
        finally:
            part.unlink(missing_ok=True)
        fsync(blobs)
    return sha256


def _write(part: Path, chunks: Iterable[bytes], name: str, limit: int | None) -> str:
    digest, size = hashlib.sha256(), 0
    with part.open("wb") as file:
        for chunk in chunks:
            size += len(chunk)
            if limit is not None and size > limit:
                raise SourceTooLarge(name, "bytes", limit)
            digest.update(chunk)
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
    return digest.hexdigest()


def source_sha256(path: Path, name: str) -> str:
    """Return the SHA-256 of a file that somebody else owns. Raises UnreadableSource."""
    digest = hashlib.sha256()
    for chunk in _chunks(path, name):
        digest.update(chunk)
    return digest.hexdigest()


def _chunks(path: Path, name: str) -> Iterator[bytes]:
    try:
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                yield chunk
    except OSError as error:
        raise UnreadableSource(name, error.strerror or "I/O error") from error


def discard_strays(data_dir: Path, wanted: frozenset[str]) -> int:
    """Delete what a crash or a removal left: staged parts, and bytes that no paper has; return how many.

    What is less than an hour old stays.
    """
    oldest = time.time() - _STRAY_AFTER_SECONDS
    strays = [*(data_dir / STAGING_FOLDER).glob("*.part")]
    strays += [path for path in (data_dir / BLOBS_FOLDER).glob("*") if path.name not in wanted]
    gone = [path for path in strays if path.stat().st_mtime < oldest]
    for path in gone:
        path.unlink()
    return len(gone)


def damaged_originals(data_dir: Path) -> list[str]:
    """Return the names of kept files whose bytes no longer have the SHA-256 that names them."""
    originals = sorted((data_dir / BLOBS_FOLDER).glob("*"))
    return [path.name for path in originals if file_sha256(path) != path.name]
