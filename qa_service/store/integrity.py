"""Holds everything stored against its hashes, without changing anything."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from embeddings.errors import BadIndexFile
from embeddings.index_file import read_manifest
from qa_service.domain.access import Access
from qa_service.store.database import Connection
from qa_service.store.documents import sha256_of
from qa_service.store.generations import current_generation, generation_folder


def faults(reader: Connection, data_dir: Path) -> Iterator[str]:
    """Yield one line for everything that is not as it was stored; nothing if all is well."""
    for row in reader.query("PRAGMA integrity_check"):
        if row["integrity_check"] != "ok":
            yield f"database: {row['integrity_check']}"
    for row in reader.raw.execute(
        "SELECT d.file_name, page.ordinal, page.text, page.sha256 FROM page "
        "JOIN visible_document AS d ON d.row = page.document_row"
    ):
        if sha256_of(row["text"]) != row["sha256"]:
            yield f"{row['file_name']}: the text of part {row['ordinal'] + 1} fails its hash"
    for row in reader.raw.execute("SELECT row, vector, sha256 FROM vector"):
        if hashlib.sha256(row["vector"]).digest() != row["sha256"]:
            yield f"vector {row['row']} fails its hash"
    for access in Access:
        generation = current_generation(reader, access)
        if generation is not None:
            try:
                read_manifest(
                    generation_folder(data_dir, access, generation.number), generation.manifest_sha256
                )
            except BadIndexFile as error:
                yield f"index: {error}"
