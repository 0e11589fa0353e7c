"""Builds a generation of one access level whole, verifies it, and switches to it by one commit.

Steps 5 to 8 of shared/design/reliability.md, section 3. Before the commit nothing of a new generation can be
seen; after it nothing can be lost: its files were made durable first, and they are only caches of rows.
"""

import logging
import shutil
from pathlib import Path

from embeddings.errors import BadIndexFile
from embeddings.files import fsync
from embeddings.index_file import read_index, read_manifest, seal, write_index
from qa_service.domain.access import Access
from qa_service.errors import IntegrityFailure, StorageFull
from qa_service.store.columns import Columns
from qa_service.store.database import Connection
from qa_service.store.documents import PARSER_VERSION
from qa_service.store.generations import (
    Generation,
    current_generation,
    current_number,
    generation_folder,
    switch,
)
from qa_service.store.lexical_index import LEXICAL_FOLDER, LexicalIndex
from qa_service.store.passages import IndexedPassage, passages_to_index
from qa_service.store.vectors import vectors_to_index

log = logging.getLogger(__name__)

_SELF_QUERIES = 20
# Kept: the current generation and the one before it, which running requests may still read.
_KEPT = 2
# Files, their hashes' reads and SQLite's write-ahead log may all be on the disk at once.
_FREE_SPACE_FACTOR = 3


def publish(writer: Connection, data_dir: Path, access: Access, fingerprint: str, dim: int) -> Generation:
    """Return the generation now in force: all rows written for the next number, visible from this commit on.

    Raises StorageFull before anything is written, IntegrityFailure if the files do not say what the rows say.
    """
    number = current_number(writer, access) + 1
    folder = generation_folder(data_dir, access, number)
    building = folder.with_name(f".tmp-{number}")
    for leftover in (building, folder):
        if leftover.exists():
            shutil.rmtree(leftover)
    building.mkdir(parents=True)
    passages = list(passages_to_index(writer, access, number))
    vectors = _build(writer, building, access, number, passages)
    manifest_sha256 = seal(building, fingerprint, dim, vectors)
    building.rename(folder)
    fsync(folder.parent)
    _verify(writer, folder, manifest_sha256, access, number)
    generation = Generation(
        access,
        number,
        manifest_sha256,
        _count_documents(writer, access, number),
        len(passages),
        vectors,
        fingerprint,
        PARSER_VERSION,
    )
    with writer.transaction():
        switch(writer, generation)
    log.info("published", extra={"access": access.value, "generation": number, "passages": len(passages)})
    discard_old(data_dir, access, number)
    return generation


def require_space(data_dir: Path, growth: int) -> None:
    """Raise StorageFull unless there is room for three times the expected growth in bytes."""
    needed = _FREE_SPACE_FACTOR * growth
    free = shutil.disk_usage(data_dir).free
    if free < needed:
        raise StorageFull(data_dir, needed, free)


def recover(writer: Connection, data_dir: Path, dim: int, fingerprint: str) -> None:
    """Delete what a crash left half done, and rebuild index files that are not what was published.

    A damaged folder is set aside as quarantine-*, never deleted: an administrator may want to look at it.
    """
    for access in Access:
        generation = current_generation(writer, access)
        current = generation.number if generation else 0
        root = generation_folder(data_dir, access, 0).parent
        for entry in root.iterdir() if root.exists() else ():
            newer = entry.name.startswith("gen-") and int(entry.name.removeprefix("gen-")) > current
            if entry.name.startswith(".tmp-") or newer:
                shutil.rmtree(entry)
        if generation:
            _repair(writer, data_dir, generation, dim, fingerprint)


def discard_old(data_dir: Path, access: Access, current: int) -> None:
    """Delete generations that no request reads any more; a failure costs disk space only, and is logged."""
    root = generation_folder(data_dir, access, current).parent
    for entry in root.glob("gen-*"):
        if int(entry.name.removeprefix("gen-")) <= current - _KEPT:
            try:
                shutil.rmtree(entry)
            except OSError:
                log.warning("old generation not deleted", extra={"folder": entry.name}, exc_info=True)


def _repair(writer: Connection, data_dir: Path, generation: Generation, dim: int, fingerprint: str) -> None:
    folder = generation_folder(data_dir, generation.access, generation.number)
    try:
        read_manifest(folder, generation.manifest_sha256)
    except BadIndexFile as error:
        log.warning("index files damaged, rebuilding", extra={"folder": folder.name, "why": error.why})
        if folder.exists():
            folder.rename(folder.with_name(f"quarantine-{folder.name}-{generation.manifest_sha256[:8]}"))
        publish(writer, data_dir, generation.access, fingerprint, dim)


def _build(
    writer: Connection, folder: Path, access: Access, number: int, passages: list[IndexedPassage]
) -> int:
    """Write every file of a generation; return the number of vectors."""
    ids, vectors = vectors_to_index(writer, access, number)
    require_space(folder, vectors.nbytes)
    write_index(folder, ids, vectors)
    by_row = {passage.row: passage for passage in passages}
    Columns.of(by_row[row] for row in ids.tolist()).write(folder)
    LexicalIndex.build(folder / LEXICAL_FOLDER, passages)
    return len(ids)


def _verify(writer: Connection, folder: Path, manifest_sha256: str, access: Access, number: int) -> None:
    """Re-open what was written: hashes, counts, and 20 vectors that must find themselves."""
    manifest = read_manifest(folder, manifest_sha256)
    index = read_index(folder)
    ids, vectors = vectors_to_index(writer, access, number)
    if len(index) != len(ids) or manifest.count != len(ids):
        raise IntegrityFailure(f"generation {number}")
    for row in range(0, len(ids), max(1, len(ids) // _SELF_QUERIES)):
        found = index.search(vectors[row], 1)
        # Equal text elsewhere may win by id: then its cosine is the same.
        if not found or found[0][1] < float(vectors[row] @ vectors[row]) - 1e-3:
            raise IntegrityFailure(f"generation {number}")


def _count_documents(writer: Connection, access: Access, number: int) -> int:
    return int(
        writer.value(
            """SELECT count(*) FROM document WHERE access = :access AND from_gen <= :number
               AND (to_gen IS NULL OR to_gen > :number)""",
            {"access": access.value, "number": number},
        )
    )
