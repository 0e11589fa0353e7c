"""Which words of a quotation are shown as those that answer: the rest is what they belong to."""

from qa_service.api.bodies import CitationBody
from qa_service.web.found_words import Run
from qa_service.web.line_breaks import lines


def focused_lines(citation: CitationBody) -> list[list[Run]]:
    """Return the lines of a quotation as `lines` cuts them, each in runs; joined, they are the quote.

    A run is marked as found where it lies in the focus; without a focus none is.
    """
    quote, focus = citation.quote, citation.focus
    edges = (focus.start - citation.start, focus.end - citation.start) if focus else (0, 0)
    found: list[list[Run]] = []
    at = 0
    for line in lines(quote):
        end = at + len(line)
        low, high = (min(max(edge, at), end) for edge in edges)
        parts = [
            Run(quote[at:low], found=False),
            Run(quote[low:high], found=True),
            Run(quote[high:end], found=False),
        ]
        found.append([part for part in parts if part.text])
        at = end
    return found
