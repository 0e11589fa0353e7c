"""What was weighed as a question wants it: of those asked, as presumed, of one direction."""

from qa_service.answering.directions import of_that_direction
from qa_service.answering.presumed import told_as_presumed
from qa_service.answering.said_by import of_those_asked
from qa_service.answering.weighing import Weighed
from qa_service.retrieval.question import Reading


def as_asked(reading: Reading, weighed: Weighed) -> tuple[Weighed, str | None]:
    """Return what was weighed without what cannot answer, and why where nothing is left; else None."""
    found, unsaid = of_those_asked(reading, weighed)
    found, unsaid = told_as_presumed(reading, found, unsaid)
    return of_that_direction(reading, found, unsaid)
