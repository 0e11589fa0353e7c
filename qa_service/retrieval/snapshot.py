"""Immutable index snapshots, one an access level, swapped whole when a new generation is published."""

import logging
import threading
from dataclasses import dataclass
from pathlib import Path

from embeddings.errors import BadIndexFile
from embeddings.index_file import read_index, read_manifest
from embeddings.vector_index import VectorIndex
from qa_service.domain.access import Access
from qa_service.errors import IndexMismatch, IndexUnavailable
from qa_service.store.columns import Columns
from qa_service.store.database import Connection
from qa_service.store.generations import Generation, current_generation, generation_folder
from qa_service.store.lexical_index import LEXICAL_FOLDER, LexicalIndex

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The indexes of one published generation."""

    generation: Generation
    vectors: VectorIndex
    columns: Columns
    lexical: LexicalIndex


class Snapshots:
    """Gives each request the snapshot of the generation that its transaction sees."""

    def __init__(self, data_dir: Path, fingerprint: str) -> None:
        self._data_dir, self._fingerprint = data_dir, fingerprint
        self._loaded: dict[tuple[Access, int], Snapshot] = {}
        self._lock = threading.Lock()

    def current(self, reader: Connection, allowed: frozenset[Access]) -> list[Snapshot]:
        """Return the snapshots of the levels allowed, in order of level; a level without papers has none.

        Raises IndexUnavailable where files are damaged, IndexMismatch where another encoder built them.
        """
        generations = [current_generation(reader, access) for access in sorted(allowed)]
        return [self._snapshot(generation) for generation in generations if generation is not None]

    def _snapshot(self, generation: Generation) -> Snapshot:
        key = (generation.access, generation.number)
        found = self._loaded.get(key)
        if found is not None:
            return found
        with self._lock:
            if key not in self._loaded:
                self._loaded[key] = self._load(generation)
                # Requests that still hold an older snapshot keep it alive by holding it.
                for access, number in list(self._loaded):
                    if access is generation.access and number < generation.number - 1:
                        del self._loaded[access, number]
            return self._loaded[key]

    def _load(self, generation: Generation) -> Snapshot:
        folder = generation_folder(self._data_dir, generation.access, generation.number)
        try:
            manifest = read_manifest(folder, generation.manifest_sha256)
            if manifest.fingerprint != self._fingerprint:
                raise IndexMismatch(manifest.fingerprint, self._fingerprint)
            vectors = read_index(folder)
        except BadIndexFile as error:
            log.exception("index files damaged", extra={"folder": folder.name})
            raise IndexUnavailable(error.why) from error
        return Snapshot(generation, vectors, Columns.read(folder), LexicalIndex(folder / LEXICAL_FOLDER))
