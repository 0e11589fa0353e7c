"""How a reply came about: what was found, how it was weighed, which stage decided."""

from dataclasses import dataclass
from enum import StrEnum

from qa_service.domain.answers import Citation, Filters


class Stage(StrEnum):
    """The stage of answering that decided a reply, in the order in which they come."""

    NOT_HELD = "council not held"
    PRIVATE = "private person"
    NO_SUBJECT = "no subject given"
    SCOPE_EMPTIED = "scope emptied"
    NOTHING_RETRIEVED = "nothing retrieved"
    NOT_NAMED = "name not in the papers"
    TOLD_ELSEWHERE = "told elsewhere only"
    NO_MEETING = "no meeting then"
    RANKED_TOO_LOW = "ranked too low"
    CALIBRATION = "refused by calibration"
    NO_CLAUSE = "no clause answers"
    ANSWERED = "answered"


class Route(StrEnum):
    """A way to an answer, in the order in which they are tried."""

    REGISTER = "register"
    ACRONYM = "acronym"
    DEED = "deed"
    ROLL = "roll"
    AGENDA = "agenda"
    VOTE = "vote"
    DECISION = "decision"
    SENTENCES = "sentences"


@dataclass(frozen=True, slots=True)
class Attempt:
    """A route that was tried, and how many statements it drafted."""

    route: Route
    drafts: int


@dataclass(frozen=True, slots=True)
class FoundPassage:
    """A candidate: its place and what each leg of the search says of it. `bm25` is that leg's own scale."""

    citation: Citation
    passage_id: str
    header: str
    cosine: float
    bm25: float
    score: float


@dataclass(frozen=True, slots=True)
class Feature:
    """One number that a sentence was weighed by, and what it added to the sentence's score."""

    name: str
    value: float
    added: float


@dataclass(frozen=True, slots=True)
class WeighedSentence:
    """A sentence, clause or row with its score in log-odds; the features that added most come first."""

    citation: Citation
    score: float
    features: tuple[Feature, ...]


@dataclass(frozen=True, slots=True)
class SearchMade:
    """One search: the words, the limits in force, the passages as ranked and their best sentences."""

    words: str
    filters: Filters
    passages: tuple[FoundPassage, ...]
    sentences: tuple[WeighedSentence, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """What an operator needs to mend a bad answer at its stage.

    `tried`: routes in order, the last one decided; `needed`: the confidence from which on is answered.
    """

    stage: Stage
    tried: tuple[Attempt, ...]
    needed: float
    searches: tuple[SearchMade, ...]
