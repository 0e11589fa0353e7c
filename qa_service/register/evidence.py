"""A promise and the places that may report on it, as linking needs them."""

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from qa_service.domain.documents import Part
from qa_service.domain.register import Says
from qa_service.domain.resolutions import Standing
from qa_service.domain.spans import Span

BY_LOG = "listed in a log of actions by its meeting"
BY_REFERENCE = "refers to the meeting that asked for it"
BY_REPORT = "the body that was to have it had it"
BY_PAPER = "a paper on it came before the body that was to have it"
BY_RENEWAL = "promised again, with another day"
BY_RESULT = "its result is reported"
BY_SUBJECT = "the same subject, in words that report"
BY_TARGET = "names the same figure and month"

Vector = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Promise:
    """A commitment as linking needs it. `vector` is that of its sentence; None where none is stored."""

    row: int
    document_row: int
    span: Span
    council: str | None
    body: str | None
    made_at: date | None
    due: date | None
    standing: Standing
    minute: str | None
    heading: str
    text: str
    vector: Vector | None


@dataclass(frozen=True, slots=True)
class Place:
    """One sentence, clause or row of a paper."""

    span: Span
    text: str
    vector: Vector


@dataclass(frozen=True, slots=True)
class Stretch:
    """One passage and its places. `text` begins at `start` of the document; `item` is its agenda's title."""

    document_row: int
    start: int
    text: str
    council: str | None
    body: str | None
    held_on: date | None
    part: Part
    heading: str
    item: str
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """A place that reports on a promise, what it says, and what ties the two together."""

    promise: Promise
    stretch: Stretch
    span: Span
    text: str
    says: Says
    why: str
