"""What filters look at, one entry a vector, so that a filter is a mask and not a database query."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from qa_service.domain.answers import Filters
from qa_service.domain.documents import DocumentKind
from qa_service.store.lexical_index import day_number
from qa_service.store.passages import IndexedPassage

_FILE = "columns.npz"
_KINDS = tuple(DocumentKind)
_CODED = ("council", "body", "document", "held_on", "kinds")


@dataclass(frozen=True, slots=True)
class Columns:
    """Codes into `names` for councils, bodies, documents; days as ordinals, 0 for undated; kinds as bits."""

    names: tuple[str, ...]
    council: NDArray[np.int32]
    body: NDArray[np.int32]
    document: NDArray[np.int32]
    held_on: NDArray[np.int32]
    kinds: NDArray[np.int32]

    @classmethod
    def of(cls, passages: Iterable[IndexedPassage]) -> "Columns":
        """Return the columns of passages in the order given; a passage with two vectors comes twice."""
        codes: dict[str, int] = {}
        rows = [
            (
                _code(codes, passage.council),
                _code(codes, passage.body),
                _code(codes, passage.document),
                day_number(passage.held_on),
                sum(1 << _KINDS.index(kind) for kind in passage.kinds),
            )
            for passage in passages
        ]
        table = np.array(rows, dtype=np.int32).reshape(len(rows), 5)
        return cls(tuple(codes), *(np.ascontiguousarray(column) for column in table.T))

    def write(self, folder: Path) -> None:
        """Write the columns into a folder."""
        names = np.frombuffer(json.dumps(self.names).encode(), dtype=np.uint8)
        np.savez(folder / _FILE, names=names, **{name: getattr(self, name) for name in _CODED})

    @classmethod
    def read(cls, folder: Path) -> "Columns":
        """Return the columns that `write` wrote."""
        with np.load(folder / _FILE, allow_pickle=False) as arrays:
            names = tuple(json.loads(arrays["names"].tobytes()))
            return cls(names, *(arrays[name] for name in _CODED))

    def mask(self, filters: Filters) -> NDArray[np.bool_] | None:
        """Return which vectors a search may look at; None for all. A name that is unknown admits nothing."""
        if not filters:
            return None
        mask = np.ones(len(self.held_on), dtype=np.bool_)
        for column, wanted in (
            (self.council, filters.councils),
            (self.body, filters.bodies),
            (self.document, filters.documents),
        ):
            if wanted:
                mask &= np.isin(column, [code for code, name in enumerate(self.names) if name in wanted])
        if filters.kinds:
            bits = sum(1 << _KINDS.index(kind) for kind in filters.kinds)
            mask &= (self.kinds & bits) != 0
        if filters.held_from or filters.held_to:
            mask &= self.held_on > 0
        if filters.held_from:
            mask &= self.held_on >= filters.held_from.toordinal()
        if filters.held_to:
            mask &= self.held_on <= filters.held_to.toordinal()
        return mask


def _code(codes: dict[str, int], name: str | None) -> int:
    return -1 if name is None else codes.setdefault(name, len(codes))
