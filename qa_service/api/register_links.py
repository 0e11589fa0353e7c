"""What people say of links of the register: one use case for the API and the officers' pages."""

from datetime import date
from typing import Literal, Self

from pydantic import Field, model_validator

from qa_service.answering.citations import cite
from qa_service.api.question_bodies import Body, Words
from qa_service.api.register_bodies import CommitmentBody
from qa_service.api.registering import commitment
from qa_service.bootstrap import Services
from qa_service.domain.access import PUBLIC_ONLY
from qa_service.domain.register import AddedLink, Says, content_key
from qa_service.errors import BadRequest, NotFound
from qa_service.store.database import Row
from qa_service.store.journal import LinkVerdict
from qa_service.store.quoted_words import quoted_words


class BadLink(BadRequest):
    """A link that cannot be made. `field` names what is wrong: document or words."""

    code = "bad_link"

    def __init__(self, field: str, why: str) -> None:
        super().__init__(why)
        self.field = field


class VerdictBody(Body):
    """What a person says of a link. `commitment` and `evidence` are the keys that the list gives out."""

    commitment: Words = Field(min_length=8, max_length=64)
    evidence: Words = Field(min_length=8, max_length=64)
    verdict: Literal["confirmed", "corrected", "rejected"]
    says: Says | None = Field(default=None, description="what the place says instead: with a correction only")
    note: Words = Field(default="", max_length=500)
    editor: Words = Field(default="administrator", min_length=1, max_length=100)

    @model_validator(mode="after")
    def _only_a_correction_says_otherwise(self) -> Self:
        if (self.says is not None) != (self.verdict == "corrected"):
            raise ValueError("'says' comes with a correction, and with nothing else")
        return self

    def value(self) -> LinkVerdict:
        """Return the verdict."""
        says = self.says.value if self.says else None
        return LinkVerdict(self.commitment, self.evidence, self.verdict, says, self.note, self.editor)


class NewLinkBody(Body):
    """A link that a person makes: the words of a later paper that report on a commitment."""

    commitment: Words = Field(min_length=8, max_length=64)
    document: Words = Field(min_length=1, max_length=64, description="id of the later paper")
    words: Words = Field(min_length=1, max_length=2000, description="as the paper prints them")
    says: Says
    note: Words = Field(default="", max_length=500)
    editor: Words = Field(default="administrator", min_length=1, max_length=100)


class KeptVerdictBody(Body):
    """A verdict as kept, or a link as added."""

    made_at: str
    commitment: str
    evidence: str
    verdict: Literal["confirmed", "corrected", "rejected", "added"]
    says: Says | None
    note: str
    editor: str

    @classmethod
    def of(cls, row: Row) -> Self:
        """Return the body of a kept verdict."""
        return cls(**{name: row[name] for name in KeptVerdictBody.model_fields})


def judge_link(services: Services, verdict: VerdictBody, on: date) -> VerdictBody:
    """Keep a verdict on a link, durably; earlier ones stay. Raises NotFound where there is no such link."""
    found = _commitment(services, verdict.commitment, on)
    if verdict.evidence not in {link.key for link in [*found.follow_ups, *found.rejected]}:
        raise NotFound("link", verdict.evidence)
    services.kept().keep_verdict(verdict.value())
    return verdict


def add_link(services: Services, new: NewLinkBody, on: date) -> KeptVerdictBody:
    """Keep a link that the register did not find, durably. Raises NotFound, BadLink.

    A paper of the meeting that promised, or of an earlier one, cannot report on the promise.
    """
    found = _commitment(services, new.commitment, on)
    with services.database.reading() as reader:
        place = quoted_words(reader, new.document, new.words, PUBLIC_ONLY)
        if place is None:
            raise BadLink("words", "these words do not stand in that paper: copy them from its text")
        paper, span, quote, _ = place
        segment = cite(reader, paper["id"], span, PUBLIC_ONLY).segment
    if segment.held_on and found.made_at and segment.held_on <= found.made_at:
        raise BadLink("words", "these words are of a meeting that was not after the promise")
    key = content_key(segment.council, segment.body, segment.held_on, quote)
    if key in {link.key for link in [*found.follow_ups, *found.rejected]}:
        raise BadLink("words", "these words are linked already: judge that link instead")
    link = AddedLink(new.commitment, key, paper["sha256"], quote, new.says, segment.held_on)
    services.kept().keep_added_link(link, new.note, new.editor)
    return KeptVerdictBody.of(services.kept().verdict_history()[-1])


def _commitment(services: Services, key: str, on: date) -> CommitmentBody:
    with services.database.reading() as reader:
        return commitment(reader, key, services.kept().verdicts(), on, PUBLIC_ONLY)
