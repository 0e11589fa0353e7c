"""The conflicts of the newest generation, kept: finding them compares every decision with what was asked."""

import threading
from collections import OrderedDict

from qa_service.api.register_conflicts import ConflictsQueryBody, DifferenceBody, conflicts
from qa_service.domain.access import Access
from qa_service.domain.register import RegisterQuery
from qa_service.store.database import Connection
from qa_service.store.generations import current_number

_MOST = 16  # lists, each of other limits


class KeptConflicts:
    """Keeps the lists that were asked for last. A generation never changes. Thread-safe."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[object, RegisterQuery, tuple[str, ...]], list[DifferenceBody]] = (
            OrderedDict()
        )
        self._lock = threading.Lock()

    def current(
        self, reader: Connection, query: ConflictsQueryBody, allowed: frozenset[Access]
    ) -> list[DifferenceBody]:
        """Return what does not agree in the generation that the transaction sees."""
        generations = tuple((access, current_number(reader, access)) for access in sorted(allowed))
        key = generations, query.value(), tuple(sorted(query.kind))
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        found = conflicts(reader, query.value(), query.kind, allowed).conflicts
        with self._lock:
            self._kept[key] = found
            while len(self._kept) > _MOST:
                self._kept.popitem(last=False)
        return found
