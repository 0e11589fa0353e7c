"""Passage vectors: the truth that index files are built from, each row with its own hash."""

import hashlib
import json
import logging
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from qa_service.domain.access import Access
from qa_service.store.database import Connection, Row
from qa_service.store.unit_vectors import UnitVectors, sentences_in

log = logging.getLogger(__name__)

_STORED = np.dtype("<f2")  # what the index holds too; halves the file


@dataclass(frozen=True, slots=True)
class KnownVector:
    """The vector of a text that was encoded before, float32, shape (dim,).

    `units`: those of the passage that the text is the whole of; None where the text is but a window of its
    passage, or the passage was stored without word vectors.
    """

    vector: NDArray[np.float32]
    units: UnitVectors | None


def encoded_hash(fingerprint: str, text: str) -> bytes:
    """Return the key under which the vector of a text is found again: encoder and text, nothing else."""
    return hashlib.sha256(f"{fingerprint}\0{text}".encode()).digest()


def known_vectors(
    reader: Connection, keys: Sequence[bytes], allowed: frozenset[Access]
) -> dict[bytes, KnownVector]:
    """Return stored vectors by encoded_hash: a re-published paper is not encoded again.

    Only from papers of the levels given, so that not even the time that encoding takes tells of others. A
    vector that fails its hash is not known: a fault must not be copied.
    """
    levels = [level.value for level in allowed]
    rows = reader.query(
        """SELECT vector.encoded_sha256, vector.vector, vector.sha256, passage.unit_vectors,
                  passage.word_vectors,
                  (SELECT count(*) FROM vector AS other WHERE other.passage_row = passage.row) AS windows
           FROM vector
           JOIN passage ON passage.row = vector.passage_row
           JOIN document ON document.row = passage.document_row
           WHERE vector.encoded_sha256 IN (SELECT unhex(value) FROM json_each(:keys))
             AND document.access IN (SELECT value FROM json_each(:levels))
           GROUP BY vector.encoded_sha256""",
        {"keys": json.dumps([key.hex() for key in keys]), "levels": json.dumps(levels)},
    )
    return {row["encoded_sha256"]: _known(row) for row in rows if _is_whole(row)}


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
    writer: Connection, access: Access, generation: int, dim: int
) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """Return (passage rows, vectors) of all that a generation shows, by passage row and vector row.

    A vector that is not what was stored is withheld, and logged: its passage is still found by its words, and
    'qa check' names it. Refusing to publish would lock every later paper out as well.
    """
    rows = writer.stream(
        """SELECT vector.row, vector.passage_row, vector.vector, vector.sha256
           FROM vector
           JOIN passage ON passage.row = vector.passage_row
           JOIN document AS d ON d.row = passage.document_row
           WHERE d.access = :access AND d.from_gen <= :generation
             AND (d.to_gen IS NULL OR d.to_gen > :generation)
           ORDER BY vector.passage_row, vector.row""",
        {"access": access.value, "generation": generation},
    )
    ids, blobs = [], []
    for row in rows:
        if _is_whole(row) and len(row["vector"]) == dim * _STORED.itemsize:
            ids.append(row["passage_row"])
            blobs.append(row["vector"])
        else:
            log.error("integrity failure: vector withheld", extra={"vector": row["row"]})
    vectors = np.frombuffer(b"".join(blobs), dtype=_STORED).astype(np.float32)
    return np.array(ids, dtype=np.int64), vectors.reshape(len(ids), dim)


def _is_whole(row: Row) -> bool:
    return bool(hashlib.sha256(row["vector"]).digest() == row["sha256"])


def _known(row: Row) -> KnownVector:
    vector = np.frombuffer(row["vector"], dtype=_STORED).astype(np.float32)
    if row["windows"] != 1 or not row["word_vectors"]:
        return KnownVector(vector, None)
    return KnownVector(
        vector, UnitVectors(sentences_in(row["unit_vectors"], len(vector)), row["word_vectors"])
    )
