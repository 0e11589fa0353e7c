"""Holds everything stored against its hashes, without changing anything."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from embeddings.errors import BadIndexFile
from embeddings.index_file import read_manifest
from qa_service.domain.access import Access
from qa_service.errors import IntegrityFailure
from qa_service.store.blobs import BLOBS_FOLDER, damaged_originals
from qa_service.store.database import Connection
from qa_service.store.documents import sha256_of
from qa_service.store.generations import current_generation, generation_folder
from qa_service.store.papers import kept_originals
from qa_service.store.passages import damaged_passages


def faults(reader: Connection, data_dir: Path) -> Iterator[str]:
    """Yield one line for everything that is not as it was stored; nothing if all is well."""
    try:
        yield from _database_faults(reader)
        yield from _row_faults(reader)
        yield from _index_faults(reader, data_dir)
        kept = kept_originals(reader)
    except IntegrityFailure as error:
        yield f"database: {error}"
        return
    for name in damaged_originals(data_dir):
        yield f"original file {name[:12]} fails its hash"
    for name in sorted(kept):
        if not (data_dir / BLOBS_FOLDER / name).is_file():
            yield f"original file {name[:12]} is missing"


def _database_faults(reader: Connection) -> Iterator[str]:
    for row in reader.query("PRAGMA integrity_check"):
        if row["integrity_check"] != "ok":
            yield f"database: {row['integrity_check']}"
    for row in reader.query("PRAGMA foreign_key_check"):
        yield f"database: a row of {row['table']} belongs to nothing"


def _row_faults(reader: Connection) -> Iterator[str]:
    for row in reader.stream(
        "SELECT document.file_name, page.ordinal, page.text, page.sha256 FROM page "
        "JOIN document ON document.row = page.document_row"
    ):
        if sha256_of(row["text"]) != row["sha256"]:
            yield f"{row['file_name']}: the text of part {row['ordinal'] + 1} fails its hash"
    for row in reader.stream("SELECT row, vector, sha256 FROM vector"):
        if hashlib.sha256(row["vector"]).digest() != row["sha256"]:
            yield f"vector {row['row']} fails its hash"
    for id_ in damaged_passages(reader):
        yield f"passage {id_} fails its hash"


def _index_faults(reader: Connection, data_dir: Path) -> Iterator[str]:
    for access in Access:
        generation = current_generation(reader, access)
        if generation is not None:
            folder = generation_folder(data_dir, access, generation.number)
            try:
                read_manifest(folder, generation.manifest_sha256)
            except BadIndexFile as error:
                yield f"index: {error}"
