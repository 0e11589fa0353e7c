"""Passage vectors: the truth that index files are built from, each row with its own hash."""

import hashlib
import json
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from qa_service.domain.access import Access
from qa_service.errors import IntegrityFailure
from qa_service.store.database import Connection

_STORED = np.dtype("<f2")  # what the index holds too; halves the file


def encoded_hash(fingerprint: str, text: str) -> bytes:
    """Return the key under which the vector of a text is found again: encoder and text, nothing else."""
    return hashlib.sha256(f"{fingerprint}\0{text}".encode()).digest()


def known_vectors(reader: Connection, keys: Sequence[bytes]) -> dict[bytes, NDArray[np.float32]]:
    """Return stored vectors by encoded_hash: a re-published paper is not encoded again."""
    rows = reader.query(
        """SELECT DISTINCT encoded_sha256, vector FROM vector
           WHERE encoded_sha256 IN (SELECT unhex(value) FROM json_each(:keys))""",
        {"keys": json.dumps([key.hex() for key in keys])},
    )
    return {row["encoded_sha256"]: _in(row["vector"]) for row in rows}


def insert_vectors(
    writer: Connection, passage_row: int, keys: Sequence[bytes], vectors: NDArray[np.float32]
) -> None:
    """Write the vectors of one passage, float32, shape (len(keys), dim)."""
    rows = []
    for key, vector in zip(keys, vectors.astype(_STORED), strict=True):
        blob = vector.tobytes()
        digest = hashlib.sha256(blob).digest()
        rows.append({"passage": passage_row, "key": key, "vector": blob, "sha256": digest})
    writer.execute_many(
        "INSERT INTO vector (passage_row, encoded_sha256, vector, sha256) "
        "VALUES (:passage, :key, :vector, :sha256)",
        rows,
    )


def vectors_to_index(
    writer: Connection, access: Access, generation: int
) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """Return (passage rows, vectors) of all that a generation shows, by passage row and vector row.

    Raises IntegrityFailure for a vector that is not what was stored.
    """
    rows = writer.raw.execute(
        """SELECT vector.passage_row, vector.vector, vector.sha256
           FROM vector
           JOIN passage ON passage.row = vector.passage_row
           JOIN document AS d ON d.row = passage.document_row
           WHERE d.access = :access AND d.from_gen <= :generation
             AND (d.to_gen IS NULL OR d.to_gen > :generation) AND passage.copy_of IS NULL
           ORDER BY vector.passage_row, vector.row""",
        {"access": access.value, "generation": generation},
    )
    ids, blobs = [], []
    for row in rows:
        if hashlib.sha256(row["vector"]).digest() != row["sha256"]:
            raise IntegrityFailure("a vector")
        ids.append(row["passage_row"])
        blobs.append(row["vector"])
    vectors = np.frombuffer(b"".join(blobs), dtype=_STORED).astype(np.float32)
    return np.array(ids, dtype=np.int64), vectors.reshape(len(ids), -1) if ids else vectors.reshape(0, 0)


def _in(blob: bytes) -> NDArray[np.float32]:
    return np.frombuffer(blob, dtype=_STORED).astype(np.float32)
