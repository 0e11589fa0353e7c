"""Builds a generation of one access level whole, verifies it, and switches to it by one commit.

Steps 5 to 8 of shared/design/reliability.md, section 3. Before the commit nothing of a new generation can be
seen; after it nothing can be lost: its files were made durable first, and they are only caches of rows. No
encoder is needed: vectors are rows, and which encoder made them is stored beside them.
"""

import logging
import re
import shutil
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from embeddings.encoder import Vectors
from embeddings.errors import BadIndexFile
from embeddings.files import fsync
from embeddings.index_file import read_index, read_manifest, seal, write_index
from qa_service.domain.access import Access
from qa_service.errors import IntegrityFailure, StorageFull
from qa_service.ingestion.copies import related_among
from qa_service.ingestion.languages import language_pairs
from qa_service.store.columns import Columns
from qa_service.store.confirmations import settle_statuses
from qa_service.store.copies import replace_passage_copies, replace_superseded
from qa_service.store.database import Connection
from qa_service.store.generations import (
    Generation,
    current_generation,
    current_number,
    generation_folder,
    setting,
    switch,
)
from qa_service.store.languages import replace_language_pairs
from qa_service.store.lexical_index import LEXICAL_FOLDER, LexicalIndex
from qa_service.store.papers import PARSER_VERSION
from qa_service.store.passages import IndexedPassage, passages_to_index
from qa_service.store.vectors import vectors_to_index
from qa_service.store.vocabulary import Word, has_vocabulary, replace_vocabulary, vocabulary_of

log = logging.getLogger(__name__)

_SELF_QUERIES = 20
# A request that began under an older generation has long loaded its files, or ended, by then.
_SUPERSEDED_FOR_SECONDS = 60
_GENERATION = re.compile(r"gen-(\d+)")
# Files, their hashes' reads and SQLite's write-ahead log may all be on the disk at once.
_FREE_SPACE_FACTOR = 3


@dataclass(frozen=True, slots=True)
class _Rows:
    """What a generation shows: vectors by passage row, how many passages and documents, and their words."""

    ids: NDArray[np.int64]
    vectors: Vectors
    passages: int
    documents: int
    words: dict[str, Word]


def publish(writer: Connection, data_dir: Path, access: Access) -> Generation:
    """Return the generation now in force: all rows written for the next number, visible from this commit on.

    Raises StorageFull before anything is written, IntegrityFailure if the files do not say what the rows say.
    """
    number = current_number(writer, access) + 1
    fingerprint, dim = setting(writer, "encoder") or "", int(setting(writer, "dimension") or 1)
    folder = generation_folder(data_dir, access, number)
    building = folder.with_name(f".tmp-{number}")
    for leftover in (building, folder):
        if leftover.exists():
            shutil.rmtree(leftover)
    building.mkdir(parents=True)
    rows = _build(writer, building, access, number, dim)
    manifest_sha256 = seal(building, fingerprint, dim, len(rows.ids))
    building.rename(folder)
    fsync(folder.parent)
    _verify(folder, manifest_sha256, rows)
    generation = Generation(
        access,
        number,
        manifest_sha256,
        rows.documents,
        rows.passages,
        len(rows.ids),
        fingerprint,
        PARSER_VERSION,
    )
    with writer.transaction():
        settle_statuses(writer, access, number)
        replace_vocabulary(writer, access, rows.words)
        switch(writer, generation)
    log.info("published", extra={"access": access.value, "generation": number, "passages": rows.passages})
    discard_old(data_dir, access, number)
    return generation


def require_space(data_dir: Path, growth: int) -> None:
    """Raise StorageFull unless there is room for three times the expected growth in bytes."""
    needed = _FREE_SPACE_FACTOR * growth
    free = shutil.disk_usage(data_dir).free
    if free < needed:
        raise StorageFull(data_dir, needed, free)


def recover(writer: Connection, data_dir: Path) -> None:
    """Bring index folders back to what the database says: what a crash left goes, what is damaged is rebuilt.

    Damaged folders are set aside as `quarantine-...`, never deleted.
    """
    for access in Access:
        generation = current_generation(writer, access)
        current = generation.number if generation else 0
        root = generation_folder(data_dir, access, 0).parent
        for entry in root.iterdir() if root.exists() else ():
            newer = (number := _number_of(entry)) is not None and number > current
            if entry.name.startswith(".tmp-") or newer:
                shutil.rmtree(entry)
        if generation:
            _repair(writer, data_dir, generation)
            _add_vocabulary(writer, access)
            discard_old(data_dir, access, current)


def discard_old(data_dir: Path, access: Access, current: int) -> None:
    """Delete generations that no request reads any more; a failure costs disk space only, and is logged.

    Kept are the current one and those that were current less than a minute ago.
    """
    root = generation_folder(data_dir, access, current).parent
    for entry in root.glob("gen-*"):
        number = _number_of(entry)
        if number is None or number >= current:
            continue
        successor = generation_folder(data_dir, access, number + 1)
        if not successor.exists() or time.time() - successor.stat().st_mtime > _SUPERSEDED_FOR_SECONDS:
            try:
                shutil.rmtree(entry)
            except OSError:
                log.warning("old generation not deleted", extra={"folder": entry.name}, exc_info=True)


def _number_of(folder: Path) -> int | None:
    found = _GENERATION.fullmatch(folder.name)
    return int(found[1]) if found else None


def _repair(writer: Connection, data_dir: Path, generation: Generation) -> None:
    folder = generation_folder(data_dir, generation.access, generation.number)
    try:
        read_manifest(folder, generation.manifest_sha256)
    except BadIndexFile as error:
        if folder.exists():  # else this is a backup, just restored
            log.warning("index files damaged, rebuilding", extra={"folder": folder.name, "why": error.why})
            folder.rename(folder.with_name(f"quarantine-{folder.name}-{generation.manifest_sha256[:8]}"))
        publish(writer, data_dir, generation.access)


def _add_vocabulary(writer: Connection, access: Access) -> None:
    """Write the words of a generation that was published before words were kept."""
    if not has_vocabulary(writer, access):
        words = _vocabulary(passages_to_index(writer, access, current_number(writer, access)))
        with writer.transaction():
            replace_vocabulary(writer, access, words)


def _build(writer: Connection, folder: Path, access: Access, number: int, dim: int) -> _Rows:
    """Write every file of a generation; return what they were made of."""
    passages = list(passages_to_index(writer, access, number))
    related = related_among(passages)
    with writer.transaction():
        replace_passage_copies(writer, access, related.copies)
        replace_superseded(writer, access, related.superseded)
        replace_language_pairs(writer, access, language_pairs(passages))
    ids, vectors = vectors_to_index(writer, access, number, dim)
    require_space(folder, vectors.nbytes)
    write_index(folder, ids, vectors)
    by_row = {passage.row: passage for passage in passages}
    Columns.of(by_row[row] for row in ids.tolist()).write(folder)
    LexicalIndex.build(folder / LEXICAL_FOLDER, passages)
    words = _vocabulary(passages)
    return _Rows(ids, vectors, len(passages), _count_documents(writer, access, number), words)


def _vocabulary(passages: Iterable[IndexedPassage]) -> dict[str, Word]:
    return vocabulary_of(f"{each.header}\n{each.content}" for each in passages)


def _verify(folder: Path, manifest_sha256: str, rows: _Rows) -> None:
    """Re-open what was written: hashes, counts, and 20 vectors that must find themselves."""
    manifest = read_manifest(folder, manifest_sha256)
    index = read_index(folder)
    words = LexicalIndex(folder / LEXICAL_FOLDER)
    if not len(index) == manifest.count == len(rows.ids) or len(words) != rows.passages:
        raise IntegrityFailure(f"generation {folder.name}")
    for row in range(0, len(rows.ids), max(1, len(rows.ids) // _SELF_QUERIES)):
        query = rows.vectors[row]
        found = index.search(query, 1)
        # Equal text elsewhere may win by id: then its cosine is the same.
        if not found or found[0][1] < float(query @ query) - 1e-3:
            raise IntegrityFailure(f"generation {folder.name}")


def _count_documents(writer: Connection, access: Access, number: int) -> int:
    return int(
        writer.value(
            """SELECT count(*) FROM document WHERE access = :access AND from_gen <= :number
               AND (to_gen IS NULL OR to_gen > :number)""",
            {"access": access.value, "number": number},
        )
    )
