"""An answer as plain text, to be pasted into a letter or a report."""

from collections.abc import Iterator

from qa_service.api.bodies import ReplyBody
from qa_service.web import words


def pasted(reply: ReplyBody, link: str) -> str:
    """Return a reply as text, with the lines to cite it by and the address where it can be seen again."""
    answer = [*_said(reply), *_differing(reply)]
    sources = [f"[{citation.n}] {citation.reference}" for citation in reply.citations]
    parts = [
        f"Question: {reply.question}",
        reply.doubt,
        *answer,
        "\n".join(sources),
        f"{reply.notice} {link}",
    ]
    return "\n\n".join(part for part in parts if part)


def _said(reply: ReplyBody) -> Iterator[str]:
    if reply.not_found is not None:
        searched = words.counted(reply.not_found.searched.documents, "paper")
        yield f"Not found in {searched} searched. {words.sentence(reply.not_found.reason)}"
    for statement in reply.statements:
        said = f"{words.upper_first(statement.standing)}: “{_folded(statement.text)}”"
        yield f"{said} {_numbers(statement.citations)}"


def _differing(reply: ReplyBody) -> Iterator[str]:
    for conflict in reply.conflicts:
        yield f"The papers differ: {conflict.about} {_numbers(conflict.citations)}"


def _numbers(citations: list[int]) -> str:
    return " ".join(f"[{n}]" for n in citations)


def _folded(text: str) -> str:
    return " ".join(text.split())
