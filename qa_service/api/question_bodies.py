"""The JSON that the API takes in: a question with what narrows it. Unknown fields are refused."""

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, field_validator

from qa_service.documents.normalise import normalise
from qa_service.domain.answers import MOST_LISTED, MOST_STATEMENTS, Filters, Question, Turn
from qa_service.domain.documents import DocumentKind


class Body(BaseModel):
    """Base of all bodies: unknown fields are refused."""

    model_config = ConfigDict(extra="forbid")


# As papers are stored: what no text can carry becomes what it can.
Words = Annotated[str, AfterValidator(normalise)]


class FiltersBody(Body):
    """What narrows the search. Dates are those of the meetings that the papers record."""

    council: list[Words] = []
    body: list[Words] = []
    held_from: date | None = None
    held_to: date | None = None
    kinds: list[DocumentKind] = []
    documents: list[Words] = []

    def value(self) -> Filters:
        """Return the filters."""
        return Filters(
            frozenset(self.council),
            frozenset(self.body),
            self.held_from,
            self.held_to,
            frozenset(self.kinds),
            frozenset(self.documents),
        )

    @classmethod
    def of(cls, filters: Filters) -> Self:
        """Return the body of filters."""
        return cls(
            council=sorted(filters.councils),
            body=sorted(filters.bodies),
            held_from=filters.held_from,
            held_to=filters.held_to,
            kinds=sorted(filters.kinds),
            documents=sorted(filters.documents),
        )


class TurnBody(Body):
    """One earlier question of the conversation."""

    question: Words
    answer_id: Words | None = None


class AskBody(Body):
    """A question with what narrows it. `as_of` hides every meeting after that day.

    `wide` names limits that must not be read out of the question's words; with "spelling" in it the words
    count as they were typed.
    """

    question: Words
    history: list[TurnBody] = Field(default=[], max_length=20)
    filters: FiltersBody = FiltersBody()
    as_of: date | None = None
    max_statements: int | None = Field(
        default=None,
        ge=1,
        le=MOST_LISTED,
        description=f"at most so many; unset: {MOST_STATEMENTS}, of a list {MOST_LISTED}",
    )
    explain: bool = False
    wide: list[Literal["council", "body", "dates", "spelling"]] = []

    @field_validator("question")
    @classmethod
    def _stripped(cls, value: str) -> str:
        return value.strip()

    def value(self) -> Question:
        """Return the question."""
        return Question(
            self.question,
            self.filters.value(),
            tuple(Turn(turn.question, turn.answer_id) for turn in self.history),
            self.as_of,
            self.max_statements,
            frozenset(self.wide),
        )
