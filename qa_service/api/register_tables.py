"""The register as tables: a row for each decision, commitment, conflict, step or person, with its source."""

from collections.abc import Sequence

from qa_service.api.bodies import CitationBody
from qa_service.api.register_bodies import CommitmentBody, ResolutionBody
from qa_service.api.register_conflicts import DifferenceBody
from qa_service.api.register_matters import StepBody
from qa_service.api.register_people import AttendedBody
from qa_service.register.export import Cell

RESOLUTION_COLUMNS = (
    *("council", "body", "held_on", "status", "standing", "verb", "outcome", "minute", "item", "paragraph"),
    *("heading", "addressed_to", "proposer", "seconder", "for", "against", "abstained", "unanimous"),
    *("supporters", "opponents", "abstainers", "text", "clauses", "page", "page_label", "file_name"),
    *("reference", "url", "sha256", "id"),
)
COMMITMENT_COLUMNS = (
    *("council", "body", "made_at", "source", "owner", "due_as_written", "due", "state", "text", "minute"),
    *("item", "paragraph", "heading", "page", "page_label", "file_name", "reference", "url", "sha256"),
    *("follow_ups", "id"),
)


ATTENDANCE_COLUMNS = (
    *("council", "body", "held_on", "name", "role", "state", "page", "page_label", "file_name"),
    *("reference", "url", "sha256"),
)
CONFLICT_COLUMNS = ("kind", "note", "text", "reference", "url", "other_text", "other_reference", "other_url")
STEP_COLUMNS = (
    *("matter", "step", "held_on", "body", "what", "heading", "text", "page", "page_label", "file_name"),
    *("reference", "url", "sha256"),
)


def attendance_row(line: AttendedBody) -> Sequence[Cell]:
    """Return the cells of one person's line on a roll, in the order of ATTENDANCE_COLUMNS."""
    return (
        *(line.council, line.body, _day(line.held_on), line.name, line.role, line.state),
        *_source(line.citation),
    )


def conflict_row(body: DifferenceBody) -> Sequence[Cell]:
    """Return the cells of a conflict, in the order of CONFLICT_COLUMNS; the last hold all further places."""
    first, others = body.citations[:1], body.citations[1:]
    sides = [
        ("\n".join(map(pick, side)) or None for pick in (_quoted, _reference, _url))
        for side in (first, others)
    ]
    return (body.kind, body.note, *(cell for side in sides for cell in side))


def step_row(title: str, number: int, step: StepBody) -> Sequence[Cell]:
    """Return the cells of one step of a matter, in the order of STEP_COLUMNS."""
    return (
        *(title, number, _day(step.held_on), step.body, step.what, step.heading),
        _quoted(step.citation),
        *_source(step.citation),
    )


def resolution_row(body: ResolutionBody) -> Sequence[Cell]:
    """Return the cells of a decision, in the order of RESOLUTION_COLUMNS."""
    vote, citation = body.vote, body.citation
    return (
        *(body.council, body.body, _day(body.held_on), body.status, body.standing.value, body.verb.value),
        *(body.outcome, body.minute, body.item, body.paragraph, body.heading, body.addressed_to),
        *(body.proposer, body.seconder),
        *((vote.for_count, vote.against_count, vote.abstained_count) if vote else (None, None, None)),
        "yes" if vote and vote.unanimous else None,
        *(
            [_names(names) for names in (vote.supporters, vote.opponents, vote.abstainers)]
            if vote
            else (None, None, None)
        ),
        *(_folded(citation.quote), len(body.clauses)),
        *_place(citation),
        *(citation.document.file_name, citation.reference, citation.url, citation.sha256, body.id),
    )


def commitment_row(body: CommitmentBody) -> Sequence[Cell]:
    """Return the cells of a commitment, in the order of COMMITMENT_COLUMNS."""
    citation = body.citation
    said = "; ".join(
        f"{link.says.value} ({link.reported_on or 'undated'}): {link.citation.reference}"
        for link in body.follow_ups
    )
    return (
        *(body.council, body.body, _day(body.made_at), body.source, body.owner, body.due_as_written),
        *(_day(body.due), body.state.value, _folded(body.text), body.minute, body.item, body.paragraph),
        body.heading,
        *_place(citation),
        *(citation.document.file_name, citation.reference, citation.url, citation.sha256, said or None),
        body.id,
    )


def _source(citation: CitationBody) -> Sequence[Cell]:
    file_name = citation.document.file_name
    return (*_place(citation), file_name, citation.reference, citation.url, citation.sha256)


def _quoted(citation: CitationBody) -> str:
    return _folded(citation.quote)


def _reference(citation: CitationBody) -> str:
    return citation.reference


def _url(citation: CitationBody) -> str:
    return citation.url


def _place(citation: CitationBody) -> tuple[Cell, Cell]:
    """Return the page as counted in the file and as printed."""
    return (citation.page.number, citation.page.label) if citation.page else (None, None)


def _day(value: object) -> str | None:
    return str(value) if value else None


def _names(names: Sequence[str]) -> str | None:
    return "; ".join(names) or None


def _folded(text: str) -> str:
    return " ".join(text.split())
