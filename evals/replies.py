"""What the service answered, as values: the JSON contract of `POST /v1/answers` and `GET /v1/search`.

Fields that scoring does not read are ignored; a field that is missing or of the wrong type is an error of
the system under test, never a default.
"""

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from evals.errors import BadReply

ANSWERED = "answered"
NOT_FOUND = "not_found"


class _Part(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)


class CitedPage(_Part):
    """Number in the file, from 1, and the printed label."""

    number: int
    label: str | None = None


class CitedDocument(_Part):
    """The document as the reply shows it."""

    id: str
    file_name: str
    title: str | None = None
    kind: str | None = None
    council: str | None = None
    body: str | None = None
    sha256: str | None = None


class CitedMeeting(_Part):
    """The meeting as the reply shows it; unknown is None."""

    id: str | None = None
    body: str | None = None
    held_on: str | None = None
    status: str | None = None


class CitedItem(_Part):
    """The agenda item as the reply shows it."""

    number: str | None = None
    title: str | None = None


class CitedFocus(_Part):
    """The part of a quote that the reply says answers best."""

    start: int
    end: int


class Citation(_Part):
    """One quote and where the reply says that it stands."""

    n: int
    quote: str
    start: int
    end: int
    sha256: str
    document: CitedDocument
    meeting: CitedMeeting | None
    item: CitedItem | None = None
    minute: str | None = None
    paragraph: str | None = None
    page: CitedPage | None
    focus: CitedFocus | None = None

    @property
    def held_on(self) -> str | None:
        """The date of the meeting, None where the reply gives none."""
        return self.meeting.held_on if self.meeting else None


class Statement(_Part):
    """One statement, what it is worth, and the numbers of its citations."""

    text: str
    standing: str | None = None
    citations: tuple[int, ...] = ()


class Conflict(_Part):
    """Citations that do not agree, and about what."""

    about: str = ""
    citations: tuple[int, ...] = ()


class NotFound(_Part):
    """Why nothing answers, and the nearest passages, labelled as no answer."""

    reason: str = ""
    nearest: tuple[Citation, ...] = ()


class Reply(_Part):
    """One reply. `confidence` is None where the service gives none; a gate holds it to 0..1."""

    id: str | None = None
    status: Literal["answered", "not_found"]
    statements: tuple[Statement, ...] = ()
    citations: tuple[Citation, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    not_found: NotFound | None = None
    see_also: tuple[Citation, ...] = ()
    understood: dict[str, Any] = {}
    confidence: float | None = Field(default=None, allow_inf_nan=False)
    generation: int | None = None

    @property
    def answered(self) -> bool:
        """Whether the reply claims to answer. Nearest passages under `not_found` are a refusal."""
        return self.status == ANSWERED

    @property
    def shown(self) -> tuple[Citation, ...]:
        """Every citation that a reader sees: of the answer, beside it, and the nearest of a refusal."""
        return (*self.citations, *self.see_also, *(self.not_found.nearest if self.not_found else ()))

    def cited_by(self, statement: Statement) -> list[Citation]:
        """Return the citations of a statement; numbers that lead nowhere are left to the gates."""
        by_number = {citation.n: citation for citation in self.citations}
        return [by_number[number] for number in statement.citations if number in by_number]


class Hit(_Part):
    """One passage found by search; offsets are those of the document's stored text."""

    passage_id: str
    rank: int
    score: float
    document: CitedDocument
    start: int
    end: int
    meeting: CitedMeeting | None = None


def reply_of(raw: dict[str, Any]) -> Reply:
    """Return the reply as a value. Raises BadReply, naming the field."""
    try:
        return Reply.model_validate(raw)
    except ValidationError as error:
        raise _bad_reply(error) from error


def hits_of(raw: dict[str, Any]) -> tuple[Hit, ...]:
    """Return the hits of a search, in order of rank. Raises BadReply, naming the field."""
    hits = raw.get("hits")
    if not isinstance(hits, list):
        raise BadReply("hits", "a list is needed")
    try:
        found = [Hit.model_validate({**hit, "passage_id": str(hit.get("passage_id"))}) for hit in hits]
    except (ValidationError, TypeError, AttributeError) as error:
        raise _bad_reply(error) from error
    return tuple(sorted(found, key=lambda hit: hit.rank))


def _bad_reply(error: Exception) -> BadReply:
    if not isinstance(error, ValidationError):
        return BadReply("hits", str(error))
    fault = error.errors()[0]
    return BadReply(".".join(str(part) for part in fault["loc"]), fault["msg"])
