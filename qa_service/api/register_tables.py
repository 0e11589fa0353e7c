"""The register as tables: one row a decision or commitment, with the line to cite it by."""

from collections.abc import Sequence

from qa_service.api.bodies import CitationBody
from qa_service.api.register_bodies import CommitmentBody, ResolutionBody
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


def _place(citation: CitationBody) -> tuple[Cell, Cell]:
    """Return the page as counted in the file and as printed."""
    return (citation.page.number, citation.page.label) if citation.page else (None, None)


def _day(value: object) -> str | None:
    return str(value) if value else None


def _names(names: Sequence[str]) -> str | None:
    return "; ".join(names) or None


def _folded(text: str) -> str:
    return " ".join(text.split())
