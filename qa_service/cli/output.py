"""How the command line speaks: answers on standard output, errors and progress on standard error."""

import sys
from typing import TYPE_CHECKING, NoReturn

from rich.console import Console

from qa_service.web.words import counted

if TYPE_CHECKING:
    from qa_service.api.bodies import CitationBody, ReplyBody, SearchedBody
    from qa_service.api.explanations import ExplainBody, SearchMadeBody

# Candidates and sentences of a search that people are shown, and features of each; JSON holds all.
_SHOWN, _FEATURES = 10, 6
_LONGEST = 160

# Words of papers are printed as they stand: ":memo:" is no picture and "[b]" no mark-up.
out = Console(highlight=False, soft_wrap=True, emoji=False, markup=False)
err = Console(stderr=True, highlight=False, soft_wrap=True, emoji=False, markup=False)


def fail(message: str, status: int, code: str | None = None) -> NoReturn:
    """Say in one line what went wrong and what to do, with its code for programs, and end."""
    err.print("error:", " ".join(message.split()), *([f"[{code}]"] if code else []))
    sys.exit(status)


def print_json(text: str) -> None:
    """Print JSON untouched: a console would expand tabs and drop controls."""
    out.file.write(text + "\n")


def print_reply(reply: "ReplyBody") -> None:
    """Print a reply for people."""
    citations = {citation.n: citation for citation in reply.citations}
    for typed, taken in reply.understood.read_as.items():
        out.print(f"“{typed}” was read as “{taken}”.")
    if reply.not_found is not None:
        _print_refusal(reply)
        return
    if reply.doubt:
        out.print(f"{reply.doubt}\n")
    for statement in reply.statements:
        numbers = " ".join(f"[{n}]" for n in statement.citations)
        out.print(f"{statement.standing.upper()}: {_folded(statement.text)} {numbers}")
    for conflict in reply.conflicts:
        numbers = " ".join(f"[{n}]" for n in conflict.citations)
        out.print(f"THE PAPERS DIFFER: {conflict.about} {numbers}")
    out.print()
    for n, citation in citations.items():
        out.print(f"[{n}] {citation.reference}")
    if reply.see_also:
        out.print("\nOther places that may answer, and are no part of the answer:")
    for citation in reply.see_also:
        print_place(citation)
    out.print(f"\n{reply.notice}")


def _print_refusal(reply: "ReplyBody") -> None:
    refusal = reply.not_found
    assert refusal is not None
    searched = refusal.searched
    out.print(f"NOT FOUND: {refusal.reason}.")
    out.print(searched_in_words(searched), markup=False)
    if refusal.nearest:
        out.print("Nearest passages, which do not answer the question:")
    for citation in refusal.nearest:
        print_place(citation)


def searched_in_words(searched: "SearchedBody") -> str:
    """Return in a sentence what was searched: no days where no meeting's day is known."""
    held = f", meetings from {searched.held_from} to {searched.held_to}" if searched.held_from else ""
    papers = counted(searched.documents, "paper")
    return f"Searched {papers} of {counted(len(searched.bodies), 'body', 'bodies')}{held}."


def print_explanation(explain: "ExplainBody") -> None:
    """Print for people which stage decided, and what it had before it."""
    out.print(
        f"\nDECIDED BY: {explain.stage}" + (f", by the route: {explain.route}" if explain.route else "")
    )
    out.print(f"If that is wrong: {explain.mended_by}.")
    tried = ", ".join(f"{each.route} ({each.drafts})" for each in explain.tried) or "none"
    out.print(f"Routes tried, with the statements drafted: {tried}. Confidence needed: {explain.needed:.2f}.")
    for search in explain.searches:
        _print_search(search)


def _print_search(search: "SearchMadeBody") -> None:
    limits = [f"{name} {value}" for name, value in search.filters.model_dump(mode="json").items() if value]
    out.print(f"\nSEARCHED FOR: {_folded(search.words)}")
    out.print(f"Within: {'; '.join(limits) or 'all papers'}.")
    out.print(f"Candidates, {min(_SHOWN, len(search.candidates))} of {len(search.candidates)}:")
    for each in search.candidates[:_SHOWN]:
        scores = f"score {each.score:.2f}, cosine {each.cosine:.2f}, BM25 {each.bm25:.1f}"
        out.print(f"  {each.n}. {scores}: {each.reference}")
    out.print("Sentences weighed, best first, with what added most:")
    for sentence in search.sentences[:_SHOWN]:
        added = ", ".join(f"{each.name} {each.added:+.2f}" for each in sentence.features[:_FEATURES])
        out.print(f"  {sentence.n}. {sentence.score:+.2f} “{_cut(_folded(sentence.quote))}”")
        out.print(f"    {sentence.reference}\n    {added}")


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def print_place(citation: "CitationBody") -> None:
    """Print a quote with its place."""
    out.print(f"  “{_folded(citation.quote)}”\n    {citation.reference}")


def _folded(text: str) -> str:
    return " ".join(text.split())
