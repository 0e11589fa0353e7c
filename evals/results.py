"""What scoring yields: a score keeps its topic, reason and evidence; a summary keeps its denominator."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum

from evals.jsonl import JsonObject


class Label(StrEnum):
    """What is wrong with a citation or an answer, in the words of the report."""

    NOT_FOUND = "not found"  # the words stand nowhere in the papers read
    ALTERED = "altered"  # nearly the words of the paper
    STITCHED = "stitched"  # pieces of several places shown as one quote
    MISATTRIBUTED = "misattributed"  # the words stand in another document
    MISPLACED = "misplaced"  # the words stand elsewhere in the document cited
    UNRESOLVED = "unresolved id"
    OUT_OF_SCOPE = "out of scope"
    TOO_SHORT = "too short"
    WRONG_PAGE = "wrong page"
    WRONG_METADATA = "wrong metadata"
    UNCITED = "uncited text"
    ERROR = "error"
    FALSE_ANSWER = "answered the unanswerable"
    FALSE_REFUSAL = "refused the answerable"
    WRONG_SOURCE = "wrong source"
    WRONG_PLACE = "right source, wrong passage"
    INCOMPLETE = "incomplete"
    WRONG_STANDING = "wrong standing"
    FORBIDDEN = "cites what it should not"


@dataclass(frozen=True, slots=True)
class Score:
    """The value of one measure for one question.

    `value` None: the measure does not apply, and `reason` says why; it is counted as such, never as 0.
    `part` and `whole` are set where a pooled ratio is wanted. `evidence` names places, never their text.
    """

    value: float | None
    reason: str
    evidence: tuple[str, ...] = ()
    part: float | None = None
    whole: float | None = None
    labels: tuple[Label, ...] = ()


def share(part: float, whole: float, of: str, evidence: tuple[str, ...] = ()) -> Score:
    """Return part / whole as a score. Raises ValueError for a whole of 0: such a question does not apply."""
    if whole <= 0:
        raise ValueError(f"a share of no {of}")
    reason = f"{_plain(part)} of {_plain(whole)} {of}"
    return Score(part / whole, reason, evidence, part, whole)


def _plain(number: float) -> str:
    return f"{number:g}"


def inapplicable(reason: str) -> Score:
    """Return the score of a question that a measure does not apply to."""
    return Score(None, reason)


@dataclass(frozen=True, slots=True)
class Summary:
    """One measure over one run. `mean` is over `n` questions; `left_out` counts the others by reason."""

    measure: str
    n: int
    mean: float | None
    low: float | None = None
    high: float | None = None
    clusters: int = 0
    pooled: float | None = None
    detectable: float | None = None
    left_out: Mapping[str, int] = field(default_factory=dict)
    reason: str = ""

    def as_json(self) -> JsonObject:
        """Return the summary as JSON."""
        return asdict(self)


def summary_from_json(raw: JsonObject) -> Summary:
    """Return the summary that `Summary.as_json` wrote."""
    return Summary(**raw)


def score_row(qid: str, measure: str, score: Score) -> JsonObject:
    """Return one line of scores.jsonl."""
    row: JsonObject = {"qid": qid, "measure": measure, "value": score.value, "reason": score.reason}
    if score.evidence:
        row["evidence"] = list(score.evidence)
    if score.whole is not None:
        row |= {"part": score.part, "whole": score.whole}
    if score.labels:
        row["labels"] = list(score.labels)
    return row


def score_from_row(row: JsonObject) -> Score:
    """Return the score of one line of scores.jsonl."""
    return Score(
        value=row["value"],
        reason=row["reason"],
        evidence=tuple(row.get("evidence", ())),
        part=row.get("part"),
        whole=row.get("whole"),
        labels=tuple(Label(label) for label in row.get("labels", ())),
    )
