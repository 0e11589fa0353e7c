"""Which generation each access level shows, and where its index files lie."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from qa_service.domain.access import Access
from qa_service.errors import IntegrityFailure
from qa_service.store.database import Connection

INDEX_FOLDER = "index"


@dataclass(frozen=True, slots=True)
class Generation:
    """A published state of one access level. `manifest_sha256` vouches for every file of its folder."""

    access: Access
    number: int
    manifest_sha256: str
    documents: int
    passages: int
    vectors: int
    fingerprint: str
    parser_version: int


def generation_folder(data_dir: Path, access: Access, number: int) -> Path:
    """Return where the index files of a generation lie."""
    return data_dir / INDEX_FOLDER / access.value / f"gen-{number}"


def current_number(reader: Connection, access: Access) -> int:
    """Return the number of the generation in force; 0 before the first."""
    number = reader.value(
        "SELECT number FROM current_generation WHERE access = :access", {"access": access.value}
    )
    return int(number or 0)


def current_generation(reader: Connection, access: Access) -> Generation | None:
    """Return the generation in force; None before the first."""
    return reader.once((current_generation, access), lambda: _read(reader, access))


def _read(reader: Connection, access: Access) -> Generation | None:
    rows = reader.query(
        """SELECT generation.* FROM generation
           JOIN current_generation AS now ON now.access = generation.access
            AND now.number = generation.number
           WHERE generation.access = :access""",
        {"access": access.value},
    )
    if not rows:
        return None
    row = rows[0]
    return Generation(
        Access(row["access"]),
        row["number"],
        row["manifest_sha256"],
        row["documents"],
        row["passages"],
        row["vectors"],
        row["fingerprint"],
        row["parser_version"],
    )


def switch(writer: Connection, generation: Generation) -> None:
    """Record a generation and make it the current one, inside the caller's transaction.

    The number must be the next one: two publishers cannot both win. Raises IntegrityFailure.
    """
    if generation.number != current_number(writer, generation.access) + 1:
        raise IntegrityFailure(f"the order of generations ({generation.number} is not the next)")
    writer.execute(
        """INSERT INTO generation (access, number, manifest_sha256, documents, passages, vectors, fingerprint,
                                   parser_version, created_at)
           VALUES (:access, :number, :manifest_sha256, :documents, :passages, :vectors, :fingerprint,
                   :parser_version, :created_at)""",
        {
            "access": generation.access.value,
            "number": generation.number,
            "manifest_sha256": generation.manifest_sha256,
            "documents": generation.documents,
            "passages": generation.passages,
            "vectors": generation.vectors,
            "fingerprint": generation.fingerprint,
            "parser_version": generation.parser_version,
            "created_at": datetime.now(UTC).isoformat(timespec="seconds"),
        },
    )
    writer.execute(
        """INSERT INTO current_generation (access, number) VALUES (:access, :number)
           ON CONFLICT (access) DO UPDATE SET number = excluded.number""",
        {"access": generation.access.value, "number": generation.number},
    )


def discard_unpublished(writer: Connection) -> int:
    """Delete documents that no generation shows yet and undo closings that none has; return how many.

    What a crash between writing rows and publishing leaves behind.
    """
    with writer.transaction():
        unpublished = """FROM document WHERE from_gen > coalesce(
            (SELECT number FROM current_generation AS now WHERE now.access = document.access), 0)"""
        count = int(writer.value(f"SELECT count(*) {unpublished}"))
        writer.execute(f"DELETE {unpublished}")
        writer.execute(
            """UPDATE document SET to_gen = NULL WHERE to_gen > coalesce(
               (SELECT number FROM current_generation AS now WHERE now.access = document.access), 0)"""
        )
    return count


def setting(reader: Connection, name: str) -> str | None:
    """Return a stored setting of the data directory; None if it was never written."""
    value: str | None = reader.value("SELECT value FROM setting WHERE name = :name", {"name": name})
    return value


def store_setting(writer: Connection, name: str, value: str) -> None:
    """Write a setting of the data directory."""
    writer.execute(
        "INSERT INTO setting (name, value) VALUES (:name, :value) "
        "ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        {"name": name, "value": value},
    )
